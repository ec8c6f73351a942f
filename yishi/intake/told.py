"""What the rows of a sheet tell: each as a line of values with its place, and every cell that cannot be understood, all at once."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from domain.text import Text
from yishi.intake import values
from yishi.intake.headings import Headings
from yishi.intake.table import Table
from yishi.intake.values import Unclear
from yishi.planning.faults import NOTHING, Fault
from yishi.projections.suggestion_line import Line

TOTALS = re.compile(r"(合\s*计|总\s*计|小\s*计|total|sum)\b|^(合\s*计|总\s*计|小\s*计)", re.IGNORECASE)
READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        (
            "filed_on",
            "assigned_on",
            "due",
            "first_reply",
            "replied_on",
            "promised",
            "reminded_on",
            "rated_on",
            "closed_on",
        ),
        values.a_day,
    ),
    "difficult": values.yes_or_no,
    "contacted": values.yes_or_no,
    "class": values.a_class,
    "rating": values.a_rating,
    "attitude": values.a_rating,
    "co_units": values.units,
    "rounds": values.a_round,
}
"""How each column is read; the others are words."""
FIELD = {"class": "result", "rounds": "round"}
"""What a column is called as a field of a line, where that differs."""
COLUMN = {field: column for column, field in FIELD.items()}


class RowFault(Fault):
    """A fault of one row; `cell` is its place in a spreadsheet program (H12), `value` what stands there."""

    cell: str = ""
    value: str = ""


class Told(NamedTuple):
    """One row: its number in the sheet, what it says, and what its cells hold."""

    row: int
    line: Line
    cells: Mapping[str, str]


class Roll(NamedTuple):
    """Who may have made a suggestion: ids, and ids by name. A name of two deputies stands for nobody."""

    ids: frozenset[str]
    by_name: Mapping[str, tuple[str, ...]]


class Rows:
    """Reads the rows below a heading. `faults` and `remarks` gather what is wrong and what is to be known."""

    def __init__(self, table: Table, found: Headings, session: str, roll: Roll) -> None:
        self.table, self.found, self.session, self.roll = table, found, session, roll
        self.faults: list[RowFault] = []
        self.remarks: list[RowFault] = []
        self.bad: set[int] = set()
        self._foreign_words: list[int] = []
        self._cells = dict(table.rows)

    def all(self) -> list[Told]:
        told = [each for n, cells in self.table.rows if n >= self.found.below and (each := self._row(n, cells))]
        if self._foreign_words:
            first, n = self._foreign_words[0], len(self._foreign_words)
            says = Text(
                f"有 {n} 行的写法不是本系统的用语,未与记录核对", f"{n} rows say it in other words: not compared"
            )
            self._remark(first, "stands", says)
        return told

    @property
    def all_said(self) -> tuple[RowFault, ...]:
        """All faults and remarks by their rows."""
        return tuple(sorted((*self.faults, *self.remarks), key=lambda each: (each.line, each.cell)))

    def fault(self, row: int, column: str, says: Text, todo: Text = NOTHING, basis: Any = ()) -> None:
        self.faults.append(self._placed(row, column, says, todo).model_copy(update={"basis": basis}))
        self.bad.add(row)

    def _remark(self, row: int, column: str, says: Text, todo: Text = NOTHING) -> None:
        self.remarks.append(self._placed(row, column, says, todo).model_copy(update={"weight": "warning"}))

    def remark(self, row: int, column: str, says: Text) -> None:
        self._remark(row, column, says)

    def _placed(self, row: int, column: str, says: Text, todo: Text) -> RowFault:
        column = COLUMN.get(column, column)
        at = self.found.columns.get(column)
        cells = self._cells.get(row, []) if at is not None else []
        value = cells[at] if at is not None and at < len(cells) else ""
        title = self.found.titles.get(column, "")
        return RowFault(
            file=self.table.file, line=row, column=0 if at is None else at + 1,
            where=title + (f"“{_short(value)}”" if value else ""), says=says, todo=todo,
            cell=f"{get_column_letter(at + 1)}{row}" if at is not None else "", value=value,
        )  # fmt: skip

    def _row(self, row: int, cells: list[str]) -> Told | None:
        said = {name: cells[at] for name, at in self.found.columns.items() if at < len(cells) and cells[at]}
        if self._passed_over(row, cells, said):
            return None
        for name, at in self.found.columns.items():
            if (row, at) in self.table.uncounted:
                says = Text("这一格是公式,没有算出的值", "this cell is a formula without a value")
                self.fault(row, name, says, Text("请用表格软件打开后重新保存", "open the file in Excel and save it"))
        try:
            number = values.a_number(said.get("number", ""))
        except Unclear as unclear:
            says = unclear.says if "number" in said else Text("这一行没有编号", "this row has no number")
            self.fault(row, "number", says, unclear.todo if "number" in said else NOTHING)
            number = ""
        read: dict[str, Any] = {"number": number}
        for name, word in said.items():
            if name in READ:
                try:
                    read[FIELD.get(name, name)] = READ[name](word)
                except Unclear as unclear:
                    self.fault(row, name, unclear.says, unclear.todo)
            elif name in ("subject", "local_class", "why"):
                read[name] = " ".join(word.split()) if name == "subject" else word
        read |= self._people(row, said) | self._unit(row, said) | self._standing(row, said)
        self._right_session(row, said)
        return Told(row, Line(**read), said)

    def _passed_over(self, row: int, cells: list[str], said: Mapping[str, str]) -> bool:
        """Lines that are no suggestion: totals, headings in between."""
        filled = [cell for cell in cells if cell]
        if any(TOTALS.search(cell) for cell in filled[:2]) and not said.get("subject"):
            self._remark(row, "number", Text("合计行,未作建议读入", "a line of totals: passed over"))
            return True
        if len(filled) == 1 and not re.fullmatch(r"[A-Za-z0-9-]{1,40}", filled[0]):
            says = Text(
                f"只有一格“{_short(filled[0])}”,未作建议读入", f"one cell alone ({_short(filled[0])}): passed over"
            )
            self._remark(row, "", says)
            return True
        return False

    def _people(self, row: int, said: Mapping[str, str]) -> dict[str, Any]:
        """Deputies by their ids, or by names that the roll has once."""
        found: dict[str, tuple[str, ...]] = {}
        for column in ("deputies", "names"):
            if column in said:
                who, others = values.people(said[column])
                if others:
                    says = Text(
                        "“等人”没有写明是谁,只登记写明的代表", "others are not named: only those named are filed"
                    )
                    self._remark(row, column, says)
                found[column] = tuple(d for each in who for d in self._who(row, column, each))
        ids, names = found.get("deputies", ()), found.get("names", ())
        if ids and names and ids != names and row not in self.bad:
            says = Text(f"姓名与代表编号 {'、'.join(ids)} 不是同一人", f"the names are not those of {', '.join(ids)}")
            self.fault(row, "names", says, Text("请核对两列", "compare the two columns"))
        return {"deputies": ids or names}

    def _who(self, row: int, column: str, said: str) -> tuple[str, ...]:
        whole = re.sub(r"\s", "", said)
        if whole in self.roll.ids:
            return (whole,)
        named = self.roll.by_name.get(whole, ())
        if len(named) == 1:
            return named
        if len(named) > 1:
            says = Text(
                f"代表“{whole}”有 {len(named)} 位:{'、'.join(named)}", f"{whole} is the name of {len(named)} deputies"
            )
            self.fault(row, column, says, Text("请写代表编号", f"write the id: {', '.join(named)}"))
            return ()
        parts = said.split()
        if len(parts) > 1:
            return tuple(d for part in parts for d in self._who(row, column, part))
        says = Text(f"名册上没有代表“{whole}”", f"no deputy {whole} is on the roll")
        self.fault(row, column, says, Text("请写名册上的编号或姓名", "write an id or a name of the roll"))
        return ()

    def _unit(self, row: int, said: Mapping[str, str]) -> dict[str, Any]:
        named = values.units(said.get("unit", ""))
        if len(named) > 1:
            says = Text(f"写了 {len(named)} 个单位,主办单位只能有一个", f"{len(named)} units: one handles it")
            self.fault(row, "unit", says, Text("其余写在“会办单位”一列", "put the others into the column of co-units"))
        return {"unit": named[0] if named else ""}

    def _standing(self, row: int, said: Mapping[str, str]) -> dict[str, Any]:
        code = values.a_standing(said["stands"]) if "stands" in said else ""
        if code is None:
            self._foreign_words.append(row)
        return {"stands": code or ""}

    def _right_session(self, row: int, said: Mapping[str, str]) -> None:
        of = said.get("session", "").removesuffix("/session/1")
        if of and of != self.session:
            says = Text(
                f"这一行属于会议 {of},不是 {self.session}", f"this row is of the session {of}, not {self.session}"
            )
            todo = Text("请按会议分开导入", "import each session's rows by themselves")
            self.fault(row, "session", says, todo)


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= 24 else f"{flat[:23]}…"
