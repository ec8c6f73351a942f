"""The primary (预选): only when too many are nominated, the first by votes go on, and a tie at the cut goes as the method says."""

import pytest
from pydantic import ValidationError

from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declining import DeclineNomination
from domain.election.primary import HoldPrimary, PrimaryHeld
from domain.session.correction import Correct, Corrected
from tests.domain.chamber import Chamber, ids
from tests.domain.elections import (
    RULES,
    adopted,
    by_presidium,
    deliberated,
    election,
    house,
    joint,
    meeting,
    primary,
    town,
)
from tests.domain.test_outlook import prospects

VICES = election("deputy-government-head", seats=4, kind="change_of_term")
NOMINEES = ids(7)
VOTES = dict(zip(NOMINEES, (200, 190, 180, 170, 160, 150, 140), strict=True))


def crowded(count: int = 7, *, tie: str | None = "vote_again", extra: int = 1, listed: bool = True) -> Chamber:
    """Four seats, so many nominees: four by the presidium, the others by deputies; the method adopted, the list given out."""
    here = meeting(house(VICES)).given(by_presidium("p", *ids(4)))
    for n in range(5, count + 1):
        here.given(joint(str(n), (f"d{n:03}",), ids(10, start=n * 20)))
    if listed:
        deliberated(here)
    return adopted(here, ("e", extra), rules=RULES.model_copy(update={"primary_tie": tie}))


@pytest.mark.rule("OL22-27-1-primary", "OL22-27-1-primary-order")
def test_seven_nominees_for_four_seats_and_a_margin_of_one_need_a_primary_and_its_first_five_stand() -> None:
    here = crowded()
    here.when(SettleCandidates(election="e", candidates=NOMINEES)).then_refused(
        "PrimaryFirst", citing="OL22-27-1-primary", found=7, most=5
    )
    here.when(primary(VOTES, 241)).then(PrimaryHeld, chosen=ids(5), tied=()).citing("OL22-27-1-primary-order")
    here.and_again_nothing()
    here.when(SettleCandidates(election="e", candidates=(*ids(4), "d006"))).then_refused(
        "CandidateNotChosen", person="d006"
    )
    here.when(SettleCandidates(election="e", candidates=ids(4))).then_refused("NomineeLeftOut", person="d005")
    here.when(SettleCandidates(election="e", candidates=("d005", *ids(4)))).then(CandidatesSettled, seats=4)
    assert here.session.elections["e"].candidates == ("d005", *ids(4))


@pytest.mark.rule("OL22-27-1-primary")
def test_five_nominees_for_five_places_need_no_primary_and_may_not_have_one() -> None:
    here = crowded(5)
    here.when(primary(dict.fromkeys(ids(5), 100), 241)).then_refused(
        "PrimaryNotNeeded", citing="OL22-27-1-primary", found=5, most=5
    )


def test_no_primary_before_the_method_is_adopted_nor_before_the_deputies_had_the_list() -> None:
    here = meeting(house(VICES)).given(by_presidium("p", *ids(4)), joint("5", ("d005", "d006"), ids(10, start=50)))
    here.when(primary(dict.fromkeys(ids(6), 100), 241)).then_refused("StepMissing")
    crowded(listed=False).when(primary(VOTES, 241)).then_refused("NomineesNotPrinted", citing="OL22-27-1-discussed")


def test_figures_that_do_not_add_up_are_sent_back() -> None:
    here = crowded()
    here.when(primary(VOTES, 241, void=1)).then_refused("PrimaryDoesNotAddUp", returned=241, valid=241, void=1)
    here.when(primary(VOTES, 241, issued=240)).then_refused("PrimaryDoesNotAddUp", issued=240)
    here.when(primary(VOTES, 242)).then_refused("PrimaryDoesNotAddUp", total=241)
    here.when(primary(VOTES, 199)).then_refused("MoreVotesThanBallots", person="d001", found=200)
    here.when(primary(VOTES, 241, sheets_agree=False)).then_refused("PrimarySheetsDiffer")
    here.when(primary(dict(list(VOTES.items())[:6]), 241)).then_refused("PrimaryNotOfThese", person="d007")
    here.when(primary({**VOTES, "d050": 1}, 241)).then_refused("PrimaryNotOfThese", person="d050")
    with pytest.raises(ValidationError):
        HoldPrimary(election="e", issued=1, returned=1, valid=1, lines=())  # type: ignore[call-arg]  # what it leaves out is the test


