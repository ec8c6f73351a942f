"""What a session from county level up deals with (会中): reports, budget, resolutions, elections, removals, and its closing."""

from domain.procedure import Need, Step
from domain.procedures import elections, shared, tenure
from domain.procedures.shared import DURING, MET, OPENED, PRESIDIUM
from domain.procedures.up import AGENDA, DELEGATIONS, Differs
from domain.text import Text

REPORTS = (
    "government_report", "standing_committee_report", "court_report", "procuratorate_report", "plan", "budget", "report",
)  # fmt: skip
HEARD = (
    ("government_report", "report.government", ("government",)),
    ("standing_committee_report", "report.standing_committee", ("standing_committee",)),
    ("court_report", "report.court", ("court",)),
    ("procuratorate_report", "report.procuratorate", ("procuratorate",)),
    ("plan", "report.plan", ("government",)),
    ("budget", "report.budget", ("government",)),
    ("report", "", ()),
)
"""Each kind of report: the topic of its law, and the organ that reports; any organ may make another report."""


def business(level: Differs) -> tuple[Step, ...]:
    """地方组织法 (2022) arts 11, 17(3), 25; 预算法 (2018) art. 49(2)."""
    return (
        *(
            Step(
                fact="heard:{item}", act="hear-report", stage=DURING, of_kinds=(kind,), by=by, title=Text("听取报告", "Report heard"),
                topics=(topic or "presidium.presides",), needs=(OPENED, PRESIDIUM), document=Text("报告文本", "the report"),
            )
            for kind, topic, by in HEARD
        ),
        Step(
            fact="deliberated:{item}", act="deliberate", stage=DURING, of_kinds=REPORTS, title=Text("审议", "Deliberated"),
            topics=("deliberation", "deliberation.record"), needs=(MET, DELEGATIONS), document=Text("审议意见记录", "record of opinions"),
        ),
        Step(
            fact="opinions-answered:{item}", act="answer-opinions", stage=DURING, of_kinds=REPORTS, optional=True,
            title=Text("答复审议意见", "Opinions answered"), topics=("opinions.answered",), needs=(Need(fact="deliberated:{item}"),),
        ),
        Step(
            fact="examined:{item}", act="committee-reports", stage=DURING, of_kinds=("budget",), by=level.reports_on_budget,
            title=level.budget_reported_on,
            topics=("budget.examined",), needs=(PRESIDIUM,), document=Text("审查结果报告", "examination report"),
        ),
        Step(
            fact="examined:{item}", act="committee-reports", stage=DURING, of_kinds=("plan",), optional=True,
            title=Text("提出计划审查结果报告", "Report on the plan's examination"), topics=("plan.examined",), needs=(PRESIDIUM,),
            document=Text("审查结果报告", "examination report"),
        ),
        Step(
            fact="decided:draft-resolutions:{item}", act="presidium-decides", stage=DURING, of_kinds=(*REPORTS, "decision"), optional=True,
            title=Text("决议草案交代表团讨论", "Draft resolution sent to the delegations"), topics=("resolutions.discussed",),
            needs=(PRESIDIUM,), document=Text("决议草案", "draft resolution"),
        ),
        Step(
            fact="resolution-discussed:{item}", act="discuss-drafts", stage=DURING, of_kinds=(*REPORTS, "decision"), optional=True,
            title=Text("代表团讨论决议草案", "Draft resolution discussed"), topics=("resolutions.discussed",),
            needs=(Need(fact="decided:draft-resolutions:{item}", topic="resolutions.discussed"),),
        ),
        Step(
            fact="decided:put-to-vote:{item}", act="presidium-decides", stage=DURING, of_kinds=(*REPORTS, "decision"),
            title=Text("主席团决定提请表决", "Presidium puts it to the vote"), topics=("presidium.puts_to_vote",),
            needs=(MET, PRESIDIUM, Need(fact="deliberated:{item}", topic="deliberation")),
        ),
        *elections.DURING_STEPS,
        *(
            Step(
                fact="voted:{item}", act="put-to-vote", stage=DURING, of_kinds=(kind,), title=Text("表决", "Voted on"),
                topics=("vote.majority",), document=Text("表决结果单、决议", "result sheet, resolution"),
                needs=(
                    OPENED, PRESIDIUM, AGENDA, Need(fact="heard:{item}", topic=topic or None),
                    Need(fact="deliberated:{item}", topic="deliberation"),
                    *((Need(fact="examined:{item}", topic="budget.examined"),) if kind == "budget" else ()),
                    Need(fact="decided:put-to-vote:{item}", topic="presidium.puts_to_vote"),
                ),
            )
            for kind, topic, _ in HEARD
        ),
        Step(
            fact="voted:{item}", act="put-to-vote", stage=DURING, of_kinds=("decision",), title=Text("表决", "Voted on"),
            topics=("vote.majority",), document=Text("表决结果单、决定", "result sheet, decision"),
            needs=(
                OPENED, PRESIDIUM, AGENDA, Need(fact="deliberated:{item}", topic="deliberation"),
                Need(fact="decided:put-to-vote:{item}", topic="presidium.puts_to_vote"),
            ),
        ),
        *shared.LIST_STEPS,
        *shared.PROJECT_STEPS,
        Step(
            fact="announced:{item}", act="announce", stage=DURING, of_kinds=(*REPORTS, "decision", "rating"),
            title=Text("宣布结果", "Result announced"), topics=("vote.announce",),
        ),
        *tenure.DURING_STEPS,
        *tenure.UP_STEPS,
        *shared.DURING_STEPS,
        *shared.SUGGESTION_STEPS,
        Step(
            fact="closed", act="close-session", stage=DURING, title=Text("闭幕", "Closed"),
            topics=("closing.mandatory", "practice.closing"), needs=(OPENED,), document=Text("闭幕会议记录", "closing record"),
        ),
    )  # fmt: skip
