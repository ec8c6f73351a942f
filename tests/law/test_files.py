"""The files in `statutes/`: whole, dated, cited, and refused with a clear word when something is wrong."""

import re
import shutil
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from domain.law import Kind, LawBook
from yishi.law import LEVELS, STATUTES, LawFileError, load

TEXTS = {
    "OL22",
    "OL15",
    "DL25",
    "DL15",
    "BL18",
    "BL14",
    "EL20",
    "EL15",
    "SUP18",
    "SUP24",
    "SL06",
    "SL24",
    "CONST18",
    "OATH15",
    "OATH18",
    "CT18",
    "PR18",
    "NRP21",
    "ZJ-T16",
    "ZJ-T23",
    "ZJ-AP23",
    "ZJ-BUD16",
    "ZJ-DL16",
    "ZJ-OA15",
    "ZJ-PJ22",
    "ZJ-ST19",
    "ZJ-SUP08",
    "ZJ-SUP25",
    "CQ-T16",
    "CQ-SG17",
    "SH-SG25",
    "BJ-SG14",
    "HN-SG17",
    "SD-SG17",
    "SD-T15",
    "QD-SG21",
    "ZJ-SG23",
    "NOL21",
    "NSCR09",
    "NSCR22",
}
PROFILES = {
    "npc-national",
    "national-city",
    "national-county",
    "national-province",
    "national-township",
    "national-residents",
    "zhejiang-county",
    "zhejiang-township",
    "zhejiang-residents",
    "chongqing-township",
    "chongqing-county",
    "chongqing-province",
    "shanghai-county",
    "shanghai-province",
    "beijing-county",
    "beijing-province",
    "henan-province",
    "shandong-province",
    "shandong-township",
    "qingdao-city",
    "zhejiang-province",
}


NEWEST_NOT_FOUND = {"山东省乡镇人大工作若干规定"}
"""Amended since, by a text that no public source we could read has: no answer after the last day the old one was seen in force."""


def test_every_statute_file_and_profile_loads(book: LawBook) -> None:
    assert {t.code for t in book.texts} == TEXTS | {"READINGS", "PRACTICE"}
    assert set(book.profiles) == PROFILES
    assert {path.name for path in STATUTES.glob("*.toml")} == {f"{code}.toml" for code in TEXTS} | {
        "readings.toml",
        "practice.toml",
    }
    with_rules = {p.text for p in book.provisions}
    assert with_rules == {t.code for t in book.texts}


def test_every_rule_of_a_text_names_its_article_and_when_it_is_in_force(book: LawBook) -> None:
    for p in book.provisions:
        assert p.article or p.kind in (Kind.READING, Kind.PRACTICE), p.id
        assert p.in_force_until is None or p.in_force_from <= p.in_force_until, p.id
        assert p.levels and set(p.levels) <= set(LEVELS), p.id
        assert p.says.zh and p.says.en, p.id


def test_only_a_reading_is_marked_as_interpretation_and_every_reading_is(book: LawBook) -> None:
    for p in book.provisions:
        assert (p.verified == "I") == (p.kind is Kind.READING), p.id


def test_each_version_of_a_text_ends_the_day_before_the_next_begins(book: LawBook) -> None:
    families = Counter(t.family for t in book.texts)
    assert families["地方组织法"] == families["代表法"] == families["浙江省乡镇人大工作条例"] == 2
    for family, versions in families.items():
        dated = sorted((t for t in book.texts if t.family == family), key=lambda t: t.in_force_from)
        assert len(dated) == versions and (dated[-1].in_force_until is None or family in NEWEST_NOT_FOUND)
        for earlier, later in pairwise(dated):
            assert earlier.in_force_until is not None
            assert earlier.in_force_until + timedelta(days=1) == later.in_force_from, family


def test_citations_print_as_the_law_is_cited(book: LawBook) -> None:
    cited = {p.id: p.citation for p in book.provisions}
    assert cited["OL22-14-4-quorum"].zh == "地方组织法(2022)第十四条第四款"
    assert cited["OL22-14-4-quorum"].en == "地方组织法(2022) art. 14(4)"
    assert cited["DL25-51-2"].zh == "代表法(2025)第五十一条第二款"
    assert cited["ZJT23-20-notice"].zh == "浙江省乡镇人大工作条例(2023)第二十条"
    assert cited["CQT16-10-quorum"].zh == "重庆市乡镇人大工作条例(2016)第十条"
    assert cited["I-quorum-each-sitting"].zh == "稳妥理解:地方组织法(2022)第十四条第四款"
    assert cited["C-party-report"].zh == "惯例"


def test_the_source_of_every_text_is_a_file_in_a_public_repository(book: LawBook) -> None:
    for t in book.texts:
        ours = t.code in ("READINGS", "PRACTICE")
        assert ours or re.fullmatch(r"GitHub [\w-]+/[\w-]+: [^/:].*\.md", t.source), t.code


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STATUTES, tmp_path / "statutes"))


