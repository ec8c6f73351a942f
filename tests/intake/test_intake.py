"""A sheet of suggestions against the record: the acts that are missing, the row that cannot be, and the figures they come to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.intake.house import (
    HEADER,
    LATER,
    House,
    Table,
    house,
    of_suggestions,
    the_script,
    up_to_the_closing,
    written,
)
from yishi.projections.suggestion_sheet import COLUMNS

SHORT = [
    "编号",
    "代表编号",
    "建议标题",
    "提出日期",
    "交办日期",
    "主办单位",
    "答复日期",
    "办理结果",
    "与代表沟通",
    "满意度",
    "评价日期",
]
NOT_CARRIED = {"objected", "reassigned", "escalated", "key", "carried-over", "explained", "first-contact", "confirmed"}
"""Figures of what no row of a sheet tells."""
OF_THE_DISPOSED = {"closed", "reopened"}
"""Figures that leave out what was closed after an escalation: the sheet has no day for it."""


GOOD = [
    "1", "D001", "建议", "2025-01-15", "2025-01-24", "县建设局", "2025-03-03", "A", "是", "满意", "2025-03-10",
]  # fmt: skip


def row(number: object, **changed: str) -> list[str]:
    said = dict(zip(SHORT, GOOD, strict=True)) | {"编号": str(number), "建议标题": f"建议 {number}"}
    return list((said | changed).values())


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Everything about suggestions that the example's year has."""
    closing = next(each.at for each in the_script() if each.act == "close-session")
    with house(tmp_path_factory.mktemp("year"), lambda act: act.at <= closing or of_suggestions(act)) as played:
        yield played


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The same session just closed, and no suggestion on record. What is only looked at leaves it so."""
    with house(tmp_path_factory.mktemp("closed"), up_to_the_closing) as played:
        yield played


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "fresh", up_to_the_closing) as played:
        yield played


def errors(found: House, table: Table, file: Path) -> list[tuple[int, str, str]]:
    return [(e.line, e.where, e.says.zh) for e in found.looks_at(written(file, table)).errors]


def test_a_sheet_exported_and_taken_in_again_gives_the_same_figures_to_the_digit(
    year: House, fresh: House, tmp_path: Path
) -> None:
    file = written(tmp_path / "台账.csv", year.sheet(rounds=True))
    found = fresh.looks_at(file)
    assert not found.errors and (found.rows, found.new, found.same) == (101, 92, 0)
    assert (found.kinds["file-suggestion"], found.kinds["reply-suggestion"], found.kinds["rehandle"]) == (92, 101, 2)
    fresh.together(found.acts)
    before, after = year.figures(), fresh.figures()
    assert {name for name in before if before[name] != after.get(name)} <= NOT_CARRIED | OF_THE_DISPOSED
    assert after["closed"]["numerator"] == before["closed"]["numerator"] - 1, "the one that was disposed of"
    again = fresh.looks_at(file)
    assert (again.acts, again.same, again.errors) == ((), 92, ())
    one_row_each = fresh.looks_at(written(tmp_path / "每件一行.csv", fresh.sheet()))
    assert (one_row_each.acts, one_row_each.same, one_row_each.said) == ((), 92, ())


def test_the_records_own_sheet_asks_for_nothing_in_either_form_and_language(year: House, tmp_path: Path) -> None:
    for rounds in (False, True):
        found = year.looks_at(written(tmp_path / f"{rounds}.csv", year.sheet(rounds=rounds)))
        assert (found.acts, found.said, found.same, found.headings.unknown) == ((), (), 92, ())
    english = [[title.en for title in COLUMNS.values()], *year.sheet()[1:]]
    assert year.looks_at(written(tmp_path / "en.csv", english)).same == 92


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("建议标题", "另一件事", "与记录不一致,记录为“关于校园周边道路的建议(1)”"),
        ("承办单位", "县卫生健康局", "与记录不一致,记录为“"),
        ("交办日期", "2025-01-23", "与记录不一致,记录为“2025-01-24”"),
        ("答复分类", "B", "与记录不一致,记录为“A”"),
        ("末次答复日期", "2025-05-13", "与记录不一致,记录为“2025-05-12”"),
        ("评价", "不满意", "与记录不一致,记录为“满意”"),
        ("评价日期", "2025-05-20", "与记录不一致,记录为“2025-05-19”"),
    ],
)
def test_what_the_record_has_otherwise_is_a_fault_with_the_way_to_mend_it(
    year: House, tmp_path: Path, column: str, value: str, says: str
) -> None:
    table = [list(line) for line in year.sheet()[:2]]
    table[1][HEADER.index(column)] = value
    [wrong] = year.looks_at(written(tmp_path / "a.csv", table)).errors
    assert wrong.line == 2 and wrong.where == f"{column}“{value}”" and wrong.says.zh.startswith(says)
    assert "更正" in wrong.todo.zh or "strike-entry --of s01 version=" in wrong.todo.en


def test_a_further_reply_is_added_to_what_is_on_record_and_nothing_else(year: House, tmp_path: Path) -> None:
    """Suggestion s19's neighbour s90 was promised for November 2025; now it is solved."""
    line = dict(zip(HEADER, next(r for r in year.sheet() if r[1] == "s90"), strict=True))
    assert line["现状"] == "承诺事项办理中"
    line |= {
        "末次答复日期": "2025-12-20",
        "答复分类": "A",
        "评价": "",
        "评价日期": "",
        "办理轮次": "2",
        "现状": "",
        "承诺完成日期": "",
    }
    found = year.looks_at(written(tmp_path / "a.csv", [HEADER, list(line.values())]))
    assert not found.errors and (found.more, dict(found.kinds)) == (1, {"reply-suggestion": 1})
    line["办理轮次"] = "4"
    assert (
        "只有 1 轮答复" in year.looks_at(written(tmp_path / "b.csv", [HEADER, list(line.values())])).errors[0].says.zh
    )


