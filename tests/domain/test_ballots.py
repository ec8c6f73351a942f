"""Ballots from their opening to what is declared: sheets, void polls, ties, seats left over (rulebook §15, edges 14-18)."""

from datetime import date
from typing import Any

import pytest

from domain.election.attesting import AttestCount, CountAttested
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.method import Rules
from domain.election.parts import PersonEntry
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection, SeparateElectionDecided
from domain.election.sheets import BallotSheetEntered, EnterBallotSheet
from domain.election.tally import Line, Void, WriteIn
from domain.election.tied_again import DecideOnTie, TieDecided
from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecides
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import RULES, adopted, by_presidium, deliberated, election, house, joint, meeting, town
from tests.domain.test_nominations import of_organisations

ALL = 241


def ready(
    seats: int = 3, extra: int = 1, *, post: str = "deputy-government-head", rules: Rules = RULES, **about: Any
) -> Chamber:
    """A county's by-election with its candidates d001 … settled and its scrutineers adopted."""
    here = house(election(post, seats=seats), people=(PersonEntry(id="v1", voter=True),), **about)
    first = by_presidium("p", *ids(seats)) if post != "higher-deputy" else of_organisations("p", *ids(seats))
    meeting(here).given(first)
    for n in range(extra):
        here.given(joint(f"n{n}", (f"d{seats + 1 + n:03}",), ids(10, start=40 + n * 10)))
    here.given(hands("scrutineers", ALL, persons=("d200", "d201"), chief="d200", no_relatives=True))
    adopted(deliberated(here), ("e", extra), rules=rules)
    return here.given(SettleCandidates(election="e", candidates=ids(seats + extra), order="strokes"))


def sheet(
    number: int, votes: dict[str, int], ballots: int = ALL, written: dict[str, int] | None = None, **more: Any
) -> EnterBallotSheet:
    """A teller's sheet on which whoever is not for a candidate is against."""
    fields: dict[str, Any] = {"issued": ballots, "returned": ballots, "valid": ballots, **more}
    lines = tuple(Line(person=p, in_favour=n, against=fields["valid"] - n) for p, n in votes.items())
    write_ins = tuple(WriteIn(person=p, in_favour=n) for p, n in (written or {}).items())
    return EnterBallotSheet(election="e", sheet=number, lines=lines, write_ins=write_ins, **fields)


def counted(here: Chamber, *votes: int, first: int = 1, **more: Any) -> Chamber:
    """A ballot opened, counted by two and attested, with these votes for d001 and those after."""
    figures = dict(zip(ids(len(votes), start=first), votes, strict=True))
    return here.given(
        OpenBallot(election="e"), sheet(1, figures, **more), sheet(2, figures, **more), AttestCount(election="e")
    )


def declared(here: Chamber, *votes: int, **more: Any) -> Chamber:
    return counted(here, *votes, **more).when(DeclareElection(election="e"))


def again(here: Chamber, *votes: int) -> Chamber:
    """The revote between d002 and d003, declared."""
    return counted(here, *votes, first=2).when(DeclareElection(election="e"))


def result(here: Chamber) -> ElectionDeclared:
    assert here.refusal is None, here.refusal
    return next(e for e in here.events if isinstance(e, ElectionDeclared))


def test_no_ballot_opens_without_method_or_candidates() -> None:
    here = house(election("government-head"))
    here.when(OpenBallot(election="e")).then_refused("ElectionMethodMissing", "OL22-27-1-method")
    adopted(meeting(here), ("e", 0)).when(OpenBallot(election="e")).then_refused("CandidatesNotSettled")


@pytest.mark.rule("OL22-25-elected", "OL22-28-secret")
def test_of_241_deputies_121_votes_elect_and_120_leave_the_seat_open() -> None:
    here = declared(ready(seats=2, extra=0), 121, 120).then(ElectionDeclared, needed=121, base=241, complete=False)
    assert (result(here).outcome.elected, result(here).outcome.open_seats) == (("d001",), 1)
    here.citing("OL22-25-elected").with_finding("SeatsLeftOpen", open=1, seats=2)
    assert not here.session.has("election-settled:e")


