"""Working days (工作日) by the dated table of holidays; a year not announced is provisional, and counted anew when it is."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Period
from domain.calendar import last_day
from domain.holidays import Holidays, HolidayYear
from domain.law import Consequence, LawBook
from domain.matter.objecting import ObjectToAssignment
from domain.matter.opening import OpenMatter
from domain.matter.recounting import Recounted, RecountTerms, TermsRecounted
from domain.matter.steps import StepTaken
from domain.matter.striking import EntryStruck, StrikeEntry
from domain.matter.terms import MissTerm, TermMissed
from domain.session.record import AdoptEdition
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from tests.domain.chamber import SESSION, FixedLaws, statutes
from tests.domain.county import county
from tests.domain.following import Following, begun, following
from tests.domain.own import own_rule
from tests.domain.test_loops import step

TABLE = Holidays(statutes().holidays)


def within(start: date, amount: int, table: Holidays = TABLE) -> date:
    return last_day(start, Period(amount=amount, unit="working_days"), table)


def test_a_saturday_worked_in_exchange_counts_and_spring_festival_does_not():
    assert TABLE.is_working(date(2026, 2, 14)), "the Saturday before Spring Festival is worked"
    assert not TABLE.is_working(date(2026, 2, 15)), "a Sunday that nobody announced"
    assert not any(TABLE.is_working(date(2026, 2, day)) for day in range(15, 24))
    assert TABLE.is_working(date(2026, 2, 24)) and TABLE.is_working(date(2026, 2, 28))


def test_five_working_days_over_spring_festival_end_with_the_saturday_worked_after_it():
    # from Friday 13 February: the 14th is worked, then nine days are off, then 24, 25, 26 and 27
    assert within(date(2026, 2, 13), 5) == date(2026, 2, 27)
    assert within(date(2026, 2, 13), 6) == date(2026, 2, 28), "a Saturday, worked in exchange"
    assert within(date(2026, 2, 13), 7) == date(2026, 3, 2)
    assert within(date(2026, 2, 13), 5, Holidays(())) == date(2026, 2, 20), "by weekends alone it would be a holiday"


@pytest.mark.parametrize(
    ("start", "last"), [(date(2026, 1, 3), date(2026, 1, 4)), (date(2026, 2, 28), date(2026, 3, 2))]
)
def test_the_day_on_which_it_begins_does_not_count_whether_it_is_worked_or_not(start: date, last: date):
    assert within(start, 1) == last


def test_a_term_is_provisional_from_the_first_day_it_counts_in_a_year_that_is_not_announced():
    assert not TABLE.provisional(date(2026, 12, 1), date(2026, 12, 31))
    assert TABLE.provisional(date(2026, 12, 1), date(2027, 1, 1))
    assert within(date(2026, 12, 31), 1) == date(2027, 1, 1), (
        "New Year's Day, a Friday, as long as nobody says otherwise"
    )


# Counted anew when it is announced -----------------------------------------------------------------------------------

ASKED = date(2026, 12, 21)
BEFORE = date(2027, 1, 11)  # fifteen days by weekends alone
AFTER = date(2027, 1, 13)  # 1 January off, a Saturday worked, two days off in January


def with_year(book: LawBook, edition: str, **days: Any) -> LawBook:
    year = HolidayYear(year=2027, source="为本测试假设的通知", verified="M", off=days["off"], worked=days["worked"])
    return book.model_copy(update={"edition": edition, "holidays": (*book.holidays, year)})


ANNOUNCED = with_year(
    statutes(), "a" * 64, worked=(date(2027, 1, 9),), off=(date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
)
AS_WEEKENDS = with_year(statutes(), "b" * 64, worked=(), off=())


def waiting(newer: LawBook) -> Following:
    """A resolution of a county whose own rules give fifteen working days for its report; it passed in December 2026."""
    rule = own_rule("resolution.report", Period(amount=15, unit="working_days"), Consequence.ALERT)
    house = county("closed", opens=date(2026, 1, 14), own_rules=(rule,))
    house = begun(house.on(ASKED), "resolution", subject="某决议", unit="区法院")
    house.laws = FixedLaws(statutes(), newer)
    return house


def test_a_term_over_the_years_end_is_provisional_until_the_next_year_is_announced_and_then_counted_anew_visibly():
    house = waiting(ANNOUNCED)
    assert house.due == {"report": BEFORE} and house.it.clocks["report"].provisional
    house.when(RecountTerms(edition=statutes().edition), by="clock").then_nothing()
    house.given(AdoptEdition(edition=ANNOUNCED.edition))
    changed = Recounted(clock="report", before=BEFORE, after=AFTER, rule="OWN-resolution.report", provisional=False)
    house.when(RecountTerms(edition=ANNOUNCED.edition), by="clock").then(TermsRecounted, changed=(changed,), to="")
    house.citing("CNT-days").and_again_nothing()
    assert house.due == {"report": AFTER} and house.it.stands == "adopted"


def test_a_day_that_stays_the_same_is_no_longer_provisional_and_that_is_on_record_too():
    house = waiting(AS_WEEKENDS).given(AdoptEdition(edition=AS_WEEKENDS.edition))
    house.when(RecountTerms(edition=AS_WEEKENDS.edition), by="clock").then(TermsRecounted)
    assert house.due == {"report": BEFORE} and not house.it.clocks["report"].provisional


def test_only_the_engine_counts_anew():
    house = waiting(ANNOUNCED).given(AdoptEdition(edition=ANNOUNCED.edition))
    house.when(RecountTerms(edition=ANNOUNCED.edition), by="sc_office").then_refused("NotTheirAct")


def test_what_is_met_or_was_missed_stays_as_it_was():
    met = waiting(ANNOUNCED).given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    missed = waiting(ANNOUNCED).on(date(2027, 1, 12), 0).when(MissTerm(clock="report"), by="clock").then(TermMissed)
    for house in (met, missed):
        house.given(AdoptEdition(edition=ANNOUNCED.edition))
        house.when(RecountTerms(edition=ANNOUNCED.edition), by="clock").then_nothing()


def test_the_missed_day_is_the_one_counted_anew():
    house = waiting(ANNOUNCED).given(AdoptEdition(edition=ANNOUNCED.edition))
    house.given(RecountTerms(edition=ANNOUNCED.edition), by="clock")
    house.on(AFTER, 0).when(MissTerm(clock="report"), by="clock").then_nothing()
    house.on(date(2027, 1, 14), 0, 0).when(MissTerm(clock="report"), by="clock").then(TermMissed, last_day=AFTER)


def test_a_term_counted_anew_does_not_come_back_when_the_entry_it_began_with_is_struck():
    fifteen = Period(amount=15, unit="working_days", start="objected")
    rule = own_rule("suggestion.objection_decided", fifteen, Consequence.ALERT)
    house = following(county("closed", opens=date(2026, 1, 14), own_rules=(rule,)))
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路"))
    assigned = AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),))
    house.on(ASKED).given(assigned, OpenMatter(session=SESSION, number="1"))
    house.given(ObjectToAssignment(why="不归我局"), by="handling_unit")
    assert house.due["objection-decided"] == BEFORE
    house.laws = FixedLaws(statutes(), ANNOUNCED)
    house.given(AdoptEdition(edition=ANNOUNCED.edition)).given(RecountTerms(edition=ANNOUNCED.edition), by="clock")
    assert house.due["objection-decided"] == AFTER
    house.when(StrikeEntry(version=3, why="x"), by="sc_office").then_refused("StandsForGood")
    house.when(StrikeEntry(version=2, why="填错"), by="sc_office").then(EntryStruck)
    (struck,) = house.events
    assert isinstance(struck, EntryStruck) and struck.ended[0] == "objection-decided", "and its reminder with it"
    assert "objection-decided" not in house.due


def test_a_term_that_an_entry_struck_gave_back_is_counted_anew_like_any_other():
    house = waiting(ANNOUNCED).given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    house.given(StrikeEntry(version=3, why="填错"), by="sc_office").given(AdoptEdition(edition=ANNOUNCED.edition))
    house.when(RecountTerms(edition=ANNOUNCED.edition), by="clock").then(TermsRecounted)
    assert house.due == {"report": AFTER}
    house.when(step("report", text="好"), by="court").then(StepTaken)
    assert house.due == {}
