"""Resignation (辞职): in session to the congress, in recess to whom the law of the place names; and what ends with a deputy's seat."""

from datetime import date
from typing import Any

import pytest

from domain.session.closing import CloseSession
from domain.session.presidium import PresidiumMeets
from domain.session.roll import EndSeat, SeatEnded
from domain.tenure.approval import ApprovalRecorded, RecordApproval
from domain.tenure.resignation import ResignationSubmitted, SubmitResignation
from domain.tenure.resignation_decided import DecideResignation, ResignationDecided
from domain.tenure.resignation_filed import FileResignation, ResignationFiled
from domain.tenure.resignation_in_recess import AcceptInRecess, ResignationDecidedInRecess
from domain.tenure.termination import AnnounceOfficeEnded, OfficeEnded
from tests.domain.chamber import Chamber, township
from tests.domain.county import county
from tests.domain.tenure import OUTSIDER, PEOPLE

CHONGQING, NATIONAL = "chongqing-township", "national-township"
OLD, NEW = date(2022, 1, 12), date(2026, 1, 14)


def resigns(
    post: str = "government-head", holder: str = "d005", to: str = "congress", **more: Any
) -> SubmitResignation:
    return SubmitResignation.model_validate({"number": "1", "holder": holder, "post": post, "to": to, **more})


def votes(in_favour: int, against: int = 0) -> DecideResignation:
    return DecideResignation(number="1", in_favour=in_favour, against=against, abstained=0)


def committee(in_favour: int | None = 16, members_total: int | None = 31) -> AcceptInRecess:
    return AcceptInRecess(number="1", in_favour=in_favour, members_total=members_total)


def house(point: str = "opened", **about: Any) -> Chamber:
    return county(point, 241, people=PEOPLE, **about)


def town(point: str = "presidium elected", **about: Any) -> Chamber:
    return township(point, 61, people=PEOPLE, **about)


# in session ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule(
    "OL22-32-1-resign", "OL15-27-1-resign", "OL22-32-2-resign-township", "OL15-27-2-resign-township", "OL22-32-2"
)
@pytest.mark.parametrize(
    ("level", "opens", "rule"),
    [
        ("county", OLD, "OL15-27-1-resign"),
        ("county", NEW, "OL22-32-1-resign"),
        ("township", OLD, "OL15-27-2-resign-township"),
        ("township", NEW, "OL22-32-2-resign-township"),
    ],
)
def test_in_session_the_congress_accepts_by_more_than_half_of_all_deputies(level: str, opens: date, rule: str) -> None:
    for less in (1, 0):
        here = house(opens=opens) if level == "county" else town(opens=opens, profile=NATIONAL)
        half = len(here.roll) // 2
        here.when(resigns("government-head" if level == "county" else "township-head")).then(ResignationSubmitted)
        here.and_again_nothing().when(votes(half + 1 - less, half + less))
        here.then(ResignationDecided, accepted=not less, needed=half + 1).citing(rule).and_again_nothing()
        assert here.session.has("resigned:1") is not bool(less)


@pytest.mark.rule("CQT16-26-resign")
def test_in_a_chongqing_township_in_session_it_is_the_congress_too() -> None:
    here = town(profile=CHONGQING).given(resigns("township-chair"))
    here.when(votes(31, 30)).then(ResignationDecided, accepted=True).citing("CQT16-26-resign")


def test_while_the_congress_sits_nobody_resigns_to_the_standing_committee() -> None:
    house().when(resigns(to="standing_committee")).then_refused("NotInRecess", "OL22-32-1-resign")


@pytest.mark.rule("OL22-32-1-who", "OL15-27-1-who", "OL22-32-2-who-township", "OL15-27-2-who-township")
def test_that_heads_of_departments_resign_to_the_congress_no_text_says() -> None:
    for opens, rule in ((OLD, "OL15-27-1-who"), (NEW, "OL22-32-1-who")):
        here = house(opens=opens).when(resigns("department-head")).then(ResignationSubmitted)
        here.with_finding("LawSilent", rule)
        house(opens=opens).when(resigns("deputy-government-head")).without_finding("LawSilent")
    for opens, rule in ((OLD, "OL15-27-2-who-township"), (NEW, "OL22-32-2-who-township")):
        here = town(opens=opens, profile=NATIONAL)
        here.when(resigns("presidium-member")).with_finding("LawSilent", rule)


