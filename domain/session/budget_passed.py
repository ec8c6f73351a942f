"""An approved budget passed on: confirmed to the departments in time, and summed up with those from below (批复、汇总备案)."""

from typing import ClassVar

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event
from domain.session.closing import approved
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class ReplyBudget(Command):
    """The finance department confirms their budgets to the departments (批复预算)."""

    act: ClassVar[str] = "reply-budget"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government",)
    title: ClassVar[Text] = Text("批复部门预算", "Confirm the departments' budgets")


class BudgetReplied(Event):
    name: ClassVar[str] = "session.budget-replied.v1"

    def facts(self) -> tuple[str, ...]:
        return ("budget-replied",)


@decides(ReplyBudget)
def reply_budget(session: Session, command: ReplyBudget, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 52(1): within twenty days of the congress's approval (二十日内)."""
    if session.has("budget-replied"):
        return []
    approved(session, moment, "budget.replied")
    return [BudgetReplied(at=moment.at, basis=moment.basis("budget.replied"))]


class FileBudgetSum(Command):
    """The budgets filed from below, summed up, are filed with the standing committee (汇总备案)."""

    act: ClassVar[str] = "file-budget-sum"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government",)
    title: ClassVar[Text] = Text("汇总下级预算报常委会备案", "File the sum of the budgets below")


class BudgetSumFiled(Event):
    name: ClassVar[str] = "session.budget-sum-filed.v1"

    def facts(self) -> tuple[str, ...]:
        return ("budget-sum-filed",)


@decides(FileBudgetSum)
def file_budget_sum(session: Session, command: FileBudgetSum, moment: Moment) -> list[Event]:
    """预算法 (2018) art. 50(2): what the next lower governments filed is summed up and filed with the standing committee."""
    if session.has("budget-sum-filed"):
        return []
    return [BudgetSumFiled(at=moment.at, basis=moment.basis("budget.summed"))]


def reply_clock(session: Session, subject: str, moment: Moment) -> Clock | None:
    """The twenty days for confirming the departments' budgets, where this meeting follows that duty."""
    item = session.agenda.get(subject)
    rule = moment.law.ruling("budget.replied")
    if item is None or item.kind != "budget" or rule is None or ReplyBudget.act not in session.procedure.acts:
        return None
    return Clock(
        id=f"budget-replied-{subject}",
        started=moment.at,
        last_day=last_day(legal_date(moment.at), rule.period),
        met_by="budget-replied",
        basis=(*rule.basis, *moment.basis("count.days")),
        subject=subject,
    )
