"""What a city's or a province's plan may say: its level in words that people use, its posts, its own rules."""

from pathlib import Path

import pytest

from domain.law import LawBook
from tests.planning.test_county_plans import changed, drafted
from tests.planning.test_election_checks import FIRST, faults, post
from yishi.planning import read_plan


@pytest.mark.parametrize(
    ("profile", "posts", "level"),
    [
        ("national-county", ["sc-secretary-general"], "县(市辖区、不设区的市)一级"),
        ("national-city", ["township-head"], "设区的市(自治州)一级"),
        ("national-province", ["township-chair"], "省(自治区、直辖市)一级"),
    ],
)
def test_a_post_that_the_level_does_not_elect_is_a_fault_in_words_of_that_level(
    tmp_path: Path, book: LawBook, profile: str, posts: list[str], level: str
) -> None:
    found = faults(drafted(tmp_path, profile=profile, **FIRST), book, *(post(each, 1) for each in posts))
    (error,) = (f for f in found if f.weight == "error")
    assert error.says.zh.startswith(level)


@pytest.mark.rule("OL22-27-1-head", "OL22-27-1-members")
@pytest.mark.parametrize("profile", ["national-city", "national-province"])
def test_a_drafted_plan_says_by_how_many_a_citys_candidates_exceed_its_seats(
    tmp_path: Path, book: LawBook, profile: str
) -> None:
    elections = [
        {"code": "secretary", "post": "sc-secretary-general", "title": "秘书长", "seats": 1, "kind": "change_of_term"},
        {"code": "members", "post": "sc-member", "title": "委员", "seats": 40, "kind": "change_of_term"},
        {"code": "above", "post": "higher-deputy", "title": "上一级人大代表", "seats": 36, "kind": "change_of_term"},
    ]
    lines = drafted(tmp_path, profile=profile, elections=elections, **FIRST).read_text("utf-8").splitlines()
    assert [next(line for line in lines if f"code: {e['code']}" in line).split("# ")[1] for e in elections] == [
        "差额 0 至 1 人,地方组织法(2022)第二十七条第一款",
        "差额 4 至 8 人,地方组织法(2022)第二十七条第一款",
        "差额 8 至 18 人,选举法(2020)第三十一条第二款",
    ]


@pytest.mark.parametrize("profile", ["national-city", "national-province"])
def test_a_citys_own_notice_of_a_month_binds_it_where_national_law_is_silent(
    tmp_path: Path, book: LawBook, profile: str
) -> None:
    rule = "{id: own-notice, topic: notice.days, number: 30, title: 某某市人民代表大会议事规则, article: 第八条, from: 2022-01-01}"
    plan = changed(drafted(tmp_path, profile=profile), "session:\n", f"own_rules:\n  - {rule}\nsession:\n")
    found = read_plan(plan, book).faults
    assert [(f.weight, f.where, f.basis[0].rule) for f in found if f.where == "dates.give-notice"] == [
        ("error", "dates.give-notice", "own-notice")
    ]


@pytest.mark.parametrize(("level", "profile"), [("city", "national-county"), ("province", "national-city")])
def test_a_profile_of_another_level_is_a_fault(tmp_path: Path, book: LawBook, level: str, profile: str) -> None:
    plan = changed(drafted(tmp_path, profile=profile), f"level: {profile.removeprefix('national-')}", f"level: {level}")
    assert any(f.where == "profile" and f.weight == "error" for f in read_plan(plan, book).faults)
