"""`yishi serve`: engine, record, Temporal and the door for programs, on one data folder, until it is told to stop."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from domain.calendar import CHINA
from domain.text import Lang, Text
from yishi import doorway
from yishi.api.server import Served, served
from yishi.beside import beside
from yishi.cli.act_lines import follow
from yishi.cli.screen import LangOption, console, language, told
from yishi.cli.shown import Shown
from yishi.cli.standing import Standing, before, session_named, standing
from yishi.delivery.delivering import delivering
from yishi.holding import FolderInUse
from yishi.observing.logs import Stderr, logged
from yishi.projections.sessions import short
from yishi.server.log import BoundedLog
from yishi.settings import Settings
from yishi.trouble import Trouble

LOG = "yishi.log"
PASSED_SHOWN = 10


class ServedAlready(Trouble):
    says = Text(
        "数据目录 {path} 已有 yishi serve 在运行(进程号 {pid},{url})。请在那里继续工作,或先停止它。",
        "yishi serve runs on {path} already (process {pid}, {url}). Go on there, or stop it first.",
    )


def serve(
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹 / data folder (YISHI_FOLDER)")] = None,
    door_port: Annotated[
        int | None,
        typer.Option(help="接口端口,默认自选 / port of the door; any free one by default (YISHI_DOOR_PORT)"),
    ] = None,
    mirror: Annotated[
        Path | None, typer.Option(help="第二份副本的目录 / folder of a second copy (YISHI_MIRROR)")
    ] = None,
    new_token: Annotated[
        bool, typer.Option("--new-token", help="另发新令牌,旧令牌作废 / make a new token; the old one ends")
    ] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="已核对:电脑时钟无误 / I looked: this computer's clock is right")
    ] = False,
    lang: LangOption = "zh",
) -> None:
    """服务:启动引擎和接口,按 Ctrl-C 停止,随时可再启动 / Run the engine and its door; stop and start at will."""
    chosen = language(lang)
    with told(chosen):
        settings = Settings.read(folder=data, door_port=door_port, mirror=mirror, lang=chosen)
        out = Shown(console(), chosen)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_serve(settings, new_token, clock_is_right, out))
            out.print(STOPPED.to(chosen))
        finally:
            out.close()


async def _serve(settings: Settings, new_token: bool, clock_is_right: bool, out: Shown) -> None:
    found = before(settings.folder)
    with logged_in(settings.folder, settings):
        try:
            async with served(settings, new_token=new_token, clock_is_right=clock_is_right) as serving:
                tell(serving, out, settings.lang)
                engine = serving.engine
                ledger, streams = engine.ledger, engine.waking.progress()
                told_of = await asyncio.to_thread(
                    standing, engine.reading, streams, engine.waking.caught_up, datetime.now(CHINA)
                )
                tell_of(told_of, found.last, engine.still_to_revive(), out, settings.lang)
                async with beside(delivering(ledger, settings.folder, settings.lang)):
                    await follow(ledger, found.position, out, settings.lang, _copying(serving))
        except FolderInUse as used:
            if (door := doorway.found(settings.folder)) is None:
                raise
            raise ServedAlready(path=settings.folder, pid=door.pid, url=door.url) from used


def tell(serving: Served, out: Shown, lang: Lang) -> None:
    """Where it serves, and the token if it is new: at once."""

    def head(text: Text) -> None:
        out.print(f"\n[bold]{text.to(lang)}[/]")

    def line(text: Text) -> None:
        out.print("  " + escape(text.to(lang)))

    ledger = serving.engine.ledger.head()
    out.print(f"[bold]{SERVES.to(lang)}[/]  {serving.door.url}")
    line(Text(f"数据目录  {serving.engine.folder}", f"data folder  {serving.engine.folder}"))
    line(
        Text(
            f"全程记录  {ledger.size} 条,记录头 {ledger.root[:16]}",
            f"record  {ledger.size} events, head {ledger.root[:16]}",
        )
    )
    if (second := serving.engine.mirror) is not None:
        line(second.standing.says())
    if serving.fresh_token is not None:
        head(Text("令牌(只显示这一次,请妥善保管)", "Token (shown this once; keep it)"))
        line(Text(serving.fresh_token, serving.fresh_token))
        kept = doorway.tokens_file()
        line(Text(f"本用户的命令行已可使用:{kept}", f"this user's command line has it already: {kept}"))


def tell_of(
    found: Standing, last: datetime | None, reviving: tuple[int, int | None] | None, out: Shown, lang: Lang
) -> None:
    """What is in the folder, and how to stop."""

    def head(text: Text) -> None:
        out.print(f"\n[bold]{text.to(lang)}[/]")

    def line(text: Text) -> None:
        out.print("  " + escape(text.to(lang)))

    head(Text("会议", "Sessions"))
    for session in found.sessions:
        stage, name = session.stage.says, session_named(session)
        line(Text(f"{short(session.stream)}  {name.zh}  {stage.zh}", f"{short(session.stream)}  {name.en}  {stage.en}"))
    if not found.sessions:
        line(Text("还没有会议。登记:yishi session start 方案.yaml", "none yet. Register one: yishi session start PLAN"))
    if found.ahead:
        head(Text("最近的期限", "Next deadlines"))
        for due in found.ahead:
            line(Text(f"{due.clock.last_day}  {due.named.zh}", f"{due.clock.last_day}  {due.named.en}"))
    if found.passed:
        since = f"{last.astimezone(CHINA):%Y-%m-%d %H:%M}" if last else "—"
        head(
            Text(
                f"停机期间(自 {since})到期的期限,已按法定日期记入",
                f"Deadlines that passed while it was off (since {since}), recorded on their legal days",
            )
        )
        for due in found.passed[:PASSED_SHOWN]:
            line(Text(f"{due.clock.last_day}  {due.named.zh}", f"{due.clock.last_day}  {due.named.en}"))
        if (more := len(found.passed) - PASSED_SHOWN) > 0:
            line(Text(f"……另有 {more} 项", f"… and {more} more"))
    if reviving is not None and reviving[1]:
        done, of = reviving
        head(Text("正在从记录重新启动", "Being started again from the record"))
        line(
            Text(
                f"会议和事项的流程 {of} 个,已启动 {done} 个;其间照常办理",
                f"workflows of {of} sessions and matters, {done} so far; acts are taken meanwhile",
            )
        )
    out.print(f"\n[dim]{HOW_TO_STOP.to(lang)}[/]\n")


def _copying(serving: Served) -> Callable[[], Text | None]:
    """What troubles the second copy now, if anything does."""
    second = serving.engine.mirror
    return lambda: second.standing.trouble if second is not None else None


@contextlib.contextmanager
def logged_in(folder: Path, settings: Settings | None = None) -> Iterator[None]:
    """What operators look for goes to a file in the folder, or where the settings say; the screen shows acts."""
    to_stderr = settings is not None and settings.log_to == "stderr"
    with logged(Stderr() if to_stderr else BoundedLog(folder / LOG), settings.log if settings else "json"):
        yield


SERVES = Text("议事 正在服务", "Yishi serves at")
HOW_TO_STOP = Text(
    "停止:按 Ctrl-C。随时可以再启动,一切接着进行。", "Stop: Ctrl-C. Start it again at any time and all goes on."
)
STOPPED = Text("已停止。记录完好,再次运行即可继续。", "stopped. The record is whole; run it again to go on.")
