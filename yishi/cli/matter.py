"""`yishi matter`: what is followed up - where it stands, whom it waits for, what may follow, its history; its loop as a chart."""

from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, SessionOption, as_json, now, opened
from yishi.cli.item_lists import lists_found, show_lists
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import FIELDS, shown, to_text
from yishi.doorway import NothingServes
from yishi.trouble import Trouble


class NoSuchMatter(Trouble):
    says = Text("没有第 {number} 号督办事项;现有:{known}", "there is no matter {number}; there are: {known}")


class WhichMatter(Trouble):
    says = Text(
        "{number} 号不止一件,请用 --session 写明是哪一次会议:{known}",
        "{number} is not the only one: say --session, {known}",
    )


def matter(
    number: Annotated[str | None, typer.Argument(help="几号;不写则列出全部 · its number; without one, all")] = None,
    session: SessionOption = None,
    loops: Annotated[bool, typer.Option("--loops", help="画出流程和现在的位置 · its loop as a chart")] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="流程图用 Mermaid 写 · the chart in Mermaid")] = False,
    lists: Annotated[bool, typer.Option("--lists", help="问题、整改、测评、回访四张清单 · the four lists")] = False,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """督办事项:到哪一步、等谁办、可以怎么办、办过什么 · Matters followed up."""
    chosen = language(lang)
    if number is None and (loops or mermaid):
        from yishi.projections.matters import charts  # noqa: PLC0415 # the tables need no folder

        found: Any = charts()
        if as_json_:
            as_json(found)
            return
        for each in found:
            _chart(each, chosen, mermaid=mermaid)
        return
    if lists:
        with told(chosen):
            listed = lists_found(data, number, session, chosen)
        if as_json_:
            as_json(listed)
        else:
            show_lists(Page(), listed, chosen)
        return
    with told(chosen):
        found = _found(data, number, session, chosen)
    if as_json_:
        as_json(found)
    elif number is None:
        _list(Page(), found, chosen)
    elif loops or mermaid:
        _chart(found["chart"], chosen, mermaid=mermaid)
    else:
        _one(Page(), found, chosen)


def _found(data: Path, number: str | None, session: str | None, lang: Lang) -> Any:
    try:
        with opened(data) as door:
            rows = door.get("/matters")
            if number is None:
                return _of(rows, session)
            row = _named(rows, number, session)
            return door.get(f"/sessions/{row['session']}/matters/{number}")
    except NothingServes:
        return _read(data.expanduser(), number, session, lang)


def _read(folder: Path, number: str | None, session: str | None, lang: Lang) -> Any:
    from yishi.cli.views import views_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.matters import matter_in_full  # noqa: PLC0415
    from yishi.projections.monday import Office  # noqa: PLC0415

    with views_of(folder, lang) as (ledger, views):
        rows = Office(views).matters()
        if number is None:
            return _of(rows, session)
        row = _named(rows, number, session)
        state = ledger.state(f"{row['session']}/session/1")
        return matter_in_full(ledger.state(row["stream"]), ledger.events(row["stream"]), state.procedure, now())


def _of(rows: list[dict[str, Any]], session: str | None) -> list[dict[str, Any]]:
    return [row for row in rows if session is None or row["session"] == session.removesuffix("/session/1")]


def _named(rows: list[dict[str, Any]], number: str, session: str | None) -> dict[str, Any]:
    there = [row for row in _of(rows, session) if row["number"] == number]
    if not there:
        raise NoSuchMatter(number=number, known="、".join(row["number"] for row in _of(rows, session)) or "—")
    if len(there) > 1:
        raise WhichMatter(number=number, known="、".join(row["session"] for row in there))
    return there[0]


def _list(page: Page, rows: list[dict[str, Any]], lang: Lang) -> None:
    if not rows:
        page.line(Text("还没有督办事项", "nothing is followed up yet").to(lang))
    for row in rows:
        mark = "[dim]✓[/]" if row["over"] else "●"
        kind, stands = to_text(row["kind"]).to(lang), to_text(row["stands"]).to(lang)
        page.line(f"{escape(row['title'])}", lead=f"{mark} [bold]{escape(row['number'])}[/]  ")
        page.line(
            f"[dim]{escape(' · '.join((kind, stands + _round(row, lang), row['session'])))}[/]{_waits(row, lang)}",
            lead="    ",
        )


def _round(row: dict[str, Any], lang: Lang) -> str:
    return Text(f"(第 {row['round']} 轮)", f" (round {row['round']})").to(lang) if row["round"] > 1 else ""


def _waits(row: dict[str, Any], lang: Lang) -> str:
    waits = to_text(row["waits"]).to(lang)
    return escape(Text(f" · 等 {waits}", f" · waits for {waits}").to(lang)) if waits and not row["over"] else ""


