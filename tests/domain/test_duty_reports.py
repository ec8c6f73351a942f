"""A deputy reports to the voters (代表述职评议): heard, voted on by a secret form, told, and on file; what follows a bad vote is local."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Share
from domain.matter.duty_reports import DutyReportFiled, FileDutyReport, InviteVoters, VotersInvited
from domain.matter.evaluating import EvaluateHandling, FixEvaluation, HandlingEvaluated
from domain.matter.steps import StepTaken, TakeStep
from domain.submission import Command
from domain.vote.satisfaction import Grade, RatingMethod
from tests.domain.chamber import Chamber
from tests.domain.county import county
from tests.domain.following import Following, begun, following
from tests.domain.own import own_number, own_switch

OFFICE, COMMITTEE = "sc_office", "standing_committee"
HELD = date(2026, 6, 12)


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def report(house: Chamber | None = None, **fields: Any) -> Following:
    town = following(house or county("closed", profile="zhejiang-county"))
    fields = {"deputies": ("d1",), "subject": "d1 代表述职", "due": HELD, **fields}
    return begun(town, "duty-report", unit="代表工委", **fields).on(date(2026, 6, 1))


def held(house: Following | None = None) -> Following:
    town = (house or report()).given(step("write-duty-report", text="四个方面"), by="deputy")
    town.given(InviteVoters(count=50), by=OFFICE).on(HELD)
    return town.given(step("report-to-voters", text="答询六项"), by=OFFICE)


def votes(satisfied: int, dissatisfied: int) -> EvaluateHandling:
    total = satisfied + dissatisfied
    lines = [{"option": "satisfied", "votes": satisfied}, {"option": "dissatisfied", "votes": dissatisfied}]
    return EvaluateHandling.model_validate(
        {"total": total, "present": total, "issued": total, "returned": total, "votes": lines}
    )


def by_half() -> FixEvaluation:
    more = Share(numerator=1, denominator=2, inclusive=False, of=Base.BALLOTS_RETURNED)
    grade = Grade(verdict="满意", options=("satisfied",), share=more)
    return FixEvaluation(rating_method=RatingMethod(source="述职评议办法", cascade=(grade,), otherwise="不满意"))


@pytest.mark.rule("DL25-58-report", "OL22-43-report", "DL25-58-organised", "ZJDL16-47-evaluation", "DL25-58-published")
def test_a_deputy_reports_is_voted_on_is_told_and_it_is_filed_and_published() -> None:
    house = report()
    assert house.due == {"report-to-voters": HELD} and house.it.waits_for == "deputy"
    house.when(step("write-duty-report", text="四个方面"), by="deputy").then(StepTaken).citing(
        "DL25-58-report", "OL22-43-report"
    )
    house.when(InviteVoters(count=50), by=OFFICE).then(VotersInvited, to="invited").without_finding()
    house.given(by_half(), by=COMMITTEE).on(HELD)
    house.when(step("report-to-voters", text="答询六项"), by=OFFICE).then(StepTaken).citing("DL25-58-organised")
    assert house.due == {}
    house.when(votes(26, 24), by=OFFICE).then(HandlingEvaluated, to="evaluated").citing("ZJDL16-47-evaluation")
    house.when(step("declare-result"), by=OFFICE).then(StepTaken)
    house.when(FileDutyReport(), by=OFFICE).then_refused("NotFromHere", stands="已测评")
    house.given(step("feed-back", text="三条意见"), by=OFFICE)
    house.when(FileDutyReport(), by=OFFICE).then(DutyReportFiled, over=True).without_finding().and_again_nothing()
    house.when(step("publish"), by=OFFICE).then(StepTaken).citing("DL25-58-published")


def test_exactly_half_is_not_more_than_half_and_the_report_did_not_satisfy() -> None:
    house = report().given(by_half(), by=COMMITTEE)
    held(house).when(votes(25, 25), by=OFFICE).then(HandlingEvaluated, to="dissatisfied")


def test_the_law_asks_for_no_vote_and_a_report_without_one_is_told_back_and_filed() -> None:
    house = held().given(step("feed-back", text="选民意见两条"), by=OFFICE)
    house.when(FileDutyReport(), by=OFFICE).then(DutyReportFiled, over=True).without_finding()


def test_putting_right_after_a_bad_vote_is_asked_for_with_a_day_and_met_by_the_deputy() -> None:
    house = report().given(by_half(), by=COMMITTEE)
    held(house).given(votes(10, 40), by=OFFICE).given(step("feed-back", text="很少联系选民"), by=OFFICE)
    house.when(step("ask-to-rectify", text="每月进站"), by=OFFICE).then_refused("StepNeeds", what="最迟哪一天(due)")
    house.given(step("ask-to-rectify", text="每月进站", due="2026-09-30"), by=OFFICE)
    assert house.due == {"rectify": date(2026, 9, 30)} and house.it.waits_for == "deputy"
    house.when(step("rectify", text="进站三次"), by="deputy").then(StepTaken, to="fed-back")
    house.when(FileDutyReport(), by=OFFICE).then(DutyReportFiled).without_finding()


def test_fewer_voters_than_the_places_own_rule_are_a_warning_and_without_one_there_is_no_number() -> None:
    fifty = own_number("duty.voters", 50)
    for count, few in ((50, False), (49, True)):
        house = report(county("closed", profile="zhejiang-county", own_rules=(fifty,)))
        house.given(step("write-duty-report", text="报告"), by="deputy").when(InviteVoters(count=count), by=OFFICE)
        house.then(VotersInvited)
        assert [f.code for f in house.findings] == (["FewVotersInvited"] if few else [])
    house = report().given(step("write-duty-report", text="报告"), by="deputy")
    house.when(InviteVoters(count=1), by=OFFICE).then(VotersInvited).without_finding()


def test_where_the_places_rule_has_it_put_right_a_file_without_that_says_so() -> None:
    house = report(county("closed", profile="zhejiang-county", own_rules=(own_switch("duty.rectify"),)))
    held(house.given(by_half(), by=COMMITTEE)).given(votes(10, 40), by=OFFICE)
    house.given(step("feed-back", text="很少联系选民"), by=OFFICE)
    house.when(FileDutyReport(), by=OFFICE).then(DutyReportFiled).with_finding("NotPutRight")
    house = report().given(by_half(), by=COMMITTEE)
    held(house).given(votes(10, 40), by=OFFICE).given(step("feed-back", text="很少联系选民"), by=OFFICE)
    house.when(FileDutyReport(), by=OFFICE).then(DutyReportFiled).without_finding()


def test_a_report_is_one_deputys() -> None:
    house = report(deputies=("d1", "d2")).given(step("write-duty-report", text="报告"), by="deputy")
    house.when(InviteVoters(count=50), by=OFFICE).then_refused("WhoReports", found=2)
