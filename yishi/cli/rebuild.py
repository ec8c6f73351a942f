"""`yishi rebuild`: start the open workflows of sessions and matters again from the record alone, when Temporal's data is gone."""

import asyncio
import json
from pathlib import Path
from time import monotonic
from typing import Annotated, NamedTuple

import typer
from rich.markup import escape

from domain.progress import session_of
from domain.text import Lang, Text
from yishi import doorway
from yishi.cli.record import DataOption, JsonOption, NoRecordHere
from yishi.cli.screen import LangOption, console, language, told
from yishi.cli.serve import logged_in
from yishi.engine import Revived, running
from yishi.folder import Purpose, look
from yishi.holding import FolderInUse
from yishi.projections.sessions import short
from yishi.settings import Settings
from yishi.trouble import Trouble

SHOWN = 20


class ServesAlready(Trouble):
    says = Text(
        "数据目录 {path} 由 yishi serve 使用中(进程号 {pid})。每次启动服务时都会自动重建;需要现在重建的,请停止后再启动。",
        "yishi serve runs on {path} (process {pid}). It rebuilds at each of its starts: to do so now, stop it and start it again.",
    )


class NotOurServer(Trouble):
    says = Text(
        "流程引擎在 {address},不由本机运行,不能用 --anew 换掉其数据。请由管理该服务的人处理,再运行 yishi rebuild。",
        "The process engine at {address} is run by others: --anew cannot put its data aside. Have them see to it, then run "
        "yishi rebuild.",
    )


class Rebuilt(NamedTuple):
    """What was done: which streams are open, which of them were started from the record, what had fallen due meanwhile."""

    folder: Path
    revived: Revived
    passed: int
    aside: Path | None
    seconds: float


def rebuild(
    data: DataOption = Path("~/yishi"),
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="先把流程引擎的数据放到一边(损坏时) / first put Temporal's data aside, when it is damaged"
        ),
    ] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="已核对:电脑时钟无误 / I looked: this computer's clock is right")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """仅凭记录重新启动未了结的会议和事项;可重复运行 / Start what is open again from the record alone; twice does no harm."""
    chosen = language(lang)
    with told(chosen):
        found = asyncio.run(_rebuilt(Settings.read(folder=data, lang=chosen), anew=anew, clock_is_right=clock_is_right))
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        _tell(found, chosen)


async def _rebuilt(settings: Settings, *, anew: bool, clock_is_right: bool) -> Rebuilt:
    """Start the engine, which does it, and stop it again.

    Raises:
        NoRecordHere, ServesAlready, NotOurServer, and whatever stands against a start.
    """
    marker = look(settings.folder)
    if marker is None:
        raise NoRecordHere(folder=settings.folder, why="—")
    if anew and settings.temporal_address is not None:
        raise NotOurServer(address=settings.temporal_address)
    purpose: Purpose = "rehearsal" if marker.purpose == "rehearsal" else "real"
    began = monotonic()
    try:
        with logged_in(settings.folder, settings):
            async with running(settings, purpose, clock_is_right=clock_is_right, anew=anew) as engine:
                done, passed = engine.revived, len(engine.waking.caught_up)
                return Rebuilt(engine.folder, done, passed, engine.aside, monotonic() - began)
    except FolderInUse as used:
        if (door := doorway.found(settings.folder)) is None:
            raise
        raise ServesAlready(path=settings.folder, pid=door.pid) from used


def _counted(found: Rebuilt) -> dict[str, dict[str, int]]:
    """Open and started, of sessions and of matters."""
    counted = {kind: {"open": 0, "started": 0} for kind in ("sessions", "matters")}
    for what, streams in (("open", found.revived.open), ("started", found.revived.started)):
        for stream in streams:
            counted["sessions" if stream == session_of(stream) else "matters"][what] += 1
    return counted


def _as_json(found: Rebuilt) -> dict[str, object]:
    return {
        "folder": str(found.folder),
        **_counted(found),
        "started": list(found.revived.started),
        "passed_meanwhile": found.passed,
        "aside": str(found.aside) if found.aside else None,
        "seconds": round(found.seconds, 2),
    }


def _tell(found: Rebuilt, lang: Lang) -> None:
    out, counted = console(), _counted(found)
    sessions, matters = counted["sessions"], counted["matters"]
    if found.aside is not None:
        out.print(
            escape(Text(f"原数据放在 {found.aside}", f"the data of before is in {found.aside}").to(lang)),
            soft_wrap=True,
        )
    said = Text(
        "未了结:会议 {so} 次,事项 {mo} 项\n[green]从记录重新启动[/]:会议 {ss} 次,事项 {ms} 项;其余仍在运行({seconds} 秒)",
        "open: {so} sessions, {mo} matters\n"
        "[green]started again from the record[/]: {ss} sessions, {ms} matters; the others were running ({seconds} s)",
    )
    figures = {"so": sessions["open"], "mo": matters["open"], "ss": sessions["started"], "ms": matters["started"]}
    out.print(said.filled(**figures, seconds=f"{found.seconds:.1f}").to(lang))
    for stream in found.revived.started[:SHOWN]:
        out.print("  " + escape(short(stream) if stream == session_of(stream) else stream))
    if (more := len(found.revived.started) - SHOWN) > 0:
        out.print(Text(f"  ……另有 {more} 项", f"  … and {more} more").to(lang))
    if found.passed:
        out.print(
            Text(
                f"其间到期的 {found.passed} 项期限,已按法定日期记入",
                f"{found.passed} deadlines that passed meanwhile are recorded on their legal days",
            ).to(lang)
        )
