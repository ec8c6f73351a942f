"""Law-enforcement inspections (执法检查): a group without anybody of the organ inspected, notice, streets that inspect their part, a report,
and its opinion handled like any other (监督法 2024 art. 31-37; follow_up.md §2.6)."""

from domain.matter.loop import UNIT, Due, Loop, Move, Standing, loop
from domain.matter.loops.handling import Topics, after_hand_over, hand_over, handled_by, item_moves
from domain.matter.loops.review_opinion import COMMITTEES
from domain.offices import DECIDERS, SUPERVISORS
from domain.text import Text

LAW = Topics(
    report="inspection.handling_report",
    comments="inspection.comments",
    to_agenda="inspection.to_agenda",
    follow_up="inspection.follow_up",
    published="inspection.published",
    hand_over="inspection.hand_over",
)
ON_THE_WAY = ("group-formed", "notified", "inspecting")

INSPECTION = loop(
    Loop(
        id="inspection",
        title=Text("执法检查", "law-enforcement inspection"),
        topics=("inspection.held",),
        procedures=COMMITTEES,
        standings=(
            Standing("topic-adopted", Text("已列入计划", "in the plan"), "council_of_chairpersons"),
            Standing("plan-approved", Text("方案已通过", "plan approved"), "sc_office"),
            Standing("group-formed", Text("检查组已组成", "group formed"), "sc_office"),
            Standing("notified", Text("已通知", "notified"), "sc_office"),
            Standing("inspecting", Text("检查中", "being inspected"), "sc_office"),
            Standing("drafted", Text("已提出检查报告", "report drafted"), "council_of_chairpersons"),
            Standing("deliberated", Text("已审议", "deliberated"), "council_of_chairpersons"),
            Standing("approved", Text("主任会议已通过", "approved"), "sc_office"),
            *handled_by("council_of_chairpersons"),
        ),
        begins=Move("open-matter", (), "topic-adopted", topics=("inspection.held",)),
        moves=(
            Move(
                "approve-plan", ("topic-adopted",), "plan-approved", title=Text("通过检查方案", "Approve the plan"),
                by=("council_of_chairpersons",), asks=("text",), topics=("inspection.plan",),
                document=Text("执法检查工作方案", "plan of the inspection"),
            ),
            Move("form-group", ("plan-approved",), "group-formed"),
            Move("form-group", ON_THE_WAY),
            Move(
                "notify-plan", ("group-formed",), "notified", title=Text("通知检查方案", "Give notice of the plan"),
                by=("sc_office",), topics=("inspection.notice",), document=Text("检查通知", "the notice"),
            ),
            Move(
                "self-inspect", ("notified", "inspecting"), title=Text("自查", "Self-inspection"),
                by=("government", "court", "procuratorate", "supervisory_commission", "handling_unit"), asks=("text",),
                document=Text("自查报告", "report on the self-inspection"),
            ),
            Move("start-inspection", ("group-formed", "notified"), "inspecting"),
            Move(
                "visit", ("inspecting",), title=Text("视察、督办", "Visit"), by=(*SUPERVISORS, "deputy"), asks=("text",),
                topics=("inspection.ways",),
            ),
            Move("report-inspection", ("inspecting",), "drafted"),
            Move(
                "deliberate-report", ("drafted",), "deliberated", title=Text("审议检查报告", "Deliberate the report"),
                by=("standing_committee",), asks=("text",), topics=("inspection.report",),
            ),
            Move(
                "approve", ("deliberated",), "approved", title=Text("主任会议讨论通过", "Approve"), by=("council_of_chairpersons",),
                topics=("inspection.hand_over",), marks="approved",
                dues=(Due("inspection.hand_over", "hand-over", waits_for="sc_office"),),
            ),
            hand_over("approved", LAW),
            *after_hand_over(LAW),
            *item_moves(LAW, "inspecting", "drafted", "deliberated", "approved"),
        ),
    )
)  # fmt: skip

DELEGATED_INSPECTION = loop(
    Loop(
        id="delegated-inspection",
        title=Text("交办的执法检查", "inspection passed on to a street or town"),
        topics=("inspection.held", "street.handed_down"),
        procedures=("residents-council", "township-congress", *COMMITTEES),
        standings=(
            Standing("delegated", Text("已交办", "passed on"), UNIT),
            Standing("inspecting", Text("检查中", "being inspected"), UNIT),
            Standing("reported", Text("已报送检查情况", "reported on"), "sc_office"),
            Standing("closed", Text("办结", "closed"), over=True),
            Standing("called-off", Text("已撤回交办", "called off"), over=True),
        ),
        begins=Move(
            "open-matter", (), "delegated", topics=("inspection.held",), dues=(Due("inspection.held", "report", asked=True),)
        ),
        moves=(
            Move(
                "take-on", ("delegated",), "inspecting", title=Text("接受交办", "Take it on"),
                by=("street_committee", "presidium", "group"),
            ),
            Move(
                "visit", ("inspecting",), title=Text("视察、督办", "Visit"), by=(*SUPERVISORS, "deputy"), asks=("text",),
                topics=("inspection.ways",),
            ),
            Move(
                "report", ("delegated", "inspecting"), "reported", title=Text("报告办理情况", "Report in writing"),
                by=("street_committee", "presidium", "group"), asks=("text",), marks="reported",
                document=Text("检查情况报告", "report on the inspection"),
            ),
            Move(
                "send-back", ("reported",), "inspecting", title=Text("退回重新处理", "Send it back"), by=(*DECIDERS, "sc_office"),
                asks=("text", "due"), marks="handed_over", dues=(Due("inspection.held", "report", asked=True),), next_round=True,
            ),
            Move("close", ("reported",), "closed", title=Text("办结", "Close"), by=SUPERVISORS),
            Move(
                "call-off", ("delegated", "inspecting"), "called-off", title=Text("撤回交办", "Call it off"), by=DECIDERS,
                asks=("text",), document=Text("决定", "the decision"),
            ),
        ),
    )
)  # fmt: skip
