"""Removal (罢免): who may move it, how many sign, whom it may be about, the right to answer, and the vote."""

from datetime import date
from typing import Any

import pytest

from domain.session.closing import CloseSession
from domain.session.roll import SuspendDeputy
from domain.tenure.approval import ApprovalRecorded, RecordApproval
from domain.tenure.congress_vote import SecondCount
from domain.tenure.removal import ProposeRemoval, RemovalProposed
from domain.tenure.removal_answered import BringRemoval, DefenceOffered, OfferDefence, RemovalBrought
from domain.tenure.removal_in_recess import (
    DecideRemovalInRecess,
    ProposeRemovalInRecess,
    RecessRemovalDecided,
    RecessRemovalProposed,
)
from domain.tenure.removal_vote import InvestigateRemoval, RemovalInvestigated, RemovalVoted, VoteOnRemoval
from tests.domain.chamber import Chamber, ids, township
from tests.domain.county import county
from tests.domain.tenure import OUTSIDER, PEOPLE


def removal(
    post: str = "government-head", holder: str = "d005", signed: int | None = None, **more: Any
) -> ProposeRemoval:
    given: dict[str, Any] = {"number": "1", "holder": holder, "post": post, "reasons": "失职渎职"}
    if signed is not None:
        given["deputies"] = ids(signed, 40)
    return ProposeRemoval(**{**given, **more})


def by_presidium(post: str = "government-head", **more: Any) -> ProposeRemoval:
    return removal(post, proposer="presidium", **more)


def ballot(in_favour: int, against: int = 0, **more: Any) -> VoteOnRemoval:
    return VoteOnRemoval(number="1", in_favour=in_favour, against=against, abstained=0, **more)


def house(deputies: int = 241, **about: Any) -> Chamber:
    return county("opened", deputies, people=PEOPLE, **about)


def town(deputies: int = 61, **about: Any) -> Chamber:
    return township("presidium elected", deputies, people=PEOPLE, **about)


def ready(here: Chamber, moved: ProposeRemoval | None = None) -> Chamber:
    """A removal brought before the congress, the person having answered in plenary."""
    return here.given(moved or by_presidium(), BringRemoval(number="1"), OfferDefence(number="1", ways=("plenary",)))


# who moves it ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-31-1-removal-joint")
def test_of_241_deputies_25_may_move_a_removal_and_24_may_not() -> None:
    house().when(removal(signed=24)).then_refused("TooFewForRemoval", "OL22-31-1-removal-joint", found=24, needed=25)
    house().when(removal(signed=25)).then(RemovalProposed, needed=25).and_again_nothing()


@pytest.mark.rule("OL22-31-2-removal-joint-township")
def test_of_61_deputies_of_a_township_13_may_move_a_removal_and_12_may_not() -> None:
    short = town(profile="national-township").when(removal("township-head", signed=12))
    short.then_refused("TooFewForRemoval", "OL22-31-2-removal-joint-township", found=12, needed=13)
    town().when(removal("township-head", signed=13)).then(RemovalProposed, needed=13)


@pytest.mark.rule("CQT16-27-joint", "CQT16-27-by", "CQT16-27-of", "CQT16-27-reasons")
def test_in_a_chongqing_township_it_is_a_fifth_as_well() -> None:
    here = town(profile="chongqing-township").when(removal("township-chair", signed=12))
    here.then_refused("TooFewForRemoval", "CQT16-27-joint", needed=13)
    here.when(removal("township-chair", signed=13)).then(RemovalProposed).citing("CQT16-27-by", "CQT16-27-of")
    here.when(removal("township-chair", signed=13, number="2", reasons=" ")).then_refused(
        "RemovalWithoutReasons", "CQT16-27-reasons"
    )


@pytest.mark.rule("OL15-26-1-removal-joint", "OL15-26-2-removal-joint-township")
def test_under_the_law_of_2015_the_shares_were_the_same() -> None:
    here = house(opens=date(2022, 1, 12)).when(removal(signed=24))
    here.then_refused("TooFewForRemoval", "OL15-26-1-removal-joint", needed=25)
    here = town(opens=date(2022, 1, 12), profile="national-township").when(removal("township-head", signed=12))
    here.then_refused("TooFewForRemoval", "OL15-26-2-removal-joint-township", needed=13)


