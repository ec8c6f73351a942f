"""Motions and interpellations in a county: ten deputies, four organs that may bring a motion, and whom deputies may call to account."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.motion.committee import MotionReferred, MotionReportedOn, ReferMotion, ReportOnMotion
from domain.motion.disposal import DisposeOfMotion, MotionDisposed
from domain.motion.filing import FileMotion, MotionFiled
from domain.motion.listing import DecideOnMotion
from domain.session.business import CommitteeReports, Deliberate
from domain.session.closing import CloseSession
from domain.session.inquiry import AnswerInquiry, InquiryAnswered, RaiseInquiry
from domain.session.interpellation import FileInterpellation, InterpellationFiled
from domain.session.interpellation_answer import AnswerInterpellation, InterpellationAnswered
from domain.session.interpellation_decided import DecideOnInterpellation
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.county import WEDNESDAY, county

PARTS = {"subject": "污水", "grounds": "居民反映", "proposal": "改造管网", "within_powers": True}
DAYS = [(WEDNESDAY, "OL22", "22"), (date(2019, 2, 20), "OL15", "18")]


def motion(**more: Any) -> FileMotion:
    return FileMotion.model_validate({"number": "1", "motion_title": "关于改造管网的议案", **PARTS, **more})


@pytest.mark.rule("OL22-22-2-dep-county", "OL15-18-2-dep-county")
@pytest.mark.parametrize(("opens", "law", "article"), DAYS)
def test_ten_county_deputies_bring_a_motion_and_nine_do_not(opens: date, law: str, article: str) -> None:
    house = county("opened", opens=opens)
    rule = f"{law}-{article}-2-dep-county"
    house.when(motion(deputies=ids(9))).then_refused("TooFewForMotion", citing=rule, found=9, needed=10)
    house.when(motion(deputies=ids(10))).then(MotionFiled, needed=10).citing(rule)


@pytest.mark.rule("OL22-22-1-inst-county", "OL15-18-1-inst-county")
@pytest.mark.parametrize(("opens", "law", "article"), DAYS)
def test_a_countys_standing_committee_may_bring_a_motion_and_its_court_may_not(
    opens: date, law: str, article: str
) -> None:
    house, rule = county("opened", opens=opens), f"{law}-{article}-1-inst-county"
    house.when(motion(proposer="court")).then_refused("NotAProposer", citing=rule)
    house.when(motion(proposer="standing_committee"), by="standing_committee").then(MotionFiled).citing(rule)


@pytest.mark.rule("OL22-24-1-object", "OL15-28-1-object")
@pytest.mark.parametrize(("opens", "rule"), [(WEDNESDAY, "OL22-24-1-object"), (date(2019, 2, 20), "OL15-28-1-object")])
def test_county_deputies_may_call_the_court_to_account_and_not_the_standing_committee(opens: date, rule: str) -> None:
    house = county("opened", opens=opens, closes=opens + timedelta(days=2))
    asked = {"number": "1", "deputies": ids(10), "question": "执行难", "content": "积案为何未结", "organ": "县人民法院"}
    house.when(FileInterpellation.model_validate({**asked, "object": "other"})).then_refused("WrongObject", citing=rule)
    house.when(FileInterpellation.model_validate({**asked, "object": "court"})).then(InterpellationFiled).citing(rule)


ASKED = {"number": "1", "deputies": ids(10), "question": "积案", "content": "为何未结", "organ": "县监察委员会"}
COMMISSION = FileInterpellation.model_validate({**ASKED, "object": "supervisory_commission"})


@pytest.mark.rule("SUP18-53-3", "SUP24-60-3", "OL22-24-1-object", "OL15-28-1-object")
@pytest.mark.parametrize(
    ("opens", "rule", "asked"),
    [
        (date(2018, 3, 19), "OL15-28-1-object", False),
        (date(2018, 3, 20), "SUP18-53-3", True),
        (date(2022, 3, 11), "SUP18-53-3", True),
        (date(2022, 3, 12), "OL22-24-1-object", True),
        (date(2026, 1, 14), "SUP24-60-3", True),
    ],
)
def test_the_supervisory_commission_is_asked_since_the_law_that_made_it(opens: date, rule: str, *, asked: bool) -> None:
    house = county("opened", opens=opens).when(COMMISSION)
    if asked:
        house.then(InterpellationFiled).citing(rule)
    else:
        house.then_refused("WrongObject", citing=rule)


def meeting(**about: Any) -> Chamber:
    return county("deliberated", **about).given(PresidiumMeets(meeting=1, present=31))


@pytest.mark.rule("DL25-50", "OL22-22-2-referral", "OL15-18-2-referral")
@pytest.mark.parametrize(
    ("opens", "referral", "asked"),
    [
        (date(2022, 3, 11), "OL15-18-2-referral", False),
        (date(2025, 3, 11), "OL22-22-2-referral", False),
        (date(2025, 3, 12), "OL22-22-2-referral", True),
    ],
)
def test_since_2025_a_committee_is_in_touch_with_the_deputies_whose_motion_it_has(
    opens: date, referral: str, *, asked: bool
) -> None:
    house = meeting(opens=opens).given(motion(deputies=ids(10)), motion(number="2", proposer="government"))
    house.when(ReferMotion(number="1", committee="财经委")).then(MotionReferred).citing(referral).without_finding()
    house.when(ReportOnMotion(number="1", opinion="list")).then(MotionReportedOn)
    if asked:
        house.with_finding("NotContacted", citing="DL25-50")
    else:
        house.without_finding("NotContacted")
    house.given(ReferMotion(number="2", committee="财经委"))
    house.when(ReportOnMotion(number="2", opinion="list")).without_finding("NotContacted")
    contacted = meeting(opens=opens).given(motion(deputies=ids(10)), ReferMotion(number="1", committee="财经委"))
    contacted.when(ReportOnMotion(number="1", opinion="list", contacted=True)).without_finding("NotContacted")


@pytest.mark.rule("OL22-25", "OL22-22-2-dep-county")
def test_a_county_motion_goes_from_filing_to_vote_and_what_is_left_over_to_a_committee() -> None:
    house = meeting().given(motion(deputies=ids(10)), motion(deputies=ids(10, start=30), number="2"))
    house.given(DecideOnMotion(number="1", outcome="listed"), Deliberate(items=("motion-1",), group="east"))
    house.given(DecideOnMotion(number="2", outcome="after_session", committee="社建委", reasons="须调研"))
    items = (*house.voted_on, "motion-1")
    house.given(CommitteeReports(items=("budget",)), PresidiumDecides(matter="put-to-vote", items=items))
    house.when(hands("motion-1", 116, 116)).then(VoteCounted, adopted=False, needed=117)
    house.given(*(hands(code, 232) for code in house.voted_on), CloseSession())
    done = DisposeOfMotion(number="2", result="已列入明年计划", reported_to="县人大常委会", printed_for_next=True)
    house.when(done, by="sc_office").then(MotionDisposed).and_again_nothing()


@pytest.mark.rule("OL22-24-2", "OL22-24-3")
def test_the_court_answers_for_itself_at_a_special_committee() -> None:
    asked = FileInterpellation.model_validate({**ASKED, "object": "court", "organ": "县人民法院"})
    house = meeting().given(asked, DecideOnInterpellation(number="1", place="special_committee"))
    answer = AnswerInterpellation(number="1", place="special_committee", text="年内清结")
    house.when(answer.model_copy(update={"answerer": "deputy_head"}), by="court").then_refused("HeadMustAnswer")
    house.when(answer, by="court").then(InterpellationAnswered).citing("OL22-24-2", "OL22-24-3")


def test_the_organ_that_is_asked_answers_an_inquiry() -> None:
    house = meeting().given(
        RaiseInquiry(number="1", item="court", deputies=("d001",), organ="县人民法院", question="执行难")
    )
    answer = AnswerInquiry(
        number="1", item="court", question="执行难", answered_by="县人民法院", answerer="responsible_officer"
    )
    house.when(answer, by="court").then(InquiryAnswered).without_finding()
