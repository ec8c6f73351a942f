"""Which column of a sheet is which: by the headings that our own export writes, and by those that offices use."""

import re
from typing import NamedTuple

from domain.text import Text
from yishi.intake.table import Table
from yishi.planning.faults import Fault, Faulty
from yishi.projections.suggestion_sheet import COLUMNS

ALSO: dict[str, tuple[str, ...]] = {
    "number": ("建议号", "建议编号", "建议案号", "案号", "编码", "no", "no.", "序号"),
    "session": (),
    "deputies": ("领衔代表编号", "提出代表编号", "代表证号", "代表号", "deputy"),
    "names": (
        "领衔代表", "提出人", "提出代表", "领衔人", "提议人", "建议人", "代表", "代表姓名", "领衔代表姓名", "name",
    ),
    "subject": ("标题", "建议名称", "建议题目", "题目", "案由", "名称", "建议内容", "主要内容", "内容", "事由", "title"),
    "unit": ("主办单位", "主办部门", "主办", "承办部门", "办理单位", "责任单位", "lead unit"),
    "co_units": ("协办单位", "会办", "协办", "协办部门", "会办部门", "co-handlers"),
    "filed_on": ("提出时间", "提交日期", "登记日期", "收到日期", "filed"),
    "assigned_on": ("交办时间", "转办日期", "分办日期", "assigned"),
    "difficult": ("疑难", "延期办理"),
    "due": ("答复期限", "办结期限", "截止日期", "应答复日期"),
    "first_reply": ("首次答复时间",),
    "contacted": ("是否沟通", "沟通情况", "是否与代表沟通", "是否联系代表", "面商情况", "contacted"),
    "replied_on": ("答复日期", "答复时间", "办复日期", "办复时间", "replied on", "replied"),
    "class": ("办理结果", "类别", "办理类别", "答复类别", "结果类别", "办理结果分类", "办理结果类别", "分类"),
    "local_class": (),
    "promised": ("承诺日期", "计划完成日期", "承诺完成时间"),
    "reminded_on": ("催请日期", "催办反馈日期"),
    "rating": ("满意度", "代表评价", "满意情况", "评价结果", "对办理结果的评价", "代表满意度", "反馈意见", "代表反馈意见"),
    "attitude": ("办理态度", "态度评价", "对办理态度"),
    "rated_on": ("反馈日期", "评价时间", "反馈时间", "征求意见日期"),
    "why": ("不满意原因", "不满意理由", "reason"),
    "rounds": ("轮次", "办理次数", "round"),
    "stands": ("办理状态", "状态", "办理情况", "办理进度"),
    "closed_on": ("办结时间", "closed"),
}  # fmt: skip
"""What each column is called besides; what stands earlier goes before what stands later."""
LOOKED_AT = 15
"""Rows in which the heading is looked for; titles and notes may stand above it."""
ENOUGH = 2
"""Headings known in a row that make it the heading."""


def plain(word: str) -> str:
    """A heading without blanks, marks and case."""
    return re.sub(r"[\s*::()()]", "", word).lower()


def _known() -> dict[str, dict[str, int]]:
    """For each column its headings, each with its rank."""
    return {
        name: {plain(word): rank for rank, word in reversed(list(enumerate((*title, *ALSO[name]))))}
        for name, title in COLUMNS.items()
    }


KNOWN = _known()


class Headings(NamedTuple):
    """Attributes: columns: where each known column is, from 0. titles: what it is called there. unknown: headings of no column
    of ours. twice: headings that name a column which another one has already. first: row number of the first line below.
    """

    columns: dict[str, int]
    titles: dict[str, str]
    unknown: tuple[str, ...]
    twice: tuple[tuple[str, str], ...]
    below: int


def headings(table: Table) -> Headings:
    """The heading of a table: one row of it, or two where groups of columns have a heading of their own above.

    Raises:
        Faulty: there is none, or the number's column is missing.
    """
    best: Headings | None = None
    for index in range(min(LOOKED_AT, len(table.rows))):
        for lines in (1, 2):
            found = _read(table, index, lines)
            if len(found.columns) >= ENOUGH and (best is None or len(found.columns) > len(best.columns)):
                best = found
    if best is None:
        says = Text("没有找到标题行", "no heading was found")
        todo = Text(
            "标题行至少写“编号”和“建议标题”等列名,可参照 yishi ledger export 导出的台账",
            "it names the columns: number, subject …, as in what yishi ledger export writes",
        )
        raise Faulty([Fault(file=table.file, line=1, column=0, where="", says=says, todo=todo)])
    if "number" not in best.columns:
        says = Text("没有“编号”一列", "there is no column of numbers")
        todo = Text("请加上建议的编号", "add the number of each suggestion")
        raise Faulty([Fault(file=table.file, line=max(1, best.below - 1), column=0, where="", says=says, todo=todo)])
    return best


def _read(table: Table, index: int, lines: int) -> Headings:
    rows = table.rows[index : index + lines]
    width = max(len(cells) for _, cells in rows)
    ranked: dict[str, tuple[int, int, str]] = {}  # name → rank, column, heading
    unknown: list[str] = []
    twice: list[tuple[str, str]] = []
    for column in range(width):
        said = [cells[column] for _, cells in rows if column < len(cells) and cells[column]]
        meant = next(((word, named) for word in reversed(said) if (named := _column_of(word))), None)
        if meant is None:
            unknown += said[-1:]
            continue
        word, (name, rank) = meant
        if name in ranked and ranked[name][0] <= rank:
            twice.append((word, ranked[name][2]))
            continue
        if name in ranked:
            twice.append((ranked[name][2], word))
        ranked[name] = (rank, column, word)
    if lines > 1 and _looks_like_data(rows[-1][1]):
        return Headings({}, {}, (), (), 0)
    return Headings(
        {name: column for name, (_, column, _) in ranked.items()},
        {name: word for name, (_, _, word) in ranked.items()},
        tuple(unknown),
        tuple(twice),
        rows[-1][0] + 1,
    )


def _looks_like_data(cells: list[str]) -> bool:
    return not any(_column_of(cell) for cell in cells if cell)


def _column_of(word: str) -> tuple[str, int] | None:
    """The column that a heading names; what it says in brackets is left out where the whole is not known."""
    for said in dict.fromkeys((plain(word), plain(re.split(r"[((]", word)[0]))):
        found = [(rank, name) for name, words in KNOWN.items() if (rank := words.get(said)) is not None]
        if found:
            rank, name = min(found)
            return name, rank
    return None
