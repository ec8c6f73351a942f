"""Livelihood projects: method first, more candidates than projects, two sheets that agree, more than half of all deputies."""

from datetime import date
from typing import Any

import pytest

from domain.session.closing import Announce, Announced, CloseSession
from domain.session.parts import AgendaItem
from domain.session.presidium import PresidiumDecides
from domain.session.sittings import CloseSitting
from domain.vote.projects import DeclareProjects, ProjectsChosen
from domain.vote.rating import DeclareRating, ProjectsRated
from domain.vote.sheets import EnterSheet, Line, PollVoided, SheetEntered
from domain.vote.votes import VoteCounted
from tests.domain.chamber import PROJECTS, RATING, REPORTS, Chamber, council, hands, sheet, township, with_projects

METHOD = hands("project-method", 61, choose=3, on_tie="vote_again", on_shortfall="fewer")
CLEAR = {"p1": 60, "p2": 50, "p3": 40, "p4": 35, "p5": 20}


def counted(votes: dict[str, int], ballots: int = 61, **about: Any) -> Chamber:
    """The method is adopted and both tellers found the same."""
    method = METHOD.model_copy(update={"in_favour": ballots})
    return with_projects(**about).given(method, sheet(1, votes, ballots), sheet(2, votes, ballots))


@pytest.mark.rule("ZJPJ22-19")
def test_the_method_comes_first() -> None:
    town = with_projects().when(sheet(1, CLEAR, 61)).then_refused("StepMissing", "ZJPJ22-19")
    town.when(METHOD).then(VoteCounted, choose=3, adopted=True).citing("ZJPJ22-19")
    town.when(sheet(1, CLEAR, 61)).then(SheetEntered, sheet=1)


@pytest.mark.rule("ZJPJ22-16-17-surplus")
@pytest.mark.parametrize(("choose", "lawful"), [(4, True), (5, False), (6, False)])
def test_of_five_candidates_four_may_be_chosen_and_not_five(choose: int, *, lawful: bool) -> None:
    town = with_projects().when(hands("project-method", 61, choose=choose))
    if lawful:
        town.then(VoteCounted, choose=4)
    else:
        town.then_refused("SurplusMissing", "ZJPJ22-16-17-surplus", found=5, needed=choose)


def test_without_a_law_on_a_surplus_five_of_five_may_be_confirmed_but_not_six() -> None:
    about: dict[str, Any] = {"profile": "national-township", "candidates": 5, "choose": 5}
    with_projects(**about).when(hands("project-method", 61, choose=5)).then(VoteCounted).with_finding("LawSilent")
    with_projects(**about).when(hands("project-method", 61, choose=6)).then_refused("SurplusMissing", found=5, needed=6)


@pytest.mark.rule("ZJPJ22-12")
def test_candidates_that_the_presidium_did_not_deliberate_are_not_voted_on() -> None:
    town = township("announced", agenda=(*REPORTS, PROJECTS), candidates=5, choose=3).given(METHOD)
    town.when(sheet(1, CLEAR, 61)).then_refused("StepMissing", "ZJPJ22-12")
    town.given(PresidiumDecides(matter="project-candidates", items=("projects",))).when(sheet(1, CLEAR, 61)).then(
        SheetEntered
    )


@pytest.mark.rule("ZJPJ22-16-17", "ZJPJ22-16-17-plenary", "ZJPJ22-2", "OL22-12-3", "ZJT23-30-proj")
def test_the_three_with_most_votes_are_chosen_by_more_than_half_of_all_deputies() -> None:
    town = counted(CLEAR).when(DeclareProjects())
    town.then(
        ProjectsChosen, chosen=("p1", "p2", "p3"), needed=31, seats=3, tied=(), recommendation=False
    ).without_finding()
    town.citing("ZJPJ22-16-17", "ZJPJ22-16-17-plenary", "ZJPJ22-2", "OL22-12-3", "ZJT23-30-proj").and_again_nothing()
    assert town.session.chosen == ("p1", "p2", "p3")


@pytest.mark.rule("ZJPJ22-16-17")
def test_31_of_61_choose_a_project_and_30_do_not_even_if_only_41_voted() -> None:
    town = counted({"p1": 41, "p2": 31, "p3": 30, "p4": 0, "p5": 0}, 41, present=41)
    town.when(DeclareProjects()).then(ProjectsChosen, chosen=("p1", "p2"), needed=31)
    town.with_finding("TooFewChosen", "ZJPJ22-16-17", seats=3, found=2)


