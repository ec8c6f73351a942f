"""What was promised is carried over to another day (承诺事项结转), with the reasons; every day promised stays on record."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Clock, Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, judges, tells
from domain.matter.replying import PROMISED, PromisedForThePast
from domain.matter.terms import MISS_TERM
from domain.offices import UNITS
from domain.submission import Command, Office
from domain.text import Text


class CarryOver(Command):
    """Carry a promise over: `promised` is the day by which it is now to be done, `why` what changed."""

    act: ClassVar[str] = "carry-over"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = UNITS
    title: ClassVar[Text] = Text("承诺事项结转", "Carry the promise over")
    promised: date
    why: str = Field(min_length=1, max_length=2000, pattern=r"\S")


class CarriedOver(MatterEvent):
    name: ClassVar[str] = "matter.carried-over.v1"
    of: ClassVar[str] = CarryOver.act
    fact: ClassVar[str] = "carried-over"
    promised: date
    why: str


@judges(CarryOver)
def carry_over(matter: Matter, command: CarryOver, moment: MatterMoment) -> list[Event]:
    """The day promised before no longer runs; if it was missed, that stays on record."""
    if command.promised < legal_date(moment.at):
        raise PromisedForThePast(promised=str(command.promised))
    if matter.more.get(PROMISED) == command.promised:
        return []
    done = fact_of("replied", matter.round + 1)
    before = tuple(c.id for c in matter.open_clocks if c.met_by == done)
    times = sum(isinstance(e, CarriedOver) for e in matter.history)
    basis = moment.basis("suggestion.commitment", "suggestion.reply")
    clock = Clock(
        id=f"promised-{matter.round}-{times + 1}", started=moment.at, last_day=command.promised, met_by=done, basis=basis,
        waits_for=matter.unit, then=MISS_TERM,
    )  # fmt: skip
    return [CarriedOver(at=moment.at, basis=basis, **command.model_dump(), begun=(clock,), ended=before)]


@tells(CarriedOver)
def carried_over(matter: Matter, event: CarriedOver) -> Matter:
    return replace(matter, more={**matter.more, PROMISED: event.promised})
