"""Connections to PostgreSQL: opened our way, and those for reading kept and shared. What goes wrong there leaves as the library's errors."""

import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    PersistenceError,
    ProgrammingError,
)
from psycopg import IsolationLevel

from yishi.ledger.errors import DatabaseNotReached, LedgerUnavailable
from yishi.ledger.postgres.address import Address

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

CONNECT_SECONDS = 5
WAIT_SECONDS = 30
READERS = 8  # connections for reading that a process keeps
TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",  # for the turn to write
    "idle_in_transaction_session_timeout": "60s",
    "client_encoding": "UTF8",
}

ALIVE = {"tcp_user_timeout": 10_000, "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3}
"""So that a host that vanished without a word is missed within a quarter of a minute, instead of a quarter of an hour (milliseconds; s)."""

_KINDS: tuple[tuple[type[Exception], type[PersistenceError]], ...] = (
    (psycopg.InterfaceError, InterfaceError),
    (psycopg.DataError, DataError),
    (psycopg.OperationalError, OperationalError),
    (psycopg.IntegrityError, IntegrityError),
    (psycopg.InternalError, InternalError),
    (psycopg.ProgrammingError, ProgrammingError),
    (psycopg.NotSupportedError, NotSupportedError),
)


@contextmanager
def translated() -> Iterator[None]:
    """psycopg's errors as the library's, so that nobody above has to know whose store it is."""
    try:
        yield
    except psycopg.Error as error:
        kind = next((ours for theirs, ours in _KINDS if isinstance(error, theirs)), PersistenceError)
        raise kind(error) from error


def connected(address: Address, *, patient: bool = False) -> Connection:
    """A new connection, each statement a transaction of its own.

    Args:
        patient: for a command that may take its time; else a statement ends after half a minute, whatever holds it up.

    Raises:
        DatabaseNotReached.
    """
    given = psycopg.conninfo.conninfo_to_dict(address.url)
    settings = SETTINGS | dict.fromkeys(TIMEOUTS, "0") if patient else SETTINGS
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    if given.get("options"):
        options += f" {given['options']}"
    kept: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": "yishi", **ALIVE}
    kept = {name: value for name, value in kept.items() if name not in given}
    try:
        return psycopg.connect(address.url, autocommit=True, options=options, **kept)
    except psycopg.Error as error:
        raise DatabaseNotReached(detail=_short(error)) from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())


class Readers:
    """Connections for reading, made as they are needed and kept. For any thread."""

    def __init__(self, address: Address, kept: int = READERS) -> None:
        self._address = address
        self._free: list[Connection] = []
        self._gate = threading.Lock()
        self._turns = threading.BoundedSemaphore(kept)
        self._closed = False

    @contextmanager
    def instant(self) -> Iterator[Cursor]:
        """A cursor that sees the store as of one instant, and cannot write.

        Raises:
            PersistenceError, LedgerUnavailable.
        """
        if not self._turns.acquire(timeout=WAIT_SECONDS):
            raise LedgerUnavailable(detail=f"no connection was free for {WAIT_SECONDS} s")
        connection: Connection | None = None
        try:
            connection = self._begun()
            with translated(), connection.cursor(binary=True) as cursor:
                yield cursor
                connection.commit()
        finally:
            self._give_back(connection)
            self._turns.release()

    def close(self) -> None:
        with self._gate:
            self._closed = True
            for connection in self._free:
                connection.close()
            self._free.clear()

    def _begun(self) -> Connection:
        """A connection in whose transaction nothing was read yet. One that went stale while it lay idle is replaced."""
        while True:
            with self._gate:
                kept = self._free.pop() if self._free else None
            if kept is None:
                return self._made()
            if not select.select([kept.fileno()], [], [], 0)[0]:
                return kept
            kept.close()  # a server says nothing to one who lies idle, but that it goes away

    def _made(self) -> Connection:
        connection = connected(self._address)
        connection.autocommit = False
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection

    def _give_back(self, connection: Connection | None) -> None:
        if connection is None:
            return
        try:
            connection.rollback()  # does nothing after the commit
        except psycopg.Error:
            connection.close()
        with self._gate:
            if self._closed or connection.closed:
                connection.close()
            else:
                self._free.append(connection)
