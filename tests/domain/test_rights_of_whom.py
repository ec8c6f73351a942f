"""Whose right it is and what becomes of it: organs' motions, motions made suggestions, who explains, and where an answer is given."""

from datetime import date, timedelta

import pytest

from domain.motion.committee import MotionReferred, MotionReportedOn, ReferMotion, ReportOnMotion
from domain.motion.filing import FileMotion, MotionFiled
from domain.motion.listing import DecideOnMotion, MotionDecided
from domain.motion.withdrawal import WithdrawMotion
from domain.session.business import Deliberate
from domain.session.closing import CloseSession
from domain.session.inquiry import AnswerInquiry, InquiryAnswered, RaiseInquiry
from domain.session.interpellation import FileInterpellation
from domain.session.interpellation_answer import AnswerInterpellation, InterpellationAnswered
from domain.session.interpellation_decided import DecideOnInterpellation
from domain.session.presidium import PresidiumDecides, PresidiumMeets, PresidiumMet
from domain.session.sittings import CloseSitting
from domain.session.suggestions import Assignment, AssignSuggestions, SuggestionFiled
from domain.vote.amendments import FileAmendment, WithdrawAmendment
from tests.domain.chamber import Chamber, hands, township
from tests.domain.county import WEDNESDAY, county
from tests.domain.test_rights_corrected import AMENDMENT, changes, interpellation, listed, meeting, motion, strikes


def of_organ(proposer: str = "government", **more: object) -> FileMotion:
    return motion(0, proposer=proposer, **more)


# organs' motions ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-22-1-inst-county", "DL25-15-1")
def test_grounds_and_proposal_are_asked_of_deputies_and_not_of_an_organ() -> None:
    house = county("opened")
    house.when(motion(grounds="", proposal="")).then_refused("MotionLacksParts", citing="DL25-15-1")
    house.when(of_organ(grounds="", proposal="")).then(MotionFiled).citing("OL22-22-1-inst-county")
    assert "DL25-15-1" not in {c.rule for c in house.events[0].basis}
    house.when(of_organ(number="2", within_powers=False))
    house.then_refused("MotionOutsidePowers", citing="OL22-22-1-inst-county")


@pytest.mark.parametrize("by", ["deputy", "presidium", "standing_committee"])
def test_nobody_files_a_motion_in_the_name_of_the_government(by: str) -> None:
    house = county("opened").when(of_organ(), by=by).then_refused("NotTheirMotion", citing="OL22-22-1-inst-county")
    for lawful in ("government", "secretariat"):
        county("opened").when(of_organ(), by=lawful).then(MotionFiled)
    house.when(motion(), by="government").then_refused("NotTheirMotion", citing="OL22-22-2-dep-county")
    house.when(motion(), by="deputy").then(MotionFiled)


@pytest.mark.rule("OL22-22-1-referral", "OL15-18-1-referral")
@pytest.mark.parametrize(
    ("opens", "rule"), [(WEDNESDAY, "OL22-22-1-referral"), (date(2022, 3, 11), "OL15-18-1-referral")]
)
def test_an_organs_motion_goes_to_a_committee_along_with_the_congress_and_until_its_vote(
    opens: date, rule: str
) -> None:
    house = meeting("put forward", opens=opens).given(of_organ(), DecideOnMotion(number="1", outcome="listed"))
    house.when(ReferMotion(number="1", committee="财经委")).then(MotionReferred).citing(rule).without_finding()
    report = ReportOnMotion(number="1", opinion="list")
    house.when(report).then(MotionReportedOn).citing(rule)
    late = of_organ(number="2")
    house.given(late, DecideOnMotion(number="2", outcome="listed"), Deliberate(items=("motion-2",)))
    house.given(PresidiumDecides(matter="put-to-vote", items=("motion-2",)), hands("motion-2", 232))
    house.when(ReferMotion(number="2", committee="财经委")).then_refused("DecidedAlready")
    house.given(WithdrawMotion(number="1")).when(report).then_nothing()


def test_a_deputies_motion_goes_to_a_committee_first_and_not_when_it_is_listed() -> None:
    listed().when(ReferMotion(number="1", committee="财经委")).then_refused("DecidedAlready")


@pytest.mark.rule("OL22-19-1-town")
def test_the_presidium_of_the_last_session_decides_on_no_motion_of_this_one() -> None:
    town = township("opened", profile="national-township", previous_presidium=9)
    town.given(PresidiumMeets(meeting=1, present=9), motion(), interpellation(object="government"))
    for act in (
        DecideOnMotion(number="1", outcome="listed"),
        ReferMotion(number="1", committee="议案审查委员会"),
        DecideOnInterpellation(number="1", place="written"),
    ):
        town.when(act).then_refused("StepMissing", citing="OL22-19-1-town")


def test_an_amendment_is_taken_back_by_those_who_filed_it_and_not_by_the_presidium() -> None:
    house = county("opened").given(AMENDMENT)
    house.when(WithdrawAmendment(number="1"), by="presidium").then_refused("NotTheirAct")
    house.given(WithdrawAmendment(number="1"), by="deputy")
    assert isinstance(AMENDMENT, FileAmendment) and house.session.amendments["1"].withdrawn


# motions made suggestions ------------------------------------------------------------------------------------------


def converted(**more: str) -> Chamber:
    made = DecideOnMotion(number="1", outcome="suggestion", reasons="条件不成熟", **more)
    return meeting().given(motion(), made)


