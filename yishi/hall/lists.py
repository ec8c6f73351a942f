"""Lists of who is there, as offices keep them: ids or names, in plain text, .csv or .xlsx. Names never go further than here."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.session.state import Session
from domain.text import Text
from yishi.ledger.vault import names_in, person_key
from yishi.trouble import Trouble

IDS = ("id", "编号", "代表编号", "代表号", "证号", "代表证号")
NAMES = ("name", "姓名", "代表姓名", "成员姓名")
LARGEST = 10 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes, so that a small .xlsx cannot swell
REMARK = "#"  # in a plain text, the rest of the line is a remark
BETWEEN = re.compile("[,,、;;\t]")


class NotAList(Trouble):
    """The whole of what was sent is not well formed; nothing of it was taken."""

    says = Text(
        "名单读不了:{why}。名单可以是 .txt(每行一个编号或姓名)、.csv 或 .xlsx(有“编号”或“姓名”一栏,否则读第一栏)",
        "the list cannot be read: {why}. It may be .txt (an id or a name a line), .csv or .xlsx (with a column 编号/id or "
        "姓名/name, else its first column)",
    )


def read_list(file: str, content: bytes) -> list[str]:
    """What stands in a list: the column of ids where it has a heading for them, else that of names.

    Without a heading it is the first column; of a .txt, all that stands on a line up to a `#`, divided by commas or tabs.

    Args:
        file: its name, by which the kind is told: .txt, .csv or .xlsx.

    Raises:
        NotAList: it cannot be read, or nobody is on it.
    """
    kind = Path(file).suffix.lower()
    if kind not in (".txt", ".csv", ".xlsx"):
        raise NotAList(why=Text(f"{file}:只能是 .txt、.csv 或 .xlsx", f"{file}: give .txt, .csv or .xlsx"))
    if len(content) > LARGEST:
        raise NotAList(why=Text(f"{file}:文件太大", f"{file}: the file is too large"))
    rows = {".txt": _lines, ".csv": _table, ".xlsx": _workbook}[kind](file, content)
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    column = _column(rows)
    if column is None:
        column = [cell for row in rows for cell in (row if kind == ".txt" else row[:1])]
    found = [_clean(cell) for cell in column]
    if not any(found):
        raise NotAList(why=Text(f"{file}:名单是空的", f"{file}: nobody is on the list"))
    return [cell for cell in found if cell]


def _lines(file: str, content: bytes) -> list[list[str]]:
    return [BETWEEN.split(line.split(REMARK)[0]) for line in _text(file, content).splitlines()]


def _table(file: str, content: bytes) -> list[list[str]]:
    text = _text(file, content)
    first = text.partition("\n")[0]
    delimiter = next((d for d in ",\t;" if d in first), ",")
    try:
        return [list(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as wrong:
        raise _unreadable(file) from wrong


def _text(file: str, content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise _unreadable(file)


def _unreadable(file: str) -> NotAList:
    return NotAList(why=Text(f"{file}:看不懂,请另存为 UTF-8", f"{file} is no text: save it as UTF-8"))


def _workbook(file: str, content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to load, and few need it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise NotAList(why=Text(f"{file}:展开后太大", f"{file}: too large when unpacked"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [[_cell(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except NotAList:
        raise
    except Exception as wrong:  # a damaged workbook fails in as many ways as it has parts: zip, XML, styles, dates
        says = Text(f"{file}:不是完整的 .xlsx 文件", f"{file} is not a whole .xlsx file")
        raise NotAList(why=says) from wrong


def _cell(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _column(rows: list[list[str]]) -> list[str] | None:
    """What stands below the heading for ids, or for names; None when there is no such heading."""
    for at, cells in enumerate(rows[:10]):
        words = [_clean(cell).lower() for cell in cells]
        for which in [words.index(w) for known in (IDS, NAMES) for w in known if w in words][:1]:
            return [row[which] if which < len(row) else "" for row in rows[at + 1 :]]
    return None


def _clean(written: str) -> str:
    """Without the blanks that are set into two-character names to line them up: 张 三 → 张三."""
    folded = unicodedata.normalize("NFKC", written).strip()
    return folded if folded.isascii() else "".join(folded.split())


def names_of(folder: Path, session: Session) -> dict[str, str]:
    """The names of a session's deputies and of others who are registered by id, as far as the folder's keys open them."""
    plan = session.plan
    people = [each for each in (*plan.roll, *session.people.values()) if each.sealed_name]
    return names_in(folder, {p.id: (person_key(plan.congress.code, plan.term, p.id), p.sealed_name) for p in people})


def resolved(
    listed: Iterable[str], session: Session, names: Mapping[str, str]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Ids for what a list says: an id on the roll, or the name of exactly one deputy in office; and who could not be told.

    Returns:
        Ids, and [{listed, reason, says}] for names that are nobody's, or more than one deputy's: for those the id must be given.
    """
    bearers: dict[str, list[str]] = {}
    for deputy, name in names.items():
        if deputy in session.in_office:
            bearers.setdefault(_clean(name), []).append(deputy)
    deputies: list[str] = []
    unclear: list[dict[str, Any]] = []
    for written in dict.fromkeys(_clean(each) for each in listed):
        meant = [written] if written in session.roll else bearers.get(written, [])
        if len(meant) == 1:
            deputies.append(meant[0])
            continue
        if meant:
            ids, reason = "、".join(meant), "SeveralOfThatName"
            says = Text(
                f"“{written}”有 {len(meant)} 人({ids}),请写编号",
                f"{len(meant)} deputies are called {written} ({ids}): give the id",
            )
        elif strangers := [p for p in session.people if written in (p, _clean(names.get(p, "")))]:
            reason = "NoDeputy"
            says = Text(
                f"“{written}”({strangers[0]})登记为其他人员,不是代表,不签到",
                f"{written} ({strangers[0]}) is registered and no deputy: only deputies sign in",
            )
        else:
            reason = "NobodyOfThatName"
            says = Text(f"名册上没有“{written}”", f"nobody on the roll is {written}")
        unclear.append({"listed": written, "reason": reason, "says": {"zh": says.zh, "en": says.en}})
    return deputies, unclear
