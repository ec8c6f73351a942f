"""`yishi law`, as a clerk uses it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from domain.law import LawBook
from yishi.cli.law import law_app
from yishi.planning.topics import TITLES, topics

app = typer.Typer()
app.add_typer(law_app, name="law")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["law", *words], env={"COLUMNS": "240", "NO_COLOR": "1"})


def asked(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_the_list_gives_every_text_with_its_dates_and_counts() -> None:
    texts = {t["code"]: t for t in asked("list")["texts"]}
    assert (texts["OL15"]["in_force_from"], texts["OL15"]["in_force_until"]) == ("2015-08-29", "2022-03-11")
    assert texts["ZJ-T23"]["rules"] > 50
    assert texts["ZJ-T23"]["unverified"] == [] and "C-ST-quorum" in texts["PRACTICE"]["unverified"]
    table = run("list").output
    assert "浙江省乡镇人大工作条例(2023)" in table and "2023-08-01" in table


def test_the_list_of_a_day_a_place_and_a_level_leaves_out_the_rest() -> None:
    codes = {
        t["code"]
        for t in asked("list", "--profile", "zhejiang-township", "--on", "2022-03-11", "--level", "township")["texts"]
    }
    assert {"OL15", "ZJ-T16"} <= codes
    assert not codes & {"OL22", "ZJ-T23", "ZJ-PJ22", "CQ-T16", "ZJ-ST19"}


def test_a_rule_is_shown_with_its_article_its_figures_and_its_kind_of_law() -> None:
    said = run("show", "OL22-14-4-quorum", "--on", "2024-01-10").output
    for part in (
        "地方组织法(2022)第十四条第四款",
        "三分之二以上",
        "法律明文",
        "始得举行",
        "已核对原文",
        "2022-03-12",
        "有效",
    ):
        assert part in said
    english = run("show", "OL22-14-4-quorum", "--on", "2024-01-10", "--lang", "en").output
    assert "at least 2/3 of all deputies" in english and "statute" in english


@pytest.mark.parametrize(
    ("rule", "day", "in_force", "in_its_place"),
    [
        ("DL15-42-1", "2025-03-11", True, []),
        ("DL15-42-1", "2025-03-12", False, ["DL25-51-2"]),
        ("DL25-51-2", "2025-03-11", False, ["DL15-42-1"]),
        ("ZJT16-20-notice", "2023-08-01", False, ["ZJT23-20-notice"]),
        ("OL22-14-4-quorum", "2022-03-11", False, ["OL15-noquorum"]),
    ],
)
def test_a_rule_not_in_force_that_day_names_the_one_in_its_place(
    rule: str, day: str, in_force: bool, in_its_place: list[str]
) -> None:
    found = asked("show", rule, "--on", day)
    assert (found["in_force"], found["in_its_place"]) == (in_force, in_its_place)


def test_an_unknown_rule_is_told_near_names_and_ends_with_2() -> None:
    done = run("show", "OL22-14-quorum")
    assert done.exit_code == 2
    assert "OL22-14-4-quorum" in done.output


def test_an_unknown_place_is_told_the_known_ones_and_ends_with_2() -> None:
    done = run("show", "session.quorum", "--profile", "zhejang-township")
    assert done.exit_code == 2
    assert "zhejiang-township" in done.output


def test_a_topic_is_answered_with_its_layers() -> None:
    said = run("show", "session.quorum", "--profile", "zhejiang-township", "--on", "2024-01-10").output
    assert "地方组织法(2022)第十四条第四款" in said and "浙江省乡镇人大工作条例(2023)第十六条第五款" in said


def test_an_inert_rule_is_flagged_as_conflicting_and_to_be_checked() -> None:
    said = run("show", "resignation.to_congress", "--profile", "chongqing-township", "--on", "2024-01-10").output
    assert "与上位法不一致,待核" in said and "CQT16-32-10" in said
    found = asked("show", "resignation.to_congress", "--profile", "chongqing-township", "--on", "2024-01-10")
    assert found["inert"] == ["CQT16-32-10"]


@pytest.mark.parametrize(
    ("topic", "day", "answer"),
    [
        ("session.quorum", "2022-03-12", "ruling"),
        ("session.quorum", "2022-03-11", "on_file_but_silent"),
        ("prep.required", "2024-01-10", "silent"),
        ("session.quorum", "2015-08-28", "no_law_on_file"),
    ],
)
def test_law_silence_and_a_missing_text_are_three_different_answers(topic: str, day: str, answer: str) -> None:
    assert asked("show", topic, "--on", day)["answer"] == answer


def test_a_missing_text_is_named_and_nothing_is_guessed() -> None:
    done = run("show", "session.quorum", "--profile", "zhejiang-township", "--on", "2016-09-30")
    assert done.exit_code == 0
    assert "浙江省乡镇人大工作条例" in done.output and "2016-10-01" in done.output


def test_a_reading_says_that_it_only_warns_unless_adopted() -> None:
    assert "稳妥理解" in run("show", "I-quorum-at-vote", "--on", "2024-01-10").output
    assert asked("show", "quorum.at_vote", "--on", "2024-01-10")["may_refuse"] is False
    assert asked("show", "quorum.each_sitting", "--on", "2024-01-10")["may_refuse"] is True


def test_wrong_statutes_are_told_and_end_with_1(tmp_path: Path) -> None:
    (tmp_path / "X.toml").write_text('[text]\ncode = "X"\n', encoding="utf-8")
    done = run("list", "--statutes", str(tmp_path))
    assert done.exit_code == 1
    assert "X.toml [text]: family" in done.output


def test_every_topic_on_file_is_listed_with_a_title_its_rules_and_its_value() -> None:
    found = {t["topic"]: t for t in asked("topics", "--on", "2024-01-10", "--profile", "zhejiang-township")["topics"]}
    quorum, notice, at_vote = found["session.quorum"], found["notice.days"], found["quorum.at_vote"]
    assert "OL22-14-4-quorum" in quorum["rules"] and quorum["values"] == ["全体代表的三分之二以上"]
    assert notice["values"] == ["不少于 7 日"] and notice["own_rule_writes"] == ["number"]
    assert at_vote["may_adopt"] == ["I-quorum-at-vote"]
    assert all(t["title"]["zh"] and t["title"]["en"] for t in found.values())
    assert "至少" not in run("topics", "--on", "2024-01-10", "--lang", "en").output


def test_every_topic_of_the_law_on_file_has_a_short_title_of_its_own(book: LawBook) -> None:
    listed = {topic.name for topic in topics(book)}
    assert listed == set(TITLES)
    assert len({title.zh for title in TITLES.values()}) == len(TITLES) == len({title.en for title in TITLES.values()})
    assert all(len(title.zh) <= 14 for title in TITLES.values())


def test_topics_of_a_day_without_a_text_name_the_missing_text_and_guess_nothing() -> None:
    assert "没有录入当日有效的" in run("topics", "--on", "2015-01-01").output
