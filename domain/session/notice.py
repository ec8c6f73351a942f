"""Before the session: drafts prepared, voters heard, notice given and papers sent in time, observers invited."""

from typing import ClassVar

from pydantic import Field

from domain.arithmetic import Number, Period
from domain.calendar import latest_in_advance, legal_date
from domain.event import Event, Finding
from domain.findings import inert, info, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Figure, Text

TOPIC_NAMES = {
    "notice.days": Text("通知提前的日数", "days of notice"),
    "papers.days": Text("材料提前的日数", "days that papers go out before"),
    "budget.draft_days": Text("预算草案提前的日数", "days that the draft budget comes before"),
}


class NoticeTooLate(Refused):
    says = Text(
        "会议定于 {opens} 举行,应当提前 {needed} 日即最迟于 {latest} 通知,实为 {given}",
        "the session opens on {opens}: notice is due {needed} days before, by {latest}; it was given on {given}",
    )


class PapersTooLate(Refused):
    says = Text(
        "会议定于 {opens} 举行,会议材料应当提前 {needed} 日即最迟于 {latest} 送达代表,实为 {given}",
        "the session opens on {opens}: papers are due {needed} day(s) before, by {latest}; they were sent on {given}",
    )


class Prepare(Command):
    """Draft agenda, timetable and lists before the session (会前准备)."""

    act: ClassVar[str] = "prepare"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium", "council_of_chairpersons", "standing_committee", "sc_office", "secretariat", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("拟订议程草案和名单草案", "Draft the agenda and the lists")
    drafts: tuple[str, ...] = Field(min_length=1)


class Prepared(Event):
    name: ClassVar[str] = "session.prepared.v1"
    drafts: tuple[str, ...]

    def facts(self) -> tuple[str, ...]:
        return ("prepared",)


@decides(Prepare)
def prepare(session: Session, command: Prepare, moment: Moment) -> list[Event]:
    """A township's presidium drafts agenda, lists and methods for the session it convenes; from county level up it is the practice
    that the council of chairpersons (主任会议) does.
    """
    if session.has("prepared"):
        return []
    basis = moment.basis("presidium.draft_lists", "session.drafts", "council.yearly", "session.convener")
    return [Prepared(at=moment.at, basis=basis, drafts=command.drafts)]


class HearVoters(Command):
    """Organise deputies to hear voters and society before a budget is examined (听取选民和社会各界的意见)."""

    act: ClassVar[str] = "hear-voters"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("组织代表会前听取意见", "Hear voters and others")
    what: str = Field(min_length=1, max_length=500)


class VotersHeard(Event):
    name: ClassVar[str] = "session.voters-heard.v1"
    what: str

    def facts(self) -> tuple[str, ...]:
        return ("voters-heard",)


