"""One of several processes on a ledger: that they share one folder, and that one of them leads.

By locks of the database's own that last as long as a connection: who is killed, or cut off, holds none.
"""

import contextlib
import threading
from collections.abc import Iterator
from hashlib import sha256

import psycopg
import structlog

from yishi.ledger.errors import AnotherFolder, LedgerError
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected

log = structlog.get_logger(__name__)

LEADS = 1
KEEPALIVES = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 3, "tcp_keepalives_count": 3}
"""So that the database finds out within a quarter of a minute that a machine is gone."""


class Among:
    """For any thread. `close` lets go of everything.

    Args:
        folder: what tells the shared folder from another one.

    Raises:
        AnotherFolder: others work on this ledger with another folder. LedgerUnavailable.
    """

    def __init__(self, address: Address, folder: str) -> None:
        self._address, self._folder = address, folder
        self._gate = threading.Lock()
        self._connection: Connection | None = None
        self._leading = False
        self._entered()

    def leads(self) -> bool:
        """Whether this process leads. Asked again and again: who does not takes over once nobody else does.

        Raises:
            AnotherFolder.
        """
        with self._gate, self._losing():
            connection = self._entered()
            if self._leading:
                connection.execute("SELECT 1")
            else:
                self._leading = _one(connection, "SELECT pg_try_advisory_lock(%s, %s)", (self._key("leads"), LEADS))
        return self._leading

    def hold(self) -> None:
        """Enter again if the connection was lost, and with it what we held.

        Raises:
            AnotherFolder.
        """
        with self._gate, self._losing():
            self._entered().execute("SELECT 1")

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """A connection that breaks is let go of; with the next call another is made."""
        try:
            yield
        except AnotherFolder:
            raise
        except (psycopg.Error, LedgerError) as error:
            log.warning("ledger.among_lost", error=repr(error))
            self._lose()

    def close(self) -> None:
        with self._gate:
            self._lose()

    def _entered(self) -> Connection:
        """The connection that holds what we hold."""
        if self._connection is None or self._connection.closed:
            self._lose()
            self._connection = connected(self._address)
            for name, seconds in KEEPALIVES.items():
                self._connection.execute(f"SET {name} = {seconds}")
            self._enter(self._connection)
        return self._connection

    def _enter(self, connection: Connection) -> None:
        ours, other = self._key(self._folder), self._key("folder")
        connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", (other, ours))
        others = (
            "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid::bigint = %s"
            " AND objid::bigint <> %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        if _one(connection, others, (other, ours)):
            self._lose()
            raise AnotherFolder(address=self._address)

    def _key(self, name: str) -> int:
        """What a lock goes by: of this schema alone."""
        return int.from_bytes(sha256(f"yishi/{self._address.schema}/{name}".encode()).digest()[:4]) >> 1

    def _lose(self) -> None:
        self._leading = False
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error):
                self._connection.close()
            self._connection = None


def _one(connection: Connection, statement: str, parameters: tuple[int, int]) -> bool:
    row = connection.execute(statement, parameters).fetchone()
    return bool(row and row[0])