@pytest.mark.parametrize(
    ("changed", "where", "says"),
    [
        ({"提出日期": ""}, "提出日期", "缺少提出建议所需的“提出日期”"),
        ({"交办日期": ""}, "交办日期", "缺少交办所需的“交办日期”"),
        ({"答复日期": ""}, "答复日期", "缺少答复所需的“末次答复日期”"),
        ({"办理结果": ""}, "办理结果", "缺少答复所需的“答复分类”"),
        ({"评价日期": ""}, "评价日期", "缺少评价所需的“评价日期”"),
        ({"满意度": ""}, "满意度", "缺少评价所需的“评价”"),
        ({"答复日期": "2025-01-20"}, "答复日期“2025-01-20”", "早于交办日期 2025-01-24"),
        ({"评价日期": "2026-01-21"}, "评价日期“2026-01-21”", "这一天还没有到"),
        ({"评价日期": "3月10日"}, "评价日期“3月10日”", "日期没有写年份"),
        ({"评价日期": "2025-02-29"}, "评价日期“2025-02-29”", "没有这一天"),
        ({"办理结果": "E"}, "办理结果“E”", "答复分类只能是 A、B、C、D"),
        ({"满意度": "代表未反馈"}, "满意度“代表未反馈”", "1 号建议没有催请代表反馈的记录,请先催请(remind-deputy)"),
        ({"代表编号": "D999"}, "代表编号“D999”", "名册上没有代表“D999”"),
        ({"主办单位": "县建设局、县财政局"}, "主办单位“县建设局、县财政局”", "写了 2 个单位,主办单位只能有一个"),
        ({"编号": ""}, "编号", "这一行没有编号"),
        ({"建议标题": "长" * 201}, "建议标题“" + "长" * 23 + "…”", "太长,至多 200 个字"),
    ],
)
def test_a_row_that_cannot_be_names_its_cell_and_a_missing_day_is_never_invented(
    closed: House, tmp_path: Path, changed: dict[str, str], where: str, says: str
) -> None:
    file = tmp_path / "a.csv"
    assert errors(closed, [SHORT, row(1, **changed), row(2)], file) == [(2, where, says)]
    assert not closed.looks_at(file).acts and errors(closed, [SHORT, row(1), row(2)], file) == []