@pytest.mark.rule("ZJPJ22-19")
def test_two_projects_tied_at_the_cut_are_left_to_the_method() -> None:
    town = counted({"p1": 60, "p2": 50, "p3": 40, "p4": 40, "p5": 20}).when(DeclareProjects())
    town.then(ProjectsChosen, chosen=("p1", "p2"), tied=("p3", "p4")).with_finding("TieAtTheCut", "ZJPJ22-19")


TIED = {"p1": 60, "p2": 50, "p3": 40, "p4": 40, "p5": 20}


def test_those_tied_are_voted_on_again_by_themselves_and_the_others_stay_chosen() -> None:
    town = counted(TIED).given(DeclareProjects())
    assert town.session.has("projects-tied") and not town.session.has("projects-chosen")
    town.when(CloseSession()).then_refused("MandatoryItemMissing")
    town.when(DeclareProjects()).then_refused("SheetMissing")
    town.when(sheet(1, TIED, 61)).then_refused("UnknownProject", project="p1")
    town.given(*(sheet(n, {"p3": 32, "p4": 33}, 61) for n in (1, 2))).when(DeclareProjects())
    town.then(ProjectsChosen, chosen=("p1", "p2", "p4"), tied=(), seats=3).without_finding().and_again_nothing()
    assert town.session.has("projects-chosen")


def test_those_tied_again_are_voted_on_once_more() -> None:
    town = counted(TIED).given(DeclareProjects(), *(sheet(n, {"p3": 40, "p4": 40}, 61) for n in (1, 2)))
    town.when(DeclareProjects()).then(ProjectsChosen, chosen=("p1", "p2"), tied=("p3", "p4"))
    town.given(*(sheet(n, {"p3": 41, "p4": 40}, 61) for n in (1, 2))).when(DeclareProjects())
    town.then(ProjectsChosen, chosen=("p1", "p2", "p3"), tied=())


@pytest.mark.rule("ZJPJ22-19")
def test_the_presidium_decides_a_tie_where_the_method_leaves_it_to_it_and_nowhere_else() -> None:
    decides = METHOD.model_copy(update={"on_tie": "presidium_decides"})
    sheets = [sheet(n, TIED, 61) for n in (1, 2)]
    town = with_projects().given(decides, *sheets, DeclareProjects())
    town.when(DeclareProjects(tie=("p3",))).then_refused("TieNotSettled", "ZJPJ22-19", left=1, tied="p3、p4")
    town.given(PresidiumDecides(matter="tie", text="选定项目三"))
    for wrong in (("p3", "p4"), ("p5",), ("p1",)):
        town.when(DeclareProjects(tie=wrong)).then_refused("TieNotSettled", "ZJPJ22-19")
    town.when(DeclareProjects(tie=("p3",))).then(ProjectsChosen, chosen=("p1", "p2", "p3"), tied=(), lines=())
    town.without_finding().and_again_nothing()
    town = counted(TIED).given(DeclareProjects(), PresidiumDecides(matter="tie", text="选定项目三"))
    town.when(DeclareProjects(tie=("p3",))).then_refused("TieNotSettled", "ZJPJ22-19")


def test_without_a_method_on_file_the_plans_number_is_chosen_and_the_record_says_so() -> None:
    town = with_projects(profile="national-township").given(*(sheet(n, CLEAR, 61) for n in (1, 2)))
    town.when(DeclareProjects()).then(ProjectsChosen, chosen=("p1", "p2", "p3"), seats=3, needed=31)
    town.with_finding("LawSilent", what="票决办法").and_again_nothing()


def test_a_tie_above_the_cut_or_below_the_majority_harms_nobody() -> None:
    town = counted({"p1": 50, "p2": 50, "p3": 40, "p4": 20, "p5": 20}).when(DeclareProjects())
    town.then(ProjectsChosen, chosen=("p1", "p2", "p3"), tied=()).without_finding()
    town = counted({"p1": 50, "p2": 50, "p3": 30, "p4": 30, "p5": 20}).when(DeclareProjects())
    town.then(ProjectsChosen, chosen=("p1", "p2"), tied=()).with_finding("TooFewChosen")


