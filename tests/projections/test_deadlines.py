"""Deadlines over all streams of a session, each by the name of the step that meets it."""

from datetime import timedelta

import pytest

from domain.procedure import PROCEDURES
from domain.session.closing import PublishBudget
from domain.session.record import MissDeadline
from tests.domain.chamber import SESSION, township
from yishi.projections.deadlines import Deadlines, deadline_title

TOWNSHIP = PROCEDURES["township-congress"]


@pytest.mark.parametrize(
    ("stream", "clock", "zh"),
    [
        (SESSION, "budget-published-budget", "公开预算"),
        (SESSION, "first-session", "举行全体会议(开幕)"),
        ("yuanhua/17-9/matter/s01", "reply", "答复建议 s01"),
        ("yuanhua/17-9/matter/s01", "reply-difficult", "答复建议 s01"),
    ],
)
def test_a_deadline_is_called_by_what_meets_it(stream: str, clock: str, zh: str) -> None:
    assert deadline_title(TOWNSHIP, stream, clock).zh == zh


def test_a_deadline_nobody_recorded_as_missed_is_overdue_from_the_end_of_its_last_day() -> None:
    town, deadlines = township("closed"), Deadlines()
    for event in town.session.history:
        deadlines.follow(SESSION, event)
    [budget] = deadlines.all()
    last = budget.clock.due - timedelta(seconds=1)
    assert (budget.state_on(last), budget.missed_by(last)) == ("running", False)
    assert (budget.state_on(budget.clock.due), budget.missed_by(budget.clock.due)) == ("overdue", True)


def test_what_was_done_in_time_and_entered_after_its_deadline_is_no_fault_and_what_was_done_a_day_late_is() -> None:
    for late, state in ((timedelta(seconds=-1), "met, entered late"), (timedelta(0), "missed, then met")):
        town, deadlines = township("closed"), Deadlines()
        [clock] = town.session.open_clocks
        town.when(MissDeadline(clock=clock.id), at=clock.due, by="clock")
        town.when(PublishBudget(), at=clock.due + late, recorded=clock.due + timedelta(days=3))
        assert town.refusal is None
        for event in town.session.history:
            deadlines.follow(SESSION, event)
        [budget] = deadlines.all()
        assert budget.state_on(clock.due + timedelta(days=9)) == state
        assert budget.missed_by(clock.due + timedelta(days=9)) == (state == "missed, then met")
