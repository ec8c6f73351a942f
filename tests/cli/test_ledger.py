"""`yishi ledger export`: the sheet of suggestions, one row each, as the record has it."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.shell import yishi
from tests.projections.year import END, Year
from tests.rehearsals import Rehearsed
from yishi.projections.suggestion_sheet import suggestion_rows


def test_each_suggestion_is_a_row_of_the_sheet_in_both_formats(luqiao: Rehearsed, tmp_path: Path) -> None:
    written, sheet = tmp_path / "台账.csv", tmp_path / "台账.xlsx"
    for file in (written, sheet):
        done = yishi("ledger", "export", file, "--data", luqiao.folder)
        assert done.code == 0 and "2 件建议" in done.out, done.said
    with written.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 3 and written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert (first["编号"], first["承办单位"], first["交办日期"], first["答复分类"]) == (
        "s01",
        "镇建设办",
        "2025-02-05",
        "A",
    )
    assert (first["办理期限"], first["首次答复日期"], first["现状"]) == ("2025-05-05", "2025-05-12", "已答复")
    cells = [[cell or "" for cell in row] for row in load_workbook(sheet).worksheets[0].iter_rows(values_only=True)]
    assert cells == rows


def test_the_sheet_of_a_year_and_of_a_day_and_nothing_is_written_over(luqiao: Rehearsed, tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    done = yishi("ledger", "export", file, "--year", "2024", "--lang", "en", "--data", luqiao.folder)
    assert done.code == 0 and "0 suggestions" in done.out and "assigned on" in file.read_text(encoding="utf-8-sig")
    before = file.read_bytes()
    for name, said in (("sheet.csv", "is there already"), ("sheet.ods", "as .csv or .xlsx")):
        done = yishi("ledger", "export", tmp_path / name, "--lang", "en", "--data", luqiao.folder)
        assert done.code == 2 and said in done.said.replace("\n", " "), done.said
    assert file.read_bytes() == before and not (tmp_path / "sheet.ods").exists()


def test_a_row_has_the_last_reply_and_what_the_deputy_said_of_it() -> None:
    year = Year(2).replied("1", "B", local_class="2", promised=END).rated("1", "basically", attitude="satisfied")
    year.replied("2").silent("2")
    one, two = suggestion_rows(year.cases(), None, {"d001": "张三"}, "zh")
    assert (one["names"], one["local_class"], one["promised"]) == ("张三", "2", str(END))
    assert (one["rating"], one["attitude"], one["stands"]) == ("基本满意", "满意", "承诺事项办理中")
    assert (two["rating"], two["class"], two["stands"]) == ("代表未反馈", "A", "办结")