def test_the_same_ballot_is_declared_once() -> None:
    here = declared(ready(seats=1, extra=0), 200).then(ElectionDeclared, complete=True)
    assert here.session.elections["e"].elected == ("d001",) and here.session.has("election-settled:e")
    here.when(DeclareElection(election="e")).then_nothing()
    here.when(OpenBallot(election="e")).then_refused("ElectionComplete")


def test_a_result_is_declared_only_once_two_sheets_agree_and_the_scrutineers_attest_them() -> None:
    here = ready(seats=1, extra=0)
    here.when(DeclareElection(election="e")).then_refused("NothingToDeclare")
    here.given(OpenBallot(election="e")).when(OpenBallot(election="e")).then_refused("BallotOpenAlready")
    here.given(sheet(1, {"d001": 200})).when(AttestCount(election="e")).then_refused("SheetMissing", sheet=2)
    here.given(sheet(2, {"d001": 199})).when(AttestCount(election="e")).then_refused("SheetsDiffer", where="d001")
    here.when(DeclareElection(election="e")).then_refused("CountNotAttested")
    here.when(sheet(2, {"d001": 200})).then(BallotSheetEntered, sheet=2).and_again_nothing()
    here.when(AttestCount(election="e")).then(CountAttested).and_again_nothing()
    here.when(sheet(2, {"d001": 198})).then_refused("AttestedAlready")
    here.when(DeclareElection(election="e")).then(ElectionDeclared)


@pytest.mark.rule("OL22-29-1-tie", "I-tie-majority")
def test_two_tied_for_the_last_seat_are_voted_on_again_and_most_votes_decide() -> None:
    here = declared(ready(), 200, 150, 130, 130).with_finding("TiedAtTheCut", what="d003、d004", seats=1)
    assert result(here).outcome.elected == ("d001", "d002")
    here.when(OpenBallot(election="e")).then(
        BallotOpened, round="revote", candidates=("d003", "d004"), seats=1, needed=0
    )
    figures = {"d003": 119, "d004": 118}
    here.when(sheet(1, figures, written={"d099": 1})).then_refused("NoWriteInHere", citing="OL22-29-1-tie")
    here.given(sheet(1, figures), sheet(2, figures), AttestCount(election="e")).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, complete=True)
    assert here.session.elections["e"].elected == ("d001", "d002", "d003")


def test_a_revote_tied_again_goes_as_the_method_says_and_else_as_the_congress_decides() -> None:
    silent = RULES.model_copy(update={"revote_tie": None})
    here = declared(ready(2, 1, rules=silent), 200, 121, 121)
    again(here, 120, 120).with_finding("TiedAtTheCut")
    here.when(OpenBallot(election="e")).then_refused("RevoteTiedAgain", "I-method-must")
    decide = DecideOnTie(election="e", follows="vote_again", in_favour=120, against=121, abstained=0)
    here.when(decide).then(TieDecided, adopted=False, needed=121)
    here.when(OpenBallot(election="e")).then_refused("RevoteTiedAgain")
    here.when(decide.model_copy(update={"in_favour": 121, "against": 120})).then(TieDecided, adopted=True, number=2)
    here.with_finding("TieByDecision", "I-method-must").and_again_nothing()
    here.when(OpenBallot(election="e")).then(BallotOpened, round="revote", number=3)
    open_seat = RULES.model_copy(update={"revote_tie": "shortfall"})
    here = again(declared(ready(2, 1, rules=open_seat), 200, 121, 121), 120, 120)
    assert (result(here).outcome.tied, result(here).outcome.open_seats) == ((), 1)


