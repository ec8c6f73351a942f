"""What is voted on into an electronic box is counted there and nowhere else: no typed figure stands beside it, none is corrected after it."""

from typing import Any

import pytest

from domain.ballot.box import BoxSealed
from domain.ballot.closing import GiveUpBox
from domain.ballot.counting import counted
from domain.ballot.form import Ballot, Form, Mark, everybody, written
from domain.ballot.form_of import form_of
from domain.ballot.issue import IssueBallot
from domain.ballot.opening import AttestBox, OpenBox
from domain.calendar import legal_date
from domain.election.attesting import AttestCount, CountAttested
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.rounds import OpenBallot
from domain.election.sheets import BallotSheetEntered, EnterBallotSheet
from domain.election.tally import Line
from domain.session.business import Deliberate, HearReport
from domain.session.correction import Correct, Corrected
from domain.session.decider import HallNow, law_on
from domain.session.presidium import PresidiumDecides
from domain.session.state import Moment
from domain.submission import Actor
from domain.vote.keypad import EnterDeviceCount
from domain.vote.paper import EnterVoteSheet, VoteSheetEntered
from domain.vote.votes import PutToVote, VoteCounted
from tests.ballots.boxes import ROOT, VOTE, closing, form, hall, issued, sealing
from tests.domain.chamber import SESSION, Chamber, hands, ids
from tests.domain.elections import adopted, by_presidium, deliberated, election, joint, meeting, town
from yishi.law import LawLibrary

DIGEST = "cd" * 32
SHEET = EnterVoteSheet(subject="gov", sheet=1, issued=30, returned=30, valid=30, in_favour=30)
DEVICE = EnterDeviceCount(subject="gov", device="hall", in_favour=30, against=0, abstained=0)
BY_HAND = PutToVote(subject="gov", in_favour=30, against=0, abstained=0)
ON_PAPER = EnterBallotSheet(
    election="e", sheet=1, issued=31, returned=31, valid=31,
    lines=(Line(person="d001", in_favour=31), Line(person="d002", against=31, in_favour=0)),
)  # fmt: skip


def heard(here: Chamber) -> Chamber:
    """With the report heard, deliberated, and put to the vote by the presidium."""
    here.given(HearReport(item="gov"), *(Deliberate(items=("gov",), group=g) for g in ("east", "west")))
    return meeting(here, 2).given(PresidiumDecides(matter="put-to-vote", items=("gov",)))


def opening(of: Form, plain: list[bytes], **more: Any) -> OpenBox:
    found = counted(of, plain, issued=len(plain))
    return OpenBox(
        box=of.box, holders=("d011", "d012"), root=ROOT, ballots=DIGEST, figures=found.figures, vote=found.vote,
        void=found.void, **more,
    )  # fmt: skip


def voted(
    in_favour: int, against: int, of: Form = VOTE, here: Chamber | None = None, *, attested: bool = True
) -> Chamber:
    """A vote taken into a box, closed and opened; and attested."""
    here = here or heard(hall())
    cast = in_favour + against
    here.given(sealing(of), IssueBallot(box=of.box, deputies=here.roll[:cast]), closing(cast, box=of.box))
    ayes: list[Mark] = ["for"] * in_favour
    noes: list[Mark] = ["against"] * against
    here.given(opening(of, [written(of, everybody(of, mark)) for mark in ayes + noes]))
    holders = ("d011", "d012") if attested else ("d011",)
    return here.given(*(AttestBox(box=of.box, scrutineer=holder, ballots=DIGEST) for holder in holders))


@pytest.mark.parametrize("typed", [SHEET, DEVICE, BY_HAND], ids=lambda command: command.act)
def test_while_deputies_vote_into_a_box_no_figures_of_that_vote_are_typed_in(typed: Any):
    here = heard(hall()).given(sealing(VOTE))
    here.when(typed).then_refused("BoxWaits", box="v")
    assert "close-box" in here.refused.says().en and "give-up-box" in here.refused.says().en

    issued(here, 3, "v").given(closing(3, box="v")).when(typed).then_refused("BoxWaits", box="v")
    assert "先开箱" in here.refused.says().zh


def test_a_box_that_was_opened_and_is_not_attested_yet_still_keeps_other_figures_out():
    here = voted(20, 9, attested=False)

    here.when(BY_HAND).then_refused("BoxWaits")
    assert "attest-box" in here.refused.says().en
    here.when(AttestBox(box="v", scrutineer="d012", ballots=DIGEST)).when(SHEET).then_refused("BoxHasCounted", box="v")
    here.when(PutToVote(subject="gov", method="ballot")).then(VoteCounted, box="v")


def test_once_the_box_is_given_up_the_vote_goes_on_by_other_figures():
    here = issued(heard(hall()).given(sealing(VOTE)), 3, "v").given(closing(3, box="v"), GiveUpBox(box="v", holders=()))

    here.when(SHEET).then(VoteSheetEntered)
    heard(hall()).when(BY_HAND).then(VoteCounted)


def test_another_vote_is_not_kept_waiting_by_the_box():
    heard(hall().given(sealing())).when(BY_HAND).then(VoteCounted, subject="gov")


def test_where_sheets_are_on_file_no_box_is_sealed_beside_them():
    heard(hall()).given(SHEET).when(sealing(VOTE)).then_refused("CountedElsewhere")


def test_a_box_is_for_what_this_meeting_votes_on():
    hall().when(sealing(Form(box="v", kind="vote", about="nothing"))).then_refused("UnknownItem")