def test_a_motion_made_a_suggestion_is_one_while_that_decision_stands() -> None:
    house = converted()
    assert house.session.suggestions["1"].of_motion == "1"
    house.given(strikes(house, MotionDecided), by="secretariat")
    assert not house.session.suggestions
    house.when(AssignSuggestions(assignments=(Assignment(number="1", unit="建设局"),))).then_refused("NoSuchSuggestion")
    house.when(DecideOnMotion(number="1", outcome="suggestion", reasons="条件不成熟")).then(SuggestionFiled, number="1")
    assert list(house.session.suggestions) == ["1"]
    house.given(strikes(house, MotionDecided), DecideOnMotion(number="1", outcome="listed"))
    assert not house.session.suggestions and "motion-1" in house.session.agenda


def test_what_became_of_a_motion_is_struck_and_decided_anew_and_never_rewritten() -> None:
    house = meeting().given(motion(), DecideOnMotion(number="1", outcome="not_listed", reasons="条件不成熟"))
    house.when(changes(house, MotionDecided, outcome="suggestion"), by="secretariat").then_refused("FieldNotThere")
    house.given(changes(house, MotionDecided, reasons="另有安排"), by="secretariat")


def test_a_motion_made_a_suggestion_and_withdrawn_is_not_assigned() -> None:
    house = converted(as_suggestion="s09").given(WithdrawMotion(number="1"))
    house.when(AssignSuggestions(assignments=(Assignment(number="s09", unit="建设局"),)))
    house.then_refused("NoSuchSuggestion")


def test_a_suggestion_that_is_being_handled_stays_when_its_motion_is_withdrawn() -> None:
    house = converted().given(AssignSuggestions(assignments=(Assignment(number="1", unit="建设局"),)))
    house.given(WithdrawMotion(number="1"))
    assert list(house.session.suggestions) == ["1"]


# inquiries and answers ---------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-23", "DL25-19")
def test_who_reports_explains_the_report_the_standing_committee_too_and_in_a_township_the_presidium() -> None:
    asked = RaiseInquiry(number="1", item="sc", deputies=("d001",), organ="县人大常委会", question="立项标准")
    explains = AnswerInquiry(number="1", item="sc", question="立项标准", answered_by="县人大常委会")
    house = county("opened").given(asked)
    house.when(explains, by="presidium").then_refused("NotTheirAct")
    house.when(explains, by="standing_committee").then(InquiryAnswered).citing("OL22-23", "DL25-19")
    town = township("reports heard", profile="national-township")
    town.given(asked.model_copy(update={"item": "pres"}))
    town.when(explains.model_copy(update={"item": "pres"}), by="presidium").then(InquiryAnswered)
    town.when(explains, by="standing_committee").then_refused("NotTheirAct")


def to_be_answered(place: str, point: str = "opened", **about: object) -> Chamber:
    return meeting(point).given(interpellation(), DecideOnInterpellation(number="1", place=place, **about))


def answered(place: str) -> AnswerInterpellation:
    return AnswerInterpellation(number="1", place=place, text="年内清结")


@pytest.mark.rule("OL22-24-2")
def test_an_oral_answer_in_plenary_is_given_while_a_plenary_sits() -> None:
    to_be_answered("plenary").when(answered("plenary")).then(InterpellationAnswered).and_again_nothing()
    house = to_be_answered("plenary").given(CloseSitting())
    house.when(answered("plenary")).then_refused("NoPlenaryOpen", citing="OL22-24-2")
    to_be_answered("written").given(CloseSitting()).when(answered("written")).then(InterpellationAnswered)


@pytest.mark.rule("OL22-24-2")
def test_an_answer_before_the_presidium_is_given_to_a_presidium_that_meets() -> None:
    house = to_be_answered("presidium_meeting")
    house.given(strikes(house, PresidiumMet), by="secretariat")
    house.when(answered("presidium_meeting")).then_refused("PresidiumNotMeeting", citing="OL22-24-2")
    house.given(PresidiumMeets(meeting=2, present=31))
    house.when(answered("presidium_meeting")).then(InterpellationAnswered)


@pytest.mark.rule("OL22-24-2")
@pytest.mark.parametrize("place", ["plenary", "presidium_meeting", "special_committee"])
def test_after_the_closing_it_is_answered_in_writing_and_not_orally(place: str) -> None:
    for form in (place, "written"):
        house = county("announced").given(PresidiumMeets(meeting=5, present=31), interpellation())
        house.given(DecideOnInterpellation(number="1", place=form)).on(house.closes, 11).given(CloseSession())
        house.on(house.closes + timedelta(days=9)).when(answered(form))
        if form == "written":
            house.then(InterpellationAnswered)
        else:
            house.then_refused("OnlyInWriting", citing="OL22-24-2")


@pytest.mark.rule("CQT16-18-complex")
def test_in_chongqing_a_complex_one_may_still_be_answered_orally_after_the_closing() -> None:
    for complicated in (True, False):
        town = township("announced", profile="chongqing-township").given(PresidiumMeets(meeting=5, present=9))
        asked = FileInterpellation.model_validate(
            {**interpellation().model_dump(), "object": "government", "demand": "限期"}
        )
        town.given(asked, DecideOnInterpellation(number="1", place="presidium_meeting", complex=complicated))
        town.given(CloseSession()).when(answered("presidium_meeting"))
        if complicated:
            town.then(InterpellationAnswered)
        else:
            town.then_refused("OnlyInWriting")
