"""Local deadlines of suggestions (follow_up.md §2.1): on the last day, a day late, and where the calendar or the law turns."""

from datetime import date, timedelta

import pytest

from domain.matter.contact import ContactDeputy
from domain.matter.objecting import AssignmentObjected, DecideObjection, ObjectionDecided, ObjectToAssignment
from domain.matter.opening import MatterOpened, OpenMatter
from domain.matter.rating import RateReply, ReplyRated
from domain.matter.replying import ExtendMatter, MatterExtended, MatterReplied, ReplyToSuggestion
from domain.matter.steps import StepTaken, TakeStep
from domain.session.record import DeadlineMissed, MissDeadline
from domain.session.suggestions import (
    Assignment,
    AssignSuggestions,
    FileSuggestion,
    SuggestionFiled,
    SuggestionsAssigned,
)
from domain.submission import Command
from tests.domain.chamber import SESSION, township
from tests.domain.county import county
from tests.domain.following import Following, following
from yishi.law import LawLibrary

MARCH = date(2026, 3, 2)
"""A Monday after the spring festival of 2026; Qingming is off on Monday 6 April."""
CQ, SH, BJ = "chongqing-county", "shanghai-county", "beijing-county"
CQ_P, SH_P, BJ_P = "chongqing-province", "shanghai-province", "beijing-province"
"""The municipalities themselves, for which the same days rest on their articles alone."""
HN, SD, ZJ, QD = "henan-province", "shandong-province", "zhejiang-province", "qingdao-city"
SATISFIED = RateReply(deputy="d001", result="satisfied")
NOT_OURS = ObjectToAssignment(why="不属于本单位职责")


def step(name: str, **fields: object) -> Command:
    return TakeStep.model_validate({"step": name, "text": "说明", **fields})


def after(profile: str, opens: date = date(2026, 1, 14)) -> Following:
    """The congress of that place after its session."""
    house = township if profile.endswith("-township") else county
    return following(house("closed", profile=profile, opens=opens))


def assigned(profile: str, on: date = MARCH, opens: date = date(2026, 1, 14), **how: object) -> Following:
    """One suggestion of that place, assigned on that day, its matter open."""
    house = after(profile, opens)
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路")).on(on)
    one = Assignment.model_validate({"number": "1", "unit": "交通局", **how})
    return house.given(AssignSuggestions(assignments=(one,)), OpenMatter(session=SESSION, number="1"))


def replied(profile: str, on: date = MARCH) -> Following:
    return assigned(profile, on).given(ReplyToSuggestion(result="A", contacted=True))


def dissatisfied(profile: str) -> Following:
    no = RateReply(deputy="d001", result="dissatisfied", why="没有办")
    return replied(profile).given(no)


# assigned in recess ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule(
    "CQSG17-13-assign-ref", "SHSG25-12-assign-ref", "SDSG17-10-assign", "QDSG21-14-assign", "ZJSG23-19-assign",
    "CQSG17-13-assign", "SHSG25-12-assign",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "last", "rule"),
    [
        (CQ, date(2026, 3, 16), "CQSG17-13-assign-ref"),
        (SH, date(2026, 3, 11), "SHSG25-12-assign-ref"),
        (SD, date(2026, 3, 7), "SDSG17-10-assign"),
        (QD, date(2026, 3, 9), "QDSG21-14-assign"),
        (ZJ, date(2026, 3, 9), "ZJSG23-19-assign"),
        (CQ_P, date(2026, 3, 16), "CQSG17-13-assign"),
        (SH_P, date(2026, 3, 11), "SHSG25-12-assign"),
    ],
)
def test_a_suggestion_made_in_recess_is_assigned_within_the_days_that_the_place_sets(
    profile: str, last: date, rule: str
) -> None:
    house = after(profile).on(MARCH)
    file = FileSuggestion(number="1", deputies=("d001",), subject="修路")
    house.when(file).then(SuggestionFiled)
    clock = house.session.clocks["assign-1"]
    assert (clock.last_day, clock.waits_for, clock.subject) == (last, "sc_office", "1")
    assert rule in {c.rule for c in clock.basis}
    assign = AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),))
    house.on(last, 23, 30).when(assign).then(SuggestionsAssigned).without_finding()
    late = after(profile).on(MARCH).given(file).on(last + timedelta(days=1), 0, 0)
    late.when(MissDeadline(clock="assign-1"), by="clock").then(DeadlineMissed, last_day=last).and_again_nothing()
    late.when(assign).with_finding("DeadlineMissed", rule, due=str(last))


