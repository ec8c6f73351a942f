"""A deputy reports to the voters (代表述职): how many were invited, and the file at the end.

代表法 (2025) art. 58(2), 地方组织法 (2022) art. 43(4): deputies report to those who elected them. The national law sets no number of reports or
of voters, and no vote on them: what there is is local (浙江省实施代表法办法 art. 47(4): those who elected them may evaluate).
"""

from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.matter.evaluating import DISSATISFIED
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges
from domain.offices import SUPERVISORS
from domain.refusals import Refused
from domain.submission import Command, Office
from domain.text import Text

KIND, FED_BACK, RECTIFIED = "duty-report", "feed-back", "rectify"


class WhoReports(Refused):
    says = Text(
        "述职事项只写一名代表(deputies):{number} 号写了 {found} 名",
        "a report is one deputy's: matter {number} names {found} (deputies)",
    )


class InviteVoters(Command):
    """Voters are invited to the meeting: `count` how many, `text` how they were chosen."""

    act: ClassVar[str] = "invite-voters"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("邀请选民", "Invite voters")
    count: int = Field(ge=1)
    text: str = Field(default="", max_length=1000)


class VotersInvited(MatterEvent):
    name: ClassVar[str] = "matter.voters-invited.v1"
    of: ClassVar[str] = InviteVoters.act
    fact: ClassVar[str] = "voters-invited"
    count: int
    text: str


@judges(InviteVoters)
def invite_voters(matter: Matter, command: InviteVoters, moment: MatterMoment) -> list[Event]:
    """Where the place's own rules set a number (`duty.voters`) fewer are a warning; else there is none."""
    if len(matter.deputies) != 1:
        raise WhoReports(moment.cites("duty.report"), number=matter.number, found=len(matter.deputies))
    least = moment.law.ruling("duty.voters")
    findings: tuple[Finding, ...] = ()
    if least is not None and least.value is not None and command.count < least.number:
        findings = (warn("FewVotersInvited", least.basis, found=command.count, needed=least.number),)
    basis = moment.basis("duty.report", "duty.organised", "duty.voters")
    return [VotersInvited(at=moment.at, basis=basis, count=command.count, text=command.text, findings=findings)]


class FileDutyReport(Command):
    """File the report with the opinions of the voters and the result (存档)."""

    act: ClassVar[str] = "file-duty-report"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("述职材料存档", "File the duty report")


class DutyReportFiled(MatterEvent):
    name: ClassVar[str] = "matter.duty-report-filed.v1"
    of: ClassVar[str] = FileDutyReport.act
    fact: ClassVar[str] = "duty-report-filed"


@judges(FileDutyReport)
def file_duty_report(matter: Matter, command: FileDutyReport, moment: MatterMoment) -> list[Event]:
    """Where the place's rules ask the deputy to put things right (`duty.rectify`) and nothing of it is on record, the file says so."""
    asked = moment.law.ruling("duty.rectify")
    failed = any(isinstance(e, MatterEvent) and e.to == DISSATISFIED for e in matter.history)
    findings: tuple[Finding, ...] = ()
    if asked is not None and asked.on and failed and not matter.has(RECTIFIED):
        findings = (warn("NotPutRight", asked.basis, number=matter.number),)
    basis = moment.basis("duty.organised", "duty.record", "duty.report")
    return [DutyReportFiled(at=moment.at, basis=basis, findings=findings)]
