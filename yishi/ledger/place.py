"""Where the ledger of a data folder is: in a file in it, or in PostgreSQL. The folder itself says so, so that nobody begins a second one.

`ledger.url` holds the address and the id of the ledger that is there. It stands beside `keys.db` and is its owner's alone like it; who wants
no password in it leaves it out of the address and gives it in libpq's own way (PGPASSFILE).
"""

import os
from pathlib import Path
from typing import NamedTuple

from yishi.ledger.errors import AnotherLedger, LedgerHere
from yishi.private import FOLDER, opened_new

FILE = "ledger.db"
POINTER = "ledger.url"


class Pointer(NamedTuple):
    """What a folder says of a ledger that is elsewhere. `id`: written into that ledger when its tables were made."""

    address: str
    id: str


def pointed(folder: Path) -> Pointer | None:
    """Where the folder's ledger is, None for a file in the folder, whether it is there yet or not."""
    try:
        address, id_ = (folder / POINTER).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    return Pointer(address, id_)


def has_ledger(folder: Path) -> bool:
    """Whether the folder has a ledger, wherever it is."""
    return (folder / FILE).is_file() or (folder / POINTER).is_file()


def keep_in(folder: Path, address: str, *, moved: bool = False) -> None:
    """Have the folder's ledger in PostgreSQL from now on. Again with another way to the same ledger, that way is taken.

    Args:
        moved: what was in the folder's file is there, and the file is about to be put aside.

    Raises:
        LedgerHere: it has one in a file. AnotherLedger: it belongs to another one. LedgerAddressWrong, NotMigrated, LedgerTooOld,
        LedgerTooNew, LedgerNoRight, LedgerUnavailable.
    """
    from yishi.ledger.postgres.address import Address, shown  # noqa: PLC0415  # only those who use it wait for its import
    from yishi.ledger.postgres.store import PostgresStore  # noqa: PLC0415

    where = Address.of(address)
    before = pointed(folder)
    if (folder / FILE).exists() and before is None and not moved:
        raise LedgerHere(folder=folder, address=shown(address))
    store = PostgresStore(where)
    try:
        with store.reading() as cursor:
            found = store.recorder._select_meta(cursor, "id") or "?"
    finally:
        store.close()
    if before is not None and before.id != found:
        raise AnotherLedger(folder=folder, address=shown(address))
    if before != (address, found):
        folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        _write(folder, f"{address}\n{found}\n")


def _write(folder: Path, text: str) -> None:
    new = folder / f"{POINTER}.{os.getpid()}.new"
    with opened_new(new) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / POINTER)
