"""Who reports how suggestions were handled: the body's own office, since 12 March 2025 those who handled them as well."""

from datetime import date

import pytest

from domain.session.business import HearReport
from domain.session.closing import CloseSession
from domain.session.handling import HandlingReported, ReportHandling
from domain.session.sittings import CloseSitting
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from tests.domain.chamber import Chamber, council, township
from tests.domain.county import county

DAY_BEFORE, DAY = date(2025, 3, 11), date(2025, 3, 12)
REPORT = ReportHandling(text="已全部答复")
HANDLERS = ("government", "supervisory_commission", "court", "procuratorate", "handling_unit")


def assigned(house: Chamber, *units: str) -> Chamber:
    """Each of the units has a suggestion to handle."""
    for n, unit in enumerate(units, 1):
        house.given(FileSuggestion(number=f"{n}", deputies=("d001",), subject="修路"))
        house.given(AssignSuggestions(assignments=(Assignment(number=f"{n}", unit=unit),)))
    return house


def county_on(day: date, *units: str) -> Chamber:
    house = county("announced", opens=date(2025, 2, 25)).on(date(2025, 2, 26), 15).given(CloseSession())
    return assigned(house, *units).on(day)


@pytest.mark.rule("OL22-42-3-county-reporter", "DL25-51-3-county-handlers")
@pytest.mark.parametrize("organ", HANDLERS)
def test_whoever_handled_a_countys_suggestions_reports_on_it_since_12_march_2025_and_not_the_day_before(
    organ: str,
) -> None:
    house = county_on(DAY_BEFORE, "县交通局").when(REPORT, by=organ)
    house.then_refused("HandlersDoNotReport", "OL22-42-3-county-reporter")
    house.on(DAY).when(REPORT, by=organ).then(HandlingReported, reporter=organ, complete=True)
    house.citing("DL25-51-3-county-handlers").without_finding("LawSilent").and_again_nothing()
    assert house.session.has("handling-reported")


@pytest.mark.rule("OL22-42-3-county", "DL25-51-3-county")
@pytest.mark.parametrize("day", [DAY_BEFORE, DAY])
def test_the_committees_working_body_reports_before_and_after(day: date) -> None:
    house = county_on(day, "县交通局").when(REPORT, by="sc_office").then(HandlingReported, reporter="")
    house.citing("OL22-42-3-county").and_again_nothing()


@pytest.mark.rule("OL22-42-3-reporter", "DL25-51-3-handlers")
@pytest.mark.parametrize("organ", ["government", "handling_unit"])
def test_in_a_township_it_is_the_presidium_and_since_12_march_2025_those_who_handled_them_too(organ: str) -> None:
    town = assigned(township("closed", opens=date(2025, 2, 25)), "建设办").on(DAY_BEFORE)
    town.when(REPORT, by=organ).then_refused("HandlersDoNotReport", "OL22-42-3-reporter")
    town.on(DAY).when(REPORT, by=organ).then(HandlingReported, reporter=organ).citing("DL25-51-3-handlers")
    town.when(REPORT, by="presidium").then(HandlingReported, reporter="").citing("OL22-42-3")


def test_a_townships_suggestions_are_not_reported_on_by_a_county_office_or_a_court() -> None:
    town = assigned(township("closed", opens=date(2026, 1, 14)), "建设办")
    for office in ("sc_office", "court"):
        town.when(REPORT, by=office).then_refused("NotTheirAct", found=office)


@pytest.mark.rule("OL22-42-3-county-reporter", "DL15-42-3-county")
def test_before_12_march_2022_the_text_says_to_whom_it_is_reported_and_not_by_whom() -> None:
    house = county("announced", opens=date(2022, 3, 9)).on(date(2022, 3, 10), 15).given(CloseSession())
    assigned(house, "县交通局").on(date(2022, 3, 11))
    house.when(REPORT, by="government").then(HandlingReported).with_finding("LawSilent", citing="DL15-42-3-county")
    house.on(date(2022, 3, 12)).when(REPORT, by="handling_unit").then_refused("HandlersDoNotReport")


@pytest.mark.rule("DL25-51-3-county-handlers")
def test_two_units_each_report_on_their_own_and_only_then_all_is_reported() -> None:
    house = county_on(DAY, "县交通局", "县教育局")
    house.when(REPORT, by="handling_unit").then_refused("WhichUnit", "DL25-51-3-county-handlers")
    house.when(ReportHandling(units=("县卫健局",)), by="handling_unit").then_refused("NoSuchUnit", unit="县卫健局")
    first, second = ReportHandling(units=("县交通局",)), ReportHandling(units=("县教育局",))
    house.when(first, by="handling_unit").then(HandlingReported, complete=False).and_again_nothing()
    assert not house.session.has("handling-reported")
    house.when(second, by="handling_unit").then(HandlingReported, complete=True)
    assert house.session.has("handling-reported")


def test_a_streets_opinions_are_reported_on_by_its_committee_alone() -> None:
    street = council("opened").given(HearReport(item="office"), CloseSitting(), CloseSession())
    street.when(REPORT, by="handling_unit").then_refused("NotTheirAct", found="handling_unit")
    street.when(REPORT).then(HandlingReported, reporter="").and_again_nothing()
