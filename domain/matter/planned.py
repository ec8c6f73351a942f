"""A topic of supervision (监督议题) from the plan to what it becomes: an inspection, an inquiry, a review, a monitoring, by reference.

A topic says of itself only what the plan says of it: it is in, or it is not. Either way whoever proposed it is told before it ends.
"""

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from domain.event import Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.year_plan import NotInThePlan, plan_of
from domain.refusals import Refused
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text

BECAME = "became"
"""Where `Matter.more` keeps the numbers of the matters it became."""
OFFICE: tuple[Office, ...] = ("sc_office", "presidium")
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class InThePlan(Refused):
    says = Text(
        "{topic} 号议题在年度监督工作计划中:请先调整计划(adjust-plan)",
        "topic {topic} is in the year's plan: have the plan adjusted first (adjust-plan)",
    )


class NotPartOfTheTopic(Refused):
    says = Text(
        "{matter} 号事项不是本议题的一部分:请先用 begin-matter 建立,parent 写 {number}",
        "matter {matter} is not part of this topic: begin it first (begin-matter), with {number} as its parent",
    )


class TopicNotDone(Refused):
    says = Text(
        "{topic} 号议题转为的事项 {numbers} 尚未了结", "topic {topic} became matters that are not over: {numbers}"
    )


class EnterPlan(Command):
    """The topic is in the plan as adopted or adjusted."""

    act: ClassVar[str] = "enter-plan"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = OFFICE
    title: ClassVar[Text] = Text("列入年度计划", "Enter it in the plan")


class PlanEntered(MatterEvent):
    name: ClassVar[str] = "matter.plan-entered.v1"
    of: ClassVar[str] = EnterPlan.act
    fact: ClassVar[str] = "plan-entered"


@judges(EnterPlan)
def enter_plan(matter: Matter, command: EnterPlan, moment: MatterMoment) -> list[Event]:
    """Only what whoever adopts the plan put into it."""
    if not _planned(matter, moment):
        raise NotInThePlan(moment.cites("topic.plan_adopted_by"), topic=matter.number)
    return [PlanEntered(at=moment.at, basis=moment.basis("topic.plan_adopted_by", "topic.plan"))]


class LeaveOut(Command):
    """The topic is not in the plan, or was dropped from it; `why` is what its proposers are told."""

    act: ClassVar[str] = "leave-out"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = OFFICE
    title: ClassVar[Text] = Text("不列入年度计划", "Leave it out of the plan")
    why: Words


class LeftOut(MatterEvent):
    name: ClassVar[str] = "matter.left-out.v1"
    of: ClassVar[str] = LeaveOut.act
    fact: ClassVar[str] = "left-out"
    why: str


@judges(LeaveOut)
def leave_out(matter: Matter, command: LeaveOut, moment: MatterMoment) -> list[Event]:
    """What the plan names is not left out by an office."""
    if _planned(matter, moment):
        raise InThePlan(moment.cites("topic.plan_adopted_by"), topic=matter.number)
    return [LeftOut(at=moment.at, basis=moment.basis("topic.told_back", "topic.plan_adopted_by"), why=command.why)]


class BecomeMatter(Command):
    """Name the matter the topic became: begun with the topic as its parent."""

    act: ClassVar[str] = "become-matter"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = OFFICE
    title: ClassVar[Text] = Text("议题转为监督事项", "The topic becomes a matter")
    matter: Code


class BecameMatter(MatterEvent):
    name: ClassVar[str] = "matter.became-matter.v1"
    of: ClassVar[str] = BecomeMatter.act
    fact: ClassVar[str] = "became-matter"
    matter: Code
    kind: Code


@judges(BecomeMatter)
def become_matter(matter: Matter, command: BecomeMatter, moment: MatterMoment) -> list[Event]:
    """The two know each other: the matter names the topic as its parent, the topic names the matter."""
    if command.matter in became(matter):
        return []
    child = moment.session.begun.get(command.matter)
    if child is None or child.parent != matter.number:
        raise NotPartOfTheTopic(moment.cites("topic.plan"), matter=command.matter, number=matter.number)
    return [BecameMatter(at=moment.at, basis=moment.basis("topic.plan"), matter=command.matter, kind=child.kind)]


class FinishTopic(Command):
    """All that the topic became is at its end; `text` says what came of it."""

    act: ClassVar[str] = "finish-topic"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = OFFICE
    title: ClassVar[Text] = Text("议题完成", "Finish the topic")
    text: Words


class TopicFinished(MatterEvent):
    name: ClassVar[str] = "matter.topic-finished.v1"
    of: ClassVar[str] = FinishTopic.act
    fact: ClassVar[str] = "topic-finished"
    text: str


@judges(FinishTopic)
def finish_topic(matter: Matter, command: FinishTopic, moment: MatterMoment) -> list[Event]:
    """A topic is not done before what it became is."""
    open_ = [number for number in became(matter) if not moment.other(number).over]
    if open_:
        raise TopicNotDone(moment.cites("topic.plan"), topic=matter.number, numbers="、".join(open_))
    return [TopicFinished(at=moment.at, basis=moment.basis("topic.plan"), text=command.text)]


def became(matter: Matter) -> tuple[str, ...]:
    found: tuple[str, ...] = matter.more.get(BECAME, ())
    return found


def _planned(matter: Matter, moment: MatterMoment) -> bool:
    return matter.number in plan_of(moment.other(matter.parent))


@tells(BecameMatter)
def became_matter(matter: Matter, event: BecameMatter) -> Matter:
    return replace(matter, more={**matter.more, BECAME: (*became(matter), event.matter)})
