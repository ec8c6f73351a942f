"""A livelihood project (民生实事项目) after the vote: taken up only as it was chosen, shown by a light, changed only by a decision.

浙江省民生实事项目人大代表票决制规定 (2022) art. 20-25. What a street's residents' council recommended stays a recommendation (art. 26):
nothing is decided on it here.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.findings import info, warn
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.terms import late_for
from domain.refusals import Refused
from domain.session.decide import NotTheirAct
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text

LIGHT = "light"
"""Where `Matter.more` keeps the light that was shown last."""


class NotChosen(Refused):
    says = Text(
        "项目 {project} 不在本次会议的票决结果中(选出:{chosen}),不能作为民生实事项目跟踪",
        "project {project} is not among those chosen at this session ({chosen}): it is not followed as one",
    )


class OnlyRecommended(Refused):
    says = Text(
        "居民议事组织的结果是推荐,不是决议:项目调整不在这里作决定,由街道办事处或者上级政府处理并通报(tell-project-change、tell-project-end)",
        "a residents' council recommends and resolves nothing: no change is decided here; the street office, or the "
        "government above it, decides and tells (tell-project-change, tell-project-end)",
    )


class TakeUpProject(Command):
    """Follow a project that was chosen at this session: `project` is its code on the ballot."""

    act: ClassVar[str] = "take-up-project"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "presidium", "street_committee")
    title: ClassVar[Text] = Text("跟踪选出的项目", "Follow a chosen project")
    project: Code


class ProjectTakenUp(MatterEvent):
    name: ClassVar[str] = "matter.project-taken-up.v1"
    of: ClassVar[str] = TakeUpProject.act
    fact: ClassVar[str] = "taken-up"
    project: Code
    recommendation: bool


@judges(TakeUpProject)
def take_up(matter: Matter, command: TakeUpProject, moment: MatterMoment) -> list[Event]:
    """Art. 18, 20: what the vote determined is carried out, and nothing else as such; a street's are recommended (art. 26)."""
    session = moment.session
    if not session.has("projects-chosen") or command.project not in session.chosen:
        chosen = "、".join(session.chosen) or "—"
        raise NotChosen(moment.cites("projects.decided_by_congress"), project=command.project, chosen=chosen)
    recommended = not session.procedure.decides
    basis = moment.basis("projects.decided_by_congress", "projects.plan_published", "council.recommends")
    findings = (info("RecommendationOnly", basis),) if recommended else ()
    return [
        ProjectTakenUp(
            at=moment.at, basis=basis, project=command.project, recommendation=recommended, findings=findings
        )
    ]


class ShowLight(Command):
    """Say how the project stands: green on schedule, yellow behind, red not to be done in time; why, unless it is green."""

    act: ClassVar[str] = "show-light"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (
        "government", "handling_unit", "street_office", "sc_office", "presidium", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("报告项目进展", "Report how the project stands")
    light: Literal["green", "yellow", "red"]
    text: str = Field(default="", max_length=2000)


class LightShown(MatterEvent):
    name: ClassVar[str] = "matter.light-shown.v1"
    of: ClassVar[str] = ShowLight.act
    fact: ClassVar[str] = "light-shown"
    light: str
    text: str


@judges(ShowLight)
def show_light(matter: Matter, command: ShowLight, moment: MatterMoment) -> list[Event]:
    """Art. 23: the projects are followed through the year. A light is what somebody says, and no more."""
    basis = moment.basis("projects.supervised", "council.monitors")
    unsaid = command.light != "green" and not command.text
    findings = (warn("LightWithoutReason", basis, number=matter.number),) if unsaid else ()
    return [LightShown(at=moment.at, basis=basis, **command.model_dump(), findings=findings)]


@tells(LightShown)
def light_shown(matter: Matter, event: LightShown) -> Matter:
    return replace(matter, more={**matter.more, LIGHT: event.light})


class DecideProjectChange(Command):
    """Decide what was asked for: the project changed (changed), as it was (kept), put off (suspended) or ended (ended); and why."""

    act: ClassVar[str] = "decide-project-change"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "presidium")
    title: ClassVar[Text] = Text("决定项目调整", "Decide on the project's change")
    outcome: Literal["changed", "kept", "suspended", "ended"]
    text: str = Field(min_length=1, max_length=2000, pattern=r"\S")


class ProjectChangeDecided(MatterEvent):
    name: ClassVar[str] = "matter.project-change-decided.v1"
    of: ClassVar[str] = DecideProjectChange.act
    fact: ClassVar[str] = "change-decided"
    outcome: str
    text: str


@judges(DecideProjectChange)
def decide_change(matter: Matter, command: DecideProjectChange, moment: MatterMoment) -> list[Event]:
    """Art. 22: the standing committee decides, in a township the presidium, and the next congress session is told."""
    topics = ("projects.change_decided_by", "projects.change")
    if not moment.session.procedure.decides:
        raise OnlyRecommended(moment.cites("council.recommends"))
    who = moment.law.ruling("projects.change_decided_by")
    if who is not None and who.may_refuse and moment.actor.office not in who.options:
        raise NotTheirAct.of(who.basis, DecideProjectChange.title, who.options, moment.actor.office)
    said = ProjectChangeDecided(
        at=moment.at, basis=moment.basis(*topics, "projects.decided_by_congress"), **command.model_dump(),
        findings=late_for(matter, "change-decided", moment.at),
    )  # fmt: skip
    return [said.model_copy(update={"to": "ended"}) if command.outcome == "ended" else said]
