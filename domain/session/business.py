"""The business of a sitting: reports heard, deliberation with its opinions, inquiries answered, committees reporting."""

from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import AgendaItem, Code
from domain.session.presidium import UnknownItem
from domain.session.sittings import of_the_preparations, open_plenary
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text

REPORT_TOPICS = {
    "government_report": ("report.government", "council.yearly"),
    "presidium_report": ("report.presidium", "recess.report", "council.yearly"),
    "standing_committee_report": ("report.standing_committee",),
    "court_report": ("report.court",),
    "procuratorate_report": ("report.procuratorate",),
    "budget": ("report.budget", "budget.approved_by_congress"),
    "final_accounts": ("budget.final_accounts", "budget.approved_by_congress"),
    "budget_adjustment": ("budget.adjustment", "budget.approved_by_congress"),
}
"""The topics of law behind each kind of agenda item that is heard or examined."""


class UnknownGroup(Refused):
    says = Text("没有代号为 {group} 的代表团或小组", "there is no delegation or group {group}")


def item_of(session: Session, code: str) -> AgendaItem:
    """The agenda item of that code.

    Raises:
        UnknownItem: the agenda has none.
    """
    if code not in session.agenda:
        raise UnknownItem(item=code, known="、".join(session.agenda))
    return session.agenda[code]


class HearReport(Command):
    """The congress hears a report, read out or in writing (听取报告; 书面)."""

    act: ClassVar[str] = "hear-report"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "government", "presidium", "standing_committee", "court", "procuratorate", "budget_committee", "motions_committee",
        "credentials_committee", "special_committee", "secretariat", "street_office", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("听取报告", "Hear a report")
    item: Code
    form: Literal["oral", "written"] = "oral"


class ReportHeard(Event):
    name: ClassVar[str] = "session.report-heard.v1"
    item: Code
    kind: str
    form: str
    sitting: Code

    def facts(self) -> tuple[str, ...]:
        return (f"heard:{self.item}", f"heard-kind:{self.kind}")


@decides(HearReport)
def hear_report(session: Session, command: HearReport, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 11(8)(9), 12(1)(8)(9): a county congress hears and deliberates the reports of its standing committee,
    government, court and procuratorate, a township congress those of government and presidium.
    """
    item = item_of(session, command.item)
    if session.has(f"heard:{command.item}"):
        return []
    topics = ("report.plan",) if item.kind == "plan" else REPORT_TOPICS.get(item.kind, ())
    topics = topics if moment.law.basis(*topics) else ("presidium.presides", "council.yearly")
    sitting = open_plenary(session, moment, topics[0])
    findings = of_the_preparations(session, sitting, item.kind, command.title, moment)
    return [
        ReportHeard(
            at=moment.at,
            basis=moment.basis(*topics),
            item=item.code,
            kind=item.kind,
            form=command.form,
            sitting=sitting.code,
            findings=findings,
        )
    ]


class Deliberate(Command):
    """A group, a delegation or the plenary deliberates items; opinions are recorded (审议意见)."""

    act: ClassVar[str] = "deliberate"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("group", "secretariat", "council", "presidium", "street_committee")
    title: ClassVar[Text] = Text("审议", "Deliberate")
    items: tuple[Code, ...] = Field(min_length=1)
    group: str = ""  # a group's code; empty: in plenary
    speakers: int = Field(default=0, ge=0)
    opinions: tuple[str, ...] = ()


class Deliberated(Event):
    name: ClassVar[str] = "session.deliberated.v1"
    once: ClassVar[bool] = True
    items: tuple[Code, ...]
    group: str
    speakers: int
    opinions: tuple[str, ...]

    def facts(self) -> tuple[str, ...]:
        return tuple(f"deliberated:{item}" for item in self.items)


@decides(Deliberate)
def deliberate(session: Session, command: Deliberate, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 14(2): deputies attend plenaries and group meetings and deliberate every item (审议)."""
    for code in command.items:
        item_of(session, code)
    delegations = moment.law.ruling("delegations")
    if command.group and command.group not in {g.code for g in session.plan.groups}:
        raise UnknownGroup(group=command.group)
    nowhere = not command.group and bool(session.plan.groups) and delegations is not None and delegations.on
    new = Deliberated(
        at=moment.at,
        basis=moment.basis("deliberation", "deliberation.record", "council.opinions"),
        items=command.items,
        group=command.group,
        speakers=command.speakers,
        opinions=command.opinions,
        findings=(warn("NoDelegationNamed", moment.basis("delegations", "deliberation")),) if nowhere else (),
    )
    return [] if new in session.history else [new]


class CommitteeReports(Command):
    """The examination report goes to the presidium (审查结果报告): from a committee, in a county from the standing committee."""

    act: ClassVar[str] = "committee-reports"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "budget_committee", "standing_committee", "motions_committee", "credentials_committee", "special_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("提出审查结果报告", "Report on an examination")
    items: tuple[Code, ...] = Field(min_length=1)
    text: str = Field(default="", max_length=2000)


class CommitteeReported(Event):
    name: ClassVar[str] = "session.committee-reported.v1"
    items: tuple[Code, ...]
    text: str

    def facts(self) -> tuple[str, ...]:
        return tuple(f"examined:{item}" for item in self.items)


@decides(CommitteeReports)
def committee_reports(session: Session, command: CommitteeReports, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 49(2): in a province or city a special committee reports to the presidium on the budget (审查结果报告), in a county
    the standing committee.


    浙江省乡镇人大工作条例 (2023) art. 14: a township may set up a budget committee; its opinion goes to the presidium.
    """
    for code in command.items:
        item_of(session, code)
    if all(session.has(f"examined:{code}") for code in command.items):
        return []
    kinds = {session.agenda[code].kind for code in command.items}
    topics = ("plan.examined",) if kinds == {"plan"} else ("budget.committee", "budget.examined")
    basis = moment.basis(*topics)
    return [CommitteeReported(at=moment.at, basis=basis, items=command.items, text=command.text)]


class RecordProceeding(Command):
    """Put on record something that was done and on which no rule of ours judges: a speech, an oath, an item dealt with."""

    act: ClassVar[str] = "record-proceeding"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "secretariat", "presidium", "executive_chair", "standing_committee", "sc_office", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("记录会议情况", "Record a proceeding")
    what: str = Field(min_length=1, max_length=500)
    item: Code | None = None


class ProceedingRecorded(Event):
    name: ClassVar[str] = "session.proceeding-recorded.v1"
    once: ClassVar[bool] = True
    what: str
    item: Code | None

    def facts(self) -> tuple[str, ...]:
        return (f"dealt:{self.item}",) if self.item else ()


@decides(RecordProceeding)
def record_proceeding(session: Session, command: RecordProceeding, moment: Moment) -> list[Event]:
    """A practice: the record is kept even where no article asks for it."""
    if command.item is not None:
        item_of(session, command.item)
    basis = moment.basis("practice.record")
    return [ProceedingRecorded(at=moment.at, basis=basis, what=command.what, item=command.item)]