@decides(HearVoters)
def hear_voters(session: Session, command: HearVoters, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 45: county and township congresses organise deputies to hear voters before a budget is examined."""
    if session.has("voters-heard"):
        return []
    return [
        VotersHeard(
            at=moment.at, basis=moment.basis("voters.heard", "session.prepared", "council.formed"), what=command.what
        )
    ]


class GiveNotice(Command):
    """Tell every deputy the time of the session and the matters before it (通知代表)."""

    act: ClassVar[str] = "give-notice"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("发出会议通知", "Give notice")


class NoticeGiven(Event):
    name: ClassVar[str] = "session.notice-given.v1"
    days_before: int

    def facts(self) -> tuple[str, ...]:
        return ("notice-given",)


@decides(GiveNotice)
def give_notice(session: Session, command: GiveNotice, moment: Moment) -> list[Event]:
    """Notice is a local rule: 浙江省乡镇人大工作条例 (2023) art. 20, seven days before (举行会议的七日前); no national period."""
    if session.has("notice-given"):
        return []
    days, findings = in_time(session, moment, "notice.days", NoticeTooLate)
    basis = moment.basis("notice.days", "session.date", *counted(moment, "notice.days"))
    return [NoticeGiven(at=moment.at, basis=basis, days_before=days, findings=findings)]


class SendPapers(Command):
    """Send the main papers to the deputies (将会议材料送达代表)."""

    act: ClassVar[str] = "send-papers"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("送达会议材料", "Send the papers")
    papers: tuple[str, ...] = Field(min_length=1)


class PapersSent(Event):
    name: ClassVar[str] = "session.papers-sent.v1"
    papers: tuple[str, ...]
    days_before: int

    def facts(self) -> tuple[str, ...]:
        return ("papers-sent",)


@decides(SendPapers)
def send_papers(session: Session, command: SendPapers, moment: Moment) -> list[Event]:
    """Papers, too, are a local rule: 浙江省乡镇人大工作条例 (2023) art. 20, a day before at the latest."""
    if session.has("papers-sent"):
        return []
    days, findings = in_time(session, moment, "papers.days", PapersTooLate)
    basis = moment.basis("papers.days", "session.prepared", *counted(moment, "papers.days"))
    return [PapersSent(at=moment.at, basis=basis, papers=command.papers, days_before=days, findings=findings)]


def counted(moment: Moment, topic: str) -> tuple[str, ...]:
    """The convention of counting days is relied on only where a rule gives days to count."""
    rule = moment.law.ruling(topic)
    return ("count.days",) if rule and rule.value is not None else ()


def in_time(
    session: Session, moment: Moment, topic: str, refusal: type[Refused] | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """Days between today and the opening, and what to say about them; with a refusal it is raised when a text asks for more."""
    assert session.opens is not None
    today = legal_date(moment.at)
    days = (session.opens - today).days
    rule: Ruling | None = moment.law.ruling(topic)
    if rule is None or rule.value is None:
        return days, (info("LawSilent", (), what=TOPIC_NAMES[topic]),)
    assert isinstance(rule.value, Number | Period), "days or months in advance"
    latest = latest_in_advance(session.opens, rule.value)
    if today <= latest:
        return days, inert(rule)
    needed = (session.opens - latest).days
    if refusal is not None and rule.may_refuse:
        figures: dict[str, Figure] = {"opens": str(session.opens), "needed": needed, "given": str(today)}
        raise refusal(rule.basis, latest=str(latest), **figures)
    return days, (
        warn("FewerThanUsual", rule.basis, what=TOPIC_NAMES[topic], found=days, needed=needed),
        *inert(rule),
    )


class InviteObservers(Command):
    """Ask others to attend without a vote (列席)."""

    act: ClassVar[str] = "invite-observers"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "presidium",
        "standing_committee",
        "sc_office",
        "secretariat",
        "street_committee",
    )
    title: ClassVar[Text] = Text("决定列席人员", "Invite observers")
    who: tuple[str, ...] = Field(min_length=1)
    count: int = Field(ge=0)


class ObserversInvited(Event):
    name: ClassVar[str] = "session.observers-invited.v1"
    who: tuple[str, ...]
    count: int

    def facts(self) -> tuple[str, ...]:
        return ("observers-invited",)


@decides(InviteObservers)
def invite_observers(session: Session, command: InviteObservers, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 21: a township's government leaders sit in; from county level up the members of the government and the
    heads of commission, court and procuratorate, and others as the standing committee decides. They have no vote.
    """
    if session.has("observers-invited"):
        return []
    basis = moment.basis("observers.government", "observers.others")
    return [ObserversInvited(at=moment.at, basis=basis, who=command.who, count=command.count)]


class RecordPartyStep(Command):
    """Keep a Party-side step (请示报告) as evidence: it has no legal effect and nothing waits for it."""

    act: ClassVar[str] = "record-party-step"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("留存请示报告材料", "Keep a Party-side step on file")
    what: str = Field(min_length=1, max_length=200)


class PartyStepRecorded(Event):
    name: ClassVar[str] = "session.party-step-recorded.v1"
    once: ClassVar[bool] = True
    what: str

    def facts(self) -> tuple[str, ...]:
        return ("party-step",)


@decides(RecordPartyStep)
def record_party_step(session: Session, command: RecordPartyStep, moment: Moment) -> list[Event]:
    """A practice, not a rule of law: recorded and marked as without legal effect."""
    basis = moment.basis("practice.party_report")
    return [PartyStepRecorded(at=moment.at, basis=basis, what=command.what, findings=(info("NoLegalEffect", basis),))]
