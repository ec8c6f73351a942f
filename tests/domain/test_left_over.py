"""Candidates of a separate election (另行选举): the next by votes, or nominated anew; contested again but for a head (edge 15)."""

from typing import Any

import pytest

from domain.election.attesting import AttestCount
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.nomination import Nominated
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection, SeparateElectionDecided
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line
from domain.session.parts import Code
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import RULES, adopted, deliberated, election, house, joint, meeting, town

THREE = {"d001": 200, "d002": 150, "d003": 120, "d004": 118}


def after_the_ballot(
    post: str, seats: int, votes: dict[str, int], extra: int, shortfall: str = "this_session", **about: Any
) -> Chamber:
    """A first ballot counted and declared; the seats it left open are filled at this session, when the method has it so."""
    place = town if post.startswith("township") else house
    here = meeting(place(election(post, seats=seats, kind="change_of_term"), **about))
    total = len(here.roll)
    for n, start in enumerate(range(0, len(votes), seats), 1):
        here.given(joint(f"n{n}", tuple(votes)[start : start + seats], ids(10, start=n * 10)))
    deliberated(here).given(hands("scrutineers", total, persons=ids(3, start=50), chief="d050", no_relatives=True))
    adopted(here, ("e", extra), rules=RULES.model_copy(update={"shortfall": shortfall}))
    here.given(SettleCandidates(election="e", candidates=tuple(votes)))
    here.on(here.opens.replace(day=here.opens.day + 2), 16).given(OpenBallot(election="e"))
    counted(here, votes)
    declared = here.events[0]
    assert isinstance(declared, ElectionDeclared) and declared.outcome.open_seats > 0
    return (
        here if shortfall != "this_session" else here.given(DecideSeparateElection(election="e", when="this_session"))
    )


def counted(here: Chamber, votes: dict[str, int]) -> Chamber:
    """The open ballot counted on two sheets, attested and declared."""
    total = len(here.roll)
    lines = tuple(Line(person=p, in_favour=v, against=total - v) for p, v in votes.items())
    for number in (1, 2):
        here.given(EnterBallotSheet(election="e", sheet=number, issued=total, returned=total, valid=total, lines=lines))
    return here.given(AttestCount(election="e"), DeclareElection(election="e"))


def by_ballot(*persons: Code, **more: bool) -> SettleCandidates:
    return SettleCandidates(election="e", candidates=persons, from_ballot=True, **more)


@pytest.mark.rule("OL22-29-2-shortfall-candidates", "OL22-29-3-separate", "I-second-majority")
def test_one_vice_seat_left_over_takes_two_candidates_the_next_by_votes() -> None:
    here = after_the_ballot("deputy-government-head", 3, THREE, 1)
    assert here.session.elections["e"].elected == ("d001", "d002") and not here.session.has("candidates-settled:e")
    here.when(by_ballot("d003")).then_refused("TooFewCandidates", needed=2)
    here.when(by_ballot("d001", "d003")).then_refused("NotInTheBallot", person="d001")
    here.when(by_ballot("d003", "d004")).then(CandidatesSettled, seats=1).citing("OL22-29-2-shortfall-candidates")
    here.when(OpenBallot(election="e")).then(BallotOpened, round="separate", seats=1, needed=121).citing(
        "I-second-majority"
    )


def test_nobody_stands_who_had_fewer_votes_than_one_left_out() -> None:
    votes = {**THREE, "d005": 100}
    here = after_the_ballot("deputy-government-head", 3, votes, 2)
    here.when(by_ballot("d003", "d005")).then_refused(
        "AheadByVotes", citing="OL22-29-2-shortfall-candidates", ahead="d004", found=118, person="d005", votes=100
    )
    here.when(by_ballot("d003", "d004", "d005")).then(CandidatesSettled)


@pytest.mark.rule("OL22-29-2-shortfall-candidates")
def test_leaders_may_be_nominated_anew_and_who_is_elected_is_not() -> None:
    here = after_the_ballot("deputy-government-head", 3, THREE, 1)
    here.when(joint("a1", ("d001",), ids(10, start=50))).then_refused("ElectedAlready", person="d001")
    here.when(joint("a1", ("d040",), ids(10, start=10))).then(Nominated, struck=())
    here.given(joint("a2", ("d003",), ids(10, start=60)))
    here.when(SettleCandidates(election="e", candidates=("d040", "d003"))).then_refused("NomineesNotPrinted")
    deliberated(here).when(SettleCandidates(election="e", candidates=("d040", "d003"))).then(CandidatesSettled)


