"""A unit says that a suggestion is not its to handle (退办); who assigned it upholds that or gives it to another.

The unit passes nothing on by itself. Given to another, the term of the reply runs from that day, by our reading of 自交办之日起.
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.findings import warn
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.opening import reply_clock
from domain.matter.terms import RECEIVED, begun_by, term
from domain.offices import KEEPERS, UNITS
from domain.session.parts import Unit
from domain.submission import Command, Office
from domain.text import Text


class ObjectToAssignment(Command):
    """Say in writing that the suggestion is not this unit's to handle, and why."""

    act: ClassVar[str] = "object-to-assignment"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = UNITS
    title: ClassVar[Text] = Text("提出退办", "Object to the assignment")
    why: str = Field(min_length=1, max_length=2000, pattern=r"\S")


class AssignmentObjected(MatterEvent):
    name: ClassVar[str] = "matter.assignment-objected.v1"
    of: ClassVar[str] = ObjectToAssignment.act
    fact: ClassVar[str] = "objected"
    why: str


@judges(ObjectToAssignment)
def object_to(matter: Matter, command: ObjectToAssignment, moment: MatterMoment) -> list[Event]:
    """Local rules give it some days from assignment or receipt; later it is heard all the same, and the record says so."""
    within = term(
        moment.law, "suggestion.objection", matter.starts, id="objection", met_by="objected", usual="assigned"
    )
    late = within is not None and moment.at >= within.due
    findings = (
        (warn("ObjectedLate", within.basis, number=matter.number, due=str(within.last_day)),) if late and within else ()
    )
    basis = moment.basis("suggestion.objection", "suggestion.assigned_by")
    return [AssignmentObjected(at=moment.at, basis=basis, why=command.why, findings=findings)]


class DecideObjection(Command):
    """Decide on it: `unit` is who handles the suggestion from now on; left out, it stays with the unit that objected."""

    act: ClassVar[str] = "decide-objection"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = KEEPERS
    title: ClassVar[Text] = Text("决定退办意见", "Decide on the objection")
    unit: Unit | None = None
    why: str = Field(default="", max_length=2000)


class ObjectionDecided(MatterEvent):
    name: ClassVar[str] = "matter.objection-decided.v1"
    of: ClassVar[str] = DecideObjection.act
    fact: ClassVar[str] = "objection-decided"
    unit: str | None
    why: str


@judges(DecideObjection)
def decide_objection(matter: Matter, command: DecideObjection, moment: MatterMoment) -> list[Event]:
    """The new unit's term begins with its own assignment; the old unit's ends, unless it was missed: that stays on record."""
    basis = moment.basis("suggestion.objection_decided", "suggestion.assigned_by")
    if command.unit is None or command.unit == matter.unit:
        return [ObjectionDecided(at=moment.at, basis=basis, **command.model_dump())]
    topic = "suggestion.reply_difficult" if matter.difficult else "suggestion.reply"
    starts = {**matter.starts, "assigned": moment.at, RECEIVED: moment.at}
    times = sum(isinstance(e, ObjectionDecided) for e in matter.history) + 1
    id_ = f"{reply_clock(topic)}-{times}"
    clock = term(moment.law, topic, starts, id=id_, met_by="replied", waits_for=command.unit, then="")
    fresh = replace(matter, unit=command.unit, starts=starts)
    others = tuple(
        c.model_copy(update={"id": f"{c.id}-{times}"})
        for c in begun_by(fresh, matter.loop.begins.dues, moment, "", None)
        if c.met_by not in matter.facts
    )
    anew = {"replied", *(c.met_by for c in others)}
    before = tuple(c.id for c in matter.open_clocks if c.met_by in anew)
    reading = (warn("TermFromReassignment", clock.basis, number=matter.number, unit=command.unit),) if clock else ()
    return [
        ObjectionDecided(
            at=moment.at,
            basis=basis,
            **command.model_dump(),
            begun=(*((clock,) if clock else ()), *others),
            ended=before,
            findings=reading,
        )
    ]


@tells(ObjectionDecided)
def objection_decided(matter: Matter, event: ObjectionDecided) -> Matter:
    if event.unit is None or event.unit == matter.unit:
        return matter
    return replace(matter, unit=event.unit, starts={**matter.starts, "assigned": event.at, RECEIVED: event.at})
