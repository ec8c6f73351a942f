"""The year's plan of supervision (年度监督工作计划): adopted by the council of chairpersons, adjusted by it, and at an end with its topics.

监督法 (2024) art. 63; until 2024-11-07 the yearly plan of special work reports (2006 art. 8(2)). A topic is a matter of its own, part of the
call; only what the plan names is carried out as planned.
"""

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.findings import warn
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.proposing import LEFT, proposals_of
from domain.matter.terms import late_for
from domain.refusals import Refused
from domain.session.decide import NotTheirAct
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text

TOPIC, PLAN = "topic", "plan"
"""The kind of matter a topic is; where `Matter.more` keeps the numbers of those in the plan."""
ADOPTING: tuple[Office, ...] = ("council_of_chairpersons", "presidium")
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class NotATopicOfThisCall(Refused):
    says = Text(
        "{topic} 号事项不是本次征集的议题:请先用 begin-matter 建立(kind 写 topic,parent 写 {number})",
        "matter {topic} is no topic of this call: begin it first (begin-matter, kind topic, parent {number})",
    )


class NotInThePlan(Refused):
    says = Text("{topic} 号议题不在年度监督工作计划中", "topic {topic} is not in the year's plan")


class AdoptPlan(Command):
    """Adopt the plan: `topics` are the numbers of the topics in it, `text` says at which meeting."""

    act: ClassVar[str] = "adopt-plan"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ADOPTING
    title: ClassVar[Text] = Text("通过年度监督工作计划", "Adopt the year's plan")
    topics: tuple[Code, ...] = Field(min_length=1)
    text: Words


class PlanAdopted(MatterEvent):
    name: ClassVar[str] = "matter.plan-adopted.v1"
    of: ClassVar[str] = AdoptPlan.act
    fact: ClassVar[str] = "plan-adopted"
    topics: tuple[Code, ...]
    text: str


@judges(AdoptPlan)
def adopt_plan(matter: Matter, command: AdoptPlan, moment: MatterMoment) -> list[Event]:
    """Art. 63(2): by the council of chairpersons; in a Zhejiang township the presidium makes it. The record names what nobody sorted."""
    _by_whom(command.title, moment)
    for number in command.topics:
        _of_this_call(matter, number, moment)
    unsorted = [code for code, into in proposals_of(matter).items() if not into]
    basis = moment.basis("topic.plan_adopted_by", "topic.plan", "topic.plan_drafted")
    findings = late_for(matter, "plan-adopted", moment.at)
    if unsorted:
        open_ = warn("ProposalsUnsorted", (), number=matter.number, proposals="、".join(unsorted))
        findings = (*findings, open_)
    return [PlanAdopted(at=moment.at, basis=basis, **command.model_dump(), findings=findings)]


class AdjustPlan(Command):
    """Adjust the plan in the year: a topic `added` or `dropped`, and why."""

    act: ClassVar[str] = "adjust-plan"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ADOPTING
    title: ClassVar[Text] = Text("调整监督工作计划", "Adjust the year's plan")
    topic: Code
    change: Literal["added", "dropped"]
    text: Words


class PlanAdjusted(MatterEvent):
    name: ClassVar[str] = "matter.plan-adjusted.v1"
    of: ClassVar[str] = AdjustPlan.act
    fact: ClassVar[str] = "plan-adjusted"
    topic: Code
    change: str
    text: str


@judges(AdjustPlan)
def adjust_plan(matter: Matter, command: AdjustPlan, moment: MatterMoment) -> list[Event]:
    """Art. 63(3): as need be, by whoever adopts it."""
    _by_whom(command.title, moment)
    there = command.topic in plan_of(matter)
    if there == (command.change == "added"):
        if there:
            return []
        raise NotInThePlan(moment.cites("topic.plan_adjusted"), topic=command.topic)
    _of_this_call(matter, command.topic, moment)
    basis = moment.basis("topic.plan_adjusted", "topic.plan_adopted_by")
    return [PlanAdjusted(at=moment.at, basis=basis, **command.model_dump())]


class EndPlan(Command):
    """The year of the plan is over."""

    act: ClassVar[str] = "end-plan"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", *ADOPTING)
    title: ClassVar[Text] = Text("年度计划结束", "End the year's plan")


class PlanEnded(MatterEvent):
    name: ClassVar[str] = "matter.plan-ended.v1"
    of: ClassVar[str] = EndPlan.act
    fact: ClassVar[str] = "plan-ended"
    topics: int
    outstanding: tuple[Code, ...]


@judges(EndPlan)
def end_plan(matter: Matter, command: EndPlan, moment: MatterMoment) -> list[Event]:
    """What was planned and is not at its end is named, and so is every topic whose proposers wait for an answer (件件有结果)."""
    grouped = {into for into in proposals_of(matter).values() if into not in ("", LEFT)}
    followed = [n for n, begun in moment.session.begun.items() if begun.kind == TOPIC and begun.parent == matter.number]
    every = tuple(dict.fromkeys((*plan_of(matter), *followed, *sorted(grouped))))
    open_ = tuple(number for number in every if not moment.other(number).over)
    findings = (warn("TopicsOutstanding", (), number=matter.number, topics="、".join(open_)),) if open_ else ()
    basis = moment.basis("topic.plan", "topic.told_back")
    return [PlanEnded(at=moment.at, basis=basis, topics=len(plan_of(matter)), outstanding=open_, findings=findings)]


def plan_of(matter: Matter) -> tuple[str, ...]:
    """The numbers of the topics in the plan, as it now is."""
    found: tuple[str, ...] = matter.more.get(PLAN, ())
    return found


def _by_whom(title: Text, moment: MatterMoment) -> None:
    who = moment.law.ruling("topic.plan_adopted_by")
    if who is not None and who.may_refuse and moment.actor.office not in who.options:
        raise NotTheirAct.of(who.basis, title, who.options, moment.actor.office)


def _of_this_call(matter: Matter, number: str, moment: MatterMoment) -> None:
    begun = moment.session.begun.get(number)
    if begun is None or begun.kind != TOPIC or begun.parent != matter.number:
        raise NotATopicOfThisCall(moment.cites("topic.plan"), topic=number, number=matter.number)


@tells(PlanAdopted)
def plan_adopted(matter: Matter, event: PlanAdopted) -> Matter:
    return replace(matter, more={**matter.more, PLAN: event.topics})


@tells(PlanAdjusted)
def plan_adjusted(matter: Matter, event: PlanAdjusted) -> Matter:
    others = tuple(number for number in plan_of(matter) if number != event.topic)
    return replace(matter, more={**matter.more, PLAN: (*others, event.topic) if event.change == "added" else others})
