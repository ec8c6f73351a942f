"""A matter followed up after the session (督办事项): here a suggestion, from its assignment to its reply, with its clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event
from domain.findings import alert
from domain.law import Citation, Law, Ruling
from domain.refusals import Refused
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text


class MatterUnknown(Refused):
    says = Text("没有这一督办事项,请先交办", "there is no such matter: assign it first")


class MatterAnswered(Refused):
    says = Text("{number} 号建议已经答复", "suggestion {number} was answered already")


class ExtendedAlready(Refused):
    says = Text("{number} 号建议已经按难度大的办理", "suggestion {number} has the longer term already")


class NoTermToExtend(Refused):
    says = Text(
        "法律没有规定 {number} 号建议的办理期限,无从延长",
        "no law sets a term for suggestion {number}: none can be extended",
    )


@dataclass(frozen=True)
class Matter:
    """One matter as its events left it."""

    stream: str
    recorded: int = 0
    number: str = ""
    unit: str = ""
    session: str = ""
    profile: str = ""
    level: str = ""
    edition: str = ""
    assigned_at: datetime | None = None
    difficult: bool = False
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        return tuple(c for c in self.clocks.values() if c.id not in self.missed and c.met_by not in self.facts)


class OpenMatter(Command):
    """Open the matter of one assigned suggestion. The engine does this itself when the presidium has assigned it."""

    act: ClassVar[str] = "open-matter"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock", "presidium")
    title: ClassVar[Text] = Text("建立督办事项", "Open the matter")
    session: str
    number: Code


class MatterOpened(Event):
    name: ClassVar[str] = "matter.opened.v1"
    session: str
    number: Code
    unit: str
    difficult: bool
    edition: str
    profile: str
    level: str
    reply: Clock | None

    def facts(self) -> tuple[str, ...]:
        return ("opened",)

    def clocks(self) -> tuple[Clock, ...]:
        return (self.reply,) if self.reply else ()


class ExtendMatter(Command):
    """Find that the matter is broad or difficult (涉及面广、处理难度大): the longer term applies, from assignment."""

    act: ClassVar[str] = "extend-suggestion"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "handling_unit", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("延长办理期限", "Extend the term")
    why: str = Field(min_length=1, max_length=500)


class MatterExtended(Event):
    name: ClassVar[str] = "matter.extended.v1"
    why: str
    reply: Clock
    instead_of: tuple[str, ...] = ()  # the shorter term, unless it was missed already: that stays on record

    def stops(self) -> tuple[str, ...]:
        return self.instead_of

    def clocks(self) -> tuple[Clock, ...]:
        return (self.reply,)


class ReplyToSuggestion(Command):
    """The handling unit replies to the deputy (答复)."""

    act: ClassVar[str] = "reply-suggestion"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("handling_unit", "government", "street_office")
    title: ClassVar[Text] = Text("答复建议", "Reply to the suggestion")
    result: Literal["A", "B", "C", "D"]  # solved · in progress · later · for reference
    contacted: bool = False  # whether the deputy was heard before the reply


class MatterReplied(Event):
    name: ClassVar[str] = "matter.replied.v1"
    result: str
    contacted: bool

    def facts(self) -> tuple[str, ...]:
        return ("replied",)


class MissReply(Command):
    """The engine's own act: the term passed without a reply."""

    act: ClassVar[str] = "miss-reply"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("办理期限已过", "The term passed")
    clock: str


class ReplyMissed(Event):
    name: ClassVar[str] = "matter.reply-missed.v1"
    clock: str
    last_day: date

    def facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


def open_matter(matter: Matter, command: OpenMatter, law: Law, at: datetime, source: Any) -> list[Event]:
    """代表法 (2025) art. 51(2): a reply within three months of assignment, six for broad or difficult ones (自交办之日起).

    The earliest of the terms that apply binds (architecture §2.4): a local rule may shorten, never lengthen.
    """
    if matter.recorded:
        return []
    assigned = source.assignments[command.number]
    return [
        MatterOpened(
            at=at,
            basis=_basis(law, source, "suggestion.assigned_by", "suggestion.reply", "council.opinions"),
            session=command.session,
            number=command.number,
            unit=assigned.unit,
            difficult=assigned.difficult,
            edition=source.edition,
            profile=source.plan.profile,
            level=source.procedure.level,
            reply=_reply_clock(law, at, difficult=assigned.difficult),
        )
    ]