def test_a_suggestion_made_at_the_session_has_no_such_days_nor_has_one_where_no_text_sets_them() -> None:
    file = FileSuggestion(number="1", deputies=("d001",), subject="修路")
    at_session = following(county("opened", profile=CQ)).given(file)
    assert "assign-1" not in at_session.session.clocks
    for profile in (BJ, HN, "national-county"):
        assert "assign-1" not in after(profile).given(file).session.clocks


# what runs from the assignment, or its receipt ---------------------------------------------------------------------------------


@pytest.mark.rule(
    "CQSG17-16-objection-ref", "SHSG25-15-objection-ref", "HNSG17-14-objection", "SDSG17-12-objection", "QDSG21-19-objection",
    "ZJSG23-21-objection", "CQSG17-16-objection", "SHSG25-15-objection",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "last", "rule"),
    [
        (CQ, date(2026, 3, 16), "CQSG17-16-objection-ref"),
        (SH, date(2026, 3, 11), "SHSG25-15-objection-ref"),
        (HN, date(2026, 3, 16), "HNSG17-14-objection"),
        (SD, date(2026, 3, 7), "SDSG17-12-objection"),
        (QD, date(2026, 3, 9), "QDSG21-19-objection"),
        (ZJ, date(2026, 3, 9), "ZJSG23-21-objection"),
        (CQ_P, date(2026, 3, 16), "CQSG17-16-objection"),
        (SH_P, date(2026, 3, 11), "SHSG25-15-objection"),
    ],
)
def test_a_unit_says_within_its_days_that_it_is_not_competent_and_later_the_record_says_so(
    profile: str, last: date, rule: str
) -> None:
    house = assigned(profile).on(last, 23, 30)
    house.when(NOT_OURS, by="handling_unit").then(AssignmentObjected).without_finding()
    house = assigned(profile).on(last + timedelta(days=1), 0, 0)
    house.when(NOT_OURS, by="handling_unit").then(AssignmentObjected).with_finding("ObjectedLate", rule, due=str(last))


@pytest.mark.rule("CNT-received", "ZJSG23-21-objection")
def test_days_from_receipt_run_from_the_day_it_is_signed_for_and_else_from_the_assignment() -> None:
    house = assigned(ZJ).on(date(2026, 3, 4)).given(step("sign-for"), by="handling_unit")
    house.on(date(2026, 3, 11), 23).when(NOT_OURS, by="handling_unit").then(AssignmentObjected).without_finding()
    house = assigned(ZJ).on(date(2026, 3, 10))
    house.when(NOT_OURS, by="handling_unit").with_finding("ObjectedLate", "CNT-received", due="2026-03-09")


@pytest.mark.rule("CQSG17-16-reassign-ref", "HNSG17-14-reassign", "CQSG17-16-reassign")
@pytest.mark.parametrize(
    ("profile", "rule"),
    [(CQ, "CQSG17-16-reassign-ref"), (HN, "HNSG17-14-reassign"), (CQ_P, "CQSG17-16-reassign")],
)
def test_what_is_returned_is_assigned_anew_within_ten_working_days(profile: str, rule: str) -> None:
    house = assigned(profile).when(NOT_OURS, by="handling_unit").then(AssignmentObjected)
    assert house.due["objection-decided"] == date(2026, 3, 16)
    assert rule in {c.rule for c in house.it.clocks["objection-decided"].basis}
    house.on(date(2026, 3, 16), 23).when(DecideObjection(unit="水利局"), by="sc_office").then(ObjectionDecided)
    assert "objection-decided" not in house.due and house.due["reply-1"] == date(2026, 6, 16)


@pytest.mark.rule("CQSG17-18-contact-ref")
def test_chongqings_unit_is_in_touch_within_twenty_working_days_and_the_next_unit_within_its_own() -> None:
    house = assigned(CQ)
    assert house.due["contacted"] == date(2026, 3, 30)
    heard = ContactDeputy(way="site", deputies=("d001",), text="看了现场")
    house.on(date(2026, 3, 30), 23).when(heard, by="handling_unit").without_finding()
    late = assigned(CQ).on(date(2026, 3, 31), 0, 0).when(heard, by="handling_unit")
    late.with_finding("DeadlineMissed", "CQSG17-18-contact-ref", due="2026-03-30")
    other = assigned(CQ).given(NOT_OURS, by="handling_unit").on(date(2026, 3, 9))
    other.given(DecideObjection(unit="水利局"), by="sc_office")
    assert "contacted" not in other.due and other.due["contacted-1"] == date(2026, 4, 7)
    assert other.it.clocks["contacted-1"].waits_for == "水利局"


