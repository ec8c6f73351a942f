"""The same nominations, primaries and lists under the text of each day and place: what refuses or allows an act cites that text."""

from datetime import date
from typing import Any

import pytest

from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.nomination import Nominated
from domain.election.parts import PersonEntry
from domain.election.primary import PrimaryHeld
from domain.election.printing import NomineesPrinted, PrintNominees
from domain.session.parts import Congress
from tests.domain.chamber import Chamber, hands, ids
from tests.domain.elections import adopted, deliberated, election, house, joint, meeting, primary, town
from tests.domain.test_left_over import after_the_ballot, by_ballot
from tests.domain.test_nominations import PEOPLE, of_organisations


def _refused(here: Chamber, reason: str) -> set[str]:
    here.then_refused(reason)
    assert here.refusal is not None
    return {c.rule for c in here.refusal.basis}


def _done(here: Chamber, event: type) -> set[str]:
    here.then(event)
    return {c.rule for e in here.events for c in (*e.basis, *(c for f in e.findings for c in f.basis))}


def _course(here: Chamber, extra: int = 1) -> set[str]:
    """A nomination refused for each reason, then three nominees for one post, a primary and the list: all rules that were cited."""
    cited = _refused(here.when(of_organisations("o", "d040")), "NotANominator")
    cited |= _refused(here.when(joint("1", ("d040",), ids(9))), "TooFewNominators")
    cited |= _refused(here.when(joint("1", ("d040",), ids(10), written=False)), "NominationNotInWriting")
    cited |= _refused(here.when(joint("1", ("d040", "d041"), ids(10))), "TooManyNominees")
    for n, person in enumerate(("d040", "d041", "d042")):
        cited |= _done(here.when(joint(str(n), (person,), ids(10, start=1 + n * 10))), Nominated)
    meeting(here).when(SettleCandidates(election="e", candidates=("d040",)))
    cited |= _refused(here, "StepMissing")
    adopted(here, ("e", extra)).when(SettleCandidates(election="e", candidates=("d040",)))
    cited |= _refused(here, "NomineesNotPrinted")
    cited |= _done(here.when(PrintNominees(elections=("e",))), NomineesPrinted)
    cited |= _refused(here.when(SettleCandidates(election="e", candidates=("d040", "d041"))), "PrimaryFirst")
    total = len(here.roll)
    cited |= _done(here.when(primary({"d040": 30, "d041": 20, "d042": 10}, total)), PrimaryHeld)
    cited |= _done(here.when(SettleCandidates(election="e", candidates=("d041", "d040"))), CandidatesSettled)
    return cited


@pytest.mark.parametrize(
    ("profile", "opens", "rules"),
    [
        pytest.param(
            "chongqing-township", date(2024, 1, 17),
            "CQT16-22-by CQT16-22-joint CQT16-22-written CQT16-22-cap CQT16-23-method CQT16-23-discussed CQT16-23-primary "
            "CQT16-23-primary-order CQT16-23-vice CQT16-31-listed OL22-27-1-method",
            marks=pytest.mark.rule(
                "CQT16-22-by", "CQT16-22-joint", "CQT16-22-written", "CQT16-22-cap", "CQT16-23-method", "CQT16-23-discussed",
                "CQT16-23-primary", "CQT16-23-primary-order", "CQT16-23-vice", "CQT16-31-listed", "OL22-27-1-method",
            ),
        ),
        pytest.param(
            "zhejiang-township", date(2022, 1, 12),
            "OL15-21-1-by OL15-21-2-joint-township OL15-21-2-written OL15-21-3-cap OL15-22-1-method OL15-22-1-discussed "
            "OL15-22-1-primary OL15-22-1-primary-order OL15-22-1-vice ZJT16-9-powers-candidates",
            marks=pytest.mark.rule(
                "OL15-21-1-by", "OL15-21-2-joint-township", "OL15-21-2-written", "OL15-21-3-cap", "OL15-22-1-method",
                "OL15-22-1-discussed", "OL15-22-1-primary", "OL15-22-1-primary-order", "OL15-22-1-vice",
                "ZJT16-9-powers-candidates",
            ),
        ),
        pytest.param(
            "zhejiang-township", date(2024, 1, 17), "ZJT23-9-powers-candidates OL22-27-1-method",
            marks=pytest.mark.rule("ZJT23-9-powers-candidates"),
        ),
    ],
)  # fmt: skip
def test_a_townships_vice_chair_is_nominated_by_the_text_of_the_day(profile: str, opens: date, rules: str) -> None:
    here = town(election("township-vice-chair", kind="change_of_term"), profile=profile, opens=opens, **_first(opens))
    assert set(rules.split()) <= _course(here)


def _first(opens: date) -> dict[str, Any]:
    return {"elections_completed": date(opens.year - 1, 12, 28)}


@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        pytest.param("zhejiang-township", date(2022, 1, 12), "OL15-14-deputies", marks=pytest.mark.rule("OL15-14-deputies")),
        pytest.param(
            "zhejiang-township", date(2022, 1, 12), "ZJT16-11-chair-deputies",
            marks=pytest.mark.rule("ZJT16-11-chair-deputies"),
        ),
    ],
)  # fmt: skip
def test_a_townships_chair_came_from_its_deputies_before_2022_too(profile: str, opens: date, rule: str) -> None:
    here = town(election("township-chair"), profile=profile, opens=opens, people=PEOPLE)
    here.when(joint("1", ("v1",), ids(10))).then_refused("NotAmongDeputies", citing=rule)


