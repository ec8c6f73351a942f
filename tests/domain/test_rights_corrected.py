"""What deputies filed, voted on and asked, when the record of it is corrected afterwards or an act is sent twice."""

from typing import Any

import pytest

from domain.event import Event
from domain.motion.filing import FileMotion, MotionFiled
from domain.motion.listing import DecideOnMotion, MotionDecided
from domain.motion.withdrawal import WithdrawMotion, WithdrawSignature
from domain.session.business import Deliberate
from domain.session.closing import Announce
from domain.session.correction import Correct, Corrected
from domain.session.delegations import DelegationHeadElected, ElectDelegationHead
from domain.session.exercised import exercised
from domain.session.inquiry import InquiryRaised, RaiseInquiry
from domain.session.interpellation import FileInterpellation, InterpellationFiled
from domain.session.interpellation_answer import (
    AnswerInterpellation,
    DemandReanswer,
    InterpellationAnswered,
    ReanswerDemanded,
)
from domain.session.interpellation_decided import DecideOnInterpellation
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.roll import EndSeat, SuspendDeputy
from domain.session.sign_in import SignIn
from domain.session.sittings import CallSitting, CloseSitting, OpenSitting
from domain.submission import Command
from domain.vote.amendments import AmendmentFiled, FileAmendment
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.county import county

PARTS: dict[str, Any] = {"subject": "污水", "grounds": "居民反映", "proposal": "改造管网", "within_powers": True}
ASKED: dict[str, Any] = {"object": "court", "organ": "县人民法院", "question": "积案", "content": "为何未结"}
AMENDMENT = FileAmendment(number="1", item="gov", deputies=ids(10), text="增加一项")
INQUIRY = RaiseInquiry(number="1", item="gov", deputies=("d001",), organ="县人民政府", question="何时完工")


def motion(signed: int = 10, **more: Any) -> FileMotion:
    fields = {"number": "1", "motion_title": "关于改造管网的议案", "deputies": ids(signed), **PARTS, **more}
    return FileMotion.model_validate(fields)


def interpellation(signed: int = 10, **more: Any) -> FileInterpellation:
    return FileInterpellation.model_validate({"number": "1", "deputies": ids(signed), **ASKED, **more})


def meeting(point: str = "opened", **about: Any) -> Chamber:
    return county(point, **about).given(PresidiumMeets(meeting=1, present=31))


def listed() -> Chamber:
    return meeting("put forward").given(motion(), DecideOnMotion(number="1", outcome="listed"))


def voted() -> Chamber:
    house = listed().given(Deliberate(items=("motion-1",)), PresidiumDecides(matter="put-to-vote", items=("motion-1",)))
    return house.given(hands("motion-1", 232))


def answered(signed: int = 10) -> Chamber:
    house = meeting().given(interpellation(signed), DecideOnInterpellation(number="1", place="written"))
    return house.given(answer("今年内清结"))


def answer(text: str) -> AnswerInterpellation:
    return AnswerInterpellation(number="1", place="written", text=text)


def strikes(house: Chamber, event: type[Event]) -> Correct:
    return Correct(version=house.version_of(event), strike=True, why="误录")


def changes(house: Chamber, event: type[Event], **fields: Any) -> Correct:
    return Correct(version=house.version_of(event), changes=fields, why="误录")


# numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "event", "anew"),
    [
        (motion(), MotionFiled, {"motion_title": "另一议案"}),
        (AMENDMENT, AmendmentFiled, {"text": "另一内容"}),
        (INQUIRY, InquiryRaised, {"question": "另一问题"}),
        (interpellation(), InterpellationFiled, {"question": "另一问题"}),
    ],
)
def test_a_number_whose_filing_was_struck_is_not_used_for_anything_else(
    filed: Command, event: type[Event], anew: dict[str, str]
) -> None:
    house = county("opened").given(filed)
    house.given(strikes(house, event), by="secretariat")
    house.when(filed.model_copy(update=anew)).then_refused("NumberSpent", number="1")
    house.when(filed.model_copy(update={**anew, "number": "2"})).then(event, number="2")


def test_an_amendment_adopted_under_a_number_lends_its_vote_to_no_other_text() -> None:
    house = county("opened").given(AMENDMENT, hands("amendment-1", 232))
    house.given(strikes(house, AmendmentFiled), by="secretariat")
    house.when(AMENDMENT.model_copy(update={"text": "另一内容"})).then_refused("NumberSpent")


def test_whoever_has_no_motion_because_too_few_signed_gives_the_next_another_number() -> None:
    house = county("opened").given(motion())
    house.given(changes(house, MotionFiled, deputies=list(ids(9))), by="secretariat")
    house.when(motion(motion_title="另一议案")).then_refused("NumberSpent")