@pytest.mark.rule("OL22-32-1-who", "OL15-27-1-who")
def test_the_director_of_supervision_is_named_only_since_2022() -> None:
    house(opens=OLD).when(resigns("supervisory-director")).with_finding("LawSilent", "OL15-27-1-who")
    house(opens=NEW).when(resigns("supervisory-director")).without_finding("LawSilent")


def test_a_resignation_that_the_congress_said_nothing_on_is_named_at_the_closing() -> None:
    here = house(agenda=()).given(resigns()).when(CloseSession()).with_finding("ResignationUndecided", number="1")
    house(agenda=()).given(resigns(), votes(0, 241)).when(CloseSession()).without_finding("ResignationUndecided")
    here.when(resigns("court-president")).then_refused("ResignationExists")


# in recess ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-32-1-recess", "OL15-27-1-recess", "OL22-51-resignation", "OL15-45-resignation")
@pytest.mark.parametrize(
    ("opens", "rules"),
    [(OLD, ("OL15-27-1-recess", "OL15-45-resignation")), (NEW, ("OL22-32-1-recess", "OL22-51-resignation"))],
)
@pytest.mark.parametrize("point", ["registered", "closed"])
def test_in_recess_16_of_31_members_of_the_standing_committee_accept_and_15_do_not(
    opens: date, rules: tuple[str, ...], point: str
) -> None:
    here = house(point, opens=opens).given(resigns(to="standing_committee"))
    here.when(committee(15)).then(ResignationDecidedInRecess, accepted=False, needed=16).with_finding(
        "NotAdopted", rules[1]
    )
    here = house(point, opens=opens).given(resigns(to="standing_committee"))
    here.when(committee(16)).then(ResignationDecidedInRecess, accepted=True).citing(*rules).and_again_nothing()
    assert here.session.has("resigned:1")


def test_the_figures_of_the_committee_are_needed_and_must_be_possible() -> None:
    here = house("registered").given(resigns(to="standing_committee"))
    here.when(committee(16, None)).then_refused("MembersMissing")
    here.when(committee(32, 31)).then_refused("MoreInFavourThanMembers", total=31, found=32)
    here.when(committee(16), by="presidium").then_refused("NotTheirAct")


@pytest.mark.rule("OL22-32-1-filed", "OL15-27-1-filed")
@pytest.mark.parametrize(("opens", "rule"), [(OLD, "OL15-27-1-filed"), (NEW, "OL22-32-1-filed")])
def test_what_the_committee_accepted_is_filed_with_the_congress_which_does_not_decide_again(
    opens: date, rule: str
) -> None:
    here = house("registered", opens=opens).given(resigns(to="standing_committee"))
    here.when(FileResignation(number="1")).then_refused("NotAcceptedYet", rule)
    here.when(committee()).with_finding("FileResignation", rule)
    here.when(FileResignation(number="1")).then(ResignationFiled).citing(rule).and_again_nothing()


def test_what_was_accepted_in_the_recess_after_the_last_session_is_taken_over_by_the_next_and_filed() -> None:
    here = house(agenda=()).when(resigns(to="standing_committee", accepted_on="2025-11-20"))
    here.then(ResignationSubmitted, unconfirmed=False)
    assert here.session.has("resigned:1")
    here.when(votes(241)).then_refused("ResignationDecidedAlready")
    here.when(CloseSession()).with_finding("FileResignation", person="d005")
    house().when(resigns(to="standing_committee", accepted_on="2026-11-20")).then_refused("AcceptedTomorrow")


@pytest.mark.rule("OL22-32-2", "OL15-27-2", "OL22-32-2-recess-township", "OL15-27-2-recess-township")
@pytest.mark.parametrize("post", ["township-chair", "township-head", "township-deputy-head"])
def test_in_a_township_nobody_accepts_a_resignation_in_recess_by_national_law(post: str) -> None:
    here = town("registered", profile=NATIONAL)
    here.when(resigns(post, to="presidium")).then_refused("NoRecessRoute", ["OL22-32-2", "OL22-32-2-resign-township"])
    here.when(resigns(post)).then(ResignationSubmitted)
    old = town("registered", profile=NATIONAL, opens=OLD)
    old.when(resigns(post, to="presidium")).then_refused("NoRecessRoute", "OL15-27-2")


def presidium_meets(here: Chamber) -> Chamber:
    return here.given(PresidiumMeets(meeting=9, present=9, members=9))


