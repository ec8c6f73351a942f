"""What the commands that work through the door share: their options, the session meant, acts that still wait for an answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.calendar import CHINA
from domain.text import Lang, Text
from yishi.cli.moments import instant
from yishi.cli.page import Page, escape
from yishi.client import Answered, Door
from yishi.client.troubles import DoorFailed, KeptBack
from yishi.trouble import Trouble

DataOption = Annotated[Path, typer.Option("--data", help="数据文件夹 · data folder", envvar="YISHI_FOLDER")]
SessionOption = Annotated[
    str | None, typer.Option("--session", help="会议,如 xiuzhou/10-4 · the session", envvar="YISHI_SESSION")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON")]
AtOption = Annotated[str | None, typer.Option("--at", help='发生的时间,如 "2026-01-27 08:30" · when it happened')]
HOME = Path("~/yishi")
RECORDED, REFUSED, FAULTY = 0, 1, 2


class NoSessionYet(Trouble):
    says = Text(
        "还没有登记会议。先登记:yishi session start 方案.yaml", "No session is registered: yishi session start PLAN"
    )


class WhichSession(Trouble):
    says = Text("请用 --session 写明是哪一次会议:{known}", "say which session with --session: {known}")


class NoSuchSession(Trouble):
    says = Text("没有会议 {session};现有:{known}", "there is no session {session}; there are: {known}")


class NoFile(Trouble):
    says = Text("找不到文件 {file}", "there is no file {file}")


class ManyAtOnce(Trouble):
    says = Text("{file} 读不了({why})", "{file} cannot be read ({why})")


class NotATime(Trouble):
    says = Text(
        '--at 不是时刻:{said}。写成 "2026-01-27 08:30"(北京时间)或 08:30',
        '--at is not a time: {said}. Write "2026-01-27 08:30" (time in China), or 08:30',
    )


def moment(said: str | None, today: datetime) -> datetime:
    """The time meant by `--at`; now when nothing is said.

    Raises:
        NotATime.
    """
    try:
        return instant(said, today) if said else today
    except ValueError:
        raise NotATime(said=said) from None


@contextmanager
def opened(data: Path) -> Iterator[Door]:
    """The door of a folder, closed again at the end."""
    door = Door(data)
    try:
        yield door
    finally:
        door.close()


def the_session(door: Door, named: str | None) -> dict[str, Any]:
    """The session meant: the one named, else the only one there is.

    Raises:
        NoSessionYet, WhichSession, NoSuchSession.
    """
    there = door.sessions()
    known = "、".join(s["session"] for s in there)
    if named is not None:
        for session in there:
            if named.removesuffix("/session/1") == session["session"]:
                return session
        raise NoSuchSession(session=named, known=known or "—")
    if not there:
        raise NoSessionYet
    if len(there) > 1:
        raise WhichSession(known=known)
    return there[0]


def send_what_waits(door: Door, lang: Lang, path: str, body: dict[str, Any], *, at_given: bool) -> Answered | None:
    """Send acts that an earlier command left without an answer; the answer of this very act, if it was one of them."""
    mine = None
    for waiting in door.pending.waiting():
        try:
            answer = door.resend(waiting)
        except (DoorFailed, KeptBack) as failed:  # it goes on waiting; what is asked now need not
            Page(to_stderr=True).line(f"[yellow]{escape(failed.text.to(lang))}[/]", lead="[yellow]△[/] ")
            continue
        if waiting.asks_the_same(path, body, at_given=at_given):
            mine = answer
        said = Text(
            f"此前未得答复的一项已再送:{waiting.body.get('act', waiting.path)}({_came(answer).zh})",
            f"sent again, as it had no answer: {waiting.body.get('act', waiting.path)} ({_came(answer).en})",
        )
        Page(to_stderr=True).line(f"[dim]{escape(said.to(lang))}[/]")
    return mine


def _came(answer: Answered) -> Text:
    if answer.refused:
        return Text("不予办理", "refused")
    return Text("已记录", "recorded") if answer.value.get("events") else Text("此前已有记录", "already so")


def evidence_of(door: Door, files: list[Path]) -> list[dict[str, Any]]:
    """Have files kept and name them as an act does; FILE=NUMBER says the document's own number too (文号).

    Raises:
        NoFile, ManyAtOnce.
    """
    named = [_numbered(file) for file in files]
    for file, _ in named:
        if not file.is_file():
            raise NoFile(file=file)
    kept = []
    for file, number in named:
        try:
            content = file.read_bytes()
        except OSError as wrong:
            raise ManyAtOnce(file=file, why=wrong.strerror) from wrong
        kept.append(door.keep_evidence(content, file.name, number))
    return kept


def _numbered(file: Path) -> tuple[Path, str | None]:
    """A file that is called just so has no number."""
    name, _, number = str(file).rpartition("=")
    if file.is_file() or not name or not number or not Path(name).is_file():
        return file, None
    return Path(name), number


def session_line(session: dict[str, Any]) -> Text:
    from domain.law import chinese_number  # noqa: PLC0415 # slow to load, and seldom needed

    term, number = int(session["term"]), int(session["number"])
    name = session["name"]
    return Text(
        f"{name}第{chinese_number(term)}届第{chinese_number(number)}次会议", f"{name}, term {term}, session {number}"
    )


def as_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def now() -> datetime:
    return datetime.now(CHINA).replace(microsecond=0)
