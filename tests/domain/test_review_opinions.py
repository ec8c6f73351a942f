"""Review opinions (审议意见): handed over in time, split into items that can be checked, reported on, evaluated, sent back."""

from datetime import date
from typing import Any

import pytest

from domain.arithmetic import Base, Share
from domain.matter.evaluating import EvaluateHandling, EvaluationFixed, FixEvaluation, HandlingEvaluated, Votes
from domain.matter.items import (
    EvaluateItem,
    Item,
    ItemEvaluated,
    ItemRectified,
    ItemRevisited,
    ItemsListed,
    ListItems,
    RectifyItem,
    RevisitItem,
    items_of,
)  # fmt: skip
from domain.matter.reporting import ReportResult, ResultReported
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.striking import StrikeEntry
from domain.matter.terms import MissTerm, TermMissed
from domain.matter.wording import asks_nothing
from domain.submission import Command
from domain.vote.satisfaction import Grade, RatingMethod
from tests.domain.county import county
from tests.domain.following import Following, begun
from yishi.projections.lists import keeps_lists, lists_of, lists_told, never_ended

CHAIRS, OFFICE, GOVERNMENT = "council_of_chairpersons", "sc_office", "government"


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def opinion(at: str = "deliberated", *, profile: str = "zhejiang-county", opens: date = date(2026, 1, 14)) -> Following:
    """An opinion brought to one of its standings; it is approved on 2 March, received on 6 March of the session's year."""
    house = begun(
        county("closed", opens=opens, profile=profile), "review-opinion", subject="打击电信诈骗工作", unit="区公安局"
    )
    year = opens.year
    way = (
        ("drafted", date(year, 2, 27), step("collate", text="两条意见"), OFFICE),
        ("approved", date(year, 3, 2), step("approve"), CHAIRS),
        ("handed-over", date(year, 3, 5), step("hand-over"), OFFICE),
        ("handling", date(year, 3, 6), step("sign-for"), GOVERNMENT),
        ("comments", date(year, 5, 20), step("comment-draft", text="请补充数据"), OFFICE),
        ("reported", date(year, 5, 25), ReportResult(text="两条意见已办理"), GOVERNMENT),
    )
    for stands, day, act, office in way:
        house.on(day).given(act, by=office)
        if stands == at:
            break
    return house


FLOOD = Item(
    code="p1", text="6月底前完成三个积水点改造", unit="区住建局", due=date(2026, 6, 30), check="暴雨后半小时内退水"
)
EMPTY = Item(code="p2", text="要进一步提高认识,切实加强领导")


# the way and its terms


@pytest.mark.rule("ZJSUP25-47-hand-over")
def test_an_opinion_is_handed_over_within_seven_days_of_its_approval() -> None:
    house = opinion("approved")
    assert house.due == {"hand-over": date(2026, 3, 9)}
    house.on(date(2026, 3, 9)).when(step("hand-over"), by=OFFICE).then(StepTaken, to="handed-over").without_finding()
    late = opinion("approved").on(date(2026, 3, 10), 0, 0)
    late.when(MissTerm(clock="hand-over"), by="clock").then(TermMissed, waits_for=OFFICE)
    late.when(step("hand-over"), by=OFFICE).then(StepTaken).with_finding("DeadlineMissed", "ZJSUP25-47-hand-over")


@pytest.mark.rule("ZJSUP25-48-report")
def test_the_report_is_due_three_months_from_receipt_and_not_from_the_hand_over() -> None:
    assert opinion("handed-over").due == {}
    house = opinion("handling")
    assert house.due == {"result-reported": date(2026, 6, 6)}
    house.on(date(2026, 6, 6)).given(step("comment-draft", text="同意"), by=OFFICE)
    house.when(ReportResult(text="办结"), by=GOVERNMENT).then(ResultReported, to="reported").without_finding()


