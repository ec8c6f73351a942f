"""What the law names for a session's agenda (应当列入的议题): the reports of a yearly session, and what a regulation lists.

地方组织法 (2022) art. 11: a county congress hears the reports of its standing committee, government, court and procuratorate, and
approves the plan; art. 12(1): a township congress hears the government's and the presidium's reports; 预算法 (2018) art. 47: the
budget is reported to it. What a province adds stands under the topic `agenda.{kind of session}`.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from domain.arithmetic import Choice
from domain.law import Law, Ruling
from domain.text import Text

YEARLY = ("year_start", "first", "yearly")

REPORTS: Mapping[str, str] = {
    "report.government": "government_report",
    "report.presidium": "presidium_report",
    "report.standing_committee": "standing_committee_report",
    "report.court": "court_report",
    "report.procuratorate": "procuratorate_report",
    "report.plan": "plan",
    "report.budget": "budget",
}
"""The reports of a yearly session: topic → name."""

MEANT: Mapping[str, tuple[str, ...]] = {
    "government_report": ("government_report",),
    "presidium_report": ("presidium_report",),
    "standing_committee_report": ("standing_committee_report",),
    "court_report": ("court_report",),
    "procuratorate_report": ("procuratorate_report",),
    "plan": ("plan",),
    "budget": ("budget",),
    "half_year_government_report": ("government_report", "report"),
    "budget_execution": ("budget", "report"),
    "budget_adjustment": ("budget_adjustment",),
    "final_accounts": ("final_accounts",),
    "committee_plan": ("presidium_report", "plan", "report"),
    "office_plan": ("government_report", "plan", "report"),
    "project_recommendation": ("projects",),
}
"""What the law names, and the kinds of agenda items that are it. What has no kind is not looked for."""

TITLES: Mapping[str, Text] = {
    "government_report": Text("政府工作报告", "the government's report"),
    "presidium_report": Text("主席团工作报告", "the presidium's report"),
    "standing_committee_report": Text("人大常委会工作报告", "the standing committee's report"),
    "court_report": Text("人民法院工作报告", "the court's report"),
    "procuratorate_report": Text("人民检察院工作报告", "the procuratorate's report"),
    "plan": Text("国民经济和社会发展计划草案和计划执行情况", "the plan and its execution"),
    "budget": Text("预算草案和预算执行情况", "the budget and its execution"),
    "half_year_government_report": Text("上半年政府工作报告", "the government's half-year report"),
    "budget_execution": Text("预算执行情况", "the execution of the budget"),
    "budget_adjustment": Text("预算调整", "the adjustment of the budget"),
    "final_accounts": Text("决算", "the final accounts"),
    "committee_plan": Text("街道工委工作计划", "the street committee's plan"),
    "office_plan": Text("街道办事处工作计划", "the street office's plan"),
    "project_recommendation": Text("民生实事项目票选推荐", "the recommendation of projects"),
}


class Named(NamedTuple):
    """One thing that the law names: a name of `TITLES`, the kinds of items that are it, and the ruling."""

    name: str
    kinds: tuple[str, ...]
    ruling: Ruling


def named_by_law(session_kind: str, law: Law) -> Iterator[Named]:
    """What the law of a day names for this kind of session, in the order in which it does."""
    named: dict[str, Ruling] = {}
    yearly = session_kind in YEARLY
    for topic, name in REPORTS.items() if yearly else ():
        if (rule := law.ruling(topic)) is not None and rule.on:
            named[name] = rule
    rule = law.ruling("agenda.year_start" if yearly else f"agenda.{session_kind}")
    if rule is not None and isinstance(rule.value, Choice):
        for name in rule.options:
            if name in MEANT:
                named.setdefault(name, rule)
    for name, ruling in named.items():
        yield Named(name, MEANT[name], ruling)
