"""A candidate is lost after the list was settled: before the ballot, while it is open, in a tie, and when elected."""

from typing import Any

import pytest

from domain.election.attesting import AttestCount
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.lost import CandidateDropped, DropCandidate
from domain.election.nomination import Nominated
from domain.election.primary import PrimaryHeld
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection
from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecides
from domain.session.roll import EndSeat
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, by_presidium, deliberated, election, house, joint, meeting, primary
from tests.domain.test_ballots import ALL, counted, declared, ready, result, sheet


def drops(candidate: str, **more: Any) -> DropCandidate:
    fields: dict[str, Any] = {"ground": "died", "why": "今晨去世", **more}
    return DropCandidate(election="e", candidate=candidate, **fields)


def contested(nominees: int, extra: int = 1) -> Chamber:
    """Four seats at a change of term; the presidium nominated four, deputies the others; all is ready to be settled."""
    here = meeting(house(election("deputy-government-head", seats=4, kind="change_of_term")))
    here.given(by_presidium("p", *ids(4)))
    for n in range(5, nominees + 1):
        here.given(joint(f"n{n}", (f"d{n:03}",), ids(10, start=40 + n * 10)))
    here.given(hands("scrutineers", ALL, persons=("d200", "d201"), chief="d200", no_relatives=True))
    return adopted(deliberated(here), ("e", extra))


def opens(here: Chamber) -> Chamber:
    """The ballot opened two days later, as a change of term asks."""
    return here.on(here.opens.replace(day=here.opens.day + 2), 16).given(OpenBallot(election="e"))


# before the ballot ------------------------------------------------------------------------------------------------------


def test_who_is_lost_before_the_ballot_is_followed_by_the_next_of_the_primary() -> None:
    here = contested(7).given(primary({p: 100 - n for n, p in enumerate(ids(7))}, 100))
    here.given(SettleCandidates(election="e", candidates=ids(5), order="votes"))
    here.when(drops("d002")).then(CandidateDropped, ballot=None, falls_back="candidates")
    here.with_finding("LawSilent").with_finding("StillOnTheRoll", person="d002").and_again_nothing()
    assert not here.session.has("candidates-settled:e") and here.session.has("primary-held:e")
    here.when(OpenBallot(election="e"), at=here.now).then_refused("CandidatesNotSettled")
    stand = ("d001", "d003", "d004", "d005", "d006")
    here.when(SettleCandidates(election="e", candidates=(*stand[:4], "d007"))).then_refused("CandidateNotChosen")
    here.when(SettleCandidates(election="e", candidates=stand, order="votes")).then(CandidatesSettled, candidates=stand)


@pytest.mark.rule("OL22-27-1-vice")
def test_where_the_margin_needs_one_more_and_nobody_follows_nominations_open_again() -> None:
    here = contested(5).given(SettleCandidates(election="e", candidates=ids(5)))
    here.given(drops("d005", ground="declined", why="本人书面请求", written=True))
    here.when(SettleCandidates(election="e", candidates=ids(4))).then_refused("TooFewCandidates", found=4, needed=5)
    here.when(joint("a", ("d006",), ids(10, start=150))).then(Nominated)
    here.when(SettleCandidates(election="e", candidates=(*ids(4), "d006"))).then_refused("NomineesNotPrinted")
    deliberated(here).when(SettleCandidates(election="e", candidates=(*ids(4), "d006"))).then(CandidatesSettled)


def test_a_primary_that_left_too_few_is_over_and_those_nominated_since_may_need_another() -> None:
    here = contested(6).given(primary({p: 100 - n for n, p in enumerate(ids(6))}, 100))
    here.given(SettleCandidates(election="e", candidates=ids(5), order="votes"), drops("d001"))
    stand = ids(5, start=2)
    here.given(SettleCandidates(election="e", candidates=stand, order="votes"))
    here.when(joint("a", ("d008",), ids(10, start=150))).then_refused("NominationsClosed")
    here.when(drops("d002")).then(CandidateDropped, falls_back="nominations")
    assert not here.session.has("primary-held:e")
    here.given(joint("a", ("d008",), ids(10, start=150)), joint("b", ("d009",), ids(10, start=170)))
    deliberated(here)
    left = ("d003", "d004", "d005", "d006", "d008", "d009")
    here.when(SettleCandidates(election="e", candidates=left)).then_refused("PrimaryFirst", found=6, most=5)
    here.when(primary({p: 100 - n for n, p in enumerate(left)}, 100)).then(PrimaryHeld, chosen=left[:5])


