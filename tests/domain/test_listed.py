"""Lists of persons put to the vote or decided: somebody stands on them, whoever stands on them may."""

from datetime import date

import pytest

from domain.session.correction import Correct, Corrected
from domain.session.presidium import PresidiumDecided, PresidiumDecides, PresidiumMeets
from domain.vote.votes import VoteCounted
from tests.domain.chamber import hands, ids, township
from tests.domain.county import WEDNESDAY, county
from tests.domain.test_outlook import prospects

SECRETARY = "secretary-general"


@pytest.mark.rule("OL22-17-1-secretary", "OL15-13-1-secretary")
@pytest.mark.parametrize(
    ("opens", "rule"), [(WEDNESDAY, "OL22-17-1-secretary"), (date(2019, 2, 20), "OL15-13-1-secretary")]
)
def test_a_session_has_one_secretary_general_neither_none_nor_two(opens: date, rule: str) -> None:
    house = county("prep held", opens=opens)
    for nobody_or_two in ((), ("d001", "d002")):
        house.when(hands(SECRETARY, 232, persons=nobody_or_two)).then_refused(
            "OneSecretaryGeneral", rule, found=len(nobody_or_two)
        )
    assert not house.session.has(f"voted:{SECRETARY}")
    house.when(hands(SECRETARY, 232, persons=("d001",))).then(VoteCounted, adopted=True).citing(rule)


@pytest.mark.rule("OL22-17-1-secretary")
def test_no_text_says_that_the_secretary_general_is_a_deputy_and_the_record_says_so() -> None:
    house = county("prep held").when(hands(SECRETARY, 232, persons=("d001",))).then(VoteCounted)
    house.without_finding("LawSilent")
    house = county("prep held").when(hands(SECRETARY, 232, persons=("zhang1",)))
    house.then(VoteCounted, adopted=True, persons=("zhang1",)).with_finding("LawSilent")
    house = county("prep held", suspended=("d003",), present=231)
    house.when(hands(SECRETARY, 231, persons=("d003",))).then(VoteCounted).with_finding("LawSilent")


def test_a_count_is_corrected_though_the_secretary_general_is_no_deputy_and_the_one_name_stays_one() -> None:
    house = county("prep held").given(hands(SECRETARY, 231, 1, persons=("zhang1",)))
    version = house.version_of(VoteCounted)
    for persons in ([], ["d001", "d002"]):
        house.when(Correct(version=version, changes={"persons": persons}, why="笔误")).then_refused("FieldNotThere")
    house.when(Correct(version=version, changes={"in_favour": 230, "against": 2}, why="笔误")).then(Corrected)


def test_nobody_is_no_list_of_a_committee() -> None:
    house = county("prep held").when(hands("motions-committee", 232)).then_refused("NobodyListed")
    house.when(hands("motions-committee", 232, persons=ids(5))).then(VoteCounted, adopted=True)
    town = township("opened", kind="first").when(hands("credentials-committee", 61)).then_refused("NobodyListed")
    town.when(hands("credentials-committee", 61, persons=ids(5))).then(VoteCounted)


def test_nobody_is_no_standing_chair() -> None:
    house = county("constituted").given(PresidiumMeets(meeting=1, present=31))
    house.when(PresidiumDecides(matter="standing-chairs")).then_refused("NobodyListed")
    house.when(PresidiumDecides(matter="standing-chairs", persons=("d001",))).then(PresidiumDecided)


@pytest.mark.rule("DL25-61")
def test_whoever_is_suspended_stands_on_no_list_of_deputies_and_is_told_so_of_the_list_not_of_signing_in() -> None:
    house = county("prep held", suspended=("d003",), present=231)
    house.when(hands("motions-committee", 231, persons=ids(5))).then_refused(
        "SuspendedOnList", "DL25-61", deputy="d003"
    )
    assert house.refusal is not None
    assert "议案审查委员会名单" in house.refusal.says().zh and "签到" not in house.refusal.says().zh
    house.given(hands("presidium", 231, persons=ids(31, start=4)), PresidiumMeets(meeting=1, present=31))
    house.when(PresidiumDecides(matter="standing-chairs", persons=("d003",))).then_refused("SuspendedOnList", "DL25-61")


def test_the_outlook_does_not_call_a_list_blocked_because_nobody_is_named_yet() -> None:
    house = county("prep held")
    found = {fact: ahead.state for fact, ahead in prospects(house).items()}
    assert found[f"adopted:{SECRETARY}"] == found["presidium-elected"] == "now"
