"""Satisfaction votes (满意度测评): the body's own method decides, with its base and its > or ≥; without one there is no verdict."""

from collections.abc import Mapping

import pytest

from domain.arithmetic import Base, Share
from domain.vote.rating import DeclareRating, FixRatingMethod, ProjectsRated, RatingMethodFixed
from domain.vote.satisfaction import Grade, RatingMethod, Verdict, verdict
from domain.vote.sheets import Line, PollVoided
from tests.domain.chamber import Chamber, sheet, with_projects

# 镇海区人大常委会, 21 January 2022: eight projects rated by the 29 members present; all were declared satisfactory
ZHENHAI = [(28, 1, 0), (20, 8, 1), (26, 3, 0), (29, 0, 0), (17, 11, 1), (26, 3, 0), (17, 11, 1), (28, 1, 0)]


def method(of: Base = Base.ALL_MEMBERS, *, half_is_enough: bool = True) -> RatingMethod:
    half = Share(numerator=1, denominator=2, inclusive=half_is_enough, of=of)
    satisfied = Grade(verdict="满意", options=("satisfied",), share=half)
    basically = Grade(verdict="基本满意", options=("satisfied", "basically"), share=half)
    return RatingMethod(source="满意度测评办法第六条", cascade=(satisfied, basically), otherwise="不满意")


def rated(votes: tuple[int, int, int], members: int, *, half_is_enough: bool) -> str:
    options = dict(zip(("satisfied", "basically", "dissatisfied"), votes, strict=True))
    return verdict(method(half_is_enough=half_is_enough), options, {Base.ALL_MEMBERS: members}).verdict


@pytest.mark.parametrize("members", [29, 33])
def test_of_29_to_33_members_all_eight_projects_of_zhenhai_are_satisfactory_by_either_reading_of_half(
    members: int,
) -> None:
    for half_is_enough in (True, False):
        assert {rated(row, members, half_is_enough=half_is_enough) for row in ZHENHAI} == {"满意"}


def test_of_34_members_17_are_half_and_it_depends_on_whether_half_is_enough() -> None:
    assert {rated(row, 34, half_is_enough=True) for row in ZHENHAI} == {"满意"}
    strict = [rated(row, 34, half_is_enough=False) for row in ZHENHAI]
    assert [n for n, found in enumerate(strict, 1) if found != "满意"] == [5, 7] and strict[4] == "基本满意"


def test_of_35_members_17_are_not_half_by_any_reading() -> None:
    for half_is_enough in (True, False):
        assert rated((17, 11, 1), 35, half_is_enough=half_is_enough) == "基本满意"


@pytest.mark.parametrize(
    ("votes", "found"), [((15, 0, 14), "满意"), ((14, 1, 14), "基本满意"), ((14, 0, 15), "不满意")]
)
def test_the_first_grade_that_is_reached_is_the_verdict(votes: tuple[int, int, int], found: str) -> None:
    assert rated(votes, 29, half_is_enough=True) == found


def test_a_verdict_tells_its_arithmetic() -> None:
    votes: Mapping[str, int] = {"satisfied": 10, "basically": 6}
    found = verdict(method(Base.BALLOTS_VALID), votes, {Base.BALLOTS_VALID: 30})
    assert found == Verdict(
        verdict="基本满意", options=("satisfied", "basically"), votes=16, needed=15, of=Base.BALLOTS_VALID, base=30,
    )  # fmt: skip


def test_a_method_names_only_options_that_are_on_the_ballot_and_a_base_that_can_be_counted() -> None:
    half = Share(numerator=1, denominator=2, inclusive=True, of=Base.BALLOTS_VALID)
    with pytest.raises(ValueError, match="excellent"):
        RatingMethod(source="办法", cascade=(Grade(verdict="优", options=("excellent",), share=half),), otherwise="差")
    of_signatories = half.model_copy(update={"of": Base.SIGNATORIES})
    with pytest.raises(ValueError, match="ballots_valid"):
        RatingMethod(
            source="办法", cascade=(Grade(verdict="优", options=("satisfied",), share=of_signatories),), otherwise="差"
        )


def test_a_method_may_have_options_of_its_own() -> None:
    two_thirds = Share(numerator=2, denominator=3, inclusive=True, of=Base.BALLOTS_RETURNED)
    own = RatingMethod(
        source="评议办法", options=("good", "fair", "poor"), otherwise="一般",
        cascade=(Grade(verdict="优秀", options=("good",), share=two_thirds),),
    )  # fmt: skip
    bases = {Base.BALLOTS_RETURNED: 30}
    assert [verdict(own, {"good": good}, bases).verdict for good in (20, 19)] == ["优秀", "一般"]


# in a session


LINES = (
    Line(project="y1", in_favour=30, basically=20, against=5, abstained=0),
    Line(project="y2", in_favour=20, basically=10, against=20, abstained=5),
)
"""55 of 61 ballots: 30 is half of 60, and not of 61; 30 is more than half of the 55 that are valid."""


def with_sheets(town: Chamber, ballots: int = 55, **figures: int) -> Chamber:
    both = (sheet(number, {}, ballots, poll="rating", lines=LINES, **{"issued": 61, **figures}) for number in (1, 2))
    return town.given(*both)


def test_without_a_method_the_figures_are_given_and_no_verdict() -> None:
    town = with_sheets(with_projects(last_year=2)).when(DeclareRating())
    town.then(ProjectsRated, verdicts=(), method="").with_finding("LawSilent", what="满意度测评的等次标准")


@pytest.mark.parametrize(
    ("of", "found"),
    [(Base.ALL_DEPUTIES, ["基本满意", "不满意"]), (Base.DEPUTIES_PRESENT, ["基本满意", "不满意"]),
     (Base.BALLOTS_RETURNED, ["满意", "基本满意"]), (Base.BALLOTS_VALID, ["满意", "基本满意"])],
)  # fmt: skip
def test_with_a_method_each_project_gets_its_verdict_on_the_base_that_it_names(of: Base, found: list[str]) -> None:
    town = (
        with_projects(last_year=2)
        .when(FixRatingMethod(rating_method=method(of)))
        .then(RatingMethodFixed)
        .and_again_nothing()
    )
    with_sheets(town).when(DeclareRating()).then(ProjectsRated, method="满意度测评办法第六条")
    rated = town.events[0]
    assert isinstance(rated, ProjectsRated) and [each.verdict.verdict for each in rated.verdicts] == found


def test_the_method_stands_before_anybody_knows_the_figures() -> None:
    town = with_sheets(with_projects(last_year=2))
    town.when(FixRatingMethod(rating_method=method())).then_refused("CountingHasBegun", "ZJPJ22-25-rating")


def test_a_method_with_options_that_the_sheets_do_not_have_is_sent_back() -> None:
    half = Share(numerator=1, denominator=2, inclusive=True, of=Base.BALLOTS_VALID)
    grade = Grade(verdict="优秀", options=("good",), share=half)
    own = RatingMethod(source="办法", options=("good", "poor"), cascade=(grade,), otherwise="差")
    with_projects(last_year=2).when(FixRatingMethod(rating_method=own)).then_refused(
        "OptionsNotOnTheSheet", option="good"
    )


@pytest.mark.rule("I-vote-ballots")
def test_a_rating_with_more_ballots_than_went_out_is_void_and_held_again() -> None:
    town = with_sheets(with_projects(last_year=2), issued=54).when(DeclareRating())
    town.then(PollVoided, poll="rating", voided="returned_over_issued", issued=54, returned=55)
    assert not town.session.has("projects-rated")
    with_sheets(town).when(DeclareRating()).then(ProjectsRated)
