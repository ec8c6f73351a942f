"""The county congress session (县级人民代表大会会议): year-start, mid-year, first of a term, extraordinary (rulebook §14.1).

Its standing committee convenes it and chairs the preparatory meeting, which elects presidium and secretary-general and adopts the
agenda; then the presidium presides. Elections, removals, resignations and oaths: `elections.py`, `tenure.py`.
"""

from domain.procedure import Need, Procedure, Stage, Step, procedure
from domain.procedures import elections, shared, tenure
from domain.text import Text

BEFORE, DURING, AFTER = Stage.BEFORE, Stage.DURING, Stage.AFTER
REGULAR = ("year_start", "mid_year", "first")
REPORTS = (
    "government_report", "standing_committee_report", "court_report", "procuratorate_report", "plan", "budget", "report",
)  # fmt: skip

COMMITTEE = ("standing_committee",)
BY_COMMITTEE_OR_OFFICE = ("standing_committee", "sc_office", "secretariat")

DATE = Need(fact="date-decided", topic="session.date")
PUBLISHED = Need(fact="date-published", topic="session.date")
NOTICE = Need(fact="notice-given", topic="notice.days")
CREDENTIALS = Need(fact="credentials-confirmed", topic="credentials.confirmed", kinds=("first",))
"""选举法 (2020) art. 47(2): the list of the new deputies is published before a term's first session, so before it meets at all."""
MET = Need(fact="met")
OPENED = Need(fact="opened")
PRESIDIUM = Need(fact="presidium-elected", topic="presidium.elected")
SECRETARY = Need(fact="adopted:secretary-general", topic="secretary_general.elected")
AGENDA = Need(fact="adopted:agenda", topic="agenda.adopted")
DELEGATIONS = Need(fact="delegations-formed", topic="delegations")

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