@pytest.mark.rule("OL22-29-2-shortfall")
def test_seats_left_over_wait_for_the_congress_to_decide_when_they_are_filled() -> None:
    here = declared(ready(), 200, 125, 120, 118)
    assert result(here).outcome.open_seats == 1
    here.when(OpenBallot(election="e")).then_refused("SeparateNotDecided", citing="OL22-29-2-shortfall", seats=1)
    decide = DecideSeparateElection(election="e", when="this_session")
    here.when(decide).then_refused("VotesMissing")
    lost = decide.model_copy(update={"in_favour": 120, "against": 121, "abstained": 0})
    here.when(lost).then(SeparateElectionDecided, adopted=False)
    here.again().then_nothing()
    here.when(decide.model_copy(update={"in_favour": 121, "against": 120, "abstained": 0})).then(
        SeparateElectionDecided, adopted=True, needed=121, seats=1
    )
    here.when(OpenBallot(election="e")).then_refused("CandidatesNotSettled")
    here.given(SettleCandidates(election="e", candidates=("d003", "d004"), order="votes", from_ballot=True))
    here.when(OpenBallot(election="e")).then(BallotOpened, round="separate", seats=1, needed=121)
    figures = {"d003": 120, "d004": 121}
    here.given(sheet(1, figures), sheet(2, figures), AttestCount(election="e")).when(DeclareElection(election="e"))
    here.then(ElectionDeclared, complete=True)
    assert here.session.elections["e"].elected == ("d001", "d002", "d004")


def test_left_to_the_next_session_the_election_is_settled_for_this_one() -> None:
    here = declared(ready(rules=RULES.model_copy(update={"shortfall": "next_session"})), 200, 125, 120, 118)
    here.when(DecideSeparateElection(election="e", when="this_session")).then_refused("MethodDecidesWhen")
    here.when(DecideSeparateElection(election="e", when="next_session")).then(SeparateElectionDecided, count=None)
    assert here.session.has("election-settled:e")
    here.when(OpenBallot(election="e")).then_refused("ElectionComplete")


@pytest.mark.rule("I-ballot-count")
def test_240_issued_and_238_returned_is_valid_and_241_voids_the_poll_which_is_held_again() -> None:
    here = declared(ready(seats=1, extra=0), 200, issued=240, returned=238, valid=238)
    assert result(here).outcome.void is None
    here = ready(seats=1, extra=0).given(OpenBallot(election="e"))
    too_many: dict[str, Any] = {"issued": 240, "returned": 241, "valid": 241}
    here.when(sheet(1, {"d001": 200}, **too_many)).with_finding("MoreReturnedThanIssued", found=241, issued=240)
    here.given(sheet(2, {"d001": 200}, **too_many), AttestCount(election="e")).when(DeclareElection(election="e"))
    here.with_finding("PollHeldAgain", returned=241, issued=240, voters=241)
    assert result(here).outcome.void is Void.MORE_RETURNED_THAN_ISSUED and here.session.elections["e"].elected == ()
    here.when(OpenBallot(election="e")).then(BallotOpened, number=2, round="first", candidates=("d001",))


def test_figures_that_cannot_be_are_sent_back() -> None:
    here = ready(seats=1, extra=1).given(OpenBallot(election="e"))
    both = {"d001": 200, "d002": 41}
    here.when(sheet(1, both, void=1)).then_refused("SheetDoesNotAddUp", valid=241, void=1, returned=241)
    here.when(sheet(1, {"d001": 200, "d002": 42})).then_refused("MoreChosenThanSeats", found=242, most=241)
    here.when(sheet(1, {"d001": 200})).then_refused("CandidateLeftOut", person="d002")
    here.when(sheet(1, {"d001": 200, "d002": 40, "d009": 1})).then_refused("NotOnTheBallot", person="d009")
    here.when(sheet(1, {"d001": 200, "d002": 1}, written={"d002": 1})).then_refused("WrittenInOnTheBallot")
    here.when(sheet(1, {"d001": 200, "d002": 1}, written={"x9": 1})).then_refused("UnknownPerson", person="x9")
    off = sheet(1, both).model_copy(
        update={"lines": (Line(person="d001", in_favour=200), Line(person="d002", in_favour=41))}
    )
    here.when(off).then_refused("MarksDoNotAddUp", person="d001", found=200, valid=241)
    here.when(sheet(1, both)).then(BallotSheetEntered)