@pytest.mark.rule("OL22-27-1-head")
def test_a_head_goes_on_alone_and_a_by_election_with_as_many_as_the_seats() -> None:
    for post, extra in (("government-head", 1), ("deputy-government-head", 1)):
        here = ready(1, extra, post=post).given(drops("d001"))
        here.when(SettleCandidates(election="e", candidates=("d002",), order="strokes")).then(CandidatesSettled)
        here.when(OpenBallot(election="e")).then(BallotOpened, candidates=("d002",), number=1)


def test_only_a_candidate_can_be_lost_and_the_presidium_says_why() -> None:
    here = ready(seats=1, extra=0)
    here.when(drops("d009")).then_refused("NotACandidate", known="d001")
    here.when(drops("d001"), by="secretariat").then_refused("NotTheirAct")
    here.when(drops("d001", ground="declined", why="不愿参选")).then(CandidateDropped, last=True)
    here.with_finding("DeclinedUnwritten", "I-nominee-declines", person="d001").without_finding("StillOnTheRoll")
    assert not here.session.has("nominated:e")


def test_of_a_separate_election_by_votes_the_next_by_votes_follows() -> None:
    here = declared(ready(), 200, 125, 120, 118)
    here.given(DecideSeparateElection(election="e", when="this_session", in_favour=ALL, against=0, abstained=0))
    by_votes = SettleCandidates(election="e", candidates=("d003",), order="votes", from_ballot=True)
    here.given(by_votes).when(drops("d003")).then(CandidateDropped, falls_back="candidates")
    here.when(by_votes).then_refused("NotInTheBallot", person="d003")
    here.when(by_votes.model_copy(update={"candidates": ("d004",)})).then(CandidatesSettled)


# while the ballot is open -----------------------------------------------------------------------------------------------


def test_a_ballot_that_bears_the_name_is_broken_off_or_goes_on_as_the_presidium_decides() -> None:
    here = ready(1, 1).given(OpenBallot(election="e"))
    here.when(drops("d001")).then_refused("BallotBearsTheName", person="d001")
    here.when(drops("d001", goes_on=True)).then(CandidateDropped, ballot=1, falls_back="")
    here.with_finding("NameElectsNobody", person="d001").and_again_nothing()
    both = {"d001": 121, "d002": 120}
    here.given(sheet(1, both), sheet(2, both), AttestCount(election="e")).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, complete=False).with_finding("NameElectsNobody")
    assert (result(here).outcome.elected, result(here).outcome.open_seats) == ((), 1)


def test_votes_for_the_lost_name_leave_the_others_their_majority() -> None:
    here = ready(1, 1).given(OpenBallot(election="e"), drops("d001", goes_on=True))
    both = {"d001": 120, "d002": 121}
    here.given(sheet(1, both), sheet(2, both), AttestCount(election="e")).when(DeclareElection(election="e"))
    assert result(here).outcome.elected == ("d002",)


def test_a_void_ballot_is_held_again_without_the_name_once_the_list_is_settled_anew() -> None:
    many: dict[str, Any] = {"issued": 240, "returned": 241}
    here = ready(1, 1).given(OpenBallot(election="e"), drops("d001", goes_on=True))
    both = {"d001": 1, "d002": 200}
    here.given(sheet(1, both, **many), sheet(2, both, **many), AttestCount(election="e"))
    here.when(DeclareElection(election="e")).then(ElectionDeclared, falls_back="candidates")
    here.when(OpenBallot(election="e")).then_refused("CandidatesNotSettled")
    here.given(SettleCandidates(election="e", candidates=("d002",), order="strokes"))
    here.when(OpenBallot(election="e")).then(BallotOpened, round="first", number=2, candidates=("d002",))


# in a tie ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-29-1-tie")
def test_a_tie_is_over_when_no_more_are_left_than_seats_and_is_declared_again_without_a_revote() -> None:
    here = declared(ready(), 200, 150, 130, 130).with_finding("TiedAtTheCut")
    here.given(drops("d004")).when(OpenBallot(election="e")).then_refused("TieOver", "OL22-29-1-tie", seats=1)
    here.when(DeclareElection(election="e")).then(ElectionDeclared, number=1, lost=("d004",), complete=True)
    here.with_finding("TieIsOver", "OL22-29-1-tie").and_again_nothing()
    assert here.session.elections["e"].elected == ("d001", "d002", "d003")
    assert here.session.has("election-settled:e")


def test_of_four_tied_for_two_seats_three_are_voted_on_again_when_one_is_lost() -> None:
    here = declared(ready(3, 2), 200, 130, 130, 130, 130).given(drops("d003"))
    here.when(OpenBallot(election="e")).then(BallotOpened, round="revote", candidates=("d002", "d004", "d005"), seats=2)