def test_one_who_is_suspended_does_not_count_among_those_who_sign() -> None:
    here = house().given(SuspendDeputy(deputy="d040", ground="custody"), by="standing_committee")
    here.when(removal(signed=25)).then_refused("TooFewForRemoval", signed=25, found=24)
    here.when(removal(signed=26)).then(RemovalProposed, not_counted=("d040",)).with_finding("SignatureNotCounted")


@pytest.mark.rule("OL22-31-1-removal-by", "OL15-26-1-removal-by")
@pytest.mark.parametrize("opens", [date(2022, 1, 12), date(2026, 1, 14)])
def test_a_county_standing_committee_may_move_to_remove_the_county_head(opens: date) -> None:
    house(opens=opens).when(removal(proposer="standing_committee")).then(RemovalProposed, needed=0)


@pytest.mark.rule("EL20-51-1-by", "EL15-50-1-by")
@pytest.mark.parametrize(("opens", "rule"), [(date(2020, 1, 8), "EL15-50-1-by"), (date(2026, 1, 14), "EL20-51-1-by")])
def test_but_not_to_remove_a_deputy_of_the_city_congress(opens: date, rule: str) -> None:
    here = house(opens=opens)
    here.when(removal("higher-deputy", proposer="standing_committee")).then_refused("MayNotProposeRemoval", rule)
    here.when(by_presidium("higher-deputy")).then(RemovalProposed)


@pytest.mark.rule("OL22-31-2-removal-by-township", "OL15-26-2-removal-by-township")
@pytest.mark.parametrize(
    ("opens", "rule"),
    [(date(2022, 1, 12), "OL15-26-2-removal-by-township"), (date(2024, 1, 17), "OL22-31-2-removal-by-township")],
)
def test_in_a_township_presidium_and_deputies_move_removals_and_no_standing_committee(opens: date, rule: str) -> None:
    here = town(opens=opens, profile="national-township")
    here.when(removal("township-head", proposer="standing_committee")).then_refused("MayNotProposeRemoval", rule)
    here.when(by_presidium("township-head")).then(RemovalProposed).citing(rule)


@pytest.mark.rule("EL20-51-1-joint", "EL15-50-1-joint", "EL20-51-1-reasons", "EL15-50-1-reasons")
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-50"), (date(2026, 1, 14), "EL20-51")])
def test_a_deputy_of_the_congress_above_is_removed_on_the_motion_of_a_tenth_with_reasons(opens: date, law: str) -> None:
    here = house(opens=opens)
    here.when(removal("higher-deputy", signed=24)).then_refused("TooFewForRemoval", f"{law}-1-joint", needed=25)
    here.when(removal("higher-deputy", signed=25, reasons="")).then_refused("RemovalWithoutReasons", f"{law}-1-reasons")
    here.when(removal("higher-deputy", signed=25)).then(RemovalProposed)


def test_nobody_moves_a_removal_in_the_name_of_another() -> None:
    house().when(by_presidium(), by="standing_committee").then_refused("NotTheirRemoval")
    house().when(by_presidium(), by="presidium").then(RemovalProposed)


# whom it is about -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-31-1-removal-of", "OL15-26-1-removal-of")
@pytest.mark.parametrize("opens", [date(2022, 1, 12), date(2026, 1, 14)])
@pytest.mark.parametrize(
    "post", ["sc-chair", "sc-member", "government-head", "department-head", "court-president", "chief-procurator"]
)
def test_a_county_removes_its_committee_its_government_and_the_heads_of_court_and_procuratorate(
    post: str, opens: date
) -> None:
    house(opens=opens).when(by_presidium(post)).then(RemovalProposed)


@pytest.mark.rule("OL22-31-1-removal-of")
@pytest.mark.parametrize("post", ["court-vice-president", "judge", "deputy-procurator", "special-committee-member"])
def test_whom_the_standing_committee_appointed_to_court_and_procuratorate_the_congress_does_not_remove(
    post: str,
) -> None:
    house().when(by_presidium(post)).then_refused("NotRemovable", "OL22-31-1-removal-of")


@pytest.mark.rule("CONST18-101-2-removal")
def test_before_2022_the_director_of_supervision_was_removed_by_the_constitution_alone() -> None:
    here = house(opens=date(2022, 1, 12)).when(by_presidium("supervisory-director")).then(RemovalProposed)
    here.citing("CONST18-101-2-removal")
    house().when(by_presidium("supervisory-director")).then(RemovalProposed).citing("OL22-31-1-removal-of")


