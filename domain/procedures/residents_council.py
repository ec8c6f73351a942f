"""The street residents' council (街道居民议事组织): advisory, it only recommends and never resolves (rulebook §14.4).

A street has no congress (地方组织法 (2022) art. 59); there is no national procedure and no national quorum. What binds is the
province's regulation and the council's own rules, which the plan gives.
"""

from domain.event import DEADLINES
from domain.procedure import HALL, Need, Procedure, Stage, Step, procedure
from domain.text import Text

BEFORE, DURING, AFTER = Stage.BEFORE, Stage.DURING, Stage.AFTER
REPORTS = ("government_report", "presidium_report", "report", "plan", "budget", "other")
MET = Need(fact="met")

STEPS = (
    Step(
        fact="registered", act="register-session", stage=BEFORE, title=Text("登记会议和成员名单", "Session and members registered"),
        topics=("council.formed",), document=Text("成员名单", "list of members"),
    ),
    Step(
        fact="date-decided", act="decide-date", stage=BEFORE, title=Text("街道工委决定会议日期", "Date decided by the street committee"),
        topics=("council.yearly",),
    ),
    Step(
        fact="voters-heard", act="hear-voters", stage=BEFORE, title=Text("成员收集居民意见", "Members collect opinions"),
        topics=("council.formed",), optional=True,
    ),
    Step(fact="notice-given", act="give-notice", stage=BEFORE, title=Text("发出会议通知", "Notice given"), topics=("notice.days",)),
    Step(fact="papers-sent", act="send-papers", stage=BEFORE, title=Text("送达材料", "Papers sent"), topics=("papers.days",)),
    Step(
        fact="opened", act="open-sitting", stage=DURING, title=Text("举行会议", "Held with those required"),
        topics=("council.yearly", "council.quorum"), needs=(Need(fact="date-decided"),),
        document=Text("签到表", "sign-in sheet"),
    ),
    Step(
        fact="heard:{item}", act="hear-report", stage=DURING, of_kinds=REPORTS, title=Text("听取报告", "Report heard"),
        topics=("council.yearly",), needs=(MET,), document=Text("报告文本", "the report"),
    ),
    Step(
        fact="deliberated:{item}", act="deliberate", stage=DURING, of_kinds=REPORTS, title=Text("提出意见", "Opinions given"),
        topics=("council.opinions",), needs=(MET,), optional=True, document=Text("意见记录", "record of opinions"),
    ),
    Step(
        fact="projects-chosen", act="enter-sheet", stage=DURING, title=Text("票选推荐民生实事项目", "Projects recommended by ballot"),
        topics=("council.recommends",), needs=(Need(fact="opened"),), document=Text("计票单", "tellers' sheets"), optional=True,
    ),
    Step(
        fact="projects-rated", act="enter-sheet", stage=DURING, title=Text("上年度项目测评", "Last year's projects rated"),
        topics=("council.opinions",), needs=(Need(fact="opened"),), optional=True,
    ),
    Step(fact="closed", act="close-session", stage=DURING, title=Text("会议结束", "Closed"), topics=("practice.closing",), needs=(MET,)),
    Step(
        fact="suggestions-assigned", act="assign-suggestions", stage=AFTER, title=Text("意见转交办理", "Opinions handed over"),
        topics=("council.opinions",), document=Text("转办单", "hand-over sheet"),
    ),
    Step(
        fact="handling-reported", act="report-handling", stage=AFTER, optional=True, by=("street_committee",),
        title=Text("反馈办理情况", "Handling reported back"), topics=("council.opinions",),
    ),
)  # fmt: skip

ALWAYS = (BEFORE, DURING, AFTER)
ACTS: dict[str, tuple[Stage, ...]] = {
    **dict.fromkeys(("register-session", "decide-date", "publish-date", "move-date", "prepare"), (BEFORE,)),
    **dict.fromkeys(("hear-voters", "give-notice", "send-papers"), (BEFORE,)),
    **dict.fromkeys(("end-seat", "invite-observers", "decide-leave", *HALL, "call-sitting", "open-sitting"), (BEFORE, DURING)),
    **dict.fromkeys(("pause-sitting", "resume-sitting", "close-sitting", "hear-report"), (DURING,)),
    **dict.fromkeys(("deliberate", "answer-inquiry", "put-to-vote", "enter-sheet", "declare-projects"), (DURING,)),
    **dict.fromkeys(("enter-vote-sheet", "enter-device-count", "record-device-failure"), (DURING,)),
    **dict.fromkeys(("declare-rating", "announce", "close-session"), (DURING,)),
    "fix-rating-method": (BEFORE, DURING),
    **dict.fromkeys(("record-proceeding", "record-party-step", "file-suggestion", "assign-suggestions", "begin-matter"), ALWAYS),
    **dict.fromkeys(("record-irregularity", "correct", *DEADLINES, "adopt-edition", "resolve-card"), ALWAYS),
    **dict.fromkeys(("report-handling",), (AFTER,)),
}  # fmt: skip

PROCEDURE = procedure(
    Procedure(
        id="residents-council",
        level="residents",
        title=Text("街道居民议事会议", "Street residents' council"),
        kinds=("yearly", "extraordinary"),
        families=(),
        quorum="council.quorum",
        majority=None,
        decides=False,
        rests_on=("council.yearly",),
        steps=STEPS,
        acts=ACTS,
        offices=(
            "street_committee",
            "street_office",
            "council",
            "secretariat",
            "scrutineer",
            "deputy",
            "handling_unit",
            "clock",
        ),
    )
)