def test_two_boxes_are_not_open_for_one_vote():
    again = VOTE.model_copy(update={"box": "v2"})
    here = hall().given(sealing(VOTE))

    here.when(sealing(again)).then_refused("BoxWaits", box="v")
    issued(here, 3, "v").given(closing(3, box="v"), GiveUpBox(box="v", holders=()))
    here.when(sealing(again)).then(BoxSealed)


def test_a_box_serves_one_vote_and_a_second_vote_on_what_was_rejected_is_counted_anew():
    here = voted(20, 9).given(PutToVote(subject="gov", method="ballot"))
    assert not here.session.votes["gov"].adopted
    here.given(PresidiumDecides(matter="put-to-vote", items=("gov",)))

    here.when(PutToVote(subject="gov", method="ballot")).then_refused("CountMissing")
    voted(29, 1, VOTE.model_copy(update={"box": "v2"}), here)
    here.when(PutToVote(subject="gov", method="ballot")).then(VoteCounted, box="v2", adopted=False)
    assert here.session.votes["gov"].count.in_favour == 29


def test_what_came_out_of_a_box_no_officer_corrects():
    here = voted(20, 9).given(PutToVote(subject="gov", method="ballot"))
    version = here.version_of(VoteCounted)

    for changes in ({"in_favour": 31}, {"count": {"in_favour": 31, "against": 0, "abstained": 0, "not_voted": 0}}):
        here.when(Correct(version=version, changes=changes, why="看错")).then_refused("CountOfTheBox", version=version)
    assert "重新投票" in here.refused.says().zh


def test_a_vote_typed_in_is_corrected_as_ever():
    here = heard(hall()).given(BY_HAND)
    changes = {"in_favour": 29, "against": 1}

    here.when(Correct(version=here.version_of(VoteCounted), changes=changes, why="看错")).then(Corrected)


def moment_of(here: Chamber) -> Moment:
    registered = here.session.register
    assert registered is not None
    law = law_on(LawLibrary(None).newest(), registered, legal_date(here.now))
    return Moment(law=law, at=here.now, actor=Actor(office="scrutineer"), hall=HallNow(here.record, SESSION))


def electing(way: str = "electronic") -> Chamber:
    """An election with two candidates, its ballot open."""
    here = meeting(town(election("township-head"), by_name=True)).given(
        by_presidium("1", "d001"), joint("2", ("d002",), ids(10, 20))
    )
    adopted(deliberated(here), ("e", 1))
    here.given(hands("scrutineers", 61, persons=("d011", "d012", "d013"), chief="d011", no_relatives=True))
    here.given(SettleCandidates(election="e", candidates=("d001", "d002"), order="strokes"))
    return here.given(OpenBallot(election="e", way=way))


def test_the_form_of_a_ballot_follows_from_the_record():
    here = electing()

    found = form_of(here.session, "b", "election", "e", moment_of(here))
    assert found == form()
    here.when(sealing(found)).then(BoxSealed, form=found)


@pytest.mark.parametrize("wrong", [{"overmarked": None}, {"beside_abstention": "counts"}, {"write_ins": 0}])
def test_a_form_that_counts_otherwise_than_the_method_is_not_sealed(wrong: dict[str, Any]):
    electing().when(sealing(form(**wrong))).then_refused("FormNotByTheMethod", where=next(iter(wrong)))


def test_a_ballot_on_paper_has_no_box():
    electing("paper").when(sealing()).then_refused("BallotIsOnPaper")


def test_an_electronic_ballot_has_no_tellers_sheets_until_its_box_is_given_up_for_paper():
    here = electing()
    here.when(ON_PAPER).then_refused("BallotIsElectronic")
    here.given(sealing(if_fewer="paper_ballot")).when(ON_PAPER).then_refused("BoxWaits", box="b")
    issued(here, 31).given(closing(31)).when(ON_PAPER).then_refused("BoxWaits", box="b")
    here.given(GiveUpBox(box="b", holders=("d011",)))

    here.when(sealing(form(box="b2"))).then_refused("BallotIsOnPaper")
    here.when(ON_PAPER).then(BallotSheetEntered)
    here.given(ON_PAPER.model_copy(update={"sheet": 2})).when(AttestCount(election="e")).then(CountAttested)


def test_where_voting_again_is_what_follows_the_ballot_gets_another_box_and_no_sheets():
    here = issued(electing().given(sealing()), 31).given(closing(31), GiveUpBox(box="b", holders=()))

    here.when(ON_PAPER).then_refused("BallotIsElectronic")
    here.when(sealing(form(box="b2"))).then(BoxSealed)


def test_declared_figures_of_an_electronic_ballot_are_not_corrected():
    here = issued(electing().given(sealing()), 31).given(closing(31))
    here.given(opening(form(), [written(form(), Ballot(("for", "against")))] * 31))
    here.given(*(AttestBox(box="b", scrutineer=holder, ballots=DIGEST) for holder in ("d011", "d012")))
    here.given(AttestCount(election="e"), DeclareElection(election="e"))
    declared = here.session.history[here.version_of(ElectionDeclared) - 1]
    assert isinstance(declared, ElectionDeclared)
    figures = declared.figures.model_dump(mode="json")

    for kind in (CountAttested, ElectionDeclared):
        correct = Correct(version=here.version_of(kind), changes={"figures": {**figures, "issued": 32}}, why="看错")
        here.when(correct).then_refused("CountOfTheBox")
