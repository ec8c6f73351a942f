"""The roll (代表名册): one line a deputy, read from .csv or .xlsx. Every bad row is told at once, by its number."""

import contextlib
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pydantic import Field

from domain.session.parts import IDENTITY_NUMBER, CardNumber, DeputyId, Part
from domain.text import Text
from yishi.planning.faults import NOTHING, Fault, Faulty

LARGEST = 10 * 1024 * 1024  # bytes of the file
LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes of what an .xlsx holds, so that a small file cannot swell
MOST_ROWS = 20_000
LONGEST_NAME = 40
HEADERS = {
    "id": ("id", "编号", "代表编号", "代表号", "证号", "代表证号", "序号", "成员编号"),
    "name": ("name", "姓名", "代表姓名", "成员姓名"),
    "group": ("group", "代表团", "组", "小组", "代表小组", "分组", "团组", "所属代表团", "所属小组"),
    "suspended": ("suspended", "暂停", "暂停执行职务", "暂停执行代表职务"),
    "card": ("card", "卡号", "签到卡", "签到卡号", "代表证卡号"),
    "unapproved_absences": ("unapproved_absences", "未经批准缺席", "未经批准不出席", "缺席次数", "未请假缺席"),
}
YES, NO = ("是", "yes", "true", "1", "√", "✓", "y"), ("", "否", "no", "false", "0", "n", "无")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
CARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")

Row = tuple[int, list[str]]


class RollEntry(Part):
    """One deputy as the roll has them. `name` is in clear: it is sealed before it goes anywhere."""

    id: DeputyId
    name: str = Field(default="", max_length=LONGEST_NAME)
    group: str = ""
    suspended: bool = False
    unapproved_absences: int = Field(default=0, ge=0)
    card: CardNumber | None = None
    row: int = 0  # of the sheet; 0 for a stand-in


def stand_ins(count: int) -> tuple[RollEntry, ...]:
    """Placeholders D001 … for a roll of which only the number is known."""
    width = max(3, len(str(count)))
    return tuple(RollEntry(id=f"D{n:0{width}}") for n in range(1, count + 1))


def load_roll(path: Path) -> tuple[RollEntry, ...]:
    """The roll.

    Raises:
        Faulty: with every bad row.
    """
    entries, faults = read_roll(path)
    if faults:
        raise Faulty(faults)
    return entries


def read_roll(path: Path) -> tuple[tuple[RollEntry, ...], list[Fault]]:
    """The good lines of a roll, and what is wrong with the others."""
    return _good_and_bad(path.name, lambda: _rows(path.name, _bytes(path)))


def roll_of(name: str, raw: bytes) -> tuple[tuple[RollEntry, ...], list[Fault]]:
    """The same of bytes that are at hand; `name` says by its end which of the two kinds they are."""
    return _good_and_bad(name, lambda: _rows(name, raw))


def _good_and_bad(name: str, rows: Callable[[], Iterable[Row]]) -> tuple[tuple[RollEntry, ...], list[Fault]]:
    try:
        return _entries(name, list(rows()))
    except Faulty as wrong:
        return (), list(wrong.faults)


def _fault(file: str, row: int, says: Text, todo: Text = NOTHING, where: str = "") -> Fault:
    return Fault(file=file, line=row, column=0, where=where, says=says, todo=todo)


def _reader_of(name: str) -> "Callable[[str, bytes], Iterator[Row]]":
    read = {".csv": _csv, ".xlsx": _xlsx}.get(suffix := Path(name).suffix.lower())
    if read is None:
        says = Text(f"名册应为 .csv 或 .xlsx,不能是 {suffix or name}", f"a roll is .csv or .xlsx, not {suffix or name}")
        todo = Text("请在表格软件中另存为 .xlsx", "save it as .xlsx in your spreadsheet program")
        raise Faulty([_fault(name, 1, says, todo)])
    return read


