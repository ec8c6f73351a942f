"""Who is in the hall: by name, in a tiny stream each; by heads, where only a number is known; and how the two go together.

A head count says how many are in the hall at that moment, those signed in by name among them. From then on

- who signs in by name is taken to be one of those counted, while any of them is without a name: the number stays. One known to
  be outside then (on record as having left, or unable to act when heads were counted) comes in addition;
- who signs out by name without having signed in so was one of those counted: the number falls;
- who is suspended or loses the seat, and is not on record by name, is taken to have been one of those counted, until the next count;
- where fewer are counted than are signed in by name, so many have left unseen; one who then signs out by name was one of them.

In doubt it is fewer: a quorum is never met by a guess. No reading of a law: it is arithmetic of ours, for two ways of taking attendance.
"""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import CardNumber, Code, DeputyId
from domain.session.roll import DeputySuspended, SeatEnded
from domain.session.state import Hall, Moment, Session
from domain.text import Text

HEADS, HELD = "#heads", "#held"
"""What the index of attendance keeps beside a sitting's own list, which goes by the sitting's code alone."""
SINCE = "#since"
"""Beside each name: since when it stands there as it does, in whole seconds of legal time; under `COUNTED_AT` the last head count."""
UNNAMED, AS_OF, CAME, COUNTED_AT = "unnamed", "as-of", "came", "counted-at"

Row = tuple[str, str, str, int]


class UnknownSitting(Refused):
    says = Text("没有代号为 {sitting} 的会议;已有:{known}", "there is no sitting {sitting}; there are: {known}")


def beside(session: str, kind: str, what: str) -> str:
    """A stream of the hall, beside the session's own: `{congress}/{term}-{session}/{kind}/{what}`."""
    return f"{session.rsplit('/', 2)[0]}/{kind}/{what}"


class OfTheHall(Event):
    """What happens at the doors of a sitting. It stands in a small stream of its own, never in the session's (ADR 0007)."""

    session: str
    sitting: Code

    @abstractmethod
    def stream(self) -> str:
        """The stream that it stands in."""

    def attendance(self) -> Iterable[Row]:
        """What it puts into the index: the session's stream, a list, who or what, and a number (of a person: 1 in, 0 out)."""
        return ()


class ByName(OfTheHall):
    """One deputy, in the stream `…/sign-in/{sitting}-{deputy}`. `unnamed`: how many counted heads are now left without a name."""

    deputy: DeputyId
    unnamed: int | None = None  # only where the event changes it

    def stream(self) -> str:
        return beside(self.session, "sign-in", f"{self.sitting}-{self.deputy}")

    def _rows(self, here: int) -> Iterable[Row]:
        yield self.session, self.sitting, self.deputy, here
        yield self.session, self.sitting + SINCE, self.deputy, seconds(self.at)
        if self.unnamed is not None:
            yield self.session, self.sitting + HEADS, UNNAMED, self.unnamed


class SignedIn(ByName):
    name: ClassVar[str] = "sign-in.signed-in.v1"
    device: str = ""
    card: CardNumber | None = None

    def attendance(self) -> Iterable[Row]:
        return self._rows(1)


class SignedOut(ByName):
    name: ClassVar[str] = "sign-in.signed-out.v1"

    def attendance(self) -> Iterable[Row]:
        return self._rows(0)


class HeadCounted(OfTheHall):
    """So many are in the hall, of whom `named` signed in by name; nobody is named. In the stream `…/head-count/{sitting}`."""

    name: ClassVar[str] = "sign-in.head-counted.v1"
    deputies_present: int = Field(ge=0)
    named: int = Field(ge=0)
    came: int = Field(ge=0)  # the most that were counted at this sitting so far
    as_of: int = Field(ge=0)  # the session's entries up to here were known when heads were counted
    device: str = ""

    def stream(self) -> str:
        return beside(self.session, "head-count", self.sitting)

    def attendance(self) -> Iterable[Row]:
        for what, number in (
            (UNNAMED, self.deputies_present - self.named),
            (AS_OF, self.as_of),
            (CAME, self.came),
            (COUNTED_AT, seconds(self.at)),
        ):
            yield self.session, self.sitting + HEADS, what, number


def seconds(at: datetime) -> int:
    return int(at.timestamp())


