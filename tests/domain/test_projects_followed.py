"""Livelihood projects from the call to the evaluation at the year's end, and the street that may only recommend (follow_up.md §2.4)."""

from datetime import date

import pytest

from domain.matter.clues import AddClue, ClueAdded, CluesSifted, SiftClues
from domain.matter.evaluating import EvaluateHandling, HandlingEvaluated
from domain.matter.projects import (
    DecideProjectChange,
    LightShown,
    ProjectChangeDecided,
    ProjectTakenUp,
    ShowLight,
    TakeUpProject,
)  # fmt: skip
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.terms import MissTerm, TermMissed
from domain.session.matters import BeginMatter, MatterBegun
from domain.submission import Command
from domain.vote.projects import DeclareProjects
from tests.domain.chamber import Chamber, council, sheet, township, with_projects
from tests.domain.county import county
from tests.domain.following import Following, begun
from tests.domain.test_projects import METHOD as OF_THREE

DONE_BY = date(2024, 11, 30)
METHOD = OF_THREE.model_copy(update={"choose": 2})


def step(name: str, **fields: object) -> Command:
    return TakeStep.model_validate({"step": name, "text": "说明", **fields})


def voted(house: Chamber) -> Chamber:
    """The vote is held: of three candidates the first two are chosen."""
    votes = {"p1": 60, "p2": 50, "p3": 10}
    return house.given(sheet(1, votes, 60), sheet(2, votes, 60), DeclareProjects())


def project(code: str = "p1") -> Following:
    """A township's project, its vote declared, its matter begun."""
    town = voted(with_projects(candidates=3, choose=2).given(METHOD))
    return begun(town, "project", subject="村道改造", unit="建设办").given(TakeUpProject(project=code), by="presidium")


def running() -> Following:
    plan = step("plan-project", unit="建设办", due=DONE_BY)
    return project().given(plan, by="government")


def call(house: Chamber | None = None, on: date = date(2024, 8, 31)) -> Following:
    town = (house or township("closed")).on(on)
    return begun(town, "project-call", number="c1", subject="2025年项目征集", unit="镇政府")


# the call ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ZJPJ22-9", "ZJPJ22-12")
def test_the_public_call_lasts_a_month_and_a_day_less_is_remarked_on() -> None:
    clue = AddClue(clue="a", text="修村道", came_from="public")
    house = call().when(clue).then(ClueAdded).and_again_nothing()
    house.when(AddClue(clue="a", text="别的", came_from="deputy")).then_refused("ClueTaken", clue="a")
    sift = SiftClues(go_on=("a",), text="群众反映集中,资金有保障")
    short = call().given(clue).on(date(2024, 9, 29), 23).when(sift).then(CluesSifted)
    short.with_finding("CallTooShort", "ZJPJ22-9", until="2024-09-30")
    house.on(date(2024, 9, 30)).when(sift).then(CluesSifted, collected=1).without_finding()
    house.when(step("fix-candidates"), by="government").then_refused("NotFromHere")
    house.given(step("deliberate-candidates"), by="presidium")
    house.when(step("fix-candidates"), by="government").then(StepTaken, over=True).citing("ZJPJ22-13")


def test_only_what_was_gathered_can_be_sifted() -> None:
    house = call().when(SiftClues(go_on=("a",), text="好")).then_refused("NoClues")
    house.given(AddClue(clue="a", text="修村道", came_from="deputy", out_of="7"))
    house.when(SiftClues(go_on=("b",), text="好")).then_refused("NoSuchClue", clue="b")


# each project ------------------------------------------------------------------------------------------------------------------


def test_only_what_the_vote_chose_is_followed_as_a_livelihood_project() -> None:
    town = voted(with_projects(candidates=3, choose=2).given(METHOD))
    house = begun(town, "project", subject="公园", unit="建设办")
    house.when(TakeUpProject(project="p3"), by="presidium").then_refused("NotChosen", chosen="p1、p2")
    house.when(TakeUpProject(project="p2"), by="presidium").then(ProjectTakenUp, recommendation=False).without_finding()
    unvoted = begun(with_projects(), "project").when(TakeUpProject(project="p1"), by="presidium")
    unvoted.then_refused("NotChosen", chosen="—")


@pytest.mark.rule("ZJPJ22-25-plan")
def test_the_plan_says_by_when_and_a_project_not_done_by_then_has_missed_its_term() -> None:
    house = running()
    assert house.due == {"complete": DONE_BY} and house.it.waits_for == "建设办"
    house.on(date(2024, 12, 1), 0, 0).when(MissTerm(clock="complete"), by="clock").then(TermMissed, last_day=DONE_BY)
    house.when(step("complete"), by="government").with_finding("DeadlineMissed", due=str(DONE_BY))
    in_time = running().on(DONE_BY, 23).when(step("complete"), by="government").then(StepTaken, to="completed")
    in_time.without_finding()


def test_a_light_that_is_not_green_says_why_and_changes_nothing_else() -> None:
    house = running().when(ShowLight(light="green")).then(LightShown).without_finding()
    house.when(ShowLight(light="red")).with_finding("LightWithoutReason", number="r1")
    house.when(ShowLight(light="yellow", text="雨季停工")).then(LightShown).without_finding()
    assert house.it.more["light"] == "yellow" and house.it.stands == "running"
    house.when(step("review-mid-year"), by="presidium").then(StepTaken).citing("ZJPJ22-25-supervised")


