"""`yishi deadlines`: who owes what by when, by which article - the list an office looks at on Monday."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, as_json, now, opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS, LangOption, language, told
from yishi.cli.words import to_text
from yishi.doorway import NothingServes

STATES = {
    "running": Text("进行中", "running"),
    "met": Text("已完成", "met"),
    "overdue": Text("逾期", "overdue"),
    "missed": Text("逾期", "missed"),
    "missed, then met": Text("逾期后完成", "met too late"),
    "met, entered late": Text("按期完成(补录)", "met in time, entered late"),
}
OVER = ("overdue", "missed")
OPEN = ("running", *OVER)


def deadlines(
    session: Annotated[str | None, typer.Argument(help="会议 · the session")] = None,
    all_: Annotated[bool, typer.Option("--all", help="已完成的也列出 · those met too")] = False,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """期限:什么事、最迟哪一天、依据哪一条 · Who owes what by when, by which article."""
    chosen = language(lang)
    with told(chosen):
        found, served = _found(data, session)
    listed = [d for d in found if all_ or d["state"] in OPEN]
    if as_json_:
        as_json(listed)
        return
    page = Page()
    if not served:
        said = Text("服务没有运行,以下直接读自数据文件夹", "nothing serves here: read straight from the folder")
        page.line(f"[dim]{said.to(chosen)}[/]")
    if not listed:
        page.line(Text("没有未完成的期限", "no deadline is open").to(chosen))
    for each in sorted(listed, key=lambda d: (d["last_day"], d["clock"])):
        _tell(page, each, chosen)


def _found(data: Path, session: str | None) -> tuple[list[dict[str, Any]], bool]:
    try:
        with opened(data) as door:
            where = the_session(door, session)
            return door.get(f"/sessions/{where['session']}/deadlines"), True
    except NothingServes:
        return _read(data.expanduser(), session), False


def _read(folder: Path, session: str | None) -> list[dict[str, Any]]:
    from yishi.cli.record import opened as record_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.deadlines import Deadlines, deadline_told  # noqa: PLC0415
    from yishi.projections.sessions import own_entries  # noqa: PLC0415
    from yishi.projections.sessions import the_session as session_of  # noqa: PLC0415

    ledger = record_of(folder)
    try:
        stream = session_of(ledger, session)
        followed = Deadlines()
        for entry in own_entries(ledger, stream):
            followed.follow(entry.envelope.stream, entry.event)
        procedure = ledger.state(stream).procedure
        return [deadline_told(d, procedure, now()) for d in followed.all()]
    finally:
        ledger.close()


def _tell(page: Page, each: dict[str, Any], lang: Lang) -> None:
    left = (date.fromisoformat(each["last_day"]) - now().date()).days
    over = each["state"] in OVER
    colour = "red" if over else "yellow" if each["state"] == "running" and left <= 7 else "default"
    if over:
        when = Text(f"逾期 {abs(left)} 天", f"{abs(left)} days over")
    elif each["state"] == "running":
        when = Text(f"还有 {left} 天" if left else "今天到期", f"{left} days left" if left else "due today")
    else:
        when = STATES[each["state"]]
    title = to_text(each["deadline"]).to(lang)
    page.line(f"{escape(title)}  [{colour}]{when.to(lang)}[/]", lead=f"[bold]{each['last_day']}[/]  ")
    basis = each.get("basis") or []
    if basis:
        kind = KINDS[basis[0].get("kind", "text")].to(lang)
        cited = Text("、".join(b["zh"] for b in basis), "; ".join(b.get("en", b["zh"]) for b in basis)).to(lang)
        started = Text(f"自 {each['started'][:10]} 起算", f"counted from {each['started'][:10]}").to(lang)
        page.line(f"[dim]{escape(cited)}{'' if kind in cited else ' · ' + kind} · {started}[/]", lead=" " * 12)


__all__ = ["deadlines"]
