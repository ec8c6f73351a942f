"""A ballot box in the record: sealed, ballots issued, closed, opened, attested; and nothing out of its order."""

from typing import Any

import pytest

from domain.ballot.box import BoxSealed
from domain.ballot.closing import BoxClosed, BoxGivenUp, GiveUpBox
from domain.ballot.counting import counted
from domain.ballot.form import Ballot, Mark, everybody, written
from domain.ballot.issue import BallotIssued, IssueBallot
from domain.ballot.opening import AttestBox, BoxAttested, BoxOpened, OpenBox
from domain.ballot.results import figures_of, vote_of
from domain.election.attesting import AttestCount, CountAttested
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.rounds import OpenBallot
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line
from domain.session.business import Deliberate, HearReport
from domain.session.correction import Correct
from domain.session.presidium import PresidiumDecides
from domain.session.roll import SuspendDeputy
from domain.vote.votes import PutToVote, VoteCounted
from tests.ballots.boxes import KEYS, ROOT, VOTE, closing, form, hall, issued, sealing
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, by_presidium, deliberated, election, joint, meeting, town

DIGEST = "cd" * 32


def opening(here: Chamber, ballots: int = 3, mark: Mark = "against", **more: Any) -> OpenBox:
    found = counted(form(), [written(form(), everybody(form(), mark))] * ballots, issued=3)
    fields = {
        "box": "b",
        "holders": ("d013", "d011"),
        "root": ROOT,
        "ballots": DIGEST,
        "figures": found.figures,
        "void": found.void,
    }
    return OpenBox.model_validate({**fields, **more})


def closed(ballots: int = 3) -> Chamber:
    return issued(hall().given(sealing()), ballots).given(closing(ballots))


def test_a_box_is_sealed_with_its_form_its_holders_and_what_follows_when_too_few_of_them_come():
    here = hall().when(sealing())
    here.then(BoxSealed, holders=("d011", "d012", "d013"), if_fewer="vote_again", form_digest=form().digest.hex())

    assert here.session.has("box-sealed:b")
    here.and_again_nothing()


def test_a_box_that_is_sealed_gets_no_other_form():
    hall().given(sealing()).when(sealing(form(seats=2))).then_refused("BoxTaken")


@pytest.mark.parametrize(
    "wrong",
    [
        {"holders": ("d011", "d012")},
        {"holders": ("d011", "d011", "d012")},
        {"keys": KEYS.model_copy(update={"needed": 1})},
        {"keys": KEYS.model_copy(update={"needed": 4})},
        {"keys": KEYS.model_copy(update={"shares": ("11" * 32, "11" * 32, "22" * 32)})},
    ],
)
def test_no_one_opens_a_box_alone_and_each_holder_has_one_share(wrong: dict[str, Any]):
    hall().when(sealing(**wrong)).then_refused("HoldersDoNotFit")


def test_all_holders_of_three_may_be_needed_and_two_of_them_too():
    for needed in (2, 3):
        hall().when(sealing(keys=KEYS.model_copy(update={"needed": needed}))).then(BoxSealed)


def test_who_stands_on_the_ballot_and_holds_a_share_is_noticed_as_with_any_scrutineer():
    here = hall().when(sealing(holders=("d011", "d012", "d001"))).then(BoxSealed)
    without = hall().when(sealing()).then(BoxSealed)

    assert "ScrutineerStands" in [f.code for f in here.events[0].findings]
    assert "ScrutineerStands" not in [f.code for f in without.events[0].findings]


def test_a_box_is_for_the_candidates_and_the_seats_of_the_election_and_for_nobody_else():
    hall().when(sealing(form(("d001", "x99")))).then_refused("UnknownPerson", person="x99")
    hall().when(sealing(form(about="other"))).then_refused("UnknownElection")


def test_a_ballot_is_issued_once_to_each_who_is_signed_in_by_name():
    here = issued(hall().given(sealing()), 1)
    here.then(BallotIssued, deputy="d001").and_again_nothing()
    assert here.record.streams["testtown/17-9/ballot/b.d001"] == here.record.streams["testtown/17-9/ballot/b.d001"][:1]

    here.when(IssueBallot(box="b", deputies=("d040",))).then_refused("NotSignedInByName", deputy="d040")
    here.when(IssueBallot(box="b", deputies=("x99",))).then_refused("NotADeputy")
    here.when(IssueBallot(box="c", deputies=("d001",))).then_refused("UnknownBox")


