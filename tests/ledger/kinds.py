"""The two stores behind a ledger, as tests handle them: made new, looked into, and tampered with by somebody who owns them."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.ledger import postgres
from yishi.ledger.place import POINTER, pointed
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.schema import GUARDS

TABLES = ("stored_events", "commits", "commands", "meta", "attendance")


class Kind(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def refusal(self) -> type[Exception]:
        """What the store's own library raises when a trigger or a constraint refuses."""

    def made(self, folder: Path) -> Path:
        """A folder whose ledger will be of this kind."""

    def owner(self, folder: Path) -> Any:
        """A connection as who owns the store: `execute`, committed at the end."""

    def asked(self, statement: str) -> str:
        """A statement of SQLite in this store's dialect."""

    def unguarded(self, db: Any) -> Any:
        """For a while no trigger refuses anything."""


class Sqlite:
    name = "sqlite"
    refusal = sqlite3.IntegrityError

    def made(self, folder: Path) -> Path:
        return postgres.folder_in_a_file(folder)

    @contextmanager
    def owner(self, folder: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(folder / "ledger.db", timeout=60)) as db, db:
            yield db

    def asked(self, statement: str) -> str:
        return statement

    @contextmanager
    def unguarded(self, db: sqlite3.Connection) -> Iterator[None]:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in guards:
            db.execute(sql)


class Postgres:
    name = "postgres"
    refusal = psycopg.IntegrityError

    def made(self, folder: Path) -> Path:
        return postgres.folder_in_postgres(folder)

    @contextmanager
    def owner(self, folder: Path) -> Iterator[Any]:
        schema = Address.of(postgres.pointer_of(folder).address).schema
        with psycopg.connect(Address.of(postgres.address(schema)).url) as db:
            db.execute(f"SET search_path = {schema}")
            yield db

    def asked(self, statement: str) -> str:
        cast = r"CAST\(replace\(CAST\((\w+) AS TEXT\), (.*)\) AS BLOB\)"
        statement = re.sub(cast, r"convert_to(replace(convert_from(\1, 'UTF8'), \2), 'UTF8')", statement)
        return re.sub(r"x'([0-9A-Fa-f]*)'", r"'\\x\1'::bytea", statement)

    @contextmanager
    def unguarded(self, db: Any) -> Iterator[None]:
        for guard in GUARDS:
            db.execute(f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name}")
        yield
        for guard in GUARDS:
            db.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}")


KINDS: dict[str, Kind] = {"sqlite": Sqlite(), "postgres": Postgres()}


def kind_of(folder: Path) -> Kind:
    """Where the ledger of a folder is kept."""
    return KINDS["sqlite" if pointed(folder) is None else "postgres"]


def rows(kind: Kind, folder: Path, statement: str) -> list[tuple[Any, ...]]:
    with kind.owner(folder) as db:
        return [tuple(row) for row in db.execute(kind.asked(statement)).fetchall()]


def tables(kind: Kind, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a ledger but its own id."""
    wanted = {name: f"SELECT * FROM {name}" for name in TABLES} | {"meta": "SELECT * FROM meta WHERE key <> 'id'"}
    return {name: sorted(rows(kind, folder, statement)) for name, statement in wanted.items()}


def tampered(kind: Kind, folder: Path, *statements: str) -> None:
    """Do it as somebody would who owns the store, and leave the triggers as they were."""
    with kind.owner(folder) as db, kind.unguarded(db):
        for statement in statements:
            db.execute(kind.asked(statement))


def stored_bytes(folder: Path) -> bytes:
    """All bytes of a folder's ledger, to look in them for what must not be there."""
    if kind_of(folder).name == "sqlite":
        return b"".join(file.read_bytes() for file in folder.glob("ledger.db*"))
    found: list[bytes] = []
    with kind_of(folder).owner(folder) as db:
        for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall():
            with db.cursor().copy(f"COPY {name} TO STDOUT (FORMAT binary)") as parts:
                found += map(bytes, parts)
    return b"".join(found)


def newer(folder: Path) -> None:
    """Have its ledger's format be number 99, of a version to come."""
    sqlite = kind_of(folder).name == "sqlite"
    with kind_of(folder).owner(folder) as db:
        db.execute("PRAGMA user_version = 99" if sqlite else "UPDATE migrations SET format = 99")


def copied(folder: Path, to: Path, *without: str) -> Path:
    """A copy of a folder with its ledger, wherever that is.

    Args:
        without: patterns of the names of files that are left out.
    """
    return copy(kind_of(folder), folder, to, *without)


def copy(kind: Kind, folder: Path, to: Path, *without: str) -> Path:
    """Another ledger with the same rows, beside a copy of the folder's other files: as if each were restored from its backup."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("ledger.url", "ledger.lock", *without))
    if kind.name == "postgres":
        kind.made(to)
        with kind.owner(folder) as source, kind.owner(to) as target, kind.unguarded(target):
            target.execute("DELETE FROM meta")
            for name in (*TABLES, "issued"):
                with (
                    source.cursor().copy(f"COPY {name} TO STDOUT (FORMAT binary)") as read,
                    target.cursor().copy(f"COPY {name} FROM STDIN (FORMAT binary)") as written,
                ):
                    for part in read:
                        written.write(part)
        here, there = pointed(folder), pointed(to)
        assert here and there
        (to / POINTER).write_text(f"{there.address}\n{here.id}\n", encoding="utf-8")
    return to
