"""Put to the vote: whose majority, the four buckets, the forms of a vote, lists (地方组织法 (2022) art. 25; rulebook §15, edge case 1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import at_clock, clock_words
from domain.session.business import Deliberate, HearReport
from domain.session.closing import Announce, Announced, CloseSession, SessionClosed
from domain.session.interruptions import PauseSitting, ResumeSitting
from domain.session.parts import AgendaItem, Count
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import REPORTS, Chamber, council, hands, ids, township


@pytest.mark.rule("OL22-25", "ZJT23-22-vote")
def test_of_300_deputies_149_do_not_carry_a_motion_although_73_percent_of_those_present_agreed() -> None:
    town = township("put forward", 300, present=205).when(hands("gov", 149, 20, 36))
    town.then(VoteCounted, adopted=False, needed=151, deputies_present=205, deputies_total=300)
    town.with_finding("NotAdopted", ("OL22-25", "ZJT23-22-vote"), in_favour=149, needed=151)
    assert town.session.has("voted:gov") and not town.session.has("adopted:gov")


@pytest.mark.rule("OL22-25")
@pytest.mark.parametrize(("in_favour", "adopted"), [(150, False), (151, True)])
def test_half_of_all_deputies_is_not_more_than_half(in_favour: int, *, adopted: bool) -> None:
    town = township("put forward", 300, present=205).when(hands("gov", in_favour, 205 - in_favour))
    town.then(
        VoteCounted,
        adopted=adopted,
        count=Count(in_favour=in_favour, against=205 - in_favour, abstained=0, not_voted=0),
    )


@pytest.mark.rule("OL15-20", "ZJT16-22-vote")
def test_before_2022_the_majority_was_the_same() -> None:
    town = township("put forward", 61, opens=date(2019, 1, 16)).when(hands("gov", 31, 30))
    town.then(VoteCounted, adopted=True, needed=31).citing("OL15-20", "ZJT16-22-vote")
    town.when(hands("pres", 30, 31)).then(VoteCounted, adopted=False).with_finding("NotAdopted", "OL15-20")


def test_votes_have_four_buckets_and_whoever_is_left_over_did_not_vote() -> None:
    town = township("put forward", 61).when(hands("gov", 40, 5, 6))
    town.then(VoteCounted, count=Count(in_favour=40, against=5, abstained=6, not_voted=10), adopted=True)
    town.when(hands("gov", 40, 5, 6), at=town.session.votes["gov"].at).then_nothing()
    town.when(hands("gov", 61)).then_refused("AlreadyDecided", "OL22-25", subject="政府工作报告")


@pytest.mark.rule("DL15-17")
@pytest.mark.parametrize(("not_voted", "found"), [(9, 60), (11, 62)])
def test_votes_that_do_not_add_up_by_one_are_sent_back(not_voted: int, found: int) -> None:
    town = township("put forward", 61).when(hands("gov", 40, 5, 6, not_voted=not_voted))
    town.then_refused(
        "VotesDoNotAddUp", "DL15-17", in_favour=40, against=5, abstained=6, not_voted=not_voted, found=found, total=61
    )
    town.when(hands("gov", 40, 5, 6, not_voted=10)).then(VoteCounted)


@pytest.mark.rule("DL25-23")
def test_more_votes_than_deputies_present_are_sent_back() -> None:
    town = township("put forward", 61, present=50, opens=date(2026, 1, 14)).when(hands("gov", 51))
    town.then_refused("VotesDoNotAddUp", "DL25-23", found=51, total=50)


def test_a_vote_other_than_by_acclamation_has_a_count() -> None:
    town = township("put forward", 61).when(PutToVote(subject="gov", in_favour=40, against=1))
    town.then_refused("CountMissing", "DL15-17", method="show_of_hands")


def test_what_was_not_adopted_may_be_put_to_the_vote_again_and_announced_anew() -> None:
    town = township("put forward", 61).given(hands("gov", 30, 31), Announce(items=("gov",)))
    first = town.session.votes["gov"].at
    assert not town.session.has("decided:put-to-vote:gov")
    town.when(hands("gov", 31, 30)).then_refused("StepMissing", "OL22-22-1-inst-vote")
    town.given(PresidiumDecides(matter="put-to-vote", items=("gov",)))
    town.when(hands("gov", 31, 30)).then(VoteCounted, adopted=True)
    town.with_finding("RejectedBefore", "OL22-25", at=clock_words(first))
    assert not town.session.has("announced:gov")
    town.when(Announce(items=("gov",))).then(Announced, items=("gov",))


def test_a_rejected_item_leaves_the_presidiums_decision_on_the_others_as_it_was() -> None:
    town = township("put forward", 61).given(hands("gov", 30, 31))
    town.when(hands("pres", 61)).then(VoteCounted, adopted=True).without_finding("RejectedBefore")


def test_a_vote_puts_its_own_result_anew_and_every_other_fact_stays_with_what_first_made_it() -> None:
    town = township("put forward", 61).given(hands("gov", 30, 31))
    rejected, heard = town.session.facts["voted:gov"], town.session.facts["heard:gov"]
    town.given(HearReport(item="gov", form="written"), PresidiumDecides(matter="put-to-vote", items=("gov",)))
    town.given(hands("gov", 61))
    assert town.session.facts["heard:gov"] == heard
    again = town.session.facts["voted:gov"]
    assert again.version > rejected.version and again.at == town.session.votes["gov"].at
    met = town.session.facts["met"]
    town.given(CloseSitting(), SignIn(sitting="s2", present=61), OpenSitting(sitting="s2"))
    assert town.session.facts["met"] == met


# subjects that are no agenda items


@pytest.mark.rule("DL15-48", "DL25-61")
@pytest.mark.parametrize(("opens", "rule"), [(date(2024, 1, 17), "DL15-48"), (date(2026, 1, 14), "DL25-61")])
def test_a_suspended_deputy_is_not_put_on_the_presidiums_list(opens: date, rule: str) -> None:
    town = township("opened", suspended=("d003",), opens=opens, present=60)
    town.when(hands("presidium", 60, persons=ids(9))).then_refused("SuspendedOnList", rule, deputy="d003")
    town.when(hands("presidium", 60, persons=ids(9, start=4))).then(VoteCounted, adopted=True)


@pytest.mark.rule("OL22-37")
def test_a_first_session_adopts_the_list_of_its_credentials_committee() -> None:
    town = (
        township("opened", kind="first")
        .when(hands("credentials-committee", 61, persons=ids(5)))
        .then(VoteCounted, adopted=True)
    )
    town.citing("OL22-37")
    assert town.session.has("adopted:credentials-committee")
    town.when(hands("credentials-committee", 60, 1, persons=ids(5))).then_refused(
        "AlreadyDecided", subject="代表资格审查委员会名单"
    )


@pytest.mark.rule("OL22-59-3")
def test_a_councils_vote_is_only_a_recommendation_and_says_so() -> None:
    item = AgendaItem(code="works", kind="list", title="推荐名单")
    street = council("opened", agenda=(item,)).when(hands("works", 40, 20)).then(VoteCounted, recommendation=True)
    street.with_finding("RecommendationOnly", "OL22-59-3")


def test_a_report_to_a_council_need_only_be_heard_whatever_the_plan_says_of_a_resolution() -> None:
    item = AgendaItem(code="office", kind="report", title="办事处工作报告", resolution=True)
    street = council("opened", agenda=(item,)).when(CloseSession()).then_refused("MandatoryItemMissing")
    street.given(HearReport(item="office")).when(CloseSession()).then(SessionClosed)


# what must stand before a vote


@pytest.mark.rule("OL22-22-1-inst-vote", "ZJT23-9-powers-vote")
def test_nothing_is_put_to_the_vote_that_the_presidium_did_not_put_forward() -> None:
    town = (
        township("deliberated")
        .when(hands("gov", 61))
        .then_refused("StepMissing", ("OL22-22-1-inst-vote", "ZJT23-9-powers-vote"))
    )
    town.given(PresidiumMeets(meeting=2, present=9), PresidiumDecides(matter="put-to-vote", items=("pres",)))
    town.when(hands("gov", 61)).then_refused("StepMissing", "OL22-22-1-inst-vote")
    town.when(hands("pres", 61)).then(VoteCounted, adopted=True)


@pytest.mark.rule("OL22-19-1-town", "ZJT23-8-elected")
def test_a_congress_without_a_presidium_resolves_nothing() -> None:
    scrutineers = AgendaItem(code="tellers", kind="list", title="监票人名单")
    town = township("opened", agenda=(*REPORTS, scrutineers))
    town.when(hands("tellers", 61)).then_refused("StepMissing", ("OL22-19-1-town", "ZJT23-8-elected"))
    town.given(hands("presidium", 61, persons=town.roll[:9])).when(hands("tellers", 61)).then(VoteCounted, adopted=True)


@pytest.mark.rule("OL15-15-1-town", "OL15-18-1-inst-vote")
def test_the_statute_of_2015_asked_for_presidium_and_its_decision_alike() -> None:
    about: dict[str, Any] = {"opens": date(2019, 1, 16), "profile": "national-township"}
    township("opened", **about).when(hands("gov", 61)).then_refused("StepMissing", "OL15-15-1-town")
    township("deliberated", **about).when(hands("gov", 61)).then_refused("StepMissing", "OL15-18-1-inst-vote")


def before_the_agenda(profile: str) -> Chamber:
    """A session with its presidium, its report heard, deliberated and put forward, but no agenda adopted."""
    town = township("opened", profile=profile).given(hands("presidium", 61, persons=ids(9)), HearReport(item="gov"))
    town.given(Deliberate(items=("gov",)), PresidiumMeets(meeting=1, present=9))
    return town.given(PresidiumDecides(matter="put-to-vote", items=("gov",)))


@pytest.mark.rule("ZJT23-9-powers-agenda")
def test_zhejiang_resolves_nothing_before_the_agenda_is_adopted() -> None:
    town = (
        before_the_agenda("zhejiang-township")
        .when(hands("gov", 61))
        .then_refused("StepMissing", "ZJT23-9-powers-agenda")
    )
    town.given(hands("agenda", 61)).when(hands("gov", 61)).then(VoteCounted, adopted=True)


@pytest.mark.rule("C-agenda-adopted")
def test_nationally_adopting_the_agenda_is_a_practice_and_demanded_of_nobody() -> None:
    town = (
        before_the_agenda("national-township").when(hands("gov", 61)).then(VoteCounted, adopted=True).without_finding()
    )
    town.when(hands("agenda", 61)).citing("C-agenda-adopted")


@pytest.mark.rule("OL22-12-8-9", "DL15-8-1")
def test_a_report_that_was_neither_heard_nor_deliberated_is_voted_on_with_a_warning() -> None:
    town = township("presidium elected").given(PresidiumMeets(meeting=1, present=9))
    town.when(PresidiumDecides(matter="put-to-vote", items=("gov",))).then(PresidiumDecided).with_finding(
        "StepMissing", "DL15-8-1"
    )
    town.when(hands("gov", 61)).then(VoteCounted, adopted=True)
    town.with_finding("StepMissing", "OL22-12-8-9").with_finding("StepMissing", "DL15-8-1")


# forms of a vote


@pytest.mark.rule("C-acclamation", "OL22-25")
@pytest.mark.parametrize("subject", ["presidium", "agenda"])
def test_a_list_or_agenda_may_pass_by_acclamation_and_the_record_says_that_nobody_counted(subject: str) -> None:
    town = township("opened").when(PutToVote(subject=subject, method="acclamation", persons=ids(9)))
    town.then(VoteCounted, count=None, adopted=True, method="acclamation").citing("C-acclamation")
    town.with_finding("NoCountTaken", ("C-acclamation", "OL22-25"))
    town.when(PutToVote(subject=subject, method="acclamation"), at=town.session.votes[subject].at).then_nothing()
    town.when(PutToVote(subject=subject, method="acclamation")).then_refused("AlreadyDecided")


@pytest.mark.rule("ZJT23-22-vote-methods")
def test_no_resolution_passes_by_acclamation_in_zhejiang() -> None:
    town = township("put forward").when(PutToVote(subject="gov", method="acclamation"))
    town.then_refused("CountMissing", ("OL22-25", "ZJT23-22-vote-methods"), method="acclamation")


@pytest.mark.rule("ZJT16-22-vote-methods")
def test_nor_did_it_under_the_text_of_2016() -> None:
    town = township("put forward", opens=date(2019, 1, 16)).when(PutToVote(subject="gov", method="acclamation"))
    town.then_refused("CountMissing", "ZJT16-22-vote-methods")


@pytest.mark.parametrize("method", ["show_of_hands", "electronic", "ballot"])
def test_hands_keypads_and_ballots_are_all_allowed(method: str) -> None:
    town = township("put forward").when(hands("gov", 61, method=method))
    town.then(VoteCounted, method=method).without_finding()


def test_a_vote_is_taken_at_an_open_sitting_on_what_is_on_the_agenda() -> None:
    town = township("put forward")
    town.when(hands("tax", 61)).then_refused("UnknownItem", item="tax", known="gov、pres、budget")
    town.given(PauseSitting()).when(hands("gov", 61)).then_refused("NoSittingOpen", "OL22-25")
    town.given(ResumeSitting(), CloseSitting()).when(hands("gov", 61)).then_refused("NoSittingOpen")


# the presidium's list


@pytest.mark.rule("ZJT23-8-size")
@pytest.mark.parametrize(("size", "lawful"), [(6, False), (7, True), (17, True), (18, False)])
def test_a_zhejiang_presidium_has_7_to_17_members(size: int, *, lawful: bool) -> None:
    town = township("opened").when(hands("presidium", 61, persons=ids(size)))
    if lawful:
        town.then(VoteCounted, persons=ids(size)).citing("OL22-19-1-town", "ZJT23-8-elected")
        assert len(town.session.presidium) == size
    else:
        town.then_refused("PresidiumSizeWrong", "ZJT23-8-size", found=size, least=7, most=17)


@pytest.mark.rule("CQT16-30-size")
def test_a_chongqing_presidium_of_14_is_one_too_many() -> None:
    town = township("papers sent", profile="chongqing-township").on(date(2024, 1, 17), 8)
    town.given(SignIn(sitting="prep", present=61), OpenSitting(sitting="prep"))
    town.when(hands("presidium", 61, persons=ids(14))).then_refused(
        "PresidiumSizeWrong", "CQT16-30-size", found=14, most=13
    )
    town.when(hands("presidium", 61, persons=ids(13))).then(VoteCounted)


def test_the_nation_sets_no_size_of_a_presidium() -> None:
    township("opened", profile="national-township").when(hands("presidium", 61, persons=ids(3))).then(
        VoteCounted
    ).without_finding()


@pytest.mark.rule("OL22-19-1-town")
def test_only_deputies_sit_in_the_presidium() -> None:
    town = township("opened").when(hands("presidium", 61, persons=(*ids(8), "x1")))
    town.then_refused("NotADeputy", "OL22-19-1-town", deputy="x1")


@pytest.mark.rule("OL22-25")
def test_a_list_that_more_than_half_of_all_deputies_do_not_carry_elects_no_presidium() -> None:
    town = township("opened", present=41).when(hands("presidium", 30, 11, persons=ids(9)))
    town.then(VoteCounted, adopted=False, needed=31)
    assert not town.session.has("presidium-elected") and not town.session.presidium
    town.when(hands("presidium", 31, 10, persons=ids(9))).then(VoteCounted, adopted=True)
    assert town.session.presidium == frozenset(ids(9))


# budgets start a clock


@pytest.mark.rule("BL18-14", "ZJT23-32-pub", "OL22-12-4", "CNT-days", "BL18-21-3")
def test_an_approved_budget_is_published_within_twenty_days_of_its_approval() -> None:
    town = township("put forward").when(hands("budget", 61)).then(VoteCounted).citing("OL22-12-4", "BL18-21-3")
    clock = town.session.clocks["budget-published-budget"]
    assert clock.due == at_clock(date(2024, 2, 7), 0)  # the twentieth day, 6 February, is still in time
    assert {"BL18-14", "ZJT23-32-pub", "CNT-days"} <= {c.rule for c in clock.basis}


@pytest.mark.parametrize(
    ("opens", "last"), [(date(2024, 2, 9), date(2024, 2, 29)), (date(2023, 2, 9), date(2023, 3, 1))]
)
def test_the_twenty_days_end_with_a_leap_day_or_run_into_march(opens: date, last: date) -> None:
    town = township("put forward", opens=opens).given(hands("budget", 61))
    assert town.session.clocks["budget-published-budget"].due == at_clock(last + timedelta(days=1), 0)


def test_a_budget_that_is_voted_down_starts_no_clock() -> None:
    town = township("put forward").when(hands("budget", 30, 31)).then(VoteCounted, adopted=False)
    assert not town.session.clocks


@pytest.mark.rule("BL14-14", "BL14-21-3", "OL15-9-4", "ZJT16-32-pub")
def test_the_budget_law_of_2014_gave_the_same_twenty_days() -> None:
    town = township("put forward", opens=date(2018, 12, 19)).when(hands("budget", 61)).then(VoteCounted)
    town.citing("OL15-9-4", "BL14-21-3")
    clock = town.session.clocks["budget-published-budget"]
    assert clock.due == at_clock(date(2019, 1, 9), 0) and {"BL14-14", "ZJT16-32-pub"} <= {c.rule for c in clock.basis}


# a council resolves nothing


@pytest.mark.rule("ZJ-ST19-17-recommends", "ZJPJ22-26")
def test_forty_of_fifty_members_in_favour_make_a_recommendation_and_no_resolution() -> None:
    plan = AgendaItem(code="plan", kind="list", title="推荐名单")
    street = council("opened", 50, agenda=(plan,)).when(hands("plan", 40, 10))
    street.then(VoteCounted, recommendation=True, needed=0, adopted=True).citing("ZJ-ST19-17-recommends", "ZJPJ22-26")
    street.when(PutToVote(subject="agenda", method="acclamation")).then(VoteCounted, recommendation=True)


def test_a_council_in_which_nobody_agrees_recommends_nothing() -> None:
    plan = AgendaItem(code="plan", kind="list", title="推荐名单")
    council("opened", 50, agenda=(plan,)).when(hands("plan", 0, 50)).then(VoteCounted, adopted=False)


@pytest.mark.rule("OL22-59-3", "ZJ-ST19-17-recommends")
@pytest.mark.parametrize("kind", ["government_report", "budget", "decision", "plan", "projects"])
def test_what_would_be_a_resolution_or_an_approval_is_not_put_to_the_vote_in_a_council(kind: str) -> None:
    street = council("opened", 50, agenda=(AgendaItem(code="item", kind=kind, title="某项", resolution=False),))
    street.when(hands("item", 50)).then_refused("CouncilResolvesNothing", ("OL22-59-3", "ZJ-ST19-17-recommends"))


@pytest.mark.parametrize("subject", ["presidium", "election-method", "credentials-committee", "secretary-general"])
def test_a_council_elects_nobody_and_adopts_no_election_method(subject: str) -> None:
    council("opened", 50).when(hands(subject, 50, persons=ids(1))).then_refused("CouncilResolvesNothing")


def test_a_decision_on_a_councils_agenda_is_done_once_opinions_were_given_on_it() -> None:
    land = AgendaItem(code="land", kind="decision", title="关于用地的意见")
    street = council("opened", agenda=(land,)).when(CloseSession()).then_refused("MandatoryItemMissing")
    street.given(Deliberate(items=("land",), opinions=("不同意占用绿地",))).when(CloseSession()).then(SessionClosed)
