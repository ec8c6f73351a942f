"""What goes wrong about a ballot, and what the record then says: corrections, a sheet of another ballot, an election left undone."""

from datetime import timedelta
from typing import Any

import pytest

from domain.election.attesting import AttestCount, CountAttested
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection
from domain.election.sheets import BallotSheetEntered
from domain.election.tally import Void
from domain.session.closing import CloseSession, SessionClosed
from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecides
from domain.session.roll import EndSeat
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands
from tests.domain.elections import RULES, adopted, by_presidium, deliberated, election, meeting, method, town
from tests.domain.test_ballots import ALL, again, declared, ready, result, sheet

VOTERS = RULES.model_copy(update={"ballot_count": "returned_over_voters"})


def corrects(here: Chamber, of: type, **more: Any) -> Chamber:
    return here.when(Correct(version=here.version_of(of), why="更正", **more))


def by_decision(here: Chamber, of: type, **more: Any) -> Chamber:
    """The presidium decided on the correction."""
    return corrects(here.given(PresidiumDecides(matter="correction")), of, **more)


@pytest.mark.rule("OL22-28-write-in")
def test_votes_written_in_for_somebody_elected_already_elect_nobody() -> None:
    here = declared(ready(), 200, 125, 120, 118)
    here.given(DecideSeparateElection(election="e", when="this_session", in_favour=ALL, against=0, abstained=0))
    here.given(SettleCandidates(election="e", candidates=("d003", "d004"), order="votes", from_ballot=True))
    figures: dict[str, Any] = {"votes": {"d003": 119, "d004": 1}, "written": {"d001": 121}}
    here.given(OpenBallot(election="e"), sheet(1, **figures), sheet(2, **figures), AttestCount(election="e"))
    here.when(_declare()).with_finding("WriteInElectedAlready", person="d001")
    assert (result(here).outcome.elected, result(here).outcome.open_seats) == ((), 1)
    assert here.session.elections["e"].elected == ("d001", "d002")


@pytest.mark.rule("EL20-44-1-count")
def test_more_ballots_than_voters_void_an_election_of_deputies() -> None:
    many: dict[str, Any] = {"issued": ALL + 1, "returned": ALL + 1, "valid": ALL + 1}
    here = declared(ready(1, 1, post="higher-deputy"), 200, 40, **many).with_finding("PollHeldAgain", "EL20-44-1-count")
    assert result(here).outcome.void is Void.MORE_RETURNED_THAN_VOTERS
    here.citing("EL20-44-1-count")
    here = declared(ready(1, 1, post="higher-deputy"), 200, 40)
    assert result(here).outcome.elected == ("d001",)


@pytest.mark.rule("CQT16-24-count")
def test_more_ballots_than_were_issued_void_a_poll_in_chongqing_s_townships_and_no_method_says_otherwise() -> None:
    def of(returned: int) -> Chamber:
        here = meeting(town(election("township-head"), profile="chongqing-township")).given(by_presidium("1", "d001"))
        here.given(hands("scrutineers", 61, persons=("d050",), chief="d050", no_relatives=True))
        here.when(method(("e", 0), rules=VOTERS)).then_refused("MethodBesideTheLaw", "CQT16-24-count")
        adopted(deliberated(here), ("e", 0))
        here.given(SettleCandidates(election="e", candidates=("d001",), order="strokes"), OpenBallot(election="e"))
        few: dict[str, Any] = {"issued": 60, "returned": returned, "valid": returned}
        here.given(sheet(1, {"d001": 40}, **few), sheet(2, {"d001": 40}, **few), AttestCount(election="e"))
        return here.when(_declare())

    assert result(of(60)).outcome.elected == ("d001",)
    assert result(of(61).citing("CQT16-24-count")).outcome.void is Void.MORE_RETURNED_THAN_ISSUED


@pytest.mark.rule("EL20-40-1-secret", "EL20-43-1-reconciled", "EL20-45-3-tie")
def test_a_ballot_on_deputies_goes_by_the_electoral_law() -> None:
    here = ready(2, 1, post="higher-deputy").when(OpenBallot(election="e"))
    here.then(BallotOpened).citing("EL20-40-1-secret")
    figures = {"d001": 200, "d002": 121, "d003": 121}
    here.when(sheet(1, figures)).then(BallotSheetEntered).citing("EL20-43-1-reconciled")
    here.given(sheet(2, figures), AttestCount(election="e")).when(_declare()).with_finding(
        "TiedAtTheCut", "EL20-45-3-tie"
    )