def test_each_of_many_bad_rows_is_told_at_once(closed: House, tmp_path: Path) -> None:
    bad = [row(n, 评价日期="x") for n in range(1, 301)]
    assert len(errors(closed, [SHORT, *bad, row(301)], tmp_path / "a.csv")) == 300


def test_the_published_778_with_232_351_and_195_come_out_of_a_sheet_of_so_many_rows(
    fresh: House, tmp_path: Path
) -> None:
    classes = [*"A" * 232, *"B" * 351, *"C" * 195]
    table = [SHORT, *(row(n, 办理结果=each) for n, each in enumerate(classes, 1))]
    found = fresh.looks_at(written(tmp_path / "a.csv", table))
    assert not found.errors and found.new == 778
    fresh.together(found.acts)
    told = fresh.figures()
    assert [told[f"class-{c}"]["numerator"] for c in "abcd"] == [232, 351, 195, 0]
    assert (told["replied"]["numerator"], told["replied"]["denominator"], told["filed"]["numerator"]) == (778, 778, 778)


def test_460_and_24_ratings_of_482_suggestions_cannot_be_two_rows_are_rated_without_a_reply(
    closed: House, tmp_path: Path
) -> None:
    table = [SHORT, *(row(n) for n in range(1, 461)), *(row(n, 满意度="不满意") for n in range(461, 483))]
    surplus = [row(n, 满意度="不满意", 答复日期="", 办理结果="") for n in (483, 484)]
    assert [e[::2] for e in errors(closed, [*table, *surplus], tmp_path / "a.csv")] == [
        (484, "有评价而没有答复"), (485, "有评价而没有答复"),
    ]  # fmt: skip
    twice = [row(n, 满意度="不满意") for n in (1, 2)]
    assert [e[::2] for e in errors(closed, [*table, *twice], tmp_path / "b.csv")] == [
        (484, "编号 1 重复(先在第 2 行)"), (485, "编号 2 重复(先在第 3 行)"),
    ]  # fmt: skip
    assert errors(closed, table, tmp_path / "c.csv") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_offices_write(closed: House, tmp_path: Path, encoding: str) -> None:
    found = closed.looks_at(written(tmp_path / "a.csv", [SHORT, row(1)], encoding))
    assert not found.errors and len(found.acts) == 4


@pytest.mark.parametrize(
    "said", ["2025-03-03", "2025/3/3", "2025.3.3", "2025年3月3日", "20250303", "45719", "2025-03-03 00:00:00"]
)
def test_a_day_is_read_however_it_is_written(closed: House, tmp_path: Path, said: str) -> None:
    found = closed.looks_at(written(tmp_path / "a.csv", [SHORT, row(1, 答复日期=said)]))
    [reply] = [act for act in found.acts if act.act == "reply-suggestion"]
    assert reply.at.date() == date(2025, 3, 3)


