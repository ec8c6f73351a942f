"""Law-enforcement inspections (执法检查): nobody inspects their own organ, notice comes a month before, the report waits for the streets."""

from datetime import date
from typing import Any

import pytest

from domain.matter.inspecting import (
    FormGroup,
    GroupFormed,
    InspectionReported,
    InspectionStarted,
    Inspector,
    ReportInspection,
    StartInspection,
)
from domain.matter.opening import OpenMatter
from domain.matter.reporting import ReportResult, ResultReported
from domain.matter.steps import StepTaken, TakeStep
from domain.session.matters import BeginMatter
from domain.submission import Command
from tests.domain.county import county
from tests.domain.following import Following, begun

CHAIRS, OFFICE, STREET = "council_of_chairpersons", "sc_office", "street_committee"
STREETS = ("s1", "s2", "s3")
GROUP = FormGroup(
    inspectors=(Inspector(person="m1", organ="区人大社会委", leader=True), Inspector(person="d7", organ="第二中学"))
)
STAFF = FormGroup(
    inspectors=(Inspector(person="m1", organ="区人大社会委"), Inspector(person="d9", organ="区市场监管局"))
)


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def inspection(*, profile: str = "zhejiang-county", year: int = 2026) -> Following:
    """An inspection whose plan is approved on 2 March."""
    house = county("closed", opens=date(year, 1, 14), profile=profile)
    town = begun(house, "inspection", subject="食品安全法", unit="区市场监管局")
    return town.on(date(year, 3, 2)).given(step("approve-plan", text="方案"), by=CHAIRS)


def under_way(*, streets: bool = False) -> Following:
    house = inspection().given(GROUP, by=OFFICE).given(step("notify-plan"), by=OFFICE)
    if streets:
        passed_on(house)
    return house.on(date(2026, 4, 2)).given(StartInspection(), by=OFFICE)


def passed_on(house: Following) -> Following:
    """Three streets each have their part."""
    for number in STREETS:
        part = BeginMatter(
            number=number, kind="delegated-inspection", subject="食品安全法", unit=f"{number}街道人大工委", parent="r1",
            due=date(2026, 4, 30),
        )  # fmt: skip
        house.given(part, by=CHAIRS)
        house.follows(number).given(OpenMatter(session=house.session.stream, number=number))
    return house.follows("r1")


# the group


@pytest.mark.rule("ZJSUP08-28-barred")
def test_until_may_2025_staff_of_the_organ_inspected_cannot_be_in_the_group_in_zhejiang() -> None:
    house = inspection(year=2025)
    house.when(STAFF, by=OFFICE).then_refused("InspectorOfTheInspected", "ZJSUP08-28-barred", person="d9")
    house.when(GROUP, by=OFFICE).then(GroupFormed, to="group-formed").without_finding().and_again_nothing()


@pytest.mark.rule("I-inspection-barred")
def test_the_regulation_of_2025_does_not_bar_them_any_more_so_that_our_reading_only_warns() -> None:
    house = inspection().when(STAFF, by=OFFICE).then(GroupFormed)
    house.with_finding("InspectsOwnOrgan", "I-inspection-barred", person="d9")


def test_those_who_handle_it_with_the_organ_are_inspected_too() -> None:
    house = county("closed", opens=date(2025, 1, 14), profile="zhejiang-county")
    town = begun(house, "inspection", unit="区市场监管局", co_units=("区农业农村局",)).on(date(2025, 3, 2))
    town.given(step("approve-plan", text="方案"), by=CHAIRS)
    theirs = FormGroup(inspectors=(Inspector(person="d8", organ=" 区农业农村局"),))
    town.when(theirs, by=OFFICE).then_refused("InspectorOfTheInspected", person="d8")


# notice


