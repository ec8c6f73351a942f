"""`yishi ledger`: the sheet of suggestions (台账) for a spreadsheet, one row each, as the record has it; and taken in again."""

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption
from yishi.cli.figures import AsOfOption, YearOption, a_day, the_streams
from yishi.cli.ledger_import import import_sheet
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.trouble import Trouble

ledger_app = typer.Typer(no_args_is_help=True, help="建议办理台账 · the sheet of suggestions")


class NeitherSheet(Trouble):
    says = Text("台账写成 .csv 或者 .xlsx,不能是 {file}", "the sheet is written as .csv or .xlsx, not as {file}")


class ThereAlready(Trouble):
    says = Text("{file} 已经存在,请换一个文件名", "{file} is there already: give another name")


@ledger_app.callback()
def _ledger() -> None:
    """建议办理台账 · The sheet of suggestions."""


ledger_app.command("import")(import_sheet)


@ledger_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="写到哪个文件:.csv 或 .xlsx · the file to write")],
    session: Annotated[str | None, typer.Option("--session", help="会议,不写则全部 · all of them by default")] = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    rounds: Annotated[bool, typer.Option("--rounds", help="每轮答复一行 · a row for each reply")] = False,
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """导出台账:每件建议一行 · Write the sheet of suggestions, one row each."""
    chosen = language(lang)
    with told(chosen):
        if file.suffix.lower() not in (".csv", ".xlsx"):
            raise NeitherSheet(file=file.name)
        if file.exists():
            raise ThereAlready(file=file)
        table = _table(data.expanduser(), session, year, as_of, chosen, rounds=rounds)
        file.write_bytes(_csv(table) if file.suffix.lower() == ".csv" else _xlsx(table))
        of = len({tuple(row[:2]) for row in table[1:]})
        done = Text(f"已写入 {file}:{of} 件建议", f"{file} is written: {of} suggestions")
        Page().line(escape(done.to(chosen)))


def _table(
    folder: Path, session: str | None, year: int | None, as_of: str | None, lang: Lang, *, rounds: bool
) -> list[list[str]]:
    from yishi.cli.record import opened  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.followed import followed  # noqa: PLC0415
    from yishi.projections.naming import names_of  # noqa: PLC0415
    from yishi.projections.suggestion_sheet import COLUMNS, suggestion_rows  # noqa: PLC0415

    until, ledger = a_day(as_of), opened(folder)
    try:
        table = [[title.to(lang) for title in COLUMNS.values()]]
        for stream in the_streams(ledger, session):
            names = names_of(folder, ledger.state(stream))
            rows = suggestion_rows(followed(ledger, stream, until), year, names, lang, rounds=rounds)
            table += [[row[column] for column in COLUMNS] for row in rows]
        return table
    finally:
        ledger.close()


def _csv(table: list[list[str]]) -> bytes:
    """UTF-8 with its mark, by which spreadsheet programs know it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table)
    return written.getvalue().encode("utf-8-sig")


def _xlsx(table: list[list[str]]) -> bytes:
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