def test_a_ballot_is_corrected_from_its_end_so_that_no_seat_is_filled_twice() -> None:
    here = declared(ready(2, 1), 200, 130, 130)
    again(here, 120, 100).then(ElectionDeclared, complete=True)
    first = next(n for n, e in enumerate(here.session.history, 1) if isinstance(e, ElectionDeclared))
    last = here.version_of(ElectionDeclared)
    here.when(Correct(version=first, strike=True, why="更正")).then_refused("LaterEntryFirst", later=last)
    corrects(here, CandidatesSettled, strike=True).then_refused("LaterEntryFirst", later=last)
    corrects(here, ElectionDeclared, strike=True).then_refused("AnnouncedAlready")
    by_decision(here, ElectionDeclared, strike=True).then(Corrected)
    assert here.session.elections["e"].elected == ("d001",)
    here.when(_declare()).then(ElectionDeclared)
    assert here.session.elections["e"].elected == ("d001", "d002")


def test_corrected_figures_add_up_and_are_of_the_same_candidates() -> None:
    here = declared(ready(seats=1, extra=0), 120)
    figures = result(here).figures.model_dump(mode="json")
    for wrong in ({"void": 1}, {"lines": [{"person": "d001", "in_favour": 121, "against": 121}]},
                  {"lines": [{"person": "d002", "in_favour": 121, "against": 120}]},
                  {"write_ins": [{"person": "d009", "in_favour": 1}]}):  # fmt: skip
        by_decision(here, ElectionDeclared, changes={"figures": {**figures, **wrong}}).then_refused("FieldNotThere")
    corrects(here, ElectionDeclared, changes={"voters": 1}).then_refused("FieldNotThere")
    assert here.session.elections["e"].elected == ()


def test_what_two_tellers_counted_is_struck_and_counted_anew_not_corrected() -> None:
    here = ready(seats=1, extra=0).given(OpenBallot(election="e"))
    here.given(sheet(1, {"d001": 200}), sheet(2, {"d001": 200}), AttestCount(election="e"))
    corrects(here, CountAttested, changes={"figures": {}}).then_refused("FieldNotThere")
    corrects(here, BallotOpened, changes={"candidates": ["d002"]}).then_refused("FieldNotThere")
    corrects(here, CountAttested, strike=True).then(Corrected)
    here.when(_declare()).then_refused("CountNotAttested")
    here.given(sheet(1, {"d001": 120}), sheet(2, {"d001": 120}), AttestCount(election="e"))
    here.when(_declare()).then(ElectionDeclared, complete=False)


def test_a_sheet_that_says_its_ballot_is_not_taken_for_another() -> None:
    here = ready(seats=1, extra=0).given(OpenBallot(election="e"))
    many: dict[str, Any] = {"issued": 240, "returned": 241}
    here.given(sheet(1, {"d001": 200}, **many), sheet(2, {"d001": 200}, **many), AttestCount(election="e"), _declare())
    here.given(OpenBallot(election="e"))
    one = sheet(1, {"d001": 200})
    here.when(one.model_copy(update={"number": 1})).then_refused("AnotherBallot", number=1, found=2)
    here.when(one.model_copy(update={"number": 2})).then(BallotSheetEntered, number=2)


@pytest.mark.rule("OL22-29-2-shortfall")
def test_a_session_that_closes_on_an_unfinished_election_says_so() -> None:
    def closed(here: Chamber) -> Chamber:
        here.now += timedelta(hours=1)
        return here.when(CloseSession())

    def of(seats: int = 1) -> Chamber:
        return ready(seats=seats, extra=0, agenda=())

    closed(of()).then(SessionClosed).with_finding("ElectionUnfinished", open=1)
    short = declared(of(2), 200, 120)
    closed(short).with_finding("ElectionUnfinished", "OL22-29-2-shortfall", open=1, seats=2)
    left = declared(of(2), 200, 120)
    left.given(DecideSeparateElection(election="e", when="next_session", in_favour=ALL, against=0, abstained=0))
    closed(left).then(SessionClosed).without_finding("ElectionUnfinished")
    closed(declared(of(), 200)).then(SessionClosed).without_finding("ElectionUnfinished")


def _declare() -> DeclareElection:
    return DeclareElection(election="e")


def test_scrutineers_may_be_replaced_by_another_list_and_the_same_list_is_not_voted_on_twice() -> None:
    here = ready(seats=1, extra=0)
    same = hands("scrutineers", 241, persons=("d200", "d201"), chief="d200", no_relatives=True)
    here.when(same).then_refused("AlreadyDecided")
    other = same.model_copy(update={"persons": ("d200", "d202")})
    here.when(other).then(VoteCounted, adopted=True, persons=("d200", "d202"))


def test_a_candidate_who_died_is_remarked_on_when_the_ballot_opens() -> None:
    here = ready(seats=1, extra=0).given(EndSeat(deputy="d001", ground="died"))
    here.when(OpenBallot(election="e")).with_finding("CandidateGone", person="d001")


def test_more_ballots_than_deputies_present_are_remarked_on_in_the_result_as_well() -> None:
    here = declared(ready(seats=1, extra=0), 125, issued=250)
    here.with_finding("MoreIssuedThanPresent", found=250, present=241)
