"""`yishi matter --lists`: the four lists 问题 · 整改 · 测评 · 回访, over all matters, those of a session, or one."""

from pathlib import Path
from typing import Any

from domain.text import Lang, Text
from yishi.cli.desk import opened
from yishi.cli.page import Page, escape
from yishi.cli.words import shown, to_text
from yishi.doorway import NothingServes
from yishi.trouble import Trouble

LISTS = {
    "problems": Text("问题清单", "Problems"),
    "rectified": Text("整改清单", "Rectified"),
    "evaluated": Text("测评清单", "Evaluated"),
    "revisited": Text("回访清单", "Revisited"),
}


class NothingListed(Trouble):
    says = Text(
        "第 {number} 号没有问题清单,或者没有这一事项;有问题清单的:{known}",
        "matter {number} has no list of problems, or is not there; those that have one: {known}",
    )


def lists_found(data: Path, number: str | None, session: str | None, lang: Lang) -> list[dict[str, Any]]:
    """The matters that have items, each with its four lists; through the door, or straight from the folder."""
    try:
        with opened(data) as door:
            rows: list[dict[str, Any]] = door.get("/lists")
    except NothingServes:
        rows = _read(data.expanduser(), lang)
    of = [row for row in rows if session is None or row["session"] == session.removesuffix("/session/1")]
    if number is None:
        return of
    if not (there := [row for row in of if row["number"] == number]):
        raise NothingListed(number=number, known="、".join(dict.fromkeys(row["number"] for row in of)) or "—")
    return there


def _read(folder: Path, lang: Lang) -> list[dict[str, Any]]:
    from yishi.cli.views import views_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.lists import all_lists  # noqa: PLC0415
    from yishi.projections.monday import Office  # noqa: PLC0415

    with views_of(folder, lang) as (ledger, views):
        return all_lists(ledger, Office(views).matters())


def show_lists(page: Page, rows: list[dict[str, Any]], lang: Lang) -> None:
    """List by list, in each the matters one after the other; what has no end yet is marked."""
    if not any(row["problems"] for row in rows):
        page.line(Text("没有问题清单", "no problems are listed").to(lang))
        return
    for name, title in LISTS.items():
        lines = [(row, line) for row in rows for line in row[name]]
        page.line()
        page.line(f"[bold]{title.to(lang)}[/] · {len(lines)}")
        for row, line in lines:
            where = f"[bold]{escape(row['number'])} {escape(line['item'])}[/]"
            _problem(page, where, line, lang) if name == "problems" else _line(page, where, line, lang)


def _problem(page: Page, where: str, line: dict[str, Any], lang: Lang) -> None:
    mark = "[dim]✓[/]" if line["ended"] else "●"
    page.line(f"{where}  {escape(line['text'])}", lead=f"  {mark} ")
    due = Text(f"最迟 {line['due']}", f"by {line['due']}").to(lang) if line["due"] else ""
    stands = to_text(line["stands"]).to(lang) + _round(line, lang)
    said = (stands, line["unit"], due, line["check"])
    page.line(f"[dim]{escape(' · '.join(part for part in said if part))}[/]", lead="      ")


def _line(page: Page, where: str, line: dict[str, Any], lang: Lang) -> None:
    result = to_text(line["result"]).to(lang) if line["result"] else ""
    again = Text(f"重新整改,最迟 {line['due']}", f"again by {line['due']}").to(lang) if line["due"] else ""
    said = " · ".join(part for part in (result, line["text"], again) if part)
    page.line(f"{where}{_round(line, lang)}  {escape(said)}", lead=f"  {shown(line['at'])}  ")


def _round(line: dict[str, Any], lang: Lang) -> str:
    return Text(f"(第 {line['round']} 轮)", f" (round {line['round']})").to(lang) if line["round"] > 1 else ""
