"""The library's SQLite connections, opened our way: one that may write and waits its turn at BEGIN; all others read-only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from eventsourcing.persistence import InterfaceError
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

WAIT_SECONDS = 30
STATEMENTS = 64  # prepared statements kept by a connection


class ImmediateTransaction(SQLiteTransaction):
    """Takes the write lock at once: nothing read in it can change before it writes. A failed COMMIT leaves nothing open."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        try:
            super().__exit__(exc_type, exc_val, exc_tb)
        except BaseException:
            self.connection.rollback()  # does nothing when SQLite has rolled back by itself
            raise


class LedgerConnection(SQLiteConnection):
    """The library's connection with write transactions that are immediate."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        begun = ImmediateTransaction(self, commit=True) if commit else SQLiteTransaction(self, commit=False)
        with begun as cursor, cursor:
            yield cursor


class LedgerConnectionPool(SQLiteConnectionPool):
    """Opens connections in WAL mode with every commit on the disk before it is answered.

    The library opens them with `cached_statements=True`, which SQLite's module reads as one: each statement was prepared again
    every time, and a group commit took four times as long (benchmarks/append.py).
    """

    def __init__(self, where: str, *, writing: bool) -> None:
        self._writing = writing
        size, overflow = (1, 0) if writing else (4, 16)
        super().__init__(db_name=where, lock_timeout=WAIT_SECONDS, pool_size=size, max_overflow=overflow)

    def _create_connection(self) -> SQLiteConnection:
        try:
            raw = sqlite3.connect(
                self.db_name,
                uri=True,
                check_same_thread=False,
                isolation_level=None,
                cached_statements=STATEMENTS,
                timeout=WAIT_SECONDS,
            )
            if self._writing:
                raw.execute("PRAGMA journal_mode = WAL")
                raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA trusted_schema = OFF")
        except sqlite3.Error as error:
            raise InterfaceError(error) from error
        raw.row_factory = sqlite3.Row
        return LedgerConnection(raw, self.max_age)


class LedgerDatastore(SQLiteDatastore):
    """`ledger.db`, for writing or (mode=ro) for reading only.

    A reader of a folder on a medium that cannot be written opens it as `immutable`, which is safe there: nobody else can either.
    """

    def __init__(self, path: Path, *, writing: bool, immutable: bool = False) -> None:
        where = path.resolve().as_uri() + (
            "?mode=rwc" if writing else "?mode=ro&immutable=1" if immutable else "?mode=ro"
        )
        super().__init__(where, originator_id_type="text")
        self.pool = LedgerConnectionPool(where, writing=writing)


def wal_reset_risk() -> bool:
    """SQLite 3.7.0 to 3.51.2 may corrupt a WAL that several connections write and reset; with one writer that cannot be."""
    return (3, 7, 0) <= sqlite3.sqlite_version_info <= (3, 51, 2)
