"""Reports that are due by a fixed day of each year: 31 August in Henan, November in Chongqing, the fourth quarter in Qingdao."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.arithmetic import DayOfYear
from domain.session.handling import HandlingReported, ReportHandling
from domain.session.record import DeadlineMissed, MissDeadline
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from tests.domain.chamber import statutes
from tests.domain.county import county
from tests.domain.following import Following, following
from tests.domain.test_local_terms import BJ, CQ, HN, MARCH, QD, after
from yishi.planning.own_rules import OwnRule

UNITS = ("by-units-reported", HN, date(2026, 8, 31), "HNSG17-28-units-report")
WHOLE = [
    ("chongqing-province", date(2026, 11, 30), "CQSG17-34-report"),
    (CQ, date(2026, 11, 30), "CQSG17-34-report-ref"),
    (QD, date(2026, 12, 31), "QDSG21-37-report"),
]
TO_THE_OFFICE = ReportHandling(addressee="office")


def handed_over(profile: str, on: date = MARCH, *units: str) -> Following:
    """The congress of that place after its session; each of the units got a suggestion on that day."""
    house = after(profile).on(on)
    for n, unit in enumerate(units or ("交通局",), 1):
        house.given(FileSuggestion(number=f"{n}", deputies=("d001",), subject="修路"))
        house.given(AssignSuggestions(assignments=(Assignment(number=f"{n}", unit=unit),)))
    return house


@pytest.mark.rule("HNSG17-28-units-report", "CNT-day-of-year")
def test_henans_units_report_to_the_working_body_by_31_august_that_day_included() -> None:
    clock, profile, last, rule = UNITS
    house = handed_over(profile)
    due = house.session.clocks[clock]
    assert (due.last_day, due.waits_for, due.provisional) == (last, "handling_unit", False)
    assert [c.rule for c in due.basis] == [rule, "CNT-day-of-year"]
    house.on(last - timedelta(days=1), 9).when(MissDeadline(clock=clock), by="clock").then_nothing()
    house.on(last, 23, 30).when(MissDeadline(clock=clock), by="clock").then_nothing()
    house.when(TO_THE_OFFICE, by="handling_unit").then(HandlingReported, addressee="office").citing(rule)
    house.without_finding().and_again_nothing()
    assert not house.session.has("handling-reported"), "the whole is still to be reported to the standing committee"


@pytest.mark.rule("HNSG17-28-units-report")
def test_on_1_september_it_is_missed_and_a_report_that_comes_then_says_so() -> None:
    clock, profile, last, rule = UNITS
    house = handed_over(profile).on(last + timedelta(days=1), 0, 0)
    house.when(MissDeadline(clock=clock), by="clock").then(DeadlineMissed, last_day=last).and_again_nothing()
    house.when(TO_THE_OFFICE, by="handling_unit").with_finding("DeadlineMissed", rule, due=str(last))


@pytest.mark.rule("CQSG17-34-report", "CQSG17-34-report-ref", "QDSG21-37-report")
@pytest.mark.parametrize(("profile", "last", "rule"), WHOLE)
def test_the_whole_is_reported_by_the_last_day_of_november_or_of_the_fourth_quarter(
    profile: str, last: date, rule: str
) -> None:
    house = handed_over(profile)
    due = house.session.clocks["by-handling-reported"]
    assert due.last_day == last and [c.rule for c in due.basis] == [rule, "CNT-day-of-year"]
    house.on(last, 23, 30).when(MissDeadline(clock=due.id), by="clock").then_nothing()
    house.when(ReportHandling(), by="sc_office").then(HandlingReported, complete=True).citing(rule).without_finding()
    late = handed_over(profile).on(last + timedelta(days=1), 0, 0)
    late.when(MissDeadline(clock=due.id), by="clock").then(DeadlineMissed, last_day=last)
    late.when(ReportHandling(), by="sc_office").with_finding("DeadlineMissed", rule, due=str(last))


@pytest.mark.rule("CNT-day-of-year")
@pytest.mark.parametrize(
    ("clock", "profile", "on", "last"),
    [
        ("by-units-reported", HN, date(2026, 8, 30), date(2026, 8, 31)),
        ("by-units-reported", HN, date(2026, 8, 31), date(2026, 8, 31)),
        ("by-units-reported", HN, date(2026, 9, 1), date(2027, 8, 31)),
        ("by-handling-reported", CQ, date(2026, 12, 1), date(2027, 11, 30)),
        ("by-handling-reported", QD, date(2026, 12, 31), date(2026, 12, 31)),
        ("by-handling-reported", QD, date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_what_is_assigned_after_the_day_is_reported_on_by_that_of_the_next_year(
    clock: str, profile: str, on: date, last: date
) -> None:
    assert handed_over(profile, on).session.clocks[clock].last_day == last


@pytest.mark.rule("HNSG17-28-units-report")
def test_every_unit_reports_on_its_own_and_the_term_runs_until_the_last_did() -> None:
    clock, profile, last, _ = UNITS
    house = handed_over(profile, MARCH, "交通局", "教育局").on(last)
    began = house.session.clocks[clock].started
    assert began == handed_over(profile).session.clocks[clock].started, "one term, from the first"
    first, second = (ReportHandling(addressee="office", units=(u,)) for u in ("交通局", "教育局"))
    house.when(TO_THE_OFFICE, by="handling_unit").then_refused("WhichUnit")
    house.when(first, by="handling_unit").then(HandlingReported, complete=False)
    assert clock in {c.id for c in house.session.open_clocks}
    house.when(second, by="handling_unit").then(HandlingReported, complete=True)
    assert clock not in {c.id for c in house.session.open_clocks}


def test_the_working_body_does_not_report_to_itself() -> None:
    handed_over(HN).when(TO_THE_OFFICE, by="sc_office").then_refused("UnitsReportToTheOffice", "HNSG17-28-units-report")


def test_where_no_text_fixes_a_day_there_is_none_and_a_report_to_the_office_says_that_the_law_is_silent() -> None:
    house = handed_over(BJ)
    assert not {"by-units-reported", "by-handling-reported"} & set(house.session.clocks)
    house.when(TO_THE_OFFICE, by="handling_unit").then(HandlingReported).with_finding("LawSilent")


@pytest.mark.parametrize(("month", "day"), [(2, 29), (4, 31), (13, 1), (0, 1), (10**20, 1), (1, -(10**20))])
def test_a_day_that_not_every_year_has_is_no_fixed_day(month: int, day: int) -> None:
    with pytest.raises(ValidationError):
        DayOfYear(month=month, day=day)


def test_a_bodys_own_rule_fixes_such_a_day_too() -> None:
    said = {
        "id": "OWN-report",
        "topic": "suggestion.report_by",
        "year_day": "10-31",
        "title": "本县规则",
        "article": "9",
    }
    rule = OwnRule.model_validate({**said, "from": date(2015, 8, 29), "consequence": "alert"})
    own = rule.provision("county", statutes())
    house = following(county("closed", profile="national-county", opens=date(2026, 1, 14), own_rules=(own,))).on(MARCH)
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路"))
    house.given(AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),)))
    assert house.session.clocks["by-handling-reported"].last_day == date(2026, 10, 31)
