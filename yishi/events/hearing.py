"""What one listener is told of: what they ask for, as far as they may hear it. Streams of events, pages of them and webhooks go by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.access.hearing import OF_OFFICE, is_of, may_hear
from domain.access.roles import ROLES
from yishi.access.principal import Principal
from yishi.ledger.reader import LedgerReader

UnitsOf = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Hearing:
    """Who listens, and to what. `bodies`: congresses or sessions; `kinds`: beginnings of stored names; none for all."""

    who: Principal
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def takes(self, stream: str, name: str, units_of: UnitsOf) -> bool:
        """Whether an event is for them. `units_of`: who handles a matter; asked only where that decides."""
        return self._asked(stream, name) and self._may(stream, name, units_of)

    @property
    def looks(self) -> bool:
        """Whether the record has to be looked at for it."""
        return self.who.own == "unit"

    @property
    def whole(self) -> bool:
        """Whether they are told all of an event: also who entered it, and what was written in free words."""
        return self.who.one_person or "history" in ROLES[self.who.role].reads

    def of(self, session: str) -> bool:
        """Whether anything of a session may be for them."""
        if self.bodies and not {session, session.split("/", maxsplit=1)[0]} & set(self.bodies):
            return False
        return self.who.everywhere or (not f"{session}/".startswith(OF_OFFICE) and self.who.sees(session))

    def _asked(self, stream: str, name: str) -> bool:
        if not self.of(session_in(stream)):
            return False
        return not self.kinds or any(is_of(name, kind) for kind in self.kinds)

    def _may(self, stream: str, name: str, units_of: UnitsOf) -> bool:
        who = self.who
        if not who.one_person and not may_hear(who.role, stream, name):
            return False
        return who.follows(stream, units_of)


def session_in(stream: str) -> str:
    """`{congress}/{term}-{session}` of a stream, or what stands in its place."""
    return "/".join(stream.split("/")[:2])


def units_in(ledger: LedgerReader) -> UnitsOf:
    """Who handles a matter, as its record stands now."""

    def units_of(stream: str) -> tuple[str, ...]:
        matter = ledger.state("/".join(stream.split("/")[:4]))
        return (matter.unit, *matter.co_units)

    return units_of