@pytest.mark.rule(
    "CQSG17-20-co-ref", "SHSG25-18-co-ref", "HNSG17-18-co", "SDSG17-21-co", "QDSG21-24-co", "ZJSG23-26-co", "CQSG17-20-co",
    "SHSG25-18-co",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "last", "rule"),
    [
        (CQ, date(2026, 4, 14), "CQSG17-20-co-ref"),
        (SH, date(2026, 4, 2), "SHSG25-18-co-ref"),
        (HN, date(2026, 5, 2), "HNSG17-18-co"),
        (SD, date(2026, 4, 2), "SDSG17-21-co"),
        (QD, date(2026, 4, 2), "QDSG21-24-co"),
        (ZJ, date(2026, 5, 2), "ZJSG23-26-co"),
        (CQ_P, date(2026, 4, 14), "CQSG17-20-co"),
        (SH_P, date(2026, 4, 2), "SHSG25-18-co"),
    ],
)
def test_a_co_handler_gives_its_opinion_within_its_time_and_only_a_co_handler_has_one(
    profile: str, last: date, rule: str
) -> None:
    opinion = step("co-opinion", unit="财政局")
    house = assigned(profile, co_units=("财政局",))
    assert house.due["co-opinion"] == last and house.it.clocks["co-opinion"].waits_for == "财政局"
    house.on(last, 23).when(opinion, by="handling_unit").then(StepTaken).without_finding()
    late = assigned(profile, co_units=("财政局",)).on(last + timedelta(days=1), 0, 0)
    late.when(opinion, by="handling_unit").with_finding("DeadlineMissed", rule, due=str(last))
    alone = assigned(profile).given(step("sign-for"), by="handling_unit")
    assert "co-opinion" not in alone.due


@pytest.mark.rule("CQSG17-18-contact", "CQSG17-27-feedback")
def test_in_the_municipality_itself_the_same_days_rest_on_their_own_articles() -> None:
    house = assigned(CQ_P).given(ReplyToSuggestion(result="A", contacted=True))
    assert house.due == {"contacted": date(2026, 3, 30), "rated": date(2026, 3, 30)}
    assert {c.article for k in ("contacted", "rated") for c in house.it.clocks[k].basis if c.rule[:2] == "CQ"} == {
        "18",
        "27",
    }


@pytest.mark.rule("CQSG17-20-co-again-ref", "CQSG17-20-co-again")
@pytest.mark.parametrize(("profile", "rule"), [(CQ, "CQSG17-20-co-again-ref"), (CQ_P, "CQSG17-20-co-again")])
def test_chongqings_empty_opinion_is_given_anew_within_five_working_days(profile: str, rule: str) -> None:
    house = assigned(profile, co_units=("财政局",)).given(step("co-opinion", unit="财政局"), by="handling_unit")
    house.given(step("return-co-opinion", unit="财政局"), by="handling_unit")
    assert house.due["co-opinion-again"] == date(2026, 3, 9)
    assert rule in {c.rule for c in house.it.clocks["co-opinion-again"].basis}
    again = step("co-opinion-again", unit="财政局")
    house.on(date(2026, 3, 9), 23).when(again, by="handling_unit").then(StepTaken).without_finding()
    assert "co-opinion-again" not in house.due


# the reply, and what follows ---------------------------------------------------------------------------------------------------


@pytest.mark.rule(
    "CQSG17-21-reply-ref", "CQSG17-21-reply-difficult-ref", "SHSG25-20-reply-ref", "SHSG25-20-reply-difficult-ref",
    "BJSG14-21-reply-ref", "BJSG14-21-reply-difficult-ref", "HNSG17-20-reply", "HNSG17-20-reply-difficult", "SDSG17-19-reply",
    "SDSG17-19-reply-difficult", "QDSG21-25-reply", "QDSG21-25-reply-difficult", "ZJSG23-26-reply", "ZJSG23-26-reply-difficult",
    "CQSG17-21-reply", "CQSG17-21-reply-difficult", "SHSG25-20-reply", "SHSG25-20-reply-difficult", "BJSG14-21-reply",
    "BJSG14-21-reply-difficult",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "rule"),
    [
        (CQ, "CQSG17-21-reply-ref"), (SH, "SHSG25-20-reply-ref"), (BJ, "BJSG14-21-reply-ref"), (HN, "HNSG17-20-reply"),
        (SD, "SDSG17-19-reply"), (QD, "QDSG21-25-reply"), (ZJ, "ZJSG23-26-reply"),
        (CQ_P, "CQSG17-21-reply"), (SH_P, "SHSG25-20-reply"), (BJ_P, "BJSG14-21-reply"),
    ],
)  # fmt: skip
def test_three_months_and_six_are_the_nations_and_the_places_own(profile: str, rule: str) -> None:
    house = assigned(profile)
    cited = {c.rule for c in house.it.clocks["reply"].basis}
    assert house.due["reply"] == date(2026, 6, 2) and {rule, "DL25-51-2"} & cited == {rule, "DL25-51-2"}
    house.when(ExtendMatter(why="涉及三个部门"), by="sc_office").then(MatterExtended)
    cited = {c.rule for c in house.it.clocks["reply-difficult"].basis}
    assert house.due["reply-difficult"] == date(2026, 9, 2)
    assert rule.replace("-reply", "-reply-difficult") in cited


