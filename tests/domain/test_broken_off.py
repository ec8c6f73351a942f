"""A ballot that was opened and cannot be finished: broken off by the presidium, opened anew, and never after a count."""

from typing import Any

import pytest

from domain.ballot.closing import BoxGivenUp, GiveUpBox
from domain.ballot.issue import IssueBallot
from domain.election.attesting import AttestCount
from domain.election.breaking_off import BallotBrokenOff, BreakOffBallot
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.lost import CandidateDropped, DropCandidate
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.sheets import BallotSheetEntered
from domain.session.correction import Correct, Corrected
from tests.ballots.boxes import closing, issued, sealing
from tests.ballots.test_box import opening
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, by_presidium, deliberated, election, joint, meeting, town
from tests.domain.test_ballots import counted, declared, ready, result, sheet


def breaks_off(**more: Any) -> BreakOffBallot:
    fields: dict[str, Any] = {"why": "选票漏印一名候选人", "kept": "sealed", **more}
    return BreakOffBallot(election="e", **fields)


@pytest.mark.rule("OL22-28-secret")
def test_a_ballot_broken_off_is_opened_again_as_the_same_round_under_a_number_of_its_own() -> None:
    here = ready(1, 1).given(OpenBallot(election="e"))
    here.when(breaks_off()).then(BallotBrokenOff, number=1, kept="sealed", boxes=()).with_finding("LawSilent")
    here.and_again_nothing()
    here.when(sheet(1, {"d001": 200, "d002": 1})).then_refused("NoBallotOpen")
    here.when(OpenBallot(election="e")).then(
        BallotOpened, round="first", number=2, seats=1, candidates=("d001", "d002")
    )
    one = sheet(1, {"d001": 200, "d002": 41})
    here.when(one.model_copy(update={"number": 1})).then_refused("AnotherBallot", number=1, found=2)
    here.given(one, one.model_copy(update={"sheet": 2}), AttestCount(election="e")).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, number=2, complete=True)
    assert result(here).outcome.elected == ("d001",)


@pytest.mark.rule("OL22-29-1-tie")
def test_a_revote_broken_off_is_a_revote_again_among_the_same() -> None:
    here = declared(ready(), 200, 150, 130, 130).given(OpenBallot(election="e"), breaks_off())
    here.when(OpenBallot(election="e")).then(BallotOpened, round="revote", number=3, candidates=("d003", "d004"))


def test_only_the_presidium_breaks_off_with_a_reason_and_says_what_became_of_the_ballots() -> None:
    here = ready(1, 0).when(breaks_off()).then_refused("NoBallotOpen")
    here.given(OpenBallot(election="e")).when(breaks_off(), by="executive_chair").then_refused("NotTheirAct")
    here.when(breaks_off(number=2)).then_refused("NoBallotOpen")
    here.when(breaks_off(in_favour=0)).then(BallotBrokenOff, stands=False)
    here.again().then_nothing()
    assert here.session.elections["e"].open_round is not None
    here.when(breaks_off(kept="destroyed", number=1)).then(BallotBrokenOff, kept="destroyed")


def test_a_ballot_is_not_broken_off_once_its_count_is_attested_and_after_a_sheet_it_is_remarked_on() -> None:
    counted(ready(1, 0), 200).when(breaks_off()).then_refused("CountedAlready", number=1)
    here = ready(1, 0).given(OpenBallot(election="e"), sheet(1, {"d001": 200}))
    here.when(breaks_off()).then(BallotBrokenOff).with_finding("BrokenOffWhileCounted", number=1)
    here.given(OpenBallot(election="e")).when(sheet(1, {"d001": 200})).then(BallotSheetEntered, number=2)
    here.when(AttestCount(election="e")).then_refused("SheetMissing", sheet=2)


def test_a_name_lost_while_the_ballot_was_open_is_off_the_list_once_it_is_broken_off() -> None:
    here = ready(1, 1).given(OpenBallot(election="e"))
    lost = DropCandidate(election="e", candidate="d001", ground="died", why="去世", goes_on=True)
    here.given(lost).when(breaks_off()).then(BallotBrokenOff, falls_back="candidates")
    here.when(OpenBallot(election="e")).then_refused("CandidatesNotSettled")
    here.given(SettleCandidates(election="e", candidates=("d002",), order="strokes"))
    here.when(OpenBallot(election="e")).then(BallotOpened, number=2, candidates=("d002",))
    here = ready(1, 1).given(OpenBallot(election="e"), breaks_off())
    here.when(lost.model_copy(update={"goes_on": False})).then(CandidateDropped, ballot=None, falls_back="candidates")


def test_breaking_off_is_struck_only_while_nothing_rests_on_it() -> None:
    here = ready(1, 0).given(OpenBallot(election="e"), breaks_off(), OpenBallot(election="e"))
    broken, opened = here.version_of(BallotBrokenOff), here.version_of(BallotOpened)
    here.when(Correct(version=broken, strike=True, why="误")).then_refused("LaterEntryFirst", later=opened)
    here.given(Correct(version=opened, strike=True, why="误")).when(Correct(version=broken, strike=True, why="误"))
    here.then(Corrected)
    here.when(sheet(1, {"d001": 200})).then(BallotSheetEntered, number=1)


# the electronic box -----------------------------------------------------------------------------------------------------


def by_box() -> Chamber:
    """An electronic ballot that is open, its box sealed and three ballots issued."""
    here = meeting(town(election("township-head"), by_name=True)).given(
        by_presidium("1", "d001"), joint("2", ("d002",), ids(10, 20))
    )
    adopted(deliberated(here), ("e", 1))
    here.given(hands("scrutineers", 61, persons=("d011", "d012", "d013"), chief="d011", no_relatives=True))
    here.given(SettleCandidates(election="e", candidates=("d001", "d002"), order="strokes"))
    return issued(here.given(OpenBallot(election="e", way="electronic"), sealing()), 3)


def test_the_box_of_a_ballot_broken_off_is_given_up_and_never_opened() -> None:
    here = by_box().when(breaks_off(why="停电")).then(BallotBrokenOff, boxes=("b",))
    assert [type(e) for e in here.events] == [BallotBrokenOff, BoxGivenUp] and here.session.boxes["b"].given_up
    here.and_again_nothing()
    here.when(IssueBallot(box="b", deputies=("d009",))).then_refused("BoxNotOpenToBallots")
    here.when(closing(3)).then_refused("BoxSettled")
    here.when(opening(here)).then_refused("BoxSettled")
    here.when(OpenBallot(election="e", way="paper")).then(BallotOpened, number=2, way="paper", round="first")


def test_after_too_few_key_holders_came_the_ballot_is_broken_off_and_taken_on_paper() -> None:
    here = by_box().given(closing(3), GiveUpBox(box="b", holders=("d012",)))
    here.when(breaks_off(why="持钥人不足")).then(BallotBrokenOff, boxes=())
    here.when(OpenBallot(election="e")).then(BallotOpened, number=2, way="paper")


def test_a_box_that_was_opened_is_not_broken_off() -> None:
    here = by_box().given(closing(3))
    here.given(opening(here)).when(breaks_off()).then_refused("CountedAlready", number=1)
