"""What people see: one console, the language asked for, troubles told in a sentence."""

import contextlib
import os
import signal
import sqlite3
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from domain.law import Kind
from domain.text import Lang, Text
from yishi.engine import reader  # noqa: F401 # the domain's events and commands are registered with the engine
from yishi.law import EditionAltered, EditionMissing, LawFileError
from yishi.ledger.errors import LedgerError
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
    """Tell what stands in the way in one sentence and end with exit code 2, instead of a traceback.

    Asked to end (Ctrl-C, SIGTERM), say so and end with 128 and the signal's number, as programs do.
    """
    try:
        yield
    except KeyboardInterrupt as ended:
        _tell(ENDED.to(lang))
        raise typer.Exit(128 + _asked_by[-1]) from ended
    except (Trouble, LedgerError, LawFileError, EditionMissing, EditionAltered, OSError, sqlite3.Error) as wrong:
        _tell(sentence(wrong).to(lang))
        raise typer.Exit(2) from wrong


def sentence(wrong: Exception) -> Text:
    """What is wrong and what to do, for those who are at the machine."""
    match wrong:
        case Trouble():
            return wrong.text
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
            return Text(
                f"无法读写({wrong}),请检查磁盘和权限", f"reading or writing failed ({wrong}): check disk and rights"
            )


def end_when_asked() -> None:
    """Have SIGTERM end a command in order, as Ctrl-C does."""

    def ask(number: int, frame: object) -> None:
        _asked_by.append(number)
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, ask)


_asked_by: list[int] = [signal.SIGINT]
ENDED = Text(
    "已应要求停止。此前的记录完好;用同样的方案和数据文件夹再次运行,即可继续",
    "ended as asked. What was recorded is safe; run it again on the same plan and data folder to go on",
)


def _tell(said: str) -> None:
    console(to_stderr=True).print(f"[bold red]✗[/] {escape(said)}")


def kind_word(kind: str | None, lang: Lang) -> str:
    return KINDS[Kind(kind)].to(lang) if kind else ""
