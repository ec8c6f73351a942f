"""The session of the National People's Congress: convened by its Standing Committee, led by the presidium, by two thirds and by key-pad."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.motion.constitution import ConstitutionProposed, ProposeConstitution
from domain.motion.filing import FileMotion, MotionFiled
from domain.motion.listing import DecideOnMotion, MotionDecided
from domain.motion.withdrawal import MotionWithdrawnByProposers, WithdrawMotion
from domain.session.business import CommitteeReports, Deliberate, HearReport
from domain.session.dates import AnswerPetition, DateDecided, DecideDate, Petition, PublishDate
from domain.session.delegations import DelegationsFormed, FormDelegations
from domain.session.delegations_vote import DelegationVote
from domain.session.interpellation import FileInterpellation, InterpellationFiled
from domain.session.interpellation_answer import AnswerInterpellation, DemandReanswer, ReanswerDemanded
from domain.session.interpellation_decided import DecideOnInterpellation, InterpellationDecided
from domain.session.moving import DateMoved, MoveDate
from domain.session.notice import GiveNotice, NoticeGiven
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.session.roll import ConfirmCredentials
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting, SittingOpened
from domain.session.suggestions import AssignSuggestions
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import BUDGET, Chamber, hands, ids
from tests.domain.national import AMENDMENT, MARCH, REORGANISE, keypad, national

NPCSC, COUNCIL = "standing_committee", "council_of_chairpersons"


# before the session ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("NOL21-8-2-convener", "NRP21-2-1")
def test_the_standing_committee_convenes_and_dates_the_session_and_nobody_else_does() -> None:
    house = national("registered").on(MARCH - timedelta(days=60))
    dates = DecideDate(opens=MARCH, closes=MARCH)
    house.when(dates, by="presidium").then_refused("NotTheirAct", ("NOL21-8-2-convener", "NRP21-2-1"))
    house.when(PublishDate()).then_refused("StepMissing", "NRP21-2-1")
    house.when(dates, by=NPCSC).then(DateDecided).and_again_nothing()


@pytest.mark.rule("NRP21-2-2", "NRP21-2-2-mandate")
def test_the_standing_committee_moves_it_and_the_council_of_chairpersons_only_when_authorised() -> None:
    later = MARCH + timedelta(days=78)  # as in 2020, from 5 March to 22 May
    house = national("prepared")
    move: dict[str, Any] = {"opens": later, "closes": later + timedelta(days=7), "why": "疫情防控"}
    house.when(MoveDate(**move), by=COUNCIL).then_refused("MandateMissing", "NRP21-2-2-mandate")
    house.when(MoveDate(**move), by=NPCSC).then(DateMoved).citing("NRP21-2-2").and_again_nothing()


@pytest.mark.rule("NRP21-6-notice")
@pytest.mark.parametrize(("day", "in_time"), [(date(2026, 2, 5), True), (date(2026, 2, 6), False)])
def test_notice_is_given_a_month_before_and_not_a_day_less(day: date, *, in_time: bool) -> None:
    house = national("registered").on(MARCH - timedelta(days=60))
    house.given(DecideDate(opens=MARCH, closes=MARCH), PublishDate()).on(day).when(GiveNotice())
    if in_time:
        house.then(NoticeGiven).citing("NRP21-6-notice")
    else:
        house.then_refused("NoticeTooLate", "NRP21-6-notice", latest="2026-02-05", needed=28)


@pytest.mark.rule("NOL21-8-2-petition")
@pytest.mark.parametrize(("signed", "enough"), [(24, True), (23, False)])
def test_a_fifth_of_the_deputies_may_ask_for_an_extraordinary_session(signed: int, *, enough: bool) -> None:
    house = national("registered", kind="extraordinary").on(MARCH - timedelta(days=60))
    house.when(Petition(signatories=ids(signed)))
    if enough:
        house.citing("NOL21-8-2-petition").given(AnswerPetition(convene=True, why="同意"))
    else:
        house.then_refused("TooFewSignatories", "NOL21-8-2-petition", found=23, needed=24)


@pytest.mark.rule("NOL21-9-2")
def test_a_terms_first_session_does_not_meet_before_the_list_of_deputies_is_published() -> None:
    house = national("registered", kind="first", elections_completed=MARCH - timedelta(days=30))
    house.when(ConfirmCredentials(valid=119)).then_refused("CredentialsDoNotMatchRoll", "NOL21-9-2", found=119)
    house.given(DecideDate(opens=MARCH, closes=MARCH), PublishDate(), GiveNotice())
    house.on(MARCH - timedelta(days=1), 15).given(SignIn(sitting="prep", present=120))
    house.when(OpenSitting(sitting="prep")).then_refused("StepMissing", "NOL21-9-2")


@pytest.mark.rule("NOL21-10-1")
def test_deputies_form_delegations_before_they_deliberate() -> None:
    house = national("registered").on(MARCH - timedelta(days=40))
    house.when(FormDelegations()).then(DelegationsFormed, without=0).citing("NOL21-10-1").and_again_nothing()
    national("registered", groups=()).when(FormDelegations()).then_refused("NoDelegations", "NOL21-10-1")


# it constitutes itself ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("NRP21-8-2-chair")
def test_the_standing_committee_chairs_the_preparatory_meeting() -> None:
    house = national("prep signed in")
    house.when(OpenSitting(sitting="prep"), by="presidium").then_refused("NotTheirAct", "NRP21-8-2-chair")
    house.when(OpenSitting(sitting="prep"), by=NPCSC).then(SittingOpened)


@pytest.mark.rule("NOL21-11-1-presidium", "NOL21-11-1-secretary", "NOL21-11-1-agenda")
@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ("presidium", "NOL21-11-1-presidium"),
        ("secretary-general", "NOL21-11-1-secretary"),
        ("agenda", "NOL21-11-1-agenda"),
    ],
)
def test_the_session_does_not_open_without_presidium_secretary_general_and_agenda(left_out: str, rule: str) -> None:
    house = national("prep held")
    votes = {
        "presidium": keypad("presidium", 120, persons=house.roll[:19]),
        "secretary-general": keypad("secretary-general", 120, persons=house.roll[:1]),
        "agenda": keypad("agenda", 120),
    }
    house.given(*(vote for subject, vote in votes.items() if subject != left_out), CloseSitting())
    house.on(MARCH, 8).given(SignIn(sitting="s1", present=120)).on(MARCH, 9)
    house.when(OpenSitting(sitting="s1")).then_refused("StepMissing", rule)


@pytest.mark.rule("NOL21-11-1")
def test_there_is_no_plenary_without_a_preparatory_meeting() -> None:
    house = national("prepared").on(MARCH, 8).given(SignIn(sitting="s1", present=120))
    house.when(OpenSitting(sitting="s1")).then_refused("StepMissing", "NOL21-11-1")


@pytest.mark.rule("NRP21-4", "I-npc-quorum-each-sitting")
@pytest.mark.parametrize(("deputies", "present", "opens"), [(2977, 1985, True), (2977, 1984, False)])
def test_of_2977_deputies_1985_may_open_the_session_and_1984_may_not(
    deputies: int, present: int, *, opens: bool
) -> None:
    house = national("constituted", deputies=deputies).on(MARCH, 8).given(SignIn(sitting="s1", present=present))
    house.on(MARCH, 9).when(OpenSitting(sitting="s1"))
    if opens:
        house.then(SittingOpened, deputies_present=1985)
        house.given(CloseSitting()).on(house.closes, 8).given(SignIn(sitting="s2", present=1984))
        house.on(house.closes, 9).when(OpenSitting(sitting="s2"))
        house.then_refused("QuorumNotMet", "I-npc-quorum-each-sitting", found=1984, needed=1985)
    else:
        house.then_refused("QuorumNotMet", "NRP21-4", found=1984, needed=1985)


@pytest.mark.rule("NOL21-12-1")
def test_the_presidium_presides_over_the_plenaries_and_not_the_standing_committee() -> None:
    national("signed in").when(OpenSitting(sitting="s1"), by=NPCSC).then_refused("NotTheirAct", "NOL21-12-1")


@pytest.mark.rule("NRP21-9-2")
@pytest.mark.parametrize(("agreed", "carried"), [(10, True), (9, False)])
def test_of_a_presidium_of_19_ten_decide_and_nine_do_not(agreed: int, *, carried: bool) -> None:
    house = national().given(PresidiumMeets(meeting=1, present=19))
    house.when(PresidiumDecides(matter="timetable", in_favour=agreed)).then(PresidiumDecided).citing("NRP21-9-2")
    assert house.session.has("decided:timetable") is carried


# votes -------------------------------------------------------------------------------------------------------------------


def ready(item: str = "reform", **about: Any) -> Chamber:
    """The item deliberated in all delegations and put forward by the presidium."""
    house = national(**about)
    house.given(*(Deliberate(items=(item,), group=g) for g in ("north", "east", "south", "west")))
    size = len(house.session.presidium)
    return house.given(PresidiumMeets(meeting=2, present=size), PresidiumDecides(matter="put-to-vote", items=(item,)))


@pytest.mark.rule("NOL21-14-vote")
def test_nothing_is_voted_on_before_the_presidium_puts_it_forward() -> None:
    national().when(keypad("reform", 120)).then_refused("StepMissing", "NOL21-14-vote")


@pytest.mark.rule("NRP21-59-majority", "NRP21-59-options")
@pytest.mark.parametrize(("in_favour", "adopted"), [(1494, True), (1493, False)])
def test_of_2986_deputies_1494_adopt_a_decision_and_1493_do_not(in_favour: int, *, adopted: bool) -> None:
    """As on 14 March 2013, when 2963 were present: 2875, 56 and 26, and six did not press."""
    house = ready(deputies=2986, present=2963)
    house.when(keypad("reform", in_favour, 56, 26)).then(VoteCounted, needed=1494, adopted=adopted)
    house.citing("NRP21-59-majority", "NRP21-59-options")


@pytest.mark.rule("NRP21-60-methods")
def test_motions_are_voted_on_by_key_pad_and_by_hand_only_when_the_device_has_failed() -> None:
    house = ready()
    house.when(hands("reform", 118)).then_refused("MethodNotAllowed", "NRP21-60-methods", method="show_of_hands")
    house.when(keypad("reform", 118)).then(VoteCounted, adopted=True)


@pytest.mark.rule("NRP21-35-2-budget")
def test_the_budget_is_not_voted_on_before_the_special_committee_reported_on_it() -> None:
    house = national(agenda=(BUDGET,)).given(HearReport(item="budget"))
    house.given(*(Deliberate(items=("budget",), group=g) for g in ("north", "east", "south", "west")))
    house.given(PresidiumMeets(meeting=2, present=19), PresidiumDecides(matter="put-to-vote", items=("budget",)))
    house.when(keypad("budget", 120)).then_refused("StepMissing", "NRP21-35-2-budget")
    house.given(CommitteeReports(items=("budget",))).when(keypad("budget", 120)).then(VoteCounted, adopted=True)


# the constitution --------------------------------------------------------------------------------------------------------


def amending(deputies: int = 120, present: int | None = None) -> Chamber:
    house = ready("amendment", deputies=deputies, present=present, agenda=(AMENDMENT,))
    return house.given(ProposeConstitution(item="amendment"))


def ballot(in_favour: int, against: int, abstained: int, void: int) -> PutToVote:
    figures = {"in_favour": in_favour, "against": against, "abstained": abstained, "void": void}
    return PutToVote(subject="amendment", method="ballot", **figures)


@pytest.mark.rule("NRP21-59-constitution", "NRP21-60-constitution")
@pytest.mark.parametrize(
    ("figures", "adopted"), [((2958, 2, 3, 1), True), ((1987, 973, 3, 1), True), ((1986, 974, 3, 1), False)]
)
def test_the_constitution_is_amended_by_1987_of_2980_in_a_secret_ballot_and_a_void_ballot_is_none_of_the_three(
    figures: tuple[int, int, int, int], *, adopted: bool
) -> None:
    """11 March 2018: 2964 present, 2958 in favour, 2 against, 3 abstained, 1 void; run as of 2026."""
    house = amending(2980, 2964)
    house.when(keypad("amendment", 2964)).then_refused("MethodNotAllowed", "NRP21-60-constitution")
    house.when(ballot(*figures)).then(VoteCounted, needed=1987, adopted=adopted)
    house.citing("NRP21-59-constitution", "NRP21-60-constitution")
    assert house.session.votes["amendment"].count.void == 1


@pytest.mark.rule("CONST18-64-joint", "CONST18-64-by")
@pytest.mark.parametrize(("signed", "enough"), [(24, True), (23, False)])
def test_a_fifth_of_the_deputies_may_propose_to_amend_the_constitution(signed: int, *, enough: bool) -> None:
    house = national("prepared", agenda=(AMENDMENT,))
    house.when(ProposeConstitution(item="amendment", proposer="deputies", deputies=ids(signed)), by="deputy")
    if enough:
        house.then(ConstitutionProposed, needed=24).citing("CONST18-64-by", "CONST18-64-joint").and_again_nothing()
        house.when(ProposeConstitution(item="amendment")).then_refused("ProposedOtherwise")
    else:
        house.then_refused("TooFewToAmend", "CONST18-64-joint", found=23, needed=24)


@pytest.mark.rule("CONST18-64-by")
def test_no_amendment_is_voted_on_that_nobody_entitled_has_proposed() -> None:
    house = ready("amendment", agenda=(AMENDMENT,))
    house.when(ballot(120, 0, 0, 0)).then_refused("StepMissing", "CONST18-64-by")
    house.when(ProposeConstitution(item="amendment"), by="secretariat").then(ConstitutionProposed, needed=0)
    house.when(ballot(80, 40, 0, 0)).then(VoteCounted, adopted=True)


def test_an_ordinary_item_is_no_amendment_of_the_constitution() -> None:
    national().when(ProposeConstitution(item="reform")).then_refused("NotTheConstitution", "CONST18-64-by")


# motions and interpellations ---------------------------------------------------------------------------------------------

WHOLE = {
    "motion_title": "修改法律的议案",
    "subject": "修法",
    "grounds": "实践需要",
    "proposal": "修改第三条",
    "within_powers": True,
}
ASKED = {"object": "department", "organ": "水利部", "question": "进展", "content": "为何延期"}


@pytest.mark.rule("NOL21-17", "NRP21-23-2-listed")
@pytest.mark.parametrize(("signed", "enough"), [(30, True), (29, False)])
def test_thirty_deputies_bring_a_motion_and_29_do_not(signed: int, *, enough: bool) -> None:
    house = national("prepared").when(FileMotion(number="1", deputies=ids(signed), **WHOLE))
    if not enough:
        house.then_refused("TooFewForMotion", "NOL21-17", found=29, needed=30)
        return
    house.then(MotionFiled, needed=30)
    house = national().given(FileMotion(number="1", deputies=ids(30), **WHOLE), PresidiumMeets(meeting=1, present=19))
    house.when(DecideOnMotion(number="1", outcome="listed")).then(MotionDecided).citing("NRP21-23-2-listed")


@pytest.mark.rule("NRP21-12-2")
@pytest.mark.parametrize(("agreed", "its_own"), [(16, True), (15, False)])
def test_a_delegation_of_30_brings_a_motion_by_16_and_not_by_half(agreed: int, *, its_own: bool) -> None:
    vote = DelegationVote(group="north", in_favour=agreed)
    house = national().when(FileMotion(number="1", proposer="delegation", delegation=vote, **WHOLE), by="group")
    if its_own:
        house.then(MotionFiled, needed=0).citing("NOL21-17-delegation", "NRP21-12-2").and_again_nothing()
    else:
        house.then_refused("NotTheDelegations", "NRP21-12-2", total=30, found=15, needed=16)


@pytest.mark.rule("NOL21-16")
def test_a_local_organ_brings_no_motion_and_the_supreme_court_may() -> None:
    house = national()
    house.when(FileMotion(number="1", proposer="court", **WHOLE), by="secretariat").then(MotionFiled)
    house.citing("NOL21-16")
    local = national(agenda=(REORGANISE,), profile="npc-national")
    vote = DelegationVote(group="nowhere", in_favour=3)
    local.when(FileMotion(number="2", proposer="delegation", delegation=vote, **WHOLE), by="group")
    local.then_refused("UnknownGroup")


@pytest.mark.rule("NRP21-29")
def test_a_motion_on_the_agenda_is_withdrawn_with_the_presidiums_consent() -> None:
    house = national().given(FileMotion(number="1", deputies=ids(30), **WHOLE), PresidiumMeets(meeting=1, present=19))
    house.given(DecideOnMotion(number="1", outcome="listed"))
    house.when(WithdrawMotion(number="1"), by="secretariat").then_refused("PresidiumMustConsent", "NRP21-29")
    house.when(WithdrawMotion(number="1"), by="presidium").then(MotionWithdrawnByProposers, listed=True)


@pytest.mark.rule("NOL21-21", "NOL21-21-object", "NRP21-49")
def test_thirty_deputies_or_one_delegation_interpellate_the_state_councils_departments() -> None:
    house = national()
    house.when(FileInterpellation(number="1", deputies=ids(29), **ASKED))
    house.then_refused("TooFewForInterpellation", "NOL21-21", found=29, needed=30)
    house.when(FileInterpellation(number="1", deputies=ids(30), **{**ASKED, "object": "other"}))
    house.then_refused("WrongObject", "NOL21-21-object")
    house.when(FileInterpellation(number="1", deputies=ids(30), **{**ASKED, "question": ""}))
    house.then_refused("InterpellationLacksParts", "NRP21-49")
    house.when(FileInterpellation(number="1", deputies=ids(30), **ASKED)).then(InterpellationFiled, needed=30)
    vote = DelegationVote(group="east", in_favour=16)
    house.when(FileInterpellation(number="2", delegation=vote, **ASKED), by="group")
    house.then(InterpellationFiled, needed=0).citing("NOL21-21-delegation", "NRP21-12-2").and_again_nothing()


@pytest.mark.rule("NRP21-50-1", "NRP21-50-1-head", "NRP21-50-2", "DL25-20-5")
def test_it_is_answered_by_the_head_and_not_in_plenary_and_once_more_only_if_the_presidium_decides() -> None:
    house = national().given(PresidiumMeets(meeting=1, present=19))
    house.given(FileInterpellation(number="1", deputies=ids(30), **ASKED))
    house.when(DecideOnInterpellation(number="1", place="plenary")).then_refused("FormNotAllowed", "NRP21-50-1")
    house.when(DecideOnInterpellation(number="1", place="delegation")).then(InterpellationDecided)
    answer: dict[str, Any] = {"number": "1", "place": "delegation", "text": "已恢复"}
    house.when(AnswerInterpellation(**answer, answerer="deputy_head")).then_refused("HeadMustAnswer", "NRP21-50-1-head")
    house.given(AnswerInterpellation(**answer))
    house.when(DemandReanswer(number="1", dissatisfied=ids(14))).then_refused("TooFewDissatisfied", found=14, needed=15)
    house.when(DemandReanswer(number="1", dissatisfied=ids(15), in_favour=9)).then(ReanswerDemanded).citing(
        "NRP21-50-2"
    )
    assert not house.session.interpellations["1"].demanded
    house.when(DemandReanswer(number="1", dissatisfied=ids(15), in_favour=10)).then(ReanswerDemanded)
    assert house.session.interpellations["1"].demanded


@pytest.mark.rule("NRP21-50-2", "NRP21-12-2")
def test_a_delegation_that_asked_demands_another_answer_by_its_own_majority() -> None:
    house = national().given(PresidiumMeets(meeting=1, present=19))
    asked = DelegationVote(group="east", in_favour=20)
    house.given(
        FileInterpellation(number="2", delegation=asked, **ASKED), DecideOnInterpellation(number="2", place="written")
    )
    house.given(AnswerInterpellation(number="2", place="written", text="书面"))
    house.when(DemandReanswer(number="2", dissatisfied=ids(15))).then_refused("AskedByOther")
    short, enough = DelegationVote(group="east", in_favour=15), DelegationVote(group="east", in_favour=16)
    house.when(DemandReanswer(number="2", delegation=short)).then_refused("NotTheDelegations", "NRP21-12-2", needed=16)
    house.when(DemandReanswer(number="2", delegation=enough)).then(ReanswerDemanded)
    assert house.session.interpellations["2"].demanded


@pytest.mark.rule("NRP21-32-assigned")
def test_suggestions_are_handed_out_by_the_standing_committees_office() -> None:
    house = national()
    assign = AssignSuggestions(assignments=({"number": "s1", "unit": "水利部"},))
    house.when(assign, by="presidium").then_refused("NotTheirAct", "NRP21-32-assigned")
