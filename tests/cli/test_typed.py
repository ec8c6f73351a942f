"""What is typed is read as people write it, and nonsense is named; lines break where Chinese and English may be broken."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from domain.calendar import CHINA
from yishi.cli.fields import Fields, FieldsWrong
from yishi.cli.moments import day, instant
from yishi.cli.page import broken
from yishi.cli.words import FIELDS
from yishi.planning.vocabulary import script_acts

NOW = datetime(2026, 1, 27, 10, 15, tzinfo=CHINA)


def typed(act: str, *words: str) -> dict[str, Any]:
    return Fields(script_acts()[act].model_json_schema(), NOW).typed(words)


def wrong(act: str, *words: str) -> FieldsWrong:
    with pytest.raises(FieldsWrong) as found:
        typed(act, *words)
    return found.value


@pytest.mark.parametrize(
    "said",
    ["2026-01-28", "2026/1/28", "2026.1.28", "2026年1月28日", "2026 年 1 月 28 日", "明天", "tomorrow"],
)
def test_a_day_is_read_as_people_write_it(said: str) -> None:
    assert day(said, NOW) == date(2026, 1, 28)


@pytest.mark.parametrize(
    "said",
    [
        "2026-01-27 08:30", "2026-01-27T08:30", "2026-01-27T08:30+08:00", "2026-01-27 00:30Z", "2026年1月27日 8时30分", "8:30",
        "8:30", "8点半", "上午8:30", "今天 08:30", "2026-01-27 08:30:00",
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it_and_is_in_china_unless_it_says_otherwise(said: str) -> None:
    assert instant(said, NOW) == datetime(2026, 1, 27, 8, 30, tzinfo=CHINA)


def test_the_afternoon_and_yesterday_are_understood() -> None:
    assert instant("昨天 下午2:30", NOW) == datetime(2026, 1, 26, 14, 30, tzinfo=CHINA)
    assert instant("下午12:05", NOW) == datetime(2026, 1, 27, 12, 5, tzinfo=CHINA)


@pytest.mark.parametrize("said", ["", "soon", "25:00", "8:61", "2026-02-30 08:00", "27日", "0830", "2026-01-27"])
def test_what_is_no_time_is_not_guessed(said: str) -> None:
    with pytest.raises(ValueError):
        instant(said, NOW)


def test_ranges_lists_and_repeated_fields_name_each_deputy() -> None:
    ids = typed("decide-leave", "deputies=D001..D003,D010、D011 D012", "deputies=D020")["deputies"]
    assert ids == ["D001", "D002", "D003", "D010", "D011", "D012", "D020"]
    assert typed("sign-in", "sitting=p", "deputies=D098..D102")["deputies"][-1] == "D102"


def test_texts_in_a_list_keep_their_blanks_and_brackets_keep_their_commas() -> None:
    assert typed("invite-observers", "who=镇 政府,人武部", "count=3")["who"] == ["镇 政府", "人武部"]
    assert typed("invite-observers", 'who=["甲,乙","丙"]')["who"] == ["甲,乙", "丙"]
    assert typed("invite-observers", "who=[甲, 丙]")["who"] == ["甲", "丙"]


@pytest.mark.parametrize(("word", "value"), [("是", True), ("yes", True), ("TRUE", True), ("否", False), ("0", False)])
def test_yes_and_no_in_both_languages(word: str, value: bool) -> None:
    assert typed("decide-leave", f"granted={word}") == {"granted": value}


def test_votes_of_projects_are_typed_with_colons_or_as_a_list() -> None:
    short = typed("enter-sheet", "lines=xm1:60,xm2:5")["lines"]
    assert short == [{"project": "xm1", "in_favour": 60}, {"project": "xm2", "in_favour": 5}]
    assert typed("enter-sheet", "lines=[{project: xm1, in_favour: 60}]")["lines"] == short[:1]


def test_dates_come_out_as_the_record_takes_them() -> None:
    assert typed("decide-date", "opens=2026年1月27日", "closes=明天") == {"opens": "2026-01-27", "closes": "2026-01-28"}
    assert typed("call-sitting", "planned=8:30")["planned"] == "2026-01-27T08:30:00+08:00"
    assert typed("put-to-vote", "in_favour=1,204", "method=Show-of-hands") == {
        "in_favour": 1204, "method": "show_of_hands"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("act", "word", "zh", "en"),
    [
        ("put-to-vote", "in_favour=多数", "应为整数", "a whole number is needed"),
        ("put-to-vote", "in_favour=-1", "太小", "too small"),
        ("put-to-vote", "in_favour=1.5", "应为整数", "a whole number is needed"),
        ("put-to-vote", "method=举手", "只能是", "only show_of_hands"),
        ("decide-leave", "granted=maybe", "应为 是 或 否", "yes or no is needed"),
        ("decide-leave", "deputies=D010..D001", "不是范围", "this is no range"),
        ("decide-leave", "deputies=D0!1", "写法不对", "not well formed"),
        ("decide-leave", "deputies=张三", "写法不对", "not well formed"),
        ("decide-date", "opens=2026-02-30", "不是日期", "this is not a date"),
        ("decide-date", "opens=next week", "不是日期", "this is not a date"),
        ("call-sitting", "planned=soon", "不是时刻", "this is not a time"),
        ("open-sitting", "sitting=Plenary 1", "写法不对", "not well formed"),
        ("open-sitting", "siting=plenary-1", "是否为 sitting", "did you mean sitting"),
        ("give-notice", "x=1", "不用填写", "this act has none"),
        ("give-notice", "plenary-1", "应写成 字段=内容", "should be field=value"),
        ("hear-voters", "what=", "不能为空", "it cannot be empty"),
        ("enter-sheet", "lines=a:b:c:d:e:f:g", "项数太多", "too many parts"),
        ("enter-sheet", "lines=a:b", "应为整数", "a whole number is needed"),
        ("enter-sheet", "lines=[{", "读不懂", "cannot be read"),
        ("record-proceeding", "what=" + "长" * 5000, "太长", "too long"),
    ],
)
def test_nonsense_is_named_in_both_languages(act: str, word: str, zh: str, en: str) -> None:
    told = wrong(act, word).text
    assert zh in told.zh and en in told.en, told


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = wrong("put-to-vote", "in_favour=x", "colour=red", "foo").text
    assert len(told.zh.splitlines()) == 3


KINDS = {act: Fields(kind.model_json_schema(), NOW) for act, kind in script_acts().items()}
PLACES = sorted((act, name) for act, fields in KINDS.items() for name in (*fields.parts, "other"))


@given(st.text(max_size=60), st.sampled_from(PLACES), st.sampled_from(["=", "", "=D001..", "==", "=["]))
def test_whatever_is_typed_is_read_or_named_and_nothing_else(said: str, place: tuple[str, str], sign: str) -> None:
    act, name = place
    try:
        KINDS[act].typed([f"{name}{sign}{said}"])
    except FieldsWrong as told:
        assert told.text.zh and told.text.en


def test_every_field_of_every_act_is_explained() -> None:
    """`yishi act ACT --fields` says what each field means: a new one gets its words in yishi/cli/words.py."""
    assert sorted({name for act, name in PLACES if name != "other"} - set(FIELDS)) == []


TEXTS = st.text(alphabet=st.sampled_from("应到人(2022),。、》《“”abc defg-/:;) 1"), max_size=120)


@given(TEXTS, st.integers(20, 80), st.integers(0, 12))
def test_no_line_is_wider_than_the_page_and_nothing_is_lost(text: str, width: int, first: int) -> None:
    cuts = broken(text, width, first)
    lines = [text[a:b] for a, b in cuts]
    assert "".join("".join(lines).split()) == "".join(text.split())
    for number, line in enumerate(lines):
        assert cell_len(line.rstrip()) + (first if number == 0 else 0) <= width or len(line) == 1


def test_a_line_does_not_begin_with_a_comma_nor_end_with_an_opening_bracket() -> None:
    text = "地方组织法(2022)第十四条第四款,全体代表(三分之二)以上出席,始得举行。" * 4
    for width in range(20, 60):
        for a, b in broken(text, width):
            assert text[a] not in ",。)" and text[b - 1] not in "(", text[a:b]


def test_english_words_are_not_cut() -> None:
    text = "the session is set for the twenty-seventh of January and nobody may move it"
    words = {w for a, b in broken(text, 24) for w in text[a:b].split()}
    assert words <= set(text.split())
