"""What a session's events come to: the state that `decide` judges by. Folded by position, never by clock.

The state remembers its own events, so that a correction can strike one through and the rest be folded again: that is what
"what depended on it is recomputed" means, in the plainest way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from domain.election.election import Election
from domain.event import Clock, Event
from domain.law import Kind
from domain.procedure import PROCEDURES, Procedure, Stage
from domain.session.parts import AgendaItem, DeputyEntry
from domain.tenure.tenure import Tenure

if TYPE_CHECKING:
    from domain.law import Citation, Law, Provision
    from domain.session.held_cards import HeldCard
    from domain.session.registration import SessionRegistered
    from domain.submission import Actor


@dataclass(frozen=True)
class Fact:
    """Something that is so: since which event (its version in the stream), and at what legal time."""

    version: int
    at: datetime


@dataclass(frozen=True)
class Sitting:
    code: str
    kind: str
    title: str
    planned: datetime
    status: str = "planned"  # planned · open · paused · closed


@dataclass(frozen=True)
class Session:
    """One session of one congress, as its events left it. Everything in it is frozen; the maps are never changed in place."""

    stream: str
    history: tuple[Event, ...] = ()  # by version - 1, corrections applied
    recorded: int = 0  # version of the newest event
    register: SessionRegistered | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    opens: date | None = None
    closes: date | None = None
    roll: Mapping[str, DeputyEntry] = field(default_factory=dict)
    in_office: frozenset[str] = frozenset()
    suspended: frozenset[str] = frozenset()
    on_leave: frozenset[str] = frozenset()
    absent_without_leave: Mapping[str, int] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)  # card → whose it is
    cards_withdrawn: frozenset[str] = frozenset()
    sittings: Mapping[str, Sitting] = field(default_factory=dict)
    sitting_open: str | None = None
    last_sitting: str | None = None
    agenda: Mapping[str, AgendaItem] = field(default_factory=dict)
    presidium: frozenset[str] = frozenset()
    presidium_size: int = 0
    presidium_meeting: tuple[int, int] | None = None  # (members in all, present) of the meeting now sitting
    motion_deadline: datetime | None = (
        None  # until when deputies may file motions (议案截止时间), if the presidium fixed it
    )
    votes: Mapping[str, Any] = field(default_factory=dict)  # subject → VoteCounted
    polls: Mapping[str, Any] = field(default_factory=dict)  # poll → its two tellers' sheets
    vote_sheets: Mapping[str, Any] = field(
        default_factory=dict
    )  # subject → the two tellers' sheets of its vote by ballot
    device_counts: Mapping[str, Any] = field(default_factory=dict)  # subject → what the voting device counted
    device_failures: Mapping[str, Any] = field(default_factory=dict)  # subject → DeviceFailed, until it was voted on
    rating_method: Any = None  # how ratings become verdicts (满意度测评办法), if the body has a method
    method: Any = None  # the project method adopted
    chosen: tuple[str, ...] = ()
    petition_declined: bool = False
    runoff: tuple[str, ...] = ()  # projects tied at the cut, to be voted on again
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    assignments: Mapping[str, Any] = field(default_factory=dict)  # suggestion → Assignment
    begun: Mapping[str, Any] = field(
        default_factory=dict
    )  # number → MatterBegun: what is followed up beside suggestions
    motions: Mapping[str, Any] = field(default_factory=dict)  # number → Motion
    amendments: Mapping[str, Any] = field(default_factory=dict)  # number → Amendment
    inquiries: Mapping[str, Any] = field(default_factory=dict)  # number → Inquiry
    interpellations: Mapping[str, Any] = field(default_factory=dict)  # number → Interpellation
    elections: Mapping[str, Any] = field(default_factory=dict)  # code → Election
    boxes: Mapping[str, Any] = field(default_factory=dict)  # code → ballot box
    people: Mapping[str, Any] = field(
        default_factory=dict
    )  # id → PersonEntry: who may be elected and is no deputy here
    election_method: Any = (
        None  # the draft last put before the congress (选举办法草案), adopted once `adopted:election-method`
    )
    tenure: Tenure = field(default_factory=Tenure)  # what became of office-holders
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    notices: Mapping[str, Clock] = field(default_factory=dict)  # when to remind of them, and to escalate
    missed: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = field(default_factory=dict)  # fact → reason
    edition: str = ""

    @property
    def registered(self) -> bool:
        return self.register is not None

    @property
    def plan(self) -> SessionRegistered:
        assert self.register is not None, "asked of a session that is not registered"
        return self.register

    @property
    def procedure(self) -> Procedure:
        return PROCEDURES[self.plan.procedure]

    @property
    def kind(self) -> str:
        return self.plan.kind

    @property
    def own_rules(self) -> tuple[Provision, ...]:
        return self.plan.own_rules

    @property
    def deputies_total(self) -> int:
        """全体代表: those in office, suspended ones among them (reading I-deputy-base)."""
        return len(self.in_office)

    @property
    def stage(self) -> Stage:
        if self.has("closed"):
            return Stage.AFTER
        return Stage.DURING if self.has("met") else Stage.BEFORE

    def stage_at(self, at: datetime) -> Stage:
        """In which stage something happened, by its legal time."""
        met, closed = self.facts.get("met"), self.facts.get("closed")
        if closed is not None and at >= closed.at:
            return Stage.AFTER
        return Stage.DURING if met is not None and at >= met.at else Stage.BEFORE

    def has(self, fact: str) -> bool:
        return fact in self.facts

    def excused(self, fact: str) -> bool:
        """Whether a recorded irregularity stands for a step that was left out. It never stands for a quorum, nor for a vote that was lost."""
        subject = "presidium" if fact == "presidium-elected" else fact.removeprefix("adopted:")
        voted_down = (fact == "presidium-elected" or fact.startswith("adopted:")) and self.has(f"voted:{subject}")
        return fact in self.irregular and fact not in ("met", "opened") and not voted_down

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks.values() if c.id not in self.missed and not self.has(c.met_by))

    @classmethod
    def opened_by(cls, stream: str, event: SessionRegistered) -> Session:
        return cls(
            stream=stream,
            register=event,
            opens=event.opens,
            closes=event.closes,
            roll={d.id: d for d in event.roll},
            in_office=frozenset(d.id for d in event.roll),
            suspended=frozenset(d.id for d in event.roll if d.suspended),
            absent_without_leave={d.id: d.unapproved_absences for d in event.roll if d.unapproved_absences},
            cards={d.card: d.id for d in event.roll if d.card},
            sittings={s.code: Sitting(s.code, s.kind, s.title, s.planned) for s in event.sittings},
            agenda={i.code: i for i in event.agenda},
            presidium_size=len(event.previous_presidium),
            elections={e.code: Election(e) for e in event.elections},
            people={p.id: p for p in event.people},
            edition=event.edition,
        )


@dataclass(frozen=True)
class Moment:
    """What a rule may know besides the session: the law of the day, the legal time, who acts, and who is in the hall."""

    law: Law
    at: datetime
    actor: Actor
    hall: Hall
    rests_on: tuple[str, ...] = ()

    def cites(self, *topics: str) -> tuple[Citation, ...]:
        """The citations on these topics, none where the law is silent: a refusal rests on law or on plain logic, never on practice."""
        return tuple(c for c in self.law.basis(*topics) if c.kind is not Kind.PRACTICE)

    def basis(self, *topics: str) -> tuple[Citation, ...]:
        """The citations on these topics.

        Where the law is silent on all of them: what the whole procedure rests on, else the practice of keeping a record.
        """
        return self.law.basis(*topics) or self.law.basis(*self.rests_on) or self.law.basis("practice.record")


class Hall(Protocol):
    """Who is signed in, and who ever came, counted inside the deciding transaction."""

    def present(self, sitting: str) -> int: ...

    def signed_in(self, sitting: str, deputies: Iterable[str]) -> frozenset[str]: ...

    def came(self, sitting: str, deputies: Iterable[str]) -> frozenset[str]: ...

    def number(self, sitting: str, what: str) -> int:
        """A number kept of a sitting's head counts (`domain.session.hall`); 0 when none was taken."""

    def since(self, sitting: str, deputy: str) -> int:
        """Since when they are on record by name as they are, in seconds of legal time; 0 when it is not known."""

    def held(self, sitting: str) -> int:
        """How many cards are held at a sitting, waiting for somebody to say whose they are."""

    def card(self, sitting: str, card: str) -> HeldCard:
        """What is held of a card at a sitting."""


