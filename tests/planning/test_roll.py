"""The roll: what is read as it stands, and every bad row by its number."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from pydantic import ValidationError

from domain.session.parts import DeputyEntry
from yishi.planning.faults import Fault
from yishi.planning.roll import RollEntry, read_roll, stand_ins

HEAD = "编号,姓名,代表团\n"


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[tuple[RollEntry, ...], list[Fault]]:
    path = tmp_path / "roll.csv"
    path.write_bytes(text.encode(encoding))
    return read_roll(path)


def xlsx(tmp_path: Path, rows: list[list[object]]) -> tuple[tuple[RollEntry, ...], list[Fault]]:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "roll.xlsx")
    return read_roll(tmp_path / "roll.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_names_with_rare_characters_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str):
    entries, faults = csv(tmp_path, HEAD + "D1,张喆,g1\nD2,李䶮,g1\nD3,𠮷田,g1\n", encoding)
    assert faults == []
    assert [e.name for e in entries] == ["张喆", "李䶮", "𠮷田"]


def test_english_headers_and_the_other_columns_are_read(tmp_path: Path):
    text = "name,id,phone,suspended,unapproved_absences\nLi Yan,D1,123,yes,1\nWu,D2,,no,\n"
    entries, faults = csv(tmp_path, text)
    assert faults == []
    assert [(e.id, e.name, e.suspended, e.unapproved_absences) for e in entries] == [
        ("D1", "Li Yan", True, 1), ("D2", "Wu", False, 0),
    ]  # fmt: skip


def test_blanks_set_into_a_short_name_are_not_part_of_it(tmp_path: Path):
    entries, _ = csv(tmp_path, HEAD + "D1,张\u3000喆,g1\nD2,阿卜杜拉·买买提,g1\n")
    assert [e.name for e in entries] == ["张喆", "阿卜杜拉·买买提"]


def test_a_name_of_forty_characters_is_a_name_and_one_more_is_not(tmp_path: Path):
    entries, faults = csv(tmp_path, HEAD + f"D1,{'名' * 40},g1\nD2,{'名' * 41},g1\n")
    assert [e.id for e in entries] == ["D1"]
    assert [(f.line, "41 个字" in f.told()) for f in faults] == [(3, True)]


def test_every_bad_row_is_told_at_once_by_its_number(tmp_path: Path):
    text = HEAD + "D1,张一,g1\nD1,张二,g1\nD3,,g1\n号,张四,g1\nD5,张五,g1\n"
    entries, faults = csv(tmp_path, text)
    assert [(f.line, f.told()) for f in faults] == [
        (3, "roll.csv:3 错误 编号 D1 重复(先在第 2 行)"),
        (4, "roll.csv:4 错误 没有姓名"),
        (5, "roll.csv:5 错误 编号“号”写法不对。用字母、数字和 -,至多 20 个"),
    ]
    assert [e.id for e in entries] == ["D1", "D5"]


def test_a_title_above_blank_rows_and_merged_lines_are_passed_over(tmp_path: Path):
    rows: list[list[object]] = [
        ["某某镇人大代表名册"], ["序号", "姓名", "代表团"], ["第一代表团"], [1, "张一", "g1"], [None, None, None],
        [2.0, "张二", "g1"], [],
    ]  # fmt: skip
    entries, faults = xlsx(tmp_path, rows)
    assert faults == []
    assert [(e.id, e.row) for e in entries] == [("1", 4), ("2", 6)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "空"),
        ("编号,姓名\n", 1, "没有代表"),
        ("甲,乙\nD1,张一\n", 1, "标题行"),
        ("姓名,代表团\n张一,g1\n", 1, "编号"),
        ("编号,代表团\nD1,g1\n", 1, "姓名"),
        (HEAD.strip() + ",暂停\nD1,张一,g1,也许\n", 2, "是或否"),
        (HEAD.strip() + ",缺席次数\nD1,张一,g1,两次\n", 2, "缺席次数"),
        (HEAD + "D1,张\x01一,g1\n", 2, "不能显示"),
    ],
)
def test_what_is_no_roll_is_told(tmp_path: Path, text: str, line: int, words: str):
    _, faults = csv(tmp_path, text)
    assert [f.line for f in faults] == [line]
    assert words in faults[0].told()


def test_a_roll_of_another_kind_of_file_is_refused_with_advice(tmp_path: Path):
    (tmp_path / "roll.xls").write_bytes(b"x")
    _, [fault] = read_roll(tmp_path / "roll.xls")
    assert "另存为 .xlsx" in fault.told()


def test_a_broken_xlsx_is_told(tmp_path: Path):
    (tmp_path / "roll.xlsx").write_bytes(b"PK\x03\x04 half")
    _, [fault] = read_roll(tmp_path / "roll.xlsx")
    assert "不是完整的 .xlsx" in fault.told()


def test_a_zip_that_is_no_workbook_is_told(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "roll.xlsx", "w") as packed:
        packed.writestr("a.txt", "x")
    _, [fault] = read_roll(tmp_path / "roll.xlsx")
    assert "不是完整的 .xlsx" in fault.told()


def test_a_small_file_that_would_swell_is_refused_before_it_does(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "roll.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    _, [fault] = read_roll(tmp_path / "roll.xlsx")
    assert "展开后太大" in fault.told()


def test_twenty_megabytes_are_no_roll(tmp_path: Path):
    (tmp_path / "roll.csv").write_bytes(b"a" * 20 * 1024 * 1024)
    _, [fault] = read_roll(tmp_path / "roll.csv")
    assert "20.0 MB" in fault.told()


def test_stand_ins_are_numbered_from_one():
    assert [e.id for e in stand_ins(107)][::53] == ["D001", "D054", "D107"]
    assert stand_ins(3000)[-1].id == "D3000"
    assert stand_ins(1)[0].name == ""


def test_nobodys_identity_number_becomes_an_id_in_the_record() -> None:
    with pytest.raises(ValidationError, match="identity number"):
        DeputyEntry(id="33048119800101123X")
    assert DeputyEntry(id="330481198001011").id == "330481198001011"


def test_a_roll_may_say_whose_card_is_which(tmp_path: Path) -> None:
    entries, faults = csv(tmp_path, "编号,姓名,卡号\nD1,李燕,0417\nD2,吴一,\n")
    assert (faults, [e.card for e in entries]) == ([], ["0417", None])


@pytest.mark.parametrize(
    ("second", "says"), [("0417", "卡号 0417 重复"), ("04 17", "写法不对"), ("330402199001011234", "写法不对")]
)
def test_a_card_given_twice_or_that_is_none_is_told_at_its_row(tmp_path: Path, second: str, says: str) -> None:
    _, (fault,) = csv(tmp_path, f"编号,姓名,卡号\nD1,李燕,0417\nD2,吴一,{second}\n")
    assert fault.line == 3 and says in fault.says.zh