def _basis(law: Law, source: Any, *topics: str) -> tuple[Citation, ...]:
    """As `Moment.basis`: where the law is silent, what the whole procedure rests on, else the practice of keeping a record."""
    return law.basis(*topics) or law.basis(*source.procedure.rests_on) or law.basis("practice.record")


def _reply_clock(law: Law, assigned: datetime, *, difficult: bool) -> Clock | None:
    topic = "suggestion.reply_difficult" if difficult else "suggestion.reply"
    term: Ruling | None = law.ruling(topic)
    if term is None or term.value is None:
        return None
    last = last_day(legal_date(assigned), term.period)
    basis = (*term.basis, *law.basis("count.days"))
    return Clock(
        id=topic.split(".")[1].replace("_", "-"), started=assigned, last_day=last, met_by="replied", basis=basis
    )


def extend(matter: Matter, command: ExtendMatter, law: Law, at: datetime, source: Any) -> list[Event]:
    """代表法 (2025) art. 51(2): six months for what is broad or difficult. The text names no consent; local rules may."""
    _answerable(matter)
    if matter.difficult:
        raise ExtendedAlready(law.basis("suggestion.reply_difficult"), number=matter.number)
    assert matter.assigned_at is not None
    clock = _reply_clock(law, matter.assigned_at, difficult=True)
    if clock is None:
        raise NoTermToExtend(law.basis("suggestion.reply"), number=matter.number)
    instead_of = tuple(c.id for c in matter.open_clocks if at < c.due)
    late = tuple(
        alert("DeadlineMissed", c.basis, what=matter.number, due=str(c.last_day))
        for c in matter.clocks.values()
        if at >= c.due
    )
    basis = law.basis("suggestion.reply_difficult")
    return [MatterExtended(at=at, basis=basis, why=command.why, reply=clock, instead_of=instead_of, findings=late)]


def reply(matter: Matter, command: ReplyToSuggestion, law: Law, at: datetime, source: Any) -> list[Event]:
    """代表法 (2025) art. 51(2): the unit contacts the deputy, hears them and replies."""
    if not matter.recorded:
        raise MatterUnknown(law.basis("suggestion.reply"))
    if "replied" in matter.facts:
        return []
    late = tuple(
        alert("DeadlineMissed", c.basis, what=matter.number, due=str(c.last_day))
        for c in matter.open_clocks
        if at >= c.due
    )
    basis = _basis(law, source, "suggestion.reply", "council.opinions")
    return [MatterReplied(at=at, basis=basis, result=command.result, contacted=command.contacted, findings=late)]


def miss_reply(matter: Matter, command: MissReply, law: Law, at: datetime, source: Any) -> list[Event]:
    """A missed term never blocks: it is an event and an escalation."""
    if not matter.recorded:
        raise MatterUnknown()
    clock = matter.clocks.get(command.clock)
    if clock is None or clock not in matter.open_clocks or at < clock.due:
        return []  # none: the longer term took the place of the shorter
    finding = alert("DeadlineMissed", clock.basis, what=matter.number, due=str(clock.last_day))
    return [ReplyMissed(at=at, basis=clock.basis, clock=clock.id, last_day=clock.last_day, findings=(finding,))]


def _answerable(matter: Matter) -> None:
    if not matter.recorded:
        raise MatterUnknown()
    if "replied" in matter.facts:
        raise MatterAnswered(number=matter.number)


RULES: dict[type[Command], Callable[..., list[Event]]] = {
    OpenMatter: open_matter,
    ExtendMatter: extend,
    ReplyToSuggestion: reply,
    MissReply: miss_reply,
}


def evolve_matter(matter: Matter, event: Event) -> Matter:
    """The next state; pure, never refuses."""
    after = matter
    if isinstance(event, MatterOpened):
        after = replace(
            matter, number=event.number, unit=event.unit, session=event.session, profile=event.profile, level=event.level,
            edition=event.edition, assigned_at=event.at, difficult=event.difficult,
        )  # fmt: skip
    elif isinstance(event, MatterExtended):
        kept = {k: c for k, c in matter.clocks.items() if k not in event.stops()}
        after = replace(matter, difficult=True, clocks=kept)
    elif isinstance(event, ReplyMissed):
        after = replace(matter, missed=matter.missed | {event.clock})
    return replace(
        after,
        recorded=matter.recorded + 1,
        facts=after.facts | set(event.facts()),
        clocks={**after.clocks, **{c.id: c for c in event.clocks()}},
    )
