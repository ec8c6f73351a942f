"""Elections, removals, resignations and the oath in the files: the numbers per level, each by its day (rulebook §8, §17)."""

from datetime import date
from typing import Any

import pytest

from domain.law import Consequence, Kind, Law, LawBook
from tests.law.conftest import Asking

TODAY = "2026-01-10"


@pytest.fixture
def at(book: LawBook) -> Any:
    """`at("city")`: national law of a level; there is no profile of a city or a province yet."""

    def ask(level: str, day: str = TODAY, kind: str = "first") -> Law:
        return book.on(date.fromisoformat(day), level, kind, "national-county")

    return ask


@pytest.mark.rule(
    "OL22-26-2-joint-province", "OL22-26-2-joint-city", "OL22-26-2-joint-county", "OL22-26-2-joint-township"
)
@pytest.mark.rule(
    "OL15-21-2-joint-province", "OL15-21-2-joint-city", "OL15-21-2-joint-county", "OL15-21-2-joint-township"
)
@pytest.mark.parametrize("day", [TODAY, "2022-03-11"])
@pytest.mark.parametrize(("level", "needed"), [("province", 30), ("city", 20), ("county", 10), ("township", 10)])
def test_thirty_twenty_ten_and_ten_deputies_may_nominate_a_leader_and_one_less_may_not(
    at: Any, level: str, needed: int, day: str
) -> None:
    rule = at(level, day).ruling("nomination.joint")
    assert rule.may_refuse and rule.value.met_by(needed) and not rule.value.met_by(needed - 1)


@pytest.mark.rule("EL20-30-2-joint", "EL15-29-2-joint")
@pytest.mark.parametrize("day", [TODAY, "2020-10-17"])
@pytest.mark.parametrize("level", ["province", "city", "county"])
def test_ten_deputies_may_nominate_a_deputy_of_the_congress_above_at_every_level(at: Any, level: str, day: str) -> None:
    assert at(level, day).ruling("nomination.joint.deputies").number == 10


@pytest.mark.rule("OL22-27-1-members", "OL15-22-1-members")
@pytest.mark.parametrize(("seats", "bounds"), [(25, (3, 5)), (10, (1, 2)), (5, (1, 1)), (4, None)])
def test_members_of_a_standing_committee_have_a_tenth_to_a_fifth_more_candidates_and_below_five_no_number_fits(
    at: Any, seats: int, bounds: tuple[int, int] | None
) -> None:
    for day in (TODAY, "2022-03-11"):
        assert at("county", day).ruling("margin.members").portion.bounds(seats) == bounds


@pytest.mark.rule("EL20-31-2-margin", "EL15-30-2-margin")
@pytest.mark.parametrize(("seats", "bounds"), [(10, (2, 5)), (3, (1, 1)), (2, (1, 1)), (1, None)])
def test_deputies_of_the_congress_above_have_a_fifth_to_a_half_more_candidates(
    at: Any, seats: int, bounds: tuple[int, int] | None
) -> None:
    for day in (TODAY, "2020-10-17"):
        assert at("city", day).ruling("margin.deputies").portion.bounds(seats) == bounds


@pytest.mark.rule("OL22-27-1-head", "OL15-22-1-head", "OL15-22-1-head-usual", "OL22-27-1-vice", "OL15-22-1-vice")
def test_a_head_may_stand_alone_a_vice_post_never_and_until_2022_two_for_a_head_were_usual(at: Any) -> None:
    old, new = at("county", "2022-03-11"), at("county", "2022-03-12")
    for law in (old, new):
        head, vice = law.ruling("margin.head").range, law.ruling("margin.vice").range
        assert head.holds(0) and head.holds(1) and not head.holds(2)
        assert not vice.holds(0) and vice.holds(1) and vice.holds(3) and not vice.holds(4)
    assert old.ruling("margin.head_usual").consequence is Consequence.WARN
    assert new.ruling("margin.head_usual") is None


@pytest.mark.rule("CQT16-23-head", "CQT16-23-head-usual")
def test_chongqings_older_wording_on_two_candidates_for_a_head_still_only_advises(law: Asking) -> None:
    chongqing = law(TODAY, "chongqing-township")
    head, usual = chongqing.ruling("margin.head"), chongqing.ruling("margin.head_usual")
    assert head is not None and head.range.holds(0) and not head.inert
    assert usual is not None and not usual.may_refuse


