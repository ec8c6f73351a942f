"""The township congress session (乡镇人民代表大会会议): year-start, mid-year, first of a term, extraordinary (rulebook §14.2).

Every step names its law by topic; which article that is, and whether it must or only should be, the law of the day says.
"""

from domain.procedure import Need, Procedure, Stage, Step, procedure
from domain.procedures import elections, shared, tenure
from domain.procedures.shared import AFTER, BEFORE, DURING, MET, PRESIDIUM
from domain.text import Text

REGULAR = ("year_start", "mid_year", "first")
BUDGETS = ("budget", "final_accounts", "budget_adjustment")
REPORTS = ("government_report", "presidium_report", "report", "plan", *BUDGETS)

DATE = Need(fact="date-decided", topic="session.date")
PUBLISHED = Need(fact="date-published", topic="session.date")
CREDENTIALS = Need(fact="credentials-confirmed", topic="credentials.confirmed", kinds=("first",))
"""选举法 (2020) art. 47(2): the list of the new deputies is published before a term's first session, so before it meets at all."""

HEARD_FIRST = (
    (("government_report",), (Need(fact="heard:{item}", topic="report.government"),)),
    (("presidium_report",), (Need(fact="heard:{item}", topic="report.presidium"),)),
    (("budget",), (Need(fact="heard:{item}", topic="report.budget"),)),
    (("final_accounts",), (Need(fact="heard:{item}", topic="budget.final_accounts"),)),
    (("budget_adjustment",), (Need(fact="heard:{item}", topic="budget.adjustment"),)),
    (("report", "plan"), (Need(fact="heard:{item}"),)),
    (("decision",), ()),
)
"""What is voted on only after it was heard, and by which law."""