@pytest.mark.rule("ZJSUP25-48-report")
@pytest.mark.parametrize("fixed", [date(2026, 4, 30), date(2026, 9, 30)])
def test_the_time_that_the_council_of_chairpersons_fixed_takes_the_place_of_the_three_months(fixed: date) -> None:
    house = opinion("approved").given(step("hand-over", due=fixed), by=OFFICE)
    assert house.due == {"result-reported": fixed}
    assert house.given(step("sign-for"), by=GOVERNMENT).due == {"result-reported": fixed}


@pytest.mark.rule("ZJSUP08-44-report", "ZJSUP08-43-hand-over")
def test_before_june_2025_the_regulation_of_2008_sets_the_same_terms() -> None:
    opens = date(2025, 1, 14)
    assert opinion("approved", opens=opens).due == {"hand-over": date(2025, 3, 9)}
    assert opinion("handling", opens=opens).due == {"result-reported": date(2025, 6, 6)}


@pytest.mark.rule("SL24-17-written")
def test_the_law_itself_sets_no_term_for_the_report() -> None:
    house = opinion("handling", profile="national-county")
    assert house.due == {}
    fixed = opinion("approved", profile="national-county").given(step("hand-over", due=date(2026, 6, 1)), by=OFFICE)
    assert fixed.due == {"result-reported": date(2026, 6, 1)}


@pytest.mark.rule("SL24-17-comments", "ZJSUP25-48-comments")
def test_a_report_that_did_not_go_to_the_committee_first_is_taken_and_says_so() -> None:
    house = opinion("handling").when(ReportResult(text="已办"), by=GOVERNMENT)
    house.then(ResultReported).with_finding("ReportWithoutComments", "SL24-17-comments")


# the list of problems


@pytest.mark.rule("ZJSUP25-47-items")
def test_an_item_has_a_demand_a_unit_and_a_check_or_the_record_says_what_it_lacks() -> None:
    house = opinion("handling").when(ListItems(items=(FLOOD,)), by=OFFICE).then(ItemsListed).without_finding()
    assert house.due["item-p1"] == date(2026, 6, 30)
    house.when(ListItems(items=(EMPTY,)), by=OFFICE).then(ItemsListed).with_finding("ItemLacks", item="p2")
    says = str(house.findings[0].figures["what"])
    for lacking in ("提高认识", "加强领导", "责任单位", "验收标准"):
        assert lacking in says
    house.and_again_nothing()


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("提高认识", True), ("切实提高认识,进一步加强领导。", True), ("高度重视、狠抓落实", True),
     ("加强领导,6月底前完成三个积水点改造", False), ("公布补贴名单", False), ("Strengthen leadership and raise awareness", True),
     ("raise awareness in all 12 schools by May", False)],
)  # fmt: skip
def test_a_demand_of_empty_words_alone_asks_for_nothing(text: str, nothing: bool) -> None:
    assert bool(asks_nothing(text)) is nothing


def test_the_same_code_cannot_be_two_problems_and_no_term_lies_in_the_past() -> None:
    house = opinion("handling").given(ListItems(items=(FLOOD,)), by=OFFICE)
    other = FLOOD.model_copy(update={"text": "别的问题"})
    house.when(ListItems(items=(other,)), by=OFFICE).then_refused("ItemCodeTaken", item="p1")
    past = FLOOD.model_copy(update={"code": "p3", "due": date(2026, 3, 1)})
    house.when(ListItems(items=(past,)), by=OFFICE).then_refused("ItemDueInThePast", item="p3")
    house.when(RectifyItem(item="p9", text="x"), by=GOVERNMENT).then_refused("NoSuchItem", known="p1")


