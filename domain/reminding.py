"""Before a term ends, whoever it waits for is reminded (催办); some days after it passed, who supervises is told (提级). Each once.

No law has numbers of days for it: they are the practice of those who follow matters up (`practice.reminders`, `practice.escalation`),
and a body may set its own, or none (`switch: false`). A notice is a clock beside its term: it ends with the term, moves with it, and is no
deadline itself. Sessions and matters have this in common; each has acts and events of its own name for it.
"""

from collections.abc import Callable, Container, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol, TypeVar

from domain.arithmetic import Choice, Number, Switch
from domain.event import Clock, Event
from domain.law import Law


class Reminded(Protocol):
    """What has terms, and notices beside them: a session, a matter."""

    @property
    def clocks(self) -> Mapping[str, Clock]: ...

    @property
    def notices(self) -> Mapping[str, Clock]: ...

    @property
    def missed(self) -> frozenset[str]: ...

    @property
    def facts(self) -> Container[str]: ...


class Acts(NamedTuple):
    """The acts by which the engine records a reminder and an escalation in one kind of stream."""

    remind: str
    escalate: str


class GivenNotice(Event):
    """`term` is the term's id and `last_day` its own; `waits_for` whom this is for, `owed_by` whom the term waits for."""

    clock: str
    term: str
    last_day: date
    waits_for: str = ""
    owed_by: str = ""


E = TypeVar("E", bound=Event)


def given(
    kind: type[GivenNotice], state: Reminded, id_: str, at: datetime, whom: Callable[[Clock], str], **more: int
) -> list[Event]:
    """A notice whose day has come; nothing where its term was met, moved or ended meanwhile. `whom`: whose turn it is."""
    notice = state.notices.get(id_)
    if notice is None or not _waits(state, notice) or at < notice.due:
        return []
    term = state.clocks.get(notice.subject)
    if term is None:
        return []
    return [
        kind(
            at=at, basis=notice.basis, clock=id_, term=term.id, last_day=term.last_day, waits_for=notice.waits_for,
            owed_by=whom(term), **more,
        )
    ]  # fmt: skip


def notices_of(term: Clock, law: Law, acts: Acts, whom: str) -> tuple[Clock, ...]:
    """The day before its last on which a term is reminded of, and the day after it on which it goes to who supervises.

    Args:
        whom: whose turn it is.
    """
    return (*_reminder(term, law, acts, whom), *_escalation(term, law, acts))


def _reminder(term: Clock, law: Law, acts: Acts, whom: str) -> tuple[Clock, ...]:
    """At the beginning of the day so many days before its last, if the term has begun by then."""
    days = _days(law, "practice.reminders")
    if days is None:
        return ()
    day = term.last_day - timedelta(days=days)
    eve = day - timedelta(days=1)  # what falls due falls due at the end of a day
    notice = Clock(
        id=f"remind-{term.id}-{day}", started=term.started, last_day=eve, met_by=term.met_by, subject=term.id,
        basis=law.basis("practice.reminders"), waits_for=whom, then=acts.remind,
    )  # fmt: skip
    return (notice,) if notice.due > term.started else ()


def _escalation(term: Clock, law: Law, acts: Acts) -> tuple[Clock, ...]:
    """At the end of so many days after its last, if it is still not met."""
    days, whom = _days(law, "practice.escalation"), law.ruling("practice.escalation_to")
    if days is None or whom is None or not isinstance(whom.value, Choice):
        return ()
    last = term.last_day + timedelta(days=days)
    return (
        Clock(
            id=f"late-{term.id}-{last}", started=term.started, last_day=last, met_by=term.met_by, subject=term.id,
            basis=law.basis("practice.escalation", "practice.escalation_to"), waits_for="、".join(whom.options),
            then=acts.escalate,
        ),
    )  # fmt: skip


def _days(law: Law, topic: str) -> int | None:
    """So many days; None where the law of the day is silent, or the body switched it off. Switched on, as custom has it."""
    ruling = law.ruling(topic)
    value = ruling.value if ruling else None
    if isinstance(value, Switch) and value.on:
        value = law.custom(topic)
    return value.at_least if isinstance(value, Number) else None


def noticed(state: Reminded, event: E, law: Law, acts: Acts, whom: Callable[[Clock], str], *, over: bool = False) -> E:
    """The same event with the notices of the terms that begin with it; those of terms that end with it end too.

    Args:
        whom: whose turn it is at a term. over: whether nothing is waited for any more after it.
    """
    terms = [clock for clock in event.clocks() if not clock.is_notice]
    if not (terms or over or event.stops()):
        return event
    made = tuple(n for term in terms for n in notices_of(term, law, acts, whom(term)) if n.id not in state.missed)
    gone = {*event.stops(), *(term.id for term in terms)}
    anew = {term.met_by for term in terms}  # another term for the same thing takes the place of what was set before
    kept = {notice.id for notice in made}
    idle = tuple(
        notice.id
        for notice in state.notices.values()
        if notice.id not in kept and _waits(state, notice) and (over or notice.subject in gone or notice.met_by in anew)
    )
    if not made and not idle:
        return event
    return event.model_copy(update={"notices": (*event.notices, *made), "unnoticed": idle})


def _waits(state: Reminded, notice: Clock) -> bool:
    return notice.id not in state.missed and notice.met_by not in state.facts