STEPS = (
    Step(
        fact="registered", act="register-session", stage=BEFORE, title=Text("登记会议", "Session registered"),
        topics=("session.convener",),
    ),
    Step(
        fact="credentials-confirmed", act="confirm-credentials", stage=BEFORE, kinds=("first",), by=COMMITTEE,
        title=Text("确认代表资格并公布名单", "Credentials confirmed and published"),
        topics=("credentials.confirmed",), document=Text("代表资格审查报告", "credentials report"),
    ),
    Step(
        fact="petitioned", act="petition", stage=BEFORE, kinds=("extraordinary",), optional=True,
        title=Text("代表联名提议临时召集", "Petition for an extraordinary session"), topics=("session.petition",),
        document=Text("代表联名书", "signed petition"),
    ),
    Step(
        fact="petition-answered", act="answer-petition", stage=BEFORE, kinds=("extraordinary",), optional=True, by=COMMITTEE,
        title=Text("决定是否临时召集", "Petition decided on"), topics=("session.petition",),
        needs=(Need(fact="petitioned", topic="session.petition"),),
    ),
    Step(
        fact="date-decided", act="decide-date", stage=BEFORE, by=COMMITTEE,
        title=Text("常委会决定会议日期", "Date decided by the standing committee"),
        topics=("session.date", "session.convener"), document=Text("关于召开会议的决定", "decision to convene"),
        needs=(Need(fact="registered"),),
    ),
    Step(
        fact="date-published", act="publish-date", stage=BEFORE, by=BY_COMMITTEE_OR_OFFICE,
        title=Text("公布会议日期", "Date published"), topics=("session.date",), needs=(DATE,),
        document=Text("公布的决定", "the published decision"),
    ),
    Step(
        fact="date-moved", act="move-date", stage=BEFORE, by=("standing_committee", "council_of_chairpersons"),
        title=Text("提前或者推迟会议", "Date moved"),
        topics=("session.move",), needs=(Need(fact="date-decided"),), optional=True,
    ),
    Step(
        fact="budget-draft-submitted", act="submit-budget-draft", stage=BEFORE,
        title=Text("提交预算草案初步方案", "Draft budget submitted"), topics=("budget.draft_days",),
        document=Text("预算草案初步方案", "draft of the budget"),
    ),
    Step(
        fact="budget-draft-examined", act="examine-budget-draft", stage=BEFORE,
        title=Text("常委会初步审查预算草案", "Draft budget examined by the standing committee"), topics=("budget.preliminary",),
        needs=(Need(fact="budget-draft-submitted"),), document=Text("初步审查意见", "opinion on the draft budget"),
    ),
    Step(
        fact="budget-opinion-answered", act="answer-budget-opinion", stage=BEFORE,
        title=Text("财政部门反馈处理情况", "Opinion on the draft budget answered"), topics=("budget.opinion_answered",),
        needs=(Need(fact="budget-draft-examined"),), document=Text("处理情况报告", "report on its handling"),
    ),
    Step(
        fact="budget-opinion-printed", act="print-budget-opinion", stage=BEFORE,
        title=Text("初步审查意见印发代表", "Opinion on the draft budget printed"), topics=("budget.opinion_printed",),
        needs=(Need(fact="budget-draft-examined"),),
    ),
    Step(
        fact="prepared", act="prepare", stage=BEFORE,
        by=("council_of_chairpersons", "standing_committee", "sc_office"),
        title=Text("主任会议拟订议程草案和名单草案", "Agenda and lists drafted by the council of chairpersons"),
        topics=("session.drafts",), document=Text("议程草案,主席团和秘书长名单草案", "draft agenda and lists"),
    ),
    Step(
        fact="voters-heard", act="hear-voters", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
        title=Text("组织代表听取选民意见", "Voters heard before the budget"), topics=("voters.heard", "session.prepared"),
        document=Text("听取意见记录", "record of opinions"),
    ),
    Step(
        fact="notice-given", act="give-notice", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
        title=Text("发出会议通知", "Notice given"), topics=("notice.days",), needs=(DATE, PUBLISHED),
        document=Text("会议通知", "notice"),
    ),
    Step(
        fact="papers-sent", act="send-papers", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
        title=Text("送达会议材料", "Papers sent"), topics=("papers.days",), needs=(DATE,), document=Text("会议材料", "papers"),
    ),
    Step(
        fact="observers-invited", act="invite-observers", stage=BEFORE, by=COMMITTEE,
        title=Text("决定列席人员", "Observers invited"), topics=("observers.government", "observers.others"),
        document=Text("列席人员名单", "list of observers"),
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
        fact="delegations-formed", act="form-delegations", stage=BEFORE, title=Text("组成代表团", "Delegations formed"),
        topics=("delegations",), document=Text("代表团名单", "lists of the delegations"),
    ),
    Step(
        fact="delegation-headed", act="elect-delegation-head", stage=BEFORE, optional=True,
        title=Text("推选团长", "Heads of delegations chosen"), topics=("delegation.heads",),
        needs=(Need(fact="delegations-formed"),),
    ),
    Step(
        fact="drafts-discussed", act="discuss-drafts", stage=BEFORE, optional=True,
        title=Text("代表团讨论各项草案", "Drafts discussed by the delegations"), topics=("drafts.discussed",),
        needs=(Need(fact="delegations-formed"),),
    ),
    Step(
        fact="drafts-adjusted", act="adjust-drafts", stage=BEFORE, optional=True,
        title=Text("主任会议调整草案", "Drafts adjusted by the council of chairpersons"), topics=("drafts.adjusted",),
    ),
    Step(
        fact="prep-held", act="open-sitting", stage=DURING, by=COMMITTEE,
        title=Text("常委会主持预备会议", "Preparatory meeting chaired by the standing committee"),
        topics=("prep.chair", "prep.required"), needs=(CREDENTIALS, DATE, PUBLISHED, NOTICE), document=Text("签到表", "sign-in sheet"),
    ),
    Step(
        fact="presidium-elected", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议选举主席团", "Presidium elected at the preparatory meeting"), closes_session=True,
        topics=("presidium.elected",), needs=(Need(fact="prep-held", topic="prep.required"),),
        document=Text("主席团名单", "list of the presidium"),
    ),
    Step(
        fact="adopted:secretary-general", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议选举秘书长", "Secretary-general elected at the preparatory meeting"), closes_session=True,
        topics=("secretary_general.elected",), needs=(Need(fact="prep-held", topic="prep.required"),),
        document=Text("秘书长名单", "list of the secretary-general"),
    ),
    Step(
        fact="adopted:agenda", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议通过会议议程", "Agenda adopted at the preparatory meeting"), closes_session=True,
        topics=("agenda.adopted",), needs=(Need(fact="prep-held", topic="prep.required"),), document=Text("会议议程", "agenda"),
    ),
    Step(
        fact="adopted:motions-committee", act="put-to-vote", stage=DURING, optional=True,
        title=Text("通过议案审查委员会名单", "Committee on motions adopted"), topics=("motions.committee",), needs=(MET,),
        document=Text("议案审查委员会名单", "list of the committee on motions"),
    ),
    Step(
        fact="presidium-met", act="presidium-meets", stage=DURING, title=Text("举行主席团会议", "Presidium met"),
        topics=("presidium.quorum", "presidium.presides"), needs=(PRESIDIUM,), document=Text("主席团会议纪要", "minutes of the presidium"),
    ),
    Step(
        fact="decided:standing-chairs", act="presidium-decides", stage=DURING, optional=True,
        title=Text("推选常务主席", "Standing chairs chosen"), topics=("presidium.standing_chairs",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:executive-chairs", act="presidium-decides", stage=DURING, optional=True,
        title=Text("推定执行主席", "Executive chairs named"), topics=("presidium.executive_chairs",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:deputy-secretaries", act="presidium-decides", stage=DURING,
        title=Text("决定副秘书长", "Deputy secretaries-general decided on"), topics=("secretary_general.deputies",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:timetable", act="presidium-decides", stage=DURING,
        title=Text("决定会议日程", "Timetable decided on"), topics=("presidium.timetable", "session.arranged"), needs=(PRESIDIUM,),
        document=Text("会议日程", "timetable"),
    ),
    Step(
        fact="opened", act="open-sitting", stage=DURING, title=Text("举行全体会议(开幕)", "Opened with a quorum"),
        topics=("session.quorum",), closes_session=True, document=Text("签到表、出席情况报告", "sign-in sheet"),
        needs=(
            CREDENTIALS, DATE, PUBLISHED, NOTICE, Need(fact="papers-sent", topic="papers.days"),
            Need(fact="voters-heard", topic="voters.heard", of_kinds=("budget",)),
            Need(fact="budget-draft-submitted", topic="budget.draft_days", of_kinds=("budget",)),
            Need(fact="budget-draft-examined", topic="budget.preliminary", of_kinds=("budget",)),
            Need(fact="prep-held", topic="prep.required"), PRESIDIUM, SECRETARY, AGENDA,
        ),
    ),
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
        fact="examined:{item}", act="committee-reports", stage=DURING, of_kinds=("budget",), by=COMMITTEE,
        title=Text("常委会提出预算审查结果报告", "Report on the budget's examination by the standing committee"),
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
    *tenure.COUNTY_STEPS,
    *shared.DURING_STEPS,
    Step(
        fact="suggestion-filed", act="file-suggestion", stage=DURING, title=Text("代表提出建议", "Suggestions filed"),
        topics=("suggestion.form",), optional=True, document=Text("建议表", "suggestion form"),
    ),
    Step(
        fact="closed", act="close-session", stage=DURING, title=Text("闭幕", "Closed"),
        topics=("closing.mandatory", "practice.closing"), needs=(OPENED,), document=Text("闭幕会议记录", "closing record"),
    ),
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

UNTIL_IT_OPENS = (BEFORE, DURING)
"""What may come after the preparatory meeting, which often is a day or more before the opening."""

ACTS: dict[str, tuple[Stage, ...]] = {
    **shared.ACTS,
    **elections.ACTS,
    **tenure.ACTS,
    **tenure.COUNTY_ACTS,
    **dict.fromkeys(("submit-budget-draft", "examine-budget-draft", "adjust-drafts"), (BEFORE,)),
    **dict.fromkeys(("answer-budget-opinion", "print-budget-opinion", "hear-voters", "send-papers"), UNTIL_IT_OPENS),
    **dict.fromkeys(("form-delegations", "elect-delegation-head", "discuss-drafts"), UNTIL_IT_OPENS),
    "answer-opinions": (DURING,),
    **dict.fromkeys(("presidium-meets", "presidium-decides"), (DURING, AFTER)),
    "end-seat": shared.ALWAYS,
    "reply-budget": (DURING, AFTER),  # from the approval on
    **dict.fromkeys(("file-budget-sum", "print-handling"), (AFTER,)),
}

PROCEDURE = procedure(
    Procedure(
        id="county-congress",
        level="county",
        title=Text("县级人民代表大会会议", "County congress session"),
        kinds=("year_start", "mid_year", "first", "extraordinary"),
        families=("地方组织法", "代表法"),
        quorum="session.quorum",
        majority="vote.majority",
        decides=True,
        steps=STEPS,
        acts=ACTS,
        by={
            "end-seat": COMMITTEE,
            **tenure.COUNTY_BY,
            "answer-inquiry": ("government", "standing_committee", "supervisory_commission", "court", "procuratorate"),
            "suspend-deputy": ("credentials_committee", "standing_committee"),
            "call-sitting": ("presidium", "standing_committee", "secretariat"),
        },
        chairs={"preparatory": COMMITTEE, "plenary": ("executive_chair", "presidium")},
        offices=(
            "standing_committee", "council_of_chairpersons", "sc_office", "presidium", "executive_chair", "secretariat",
            "credentials_committee", "budget_committee", "motions_committee", "government", "court", "procuratorate",
            "supervisory_commission", "scrutineer", "deputy", "group", "handling_unit", "clock",
        ),
    )
)  # fmt: skip
