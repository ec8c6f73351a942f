"""A chamber whose commands may be about a matter: one county, one street, one township after its session."""

from datetime import date
from typing import Any

from domain.calendar import legal_date
from domain.event import Event
from domain.matter.opening import OpenMatter
from domain.matter.told import told
from domain.progress import Progress
from domain.session.decider import law_on
from domain.session.matters import BeginMatter
from domain.submission import Command, Receipt
from tests.domain.chamber import HOUSE, Chamber
from yishi.ledger.transaction import recorded_event


def stream_of(number: str) -> str:
    return f"{HOUSE}/matter/{number}"


def progress_of(stream: str, events: list[Event]) -> Progress:
    """How far a stream has come, as its workflow follows it."""
    recorded = (recorded_event(n, stream, n, e, b"") for n, e in enumerate(events, 1))
    return Progress(stream=stream).after(Receipt(command_id="-", act="-", events=tuple(recorded), size=0, head=""))


class Following(Chamber):
    """A chamber that follows one matter: acts of matters are on it until another is named."""

    followed = "1"

    def _stream_of(self, command: Command) -> str:
        return stream_of(self.followed) if command.stream_kind == "matter" else super()._stream_of(command)

    def follows(self, number: str) -> "Following":
        self.followed = number
        return self

    def told(self) -> list[str]:
        """What the engine tells the matters as the session's record now stands; the names of the events it leads to."""
        session, found = self.session, list[str]()
        closed = session.facts.get("closed")
        law = law_on(self.laws.newest(), session.plan, legal_date(closed.at)) if closed else None
        matters = {s: progress_of(s, events) for s, events in self.record.streams.items() if "/matter/" in s}
        for act in list(told(session, matters, law)):
            self.when(act.command, at=act.at, recorded=max(self.now, act.at), by="clock", stream=act.stream)
            assert self.refusal is None, self.refusal
            found += [event.name for event in self.events]
        return found

    @property
    def it(self) -> Any:
        return self.matter(self.followed)

    @property
    def due(self) -> dict[str, date]:
        """The terms of the matter that run, by id."""
        return {clock.id: clock.last_day for clock in self.it.open_clocks}


def following(house: Chamber) -> Following:
    house.__class__ = Following
    assert isinstance(house, Following)
    return house


def begun(house: Chamber, kind: str, **fields: Any) -> Following:
    """A matter of that kind, begun and opened."""
    town = following(house)
    number = fields.pop("number", "r1")
    town.given(
        BeginMatter(
            number=number, kind=kind, subject=fields.pop("subject", "某事"), unit=fields.pop("unit", "某局"), **fields
        )
    )
    return town.follows(number).given(OpenMatter(session=town.session.stream, number=number))
