"""The library's SQLite connections, opened our way: one that may write, waiting its turn at BEGIN; all others read-only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

WAIT_SECONDS = 30


class ImmediateTransaction(SQLiteTransaction):
    """Takes the write lock at once: nothing read in it can have changed by the time it writes. A failed COMMIT leaves nothing open."""

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
            yield cursor  # type: ignore[misc]  # the library hands out the raw cursor here too


class LedgerConnectionPool(SQLiteConnectionPool):
    """Opens connections in WAL mode with every commit on the disk before it is answered."""

    def _create_connection(self) -> SQLiteConnection:
        plain = super()._create_connection()
        raw = plain._sqlite_conn
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA trusted_schema = OFF")
        return LedgerConnection(raw, self.max_age)


class LedgerDatastore(SQLiteDatastore):
    """`ledger.db`, for writing or (mode=ro) for reading only.

    A reader of a copied folder that lies on a read-only medium opens it as `immutable`, which is safe because nobody can write there.
    """

    def __init__(self, path: Path, *, writing: bool, immutable: bool = False) -> None:
        where = path.resolve().as_uri() + ("?mode=rwc" if writing else "?mode=ro")
        super().__init__(where, originator_id_type="text")
        self.pool = LedgerConnectionPool(
            db_name=where + ("&immutable=1" if immutable else ""),
            lock_timeout=WAIT_SECONDS,
            pool_size=1 if writing else 4,
            max_overflow=0 if writing else 16,
        )


def wal_reset_risk() -> bool:
    """SQLite 3.7.0 to 3.51.2 may corrupt a WAL that several connections write and reset; with one writer it cannot happen."""
    return (3, 7, 0) <= sqlite3.sqlite_version_info <= (3, 51, 2)
