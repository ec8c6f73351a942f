"""Resolutions and decisions of a congress or its standing committee (决议、决定), carried out and reported on (follow_up.md §2.3)."""

from domain.matter.loop import UNIT, Due, Loop, Move, Standing, loop
from domain.matter.loops.review_opinion import COMMITTEES
from domain.offices import HANDLERS
from domain.submission import Office
from domain.text import Text

SUPERVISOR: tuple[Office, ...] = ("sc_office", "presidium", "standing_committee", "council_of_chairpersons")
DECIDING: tuple[Office, ...] = ("standing_committee", "presidium")
CONGRESSES = ("township-congress", *COMMITTEES)
"""Procedures of bodies that resolve: a residents' council does not."""
REPORT = Due("resolution.report", "report", asked=True)

RESOLUTION = loop(
    Loop(
        id="resolution",
        title=Text("决议、决定", "resolution or decision"),
        topics=("resolution.follow_up",),
        procedures=CONGRESSES,
        standings=(
            Standing("adopted", Text("已通过", "adopted"), "sc_office"),
            Standing("published", Text("已公布", "published"), UNIT),
            Standing("carried-out", Text("执行中", "being carried out"), UNIT),
            Standing("change-asked", Text("请求变更", "a change is asked for"), "standing_committee"),
            Standing("ordered", Text("责令纠正", "ordered to correct"), UNIT),
            Standing("reported", Text("已报告执行情况", "reported on"), "standing_committee"),
            Standing("closed", Text("办结", "closed"), over=True),
            Standing("revoked", Text("已撤销", "revoked"), over=True),
        ),
        begins=Move("open-matter", (), "adopted", topics=("resolution.follow_up",), dues=(REPORT,)),
        moves=(
            Move("publish", ("adopted",), "published", title=Text("公布", "Publish"), by=SUPERVISOR, topics=("results.published",)),
            Move(
                "divide-work", ("published",), "carried-out", title=Text("分解任务", "Divide the work"), by=HANDLERS, asks=("text",),
                topics=("resolution.follow_up",), document=Text("任务分解方案", "plan of the work"),
            ),
            Move(
                "report-progress", ("carried-out",), title=Text("报告阶段进展", "Report on progress"), by=HANDLERS, asks=("text",),
                topics=("resolution.follow_up",), document=Text("阶段报告", "interim report"),
            ),
            Move(
                "ask-change", ("published", "carried-out"), "change-asked", title=Text("请求变更决议", "Ask to change it"),
                by=HANDLERS, asks=("text",), topics=("resolution.follow_up",), document=Text("变更请求", "the request"),
            ),
            Move(
                "decide-change", ("change-asked",), "carried-out", title=Text("决定是否变更", "Decide on the change"),
                by=DECIDING, asks=("passed", "text"), topics=("resolution.follow_up",), document=Text("决定", "the decision"),
            ),
            Move(
                "order-correction", ("published", "carried-out"), "ordered", title=Text("责令限期纠正", "Order to correct"),
                by=DECIDING, asks=("text", "due"), topics=("resolution.follow_up",),
                dues=(Due("resolution.follow_up", "correct", asked=True),),
            ),
            Move(
                "correct", ("ordered",), "carried-out", title=Text("已纠正", "Corrected"), by=HANDLERS, asks=("text",),
                topics=("resolution.follow_up",),
            ),
            Move(
                "revoke", ("ordered",), "revoked", title=Text("撤销", "Revoke"), by=DECIDING, asks=("text",),
                topics=("resolution.follow_up",),
            ),
            Move(
                "report", ("published", "carried-out"), "reported", title=Text("报告办理情况", "Report in writing"), by=HANDLERS,
                asks=("text",), topics=("resolution.report",), document=Text("书面报告", "written report"), marks="reported",
            ),
            Move(
                "report-again", ("reported",), "carried-out", title=Text("要求再次报告", "Have it reported on again"), by=DECIDING,
                asks=("text", "due"), topics=("resolution.report",), next_round=True, dues=(REPORT,),
            ),
            Move("close", ("reported",), "closed", title=Text("办结", "Close"), by=SUPERVISOR, topics=("resolution.follow_up",)),
            Move(
                "reopen", ("closed",), "carried-out", title=Text("重新启动", "Reopen"), by=SUPERVISOR, asks=("text",),
                topics=("resolution.follow_up",), next_round=True,
            ),
        ),
    )
)  # fmt: skip