def test_a_deputy_who_is_suspended_after_signing_in_gets_no_ballot():
    here = hall().given(sealing(), SuspendDeputy(deputy="d005", ground="custody"))

    here.when(IssueBallot(box="b", deputies=("d005",))).then_refused("DutiesSuspended")


def test_after_the_closing_no_ballot_is_issued():
    closed().when(IssueBallot(box="b", deputies=("d009",))).then_refused("BoxNotOpenToBallots")


def test_the_closing_says_how_many_were_issued_and_how_many_lie_in_the_box():
    here = issued(hall().given(sealing()), 5).when(closing(4))

    here.then(BoxClosed, issued=5, returned=4).and_again_nothing()
    here.when(closing(5)).then_refused("ClosedOtherwise", found=4)


def test_more_ballots_in_the_box_than_issued_are_recorded_as_they_were_and_the_alarm_is_raised():
    here = issued(hall().given(sealing()), 3).when(closing(4)).then(BoxClosed, issued=3, returned=4)

    assert [f.code for f in here.events[0].findings] == ["MoreReturned"]


def test_as_many_as_were_issued_raise_no_alarm():
    here = issued(hall().given(sealing()), 3).when(closing(3))

    assert here.events[0].findings == ()


def test_a_box_is_not_opened_before_it_is_closed():
    here = issued(hall().given(sealing()), 3)

    here.when(opening(here)).then_refused("BoxNotClosed")


def test_one_key_holder_fewer_than_needed_opens_nothing():
    here = closed()

    here.when(opening(here, holders=("d011",))).then_refused("TooFewKeyHolders", found=1, needed=2)
    here.when(opening(here, holders=("d011", "d001"))).then_refused("StrangerToTheKey", person="d001")
    here.when(opening(here)).then(BoxOpened, holders=("d011", "d013")).and_again_nothing()


def test_a_count_that_is_not_of_this_box_is_not_recorded():
    here = closed()

    here.when(opening(here, ballots=2)).then_refused("FiguresDoNotFitTheBox", where="returned")
    here.when(opening(here, root="ef" * 32)).then_refused("FiguresDoNotFitTheBox", where="root")
    here.when(opening(here, void={"overmarked": 1})).then_refused("FiguresDoNotFitTheBox", where="void")
    here.when(opening(here, figures=None)).then_refused("FiguresDoNotFitTheBox", where="kind")
    good = opening(here).figures
    assert good is not None
    line = good.lines[0].model_copy(update={"against": 2})
    wrong = good.model_copy(update={"lines": (line, good.lines[1])})
    here.when(opening(here, figures=wrong)).then_refused("FiguresDoNotFitTheBox", where="d001")


def test_what_was_opened_once_is_not_opened_otherwise():
    here = closed().given(opening(closed()))

    here.when(opening(here, mark="for")).then_refused("BoxSettled")


def test_the_count_is_attested_when_as_many_holders_have_said_so_as_the_key_needs():
    here = closed()
    here.when(AttestBox(box="b", scrutineer="d011", ballots=DIGEST)).then_refused("NotOpened")
    here.given(opening(here), AttestBox(box="b", scrutineer="d011", ballots=DIGEST))
    assert not here.session.has("box-attested:b")

    here.when(AttestBox(box="b", scrutineer="d011", ballots=DIGEST)).then_nothing()
    here.when(AttestBox(box="b", scrutineer="d012", ballots="ef" * 32)).then_refused("AttestedOtherwise")
    here.when(AttestBox(box="b", scrutineer="d001", ballots=DIGEST)).then_refused("StrangerToTheKey")
    here.when(AttestBox(box="b", scrutineer="d012", ballots=DIGEST)).then(BoxAttested, enough=True)
    assert here.session.has("box-attested:b")
    assert here.session.boxes["b"].state == "attested"


def test_too_few_key_holders_leave_the_box_shut_and_what_follows_was_said_before():
    here = closed()
    here.when(GiveUpBox(box="b", holders=("d011", "d012"))).then_refused("EnoughHolders", found=2, needed=2)
    here.when(GiveUpBox(box="b", holders=("d012",))).then(BoxGivenUp, follows="vote_again", holders=("d012",))
    here.and_again_nothing()

    here.when(opening(here)).then_refused("BoxSettled")