def _bytes(path: Path) -> bytes:
    _reader_of(path.name)
    try:
        _not_too_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as wrong:
        says = Text(f"名册读不到:{wrong.strerror}", f"the roll cannot be read: {wrong.strerror}")
        todo = Text("名册应放在方案旁边", "it belongs beside the plan")
        raise Faulty([_fault(path.name, 1, says, todo)]) from wrong


def _not_too_large(name: str, size: int) -> None:
    if size > LARGEST:
        found, most = round(size / 2**20, 1), LARGEST // 2**20
        says = Text(f"名册有 {found} MB,超过 {most} MB", f"the roll has {found} MB, more than {most} MB")
        raise Faulty([_fault(name, 1, says, Text("请只留名册一张表", "keep only the sheet with the roll"))])


def _rows(name: str, raw: bytes) -> Iterator[Row]:
    read = _reader_of(name)
    _not_too_large(name, len(raw))
    if not raw:
        raise Faulty([_fault(name, 1, Text("名册是空的", "the roll is empty"))])
    for number, cells in read(name, raw):
        if number > MOST_ROWS:
            says = Text(f"名册超过 {MOST_ROWS} 行", f"the roll has more than {MOST_ROWS} rows")
            raise Faulty([_fault(name, number, says)])
        yield number, cells


def _csv(name: str, raw: bytes) -> Iterator[Row]:
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        says = Text("看不懂名册的编码", "the encoding of the roll is not known")
        raise Faulty([_fault(name, 1, says, Text("请另存为 UTF-8", "save it as UTF-8"))])
    if "\0" in text:
        raise Faulty([_fault(name, 1, Text("这不是 .csv 文本", "this is not .csv text"))])
    first = text.partition("\n")[0]
    delimiter = next((d for d in ",\t;" if d in first), ",")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in rows:
            yield rows.line_num, [_clean(cell) for cell in cells]
    except csv.Error as wrong:
        says = Text(f"这一行读不懂:{wrong}", f"this row cannot be read: {wrong}")
        raise Faulty([_fault(name, rows.line_num, says)]) from wrong


