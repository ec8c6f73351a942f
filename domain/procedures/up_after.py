"""After a session from county level up (会后): results published, suggestions assigned and reported on, the budget's sequels."""

from domain.procedure import Step
from domain.procedures import shared
from domain.procedures.shared import AFTER
from domain.text import Text

AFTER_STEPS = (
    Step(
        fact="results-published", act="publish-results", stage=AFTER, title=Text("公布决议", "Resolutions published"),
        topics=("results.published",), document=Text("公告、决议", "notice, resolutions"),
    ),
    Step(
        fact="suggestions-assigned", act="assign-suggestions", stage=AFTER, by=("sc_office",),
        title=Text("常委会办事机构交办建议", "Suggestions assigned by the committee's working body"),
        topics=("suggestion.assigned_by",), document=Text("交办单", "assignment sheet"),
    ),
    Step(
        fact="budget-published", act="publish-budget", stage=AFTER, by=("government",), title=Text("公开预算", "Budget published"),
        topics=("budget.published",), document=Text("公开的预算", "published budget"),
    ),
    Step(
        fact="budget-replied", act="reply-budget", stage=AFTER, title=Text("批复部门预算", "Departments' budgets confirmed"),
        topics=("budget.replied",), document=Text("批复文件", "the confirmations"),
    ),
    Step(
        fact="budget-filed", act="file-budget", stage=AFTER, by=("government",), title=Text("预算报上一级政府备案", "Budget filed above"),
        topics=("budget.filed",), document=Text("备案报告", "filing"),
    ),
    Step(
        fact="budget-sum-filed", act="file-budget-sum", stage=AFTER, title=Text("汇总预算报常委会备案", "Sum of the budgets filed"),
        topics=("budget.summed",), document=Text("汇总报告", "the sum"),
    ),
    *shared.AFTER_STEPS,
    Step(
        fact="handling-reported", act="report-handling", stage=AFTER,
        by=("sc_office", "government", "supervisory_commission", "court", "procuratorate", "handling_unit"),
        title=Text("向常委会报告建议办理情况并公开", "Handling of suggestions reported to the standing committee"),
        topics=("suggestion.report", "suggestion.reporter"), document=Text("办理情况报告", "report on the handling"),
    ),
    Step(
        fact="handling-printed", act="print-handling", stage=AFTER, title=Text("办理情况印发下一次会议", "Report printed for the next session"),
        topics=("suggestion.printed",),
    ),
)  # fmt: skip
