"""Motions (议案): who may bring one and how many sign, what the presidium does with it, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.motion.committee import MotionReferred, MotionReportedOn, ReferMotion, ReportOnMotion
from domain.motion.disposal import DisposeOfMotion, MotionDisposed
from domain.motion.filing import FileMotion, MotionFiled
from domain.motion.listing import DecideOnMotion, MotionDecided
from domain.motion.withdrawal import (
    MotionWithdrawnByProposers,
    SignatureWithdrawn,
    WithdrawMotion,
    WithdrawSignature,
)
from domain.session.business import Deliberate
from domain.session.closing import Announce, CloseSession, SessionClosed
from domain.session.correction import Correct, Corrected
from domain.session.parts import AgendaItem
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.session.record import DeadlineMissed, MissDeadline
from domain.session.roll import EndSeat, SuspendDeputy
from domain.session.suggestions import Assignment, AssignSuggestions, SuggestionFiled
from domain.vote.votes import VoteCounted
from tests.domain.chamber import WEDNESDAY, Chamber, hands, ids, township
from tests.domain.own import own_period

PARTS: dict[str, Any] = {"subject": "村道失修", "grounds": "近三年事故十二起", "proposal": "列入预算分期修复"}


def motion(signed: int = 5, number: str = "1", **more: Any) -> FileMotion:
    return FileMotion(
        **{
            "number": number,
            "motion_title": "关于修复村道的议案",
            "deputies": ids(signed, start=20),
            "within_powers": True,
            **PARTS,
            **more,
        }
    )


def by(organ: str, **more: Any) -> FileMotion:
    return motion(0, proposer=organ, **more)


def decides(outcome: str, number: str = "1", **more: Any) -> DecideOnMotion:
    return DecideOnMotion(number=number, outcome=outcome, reasons="" if outcome == "listed" else "条件不成熟", **more)


def sitting(point: str = "reports heard", **about: Any) -> Chamber:
    """A township session under way, its presidium meeting."""
    return township(point, **{"profile": "national-township", **about}).given(PresidiumMeets(meeting=1, present=9))


def listed(**about: Any) -> Chamber:
    return sitting(**about).given(motion(), decides("listed"))


def voted_on(town: Chamber, yes: int = 61) -> Chamber:
    town.given(Deliberate(items=("motion-1",)), PresidiumDecides(matter="put-to-vote", items=("motion-1",)))
    return town.given(hands("motion-1", yes, 61 - yes))


# who may bring one -------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-22-2-dep", "DL15-9-1")
def test_five_township_deputies_may_bring_a_motion_and_four_may_not() -> None:
    sitting().when(motion(5)).then(MotionFiled, needed=5, late=False).citing("OL22-22-2-dep", "DL15-9-1")
    sitting().when(motion(4)).then_refused("TooFewForMotion", citing="OL22-22-2-dep", found=4, needed=5)


@pytest.mark.rule("OL15-18-2-dep", "OL15-18-1-inst", "CQT16-14-joint")
def test_so_it_was_under_the_law_of_2015_and_so_it_is_in_chongqing() -> None:
    before = date(2022, 3, 11)
    sitting(opens=before).when(motion(5)).then(MotionFiled).citing("OL15-18-2-dep")
    sitting(opens=before).when(motion(4)).then_refused("TooFewForMotion", citing="OL15-18-2-dep", needed=5)
    sitting(opens=before).when(by("court")).then_refused("NotAProposer", citing="OL15-18-1-inst")
    here = {"profile": "chongqing-township"}
    sitting(**here).when(motion(5)).then(MotionFiled).citing("CQT16-14-joint")
    sitting(**here).when(motion(4)).then_refused("TooFewForMotion", citing="CQT16-14-joint", needed=5)


def test_who_signs_twice_counts_once_and_it_is_remarked_on() -> None:
    twice = (*ids(4, start=20), "d020")
    sitting().when(motion(deputies=twice)).then_refused("TooFewForMotion", signed=4, found=4)
    six = (*ids(5, start=20), "d020")
    sitting().when(motion(deputies=six)).then(MotionFiled, deputies=ids(5, start=20)).with_finding("SignedTwice")


@pytest.mark.rule("DL25-61", "I-signature-suspended")
def test_a_suspended_signatory_does_not_count() -> None:
    about: dict[str, Any] = {"opens": date(2026, 1, 14), "suspended": ("d020",), "present": 60}
    sitting(**about).when(motion(5)).then_refused(
        "TooFewForMotion", citing=("OL22-22-2-dep", "DL25-61", "I-signature-suspended"), signed=5, found=4
    )
    sitting(**about).when(motion(6)).then(MotionFiled, not_counted=("d020",)).with_finding("SignatureNotCounted")


def test_only_deputies_in_office_sign() -> None:
    sitting().when(motion(deputies=(*ids(4), "d099"))).then_refused("SignatoryMayNotAct", deputy="d099")


@pytest.mark.rule("OL22-22-1-inst", "CQT16-14-inst")
@pytest.mark.parametrize(
    "organ", ["court", "procuratorate", "supervisory_commission", "standing_committee", "special_committee"]
)
def test_in_a_township_only_presidium_and_government_bring_motions_of_organs(organ: str) -> None:
    sitting().when(by(organ)).then_refused("NotAProposer", citing="OL22-22-1-inst")
    sitting(profile="chongqing-township").when(by(organ)).then_refused("NotAProposer", citing="CQT16-14-inst")
    for lawful in ("presidium", "government"):
        sitting().when(by(lawful)).then(MotionFiled, needed=0, deputies=()).citing("OL22-22-1-inst")


def test_the_motion_of_an_organ_has_no_signatories() -> None:
    with pytest.raises(ValueError, match="no signatories"):
        motion(5, proposer="government")


@pytest.mark.rule("DL25-15-1", "DL15-9-1")
@pytest.mark.parametrize("part", list(PARTS))
def test_a_motion_without_subject_grounds_or_proposal_is_offered_to_be_a_suggestion(part: str) -> None:
    lacking: dict[str, Any] = {part: " "}
    for opens, rule in ((date(2025, 3, 11), "DL15-9-1"), (date(2025, 3, 12), "DL25-15-1")):
        town = sitting(opens=opens).when(motion(**lacking)).then_refused("MotionLacksParts", citing=rule)
        assert town.refusal is not None and "file-suggestion" in town.refusal.says().zh


@pytest.mark.rule("DL15-9-1")
def test_whether_it_is_within_the_congress_powers_is_asked_and_not_judged() -> None:
    sitting().when(motion(within_powers=None)).then(MotionFiled).with_finding("PowersNotStated")
    sitting().when(motion()).then(MotionFiled).without_finding("PowersNotStated")
    sitting().when(motion(within_powers=False)).then_refused("MotionOutsidePowers", citing="DL15-9-1")


def test_a_motion_is_on_file_once() -> None:
    town = sitting().when(motion()).then(MotionFiled).and_again_nothing()
    town.when(motion(motion_title="别的")).then_refused("MotionExists", number="1")
    town.when(decides("listed", number="9")).then_refused("NoSuchMotion", number="9")


# in time -----------------------------------------------------------------------------------------------------------


def with_deadline(**about: Any) -> Chamber:
    town = sitting("presidium elected", **about)
    due = town.now + timedelta(hours=3)
    return town.when(PresidiumDecides(matter="motion-deadline", deadline=due)).then(PresidiumDecided, deadline=due)


def test_a_motion_at_the_deadline_is_in_time_and_a_minute_later_it_is_remarked_on() -> None:
    town = with_deadline()
    due = town.session.motion_deadline
    assert due is not None
    town.when(motion(), at=due).then(MotionFiled, late=False).without_finding("FiledAfterDeadline")
    town.when(motion(number="2"), at=due + timedelta(minutes=1)).then(MotionFiled, late=True)
    town.with_finding("FiledAfterDeadline", citing="C-motion-deadline")
    town.given(PresidiumMeets(meeting=2, present=9)).when(decides("listed", number="2")).with_finding(
        "ListedThoughLate"
    )


@pytest.mark.rule("CQT16-14-deadline")
def test_in_chongqing_a_deputies_motion_after_the_deadline_is_refused_and_an_organs_is_not() -> None:
    town = with_deadline(profile="chongqing-township")
    late = (town.session.motion_deadline or town.now) + timedelta(minutes=1)
    town.when(motion(), at=late).then_refused("MotionTooLate", citing="CQT16-14-deadline")
    town.when(by("government"), at=late).then(MotionFiled, late=True)


@pytest.mark.rule("CQT16-14-from")
def test_in_chongqing_motions_are_filed_from_the_decision_to_convene() -> None:
    town = township("registered", profile="chongqing-township")
    town.when(motion()).then_refused("MotionTooEarly", citing="CQT16-14-from")
    called = township("date published", profile="chongqing-township")
    called.when(motion()).then(MotionFiled).without_finding("LawSilent")
    township("date published", profile="national-township").when(motion()).with_finding("LawSilent")


def test_a_deadline_belongs_to_its_own_matter_and_lies_ahead() -> None:
    town = with_deadline()
    later, before = town.now + timedelta(hours=1), town.now - timedelta(hours=1)
    town.when(PresidiumDecides(matter="timetable", deadline=later)).then_refused("DeadlineElsewhere")
    town.when(PresidiumDecides(matter="motion-deadline", deadline=before)).then_refused("DeadlinePassed")


# what becomes of it ------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-22-2-dep-listing", "OL22-25")
def test_a_listed_motion_is_deliberated_and_voted_on_like_any_item() -> None:
    town = sitting().given(motion())
    town.when(decides("listed")).then(MotionDecided, outcome="listed").citing("OL22-22-2-dep-listing")
    town.and_again_nothing()
    assert town.session.agenda["motion-1"] == AgendaItem(code="motion-1", kind="decision", title="关于修复村道的议案")
    town.given(Deliberate(items=("gov", "pres", "budget")), Deliberate(items=("motion-1",)))
    town.given(PresidiumDecides(matter="put-to-vote", items=("motion-1",)))
    town.when(hands("motion-1", 31, 30)).then(VoteCounted, adopted=True).citing("OL22-25")
    town.given(Announce(items=("motion-1",)))


@pytest.mark.rule("OL22-22-2-dep-listing")
def test_the_session_may_not_close_while_a_listed_motion_is_undecided() -> None:
    town = township("announced", profile="national-township").given(motion(), decides("listed"))
    town.when(CloseSession()).then_refused("MandatoryItemMissing")
    voted_on(town).when(CloseSession()).then(SessionClosed)


@pytest.mark.rule("OL15-18-2-dep-listing", "ZJT16-9-powers-listing", "ZJT23-9-powers-listing", "CQT16-31-listing")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("national-township", date(2022, 3, 11), "OL15-18-2-dep-listing"),
        ("zhejiang-township", date(2022, 3, 11), "ZJT16-9-powers-listing"),
        ("zhejiang-township", WEDNESDAY, "ZJT23-9-powers-listing"),
        ("chongqing-township", WEDNESDAY, "CQT16-31-listing"),
    ],
)
def test_that_the_presidium_decides_is_the_law_of_each_place_and_day(profile: str, opens: date, rule: str) -> None:
    town = sitting(profile=profile, opens=opens).given(motion())
    town.when(decides("listed"), by="secretariat").then_refused("NotTheirAct")
    town.when(decides("listed")).then(MotionDecided).citing(rule)


def test_it_takes_the_presidiums_majority() -> None:
    town = sitting(profile="zhejiang-township").given(motion())
    town.when(decides("listed", in_favour=4)).then(MotionDecided, stands=False).again().then_nothing()
    town.when(decides("suggestion", in_favour=4)).then(MotionDecided, stands=False)
    town.with_finding("PresidiumDidNotAgree", found=4, needed=5)
    assert not any(isinstance(e, SuggestionFiled) for e in town.events) and "motion-1" not in town.session.agenda
    version = town.version_of(MotionDecided)
    town.when(Correct(version=version, changes={"in_favour": 5}, why="更正")).then_refused("FieldNotThere")
    town.when(decides("listed", in_favour=5)).then(MotionDecided, in_favour=5, needed=5)
    quiet = township("reports heard", profile="national-township").given(motion())
    quiet.when(decides("listed")).then_refused("PresidiumNotMeeting")


@pytest.mark.rule("L-sign-validity")
def test_signatories_are_counted_again_when_the_motion_is_listed() -> None:
    town = sitting().given(motion(6), EndSeat(deputy="d020", ground="died"))
    town.when(decides("listed")).then(MotionDecided).without_finding("FewerSignatoriesNow")
    town = sitting().given(motion(5), SuspendDeputy(deputy="d020", ground="custody"))
    town.when(decides("listed")).with_finding("FewerSignatoriesNow", citing="L-sign-validity", found=4, needed=5)


def test_a_motion_made_a_suggestion_is_assigned_like_the_others() -> None:
    town = sitting().given(motion())
    town.when(decides("suggestion", as_suggestion="s09")).then(MotionDecided, suggestion="s09")
    town.then(
        SuggestionFiled, number="s09", deputies=ids(5, start=20), subject="关于修复村道的议案"
    ).and_again_nothing()
    town.given(AssignSuggestions(assignments=(Assignment(number="s09", unit="建设办"),)))
    town.when(motion(number="2")).when(decides("suggestion", number="2", as_suggestion="s09")).then_refused(
        "SuggestionExists"
    )
    town.when(by("government", number="3")).when(decides("suggestion", number="3")).then_refused("NotASuggestion")


@pytest.mark.rule("CQT16-14-convert")
def test_in_chongqing_what_is_not_listed_is_to_become_a_suggestion() -> None:
    town = sitting(profile="chongqing-township").given(motion())
    town.when(decides("not_listed")).then(MotionDecided).with_finding("MustBecomeSuggestion", citing="CQT16-14-convert")
    town.when(decides("suggestion")).then(SuggestionFiled).citing("CQT16-14-convert").without_finding()
    town.when(decides("listed")).then_refused("MotionDecidedOtherwise")


def test_not_listing_goes_with_reasons_and_of_an_organs_motion_no_text_speaks() -> None:
    town = sitting().given(motion(), by("government", number="2"))
    town.when(DecideOnMotion(number="1", outcome="not_listed")).with_finding("ReasonsMissing")
    town.when(decides("not_listed", number="2")).with_finding("LawSilent", citing="OL22-22-1-inst")
    town.without_finding("ReasonsMissing")
    town.when(decides("listed")).then(MotionDecided)  # taken up again
    assert town.session.has("motion-listed:1") and not town.session.has("motion-not-listed:1")


def test_a_motion_made_a_suggestion_is_not_turned_down_and_needs_no_reasons() -> None:
    town = sitting().given(motion())
    town.when(DecideOnMotion(number="1", outcome="suggestion")).then(SuggestionFiled).without_finding("ReasonsMissing")


def test_a_motion_sent_to_a_committee_comes_back_with_its_opinion() -> None:
    town = sitting().given(motion())
    town.when(ReportOnMotion(number="1", opinion="list")).then_refused("NotReferred")
    town.when(ReferMotion(number="1", committee="议案审查委员会")).then(MotionReferred).and_again_nothing()
    town.when(ReferMotion(number="1", committee="另一委员会")).then_refused("ReferredElsewhere")
    opinion = ReportOnMotion(number="1", opinion="do_not_list", text="已列入计划")
    town.when(opinion).then(MotionReportedOn).and_again_nothing()
    town.when(ReportOnMotion(number="1", opinion="list")).then_refused("ReportedOtherwise")
    town.when(decides("not_listed")).then(MotionDecided, committee="议案审查委员会")
    town.given(motion(number="2"), decides("listed", number="2"))
    town.when(ReferMotion(number="2", committee="议案审查委员会")).then_refused("DecidedAlready")


def test_a_motion_nobody_decided_on_is_called_out_at_the_close() -> None:
    town = township("announced", profile="national-township").given(motion())
    town.when(CloseSession()).then(SessionClosed).with_finding("MotionUndecided", number="1")


# withdrawn ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-22-3-withdraw", "CQT16-14-withdraw", "OL15-18-3-withdraw")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("national-township", WEDNESDAY, "OL22-22-3-withdraw"),
        ("national-township", date(2022, 3, 11), "OL15-18-3-withdraw"),
        ("chongqing-township", WEDNESDAY, "CQT16-14-withdraw"),
    ],
)
def test_a_listed_motion_is_withdrawn_before_the_vote_and_not_after(profile: str, opens: date, rule: str) -> None:
    town = listed(profile=profile, opens=opens).given(Deliberate(items=("motion-1",)))
    town.when(WithdrawMotion(number="1")).then(MotionWithdrawnByProposers, listed=True).citing(rule).and_again_nothing()
    town.when(hands("motion-1", 61)).then_refused("UnknownItem")  # its deliberation has ended
    town.when(decides("listed")).then_refused("MotionWithdrawn")
    after = voted_on(listed(profile=profile, opens=opens), yes=20)
    after.when(WithdrawMotion(number="1")).then_refused("VotedOnAlready", citing=rule)


def test_the_presidium_has_to_consent_to_the_withdrawal_of_a_listed_motion() -> None:
    town = listed(profile="zhejiang-township")
    town.when(WithdrawMotion(number="1", in_favour=4)).then(MotionWithdrawnByProposers, stands=False)
    town.with_finding("PresidiumDidNotAgree")
    assert "motion-1" in town.session.agenda


def test_before_a_motion_is_listed_no_text_speaks_of_withdrawing_it() -> None:
    town = township("reports heard", profile="national-township").given(motion())
    town.when(WithdrawMotion(number="1")).then(MotionWithdrawnByProposers, listed=False, needed=0).with_finding(
        "LawSilent"
    )


@pytest.mark.rule("I-withdrawn-by-all")
def test_the_proposers_who_ask_are_all_of_them_by_our_reading() -> None:
    town = listed()
    town.when(WithdrawMotion(number="1", requested_by=("d001",))).then_refused("NotASignatory", deputy="d001")
    town.when(WithdrawMotion(number="1", requested_by=ids(4, start=20)))
    town.with_finding("AskedByFewer", citing="I-withdrawn-by-all", found=4, needed=5)
    listed().when(WithdrawMotion(number="1", requested_by=ids(5, start=20))).without_finding("AskedByFewer")


def test_a_signature_taken_back_leaves_the_motion_with_fewer() -> None:
    town = sitting().given(motion(6))
    town.when(WithdrawSignature(number="1", deputies=("d020",))).then(SignatureWithdrawn).and_again_nothing()
    town.without_finding("FewerSignatoriesNow")
    town.when(WithdrawSignature(number="1", deputies=("d021",))).with_finding("FewerSignatoriesNow", found=4, needed=5)
    town.when(decides("listed")).with_finding("FewerSignatoriesNow", found=4)
    town.when(WithdrawSignature(number="1", deputies=("d001",))).then_refused("NotASignatory")
    town.when(WithdrawSignature(number="1", deputies=ids(4, start=22))).then_refused("NobodyWouldBeLeft")


# after the session -------------------------------------------------------------------------------------------------


def test_what_is_left_to_a_committee_is_reported_on_afterwards() -> None:
    town = township("announced", profile="national-township").given(motion())
    town.when(decides("after_session")).then_refused("CommitteeMissing")
    town.when(decides("after_session", committee="议案审查委员会")).with_finding("LawSilent")
    town.when(decides("after_session", committee="另一委员会")).then_refused("MotionDecidedOtherwise")
    result = DisposeOfMotion(number="1", result="已列入2025年项目库", reported_to="主席团", printed_for_next=True)
    town.when(result).then_refused("WrongStage")
    town.given(CloseSession()).when(result).then(MotionDisposed).and_again_nothing()
    town.when(DisposeOfMotion(number="1", result="不同的结果")).then_refused("DisposedOtherwise")
    left = township("announced", profile="national-township").given(motion(), decides("next_session"), CloseSession())
    left.when(DisposeOfMotion(number="1", result="已办")).then_refused("NotForAfterwards")


def test_a_term_of_the_bodys_own_runs_from_the_closing_and_is_missed_when_nobody_reports() -> None:
    rule = own_period("motion.disposed_within", months=3)
    town = township("announced", profile="national-township", own_rules=(rule,)).given(motion())
    town.when(decides("after_session", committee="议案审查委员会")).without_finding("LawSilent")
    town.given(CloseSession())
    (clock,) = [c for c in town.session.clocks.values() if c.id == "motion-disposed-1"]
    assert clock.last_day == date(2024, 4, 17)  # closed on 17 January
    miss = MissDeadline(clock="motion-disposed-1")
    town.on(date(2024, 4, 17), 23).when(miss).then_nothing()
    town.on(date(2024, 4, 18), 1).when(miss).then(DeadlineMissed)


# corrected ---------------------------------------------------------------------------------------------------------


def test_a_filing_struck_from_the_record_takes_the_motion_off_the_agenda() -> None:
    town = listed()
    town.when(Correct(version=town.version_of(MotionFiled), strike=True, why="重复登记")).then(Corrected)
    assert not town.session.motions and "motion-1" not in town.session.agenda
    assert not town.session.has("motion-filed:1")


def test_a_motion_that_turns_out_to_have_four_signatures_never_was_one() -> None:
    town = listed()
    four = list(ids(4, start=20))
    town.when(Correct(version=town.version_of(MotionFiled), changes={"deputies": four}, why="一人未签")).then(Corrected)
    assert not town.session.motions and "motion-1" not in town.session.agenda
    five = [*four, "d030"]
    town.when(Correct(version=town.version_of(MotionFiled), changes={"deputies": five}, why="补签")).then(Corrected)
    assert town.session.motions["1"].deputies == tuple(five) and "motion-1" in town.session.agenda


def test_a_decision_that_too_few_agreed_to_lists_nothing() -> None:
    town = listed(profile="zhejiang-township")
    wrong = Correct(version=town.version_of(MotionDecided), changes={"in_favour": 4}, why="误记")
    town.when(wrong).then(Corrected)
    assert "motion-1" not in town.session.agenda and not town.session.has("motion-decided:1")
