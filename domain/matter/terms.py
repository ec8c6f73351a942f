"""Terms of a matter (期限) as data: computed once, from the event that starts them, by every rule that sets one; the earliest binds.

What starts a term differs by rule: 自交办之日起, 自闭会之日起, 收到之日起. A rule whose start has not come sets nothing yet. A missed term
never blocks: it is an event of its own, and an alert on what comes late.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from domain.arithmetic import DayOfYear, Period
from domain.calendar import last_day, legal_date
from domain.event import Clock, Event, Finding
from domain.findings import alert
from domain.law import Citation, Law
from domain.matter.loop import CO_HANDLER, UNIT, Due
from domain.matter.matter import Matter, MatterEvent, MatterMoment, MatterUnknown, fact_of, judges
from domain.matter.turns import office_here
from domain.submission import Command, Office
from domain.text import Text

MISS_TERM = "miss-term"
RECEIVED = "received"
"""What a term runs from that runs from receipt: the assignment's own time until somebody signs for it (签收)."""


class _Term(NamedTuple):
    """One rule's term, worked out."""

    last: date
    started: datetime
    citation: Citation
    provisional: bool
    counted: tuple[str, ...]  # the readings by which it was counted, as topics


def term(
    law: Law,
    topic: str,
    starts: Mapping[str, datetime],
    *,
    id: str,  # noqa: A002 # a clock's own word
    met_by: str,
    usual: str = "assigned",
    waits_for: str = "",
    then: str = MISS_TERM,
) -> Clock | None:
    """The term that ends first of all that the law of the day sets on a topic; None where it sets none, or none has begun.

    Args:
        starts: what has begun, with its legal time. usual: what a term runs from whose rule does not say it.
    """
    found: list[_Term] = []
    for rule in law.terms(topic):
        assert isinstance(rule.value, Period | DayOfYear)
        started = starts.get(rule.value.start or usual)
        if started is not None:
            first = legal_date(started)
            last = last_day(first, rule.value, law.holidays)
            working = isinstance(rule.value, Period) and rule.value.unit == "working_days"
            provisional = working and law.holidays.provisional(first, last)
            counted = _counted(rule.value, taken=rule.value.start == RECEIVED and started == starts.get("assigned"))
            found.append(_Term(last, started, rule.citation, provisional, counted))
    if not found:
        return None
    found.sort(key=lambda term: (term.last, term.citation.rule))
    last, started, _, provisional, counted = found[0]
    basis = (*dict.fromkeys(term.citation for term in found), *law.basis(*counted))
    return Clock(
        id=id, started=started, last_day=last, met_by=met_by, basis=basis, waits_for=waits_for, then=then,
        provisional=provisional,
    )  # fmt: skip


def _counted(value: Period | DayOfYear, *, taken: bool) -> tuple[str, ...]:
    """The topics of the readings by which a term is counted. `taken`: it runs from a receipt that nobody signed for."""
    if isinstance(value, DayOfYear):
        return ("count.day_of_year",)
    return ("count.days", "count.received") if taken else ("count.days",)


def begun_by(
    matter: Matter, dues: tuple[Due, ...], moment: MatterMoment, marks: str, asked: date | None
) -> tuple[Clock, ...]:
    """The terms that begin with a move, in the round it leads to. `asked`: the last day that the officer gave with it."""
    starts = {**matter.starts, **({marks: moment.at} if marks else {})}
    clocks = []
    for due in dues:
        if due.waits_for == CO_HANDLER and not matter.co_units:
            continue
        met_by = fact_of(due.met_by, matter.round)
        id_, waits_for = met_by.replace(":", "-"), _whom(matter, due.waits_for)
        if id_ in matter.missed or (due.asked and id_ in matter.clocks):
            continue  # the day fixed for this round holds (主任会议指定的时间), and what passed in it passed
        if due.asked and asked is not None:
            own = Clock(id=id_, started=moment.at, last_day=asked, met_by=met_by, basis=moment.basis(due.topic))
            clocks.append(own.model_copy(update={"waits_for": waits_for, "then": MISS_TERM}))
        elif found := term(moment.law, due.topic, starts, id=id_, met_by=met_by, waits_for=waits_for):
            clocks.append(found)
    return tuple(clocks)


def _whom(matter: Matter, turn: str) -> str:
    """The office or unit by its name whose turn it is."""
    named = {UNIT: matter.unit, CO_HANDLER: "、".join(matter.co_units)}
    return named.get(turn) or office_here(turn, matter.level)


def late_for(matter: Matter, fact: str, at: datetime) -> tuple[Finding, ...]:
    """The alerts on an act that comes after the last day of a term it meets."""
    return tuple(
        alert("DeadlineMissed", c.basis, what=matter.number, due=str(c.last_day))
        for c in matter.clocks.values()
        if at >= c.due and c.met_by == fact and c.met_by not in matter.facts
    )


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


class MissTerm(Command):
    """The engine's own act: a term other than that of the reply passed."""

    act: ClassVar[str] = MISS_TERM
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("期限已过", "A term passed")
    clock: str


class TermMissed(MatterEvent):
    name: ClassVar[str] = "matter.term-missed.v1"
    clock: str
    last_day: date
    waits_for: str = ""

    def own_facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


@judges(MissReply, anytime=True)
def miss_reply(matter: Matter, command: MissReply, moment: MatterMoment) -> list[Event]:
    """A missed term never blocks: it is an event and an escalation."""
    clock = _passed(matter, command.clock, moment.at)
    if clock is None:
        return []  # the longer term took the place of the shorter
    finding = alert("DeadlineMissed", clock.basis, what=matter.number, due=str(clock.last_day))
    return [ReplyMissed(at=moment.at, basis=clock.basis, clock=clock.id, last_day=clock.last_day, findings=(finding,))]


@judges(MissTerm, anytime=True)
def miss_term(matter: Matter, command: MissTerm, moment: MatterMoment) -> list[Event]:
    """As for a reply; the matter stays where it stands and waits."""
    clock = _passed(matter, command.clock, moment.at)
    if clock is None:
        return []
    finding = alert("DeadlineMissed", clock.basis, what=matter.number, due=str(clock.last_day))
    return [
        TermMissed(
            at=moment.at,
            basis=clock.basis,
            clock=clock.id,
            last_day=clock.last_day,
            waits_for=clock.waits_for,
            round=matter.round,
            findings=(finding,),
        )
    ]


def _passed(matter: Matter, id_: str, at: datetime) -> Clock | None:
    if not matter.recorded:
        raise MatterUnknown()
    clock = matter.clocks.get(id_)
    return clock if clock is not None and clock in matter.open_clocks and at >= clock.due else None
