"""Opening a folder's ledger, wherever it is, for reading or for writing: a known format, and live or rehearsal as it was born."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from yishi.ledger.errors import AnotherLedger
from yishi.ledger.place import pointed
from yishi.ledger.sqlite_store import SqliteStore, SqliteWriting
from yishi.ledger.store import Deciding, Store, Writing
from yishi.ledger.tail import Tail


class Opened(Protocol):
    """The writing side of a folder's ledger. `tail`: what its writer remembers, in step with what is stored."""

    @property
    def recorder(self) -> Deciding: ...

    @property
    def tail(self) -> Tail: ...

    def writer(self, grown: Callable[[int], None], seen: Callable[[datetime], None]) -> Writing:
        """The one writer of this process.

        Args:
            grown: told the size after each commit of its own that made the ledger longer.
            seen: told when the newest event that somebody else wrote was recorded.
        """

    def listen(self, grown: Callable[[int], None]) -> None:
        """Have `grown` told as well of what others write, more than once or late rather than not at all."""

    def close(self) -> None: ...


def opened_for_writing(folder: Path, rehearsal: bool | None) -> Opened:
    """
    Raises:
        LedgerInUse, LedgerTooNew, NotALedger, LedgerOfOtherKind; of PostgreSQL also NotMigrated, LedgerTooOld, LedgerNoRight, AnotherLedger,
        LedgerUnavailable.
    """
    if pointed(folder) is None:
        return SqliteWriting(folder, rehearsal)
    from yishi.ledger.postgres.store import PostgresStore, PostgresWriting  # noqa: PLC0415  # as below

    store = opened_for_reading(folder)
    assert isinstance(store, PostgresStore)
    try:
        return PostgresWriting(store, rehearsal)
    finally:
        store.close()  # it was looked at; the writer has a connection of its own


def opened_for_reading(folder: Path) -> Store:
    """
    Raises:
        NotALedger, LedgerTooNew, LedgerUnavailable; of PostgreSQL also NotMigrated, LedgerTooOld, LedgerNoRight, AnotherLedger.
    """
    pointer = pointed(folder)
    if pointer is None:
        return SqliteStore(folder)
    from yishi.ledger.postgres.address import Address  # noqa: PLC0415  # only those who use it wait for its import
    from yishi.ledger.postgres.store import PostgresStore  # noqa: PLC0415

    store = PostgresStore(Address.of(pointer.address))
    try:
        with store.reading() as cursor:
            if store.recorder._select_meta(cursor, "id") != pointer.id:
                raise AnotherLedger(folder=folder, address=store.address)
    except BaseException:
        store.close()
        raise
    return store
