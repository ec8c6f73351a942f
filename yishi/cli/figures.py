"""`yishi figures`: the numbers of a year's report, each from entries of the record; and a check of numbers that come from elsewhere."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import FAULTY, HOME, REFUSED, DataOption, JsonOption, as_json, now
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.trouble import Trouble

if TYPE_CHECKING:
    from yishi.ledger.reader import LedgerReader
    from yishi.projections.figure import Figure, LeftOut, Ref


YearOption = Annotated[int | None, typer.Option("--year", help="哪一年提出的 · of what was filed in that year")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="截至哪一天 · as of which day; today by default")]


class SeveralBodies(Trouble):
    says = Text(
        "这里有几个人大的会议,请写明是哪一次:{known}",
        "there are sessions of several congresses: say which one: {known}",
    )


class NoSuchFigure(Trouble):
    says = Text("没有“{name}”这一数字;有:{known}", "there is no figure {name}; there are: {known}")


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
        names, found = _found(data.expanduser(), session, year, until)
        figure = _named(found, open_) if open_ else None
    head = {"year": year, "as_of": until.isoformat(), "sessions": names}
    if as_json_:
        from yishi.projections.figures import figures_told  # noqa: PLC0415

        as_json(head | (figure.opened() if figure else {"figures": figures_told(found)}))
    elif figure:
        _tell_opened(figure, chosen)
    else:
        _tell(found, names, year, until, chosen)


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


def _found(
    folder: Path, session: str | None, year: int | None, until: date
) -> tuple[list[str], "dict[str, list[Figure]]"]:
    """Of one session, or of all sessions of the one congress there is: what was promised years ago may be due now."""
    from yishi.cli.record import opened  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.projections.figures import figures as figures_of  # noqa: PLC0415
    from yishi.projections.followed import followed  # noqa: PLC0415
    from yishi.projections.sessions import short  # noqa: PLC0415

    ledger = opened(folder)
    try:
        meant = the_streams(ledger, session)
        cases = [case for stream in meant for case in followed(ledger, stream, until)]
        return [short(s) for s in meant], figures_of(cases, year, until)
    finally:
        ledger.close()


def the_streams(ledger: "LedgerReader", session: str | None) -> list[str]:
    """The session named, or all sessions of the one congress there is.

    Raises:
        SeveralBodies, NoSuchRecord.
    """
    from yishi.projections.sessions import sessions, short, the_session  # noqa: PLC0415

    there = sessions(ledger)
    if session is None and len({short(s).split("/")[0] for s in there}) > 1:
        raise SeveralBodies(known="、".join(map(short, there)))
    return there if session is None and there else [the_session(ledger, session)]


def _named(found: "dict[str, list[Figure]]", name: str) -> "Figure":
    every = {figure.id: figure for listed in found.values() for figure in listed}
    if name not in every:
        raise NoSuchFigure(name=name, known="、".join(every))
    return every[name]


def _tell(found: "dict[str, list[Figure]]", names: list[str], year: int | None, until: date, lang: Lang) -> None:
    from domain.matter.loop import LOOPS  # noqa: PLC0415

    page = Page()
    of = Text(f"{year} 年提出", f"filed in {year}") if year else Text("全部年份", "all years")
    head = Text(f"{of.zh},截至 {until} · {'、'.join(names)}", f"{of.en}, as of {until} · {', '.join(names)}")
    page.line(f"[bold]{escape(head.to(lang))}[/]")
    for kind, listed in found.items():
        page.line()
        page.line(f"[bold]{LOOPS[kind].title.to(lang)}[/]")
        page.rows(
            [
                (f"[dim]{f.id}[/]", escape(f.title.to(lang)), escape(f.value().to(lang)) + _left_out(f.left_out, lang))
                for f in listed
            ],
            most=44,
        )
    page.line()
    said = Text(
        "答复、解决、满意分别计算,不合并。展开一个数字:yishi figures --open 名称",
        "answered, solved and satisfied are counted apart. To open one: yishi figures --open NAME",
    )
    page.line(f"[dim]{said.to(lang)}[/]")


def _left_out(left_out: "tuple[LeftOut, ...]", lang: Lang) -> str:
    if not left_out:
        return ""
    zh = "、".join(f"{each.why.zh} {len(each.refs)}" for each in left_out)
    en = ", ".join(f"{each.why.en} {len(each.refs)}" for each in left_out)
    return f"  [dim]{escape(Text(f'不计:{zh}', f'left out: {en}').to(lang))}[/]"


def _tell_opened(figure: "Figure", lang: Lang) -> None:
    page = Page()
    page.line(f"[bold]{escape(figure.title.to(lang))}[/]  {escape(figure.value().to(lang))}")
    counted = {id(ref) for ref in figure.counted}
    others = [ref for ref in figure.of or () if id(ref) not in counted]
    parts: list[tuple[Text, Any]] = [(Text("计入", "counted"), figure.counted)]
    parts.append((Text("在基数内、未计入", "in the base, not counted"), others))
    parts += [(Text(f"不计:{o.why.zh}", f"left out: {o.why.en}"), o.refs) for o in figure.left_out]
    for title, refs in parts:
        if refs:
            page.line()
            page.line(f"[bold]{escape(title.to(lang))}[/] {len(refs)}")
            page.rows([_case(ref, lang) for ref in refs])


def _case(ref: "Ref", lang: Lang) -> tuple[str, ...]:
    places = ", ".join(map(str, ref.positions))
    at = Text(f"记录第 {places.replace(', ', '、')} 条", f"entries {places}").to(lang)
    return (escape(ref.case.number), escape(ref.case.unit or "—"), f"{escape(ref.case.subject)}  [dim]{at}[/]")


__all__ = ["figures"]
