"""What every congress's session has in common: motions, amendments, inquiries and interpellations (rulebook §5, §7), and the stages
at which the acts of all levels may come.

Each of these steps is somebody's right and nobody's duty, so they are shown when they were taken and asked for by none. What must stand
before them is in the rules of the acts, because it is about one motion or one interpellation and not about an item of the agenda.
"""

from domain.event import DEADLINES
from domain.procedure import HALL, Need, Stage, Step
from domain.text import Text

BEFORE, DURING, AFTER = Stage.BEFORE, Stage.DURING, Stage.AFTER
MET, OPENED = Need(fact="met"), Need(fact="opened")
PRESIDIUM = Need(fact="presidium-elected", topic="presidium.elected")

DURING_STEPS = (
    Step(
        fact="decided:motion-deadline", act="presidium-decides", stage=DURING, optional=True,
        title=Text("决定议案截止时间", "Deadline for motions fixed"), topics=("motion.deadline", "presidium.presides"),
    ),
    Step(
        fact="motion-filed", act="file-motion", stage=DURING, optional=True, title=Text("提出议案", "Motions filed"),
        topics=("motion.joint", "motion.institutional", "motion.content"),
        document=Text("议案文本、联名签名", "the motion with its signatures"),
    ),
    Step(
        fact="motion-referred", act="refer-motion", stage=DURING, optional=True, needs=(MET, PRESIDIUM),
        title=Text("将议案交付委员会审议", "Motions referred to a committee"),
        topics=("motion.referral", "motion.referral_organs", "motion.listed"),
    ),
    Step(
        fact="motion-reported", act="report-on-motion", stage=DURING, optional=True,
        title=Text("委员会提出审议意见", "A committee's opinion on motions"), topics=("motion.referral", "motion.contact"),
        document=Text("议案审议意见", "the committee's opinion"),
    ),
    Step(
        fact="motion-decided", act="decide-on-motion", stage=DURING, optional=True, needs=(MET, PRESIDIUM),
        title=Text("主席团决定议案是否列入议程", "Presidium decides on motions"), topics=("motion.listed", "motion.converted"),
        document=Text("主席团关于议案处理的决定", "the presidium's decision"),
    ),
    Step(
        fact="motion-withdrawn", act="withdraw-motion", stage=DURING, optional=True, title=Text("撤回议案", "Motions withdrawn"),
        topics=("motion.withdrawal",), document=Text("撤回议案的书面要求", "the request to withdraw"),
    ),
    Step(
        fact="amendment-filed", act="file-amendment", stage=DURING, optional=True, title=Text("提出修正案", "Amendments filed"),
        topics=("amendment.first", "amendment.joint"), document=Text("修正案文本", "the amendment"),
    ),
    Step(
        fact="amendment-voted", act="put-to-vote", stage=DURING, optional=True,
        title=Text("表决修正案", "Amendments voted on"), topics=("amendment.first", "vote.majority"),
        needs=(OPENED, PRESIDIUM, Need(fact="adopted:agenda", topic="agenda.adopted")),
        document=Text("表决结果单", "result sheet"),
    ),
    Step(
        fact="inquiry-raised", act="raise-inquiry", stage=DURING, optional=True, needs=(MET,),
        title=Text("提出询问", "Inquiries raised"), topics=("inquiry.answer",),
    ),
    Step(
        fact="inquiry-answered", act="answer-inquiry", stage=DURING, optional=True,
        title=Text("回答询问", "Inquiries answered"), topics=("inquiry.answer", "inquiry.budget_answer"),
    ),
    Step(
        fact="interpellation-filed", act="file-interpellation", stage=DURING, optional=True, needs=(MET,),
        title=Text("提出质询案", "Interpellations filed"),
        topics=("interpellation.joint", "interpellation.object", "interpellation.content"),
        document=Text("质询案文本、联名签名", "the interpellation with its signatures"),
    ),
    Step(
        fact="interpellation-decided", act="decide-on-interpellation", stage=DURING, optional=True, needs=(MET, PRESIDIUM),
        title=Text("主席团决定答复方式", "Presidium decides how they are answered"), topics=("interpellation.answer",),
    ),
    Step(
        fact="interpellation-answered", act="answer-interpellation", stage=DURING, optional=True,
        title=Text("答复质询案", "Interpellations answered"), topics=("interpellation.answer", "interpellation.answerer"),
        document=Text("质询案答复", "the answer"),
    ),
    Step(
        fact="reanswer-demanded", act="demand-reanswer", stage=DURING, optional=True,
        title=Text("要求再作答复", "Another answer demanded"), topics=("interpellation.reanswer",),
    ),
    Step(
        fact="interpellation-reanswered", act="answer-interpellation", stage=DURING, optional=True,
        title=Text("再作答复", "Answered once more"), topics=("interpellation.reanswer", "interpellation.answerer"),
    ),
)  # fmt: skip

