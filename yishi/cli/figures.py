"""`yishi figures`: the numbers of a year's report, each from entries of the record; and a check of numbers that come from elsewhere."""

from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from domain.text import Lang, Text
from yishi.cli.desk import FAULTY, HOME, REFUSED, DataOption, JsonOption, as_json, now, opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import to_text
from yishi.doorway import NothingServes
from yishi.trouble import Trouble

if TYPE_CHECKING:
    pass


YearOption = Annotated[int | None, typer.Option("--year", help="哪一年提出的 · of what was filed in that year")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="截至哪一天 · as of which day; today by default")]


class NotADay(Trouble):
    says = Text("--as-of 不是日期:{said}。写成 2026-12-31", "--as-of is not a day: {said}. Write 2026-12-31")


def figures(
    session: Annotated[str | None, typer.Argument(help="会议,不写则全部 · the session; all of them by default")] = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    open_: Annotated[str | None, typer.Option("--open", help="展开一个数字 · the cases behind one figure")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="核对别处来的数字(YAML)· check figures from elsewhere")
    ] = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """年度数字:都出自记录,每个都能展开 · The figures of a year's report, each opened to its entries."""
    chosen = language(lang)
    if check is not None:
        _check(check, chosen, json_=as_json_)
        return
    with told(chosen):
        until = a_day(as_of)
        found, served = _found(data, open_, {"session": session, "year": year, "as_of": until.isoformat()}, chosen)
    if as_json_:
        as_json(found)
        return
    page = Page()
    if not served:
        said = Text("服务没有运行,以下直接读自数据文件夹", "nothing serves here: read straight from the folder")
        page.line(f"[dim]{said.to(chosen)}[/]")
    if open_:
        _tell_opened(page, found, chosen)
    else:
        _tell(page, found, chosen)


def _check(file: Path, lang: Lang, *, json_: bool) -> None:
    """Tell every contradiction of a report typed in a file; ends with 1 when there is one, with 2 when it cannot be read."""
    from yishi.planning.contradictions import contradictions  # noqa: PLC0415 # what reads YAML is slow to load
    from yishi.planning.faults import Faulty, errors  # noqa: PLC0415
    from yishi.planning.typed_figures import read_typed  # noqa: PLC0415

    try:
        typed, document = read_typed(file)
    except Faulty as faulty:
        for fault in faulty.faults:
            Page(to_stderr=True).line(f"[red]{escape(fault.told(lang))}[/]")
        raise typer.Exit(FAULTY) from faulty
    found = contradictions(typed, document)
    wrong = errors(found)
    if json_:
        as_json({"file": file.name, "contradictions": len(wrong), "faults": [f.model_dump(mode="json") for f in found]})
    else:
        page = Page()
        for fault in found:
            page.line(f"[{'red' if fault in wrong else 'yellow'}]{escape(fault.told(lang))}[/]")
        none = Text("数字之间没有矛盾", "the figures do not contradict each other")
        some = Text(f"有 {len(wrong)} 处矛盾", f"contradictions: {len(wrong)}")
        page.line(f"[bold]{(some if wrong else none).to(lang)}[/]")
    if wrong:
        raise typer.Exit(REFUSED)


def a_day(said: str | None) -> date:
    try:
        return date.fromisoformat(said) if said else now().date()
    except ValueError:
        raise NotADay(said=said) from None


def _found(data: Path, name: str | None, asked: dict[str, Any], lang: Lang) -> tuple[dict[str, Any], bool]:
    """The figures, or one of them opened; and whether they were asked for at the door."""
    try:
        with opened(data) as door:
            if asked["session"] is not None:
                asked = asked | {"session": the_session(door, asked["session"])["session"]}
            return door.get(f"/figures/{quote(name, safe='')}" if name else "/figures", **asked), True
    except NothingServes:
        return _read(data.expanduser(), name, asked, lang), False


def _read(folder: Path, name: str | None, asked: dict[str, Any], lang: Lang) -> dict[str, Any]:
    from yishi.cli.views import views_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.figures import figures_told  # noqa: PLC0415
    from yishi.projections.report import Report  # noqa: PLC0415

    year, until = asked["year"], date.fromisoformat(asked["as_of"])
    head = {"year": year, "as_of": asked["as_of"]}
    with views_of(folder, lang) as (_, views):
        if name:
            one = Report(views).opened(name, asked["session"], year, until)
            return head | {"sessions": one.sessions} | one.figure.opened()
        told = Report(views).told(asked["session"], year, until)
        return head | {"sessions": told.sessions, "figures": figures_told(told.figures)}


def _tell(page: Page, found: dict[str, Any], lang: Lang) -> None:
    year, until, names = found["year"], found["as_of"], found["sessions"]
    of = Text(f"{year} 年提出", f"filed in {year}") if year else Text("全部年份", "all years")
    head = Text(f"{of.zh},截至 {until} · {'、'.join(names)}", f"{of.en}, as of {until} · {', '.join(names)}")
    page.line(f"[bold]{escape(head.to(lang))}[/]")
    for _, listed in groupby(found["figures"], key=lambda figure: figure["kind"]):
        rows = list(listed)
        page.line()
        page.line(f"[bold]{to_text(rows[0]['kind_title']).to(lang)}[/]")
        page.rows(
            [
                (
                    f"[dim]{f['figure']}[/]",
                    escape(to_text(f["title"]).to(lang)),
                    escape(to_text(f["value"]).to(lang)) + _left_out(f["left_out"], lang),
                )
                for f in rows
            ],
            most=44,
        )
    page.line()
    said = Text(
        "答复、解决、满意分别计算,不合并。展开一个数字:yishi figures --open 名称",
        "answered, solved and satisfied are counted apart. To open one: yishi figures --open NAME",
    )
    page.line(f"[dim]{said.to(lang)}[/]")


def _left_out(left_out: list[dict[str, Any]], lang: Lang) -> str:
    if not left_out:
        return ""
    zh = "、".join(f"{each['why']['zh']} {each['count']}" for each in left_out)
    en = ", ".join(f"{each['why']['en']} {each['count']}" for each in left_out)
    return f"  [dim]{escape(Text(f'不计:{zh}', f'left out: {en}').to(lang))}[/]"


def _tell_opened(page: Page, found: dict[str, Any], lang: Lang) -> None:
    page.line(f"[bold]{escape(to_text(found['title']).to(lang))}[/]  {escape(to_text(found['value']).to(lang))}")
    parts = [(Text("计入", "counted"), found["counted"])]
    parts.append((Text("在基数内、未计入", "in the base, not counted"), found["others"]))
    for out in found["left_out"]:
        why = to_text(out["why"])
        parts.append((Text(f"不计:{why.zh}", f"left out: {why.en}"), out["cases"]))
    for title, cases in parts:
        if cases:
            page.line()
            page.line(f"[bold]{escape(title.to(lang))}[/] {len(cases)}")
            page.rows([_case(case, lang) for case in cases])


def _case(case: dict[str, Any], lang: Lang) -> tuple[str, ...]:
    places = ", ".join(map(str, case["positions"]))
    at = Text(f"记录第 {places.replace(', ', '、')} 条", f"entries {places}").to(lang)
    return (escape(case["number"]), escape(case["unit"] or "—"), f"{escape(case['subject'])}  [dim]{at}[/]")


__all__ = ["figures"]
