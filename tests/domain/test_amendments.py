"""Amendments (修正案): filed before the vote on a draft, and voted on before it."""

from typing import Any

import pytest

from domain.motion.withdrawal import WithdrawMotion
from domain.session.closing import Announce
from domain.session.presidium import PresidiumMeets
from domain.vote.amendments import AmendmentFiled, AmendmentWithdrawn, FileAmendment, WithdrawAmendment
from domain.vote.votes import VoteCounted
from tests.domain.chamber import BUDGET, Chamber, hands, ids, township
from tests.domain.own import own_number, own_switch
from tests.domain.test_motions import decides, motion


def amendment(number: str = "1", item: str = "budget", **more: Any) -> FileAmendment:
    return FileAmendment(**{"number": number, "item": item, "deputies": ids(5), "text": "将第三项改为……", **more})


def sitting(**about: Any) -> Chamber:
    return township("put forward", **{"profile": "national-township", **about})


@pytest.mark.rule("I-amendment-first")
def test_a_draft_voted_on_before_its_amendment_is_remarked_on() -> None:
    town = sitting().when(amendment()).then(AmendmentFiled).and_again_nothing()
    town.when(hands("budget", 61)).then(VoteCounted, adopted=True, amended_by=())
    town.with_finding("AmendmentsFirst", citing="I-amendment-first", found="1")
    town.when(hands("gov", 61)).without_finding("AmendmentsFirst")


@pytest.mark.rule("I-amendment-first")
@pytest.mark.parametrize("adopts", [("I-amendment-first",), ()])
def test_where_the_reading_is_adopted_or_the_bodys_own_rule_says_so_the_draft_waits(adopts: tuple[str, ...]) -> None:
    own = () if adopts else (own_switch("amendment.first"),)
    town = sitting(adopts=adopts, own_rules=own).given(amendment(), amendment("2"))
    town.when(hands("budget", 61)).then_refused("AmendmentPending", item=BUDGET.title, found="1、2")
    town.given(hands("amendment-1", 31, 30)).when(hands("budget", 61)).then_refused("AmendmentPending", found="2")
    town.given(hands("amendment-2", 30, 31)).when(hands("budget", 61)).then(VoteCounted, amended_by=("1",))
    town.with_finding("AsAmended", found="1").given(Announce(items=("amendment-1", "budget")))


@pytest.mark.rule("OL22-25")
def test_an_amendment_too_needs_more_than_half_of_all_deputies() -> None:
    town = sitting().given(amendment(), amendment("2"))
    town.when(hands("amendment-1", 30, 31)).then(VoteCounted, adopted=False, needed=31).citing("OL22-25")
    town.when(hands("amendment-2", 31, 30)).then(VoteCounted, adopted=True)


def test_after_the_vote_on_the_draft_nothing_is_amended() -> None:
    town = sitting().given(amendment(), hands("budget", 61))
    town.when(hands("amendment-1", 61)).then_refused("DraftVotedOn", item=BUDGET.title)
    town.when(amendment("2")).then_refused("DraftVotedOn")
    town.when(hands("amendment-9", 61)).then_refused("UnknownItem")


def test_an_amendment_withdrawn_holds_nothing_up() -> None:
    town = sitting(adopts=("I-amendment-first",)).given(amendment())
    town.when(WithdrawAmendment(number="1")).then(AmendmentWithdrawn).and_again_nothing()
    town.when(hands("budget", 61)).then(VoteCounted).without_finding("AmendmentsFirst")
    town.when(WithdrawAmendment(number="9")).then_refused("NoSuchAmendment")
    voted = sitting().given(amendment(), hands("amendment-1", 61))
    voted.when(WithdrawAmendment(number="1")).then_refused("AmendmentVotedOn")


def test_how_many_sign_an_amendment_is_for_the_bodys_own_rules() -> None:
    sitting().when(amendment(deputies=("d001",))).then(AmendmentFiled).with_finding("LawSilent")
    ten = (own_number("amendment.joint", 10),)
    sitting(own_rules=ten).when(amendment(deputies=ids(9))).then_refused("TooFewForAmendment", found=9, needed=10)
    sitting(own_rules=ten).when(amendment(deputies=ids(10))).then(AmendmentFiled).without_finding()


def test_an_amendment_is_on_file_once_and_of_something_on_the_agenda() -> None:
    town = sitting().given(amendment())
    town.when(amendment(text="别的")).then_refused("AmendmentExists")
    town.when(amendment("2", item="tax")).then_refused("UnknownItem")


def test_a_motion_withdrawn_takes_its_amendments_with_it() -> None:
    town = township("reports heard", profile="national-township").given(PresidiumMeets(meeting=1, present=9))
    town.given(motion(), decides("listed"), amendment(item="motion-1"), WithdrawMotion(number="1"))
    town.when(hands("amendment-1", 61)).then_refused("UnknownItem")