@pytest.mark.rule("OL22-31-2-removal-of-township", "OL15-26-2-removal-of-township")
@pytest.mark.parametrize(
    ("opens", "rule"),
    [(date(2022, 1, 12), "OL15-26-2-removal-of-township"), (date(2024, 1, 17), "OL22-31-2-removal-of-township")],
)
def test_a_township_removes_chair_vice_chairs_head_and_deputy_heads_and_not_its_presidium(
    opens: date, rule: str
) -> None:
    here = town(opens=opens, profile="national-township")
    for number, post in enumerate(("township-chair", "township-vice-chair", "township-head", "township-deputy-head")):
        here.when(by_presidium(post, number=str(number))).then(RemovalProposed).citing(rule)
    here.when(by_presidium("presidium-member", number="9")).then_refused("NotRemovable", rule)
    here.when(by_presidium("government-head", number="9")).then_refused("NoSuchPostHere")


@pytest.mark.rule(
    "EL20-50-1-recall-county", "EL20-50-1-recall-township", "EL15-49-1-recall-county", "EL15-49-1-recall-township"
)
@pytest.mark.parametrize(
    ("level", "opens", "rule", "voters"),
    [
        ("county", date(2026, 1, 14), "EL20-50-1-recall-county", 50),
        ("county", date(2020, 1, 8), "EL15-49-1-recall-county", 50),
        ("township", date(2024, 1, 17), "EL20-50-1-recall-township", 30),
        ("township", date(2020, 1, 8), "EL15-49-1-recall-township", 30),
    ],
)
def test_a_deputy_of_this_congress_is_recalled_by_the_voters_and_not_removed_by_it(
    level: str, opens: date, rule: str, voters: int
) -> None:
    here = house(opens=opens) if level == "county" else town(opens=opens, profile="national-township")
    here.when(by_presidium("deputy")).then_refused("RecalledByVoters", rule, needed=voters)


@pytest.mark.rule("OL22-31-3-reasons", "OL15-26-3-reasons")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2022, 1, 12), "OL15-26-3-reasons"), (date(2026, 1, 14), "OL22-31-3-reasons")]
)
def test_a_removal_states_its_reasons(opens: date, rule: str) -> None:
    house(opens=opens).when(by_presidium(reasons="")).then_refused("RemovalWithoutReasons", rule)


def test_a_removal_is_for_the_session_and_not_for_the_days_before() -> None:
    county("prepared", people=PEOPLE).when(by_presidium()).then_refused("WrongStage")


def test_the_number_of_a_removal_is_given_once() -> None:
    house().given(by_presidium()).when(by_presidium("court-president")).then_refused("RemovalExists")


# the right to answer ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-31-4-defence", "OL15-26-4-defence")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2022, 1, 12), "OL15-26-4-defence"), (date(2026, 1, 14), "OL22-31-4-defence")]
)
def test_nobody_is_removed_who_could_not_answer_and_who_does_not_want_to_need_not(opens: date, rule: str) -> None:
    here = house(opens=opens).given(by_presidium(), BringRemoval(number="1"))
    here.when(ballot(241)).then_refused("DefenceNotOffered", rule)
    here.when(OfferDefence(number="1")).then(DefenceOffered, ways=()).and_again_nothing()
    here.when(ballot(241)).then(RemovalVoted, adopted=True)


@pytest.mark.rule("OL22-31-4-defence-printed", "OL15-26-4-defence-printed")
@pytest.mark.parametrize("way", ["presidium_meeting", "written"])
@pytest.mark.parametrize(
    ("opens", "rule"),
    [(date(2022, 1, 12), "OL15-26-4-defence-printed"), (date(2026, 1, 14), "OL22-31-4-defence-printed")],
)
def test_an_answer_given_to_the_presidium_or_in_writing_is_printed_before_the_vote(
    opens: date, rule: str, way: str
) -> None:
    here = house(opens=opens).given(by_presidium(), BringRemoval(number="1"))
    here.when(OfferDefence(number="1", ways=(way,))).with_finding("DefenceNotPrinted", rule)
    here.when(ballot(241)).then_refused("DefenceUnprinted", rule)
    here.when(OfferDefence(number="1", ways=(way,), printed=True)).without_finding("DefenceNotPrinted")
    here.when(ballot(241)).then(RemovalVoted)


