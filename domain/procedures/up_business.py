"""What a session from county level up deals with (会中): reports, budget, resolutions, elections, removals, and its closing."""

from domain.procedure import Need, Step
from domain.procedures import elections, shared, tenure
from domain.procedures.up import AGENDA, DELEGATIONS, DURING, MET, OPENED, PRESIDIUM, Differs
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
        Step(
            fact="voted:{item}", act="put-to-vote", stage=DURING, of_kinds=("list", "committee_report", "other"),
            title=Text("表决", "Voted on"), topics=("vote.majority",), needs=(MET, PRESIDIUM),
            document=Text("名单、报告", "list or report"),
        ),
        Step(
            fact="heard:{item}", act="hear-report", stage=DURING, of_kinds=("committee_report", "other"),
            title=Text("听取报告", "Report heard"), topics=("presidium.presides",), needs=(MET,),
            document=Text("报告文本", "the report"),
        ),
        Step(
            fact="adopted:project-method", act="put-to-vote", stage=DURING, title=Text("通过票决办法", "Method of choosing adopted"),
            topics=("projects.method",), needs=(MET, PRESIDIUM), optional=True, document=Text("票决办法", "the method"),
        ),
        Step(
            fact="projects-chosen", act="enter-sheet", stage=DURING, title=Text("民生实事项目票决", "Projects chosen by ballot"),
            topics=("projects.voting_plenary", "projects.decided_by_congress"), optional=True,
            document=Text("计票单", "tellers' sheets"),
            needs=(
                Need(fact="opened", topic="projects.voting_plenary"), Need(fact="adopted:project-method", topic="projects.method"),
                Need(fact="papers-sent", topic="projects.details_sent"),
                Need(fact="decided:project-candidates", topic="projects.presidium_deliberated"),
            ),
        ),
        Step(
            fact="projects-rated", act="enter-sheet", stage=DURING, title=Text("上年度项目满意度测评", "Last year's projects rated"),
            topics=("projects.rating",), needs=(MET,), optional=True, document=Text("计票单", "tellers' sheets"),
        ),
        Step(
            fact="announced:{item}", act="announce", stage=DURING, of_kinds=(*REPORTS, "decision", "rating"),
            title=Text("宣布结果", "Result announced"), topics=("vote.announce",),
        ),
        Step(
            fact="announced:{item}", act="announce", stage=DURING, of_kinds=("projects",),
            title=Text("宣布票决结果", "Projects announced"), topics=("projects.announced",),
        ),
        *tenure.DURING_STEPS,
        *tenure.UP_STEPS,
        *shared.DURING_STEPS,
        Step(
            fact="suggestion-filed", act="file-suggestion", stage=DURING, title=Text("代表提出建议", "Suggestions filed"),
            topics=("suggestion.form",), optional=True, document=Text("建议表", "suggestion form"),
        ),
        Step(
            fact="closed", act="close-session", stage=DURING, title=Text("闭幕", "Closed"),
            topics=("closing.mandatory", "practice.closing"), needs=(OPENED,), document=Text("闭幕会议记录", "closing record"),
        ),
    )  # fmt: skip
