"""A matter's reminders and escalations (催办、提级): the acts and events of it; how they work is in `domain.reminding`."""

from collections.abc import Iterable
from typing import ClassVar

from domain.event import ESCALATE, REMIND, Clock, Event
from domain.law import Law
from domain.matter.matter import Matter, MatterEvent, MatterMoment, MatterUnknown, judges
from domain.reminding import Acts, GivenNotice, given, noticed
from domain.submission import Command, Office
from domain.text import Text

ACTS = Acts(REMIND, ESCALATE)


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


class Notice(MatterEvent, GivenNotice):
    repeats: ClassVar[bool] = True

    def own_facts(self) -> tuple[str, ...]:
        return (f"missed:{self.clock}",)


class MatterReminded(Notice):
    name: ClassVar[str] = "matter.reminded.v1"


class MatterEscalatedLate(Notice):
    name: ClassVar[str] = "matter.escalated-late.v1"


@judges(Remind, anytime=True)
def remind(matter: Matter, command: Remind, moment: MatterMoment) -> list[Event]:
    """Nothing where the term was met, moved or ended meanwhile."""
    if not matter.recorded:
        raise MatterUnknown()
    return given(MatterReminded, matter, command.clock, moment.at, _whom, round=matter.round)


@judges(EscalateLate, anytime=True)
def escalate_late(matter: Matter, command: EscalateLate, moment: MatterMoment) -> list[Event]:
    """The matter stays where it stands; who supervises is told, and sees to it."""
    if not matter.recorded:
        raise MatterUnknown()
    return given(MatterEscalatedLate, matter, command.clock, moment.at, _whom, round=matter.round)


def _whom(term: Clock) -> str:
    return term.waits_for


def with_notices(matter: Matter, events: Iterable[Event], law: Law) -> list[Event]:
    """The same events, each with the notices of the terms that begin with it; those of terms that end with it end too."""
    return [
        noticed(matter, e, law, ACTS, _whom, over=e.over)
        if isinstance(e, MatterEvent) and not isinstance(e, Notice)
        else e
        for e in events
    ]
