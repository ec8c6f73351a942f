"""A vote that was lost is a fact: nominations, lists of candidates and acting heads that too few agreed to."""

import pytest

from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declining import NominationWithdrawn, WithdrawNomination
from domain.election.nomination import Nominated
from domain.session.interpellation_decided import InterpellationDecided
from domain.session.presidium import PresidiumMeets
from domain.tenure.acting import ActingNamed, NameActing
from tests.domain.chamber import Chamber, township
from tests.domain.elections import adopted, by_presidium, deliberated, election, joint, meeting, town


def nominating(seats: int = 1) -> Chamber:
    """A township's presidium of nine at its meeting, five of whom decide."""
    return meeting(town(election("township-vice-chair", seats)))


@pytest.mark.rule("ZJT23-24-pres-majority")
def test_five_of_nine_nominate_and_what_four_agreed_to_is_on_record_and_nominates_nobody() -> None:
    here = nominating().when(by_presidium("1", "d020", in_favour=4))
    here.then(Nominated, in_favour=4, members_total=9, majority=5, stands=False, lost=True)
    here.with_finding("PresidiumDidNotAgree", "ZJT23-24-pres-majority", found=4, needed=5).again().then_nothing()
    assert not here.session.has("nominated:e")
    assert here.session.elections["e"].nominees == ()
    here.when(by_presidium("1", "d020", in_favour=5)).then(Nominated, stands=True).and_again_nothing()
    assert here.session.elections["e"].nominees == ("d020",)


def test_a_nomination_that_was_lost_may_be_put_again_under_its_number_and_another_may_not_take_it() -> None:
    here = nominating().given(by_presidium("1", "d020", in_favour=4))
    here.when(by_presidium("1", "d021")).then_refused("NominationExists")
    here.when(by_presidium("1", "d020", in_favour=3)).then(Nominated, in_favour=3, stands=False)
    here.when(by_presidium("1", "d020")).then(Nominated, in_favour=9, stands=True)
    here.when(by_presidium("1", "d020", in_favour=4)).then_refused("NominationExists")


def test_a_nomination_that_was_lost_takes_no_place_of_the_presidiums() -> None:
    here = nominating().given(by_presidium("1", "d020", in_favour=4))
    here.when(by_presidium("2", "d021")).then(Nominated, stands=True).without_finding()


@pytest.mark.rule("ZJT23-24-pres-majority")
def test_a_nomination_stays_on_the_list_when_four_of_nine_would_withdraw_it() -> None:
    here = nominating().given(by_presidium("1", "d020"))
    here.when(WithdrawNomination(number="1", in_favour=4)).then(
        NominationWithdrawn, stands=False, in_favour=4, needed=5
    )
    here.again().then_nothing()
    assert here.session.has("nominated:e")
    assert here.session.elections["e"].nominees == ("d020",)
    here.when(WithdrawNomination(number="1", in_favour=5)).then(NominationWithdrawn, stands=True).and_again_nothing()
    assert not here.session.has("nominated:e")


def test_deputies_withdraw_their_nomination_without_the_presidiums_vote() -> None:
    signed = tuple(f"d{n:03}" for n in range(1, 11))
    here = nominating().given(joint("1", ("d020",), signed))
    here.when(WithdrawNomination(number="1", requested_by=signed), by="secretariat")
    here.then(NominationWithdrawn, stands=True, in_favour=None)


@pytest.mark.rule("ZJT23-24-pres-majority")
def test_a_list_of_candidates_that_four_of_nine_agreed_to_settles_nothing_and_is_put_again() -> None:
    here = adopted(deliberated(nominating().given(by_presidium("1", "d020"))), ("e", 0))
    few = SettleCandidates(election="e", candidates=("d020",), order="strokes", in_favour=4)
    here.when(few).then(CandidatesSettled, in_favour=4, needed=5, stands=False)
    here.with_finding("PresidiumDidNotAgree", found=4, needed=5).again().then_nothing()
    assert not here.session.has("candidates-settled:e")
    assert here.session.elections["e"].settled_at is None
    here.when(few).then(CandidatesSettled, stands=False)  # at another hour: lost once more
    here.when(few.model_copy(update={"in_favour": 5})).then(CandidatesSettled, stands=True)
    assert here.session.elections["e"].candidates == ("d020",)


@pytest.mark.rule("CQT16-30-acting-township", "CQT16-34-majority")
def test_nobody_acts_for_the_chair_when_four_of_nine_of_the_presidium_agreed() -> None:
    here = township("presidium elected", profile="chongqing-township").given(PresidiumMeets(meeting=9, present=9))
    few = NameActing(post="township-chair", acting="d002", in_favour=4)
    here.when(few).then(ActingNamed, in_favour=4, needed=5, stands=False)
    here.with_finding("PresidiumDidNotAgree", "CQT16-34-majority", found=4, needed=5).again().then_nothing()
    assert not here.session.has("acting-named:township-chair")
    here.when(few.model_copy(update={"in_favour": 5})).then(ActingNamed, stands=True)


def test_where_no_text_asks_for_a_majority_one_of_the_presidium_carries_it_and_nobody_does_not() -> None:
    none_of_them = {
        "in_favour": 0,
        "members_total": 9,
        "needed": 0,
        "number": "1",
        "place": "plenary",
        "complex": False,
    }
    lost = InterpellationDecided.model_validate({"at": "2025-01-20T09:00:00+08:00", "basis": (), **none_of_them})
    assert not lost.stands
    assert lost.model_copy(update={"in_favour": 1}).stands
