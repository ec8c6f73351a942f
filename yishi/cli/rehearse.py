"""`yishi rehearse`: play a plan against the law, on a real engine, in a time of minutes, and watch it."""

import asyncio
import contextlib
import logging
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.markup import escape

from domain.law import chinese_number
from domain.procedure import PROCEDURES, Stage
from domain.text import Lang, Text
from yishi.cli.screen import LangOption, console, kind_word, language, told
from yishi.engine import running
from yishi.law import LawLibrary
from yishi.planning.faults import Fault, Faulty
from yishi.planning.load import read_plan
from yishi.planning.plan import Plan
from yishi.planning.play import load_script
from yishi.planning.register import register_fields
from yishi.planning.script import Script
from yishi.projections.deadlines import STATES, deadline_title
from yishi.rehearsal.lawful import lawful_course
from yishi.rehearsal.outcome import ActRow, Outcome, VoteRow
from yishi.rehearsal.player import Player
from yishi.settings import Settings
from yishi.trouble import Trouble

MARKS = {"recorded": "[green]✓[/]", "already": "[dim]=[/]", "refused": "[red]✗[/]", "not_taken": "[bold red]‼[/]"}


class NowhereToWrite(Trouble):
    says = Text(
        "报告不能写入 {report}:请先建好文件夹", "the report cannot be written to {report}: make the folder first"
    )