C = TypeVar("C")
E = TypeVar("E", bound=Event)
DECIDES: dict[type, Callable[..., list[Event]]] = {}
EVOLVES: dict[type[Event], Callable[[Session, Any], Session]] = {}


def decides(command: type[C]) -> Callable[[Callable[..., list[Event]]], Callable[..., list[Event]]]:
    """Register the rule that judges a command: `(session, command, moment) -> events`."""

    def register(rule: Callable[..., list[Event]]) -> Callable[..., list[Event]]:
        DECIDES[command] = rule
        return rule

    return register


def evolves(event: type[E]) -> Callable[[Callable[[Session, E], Session]], Callable[[Session, E], Session]]:
    def register(change: Callable[[Session, E], Session]) -> Callable[[Session, E], Session]:
        EVOLVES[event] = change
        return change

    return register


def evolve(session: Session, event: Event) -> Session:
    """The next state. Facts, clocks and history are kept here once for all events; the rest by the event's own function."""
    change = EVOLVES.get(type(event))
    return took_in(change(session, event) if change else session, event)


def took_in(after: Session, event: Event) -> Session:
    """The state with an event's facts, clocks and notices, once its own function has had its say."""
    version = after.recorded + 1
    gone = event.revokes()
    facts = {k: v for k, v in after.facts.items() if k not in gone} if gone else dict(after.facts)
    for fact in event.facts():  # the first time counts, unless the event itself puts it anew
        facts.setdefault(fact, Fact(version, event.at))
    running = {i: c for i, c in after.clocks.items() if i not in event.stops()}
    clocks = {**running, **{c.id: c for c in event.clocks()}}
    return replace(
        after,
        recorded=version,
        history=(*after.history, event),
        facts=facts,
        clocks=clocks,
        notices=noted(after.notices, event),
    )


def noted(notices: Mapping[str, Clock], event: Event) -> Mapping[str, Clock]:
    """The notices that stand after an event."""
    standing = {i: n for i, n in notices.items() if i not in event.unnoticed}
    return standing | {n.id: n for n in event.notices}
