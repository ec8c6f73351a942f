"""The sheet of suggestions (建议办理台账) and the record of deputies' work over some sessions, with the sheet as a file for a spreadsheet."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from domain.text import Lang
from yishi.ledger.reader import LedgerReader
from yishi.projections.duty import duty_of, duty_told
from yishi.projections.followed import followed
from yishi.projections.naming import names_of
from yishi.projections.report import SeveralBodies
from yishi.projections.sessions import sessions, short, the_session
from yishi.projections.suggestion_sheet import COLUMNS, Row, suggestion_rows

Table = list[list[str]]


def meant(ledger: LedgerReader, session: str | None) -> list[str]:
    """The streams of the session named, or of all sessions of the one congress there is.

    Raises:
        SeveralBodies, NoSuchRecord.
    """
    there = sessions(ledger)
    if session is None and len({short(s).split("/")[0] for s in there}) > 1:
        raise SeveralBodies(known="、".join(map(short, there)))
    return there if session is None and there else [the_session(ledger, session)]


def sheet_rows(
    ledger: LedgerReader,
    folder: Path,
    streams: Sequence[str],
    year: int | None,
    until: date,
    lang: Lang,
    *,
    rounds: bool,
) -> list[Row]:
    """One row for each suggestion (or for each reply), by column.

    Args:
        folder: where the keys of names are. until: as of the end of which day.
    """
    found: list[Row] = []
    for stream in streams:
        names = names_of(folder, ledger.state(stream))
        found += suggestion_rows(followed(ledger, stream, until), year, names, lang, rounds=rounds)
    return found


def table_of(rows: Sequence[Mapping[str, str]], lang: Lang) -> Table:
    """With a heading, its cells in the order of the columns."""
    heading = [title.to(lang) for title in COLUMNS.values()]
    return [heading, *([row[column] for column in COLUMNS] for row in rows)]


FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
"""With what a cell begins that a spreadsheet program would work out instead of show."""
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def as_csv(table: Table) -> bytes:
    """UTF-8 with its mark, by which spreadsheet programs know it. What they would take for a formula has an apostrophe before it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([list(map(_shown, cells)) for cells in table])
    return written.getvalue().encode("utf-8-sig")


def _shown(words: str) -> str:
    return f"'{words}" if FORMULA.match(words) and not NUMBER.fullmatch(words) else words


def as_xlsx(table: Table) -> bytes:
    """Every cell as text: a number keeps its zeros, and nothing that begins with = is a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 # slow to load

    book, out = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for number, cells in enumerate(table, 1):
        for column, words in enumerate(cells, 1):
            cell = sheet.cell(number, column, words)
            cell.data_type, cell.number_format = "s", "@"
    sheet.freeze_panes = "A2"
    book.save(out)
    return out.getvalue()


def duty_rows(
    ledger: LedgerReader, streams: Sequence[str], year: int | None, deputy: str | None
) -> list[dict[str, Any]]:
    """What deputies did, each in short; of one deputy line by line."""
    return duty_told([duty_of(ledger, stream, year) for stream in streams], deputy)
