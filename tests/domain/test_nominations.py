"""Nominations: who may make them, how many sign, how many each may name, and who may be named (rulebook §8.1-8.2, edges 10, 11, 19)."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.election.declining import DeclineNomination, NominationDeclined, NominationWithdrawn, WithdrawNomination
from domain.election.eligibility import Holding
from domain.election.nomination import Nominate, Nominated
from domain.election.parts import PersonEntry
from domain.election.printing import NomineesPrinted, PrintNominees
from domain.session.correction import Correct, Corrected
from domain.session.parts import Congress
from domain.session.roll import SuspendDeputy
from tests.domain.chamber import Chamber, ids, statutes
from tests.domain.elections import adopted, by_presidium, deliberated, election, house, joint, meeting, town
from tests.domain.test_outlook import prospects

HEAD = election("government-head", kind="change_of_term")
VICES = election("deputy-government-head", seats=4, kind="change_of_term")
ABOVE = election("higher-deputy", seats=5, kind="change_of_term")
PEOPLE = (PersonEntry(id="v1", voter=True), PersonEntry(id="v2"), PersonEntry(id="v3", voter=False))


def test_nobody_is_nominated_where_nothing_is_elected() -> None:
    town().when(joint("1", ("d001",), ids(10))).then_refused("UnknownElection", known="—")


# who signs --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-26-2-joint-county", "OL22-26-1-by")
def test_ten_deputies_nominate_in_a_county_and_nine_do_not() -> None:
    here = house(HEAD)
    here.when(joint("1", ("d100",), ids(9))).then_refused(
        "TooFewNominators", citing="OL22-26-2-joint-county", signed=9, found=9, needed=10
    )
    here.when(joint("1", ("d100",), ids(10))).then(Nominated, needed=10, persons=("d100",)).citing(
        "OL22-26-1-by", "OL22-26-2-joint-county"
    ).without_finding().and_again_nothing()


@pytest.mark.rule("OL22-26-2-joint-township")
def test_ten_deputies_nominate_in_a_township_too_and_nine_do_not() -> None:
    here = town(election("township-head"))
    here.when(joint("1", ("d050",), ids(9))).then_refused(
        "TooFewNominators", citing="OL22-26-2-joint-township", needed=10
    )
    here.when(joint("1", ("d050",), ids(10))).then(Nominated)


@pytest.mark.parametrize(
    ("level", "needed"),
    [
        pytest.param("city", 20, marks=pytest.mark.rule("OL22-26-2-joint-city", "OL15-21-2-joint-city")),
        pytest.param("province", 30, marks=pytest.mark.rule("OL22-26-2-joint-province", "OL15-21-2-joint-province")),
    ],
)
@pytest.mark.parametrize("day", [date(2022, 3, 11), date(2022, 3, 12)])
def test_a_mayor_takes_twenty_deputies_and_a_governor_thirty_where_the_congress_above_takes_ten(
    day: date, level: str, needed: int
) -> None:
    law = statutes().on(day, level, "first", "national-county")
    leaders, above = law.ruling("nomination.joint"), law.ruling("nomination.joint.deputies")
    assert leaders is not None and leaders.may_refuse and above is not None
    assert (leaders.number, above.number) == (needed, 10)


@pytest.mark.rule("EL20-30-2-joint", "EL20-30-2-by")
def test_ten_deputies_nominate_for_the_congress_above_and_so_do_parties_but_not_the_presidium() -> None:
    here = meeting(house(ABOVE, people=PEOPLE))
    here.when(joint("1", ("v1",), ids(9))).then_refused("TooFewNominators", citing="EL20-30-2-joint", needed=10)
    here.when(joint("1", ("v1",), ids(10))).then(Nominated).citing("EL20-30-2-joint")
    here.when(by_presidium("2", "d001")).then_refused("NotANominator", citing="EL20-30-2-by", found="主席团")
    here.when(of_organisations("2", "d001")).then(Nominated, organisations=("区委",)).citing("EL20-30-2-by")


@pytest.mark.rule("OL22-26-1-by")
def test_a_party_does_not_nominate_the_head_of_the_county() -> None:
    house(HEAD).when(of_organisations("1", "d001")).then_refused(
        "NotANominator", citing="OL22-26-1-by", allowed="主席团、代表联名"
    )


def test_only_a_joint_nomination_has_signatories_and_it_always_has() -> None:
    with pytest.raises(ValidationError, match="联名代表"):
        by_presidium("1", "d001", signatories=ids(10))
    with pytest.raises(ValidationError, match="联名代表"):
        joint("1", ("d001",), ())
    with pytest.raises(ValidationError, match="in_favour"):
        joint("1", ("d001",), ids(10), in_favour=3)


@pytest.mark.rule("OL22-26-2-written")
def test_a_joint_nomination_that_is_not_in_writing_is_refused() -> None:
    here = house(HEAD).when(joint("1", ("d100",), ids(10), written=False))
    here.then_refused("NominationNotInWriting", citing="OL22-26-2-written")


@pytest.mark.rule("OL22-26-4-introduced")
def test_a_nominee_nobody_introduced_is_warned_of() -> None:
    house(HEAD).when(joint("1", ("d100",), ids(10), introduced=False)).with_finding(
        "NomineeNotIntroduced", citing="OL22-26-4-introduced"
    )


def test_a_deputy_who_signs_one_list_twice_counts_once_and_one_suspended_not_at_all() -> None:
    here = house(HEAD)
    here.when(joint("1", ("d100",), (*ids(9), "d001"))).then_refused("TooFewNominators", signed=9, found=9)
    here.given(SuspendDeputy(deputy="d010", ground="custody"))
    here.when(joint("1", ("d100",), ids(10))).then_refused("TooFewNominators", signed=10, found=9)
    here.when(joint("1", ("d100",), ids(11))).then(Nominated, not_counted=("d010",))
    here.with_finding("SignatureNotCounted")


def test_who_signs_is_a_deputy_in_office() -> None:
    house(HEAD).when(joint("1", ("d100",), (*ids(9), "d999"))).then_refused("SignatoryMayNotAct")


def test_the_government_does_not_file_a_nomination_and_a_deputy_not_the_presidiums() -> None:
    here = meeting(house(HEAD))
    here.when(joint("1", ("d100",), ids(10)), by="government").then_refused("NotTheirAct")
    here.when(by_presidium("1", "d100"), by="deputy").then_refused("NotTheirNomination")
    here.when(joint("1", ("d100",), ids(10)), by="presidium").then_refused("NotTheirNomination")


# how many each may name ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-26-3-cap")
def test_the_presidium_nominates_four_for_four_seats_and_not_a_fifth() -> None:
    here = meeting(house(VICES))
    here.when(by_presidium("1", *ids(5))).then_refused("TooManyNominees", citing="OL22-26-3-cap", found=5, seats=4)
    here.given(by_presidium("1", *ids(3)), by_presidium("2", "d004"))
    here.when(by_presidium("3", "d005")).then_refused("TooManyNominees", found=5, seats=4)
    here.when(by_presidium("3", "d004")).then(Nominated)


@pytest.mark.rule("OL22-26-3-cap")
def test_a_joint_nomination_names_no_more_than_the_seats() -> None:
    house(VICES).when(joint("1", ids(5), ids(10, start=20))).then_refused("TooManyNominees", found=5, seats=4)
    house(VICES).when(joint("1", ids(4), ids(10, start=20))).then(Nominated)


@pytest.mark.rule("OL22-26-3-cap", "I-second-signature")
def test_who_signed_for_the_one_seat_is_struck_from_a_second_list_of_ten_which_then_falls() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    here.when(joint("2", ("d101",), ("d010", *ids(9, start=11)))).then_refused(
        "TooFewNominators", citing=("OL22-26-2-joint-county", "OL22-26-3-cap", "I-second-signature"), signed=10, found=9,
        needed=10,
    )  # fmt: skip
    assert here.refusal is not None and "d010" in here.refusal.says().zh and "d010" in here.refusal.says().en


@pytest.mark.rule("OL22-26-3-cap", "I-second-signature")
def test_a_second_list_of_eleven_stands_without_the_one_whose_signature_is_struck() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    here.when(joint("2", ("d101",), ("d010", *ids(10, start=11)))).then(Nominated, struck=("d010",)).with_finding(
        "NominationSignatureStruck", citing="I-second-signature", deputy="d010", seats=1
    )


def test_who_signs_twice_for_the_same_person_or_for_as_many_as_the_seats_is_not_struck() -> None:
    house(HEAD).given(joint("1", ("d100",), ids(10))).when(joint("2", ("d100",), ids(10))).then(Nominated, struck=())
    here = house(VICES).given(joint("1", ids(3, start=100), ids(10)))
    here.when(joint("2", ("d103",), ids(10))).then(Nominated, struck=())
    here.when(joint("3", ("d104",), ids(10))).then_refused("TooFewNominators", found=0)


def test_a_list_withdrawn_sets_its_signatures_free() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    here.when(WithdrawNomination(number="1")).then_refused("NobodyAsks")
    here.when(WithdrawNomination(number="1", requested_by=("d011",))).then_refused("NotTheirSignature")
    here.when(WithdrawNomination(number="1", requested_by=ids(10))).then(NominationWithdrawn, last=True)
    here.and_again_nothing()
    assert not here.session.has("nominated:e")
    here.when(joint("2", ("d101",), ids(10))).then(Nominated, struck=())
    assert here.session.has("nominated:e") and here.session.elections["e"].nominees == ("d101",)


def test_a_list_withdrawn_by_some_of_those_who_signed_is_warned_of() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    here.when(WithdrawNomination(number="1", requested_by=ids(9))).with_finding("WithdrawnByFewer", found=9, needed=10)


@pytest.mark.rule("EL20-30-3-cap")
def test_a_party_nominates_no_more_than_the_seats_alone_and_with_others_together() -> None:
    here = house(ABOVE)
    here.given(of_organisations("1", *ids(3)), of_organisations("2", "d004", "d005", names=("区总工会",)))
    here.when(of_organisations("3", *ids(3, start=6), names=("区总工会", "区委"))).then_refused(
        "TooManyNominees", citing="EL20-30-3-cap", who="区委", found=6, seats=5
    )


# who may be named -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("OL22-47-deputies-county")
def test_the_standing_committee_comes_from_the_deputies_and_a_voter_is_refused() -> None:
    here = house(election("sc-member", seats=5, kind="change_of_term"), people=PEOPLE)
    here.when(joint("1", ("v1",), ids(10))).then_refused(
        "NotAmongDeputies", citing="OL22-47-deputies-county", person="v1"
    )
    here.when(joint("1", ("d100",), ids(10))).then(Nominated)


@pytest.mark.rule("OL22-18-deputies", "ZJT23-11-chair-deputies")
def test_a_townships_chair_comes_from_its_deputies_and_its_head_need_not() -> None:
    here = town(election("township-chair"), election("township-head", code="h"), people=PEOPLE)
    here.when(joint("1", ("v1",), ids(10))).then_refused("NotAmongDeputies", citing="OL22-18-deputies")
    here.when(joint("1", ("v1",), ids(10), election="h")).then(Nominated).without_finding()


def test_a_nominee_who_is_neither_on_the_roll_nor_registered_is_refused() -> None:
    house(HEAD).when(joint("1", ("x9",), ids(10))).then_refused("UnknownPerson", person="x9")


def test_whether_a_nominee_is_a_voter_is_asked_back_when_nobody_said_so() -> None:
    here = house(VICES, people=PEOPLE)
    here.when(joint("1", ("v1",), ids(10))).without_finding()
    here.when(joint("2", ("v2",), ids(10))).with_finding("VoterNotStated", person="v2")
    here.when(joint("3", ("v3",), ids(10))).with_finding("NoVoter", person="v3")


@pytest.mark.rule("OL22-47-incompatible")
def test_who_holds_an_executive_office_is_told_that_one_of_both_is_to_be_given_up() -> None:
    here = house(election("sc-vice-chair", seats=2, kind="change_of_term"))
    holds = (Holding(person="d100", organ="administrative"),)
    here.when(joint("1", ("d100",), ids(10), holding=holds)).with_finding(
        "MustGiveUpOffice", citing="OL22-47-incompatible", person="d100"
    )
    leaves = (Holding(person="d101", organ="judicial", leaves=True),)
    here.when(joint("2", ("d101",), ids(10), holding=leaves)).without_finding()
    of_government = house(HEAD).when(joint("1", ("d100",), ids(10), holding=holds))
    of_government.without_finding()


@pytest.mark.rule("OL22-70-ethnic")
def test_an_ethnic_township_is_reminded_of_whom_its_head_must_be() -> None:
    name = Congress.model_validate({"code": "testtown", "name": "测试民族乡人民代表大会", "level": "township"})
    here = town(election("township-head"), congress=name)
    here.when(joint("1", ("d050",), ids(10))).with_finding("EthnicTownshipHead", citing="OL22-70-ethnic")
    town(election("township-head")).when(joint("1", ("d050",), ids(10))).without_finding("EthnicTownshipHead")


# what becomes of them -------------------------------------------------------------------------------------------------------


def test_a_number_is_given_once_in_all_elections() -> None:
    here = house(HEAD, election("deputy-government-head", code="v")).given(joint("1", ("d100",), ids(10)))
    here.when(joint("1", ("d100",), ids(11))).then_refused("NominationExists")
    here.when(joint("1", ("d100",), ids(10), election="v")).then_refused("NominationExists", number="1")


@pytest.mark.rule("I-nominee-declines")
def test_a_nominee_who_declines_does_not_stand_until_nominated_again() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    here.when(DeclineNomination(election="e", nominee="d101")).then_refused("NotNominated", person="d101")
    here.when(DeclineNomination(election="e", nominee="d100")).then(NominationDeclined, last=True).with_finding(
        "DeclinedUnwritten", citing="I-nominee-declines"
    ).and_again_nothing()
    assert here.session.elections["e"].nominees == () and not here.session.has("nominated:e")
    here.when(joint("2", ("d100",), ids(10))).then(Nominated).with_finding("DeclinedBefore", person="d100")
    assert here.session.elections["e"].nominees == ("d100",)


def test_the_presidium_nominates_at_its_meeting_only() -> None:
    here = house(HEAD).when(by_presidium("1", "d100")).then_refused("PresidiumNotMeeting")
    meeting(here).when(by_presidium("1", "d100")).then(Nominated, in_favour=31)


def test_a_list_corrected_below_ten_no_longer_stands() -> None:
    here = house(HEAD).given(joint("1", ("d100",), ids(10)))
    version = here.version_of(Nominated)
    here.when(Correct(version=version, changes={"persons": ["x9"]}, why="笔误")).then_refused("FieldNotThere")
    here.when(Correct(version=version, changes={"election": "x"}, why="笔误")).then_refused("FieldNotThere")
    here.when(Correct(version=version, changes={"signatories": list(ids(9))}, why="漏看")).then(Corrected)
    assert here.session.elections["e"].nominees == () and not here.session.has("nominated:e")


# the list that deputies are given -------------------------------------------------------------------------------------------


def test_the_list_is_given_out_once_and_again_when_somebody_was_added() -> None:
    here = house(VICES).when(PrintNominees(elections=("e",))).then_refused("NobodyNominated")
    here.given(joint("1", ids(2, start=100), ids(10)))
    here.when(PrintNominees(elections=("e",))).then(NomineesPrinted).citing("OL22-27-1-discussed").and_again_nothing()
    first = here.session.elections["e"].printed_at
    here.given(joint("2", ("d102",), ids(10))).when(PrintNominees(elections=("e",))).then(NomineesPrinted)
    election_now = here.session.elections["e"]
    assert election_now.printed == {"d100", "d101", "d102"} and election_now.printed_at == first


@pytest.mark.rule("EL20-32-2-printed")
def test_of_deputies_of_the_congress_above_the_list_comes_with_basic_data() -> None:
    here = house(ABOVE).given(joint("1", ids(5, start=100), ids(10)))
    here.when(PrintNominees(elections=("e",))).then_refused("BasicDataMissing", citing="EL20-32-2-printed")
    here.when(PrintNominees(elections=("e",), basic_data=True)).then(NomineesPrinted).citing("EL20-32-2-printed")


def test_what_comes_next_names_each_election_in_turn() -> None:
    here = house(HEAD, election("deputy-government-head", seats=4, kind="change_of_term", code="v"))
    assert _due(here) >= {"nominated:e", "nominated:v", "candidates-settled:e", "candidates-settled:v"}
    here.given(joint("1", ("d100",), ids(10)))
    assert "nominated:e" not in _due(here) and {"nominated:v", "nominees-printed:e"} <= _due(here)
    deliberated(here)
    assert "nominees-printed:e" not in _due(here)
    adopted(here, ("e", 0), ("v", 1)).given(joint("2", ("d101",), ids(10, start=11)))
    assert "primary-held:e" in _due(here) and "primary-held:v" not in _due(here)


def _due(here: Chamber) -> set[str]:
    return set(prospects(here))


def of_organisations(number: str, *persons: str, names: tuple[str, ...] = ("区委",), **more: Any) -> Nominate:
    return Nominate(
        number=number,
        election="e",
        nominator="organisations",
        persons=persons,
        organisations=names,
        introduced=True,
        **more,
    )