@pytest.mark.rule("HNSG17-20-reply", "DL25-51-2")
def test_henans_three_months_from_receipt_do_not_outlast_the_nations_from_assignment() -> None:
    house = assigned(HN).on(date(2026, 3, 10)).given(step("sign-for"), by="handling_unit")
    assert house.due["reply"] == date(2026, 6, 2)


@pytest.mark.rule(
    "SHSG25-20-consent",
    "SHSG25-20-consent-ref",
    "BJSG14-21-consent",
    "BJSG14-21-consent-ref",
    "SDSG17-19-consent",
    "QDSG21-25-consent",
    "ZJSG23-26-consent",
)
@pytest.mark.parametrize(
    ("profile", "rule"),
    [
        (SH, "SHSG25-20-consent-ref"), (BJ, "BJSG14-21-consent-ref"), (SD, "SDSG17-19-consent"), (QD, "QDSG21-25-consent"),
        (ZJ, "ZJSG23-26-consent"), (SH_P, "SHSG25-20-consent"), (BJ_P, "BJSG14-21-consent"),
    ],
)  # fmt: skip
def test_where_a_longer_term_needs_consent_the_unit_does_not_grant_it_to_itself(profile: str, rule: str) -> None:
    extend = ExtendMatter(why="涉及三个部门")
    house = assigned(profile).when(extend, by="handling_unit").then_refused("ConsentFirst", rule, number="1")
    house.when(extend, by="sc_office").then(MatterExtended).citing(rule)
    assigned(HN).when(extend, by="handling_unit").then(MatterExtended)


@pytest.mark.rule(
    "CQSG17-27-feedback-ref", "BJSG14-23-feedback-ref", "HNSG17-22-feedback", "ZJSG23-31-feedback", "BJSG14-23-feedback"
)
@pytest.mark.parametrize(
    ("profile", "last", "rule"),
    [
        (CQ, date(2026, 3, 30), "CQSG17-27-feedback-ref"),
        (BJ, date(2026, 3, 23), "BJSG14-23-feedback-ref"),
        (HN, date(2026, 3, 16), "HNSG17-22-feedback"),
        (ZJ, date(2026, 3, 17), "ZJSG23-31-feedback"),
        (BJ_P, date(2026, 3, 23), "BJSG14-23-feedback"),
    ],
)
def test_the_deputy_rates_the_reply_within_the_days_of_the_place(profile: str, last: date, rule: str) -> None:
    house = replied(profile)
    assert house.due["rated"] == last and house.it.clocks["rated"].waits_for == "deputy"
    house.on(last, 23).when(SATISFIED).then(ReplyRated).without_finding()
    late = replied(profile).on(last + timedelta(days=1), 0, 0)
    late.when(SATISFIED).then(ReplyRated).with_finding("DeadlineMissed", rule, due=str(last))


