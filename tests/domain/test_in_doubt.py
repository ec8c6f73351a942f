"""What law and method leave open about a ballot is decided on record: surplus ballots, a second tie, write-ins beside an abstention."""

from datetime import date
from typing import Any

import pytest

from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.method import ElectionMethodDrafted
from domain.election.nomination import Nominated
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection, SeparateElectionDecided
from domain.election.sheets import BallotSheetEntered
from domain.election.tally import Line, Void
from domain.election.tied_again import DecideOnTie, TieDecided
from domain.election.validity import DecideValidity, ValidityDecided
from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecides
from domain.tenure.oath import TakeOath
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber
from tests.domain.elections import RULES, election, house, method, town
from tests.domain.test_ballots import ALL, again, counted, declared, ready, result, sheet

VOTERS = RULES.model_copy(update={"ballot_count": "returned_over_voters"})


def crowded(ballots: int, **about: Any) -> Chamber:
    """So many ballots issued and returned in a county of 241 deputies, whose method speaks of those issued only."""
    return counted(ready(1, 0, **about), 200, issued=ballots, returned=ballots, valid=ballots)


def validity(*, valid: bool) -> DecideValidity:
    return DecideValidity(election="e", stands=valid, why="多发一张空白票")


# more ballots than deputies ---------------------------------------------------------------------------------------------


@pytest.mark.rule("I-method-count")
def test_241_ballots_of_241_deputies_are_declared_and_242_only_once_the_presidium_determined_what_they_mean() -> None:
    crowded(241).when(DeclareElection(election="e")).then(ElectionDeclared).without_finding("MoreReturnedThanDeputies")
    here = crowded(242).when(DeclareElection(election="e"))
    here.then_refused("PollInDoubt", "I-method-count", found=242, total=241)
    here.when(validity(valid=True)).then(ValidityDecided, number=1).with_finding("ValidityDecided", found=242)
    here.and_again_nothing()
    here.when(DeclareElection(election="e")).then(ElectionDeclared, valid=True, complete=True)
    here.with_finding("MoreReturnedThanDeputies", found=242, total=241)


def test_a_poll_that_the_presidium_determined_void_is_held_again() -> None:
    here = crowded(242).given(validity(valid=False)).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, complete=False).with_finding("PollHeldAgain", returned=242)
    assert result(here).outcome.void is Void.BY_PRESIDIUM and not result(here).outcome.elected
    here.when(OpenBallot(election="e")).then(BallotOpened, round="first", number=2)


@pytest.mark.rule("EL20-44-1-count")
def test_nothing_is_in_doubt_where_no_more_came_back_or_the_law_says_what_holds() -> None:
    crowded(241).when(validity(valid=False)).then_refused("NothingInDoubt")
    ready(1, 0).given(OpenBallot(election="e")).when(validity(valid=False)).then_refused("NothingInDoubt")
    here = crowded(242, post="higher-deputy").when(validity(valid=True))
    here.then_refused("NothingInDoubt", "EL20-44-1-count")
    here.when(DeclareElection(election="e"))
    assert result(here).outcome.void is Void.MORE_RETURNED_THAN_VOTERS


@pytest.mark.rule("EL20-44-1-count")
def test_nobody_votes_without_a_ballot_so_that_more_than_issued_are_more_than_voters() -> None:
    few: dict[str, Any] = {"issued": 230, "returned": 231, "valid": 231}
    here = declared(ready(1, 0, post="higher-deputy"), 200, **few)
    assert result(here).outcome.void is Void.MORE_RETURNED_THAN_VOTERS
    here = declared(ready(1, 0, post="higher-deputy"), 200, issued=231, returned=231, valid=231)
    assert result(here).outcome.elected == ("d001",)


def test_a_result_is_not_corrected_to_more_ballots_than_deputies_without_the_presidium_s_word() -> None:
    here = declared(ready(1, 0), 200).given(PresidiumDecides(matter="correction"))
    figures = result_of(here).figures.model_dump(mode="json")
    lines = [Line(person="d001", in_favour=200, against=42).model_dump()]
    many = {**figures, "issued": 242, "returned": 242, "valid": 242, "lines": lines}
    corrected = Correct(version=here.version_of(ElectionDeclared), changes={"figures": many}, why="漏计一张")
    here.when(corrected).then_refused("FieldNotThere")


def result_of(here: Chamber) -> ElectionDeclared:
    return next(e for e in reversed(here.session.history) if isinstance(e, ElectionDeclared))


# the method beside the law ----------------------------------------------------------------------------------------------


@pytest.mark.rule("EL20-44-1-count", "CQT16-24-count")
def test_a_method_that_says_otherwise_than_the_text_is_not_drafted() -> None:
    above = house(election("higher-deputy"))
    above.when(method(("e", 0))).then_refused("MethodBesideTheLaw", "EL20-44-1-count")
    above.when(method(("e", 0), rules=VOTERS)).then(ElectionMethodDrafted).without_finding("MethodBesideTheLaw")
    chongqing = town(election("township-head"), profile="chongqing-township")
    chongqing.when(method(("e", 0), rules=VOTERS)).then_refused("MethodBesideTheLaw", "CQT16-24-count")
    chongqing.when(method(("e", 0))).then(ElectionMethodDrafted).without_finding("MethodBesideTheLaw")


