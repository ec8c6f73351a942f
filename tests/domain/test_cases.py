"""Real township and residents' sessions with published attendance, judged by the law of their own day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from domain.session.sittings import OpenSitting, SittingOpened
from domain.vote.votes import VoteCounted
from tests.domain.chamber import council, hands, township
from tests.domain.test_quorum import own_quorum


@dataclass(frozen=True)
class Case:
    """`quorum_min` and `pass_min` as the collection of cases expects them."""

    name: str
    held: date
    due: int
    present: int
    quorum_min: int
    pass_min: int


CASES = (
    Case("定远县炉桥镇第十八届人大五次会议", date(2025, 1, 21), 107, 95, 72, 54),
    Case("松江区石湖荡镇第六届人大十次会议", date(2025, 8, 20), 62, 56, 42, 32),
    Case("江华县涔天河镇第二届人大八次会议", date(2024, 12, 4), 60, 55, 40, 31),
)


def named(case: Case) -> str:
    return case.name


@pytest.mark.rule("OL22-14-4-quorum")
@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_session_met_its_quorum_and_one_fewer_than_the_least_would_not(case: Case) -> None:
    for present in (case.present, case.quorum_min):
        town = township("signed in", case.due, present=present, profile="national-township", opens=case.held)
        town.when(OpenSitting(sitting="s1")).then(SittingOpened, deputies_total=case.due, deputies_present=present)
        town.without_finding("BelowQuorum", "LawSilent")
    short = township("signed in", case.due, present=case.quorum_min - 1, profile="national-township", opens=case.held)
    short.when(OpenSitting(sitting="s1")).then_refused(
        "QuorumNotMet", "OL22-14-4-quorum", needed=case.quorum_min, total=case.due
    )


@pytest.mark.rule("OL22-25")
@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_resolution_there_needed_more_than_half_of_all_deputies(case: Case) -> None:
    about: dict[str, Any] = {"profile": "national-township", "present": case.present, "opens": case.held}
    town = township("put forward", case.due, **about)
    against = case.present - case.pass_min
    town.when(hands("gov", case.pass_min, against)).then(VoteCounted, adopted=True, needed=case.pass_min)
    town.when(hands("pres", case.pass_min - 1, against + 1)).then(VoteCounted, adopted=False, needed=case.pass_min)


@pytest.mark.rule("OL15-noquorum", "OL15-20")
def test_nancha_met_in_2019_with_83_of_86_when_no_statute_set_a_quorum_and_44_carried() -> None:
    about: dict[str, Any] = {
        "profile": "national-township",
        "present": 83,
        "opens": date(2019, 11, 30),
        "kind": "first",
    }
    town = township("signed in", 86, **about).when(OpenSitting(sitting="s1"))
    town.then(SittingOpened, deputies_present=83, deputies_total=86).with_finding("LawSilent", "OL15-noquorum")
    town = township("put forward", 86, **about)
    town.when(hands("gov", 44, 39)).then(VoteCounted, adopted=True, needed=44).citing("OL15-20")
    town.when(hands("pres", 43, 40)).then(VoteCounted, adopted=False).with_finding("NotAdopted", "OL15-20", needed=44)


@pytest.mark.parametrize(("present", "held"), [(60, True), (41, True), (40, False)])
def test_songchengs_council_of_60_asked_for_more_than_two_thirds_which_is_41(present: int, *, held: bool) -> None:
    rule = own_quorum(2, 3, inclusive=False, level="residents")
    about: dict[str, Any] = {"profile": "national-residents", "opens": date(2025, 3, 18), "own_rules": (rule,)}
    street = council("signed in", 60, present=present, **about).when(OpenSitting(sitting="s1"))
    if held:
        street.then(SittingOpened, deputies_present=present)
    else:
        street.then_refused("QuorumNotMet", "OWN-8", needed=41)
