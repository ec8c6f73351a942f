"""`yishi settings`: what is set, and where each setting comes from. Secrets are not shown."""

import json
import os
from typing import Annotated

import typer

from domain.text import Text
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.settings import WORDS, Chosen, Settings, file_of, unknown_variables

UNSET = Text("未设置", "not set")


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: LangOption = "zh",
) -> None:
    """现用的设置和各项的出处 · What is set, and where each setting comes from."""
    chosen = language(lang)
    with told(chosen):
        found = Settings.chosen()
    strange = unknown_variables(os.environ, Settings.model_fields)
    if as_json:
        typer.echo(json.dumps(_as_json(found, strange), ensure_ascii=False, indent=1))
        return
    page = Page()
    file = file_of(os.environ)
    there = Text(f"设置文件:{file}", f"settings file: {file}")
    absent = Text(f"设置文件:{file}(没有,可不设)", f"settings file: {file} (not there; none is needed)")
    page.line(escape((there if found.file else absent).to(chosen)))
    page.rows(
        (
            (
                f"[bold]{name}[/]" if source.kind != "default" else name,
                escape(str(value) if (value := found.shown(name)) is not None else UNSET.to(chosen)),
                f"[dim]{escape(source.says().to(chosen))} · {escape(WORDS[name].what.to(chosen))}[/]",
            )
            for name, source in found.sources.items()
        ),
        most=60,
    )
    for name, near in strange.items():
        meant = Text(f"是不是 {near}?", f"Did you mean {near}?") if near else Text("", "")
        said = Text(f"环境变量 {name} 不是本系统的设置。", f"The variable {name} is no setting of ours. ")
        page.line(escape(Text(said.zh + meant.zh, said.en + meant.en).to(chosen)), lead="[yellow]△[/] ")


def _as_json(found: Chosen, strange: dict[str, str | None]) -> dict[str, object]:
    return {
        "file": str(found.file) if found.file else None,
        "settings": {
            name: {"value": found.shown(name), "from": source.kind, "where": source.where}
            for name, source in found.sources.items()
        },
        "unknown_variables": strange,
    }
