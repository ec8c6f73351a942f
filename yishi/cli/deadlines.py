"""`yishi deadlines`: who owes what by when, by which article - the list an office looks at on Monday."""

from collections.abc import Callable
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
COLOURS = {"red": "red", "yellow": "yellow", "green": "green"}
PARTS: tuple[tuple[Text, Callable[[dict[str, Any]], bool]], ...] = (
    (Text("逾期", "Overdue"), lambda row: row["light"] == "red"),
    (Text("本周到期", "Due this week"), lambda row: row["light"] != "red" and row["this_week"]),
    (Text("以后到期", "Due later"), lambda row: row["state"] == "running" and not row["this_week"]),
    (Text("已完成", "Met"), lambda row: row["light"] == ""),
)


def deadlines(
    session: Annotated[
        str | None, typer.Argument(help="会议;不写为全部会议和督办事项 · the session; without one, all there are")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="只看等谁办:单位名称或者机关 · only what waits for this unit or office")
    ] = None,
    deputy: Annotated[str | None, typer.Option(help="只看这位代表的事项 · only this deputy's matters (id)")] = None,
    week: Annotated[bool, typer.Option("--week", help="只看逾期的和本周到期的 · overdue, and due this week")] = False,
    all_: Annotated[bool, typer.Option("--all", help="已完成的也列出 · those met too")] = False,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """期限:什么事、等谁办、最迟哪一天、依据哪一条 · Who owes what by when, by which article."""
    chosen = language(lang)
    with told(chosen):
        asked = {"session": session, "unit": unit, "deputy": deputy, "week": week or None, "all": all_ or None}
        found, served = _found(data, asked, chosen)
    if as_json_:
        as_json(found["deadlines"] if session else found)
        return
    page = Page()
    if not served:
        said = Text("服务没有运行,以下直接读自数据文件夹", "nothing serves here: read straight from the folder")
        page.line(f"[dim]{said.to(chosen)}[/]")
    Listing(page, chosen, found, one=session is not None).all()


def _found(data: Path, asked: dict[str, Any], lang: Lang) -> tuple[dict[str, Any], bool]:
    try:
        with opened(data) as door:
            if asked["session"] is not None:
                asked = asked | {"session": the_session(door, asked["session"])["session"]}
            return door.get("/deadlines", **asked), True
    except NothingServes:
        return _read(data.expanduser(), asked, lang), False


def _read(folder: Path, asked: dict[str, Any], lang: Lang) -> dict[str, Any]:
    from yishi.cli.views import views_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.monday import Office  # noqa: PLC0415
    from yishi.projections.office import narrowed  # noqa: PLC0415
    from yishi.projections.sessions import short  # noqa: PLC0415
    from yishi.projections.sessions import the_session as session_of  # noqa: PLC0415

    with views_of(folder, lang) as (ledger, views):
        session = short(session_of(ledger, asked["session"])) if asked["session"] else None
        return narrowed(
            Office(views).monday(now(), session, all_=bool(asked["all"])), unit=asked["unit"], deputy=asked["deputy"],
            week=bool(asked["week"]), all_=bool(asked["all"]),
        )  # fmt: skip


class Listing:
    """The list on the page: what is overdue, what is due this week, what comes later, what waits without a term."""

    def __init__(self, page: Page, lang: Lang, found: dict[str, Any], *, one: bool) -> None:
        self.page, self.lang, self.found = page, lang, found
        self.one = one or len(found["sessions"]) <= 1

    def all(self) -> None:
        due, waiting, counts = self.found["deadlines"], self.found["waiting"], self.found["counts"]
        said = Text(
            f"今天 {self.found['today']},本周到 {self.found['week_ends']} 为止",
            f"today is {self.found['today']}, the week ends on {self.found['week_ends']}",
        )
        lights = "  ".join(f"[{colour}]● {counts[light]}[/]" for light, colour in COLOURS.items())
        self.page.line(f"{lights}  [dim]{said.to(self.lang)}[/]")
        if not due:
            self.page.line(Text("没有未完成的期限", "no deadline is open").to(self.lang))
        for title, fits in PARTS:
            if rows := [row for row in due if fits(row)]:
                self._heading(title, len(rows))
                for row in rows:
                    self._owed(row)
        if waiting:
            self._heading(Text("没有期限、等着办的", "Waiting without a term"), len(waiting))
            for row in waiting:
                self._waits(row)

    def _heading(self, title: Text, count: int) -> None:
        self.page.line()
        self.page.line(f"[bold]{title.to(self.lang)}[/] · {count}")

    def _owed(self, row: dict[str, Any]) -> None:
        colour = COLOURS.get(row["light"], "default")
        title = escape(to_text(row["deadline"]).to(self.lang))
        lead = f"[{colour}]●[/] [bold]{row['last_day']}[/]  "
        self.page.line(f"{title}  [{colour}]{_when(row).to(self.lang)}[/]{self._for(row)}", lead=lead)
        if about := self._about(row):
            self.page.line(about, lead=" " * 14)
        if basis := row.get("basis"):
            kind = KINDS[basis[0].get("kind", "text")].to(self.lang)
            cited = Text("、".join(b["zh"] for b in basis), "; ".join(b.get("en", b["zh"]) for b in basis)).to(
                self.lang
            )
            started = Text(f"自 {row['started'][:10]} 起算", f"counted from {row['started'][:10]}").to(self.lang)
            mark = "" if kind in cited else f" · {kind}"
            self.page.line(f"[dim]{escape(cited)}{mark} · {started}[/]", lead=" " * 14)
        if row["provisional"] and row["light"]:
            said = Text(
                "暂定:其间有年份的放假安排尚未公布,公布后重新计算",
                "provisional: the holidays of a year it counts are not announced yet; it is worked out anew when they are",
            )
            self.page.line(f"[yellow]{said.to(self.lang)}[/]", lead=" " * 14)

    def _waits(self, row: dict[str, Any]) -> None:
        said = Text(f"已 {row['days']} 天", f"{row['days']} days").to(self.lang)
        kind = escape(to_text(row["kind"]).to(self.lang))
        lead = f"  [bold]{row['since'][:10]}[/]  "
        self.page.line(f"{kind} {escape(row['number'])}  {said}{self._for(row)}", lead=lead)
        self.page.line(self._about(row), lead=" " * 14)

    def _for(self, row: dict[str, Any]) -> str:
        waits = to_text(row["waits"]).to(self.lang)
        return escape(Text(f" · 等 {waits}", f" · waits for {waits}").to(self.lang)) if waits else ""

    def _about(self, row: dict[str, Any]) -> str:
        """Which matter, where it stands, and in which round from the second on."""
        parts = [row["title"] or ""]
        if row["stands"]:
            parts.append(to_text(row["stands"]).to(self.lang))
        if (row["round"] or 1) > 1:
            parts.append(Text(f"第 {row['round']} 轮", f"round {row['round']}").to(self.lang))
        if not self.one:
            parts.append(row["session"])
        return escape(" · ".join(part for part in parts if part))


def _when(row: dict[str, Any]) -> Text:
    left = row["days_left"]
    if row["light"] == "red":
        return Text(f"逾期 {abs(left)} 天", f"{abs(left)} days over")
    if row["state"] == "running":
        return Text(f"还有 {left} 天" if left else "今天到期", f"{left} days left" if left else "due today")
    return STATES[row["state"]]


__all__ = ["deadlines"]