def test_sheets_that_differ_by_one_vote_give_no_result() -> None:
    town = with_projects().given(METHOD, sheet(1, CLEAR, 61))
    town.when(DeclareProjects()).then_refused("SheetMissing", "ZJPJ22-19", sheet=2)
    town.given(sheet(2, {**CLEAR, "p4": 34}, 61)).when(DeclareProjects()).then_refused(
        "SheetsDiffer", "ZJPJ22-19", where="p4"
    )
    town.given(sheet(2, CLEAR, 60)).when(DeclareProjects()).then_refused("SheetsDiffer")
    town.given(sheet(2, CLEAR, 61)).when(DeclareProjects()).then(ProjectsChosen)


def test_a_sheet_entered_again_is_no_news_and_after_the_result_cannot_be_replaced() -> None:
    town = counted(CLEAR).when(sheet(2, CLEAR, 61)).then_nothing()
    town.given(DeclareProjects()).when(sheet(1, CLEAR, 61)).then_nothing()
    town.when(sheet(1, {**CLEAR, "p5": 55}, 61)).then_refused("DeclaredAlready")


@pytest.mark.rule("ZJPJ22-19")
@pytest.mark.parametrize("figures", [{"returned": 60}, {"valid": 60}, {"void": 1}])
def test_ballots_that_do_not_add_up_by_one_are_sent_back(figures: dict[str, Any]) -> None:
    town = with_projects().given(METHOD).when(sheet(1, CLEAR, 61, **figures))
    town.then_refused("BallotsDoNotAddUp", "ZJPJ22-19", **figures)


@pytest.mark.rule("I-vote-ballots")
@pytest.mark.parametrize(("issued", "why"), [(60, "returned_over_issued"), (62, "returned_over_voters")])
def test_one_ballot_more_than_went_out_or_than_deputies_is_recorded_and_voids_the_poll(issued: int, why: str) -> None:
    ballots = 61 if issued == 60 else 62
    votes = {project: yes + ballots - 61 for project, yes in CLEAR.items()}
    town = (
        with_projects().given(METHOD).when(sheet(1, votes, ballots, issued=issued)).then(SheetEntered, returned=ballots)
    )
    town.with_finding("MoreReturnedThanIssued" if issued == 60 else "MoreIssuedThanPresent", "I-vote-ballots")
    town.given(sheet(2, votes, ballots, issued=issued)).when(DeclareProjects())
    town.then(PollVoided, poll="projects", voided=why).with_finding("VoteVoid", "I-vote-ballots")
    assert not town.session.has("projects-chosen") and not town.session.has("sheet:projects:1")
    town.when(DeclareProjects()).then_refused("SheetMissing", sheet=1)
    town.given(sheet(1, CLEAR, 61), sheet(2, CLEAR, 61)).when(DeclareProjects()).then(ProjectsChosen)


def test_ballots_not_returned_and_void_ones_are_accounted_for() -> None:
    lines = tuple(Line(project=p, in_favour=40, abstained=18) for p in CLEAR)
    paper = EnterSheet(poll="projects", sheet=1, issued=61, returned=59, valid=58, void=1, lines=lines)
    with_projects().given(METHOD).when(paper).then(SheetEntered, void=1, valid=58)


def test_more_ballots_than_deputies_are_noticed_even_when_the_sitting_is_over() -> None:
    town = with_projects().given(METHOD, CloseSitting())
    town.when(sheet(1, CLEAR, 62)).then(SheetEntered).with_finding("MoreIssuedThanPresent", found=62, present=61)
    town.when(sheet(1, CLEAR, 61)).then(SheetEntered, deputies_present=61).without_finding()


@pytest.mark.rule("ZJPJ22-16-17-plenary", "ZJPJ22-16-17-options")
def test_a_sheet_has_every_project_once_and_nothing_but_for_against_and_abstained() -> None:
    town = with_projects().given(METHOD)
    town.when(sheet(1, {**CLEAR, "p6": 1}, 61)).then_refused("UnknownProject", "ZJPJ22-16-17-plenary", project="p6")
    town.when(sheet(1, {"p1": 60}, 61)).then_refused("ProjectMissing", project="p2")
    lines = tuple(Line(project=p, in_favour=61) for p in ("p1", *CLEAR))
    town.when(sheet(1, {}, 61, lines=lines)).then_refused("UnknownProject", project="p1")
    lines = tuple(Line(project=p, in_favour=60) for p in CLEAR)
    town.when(sheet(1, {}, 61, lines=lines)).then_refused("OptionsDoNotAddUp", project="p1", found=60, valid=61)
    lines = tuple(Line(project=p, in_favour=60, basically=1) for p in CLEAR)
    town.when(sheet(1, {}, 61, lines=lines)).then_refused("OptionNotAllowed", "ZJPJ22-16-17-options", project="p1")


