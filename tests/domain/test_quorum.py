"""Who must be present, counted from the sign-in in the deciding act (地方组织法 (2022) art. 14(4); rulebook §15, edge cases 2, 3, 8)."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.arithmetic import Base, Share
from domain.law import Consequence, Kind, Layer, Provision, Stricter
from domain.session.hall import HeadCounted, SignedOut
from domain.session.interruptions import PauseSitting, ResumeSitting, SittingPaused, SittingResumed
from domain.session.roll import SuspendDeputy
from domain.session.sign_in import SignIn, SignOut
from domain.session.sittings import CallSitting, CloseSitting, OpenSitting, SittingCalled, SittingClosed, SittingOpened
from domain.text import Text
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import Chamber, council, hands, township


def own_quorum(numerator: int, denominator: int, *, inclusive: bool, level: str, **more: Any) -> Provision:
    topic = "council.quorum" if level == "residents" else "session.quorum"
    fields = {
        "id": "OWN-8", "topic": topic, "text": "OWN", "layer": Layer.BODY, "kind": Kind.LOCAL, "levels": (level,), "article": "8",
        "in_force_from": date(2015, 8, 29), "says": Text("到会人数", "those present"), "stricter": Stricter.MORE,
        "value": Share(
            numerator=numerator, denominator=denominator, inclusive=inclusive,
            of=Base.ALL_MEMBERS if level == "residents" else Base.ALL_DEPUTIES,
        ),
        "consequence": Consequence.BLOCK, "verified": "T", "statute": "本会议事规则", **more,
    }  # fmt: skip
    return Provision.model_validate(fields)


@pytest.mark.rule("OL22-14-4-quorum", "ZJT23-16-quorum")
def test_41_of_61_deputies_may_open_the_session() -> None:
    town = township("signed in", 61, present=41)
    town.when(OpenSitting(sitting="s1")).then(SittingOpened, deputies_total=61, deputies_present=41)
    town.citing("OL22-14-4-quorum", "ZJT23-16-quorum").without_finding().and_again_nothing()


@pytest.mark.rule("OL22-14-4-quorum", "ZJT23-16-quorum")
def test_40_of_61_deputies_may_not_and_the_refusal_names_the_article() -> None:
    town = township("signed in", 61, present=40).when(OpenSitting(sitting="s1"))
    town.then_refused("QuorumNotMet", "OL22-14-4-quorum", total=61, found=40, needed=41)
    assert town.refusal is not None
    assert town.refusal.says().zh.startswith(
        "应到 61 人,实到 40 人,不足三分之二(41 人),不能举行 - 地方组织法(2022)第十四条第四款"
    )
    assert town.and_again_refused("QuorumNotMet").session.stage == "before"


@pytest.mark.parametrize(("total", "enough"), [(1, 1), (2, 2), (3, 2), (60, 40), (62, 42), (180, 120), (300, 200)])
def test_two_thirds_are_rounded_up_and_include_the_number_itself(total: int, enough: int) -> None:
    township("signed in", total, present=enough).when(OpenSitting(sitting="s1")).then(SittingOpened)
    township("signed in", total, present=enough - 1).when(OpenSitting(sitting="s1")).then_refused(
        "QuorumNotMet", "OL22-14-4-quorum", needed=enough, found=enough - 1
    )


@pytest.mark.rule("OL15-noquorum")
@pytest.mark.parametrize("profile", ["national-township", "zhejiang-township"])
def test_on_11_march_2022_no_law_sets_a_quorum_12_of_61_open_and_the_record_says_so(profile: str) -> None:
    town = township("signed in", 61, profile=profile, present=12, opens=date(2022, 3, 11)).when(
        OpenSitting(sitting="s1")
    )
    town.then(SittingOpened, deputies_present=12).with_finding("LawSilent", "OL15-noquorum")


@pytest.mark.rule("OL22-14-4-quorum")
@pytest.mark.parametrize("profile", ["national-township", "zhejiang-township"])
def test_a_day_later_the_same_twelve_and_even_forty_are_refused(profile: str) -> None:
    for present in (12, 40):
        town = township("signed in", 61, profile=profile, present=present, opens=date(2022, 3, 12))
        town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "OL22-14-4-quorum", found=present, needed=41)


@pytest.mark.rule("CQT16-10-quorum", "OL15-noquorum")
def test_where_the_statute_was_silent_chongqing_asked_for_two_thirds_itself() -> None:
    town = township("registered", 61, profile="chongqing-township", opens=date(2022, 3, 11))
    town = township("signed in", 61, profile="chongqing-township", present=41, opens=date(2022, 3, 11))
    town.given(SignOut(sitting="s1", remaining=40))
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "CQT16-10-quorum", found=40, needed=41)
    town.given(SignIn(sitting="s1", present=41)).when(OpenSitting(sitting="s1")).then(SittingOpened)


# quorum lost and regained (edge case 3)


@pytest.mark.rule("OL22-14-4-quorum", "OL22-25", "I-quorum-at-vote")
def test_opened_with_122_of_180_and_118_at_the_vote_is_warned_of_and_91_still_carry_it() -> None:
    town = township("put forward", 180, present=122).given(SignOut(sitting="s1", remaining=118))
    town.when(hands("gov", 91, 27)).then(VoteCounted, deputies_present=118, needed=91, adopted=True)
    town.with_finding("BelowQuorum", "I-quorum-at-vote", total=180, found=118, needed=120)
    town.when(hands("pres", 90, 28)).then(VoteCounted, adopted=False)
    town.with_finding("NotAdopted", "OL22-25", in_favour=90, needed=91)


@pytest.mark.rule("I-quorum-at-vote")
def test_a_plan_that_adopts_the_reading_refuses_the_vote_until_two_thirds_are_back() -> None:
    town = township("put forward", 180, present=122, adopts=("I-quorum-at-vote",)).given(
        SignOut(sitting="s1", remaining=119)
    )
    town.when(hands("gov", 119)).then_refused(
        "QuorumNotMet", ("OL22-14-4-quorum", "I-quorum-at-vote"), found=119, needed=120
    )
    town.given(SignIn(sitting="s1", present=120)).when(hands("gov", 120)).then(VoteCounted, adopted=True)
    town.without_finding("BelowQuorum")


@pytest.mark.rule("I-quorum-at-vote")
def test_no_acclamation_gets_round_a_quorum_that_the_plan_asks_for_at_the_vote() -> None:
    about: dict[str, Any] = {"adopts": ("I-quorum-at-vote",), "profile": "national-township"}
    town = township("opened", 60, present=40, **about).given(SignOut(sitting="s1", remaining=39))
    town.when(PutToVote(subject="agenda", method="acclamation")).then_refused(
        "QuorumNotMet", "I-quorum-at-vote", needed=40
    )


@pytest.mark.rule("I-quorum-each-sitting", "OL22-19-1-town-presides")
def test_a_quorum_that_is_lost_pauses_the_sitting_and_has_to_be_regained() -> None:
    town = township("deliberated", 60, present=40).given(SignOut(sitting="s1", deputies=("d040",)))
    town.when(PauseSitting(why="quorum_lost")).then(
        SittingPaused, deputies_present=39, why="quorum_lost"
    ).and_again_nothing()
    town.when(hands("gov", 39)).then_refused("StepMissing")
    town.when(ResumeSitting()).then_refused("QuorumNotMet", "I-quorum-each-sitting", found=39, needed=40)
    town.given(SignIn(sitting="s1", deputies=("d040",))).when(ResumeSitting())
    town.then(SittingResumed, deputies_present=40).and_again_nothing()


@pytest.mark.rule("I-quorum-each-sitting")
def test_the_second_plenary_needs_two_thirds_as_well() -> None:
    town = township("deliberated", 61, present=41).given(CloseSitting(), SignIn(sitting="s2", present=40))
    town.when(OpenSitting(sitting="s2")).then_refused(
        "QuorumNotMet", ("OL22-14-4-quorum", "I-quorum-each-sitting"), found=40
    )
    town.given(SignIn(sitting="s2", present=41)).when(OpenSitting(sitting="s2")).then(
        SittingOpened, deputies_present=41
    )
    town.citing("I-quorum-each-sitting")


# the preparatory meeting (edge case 8)


@pytest.mark.parametrize("profile", ["national-township", "zhejiang-township"])
def test_the_nation_and_zhejiang_ask_a_township_for_no_preparatory_meeting(profile: str) -> None:
    township("signed in", 61, profile=profile).when(OpenSitting(sitting="s1")).then(SittingOpened, kind="plenary")


@pytest.mark.rule("CQT16-12-prep", "CQT16-11-notice")
def test_a_chongqing_township_may_not_open_until_its_preparatory_meeting_was_held() -> None:
    town = township("papers sent", 61, profile="chongqing-township").on(date(2024, 1, 17), 8)
    town.given(SignIn(sitting="s1", present=61), SignIn(sitting="prep", present=61))
    town.when(OpenSitting(sitting="s1")).then_refused("StepMissing", "CQT16-12-prep")
    town.when(OpenSitting(sitting="prep")).then(SittingOpened, kind="preparatory").citing("CQT16-12-prep")
    town.given(CloseSitting()).when(OpenSitting(sitting="s1")).then(SittingOpened, kind="plenary")


@pytest.mark.rule("I-prep-quorum")
def test_chongqings_preparatory_meeting_needs_two_thirds_too() -> None:
    town = (
        township("papers sent", 61, profile="chongqing-township")
        .on(date(2024, 1, 17), 8)
        .given(SignIn(sitting="prep", present=40))
    )
    town.when(OpenSitting(sitting="prep")).then_refused(
        "QuorumNotMet", ("CQT16-10-quorum", "I-prep-quorum"), found=40, needed=41
    )
    town.given(SignIn(sitting="prep", present=41)).when(OpenSitting(sitting="prep")).then(SittingOpened).citing(
        "I-prep-quorum"
    )


@pytest.mark.rule("I-prep-quorum")
def test_elsewhere_a_preparatory_meeting_of_fewer_is_only_warned_of() -> None:
    sittings = (("prep", "preparatory"), ("s1", "plenary"))
    town = (
        township("papers sent", 61, sittings=sittings)
        .on(date(2024, 1, 17), 8)
        .given(SignIn(sitting="prep", present=40))
    )
    town.when(OpenSitting(sitting="prep")).then(SittingOpened).with_finding("BelowQuorum", "I-prep-quorum", found=40)
    town.given(CloseSitting(), SignIn(sitting="s1", present=40)).when(OpenSitting(sitting="s1"))
    town.then_refused("QuorumNotMet", "OL22-14-4-quorum", found=40, needed=41)


# who counts


def test_deputies_sign_in_once_however_often_they_do() -> None:
    town = township("papers sent", 3).on(date(2024, 1, 17), 8)
    town.when(SignIn(sitting="s1", deputies=("d001", "d002", "d001"))).and_again_nothing()
    assert town.hall("s1").present == 2
    town.when(SignOut(sitting="s1", deputies=("d002",))).then(SignedOut, deputy="d002").and_again_nothing()
    assert town.hall("s1").present == 1


@pytest.mark.rule("DL15-48", "I-deputy-base")
def test_a_suspended_deputy_may_not_sign_in_and_still_counts_among_all_deputies() -> None:
    town = township("signed in", 61, present=40, suspended=("d061",))
    town.when(SignIn(sitting="s1", deputies=("d061",))).then_refused("DutiesSuspended", "DL15-48", deputy="d061")
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", found=40, total=61, needed=41)


@pytest.mark.rule("DL25-61")
def test_who_is_suspended_in_the_hall_is_no_longer_counted_as_present() -> None:
    town = township("signed in", 61, present=41, opens=date(2026, 1, 14))
    town.given(SuspendDeputy(deputy="d001", ground="custody"))
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", found=40, total=61, needed=41)


def test_more_cannot_come_than_may() -> None:
    town = township("papers sent", 61, suspended=("d001",)).on(date(2024, 1, 17), 8)
    town.when(SignIn(sitting="s1", present=61)).then_refused(
        "MorePresentThanDue", "OL22-14-4-quorum", found=61, total=60
    )
    town.when(SignIn(sitting="s1", present=60)).then(HeadCounted, deputies_present=60, named=0).and_again_nothing()


def test_a_stranger_cannot_sign_in_and_nobody_at_a_sitting_that_is_not() -> None:
    town = township("papers sent", 3).on(date(2024, 1, 17), 8)
    town.when(SignIn(sitting="s1", deputies=("x1",))).then_refused("NotADeputy", "I-deputy-base", deputy="x1")
    town.when(SignIn(sitting="s9", deputies=("d001",))).then_refused("UnknownSitting", sitting="s9", known="s1、s2")


# sittings one after the other


def test_only_one_sitting_is_open_at_a_time_and_a_closed_one_stays_closed() -> None:
    town = township("opened", 3).given(SignIn(sitting="s2", present=3))
    town.when(OpenSitting(sitting="s2")).then_refused("AnotherSittingOpen", sitting="s1")
    town.when(CloseSitting()).then(SittingClosed, sitting="s1").and_again_refused("NoSittingOpen")
    town.when(OpenSitting(sitting="s1")).then_refused("SittingOver", sitting="s1")
    town.when(SignIn(sitting="s1", present=3)).then_refused("SittingOver")
    town.when(PauseSitting()).then_refused("NoSittingOpen", "OL22-19-1-town-presides")
    town.when(ResumeSitting()).then_refused("NoSittingOpen")


def test_a_further_sitting_may_be_called() -> None:
    town = township("opened", 3)
    call = CallSitting(sitting="s3", sitting_title="第三次全体会议", planned=town.now)
    town.when(call).then(SittingCalled, sitting="s3").and_again_nothing()
    town.given(CloseSitting(), SignIn(sitting="s3", present=3)).when(OpenSitting(sitting="s3")).then(SittingOpened)


@pytest.mark.parametrize("day", [date(2024, 1, 16), date(2024, 1, 19)])
def test_the_session_opens_on_its_days_and_on_no_other(day: date) -> None:
    town = township("papers sent", 3).on(day).given(SignIn(sitting="s1", present=3))
    town.when(OpenSitting(sitting="s1")).then_refused(
        "NotTheDay", "OL22-14-1-date", opens="2024-01-17", closes="2024-01-18"
    )


# own rules and councils


def test_a_congress_that_asks_for_three_quarters_of_its_own_is_held_to_it() -> None:
    rule = own_quorum(3, 4, inclusive=True, level="township")
    town = township("signed in", 60, present=44, own_rules=(rule,))
    town.when(OpenSitting(sitting="s1")).then_refused(
        "QuorumNotMet", ("OL22-14-4-quorum", "OWN-8"), found=44, needed=45
    )


def test_a_congress_that_asks_itself_for_only_half_is_held_to_two_thirds_and_told_so() -> None:
    rule = own_quorum(1, 2, inclusive=True, level="township")
    town = township("signed in", 60, present=39, own_rules=(rule,))
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "OL22-14-4-quorum", needed=40)
    town.given(SignIn(sitting="s1", present=40)).when(OpenSitting(sitting="s1"))
    town.then(SittingOpened).with_finding("LocalRuleInert", "OWN-8")


def test_a_congress_that_only_advises_itself_three_quarters_is_still_bound_by_two_thirds() -> None:
    rule = own_quorum(3, 4, inclusive=True, level="township", consequence=Consequence.WARN)
    town = township("signed in", 60, present=39, own_rules=(rule,))
    town.when(OpenSitting(sitting="s1")).then_refused("QuorumNotMet", "OL22-14-4-quorum", needed=40)


@pytest.mark.rule("C-ST-quorum", "ZJ-ST19-17")
def test_a_residents_council_without_a_rule_of_its_own_opens_below_half_with_a_warning() -> None:
    street: Chamber = council("signed in", 60, present=30).when(OpenSitting(sitting="s1"))
    street.then(SittingOpened).with_finding("BelowQuorum", "C-ST-quorum", found=30, needed=31)
    council("signed in", 60, present=31).when(OpenSitting(sitting="s1")).without_finding()


def test_a_council_whose_own_rule_says_more_than_two_thirds_of_60_needs_41() -> None:
    rule = own_quorum(2, 3, inclusive=False, level="residents")
    street = council("signed in", 60, present=40, own_rules=(rule,)).when(OpenSitting(sitting="s1"))
    street.then_refused("QuorumNotMet", "OWN-8", total=60, found=40, needed=41)
    street.given(SignIn(sitting="s1", present=41)).when(OpenSitting(sitting="s1")).then(SittingOpened).citing("OWN-8")


# who signs in, and who chairs


def test_a_sign_in_names_somebody_or_says_how_many() -> None:
    with pytest.raises(ValidationError, match="give deputies, cards, or present"):
        SignIn(sitting="s1")
    with pytest.raises(ValidationError, match="give deputies, cards, or remaining"):
        SignOut(sitting="s1")


def test_fewer_present_than_have_signed_in_is_refused_for_leaving_is_an_act_of_its_own() -> None:
    town = township("papers sent").given(SignIn(sitting="s1", present=50))
    town.when(SignIn(sitting="s1", present=49)).then_refused("MoreSignedInAlready", here=50, found=49)
    town.when(SignIn(sitting="s1", present=50)).then_nothing()
    town.given(SignOut(sitting="s1", remaining=49)).when(SignIn(sitting="s1", present=49)).then_nothing()


@pytest.mark.rule("OL22-19-1-town-presides")
def test_a_deputy_in_office_chairs_and_one_outside_the_presidium_is_remarked_on() -> None:
    town = township("presidium elected").given(CloseSitting(), SignIn(sitting="s2", present=61))
    town.when(OpenSitting(sitting="s2", chair="x1")).then_refused("NotADeputy", "OL22-19-1-town-presides", deputy="x1")
    town.when(OpenSitting(sitting="s2", chair="d010")).then(SittingOpened, chair="d010")
    town.with_finding("NotOfThePresidium", deputy="d010")
    town = township("presidium elected").given(CloseSitting(), SignIn(sitting="s2", present=61))
    town.when(OpenSitting(sitting="s2", chair="d009")).then(SittingOpened, chair="d009").without_finding()