def test_an_xlsx_with_a_title_a_heading_in_two_lines_dates_numbers_and_empty_rows_is_read(
    closed: House, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某县第十七届人大四次会议代表建议办理台账"])
    sheet.merge_cells("A1:L1")
    sheet.append(
        [
            "序号",
            "建议号",
            "领衔代表",
            "标题",
            "交办情况",
            None,
            None,
            "答复情况",
            None,
            "与代表沟通",
            "反馈情况",
            None,
            "备注",
        ]
    )
    sheet.append(
        [None, None, None, None, "提出日期", "交办日期", "主办单位", "答复日期", "类别", None, "满意度", "评价日期"]
    )
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:I2", "J2:J3", "K2:L2", "M2:M3"):
        sheet.merge_cells(area)
    days = [date(2025, 1, 15), date(2025, 1, 24), date(2025, 3, 3), date(2025, 3, 10)]
    for n in (1, 2):
        sheet.append(
            [
                n,
                100 + n,
                "张 三",
                f"建议 {n}",
                days[0],
                days[1],
                "县建设局",
                days[2],
                "A类",
                "是",
                "满意",
                days[3],
                "略",
            ]
        )
    for _ in range(3):
        sheet.append([None] * 13)
    sheet.append(["合计", 2])
    file = tmp_path / "台账.xlsx"
    book.save(file)
    found = closed.looks_at(file, {"D007": "张三", "D008": "李四"})
    assert not found.errors and found.headings.unknown == ("备注",) and found.headings.twice == (("序号", "建议号"),)
    assert [act.fields["number"] for act in found.acts[:2]] == ["101", "102"] and found.rows == 2
    assert found.acts[0].fields["deputies"] == ["D007"] and [r.says.en for r in found.said] == [
        "a line of totals: passed over"
    ]
    assert {str(act.at.date()) for act in found.acts} == {str(each) for each in days}


def test_a_formula_that_nobody_worked_out_is_a_fault_of_its_cell(closed: House, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(SHORT)
    book.worksheets[0].append([*row(1)[:6], "=TODAY()", *row(1)[7:]])
    book.save(tmp_path / "a.xlsx")
    wrong = closed.looks_at(tmp_path / "a.xlsx").errors
    assert [(e.cell, e.says.zh) for e in wrong] == [("G2", "这一格是公式,没有算出的值")]


def test_a_name_that_two_deputies_bear_stands_for_neither(closed: House, tmp_path: Path) -> None:
    table = [["姓名" if each == "代表编号" else each for each in SHORT], row(1, 代表编号="王伟")]
    table[0][1] = "提出人"
    [wrong] = closed.looks_at(written(tmp_path / "a.csv", table), {"D001": "王伟", "D002": "王 伟"}).errors
    assert "有 2 位:D001、D002" in wrong.says.zh


def test_no_feedback_and_withdrawal_are_taken_in_with_their_days(closed: House, tmp_path: Path) -> None:
    header = [*SHORT, "催请反馈日期", "现状", "办结日期"]
    silent = [*row(1, 满意度="未反馈"), "2025-03-08", "办结", "2025-03-10"]
    withdrawn = [*row(2, 答复日期="", 办理结果="", 满意度="", 评价日期=""), "", "已撤回", "2025-02-01"]
    found = closed.looks_at(written(tmp_path / "a.csv", [header, silent, withdrawn]))
    assert found.said == () and found.kinds["close-without-feedback"] == 1
    assert found.kinds["remind-deputy"] == found.kinds["withdraw"] == 1


def test_what_follows_from_the_rest_is_compared_and_a_difference_is_told(closed: House, tmp_path: Path) -> None:
    header = [*SHORT, "办理期限", "现状"]
    found = closed.looks_at(
        written(tmp_path / "a.csv", [header, [*row(1), "2025-04-30", "已答复"], [*row(2), "2025-04-24", "在办"]])
    )
    assert not found.errors and len(found.acts) == 8
    assert [(r.line, r.says.zh) for r in found.said] == [
        (2, "据其他各栏和法律应为“2025-04-24”"),
        (2, "据其他各栏和法律应为“办结”"),
        (3, "有 1 行的写法不是本系统的用语,未与记录核对"),
    ]


def test_the_same_file_asks_for_the_same_acts_under_the_same_ids_at_any_time(closed: House, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", [SHORT, row(1), row(2)])
    first, second = closed.looks_at(file), closed.looks_at(file)
    assert [a.command_id for a in first.acts] == [a.command_id for a in second.acts]
    assert len({a.command_id for a in first.acts}) == 8 and all(a.at < LATER for a in first.acts)
    assert "a.csv 第 3 行" in first.acts[1].reason