@pytest.mark.rule("ZJPJ22-22", "ZJPJ22-22-by-presidium")
def test_in_a_township_the_presidium_decides_on_a_change_and_the_government_alone_changes_nothing() -> None:
    change = DecideProjectChange(outcome="changed", text="改为分两期")
    house = running()
    house.when(change, by="presidium").then_refused("NotFromHere")
    house.given(step("ask-project-change"), by="government")
    house.when(change, by="government").then_refused("NotTheirAct")
    house.when(change, by="standing_committee").then_refused("NotTheirAct", "ZJPJ22-22-by-presidium")
    house.when(change, by="presidium").then(ProjectChangeDecided, to="running").citing("ZJPJ22-22-by-presidium")
    house.given(step("ask-project-change"), by="government")
    ended = DecideProjectChange(outcome="ended", text="规划改变")
    house.when(ended, by="presidium").then(ProjectChangeDecided, to="ended", over=True, ended=("complete",))
    house.when(step("report-project-change"), by="government").then(StepTaken).citing("ZJPJ22-22")


@pytest.mark.rule("ZJPJ22-22-by-committee")
def test_in_a_county_of_zhejiang_the_standing_committee_decides_on_a_change_and_no_presidium() -> None:
    law = county("registered", profile="zhejiang-county").laws.newest()
    ruling = law.on(date(2026, 3, 2), "county", "year_start", "zhejiang-county").ruling("projects.change_decided_by")
    assert ruling is not None and ruling.options == ("standing_committee",) and ruling.may_refuse


@pytest.mark.rule("ZJPJ22-25-rating")
def test_evaluated_at_the_years_end_it_is_closed_or_put_right_and_evaluated_again() -> None:
    house = running().given(step("complete"), by="government")
    votes = ({"option": "satisfied", "votes": 55}, {"option": "dissatisfied", "votes": 6})
    held = EvaluateHandling.model_validate({"total": 61, "present": 61, "issued": 61, "returned": 61, "votes": votes})
    house.when(held, by="presidium").then(HandlingEvaluated, to="evaluated").citing("ZJPJ22-25-rating")
    house.when(step("close"), by="presidium").then(StepTaken, over=True)
    assert house.it.over


# the street --------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ZJPJ22-26")
def test_a_streets_projects_are_recommended_and_no_change_of_them_is_decided_by_anybody_here() -> None:
    street = voted(council(candidates=3, choose=2))
    house = begun(street, "project", subject="口袋公园", unit="城管办")
    house.when(TakeUpProject(project="p1"), by="street_committee").then(ProjectTakenUp, recommendation=True)
    house.with_finding("RecommendationOnly", "ZJPJ22-26")
    house.given(step("plan-project", unit="城管办", due=DONE_BY), by="street_office")
    house.given(step("ask-project-change"), by="street_office")
    change = DecideProjectChange(outcome="changed", text="改地点")
    house.when(change, by="presidium").then_refused("OnlyRecommended", "ZJPJ22-26")


def test_a_street_whose_project_is_to_change_waits_for_no_decision_of_a_congress() -> None:
    house = begun(voted(council(candidates=3, choose=2)), "project", subject="口袋公园", unit="城管办")
    assert house.it.waits_for == "street_committee", "a street has no standing committee's office"
    house.given(TakeUpProject(project="p1"), by="street_committee")
    house.given(step("plan-project", unit="城管办", due=DONE_BY), step("ask-project-change"), by="street_office")
    house.when(step("tell-project-change"), by="street_committee").then_refused("NotTheirAct")
    house.when(step("tell-project-change"), by="street_office").then(StepTaken, to="running")
    house.when(step("tell-project-end"), by="street_office").then(StepTaken, over=True)


def test_a_recommendation_may_be_declined_with_its_reasons_and_what_a_congress_chose_may_not() -> None:
    house = begun(voted(council(candidates=3, choose=2)), "project", subject="口袋公园", unit="城管办")
    house.given(TakeUpProject(project="p1"), by="street_committee")
    house.when(step("decline-project"), by="street_office").then(StepTaken, over=True)
    town = project()
    town.when(step("decline-project"), by="government").then_refused("NotInThisBody")


@pytest.mark.rule("ZJ-ST19-10")
def test_an_inspection_or_monitoring_may_be_handed_down_to_a_street_and_no_resolution_is_followed_up_there() -> None:
    house = begun(council(), "delegated-inspection", unit="街道工委", due=DONE_BY)
    house.when(step("take-on"), by="street_committee").then(StepTaken).citing("ZJ-ST19-10")
    assert house.it.stands == "inspecting"
    handed = BeginMatter(number="m1", kind="monitoring", subject="街道预算执行", unit="办事处")
    house.when(handed).then(MatterBegun).citing("ZJ-ST19-10")
    resolved = BeginMatter(number="r9", kind="resolution", subject="某决议", unit="办事处")
    house.when(resolved).then_refused("MatterNotOfThisBody", ("OL22-59-3", "ZJ-ST19-17-recommends"))
