"""The figures of a credentials report (选举法 arts 12-14, 45, 47): the number of deputies, direct elections, elections found invalid."""

from datetime import date
from typing import Any

import pytest

from domain.session.direct_elections import Constituency, DeputiesNumber, InvalidElection, Returned
from domain.session.roll import ConfirmCredentials, CredentialsConfirmed
from tests.domain.chamber import Chamber
from tests.domain.county import county

BEFORE_2020 = date(2020, 9, 16)


def township(deputies: int = 61, **about: Any) -> Chamber:
    return Chamber(deputies, about.pop("profile", "national-township"), "first", **about).registers()


def fixed(number: int, **more: Any) -> ConfirmCredentials:
    return ConfirmCredentials(valid=61, deputies_number=DeputiesNumber(fixed=number, **more))


def direct(took_part: int, *elected: Returned, voters: int = 2001) -> ConfirmCredentials:
    given = Constituency(code="c1", seats=2, voters=voters, took_part=took_part, elected=elected)
    return ConfirmCredentials(valid=61, constituencies=(given,))


@pytest.mark.rule("EL20-12-1-base-township", "EL20-12-1-per-township", "I-number-rounding")
def test_a_town_of_24000_has_45_deputies_and_one_for_every_1500_people_which_makes_61() -> None:
    township().when(fixed(61, people=24_000)).then(CredentialsConfirmed).without_finding()
    township().when(fixed(62, people=24_000)).then_refused(
        "TooManyDeputies", citing="EL20-12-1-base-township", needed=61
    )
    township().when(fixed(61, people=23_999)).then(CredentialsConfirmed).with_finding(
        "NumberRoundedUp", citing="I-number-rounding", needed=60
    )
    township().when(fixed(61, people=22_499)).then_refused("TooManyDeputies", needed=59)


@pytest.mark.rule("EL15-11-1-base-township", "EL15-11-1-per-township", "EL15-11-1-cap-township", "EL15-13-unchanged")
def test_until_17_october_2020_the_base_of_a_town_was_forty() -> None:
    before = township(opens=BEFORE_2020)
    before.when(fixed(61, people=31_500)).then(CredentialsConfirmed).without_finding()
    township(opens=BEFORE_2020).when(fixed(62, people=31_500)).then_refused(
        "TooManyDeputies", citing="EL15-11-1-base-township", needed=61
    )


@pytest.mark.rule("EL20-12-1-cap-township", "EL20-12-3-extra", "EL20-12-3-extra-by")
def test_a_town_never_has_more_than_160_deputies_but_for_five_in_a_hundred_that_the_province_may_add() -> None:
    def town(number: int, **more: Any) -> Chamber:
        return township().when(fixed(number, people=300_000, **more))

    town(160).then(CredentialsConfirmed).with_finding("SeatsVacant", open=99)
    town(161).then_refused("AboveTheCap", citing="EL20-12-1-cap-township", most=160)
    town(168, extra=True).then(CredentialsConfirmed)
    town(169, extra=True).then_refused("AboveTheCap", most=168)
    town(168, extra=True, extra_by="county_standing_committee").then_refused(
        "FixedByAnother", citing="EL20-12-3-extra-by"
    )


@pytest.mark.rule("EL20-12-1-few-township", "EL15-11-1-few-township")
def test_only_where_fewer_than_two_thousand_people_live_may_a_town_have_fewer_deputies_than_the_base() -> None:
    small = ConfirmCredentials(valid=40, deputies_number=DeputiesNumber(fixed=44, people=1_999))
    township(40).when(small).then(CredentialsConfirmed).without_finding("FewerThanTheBase")
    grown = ConfirmCredentials(valid=40, deputies_number=DeputiesNumber(fixed=44, people=2_000))
    township(40).when(grown).with_finding("FewerThanTheBase", citing="EL20-12-1-few-township", needed=45)
    before = ConfirmCredentials(valid=38, deputies_number=DeputiesNumber(fixed=39, people=2_000))
    township(38, opens=BEFORE_2020).when(before).with_finding("FewerThanTheBase", citing="EL15-11-1-few-township")


@pytest.mark.rule("EL20-12-1-base-county", "EL20-12-1-per-county", "EL20-12-1-cap-county", "EL20-12-1-few-county")
def test_a_county_of_505000_may_have_241_deputies_and_none_more_than_450() -> None:
    def of(number: int, people: int) -> Chamber:
        said = ConfirmCredentials(valid=241, deputies_number=DeputiesNumber(fixed=number, people=people))
        return county("registered", 241, kind="first").when(said, by="standing_committee")

    of(241, 505_000).then(CredentialsConfirmed).without_finding()
    of(242, 505_000).then_refused("TooManyDeputies", citing="EL20-12-1-base-county", needed=241)
    of(450, 2_000_000).then(CredentialsConfirmed)
    of(451, 2_000_000).then_refused("AboveTheCap", citing="EL20-12-1-cap-county")
    of(450, 1_550_000).then(CredentialsConfirmed).without_finding("NumberRoundedUp")


