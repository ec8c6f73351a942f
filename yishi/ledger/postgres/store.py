"""A ledger in PostgreSQL, opened for reading or for writing. Tables are never made here: that is `yishi migrate`'s."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import structlog
from eventsourcing.persistence import ProgrammingError

from yishi.ledger.errors import LedgerNoRight, LedgerOfOtherKind, LedgerTooNew, LedgerTooOld, NotMigrated
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Cursor, Readers, connected, translated
from yishi.ledger.postgres.draft import DraftRecorder
from yishi.ledger.postgres.listening import Listener
from yishi.ledger.postgres.recorder import PostgresRecorder
from yishi.ledger.postgres.schema import FORMAT
from yishi.ledger.postgres.shared_tail import SharedTail
from yishi.ledger.postgres.stored import PostgresStored
from yishi.ledger.postgres.writer import PostgresWriter
from yishi.ledger.store import Stored

log = structlog.get_logger(__name__)

_NO_SUCH = {"3F000", "42P01"}  # schema, table
_NO_RIGHT = "42501"


class PostgresStore:
    """Implements `yishi.ledger.store.Store`.

    Raises:
        NotMigrated, LedgerTooOld, LedgerTooNew, LedgerNoRight, LedgerUnavailable.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._readers = Readers(address)
        self.recorder = PostgresRecorder(address.schema, self._readers)
        try:
            self._check_format()
        except BaseException:
            self.close()
            raise

    def reading(self) -> AbstractContextManager[Cursor]:
        return self._readers.instant()

    def stored(self, cursor: Cursor) -> Stored:
        return PostgresStored(cursor, self.address.schema)

    def close(self) -> None:
        self._readers.close()

    def _check_format(self) -> None:
        try:
            with self.reading() as cursor:
                asked = f"SELECT COALESCE(MAX(format), 0) FROM {self.address.schema}.migrations"
                row = cursor.execute(asked).fetchone()
        except ProgrammingError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state == _NO_RIGHT:
                raise LedgerNoRight(address=self.address, role=self.address.user or "?") from error
            if state in _NO_SUCH:
                raise NotMigrated(address=self.address) from error
            raise
        found = row[0] if row else 0
        if found > FORMAT:
            raise LedgerTooNew(found=found, known=FORMAT)
        if found < FORMAT:
            raise LedgerTooOld(address=self.address, found=found, known=FORMAT)


class PostgresWriting:
    """Implements `yishi.ledger.opening.Opened`: the writing side, beside which others may write.

    Raises:
        as `PostgresStore`, and LedgerOfOtherKind.
    """

    def __init__(self, store: PostgresStore, rehearsal: bool | None) -> None:
        self._address, self._stored = store.address, store.recorder
        self.recorder, self.tail = DraftRecorder(store.recorder), SharedTail()
        self._listener: Listener | None = None
        wanted = None if rehearsal is None else "rehearsal" if rehearsal else "live"
        with connected(store.address) as connection, translated():
            try:
                row = connection.execute(f"SELECT {store.address.schema}.born(%s)", (wanted,)).fetchone()
            except Exception as error:
                if getattr(error, "sqlstate", None) == _NO_RIGHT:
                    raise LedgerNoRight(address=store.address, role=store.address.user or "?") from error
                raise
        kind = row[0] if row else None
        if wanted is not None and kind != wanted:
            raise LedgerOfOtherKind(found=kind, wanted=wanted)
        log.info("ledger.opened", postgres=str(store.address))

    def writer(self, grown: Callable[[int], None], seen: Callable[[datetime], None]) -> PostgresWriter:
        return PostgresWriter(self._address, self._stored, self.recorder, self.tail, grown, seen)

    def listen(self, grown: Callable[[int], None]) -> None:
        """From now on tell of what other processes write, too."""
        if self._listener is None:
            self._listener = Listener(self._address, grown)

    def close(self) -> None:
        if self._listener is not None:
            self._listener.close()