@pytest.mark.rule("I-writein", "OL22-47-deputies-county")
def test_a_voter_written_in_by_121_is_elected_deputy_county_head_and_no_member_of_the_standing_committee() -> None:
    here = declared(ready(seats=1, extra=0), 100, written={"v1": 121})
    assert result(here).outcome.elected == ("v1",)
    here = declared(ready(seats=1, extra=0, post="sc-member"), 100, written={"v1": 121})
    here.with_finding("WriteInNotEligible", person="v1")
    assert (result(here).outcome.elected, result(here).outcome.open_seats) == ((), 1)


def test_a_declared_count_is_corrected_by_the_presidium_s_decision_and_worked_out_again() -> None:
    here = declared(ready(seats=1, extra=0), 120)
    version = here.version_of(ElectionDeclared)
    figures = {
        "figures": {
            "issued": 241,
            "returned": 241,
            "valid": 241,
            "void": 0,
            "lines": [{"person": "d001", "in_favour": 121, "against": 120, "abstained": 0}],
            "write_ins": [],
        }
    }
    correct = Correct(version=version, changes=figures, why="误将一张赞成票计入反对")
    here.when(correct).then_refused("AnnouncedAlready")
    here.given(PresidiumDecides(matter="correction")).when(correct).then(Corrected)
    assert here.session.elections["e"].elected == ("d001",)


def test_a_township_elects_by_more_than_half_of_all_its_deputies_too() -> None:
    here = meeting(town(election("township-head"))).given(by_presidium("1", "d001"))
    here.given(hands("scrutineers", 61, persons=("d050",), chief="d050", no_relatives=True))
    adopted(deliberated(here), ("e", 0)).given(SettleCandidates(election="e", candidates=("d001",), order="strokes"))
    here.given(
        OpenBallot(election="e"), sheet(1, {"d001": 31}, 61), sheet(2, {"d001": 31}, 61), AttestCount(election="e")
    )
    here.when(DeclareElection(election="e")).then(ElectionDeclared, needed=31, complete=True)


def of_town(post: str, day: date, profile: str = "zhejiang-township", **about: Any) -> Chamber:
    """A township's by-election of two seats that day, with three candidates, up to its ballot."""
    here = meeting(town(election(post, seats=2), opens=day, profile=profile, **about)).given(
        by_presidium("1", "d001", "d002")
    )
    here.given(joint("2", ("d003",), ids(10, start=20)))
    here.given(hands("scrutineers", 61, persons=("d050",), chief="d050", no_relatives=True))
    adopted(deliberated(here), ("e", 1)).given(SettleCandidates(election="e", candidates=ids(3), order="strokes"))
    return here.when(OpenBallot(election="e"))


BY_DAY = [
    (
        date(2019, 1, 16),
        "zhejiang-township",
        ("OL15-20-elected", "OL15-23-secret", "OL15-23-choices", "ZJT16-22-elected"),
    ),
    (
        date(2024, 1, 17),
        "zhejiang-township",
        ("OL22-25-elected", "OL22-28-secret", "OL22-28-choices", "ZJT23-22-elected"),
    ),
    (date(2024, 1, 17), "chongqing-township", ("CQT16-17-elected", "CQT16-24-secret", "CQT16-24-choices")),
]