LIST_STEPS = (
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
)  # fmt: skip
"""Lists, and reports of committees, voted on and heard."""

PROJECT_STEPS = (
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
        fact="announced:{item}", act="announce", stage=DURING, of_kinds=("projects",),
        title=Text("宣布票决结果", "Projects announced"), topics=("projects.announced",),
    ),
)  # fmt: skip
"""Livelihood projects chosen by ballot (民生实事项目票决), and those of last year rated."""

SUGGESTION_STEPS = (
    Step(
        fact="suggestion-filed", act="file-suggestion", stage=DURING, title=Text("代表提出建议", "Suggestions filed"),
        topics=("suggestion.form",), optional=True, document=Text("建议表", "suggestion form"),
    ),
)  # fmt: skip

AFTER_STEPS = (
    Step(
        fact="motion-disposed", act="dispose-of-motion", stage=AFTER, optional=True,
        title=Text("报告议案处理结果", "Motions left over are disposed of"), topics=("motion.disposed_within", "motion.listed"),
        document=Text("议案审议结果报告", "report on the motion"),
    ),
)  # fmt: skip

ALWAYS = (BEFORE, DURING, AFTER)
UNTIL_IT_CLOSES = (BEFORE, DURING)

ACTS: dict[str, tuple[Stage, ...]] = {
    **dict.fromkeys(("register-session", "confirm-credentials", "petition", "answer-petition", "decide-date"), (BEFORE,)),
    **dict.fromkeys(("prepare", "give-notice"), (BEFORE,)),
    **dict.fromkeys(("publish-date", "move-date", "invite-observers", "decide-leave", *HALL, "call-sitting"), UNTIL_IT_CLOSES),
    **dict.fromkeys(("open-sitting", "deliberate"), UNTIL_IT_CLOSES),
    **dict.fromkeys(("file-motion", "withdraw-signature", "withdraw-motion"), UNTIL_IT_CLOSES),
    **dict.fromkeys(("pause-sitting", "resume-sitting", "close-sitting", "hear-report", "committee-reports"), (DURING,)),
    **dict.fromkeys(("refer-motion", "report-on-motion", "decide-on-motion"), (DURING,)),
    **dict.fromkeys(("file-amendment", "withdraw-amendment", "raise-inquiry", "answer-inquiry"), (DURING,)),
    **dict.fromkeys(("file-interpellation", "decide-on-interpellation"), (DURING,)),
    **dict.fromkeys(("enter-vote-sheet", "enter-device-count", "record-device-failure"), (DURING,)),
    "fix-rating-method": UNTIL_IT_CLOSES,
    **dict.fromkeys(("put-to-vote", "enter-sheet", "declare-projects", "declare-rating", "announce", "close-session"), (DURING,)),
    **dict.fromkeys(("answer-interpellation", "demand-reanswer"), (DURING, AFTER)),
    **dict.fromkeys(("publish-budget", "file-budget"), (DURING, AFTER)),  # from its approval on
    **dict.fromkeys(("dispose-of-motion", "publish-results", "report-handling"), (AFTER,)),
    **dict.fromkeys(("record-proceeding", "record-party-step", "suspend-deputy"), ALWAYS),
    **dict.fromkeys(("file-suggestion", "assign-suggestions", "begin-matter"), ALWAYS),
    **dict.fromkeys(("record-irregularity", "correct", *DEADLINES, "adopt-edition", "resolve-card"), ALWAYS),
}  # fmt: skip
"""The acts that township and county know alike, with their stages; each procedure adds its own acts and those whose stages differ."""