QUORUM = 'id = "OL22-14-4-quorum"'


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "OL22.toml",
            QUORUM,
            'id = "OL22-14-4-quorum"\ncolour = "red"',
            "OL22.toml rule OL22-14-4-quorum: unknown key 'colour'",
        ),
        ("OL22.toml", QUORUM, 'id = "OL22-14-4-quorum"\nparagraf = 4', "did you mean 'paragraph'?"),
        ("OL22.toml", QUORUM, 'id = "OL22-14-1-date"', "rule id 'OL22-14-1-date' is used twice"),
        ("OL22.toml", "denominator = 3", 'denominator = "three"', "OL22-14-4-quorum: value.share.denominator"),
        ("OL22.toml", "denominator = 3", 'denominator = "3"', "OL22-14-4-quorum: value.share.denominator"),
        ("OL22.toml", "inclusive = true", "inclusive = 1", "value.share.inclusive"),
        ("OL22.toml", 'kind = "share"', 'kind = "part"', "value"),
        ("OL22.toml", 'verified = "T"', 'verified = "yes"', "verified"),
        ("OL22.toml", 'consequence = "block"', 'consequence = "forbid"', "consequence"),
        ("OL22.toml", QUORUM, QUORUM + "\nin_force_from = 2022-01-01", "in force outside the dates of its text OL22"),
        (
            "OL22.toml",
            QUORUM,
            QUORUM + "\nin_force_until = 2022-03-01",
            "until 2022-03-01, before it begins on 2022-03-12",
        ),
        ("OL22.toml", '"township"', '"village"', "unknown level 'village'"),
        ("OL22.toml", 'article = "14"', 'article = ""', "no article"),
        ("OL22.toml", "[text]", "[texts]", "OL22.toml: there is no [text] table"),
        ("OL22.toml", "[text]", "[text", "OL22.toml: not readable as TOML"),
        ("OL15.toml", "in_force_until = 2022-03-11", "", "OL15 and OL22 of 地方组织法 are in force on the same days"),
        ("OL15.toml", 'code = "OL15"', 'code = "OL22"', "text code 'OL22' is used twice"),
        ("ZJ-T23.toml", 'topic = "papers.days"', 'topic = "notice.days"', "both answer notice.days"),
        ("profiles/zhejiang-township.toml", '"代表法"', '"村委会组织法"', "unknown family '村委会组织法'"),
        (
            "profiles/zhejiang-township.toml",
            "I-quorum-each-sitting",
            "OL22-25",
            "adopts 'OL22-25', which is no reading",
        ),
        ("profiles/zhejiang-township.toml", 'id = "zhejiang-township"', 'id = "zhejiang"', "is not the file's name"),
        ("holidays/2026.toml", "year = 2026", "year = 2027", "holidays/2026.toml: it is for the year 2027"),
        ("holidays/2026.toml", "year = 2026", 'year = "2026"', "holidays/2026.toml: year"),
        ("holidays/2026.toml", "off = [", "off = [ 2026-02-14,", "holidays/2026.toml: 2026-02-14 is off and worked"),
        ("holidays/2026.toml", "off = [", "off = [ 2027-01-01,", "holidays/2026.toml: 2027-01-01 is not of 2026"),
        ("holidays/2026.toml", "worked = [", "worked = [ 2026-03-05,", "holidays/2026.toml: 2026-03-05 is no weekend"),
        ("holidays/2026.toml", "worked = [", "worked = [ 2026-02-30,", "2026.toml: not readable as TOML"),
        ("holidays/2026.toml", "off = [", 'off = [ "Spring Festival",', "holidays/2026.toml: off.0"),
        ("holidays/2026.toml", "off = [", "off = []\nunused = [", "holidays/2026.toml: no day is off"),
        ("holidays/2026.toml", "off = [", "feast = [", "holidays/2026.toml: unknown key 'feast'"),
        ("holidays/2026.toml", 'verified = "M"', 'verified = "yes"', "holidays/2026.toml: verified"),
        ("holidays/2026.toml", 'source = "', 'source = ""  # "', "holidays/2026.toml: source"),
    ],
)
def test_a_wrong_file_is_refused_and_told_where_and_what(copy: Path, file: str, old: str, new: str, says: str) -> None:
    path = copy / file
    found = path.read_text(encoding="utf-8")
    assert old in found
    path.write_text(found.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawFileError) as refused:
        load(copy)
    assert says in str(refused.value)


def test_all_problems_are_told_at_once(copy: Path) -> None:
    for name in ("OL22.toml", "DL25.toml"):
        path = copy / name
        path.write_text(
            path.read_text(encoding="utf-8").replace("[[rule]]", "[[rule]]\ncolour = 1", 1), encoding="utf-8"
        )
    with pytest.raises(LawFileError) as refused:
        load(copy)
    assert len(refused.value.problems) == 2


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LawFileError, match="there is no such folder"):
        load(tmp_path / "nowhere")