@pytest.mark.rule("CQT16-32-recess", "CQT16-32-10", "CQT16-32-recess-who")
def test_in_chongqing_the_presidium_may_accept_a_township_heads_resignation_and_the_congress_confirms_it() -> None:
    here = presidium_meets(town("registered", profile=CHONGQING))
    here.when(resigns("township-head", to="presidium")).then(ResignationSubmitted).citing("CQT16-32-recess")
    here.with_finding("RecessRouteIsLocal", ["CQT16-32-10", "OL22-32-2"])
    here.when(AcceptInRecess(number="1", in_favour=5)).then(ResignationDecidedInRecess, accepted=True, unconfirmed=True)
    here.with_finding("AcceptancePending", "CQT16-32-recess")
    assert here.session.has("resignation-pending:1") and not here.session.has("resigned:1")


@pytest.mark.rule("CQT16-32-recess")
def test_with_4_of_9_members_in_favour_the_presidium_has_not_accepted_it_and_the_congress_has_nothing_to_confirm() -> (
    None
):
    here = presidium_meets(town("registered", profile=CHONGQING)).given(resigns("township-head", to="presidium"))
    here.when(AcceptInRecess(number="1", in_favour=4)).then(ResignationDecidedInRecess, accepted=False, needed=5)
    here.without_finding("AcceptancePending")
    assert not here.session.has("resignation-pending:1")


@pytest.mark.rule("CQT16-32-recess-who")
def test_but_not_that_of_the_congresss_own_chair_for_of_the_chair_the_text_says_nothing() -> None:
    here = town("registered", profile=CHONGQING)
    here.when(resigns("township-chair", to="presidium")).then_refused("NoRecessRoute", "CQT16-32-recess-who")
    here.when(resigns("presidium-member", to="presidium")).then(ResignationSubmitted)


@pytest.mark.rule("CQT16-32-recess", "CQT16-26-resign")
@pytest.mark.parametrize(("in_favour", "confirmed"), [(31, True), (30, False)])
def test_the_congress_confirms_with_31_of_61_what_the_presidium_accepted_and_not_with_30(
    in_favour: int, confirmed: bool
) -> None:
    here = town(profile=CHONGQING).given(resigns("township-head", to="presidium", accepted_on="2023-11-20"))
    here.when(votes(in_favour, 61 - in_favour)).then(ResignationDecided, confirms=True, accepted=confirmed)
    assert here.session.has("resigned:1") is confirmed and not here.session.has("resignation-pending:1")


@pytest.mark.rule("OL22-32-approval-resignation", "OL15-27-approval-resignation")
@pytest.mark.parametrize(
    ("opens", "rule"), [(OLD, "OL15-27-approval-resignation"), (NEW, "OL22-32-approval-resignation")]
)
def test_a_chief_procurators_resignation_awaits_the_committee_above_in_session_and_in_recess(
    opens: date, rule: str
) -> None:
    here = house(opens=opens).given(resigns("chief-procurator", OUTSIDER)).when(votes(241))
    here.then(ResignationDecided, approval=True).with_finding("AwaitsApproval", rule)
    here.when(RecordApproval(matter="resignation-1", holder=OUTSIDER, approved=True)).then(ApprovalRecorded).citing(
        rule
    )
    here = house("registered", opens=opens).given(resigns("chief-procurator", OUTSIDER, "standing_committee"))
    here.when(committee()).with_finding("AwaitsApproval", rule)
    assert here.session.has("approval-pending:resignation-1")


# a deputy's own seat -----------------------------------------------------------------------------------------------------


@pytest.mark.rule(
    "EL20-55-2-resign-county", "EL20-55-2-resign-majority-county", "EL20-55-2-resign-announced", "EL15-54-2-resign-county",
    "EL15-54-2-resign-majority-county", "EL15-54-2-resign-announced",
)  # fmt: skip
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-54-2"), (NEW, "EL20-55-2")])
def test_a_county_deputy_resigns_in_writing_to_the_standing_committee_even_while_the_congress_sits(
    opens: date, law: str
) -> None:
    here = house(opens=opens)
    here.when(resigns("deputy")).then_refused("ResignationElsewhere", f"{law}-resign-county")
    here.when(resigns("deputy", to="standing_committee", written=False)).then_refused("ResignationNotWritten")
    here.when(resigns("deputy", to="standing_committee")).then(ResignationSubmitted)
    here.when(committee(15)).then(ResignationDecidedInRecess, accepted=False).citing(f"{law}-resign-majority-county")
    here = house(opens=opens).given(resigns("deputy", to="standing_committee")).when(committee(16))
    here.then(ResignationDecidedInRecess, accepted=True).with_finding("AnnounceResignation", f"{law}-resign-announced")


