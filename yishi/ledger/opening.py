"""Opening a folder for writing: one process at a time, a known format, and live or rehearsal as it was born."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import structlog
from eventsourcing.persistence import InterfaceError
from filelock import FileLock, Timeout

from yishi.ledger.datastore import LedgerDatastore, wal_reset_risk
from yishi.ledger.errors import LedgerInUse, LedgerOfOtherKind, NotALedger
from yishi.ledger.reader import FILE
from yishi.ledger.recorder import LedgerRecorder
from yishi.private import FOLDER, made

log = structlog.get_logger(__name__)


@dataclass
class Opened:
    """The writing side of a folder, and the lock that keeps other writers out until it is closed or its process dies."""

    lock: FileLock
    datastore: LedgerDatastore
    recorder: LedgerRecorder

    def close(self) -> None:
        self.datastore.close()
        self.lock.release()


def opened_for_writing(folder: Path, rehearsal: bool | None) -> Opened:
    """Make or open `<folder>/ledger.db`.

    Raises:
        LedgerInUse, LedgerTooNew, NotALedger, LedgerOfOtherKind.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    lock = FileLock(folder / "ledger.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise LedgerInUse(folder=folder.name) from None
    made(folder / FILE)  # and what SQLite puts beside it has its rights
    datastore = LedgerDatastore(folder / FILE, writing=True)
    opened = Opened(lock, datastore, LedgerRecorder(datastore))
    try:
        _prepare(opened.recorder, rehearsal)
    except InterfaceError as error:
        opened.close()
        raise NotALedger(detail=error) from error
    except BaseException:
        opened.close()
        raise
    log.info("ledger.opened", sqlite=sqlite3.sqlite_version, wal_reset_risk_with_several_writers=wal_reset_risk())
    return opened


def _prepare(recorder: LedgerRecorder, rehearsal: bool | None) -> None:
    """Tables and mark of a new ledger, in one transaction; nothing but a look at an existing one."""
    with recorder.datastore.transaction(commit=True) as cursor:
        recorder._create_table(cursor)
        kind = recorder._select_meta(cursor, "kind")
        wanted = kind if rehearsal is None else "rehearsal" if rehearsal else "live"
        if kind is None:
            recorder._insert_meta(cursor, "kind", wanted or "live")
        elif kind != wanted:
            raise LedgerOfOtherKind(found=kind, wanted=wanted)
