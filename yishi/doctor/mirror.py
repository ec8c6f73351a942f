"""The second copy: that there is one, of this record, and how far it is behind."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.folder import look
from yishi.ledger.place import FILE, has_ledger
from yishi.ledger.reader import LedgerReader


def mirror(case: Case) -> Iterator[Line]:
    place, settings = case.chosen.settings.mirror, case.chosen.settings
    if place is None:
        yield Line(
            "mirror",
            "warns",
            Text("没有设第二份副本", "no second copy is kept"),
            Text(
                "设 YISHI_MIRROR 为优盘或另一磁盘上的目录;或定期 yishi backup",
                "set YISHI_MIRROR to a folder on a stick or another disk; or run yishi backup now and then",
            ),
        )
        return
    if not place.parent.is_dir() or (marker := look(place)) is None:
        yield Line(
            "mirror",
            "warns",
            Text(f"{place} 不在,或还没有内容", f"{place} is away, or holds nothing yet"),
            Text("插上优盘;启动后自动补上", "put the stick in; it catches up while it runs"),
        )
        return
    if marker.purpose != "mirror":
        yield Line(
            "mirror",
            "wrong",
            Text(f"{place} 不是第二份副本", f"{place} is no second copy"),
            Text("指定一个空目录", "name an empty folder"),
        )
        return
    if not has_ledger(settings.folder):
        yield Line("mirror", "ok", Text(f"{place}", f"{place}"))
        return
    yield from _compared(case)
    if place.stat().st_dev == settings.folder.stat().st_dev:
        yield Line(
            "mirror",
            "warns",
            Text("它与正本在同一磁盘", "it is on the disk of the original"),
            Text("改用优盘或另一磁盘", "use a stick or another disk"),
        )


def _compared(case: Case) -> Iterator[Line]:
    place, folder = case.chosen.settings.mirror, case.chosen.settings.folder
    assert place is not None
    with closing(sqlite3.connect(f"{(place / FILE).resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as copy:
        newest = copy.execute("SELECT last_position, root FROM commits ORDER BY 1 DESC LIMIT 1").fetchone()
    size, root = newest or (0, b"")
    ledger = LedgerReader(folder)
    try:
        with ledger.instant() as now:
            here, ours = now.size, now.root_at(size) if size else ""
    finally:
        ledger.close()
    if size > here or ours != root.hex():
        yield Line(
            "mirror",
            "wrong",
            Text(
                f"{place} 与本机记录不一致(它 {size} 条,本机 {here} 条)",
                f"{place} is not of the record here ({size} entries there, {here} here)",
            ),
            Text("见 docs/second-copy.md;两边都不要改动", "see docs/second-copy.md, and change neither"),
        )
    elif size < here and case.door is None:
        yield Line(
            "mirror",
            "warns",
            Text(f"{place}:差 {here - size} 条", f"{place}: {here - size} entries behind"),
            Text("启动后自动补上", "it catches up while it runs"),
        )
    else:
        yield Line("mirror", "ok", Text(f"{place}:{size} 条,本机 {here} 条", f"{place}: {size} entries of {here}"))
