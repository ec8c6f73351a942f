"""Three smaller loops of supervision: special inquiries (专题询问), reviews of a department's work (部门工作评议), and monitoring that goes
round (监督—整改—再监督—再整改) until an evaluation or a recorded decision ends it (follow_up.md §2.5, 2.11)."""

from domain.matter.loop import UNIT, Loop, Move, Standing, loop
from domain.matter.loops.handling import Topics, after_hand_over, hand_over, handled_by, item_moves
from domain.matter.loops.review_opinion import COMMITTEES
from domain.offices import DECIDERS, HANDLERS_HERE, SUPERVISORS
from domain.text import Text

INQUIRY = Topics(report="special_inquiry.report", to_agenda="special_inquiry.to_agenda")
REVIEW = Topics(report="department_review.report")
NO_LAW = Topics(report="")

SPECIAL_INQUIRY = loop(
    Loop(
        id="special-inquiry",
        title=Text("专题询问", "special inquiry"),
        topics=("special_inquiry.held",),
        procedures=COMMITTEES,
        standings=(
            Standing("topic-adopted", Text("已列入计划", "in the plan"), "sc_office"),
            Standing("prepared", Text("已印发材料", "papers sent"), "standing_committee"),
            Standing("held", Text("已询问", "held"), "sc_office"),
            *handled_by("council_of_chairpersons"),
        ),
        begins=Move("open-matter", (), "topic-adopted", topics=("special_inquiry.held",)),
        moves=(
            Move(
                "survey", ("topic-adopted", "prepared"), title=Text("专题调查研究", "Survey"), by=SUPERVISORS, asks=("text",),
                topics=("special_inquiry.survey",), document=Text("调研报告", "report on the survey"),
            ),
            Move(
                "send-papers-of-inquiry", ("topic-adopted",), "prepared", title=Text("印发调研报告和意见汇总", "Send the papers"),
                by=("sc_office",), topics=("special_inquiry.survey",),
            ),
            Move("hold-special-inquiry", ("topic-adopted", "prepared"), "held", marks="held"),
            hand_over("held", INQUIRY),
            *after_hand_over(INQUIRY),
            *item_moves(INQUIRY, "held"),
        ),
    )
)  # fmt: skip

DEPARTMENT_REVIEW = loop(
    Loop(
        id="department-review",
        title=Text("部门工作评议", "review of a department's work"),
        topics=("department_review.held", "street.handed_down"),
        standings=(
            Standing("planned", Text("已列入计划", "in the plan"), "sc_office"),
            Standing("notified", Text("已通知", "notified"), UNIT),
            Standing("investigating", Text("调查中", "being investigated"), "sc_office"),
            Standing("collated", Text("已汇总问题", "problems collated"), "standing_committee"),
            Standing("voted", Text("已评议测评", "reviewed and voted on"), "sc_office"),
            *handled_by("standing_committee"),
        ),
        begins=Move("open-matter", (), "planned", topics=("department_review.held",)),
        moves=(
            Move(
                "notify-review", ("planned",), "notified", title=Text("通知评议", "Give notice of the review"), by=SUPERVISORS,
                document=Text("评议通知", "the notice"),
            ),
            Move(
                "self-check", ("notified",), "investigating", title=Text("报送自查材料", "Send the self-check"), by=HANDLERS_HERE,
                asks=("text",), document=Text("自查报告", "report on the self-check"),
            ),
            Move(
                "investigate", ("notified", "investigating"), "investigating", title=Text("调查", "Investigate"),
                by=(*SUPERVISORS, "group", "deputy"), asks=("text",), document=Text("调查记录", "record of it"),
            ),
            Move(
                "collate-problems", ("investigating",), "collated", title=Text("汇总问题", "Collate the problems"), by=SUPERVISORS,
                asks=("text",), document=Text("调查报告", "report on the investigation"),
            ),
            Move(
                "question", ("collated",), title=Text("现场询问", "Question on the spot"), by=(*SUPERVISORS, "deputy"),
                asks=("text",), document=Text("问答记录", "questions and answers"),
            ),
            Move("fix-evaluation", ("notified", "investigating", "collated", "voted")),
            Move("evaluate-handling", ("collated",), "voted"),
            hand_over("voted", REVIEW),
            *after_hand_over(REVIEW),
            *item_moves(REVIEW, "collated", "voted"),
            Move(
                "send-result", ("evaluated", "closed"), title=Text("报送评议结果", "Send the result on"), by=SUPERVISORS,
                asks=("text",), document=Text("评议结果", "the result"),
            ),
        ),
    )
)  # fmt: skip

MONITORING = loop(
    Loop(
        id="monitoring",
        title=Text("跟踪监督", "monitoring"),
        topics=("street.handed_down",),
        standings=(Standing("found", Text("已发现问题", "problems found"), "sc_office"), *handled_by("standing_committee")),
        begins=Move("open-matter", (), "found"),
        moves=(
            Move(
                "investigate", ("found", "handling", "reported"), title=Text("调查", "Investigate"),
                by=(*SUPERVISORS, "group", "deputy"), asks=("text",), document=Text("调查记录", "record of it"),
            ),
            hand_over("found", NO_LAW),
            *after_hand_over(NO_LAW, closes_from=("evaluated",)),
            Move(
                "decide-end", ("reported", "on-agenda", "dissatisfied"), "closed", title=Text("决定结束跟踪", "Decide to end it"),
                by=DECIDERS, asks=("text",), document=Text("决定", "the decision"),
            ),
            *item_moves(NO_LAW, "found"),
        ),
    )
)  # fmt: skip
"""It never just ends: with a vote that reached a grade, or by a decision with its reasons; each time it is sent back is a round."""
