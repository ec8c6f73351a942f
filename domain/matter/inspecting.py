"""What an inspection (执法检查) has of its own: its group, the notice before it starts, and a report that waits for the streets' parts.

监督法 (2024) art. 33 says of whom the group is formed. 浙江省监督条例 (2008) art. 28(4) bars staff of the organ inspected; that of 2025 does
not say so any more, so that from then on it is a reading of ours, which only warns.
"""

from typing import ClassVar

from pydantic import Field

from domain.arithmetic import Period
from domain.calendar import latest_in_advance, legal_date
from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges
from domain.matter.steps import StepTaken
from domain.refusals import Refused
from domain.session.parts import DeputyId, Part, Unit
from domain.submission import Command, Office
from domain.text import Text

CHILD, WAITING = "delegated-inspection", ("", "delegated", "inspecting")


class InspectorOfTheInspected(Refused):
    says = Text(
        "{person} 是被检查机关({organ})的工作人员,不能参加检查组",
        "{person} is on the staff of the organ inspected ({organ}) and cannot be in the group",
    )


class PartsOutstanding(Refused):
    says = Text(
        "交办的检查 {numbers} 尚未报送检查情况;请等报送,或者由主任会议撤回交办(call-off)",
        "the parts passed on, {numbers}, are not reported on: wait for them, or have them called off (call-off)",
    )


class Inspector(Part):
    """Who inspects: a deputy's id or a pseudonym, and where the person serves."""

    person: DeputyId
    organ: Unit
    leader: bool = False


class FormGroup(Command):
    """Form the group (执法检查组), each with the organ where they serve; formed again, the new one takes the place of the old."""

    act: ClassVar[str] = "form-group"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "council_of_chairpersons", "sc_office")
    title: ClassVar[Text] = Text("组织检查组", "Form the group")
    inspectors: tuple[Inspector, ...] = Field(min_length=1)


class GroupFormed(MatterEvent):
    name: ClassVar[str] = "matter.group-formed.v1"
    of: ClassVar[str] = FormGroup.act
    fact: ClassVar[str] = "group-formed"
    inspectors: tuple[Inspector, ...]


@judges(FormGroup)
def form_group(matter: Matter, command: FormGroup, moment: MatterMoment) -> list[Event]:
    """Nobody inspects their own organ."""
    formed = [e for e in matter.history if isinstance(e, GroupFormed)]
    if formed and formed[-1].inspectors == command.inspectors:
        return []
    inspected = {name.strip() for name in (matter.unit, *matter.co_units)}
    conflicts = [each for each in command.inspectors if each.organ.strip() in inspected]
    barred = moment.law.ruling("inspection.barred")
    findings: tuple[Finding, ...] = ()
    if conflicts and barred is not None:
        if barred.may_refuse:
            raise InspectorOfTheInspected(barred.basis, person=conflicts[0].person, organ=conflicts[0].organ)
        findings = tuple(
            warn("InspectsOwnOrgan", barred.basis, person=each.person, organ=each.organ) for each in conflicts
        )
    basis = moment.basis("inspection.group", "inspection.held")
    return [GroupFormed(at=moment.at, basis=basis, inspectors=command.inspectors, findings=findings)]


class StartInspection(Command):
    """The inspection starts."""

    act: ClassVar[str] = "start-inspection"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("开始检查", "Start the inspection")


class InspectionStarted(MatterEvent):
    name: ClassVar[str] = "matter.inspection-started.v1"
    of: ClassVar[str] = StartInspection.act
    fact: ClassVar[str] = "inspection-started"


@judges(StartInspection)
def start(matter: Matter, command: StartInspection, moment: MatterMoment) -> list[Event]:
    """Where a local rule has the plan notified so long before, an earlier start is recorded as such; it stops nothing."""
    ruling = moment.law.ruling("inspection.notice")
    findings: tuple[Finding, ...] = ()
    if ruling is not None and isinstance(ruling.value, Period):
        last = latest_in_advance(legal_date(moment.at), ruling.value)
        notices = [e for e in matter.history if isinstance(e, StepTaken) and e.step == "notify-plan"]
        if not notices:
            findings = (alert("InspectionWithoutNotice", ruling.basis, number=matter.number, due=str(last)),)
        elif (given := legal_date(notices[-1].at)) > last:
            findings = (
                alert("InspectionNoticeLate", ruling.basis, number=matter.number, found=str(given), due=str(last)),
            )
    basis = moment.basis("inspection.notice", "inspection.held")
    return [InspectionStarted(at=moment.at, basis=basis, findings=findings)]


class ReportInspection(Command):
    """The group reports: how the law is carried out, the problems, and advice on the work; `law_advice` is advice on the law itself."""

    act: ClassVar[str] = "report-inspection"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("提出执法检查报告", "Report on the inspection")
    text: str = Field(min_length=1, max_length=4000, pattern=r"\S")
    law_advice: str = Field(default="", max_length=4000)


class InspectionReported(MatterEvent):
    name: ClassVar[str] = "matter.inspection-reported.v1"
    of: ClassVar[str] = ReportInspection.act
    fact: ClassVar[str] = "inspection-reported"
    text: str
    law_advice: str
    parts: tuple[str, ...] = ()  # the parts passed on that are reported on


@judges(ReportInspection)
def report_inspection(matter: Matter, command: ReportInspection, moment: MatterMoment) -> list[Event]:
    """The report waits for what was passed on to streets and towns, unless it was called off."""
    parts = [b.number for b in moment.session.begun.values() if b.parent == matter.number and b.kind == CHILD]
    stands = {number: moment.other(number).stands for number in parts}
    if waiting := [number for number in parts if stands[number] in WAITING]:
        raise PartsOutstanding(moment.cites("inspection.held"), numbers="、".join(waiting))
    reported = tuple(number for number in parts if stands[number] != "called-off")
    basis = moment.basis("inspection.report", "inspection.held")
    return [InspectionReported(at=moment.at, basis=basis, **command.model_dump(), parts=reported)]
