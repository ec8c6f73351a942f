"""A deputy's report to the voters (代表述职评议), one matter each (代表法 2025 art. 58(2); follow_up.md §2.8).

The vote on it is on a secret form and comes here as counts, by the body's own method. What follows a bad one is local: nobody has to ask the
deputy to put things right where no rule of the place says so.
"""

from domain.matter.loop import Due, Loop, Move, Standing, loop
from domain.offices import SUPERVISORS
from domain.text import Text

VOTED = ("duty.evaluation", "duty.report")

DUTY_REPORT = loop(
    Loop(
        id="duty-report",
        title=Text("代表述职评议", "duty report of a deputy"),
        topics=("duty.report", "duty.organised"),
        standings=(
            Standing("scheduled", Text("已安排", "scheduled"), "deputy"),
            Standing("written", Text("已写出述职报告", "report written"), "sc_office"),
            Standing("invited", Text("已邀请选民", "voters invited"), "sc_office"),
            Standing("held", Text("已述职", "reported"), "sc_office"),
            Standing("evaluated", Text("已测评", "evaluated"), "sc_office"),
            Standing("dissatisfied", Text("测评不满意", "evaluated as not satisfactory"), "sc_office"),
            Standing("fed-back", Text("已向代表反馈", "the deputy was told"), "sc_office"),
            Standing("rectifying", Text("改进中", "being put right"), "deputy"),
            Standing("filed", Text("已存档", "filed"), over=True),
            Standing("not-held", Text("不再述职", "not held after all"), over=True),
        ),
        begins=Move(
            "open-matter", (), "scheduled", topics=("duty.report",),
            dues=(Due("duty.report", "report-to-voters", waits_for="deputy", asked=True),),
        ),
        moves=(
            Move(
                "write-duty-report", ("scheduled", "written", "invited"), "written", title=Text("写出述职报告", "Write the report"),
                by=("deputy", *SUPERVISORS), asks=("text",), topics=("duty.report",), document=Text("述职报告", "the report"),
            ),
            Move("invite-voters", ("written",), "invited"),
            Move(
                "report-to-voters", ("invited",), "held", title=Text("向选民述职并答询", "Report to the voters and answer them"),
                by=SUPERVISORS, asks=("text",), topics=("duty.report", "duty.organised"), marks="held",
                document=Text("述职会议记录和选民意见", "record of the meeting with what the voters said"),
            ),
            Move("fix-evaluation", ("scheduled", "written", "invited", "held"), topics=VOTED),
            Move("evaluate-handling", ("held",), "evaluated", topics=VOTED),
            Move(
                "declare-result", ("evaluated", "dissatisfied"), title=Text("当场公布测评结果", "Declare the result on the spot"),
                by=SUPERVISORS, topics=VOTED,
            ),
            Move(
                "feed-back", ("held", "evaluated", "dissatisfied"), "fed-back", title=Text("书面反馈代表", "Tell the deputy in writing"),
                by=SUPERVISORS, asks=("text",), topics=("duty.organised", "duty.report"),
                document=Text("评议意见反馈函", "letter with what was said"),
            ),
            Move(
                "ask-to-rectify", ("fed-back",), "rectifying", title=Text("要求限期改进", "Ask to put it right by a day"),
                by=SUPERVISORS, asks=("text", "due"), topics=("duty.rectify",),
                dues=(Due("duty.rectify", "rectify", waits_for="deputy", asked=True),),
            ),
            Move(
                "rectify", ("rectifying",), "fed-back", title=Text("整改", "Put it right"), by=("deputy",), asks=("text",),
                topics=("duty.rectify",), document=Text("改进情况报告", "report on what was put right"),
            ),
            Move("file-duty-report", ("fed-back",), "filed"),
            Move(
                "publish", ("filed",), title=Text("公布", "Publish"), by=SUPERVISORS,
                topics=("duty.published", "duty.organised", "duty.report"),
            ),
            Move(
                "call-report-off", ("scheduled", "written", "invited"), "not-held", title=Text("不再述职", "Call the report off"),
                by=SUPERVISORS, asks=("text",), topics=("duty.report",),
            ),
        ),
    )
)  # fmt: skip
