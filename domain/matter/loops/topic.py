"""From what people say to what is supervised (民情清单 → 监督清单): the year's call and its plan, and each topic of it (follow_up.md §2.10).

The Supervision Law sets no day for the call; in some places it goes out in the fourth quarter. The day is the body's own: `due` with
`begin-matter` for the plan, with `publish` for the next call, or an own rule on `topic.next_call`.
"""

from domain.matter.loop import Due, Loop, Move, Standing, loop
from domain.matter.loops.review_opinion import COMMITTEES
from domain.offices import SUPERVISORS
from domain.text import Text

BODIES = (*COMMITTEES, "township-congress")
NEXT = Due("topic.next_call", "call-next", waits_for="sc_office", asked=True)

TOPIC_CALL = loop(
    Loop(
        id="topic-call",
        title=Text("监督议题征集和年度计划", "call for topics and the year's plan"),
        topics=("topic.plan",),
        procedures=BODIES,
        standings=(
            Standing("called", Text("征集中", "open"), "sc_office"),
            Standing("drafted", Text("计划草案已提出", "plan drafted"), "council_of_chairpersons"),
            Standing("adopted", Text("计划已通过", "plan adopted"), "sc_office"),
            Standing("published", Text("计划已公布", "plan published"), "sc_office"),
            Standing("ended", Text("已结束", "ended"), over=True),
        ),
        begins=Move(
            "open-matter", (), "called", topics=("topic.call",),
            dues=(Due("topic.plan", "plan-adopted", waits_for="sc_office", asked=True),),
        ),
        moves=(
            Move("add-proposal", ("called", "drafted")),
            Move("group-proposals", ("called", "drafted")),
            Move("leave-proposals", ("called", "drafted")),
            Move(
                "draft-year-plan", ("called",), "drafted", title=Text("提出计划草案", "Draft the year's plan"),
                by=("sc_office", "presidium"), asks=("text",), topics=("topic.plan_drafted", "topic.plan"),
                document=Text("年度监督工作计划草案", "draft plan"),
            ),
            Move("adopt-plan", ("drafted",), "adopted", marks="adopted"),
            Move(
                "distribute", ("adopted", "published"), title=Text("印发组成人员", "Distribute to the members"), by=SUPERVISORS,
                topics=("topic.plan_drafted", "topic.plan"),
            ),
            Move(
                "publish", ("adopted",), "published", title=Text("公布", "Publish"), by=SUPERVISORS,
                topics=("topic.plan_published",), dues=(NEXT,), document=Text("年度监督工作计划", "the plan"),
            ),
            Move("adjust-plan", ("adopted", "published")),
            Move(
                "tell-adjustment", ("adopted", "published"), title=Text("告知计划调整", "Tell of the adjustment"),
                by=("sc_office", "presidium"), asks=("text",), topics=("topic.plan_adjusted",),
            ),
            Move(
                "call-next", ("published",), title=Text("启动下一年度征集", "Call for the next year's topics"),
                by=("sc_office", "presidium"), asks=("text",), topics=("topic.call",),
            ),
            Move("end-plan", ("published",), "ended"),
        ),
    )
)  # fmt: skip

TOPIC = loop(
    Loop(
        id="topic",
        title=Text("监督议题", "topic of supervision"),
        topics=("topic.plan",),
        procedures=BODIES,
        standings=(
            Standing("candidate", Text("候选议题", "candidate"), "council_of_chairpersons"),
            Standing("in-plan", Text("已列入计划", "in the plan"), "sc_office"),
            Standing("followed", Text("已转为监督事项", "became a matter"), "sc_office"),
            Standing("done", Text("已完成,待反馈", "done, to be told back"), "sc_office"),
            Standing("not-adopted", Text("未列入计划,待反馈", "left out, to be told back"), "sc_office"),
            Standing("closed", Text("办结", "closed"), over=True),
        ),
        begins=Move("open-matter", (), "candidate", topics=("topic.sources",)),
        moves=(
            Move(
                "hear-organ", ("candidate",), title=Text("听取有关机关意见", "Hear the organ concerned"),
                by=("sc_office", "presidium"), asks=("text",), topics=("topic.plan_drafted",),
            ),
            Move("enter-plan", ("candidate", "not-adopted"), "in-plan"),
            Move("leave-out", ("candidate", "in-plan"), "not-adopted"),
            Move(
                "survey", ("in-plan", "followed"), title=Text("专题调查研究", "Survey"), by=SUPERVISORS, asks=("text",),
                topics=("topic.survey",), document=Text("调研报告", "report on the survey"),
            ),
            Move(
                "pass-opinions", ("in-plan", "followed"), title=Text("转交各方面意见", "Pass on what is said of it"),
                by=("sc_office", "presidium"), asks=("text",), topics=("topic.opinions",),
                document=Text("意见汇总", "the opinions collected"),
            ),
            Move("become-matter", ("in-plan",), "followed"),
            Move("become-matter", ("followed",)),
            Move("finish-topic", ("followed",), "done"),
            Move(
                "tell-back", ("done", "not-adopted"), "closed", title=Text("反馈提出人", "Tell whoever proposed it"),
                by=(*SUPERVISORS, "group", "deputy"), asks=("text",), topics=("topic.told_back",),
            ),
        ),
    )
)  # fmt: skip
"""Nothing ends here before whoever proposed it was told, adopted or not."""
