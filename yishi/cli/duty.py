"""`yishi duty`: the record of deputies' work, each line with the entry it stands on; points only where the body adopted a scheme."""

from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, as_json
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import to_text
from yishi.trouble import Trouble


class NoSuchDeputy(Trouble):
    says = Text("这里没有代表 {deputy}", "there is no deputy {deputy} here")


def duty(
    session: Annotated[str | None, typer.Argument(help="会议,不写则全部 · the session; all of them by default")] = None,
    deputy: Annotated[
        str | None, typer.Option("--deputy", help="哪一位代表,逐条列出 · one deputy, line by line")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="哪一年的履职 · of what was done in that year")] = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """代表履职记录:都出自记录,逐条可查 · What deputies did, each line from the record."""
    chosen = language(lang)
    with told(chosen):
        rows = _rows(data.expanduser(), session, deputy, year)
    if as_json_:
        as_json({"year": year, "deputies": rows})
    elif deputy:
        for row in rows:
            _tell_one(Page(), row, chosen)
    else:
        _tell(Page(), rows, chosen)


def _rows(folder: Path, session: str | None, deputy: str | None, year: int | None) -> list[dict[str, Any]]:
    from yishi.cli.record import opened  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.sheets import duty_rows, meant  # noqa: PLC0415

    ledger = opened(folder)
    try:
        rows = duty_rows(ledger, meant(ledger, session), year, deputy)
    finally:
        ledger.close()
    if deputy and not rows:
        raise NoSuchDeputy(deputy=deputy)
    return rows


def _tell(page: Page, rows: list[dict[str, Any]], lang: Lang) -> None:
    page.rows(
        [
            (f"[bold]{escape(row['deputy'])}[/]", f"[dim]{escape(row['session'])}[/]", _in_short(row, lang))
            for row in rows
        ]
    )
    for row in rows:
        _alert(page, row, lang)


def _in_short(row: dict[str, Any], lang: Lang) -> str:
    parts = [f"{to_text(c).to(lang)} {c['count']}" for c in row["counts"]]
    if row["waiting"]:
        parts.append(Text(f"待审核 {row['waiting']}", f"to be reviewed {row['waiting']}").to(lang))
    if row["points"] is not None:
        total, version = row["points"]["total"], row["points"]["scheme"]
        parts.append(Text(f"积分 {total}(办法 {version})", f"points {total} (scheme {version})").to(lang))
    return escape(" · ".join(parts) or Text("没有记录", "nothing on record").to(lang))


def _alert(page: Page, row: dict[str, Any], lang: Lang) -> None:
    if row["credentials"]:
        to = Text("报代表资格审查委员会:", "for the credentials committee: ")
        page.line(f"[red]{escape(to.to(lang) + to_text(row['credentials']).to(lang))}[/]")


def _tell_one(page: Page, row: dict[str, Any], lang: Lang) -> None:
    page.line(f"[bold]{escape(row['deputy'])}[/] [dim]{escape(row['session'])}[/]  {_in_short(row, lang)}")
    _alert(page, row, lang)
    page.rows([_line(line, _worth(line, lang), lang) for line in row["lines"]])
    off = [(line, Text(f"已更正,不计:{line['why']}", f"taken off: {line['why']}")) for line in row["off"]]
    page.rows([_line(line, why.to(lang), lang) for line, why in off])
    page.rows([_line(c, _claimed(c, lang), lang) for c in row["claims"]])


def _claimed(claim: dict[str, Any], lang: Lang) -> str:
    """A claim that does not count: what it waits for, with the number by which it is reviewed, or why it was turned down."""
    number, why = claim["claim"], claim["why"]
    if claim["stands"] == "rejected":
        return Text(f"不予计入:{why}", f"turned down: {why}").to(lang)
    return Text(f"待审核(review-claim claim={number})", f"to be reviewed (review-claim claim={number})").to(lang)


def _worth(line: dict[str, Any], lang: Lang) -> str:
    if "points" not in line:
        return ""
    capped = Text("(封顶)", " (capped)").to(lang) if line["capped"] else ""
    return f"{line['points']:+d}{capped}"


def _line(line: dict[str, Any], said: str, lang: Lang) -> tuple[str, ...]:
    about = f"{to_text(line['title']).to(lang)} {line['about']}".strip()
    return (f"[dim]{line['entry']}[/]", line["day"], escape(about), f"[dim]{escape(said)}[/]")


__all__ = ["duty"]
