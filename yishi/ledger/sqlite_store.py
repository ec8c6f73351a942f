"""A ledger in a file of SQLite (`<folder>/ledger.db`), opened for reading or, by one process at a time, for writing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from eventsourcing.persistence import InterfaceError
from eventsourcing.sqlite import SQLiteCursor
from filelock import FileLock, Timeout

from yishi.ledger.datastore import LedgerDatastore, wal_reset_risk
from yishi.ledger.errors import LedgerInUse, LedgerOfOtherKind, LedgerUnavailable, NotALedger
from yishi.ledger.keeper import TailKeeper
from yishi.ledger.place import FILE
from yishi.ledger.recorder import LedgerRecorder
from yishi.ledger.sqlite_stored import SqliteStored, as_it_stands
from yishi.ledger.tail import Tail
from yishi.ledger.writer import Writer
from yishi.private import FOLDER, made

log = structlog.get_logger(__name__)


class SqliteStore:
    """Implements `yishi.ledger.store.Store`.

    Raises:
        NotALedger, LedgerTooNew, LedgerUnavailable.
    """

    def __init__(self, folder: Path) -> None:
        self._datastore = opened_for_reading(folder / FILE)
        self.recorder = LedgerRecorder(self._datastore)
        try:
            with self.reading() as cursor:
                if self.recorder._check_format(cursor) == 0:  # killed before its tables were made, or just being made
                    raise NotALedger(detail=f"{FILE} 为空 / is empty")
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[SQLiteCursor]:
        with self._datastore.transaction(commit=False) as cursor:
            yield cursor

    def stored(self, cursor: SQLiteCursor) -> SqliteStored:
        db = cursor.sqlite_cursor.connection
        db.text_factory = as_it_stands
        return SqliteStored(db)

    def close(self) -> None:
        self._datastore.close()


class SqliteWriting:
    """Implements `yishi.ledger.opening.Opened`: the file made or opened, and the lock that keeps other writers out until it is closed or
    its process dies.

    Raises:
        LedgerInUse, LedgerTooNew, NotALedger, LedgerOfOtherKind.
    """

    def __init__(self, folder: Path, rehearsal: bool | None) -> None:
        folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        self._lock = FileLock(folder / "ledger.lock", timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise LedgerInUse(folder=folder.name) from None
        made(folder / FILE)  # and what SQLite puts beside it has its rights
        self.datastore = LedgerDatastore(folder / FILE, writing=True)
        self.recorder, self.tail = LedgerRecorder(self.datastore), Tail()
        try:
            _prepare(self.recorder, rehearsal)
        except InterfaceError as error:
            self.close()
            raise NotALedger(detail=error) from error
        except BaseException:
            self.close()
            raise
        log.info("ledger.opened", sqlite=sqlite3.sqlite_version, wal_reset_risk_with_several_writers=wal_reset_risk())

    def writer(self, grown: Callable[[int], None], seen: Callable[[datetime], None]) -> Writer:
        return Writer(self.datastore, TailKeeper(self.tail, self.recorder, grown))

    def listen(self, grown: Callable[[int], None]) -> None:
        """Nobody else writes: there is nothing more to hear."""

    def close(self) -> None:
        self.datastore.close()
        self._lock.release()


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


def opened_for_reading(path: Path) -> LedgerDatastore:
    """A read-only datastore over a ledger file, also one on a medium where nothing can be written.

    Raises:
        NotALedger: there is no such file, or it is not a database. LedgerUnavailable: it cannot be read.
    """
    if not path.is_file():
        raise NotALedger(detail=path.name)
    first: Exception | None = None
    for immutable in (False, True):
        if immutable and _something_beside(path):
            break
        datastore = LedgerDatastore(path, writing=False, immutable=immutable)
        try:
            with datastore.transaction(commit=False) as cursor:
                cursor.execute("SELECT COUNT(*) FROM sqlite_master")
            return datastore
        except Exception as error:
            datastore.close()
            first = first or error
    if "not a database" in str(first):
        raise NotALedger(detail=first) from first
    raise LedgerUnavailable(detail=first) from first


def _something_beside(path: Path) -> bool:
    """Whether a log or a journal stands beside the file: only a copy to a place that can be written shows what is so."""
    beside = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return any(each.exists() and each.stat().st_size for each in beside)