def test_an_item_not_done_is_rectified_again_within_a_new_term_and_so_is_one_that_came_back() -> None:
    house = opinion("handling").given(ListItems(items=(FLOOD,)), by=OFFICE)
    house.when(EvaluateItem(item="p1", result="done", text="到位"), by=OFFICE).then_refused("ItemNotThere", item="p1")
    house.on(date(2026, 6, 1)).when(RectifyItem(item="p1", text="两处完成"), by="handling_unit").then(ItemRectified)
    assert "item-p1" not in house.due
    house.when(EvaluateItem(item="p1", result="not", text="还差一处"), by=OFFICE).then_refused(
        "NewTermNeeded", item="p1"
    )
    again = EvaluateItem(item="p1", result="not", text="还差一处", due=date(2026, 7, 31))
    house.when(again, by=OFFICE).then(ItemEvaluated)
    assert house.due["item-p1-2"] == date(2026, 7, 31) and items_of(house.it)["p1"].round == 2
    house.given(RectifyItem(item="p1", text="三处完成"), by="handling_unit")
    house.given(EvaluateItem(item="p1", result="done", text="现场核验"), by=OFFICE)
    back = RevisitItem(item="p1", holds=False, text="又积水", due=date(2026, 9, 30))
    house.when(back, by=OFFICE).then(ItemRevisited)
    assert house.due["item-p1-3"] == date(2026, 9, 30)


def test_an_item_reported_after_its_day_is_late_by_its_own_term() -> None:
    house = opinion("handling").given(ListItems(items=(FLOOD,)), by=OFFICE).on(date(2026, 7, 1), 0, 0)
    house.when(RectifyItem(item="p1", text="完成"), by=GOVERNMENT).then(ItemRectified)
    house.with_finding("DeadlineMissed", due="2026-06-30")


def test_a_report_and_an_end_with_items_outstanding_say_which() -> None:
    house = opinion("comments").given(ListItems(items=(FLOOD,)), by=OFFICE)
    house.when(ReportResult(text="已办"), by=GOVERNMENT).then(ResultReported)
    house.with_finding("ItemsOutstanding", items="p1")
    house.when(step("close"), by=OFFICE).then(StepTaken, over=True).with_finding("ItemsOutstanding", items="p1")


def test_the_four_lists_are_views_of_one_stream_and_a_struck_entry_is_on_none_of_them() -> None:
    house = opinion("handling").given(ListItems(items=(FLOOD, EMPTY)), by=OFFICE)
    house.given(RectifyItem(item="p1", text="完成"), by=GOVERNMENT)
    house.given(EvaluateItem(item="p1", result="partly", text="基本完成"), by=OFFICE)
    house.given(RevisitItem(item="p1", holds=True, text="未反弹"), by=OFFICE)
    lists = lists_of(house.it)
    assert [(p.item.code, p.unit, p.stands) for p in lists.problems] == [
        ("p1", "区住建局", "held"),
        ("p2", "区公安局", "listed"),
    ]
    assert [len(each) for each in lists] == [2, 1, 1, 1] and lists.revisited[0].result == "holds"
    assert never_ended([house.it]) == (("r1", "p2"),)
    told = lists_told(house.it)
    assert [(p["item"], p["stands"]["zh"], p["ended"]) for p in told["problems"]] == [
        ("p1", "回访无反弹", True), ("p2", "待整改", False),
    ]  # fmt: skip
    assert told["evaluated"][0]["result"]["zh"] == "基本到位" and told["revisited"][0]["result"]["en"] == "holds"
    assert told["rectified"][0]["entry"] == lists.rectified[0].entry and keeps_lists("review-opinion")
    for version in (lists.revisited[0].entry, lists.evaluated[0].entry):
        house.given(StrikeEntry(version=version, why="录错"), by=OFFICE)
    assert [len(each) for each in lists_of(house.it)] == [2, 1, 0, 0]
    assert never_ended([house.it]) == (("r1", "p1"), ("r1", "p2"))


# evaluated, and sent back


def method(*, half_is_enough: bool) -> RatingMethod:
    half = Share(numerator=1, denominator=2, inclusive=half_is_enough, of=Base.ALL_MEMBERS)
    satisfied = Grade(verdict="满意", options=("satisfied",), share=half)
    basically = Grade(verdict="基本满意", options=("satisfied", "basically"), share=half)
    return RatingMethod(source="测评办法第六条", cascade=(satisfied, basically), otherwise="不满意")


