"""One thread owns the connection that writes. What waits is written together: one COMMIT, then all are answered.

Each job runs inside its own savepoint, so one that fails rolls back alone. When the transaction itself fails (disk full, I/O
error), all jobs of the group hear of it, nothing of them is stored, and the thread lives on.
"""

import errno
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

import structlog
from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteCursor

from yishi.ledger.datastore import LedgerDatastore
from yishi.ledger.errors import LedgerClosed, LedgerError, LedgerFull, LedgerUnavailable

T = TypeVar("T")
Job = Callable[[Any], T]
Waiting = tuple[Job[Any], "Future[Any]"]
GROUP = 500  # jobs in one transaction, at most

_FAULTS = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_INTERRUPT,
    }
)

PG_DISK_FULL = "53100"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
STORE_FAULTS: tuple[type[Exception], ...] = (OSError, sqlite3.Error, PersistenceError)
"""What the disk, or what keeps the record on it, may answer with."""
RECORD_FAULTS: tuple[type[Exception], ...] = (LedgerError, *STORE_FAULTS)
"""What reading or writing the record may fail by: whoever goes on beside it waits and tries again."""

log = structlog.get_logger(__name__)


class Keeper(Protocol):
    """What is remembered beside the store, and must go with it through savepoints, commits and failures."""

    def begin(self, cursor: SQLiteCursor) -> None: ...
    def mark(self) -> None: ...
    def release(self) -> None: ...
    def rollback(self) -> None: ...
    def settle(self, cursor: SQLiteCursor) -> None:
        """Write what closes the transaction, just before COMMIT."""

    def committed(self) -> None:
        """The COMMIT is done and its jobs are answered."""

    def forget(self) -> None: ...


class JobThread(ABC):
    """Takes jobs from any thread; runs them in order on its own, in groups."""

    def __init__(self, group: int = GROUP) -> None:
        self._group = group
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._closing = False
        self._gate = threading.Lock()  # nothing may enter the queue behind the last word
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> "Future[T]":
        """Queue a job; its future is done after the COMMIT that holds it.

        Raises (from the future): whatever the job raised; LedgerFull or LedgerUnavailable when the transaction failed.

        Raises:
            LedgerClosed: the writer was closed.
        """
        future: Future[T] = Future()
        with self._gate:
            if self._closing:
                raise LedgerClosed()
            self._queue.put((job, future))
        return future

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def close(self) -> None:
        """Finish what waits, then end the thread. Closing twice is no harm."""
        with self._gate:
            if not self._closing:
                self._closing = True
                self._queue.put(None)
        self._thread.join()

    @abstractmethod
    def _run(self) -> None:
        """Write group after group of what `_waiting` gives."""

    def _waiting(self) -> tuple[list[Waiting], bool]:
        """What waits now (at least one job, unless that is the last word), and whether to go on after it."""
        group: list[Waiting] = []
        entry = self._queue.get()
        while entry is not None:
            if entry[1].set_running_or_notify_cancel():  # from here on it cannot be cancelled
                group.append(entry)
            if len(group) == self._group:
                break
            try:
                entry = self._queue.get_nowait()
            except Empty:
                break
        return group, entry is not None


class Writer(JobThread):
    """`JobThread` over the one connection that writes to a file of SQLite."""

    def __init__(self, datastore: LedgerDatastore, keeper: Keeper, group: int = GROUP) -> None:
        self._datastore, self._keeper = datastore, keeper
        super().__init__(group)

    def _run(self) -> None:
        going_on = True
        with self._datastore.get_connection(commit=True) as connection:
            while going_on:
                group, going_on = self._waiting()
                if group:
                    self._write(connection, group)

    def _write(self, connection: Any, group: list[Waiting]) -> None:
        outcomes: list[tuple[Any, Exception | None]] = []
        stored = True
        try:
            with connection.transaction(commit=True) as cursor:
                self._keeper.begin(cursor)
                for job, _ in group:
                    outcomes.append(self._try(cursor, job))
                self._keeper.settle(cursor)
        except Exception as error:
            self._keeper.forget()
            log.error("ledger.group_failed", jobs=len(group), error=repr(error))
            outcomes, stored = [(None, explained(error)) for _ in group], False
        answer(group, outcomes)
        if stored:
            self._keeper.committed()

    def _try(self, cursor: SQLiteCursor, job: Job[Any]) -> tuple[Any, Exception | None]:
        """Run one job in its own savepoint. A fault of the store itself, such as a full disk, is everybody's: it goes up."""
        cursor.execute("SAVEPOINT act")
        self._keeper.mark()
        try:
            result = job(cursor)
        except Exception as error:
            if _is_the_stores(error):
                raise
            cursor.execute("ROLLBACK TO act")
            cursor.execute("RELEASE act")
            self._keeper.rollback()
            return None, error
        cursor.execute("RELEASE act")
        self._keeper.release()
        return result, None


def answer(group: Sequence[Waiting], outcomes: Sequence[tuple[Any, Exception | None]]) -> None:
    """Tell each what became of its job."""
    for (_, future), (result, failure) in zip(group, outcomes, strict=True):
        if failure is None:
            future.set_result(result)
        else:
            future.set_exception(failure)


def _is_the_stores(error: Exception) -> bool:
    """Whether the store itself failed, and not this job's statement or data."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _FAULTS


def explained(error: BaseException) -> LedgerError:
    """The error to answer with when the store failed."""
    if isinstance(error, LedgerError):
        return error
    cause = error.__cause__ if isinstance(error, PersistenceError) else error
    if (
        getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == PG_DISK_FULL
        or (isinstance(cause, OSError) and cause.errno in _NO_ROOM)
    ):
        return LedgerFull()
    return LedgerUnavailable(detail=cause)
