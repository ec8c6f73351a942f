"""`yishi restore`: go on from the second copy or from a backup, on this machine or another, in a file or in PostgreSQL."""

import json
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.markup import escape

from domain.calendar import CHINA
from domain.text import Text
from yishi.cli.migrate import NoDatabaseNamed
from yishi.cli.record import DataOption, JsonOption
from yishi.cli.screen import LangOption, console, language, told
from yishi.law import LawLibrary
from yishi.mirror.restoring import Restored
from yishi.mirror.restoring import restore as restored_from
from yishi.record import deciders
from yishi.settings import Settings

NEXT = {
    "real": Text(
        "接下来:\n"
        "  1. 原来的电脑收起来,不要再在上面工作:同一份记录不能从同一个记录头在两处继续。\n"
        "     如果两处都继续了,带着此副本启动时会当场指出自第几条起不同;签字会议记录上的记录头也只与其中一份相符。\n"
        "  2. 在此目录上继续工作;用 yishi status --data {folder} 查看进行到哪一步。\n"
        "  3. 纸上已办、记录中没有的行为,按补录记入。",
        "Next:\n"
        "  1. Put the old computer aside and do no more work on it: one record must not go on in two places from one head.\n"
        "     If it did, starting with this copy says at once from which entry they differ; and the head in the signed\n"
        "     minutes fits only one of them.\n"
        "  2. Go on in this folder; yishi status --data {folder} says where the session stands.\n"
        "  3. Enter late what was done on paper and is not in the record.",
    ),
    "rehearsal": Text(
        "这是一次演练的记录,只能用于演练。", "This is the record of a rehearsal and serves rehearsals only."
    ),
}


def restore(
    source: Annotated[
        Path, typer.Argument(help="备份文件,或第二份副本所在目录 / a backup, or the folder of the second copy")
    ],
    data: DataOption = Path("~/yishi"),
    to_database: Annotated[
        bool,
        typer.Option(
            "--to-database",
            help="记录移入 YISHI_LEDGER 所指的空数据库 / move the record into the empty database of YISHI_LEDGER",
        ),
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """从备份或第二份副本恢复:核验后放入新的数据目录 / Make a new data folder of a backup or a second copy, once it is verified."""
    chosen = language(lang)
    began = monotonic()
    with told(chosen):
        settings = Settings.read()
        if to_database and settings.ledger is None:
            raise NoDatabaseNamed()
        folder = data.expanduser().absolute()
        found = restored_from(source.expanduser().absolute(), folder, deciders(), LawLibrary)
        if to_database and settings.ledger is not None:
            _into_database(folder, settings.ledger, settings.ledger_owner or settings.ledger)
    seconds = monotonic() - began
    if as_json:
        typer.echo(json.dumps(_as_json(found, seconds), ensure_ascii=False, indent=1))
        return
    last, act = (moment.astimezone(CHINA) for moment in (found.last_recorded_at, found.last_act_at))
    summary = Text(
        "[green]已恢复并核验[/]:{folder}({seconds} 秒)\n记录止于第 {size} 条;最后一条记于 {last},行为时间 {act}\n记录头 {head}",
        "[green]restored and verified[/]: {folder} ({seconds} s)\n"
        "the record ends at entry {size}; the last was recorded at {last}, for an act at {act}\nhead {head}",
    ).filled(
        folder=escape(str(found.folder)),
        seconds=f"{seconds:.1f}",
        size=found.size,
        last=f"{last:%Y-%m-%d %H:%M:%S}",
        act=f"{act:%Y-%m-%d %H:%M}",
        head=found.head,
    )
    out = console()
    out.print(summary.to(chosen))
    out.print(escape(NEXT[found.purpose].filled(folder=found.folder).to(chosen)))


def _into_database(folder: Path, worker: str, owner: str) -> None:
    """Move the record of a folder that was just restored; where that fails the folder stays, with its record in its file.

    Raises:
        Trouble, LedgerError: `yishi migrate --move-in` goes on from there.
    """
    from yishi.cli.serve import logged_in  # noqa: PLC0415 # nobody else waits for these
    from yishi.ledger.postgres.address import Address  # noqa: PLC0415
    from yishi.ledger.postgres.moving import move_in  # noqa: PLC0415

    with logged_in(folder):
        move_in(folder, Address.of(owner), worker)


def _as_json(found: Restored, seconds: float) -> dict[str, object]:
    return {
        "folder": str(found.folder),
        "purpose": found.purpose,
        "size": found.size,
        "head": found.head,
        "last_recorded_at": found.last_recorded_at.isoformat(),
        "last_act_at": found.last_act_at.isoformat(),
        "seconds": round(seconds, 2),
    }