@pytest.mark.rule("EL20-13-fixed-township", "EL20-13-fixed-middle", "EL15-12-fixed-township")
def test_the_county_fixes_a_towns_number_and_the_province_a_countys() -> None:
    township().when(fixed(61, fixed_by="county_standing_committee")).then(CredentialsConfirmed).citing(
        "EL20-13-fixed-township"
    )
    township().when(fixed(61, fixed_by="provincial_standing_committee")).then_refused(
        "FixedByAnother", citing="EL20-13-fixed-township"
    )
    said = ConfirmCredentials(
        valid=241, deputies_number=DeputiesNumber(fixed=241, fixed_by="county_standing_committee")
    )
    county("registered", 241, kind="first").when(said, by="standing_committee").then_refused(
        "FixedByAnother", citing="EL20-13-fixed-middle"
    )
    township(opens=BEFORE_2020).when(fixed(61, fixed_by="npc_standing_committee")).then_refused(
        "FixedByAnother", citing="EL15-12-fixed-township"
    )


@pytest.mark.rule("EL20-14-unchanged", "EL20-58-bribery", "EL20-35-2-foreign", "EL15-57-bribery", "EL15-34-2-foreign")
def test_no_more_are_elected_than_the_number_fixed_those_whose_election_is_invalid_among_them() -> None:
    bought = (InvalidElection(ground="bribery", why="以财物贿赂选民"),)
    said = fixed(62, fixed_by="county_standing_committee").model_copy(update={"invalid": bought})
    township().when(said).then(CredentialsConfirmed, invalid=bought).citing("EL20-58-bribery").without_finding()
    said = said.model_copy(update={"deputies_number": DeputiesNumber(fixed=61)})
    township().when(said).then_refused("MoreThanFixed", citing="EL20-14-unchanged", needed=61, found=62)
    paid = ConfirmCredentials(valid=61, invalid=(InvalidElection(ground="foreign_funding"),))
    township().when(paid).then(CredentialsConfirmed).citing("EL20-35-2-foreign")
    for ground, rule in (("bribery", "EL15-57-bribery"), ("foreign_funding", "EL15-34-2-foreign")):
        earlier = ConfirmCredentials(valid=61, invalid=(InvalidElection(ground=ground),))
        township(opens=BEFORE_2020).when(earlier).then(CredentialsConfirmed).citing(rule)


@pytest.mark.rule("EL20-45-1-turnout", "EL15-44-1-turnout")
def test_of_2001_voters_1001_must_take_part_or_the_election_of_the_constituency_is_invalid() -> None:
    township().when(direct(1001)).then(CredentialsConfirmed).citing("EL20-45-1-turnout")
    township().when(direct(1000)).then_refused("TurnoutTooLow", citing="EL20-45-1-turnout", found=1000, needed=1001)
    township().when(direct(1000, voters=2000)).then_refused("TurnoutTooLow", needed=1001)
    township(opens=BEFORE_2020).when(direct(1000)).then_refused("TurnoutTooLow", citing="EL15-44-1-turnout")


@pytest.mark.rule("EL20-45-1-majority", "EL15-44-1-majority")
def test_a_deputy_elected_directly_has_more_than_half_of_those_who_took_part() -> None:
    township().when(direct(1500, Returned(deputy="d001", votes=751))).then(CredentialsConfirmed)
    half = direct(1500, Returned(deputy="d001", votes=750))
    township().when(half).then_refused("TooFewVotes", citing="EL20-45-1-majority", needed=751)
    township(opens=BEFORE_2020).when(half).then_refused("TooFewVotes", citing="EL15-44-1-majority")


@pytest.mark.rule("EL20-45-5-direct", "EL15-44-5-direct", "EL20-45-4-direct", "EL15-44-4-direct")
def test_in_a_separate_direct_election_a_third_of_its_ballots_is_enough() -> None:
    first = Returned(deputy="d001", votes=900)
    third = direct(1500, first, Returned(deputy="d002", votes=400, ballots=1200))
    township().when(third).then(CredentialsConfirmed).citing("EL20-45-5-direct")
    for opens, rule in ((None, "EL20-45-5-direct"), (BEFORE_2020, "EL15-44-5-direct")):
        less = direct(1500, first, Returned(deputy="d002", votes=399, ballots=1200))
        about: dict[str, Any] = {"opens": opens} if opens else {}
        township(**about).when(less).then_refused("TooFewVotes", citing=rule, needed=400)


def test_figures_that_cannot_be_are_asked_back_by_name() -> None:
    township().when(direct(2002)).then_refused("ConstituencyWrong", constituency="c1")
    township().when(direct(1500, Returned(deputy="nobody", votes=900))).then_refused("ConstituencyWrong")
    township().when(direct(1500, Returned(deputy="d001", votes=1501))).then_refused("ConstituencyWrong")
    three = tuple(Returned(deputy=d, votes=900) for d in ("d001", "d002", "d003"))
    township().when(direct(1500, *three)).then_refused("ConstituencyWrong")
    with pytest.raises(ValueError, match="twice"):
        direct(1500, Returned(deputy="d001", votes=900), Returned(deputy="d001", votes=900))


def test_without_figures_credentials_are_confirmed_as_before() -> None:
    township().when(ConfirmCredentials(valid=61)).then(CredentialsConfirmed, deputies_number=None, constituencies=())
