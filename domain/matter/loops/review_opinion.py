"""Review opinions (审议意见) of a standing committee: collated, approved, handed over, handled, reported on, evaluated, for as many rounds
as it takes (监督法 2024 art. 17, 29; follow_up.md §2.2)."""

from domain.matter.items import HANDLING, SUPERVISING
from domain.matter.loop import UNIT, Due, Loop, Move, Standing, loop
from domain.text import Text

HANDED = ("review_opinion.handed_to",)
REPORT = Due("review_opinion.report", "result-reported", asked=True)
COMMENT_DRAFT = Move(
    "comment-draft", ("handed-over", "handling"), title=Text("对报告稿提出意见", "Comment on the draft report"),
    by=("sc_office",), asks=("text",), topics=("review_opinion.comments", *HANDED), document=Text("征求意见回复", "comments"),
)  # fmt: skip
WITH_ITEMS = ("approved", "handed-over", "handling", "reported", "on-agenda", "evaluated", "dissatisfied", "escalated")
AFTER_REPORT = ("reported", "on-agenda", "evaluated", "dissatisfied", "escalated")
ITEM_MOVES = (
    Move("list-items", ("drafted", *WITH_ITEMS)),
    Move("rectify-item", (*WITH_ITEMS, "closed")),
    Move("evaluate-item", (*WITH_ITEMS, "closed")),
    Move("revisit-item", (*WITH_ITEMS, "closed")),
)
"""The four lists go on beside everything else, the revisit also after the matter was closed."""
HANDLED = (
    Standing("handed-over", Text("已交办", "handed over"), UNIT),
    Standing("handling", Text("研究处理中", "being handled"), UNIT),
    Standing("reported", Text("已报告处理情况", "handling reported"), "council_of_chairpersons"),
    Standing("on-agenda", Text("提请常委会审议", "on the agenda"), "standing_committee"),
    Standing("evaluated", Text("已测评", "evaluated"), "council_of_chairpersons"),
    Standing("dissatisfied", Text("测评不满意", "evaluated as not satisfactory"), "council_of_chairpersons"),
    Standing("escalated", Text("提级处理", "escalated"), "standing_committee"),
    Standing("closed", Text("办结", "closed"), over=True),
)
AFTER_HAND_OVER = (
    Move(
        "sign-for", ("handed-over",), "handling", title=Text("签收", "Sign for it"), by=HANDLING, topics=HANDED,
        marks="received", dues=(REPORT,),
    ),
    Move(
        "submit-plan", ("handed-over", "handling"), title=Text("报送处理方案", "Submit the plan"), by=HANDLING, asks=("text",),
        topics=HANDED, document=Text("研究处理方案", "plan of the handling"),
    ),
    COMMENT_DRAFT,
    Move("report-result", ("handed-over", "handling"), "reported", marks="reported"),
    Move(
        "distribute", AFTER_REPORT, title=Text("印发常委会组成人员", "Distribute to the members"), by=("sc_office",),
        topics=("review_opinion.distributed", *HANDED),
    ),
    Move(
        "put-on-agenda", ("reported",), "on-agenda", title=Text("提请常委会审议", "Put on the agenda"),
        by=("council_of_chairpersons",), topics=("review_opinion.to_agenda", *HANDED),
    ),
    Move("fix-evaluation", (*WITH_ITEMS, "closed")),
    Move("evaluate-handling", ("reported", "on-agenda"), "evaluated", marks="held"),
    Move(
        "send-back", AFTER_REPORT, "handling", title=Text("退回重新处理", "Send it back"),
        by=("standing_committee", "council_of_chairpersons"), asks=("text", "due"),
        topics=("review_opinion.again", "review_opinion.to_agenda", *HANDED), marks="handed_over", dues=(REPORT,),
        next_round=True, document=Text("重新报告的要求", "what is asked for again"),
    ),
    Move(
        "escalate", ("dissatisfied",), "escalated", title=Text("提级处理", "Escalate"), by=SUPERVISING, asks=("text",),
        topics=("review_opinion.follow_up", *HANDED),
    ),
    Move(
        "dispose", ("escalated",), "closed", title=Text("评估处理后了结", "Dispose of it"), by=("standing_committee",),
        asks=("text",), topics=("review_opinion.follow_up", *HANDED),
    ),
    Move("close", ("reported", "on-agenda", "evaluated"), "closed", title=Text("办结", "Close"), by=SUPERVISING, topics=HANDED),
    Move(
        "publish", (*AFTER_REPORT, "closed"), title=Text("公布", "Publish"), by=SUPERVISING,
        topics=("review_opinion.published", *HANDED),
    ),
    Move(
        "revisit", ("closed",), title=Text("回访", "Revisit"), by=SUPERVISING, asks=("text",),
        topics=("review_opinion.follow_up", *HANDED),
    ),
    Move(
        "reopen", ("closed",), "handling", title=Text("重新启动", "Reopen"), by=SUPERVISING, asks=("text", "due"),
        topics=("review_opinion.follow_up", *HANDED), marks="handed_over", dues=(REPORT,), next_round=True,
    ),
)  # fmt: skip
"""From the hand-over on, opinions on a report and on an inspection go the same way."""

REVIEW_OPINION = loop(
    Loop(
        id="review-opinion",
        title=Text("审议意见", "review opinion"),
        topics=HANDED,
        procedures=("county-congress", "city-congress", "province-congress", "national-congress"),
        standings=(
            Standing("deliberated", Text("已审议", "deliberated"), "sc_office"),
            Standing("drafted", Text("已归纳整理", "collated"), "council_of_chairpersons"),
            Standing("approved", Text("主任会议已通过", "approved"), "sc_office"),
            *HANDLED,
        ),
        begins=Move("open-matter", (), "deliberated", topics=HANDED),
        moves=(
            Move(
                "collate", ("deliberated",), "drafted", title=Text("归纳整理审议意见", "Collate the opinions"), by=("sc_office",),
                asks=("text",), topics=("review_opinion.collated", *HANDED), document=Text("审议意见稿", "draft opinion"),
            ),
            Move(
                "approve", ("drafted",), "approved", title=Text("主任会议讨论通过", "Approve"), by=("council_of_chairpersons",),
                topics=("review_opinion.hand_over", *HANDED), marks="approved",
                dues=(Due("review_opinion.hand_over", "hand-over", waits_for="sc_office"),),
            ),
            Move(
                "hand-over", ("approved",), "handed-over", title=Text("交办", "Hand over"), by=("sc_office",),
                topics=("review_opinion.hand_over", *HANDED), marks="handed_over", dues=(REPORT,),
                document=Text("审议意见交办函", "letter that hands it over"),
            ),
            *AFTER_HAND_OVER,
            *ITEM_MOVES,
        ),
    )
)  # fmt: skip
