"""`yishi backup`: all that a folder holds in one file, examined and read back, while something serves it or not."""

import json
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from domain.text import Text
from yishi.cli.page import Page, escape
from yishi.cli.record import DataOption, JsonOption
from yishi.cli.screen import LangOption, language, told

MADE = Text(
    "已备份、核验并读回:{file}({size} KB,{seconds} 秒)",
    "backed up, examined and read back: {file} ({size} KB, {seconds} s)",
)
ENDS = Text("记录 {events} 条,记录头 {head}", "the record: {events} entries, head {head}")
WITH_KEYS = Text(
    "备份没有加密,内有打开姓名的密钥:请像会议记录一样锁起来。某人的密钥销毁后,请另作备份并销毁旧的。",
    "It is not encrypted, and holds what opens names: lock it away as you do the minutes. After a person's key was destroyed make another "
    "one and destroy the old ones.",
)
WITHOUT_KEYS = Text(
    "备份中没有密钥和令牌:从它恢复的记录打不开姓名,除非另有 keys.db。",
    "It holds no keys and no tokens: a record restored from it opens no name unless keys.db comes from elsewhere.",
)
OPEN_BOXES = Text(
    "票箱 {boxes} 正在投票,其中的选票不在备份里(以免两份备份之间能推出一张票);关闭后请再备份一次。",
    "Boxes {boxes} are open: their ballots are not in the backup, lest two of them show one ballot. Make another once they are closed.",
)
HOW = Text("恢复:yishi restore {file} --data 新目录", "to restore it: yishi restore {file} --data NEW")


def backup(
    file: Annotated[Path, typer.Argument(help="写到哪个文件(不覆盖) · the file to make, never written over")],
    data: DataOption = Path("~/yishi"),
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="不含密钥和令牌 · without keys and tokens: it opens no name")
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """备份:整个数据目录写成一个文件,核验后读回 · All that a folder holds in one file, examined and read back."""
    chosen = language(lang)
    with told(chosen):
        from yishi.law import LawLibrary  # noqa: PLC0415
        from yishi.mirror import back_up  # noqa: PLC0415
        from yishi.record import deciders  # noqa: PLC0415 # slow to load

        began = monotonic()
        folder, target = data.expanduser().absolute(), file.expanduser().absolute()
        made = back_up(folder, target, deciders(), LawLibrary, keys=not without_keys)
        seconds = monotonic() - began
    contents = made.contents
    if as_json:
        listed = contents.model_dump(mode="json", exclude={"files"})
        found = listed | {"file": str(made.file), "bytes": made.bytes, "files": len(contents.files)}
        typer.echo(json.dumps(found | {"seconds": round(seconds, 2)}, ensure_ascii=False, indent=1))
        return
    page = Page()
    size = -(-made.bytes // 1024)
    page.line(escape(MADE.filled(file=made.file, size=size, seconds=f"{seconds:.1f}").to(chosen)), lead="[green]✓[/] ")
    page.line(escape(ENDS.filled(events=contents.size, head=contents.head).to(chosen)), lead="  ")
    page.line(escape((WITH_KEYS if contents.keys else WITHOUT_KEYS).to(chosen)), lead="  [yellow]△[/] ")
    if contents.boxes_left_out:
        boxes = " ".join(contents.boxes_left_out)
        page.line(escape(OPEN_BOXES.filled(boxes=boxes).to(chosen)), lead="  [yellow]△[/] ")
    page.line(escape(HOW.filled(file=made.file).to(chosen)), lead="  → ")