def test_a_head_may_stand_alone_in_the_separate_election() -> None:
    here = after_the_ballot("government-head", 1, {"d001": 120, "d002": 100}, 1)
    here.when(by_ballot("d001")).then(CandidatesSettled)


@pytest.mark.rule("EL20-45-4-shortfall", "EL20-45-4-shortfall-one", "EL20-45-5-separate")
def test_for_one_deputy_above_two_stand_by_votes_and_nobody_is_nominated_anew() -> None:
    votes = {"d001": 200, "d002": 190, "d003": 180, "d004": 170, "d005": 120, "d006": 110}
    here = after_the_ballot("higher-deputy", 5, votes, 1)
    here.when(joint("a1", ("d040",), ids(10, start=50))).then_refused("NotNominatedAnew", citing="EL20-45-4-shortfall")
    here.when(by_ballot("d005")).then_refused("TooFewCandidates", needed=2)
    here.given(by_ballot("d005", "d006")).when(OpenBallot(election="e")).then(BallotOpened, seats=1, needed=121)
    here.citing("EL20-45-5-separate")


@pytest.mark.rule("EL20-45-4-shortfall", "I-deputies-separate-when")
def test_of_deputies_above_the_law_itself_orders_the_separate_election_and_names_no_next_session() -> None:
    votes = {"d001": 200, "d002": 190, "d003": 180, "d004": 170, "d005": 120, "d006": 110}
    here = after_the_ballot("higher-deputy", 5, votes, 1, shortfall="congress_decides")
    decide = DecideSeparateElection(election="e", when="this_session")
    later = decide.model_copy(update={"when": "next_session"})
    here.when(later).then_refused("VotesMissing", citing="EL20-45-4-shortfall")
    by_vote = {"in_favour": 241, "against": 0, "abstained": 0}
    here.when(later.model_copy(update=by_vote)).then(SeparateElectionDecided, adopted=True).with_finding(
        "NextSessionNotNamed", citing="I-deputies-separate-when"
    )
    here = after_the_ballot("higher-deputy", 5, votes, 1, shortfall="congress_decides")
    here.when(decide).then(SeparateElectionDecided, count=None, adopted=True).citing("EL20-45-4-shortfall")
    here.without_finding("NextSessionNotNamed")


def test_of_leaders_the_next_session_is_named_and_nothing_is_said_of_it() -> None:
    here = after_the_ballot("deputy-government-head", 3, THREE, 1, shortfall="congress_decides")
    decide = DecideSeparateElection(election="e", when="next_session", in_favour=121, against=120, abstained=0)
    here.when(decide).then(SeparateElectionDecided).citing("OL22-29-2-shortfall").without_finding()


def test_of_members_left_over_the_congress_decides_how_many_stand_where_no_whole_number_fits() -> None:
    votes = {f"d{n:03}": 200 for n in range(1, 10)} | {"d010": 120, "d011": 110}
    here = after_the_ballot("sc-member", 10, votes, 1)
    here.when(by_ballot("d010", "d011")).then_refused("MarginNotDecided", seats=1)
    here.when(by_ballot("d010", "d011", decided=True)).then(CandidatesSettled).with_finding("MarginByDecision", found=1)


def test_without_a_ballot_nobody_stands_by_votes() -> None:
    here = deliberated(
        meeting(house(election("government-head", kind="change_of_term"))).given(joint("1", ("d001",), ids(10)))
    )
    adopted(here, ("e", 0)).when(by_ballot("d001")).then_refused("NoBallotToGoBy")


def test_seats_left_open_once_more_are_decided_on_once_more() -> None:
    here = after_the_ballot("government-head", 1, {"d001": 120, "d002": 100}, 1).given(by_ballot("d001"))
    counted(here.given(OpenBallot(election="e")), {"d001": 120}).when(OpenBallot(election="e"))
    here.then_refused("SeparateNotDecided", seats=1)
    here.given(DecideSeparateElection(election="e", when="this_session"), by_ballot("d001"))
    counted(here.given(OpenBallot(election="e")), {"d001": 121})
    assert here.session.elections["e"].elected == ("d001",)