def _xlsx(name: str, raw: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            says = Text("名册展开后太大", "the roll is too large when unpacked")
            raise Faulty([_fault(name, 1, says, Text("请只留名册一张表", "keep only the sheet with the roll"))])
        with contextlib.closing(load_workbook(io.BytesIO(raw), read_only=True, data_only=True)) as book:
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                yield number, [_clean(cell) for cell in cells]
    except Faulty:
        raise
    except Exception as wrong:  # a damaged workbook fails in as many ways as it has parts: zip, XML, styles, dates
        says = Text("这不是完整的 .xlsx 文件", "this is not a whole .xlsx file")
        todo = Text("请用表格软件打开后重新保存", "open it in a spreadsheet program and save it again")
        raise Faulty([_fault(name, 1, says, todo)]) from wrong


def _clean(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFC", str(cell)).replace("\ufeff", "").strip()


def _entries(file: str, rows: list[Row]) -> tuple[tuple[RollEntry, ...], list[Fault]]:
    """Below the heading, one deputy a row; blank rows and merged lines such as 第一代表团 are passed over."""
    start, columns = _heading(rows)
    if not columns:
        says = Text("名册没有标题行(编号、姓名、代表团)", "the roll has no heading (id, name, group)")
        return (), [_fault(file, 1, says, Text("第一行写:编号,姓名,代表团", "write in the first row: id,name,group"))]
    if missing := [name for name in ("id", "name") if name not in columns]:
        headers = "、".join(HEADERS[name][1] for name in missing)
        says = Text(f"名册缺少“{headers}”列", f"the roll lacks the column {', '.join(missing)}")
        return (), [_fault(file, rows[start][0], says)]
    entries: list[RollEntry] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    cards: dict[str, int] = {}
    for number, cells in rows[start + 1 :]:
        values = {name: cells[i] if i < len(cells) else "" for name, i in columns.items()}
        filled = [cell for cell in cells if cell]
        if not filled or (len(filled) == 1 and not values["name"] and not ID.fullmatch(filled[0])):
            continue
        wrong = _row_faults(file, number, values)
        if (deputy := values["id"]) in seen:
            says = Text(
                f"编号 {deputy} 重复(先在第 {seen[deputy]} 行)",
                f"the id {deputy} stands twice (first in row {seen[deputy]})",
            )
            wrong.append(_fault(file, number, says))
        seen.setdefault(deputy, number)
        if (card := values.get("card", "")) in cards:
            says = Text(
                f"卡号 {card} 重复(先在第 {cards[card]} 行)",
                f"the card {card} stands twice (first in row {cards[card]})",
            )
            wrong.append(_fault(file, number, says))
        if card:
            cards.setdefault(card, number)
        faults += wrong
        if not wrong:
            entries.append(_entry(number, values))
    if not entries and not faults:
        faults.append(_fault(file, rows[start][0], Text("名册里没有代表", "there is no deputy on the roll")))
    return tuple(entries), faults


def _heading(rows: list[Row]) -> tuple[int, dict[str, int]]:
    """Where the heading is, among the first rows (a title may stand above it), and which column is which."""
    for index, (_, cells) in enumerate(rows[:10]):
        words = [re.sub(r"\s+", "", cell).lower() for cell in cells]
        found = {name: words.index(w) for name, known in HEADERS.items() for w in reversed(known) if w in words}
        if "name" in found or "id" in found:
            return index, found
    return 0, {}


def _row_faults(file: str, row: int, values: dict[str, str]) -> list[Fault]:
    wrong = []
    name = spoken_name(values["name"])
    if not ID.fullmatch(values["id"]):
        says = Text(f"编号“{values['id']}”写法不对", f"the id {values['id']!r} is not well formed")
        wrong.append(_fault(file, row, says, Text("用字母、数字和 -,至多 20 个", "letters, digits and -, 20 at most")))
    if not name:
        wrong.append(_fault(file, row, Text("没有姓名", "there is no name")))
    if len(name) > LONGEST_NAME:
        says = Text(
            f"姓名有 {len(name)} 个字,至多 {LONGEST_NAME} 个",
            f"the name has {len(name)} characters, {LONGEST_NAME} at most",
        )
        wrong.append(_fault(file, row, says))
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in name):
        wrong.append(
            _fault(file, row, Text("姓名里有不能显示的字符", "the name holds characters that cannot be shown"))
        )
    if values.get("suspended", "").lower() not in YES + NO:
        says = Text(f"“暂停”只能填是或否:{values['suspended']}", f"suspended is yes or no: {values['suspended']}")
        wrong.append(_fault(file, row, says))
    if (card := values.get("card", "")) and (not CARD.fullmatch(card) or IDENTITY_NUMBER.fullmatch(card)):
        says = Text(f"卡号“{card}”写法不对", f"the card {card!r} is not well formed")
        todo = Text(
            "用字母、数字和 -,至多 40 个,不能是身份证号", "letters, digits and -, 40 at most, and no identity number"
        )
        wrong.append(_fault(file, row, says, todo))
    if (times := values.get("unapproved_absences", "")) and not times.isdigit():
        says = Text(f"缺席次数不是数字:{times}", f"the number of absences is not a number: {times}")
        wrong.append(_fault(file, row, says))
    return wrong


def _entry(row: int, values: dict[str, str]) -> RollEntry:
    return RollEntry(
        id=values["id"],
        name=spoken_name(values["name"]),
        group=values.get("group", ""),
        suspended=values.get("suspended", "").lower() in YES,
        unapproved_absences=int(values.get("unapproved_absences") or 0),
        card=values.get("card") or None,
        row=row,
    )


def spoken_name(written: str) -> str:
    """A name without the blanks that are set into two-character names to line them up: 张 三 → 张三."""
    blank = r"[\s\u3000\u00a0]"
    if re.search(r"[A-Za-z]", written):
        return re.sub(rf"{blank}+", " ", written).strip()
    return re.sub(rf"{blank}+", "", written)
