"""A table as a spreadsheet program leaves it (.csv, .xlsx): rows of words with the numbers they have in the sheet."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from domain.text import Text
from yishi.planning.faults import NOTHING, Fault, Faulty

LARGEST = 20 * 1024 * 1024  # bytes of the file
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of what an .xlsx holds, so that a small file cannot swell
MOST_ROWS = 20_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SAVE_AGAIN = Text("请用表格软件打开后重新保存", "open it in a spreadsheet program and save it again")


class Table(NamedTuple):
    """Rows with their numbers in the sheet, from 1. `uncounted`: cells (row, column from 0) with a formula that has no value."""

    file: str
    rows: list[tuple[int, list[str]]]
    uncounted: frozenset[tuple[int, int]] = frozenset()


def read_table(path: Path) -> Table:
    """The first sheet of a file; a .csv in UTF-8, UTF-16 or GB 18030, as Excel in China writes it.

    Raises:
        Faulty: it cannot be read, with the one reason.
    """
    read = {".csv": _csv, ".xlsx": _xlsx}.get(path.suffix.lower())
    if read is None:
        says = Text(f"台账应为 .csv 或 .xlsx,不能是 {path.name}", f"the sheet is .csv or .xlsx, not {path.name}")
        raise _faulty(path, says, Text("请在表格软件中另存为 .xlsx", "save it as .xlsx in your spreadsheet program"))
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _faulty(path, Text(f"台账超过 {LARGEST >> 20} MB", f"the sheet has more than {LARGEST >> 20} MB"))
        if size == 0:
            raise _faulty(path, Text("台账是空文件(0 字节)", "the sheet is an empty file (0 bytes)"))
        return read(path)
    except OSError as wrong:
        says = Text(f"台账读不到:{wrong.strerror}", f"the sheet cannot be read: {wrong.strerror}")
        raise _faulty(path, says) from wrong


def _faulty(path: Path, says: Text, todo: Text = NOTHING, row: int = 1) -> Faulty:
    return Faulty([Fault(file=path.name, line=row, column=0, where="", says=says, todo=todo)])


def _counted(path: Path, rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """All rows with something in them; a sheet without end is not read to its end."""
    kept = []
    for number, cells in rows:
        if any(cells):
            kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            says = Text(f"台账超过 {MOST_ROWS} 行", f"the sheet has more than {MOST_ROWS} rows")
            raise _faulty(path, says, Text("请分成几个文件", "split it into several files"), number)
    return kept


def _csv(path: Path) -> Table:
    raw = path.read_bytes()
    for encoding in ("utf-16",) if raw[:2] in UTF_16 else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        says = Text("看不懂台账的编码", "the encoding of the sheet is not known")
        raise _faulty(path, says, Text("请另存为 UTF-8", "save it as UTF-8"))
    if "\0" in text:
        raise _faulty(path, Text("这不是 .csv 文本", "this is not .csv text"), SAVE_AGAIN)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(lines, 1):  # the row of a spreadsheet: a cell may hold several lines
            yield number, [_words(cell) for cell in cells]

    try:
        return Table(path.name, _counted(path, rows()))
    except csv.Error as wrong:
        says = Text(f"这一行读不懂:{wrong}", f"this row cannot be read: {wrong}")
        raise _faulty(path, says, SAVE_AGAIN, lines.line_num) from wrong


def _xlsx(path: Path) -> Table:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            says = Text("台账展开后太大", "the sheet is too large when unpacked")
            raise _faulty(path, says, Text("请只留台账一张表", "keep only the one sheet"))
        values = _first_sheet(path, formulas=False)
        rows = _counted(path, ((n, [_words(cell) for cell in cells]) for n, cells in values))
        return Table(path.name, rows, _without_value(path, dict(rows)))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, SyntaxError) as wrong:
        says = Text("这不是完整的 .xlsx 文件", "this is not a whole .xlsx file")
        raise _faulty(path, says, SAVE_AGAIN) from wrong


def _first_sheet(path: Path, *, formulas: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    book = load_workbook(path, read_only=True, data_only=not formulas)
    try:
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), 1)
    finally:
        book.close()


def _without_value(path: Path, rows: dict[int, list[str]]) -> frozenset[tuple[int, int]]:
    """Cells with a formula that nobody has worked out: the program that wrote the file left no value."""
    return frozenset(
        (number, column)
        for number, cells in _first_sheet(path, formulas=True)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and cell.startswith("=") and not _cell(rows.get(number, []), column)
    )


def _cell(cells: list[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _words(cell: Any) -> str:
    """A cell as words: a day as 2026-03-01, a whole number without its decimals."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time(0):
            return str(cell.date())
        case date():
            return str(cell)
    return unicodedata.normalize("NFC", str(cell)).replace("\ufeff", "").replace("\u3000", " ").strip()
