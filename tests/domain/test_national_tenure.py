"""Removals, resignations and acting heads at the National People's Congress, at the threshold and one short of it."""

from datetime import date
from typing import Any

import pytest

from domain.session.delegations_vote import DelegationVote
from domain.session.presidium import PresidiumMeets
from domain.session.roll import EndSeat
from domain.tenure.acting import ActingNamed, NameActing
from domain.tenure.removal import ProposeRemoval, RemovalProposed
from domain.tenure.removal_answered import BringRemoval, OfferDefence
from domain.tenure.removal_vote import RemovalVoted, VoteOnRemoval
from domain.tenure.resignation import ResignationSubmitted, SubmitResignation
from domain.tenure.resignation_decided import (
    DecideResignation,
    ResignationDecided,
)
from domain.tenure.resignation_in_recess import AcceptInRecess, ResignationDecidedInRecess
from domain.tenure.termination import AnnounceOfficeEnded
from tests.domain.chamber import Chamber, ids
from tests.domain.national import national

NPCSC = "standing_committee"


def removal(**about: Any) -> ProposeRemoval:
    return ProposeRemoval(**{"number": "1", "holder": "d050", "post": "minister", "reasons": "严重失职", **about})


@pytest.mark.rule("NRP21-44-joint", "NRP21-44-by", "NRP21-44-content", "NOL21-20-of")
@pytest.mark.parametrize(("signed", "enough"), [(12, True), (11, False)])
def test_a_tenth_of_the_deputies_may_move_to_remove_a_minister(signed: int, *, enough: bool) -> None:
    house = national()
    house.when(removal(deputies=ids(12), reasons=" ")).then_refused("RemovalWithoutReasons", "NRP21-44-content")
    house.when(removal(proposer="standing_committee"), by=NPCSC).then_refused("MayNotProposeRemoval", "NRP21-44-by")
    house.when(removal(post="court-vice-president", deputies=ids(12))).then_refused("NotRemovable", "NOL21-20-of")
    house.when(removal(deputies=ids(signed)))
    if enough:
        house.then(RemovalProposed, needed=12).citing("NRP21-44-joint", "NOL21-20-of")
    else:
        house.then_refused("TooFewForRemoval", "NRP21-44-joint", found=11, needed=12)


@pytest.mark.rule("NRP21-44-delegations", "NRP21-12-2")
def test_three_delegations_each_by_more_than_half_of_its_deputies_move_a_removal_and_two_do_not() -> None:
    three = tuple(DelegationVote(group=g, in_favour=16) for g in ("north", "east", "south"))
    house = national()
    house.when(removal(proposer="three_delegations", delegations=three[:2]), by="group")
    house.then_refused("TooFewDelegations", "NRP21-44-delegations", found=2, needed=3)
    half = (*three[:2], DelegationVote(group="south", in_favour=15))
    house.when(removal(proposer="three_delegations", delegations=half), by="group")
    house.then_refused("NotTheDelegations", "NRP21-12-2", group="south", needed=16)
    house.when(removal(proposer="three_delegations", delegations=(three[0],) * 3)).then_refused("DelegationTwice")
    house.when(removal(proposer="three_delegations", delegations=three), by="group")
    house.then(RemovalProposed, needed=0).citing("NRP21-44-delegations", "NRP21-12-2").and_again_nothing()


def test_of_a_delegation_whose_members_the_roll_does_not_name_the_number_is_given() -> None:
    unnamed = national(groups=tuple({"code": c, "title": c} for c in ("north", "east", "south")))
    votes = tuple(DelegationVote(group=g, in_favour=11) for g in ("north", "east", "south"))
    unnamed.when(removal(proposer="three_delegations", delegations=votes)).then_refused("DelegationSizeUnknown")
    for total, moved in ((21, True), (22, False), (10, False)):
        sized = tuple(vote.model_copy(update={"members_total": total}) for vote in votes)
        unnamed.when(removal(number=f"r{total}", proposer="three_delegations", delegations=sized))
        assert (unnamed.refusal is None) is moved


@pytest.mark.rule(
    "NOL21-20-brought", "NRP21-44-defence", "NRP21-44-printed", "NRP21-44-vote", "NRP21-59-removal"
)  # fmt: skip
@pytest.mark.parametrize(("in_favour", "removed"), [(61, True), (60, False)])
def test_a_removal_is_brought_answered_and_voted_on_and_takes_more_than_half_of_all(
    in_favour: int, *, removed: bool
) -> None:
    house = national().given(removal(deputies=ids(12)))
    vote = VoteOnRemoval(number="1", in_favour=in_favour, against=120 - in_favour, abstained=0)
    house.when(vote).then_refused("RemovalNotBrought", "NOL21-20-brought")
    house.given(BringRemoval(number="1")).when(vote).then_refused("DefenceNotOffered", "NRP21-44-defence")
    house.given(OfferDefence(number="1", ways=("presidium_meeting", "plenary")))
    house.when(vote).then_refused("DefenceUnprinted", "NRP21-44-printed")
    house.given(OfferDefence(number="1", ways=("presidium_meeting", "plenary"), printed=True))
    house.when(vote).then(RemovalVoted, needed=61, adopted=removed).citing("NRP21-59-removal", "NRP21-44-vote")


