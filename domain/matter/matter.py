"""A matter followed up after the session (督办事项): what its events come to, and the registry of the rules that judge its acts.

Like a session it remembers its own events, so that one entered by mistake can be struck and the rest folded again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from domain.arithmetic import From
from domain.event import Clock, Event
from domain.law import Kind
from domain.matter.loop import LOOPS, UNIT, Loop, Move
from domain.matter.turns import office_here
from domain.refusals import Refused
from domain.submission import Command
from domain.text import Text

if TYPE_CHECKING:
    from domain.law import Citation, Law
    from domain.session.state import Session
    from domain.submission import Actor

OVER = "over"
"""The fact that a matter is at its end (了结)."""


class MatterUnknown(Refused):
    says = Text("没有这一督办事项,请先交办", "there is no such matter: assign it first")


class MatterEvent(Event):
    """An event of a matter.

    Attributes:
        to: where the matter stands after it; "" for where it stood. round: which time it is handled, 1 at first.
        over: whether it is at its end there (了结); it may be opened again.
        begun: the terms that begin with it; ended: ids of those that no longer run. marks: what else a term may run from.
        notices: when to remind of terms, or to escalate them; unnoticed: ids of notices that are no longer due.
    """

    to: str = ""
    round: int = 1
    over: bool = False
    begun: tuple[Clock, ...] = ()
    ended: tuple[str, ...] = ()
    marks: From | None = None
    notices: tuple[Clock, ...] = ()
    unnoticed: tuple[str, ...] = ()
    of: ClassVar[str] = ""
    """The act whose event it is; the event has the act's own fields under the same names."""
    fact: ClassVar[str] = ""
    """What it makes true, once for the matter and once for its round."""
    repeats: ClassVar[bool] = False
    """Whether it begins nothing itself: it works out anew what other entries led to."""

    def own_facts(self) -> tuple[str, ...]:
        return in_round(self.fact, self.round) if self.fact else ()

    def facts(self) -> tuple[str, ...]:
        return (*self.own_facts(), OVER) if self.over else self.own_facts()

    def revokes(self) -> tuple[str, ...]:
        return (OVER,) if self.to and not self.over else ()

    def clocks(self) -> tuple[Clock, ...]:
        return (*self.begun, *self.notices)

    def stops(self) -> tuple[str, ...]:
        return (*self.ended, *self.unnoticed)

    def begins(self) -> tuple[Clock, ...]:
        return self.clocks()

    def ends(self) -> tuple[str, ...]:
        return self.stops()


def in_round(fact: str, number: int) -> tuple[str, ...]:
    """A fact by its name and by its name in a round: `replied` and `replied:2`. The first is so from the first time on."""
    return (fact, f"{fact}:{number}")


def fact_of(fact: str, number: int) -> str:
    """The fact by which a term of a round is met: its plain name in the first, `replied:2` in the second."""
    return fact if number == 1 else f"{fact}:{number}"


@dataclass(frozen=True)
class Matter:
    """One matter as its events left it. Everything in it is frozen; the maps are never changed in place."""

    stream: str
    history: tuple[Event, ...] = ()  # by version - 1; what was struck stands as `Struck`
    recorded: int = 0
    kind: str = "suggestion"
    number: str = ""
    title: str = ""
    unit: str = ""
    co_units: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    parent: str = ""
    session: str = ""
    profile: str = ""
    level: str = ""
    edition: str = ""
    stands: str = ""
    round: int = 1
    starts: Mapping[str, datetime] = field(default_factory=dict)  # what terms run from, with its legal time
    difficult: bool = False
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    notices: Mapping[str, Clock] = field(default_factory=dict)  # when to remind of them, and to escalate
    facts: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    more: Mapping[str, Any] = field(default_factory=dict)  # what the modules of single ideas keep: own key, own value

    @property
    def loop(self) -> Loop:
        return LOOPS[self.kind]

    @property
    def over(self) -> bool:
        return bool(self.stands) and self.loop.standing(self.stands).over

    @property
    def waits_for(self) -> str:
        """The office, or the unit by its name, whose turn it is."""
        turn = self.loop.standing(self.stands).waits_for if self.stands else ""
        return self.unit if turn == UNIT and self.unit else office_here(turn, self.level)

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks.values() if c.id not in self.missed and c.met_by not in self.facts)

    def has(self, fact: str) -> bool:
        return fact in self.facts

    def has_now(self, fact: str) -> bool:
        """Whether it is so in the round that is under way."""
        return f"{fact}:{self.round}" in self.facts


@dataclass(frozen=True)
class MatterMoment:
    """What a rule may know besides the matter.

    Attributes:
        session: the session it came from. move: the way on that is asked for; None for acts that no table holds.
        other: another matter of the same session, by its number. law_on: the law of another day, as the session has it on file.
    """

    law: Law
    at: datetime
    actor: Actor
    session: Session
    other: Callable[[str], Matter]
    law_on: Callable[[datetime], Law]
    move: Move | None = None

    def cites(self, *topics: str) -> tuple[Citation, ...]:
        """The citations on these topics, none where the law is silent."""
        return tuple(c for c in self.law.basis(*topics) if c.kind is not Kind.PRACTICE)

    def basis(self, *topics: str) -> tuple[Citation, ...]:
        """As `Moment.basis`: where the law is silent, what the whole procedure rests on, else the practice of keeping a record."""
        law, rests_on = self.law, self.session.procedure.rests_on
        return law.basis(*topics) or law.basis(*rests_on) or law.basis("practice.record")


Judging = Callable[[Matter, Any, MatterMoment], list[Event]]
Telling = Callable[[Matter, Any], Matter]
JUDGES: dict[type[Command], Judging] = {}
ANYTIME: set[str] = set()
"""Acts that no table holds: they may come wherever a matter stands, and their own rules say when."""
TELLS: dict[type[Event], Telling] = {}
J = TypeVar("J", bound=Judging)
T = TypeVar("T", bound=Telling)


def judges(command: type[Command], *, anytime: bool = False) -> Callable[[J], J]:
    """Register the rule of an act on a matter."""

    def register(rule: J) -> J:
        JUDGES[command] = rule
        if anytime:
            ANYTIME.add(command.act)
        return rule

    return register


def tells(event: type[Event]) -> Callable[[T], T]:
    """Register what an event changes beyond where the matter stands, its facts and its clocks."""

    def register(change: T) -> T:
        TELLS[event] = change
        return change

    return register


class Struck(Event):
    """In a folded history, the place of an event that was struck. It is never stored."""

    name: ClassVar[str] = "matter.struck-place.v1"


def evolve_matter(matter: Matter, event: Event) -> Matter:
    """The next state; pure, never refuses."""
    after = TELLS[type(event)](matter, event) if type(event) in TELLS else matter
    told = event.facts()
    after = replace(
        after,
        history=(*after.history, event),
        recorded=len(after.history) + 1,
        facts=(after.facts - set(event.revokes())) | set(told),
        clocks=_running(after.clocks, event, notices=False),
        notices=_running(after.notices, event, notices=True),
        missed=after.missed | {f.removeprefix("missed:") for f in told if f.startswith("missed:")},
    )
    if isinstance(event, MatterEvent):
        starts = {**after.starts, event.marks: event.at} if event.marks else after.starts
        after = replace(after, stands=event.to or after.stands, round=max(after.round, event.round), starts=starts)
    return after


def _running(before: Mapping[str, Clock], event: Event, *, notices: bool) -> dict[str, Clock]:
    begun = {clock.id: clock for clock in event.clocks() if clock.is_notice == notices}
    return {id_: clock for id_, clock in before.items() if id_ not in event.stops()} | begun