def rehearse(
    plan: Annotated[Path, typer.Argument(help="会议方案 / the plan (YAML)")],
    script: Annotated[
        Path | None, typer.Option(help="演练脚本 / the script; without one the lawful course is played")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="JSON 报告写入此文件 / write the JSON report here")] = None,
    data: Annotated[
        Path | None, typer.Option(help="数据文件夹 / data folder; without one a temporary one is used")
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """演练:按会议方案和脚本,依法逐项演练一次会议 / Rehearse a plan against the law."""
    chosen = language(lang)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    with told(chosen):
        _can_write(report)
        outcome = _rehearse(plan, script, data, chosen)
        if report is not None:
            _write(report, outcome)
    raise typer.Exit(outcome.exit)


def _can_write(report: Path | None) -> None:
    """Before a whole session is played, not after it."""
    if report is None:
        return
    with contextlib.suppress(OSError):
        report.absolute().parent.mkdir(parents=True, exist_ok=True)
    if report.is_dir() or not report.absolute().parent.is_dir():
        raise NowhereToWrite(report=report)


def _rehearse(plan_file: Path, script_file: Path | None, data: Path | None, lang: Lang) -> Outcome:
    book = LawLibrary(None).newest()
    reading = read_plan(plan_file, book)
    tell_faults(reading.faults, lang)
    if reading.plan is None:
        raise typer.Exit(2)
    try:
        script = load_script(script_file, reading.plan, book) if script_file else lawful_course(reading.plan, book)
    except Faulty as faulty:
        tell_faults(faulty.faults, lang)
        raise typer.Exit(2) from faulty
    if data is not None:
        return asyncio.run(_play(reading.plan, script, data, lang, scripted=script_file is not None))
    with tempfile.TemporaryDirectory(prefix="yishi-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "data"
        return asyncio.run(_play(reading.plan, script, folder, lang, scripted=script_file is not None))


async def _play(plan: Plan, script: Script, folder: Path, lang: Lang, *, scripted: bool) -> Outcome:
    out = console()
    _head(out, plan, lang)
    async with running(Settings.read(folder=folder), "rehearsal") as engine:
        screen = Screen(out, lang)
        player = Player(engine, plan, script, scripted=scripted, watch=screen.show)
        book = engine.laws.newest()
        outcome = await player.play(register_fields(plan, book, engine.vault, rehearsal=True))
    summary(out, outcome, lang)
    return outcome


def _head(out: Console, plan: Plan, lang: Lang) -> None:
    term, number = plan.session.term, plan.session.number
    zh = f"第{chinese_number(term)}届第{chinese_number(number)}次会议"
    title = Text(zh, f"term {term}, session {number}").to(lang)
    out.print(f"[bold]{Text('演练', 'Rehearsal').to(lang)}[/] · {escape(plan.congress.name)} · {title}")
    total = Text(f"应到 {plan.deputies_total} 人", f"{plan.deputies_total} deputies").to(lang)
    out.print(f"{total} · {plan.session.opens} — {plan.session.closes} · {plan.profile}")
    for note in plan.filled_in:
        out.print(f"[dim]{Text('补充内容(非公布)', 'filled in, not published').to(lang)}: {escape(note)}[/]")


class Screen:
    """Shows each act as it is done, stage by stage."""

    def __init__(self, out: Console, lang: Lang) -> None:
        self.out, self.lang, self.stage = out, lang, ""

    def show(self, row: ActRow) -> None:
        if row.stage != self.stage:
            self.stage = row.stage
            self.out.print(f"\n[bold]{Stage(row.stage).says.to(self.lang)}[/]")
        when = row.at[:16].replace("T", " ")
        basis = row.basis[0].to(self.lang) if row.basis else ""
        kind = kind_word(row.kind, self.lang)
        own = "" if not kind or kind in basis else f" · {kind}"
        law = f"[dim]{escape(basis)}{own}[/]" if basis else ""
        self.out.print(f"  {when} {MARKS[row.outcome]} {escape(row.title.to(self.lang))}  {law}")
        if row.refusal:
            said = row.refusal.zh if self.lang == "zh" else row.refusal.en
            expected = "" if not row.as_expected else Text("(预期)", " (expected)").to(self.lang)
            self.out.print(f"      [red]{escape(said)}[/]{expected}")
        if row.outcome == "already":
            said = Text("(此前已有记录,没有新的记录)", "(already so, nothing recorded)").to(self.lang)
            self.out.print(f"      [dim]{said}[/]")
        for finding in row.findings:
            said = finding.zh if self.lang == "zh" else finding.en
            self.out.print(f"      [{'dim' if finding.weight == 'info' else 'yellow'}]△ {escape(said)}[/]")
        if row.unexpected:
            self.out.print(f"      [bold red]{escape(row.unexpected.to(self.lang))}[/]")


def summary(out: Console, outcome: Outcome, lang: Lang) -> None:
    """What was done, what is missing, votes with their arithmetic, deadlines, the head of the log."""
    out.print()
    done = Text(
        f"记录 {outcome.recorded} 项,拒绝 {outcome.refused} 项,与脚本不符 {outcome.unexpected} 项",
        f"{outcome.recorded} recorded, {outcome.refused} refused, {outcome.unexpected} not as the script says",
    )
    out.print(f"[bold]{done.to(lang)}[/]")
    for vote in outcome.votes:
        out.print("  " + escape(_vote(vote, lang)))
    for election in outcome.elections:
        out.print("  " + escape(f"{election.title.to(lang)}: {election.says.to(lang)}"))
    if outcome.chosen:
        decides = PROCEDURES[outcome.procedure].decides
        chosen = Text("票决选定", "chosen") if decides else Text("票选推荐", "recommended")
        out.print("  " + chosen.to(lang) + ": " + "、".join(outcome.chosen))
    _list(out, Text("尚缺", "Missing").to(lang), [
        f"{step.title.to(lang)} ({step.fact})" + (f" — {step.basis[0].to(lang)}" if step.basis else "")
        for step in outcome.missing
    ])  # fmt: skip
    _list(out, Text("期限", "Deadlines").to(lang), [
        f"{d.due[:10]} {deadline_title(PROCEDURES[outcome.procedure], d.stream, d.clock).to(lang)} {STATES[d.state].to(lang)}"
        + (f" — {d.basis[0].to(lang)}" if d.basis else "")
        for d in outcome.deadlines
    ])  # fmt: skip
    checked = Text("已核验", "verified") if outcome.verified else Text("核验不通过", "NOT verified")
    head = Text("记录头", "Head of the log").to(lang)
    out.print(f"{head}: {outcome.size} · {outcome.head} · {checked.to(lang)}")
    out.print(Text("演练记录,不作正式会议记录", "A rehearsal: not the record of a real session").to(lang))


def _list(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print(f"[bold]{title}[/]")
        for line in lines:
            out.print("  " + escape(line))


def _vote(vote: VoteRow, lang: Lang) -> str:
    passed = Text("通过", "adopted") if vote.adopted else Text("未通过", "not adopted")
    if vote.voided:
        return f"{vote.title.to(lang)}: {Text('表决无效,重新表决', 'the poll is void, to be held again').to(lang)}"
    if vote.in_favour is None:
        acclaimed = vote.method == "acclamation"
        how = (
            Text("鼓掌通过,未计票", "by acclamation, no count")
            if acclaimed
            else Text("举手通过,未清点", "by hands, not counted")
        )
        return f"{vote.title.to(lang)}: {how.to(lang)}"
    void = Text(" 无效 {void}", ", {void} void") if vote.void else Text("", "")
    asked = Text(
        "应到 {deputies_total},须 {needed} → " + passed.zh, "of {deputies_total}, {needed} needed → " + passed.en
    )
    if vote.recommendation:
        asked = Text("应到 {deputies_total} → 意见,不是决议", "of {deputies_total} → an opinion, not a resolution")
    return Text(
        "{title}: 赞成 {in_favour} 反对 {against} 弃权 {abstained}" + void.zh + " 未表决 {not_voted};" + asked.zh,
        "{title}: {in_favour} in favour, {against} against, {abstained} abstained" + void.en + ", {not_voted} not voted; " + asked.en,
    ).filled(**vote.model_dump() | {"title": vote.title}).to(lang)  # fmt: skip


def tell_faults(faults: tuple[Fault, ...], lang: Lang) -> None:
    """Print each fault with its line."""
    out = console(to_stderr=True)
    for fault in faults:
        out.print(escape(fault.told(lang)))


def _write(report: Path, outcome: Outcome) -> None:
    report.write_text(outcome.model_dump_json(indent=1), encoding="utf-8")