@pytest.mark.rule("OL22-27-2-days", "OL15-22-2-days", "EL20-32-2-days", "EL15-31-2-days", "I-two-days-hours")
def test_two_days_to_nominate_bind_from_county_level_up_and_their_forty_eight_hours_are_a_reading(at: Any) -> None:
    assert at("county").ruling("election.two_days").number == 2
    assert at("county").ruling("election.two_days.deputies").number == 2
    assert at("township").ruling("election.two_days") is None
    hours = at("county").ruling("election.two_days.hours")
    assert hours.number == 48 and hours.kind is Kind.READING and not hours.may_refuse


@pytest.mark.rule("DL25-17-6", "DL15-11-6")
def test_a_write_in_is_free_until_11_march_2025_and_then_tied_to_a_vote_against(at: Any) -> None:
    assert at("county", "2025-03-11").ruling("ballot.write_in_against").on is False
    assert at("county", "2025-03-12").ruling("ballot.write_in_against").on is True
    assert at("county", "2025-03-12").ruling("ballot.write_in_against").consequence is Consequence.WARN


@pytest.mark.rule("EL20-44-1-count", "EL15-43-1-count", "CQT16-24-count", "I-ballot-count")
def test_surplus_ballots_void_an_election_of_deputies_by_statute_and_of_leaders_in_chongqing_and_elsewhere_by_a_reading(
    at: Any, law: Asking
) -> None:
    deputies, leaders = at("county").ruling("ballot.count.deputies"), at("county").ruling("ballot.count")
    assert (deputies.kind, deputies.options) == (Kind.TEXT, ("returned_over_voters",))
    assert (leaders.kind, leaders.options) == (Kind.READING, ("returned_over_issued",))
    chongqing = law(TODAY, "chongqing-township").ruling("ballot.count")
    assert chongqing is not None and chongqing.kind is Kind.LOCAL
    assert chongqing.basis[0].zh == "重庆市乡镇人大工作条例(2016)第二十四条第二款"


@pytest.mark.rule("OL22-31-1-removal-joint", "OL15-26-1-removal-joint", "OL22-31-2-removal-joint-township")
@pytest.mark.rule("OL15-26-2-removal-joint-township", "CQT16-27-joint")
def test_of_241_county_deputies_25_may_move_a_removal_and_24_may_not_and_of_61_in_a_township_13_and_not_12(
    at: Any,
) -> None:
    for day in (TODAY, "2022-03-11"):
        county, town = (
            at("county", day).ruling("removal.joint").share,
            at("township", day).ruling("removal.joint").share,
        )
        assert county.met_by(25, 241) and not county.met_by(24, 241)
        assert town.met_by(13, 61) and not town.met_by(12, 61)


@pytest.mark.rule("OL22-31-1-removal-by", "OL22-31-2-removal-by-township", "EL20-51-1-by", "EL15-50-1-by")
def test_a_standing_committee_may_move_to_remove_the_county_head_and_not_a_city_deputy(at: Any) -> None:
    assert "standing_committee" in at("county").ruling("removal.proposers").options
    assert "standing_committee" not in at("county").ruling("removal.higher_deputy.proposers").options
    assert "standing_committee" not in at("township").ruling("removal.proposers").options


@pytest.mark.rule("OL22-32-1-recess", "OL22-32-2-recess-township", "CQT16-32-recess", "OL22-32-1-filed")
def test_in_recess_a_county_head_resigns_to_the_standing_committee_and_for_a_township_the_statute_names_nobody(
    at: Any, law: Asking
) -> None:
    assert at("county").ruling("resignation.in_recess").options == ("standing_committee",)
    town = at("township").ruling("resignation.in_recess")
    assert town.value is None and [c.rule for c in town.basis] == ["OL22-32-2-recess-township"]
    chongqing = law(TODAY, "chongqing-township").ruling("resignation.in_recess")
    assert chongqing is not None and chongqing.options == ("presidium",)
    assert chongqing.consequence is Consequence.PENDING


@pytest.mark.rule("SUP18-9-2", "CONST18-101-2", "OL22-11-supervisory")
def test_a_county_elects_a_supervisory_director_since_the_constitution_of_2018_and_a_township_never(at: Any) -> None:
    assert at("county", "2018-03-10").ruling("elects.supervisory_director") is None
    assert at("county", "2018-03-11").ruling("elects.supervisory_director").on
    assert "OL22-11-supervisory" in [c.rule for c in at("county").ruling("elects.supervisory_director").basis]
    assert at("township").ruling("elects.supervisory_director") is None