@pytest.mark.rule("NRP21-43-accepted")
@pytest.mark.parametrize(("in_favour", "accepted"), [(61, True), (60, False)])
def test_in_session_the_congress_decides_on_a_resignation_by_more_than_half_of_all(
    in_favour: int, *, accepted: bool
) -> None:
    house = national().given(SubmitResignation(number="1", holder="d050", post="minister"))
    house.when(AcceptInRecess(number="1", in_favour=150, members_total=170), by=NPCSC)
    house.then_refused("ResignationElsewhere", "NRP21-43-accepted")
    house.when(
        DecideResignation(number="1", method="electronic", in_favour=in_favour, against=120 - in_favour, abstained=0)
    )
    house.then(ResignationDecided, needed=61, accepted=accepted).citing("NRP21-43-accepted")


@pytest.mark.rule("NRP21-43-confirmed", "NSCR22-45")
@pytest.mark.parametrize(
    ("post", "unconfirmed"), [("vice-president", True), ("premier", True), ("sc-member", False), ("minister", False)]
)
def test_of_the_highest_posts_the_congress_confirms_what_was_accepted_in_recess(
    post: str, *, unconfirmed: bool
) -> None:
    house = national("prepared").given(SubmitResignation(number="1", holder="d050", post=post, to=NPCSC))
    house.when(AcceptInRecess(number="1", in_favour=85, members_total=170), by=NPCSC)
    house.then(ResignationDecidedInRecess, needed=86, accepted=False)
    house.given(SubmitResignation(number="2", holder="d051", post=post, to=NPCSC))
    house.when(AcceptInRecess(number="2", in_favour=86, members_total=170), by=NPCSC)
    house.then(ResignationDecidedInRecess, accepted=True, unconfirmed=unconfirmed).citing("NSCR22-45")
    assert house.session.has("resigned:2") is not unconfirmed


@pytest.mark.rule("NSCR09-32", "NSCR22-45")
@pytest.mark.parametrize(("opens", "rule"), [(date(2022, 3, 5), "NSCR09-32"), (date(2023, 3, 5), "NSCR22-45")])
def test_the_standing_committees_own_rules_ask_for_more_than_half_of_all_its_members(opens: date, rule: str) -> None:
    house = national("prepared", opens=opens).given(
        SubmitResignation(number="1", holder="d050", post="minister", to=NPCSC)
    )
    house.when(AcceptInRecess(number="1", in_favour=85, members_total=170), by=NPCSC)
    house.then(ResignationDecidedInRecess, needed=86, accepted=False).citing("NRP21-43-recess")
    assert rule in {c.rule for finding in house.findings for c in finding.basis}


def test_an_acceptance_of_the_recess_before_is_confirmed_in_plenary_and_an_ordinary_members_only_reported() -> None:
    house = national()
    taken_over: dict[str, Any] = {"to": NPCSC, "accepted_on": house.opens.replace(month=1)}
    house.when(SubmitResignation(number="1", holder="d050", post="chief-procurator", **taken_over))
    house.then(ResignationSubmitted, unconfirmed=True, approval=False)
    house.when(DecideResignation(number="1", method="electronic", in_favour=61, against=59, abstained=0))
    house.then(ResignationDecided, confirms=True, accepted=True)
    house.when(SubmitResignation(number="2", holder="d051", post="sc-member", **taken_over))
    house.then(ResignationSubmitted, unconfirmed=False)


@pytest.mark.rule("NRP21-43-acting", "NRP21-43-same", "NOL21-24-2")
@pytest.mark.parametrize(
    ("post", "vice", "outsider", "rule"),
    [
        ("premier", "vice-premier", "court-vice-president", "NRP21-43-same"),
        ("cmc-chair", "cmc-vice-chair", "vice-premier", "NRP21-43-same"),
        ("court-president", "court-vice-president", "deputy-procurator", "NRP21-43-same"),
        ("premier", "vice-premier", "state-councillor", "NRP21-43-acting"),
        ("npcsc-chair", "npcsc-vice-chair", "vice-premier", "NOL21-24-2"),
    ],
)
def test_who_acts_for_a_head_is_a_deputy_head_of_that_very_organ(
    post: str, vice: str, outsider: str, rule: str
) -> None:
    house = national("prepared")
    about: dict[str, Any] = {"post": post, "acting": "d050", "in_favour": 86, "members_total": 170}
    house.when(NameActing(**about, holds=outsider), by=NPCSC)
    assert house.refusal is not None and house.refusal.reason in ("ActingOutsider", "NotAViceLeader")
    assert rule in {c.rule for c in house.refusal.basis}
    house.when(NameActing(**about, holds=vice), by=NPCSC).then(ActingNamed, needed=86)


def test_nobody_acts_for_a_minister_or_for_a_local_governments_head() -> None:
    house = national("prepared")
    about: dict[str, Any] = {"acting": "d050", "in_favour": 86, "members_total": 170}
    house.when(NameActing(post="minister", holds="vice-premier", **about), by=NPCSC).then_refused("NobodyActsFor")
    house.when(NameActing(post="government-head", holds="vice-premier", **about), by=NPCSC).then_refused(
        "NoSuchPostHere"
    )


@pytest.mark.rule("NRP21-45")
def test_whose_seat_ended_loses_the_office_in_the_standing_committee_and_no_other() -> None:
    house: Chamber = national().given(PresidiumMeets(meeting=1, present=19))
    ended = AnnounceOfficeEnded(holder="d050", post="sc-member")
    house.when(ended, by=NPCSC).then_refused("SeatNotEnded", "NRP21-45")
    house.when(AnnounceOfficeEnded(holder="d050", post="premier"), by=NPCSC).then_refused(
        "NotADependentOffice", "NRP21-45"
    )
    house.given(EndSeat(deputy="d050", ground="recalled"), by=NPCSC).when(ended, by=NPCSC).citing("NRP21-45")