@pytest.mark.rule(
    "EL20-55-2-resign-township", "EL20-55-2-resign-majority-township", "EL15-54-2-resign-township",
    "EL15-54-2-resign-majority-township",
)  # fmt: skip
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-54-2"), (date(2024, 1, 17), "EL20-55-2")])
def test_a_township_deputy_resigns_to_the_congress_where_more_than_half_of_all_accept(opens: date, law: str) -> None:
    here = town(opens=opens, profile=NATIONAL)
    here.when(resigns("deputy", to="presidium")).then_refused("ResignationElsewhere", f"{law}-resign-township")
    here.given(resigns("deputy")).when(votes(30, 31)).then(ResignationDecided, accepted=False, needed=31)
    here.citing(f"{law}-resign-majority-township")
    here = town(opens=opens, profile=NATIONAL).given(resigns("deputy"))
    here.when(votes(31, 30)).then(ResignationDecided, accepted=True)


@pytest.mark.rule(
    "EL20-55-1-resign-higher", "EL20-55-1-resign-majority-higher", "EL15-54-1-resign-higher",
    "EL15-54-1-resign-majority-higher",
)  # fmt: skip
@pytest.mark.parametrize(("opens", "law"), [(date(2020, 1, 8), "EL15-54-1"), (NEW, "EL20-55-1")])
def test_a_deputy_of_the_congress_above_resigns_to_the_standing_committee_of_the_one_that_elected(
    opens: date, law: str
) -> None:
    here = house("registered", opens=opens)
    here.when(resigns("higher-deputy")).then_refused("ResignationElsewhere", f"{law}-resign-higher")
    here.given(resigns("higher-deputy", to="standing_committee")).when(committee(15))
    here.then(ResignationDecidedInRecess, accepted=False, needed=16).citing(f"{law}-resign-majority-higher")
    assert not here.session.has("resigned:1")


# what ends with the seat -------------------------------------------------------------------------------------------------


@pytest.mark.rule("EL20-54-56-offices", "EL15-53-55-offices")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2020, 1, 8), "EL15-53-55-offices"), (date(2024, 1, 17), "EL20-54-56-offices")]
)
@pytest.mark.parametrize("ground", ["recalled", "resigned"])
def test_a_township_chair_whose_seat_is_taken_or_given_up_is_chair_no_longer(
    opens: date, rule: str, ground: str
) -> None:
    here = town(opens=opens, profile=NATIONAL)
    ended = AnnounceOfficeEnded(holder="d002", post="township-chair")
    here.when(ended).then_refused("SeatNotEnded", rule)
    here.when(EndSeat.model_validate({"deputy": "d002", "ground": ground})).then(SeatEnded)
    here.with_finding("OfficesEndToo", rule, person="d002").when(ended).then(OfficeEnded).citing(
        rule
    ).and_again_nothing()


@pytest.mark.rule("CQT16-27-offices")
def test_in_chongqing_too() -> None:
    here = town(profile=CHONGQING).given(EndSeat(deputy="d002", ground="recalled"))
    here.when(AnnounceOfficeEnded(holder="d002", post="township-vice-chair")).then(OfficeEnded).citing(
        "CQT16-27-offices"
    )


def test_a_township_head_stays_head_without_the_seat_and_of_a_chair_who_moved_away_this_rule_says_nothing() -> None:
    here = town().given(EndSeat(deputy="d002", ground="resigned"), EndSeat(deputy="d003", ground="moved_away"))
    here.when(AnnounceOfficeEnded(holder="d002", post="township-head")).then_refused("NotADependentOffice")
    here.when(AnnounceOfficeEnded(holder="d003", post="township-chair")).then_refused("SeatNotEnded")


@pytest.mark.rule("EL20-54-56-offices-county", "EL15-53-55-offices-county")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2020, 1, 8), "EL15-53-55-offices-county"), (NEW, "EL20-54-56-offices-county")]
)
def test_a_member_of_the_standing_committee_whose_resignation_as_a_deputy_is_accepted_is_member_no_longer(
    opens: date, rule: str
) -> None:
    here = house("registered", opens=opens).given(resigns("deputy", "d009", "standing_committee"))
    ended = AnnounceOfficeEnded(holder="d009", post="sc-member")
    here.when(ended).then_refused("SeatNotEnded", rule)
    here.when(committee()).with_finding("OfficesEndToo", rule)
    here.when(ended).then(OfficeEnded).citing(rule)
    here.when(AnnounceOfficeEnded(holder="d009", post="government-head")).then_refused("NotADependentOffice", rule)
