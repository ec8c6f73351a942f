"""The plan as a file: what is not YAML, what is too much, and each wrong value at its line."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.calendar import CHINA
from domain.law import LawBook
from tests.planning.conftest import PLAN, Desk, only
from yishi.planning import Faulty, load_plan, read_plan


def test_a_lawful_plan_has_no_faults_and_knows_its_roll(desk: Desk):
    assert desk.plan() == ()
    plan = load_plan(desk.folder / "plan.yaml", desk.book)
    assert plan.stream == "yuan/17-9/session/1"
    assert [(d.id, d.name, d.group) for d in plan.entries[:3]] == [
        ("D001", "张喆", "g1"), ("D002", "李䶮", "g1"), ("D003", "王一", "g2"),
    ]  # fmt: skip


def test_half_past_nine_is_a_time_in_china_and_not_570(desk: Desk):
    desk.plan()
    plan = load_plan(desk.folder / "plan.yaml")
    assert plan.sittings[0].at == datetime(2026, 1, 27, 9, 30, tzinfo=CHINA)
    assert plan.sittings[1].at == datetime(2026, 1, 28, 14, 0, tzinfo=CHINA)


def test_a_bare_half_past_nine_stays_text(desk: Desk):
    fault = only(desk.plan("at: 2026-01-27 9:30", "at: 9:30"), 12, "9:30")
    assert "570" not in fault.told()


def test_a_time_with_its_own_zone_keeps_it(desk: Desk):
    assert desk.plan("at: 2026-01-28T14:00", "at: 2026-01-28T06:00Z") == ()


def test_no_is_text_and_a_number_where_text_is_asked_for_is_taken_as_it_is_written(desk: Desk):
    text = PLAN.replace("title: 预算", "title: no").replace("code: p01", "code: 001")
    assert desk.plan(text=text) == ()
    plan = load_plan(desk.folder / "plan.yaml")
    assert plan.agenda[2].title == "no"
    assert plan.projects is not None
    assert plan.projects.candidates[0].code == "001"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format: yishi-plan/1", "format: yishi-plan/9", 1, "yishi-plan/1"),
        ("level: township", "level: town", 2, "township"),
        ("code: yuan", "code: YUAN", 2, "小写字母"),
        ("某某镇人民代表大会", '""', 2, "不能为空"),
        ("profile: ", "profil: ", 3, "profile"),
        ("adopts: []", "adopts: I-x", 4, "列表"),
        ("term: 17", "term: 十七", 5, "整数"),
        ("term: 17, ", "", 5, "term"),
        ("number: 9", 'number: "9"', 5, "不加引号"),
        ("number: 9", "number: true", 5, "整数"),
        ("kind: year_start", "kind: year_begin", 5, "year_start"),
        ("opens: 2026-01-27", "opens: 2026-1-27", 5, "2026-01-27"),
        ("opens: 2026-01-27", "opens: 2026-02-30", 5, "不是日期"),
        ("{file: roll.csv}", "{file: roll.csv, count: 3}", 6, "file 和 count"),
        ("{file: roll.csv}", "{}", 6, "file 和 count"),
        ("{file: roll.csv}", "{file: missing.csv}", 6, "找不到"),
        ("{file: roll.csv}", "{file: ../roll.csv}", 6, "旁边"),
        ("{file: roll.csv}", "{file: 'C:\\roll.csv'}", 6, "旁边"),
        ("code: g1", "code: g1, head: D001", 8, "head"),
        ("[D001, D002,", "[D001, D 2,", 10, "字母"),
        ("at: 2026-01-27 9:30", "at: 2026-01-27", 12, "08:30"),
        ("kind: budget", "kind: bugdet", 17, "budget"),
        ("choose: 2", "choose: two", 21, "整数"),
        ("decide-date: 2026-01-06 09:00", "decide-date: soon", 23, "时刻"),
    ],
)
def test_each_wrong_value_is_told_at_its_line(desk: Desk, old: str, new: str, line: int, words: str):
    faults = [f for f in desk.plan(old, new) if f.line == line]
    assert faults, [f.told() for f in desk.plan(old, new)]
    assert any(words in f.told() for f in faults), [f.told() for f in faults]


def test_an_unknown_key_suggests_the_near_one_at_its_own_column(desk: Desk):
    fault = desk.plan("projects:\n", "project:\n")[-1]
    told = [f for f in desk.plan("projects:\n", "project:\n") if "project" in f.where]
    assert (told[0].line, told[0].column) == (19, 1), fault
    assert "是否为“projects”" in told[0].told()
    assert "did you mean projects" in told[0].told("en")


def test_all_faults_are_told_at_once_in_the_order_of_the_file(desk: Desk):
    text = (
        PLAN.replace("term: 17", "term: 0")
        .replace("kind: budget", "kind: x")
        .replace("[D001, D002, D003, D004, D005, D006, D007]", "5")
    )
    lines = [f.line for f in desk.plan(text=text)]
    assert lines == sorted(lines)
    assert {5, 10, 17} <= set(lines)


def test_an_unknown_key_does_not_hide_dates_in_the_wrong_order(desk: Desk):
    text = PLAN.replace("adopts: []", "adopt: []").replace("closes: 2026-01-28", "closes: 2026-01-26")
    words = " ".join(f.told() for f in desk.plan(text=text))
    assert "adopts" in words
    assert "早于开幕日" in words


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "空"),
        ("# nothing\n\n", 1, "空"),
        ("format: yishi-plan/1\ncongress: {code: yuan, name: 某", 2, "YAML"),
        ("format: yishi-plan/1\ncongress: 'half", 2, "YAML"),
        ("format: yishi-plan/1\n\tcongress: x\n", 2, "制表符"),
        ("format: yishi-plan/1\nformat: yishi-plan/1\n", 2, "写了两次"),
        ("a: &x [1]\nb: *x\n", 1, "引用"),
        ("format: !!python/object:os.system x\n", 1, "标记"),
        ("format: yishi-plan/1\n---\nformat: yishi-plan/1\n", 2, "不止一份"),
        ("? [a, b]\n: x\n", 1, "键"),
        ("a: " + "[" * 200 + "]" * 200 + "\n", 1, "层次太深"),
        ("format: yishi-plan/1\na: \x07\n", 2, "YAML"),
        ("- a\n- b\n", 1, "键: 值"),
        ("hello\n", 1, "键: 值"),
    ],
)
def test_what_is_not_whole_yaml_is_told_with_its_line(desk: Desk, text: str, line: int, words: str):
    only(desk.plan(text=text), line, words)


def test_a_bomb_of_references_is_refused_before_it_grows(desk: Desk):
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    only(desk.plan(text=bomb), 1, "引用")


def test_a_file_of_twenty_megabytes_is_not_read(desk: Desk):
    path = desk.folder / "plan.yaml"
    path.write_bytes(b"a" * 20 * 1024 * 1024)
    only(read_plan(path).faults, 1, "20.0 MB")


def test_a_file_that_is_not_utf8_is_told_with_the_line_where_it_begins_to_differ(desk: Desk):
    path = desk.folder / "plan.yaml"
    path.write_bytes("format: yishi-plan/1\nname: 某某镇\n".encode("gb18030"))
    only(read_plan(path).faults, 2, "UTF-8")


def test_a_byte_order_mark_is_welcome(desk: Desk):
    (desk.folder / "plan.yaml").write_bytes(PLAN.encode("utf-8-sig"))
    assert read_plan(desk.folder / "plan.yaml", desk.book).faults == ()


def test_a_plan_that_is_not_there_is_told(tmp_path: Path, book: LawBook):
    only(read_plan(tmp_path / "none.yaml", book).faults, 1, "没有这个文件")


def test_half_of_a_plan_names_what_is_missing(desk: Desk):
    half = PLAN[: PLAN.index("sittings:")]
    missing = {f.where for f in desk.plan(text=half)}
    assert missing == {"sittings", "agenda"}


def test_load_plan_raises_with_every_fault(desk: Desk):
    desk.plan("term: 17", "term: 0")
    with pytest.raises(Faulty) as raised:
        load_plan(desk.folder / "plan.yaml", desk.book)
    assert raised.value.faults[0].line == 5
