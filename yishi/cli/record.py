"""Reading the record: `yishi report`, `yishi history`, `yishi verify`. They work beside a running engine and without one."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from domain.access.rights import entered_by
from domain.calendar import CHINA
from domain.findings import says
from domain.law import chinese_number
from domain.matter.titles import title_of_event
from domain.procedure import PROCEDURES, Stage
from domain.text import Lang, Text
from yishi.ballots.examined import examined
from yishi.cli.page import fitted
from yishi.cli.screen import LangOption, console, kind_word, language, told
from yishi.folder import look
from yishi.law import LawLibrary
from yishi.ledger.errors import LedgerError
from yishi.ledger.reader import Entry, LedgerReader
from yishi.ledger.verification import Outcome
from yishi.projections.conformity_told import Reported, reported
from yishi.projections.deadlines import STATES as DEADLINE_STATES
from yishi.projections.deadlines import deadline_title
from yishi.projections.sessions import entries_of, the_session
from yishi.record import deciders, reader
from yishi.trouble import Trouble

DataOption = Annotated[Path, typer.Option("--data", help="数据文件夹 / data folder", envvar="YISHI_FOLDER")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON")]

STATES = {
    "done": Text("有", "done"),
    "dealt": Text("已处理", "dealt with"),
    "missing": Text("缺", "MISSING"),
    "irregular": Text("瑕疵", "irregular"),
    "open": Text("待办", "to do"),
}


NAME_CELLS = 36
COLOURS = {"done": "green", "dealt": "green", "missing": "red", "irregular": "yellow", "open": "dim"}


class NoRecordHere(Trouble):
    says = Text("{folder} 中没有会议记录({why})", "there is no record in {folder} ({why})")


class NoSuchMoment(Trouble):
    says = Text(
        "无法理解 {at}:请用序号(如 120)或时间(如 2026-01-28T10:00)",
        "{at} is neither a position (120) nor a time (2026-01-28T10:00)",
    )


def opened(data: Path) -> LedgerReader:
    """The ledger of a folder, for reading.

    Raises:
        NoRecordHere: it has none, or one of a newer version.
    """
    try:
        if look(data) is None:
            raise NoRecordHere(folder=data, why="—")
        return reader(data)
    except LedgerError as fault:
        raise NoRecordHere(folder=data, why=fault) from fault


def report(
    session: Annotated[str | None, typer.Argument(help="会议,如 yuanhua/17-9 / the session")] = None,
    data: DataOption = Path("~/yishi"),
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """合规对照表:每一环节的依据、记录和材料,以及各项期限 / The conformity report."""
    chosen = language(lang)
    with told(chosen):
        found = _reported(data.expanduser(), session)
    if as_json:
        typer.echo(json.dumps(found.told(), ensure_ascii=False, indent=1))
        return
    _print_report(found, chosen)


def _reported(folder: Path, named: str | None) -> Reported:
    ledger = opened(folder)
    stream = the_session(ledger, named)
    return reported(ledger, LawLibrary(folder).edition(ledger.state(stream).edition), stream)


def _print_report(found: Reported, lang: Lang) -> None:
    out = console()
    state, plan = found.session, found.session.plan
    mark = Text("(演练)", " (rehearsal)").to(lang) if found.rehearsal else ""
    title = Text(
        f"第{chinese_number(plan.term)}届第{chinese_number(plan.number)}次会议合规对照表",
        f"term {plan.term}, session {plan.number}: conformity report",
    )
    out.print(f"[bold]{escape(plan.congress.name)} {title.to(lang)}{mark}[/]")
    out.print(f"{PROCEDURES[plan.procedure].title.to(lang)} · {plan.profile} · {state.edition[:12]}")
    out.print(_steps(found, lang))
    if found.deadlines:
        out.print(_deadlines(found, lang))
    out.print(_closing_line(found).to(lang))


def _steps(found: Reported, lang: Lang) -> Table:
    heads = [
        Text("环节", "step"),
        Text("状态", "state"),
        Text("依据", "article"),
        Text("性质", "kind"),
        Text("记录", "event"),
        Text("材料", "paper"),
    ]
    table = Table(*(h.to(lang) for h in heads), box=None, pad_edge=False)
    for stage in Stage:
        rows = [line for line in found.lines if line.stage is stage]
        if rows:
            table.add_row(f"[bold]{stage.says.to(lang)}[/]")
        for line in rows:
            position = found.positions.get(line.version or 0)
            where = f"#{position} {line.at.astimezone(CHINA):%Y-%m-%d %H:%M}" if position and line.at else ""
            paper = "、".join(line.evidence) or (f"({line.document.to(lang)})" if line.document else "")
            table.add_row(
                "  " + escape(line.title.to(lang)),
                f"[{COLOURS[line.state]}]{STATES[line.state].to(lang)}[/]",
                escape(line.basis[0].to(lang)) if line.basis else "",
                kind_word(line.kind, lang),
                where,
                escape(paper + (f" — {line.why}" if line.why else "")),
            )
    return table


def _deadlines(found: Reported, lang: Lang) -> Table:
    heads = [Text("期限", "deadline"), Text("状态", "state"), Text("最后一日", "last day"), Text("依据", "article")]
    table = Table(*(h.to(lang) for h in heads), box=None, pad_edge=False)
    for deadline in found.deadlines:
        state = deadline.state_on(found.now)
        colour = (
            "red"
            if deadline.missed_by(found.now)
            else COLOURS["done" if state in ("met", "met, entered late") else "open"]
        )
        basis = deadline.clock.basis
        table.add_row(
            "  " + escape(deadline_title(found.session.procedure, deadline.stream, deadline.clock.id).to(lang)),
            f"[{colour}]{DEADLINE_STATES[state].to(lang)}[/]",
            str(deadline.clock.last_day),
            escape(basis[0].to(lang)) if basis else "",
        )
    return table


def _closing_line(found: Reported) -> Text:
    return Text(
        "共 {steps} 项:有 {done},缺 {missing},待办 {open},瑕疵 {irregular};期限 {deadlines} 项:逾期 {overdue}",
        "{steps} steps: {done} done, {missing} missing, {open} to do, {irregular} irregular; "
        "{deadlines} deadlines: {overdue} missed",
    ).filled(steps=len(found.lines), deadlines=len(found.deadlines), **found.counts)


def history(
    session: Annotated[str | None, typer.Argument(help="会议 / the session")] = None,
    data: DataOption = Path("~/yishi"),
    at: Annotated[
        str | None,
        typer.Option(
            help="到某序号或某时刻为止的记录,按记入时间算,补录的算在补录之时"
            " / as it stood at a position or a time, by when each was recorded: a late entry when it was entered"
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """全程记录:逐条列出,可回到任一时刻 / The record, entry by entry, up to any moment."""
    chosen = language(lang)
    with told(chosen):
        ledger = opened(data.expanduser())
        stream = the_session(ledger, session)
        entries = [e for e in entries_of(ledger, stream) if _until(at)(e)]
    if as_json:
        typer.echo(json.dumps([_entry(e) for e in entries], ensure_ascii=False, indent=1))
        return
    out = console()
    if not entries:
        none = Text("到这时还没有记录(按记录的时间算)", "nothing was on record by then (by the time of recording)")
        out.print(f"[dim]{none.to(chosen)}[/]")
    for entry in entries:
        envelope, event = entry.envelope, entry.event
        basis = event.basis[0].to(chosen) if event.basis else ""
        version = f"{envelope.stream.split('/', 2)[2]}:{envelope.version}"
        when = f"{event.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        title = title_of_event(event)  # what a matter's events are called; a session's have their own names
        name = f"{event.name:<36}" if title is None else escape(fitted(title.to(chosen), NAME_CELLS))
        out.print(f"#{entry.position:<5} {when} {name} {version:<24} [dim]{escape(basis)}[/]")
        if (entered := entered_by(envelope.actor, signed=envelope.signature is not None)) is not None:
            out.print(f"       [dim]{escape(entered.to(chosen))}[/]")
        for finding in event.findings:
            if finding.weight != "info":
                out.print(f"       [yellow]△ {escape(says(finding).to(chosen))}[/]")


def _entry(entry: Entry) -> dict[str, object]:
    return {"position": entry.position} | entry.envelope.model_dump(mode="json", serialize_as_any=True)


def _until(at: str | None):  # type: ignore[no-untyped-def]  # a predicate on entries
    if at is None:
        return lambda entry: True
    if at.isdecimal():
        return lambda entry: entry.position <= int(at)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as wrong:
        raise NoSuchMoment(at=at) from wrong
    moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    return lambda entry: entry.envelope.recorded_at <= moment


def verify(data: DataOption = Path("~/yishi"), as_json: JsonOption = False, lang: LangOption = "zh") -> None:
    """核验:字节、叶、根、缺号、重放、法规版本和佐证材料 / Verify bytes, leaves, roots, gaps, folds, editions, evidence."""
    chosen = language(lang)
    folder = data.expanduser()
    found = examined(folder, deciders(), LawLibrary(folder))
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        raise typer.Exit(found.exit_code)
    out = console()
    words = {
        Outcome.VERIFIED: Text("[green]核验通过[/]", "[green]verified[/]"),
        Outcome.BROKEN: Text("[red]核验不通过[/]", "[red]BROKEN[/]"),
        Outcome.UNDECIDED: Text("[yellow]无法核验[/]", "[yellow]cannot decide[/]"),
    }
    mark = Text("(演练)", " (rehearsal)").to(chosen) if found.rehearsal else ""
    out.print(words[found.outcome].to(chosen) + mark)
    if found.why:
        out.print(escape(found.why.to(chosen)))
    figures = Text(
        f"事件 {found.events},流 {found.streams},提交 {found.commits},行为 {found.commands}",
        f"{found.events} events, {found.streams} streams, {found.commits} commits, {found.commands} acts",
    )
    out.print(figures.to(chosen))
    out.print(f"{Text('记录头', 'head').to(chosen)}: {found.head}")
    for failure in found.failures:
        out.print(f"[red]#{failure.position if failure.position is not None else '-'}[/] {escape(failure.to(chosen))}")
    raise typer.Exit(found.exit_code)
