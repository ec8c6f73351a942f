"""Each act is judged by the law of its own day: sessions that straddle a change, days without law, editions, wrong plans."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.arithmetic import Share
from domain.calendar import at_clock
from domain.law import LawBook
from domain.session.business import Deliberate, HearReport
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.record import AdoptEdition, EditionAdopted
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting, SittingOpened
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, FixedLaws, council, hands, statutes, township
from tests.domain.test_quorum import own_quorum
from yishi.law import edition_of


@pytest.mark.rule("OL15-20", "OL22-25", "OL22-14-4-quorum", "OL15-noquorum")
def test_a_session_from_10_to_13_march_2022_votes_under_2015_one_day_and_under_2022_the_next() -> None:
    about: dict[str, Any] = {
        "opens": date(2022, 3, 10),
        "closes": date(2022, 3, 13),
        "profile": "national-township",
        "present": 12,
    }
    town = township("put forward", 15, **about).on(date(2022, 3, 11))
    town.when(hands("gov", 8, 4)).then(VoteCounted, adopted=True).citing("OL15-20").with_finding(
        "LawSilent", "OL15-noquorum"
    )
    town.given(CloseSitting(), SignIn(sitting="s2", present=9)).on(date(2022, 3, 12))
    town.when(OpenSitting(sitting="s2")).then_refused("QuorumNotMet", "OL22-14-4-quorum", found=9, needed=10)
    town.given(SignIn(sitting="s2", present=10)).when(OpenSitting(sitting="s2")).then(SittingOpened)
    town.when(hands("pres", 8, 2)).then(VoteCounted, adopted=True).citing("OL22-25").without_finding()


@pytest.mark.rule("DL15-8-1", "DL25-14-2", "DL15-17", "DL25-23")
def test_a_session_over_the_night_of_11_march_2025_passes_from_the_old_deputies_law_to_the_new() -> None:
    town = township("reports heard", opens=date(2025, 3, 11), closes=date(2025, 3, 12)).on(date(2025, 3, 11), 23, 59)
    town.when(Deliberate(items=("gov",))).citing("DL15-8-1")
    town.on(date(2025, 3, 12), 0).when(Deliberate(items=("gov",))).citing("DL25-14-2")
    town.given(Deliberate(items=("pres",)), PresidiumMeets(meeting=1, present=9))
    town.given(PresidiumDecides(matter="put-to-vote", items=("gov", "pres")))
    town.when(hands("gov", 61)).citing("DL25-23")


def test_a_legal_day_ends_at_midnight_in_china_wherever_the_clock_stands() -> None:
    town = township("reports heard", opens=date(2025, 3, 11), closes=date(2025, 3, 12))
    midnight = at_clock(date(2025, 3, 12), 0)
    assert midnight.utctimetuple().tm_mday == 11
    town.when(Deliberate(items=("gov",)), at=midnight).citing("DL25-14-2")


@pytest.mark.parametrize(
    ("profile", "day", "family", "first"),
    [
        ("national-township", date(2015, 8, 28), "地方组织法", "2015-08-29"),
        ("zhejiang-township", date(2016, 9, 30), "浙江省乡镇人大工作条例", "2016-10-01"),
        ("chongqing-township", date(2016, 3, 30), "重庆市乡镇人大工作条例", "2016-03-31"),
        ("zhejiang-residents", date(2019, 12, 31), "浙江省街道人大工作条例", "2020-01-01"),
        ("national-residents", date(2015, 8, 28), "地方组织法", "2015-08-29"),
    ],
)
def test_before_the_first_text_on_file_nothing_is_guessed(profile: str, day: date, family: str, first: str) -> None:
    town = Chamber(61, profile, opens=day + timedelta(days=30), registered=day)
    town.when(town.registering).then_refused("NoLaw", family=family, first=first, on=str(day))
    town.on(day + timedelta(days=1)).when(town.registering)
    assert town.refusal is None


# own rules, profiles, readings


def test_a_plan_names_a_profile_of_its_own_level_a_kind_and_a_procedure_there_are() -> None:
    town = Chamber(3)
    for changes, reason in (
        ({"profile": "zhejiang-residents"}, "UnknownProfile"),
        ({"profile": "mars-township"}, "UnknownProfile"),
        ({"procedure": "senate"}, "UnknownProcedure"),
        ({"kind": "yearly"}, "UnknownKind"),
        ({"procedure": "residents-council"}, "WrongLevel"),
        ({"adopts": ("I-quorum-at-vot",)}, "UnknownReading"),
    ):
        town.when(town.registering.model_copy(update=changes)).then_refused(reason)


def test_a_bodys_own_rule_cannot_pass_for_a_statute() -> None:
    disguised = own_quorum(1, 3, inclusive=True, level="township", layer="statute", kind="text", id="AAA")
    town = Chamber(3, own_rules=(disguised,))
    town.when(town.registering).then_refused("NotAnOwnRule", rule="AAA")


# editions


def amended() -> LawBook:
    """A book in which the statute asks for three quarters of the deputies."""
    book = statutes()
    share = next(p.value for p in book.provisions if p.id == "OL22-14-4-quorum")
    assert isinstance(share, Share)
    strict = share.model_copy(update={"numerator": 3, "denominator": 4})
    ids = ("OL22-14-4-quorum", "ZJT23-16-quorum")
    rules = tuple(p.model_copy(update={"value": strict}) if p.id in ids else p for p in book.provisions)
    changed = book.model_copy(update={"provisions": rules})
    return changed.model_copy(update={"edition": edition_of(changed)})


@pytest.mark.rule("I-edition")
def test_a_running_session_keeps_its_edition_until_it_takes_a_new_one_on_record() -> None:
    town = township("signed in", 60, present=40)
    town.laws = FixedLaws(statutes(), amended())
    town.given(OpenSitting(sitting="s1"), CloseSitting(), SignIn(sitting="s2", present=44))
    adopt = AdoptEdition(edition=amended().edition)
    town.when(adopt).then(EditionAdopted, replaced=statutes().edition).citing("I-edition").and_again_nothing()
    town.when(OpenSitting(sitting="s2")).then_refused("QuorumNotMet", needed=45)
    town.given(SignIn(sitting="s2", present=45)).when(OpenSitting(sitting="s2")).then(SittingOpened)


def test_an_edition_that_is_not_on_file_cannot_be_taken() -> None:
    town = township("registered").when(AdoptEdition(edition="0" * 64))
    town.then_refused("EditionNotOnFile", edition="0" * 64, newest=statutes().edition)


@pytest.mark.rule("C-secretariat-record")
def test_where_no_law_speaks_on_a_council_its_acts_are_recorded_by_custom_and_no_statute_is_claimed() -> None:
    street = council("opened", profile="national-residents").when(HearReport(item="office"), by="street_office")
    assert [c.rule for c in street.events[0].basis] == ["C-secretariat-record"]
