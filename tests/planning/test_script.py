"""The script: acts with their own fields, and every fault at its line."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.calendar import CHINA
from domain.law import LawBook
from domain.submission import COMMANDS
from tests.planning.conftest import SCRIPT, Desk, only
from yishi.planning import Faulty, load_script, read_script
from yishi.planning.script import RESERVED
from yishi.planning.vocabulary import commands


def test_a_script_gives_acts_with_their_commands(desk: Desk):
    assert desk.script() == ()
    script = load_script(desk.folder / "script.yaml", None, desk.book)
    decide, sign_in, opening = script.acts
    assert decide.fields == {"opens": "2026-01-27", "closes": "2026-01-28"}
    assert decide.command == COMMANDS["decide-date"].model_validate(decide.fields)
    assert (sign_in.by, sign_in.line, sign_in.fields["present"]) == (None, 4, 3)
    assert opening.at == datetime(2026, 1, 27, 9, 30, tzinfo=CHINA)
    assert opening.expect is not None
    assert (opening.expect.refused, opening.expect.citing) == ("QuorumNotMet", "OL22-14-4-quorum")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format: yishi-script/1", "format: yishi-plan/1", 1, "yishi-script/1"),
        ("act: open-sitting", "act: open-siting", 5, "是否为“open-sitting”"),
        ("act: open-sitting, ", "", 5, "缺少“act”"),
        ("at: 2026-01-27 9:30, ", "", 5, "缺少“at”"),
        ("at: 2026-01-27 9:30", "at: 9:30", 5, "不是时刻"),
        ("act: sign-in", "act: sign-in, by: mayor", 4, "mayor"),
        ("act: sign-in", "act: sign-in, by: secretriat", 4, "是否为“secretariat”"),
        ("sitting: plenary-1, present: 3", "present: 3", 4, "缺少“sitting”"),
        ("expect: {", "expct: {", 5, "是否为“expect”"),
        ("present: 3", 'present: "3"', 4, "整数"),
        ("present: 3", "present: -3", 4, "太小"),
        ("present: 3", "present: 2.5", 4, "整数"),
        ("opens: 2026-01-27", "opens: tomorrow", 3, "不是日期"),
        ("refused: QuorumNotMet", "refused: QuorumNotMett", 5, "是否为“QuorumNotMet”"),
        ("refused: QuorumNotMet", "refused: OL22-14-4-qourum", 5, "是否为“OL22-14-4-quorum”"),
        ("citing: OL22-14-4-quorum", "citing: OL22-99", 5, "没有规则"),
        ("{refused: QuorumNotMet, ", "{warnings: [BelowQurum], ", 5, "BelowQuorum"),
        ("{refused: QuorumNotMet, ", "{refuse: QuorumNotMet, ", 5, "refused"),
        ("present: 3", "present: 3, evidence: [sheet.pdf]", 4, "找不到佐证材料"),
        ("present: 3", "present: 3, evidence: [../sheet.pdf]", 4, "旁边"),
        ("at: 2026-01-27 09:00", "at: 2026-01-05 09:00", 4, "第 3 行"),
        ("present: 3", "present: 3, entered: 2026-01-28 09:00", 5, "第 4 行"),
    ],
)
def test_each_fault_of_a_script_is_told_at_its_line(desk: Desk, old: str, new: str, line: int, words: str):
    only(desk.script(old, new), line, words)


def test_a_reason_may_be_the_id_of_the_rule(desk: Desk):
    assert desk.script("refused: QuorumNotMet", "refused: OL22-14-4-quorum") == ()


def test_an_office_that_exists_but_may_not_do_it_is_for_the_play_to_refuse(desk: Desk):
    assert desk.script("act: sign-in", "act: sign-in, by: scrutineer") == ()


def test_a_late_entry_stands_where_it_is_entered(desk: Desk):
    late = "  - {at: 2026-01-27 08:00, entered: 2026-02-01 09:00, act: record-proceeding, what: x, reason: 停电}\n"
    assert desk.script(text=SCRIPT + late) == ()
    act = load_script(desk.folder / "script.yaml").acts[-1]
    assert act.entered is not None
    assert act.entered > act.at
    assert act.reason == "停电"


def test_evidence_is_found_beside_the_script_with_its_title(desk: Desk):
    (desk.folder / "sheet.txt").write_text("x")
    both = "evidence: [sheet.txt, {file: sheet.txt, title: 签到表}]"
    assert desk.script("present: 3", f"present: 3, {both}") == ()
    one, two = load_script(desk.folder / "script.yaml").acts[1].evidence
    assert (one.path, one.title, two.title) == (desk.folder / "sheet.txt", "sheet.txt", "签到表")


def test_the_field_matter_of_a_presidium_decision_is_its_own_and_a_stream_is_called_suggestion(desk: Desk):
    acts = (
        "  - {at: 2026-01-28 09:00, act: presidium-decides, matter: executive-chairs}\n"
        "  - {at: 2026-05-28 09:00, act: reply-suggestion, suggestion: 1, reply_class: A}\n"
    )
    faults = [f for f in desk.script(text=SCRIPT + acts) if f.where.rpartition(".")[2] == "suggestion"]
    assert faults == []
    assert "matter" not in RESERVED


def test_numbers_of_suggestions_are_taken_as_they_are_written(desk: Desk):
    act = "  - {at: 2026-01-28 09:00, act: file-suggestion, number: 007, deputies: [1], subject: 路灯}\n"
    assert desk.script(text=SCRIPT + act) == ()
    assert load_script(desk.folder / "script.yaml").acts[-1].fields["number"] == "007"


def test_no_command_has_a_field_named_like_a_reserved_key():
    """Such a field would have to stand under `fields`, which is possible and ugly."""
    clashing = [f"{act}.{name}" for act, kind in commands().items() for name in kind.model_fields if name in RESERVED]
    assert clashing == []


def test_fields_may_also_stand_under_fields(desk: Desk):
    assert desk.script("present: 3", "fields: {present: 3}") == ()
    assert load_script(desk.folder / "script.yaml").acts[1].fields["present"] == 3


def test_times_inside_a_command_are_china_time_too(desk: Desk):
    act = (
        "  - {at: 2026-01-28 09:00, act: call-sitting, sitting: extra, sitting_title: 增开, planned: 2026-01-28 9:00}\n"
    )
    assert desk.script(text=SCRIPT + act) == ()
    assert load_script(desk.folder / "script.yaml").acts[-1].fields["planned"].startswith("2026-01-28T09:00:00+08:00")


def test_all_faults_of_all_acts_are_told_at_once(desk: Desk):
    text = (
        SCRIPT.replace("present: 3", "present: x")
        .replace("opens: 2026-01-27", "opens: x")
        .replace("QuorumNotMet", "Nope")
    )
    assert [f.line for f in desk.script(text=text)] == [3, 4, 5]


def test_an_act_that_is_no_mapping_is_told(desk: Desk):
    only(desk.script(text=SCRIPT + "  - open-sitting\n"), 6, "键: 值")


def test_a_script_without_acts_is_told(desk: Desk):
    only(desk.script(text="format: yishi-script/1\nacts: []\n"), 2, "至少要有 1 项")


def test_load_script_raises_with_every_fault(tmp_path: Path, book: LawBook):
    (tmp_path / "s.yaml").write_text("format: yishi-script/1\n")
    with pytest.raises(Faulty) as raised:
        load_script(tmp_path / "s.yaml", None, book)
    assert raised.value.faults[0].where == "acts"


@pytest.mark.parametrize("act", ["register-session", "miss-deadline", "open-matter", "miss-reply"])
def test_what_the_engine_does_itself_has_no_place_in_a_script(desk: Desk, act: str):
    only(
        desk.script("present: 3}", f"present: 3}}\n  - {{at: 2026-01-27 09:10, act: {act}, number: 1}}"),
        5,
        "系统自己完成",
    )


def test_a_text_that_a_comma_cut_in_two_is_told_to_be_quoted(desk: Desk):
    cut = "present: 3}\n  - {at: 2026-01-27 09:10, act: record-proceeding, what: 宣誓, 领誓人一名}"
    only(desk.script("present: 3}", cut), 5, "加引号")
    assert desk.script("present: 3}", cut.replace("宣誓, 领誓人一名", '"宣誓, 领誓人一名"')) == ()


def test_an_unknown_key_is_never_answered_with_the_same_word(desk: Desk):
    fault = only(desk.script("present: 3", "present: 3, fields: {by: deputy}"), 4, "不认识“by”")
    assert "是否为“by”" not in fault.told()


def test_a_script_that_is_not_there_is_told_in_both_languages(desk: Desk):
    fault = only(read_script(desk.folder / "none.yaml")[1], 1, "没有这个文件")
    assert "there is no such file" in fault.told("en") and "No such file" not in fault.told()
