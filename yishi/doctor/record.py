"""The record: its store, that this refuses changes, where it ends, and what the clock says to that."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from domain.calendar import CHINA
from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.ledger.clock import TOLERATED_BEHIND, shown
from yishi.ledger.opening import opened_for_reading
from yishi.ledger.place import FILE, has_ledger, pointed
from yishi.ledger.verification import SAYS, Report
from yishi.record import reader as reading  # and with it every event that may be on record
from yishi.waking import TOLERATED_SLEEP

LEAST_POSTGRESQL = 14


def record(case: Case) -> Iterator[Line]:
    place = case.chosen.settings.folder
    pointer = pointed(place)
    address = pointer.address if pointer else case.chosen.settings.ledger
    if address and not (pointer is None and has_ledger(place)):
        yield from _database(address)
    if not has_ledger(place):
        if not address:
            yield Line(
                "record",
                "ok" if case.marker is None else "warns",
                Text("还没有记录", "nothing is recorded yet"),
                None if case.marker is None else Text("首次启动后即有", "the first start makes it"),
            )
        return
    if pointer is None:
        yield Line(
            "record", "ok", Text(f"{FILE},SQLite {sqlite3.sqlite_version}", f"{FILE}, SQLite {sqlite3.sqlite_version}")
        )
    yield from _kept(case)


def _kept(case: Case) -> Iterator[Line]:
    """Whether the store is whole and refuses changes, and where the record ends."""
    place, report = case.chosen.settings.folder, Report()
    store = opened_for_reading(place)
    try:
        with store.reading() as cursor:
            store.stored(cursor).health(report)
    finally:
        store.close()
    wrong = [SAYS[failure.check].filled(**failure.figures) for failure in report.failures]
    for said in wrong:
        yield Line(
            "record",
            "wrong",
            said,
            Text(
                "停止工作,保留原件,运行 yishi verify;必要时从副本或备份恢复",
                "stop, keep it as it is, run yishi verify; if need be restore a copy or a backup",
            ),
        )
    if not wrong:
        yield Line("record", "ok", Text("完好,拒绝改动的触发器都在", "whole, with the triggers that refuse changes"))
    reader = reading(place)
    try:
        head, last = reader.head(), reader.last_recorded_at()
    finally:
        reader.close()
    ended = Text(f",最后记于 {_china(last)}", f", the last recorded at {_china(last)}") if last else Text("", "")
    yield Line(
        "record",
        "ok",
        Text(
            f"{head.size} 条,记录头 {head.root[:16]}{ended.zh}", f"{head.size} entries, head {head.root[:16]}{ended.en}"
        ),
    )


def _database(address: str) -> Iterator[Line]:
    """The database, and whether the role that works there may do what it needs and no more."""
    from yishi.ledger.postgres.address import Address  # noqa: PLC0415 # for those alone whose record is there
    from yishi.ledger.postgres.looking import looked  # noqa: PLC0415

    where = Address.of(address)
    found = looked(where)
    yield Line(
        "record",
        "ok" if found.version >= LEAST_POSTGRESQL else "wrong",
        Text(
            f"PostgreSQL {found.version},{where},格式 {found.format}",
            f"PostgreSQL {found.version}, {where}, format {found.format}",
        ),
        None if found.version >= LEAST_POSTGRESQL else Text("需要 14 或更新", "14 or newer is needed"),
    )
    grant = Text("以所有者身份运行 yishi migrate", "run yishi migrate as the owner")
    if not (found.may_read and found.may_append):
        yield Line(
            "record",
            "wrong",
            Text(f"角色 {found.role} 没有读取或追加的权利", f"the role {found.role} may not read, or not append"),
            grant,
        )
    elif found.superuser or found.owns or found.may_change:
        why = "superuser" if found.superuser else "owner" if found.owns else " ".join(found.may_change)
        yield Line(
            "record",
            "warns",
            Text(f"角色 {found.role} 的权利过大({why})", f"the role {found.role} may do more than it needs ({why})"),
            Text("另设一个使用者角色,见 docs/postgresql.md", "let another role work, as docs/postgresql.md says"),
        )
    else:
        yield Line(
            "record",
            "ok",
            Text(f"角色 {found.role} 只能读取和追加", f"the role {found.role} may read and append, and nothing else"),
        )


def clock(case: Case) -> Iterator[Line]:
    """The machine's clock against the record, and the legal time zone."""
    place, now = case.chosen.settings.folder, case.now()
    said = Text(
        f"北京时间 {_china(now)},本机时区 {now.astimezone():%Z}",
        f"{_china(now)} in China, this machine's zone is {now.astimezone():%Z}",
    )
    last = None
    if has_ledger(place):
        reader = reading(place)
        try:
            last = reader.last_recorded_at()
        finally:
            reader.close()
    if last is not None and now < last - TOLERATED_BEHIND:
        yield Line(
            "clock",
            "wrong",
            Text(
                f"{said.zh};早于最后一条记录 {shown(last)}", f"{said.en}; earlier than the last record, {shown(last)}"
            ),
            Text("校准时钟", "set the clock right"),
        )
    elif last is not None and now - last > TOLERATED_SLEEP:
        days = (now - last).days
        yield Line(
            "clock",
            "warns",
            Text(f"{said.zh};距最后一条记录 {days} 天", f"{said.en}; {days} days after the last record"),
            Text(
                "核对日期;无误则以 --clock-is-right 启动一次",
                "look at the date; if it is right start once with --clock-is-right",
            ),
        )
    else:
        yield Line("clock", "ok", said)


def _china(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
