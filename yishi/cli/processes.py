"""`yishi api` and `yishi worker`: door and work as processes of their own, as many of each as are wanted, until they are told to stop."""

import asyncio
import contextlib
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.text import Text
from yishi.api.server import served_apart
from yishi.cli.screen import LangOption, language, told
from yishi.delivery.delivering import delivering
from yishi.engine import Engine
from yishi.engine.processes import QUEUES, at_work
from yishi.observing.logs import Stderr, logged
from yishi.settings import Settings
from yishi.trouble import Trouble

DataOption = Annotated[
    Path | None, typer.Option("--data", help="共用的数据文件夹 / the shared data folder (YISHI_FOLDER)")
]
ClockOption = Annotated[
    bool, typer.Option("--clock-is-right", help="已核对:电脑时钟无误 / I looked: this computer's clock is right")
]


class NoSuchQueue(Trouble):
    says = Text("没有队列“{queue}”;可选:{known}", "there is no queue {queue}; there are: {known}")


def api(
    data: DataOption = None,
    door_port: Annotated[
        int | None, typer.Option(help="接口端口,默认自选 / port; any free one by default (YISHI_DOOR_PORT)")
    ] = None,
    new_token: Annotated[
        bool, typer.Option("--new-token", help="另发新令牌,旧令牌作废 / make a new token; the old one ends")
    ] = False,
    clock_is_right: ClockOption = False,
    lang: LangOption = "zh",
) -> None:
    """只开接口:PostgreSQL 上的记录、共用的 Temporal 服务;工作由 yishi worker 做 / A door alone, on a record in PostgreSQL."""
    chosen = language(lang)
    with told(chosen):
        settings = Settings.read(folder=data, door_port=door_port, lang=chosen)
        _until_told_to_stop(_api(settings, new_token, clock_is_right), settings)


def worker(
    data: DataOption = None,
    queue: Annotated[
        list[str] | None, typer.Option(help=f"队列,可多次 / queue, more than once: {' '.join(QUEUES)}")
    ] = None,
    clock_is_right: ClockOption = False,
    lang: LangOption = "zh",
) -> None:
    """只做工作:推进会议和事项,由其中一个按期记录、重新启动 / Work alone; one of all workers keeps deadlines and begins again."""
    chosen = language(lang)
    with told(chosen):
        for each in queue or ():
            if each not in QUEUES:
                raise NoSuchQueue(queue=each, known=" ".join(QUEUES))
        settings = Settings.read(folder=data, lang=chosen)
        _until_told_to_stop(_worker(settings, queue or list(QUEUES), clock_is_right), settings)


async def _api(settings: Settings, new_token: bool, clock_is_right: bool) -> None:
    async with served_apart(settings, new_token=new_token, clock_is_right=clock_is_right) as serving:
        typer.echo(f"{OPEN.to(settings.lang)}  {serving.door.url}")
        if serving.fresh_token is not None:
            typer.echo(f"{FIRST_TOKEN.to(settings.lang)}\n  {serving.fresh_token}")
        if settings.door_host != "127.0.0.1":
            typer.echo(IN_CLEAR.to(settings.lang))
        await asyncio.Event().wait()


async def _worker(settings: Settings, queues: list[str], clock_is_right: bool) -> None:
    async def deliver(engine: Engine) -> None:
        await delivering(engine.ledger, engine.folder, settings.lang)

    async with at_work(settings, queues, clock_is_right=clock_is_right, duties=[deliver]):
        typer.echo(f"{WORKS.to(settings.lang)}  {' '.join(queues)}")
        await asyncio.Event().wait()


def _until_told_to_stop(work: Coroutine[Any, Any, None], settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; then what is under way is finished, and all is closed in order.

    Lines for operators go to standard error: whoever starts processes collects that.
    """
    with logged(Stderr(), settings.log), contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work)
    typer.echo(STOPPED.to(settings.lang))


OPEN = Text("议事接口 已开", "Yishi's door is open at")
WORKS = Text("议事 正在工作", "Yishi works on")
FIRST_TOKEN = Text("令牌(只显示这一次,请妥善保管)", "Token (shown this once; keep it)")
IN_CLEAR = Text(
    "接口对其他机器开放且不加密:令牌以明文传送。请只在它前面的 TLS 代理之后使用。",
    "it listens to other machines without encryption, and tokens come in clear: keep it behind a proxy with TLS.",
)
STOPPED = Text("已停止。", "stopped.")