@pytest.mark.rule("I-method-must")
def test_a_tie_at_the_cut_is_voted_on_again_among_those_tied_only() -> None:
    here = crowded()
    tied = {**VOTES, "d005": 150}
    here.when(primary(tied, 241)).then(PrimaryHeld, chosen=ids(4), tied=("d005", "d006")).with_finding(
        "PrimaryTied", citing="I-method-must", places=1
    )
    assert not here.session.has("primary-held:e") and "primary-held:e" in prospects(here)
    here.when(SettleCandidates(election="e", candidates=ids(5))).then_refused("PrimaryStillTied", places=1)
    here.when(primary({"d005": 100, "d006": 100, "d007": 9}, 241)).then_refused("PrimaryNotOfThese", person="d007")
    here.when(primary({"d005": 100, "d006": 100}, 241)).then(PrimaryHeld, tied=("d005", "d006"))
    here.when(primary({"d005": 100, "d006": 101}, 241)).then(PrimaryHeld, chosen=("d006",), tied=())
    here.when(primary({"d005": 102, "d006": 101}, 241)).then_refused("PrimaryHeldAlready")
    here.when(SettleCandidates(election="e", candidates=(*ids(4), "d006"))).then(CandidatesSettled)


def test_a_tie_above_the_cut_is_none() -> None:
    crowded().when(primary({**VOTES, "d002": 200}, 241)).then(PrimaryHeld, chosen=ids(5), tied=())


def test_where_the_method_lets_all_stand_those_tied_stand_while_the_law_has_room_for_them() -> None:
    here = crowded(tie="all_stand").when(primary({**VOTES, "d005": 150}, 241))
    here.then(PrimaryHeld, chosen=ids(6), tied=()).when(SettleCandidates(election="e", candidates=ids(6)))
    here.then(CandidatesSettled, seats=4)
    too_many = crowded(9, tie="all_stand", extra=1)
    too_many.when(primary({**dict.fromkeys(ids(4), 200), **dict.fromkeys(ids(4, start=5), 150), "d009": 1}, 241))
    too_many.then(PrimaryHeld, chosen=ids(4), tied=ids(4, start=5))


def test_where_the_method_is_silent_on_a_tie_the_congress_decides_first() -> None:
    here = crowded(tie=None)
    tied = {**VOTES, "d005": 150}
    here.when(primary(tied, 241)).then_refused("PrimaryTieOpen", citing="I-method-must")
    here.when(primary(tied, 241, tie_decided="all_stand")).then(PrimaryHeld, chosen=ids(6)).with_finding(
        "PrimaryTieDecided"
    )


def test_after_a_primary_nobody_is_nominated_and_who_declines_is_followed_by_the_next() -> None:
    here = crowded().given(primary(VOTES, 241))
    here.when(joint("9", ("d009",), ids(10, start=200))).then_refused("NominationsClosed")
    here.given(DeclineNomination(election="e", nominee="d002", written=True))
    stand = ("d001", *ids(4, start=3))
    here.when(SettleCandidates(election="e", candidates=stand)).then(CandidatesSettled)


def test_a_corrected_count_lets_others_through() -> None:
    here = crowded().given(primary(VOTES, 241))
    lines = [{"person": p, "votes": 165 if p == "d006" else v} for p, v in VOTES.items()]
    here.when(Correct(version=here.version_of(PrimaryHeld), changes={"lines": lines}, why="漏计")).then(Corrected)
    here.when(SettleCandidates(election="e", candidates=(*ids(4), "d006"))).then(CandidatesSettled)


@pytest.mark.rule("EL20-32-2-primary", "EL20-31-2-margin")
def test_of_deputies_above_all_stand_up_to_half_more_than_the_seats_and_only_beyond_that_a_primary() -> None:
    above = election("higher-deputy", seats=10, kind="change_of_term")
    here = adopted(
        house(above).given(joint("1", ids(10), ids(10, start=50)), joint("2", ids(5, start=11), ids(10, start=60))),
        ("e", 3),
    )
    deliberated(meeting(here)).when(SettleCandidates(election="e", candidates=ids(15))).then(CandidatesSettled)
    here = adopted(
        house(above).given(joint("1", ids(10), ids(10, start=50)), joint("2", ids(6, start=11), ids(10, start=60))),
        ("e", 3),
    )
    deliberated(meeting(here)).when(SettleCandidates(election="e", candidates=ids(16))).then_refused(
        "PrimaryFirst", citing="EL20-32-2-primary", found=16, most=15
    )
    here.when(primary({d: 200 - n for n, d in enumerate(ids(16))}, 241)).then(PrimaryHeld, chosen=ids(13))


def test_a_townships_primary_goes_by_the_same_rule() -> None:
    here = town(election("township-head"))
    here.given(
        joint("1", ("d050",), ids(10)),
        joint("2", ("d051",), ids(10, start=11)),
        joint("3", ("d052",), ids(10, start=21)),
    )
    adopted(deliberated(here), ("e", 1)).when(primary({"d050": 30, "d051": 20, "d052": 11}, 61)).then(
        PrimaryHeld, chosen=("d050", "d051")
    )
