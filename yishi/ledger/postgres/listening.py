"""Hears that the ledger has grown, whoever wrote. What the store says of itself is only a hint: it is asked every second all the same."""

import contextlib
import select
import socket
import threading
from collections.abc import Callable

import psycopg
import structlog

from yishi.ledger.errors import LedgerError
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected

log = structlog.get_logger(__name__)

ASKED_SECONDS = 1.0


class Listener:
    """Calls `grown(size)` on a thread of its own, again and again, with sizes that never fall."""

    def __init__(self, address: Address, grown: Callable[[int], None], asked_seconds: float = ASKED_SECONDS) -> None:
        self._address, self._grown, self._asked_seconds = address, grown, asked_seconds
        self._told = -1
        self._closing, self._wake = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="ledger-listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.close()
        self._thread.join()
        self._wake.close()

    def _run(self) -> None:
        while not self._ends(0):
            try:
                with contextlib.closing(connected(self._address)) as connection:
                    connection.execute(f"LISTEN {self._address.channel}")
                    self._follow(connection)
                    return
            except (psycopg.Error, LedgerError, OSError) as error:
                log.warning("ledger.listener_lost", error=repr(error))
                if self._ends(self._asked_seconds):
                    return

    def _follow(self, connection: Connection) -> None:
        while True:
            row = connection.execute(
                f"SELECT COALESCE(MAX(last_position), 0) FROM {self._address.schema}.commits"
            ).fetchone()
            self._tell(row[0] if row else 0)
            heard, _, _ = select.select([connection.fileno(), self._wake.fileno()], [], [], self._asked_seconds)
            if self._wake.fileno() in heard:
                return
            for notice in connection.notifies(timeout=0):
                self._tell(int(notice.payload))

    def _tell(self, size: int) -> None:
        if size > self._told:
            self._told = size
            self._grown(size)

    def _ends(self, seconds: float) -> bool:
        return bool(select.select([self._wake], [], [], seconds)[0])
