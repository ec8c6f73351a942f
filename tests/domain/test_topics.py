"""From what people say to what is supervised: the call, the plan that the council of chairpersons adopts, and each topic to its end."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matter.opening import OpenMatter
from domain.matter.planned import (
    BecameMatter,
    BecomeMatter,
    EnterPlan,
    FinishTopic,
    LeaveOut,
    LeftOut,
    PlanEntered,
    TopicFinished,
)
from domain.matter.proposing import AddProposal, GroupProposals, LeaveProposals, ProposalAdded, ProposalsGrouped
from domain.matter.reporting import ReportResult
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.terms import MissTerm, TermMissed
from domain.matter.year_plan import AdjustPlan, AdoptPlan, EndPlan, PlanAdjusted, PlanAdopted, PlanEnded, plan_of
from domain.session.matters import BeginMatter
from domain.submission import Command
from tests.domain.chamber import Chamber
from tests.domain.county import county
from tests.domain.following import Following, begun, following

OFFICE, CHAIRS = "sc_office", "council_of_chairpersons"


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def proposal(code: str, channel: str = "society", **fields: Any) -> AddProposal:
    return AddProposal.model_validate({"proposal_code": code, "text": "学位紧张", "channel": channel, **fields})


def call(opens: date = date(2026, 1, 14), profile: str = "zhejiang-county") -> Following:
    house = following(county("closed", opens=opens, profile=profile))
    house = begun(
        house, "topic-call", number="c1", subject="2027年监督议题", unit="常委会办公室", due=date(2026, 12, 31)
    )
    return house.on(date(2026, 10, 8))


def with_topics(*numbers: str, house: Following | None = None) -> Following:
    """Candidates, each part of the call; acts are then on the call."""
    house = house or call()
    for number in numbers:
        house.given(BeginMatter(number=number, kind="topic", subject="学位", unit="教科文卫工委", parent="c1"))
        house.follows(number).given(OpenMatter(session=house.session.stream, number=number))
    return house.follows("c1")


def adopted(*numbers: str, house: Following | None = None) -> Following:
    house = (house or with_topics("t1", "t2")).given(step("draft-year-plan", text="两个议题"), by=OFFICE)
    return house.given(AdoptPlan(topics=numbers, text="第20次主任会议"), by=CHAIRS)


@pytest.mark.rule("SL24-12-sources", "SL24-12-organs")
def test_a_proposal_says_by_which_channel_it_came_and_is_entered_once() -> None:
    house = call()
    house.when(proposal("p1", "suggestions", out_of="17"), by=OFFICE).then(ProposalAdded).citing("SL24-12-sources")
    house.and_again_nothing()
    house.when(proposal("p1", "petitions"), by=OFFICE).then_refused(
        "ProposalCodeTaken", "SL24-12-sources", proposal="p1"
    )
    house.when(proposal("p2", "organ"), by="government").then(ProposalAdded).citing("SL24-12-organs")


def test_each_proposal_goes_into_one_topic_or_is_left_with_a_reason() -> None:
    house = call().given(*(proposal(code) for code in ("p1", "p2", "p3")), by=OFFICE)
    house.when(GroupProposals(topic="t1", proposals=("p1", "p2")), by=OFFICE).then(ProposalsGrouped)
    house.when(GroupProposals(topic="t2", proposals=("p2",)), by=OFFICE).then_refused("ProposalSorted", into="t1")
    house.when(LeaveProposals(proposals=("p2",), why="无"), by=OFFICE).then_refused("ProposalSorted")
    house.when(LeaveProposals(proposals=("p9",), why="无"), by=OFFICE).then_refused("NoSuchProposal", proposal="p9")
    with_topics("t1", house=house).given(step("draft-year-plan", text="一个议题"), by=OFFICE)
    house.when(AdoptPlan(topics=("t1",), text="第20次主任会议"), by=CHAIRS).then(PlanAdopted)
    house.with_finding("ProposalsUnsorted", proposals="p3")


@pytest.mark.rule("SL24-63-adopted", "SL24-63-published", "SL24-63-plan")
def test_the_council_of_chairpersons_adopts_the_plan_and_nobody_else() -> None:
    house = with_topics("t1").given(step("draft-year-plan", text="一个议题"), by=OFFICE)
    plan = AdoptPlan(topics=("t1",), text="第20次主任会议")
    house.when(plan, by="presidium").then_refused("NotTheirAct", "SL24-63-adopted")
    house.when(plan, by=OFFICE).then_refused("NotTheirAct")
    house.when(AdoptPlan(topics=("t9",), text="会"), by=CHAIRS).then_refused(
        "NotATopicOfThisCall", topic="t9", number="c1"
    )
    house.when(plan, by=CHAIRS).then(PlanAdopted, to="adopted").citing("SL24-63-adopted", "SL24-63-plan")
    house.without_finding().and_again_nothing()
    house.when(step("publish"), by=OFFICE).then(StepTaken, to="published").citing("SL24-63-published")


@pytest.mark.rule("SL06-8-adopted")
def test_until_the_law_of_2024_the_council_of_chairpersons_adopted_the_plan_of_reports() -> None:
    house = with_topics("t1", house=call(date(2023, 1, 11)).on(date(2023, 12, 1)))
    house.given(step("draft-year-plan", text="草案"), by=OFFICE)
    plan = AdoptPlan(topics=("t1",), text="第9次主任会议")
    house.when(plan, by="presidium").then_refused("NotTheirAct", "SL06-8-adopted")
    house.when(plan, by=CHAIRS).then(PlanAdopted).citing("SL06-8-adopted")


@pytest.mark.rule("ZJT23-26-by", "ZJT16-26-by")
@pytest.mark.parametrize(("opens", "rule"), [(date(2026, 3, 4), "ZJT23-26-by"), (date(2023, 3, 8), "ZJT16-26-by")])
def test_in_a_zhejiang_township_the_presidium_makes_the_plan(opens: date, rule: str) -> None:
    house = following(Chamber(profile="zhejiang-township", opens=opens).registers())
    begun(house, "topic-call", number="c1", subject="民情清单", unit="镇人大办").on(opens + timedelta(days=30))
    house = with_topics("t1", house=house).given(step("draft-year-plan", text="草案"), by="presidium")
    plan = AdoptPlan(topics=("t1",), text="主席团会议")
    house.when(plan, by=CHAIRS).then_refused("NotTheirAct", rule)
    house.when(plan, by="presidium").then(PlanAdopted)


def test_no_law_sets_a_day_for_the_call_and_the_body_its_own() -> None:
    house = call()
    assert house.due == {"plan-adopted": date(2026, 12, 31)}
    adopted("t1", house=with_topics("t1", house=house))
    house.when(step("publish", due="2027-10-08"), by=OFFICE).then(StepTaken)
    assert house.due == {"call-next": date(2027, 10, 8)}
    house.on(date(2027, 10, 9), 0, 0).when(MissTerm(clock="call-next"), by="clock").then(TermMissed)
    house.when(step("call-next", text="2028年监督议题征集公告"), by=OFFICE).then(StepTaken).with_finding(
        "DeadlineMissed"
    )
    fresh = begun(county("closed"), "topic-call", number="c2", subject="议题", unit="办公室")
    assert fresh.due == {}


def test_only_what_the_plan_names_is_in_it_and_only_what_it_does_not_name_is_left_out() -> None:
    house = adopted("t1")
    house.follows("t2").when(EnterPlan(), by=OFFICE).then_refused("NotInThePlan", "SL24-63-adopted", topic="t2")
    house.when(LeaveOut(why="明年再议"), by=OFFICE).then(LeftOut, to="not-adopted")
    assert not house.it.over
    house.when(step("tell-back"), by=OFFICE).then_refused("StepNeeds")
    house.when(step("tell-back", text="明年再议"), by=OFFICE).then(StepTaken, over=True)
    house.follows("t1").when(LeaveOut(why="算了"), by=OFFICE).then_refused("InThePlan", topic="t1")
    house.when(EnterPlan(), by=OFFICE).then(PlanEntered, to="in-plan").and_again_nothing()


@pytest.mark.rule("SL24-63-adjusted", "ZJSUP25-11-told")
def test_the_plan_is_adjusted_in_the_year_by_whoever_adopts_it() -> None:
    house = adopted("t1")
    house.when(AdjustPlan(topic="t2", change="dropped", text="x"), by=CHAIRS).then_refused("NotInThePlan", topic="t2")
    house.when(AdjustPlan(topic="t2", change="added", text="群众反映强烈"), by=CHAIRS).then(PlanAdjusted)
    house.citing("SL24-63-adjusted", "ZJSUP25-11-told").and_again_nothing()
    house.when(AdjustPlan(topic="t1", change="dropped", text="并入明年"), by=CHAIRS).then(PlanAdjusted)
    assert plan_of(house.it) == ("t2",)
    house.follows("t1").when(LeaveOut(why="并入明年"), by=OFFICE).then(LeftOut)
    house.when(EnterPlan(), by=OFFICE).then_refused("NotInThePlan", topic="t1")
    house.follows("c1").given(AdjustPlan(topic="t1", change="added", text="仍列入今年"), by=CHAIRS)
    house.follows("t1").when(EnterPlan(), by=OFFICE).then(PlanEntered, to="in-plan")


def test_a_topic_becomes_an_inspection_by_reference_and_is_done_when_that_is_over() -> None:
    house = adopted("t1").follows("t1").given(EnterPlan(), by=OFFICE)
    house.given(BeginMatter(number="i9", kind="monitoring", subject="学位", unit="区教育局"))
    house.when(BecomeMatter(matter="i9"), by=OFFICE).then_refused("NotPartOfTheTopic", matter="i9", number="t1")
    house.given(BeginMatter(number="i1", kind="inspection", subject="义务教育法", unit="区教育局", parent="t1"))
    house.follows("i1").given(OpenMatter(session=house.session.stream, number="i1"))
    house.follows("t1").when(BecomeMatter(matter="i1"), by=OFFICE).then(BecameMatter, to="followed", kind="inspection")
    house.given(BeginMatter(number="m1", kind="monitoring", subject="整改", unit="区教育局", parent="t1"))
    house.when(BecomeMatter(matter="m1"), by=OFFICE).then(BecameMatter, kind="monitoring").and_again_nothing()
    house.when(FinishTopic(text="完成"), by=OFFICE).then_refused("TopicNotDone", numbers="i1、m1")


def test_a_monitoring_that_ended_lets_its_topic_end_and_its_proposers_are_told() -> None:
    house = adopted("t1").follows("t1").given(EnterPlan(), by=OFFICE)
    house.given(BeginMatter(number="m1", kind="monitoring", subject="学位", unit="区教育局", parent="t1"))
    house.given(BecomeMatter(matter="m1"), by=OFFICE)
    house.follows("m1").given(OpenMatter(session=house.session.stream, number="m1"))
    house.given(step("hand-over"), by=OFFICE).given(step("sign-for"), by="handling_unit")
    house.follows("t1").when(FinishTopic(text="完成"), by=OFFICE).then_refused("TopicNotDone", numbers="m1")
    house.follows("c1").given(step("publish"), by=OFFICE)
    house.when(EndPlan(), by=OFFICE).then(PlanEnded, topics=1, outstanding=("t1", "t2"), over=True)
    house.with_finding("TopicsOutstanding", topics="t1、t2")

    house.follows("m1").given(ReportResult(text="新增学位三百个"), by="handling_unit")
    house.given(step("decide-end", text="问题已解决"), by="standing_committee")
    house.follows("t1").when(FinishTopic(text="新增学位三百个"), by=OFFICE).then(TopicFinished, to="done", over=False)
    house.when(step("tell-back", text="新增学位三百个"), by=OFFICE).then(StepTaken, over=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("t1", "t2", "t3")), st.sampled_from(("added", "dropped"))), max_size=8))
def test_whatever_was_adjusted_a_topic_is_in_the_plan_or_may_be_left_out_and_never_both(
    changes: list[tuple[str, str]],
) -> None:
    house = adopted("t1", house=with_topics("t1", "t2", "t3"))
    for topic, change in changes:
        house.when(AdjustPlan.model_validate({"topic": topic, "change": change, "text": "调整"}), by=CHAIRS)
    planned = plan_of(house.it)
    assert len(planned) == len(set(planned))
    for topic in ("t1", "t2", "t3"):
        house.follows(topic).when(EnterPlan() if topic in planned else LeaveOut(why="未列入"), by=OFFICE)
        assert house.refusal is None
        if topic in planned:
            house.when(LeaveOut(why="未列入"), by=OFFICE).then_refused("InThePlan")