@pytest.mark.rule("SL24-61-by", "SL06-45-by", "SL24-61-joint", "SL06-45-joint")
def test_a_supervisory_commission_moves_a_dismissal_only_since_8_november_2024_and_seven_of_31_members_always(
    at: Any,
) -> None:
    before, since = at("county", "2024-11-07"), at("county", "2024-11-08")
    assert "supervisory_commission" not in before.ruling("dismissal.proposers").options
    assert "supervisory_commission" in since.ruling("dismissal.proposers").options
    for law in (before, since):
        assert law.ruling("dismissal.joint").share.met_by(7, 31) and not law.ruling("dismissal.joint").share.met_by(
            6, 31
        )


@pytest.mark.rule("OATH15-2", "OATH18-2", "OATH18-8-2-anthem", "CONST18-27-3")
def test_the_oath_has_the_words_of_its_day_and_the_older_ones_are_shown_as_unverified(at: Any) -> None:
    old, new = at("township", "2018-03-11"), at("township", "2018-03-12")
    assert old.ruling("oath.text").options == ("oath_2015",) and old.ruling("oath.text").unverified
    assert new.ruling("oath.text").options == ("oath_2018",) and not new.ruling("oath.text").unverified
    assert old.ruling("oath.anthem") is None and new.ruling("oath.anthem").on
    assert [c.rule for c in new.ruling("oath.taken").basis] == ["CONST18-27-3", "OATH18-1"]
    assert at("township", "2015-12-31").ruling("oath.taken") is None


@pytest.mark.rule("CONST18-103-3", "OL15-41-incompatible", "OL22-47-incompatible")
def test_the_constitution_bars_a_standing_committees_members_from_supervisory_office_while_the_older_law_is_silent(
    at: Any,
) -> None:
    assert "supervisory" not in at("county", "2018-03-10").ruling("eligibility.sc_incompatible").options
    between = at("county", "2021-06-01").ruling("eligibility.sc_incompatible")
    assert "supervisory" in between.options and between.basis[0].rule == "CONST18-103-3"
    assert "supervisory" in at("county").ruling("eligibility.sc_incompatible").options


def test_only_texts_refuse_in_an_election_and_no_profile_adopts_a_reading_of_it_yet(book: LawBook, at: Any) -> None:
    families = (
        "election",
        "nomination",
        "margin",
        "ballot",
        "elected",
        "removal",
        "resignation",
        "acting",
        "scrutineers",
    )
    for level in ("township", "county"):
        law = at(level)
        for topic in sorted({p.topic for p in book.provisions if p.topic.split(".")[0] in families}):
            found = law.ruling(topic)
            assert found is None or found.kind in (Kind.TEXT, Kind.LOCAL) or not found.may_refuse, topic


@pytest.mark.rule("ZJOA15-2", "ZJOA15-3", "ZJOA15-4-township", "ZJOA15-4-above", "ZJOA15-9-1", "ZJOA15-9-2")
def test_zhejiangs_own_measures_stand_beside_the_decision_and_their_words_of_2015_end_with_it(book: LawBook) -> None:
    for level, profile in (("township", "zhejiang-township"), ("county", "zhejiang-county")):
        old, new = (book.on(date(2018, 3, day), level, "first", profile) for day in (11, 12))
        text = old.ruling("oath.text")
        assert text is not None and "ZJOA15-3" in [c.rule for c in text.basis]
        text, organised_by = new.ruling("oath.text"), new.ruling("oath.organised_by")
        assert text is not None and text.options == ("oath_2018",)
        assert organised_by is not None and organised_by.options == ("presidium",)
        own = {c.rule for topic in ("oath.taken", "oath.form", "oath.place") for c in new.basis(topic)}
        assert own >= {"ZJOA15-2", "ZJOA15-9-1", "ZJOA15-9-2"}


@pytest.mark.rule("ZJAP23-5-outsider", "ZJAP23-5-same", "ZJAP23-20-replaced")
def test_zhejiangs_own_rule_on_acting_heads_is_of_the_province_alone_and_of_august_2023(book: LawBook) -> None:
    rules = {p.id: p for p in book.provisions if p.text == "ZJ-AP23"}
    assert all(rule.levels == ("province",) for rule in rules.values())
    assert all(not rule.applies(date(2023, 7, 31), "province", "first") for rule in rules.values())
    assert all(rule.applies(date(2023, 8, 1), "province", "first") for rule in rules.values())
    assert rules["ZJAP23-20-replaced"].consequence is Consequence.PENDING