def test_a_box_that_was_opened_is_not_given_up():
    here = closed()

    here.given(opening(here)).when(GiveUpBox(box="b", holders=("d012",))).then_refused("BoxSettled")


def test_nothing_about_a_box_is_a_slip_of_the_pen():
    here = closed()
    for kind in (BoxSealed, BoxClosed):
        here.when(Correct(version=here.version_of(kind), strike=True, why="误录")).then_refused("BoxStands")


def test_figures_are_given_to_who_declares_a_result_only_once_they_are_attested():
    here = closed().given(opening(closed()), AttestBox(box="b", scrutineer="d011", ballots=DIGEST))
    assert figures_of(here.session, "e", 1) is None
    here.given(AttestBox(box="b", scrutineer="d013", ballots=DIGEST))

    assert figures_of(here.session, "e", 1) == opening(here).figures
    assert figures_of(here.session, "e", 2) is None and vote_of(here.session, "e") is None


def test_a_vote_by_ballot_comes_to_its_own_figures():
    here = issued(hall().given(sealing(VOTE)), 2, "v").given(closing(2, box="v"))
    vote = counted(VOTE, [written(VOTE, everybody(VOTE, "for"))] * 2, issued=2).vote

    here.when(opening(here, box="v", figures=None, vote=vote)).then(BoxOpened, vote=vote)


def test_an_election_by_electronic_ballot_is_declared_from_what_its_key_holders_attested():
    here = meeting(town(election("township-head"), by_name=True)).given(
        by_presidium("1", "d001"), joint("2", ("d002",), ids(10, 20))
    )
    adopted(deliberated(here), ("e", 1))
    here.given(hands("scrutineers", 61, persons=("d011", "d012", "d013"), chief="d011", no_relatives=True))
    here.given(SettleCandidates(election="e", candidates=("d001", "d002"), order="strokes"))
    here.given(OpenBallot(election="e", way="electronic"), sealing())
    paper = EnterBallotSheet(
        election="e", sheet=1, issued=31, returned=31, valid=31, lines=(Line(person="d001", in_favour=31),)
    )
    here.when(paper).then_refused("BoxWaits", box="b")
    issued(here, 31).given(closing(31)).when(AttestCount(election="e")).then_refused("BoxNotAttested")
    ballots = [Ballot(marks=("for", "against"))] * 31
    found = counted(form(), [written(form(), each) for each in ballots], issued=31)
    here.given(
        OpenBox(box="b", holders=("d011", "d012"), root=ROOT, ballots=DIGEST, figures=found.figures, void=found.void)
    )
    here.given(*(AttestBox(box="b", scrutineer=holder, ballots=DIGEST) for holder in ("d011", "d012")))
    here.when(AttestCount(election="e")).then(CountAttested, figures=found.figures)
    here.when(DeclareElection(election="e")).then(ElectionDeclared, needed=31, complete=True)
    assert here.session.elections["e"].elected == ("d001",)


def test_a_secret_vote_is_put_on_record_from_the_box_and_by_no_other_figures():
    here = hall().given(sealing(VOTE))
    here.given(IssueBallot(box="v", deputies=here.roll[:30]), closing(30, box="v"))
    ayes: list[Mark] = ["for"] * 20
    noes: list[Mark] = ["against"] * 9
    plain = [written(VOTE, everybody(VOTE, mark)) for mark in ayes + noes]
    found = counted(VOTE, [*plain, None], issued=30)
    here.given(OpenBox(box="v", holders=("d011", "d012"), root=ROOT, ballots=DIGEST, vote=found.vote, void=found.void))
    here.given(*(AttestBox(box="v", scrutineer=holder, ballots=DIGEST) for holder in ("d011", "d012")))
    here.given(HearReport(item="gov"), *(Deliberate(items=("gov",), group=g) for g in ("east", "west")))
    meeting(here, 2).given(PresidiumDecides(matter="put-to-vote", items=("gov",)))
    here.when(PutToVote(subject="gov", in_favour=20, against=10, abstained=0)).then_refused("CountedOtherwise")
    here.when(PutToVote(subject="gov", method="ballot", in_favour=21)).then_refused("FiguresDiffer")
    here.when(PutToVote(subject="gov", method="ballot")).then(VoteCounted, adopted=False, issued=30, returned=30)
    count = here.session.votes["gov"].count
    assert (count.in_favour, count.against, count.void) == (20, 9, 1)