# what was voted on -------------------------------------------------------------------------------------------------


def test_the_text_of_an_amendment_is_corrected_before_its_vote_and_not_after() -> None:
    house = county("opened").given(AMENDMENT)
    house.when(changes(house, AmendmentFiled, text="增加两项"), by="secretariat").then(Corrected)
    house.given(hands("amendment-1", 232))
    for field, value in (("text", "增加三项"), ("item", "plan"), ("number", "2")):
        house.when(changes(house, AmendmentFiled, **{field: value}), by="secretariat").then_refused("FieldNotThere")
    assert house.session.amendments["1"].text == "增加两项"


def test_the_parts_of_a_motion_are_corrected_before_its_vote_and_not_after() -> None:
    house = listed()
    house.when(changes(house, MotionFiled, proposal="分期改造"), by="secretariat").then(Corrected)
    house = voted()
    for part in ("motion_title", "subject", "grounds", "proposal"):
        house.when(changes(house, MotionFiled, **{part: "另一内容"}), by="secretariat").then_refused("FieldNotThere")


@pytest.mark.parametrize("event", [MotionFiled, MotionDecided])
def test_after_the_announcement_only_the_presidium_corrects_what_led_to_the_vote(event: type[Event]) -> None:
    house = voted().given(Announce(items=("motion-1",)))
    house.when(strikes(house, event), by="secretariat").then_refused("AnnouncedAlready")
    house.given(PresidiumDecides(matter="correction"))
    house.when(strikes(house, event), by="secretariat").then(Corrected, decided_by_presidium=True)


def test_an_amendment_belongs_to_the_announcement_of_its_draft() -> None:
    house = meeting("put forward").given(AMENDMENT, hands("amendment-1", 232), hands("gov", 232))
    house.given(Announce(items=("gov",)))
    house.when(strikes(house, AmendmentFiled), by="secretariat").then_refused("AnnouncedAlready")


@pytest.mark.rule("OL22-22-3-withdraw")
def test_a_motion_that_was_voted_on_is_not_withdrawn_though_its_listing_was_struck() -> None:
    house = voted()
    house.given(strikes(house, MotionDecided), by="secretariat")
    house.when(WithdrawMotion(number="1"), by="secretariat").then_refused("VotedOnAlready", citing="OL22-22-3-withdraw")


@pytest.mark.rule("OL22-22-3-withdraw")
def test_once_a_motion_is_listed_the_secretariat_alone_does_not_withdraw_it() -> None:
    house = meeting().given(motion())
    house.given(DecideOnMotion(number="1", outcome="listed"))
    house.when(WithdrawMotion(number="1"), by="secretariat")
    house.then_refused("PresidiumMustConsent", citing="OL22-22-3-withdraw")
    house.given(WithdrawMotion(number="1"), by="presidium")
    meeting().given(motion()).given(WithdrawMotion(number="1"), by="secretariat")


# answers and demands -----------------------------------------------------------------------------------------------


def test_a_demand_struck_from_the_record_leaves_the_interpellation_answered() -> None:
    house = answered().given(DemandReanswer(number="1", dissatisfied=ids(5)), answer("再作说明"))
    house.given(strikes(house, ReanswerDemanded), by="secretariat")
    assert not house.session.interpellations["1"].unanswered
    house.when(DemandReanswer(number="1", dissatisfied=ids(6))).then(ReanswerDemanded)
    assert house.session.interpellations["1"].demanded
    house.when(answer("第三次说明")).then(InterpellationAnswered, again=True)
    assert not house.session.interpellations["1"].unanswered


def test_a_first_answer_struck_leaves_the_second_standing() -> None:
    house = answered()
    first = strikes(house, InterpellationAnswered)
    house.given(DemandReanswer(number="1", dissatisfied=ids(5)), answer("再作说明"))
    house.given(first, by="secretariat")
    assert not house.session.interpellations["1"].unanswered
    house.given(strikes(house, InterpellationAnswered), by="secretariat")
    assert house.session.interpellations["1"].demanded


@pytest.mark.rule("DL25-20-5")
def test_half_is_of_those_who_counted_when_they_signed() -> None:
    house = meeting()
    house.given(*(SuspendDeputy(deputy=d, ground="custody") for d in ("d011", "d012")))
    house.given(interpellation(12), DecideOnInterpellation(number="1", place="written"), answer("今年内清结"))
    house.when(DemandReanswer(number="1", dissatisfied=ids(4)))
    house.then_refused("TooFewDissatisfied", citing="DL25-20-5", found=4, needed=5, total=10)
    house.when(DemandReanswer(number="1", dissatisfied=(*ids(4), "d011"))).then_refused("TooFewDissatisfied", found=4)
    house.when(DemandReanswer(number="1", dissatisfied=ids(5))).then(ReanswerDemanded, needed=5, out_of=10)


