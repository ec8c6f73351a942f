"""The light loop of a request (点单—定单—接单—验单): somebody asks, deputies choose, an office takes it on, the congress's side checks the work
(follow_up.md §2.1, item 50). Local practice: no text asks for it, and it sets no term but the day that was agreed upon."""

from domain.matter.loop import UNIT, Due, Loop, Move, Standing, loop
from domain.offices import HANDLERS_HERE, SUPERVISORS
from domain.submission import Office
from domain.text import Text

LAW = ("request.loop",)
CHECKING: tuple[Office, ...] = ("street_committee", "presidium", "sc_office")
DONE = Due("", "report", asked=True)

REQUEST = loop(
    Loop(
        id="request",
        title=Text("群众点单", "request"),
        topics=LAW,
        standings=(
            Standing("ordered", Text("已点单", "asked for"), "group"),
            Standing("chosen", Text("已定单", "chosen"), UNIT),
            Standing("accepted", Text("已接单", "taken on"), UNIT),
            Standing("reported", Text("待验单", "to be checked"), "street_committee"),
            Standing("verified", Text("验单通过", "checked and found done"), over=True),
            Standing("not-chosen", Text("未予定单", "not chosen"), over=True),
        ),
        begins=Move("open-matter", (), "ordered", topics=LAW),
        moves=(
            Move(
                "choose-order", ("ordered",), "chosen", title=Text("代表定单", "Choose the request"),
                by=(*CHECKING, "group", "deputy", "council"), asks=("persons",), topics=LAW,
            ),
            Move(
                "leave-order", ("ordered",), "not-chosen", title=Text("不予定单", "Leave the request"),
                by=(*CHECKING, "group", "council"), asks=("text",), topics=LAW, document=Text("告知书", "letter that says why"),
            ),
            Move(
                "accept-order", ("chosen",), "accepted", title=Text("接单", "Take the request on"), by=HANDLERS_HERE, asks=("due",),
                topics=LAW, dues=(DONE,),
            ),
            Move(
                "decline-order", ("chosen",), "ordered", title=Text("退单", "Decline the request"), by=HANDLERS_HERE, asks=("text",),
                topics=LAW,
            ),
            Move(
                "report", ("accepted",), "reported", title=Text("报告办理情况", "Report in writing"), by=HANDLERS_HERE, asks=("text",),
                topics=LAW, marks="reported", document=Text("办理情况", "what was done"),
            ),
            Move(
                "verify-order", ("reported",), "verified", title=Text("验单通过", "Find it done"), by=CHECKING, asks=("text",),
                topics=LAW, document=Text("验单记录", "record of the check"),
            ),
            Move(
                "reject-order", ("reported",), "accepted", title=Text("验单不通过,退回办理", "Find it not done"), by=CHECKING,
                asks=("text", "due"), topics=LAW, dues=(DONE,), next_round=True,
            ),
            Move(
                "tell-back", ("verified", "not-chosen"), title=Text("反馈提出人", "Tell whoever proposed it"),
                by=(*SUPERVISORS, "group", "deputy"), asks=("text",), topics=LAW,
            ),
            Move(
                "reopen", ("verified",), "accepted", title=Text("重新启动", "Reopen"), by=SUPERVISORS, asks=("text", "due"),
                topics=LAW, dues=(DONE,), next_round=True,
            ),
        ),
    )
)  # fmt: skip
