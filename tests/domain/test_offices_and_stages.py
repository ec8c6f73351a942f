"""Who may act, and when: each act of each meeting by its office and in its stage, and by no other."""

from typing import get_args

import pytest

import domain.session.decide  # noqa: F401  registers the acts
from domain.event import EVENTS
from domain.findings import SAYS
from domain.offices import OFFICE_NAMES
from domain.procedure import PROCEDURES
from domain.refusals import REFUSALS
from domain.session.closing import CloseSession, PublishResults
from domain.session.dates import DecideDate, Petition
from domain.session.notice import GiveNotice
from domain.session.presidium import PresidiumMeets
from domain.session.roll import ConfirmCredentials
from domain.session.sittings import OpenSitting
from domain.submission import COMMANDS, Office
from tests.domain.chamber import WEDNESDAY, council, hands, township
from tests.domain.county import WEDNESDAY as COUNTY_DAY
from tests.domain.county import county


@pytest.mark.rule("OL22-19-1-town-presides")
def test_the_secretariat_does_not_decide_the_date_and_a_deputy_does_not_open_the_sitting() -> None:
    town = township("registered")
    town.when(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY), by="secretariat")
    town.then_refused("NotTheirAct", "OL22-19-1-town-presides", found="secretariat", needed="presidium")
    town = (
        township("signed in").when(OpenSitting(sitting="s1"), by="deputy").then_refused("NotTheirAct", found="deputy")
    )


def test_an_office_that_the_meeting_does_not_have_does_nothing_in_it() -> None:
    township("signed in").when(OpenSitting(sitting="s1"), by="street_committee").then_refused("NotTheirAct")
    council("signed in").when(OpenSitting(sitting="s1"), by="presidium").then_refused(
        "NotTheirAct", needed="street_committee"
    )


def test_notice_is_not_given_of_a_session_that_is_sitting_and_results_not_published_before_it_closed() -> None:
    township("opened").when(GiveNotice()).then_refused("WrongStage", found="会中", needed="会前")
    township("voted").when(PublishResults(items=("gov",))).then_refused("WrongStage", needed="会后")


def test_nothing_is_resolved_after_the_closing_nor_before_the_opening() -> None:
    township("closed").when(hands("gov", 61)).then_refused("WrongStage", found="会后")
    township("signed in").when(hands("gov", 61)).then_refused("WrongStage", found="会前")
    township("signed in").when(CloseSession()).then_refused("WrongStage")


def test_a_council_knows_neither_presidium_nor_petition_nor_credentials() -> None:
    for act in (PresidiumMeets(meeting=1, present=1), Petition(signatories=("d001",)), ConfirmCredentials(valid=60)):
        council("registered").when(act).then_refused("NotAnActHere")


@pytest.mark.parametrize("name", sorted(PROCEDURES))
def test_every_act_of_a_meeting_is_known_and_some_office_of_that_meeting_may_do_it(name: str) -> None:
    procedure = PROCEDURES[name]
    nobodys = [a for a in procedure.acts if not set(COMMANDS[a].offices) & set(procedure.offices)]
    assert nobodys == []
    assert {step.act for step in procedure.steps} <= set(procedure.acts)


def test_every_reason_and_finding_is_said_in_both_languages_with_the_same_figures() -> None:
    import string  # noqa: PLC0415

    def places(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    for said in (*(r.says for r in REFUSALS.values()), *SAYS.values()):
        assert said.zh and said.en and places(said.zh) == places(said.en)


def test_every_event_has_a_stored_name_with_a_version() -> None:
    assert all(name.count(".") == 2 and name.rsplit(".v", 1)[1].isdigit() for name in EVENTS)


def test_every_office_has_a_name_and_a_refusal_calls_it_by_that() -> None:
    assert set(OFFICE_NAMES) == set(get_args(Office))
    house = county("registered").when(DecideDate(opens=COUNTY_DAY, closes=COUNTY_DAY), by="presidium")
    assert house.refusal is not None
    assert "应由人大常委会作出,不能由主席团作出" in house.refusal.says().zh
    assert "is for the standing committee to do, not for the presidium" in house.refusal.says().en
