"""`yishi sandbox`: a session for programs to be tried on, marked as a rehearsal, on a folder of its own, until it is told to stop."""

import asyncio
import contextlib
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from domain.text import Lang, Text
from yishi.cli.act_lines import follow
from yishi.cli.rehearse import tell_faults
from yishi.cli.screen import LangOption, console, language, told
from yishi.cli.serve import logged_in
from yishi.cli.shown import Shown
from yishi.law import LawLibrary
from yishi.planning.load import read_plan
from yishi.planning.plan import Plan
from yishi.sandbox.opening import FIRST, PLAN, OpenSandbox, opened
from yishi.settings import Settings

HERE = Path("~/yishi-sandbox")

OPEN = Text("沙盒已开,永远只是演练:", "A sandbox, a rehearsal for ever, serves at")
ITS_TIME = Text(
    "时间随行为走:每项行为把时间移到它自己的 at,途中到期的期限先行记入。没有写 at 的,办在此刻所在的时间。",
    "Time goes by the acts: each moves it to its own `at`, and what falls due on the way is recorded first. An act without `at` is "
    "of the time that it is there.",
)
TRY = Text("试一试:", "Try:")
STOPPED = Text("沙盒已停;再次启动即从此处继续。", "The sandbox is closed; start it again and it goes on from here.")


def sandbox(
    plan: Annotated[
        Path, typer.Argument(help="会议方案;默认是一次虚构的乡镇会议 / a plan; a small town's by default")
    ] = PLAN,
    data: Annotated[Path, typer.Option("--data", help="沙盒自己的数据文件夹 / a data folder of its own")] = HERE,
    until: Annotated[
        str,
        typer.Option("--until", help="依法办到这一项之前 / where to begin: the lawful course is played up to this act"),
    ] = FIRST,
    door_port: Annotated[int | None, typer.Option(help="接口端口,默认自选 / port of the door")] = None,
    lang: LangOption = "zh",
) -> None:
    """沙盒:登记一次演练会议并打开接口,供对接程序试用 / A rehearsed session behind a door, for programs to be tried on."""
    chosen = language(lang)
    with told(chosen):
        reading = read_plan(plan, LawLibrary(None).newest())
        tell_faults(reading.faults, chosen)
        if reading.plan is None:
            raise typer.Exit(2)
        settings = Settings.read(folder=data.expanduser(), lang=chosen)
        out = Shown(console(), chosen)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_open(settings, reading.plan, until, door_port, out))
            out.print(STOPPED.to(chosen))
        finally:
            out.close()


async def _open(settings: Settings, plan: Plan, until: str, door_port: int | None, out: Shown) -> None:
    settings.folder.mkdir(parents=True, exist_ok=True)
    with logged_in(settings.folder):
        async with opened(settings, plan, until, door_port) as box:
            tell(box, out, settings.lang)
            ledger = box.served.engine.ledger
            await follow(ledger, ledger.head().size, out, settings.lang)


def tell(box: OpenSandbox, out: Shown, lang: Lang) -> None:
    """Where it is, the token (each time: it opens nothing but the sandbox), the session, and a first call."""
    url = box.served.door.url
    out.print(f"[bold]{OPEN.to(lang)}[/]  {url}")
    for said in (
        Text(f"数据目录  {box.served.engine.folder}", f"data folder  {box.served.engine.folder}"),
        Text(f"令牌  {box.token}", f"token  {box.token}"),
        Text(f"会议  {box.session}", f"session  {box.session}"),
        ITS_TIME,
    ):
        out.print("  " + escape(said.to(lang)))
    out.print(f"\n[dim]{TRY.to(lang)}[/]")
    out.print(escape(f'  curl -s -H "Authorization: Bearer {box.token}" {url}/v1/sessions/{box.session}/status\n'))