class InTheHall:
    """The hall of one sitting as a decision finds it. `enter`, `leave` and `count` tell each change as an event, and keep up."""

    def __init__(self, session: Session, hall: Hall, sitting: str) -> None:
        self._session, self._hall, self.sitting = session, hall, sitting
        self._where: dict[str, bool | None] = {}
        self._moved = 0  # came in by name, less those who went out, since it was found
        self._unnamed, self._gone, self._regained = 0, frozenset[str](), frozenset[str]()
        if entry := hall.number(sitting, AS_OF):
            self._unnamed = hall.number(sitting, UNNAMED)
            lost, self._regained = self._changed_since(entry)
            self._gone = lost - hall.came(sitting, lost)

    @cached_property
    def may_attend(self) -> frozenset[str]:
        return self._session.in_office - self._session.suspended

    @cached_property
    def _found(self) -> int:
        barred = frozenset(self._session.roll) - self.may_attend
        return self._hall.present(self.sitting) - (len(self._hall.signed_in(self.sitting, barred)) if barred else 0)

    @property
    def named(self) -> int:
        """Those signed in by name who may act."""
        return self._found + self._moved

    def _changed_since(self, entry: int) -> tuple[frozenset[str], frozenset[str]]:
        """Who may act no more, and who may again, since heads were counted."""
        first: dict[str, bool] = {}
        for event in self._session.history[entry:]:
            if isinstance(event, (DeputySuspended, SeatEnded)):
                first.setdefault(event.deputy, isinstance(event, SeatEnded) or event.suspended)
        lost = frozenset(d for d, could in first.items() if could and d not in self.may_attend)
        return lost, frozenset(d for d, could in first.items() if not could)

    @property
    def heads(self) -> int:
        """Those counted who have no name; below zero where some of those with a name have left unseen."""
        return max(0, self._unnamed - len(self._gone)) if self._unnamed > 0 else self._unnamed

    @property
    def left(self) -> int:
        """How many came, by name or by count, and are not there now."""
        came = max(len(self._hall.came(self.sitting, self.may_attend)), self._hall.number(self.sitting, CAME))
        return max(0, min(len(self.may_attend), came) - self.present)

    @property
    def present(self) -> int:
        """How many deputies are in the hall who may act."""
        return max(0, min(len(self.may_attend), self.named + self.heads))

    def look_up(self, deputies: Iterable[str]) -> None:
        """Find out about many at once."""
        asked = [d for d in deputies if d not in self._where]
        here = self._hall.signed_in(self.sitting, asked)
        came = self._hall.came(self.sitting, [d for d in asked if d not in here])
        self._where |= {d: (True if d in here else False if d in came else None) for d in asked}

    def named_since(self, deputy: str, at: datetime) -> bool:
        """Whether they signed in or out by name after that. Where an old record does not say when, it was after."""
        self.look_up((deputy,))
        if self._where[deputy] is None:
            return False
        since = self._hall.since(self.sitting, deputy)
        return since == 0 or seconds(at) < since

    def moved_since(self, deputy: str, at: datetime) -> bool:
        """Whether a later coming or going of theirs is on record. A device that was cut off tells late, and in any order."""
        return seconds(at) < self._hall.since(self.sitting, deputy)

    def counted_since(self, at: datetime) -> bool:
        """Whether heads were counted after that. Where an old record does not say when, it was after."""
        if not self._hall.number(self.sitting, AS_OF):
            return False
        since = self._hall.number(self.sitting, COUNTED_AT)
        return since == 0 or seconds(at) < since

    def has_come(self, deputy: str) -> bool:
        self.look_up((deputy,))
        return self._where[deputy] is not None

    def enter(
        self,
        deputy: str,
        moment: Moment,
        at: datetime,
        device: str = "",
        card: str | None = None,
        *,
        among_heads: bool = False,
    ) -> SignedIn | None:
        """One who may act comes in; None when they are in already, or, `among_heads`, when nobody counted is without a name."""
        self.look_up((deputy,))
        where = self._where[deputy]
        if where or (among_heads and self.heads <= 0):
            return None
        from_outside = where is False or deputy in self._regained
        counted = self.heads > 0 and (among_heads or not (from_outside and self.present < len(self.may_attend)))
        self._unnamed -= counted
        self._moved += 1
        self._where[deputy] = True
        return SignedIn(
            at=at, basis=_basis(moment), session=self._session.stream, sitting=self.sitting, deputy=deputy,
            unnamed=self._unnamed if counted else None, device=device, card=card,
        )  # fmt: skip

    def leave(self, deputy: str, moment: Moment, at: datetime, *, seen: bool = False) -> SignedOut | None:
        """One goes out; None when nothing on record has them in the hall, unless they were `seen` to go: their coming is told later."""
        self.look_up((deputy,))
        where, before = self._where[deputy], self._unnamed
        if where is None and self._unnamed > 0 and deputy in (self.may_attend | self._gone) - self._regained:
            self._unnamed -= 1
            self._gone -= {deputy}
        elif where is None and seen and self._unnamed == 0:
            pass  # nobody counted had them in
        elif not where:
            return None
        elif deputy in self.may_attend:
            self._moved -= 1
            self._unnamed += self._unnamed < 0
        self._where[deputy] = False
        changed = self._unnamed if self._unnamed != before else None
        return SignedOut(
            at=at, basis=_basis(moment), session=self._session.stream, sitting=self.sitting, deputy=deputy, unnamed=changed
        )  # fmt: skip

    def count(self, present: int, moment: Moment, device: str = "") -> HeadCounted | None:
        """So many are in the hall now; None when that was known."""
        if present == self.present and not self._gone and not self._regained:
            return None
        self._unnamed, self._gone, self._regained = present - self.named, frozenset(), frozenset()
        return HeadCounted(
            at=moment.at, basis=_basis(moment), session=self._session.stream, sitting=self.sitting,
            deputies_present=present, named=self.named, came=max(present, self._hall.number(self.sitting, CAME)),
            as_of=self._session.recorded, device=device,
        )  # fmt: skip


def _basis(moment: Moment) -> tuple[Citation, ...]:
    return moment.basis("practice.sign_in")