@pytest.mark.rule("ZJPJ22-18")
def test_the_projects_are_announced_once_they_are_chosen() -> None:
    announce = Announce(items=("projects",))
    town = counted(CLEAR).when(announce).then_refused("NotYetDecided", item="projects")
    town.given(DeclareProjects()).when(announce).then(Announced).citing("ZJPJ22-18").and_again_nothing()


def test_a_session_without_projects_has_none_to_declare() -> None:
    township("announced").when(DeclareProjects()).then_refused("NoProjects", "ZJPJ22-2")


@pytest.mark.rule("ZJT16-30-proj")
def test_before_october_2022_zhejiang_townships_chose_by_their_own_regulation() -> None:
    town = with_projects(opens=date(2022, 9, 28)).given(METHOD, sheet(1, CLEAR, 61), sheet(2, CLEAR, 61))
    town.when(DeclareProjects()).then(ProjectsChosen, needed=31).citing("ZJT16-30-proj")


# last year's projects


@pytest.mark.rule("ZJPJ22-25-rating")
def test_last_years_projects_are_rated_and_the_figures_given_without_a_verdict() -> None:
    lines = (Line(project="y1", in_favour=50, basically=8, against=2, abstained=1), Line(project="y2", in_favour=61))
    town = with_projects(last_year=2)
    for number in (1, 2):
        town.given(sheet(number, {}, 61, poll="rating", lines=lines))
    town.when(DeclareRating()).then(ProjectsRated, lines=lines, valid=61).citing("ZJPJ22-25-rating").and_again_nothing()
    town.when(sheet(1, {}, 61, poll="rating", lines=lines[::-1])).then_nothing()


def test_a_rating_waits_for_both_sheets() -> None:
    town = with_projects(last_year=1).given(sheet(1, {"y1": 61}, 61, poll="rating"))
    town.when(DeclareRating()).then_refused("SheetMissing", sheet=2)
    assert RATING.code in town.session.agenda


# the residents' council recommends


def recommending(votes: dict[str, int], present: int = 60) -> Chamber:
    item = AgendaItem(code="projects", kind="projects", title="民生实事项目票选推荐")
    street = council("opened", 60, present=present, agenda=(item,), candidates=12, choose=10)
    return street.given(sheet(1, votes, present), sheet(2, votes, present))


@pytest.mark.rule("ZJ-ST19-17-recommends", "ZJPJ22-26", "OL22-59-3")
def test_a_council_recommends_the_ten_of_twelve_with_most_votes_and_asks_for_no_majority() -> None:
    votes = {f"p{n}": 30 - n for n in range(1, 13)}
    street = recommending(votes).when(DeclareProjects())
    street.then(ProjectsChosen, chosen=tuple(f"p{n}" for n in range(1, 11)), needed=0, recommendation=True)
    street.citing("ZJ-ST19-17-recommends", "ZJPJ22-26")
    street.with_finding("RecommendationOnly", ("ZJ-ST19-17-recommends", "OL22-59-3")).and_again_nothing()


def test_a_council_meeting_is_rated_and_announced_too() -> None:
    votes = {f"p{n}": 30 - n for n in range(1, 13)}
    street = recommending(votes, present=41).given(DeclareProjects())
    street.when(Announce(items=("projects",))).then(Announced).and_again_nothing()


@pytest.mark.rule("OL15-53-3")
def test_before_2022_a_street_had_no_congress_either() -> None:
    item = AgendaItem(code="projects", kind="projects", title="民生实事项目票选推荐")
    street = council("opened", 3, agenda=(item,), candidates=2, choose=1, opens=date(2021, 5, 12))
    street.given(*(sheet(n, {"p1": 2, "p2": 1}, 3) for n in (1, 2))).when(DeclareProjects())
    street.then(ProjectsChosen, chosen=("p1",)).with_finding("RecommendationOnly", "OL15-53-3")


def test_a_sheet_where_the_plan_has_nothing_to_rate_says_so_and_does_not_list_nothing() -> None:
    town = township("announced", 61).when(sheet(1, {"y01": 61}, 61, poll="rating"))
    town.then_refused("NothingToCount")