@pytest.mark.rule("OL15-56-ethnic", "CQT16-21-ethnic")
def test_an_ethnic_townships_head_is_reminded_of_under_each_text() -> None:
    name = Congress.model_validate({"code": "testtown", "name": "测试民族乡人民代表大会", "level": "township"})
    for profile, opens, rule in (
        ("zhejiang-township", date(2022, 1, 12), "OL15-56-ethnic"),
        ("chongqing-township", date(2024, 1, 17), "CQT16-21-ethnic"),
    ):
        here = town(election("township-head"), profile=profile, opens=opens, congress=name)
        here.when(joint("1", ("d050",), ids(10))).with_finding("EthnicTownshipHead", citing=rule)


@pytest.mark.rule("OL15-41-deputies-county", "OL15-21-2-joint-county")
def test_a_countys_standing_committee_came_from_its_deputies_before_2022_too() -> None:
    voter = (PersonEntry(id="v1", voter=True),)
    here = house(election("sc-member", seats=5), opens=date(2021, 1, 13), people=voter)
    here.when(joint("1", ("v1",), ids(10))).then_refused("NotAmongDeputies", citing="OL15-41-deputies-county")
    here.when(joint("1", ("d100",), ids(9))).then_refused("TooFewNominators", citing="OL15-21-2-joint-county")


@pytest.mark.rule(
    "EL15-29-2-by", "EL15-29-2-joint", "EL15-29-3-cap", "EL15-31-2-printed", "EL15-31-2-primary", "EL15-31-2-primary-order",
    "EL15-42-1-scrutineers", "EL15-42-2-relatives",
)  # fmt: skip
def test_deputies_above_were_nominated_by_the_electoral_law_of_2015_until_october_2020() -> None:
    assert _above(date(2020, 1, 8)) >= {
        "EL15-29-2-by", "EL15-29-2-joint", "EL15-29-3-cap", "EL15-31-2-printed", "EL15-31-2-primary", "EL15-31-2-primary-order",
        "EL15-42-1-scrutineers", "EL15-42-2-relatives",
    }  # fmt: skip


@pytest.mark.rule("EL20-32-2-primary-order")
def test_and_by_that_of_2020_since() -> None:
    assert _above(date(2021, 1, 13)) >= {"EL20-32-2-primary-order", "EL20-32-2-primary", "EL20-30-3-cap"}


def _above(opens: date) -> set[str]:
    """Two seats in the congress above, four nominees, in a county of that day."""
    here = house(election("higher-deputy", seats=2, kind="change_of_term"), opens=opens, **_first(opens))
    cited = _refused(here.when(joint("1", ("d040",), ids(9))), "TooFewNominators")
    cited |= _refused(here.when(joint("1", ids(3), ids(10))), "TooManyNominees")
    cited |= _done(here.when(joint("1", ids(2), ids(10, start=20))), Nominated)
    cited |= _done(here.when(joint("2", ids(2, start=3), ids(10, start=30))), Nominated)
    cited |= _refused(here.when(PrintNominees(elections=("e",))), "BasicDataMissing")
    adopted(meeting(deliberated(here)), ("e", 1)).when(SettleCandidates(election="e", candidates=ids(3)))
    cited |= _refused(here, "PrimaryFirst")
    cited |= _done(here.when(primary({"d001": 90, "d002": 80, "d003": 70, "d004": 60}, 241)), PrimaryHeld)
    cited |= _done(here.when(SettleCandidates(election="e", candidates=ids(3))), CandidatesSettled)
    cited |= _refused(
        here.when(hands("scrutineers", 241, persons=("d100",), no_relatives=False)), "ScrutineerIsRelative"
    )
    here.when(hands("scrutineers", 241, persons=("d100",)))
    return cited | {c.rule for e in here.events for c in e.basis}


@pytest.mark.rule(
    "OL22-29-3-separate-township", "OL15-24-3-separate-township", "CQT16-25-separate", "CQT16-25-shortfall-candidates",
)  # fmt: skip
def test_a_townships_vice_post_left_over_is_contested_again_by_the_text_of_the_day() -> None:
    votes = {"d001": 50, "d002": 30, "d003": 20}
    for profile, opens, rules in (
        ("zhejiang-township", date(2022, 1, 12), ("OL15-24-3-separate-township",)),
        ("zhejiang-township", date(2024, 1, 17), ("OL22-29-3-separate-township",)),
        ("chongqing-township", date(2024, 1, 17), ("OL22-29-3-separate-township", "CQT16-25-separate")),
    ):
        here = after_the_ballot("township-deputy-head", 2, votes, 1, profile=profile, opens=opens, **_first(opens))
        here.when(by_ballot("d002")).then_refused("TooFewCandidates", citing=rules, needed=2)
        here.when(by_ballot("d002", "d003")).then(CandidatesSettled)
    here.citing("CQT16-25-shortfall-candidates")


@pytest.mark.rule(
    "OL15-24-2-shortfall-candidates", "OL15-24-3-separate", "EL15-44-4-shortfall", "EL15-44-4-shortfall-one"
)
def test_seats_left_over_were_contested_again_by_the_earlier_texts_too() -> None:
    votes = {"d001": 200, "d002": 150, "d003": 120, "d004": 118}
    here = after_the_ballot("deputy-government-head", 3, votes, 1, opens=date(2021, 1, 13))
    here.when(by_ballot("d003")).then_refused("TooFewCandidates", citing="OL15-24-3-separate", needed=2)
    here.when(by_ballot("d003", "d004")).then(CandidatesSettled).citing("OL15-24-2-shortfall-candidates")
    above = after_the_ballot("higher-deputy", 2, {"d001": 200, "d002": 120, "d003": 110}, 1, opens=date(2020, 1, 8))
    above.when(by_ballot("d002")).then_refused("TooFewCandidates", citing="EL15-44-4-shortfall-one", needed=2)
    above.when(by_ballot("d002", "d003")).then(CandidatesSettled).citing("EL15-44-4-shortfall")
