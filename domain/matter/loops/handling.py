"""What all loops have in common from the hand-over on (交办之后): signed for, handled, reported on, evaluated, sent back, ended.

Each loop names the topics of law of its own kind; where it has none, nothing is cited, and no term is invented.
"""

from typing import NamedTuple

from domain.matter.loop import UNIT, Due, Move, Standing
from domain.offices import DECIDERS, HANDLERS_HERE, SUPERVISORS
from domain.text import Text

IN_HAND = ("handed-over", "handling")
AFTER_REPORT = ("reported", "on-agenda", "evaluated", "dissatisfied", "escalated")
UNDER_WAY = (*IN_HAND, *AFTER_REPORT)


class Topics(NamedTuple):
    """The topics of law of one kind; "" where there is none."""

    report: str
    comments: str = ""
    distributed: str = ""
    to_agenda: str = ""
    again: str = ""
    follow_up: str = ""
    evaluation: str = ""
    published: str = ""
    items: str = ""
    hand_over: str = ""


def handled_by(supervisor: str) -> tuple[Standing, ...]:
    """Where a matter may stand from the hand-over on; `supervisor`: whose turn it is once the report is in."""
    return (
        Standing("handed-over", Text("已交办", "handed over"), UNIT),
        Standing("handling", Text("研究处理中", "being handled"), UNIT),
        Standing("reported", Text("已报告处理情况", "handling reported"), supervisor),
        Standing("on-agenda", Text("提请审议", "on the agenda"), supervisor),
        Standing("evaluated", Text("已测评", "evaluated"), supervisor),
        Standing("dissatisfied", Text("测评不满意", "evaluated as not satisfactory"), supervisor),
        Standing("escalated", Text("提级处理", "escalated"), supervisor),
        Standing("closed", Text("办结", "closed"), over=True),
    )


def hand_over(source: str, law: Topics) -> Move:
    """The hand-over itself; `due`, where it is given, is the day fixed for the report."""
    return Move(
        "hand-over", (source,), "handed-over", title=Text("交办", "Hand over"), by=SUPERVISORS, topics=_on(law.hand_over),
        marks="handed_over", dues=(_report(law),), document=Text("交办函", "letter that hands it over"),
    )  # fmt: skip


def after_hand_over(
    law: Topics, *, closes_from: tuple[str, ...] = ("reported", "on-agenda", "evaluated")
) -> tuple[Move, ...]:
    """The moves from the hand-over on. `closes_from`: where it may be closed without more being said."""
    report = _report(law)
    comment = Move(
        "comment-draft", IN_HAND, title=Text("对报告稿提出意见", "Comment on the draft report"), by=("sc_office",),
        asks=("text",), topics=_on(law.comments), document=Text("征求意见回复", "comments"),
    )  # fmt: skip
    return (
        Move(
            "sign-for", ("handed-over",), "handling", title=Text("签收", "Sign for it"), by=HANDLERS_HERE, marks="received",
            dues=(report,),
        ),
        Move(
            "submit-plan", IN_HAND, title=Text("报送处理方案", "Submit the plan"), by=HANDLERS_HERE, asks=("text",),
            document=Text("研究处理方案", "plan of the handling"),
        ),
        *((comment,) if law.comments else ()),
        Move("report-result", IN_HAND, "reported", topics=_on(law.report), marks="reported"),
        Move(
            "distribute", AFTER_REPORT, title=Text("印发组成人员", "Distribute to the members"), by=SUPERVISORS,
            topics=_on(law.distributed),
        ),
        Move(
            "put-on-agenda", ("reported",), "on-agenda", title=Text("提请审议", "Put on the agenda"), by=DECIDERS,
            topics=_on(law.to_agenda),
        ),
        Move("fix-evaluation", UNDER_WAY, topics=_on(law.evaluation)),
        Move("evaluate-handling", ("reported", "on-agenda"), "evaluated", topics=_on(law.evaluation), marks="held"),
        Move(
            "send-back", AFTER_REPORT, "handling", title=Text("退回重新处理", "Send it back"), by=DECIDERS,
            asks=("text", "due"), topics=_on(law.again), marks="handed_over", dues=(report,), next_round=True,
            document=Text("重新报告的要求", "what is asked for again"),
        ),
        Move(
            "escalate", ("dissatisfied",), "escalated", title=Text("提级处理", "Escalate"), by=SUPERVISORS, asks=("text",),
            topics=_on(law.follow_up),
        ),
        Move(
            "dispose", ("escalated",), "closed", title=Text("评估处理后了结", "Dispose of it"), by=DECIDERS, asks=("text",),
            topics=_on(law.follow_up),
        ),
        Move("close", closes_from, "closed", title=Text("办结", "Close"), by=SUPERVISORS),
        Move(
            "publish", (*AFTER_REPORT, "closed"), title=Text("公布", "Publish"), by=SUPERVISORS, topics=_on(law.published)
        ),
        Move(
            "revisit", ("closed",), title=Text("回访", "Revisit"), by=SUPERVISORS, asks=("text",), topics=_on(law.follow_up)
        ),
        Move(
            "reopen", ("closed",), "handling", title=Text("重新启动", "Reopen"), by=SUPERVISORS, asks=("text", "due"),
            topics=_on(law.follow_up), marks="handed_over", dues=(report,), next_round=True,
        ),
    )  # fmt: skip


def item_moves(law: Topics, *before: str) -> tuple[Move, ...]:
    """The four lists go on beside everything else, the revisit also after the matter was closed. `before`: listed before the hand-over."""
    topics = _on(law.items)
    return (
        Move("list-items", (*before, *UNDER_WAY), topics=topics),
        Move("rectify-item", (*UNDER_WAY, "closed"), topics=topics),
        Move("evaluate-item", (*UNDER_WAY, "closed"), topics=topics),
        Move("revisit-item", (*UNDER_WAY, "closed"), topics=topics),
    )


def _report(law: Topics) -> Due:
    return Due(law.report, "result-reported", asked=True)


def _on(topic: str) -> tuple[str, ...]:
    return (topic,) if topic else ()