def _one(page: Page, found: dict[str, Any], lang: Lang) -> None:
    page.line(
        f"[bold]{escape(found['number'])} {escape(found['title'])}[/] · {escape(to_text(found['kind']).to(lang))}"
    )
    page.line(f"[bold]{escape(to_text(found['stands']).to(lang))}[/]{_round(found, lang)}{_waits(found, lang)}")
    unit = "、".join((found["unit"], *found["co_units"]))
    page.line(f"[dim]{escape(' · '.join(part for part in (unit, *found['deputies'], found['session']) if part))}[/]")
    _part(page, Text("可以办理", "What may follow"), found["moves"], lang)
    for move in found["moves"]:
        who = Text("、", ", ").to(lang).join(to_text(o).to(lang) for o in move["offices"])
        page.line(f"{escape(to_text(move['title']).to(lang))}  [dim]{escape(who)}[/]", lead="  ○ ")
        typed = [
            move["act"],
            *([f"step={move['step']}"] if move["step"] else []),
            *(f"{a['field']}=…" for a in move["asks"]),
        ]
        page.line(f"[cyan]yishi act {escape(' '.join(typed))} --of {escape(found['number'])}[/]", lead="      ")
    _part(page, Text("期限", "Terms"), found["terms"], lang)
    for term in found["terms"]:
        colour = term["light"] or "dim"
        cited = Text("、".join(b["zh"] for b in term["basis"]), "; ".join(b["en"] for b in term["basis"])).to(lang)
        title = escape(to_text(term["title"]).to(lang))
        mark = Text("(暂定)", " (provisional)").to(lang) if term["provisional"] and term["light"] else ""
        page.line(f"{title}{mark}  [dim]{escape(cited)}[/]", lead=f"  [{colour}]●[/] {term['last_day']}  ")
    _part(page, Text("办理经过", "History"), found["history"], lang)
    for entry in found["history"]:
        title = escape(to_text(entry["title"]).to(lang))
        style = ("[strike]", "[/]") if entry["struck"] else ("", "")
        by = escape(to_text(entry["by"]).to(lang))
        page.line(f"{style[0]}{title}{style[1]}  [dim]{by}[/]", lead=f"  {shown(entry['at'])}  ")
        if entry["said"]:
            said = (
                Text(";", "; ")
                .to(lang)
                .join(f"{FIELDS[n].to(lang) if n in FIELDS else n} {v}" for n, v in entry["said"].items())
            )
            page.line(f"[dim]{escape(said)}[/]", lead=" " * 6)


def _part(page: Page, title: Text, rows: list[Any], lang: Lang) -> None:
    if rows:
        page.line()
        page.line(f"[bold]{title.to(lang)}[/] · {len(rows)}")


def _chart(chart: dict[str, Any], lang: Lang, *, mermaid: bool) -> None:
    if mermaid:
        typer.echo("\n".join(mermaid_of(chart, lang)))
        return
    page, names = Page(), {s["id"]: to_text(s).to(lang) for s in chart["standings"]}
    page.line(f"[bold]{escape(to_text(chart['kind']).to(lang))}[/] · {chart['kind']['id']}")
    for standing in chart["standings"]:
        here = standing["id"] == chart["here"]
        mark = (
            "[bold green]▶[/]"
            if here
            else "■"
            if standing["over"]
            else "●"
            if standing["id"] == chart["begins"]
            else "○"
        )
        now_ = Text("  ← 现在", "  ← now").to(lang) if here else ""
        page.line(f"[bold]{escape(names[standing['id']])}[/][green]{now_}[/]", lead=f"{mark} ")
        for way in (w for w in chart["ways"] if w["from"] == standing["id"]):
            leads = "" if way["to"] == way["from"] else f" → {names[way['to']]}"
            page.line(f"{escape(to_text(way).to(lang))}{escape(leads)}  [dim]{way['act']}[/]", lead="    ")
    page.line()


def mermaid_of(chart: dict[str, Any], lang: Lang) -> list[str]:
    """The chart as Mermaid reads it; where the matter stands has a class of its own."""
    lines = ["flowchart TD", f"  begin(( )) --> {chart['begins']}"]
    for standing in chart["standings"]:
        name = to_text(standing).to(lang).replace('"', "'")
        lines.append(f'  {standing["id"]}(["{name}"])' if standing["over"] else f'  {standing["id"]}["{name}"]')
    lines += [f'  {w["from"]} -- "{to_text(w).to(lang)}" --> {w["to"]}' for w in chart["ways"]]
    if chart["here"]:
        lines += ["  classDef here fill:#fde68a,stroke:#b45309,stroke-width:3px", f"  class {chart['here']} here"]
    return lines


__all__ = ["matter"]
