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
from yishi.ledger.place import pointed
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.schema import GUARDS

TABLES = ("stored_events", "commits", "commands", "meta", "attendance")


class Kind(Protocol):
    name: str
    refusal: type[Exception]
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
        return folder

    @contextmanager
    def owner(self, folder: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(folder / "ledger.db", timeout=5)) as db, db:
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
        found = pointed(folder)
        assert found is not None
        schema = Address.of(found.address).schema
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


def copy(kind: Kind, folder: Path, to: Path) -> Path:
    """Another ledger with the same rows, beside a copy of the folder's other files."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("ledger.url", "ledger.lock"))
    if kind.name == "postgres":
        kind.made(to)
        with kind.owner(folder) as source, kind.owner(to) as target, kind.unguarded(target):
            target.execute("DELETE FROM meta WHERE key = 'kind'")
            for name in (*TABLES, "issued"):
                only = " WHERE key = 'kind'" if name == "meta" else ""
                found = source.execute(f"SELECT * FROM {name}{only}").fetchall()
                for row in found:
                    target.execute(f"INSERT INTO {name} VALUES ({','.join(['%s'] * len(row))})", row)
    return to