STEPS = (
    Step(
        fact="registered", act="register-session", stage=BEFORE, title=Text("登记会议", "Session registered"),
        topics=("session.convener",),
    ),
    Step(
        fact="credentials-confirmed", act="confirm-credentials", stage=BEFORE, kinds=("first",),
        title=Text("确认代表资格并公布名单", "Credentials confirmed and published"),
        topics=("credentials.confirmed",), document=Text("代表资格审查报告", "credentials report"),
    ),
    Step(
        fact="petitioned", act="petition", stage=BEFORE, kinds=("extraordinary",), optional=True,
        title=Text("代表联名提议临时召集", "Petition for an extraordinary session"), topics=("session.petition",),
        document=Text("代表联名书", "signed petition"),
    ),
    Step(
        fact="petition-answered", act="answer-petition", stage=BEFORE, kinds=("extraordinary",), optional=True,
        title=Text("决定是否临时召集", "Petition decided on"), topics=("session.petition",),
        needs=(Need(fact="petitioned", topic="session.petition"),),
    ),
    Step(
        fact="date-decided", act="decide-date", stage=BEFORE, title=Text("主席团决定会议日期", "Date decided by the presidium"),
        topics=("session.date", "session.convener"), document=Text("关于召开会议的决定", "decision to convene"),
        needs=(Need(fact="registered"),),
    ),
    Step(
        fact="date-published", act="publish-date", stage=BEFORE, title=Text("公布会议日期", "Date published"),
        topics=("session.date",), needs=(DATE,), document=Text("公布的决定", "the published decision"),
    ),
    Step(
        fact="date-moved", act="move-date", stage=BEFORE, title=Text("提前或者推迟会议", "Date moved"),
        topics=("session.move",), needs=(Need(fact="date-decided"),), optional=True,
    ),
    Step(
        fact="prepared", act="prepare", stage=BEFORE, title=Text("拟订议程草案和名单草案", "Agenda and lists drafted"),
        topics=("presidium.draft_lists",), document=Text("议程草案、主席团名单草案", "draft agenda and lists"),
    ),
    Step(
        fact="voters-heard", act="hear-voters", stage=BEFORE, kinds=("year_start", "first"),
        title=Text("组织代表听取选民意见", "Voters heard before the budget"), topics=("voters.heard", "session.prepared"),
        document=Text("听取意见记录", "record of opinions"),
    ),
    Step(
        fact="notice-given", act="give-notice", stage=BEFORE, kinds=REGULAR, title=Text("发出会议通知", "Notice given"),
        topics=("notice.days",), needs=(DATE, PUBLISHED), document=Text("会议通知", "notice"),
    ),
    Step(
        fact="papers-sent", act="send-papers", stage=BEFORE, kinds=REGULAR, title=Text("送达会议材料", "Papers sent"),
        topics=("papers.days",), needs=(DATE,), document=Text("会议材料", "papers"),
    ),
    Step(
        fact="observers-invited", act="invite-observers", stage=BEFORE, title=Text("决定列席人员", "Observers invited"),
        topics=("observers.government", "observers.others"), document=Text("列席人员名单", "list of observers"),
    ),
    Step(
        fact="leave-decided", act="decide-leave", stage=BEFORE, title=Text("审批请假", "Leave decided"),
        topics=("deputy.leave",), optional=True,
    ),
    Step(
        fact="party-step", act="record-party-step", stage=BEFORE, title=Text("请示报告(佐证)", "Party-side step (evidence only)"),
        topics=("practice.party_report",), optional=True,
    ),
    Step(
        fact="prep-held", act="open-sitting", stage=DURING, title=Text("举行预备会议", "Preparatory meeting held"),
        topics=("prep.required",), needs=(CREDENTIALS, PUBLISHED, Need(fact="notice-given", topic="notice.days")),
    ),
    Step(
        fact="opened", act="open-sitting", stage=DURING, title=Text("举行全体会议(开幕)", "Opened with a quorum"),
        topics=("session.quorum",), closes_session=True, document=Text("签到表、出席情况报告", "sign-in sheet"),
        needs=(
            CREDENTIALS, DATE, PUBLISHED, Need(fact="notice-given", topic="notice.days"), Need(fact="papers-sent", topic="papers.days"),
            Need(fact="voters-heard", topic="voters.heard", of_kinds=("budget",)), Need(fact="prep-held", topic="prep.required"),
        ),
    ),
    Step(
        fact="presidium-elected", act="put-to-vote", stage=DURING, title=Text("选举主席团", "Presidium elected"),
        topics=("presidium.elected", "presidium.size"), needs=(MET,), closes_session=True,
        document=Text("主席团名单", "list of the presidium"),
    ),
    Step(
        fact="adopted:agenda", act="put-to-vote", stage=DURING, title=Text("通过会议议程", "Agenda adopted"),
        topics=("agenda.adopted",), needs=(MET,), document=Text("会议议程", "agenda"),
    ),
    Step(
        fact="presidium-met", act="presidium-meets", stage=DURING, title=Text("举行主席团会议", "Presidium met"),
        topics=("presidium.quorum", "presidium.presides"), optional=True,  # before the session it is the previous presidium that meets
        document=Text("主席团会议纪要", "minutes of the presidium"),
    ),
    Step(
        fact="decided:executive-chairs", act="presidium-decides", stage=DURING,
        title=Text("推定执行主席", "Executive chairs named"), topics=("presidium.executive_chairs",), needs=(MET,), optional=True,
    ),
    Step(
        fact="heard:{item}", act="hear-report", stage=DURING, of_kinds=REPORTS, title=Text("听取报告", "Report heard"),
        topics=("report.government", "report.presidium", "report.budget"), needs=(MET, PRESIDIUM),
        document=Text("报告文本", "the report"),
    ),
    Step(
        fact="deliberated:{item}", act="deliberate", stage=DURING, of_kinds=REPORTS, title=Text("审议", "Deliberated"),
        topics=("deliberation", "deliberation.record"), needs=(MET,), document=Text("审议意见记录", "record of opinions"),
    ),
    Step(
        fact="examined:{item}", act="committee-reports", stage=DURING, of_kinds=BUDGETS,
        title=Text("财政预算审查", "Budget examined by a committee"), topics=("budget.committee",), needs=(MET,), optional=True,
        document=Text("审查结果报告", "examination report"),
    ),
    Step(
        fact="decided:put-to-vote:{item}", act="presidium-decides", stage=DURING, of_kinds=(*REPORTS, "decision"),
        title=Text("主席团决定提请表决", "Presidium puts it to the vote"), topics=("presidium.puts_to_vote",),
        needs=(MET, PRESIDIUM, Need(fact="deliberated:{item}", topic="deliberation")),
    ),
    Step(
        fact="adopted:credentials-committee", act="put-to-vote", stage=DURING, kinds=("first",),
        title=Text("通过代表资格审查委员会名单", "Credentials committee adopted"), topics=("credentials.committee",), needs=(MET,),
        document=Text("代表资格审查委员会名单", "list of the credentials committee"),
    ),
    *(
        Step(
            fact="voted:{item}", act="put-to-vote", stage=DURING, of_kinds=kinds, title=Text("表决", "Voted on"),
            topics=("vote.majority",), document=Text("表决结果单、决议", "result sheet, resolution"),
            needs=(
                Need(fact="opened"), PRESIDIUM, Need(fact="adopted:agenda", topic="agenda.adopted"), *heard,
                Need(fact="deliberated:{item}", topic="deliberation"),
                Need(fact="decided:put-to-vote:{item}", topic="presidium.puts_to_vote"),
            ),
        )
        for kinds, heard in HEARD_FIRST
    ),
    *shared.LIST_STEPS,
    *shared.PROJECT_STEPS,
    Step(
        fact="announced:{item}", act="announce", stage=DURING,
        of_kinds=(*REPORTS, "decision", "rating"), title=Text("宣布结果", "Result announced"), topics=("vote.announce",),
    ),
    *shared.SUGGESTION_STEPS,
    *elections.DURING_STEPS,
    *tenure.DURING_STEPS,
    *shared.DURING_STEPS,
    Step(
        fact="closed", act="close-session", stage=DURING, title=Text("闭幕", "Closed"),
        topics=("closing.mandatory", "practice.closing"), needs=(MET,), document=Text("闭幕会议记录", "closing record"),
    ),
    Step(
        fact="results-published", act="publish-results", stage=AFTER, title=Text("公布决议", "Resolutions published"),
        topics=("results.published",), document=Text("公告、决议", "notice, resolutions"),
    ),
    Step(
        fact="suggestions-assigned", act="assign-suggestions", stage=AFTER, title=Text("交办建议", "Suggestions assigned"),
        topics=("suggestion.assigned_by",), document=Text("交办单", "assignment sheet"),
    ),
    Step(
        fact="budget-published", act="publish-budget", stage=AFTER, title=Text("公开预算", "Budget published"),
        topics=("budget.published",), document=Text("公开的预算", "published budget"),
    ),
    Step(
        fact="budget-filed", act="file-budget", stage=AFTER, title=Text("预算报送备案", "Budget filed"),
        topics=("budget.filed",), document=Text("备案报告", "filing"),
    ),
    Step(
        fact="handling-reported", act="report-handling", stage=AFTER, optional=True,
        title=Text("报告建议办理情况并公开", "Handling of suggestions reported"), topics=("suggestion.report", "suggestion.reporter"),
    ),
    *shared.AFTER_STEPS,
)  # fmt: skip

ACTS: dict[str, tuple[Stage, ...]] = {
    **shared.ACTS,
    **elections.ACTS,
    **tenure.ACTS,
    **dict.fromkeys(("hear-voters", "send-papers"), (BEFORE,)),
    "end-seat": (DURING,),
    **dict.fromkeys(("presidium-meets", "presidium-decides"), shared.ALWAYS),  # it works between sessions too
}

PROCEDURE = procedure(
    Procedure(
        id="township-congress",
        level="township",
        title=Text("乡镇人民代表大会会议", "Township congress session"),
        kinds=("year_start", "mid_year", "first", "extraordinary"),
        families=("地方组织法", "代表法"),
        quorum="session.quorum",
        majority="vote.majority",
        decides=True,
        steps=STEPS,
        acts=ACTS,
        offices=(
            "presidium", "executive_chair", "secretariat", "credentials_committee", "budget_committee", "motions_committee",
            "government", "scrutineer", "deputy", "group", "handling_unit", "clock",
        ),
    )
)  # fmt: skip