@pytest.mark.rule("EL20-44-1-count")
def test_one_method_for_leaders_and_deputies_above_is_told_what_the_law_says_of_these() -> None:
    both = house(election("government-head"), election("higher-deputy", code="h"))
    both.when(method(("e", 0), ("h", 0))).then(ElectionMethodDrafted)
    both.with_finding("MethodBesideTheLaw", "EL20-44-1-count", election="higher-deputy")
    both.when(method(("e", 0), ("h", 0), rules=VOTERS)).then(ElectionMethodDrafted)
    both.without_finding("MethodBesideTheLaw")


# a write-in beside an abstention ----------------------------------------------------------------------------------------


@pytest.mark.rule("DL25-17-6")
def test_more_write_ins_than_votes_against_are_void_or_counted_as_the_method_says_and_else_remarked_on() -> None:
    def of(said: str | None, against: int, opens: date = date(2026, 1, 14)) -> Chamber:
        rules = RULES.model_copy(update={"write_in_when_abstaining": said})
        here = ready(1, 0, rules=rules, opens=opens).given(OpenBallot(election="e"))
        line = Line(person="d001", in_favour=200, against=against, abstained=41 - against)
        return here.when(sheet(1, {"d001": 200}, written={"d009": 5}).model_copy(update={"lines": (line,)}))

    of("void", 5).then(BallotSheetEntered).without_finding()
    of("void", 4).then_refused("WriteInBesideAbstention", "OL22-27-1-method", found=5, against=4)
    of("counts", 4).then(BallotSheetEntered).without_finding()
    of(None, 4).then(BallotSheetEntered).with_finding("WriteInBesideAbstention", "DL25-17-6", found=5, against=4)
    of(None, 5).then(BallotSheetEntered).without_finding()
    of(None, 4, opens=date(2024, 1, 17)).then(BallotSheetEntered).without_finding()


# a second tie -----------------------------------------------------------------------------------------------------------


def tied_again(said: str | None) -> Chamber:
    rules = RULES.model_copy(update={"revote_tie": said})
    return again(declared(ready(2, 1, rules=rules), 200, 121, 121), 120, 120)


def decides(what: str, in_favour: int, **more: Any) -> DecideOnTie:
    fields: dict[str, Any] = {
        "follows": what,
        "in_favour": in_favour,
        "against": ALL - in_favour,
        "abstained": 0,
        **more,
    }
    return DecideOnTie(election="e", **fields)


def test_the_congress_may_leave_the_seats_of_a_second_tie_open_and_they_are_filled_as_any_other() -> None:
    here = tied_again(None).when(decides("leave_open", 120)).then(TieDecided, adopted=False, needed=121)
    here.with_finding("NotAdopted").when(OpenBallot(election="e")).then_refused("RevoteTiedAgain")
    here.when(decides("leave_open", 121)).then(TieDecided, adopted=True).with_finding("TieByDecision", "I-method-must")
    here.and_again_nothing()
    here.when(OpenBallot(election="e")).then_refused("SeparateNotDecided", seats=1)
    next_time = DecideSeparateElection(election="e", when="next_session", in_favour=ALL, against=0, abstained=0)
    here.when(next_time).then(SeparateElectionDecided, seats=1)


def test_where_the_method_has_the_presidium_propose_it_does_before_the_congress_decides() -> None:
    here = (
        tied_again("presidium_proposes")
        .when(decides("vote_again", 200, proposed_by=0))
        .then_refused("NotProposed", found=0)
    )
    here.when(decides("vote_again", 200)).then(TieDecided, proposed_by=31, adopted=True)
    here.when(OpenBallot(election="e")).then(BallotOpened, round="revote", number=3)


def test_nothing_is_decided_where_the_method_says_it_or_where_no_revote_was_tied() -> None:
    tied_again("vote_again").when(decides("leave_open", 200)).then_refused("MethodDecidesTie")
    tied_again("shortfall").when(decides("leave_open", 200)).then_refused("NotTiedAgain")
    first = declared(ready(2, 1), 200, 121, 121).when(decides("vote_again", 200))
    first.then_refused("NotTiedAgain", "OL22-29-1-tie")
    silent = tied_again(None)
    silent.when(DecideOnTie(election="e", follows="vote_again")).then_refused("VotesMissing")
    silent.when(decides("vote_again", 200, abstained=1)).then_refused("CountWrong", found=242, total=241)


# what a correction leaves to be seen to ---------------------------------------------------------------------------------


def struck(here: Chamber, kind: type, nth: int = -1) -> Chamber:
    found = [n for n, e in enumerate(here.session.history, 1) if isinstance(e, kind)]
    return here.when(Correct(version=found[nth], strike=True, why="误记"))


def test_a_nomination_or_the_method_struck_after_the_ballot_is_remarked_on_and_before_it_is_not() -> None:
    here = ready(1, 1)
    struck(here, Nominated).then(Corrected).without_finding("BallotRestedOnIt")
    for kind in (Nominated, ElectionMethodDrafted, VoteCounted):
        here = declared(ready(1, 1), 200, 41)
        here.given(PresidiumDecides(matter="correction"))
        struck(here, kind).then(Corrected).with_finding("BallotRestedOnIt", what="deputy-government-head")


@pytest.mark.rule("CONST18-27-3")
def test_who_is_elected_no_more_after_a_correction_but_took_the_oath_is_named() -> None:
    def struck_after(*acts: Any) -> Chamber:
        here = declared(ready(1, 0), 200).given(*acts, PresidiumDecides(matter="correction"))
        return struck(here, ElectionDeclared).then(Corrected)

    struck_after().without_finding("SwornBefore")
    oath = TakeOath(persons=("d001",), text="oath_2018", place="flag", anthem=True)
    struck_after(oath).with_finding("SwornBefore", "CONST18-27-3", person="d001")
