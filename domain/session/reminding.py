"""A session's own reminders and escalations (催办、提级): of the draft budget, of answers, of what follows it; see `domain.reminding`."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from domain.event import ESCALATE_DEADLINE, REMIND_DEADLINE, Clock, Event
from domain.law import Law
from domain.reminding import Acts, GivenNotice, given, noticed
from domain.session.offices import turn_of
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

ACTS = Acts(REMIND_DEADLINE, ESCALATE_DEADLINE)


class RemindOfDeadline(Command):
    """The engine's own act: the day has come to remind whose turn it is at a deadline of the session's own."""

    act: ClassVar[str] = REMIND_DEADLINE
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("会议期限到期前提醒", "Reminder of a session's deadline")
    clock: str


class EscalateDeadline(Command):
    """The engine's own act: a deadline of the session passed some days ago, and what it asks for is still not there."""

    act: ClassVar[str] = ESCALATE_DEADLINE
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("会议期限逾期提级", "Escalation of a session's deadline")
    clock: str


class SessionNotice(GivenNotice):
    def facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


class DeadlineReminded(SessionNotice):
    name: ClassVar[str] = "session.reminded.v1"


class DeadlineEscalated(SessionNotice):
    name: ClassVar[str] = "session.escalated-late.v1"


@decides(RemindOfDeadline)
def remind_of_deadline(session: Session, command: RemindOfDeadline, moment: Moment) -> list[Event]:
    """Nothing where what the deadline asks for is there, or it was moved or ended meanwhile."""
    return given(DeadlineReminded, session, command.clock, moment.at, _whom(session))


@decides(EscalateDeadline)
def escalate_deadline(session: Session, command: EscalateDeadline, moment: Moment) -> list[Event]:
    """The session goes on as it stands; who supervises is told, and sees to it."""
    return given(DeadlineEscalated, session, command.clock, moment.at, _whom(session))


def notice_given(session: Session, event: SessionNotice) -> Session:
    return replace(session, missed=session.missed | {event.clock})


evolves(DeadlineReminded)(notice_given)
evolves(DeadlineEscalated)(notice_given)


def with_session_notices(session: Session, event: Event, law: Law) -> Event:
    """The same event with the notices of the deadlines that begin with it; those of deadlines that end with it end too."""
    return noticed(session, event, law, ACTS, _whom(session)) if session.registered else event


def _whom(session: Session) -> Callable[[Clock], str]:
    return lambda clock: clock.waits_for or turn_of(session.procedure, clock.met_by)