def votes(satisfied: int, basically: int, dissatisfied: int, *, total: int = 34, **fields: int) -> EvaluateHandling:
    here = satisfied + basically + dissatisfied
    lines = (("satisfied", satisfied), ("basically", basically), ("dissatisfied", dissatisfied))
    figures = {"present": here, "issued": here, "returned": here} | fields
    return EvaluateHandling.model_validate(
        {"total": total, **figures, "votes": [Votes(option=o, votes=n) for o, n in lines]}
    )


@pytest.mark.rule("ZJSUP25-51-evaluation")
def test_without_a_method_the_evaluation_has_figures_and_no_verdict() -> None:
    house = opinion("reported").when(votes(17, 11, 1), by=OFFICE).then(HandlingEvaluated, verdict=None, to="evaluated")
    house.with_finding("LawSilent", what="满意度测评的等次标准")


@pytest.mark.parametrize(("half_is_enough", "found"), [(True, "满意"), (False, "基本满意")])
def test_seventeen_of_34_members_satisfy_only_where_the_method_says_that_half_is_enough(
    half_is_enough: bool, found: str
) -> None:
    house = opinion("reported").when(FixEvaluation(rating_method=method(half_is_enough=half_is_enough)), by=CHAIRS)
    house.then(EvaluationFixed).when(votes(17, 11, 1), by=OFFICE).then(HandlingEvaluated, to="evaluated")
    evaluated = house.events[0]
    assert isinstance(evaluated, HandlingEvaluated) and evaluated.verdict is not None
    assert evaluated.verdict.verdict == found


def test_a_handling_that_reaches_no_grade_is_sent_back_and_the_second_round_has_its_own_term_and_votes() -> None:
    house = opinion("reported").given(FixEvaluation(rating_method=method(half_is_enough=True)), by=CHAIRS)
    house.when(votes(9, 7, 13), by=OFFICE).then(HandlingEvaluated, to="dissatisfied")
    house.when(step("close"), by=OFFICE).then_refused("NotFromHere", stands="测评不满意")
    house.when(step("send-back", text="逐项说明"), by=CHAIRS).then_refused("StepNeeds", what="最迟哪一天(due)")
    again = step("send-back", text="逐项说明", due="2026-08-31")
    house.when(again, by=CHAIRS).then(StepTaken, to="handling", round=2)
    assert house.due == {"result-reported-2": date(2026, 8, 31)}
    house.given(step("comment-draft", text="同意"), by=OFFICE)
    house.when(ReportResult(text="逐项说明"), by=GOVERNMENT).then(ResultReported, round=2).without_finding()
    house.when(votes(20, 8, 1), by=OFFICE).then(HandlingEvaluated, to="evaluated", round=2)
    assert sum(isinstance(e, HandlingEvaluated) for e in house.it.history) == 2
    house.when(step("close"), by=OFFICE).then(StepTaken, over=True)


def test_the_method_stands_before_anybody_knows_the_votes_of_the_round() -> None:
    house = opinion("reported").given(votes(17, 11, 1), by=OFFICE)
    house.when(FixEvaluation(rating_method=method(half_is_enough=True)), by=CHAIRS).then_refused("EvaluationHeld")


@pytest.mark.parametrize("wrong", [{"total": 28}, {"issued": 30}, {"returned": 30}, {"returned": 28}])
def test_figures_that_contradict_each_other_are_refused(wrong: dict[str, int]) -> None:
    opinion("reported").when(votes(17, 11, 1, **wrong), by=OFFICE).then_refused("EvaluationDoesNotAddUp")


def test_an_option_that_is_not_on_the_ballot_or_comes_twice_is_refused() -> None:
    house = opinion("reported")
    figures = {"total": 5, "present": 5, "issued": 5, "returned": 5}
    strange = EvaluateHandling.model_validate({**figures, "votes": [{"option": "good", "votes": 5}]})
    house.when(strange, by=OFFICE).then_refused("NoSuchOption", option="good")
    twice = EvaluateHandling.model_validate({**figures, "votes": [{"option": "satisfied", "votes": 1}] * 2})
    house.when(twice, by=OFFICE).then_refused("EvaluationDoesNotAddUp")
