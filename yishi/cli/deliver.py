"""`yishi deliver`: what waits is delivered once, for an office that switches on by hand; also beside `yishi serve`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from domain.text import Text
from yishi.cli.record import DataOption, NoRecordHere
from yishi.cli.screen import LangOption, console, language, told
from yishi.delivery.delivering import deliver as delivered
from yishi.folder import DataFolder, RehearsalFolder, look
from yishi.holding import FolderInUse
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.record import deciders, reader
from yishi.waking import Waking, check_clock


def deliver(
    data: DataOption = Path("~/yishi"),
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="已核对:电脑时钟无误 / I looked: this computer's clock is right")
    ] = False,
    lang: LangOption = "zh",
) -> None:
    """送达:先补记到期的提醒,再写入 outbox、发邮件,每条一次 / Deliver the reminders that are due, each once."""
    chosen = language(lang)
    with told(chosen):
        folder = data.expanduser()
        marker = look(folder)
        if marker is None:
            raise NoRecordHere(folder=folder, why="—")
        if marker.purpose != "real":
            raise RehearsalFolder(path=folder)
        passed = asyncio.run(_caught_up(folder, clock_is_right=clock_is_right))
        ledger = reader(folder)
        try:
            count = delivered(ledger, folder, chosen)
        finally:
            ledger.close()
    said = Text(f"补记到期 {passed} 条,送达 {count} 条", f"{passed} that fell due recorded, {count} notices delivered")
    console().print(said.to(chosen), soft_wrap=True)


async def _caught_up(folder: Path, *, clock_is_right: bool) -> int:
    """Record what fell due while the computer was off; where something serves, it does so itself.

    Raises:
        ClockIsBehind, ClockIsAhead: look at the computer's clock first.
    """
    try:
        with DataFolder.open(folder, "real") as opened:
            laws = LawLibrary(opened.path)
            with Ledger(opened.path, deciders(), laws) as ledger:
                if clock_is_right:
                    ledger.take_clock_as_right()
                else:
                    check_clock(ledger)
                waking = Waking(ledger, rehearsal=False)
                await waking.catch_up()
                return len(waking.caught_up)
    except FolderInUse:
        return 0
