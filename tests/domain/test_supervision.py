"""Special inquiries, reviews of departments, and monitoring that ends only on an evaluation or a recorded decision."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Share
from domain.matter.evaluating import EvaluateHandling, FixEvaluation, HandlingEvaluated
from domain.matter.inquiring import Attending, HoldSpecialInquiry, SpecialInquiryHeld
from domain.matter.items import Item, ItemsListed, ListItems
from domain.matter.reporting import ReportResult, ResultReported
from domain.matter.steps import StepTaken, TakeStep
from domain.session.matters import BeginMatter
from domain.submission import Command
from domain.vote.satisfaction import Grade, RatingMethod
from tests.domain.chamber import Chamber
from tests.domain.county import county
from tests.domain.following import Following, begun, following

OFFICE, COMMITTEE, CHAIRS = "sc_office", "standing_committee", "council_of_chairpersons"


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def matter(kind: str, **fields: Any) -> Following:
    return begun(county("closed", profile="zhejiang-county"), kind, unit="区教育局", **fields).on(date(2026, 3, 2))


def votes(satisfied: int, of: int) -> EvaluateHandling:
    lines = [{"option": "satisfied", "votes": satisfied}, {"option": "dissatisfied", "votes": of - satisfied}]
    return EvaluateHandling.model_validate({"total": of, "present": of, "issued": of, "returned": of, "votes": lines})


def majority() -> FixEvaluation:
    more_than_half = Share(numerator=1, denominator=2, inclusive=False, of=Base.ALL_MEMBERS)
    grade = Grade(verdict="满意", options=("satisfied",), share=more_than_half)
    return FixEvaluation(rating_method=RatingMethod(source="评议办法", cascade=(grade,), otherwise="不满意"))


# special inquiries


@pytest.mark.rule("SL24-47-attended")
def test_the_heads_of_all_organs_asked_attend_or_the_record_names_the_one_whose_head_did_not() -> None:
    house = matter("special-inquiry", co_units=("区财政局",))
    came = (Attending(organ="区教育局", rank="deputy_head"), Attending(organ="区财政局", rank="other"))
    held = HoldSpecialInquiry(meeting="joint", attended=came, text="十个问题")
    house.when(held, by=COMMITTEE).then(SpecialInquiryHeld, to="held")
    house.with_finding("HeadDidNotCome", "SL24-47-attended", organ="区财政局")
    assert len(house.findings) == 1


@pytest.mark.rule("SL24-50-report")
def test_what_was_said_at_an_inquiry_is_no_review_opinion_and_has_no_term_unless_one_is_fixed() -> None:
    house = matter("special-inquiry")
    came = (Attending(organ="区教育局", rank="head"),)
    house.given(HoldSpecialInquiry(meeting="plenary", attended=came, text="承诺六月底前公布"), by=COMMITTEE)
    promised = Item(code="c1", text="公布学位预警名单", unit="区教育局", due=date(2026, 6, 30), check="网站可查")
    house.when(ListItems(items=(promised,)), by=OFFICE).then(ItemsListed).without_finding()
    house.given(step("hand-over"), by=OFFICE).given(step("sign-for"), by="government")
    assert house.due == {"item-c1": date(2026, 6, 30)}
    house.when(ReportResult(text="已公布"), by="government").then(ResultReported).citing("SL24-50-report")


def test_a_township_has_no_standing_committee_and_no_special_inquiry() -> None:
    house = following(Chamber().registers())
    begin = BeginMatter(number="q1", kind="special-inquiry", subject="教育", unit="镇教育办")
    house.when(begin, by="presidium").then_refused("MatterNotOfThisBody")


# reviews of a department


def reviewed(satisfied: int) -> Following:
    house = matter("department-review").given(step("notify-review"), by=OFFICE).given(majority(), by=COMMITTEE)
    house.given(step("self-check", text="自查"), by="handling_unit").given(
        step("investigate", text="座谈十五场"), by=OFFICE
    )
    house.given(step("collate-problems", text="三个问题"), by=OFFICE).given(step("question", text="问答"), by=COMMITTEE)
    return house.when(votes(satisfied, 30), by=OFFICE).then(HandlingEvaluated, to="voted")


def test_whatever_the_first_vote_the_problems_are_handed_over_and_the_vote_after_decides() -> None:
    house = reviewed(12)
    house.given(step("hand-over", due=date(2026, 6, 30)), by=OFFICE)
    assert house.due == {"result-reported": date(2026, 6, 30)}
    house.given(ReportResult(text="已整改"), by="government")
    house.when(votes(15, 30), by=OFFICE).then(HandlingEvaluated, to="dissatisfied")
    house.given(step("send-back", text="再整改", due="2026-09-30"), by=COMMITTEE).given(
        ReportResult(text="好"), by="government"
    )
    house.when(votes(16, 30), by=OFFICE).then(HandlingEvaluated, to="evaluated", round=2)
    house.given(step("close"), by=OFFICE).when(step("send-result", text="送组织部门"), by=OFFICE).then(StepTaken)


# monitoring


def monitored() -> Following:
    house = matter("monitoring").given(step("hand-over", due=date(2026, 5, 31)), by=OFFICE)
    return house.given(ReportResult(text="已整改"), by="government")


def test_monitoring_does_not_end_on_a_report() -> None:
    monitored().when(step("close"), by=OFFICE).then_refused("NotFromHere", stands="已报告处理情况")


def test_monitoring_ends_on_an_evaluation_that_reached_a_grade_and_counts_its_rounds() -> None:
    house = monitored().given(majority(), by=COMMITTEE)
    house.when(votes(15, 30), by=OFFICE).then(HandlingEvaluated, to="dissatisfied", round=1)
    house.when(step("close"), by=OFFICE).then_refused("NotFromHere")
    for number in (2, 3):
        again = step("send-back", text="再整改", due=f"2026-0{number + 5}-30")
        house.when(again, by=COMMITTEE).then(StepTaken, round=number)
        house.given(ReportResult(text=f"第{number}次"), by="government")
    house.given(votes(16, 30), by=OFFICE).when(step("close"), by=OFFICE).then(StepTaken, over=True, round=3)


def test_monitoring_ends_on_a_decision_only_with_its_reasons_and_by_those_who_may_decide() -> None:
    house = monitored()
    house.when(step("decide-end", text="好"), by=OFFICE).then_refused("NotTheirAct")
    house.when(step("decide-end"), by=CHAIRS).then_refused("StepNeeds", what="内容(text)")
    house.when(step("decide-end", text="问题已解决,常委会会议决定"), by=COMMITTEE).then(StepTaken, over=True)
