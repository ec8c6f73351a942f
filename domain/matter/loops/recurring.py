"""Meetings that come again (半月谈、季度议、全年促): deputies and a department face to face, each opinion handed over again."""

from domain.matter.loop import Due, Loop, Move, Standing, loop
from domain.text import Text

RECURRING = loop(
    Loop(
        id="recurring",
        title=Text("例会(半月谈、季度议)", "recurring meetings"),
        standings=(
            Standing("running", Text("进行中", "running"), "sc_office"),
            Standing("ended", Text("已结束", "ended"), over=True),
        ),
        begins=Move("open-matter", (), "running", dues=(Due("", "meeting-held", waits_for="sc_office", asked=True),)),
        moves=(
            Move("hold-meeting", ("running",)),
            Move("hand-on", ("running", "ended")),
            Move("end-series", ("running",), "ended"),
        ),
    )
)
