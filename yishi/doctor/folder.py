"""The data folder and the disk it is on."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.folder import FREE_BYTES_NEEDED, MARKER, look
from yishi.private import OTHERS

ROOM_TO_WORK = 1 << 30  # bytes; a county's session with its papers is some hundred million

PURPOSES = {
    "real": Text("正式记录", "real work"),
    "rehearsal": Text("演练", "a rehearsal"),
    "mirror": Text("第二份副本", "a second copy"),
}


def folder(case: Case) -> Iterator[Line]:
    """Whose it is, that it can be written to, and by nobody else."""
    place = case.chosen.settings.folder
    marker = look(place)
    if marker is None:
        yield Line(
            "folder",
            "warns",
            Text(f"{place} 还没有建立", f"{place} is not there yet"),
            Text(
                "首次 yishi serve 时建立;如果应当已有,请检查 YISHI_FOLDER",
                "the first `yishi serve` makes it; if it should be there, look at YISHI_FOLDER",
            ),
        )
        return
    said = PURPOSES[marker.purpose]
    if marker.purpose == "mirror":
        yield Line(
            "folder",
            "wrong",
            Text(f"{place}:{said.zh},不能在其中工作", f"{place}: {said.en}, which nobody works in"),
            Text(f"yishi restore {place} --data 新目录", f"yishi restore {place} --data NEW"),
        )
    else:
        serves = (
            Text(f";进程 {case.door.pid} 正在服务", f"; process {case.door.pid} serves it")
            if case.door
            else Text("", "")
        )
        yield Line("folder", "ok", Text(f"{place}:{said.zh}{serves.zh}", f"{place}: {said.en}{serves.en}"))
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        yield Line(
            "folder",
            "wrong",
            Text("本用户不能读写数据目录", "this user may not read and write the data folder"),
            Text(f"由其所有者使用,或改正权限:{place}", f"use it as its owner, or have its rights corrected: {place}"),
        )
    yield from _open_to_others(place)


def _open_to_others(place: Path) -> Iterator[Line]:
    if os.name != "posix":
        return
    found = [each for each in (place, *place.iterdir()) if not each.is_symlink() and _for_others(each)]
    if found:
        names = " ".join(each.name for each in found[:5])
        yield Line(
            "folder",
            "warns",
            Text(f"其他账户可读:{names}", f"other accounts can read: {names}"),
            Text(f"chmod -R go= {place}", f"chmod -R go= {place}"),
        )


def _for_others(path: Path) -> bool:
    """Folders within ours are closed by ours."""
    mode = path.stat().st_mode
    return bool(stat.S_IMODE(mode) & OTHERS) and (stat.S_ISREG(mode) or (path / MARKER).exists())


def disk(case: Case) -> Iterator[Line]:
    """How much room is left where the folder is, or will be."""
    place = case.chosen.settings.folder
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    said = Text(f"剩余 {free >> 20} MB({place})", f"{free >> 20} MB left ({place})")
    todo = Text("请清理磁盘", "make room")
    if free < FREE_BYTES_NEEDED:
        yield Line("disk", "wrong", said, todo)
    else:
        yield Line("disk", "ok", said) if free >= ROOM_TO_WORK else Line("disk", "warns", said, todo)
