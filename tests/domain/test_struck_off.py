"""Who took money from abroad for an election of deputies is struck off its list (选举法 (2020) art. 35)."""

from datetime import date
from typing import Any

import pytest

from domain.election.candidates import SettleCandidates
from domain.election.rounds import OpenBallot
from domain.election.striking import NomineeStruck, StrikeNominee
from domain.session.correction import Correct
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, deliberated, election, house, joint, meeting


def listed(**about: Any) -> Chamber:
    """Two seats of the city's congress, three nominees, and the presidium at its meeting."""
    here = house(election("higher-deputy", seats=2, kind="change_of_term"), **about)
    here.given(joint("1", ("d001", "d002"), ids(10)), joint("2", ("d003",), ids(10, start=20)))
    here.given(hands("scrutineers", 241, persons=ids(3, start=50), chief="d050", no_relatives=True))
    return adopted(meeting(deliberated(here)), ("e", 1))


STRIKE = StrikeNominee(election="e", nominee="d003", reasons="市监察委员会查实接受境外机构资助")


@pytest.mark.rule("EL20-35-2-foreign", "EL15-34-2-foreign")
@pytest.mark.parametrize(("opens", "rule"), [(None, "EL20-35-2-foreign"), (date(2020, 9, 16), "EL15-34-2-foreign")])
def test_a_nominee_who_took_money_from_abroad_is_struck_off_and_not_nominated_again(
    opens: date | None, rule: str
) -> None:
    here = listed(**({"opens": opens} if opens else {}))
    here.when(STRIKE).then(NomineeStruck, nominee="d003").citing(rule).and_again_nothing()
    here.when(SettleCandidates(election="e", candidates=("d001", "d002", "d003"))).then_refused("CandidateNotNominated")
    here.when(joint("3", ("d003",), ids(10, start=40))).then_refused("StruckOff", citing=rule, person="d003")


@pytest.mark.rule("EL20-35-2-foreign")
def test_a_candidate_is_struck_off_the_settled_list_and_the_ballot_is_on_those_left() -> None:
    here = listed().given(SettleCandidates(election="e", candidates=("d001", "d002", "d003")))
    here.when(STRIKE).then(NomineeStruck).with_finding("FewerOnceStruck", found=2, seats=2)
    assert here.session.elections["e"].candidates == ("d001", "d002")
    here.on(here.opens.replace(day=here.opens.day + 2), 16).given(OpenBallot(election="e"))
    assert here.session.elections["e"].rounds[0].candidates == ("d001", "d002")
    here.when(STRIKE.model_copy(update={"nominee": "d002"})).then_refused("BallotGoesOn", citing="EL20-35-2-foreign")


def test_who_does_not_stand_is_not_struck_off_and_leaders_are_struck_off_by_no_law() -> None:
    listed().when(STRIKE.model_copy(update={"nominee": "d009"})).then_refused("NotNominated")
    leaders = house(election("government-head")).given(joint("1", ("d003",), ids(10)))
    leaders.when(STRIKE).then_refused("NotStruckForThis")


def test_what_was_struck_off_in_error_is_corrected_and_the_nominee_stands() -> None:
    here = listed().given(STRIKE)
    here.given(Correct(version=here.version_of(NomineeStruck), strike=True, why="同名之误"))
    here.given(SettleCandidates(election="e", candidates=("d001", "d002", "d003")))