@pytest.mark.rule("ZJSUP25-33-notice")
@pytest.mark.parametrize(("start", "late"), [(date(2026, 4, 2), False), (date(2026, 4, 1), True)])
def test_the_plan_is_notified_a_month_before_the_inspection_starts(start: date, late: bool) -> None:
    house = inspection().given(GROUP, by=OFFICE).given(step("notify-plan"), by=OFFICE)
    house.on(start).when(StartInspection(), by=OFFICE).then(InspectionStarted, to="inspecting")
    if late:
        house.with_finding("InspectionNoticeLate", "ZJSUP25-33-notice", found="2026-03-02", due="2026-03-01")
    else:
        house.without_finding()


@pytest.mark.rule("ZJSUP08-29-notice")
def test_an_inspection_without_notice_starts_and_the_record_says_so() -> None:
    house = inspection(year=2025).given(GROUP, by=OFFICE).when(StartInspection(), by=OFFICE)
    house.then(InspectionStarted).with_finding("InspectionWithoutNotice", "ZJSUP08-29-notice", due="2025-02-02")


def test_where_no_local_rule_asks_for_notice_none_is_missed() -> None:
    house = inspection(profile="national-county").given(GROUP, by=OFFICE)
    house.when(StartInspection(), by=OFFICE).then(InspectionStarted).without_finding()


# what is passed on to streets


@pytest.mark.rule("SL24-36-report")
def test_the_report_waits_for_every_street_that_inspects_its_part() -> None:
    house = under_way(streets=True)
    house.when(ReportInspection(text="总报告"), by=OFFICE).then_refused("PartsOutstanding", numbers="s1、s2、s3")
    for number in STREETS[:2]:
        house.follows(number).given(step("take-on"), by=STREET).given(step("report", text="检查情况"), by=STREET)
    house.follows("r1").when(ReportInspection(text="总报告"), by=OFFICE).then_refused("PartsOutstanding", numbers="s3")
    house.follows("s3").given(step("report", text="检查情况"), by=STREET).follows("r1")
    house.when(ReportInspection(text="总报告"), by=OFFICE).then(InspectionReported, to="drafted", parts=STREETS)


def test_a_part_that_was_called_off_is_not_waited_for_and_one_sent_back_is_again() -> None:
    house = under_way(streets=True)
    for number in STREETS[:2]:
        house.follows(number).given(step("report", text="检查情况"), by=STREET)
    house.follows("s3").given(step("call-off", text="街道撤并"), by=CHAIRS)
    house.follows("s1").given(step("send-back", text="缺数据", due="2026-05-10"), by=OFFICE)
    assert house.due == {"report-2": date(2026, 5, 10)}
    house.follows("r1").when(ReportInspection(text="总报告"), by=OFFICE).then_refused("PartsOutstanding", numbers="s1")
    house.follows("s1").given(step("report", text="已补"), by=STREET).follows("r1")
    house.when(ReportInspection(text="总报告"), by=OFFICE).then(InspectionReported, parts=("s1", "s2"))


def test_a_street_has_the_day_that_it_was_given() -> None:
    assert under_way(streets=True).follows("s1").due == {"report": date(2026, 4, 30)}


# what becomes of it


@pytest.mark.rule("ZJSUP25-47-with-report", "ZJSUP25-48-inspection", "SL24-37-comments")
def test_report_and_opinion_are_handed_over_and_handled_like_any_opinion() -> None:
    house = under_way().given(ReportInspection(text="总报告", law_advice="建议修改第六条"), by=OFFICE)
    house.given(step("deliberate-report", text="审议意见"), by="standing_committee").on(date(2026, 5, 6))
    house.given(step("approve"), by=CHAIRS)
    assert house.due == {"hand-over": date(2026, 5, 13)}
    house.on(date(2026, 5, 13)).when(step("hand-over"), by=OFFICE).then(StepTaken).without_finding()
    house.given(step("sign-for"), by="government")
    assert house.due == {"result-reported": date(2026, 8, 13)}
    house.when(ReportResult(text="已改"), by="government").then(ResultReported)
    house.with_finding("ReportWithoutComments", "SL24-37-comments").citing("SL24-37-written", "ZJSUP25-48-inspection")
