"""`yishi ledger import`: a sheet of suggestions (台账) kept elsewhere, looked at as a whole and then recorded all or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import FAULTY, HOME, REFUSED, DataOption, JsonOption, as_json, now, opened
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.trouble import Trouble

if TYPE_CHECKING:
    from yishi.intake.intake import Intake
    from yishi.planning.faults import Fault

TOLD_ON_SCREEN = 200
"""Faults and remarks shown; `--json` has all of them."""


NOTICED = {
    "DeadlineMissed": Text("超过了期限", "past its term"),
    "ReplyUnheard": Text("没有写明答复前同代表沟通", "not said that the deputy was heard before the reply"),
    "PromiseWithoutDay": Text("B 类答复没有承诺完成的日期", "a reply of class B without a day promised"),
    "RatedWithoutReason": Text("不满意而没有写理由", "not satisfied, and no reasons given"),
}
"""What rules noticed about the acts that a clerk may still mend in the sheet."""


class Meanwhile(Trouble):
    says = Text(
        "核对之后记录有了变化,{n} 项不予办理,全部没有记录:{why}。请再运行一次",
        "the record changed after it was compared: {n} acts refused, nothing recorded: {why}. Run it again",
    )


def import_sheet(
    file: Annotated[Path, typer.Argument(help="台账:.csv 或 .xlsx · the sheet")],
    session: Annotated[str | None, typer.Option("--session", help="会议 · the session", envvar="YISHI_SESSION")] = None,
    record: Annotated[
        bool, typer.Option("--record/--dry-run", help="记入记录;不写则只核对 · record it; by default only looks")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="为何迟录 · why it is entered late")] = "",
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """导入台账:先核对每一行,有一行不对就全部不记 · Take in a sheet: every row is judged first, all or nothing."""
    from yishi.planning.faults import Faulty  # noqa: PLC0415 # what reads plans is slow to load

    chosen = language(lang)
    with told(chosen):
        try:
            found = _looked_at(data.expanduser(), file, session, reason)
        except Faulty as faulty:
            _tell_unread(faulty.faults, chosen, json_=as_json_)
            raise typer.Exit(FAULTY) from None
        done = _recorded(data, found) if record and found.acts else {}
        if as_json_:
            as_json(_as_value(found, done))
        else:
            _tell(found, done, chosen, record=record)
    if found.errors:
        raise typer.Exit(REFUSED if found.refused else FAULTY)


def _looked_at(folder: Path, file: Path, session: str | None, reason: str) -> "Intake":
    """All rows against the record as it is in the folder, whether or not anything serves it."""
    from yishi.cli.record import opened as ledger_of  # noqa: PLC0415
    from yishi.intake.intake import intake  # noqa: PLC0415
    from yishi.law import LawLibrary  # noqa: PLC0415
    from yishi.projections.naming import names_of  # noqa: PLC0415
    from yishi.projections.sessions import the_session  # noqa: PLC0415
    from yishi.record import deciders  # noqa: PLC0415

    ledger = ledger_of(folder)
    try:
        stream = the_session(ledger, session)
        names = names_of(folder, ledger.state(stream))
        return intake(file, ledger, stream, deciders(), LawLibrary(folder), names, now(), reason)
    finally:
        ledger.close()


def _recorded(data: Path, found: "Intake") -> dict[str, Any]:
    """All acts in one commit.

    Raises:
        Meanwhile: somebody recorded something in between that stands against one of them.
    """
    with opened(data) as door:
        answer = door.together(
            [each.model_dump(mode="json", exclude={"recorded_at", "expected"}) for each in found.acts]
        )
    if answer["outcome"] == "refused":
        says = answer["refused"][0]["says"]
        raise Meanwhile(n=len(answer["refused"]), why=Text(says["zh"], says["en"]))
    return answer


def _as_value(found: "Intake", done: dict[str, Any]) -> dict[str, Any]:
    return {
        "rows": found.rows, "new": found.new, "more": found.more, "same": found.same, "acts": found.kinds,
        "unknown_columns": found.headings.unknown, "columns_not_taken": found.headings.twice, "findings": found.findings,
        "errors": [each.model_dump(mode="json") for each in found.errors],
        "remarks": [each.model_dump(mode="json") for each in found.said if each.weight != "error"],
        "recorded": done.get("recorded", 0),
    }  # fmt: skip


def _tell_unread(faults: "tuple[Fault, ...]", lang: Lang, *, json_: bool) -> None:
    if json_:
        as_json({"errors": [each.model_dump(mode="json") for each in faults], "recorded": 0})
        return
    page = Page(to_stderr=True)
    for fault in faults:
        page.line(escape(fault.told(lang)), lead="[red]✗[/] ")


def _tell(found: "Intake", done: dict[str, Any], lang: Lang, *, record: bool) -> None:
    page = Page()
    head = Text(
        f"{found.rows} 行:新的建议 {found.new} 件,要补记的 {found.more} 件,与记录相同的 {found.same} 件",
        f"{found.rows} rows: {found.new} suggestions new, {found.more} with more to record, {found.same} as recorded",
    )
    page.line(f"[bold]{escape(head.to(lang))}[/]")
    _tell_columns(page, found, lang)
    for fault in found.said[:TOLD_ON_SCREEN]:
        mark = "[red]✗[/] " if fault.weight == "error" else "[yellow]△[/] "
        page.line(escape(fault.told(lang)), lead=mark)
    if (more := len(found.said) - TOLD_ON_SCREEN) > 0:
        page.line(Text(f"……另有 {more} 条,用 --json 看全部", f"… and {more} more: --json has all").to(lang))
    if found.errors:
        rows = len({each.line for each in found.errors})
        bad = Text(f"{rows} 行有误,全部未记录", f"{rows} rows are wrong: nothing is recorded")
        page.line(f"[bold red]{bad.to(lang)}[/]")
        return
    _tell_acts(page, found, lang)
    page.line(f"[bold green]{escape(_ending(found, done, record=record).to(lang))}[/]")


def _tell_columns(page: Page, found: "Intake", lang: Lang) -> None:
    if found.headings.unknown:
        zh, en = "、".join(found.headings.unknown), ", ".join(found.headings.unknown)
        page.line(
            escape(Text(f"不认识的列,没有读入:{zh}", f"columns not known, not taken in: {en}").to(lang)),
            lead="[yellow]△[/] ",
        )
    for left, taken in found.headings.twice:
        said = Text(
            f"“{left}”与“{taken}”是同一栏,只读入后者", f"{left} is the same column as {taken}: only that is taken in"
        )
        page.line(escape(said.to(lang)), lead="[yellow]△[/] ")


def _tell_acts(page: Page, found: "Intake", lang: Lang) -> None:
    from domain.matter.loops.suggestion import SUGGESTION  # noqa: PLC0415
    from domain.submission import COMMANDS  # noqa: PLC0415

    steps = {move.act: move.title for move in SUGGESTION.moves if move.plain}
    rows = [(escape((steps.get(act) or COMMANDS[act].title).to(lang)), str(n)) for act, n in found.kinds.items()]
    if rows:
        page.rows(rows)
    for code, says in NOTICED.items():
        if n := found.findings.get(code):
            page.line(f"{n} × {escape(says.to(lang))}", lead="[yellow]△[/] ")


def _ending(found: "Intake", done: dict[str, Any], *, record: bool) -> Text:
    n = len(found.acts)
    if not found.rows:
        return Text("台账里没有建议,没有可记的", "the sheet has no suggestion: there is nothing to record")
    if not n:
        return Text("记录与台账相同,没有可记的", "the record says the same: there is nothing to record")
    if not record:
        return Text(f"可以记入 {n} 项。记入:加 --record", f"{n} acts can be recorded. To record them: --record")
    return Text(f"已一次记入 {done['recorded']} 项", f"{done['recorded']} acts are recorded, in one commit")


__all__ = ["import_sheet"]
