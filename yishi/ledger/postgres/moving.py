"""Moving a folder's ledger out of its file into PostgreSQL: the same rows at the same positions, found equal before the file is put aside.

Cut short at any moment it is begun again and goes on. Until the folder says that its ledger is in the database, it is in the file.
"""

from pathlib import Path
from typing import NamedTuple

import psycopg

from yishi.ledger.errors import AnotherLedger, LedgerDamaged, LedgerUnavailable
from yishi.ledger.merkle import Frontier
from yishi.ledger.place import FILE, keep_in, pointed
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected
from yishi.ledger.sqlite_store import SqliteStore, SqliteWriting
from yishi.ledger.store import Stored

ASIDE = "ledger.db.moved"
PAGE = 2_000  # events at a time: bounds memory


class Moved(NamedTuple):
    """Where the ledger ended when it was moved, and where its file lies now, for nobody's use but a later comparison."""

    size: int
    head: str
    aside: Path


def move_in(folder: Path, owner: Address, worker: str) -> Moved:
    """
    Args:
        owner: the database as the role that owns its tables, which hold nothing yet. worker: its address for those who work with it.

    Raises:
        LedgerInUse: an engine runs on the folder. AnotherLedger: the database holds a record that is not this one.
        NotALedger, LedgerDamaged, LedgerUnavailable.
    """
    if pointed(folder) is not None and not (folder / FILE).exists():
        raise AnotherLedger(folder=folder, address=Address.of(worker))
    writing = SqliteWriting(folder, None)  # nobody else writes until it is done
    try:
        source = SqliteStore(folder)
        try:
            with source.reading() as cursor, connected(owner, patient=True) as target:
                size, head = _copied(source.stored(cursor), target, owner, folder)
        finally:
            source.close()
        keep_in(folder, worker, moved=True)
    finally:
        writing.close()
    (folder / FILE).replace(folder / ASIDE)
    return Moved(size, head, folder / ASIDE)


def _copied(source: Stored, target: Connection, owner: Address, folder: Path) -> tuple[int, str]:
    commits = source.commits()
    size, root = (commits[-1].last, commits[-1].root) if commits else (0, Frontier().root())
    try:
        with target.transaction():
            target.execute(f"LOCK TABLE {owner.schema}.turn IN EXCLUSIVE MODE")
            there = target.execute(
                f"SELECT last_position, root FROM {owner.schema}.commits ORDER BY last_position DESC LIMIT 1"
            ).fetchone()
            if there is None:
                _copy(source, target, owner.schema, size, root)
            elif there != (size, root):
                raise AnotherLedger(folder=folder, address=owner)
    except psycopg.Error as error:
        raise LedgerUnavailable(detail=" ".join(str(error).split())) from error
    return size, root.hex()


def _copy(source: Stored, target: Connection, schema: str, size: int, root: bytes) -> None:
    """All rows, the tree noted where they end. They must come to the root they have here."""
    frontier = Frontier()
    with target.cursor() as cursor:
        with cursor.copy(f"COPY {schema}.stored_events FROM STDIN (FORMAT BINARY)") as rows:
            rows.set_types(["int8", "text", "int8", "text", "bytea", "bytea"])
            for after in range(0, size, PAGE):
                for row in source.events(after, min(after + PAGE, size)):
                    frontier.append(row[5])
                    rows.write_row(row)
        if (frontier.size, frontier.root()) != (size, root):
            raise LedgerDamaged(detail=f"{frontier.size} / {frontier.root().hex()} ≠ {size} / {root.hex()}")
        tables = (
            ("commits", ["int8", "int8", "bytea"], source.commits()),
            ("commands", ["text", "text", "bytea", "int8"], source.commands_at(0, size)),
            ("attendance", ["text", "text", "text", "int8"], ((*k, v) for k, v in source.attendance().items())),
            ("meta", ["text", "text"], ((k, v) for k, v in source.meta().items() if k != "id")),
            ("frontiers", ["int8", "bytea"], [(size, b"".join(frontier.peaks))] if size else []),
            ("issued", ["int8"], [(source.issued(),)] if size else []),
        )
        for table, types, found in tables:
            with cursor.copy(f"COPY {schema}.{table} FROM STDIN (FORMAT BINARY)") as rows:
                rows.set_types(types)
                for each in found:
                    rows.write_row(each)
