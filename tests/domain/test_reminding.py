"""Whoever a term waits for is reminded before it ends, and who supervises is told after it passed: once each, by the engine."""

from datetime import date, timedelta

import pytest

from domain.calendar import end_of
from domain.event import Clock
from domain.matter.reminding import EscalateLate, MatterEscalatedLate, MatterReminded, Remind
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.striking import StrikeEntry
from domain.matter.terms import MissTerm, TermMissed
from domain.progress import Progress
from domain.submission import Command, Receipt
from tests.domain.county import county
from tests.domain.following import Following, begun, stream_of
from yishi.ledger.transaction import recorded_event
from yishi.projections.deadlines import Deadlines

DUE = date(2026, 6, 30)
DAY = date(2026, 6, 23)  # a week before
LATE = date(2026, 7, 7)  # a week after


def resolution(due: date = DUE) -> Following:
    return begun(county("closed", opens=date(2026, 1, 14)), "resolution", subject="决议", unit="区法院", due=due)


def step(name: str, **fields: object) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def reminder(house: Following) -> Remind:
    return Remind(clock=notice(house, "remind").id)


def notice(house: Following, then: str) -> Clock:
    [found] = (n for n in house.it.notices.values() if n.then == then)
    assert isinstance(found, Clock)
    return found


@pytest.mark.rule("C-reminders")
def test_a_week_before_its_last_day_whoever_a_term_waits_for_is_reminded_once_and_not_a_day_earlier() -> None:
    house = resolution()
    due = notice(house, "remind").due
    assert due == end_of(DAY - timedelta(days=1)), "at the beginning of that day"
    house.when(reminder(house), at=due - timedelta(seconds=1), by="clock").then_nothing()
    house.when(reminder(house), at=due, by="clock")
    house.then(MatterReminded, term="report", last_day=DUE, waits_for="区法院").and_again_nothing()


@pytest.mark.rule("C-escalation", "C-escalation-to-chairpersons")
def test_what_is_a_week_late_goes_to_who_supervises_and_what_was_done_meanwhile_does_not() -> None:
    house = resolution()
    house.when(MissTerm(clock="report"), at=end_of(DUE), by="clock").then(TermMissed)
    after = notice(house, "escalate-late")
    assert after.last_day == LATE
    late = EscalateLate(clock=after.id)
    house.when(late, at=after.due - timedelta(seconds=1), by="clock").then_nothing()
    house.when(late, at=after.due, by="clock")
    house.then(
        MatterEscalatedLate, waits_for="council_of_chairpersons", owed_by="区法院", last_day=DUE
    ).and_again_nothing()
    other = (
        resolution().when(MissTerm(clock="report"), at=end_of(DUE), by="clock").given(step("publish"), by="sc_office")
    )
    other.given(step("report", text="迟了"), by="court")
    other.when(late, at=after.due, by="clock").then_nothing()


def test_a_term_met_or_ended_is_not_reminded_of() -> None:
    house = resolution()
    remind = reminder(house)
    house.given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    house.when(remind, at=end_of(DAY), by="clock").then_nothing()
    house.when(step("close"), by="sc_office").then(StepTaken, over=True)


def test_a_matter_that_is_over_reminds_of_nothing() -> None:
    house = resolution().given(step("publish"), by="sc_office")
    house.given(step("order-correction", text="纠正", due="2026-06-01"), by="standing_committee")
    house.when(step("revoke", text="撤销"), by="standing_committee").then(
        StepTaken, over=True, ended=("report", "correct")
    )
    assert not house.it.notices and not house.due


def test_a_term_shorter_than_a_week_is_not_reminded_of_before_it_began() -> None:
    house = resolution()
    began = house.it.clocks["report"].started.date()
    short = resolution(due=began + timedelta(days=7)).it.notices.values()
    assert [n.then for n in short] == ["escalate-late"], "it began on the morning of that very day"
    assert reminder(resolution(due=began + timedelta(days=8)))


def test_reminders_are_no_deadlines_and_no_entry_of_anybodys_that_could_be_struck() -> None:
    house, deadlines = resolution(), Deadlines()
    house.when(reminder(house), at=end_of(DAY), by="clock")
    for event in house.it.history:
        deadlines.follow(stream_of("r1"), event)
    assert [d.clock.id for d in deadlines.all()] == ["report"] and house.due == {"report": DUE}
    house.when(StrikeEntry(version=2, why="错"), by="sc_office").then_refused("StandsForGood")


def test_the_workflow_waits_for_the_reminder_first_and_for_nothing_once_the_matter_is_over() -> None:
    house = resolution()
    progress = _followed(house)
    assert progress.next_clock is not None and progress.next_clock.then == "remind"
    for act, by in ((step("publish"), "sc_office"), (step("report", text="好"), "court"), (step("close"), "sc_office")):
        house.given(act, by=by)
    assert _followed(house).over


def test_struck_the_report_leaves_its_term_and_its_reminder_as_they_were() -> None:
    house = resolution().given(step("publish"), by="sc_office")
    before = dict(house.it.notices)
    house.given(step("report", text="错填"), by="court").given(StrikeEntry(version=3, why="错"), by="sc_office")
    assert house.it.notices == before and _followed(house).next_clock == notice(house, "remind")


def _followed(house: Following) -> Progress:
    stream = stream_of("r1")
    events = (recorded_event(n, stream, n, e, b"") for n, e in enumerate(house.it.history, 1))
    return Progress(stream=stream).after(Receipt(command_id="-", act="-", events=tuple(events), size=0, head=""))


def test_the_next_round_is_reminded_of_on_its_own_day() -> None:
    house = resolution().given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    house.given(step("report-again", text="不清楚", due="2026-09-30"), by="standing_committee")
    running = [n for n in house.it.notices.values() if n.met_by not in house.it.facts]
    assert [(n.then, n.subject) for n in running] == [("remind", "report-2"), ("escalate-late", "report-2")]
