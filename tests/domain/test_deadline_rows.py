"""The checklist of deadlines: edge case 24 of the rulebook, the local days of suggestions (follow_up.md §2.1), every row of §2.12.

A row names its rules and tests; one without a test fails here. What nothing asks for stands in `LEFT` and `OUTSIDE`.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from read_code import Place, rules_tested, sources

from domain.arithmetic import DayOfYear, Period
from domain.law import Layer
from tests.domain.chamber import statutes

ROOT = Path(__file__).resolve().parents[2]


class Row(NamedTuple):
    says: str
    rules: str  # ids; "" where no rule of law, but the calendar decides
    tests: str  # names, without `test_`


ROWS = (
    # Edge case 24: closing 2026-01-20, assigned 2026-02-05; where the calendar and the law turn
    Row("24 nation 2026-05-05, Chongqing's township 2026-04-05", "DL25-51-2 CQT16-16-reply",
        "assigned_on_5_february_2026_it_is_answered_by_5_may_and_in_chongqing_by_5_april"),
    Row("24 difficult: 2026-08-05", "DL25-51-2-difficult CQT16-16-reply-difficult",
        "a_difficult_one_has_until_5_august_and_in_chongqing_until_5_june"),
    Row("24 Shandong's township, from the closing", "SDT15-15-reply SDT15-15-reply-difficult",
        "shandongs_township_answers_within_two_months_of_the_closing_and_not_of_the_assignment"),
    Row("start on 31 January, 29 February, 30 November", "", "months_end_on_the_corresponding_day_or_the_months_last"),
    Row("a make-up workday", "", "a_weekend_day_worked_in_exchange_counts_and_a_holiday_does_not "
        "five_working_days_over_spring_festival_end_with_the_saturday_worked_after_it"),
    Row("the day before the law changes", "DL15-42-1 DL25-51-2",
        "the_term_is_that_of_the_law_in_force_on_the_day_of_the_assignment"),
    Row("holidays not published yet", "", "days_of_a_year_whose_holidays_are_not_announced_are_provisional_and_months_are_not "
        "a_term_over_the_years_end_is_provisional_until_the_next_year_is_announced_and_then_counted_anew_visibly"),
    Row("the last day, and the instant after it", "", "the_last_day_is_still_in_time_and_the_next_instant_is_not"),
    # §2.1: local days of suggestions
    Row("assigned within, in recess", "CQSG17-13-assign CQSG17-13-assign-ref SHSG25-12-assign SHSG25-12-assign-ref "
        "SDSG17-10-assign QDSG21-14-assign ZJSG23-19-assign",
        "a_suggestion_made_in_recess_is_assigned_within_the_days_that_the_place_sets"),
    Row("objection", "CQSG17-16-objection CQSG17-16-objection-ref SHSG25-15-objection SHSG25-15-objection-ref HNSG17-14-objection "
        "SDSG17-12-objection QDSG21-19-objection ZJSG23-21-objection",
        "a_unit_says_within_its_days_that_it_is_not_competent_and_later_the_record_says_so"),
    Row("assigned anew", "CQSG17-16-reassign CQSG17-16-reassign-ref HNSG17-14-reassign",
        "what_is_returned_is_assigned_anew_within_ten_working_days"),
    Row("contact", "CQSG17-18-contact-ref",
        "chongqings_unit_is_in_touch_within_twenty_working_days_and_the_next_unit_within_its_own"),
    Row("contact, feedback in the municipality", "CQSG17-18-contact CQSG17-27-feedback",
        "in_the_municipality_itself_the_same_days_rest_on_their_own_articles"),
    Row("co-handler", "CQSG17-20-co CQSG17-20-co-ref SHSG25-18-co SHSG25-18-co-ref HNSG17-18-co SDSG17-21-co QDSG21-24-co ZJSG23-26-co",
        "a_co_handler_gives_its_opinion_within_its_time_and_only_a_co_handler_has_one"),
    Row("co-handler anew", "CQSG17-20-co-again CQSG17-20-co-again-ref",
        "chongqings_empty_opinion_is_given_anew_within_five_working_days"),
    Row("reply: three months and six", "CQSG17-21-reply CQSG17-21-reply-ref CQSG17-21-reply-difficult CQSG17-21-reply-difficult-ref "
        "SHSG25-20-reply SHSG25-20-reply-ref SHSG25-20-reply-difficult SHSG25-20-reply-difficult-ref BJSG14-21-reply "
        "BJSG14-21-reply-ref BJSG14-21-reply-difficult BJSG14-21-reply-difficult-ref HNSG17-20-reply HNSG17-20-reply-difficult "
        "SDSG17-19-reply SDSG17-19-reply-difficult QDSG21-25-reply QDSG21-25-reply-difficult ZJSG23-26-reply "
        "ZJSG23-26-reply-difficult", "three_months_and_six_are_the_nations_and_the_places_own"),
    Row("feedback", "CQSG17-27-feedback-ref BJSG14-23-feedback BJSG14-23-feedback-ref HNSG17-22-feedback ZJSG23-31-feedback",
        "the_deputy_rates_the_reply_within_the_days_of_the_place"),
    Row("handled again", "CQSG17-27-rehandle CQSG17-27-rehandle-ref SHSG25-22-rehandle SHSG25-22-rehandle-ref BJSG14-27-rehandle "
        "BJSG14-27-rehandle-ref HNSG17-22-rehandle SDSG17-24-rehandle ZJSG23-32-rehandle",
        "what_is_handled_again_is_answered_within_the_months_of_the_place"),
    Row("Henan's units: 31 August", "HNSG17-28-units-report",
        "henans_units_report_to_the_working_body_by_31_august_that_day_included "
        "on_1_september_it_is_missed_and_a_report_that_comes_then_says_so"),
    Row("Chongqing: November; Qingdao: the fourth quarter", "CQSG17-34-report CQSG17-34-report-ref QDSG21-37-report",
        "the_whole_is_reported_by_the_last_day_of_november_or_of_the_fourth_quarter"),
    Row("a fixed day over the year's edge", "CNT-day-of-year",
        "what_is_assigned_after_the_day_is_reported_on_by_that_of_the_next_year"),
    # §2.12
    Row("2.12 congress quorum; pass", "OL22-14-4-quorum OL22-25", ""),
    Row("2.12 town congress notice; papers", "ZJT23-20-notice ZJT23-20-notice-papers CQT16-11-notice", ""),
    Row("2.12 town congress length", "ZJT23-16-length", ""),
    Row("2.12 motions", "OL22-22-2-dep OL22-22-2-dep-county", ""),
    Row("2.12 extraordinary session", "OL22-14-3-extra ZJT23-16-extra", ""),
)  # fmt: skip

LEFT = {
    "2.12 a presidium's and a street committee's meetings every three months": "ZJT23-24-pres CQT16-34-meeting ZJ-ST19-14",
    "2.12 two sessions of a town congress a year": "OL22-14-1-township2 ZJT23-16-sessions",
}
"""Rows that are on file and that nothing asks for: cadences over many sessions."""

OUTSIDE = {
    "2.12 special report 20, 10 and 7 days before; the committee answers in 5": "SL24/15 ZJ-SUP25/14",
    "2.12 notice and papers of a standing committee's meeting": "ZJ-SCR20/7 CQ-SCR23/10",
    "2.12 a standing committee's cadence and quorum": "OL22/51(1) OL22/51(2)",
    "2.12 major matters 30 and 20 days before": "ZJ-MM23/10",
    "2.12 what came of deputies' surveys within three months": "ZJ-DL16/24 ZJ-DL16/24(2)",
}
"""Rows of business that the program does not follow, by text and article, none of them on file."""


@cache
def marked() -> dict[str, set[Place]]:
    return rules_tested(ROOT)


@cache
def names() -> frozenset[str]:
    """Every test there is, as it is called."""
    return frozenset(
        line.split("(")[0].removeprefix("def test_")
        for file, _ in sources(ROOT, "tests")
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
        if line.startswith("def test_")
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.says)
def test_every_row_has_its_rules_on_file_and_a_test_that_is_marked_with_each(row: Row) -> None:
    rules, tests = row.rules.split(), row.tests.split()
    assert rules or tests, "a row without a test"
    assert set(tests) <= names(), f"no such test: {set(tests) - names()}"
    on_file = {p.id for p in statutes().provisions}
    for rule in rules:
        assert rule in on_file, f"not on file: {rule}"
        found = {place.name.removeprefix("test_") for place in marked().get(rule, ())}
        assert found & set(tests) if tests else found, f"no test of this row is marked with {rule}"


def test_every_local_term_of_a_suggestion_stands_in_a_row() -> None:
    listed = {rule for row in ROWS for rule in row.rules.split()}
    terms = {
        p.id
        for p in statutes().provisions
        if p.topic.startswith("suggestion.")
        and p.layer is not Layer.STATUTE
        and isinstance(p.value, Period | DayOfYear)
    }
    assert terms and terms <= listed, f"in no row: {sorted(terms - listed)}"


@pytest.mark.parametrize("row", LEFT)
def test_a_row_that_was_left_is_on_file_and_moves_up_once_it_is_tested(row: str) -> None:
    on_file = {p.id for p in statutes().provisions}
    assert set(LEFT[row].split()) <= on_file - set(marked())


@pytest.mark.parametrize("row", OUTSIDE)
def test_a_row_outside_of_the_program_moves_up_once_its_article_is_on_file(row: str) -> None:
    on_file = {f"{p.text}/{p.article}" for p in statutes().provisions}
    on_file |= {f"{p.text}/{p.article}({p.paragraph})" for p in statutes().provisions if p.paragraph}
    assert not set(OUTSIDE[row].split()) & on_file
