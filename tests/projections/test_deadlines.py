"""Deadlines over all streams of a session, each by the name of the step that meets it."""

from datetime import timedelta

import pytest

from domain.procedure import PROCEDURES
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