@pytest.mark.rule(
    "CQSG17-27-rehandle-ref", "SHSG25-22-rehandle-ref", "BJSG14-27-rehandle-ref", "HNSG17-22-rehandle", "SDSG17-24-rehandle",
    "ZJSG23-32-rehandle", "CQSG17-27-rehandle", "SHSG25-22-rehandle", "BJSG14-27-rehandle",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "last", "rule"),
    [
        (CQ, date(2026, 5, 2), "CQSG17-27-rehandle-ref"),
        (SH, date(2026, 4, 2), "SHSG25-22-rehandle-ref"),
        (BJ, date(2026, 5, 2), "BJSG14-27-rehandle-ref"),
        (HN, date(2026, 4, 2), "HNSG17-22-rehandle"),
        (SD, date(2026, 4, 2), "SDSG17-24-rehandle"),
        (ZJ, date(2026, 4, 2), "ZJSG23-32-rehandle"),
        (CQ_P, date(2026, 5, 2), "CQSG17-27-rehandle"),
        (SH_P, date(2026, 4, 2), "SHSG25-22-rehandle"),
        (BJ_P, date(2026, 5, 2), "BJSG14-27-rehandle"),
    ],
)
def test_what_is_handled_again_is_answered_within_the_months_of_the_place(profile: str, last: date, rule: str) -> None:
    again = ReplyToSuggestion(result="A", contacted=True)
    house = dissatisfied(profile).given(step("rehandle"), by="sc_office")
    assert house.due["replied-2"] == last
    house.on(last, 23).when(again).then(MatterReplied, round=2).without_finding()
    late = dissatisfied(profile).given(step("rehandle"), by="sc_office").on(last + timedelta(days=1), 0, 0)
    late.when(again).then(MatterReplied, round=2).with_finding("DeadlineMissed", rule, due=str(last))


def test_where_the_place_sets_no_days_for_feedback_or_for_handling_it_again_none_are_made_up() -> None:
    assert replied(QD).due == {} == replied(SH).due
    assert dissatisfied(QD).given(step("rehandle"), by="sc_office").due == {}


# the township ------------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("SDT15-15-reply", "SDT15-15-reply-difficult", "DL15-42-1")
def test_shandongs_township_answers_within_two_months_of_the_closing_and_not_of_the_assignment() -> None:
    house = assigned("shandong-township", date(2024, 3, 1), date(2024, 1, 17))
    closed = house.session.facts["closed"].at.date()
    assert closed == date(2024, 1, 18) and house.due["reply"] == date(2024, 3, 18)
    house.when(ExtendMatter(why="涉及面广"), by="presidium").then(MatterExtended)
    assert house.due["reply-difficult"] == date(2024, 5, 18)


@pytest.mark.rule("CQT16-16-reply", "CQSG17-18-contact-ref")
def test_chongqings_township_keeps_its_own_two_months_and_takes_the_other_days_by_reference() -> None:
    house = assigned("chongqing-township", date(2024, 3, 1), date(2024, 1, 17))
    assert house.due["reply"] == date(2024, 5, 1) and house.due["contacted"] == date(2024, 3, 29)


# where the calendar turns ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2024, 2, 29), date(2024, 5, 29)),
        (date(2025, 11, 30), date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_months_last(on: date, last: date) -> None:
    opens = on.replace(day=6) if on.month != 1 else date(2026, 1, 14)
    house = assigned("national-county", on, opens)
    assert house.due["reply"] == last


def test_a_weekend_day_worked_in_exchange_counts_and_a_holiday_does_not() -> None:
    house = assigned(ZJ, date(2026, 2, 12))
    house.on(date(2026, 2, 26), 23).when(NOT_OURS, by="handling_unit").without_finding()
    house = assigned(ZJ, date(2026, 2, 12)).on(date(2026, 2, 27), 0, 0)
    house.when(NOT_OURS, by="handling_unit").with_finding("ObjectedLate", due="2026-02-26")
    days = LawLibrary(None).newest().on(MARCH, "province", "year_start", ZJ).holidays
    assert days.is_working(date(2026, 2, 14)) and not days.is_working(date(2026, 2, 23))


@pytest.mark.rule("DL15-42-1", "DL25-51-2")
@pytest.mark.parametrize(
    ("on", "rule", "last"),
    [(date(2025, 3, 11), "DL15-42-1", date(2025, 6, 11)), (date(2025, 3, 12), "DL25-51-2", date(2025, 6, 12))],
)
def test_the_term_is_that_of_the_law_in_force_on_the_day_of_the_assignment(on: date, rule: str, last: date) -> None:
    house = assigned("national-county", on, date(2025, 1, 15))
    clock = house.it.clocks["reply"]
    assert clock.last_day == last and [c.rule for c in clock.basis] == [rule, "CNT-days"]


def test_days_of_a_year_whose_holidays_are_not_announced_are_provisional_and_months_are_not() -> None:
    house = assigned(CQ, date(2026, 12, 14))
    opened = next(e for e in house.it.history if isinstance(e, MatterOpened))
    assert opened.reply is not None and not opened.reply.provisional and house.due["contacted"] == date(2027, 1, 11)
    assert house.it.clocks["contacted"].provisional
