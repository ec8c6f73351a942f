"""Review opinions (审议意见) of a standing committee: collated, approved, handed over, handled, reported on, evaluated, for as many rounds
as it takes (监督法 2024 art. 17, 29; follow_up.md §2.2)."""

from domain.matter.loop import Due, Loop, Move, Standing, loop
from domain.matter.loops.handling import Topics, after_hand_over, hand_over, handled_by, item_moves
from domain.text import Text

COMMITTEES = ("county-congress", "city-congress", "province-congress", "national-congress")
"""Procedures of congresses that have a standing committee."""
LAW = Topics(
    report="review_opinion.report",
    comments="review_opinion.comments",
    distributed="review_opinion.distributed",
    to_agenda="review_opinion.to_agenda",
    again="review_opinion.again",
    follow_up="review_opinion.follow_up",
    evaluation="review_opinion.evaluation",
    published="review_opinion.published",
    items="review_opinion.items",
    hand_over="review_opinion.hand_over",
)

REVIEW_OPINION = loop(
    Loop(
        id="review-opinion",
        title=Text("审议意见", "review opinion"),
        topics=("review_opinion.handed_to",),
        procedures=COMMITTEES,
        standings=(
            Standing("deliberated", Text("已审议", "deliberated"), "sc_office"),
            Standing("drafted", Text("已归纳整理", "collated"), "council_of_chairpersons"),
            Standing("approved", Text("主任会议已通过", "approved"), "sc_office"),
            *handled_by("council_of_chairpersons"),
        ),
        begins=Move("open-matter", (), "deliberated", topics=("review_opinion.handed_to",)),
        moves=(
            Move(
                "collate", ("deliberated",), "drafted", title=Text("归纳整理审议意见", "Collate the opinions"), by=("sc_office",),
                asks=("text",), topics=("review_opinion.collated",), document=Text("审议意见稿", "draft opinion"),
            ),
            Move(
                "approve", ("drafted",), "approved", title=Text("主任会议讨论通过", "Approve"), by=("council_of_chairpersons",),
                topics=("review_opinion.hand_over",), marks="approved",
                dues=(Due("review_opinion.hand_over", "hand-over", waits_for="sc_office"),),
            ),
            hand_over("approved", LAW),
            *after_hand_over(LAW),
            *item_moves(LAW, "drafted", "approved"),
        ),
    )
)  # fmt: skip