@pytest.mark.rule("CQT16-27-defence", "CQT16-27-printed", "CQT16-27-brought", "CQT16-17-removal")
def test_in_a_chongqing_township_it_is_the_same() -> None:
    here = town(profile="chongqing-township").given(by_presidium("township-head"))
    here.when(ballot(61)).then_refused("RemovalNotBrought", "CQT16-27-brought")
    here.given(BringRemoval(number="1")).when(ballot(61)).then_refused("DefenceNotOffered", "CQT16-27-defence")
    here.given(OfferDefence(number="1", ways=("written",))).when(ballot(61)).then_refused(
        "DefenceUnprinted", "CQT16-27-printed"
    )
    here.given(OfferDefence(number="1", ways=("written",), printed=True))
    here.when(ballot(30, 31)).then(RemovalVoted, adopted=False, needed=31)


@pytest.mark.rule(
    "EL20-51-2-defence", "EL20-51-2-printed", "EL20-52-secret", "EL20-53-2-removed-majority", "EL20-53-2-removed-filed"
)
def test_a_deputy_of_the_congress_above_answers_then_is_voted_on_in_secret_and_it_is_reported_above() -> None:
    here = house().given(by_presidium("higher-deputy"), BringRemoval(number="1"))
    here.when(ballot(241)).then_refused("DefenceNotOffered", "EL20-51-2-defence")
    here.given(OfferDefence(number="1", ways=("presidium_meeting", "plenary")))
    here.when(ballot(241)).then_refused("DefenceUnprinted", "EL20-51-2-printed")
    here.given(OfferDefence(number="1", ways=("presidium_meeting", "plenary"), printed=True))
    here.when(ballot(241, method="show_of_hands")).then_refused("SecretBallotNeeded", "EL20-52-secret")
    here.when(ballot(121, 120)).then(RemovalVoted, adopted=True).citing("EL20-53-2-removed-majority")
    here.with_finding("RemovalFiledAbove", "EL20-53-2-removed-filed")


@pytest.mark.rule("EL15-50-2-defence", "EL15-50-2-printed", "EL15-51-secret", "EL15-52-2-removed-majority")
def test_it_was_so_under_the_electoral_law_of_2015() -> None:
    here = house(opens=date(2020, 1, 8)).given(by_presidium("higher-deputy"), BringRemoval(number="1"))
    here.when(ballot(241)).then_refused("DefenceNotOffered", "EL15-50-2-defence")
    here.given(OfferDefence(number="1", ways=("written",)))
    here.when(ballot(241)).then_refused("DefenceUnprinted", "EL15-50-2-printed")
    here.given(OfferDefence(number="1", ways=("written",), printed=True))
    here.when(ballot(241, method="show_of_hands")).then_refused("SecretBallotNeeded", "EL15-51-secret")
    here.when(ballot(120, 121)).then(RemovalVoted, adopted=False).citing("EL15-52-2-removed-majority")


# the presidium and the vote --------------------------------------------------------------------------------------------


@pytest.mark.rule(
    "OL22-31-1-removal-brought", "OL15-26-1-removal-brought", "OL22-31-2-removal-brought-township",
    "OL15-26-2-removal-brought-township", "ZJT23-9-powers-removal", "ZJT16-9-powers-removal",
)  # fmt: skip
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("national-county", date(2022, 1, 12), "OL15-26-1-removal-brought"),
        ("national-county", date(2026, 1, 14), "OL22-31-1-removal-brought"),
        ("zhejiang-township", date(2022, 1, 12), "ZJT16-9-powers-removal"),
        ("zhejiang-township", date(2024, 1, 17), "ZJT23-9-powers-removal"),
        ("national-township", date(2022, 1, 12), "OL15-26-2-removal-brought-township"),
        ("national-township", date(2024, 1, 17), "OL22-31-2-removal-brought-township"),
    ],
)
def test_a_removal_comes_to_the_vote_when_the_presidium_has_brought_it_and_it_has_no_choice_in_that(
    profile: str, opens: date, rule: str
) -> None:
    is_county = profile.endswith("county")
    here = house(opens=opens) if is_county else town(opens=opens, profile=profile)
    here.given(by_presidium("government-head" if is_county else "township-head"), OfferDefence(number="1"))
    here.when(ballot(len(here.roll))).then_refused("RemovalNotBrought", rule)
    here.when(BringRemoval(number="1")).then(RemovalBrought).citing(rule).and_again_nothing()
    here.when(ballot(len(here.roll))).then(RemovalVoted, adopted=True)


