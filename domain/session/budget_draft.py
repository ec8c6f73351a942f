"""The draft budget before the session: submitted in time, examined beforehand, answered, and printed for the deputies."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.calendar import latest_day_before, legal_date
from domain.event import Clock, Event, Finding
from domain.findings import warn
from domain.session.notice import TOPIC_NAMES, counted, in_time
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class SubmitBudgetDraft(Command):
    """The government submits the preliminary draft of the budget (预算草案初步方案) for preliminary examination."""

    act: ClassVar[str] = "submit-budget-draft"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government",)
    title: ClassVar[Text] = Text("提交预算草案初步方案", "Submit the draft budget")


class BudgetDraftSubmitted(Event):
    name: ClassVar[str] = "session.budget-draft-submitted.v1"
    days_before: int

    def facts(self) -> tuple[str, ...]:
        return ("budget-draft-submitted",)


@decides(SubmitBudgetDraft)
def submit_budget_draft(session: Session, command: SubmitBudgetDraft, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 44(2)-(4): it is submitted thirty days before the session (举行的三十日前): in a province to a special committee,
    in a city to a special committee or the standing committee's working body, in a county to the standing committee.

    Art. 92(1) lays what follows from being late on the government (责令改正), and no text says that the congress may then not meet:
    so a late draft is received and recorded as late.
    """
    if session.has("budget-draft-submitted"):
        return []
    days, findings = in_time(session, moment, "budget.draft_days")
    basis = moment.basis("budget.draft_days", *counted(moment, "budget.draft_days"))
    return [BudgetDraftSubmitted(at=moment.at, basis=basis, days_before=days, findings=findings)]


DRAFT = "budget-draft-submitted"


def draft_clock_id(opens: date | None) -> str:
    """The deadline's id for a session that opens that day: another day has a deadline of its own."""
    return f"{DRAFT}-{opens}"


def draft_due(session: Session, opens: date, moment: Moment) -> tuple[Clock | None, tuple[Finding, ...]]:
    """The thirty days before the session, counted from the day on which it is to open; what came or comes too late is warned of.

    预算法 (2018) art. 44(4) counts from the session as it is held (举行的三十日前): with another date the days are other days.
    """
    rule = moment.law.ruling("budget.draft_days")
    budget = any(item.kind == "budget" for item in session.agenda.values())
    if rule is None or rule.value is None or not budget or SubmitBudgetDraft.act not in session.procedure.acts:
        return None, ()
    last = latest_day_before(opens, rule.number)
    basis = (*rule.basis, *moment.basis("count.days"))
    clock = Clock(id=draft_clock_id(opens), started=moment.at, last_day=last, met_by=DRAFT, basis=basis)
    submitted = session.facts.get(DRAFT)
    if submitted is None:
        over = legal_date(moment.at) > last
        late = (warn("DeadlineMissed", basis, what=SubmitBudgetDraft.title, due=str(last)),) if over else ()
        return clock, late
    days = (opens - legal_date(submitted.at)).days
    if days >= rule.number:
        return clock, ()
    named = TOPIC_NAMES["budget.draft_days"]
    return clock, (warn("FewerThanUsual", basis, what=named, found=days, needed=rule.number),)


class ExamineBudgetDraft(Command):
    """The draft is given its preliminary examination, and an opinion on it goes back (初步审查意见)."""

    act: ClassVar[str] = "examine-budget-draft"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "special_committee", "sc_office")
    title: ClassVar[Text] = Text("初步审查预算草案", "Examine the draft budget")
    opinions: tuple[str, ...] = Field(min_length=1)
    deputies_invited: int = Field(default=0, ge=0)


class BudgetDraftExamined(Event):
    name: ClassVar[str] = "session.budget-draft-examined.v1"
    opinions: tuple[str, ...]
    deputies_invited: int = 0

    def facts(self) -> tuple[str, ...]:
        return ("budget-draft-examined",)


@decides(ExamineBudgetDraft)
def examine_budget_draft(session: Session, command: ExamineBudgetDraft, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 22(2)-(4): in a province a special committee examines the draft and the last execution; in a city too, or else the
    standing committee's working body gives its opinion; in a county the standing committee itself does. Art. 22(5): from city level up
    deputies of the congress are invited to take part (邀请本级人民代表大会代表参加).
    """
    if session.has("budget-draft-examined"):
        return []
    invited = moment.law.ruling("budget.deputies_invited")
    lacking = invited is not None and invited.on and not command.deputies_invited
    return [
        BudgetDraftExamined(
            at=moment.at,
            basis=moment.basis("budget.preliminary", "budget.deputies_invited"),
            opinions=command.opinions,
            deputies_invited=command.deputies_invited,
            findings=(warn("NoDeputiesInvited", moment.basis("budget.deputies_invited")),) if lacking else (),
        )
    ]


class AnswerBudgetOpinion(Command):
    """The finance department reports back how it dealt with the opinion (反馈处理情况)."""

    act: ClassVar[str] = "answer-budget-opinion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government",)
    title: ClassVar[Text] = Text("反馈初步审查意见的处理情况", "Answer the opinion on the draft budget")
    text: str = Field(default="", max_length=2000)


class BudgetOpinionAnswered(Event):
    name: ClassVar[str] = "session.budget-opinion-answered.v1"
    text: str

    def facts(self) -> tuple[str, ...]:
        return ("budget-opinion-answered",)


@decides(AnswerBudgetOpinion)
def answer_budget_opinion(session: Session, command: AnswerBudgetOpinion, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 22(6): it reports back in good time (及时反馈); the text gives no number of days."""
    if session.has("budget-opinion-answered"):
        return []
    return [BudgetOpinionAnswered(at=moment.at, basis=moment.basis("budget.opinion_answered"), text=command.text)]


class PrintBudgetOpinion(Command):
    """The opinion and the answer to it are printed for the deputies (印发代表)."""

    act: ClassVar[str] = "print-budget-opinion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "secretariat")
    title: ClassVar[Text] = Text("印发初步审查意见和处理情况", "Print the opinion on the draft budget")


class BudgetOpinionPrinted(Event):
    name: ClassVar[str] = "session.budget-opinion-printed.v1"

    def facts(self) -> tuple[str, ...]:
        return ("budget-opinion-printed",)


@decides(PrintBudgetOpinion)
def print_budget_opinion(session: Session, command: PrintBudgetOpinion, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 22(7): both are printed for the deputies of that congress (应当印发本级人民代表大会代表)."""
    if session.has("budget-opinion-printed"):
        return []
    return [BudgetOpinionPrinted(at=moment.at, basis=moment.basis("budget.opinion_printed"))]
