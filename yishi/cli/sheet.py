"""`yishi sheet`: the state of the session on paper, so that it can go on by hand and be entered afterwards."""

from collections.abc import Iterator
from dataclasses import replace as replace_in
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from domain.text import Lang, Text
from yishi.cli.paper import OutOption, ReplaceOption, SessionOption, TemplateOption, folders_of, source_of, written
from yishi.cli.record import DataOption
from yishi.cli.screen import LangOption, console, language, told
from yishi.documents import words
from yishi.documents.catalogue import PAPERS, template_of
from yishi.documents.choice import Choice
from yishi.documents.common import meeting
from yishi.documents.sheet import STATES, Standing, standing, state_sheet
from yishi.documents.source import Source

TITLE = PAPERS["sheet"].title


def sheet(
    session: SessionOption = None,
    data: DataOption = Path("~/yishi"),
    out: OutOption = None,
    template: TemplateOption = None,
    plain: Annotated[bool, typer.Option("--plain", help="纯文字,可直接打印 / bare text, ready to print")] = False,
    replace: ReplaceOption = False,
    lang: LangOption = "zh",
) -> None:
    """情况单:会议进行到哪里、接下来依法做什么、须记下什么,机器停了也能继续 / The state of the session, to go on by hand."""
    chosen = language(lang)
    with told(chosen):
        folder = data.expanduser()
        source = source_of(folder, session)
        now = source.until if source.rehearsal else max(datetime.now(UTC), source.until)
        if out is not None:
            kind = replace_in(PAPERS["sheet"], make=lambda found, _: state_sheet(found, now))
            used = template_of(kind, folders_of(folder, None), template)
            written(kind, source, Choice(), used, out, chosen, replace=replace)
            return
        found = standing(source, now)
        screen = console()
        for line, heading in lines(found, source, now, chosen):
            if plain:
                typer.echo(line)
            else:
                screen.print(f"[bold]{escape(line)}[/]" if heading else escape(line))


def lines(found: Standing, source: Source, now: datetime, lang: Lang) -> Iterator[tuple[str, bool]]:
    """The sheet line by line, and whether a line is a heading."""

    def section(title: Text, entries: list[str]) -> Iterator[tuple[str, bool]]:
        if entries:
            yield "", False
            yield title.to(lang), True
            yield from ((f"  {entry}", False) for entry in entries)

    mark = Text("【演练】", "[REHEARSAL] ").to(lang) if source.rehearsal else ""
    yield f"{mark}{meeting(source.session).name} {TITLE.to(lang)}", True
    yield f"{Text('制表时间', 'made at').to(lang)}: {words.moment(now)}", False
    yield f"{Text('阶段', 'stage').to(lang)}: {found.stage.to(lang)} · {found.sitting.to(lang)}", False
    if found.light.zh:
        yield found.light.to(lang), False
    if found.fault is not None:
        yield found.fault.to(lang), False
    yield from section(Text("最近记录", "Newest entries"), list(found.done))
    steps = [
        f"{n}. [{STATES[t.state].to(lang)}] {t.title.to(lang)} ({t.act}) {t.basis.to(lang)}"
        + (f"\n     {t.why.to(lang)}" if t.state == "blocked" else "")
        + (f"\n     {_form(t.form, lang)}" if t.state in ("now", "after", "blocked") else "")
        for n, t in enumerate(found.todo, 1)
    ]
    yield from section(Text("尚待进行", "Still to do"), steps)
    yield from section(Text("选举", "Elections"), [each.to(lang) for each in found.elections])
    yield from section(Text("缺", "Missing"), [each.to(lang) for each in found.missing])
    yield from section(Text("期限", "Deadlines"), [each.to(lang) for each in found.deadlines])
    head = Text("记录头", "head of the log").to(lang)
    yield from section(Text("记录", "The record"), [f"{source.head.size} · {head}: {words.grouped(source.head.root)}"])
    later = Text(
        "手工进行的每一步都请记下时间、经办和数字;机器恢复后用 yishi record-later 补录,注明原因。",
        "Note of each step done by hand when, by whom and the figures; enter it afterwards by yishi record-later, with the reason.",
    )
    yield "", False
    yield later.to(lang), False


def _form(form: Text, lang: Lang) -> str:
    noted = Text("记下:时间______ 经办______ ", "note: at ______ by ______ ").to(lang)
    return noted + form.to(lang)