@pytest.mark.rule("OL15-20-elected", "OL15-23-secret", "OL15-23-choices", "ZJT16-22-elected")
@pytest.mark.rule("OL22-28-choices", "ZJT23-22-elected", "CQT16-17-elected", "CQT16-24-secret", "CQT16-24-choices")
@pytest.mark.parametrize(("day", "profile", "rules"), BY_DAY)
def test_a_ballot_is_secret_and_by_more_than_half_of_all_under_the_text_of_its_day(
    day: date, profile: str, rules: tuple[str, ...]
) -> None:
    of_town("township-deputy-head", day, profile).then(BallotOpened, needed=31, round="first").citing(*rules)


@pytest.mark.rule("OL15-24-1-most", "OL15-24-1-tie", "OL15-24-2-shortfall")
@pytest.mark.rule("OL22-29-1-most", "CQT16-25-most", "CQT16-25-tie", "CQT16-25-shortfall")
@pytest.mark.parametrize(
    ("day", "profile", "most", "tie", "short"),
    [
        (date(2019, 1, 16), "zhejiang-township", "OL15-24-1-most", "OL15-24-1-tie", "OL15-24-2-shortfall"),
        (date(2024, 1, 17), "zhejiang-township", "OL22-29-1-most", "OL22-29-1-tie", "OL22-29-2-shortfall"),
        (date(2024, 1, 17), "chongqing-township", "CQT16-25-most", "CQT16-25-tie", "CQT16-25-shortfall"),
    ],
)
def test_most_votes_a_tie_and_seats_left_over_go_by_the_text_of_the_day(
    day: date, profile: str, most: str, tie: str, short: str
) -> None:
    def of(*votes: int) -> Chamber:
        here = of_town("township-deputy-head", day, profile)
        figures = dict(zip(ids(3), votes, strict=True))
        here.given(sheet(1, figures, 61), sheet(2, figures, 61), AttestCount(election="e"))
        return here.when(DeclareElection(election="e"))

    assert result(of(40, 41, 39)).outcome.elected == ("d002", "d001")
    of(40, 41, 39).citing(most)
    of(41, 40, 40).with_finding("TiedAtTheCut", tie)
    of(41, 30, 30).with_finding("SeatsLeftOpen", short, open=1)


@pytest.mark.rule("CQT16-24-overmarked", "EL15-43-2-overmarked", "EL20-44-2-overmarked", "I-ballot-overmarked")
def test_choices_beyond_the_seats_are_sent_back_where_a_text_or_the_method_has_such_ballots_void_and_else_warned_of() -> (
    None
):
    silent = RULES.model_copy(update={"overmarked": None})
    one_more = {"d001": 241, "d002": 1}
    here = ready(1, 1, rules=silent).given(OpenBallot(election="e"))
    here.when(sheet(1, one_more)).with_finding("MoreChosenThanSeats", "I-ballot-overmarked", found=242, most=241)
    here.when(sheet(1, {"d001": 240, "d002": 1})).without_finding("MoreChosenThanSeats")
    here = ready(1, 1).given(OpenBallot(election="e"))
    here.when(sheet(1, one_more)).then_refused("MoreChosenThanSeats", "OL22-27-1-method")
    here = of_town("township-deputy-head", date(2024, 1, 17), "chongqing-township")
    beyond = {"d001": 61, "d002": 61, "d003": 1}
    here.when(sheet(1, beyond, 61)).then_refused("MoreChosenThanSeats", "CQT16-24-overmarked", found=123, most=122)
    here = ready(1, 1, post="higher-deputy", rules=silent).given(OpenBallot(election="e"))
    here.when(sheet(1, one_more)).then_refused("MoreChosenThanSeats", "EL20-44-2-overmarked", found=242, most=241)
    here = ready(1, 1, post="higher-deputy", rules=silent, opens=date(2019, 1, 16)).given(OpenBallot(election="e"))
    here.when(sheet(1, one_more)).then_refused("MoreChosenThanSeats", "EL15-43-2-overmarked")
