"""The record of deputies' work of one year (代表履职档案), kept open through it: entered, reviewed, corrected, published (follow_up.md §2.7)."""

from domain.matter.loop import Due, Loop, Move, Standing, loop
from domain.offices import SUPERVISORS
from domain.text import Text

DUTY_RECORD = loop(
    Loop(
        id="duty-record",
        title=Text("代表履职档案", "record of deputies' work"),
        topics=("duty.organised", "duty.record"),
        standings=(
            Standing("open", Text("登记中", "open"), "sc_office"),
            Standing("closed", Text("办结", "closed"), over=True),
        ),
        begins=Move(
            "open-matter", (), "open", topics=("duty.record",),
            dues=(Due("duty.published_every", "record-published", waits_for="sc_office", asked=True),),
        ),
        moves=(
            Move("claim-activity", ("open",)),
            Move("review-claim", ("open",)),
            Move("correct-line", ("open", "closed")),
            Move("publish-record", ("open",)),
            Move("adopt-scheme", ("open",)),
            Move("stop-points", ("open",)),
            Move("close", ("open",), "closed", title=Text("办结", "Close"), by=SUPERVISORS, topics=("duty.organised",)),
            Move(
                "reopen", ("closed",), "open", title=Text("重新启动", "Reopen"), by=SUPERVISORS, asks=("text",),
                topics=("duty.organised",), next_round=True,
            ),
        ),
    )
)  # fmt: skip
