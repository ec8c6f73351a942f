"""Before a term ends, whoever it waits for is reminded (催办); some days after it passed, who supervises is told (提级). Each once.

No law has numbers of days for it: they are the practice of those who follow matters up (`practice.reminders`, `practice.escalation`),
and a body may set its own. A notice is a clock beside its term: it ends with the term, moves with it, and is no deadline itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from domain.arithmetic import Number
from domain.event import ESCALATE, REMIND, Clock, Event
from domain.law import Law, Ruling
from domain.matter.matter import Matter, MatterEvent, MatterMoment, MatterUnknown, judges
from domain.submission import Command, Office
from domain.text import Text


class Remind(Command):
    """The engine's own act: the day has come to remind whom a term waits for."""

    act: ClassVar[str] = REMIND
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("到期前提醒", "Reminder of a term")
    clock: str


class EscalateLate(Command):
    """The engine's own act: a term passed some days ago, and what it asks for is still not done."""

    act: ClassVar[str] = ESCALATE
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("逾期提级", "Escalation of what is late")
    clock: str


class Notice(MatterEvent):
    """`term` is the term's id and `last_day` its own; `waits_for` whom this is for, `owed_by` whom the term waits for."""

    repeats: ClassVar[bool] = True
    clock: str
    term: str
    last_day: date
    waits_for: str = ""
    owed_by: str = ""

    def own_facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


class MatterReminded(Notice):
    name: ClassVar[str] = "matter.reminded.v1"


class MatterEscalatedLate(Notice):
    name: ClassVar[str] = "matter.escalated-late.v1"


@judges(Remind, anytime=True)
def remind(matter: Matter, command: Remind, moment: MatterMoment) -> list[Event]:
    """Nothing where the term was met, moved or ended meanwhile."""
    return _given(MatterReminded, matter, command.clock, moment)


@judges(EscalateLate, anytime=True)
def escalate_late(matter: Matter, command: EscalateLate, moment: MatterMoment) -> list[Event]:
    """The matter stays where it stands; who supervises is told, and sees to it."""
    return _given(MatterEscalatedLate, matter, command.clock, moment)


def _given(kind: type[Notice], matter: Matter, id_: str, moment: MatterMoment) -> list[Event]:
    if not matter.recorded:
        raise MatterUnknown()
    notice = matter.notices.get(id_)
    if notice is None or id_ in matter.missed or notice.met_by in matter.facts or moment.at < notice.due:
        return []
    term = matter.clocks.get(notice.subject)
    if term is None:
        return []
    return [
        kind(
            at=moment.at, basis=notice.basis, clock=id_, term=term.id, last_day=term.last_day, round=matter.round,
            waits_for=notice.waits_for, owed_by=term.waits_for,
        )
    ]  # fmt: skip


def notices_of(term: Clock, law: Law) -> tuple[Clock, ...]:
    """The day before its last on which a term is reminded of, and the day after it on which it goes to who supervises."""
    return (*_reminder(term, law), *_escalation(term, law))


def _reminder(term: Clock, law: Law) -> tuple[Clock, ...]:
    """At the beginning of the day so many days before its last, if the term has begun by then."""
    days = _days(law.ruling("practice.reminders"))
    if days is None:
        return ()
    day = term.last_day - timedelta(days=days)
    eve = day - timedelta(days=1)  # what falls due falls due at the end of a day
    notice = Clock(
        id=f"remind-{term.id}-{day}", started=term.started, last_day=eve, met_by=term.met_by, subject=term.id,
        basis=law.basis("practice.reminders"), waits_for=term.waits_for, then=REMIND,
    )  # fmt: skip
    return (notice,) if notice.due > term.started else ()


def _escalation(term: Clock, law: Law) -> tuple[Clock, ...]:
    """At the end of so many days after its last, if it is still not met."""
    days, whom = _days(law.ruling("practice.escalation")), law.ruling("practice.escalation_to")
    if days is None or whom is None:
        return ()
    last = term.last_day + timedelta(days=days)
    return (
        Clock(
            id=f"late-{term.id}-{last}", started=term.started, last_day=last, met_by=term.met_by, subject=term.id,
            basis=law.basis("practice.escalation", "practice.escalation_to"), waits_for="、".join(whom.options),
            then=ESCALATE,
        ),
    )  # fmt: skip


def _days(ruling: Ruling | None) -> int | None:
    return ruling.number if ruling is not None and isinstance(ruling.value, Number) else None


def with_notices(matter: Matter, events: Iterable[Event], law: Law) -> list[Event]:
    """The same events, each with the notices of the terms that begin with it; those of terms that end with it end too."""
    return [_noticed(matter, e, law) if isinstance(e, MatterEvent) and not isinstance(e, Notice) else e for e in events]


def _noticed(matter: Matter, event: MatterEvent, law: Law) -> MatterEvent:
    terms = [clock for clock in event.clocks() if not clock.is_notice]
    made = tuple(notice for term in terms for notice in notices_of(term, law) if notice.id not in matter.missed)
    gone = {*event.stops(), *(term.id for term in terms)}
    anew = {term.met_by for term in terms}  # another term for the same thing takes the place of what was set before
    kept = {notice.id for notice in made}
    idle = tuple(
        notice.id
        for notice in matter.notices.values()
        if notice.id not in kept
        and _waits(matter, notice)
        and (event.over or notice.subject in gone or notice.met_by in anew)
    )
    if not made and not idle:
        return event
    return event.model_copy(update={"notices": (*event.notices, *made), "unnoticed": idle})


def _waits(matter: Matter, notice: Clock) -> bool:
    return notice.id not in matter.missed and notice.met_by not in matter.facts
