"""What people see: one console, the language asked for, troubles told in a sentence."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from domain.text import Lang, Text
from yishi.cli.ending import ENDED, exit_code
from yishi.cli.page import Page
from yishi.trouble import Trouble

LangOption = Annotated[str, typer.Option("--lang", help="zh | en", envvar="YISHI_LANG")]

KINDS = {
    "text": Text("法律明文", "text of the law"),
    "local": Text("地方规定", "local rule"),
    "reading": Text("稳妥理解", "a reading"),
    "practice": Text("惯例", "practice"),
}
"""By the values of `domain.law.Kind`."""


def language(said: str) -> Lang:
    """The language asked for.

    Raises:
        typer.Exit: it is neither zh nor en, which has been told in both, with all else that is wrong in the settings and where it stands.
    """
    if said in ("zh", "en"):
        return "en" if said == "en" else "zh"
    from yishi.settings import Settings  # noqa: PLC0415

    try:
        Settings.read()
        Settings.read(lang=said)
    except Trouble as wrong:
        for each in wrong.text:
            _tell(each)
    raise typer.Exit(2)


def console(*, to_stderr: bool = False) -> Console:
    """A console that keeps lines whole when its output is not a screen."""
    width = None if os.isatty(2 if to_stderr else 1) else 160
    return Console(stderr=to_stderr, highlight=False, width=width, soft_wrap=True)


@contextlib.contextmanager
def told(lang: Lang) -> Iterator[None]:
    """Tell what stands in the way in one sentence and end with exit code 2, instead of a traceback.

    Asked to end (Ctrl-C, SIGTERM), say so and end with 128 and the signal's number, as programs do.
    """
    try:
        yield
    except KeyboardInterrupt as ended:
        _tell(ENDED.to(lang))
        raise typer.Exit(exit_code()) from ended
    except Exception as wrong:
        if isinstance(wrong, typer.Exit) or (said := sentence(wrong)) is None:
            raise
        _tell(said.to(lang))
        raise typer.Exit(2) from wrong


def sentence(wrong: Exception) -> Text | None:
    """What is wrong and what to do, for those who are at the machine. None: a fault of the program itself.

    What only the ledger and the law can raise is looked up when something went wrong, so that a quick command need not load them.
    """
    if isinstance(wrong, Trouble):
        return wrong.text
    if isinstance(wrong, OSError | sqlite3.Error):
        return Text(
            f"无法读写({wrong}),请检查磁盘和权限", f"reading or writing failed ({wrong}): check disk and rights"
        )
    from yishi.law import EditionAltered, EditionMissing, LawFileError  # noqa: PLC0415
    from yishi.ledger.errors import LedgerError  # noqa: PLC0415
    from yishi.ledger.writer import STORE_FAULTS, explained  # noqa: PLC0415

    if isinstance(wrong, STORE_FAULTS):
        wrong = explained(wrong)

    match wrong:
        case LedgerError():
            return wrong.says.filled(**wrong.figures)
        case LawFileError():
            listed = "\n".join(f"- {problem}" for problem in wrong.problems)
            return Text(
                f"法规文件有误,请改正后再试:\n{listed}", f"the law on file is wrong; correct it first:\n{listed}"
            )
        case EditionMissing() | EditionAltered():
            return Text(
                f"数据文件夹中的法规版本缺失或被改动({wrong}),请从备份中恢复 law 文件夹",
                f"an edition of the law is missing or altered ({wrong}): restore the folder `law` from a backup",
            )
        case _:
            return None


def _tell(said: str) -> None:
    Page(to_stderr=True).line(escape(said), lead="[bold red]✗[/] ")


def kind_word(kind: str | None, lang: Lang) -> str:
    return KINDS[kind].to(lang) if kind else ""