def test_when_all_who_were_tied_are_lost_their_seat_stays_open_and_nobody_behind_them_moves_up() -> None:
    here = declared(ready(3, 2), 160, 160, 130, 130, 121).given(drops("d003"), drops("d004"))
    here.when(DeclareElection(election="e")).then(ElectionDeclared, complete=False).with_finding(
        "SeatsLeftOpen", open=1
    )
    assert here.session.elections["e"].elected == ("d001", "d002")
    here.when(OpenBallot(election="e")).then_refused("SeparateNotDecided")
    here.given(DecideSeparateElection(election="e", when="this_session", in_favour=ALL, against=0, abstained=0))
    here.when(SettleCandidates(election="e", candidates=("d005",), order="votes", from_ballot=True)).then(
        CandidatesSettled
    )


def test_lost_while_the_revote_is_open_the_other_is_elected_by_it() -> None:
    here = declared(ready(2, 1), 200, 121, 121).given(OpenBallot(election="e"), drops("d002", goes_on=True))
    figures = {"d002": 200, "d003": 1}
    here.given(sheet(1, figures), sheet(2, figures), AttestCount(election="e")).when(DeclareElection(election="e"))
    assert result(here).outcome.elected == ("d003",)


def test_where_the_revote_is_void_and_one_of_the_two_was_lost_the_other_is_declared_elected_with_it() -> None:
    here = declared(ready(2, 1), 200, 121, 121).given(OpenBallot(election="e"), drops("d002", goes_on=True))
    many: dict[str, Any] = {"issued": 240, "returned": 241}
    figures = {"d002": 100, "d003": 100}
    here.given(sheet(1, figures, **many), sheet(2, figures, **many), AttestCount(election="e"))
    here.when(DeclareElection(election="e")).and_again_nothing()
    assert here.session.elections["e"].elected == ("d001", "d003") and here.session.has("election-settled:e")


def test_who_declined_and_is_written_in_all_the_same_stands_again_by_these_votes() -> None:
    here = ready(1, 1).given(drops("d001", ground="declined", written=True))
    here.given(SettleCandidates(election="e", candidates=("d002",), order="strokes"), OpenBallot(election="e"))
    figures: dict[str, Any] = {"votes": {"d002": 100}, "written": {"d001": 121}}
    here.given(sheet(1, **figures), sheet(2, **figures), AttestCount(election="e")).when(DeclareElection(election="e"))
    assert result(here).outcome.elected == ("d001",)


# elected ----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-32-1-resign")
def test_who_is_elected_is_no_candidate_any_more_but_resigns() -> None:
    here = declared(ready(1, 0), 200)
    here.when(drops("d001", ground="declined", why="不就任")).then_refused(
        "LostOnceElected", "OL22-32-1-resign", person="d001"
    )


# on record --------------------------------------------------------------------------------------------------------------


def test_a_candidate_dropped_by_mistake_is_taken_back_from_the_end() -> None:
    here = ready(1, 1).given(drops("d001"))
    here.given(SettleCandidates(election="e", candidates=("d002",), order="strokes"))
    dropped, settled = here.version_of(CandidateDropped), here.version_of(CandidatesSettled)
    here.when(Correct(version=dropped, strike=True, why="误记")).then_refused("LaterEntryFirst", later=settled)
    here.when(Correct(version=dropped, changes={"candidate": "d002"}, why="误记")).then_refused("FieldNotThere")
    here.given(Correct(version=settled, strike=True, why="误记"))
    here.when(Correct(version=dropped, strike=True, why="误记")).then(Corrected)
    assert here.session.elections["e"].candidates == ("d001", "d002") and not here.session.elections["e"].lost


def test_who_died_and_left_the_roll_is_lost_all_the_same() -> None:
    here = ready(1, 1).given(EndSeat(deputy="d001", ground="died"))
    here.when(drops("d001")).then(CandidateDropped).without_finding("StillOnTheRoll")
    here.given(SettleCandidates(election="e", candidates=("d002",), order="strokes"))
    here.when(OpenBallot(election="e")).then(BallotOpened).without_finding("CandidateGone")


def test_a_declaration_after_a_tie_that_is_over_is_corrected_like_any_other() -> None:
    here = declared(ready(), 200, 150, 130, 130).given(drops("d004"), DeclareElection(election="e"))
    here.given(PresidiumDecides(matter="correction"))
    here.when(Correct(version=here.version_of(ElectionDeclared), strike=True, why="误")).then(Corrected)
    assert here.session.elections["e"].elected == ("d001", "d002")
    here.when(DeclareElection(election="e")).then(ElectionDeclared, lost=("d004",))
    assert here.session.elections["e"].elected == ("d001", "d002", "d003")


def test_counted_and_attested_the_ballot_may_still_lose_a_name_before_it_is_declared() -> None:
    here = counted(ready(1, 1), 200, 41)
    here.when(drops("d001", goes_on=True)).then(CandidateDropped, ballot=1)
    here.when(DeclareElection(election="e"))
    assert result(here).outcome.elected == ()
