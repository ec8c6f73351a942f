"""The election method (选举办法): adopted first, with margins within the law's bounds, and a rule on ballots beyond those issued."""

import pytest

from domain.arithmetic import Portion
from domain.election.method import ElectionMethodDrafted, Rules
from domain.vote.votes import VoteCounted
from tests.domain.chamber import hands, township
from tests.domain.elections import RULES, election, method, town


@pytest.mark.parametrize(("seats", "bounds"), [(4, None), (5, (1, 1)), (25, (3, 5)), (1, None), (30, (3, 6))])
def test_a_tenth_to_a_fifth_of_25_seats_is_3_to_5_and_of_4_seats_no_whole_number(
    seats: int, bounds: tuple[int, int] | None
) -> None:
    assert Portion(least=(1, 10), most=(1, 5)).bounds(seats) == bounds


def test_a_session_without_elections_needs_no_method() -> None:
    township("presidium elected").when(method()).then_refused("NoElections")


def test_a_method_that_does_not_say_when_the_poll_is_void_is_refused() -> None:
    here = town(election())
    here.when(method(("e", 1), rules=RULES.model_copy(update={"ballot_count": None}))).then_refused(
        "BallotCountRuleMissing"
    )
    here.when(method(("e", 1))).then(ElectionMethodDrafted).and_again_nothing()


def test_a_method_that_leaves_ties_open_is_warned_of() -> None:
    town(election()).when(method(("e", 1), rules=Rules(ballot_count="returned_over_issued"))).with_finding(
        "MethodSilent"
    )
    town(election()).when(method(("e", 1))).without_finding("MethodSilent")


def test_each_election_needs_its_margin_and_none_is_given_for_another() -> None:
    here = town(election()).when(method()).then_refused("MarginMissing")
    here.when(method(("e", 1), ("other", 1))).then_refused("UnknownElection", known="e")


def test_the_method_is_voted_on_once_it_is_drafted_and_not_redrafted_once_it_is_adopted() -> None:
    here = town(election()).when(hands("election-method", 61)).then_refused("MethodNotDrafted")
    here.given(method(("e", 1))).when(hands("election-method", 61)).then(VoteCounted, adopted=True)
    here.when(method(("e", 1))).then_nothing()
    here.when(method(("e", 2))).then_refused("MethodAdopted")


def test_a_county_does_not_elect_a_township_head() -> None:
    here = town(election("township-head"), point="registered")
    assert here.session.elections["e"].seats_left == 1
    again = type(here)(elections=(election("court-president"),))
    again.when(again.registering).then_refused("PostElsewhere")