@pytest.mark.rule("OL22-25-removal", "OL22-31-5-vote", "OL15-20-removal", "OL15-26-5-vote")
@pytest.mark.parametrize(
    ("opens", "rules"),
    [
        (date(2022, 1, 12), ("OL15-20-removal", "OL15-26-5-vote")),
        (date(2026, 1, 14), ("OL22-25-removal", "OL22-31-5-vote")),
    ],
)
def test_121_of_241_remove_and_120_do_not(opens: date, rules: tuple[str, ...]) -> None:
    here = ready(house(opens=opens)).when(ballot(120, 121)).then(RemovalVoted, adopted=False, needed=121).citing(*rules)
    here.with_finding("NotAdopted", rules[0])
    here = ready(house(opens=opens)).when(ballot(121, 120)).then(RemovalVoted, adopted=True).and_again_nothing()
    assert here.session.has("removed:1")
    here.when(ballot(122, 119)).then_refused("RemovalOver")


@pytest.mark.rule("I-removal-secret")
def test_how_leaders_are_removed_no_text_says_so_a_show_of_hands_is_warned_of_and_stands() -> None:
    ready(house()).when(ballot(121, 120)).without_finding("RemovalNotSecret")
    here = ready(house()).when(ballot(121, 120, method="show_of_hands")).then(RemovalVoted, adopted=True)
    here.with_finding("RemovalNotSecret", "I-removal-secret")


def test_what_the_second_teller_counted_must_agree_and_the_votes_must_be_those_of_who_is_there() -> None:
    here = ready(house())
    second = SecondCount(in_favour=120, against=121, abstained=0)
    here.when(ballot(121, 120, second=second)).then_refused(
        "SecondCountDiffers", where="in_favour", found=121, second=120
    )
    here.when(ballot(241, 1)).then_refused("VotesNotPresent", found=242, total=241)
    same = SecondCount(in_favour=121, against=117, abstained=0, void=3)
    here.when(ballot(121, 117, void=3, second=same)).then(RemovalVoted, void=3, adopted=True)


@pytest.mark.rule("OL22-13-approval-removal", "CONST18-101-2-approval-removal")
def test_a_removed_chief_procurator_is_out_once_the_committee_above_approves() -> None:
    here = ready(house(), by_presidium("chief-procurator", holder=OUTSIDER)).when(ballot(241))
    here.then(RemovalVoted, approval=True).with_finding("AwaitsApproval", "OL22-13-approval-removal")
    assert here.session.has("approval-pending:removal-1")
    here.when(RecordApproval(matter="removal-1", holder=OUTSIDER, approved=True)).then(ApprovalRecorded)
    ready(house(), by_presidium("court-president")).when(ballot(241)).then(RemovalVoted, approval=False)


# an investigation first ----------------------------------------------------------------------------------------------


def investigation(in_favour: int) -> InvestigateRemoval:
    return InvestigateRemoval(
        number="1", committee="特定问题调查委员会", in_favour=in_favour, against=241 - in_favour, abstained=0
    )


@pytest.mark.rule("OL22-31-5-investigation", "OL15-26-5-investigation")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2022, 1, 12), "OL15-26-5-investigation"), (date(2026, 1, 14), "OL22-31-5-investigation")]
)
def test_a_county_may_leave_a_removal_to_an_investigation_and_then_does_not_vote_on_it_now(
    opens: date, rule: str
) -> None:
    here = ready(house(opens=opens)).when(investigation(120)).then(RemovalInvestigated, adopted=False)
    here = ready(house(opens=opens)).when(investigation(121)).then(RemovalInvestigated).citing(rule).and_again_nothing()
    here.when(ballot(241)).then_refused("RemovalOver")


def test_a_township_has_no_investigation_committee_for_removals() -> None:
    here = ready(town(), by_presidium("township-head"))
    here.when(investigation(61)).then_refused("NotAnActHere")


def test_the_next_session_decides_on_the_report_and_nobody_signs_anew() -> None:
    here = house().when(removal(carried="调查委员会的报告")).then(RemovalProposed, needed=0)
    here.given(BringRemoval(number="1"), OfferDefence(number="1")).when(ballot(241)).then(RemovalVoted)