@pytest.mark.rule("EL20-12-1-base-township", "EL20-12-1-per-township", "EL20-12-1-cap-township")
@pytest.mark.rule("EL20-12-1-base-county", "EL20-12-1-per-county", "EL20-12-1-cap-county")
@pytest.mark.rule("EL20-12-1-base-city", "EL20-12-1-per-city", "EL20-12-1-cap-city")
@pytest.mark.rule("EL20-12-1-base-province", "EL20-12-1-per-province", "EL20-12-1-cap-province")
@pytest.mark.rule("EL15-11-1-base-township", "EL15-11-1-per-township", "EL15-11-1-cap-township")
@pytest.mark.rule("EL15-11-1-base-county", "EL15-11-1-per-county", "EL15-11-1-cap-county")
@pytest.mark.rule("EL15-11-1-base-city", "EL15-11-1-per-city", "EL15-11-1-cap-city")
@pytest.mark.rule("EL15-11-1-base-province", "EL15-11-1-per-province", "EL15-11-1-cap-province")
@pytest.mark.parametrize("day", [TODAY, "2020-10-17"])
@pytest.mark.parametrize(
    ("level", "base", "per", "cap"),
    [
        ("township", (45, 40), 1_500, 160),
        ("county", (140, 120), 5_000, 450),
        ("city", (240, 240), 25_000, 650),
        ("province", (350, 350), 150_000, 1_000),
    ],
)
def test_each_level_has_its_base_of_deputies_one_more_for_so_many_people_and_a_cap(
    at: Any, level: str, base: tuple[int, int], per: int, cap: int, day: str
) -> None:
    law = at(level, day)
    assert law.ruling("deputies.number.base").number == base[day != TODAY]
    assert law.ruling("deputies.number.per_population").number == per
    assert law.ruling("deputies.number.cap").range.holds(cap) and not law.ruling("deputies.number.cap").range.holds(
        cap + 1
    )


@pytest.mark.rule("EL20-12-1-per-municipality", "EL15-11-1-per-municipality", "EL20-12-3-extra", "EL15-11-3-extra")
@pytest.mark.rule(
    "EL20-12-3-extra-by", "EL15-11-3-extra-by", "EL20-12-3-extra-by-province", "EL15-11-3-extra-by-province"
)
@pytest.mark.rule("EL20-12-1-few-county", "EL15-11-1-few-county")
@pytest.mark.parametrize("day", [TODAY, "2020-10-17"])
def test_a_municipality_counts_by_25000_people_and_a_city_alone_has_no_five_in_a_hundred_to_add(
    at: Any, day: str
) -> None:
    assert at("province", day).ruling("deputies.number.per_population.municipality").number == 25_000
    assert at("province", day).ruling("deputies.number.extra_by").options == ("npc_standing_committee",)
    for level in ("county", "township"):
        assert at(level, day).ruling("deputies.number.extra_by").options == ("provincial_standing_committee",)
        assert at(level, day).ruling("deputies.number.extra").portion.bounds(160) == (0, 8)
    assert at("city", day).ruling("deputies.number.extra") is None
    assert at("county", day).ruling("deputies.number.few_people").number == 50_000


@pytest.mark.rule("EL20-13-fixed-province", "EL15-12-fixed-province", "EL20-13-fixed-middle", "EL15-12-fixed-middle")
@pytest.mark.rule("EL20-13-fixed-township", "EL15-12-fixed-township", "EL20-14-unchanged", "EL15-13-unchanged")
@pytest.mark.parametrize("day", [TODAY, "2020-10-17"])
def test_who_fixes_the_number_of_deputies_stands_one_level_above_and_it_stays(at: Any, day: str) -> None:
    said = {
        level: at(level, day).ruling("deputies.number.fixed_by").options
        for level in ("province", "city", "county", "township")
    }
    assert said["city"] == said["county"] == ("provincial_standing_committee",)
    assert said["province"] == ("npc_standing_committee",) and said["township"] == ("county_standing_committee",)
    assert all(at(level, day).ruling("deputies.number.unchanged").on for level in said)


@pytest.mark.rule("EL20-45-1-turnout", "EL20-45-1-majority", "EL20-45-4-direct", "EL20-45-5-direct")
@pytest.mark.rule("EL15-44-1-turnout", "EL15-44-1-majority", "EL15-44-4-direct", "EL15-44-5-direct")
@pytest.mark.parametrize("day", [TODAY, "2020-10-17"])
def test_only_counties_and_townships_are_elected_directly_by_half_and_in_a_separate_election_by_a_third(
    at: Any, day: str
) -> None:
    for level in ("county", "township"):
        law = at(level, day)
        assert law.ruling("direct.turnout").share.needed(2000) == 1001
        assert law.ruling("direct.majority").share.needed(1001) == 501
        assert law.ruling("direct.separate").share.needed(1000) == 334 and law.ruling("direct.shortfall").options
    assert at("city", day).ruling("direct.turnout") is at("province", day).ruling("direct.turnout") is None
