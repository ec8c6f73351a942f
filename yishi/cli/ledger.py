"""`yishi ledger`: the sheet of suggestions (台账) for a spreadsheet, one row each, as the record has it; and taken in again."""

from pathlib import Path
from typing import Annotated

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption
from yishi.cli.figures import AsOfOption, YearOption, a_day
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
        from yishi.projections.sheets import as_csv, as_xlsx  # noqa: PLC0415

        file.write_bytes(as_csv(table) if file.suffix.lower() == ".csv" else as_xlsx(table))
        of = len({tuple(row[:2]) for row in table[1:]})
        done = Text(f"已写入 {file}:{of} 件建议", f"{file} is written: {of} suggestions")
        Page().line(escape(done.to(chosen)))


def _table(
    folder: Path, session: str | None, year: int | None, as_of: str | None, lang: Lang, *, rounds: bool
) -> list[list[str]]:
    from yishi.cli.record import opened  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.sheets import meant, sheet_rows, table_of  # noqa: PLC0415

    until, ledger = a_day(as_of), opened(folder)
    try:
        rows = sheet_rows(ledger, folder, meant(ledger, session), year, until, lang, rounds=rounds)
        return table_of(rows, lang)
    finally:
        ledger.close()
