"""`yishi doctor`: whether all that the program stands on is well, and what to do where it is not. It changes nothing."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from domain.text import Lang, Text
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.doctor import Line, examine
from yishi.doctor.line import AREAS
from yishi.settings import Settings

MARKS = {"ok": "[green]✓[/] ", "warns": "[yellow]△[/] ", "wrong": "[bold red]✗[/] "}
WELL, UNWELL = 0, 1


def doctor(
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹 · data folder (YISHI_FOLDER)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: LangOption = "zh",
) -> None:
    """检查运行环境:只看不改 · Look at all that the program stands on, and change nothing.

    退出码 · exit code: 0 没有错误 nothing is wrong, 1 有错误 something is, 2 设置无法读取 the settings cannot be read.
    """
    chosen = language(lang)
    with told(chosen):
        lines = list(examine(Settings.chosen(folder=data)))
    wrong = sum(line.state == "wrong" for line in lines)
    if as_json:
        typer.echo(
            json.dumps({"wrong": wrong, "lines": [each.as_json() for each in lines]}, ensure_ascii=False, indent=1)
        )
    else:
        _show(lines, chosen)
    raise typer.Exit(UNWELL if wrong else WELL)


def _show(lines: Sequence[Line], lang: Lang) -> None:
    page, area = Page(), None
    for line in lines:
        if line.area != area:
            area = line.area
            page.line(f"[bold]{escape(AREAS[area].to(lang))}[/]")
        page.line(escape(line.says.to(lang)), lead=f"  {MARKS[line.state]}")
        if line.todo is not None:
            page.line(escape(line.todo.to(lang)), lead="    → ")
    counts = {state: sum(line.state == state for line in lines) for state in MARKS}
    summary = Text(
        f"正常 {counts['ok']} 项,注意 {counts['warns']} 项,错误 {counts['wrong']} 项",
        f"{counts['ok']} well, {counts['warns']} to note, {counts['wrong']} wrong",
    )
    page.line(f"\n{summary.to(lang)}")
