"""What people see: one console, the language asked for, troubles told in a sentence."""

import contextlib
import os
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from domain.law import Kind
from domain.text import Lang, Text
from yishi.engine import reader  # noqa: F401 # the domain's events and commands are registered with the engine
from yishi.trouble import Trouble

LangOption = Annotated[str, typer.Option("--lang", help="zh | en", envvar="YISHI_LANG")]

KINDS = {
    Kind.TEXT: Text("法律明文", "text of the law"),
    Kind.LOCAL: Text("地方规定", "local rule"),
    Kind.READING: Text("稳妥理解", "a reading"),
    Kind.PRACTICE: Text("惯例", "practice"),
}


def language(said: str) -> Lang:
    """The language asked for.

    Raises:
        typer.BadParameter: it is neither zh nor en.
    """
    if said not in ("zh", "en"):
        raise typer.BadParameter("zh | en")
    return "en" if said == "en" else "zh"


def console(*, to_stderr: bool = False) -> Console:
    """A console that keeps lines whole when its output is not a screen."""
    width = None if os.isatty(2 if to_stderr else 1) else 160
    return Console(stderr=to_stderr, highlight=False, width=width, soft_wrap=True)


@contextlib.contextmanager
def told(lang: Lang) -> Iterator[None]:
    """Tell a trouble in one sentence and end with exit code 2, instead of a traceback."""
    try:
        yield
    except Trouble as trouble:
        console(to_stderr=True).print(f"[bold red]✗[/] {trouble.text.to(lang)}")
        raise typer.Exit(2) from trouble


def kind_word(kind: str | None, lang: Lang) -> str:
    return KINDS[Kind(kind)].to(lang) if kind else ""
