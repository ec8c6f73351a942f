"""Livelihood projects (民生实事项目): the call for them, and each chosen one to its evaluation at the year's end (follow_up.md §2.4)."""

from domain.matter.loop import UNIT, Due, Loop, Move, Standing, loop
from domain.offices import HANDLERS_HERE, SUPERVISORS
from domain.submission import Office
from domain.text import Text

RESTS_ON = ("projects.supervised", "council.recommends")
RECOMMENDED = ("residents-council",)
"""Where the vote only recommends: what becomes of a project is for the street office, or the government above it, to decide and to say."""
STREET: tuple[Office, ...] = ("street_office", "government")

PROJECT_CALL = loop(
    Loop(
        id="project-call",
        title=Text("民生实事项目征集", "call for livelihood projects"),
        topics=("projects.call", "council.recommends"),
        standings=(
            Standing("called", Text("征集中", "open"), "government"),
            Standing("sifted", Text("已筛选论证", "sifted"), "government"),
            Standing("deliberated", Text("已审议", "deliberated"), "government"),
            Standing("fixed", Text("候选项目已确定", "candidates fixed"), over=True),
        ),
        begins=Move("open-matter", (), "called", topics=("projects.call",)),
        moves=(
            Move("add-clue", ("called",)),
            Move("sift-clues", ("called",), "sifted"),
            Move(
                "hear-deputies", ("sifted",), title=Text("征求代表意见", "Ask the deputies"), by=("government", "street_office"),
                asks=("text",), topics=("projects.presidium_deliberated", "council.recommends"),
            ),
            Move(
                "deliberate-candidates", ("sifted",), "deliberated", title=Text("审议初步候选项目", "Deliberate the first list"),
                by=("standing_committee", "presidium", "street_committee"), asks=("text",),
                topics=("projects.presidium_deliberated", "council.recommends"), document=Text("审议意见", "opinions"),
            ),
            Move(
                "fix-candidates", ("deliberated",), "fixed", title=Text("提出候选项目", "Fix the candidates"),
                by=("government", "street_office"), asks=("text",), topics=("projects.details_sent", "council.recommends"),
                document=Text("候选项目具体情况", "details of the candidates"),
            ),
        ),
    )
)  # fmt: skip

PROJECT = loop(
    Loop(
        id="project",
        title=Text("民生实事项目", "livelihood project"),
        topics=RESTS_ON,
        standings=(
            Standing("to-take-up", Text("待跟踪", "to be taken up"), "sc_office"),
            Standing("chosen", Text("已选出", "chosen"), UNIT),
            Standing("running", Text("实施中", "running"), UNIT),
            Standing("change-asked", Text("请求调整", "a change is asked for"), "standing_committee"),
            Standing("completed", Text("已完成", "completed"), "sc_office"),
            Standing("evaluated", Text("已测评", "evaluated"), "sc_office"),
            Standing("dissatisfied", Text("测评不满意", "evaluated as not satisfactory"), UNIT),
            Standing("ended", Text("已终止", "ended"), over=True),
            Standing("closed", Text("办结", "closed"), over=True),
        ),
        begins=Move("open-matter", (), "to-take-up", topics=RESTS_ON),
        moves=(
            Move("take-up-project", ("to-take-up",), "chosen"),
            Move(
                "plan-project", ("chosen",), "running", title=Text("制定并公布实施计划", "Plan and publish"), by=HANDLERS_HERE,
                asks=("text", "unit", "due"), topics=("projects.plan_published", *RESTS_ON),
                dues=(Due("projects.plan_published", "complete", asked=True),), document=Text("实施计划", "the plan"),
            ),
            Move(
                "name-group", ("chosen", "running"), title=Text("成立监督小组", "Name who watches it"), by=SUPERVISORS,
                asks=("persons",), topics=RESTS_ON,
            ),
            Move("show-light", ("running", "dissatisfied")),
            Move(
                "review-mid-year", ("running",), title=Text("年中视察", "Review at mid-year"), by=(*SUPERVISORS, "deputy"),
                asks=("text",), topics=RESTS_ON, document=Text("视察报告", "report of the visit"),
            ),
            Move(
                "ask-project-change", ("running",), "change-asked", title=Text("请求调整项目", "Ask to change the project"),
                by=("government", "street_office"), asks=("text",), topics=("projects.change", *RESTS_ON),
                document=Text("调整请求", "the request"),
            ),
            Move("decide-project-change", ("change-asked",), "running"),
            Move(
                "decline-project", ("chosen",), "ended", title=Text("说明不列入的理由", "Say why it is not taken on"), by=STREET,
                asks=("text",), topics=RESTS_ON, procedures=RECOMMENDED, document=Text("书面说明", "written explanation"),
            ),
            Move(
                "tell-project-change", ("running", "change-asked"), "running", title=Text("通报项目调整", "Tell of the project's change"),
                by=STREET, asks=("text",), topics=RESTS_ON, procedures=RECOMMENDED,
            ),
            Move(
                "tell-project-end", ("running", "change-asked"), "ended", title=Text("通报项目终止", "Tell that the project ended"),
                by=STREET, asks=("text",), topics=RESTS_ON, procedures=RECOMMENDED,
            ),
            Move(
                "report-project-change", ("running", "completed", "ended"), title=Text("向大会报告调整情况", "Report the change"),
                by=("government",), asks=("text",), topics=("projects.change", *RESTS_ON),
            ),
            Move(
                "complete", ("running",), "completed", title=Text("完成", "Complete it"), by=HANDLERS_HERE, asks=("text",),
                topics=("projects.reported", *RESTS_ON), document=Text("完成情况报告", "report on its completion"),
            ),
            Move("fix-evaluation", ("running", "completed"), topics=("projects.rating", *RESTS_ON)),
            Move("evaluate-handling", ("completed",), "evaluated", topics=("projects.rating", *RESTS_ON)),
            Move(
                "rectify", ("dissatisfied",), "completed", title=Text("整改", "Put it right"), by=HANDLERS_HERE, asks=("text",),
                topics=RESTS_ON, next_round=True, document=Text("整改情况报告", "report on what was put right"),
            ),
            Move("close", ("completed", "evaluated"), "closed", title=Text("办结", "Close"), by=SUPERVISORS, topics=RESTS_ON),
            Move("revisit", ("closed",), title=Text("回访", "Revisit"), by=SUPERVISORS, asks=("text",), topics=RESTS_ON),
            Move(
                "reopen", ("closed",), "running", title=Text("重新启动", "Reopen"), by=SUPERVISORS, asks=("text",),
                topics=RESTS_ON, next_round=True,
            ),
        ),
    )
)  # fmt: skip