@pytest.mark.rule("DL25-20-5")
def test_who_is_no_deputy_any_more_is_neither_of_the_half_nor_of_the_whole() -> None:
    house = answered(12).given(*(EndSeat(deputy=d, ground="moved_away") for d in ids(2)))
    few = DemandReanswer(number="1", dissatisfied=ids(6))
    house.when(few).then_refused("TooFewDissatisfied", citing="DL25-20-5", found=4, needed=5, total=10)
    house.when(DemandReanswer(number="1", dissatisfied=ids(7))).then(ReanswerDemanded, needed=5, out_of=10)


def test_a_demand_corrected_is_counted_as_it_was_when_it_was_made() -> None:
    house = answered(12).given(EndSeat(deputy="d001", ground="moved_away"), EndSeat(deputy="d002", ground="moved_away"))
    house.given(DemandReanswer(number="1", dissatisfied=ids(7)))
    house.given(changes(house, ReanswerDemanded, dissatisfied=list(ids(6))), by="secretariat")
    assert not house.session.interpellations["1"].unanswered  # four of ten who count: no demand was made
    house.given(changes(house, ReanswerDemanded, dissatisfied=list(ids(5, start=3))), by="secretariat")
    assert house.session.interpellations["1"].demanded


# votes on amendments -----------------------------------------------------------------------------------------------


def test_an_amendment_is_voted_on_in_plenary_and_at_no_preparatory_meeting() -> None:
    house = county("prep held").given(AMENDMENT)
    house.when(hands("amendment-1", 232), by="standing_committee").then_refused("StepMissing")
    house = county("constituted").given(AMENDMENT)
    house.on(house.opens, 8).given(SignIn(sitting="s1", present=232)).on(house.opens, 9).given(
        OpenSitting(sitting="s1")
    )
    house.when(hands("amendment-1", 232), by="standing_committee").then_refused("NotTheirAct")
    again = CallSitting(sitting="p2", kind="preparatory", sitting_title="再次", planned=house.now)
    house.given(CloseSitting()).when(again).then_refused("PreparationsAreOver")
    county("opened").given(AMENDMENT).when(hands("amendment-1", 232)).then(VoteCounted, adopted=True)


def test_an_amendment_waits_for_its_vote_until_its_draft_was_voted_on() -> None:
    house = meeting("put forward").given(AMENDMENT)
    assert [one.due for one in exercised(house.session, "amendment-voted")] == [True]
    house.given(hands("gov", 232))  # with a warning: it comes first only by our reading
    assert not exercised(house.session, "amendment-voted")


def test_a_draft_voted_down_may_be_amended_and_put_to_the_vote_again() -> None:
    house = meeting("put forward").given(hands("gov", 100))
    house.when(AMENDMENT).then(AmendmentFiled)
    house.given(hands("amendment-1", 232), PresidiumDecides(matter="put-to-vote", items=("gov",)))
    house.when(hands("gov", 232)).then(VoteCounted, adopted=True, amended_by=("1",))
    house.when(AMENDMENT.model_copy(update={"number": "2"})).then_refused("DraftVotedOn")
    assert house.refusal is not None and house.refusal.basis == ()  # which comes first is a reading: it refuses nothing


# asked twice -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("filed", [motion(12), AMENDMENT, INQUIRY, interpellation(12)])
def test_what_is_on_file_stays_so_when_a_signatory_has_left_since(filed: Command) -> None:
    gone = county("opened").given(filed, EndSeat(deputy="d001", ground="died"))
    gone.when(filed).then_nothing()
    suspended = county("opened").given(filed, SuspendDeputy(deputy="d001", ground="custody"))
    suspended.when(filed).then_nothing()


def test_a_signature_taken_back_before_is_passed_over_when_another_is_taken_back_with_it() -> None:
    house = county("opened").given(motion(12), WithdrawSignature(number="1", deputies=("d012",)))
    house.given(WithdrawSignature(number="1", deputies=("d012", "d011")))
    assert house.session.motions["1"].deputies == ids(10)


def test_the_head_of_a_delegation_is_corrected_only_to_somebody_on_the_roll() -> None:
    house = county("prepared").given(ElectDelegationHead(group="east", head="d001", deputy_heads=("d002",)))
    for field, value in (("head", "x001"), ("deputy_heads", ["x001"])):
        house.when(changes(house, DelegationHeadElected, **{field: value}), by="secretariat")
        house.then_refused("FieldNotThere")
    house.when(changes(house, DelegationHeadElected, head="d003"), by="secretariat").then(Corrected)
