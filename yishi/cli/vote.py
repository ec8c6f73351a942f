"""`yishi vote`: the votes of a session - the count, the base, what a majority of it is, and so the result."""

from typing import Annotated, Any

import typer

from domain.text import Lang, Text
from yishi.cli.desk import HOME, DataOption, JsonOption, SessionOption, as_json
from yishi.cli.page import Page, escape
from yishi.cli.results import cited, people, results, say_how_it_was_read
from yishi.cli.screen import LangOption, language, told
from yishi.cli.words import shown, to_text
from yishi.trouble import Trouble

vote_app = typer.Typer(
    add_completion=False, help="表决:票数、基数、过半数和结果 · votes: counts, base, majority, result"
)
BUCKETS = {
    "in_favour": Text("赞成", "in favour"),
    "against": Text("反对", "against"),
    "abstained": Text("弃权", "abstained"),
    "void": Text("无效", "void"),
    "not_voted": Text("未表决", "not voted"),
    "unaccounted": Text("未公布去向", "unaccounted"),
}
NOT_ALWAYS = ("void", "unaccounted")
"""Buckets that are told only where there is something in them."""


class NoSuchVote(Trouble):
    says = Text("还没有就 {subject} 表决;已表决的:{known}", "{subject} was not voted on; what was: {known}")


@vote_app.callback(invoke_without_command=True)
def vote(
    context: typer.Context,
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """表决结果一览;`vote show 事项` 看一项 · all votes; `vote show SUBJECT` shows one."""
    if context.invoked_subcommand is None:
        list_(session, data, as_json_, lang)


@vote_app.command("list")
def list_(
    session: SessionOption = None, data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh"
) -> None:
    """各次表决及其结果 · The votes and their results."""
    chosen = language(lang)
    with told(chosen):
        found, served = results(data, session, "votes")
    if as_json_:
        as_json(found)
        return
    page = Page()
    say_how_it_was_read(page, chosen, served=served)
    if not found:
        page.line(Text("还没有表决", "nothing was voted on yet").to(chosen))
    for each in found:
        _line(page, each, chosen)


@vote_app.command("show")
def show(
    subject: Annotated[str, typer.Argument(help="事项代号,如 agenda、government-report · what was voted on")],
    session: SessionOption = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """一项表决:票数、基数、算法和依据 · One vote: its count, base, arithmetic and articles."""
    chosen = language(lang)
    with told(chosen):
        found, served = results(data, session, "votes")
        of_subject = [each for each in found if each["subject"] == subject]
        if not of_subject:
            raise NoSuchVote(subject=subject, known="、".join(dict.fromkeys(v["subject"] for v in found)) or "—")
    if as_json_:
        as_json(of_subject)
        return
    page = Page()
    say_how_it_was_read(page, chosen, served=served)
    for each in of_subject:
        _whole(page, each, chosen)


def _line(page: Page, vote: dict[str, Any], lang: Lang) -> None:
    mark = "[green]✓[/]" if vote["adopted"] else "[red]✗[/]"
    title = escape(to_text(vote["title"]).to(lang))
    earlier = "" if vote["last"] else f" [dim]{Text('(此前的一次)', '(an earlier vote)').to(lang)}[/]"
    page.line(f"[bold]{title}[/]  [dim]{escape(vote['subject'])}[/]{earlier}", lead=f"{mark} ")
    page.line(escape(to_text(vote["says"]).to(lang)), lead="  ")


def _whole(page: Page, vote: dict[str, Any], lang: Lang) -> None:
    _line(page, vote, lang)
    how = to_text(vote["method"]).to(lang)
    present = Text(
        f"应到 {vote['deputies_total']} 人,实到 {vote['deputies_present']} 人",
        f"{vote['deputies_present']} of {vote['deputies_total']} present",
    ).to(lang)
    page.line(f"[dim]{shown(vote['at'])} · {escape(vote['sitting'])} · {how} · {present}[/]", lead="  ")
    if vote.get("issued") is not None:
        said = Text(
            f"发出 {vote['issued']} 张,收回 {vote['returned']} 张",
            f"{vote['issued']} issued, {vote['returned']} returned",
        )
        page.line(said.to(lang), lead="  ")
    if vote.get("device_failed"):
        said = Text(f"表决器故障:{vote['device_failed']}", f"the voting device had failed: {vote['device_failed']}")
        page.line(f"[yellow]{escape(said.to(lang))}[/]", lead="  [yellow]△[/] ")
    count = vote["count"] or {}
    shown_buckets = [name for name in BUCKETS if name in count and (count[name] or name not in NOT_ALWAYS)]
    page.rows([(BUCKETS[name].to(lang), f"{count[name]:>5}") for name in shown_buckets], indent=4)
    for way, ids in (vote.get("named") or {}).items():
        if ids:
            page.line(people(ids, lang), lead=f"  {BUCKETS[way].to(lang)} ")
    if vote["persons"]:
        page.line(people(vote["persons"], lang), lead=f"  {Text('名单', 'on the list').to(lang)} ")
    if vote["amended_by"]:
        amended = Text("先通过的修正案", "amendments adopted first").to(lang)
        page.line(escape("、".join(vote["amended_by"])), lead=f"  {amended} ")
    if basis := cited(vote["basis"], lang):
        page.line(basis, lead="  ")
