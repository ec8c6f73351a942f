"""A session's own deadlines are reminded of, and escalated when they passed: once each, by the same days as matters' terms."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import end_of
from domain.event import Clock
from domain.law import Provision
from domain.matter.reminding import EscalateLate
from domain.session.budget_draft import BudgetDraftSubmitted, SubmitBudgetDraft
from domain.session.correction import Correct, Corrected
from domain.session.dates import DateDecided, DecideDate, PublishDate
from domain.session.moving import MoveDate
from domain.session.record import DeadlineMissed, MissDeadline
from domain.session.reminding import DeadlineEscalated, DeadlineReminded, EscalateDeadline, RemindOfDeadline
from tests.domain.chamber import SESSION, Chamber, statutes
from tests.domain.county import WEDNESDAY, county
from tests.domain.following import begun, progress_of
from yishi.planning.own_rules import OwnRule
from yishi.projections.deadlines import Deadlines

LAST = WEDNESDAY - timedelta(days=30)
WEEK = timedelta(days=7)


def decided(**about: Any) -> Chamber:
    """A county whose session is set, sixty days before it opens; the draft budget is due thirty days before."""
    house = county("registered", registered=WEDNESDAY - timedelta(days=70), **about).on(WEDNESDAY - timedelta(days=60))
    return house.given(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY))


def notice(house: Chamber, then: str) -> Clock:
    return next(n for n in house.session.notices.values() if n.then == then)


def own(topic: str, **value: object) -> Provision:
    rule = {"id": "own-1", "topic": topic, "title": "督办办法", "article": "8", "from": "2016-01-01", **value}
    return OwnRule.model_validate(rule).provision("county", statutes())


def test_a_week_before_a_session_deadline_whose_turn_it_is_is_reminded_once() -> None:
    house = decided()
    reminder = notice(house, "remind-of-deadline")
    assert (
        reminder.due == end_of(LAST - WEEK - timedelta(days=1))
        and reminder.subject == f"budget-draft-submitted-{WEDNESDAY}"
    )
    remind = RemindOfDeadline(clock=reminder.id)
    house.when(remind, at=reminder.due - timedelta(seconds=1), by="clock").then_nothing()
    house.when(remind, at=reminder.due, by="clock")
    house.then(DeadlineReminded, last_day=LAST, waits_for="government", owed_by="government").and_again_nothing()


def test_a_week_after_it_passed_it_goes_to_who_supervises_unless_it_was_done_meanwhile() -> None:
    house = decided()
    clock = f"budget-draft-submitted-{WEDNESDAY}"
    house.when(MissDeadline(clock=clock), at=end_of(LAST), by="clock").then(DeadlineMissed)
    late = notice(house, "escalate-deadline")
    assert late.last_day == LAST + WEEK
    house.when(EscalateDeadline(clock=late.id), at=late.due, by="clock")
    house.then(DeadlineEscalated, waits_for="council_of_chairpersons", owed_by="government").and_again_nothing()
    done = decided().on(LAST).given(SubmitBudgetDraft())
    done.when(EscalateDeadline(clock=late.id), at=late.due, by="clock").then_nothing()
    done.when(RemindOfDeadline(clock=notice(done, "remind-of-deadline").id), at=end_of(LAST), by="clock").then_nothing()


def test_moved_the_deadline_is_reminded_of_on_its_new_day_and_no_longer_on_the_old_one() -> None:
    house = decided().given(PublishDate())
    before = notice(house, "remind-of-deadline")
    later = WEDNESDAY + timedelta(days=20)
    house.given(MoveDate(opens=later, closes=later, why="防汛"))
    assert [n.due for n in house.session.notices.values() if n.then == before.then] == [before.due + timedelta(days=20)]
    house.when(RemindOfDeadline(clock=before.id), at=before.due, by="clock").then_nothing()
    progress = progress_of(SESSION, house.record.streams[SESSION])
    assert before.id not in progress.clocks and notice(house, "remind-of-deadline").id in progress.clocks


def test_corrected_the_deadline_takes_its_reminder_along_and_a_second_correction_loses_none() -> None:
    house = decided()
    for days in (10, 4):
        version, opens = house.version_of(DateDecided), str(WEDNESDAY + timedelta(days=days))
        changes = {"opens": opens, "closes": opens}
        house.when(Correct(version=version, changes=changes, why="笔误"), by="sc_office").then(Corrected)
    running = {c.id for c in progress_of(SESSION, house.record.streams[SESSION]).running}
    assert {n.id for n in house.session.notices.values()} == {i for i in running if i.startswith(("remind", "late"))}


def test_reminders_of_a_session_are_no_deadlines_and_say_what_they_are_of() -> None:
    house, deadlines = decided(), Deadlines()
    house.when(RemindOfDeadline(clock=(first := notice(house, "remind-of-deadline")).id), at=first.due, by="clock")
    for event in house.record.streams[SESSION]:
        deadlines.follow(SESSION, event)
    assert [d.clock.id for d in deadlines.all()] == [f"budget-draft-submitted-{WEDNESDAY}"]
    event = house.record.streams[SESSION][-1]
    assert isinstance(event, DeadlineReminded) and event.term == f"budget-draft-submitted-{WEDNESDAY}"


def test_the_entry_of_an_act_that_begins_no_deadline_is_stored_as_it_always_was() -> None:
    house = decided().on(LAST).given(SubmitBudgetDraft())
    stored = house.record.streams[SESSION][house.version_of(BudgetDraftSubmitted) - 1].model_dump(mode="json")
    assert "notices" not in stored and "unnoticed" not in stored


@pytest.mark.rule("C-reminders", "C-escalation")
@pytest.mark.parametrize("said", [False, "off", "no"])
def test_a_body_that_switched_reminders_off_is_reminded_of_nothing_and_what_is_late_still_goes_up(said: object) -> None:
    quiet = own("practice.reminders", switch=said)
    assert {n.then for n in decided(own_rules=(quiet,)).session.notices.values()} == {"escalate-deadline"}
    house = begun(county("closed", own_rules=(quiet,)), "resolution", unit="区法院", due=date(2026, 6, 30))
    assert {n.then for n in house.it.notices.values()} == {"escalate-late"}
    late = next(iter(house.it.notices.values()))
    house.when(EscalateLate(clock=late.id), at=late.due, by="clock")
    assert house.events


def test_a_body_that_switched_both_off_has_its_deadlines_all_the_same() -> None:
    quiet = own("practice.reminders", switch=False)
    up = own("practice.escalation", switch=False).model_copy(update={"id": "own-2"})
    house = decided(own_rules=(quiet, up))
    assert not house.session.notices and f"budget-draft-submitted-{WEDNESDAY}" in house.session.clocks


def test_a_body_may_name_its_own_days_and_switched_on_those_of_custom_hold() -> None:
    three = decided(own_rules=(own("practice.reminders", days=3),))
    assert notice(three, "remind-of-deadline").due == end_of(LAST - timedelta(days=4))
    on = decided(own_rules=(own("practice.reminders", switch=True),))
    assert notice(on, "remind-of-deadline").due == notice(decided(), "remind-of-deadline").due