def test_a_removal_that_nobody_voted_on_is_named_when_the_session_closes() -> None:
    house(agenda=()).given(by_presidium()).when(CloseSession()).with_finding("RemovalUndecided", number="1")
    ready(house(agenda=())).given(ballot(0, 241)).when(CloseSession()).without_finding("RemovalUndecided")


def test_what_is_said_of_a_removal_that_is_not_there_names_those_there_are() -> None:
    house().when(BringRemoval(number="7")).then_refused("NoSuchRemoval", known="—")


# before the standing committee ---------------------------------------------------------------------------------------


def in_recess(proposer: str = "council_of_chairpersons", **more: Any) -> ProposeRemovalInRecess:
    given: dict[str, Any] = {"number": "1", "holder": "d005", "proposer": proposer, "reasons": "失职", **more}
    return ProposeRemovalInRecess.model_validate(given)


def by_committee(in_favour: int = 16, **more: Any) -> DecideRemovalInRecess:
    given: dict[str, Any] = {
        "number": "1",
        "in_favour": in_favour,
        "members_total": 31,
        "defence_offered": True,
        **more,
    }
    return DecideRemovalInRecess.model_validate(given)


def recess(opens: date) -> Chamber:
    return county("registered", 241, people=PEOPLE, opens=opens)


@pytest.mark.rule("EL20-51-1-recess-by", "EL20-51-1-recess-joint", "EL15-50-1-recess-by", "EL15-50-1-recess-joint")
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-50-1"), (date(2026, 1, 14), "EL20-51-1")])
def test_in_recess_7_of_31_members_or_the_chairpersons_move_to_remove_a_deputy_of_the_city(
    opens: date, law: str
) -> None:
    here = recess(opens).when(in_recess("sc_members", signed=6, members_total=31))
    here.then_refused("TooFewMembersSigned", f"{law}-recess-joint", found=6, needed=7)
    here.when(in_recess("sc_members", signed=7)).then_refused("MembersTotalMissing")
    here.when(in_recess("sc_members", signed=7, members_total=31)).then(RecessRemovalProposed).and_again_nothing()
    recess(opens).when(in_recess()).then(RecessRemovalProposed, needed=0).citing(f"{law}-recess-by")
    recess(opens).when(in_recess(reasons="")).then_refused("RemovalWithoutReasons")
    house(opens=opens).when(in_recess()).then_refused("CongressSits", f"{law}-recess-by")


@pytest.mark.rule(
    "EL20-51-3-recess-defence", "EL20-53-2-removed-recess", "EL20-52-secret", "EL20-53-2-removed-filed",
    "EL15-50-3-recess-defence", "EL15-52-2-removed-recess", "EL15-51-secret", "EL15-52-2-removed-filed",
)  # fmt: skip
@pytest.mark.parametrize(
    ("opens", "answer", "secret", "vote"),
    [
        (date(2020, 1, 8), "EL15-50-3-recess-defence", "EL15-51-secret", "EL15-52-2-removed"),
        (date(2026, 1, 14), "EL20-51-3-recess-defence", "EL20-52-secret", "EL20-53-2-removed"),
    ],
)
def test_the_deputy_answers_and_16_of_31_members_remove_in_secret_and_15_do_not(
    opens: date, answer: str, secret: str, vote: str
) -> None:
    here = recess(opens).when(by_committee()).then_refused("NoSuchRecessRemoval", known="—")
    here.given(in_recess()).when(by_committee(defence_offered=False)).then_refused("NoAnswerOffered", answer)
    here.when(by_committee(method="show_of_hands")).then_refused("SecretBallotNeeded", secret)
    here.when(by_committee(15, ways=("written",))).then(RecessRemovalDecided, adopted=False, needed=16)
    here.citing(f"{vote}-recess").when(by_committee(16)).then_refused("RecessRemovalVoted")
    here = recess(opens).given(in_recess()).when(by_committee(16)).then(RecessRemovalDecided, adopted=True)
    here.and_again_nothing().when(in_recess(reasons="别的理由")).then_refused("RecessRemovalExists")
    again = recess(opens).given(in_recess()).when(by_committee(16))
    again.with_finding("RemovalFiledAbove", f"{vote}-filed", person="d005")
