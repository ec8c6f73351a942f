"""Making and changing the tables: a command of its own, for the role that owns them. Done twice or by many at once it is done once."""

from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from yishi.ledger.errors import LedgerTooNew, LedgerUnavailable
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected
from yishi.ledger.postgres.schema import FORMAT, STEPS, closed_to_all, rights

_VERSIONS = (
    "CREATE TABLE IF NOT EXISTS {s}.migrations"
    " (format integer PRIMARY KEY, program text NOT NULL, at timestamptz NOT NULL DEFAULT now())"
)


class Migrated(NamedTuple):
    """Formats before and after; `owner`: who owns the tables; `roles`: who may work with them now."""

    before: int
    after: int
    owner: str
    roles: tuple[str, ...]


def migrate(address: Address, program: str, roles: tuple[str, ...] = ()) -> Migrated:
    """Bring the tables to this program's format, all of it or nothing, and give roles the right to work with them.

    Args:
        address: as the role that owns the tables, or will. program: its version, kept beside each step.

    Raises:
        LedgerTooNew, LedgerUnavailable.
    """
    with connected(address, patient=True) as connection:
        try:
            with connection.transaction():
                return _migrated(connection, address.schema, program, roles)
        except psycopg.Error as error:
            raise LedgerUnavailable(detail=" ".join(str(error).split())) from error


def _migrated(connection: Connection, schema: str, program: str, roles: tuple[str, ...]) -> Migrated:
    connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"yishi migrate {schema}",))
    if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone():
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(_VERSIONS.replace("{s}", schema))
    before = _one(connection, f"SELECT COALESCE(MAX(format), 0) FROM {schema}.migrations")
    if before > FORMAT:
        raise LedgerTooNew(found=before, known=FORMAT)
    for step in range(before + 1, FORMAT + 1):
        connection.execute(STEPS[step](schema))
        connection.execute(f"INSERT INTO {schema}.migrations (format, program) VALUES (%s, %s)", (step, program))
    connection.execute(closed_to_all(schema))
    owner = _one(connection, "SELECT current_user")
    others = tuple(role for role in roles if role != owner)
    for role in others:
        connection.execute(rights(schema, sql.Identifier(role).as_string(connection)))
    return Migrated(before, FORMAT, owner, others)


def _one(connection: Connection, asked: str) -> Any:
    row = connection.execute(asked).fetchone()
    assert row is not None
    return row[0]
