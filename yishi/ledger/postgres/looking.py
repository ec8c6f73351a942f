"""What a database is, and what the role that comes there may do: for whoever looks after it. Reads and asks, and changes nothing."""

from typing import Any, NamedTuple

import psycopg

from yishi.ledger.errors import LedgerUnavailable
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected
from yishi.ledger.postgres.schema import CALLABLE
from yishi.ledger.postgres.store import PostgresStore

_CHANGES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


class Looked(NamedTuple):
    """`version`: the server's, first number. `owns`: the role owns the tables. `may_change`: what it may do to the events by hand."""

    version: int
    format: int
    role: str
    superuser: bool
    owns: bool
    may_read: bool
    may_append: bool
    may_change: tuple[str, ...]


def looked(address: Address) -> Looked:
    """
    Raises:
        LedgerUnavailable, NotMigrated, LedgerTooOld, LedgerTooNew, LedgerNoRight.
    """
    PostgresStore(address).close()
    with connected(address) as connection:
        try:
            return _looked(connection, address.schema)
        except psycopg.Error as error:
            raise LedgerUnavailable(detail=" ".join(str(error).split())) from error


def _looked(connection: Connection, schema: str) -> Looked:
    def one(asked: str, *given: object) -> Any:
        row = connection.execute(asked, given).fetchone()
        return row[0] if row else None

    events = f"{schema}.stored_events"
    callable_ = (
        "SELECT count(*) = %s AND bool_and(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_proc p"
        " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %s AND p.proname = ANY (%s)"
    )
    return Looked(
        version=connection.info.server_version // 10_000,
        format=one(f"SELECT COALESCE(MAX(format), 0) FROM {schema}.migrations"),
        role=one("SELECT current_user"),
        superuser=one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"),
        owns=one("SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = %s::regclass", events),
        may_read=one("SELECT has_table_privilege(%s, 'SELECT')", events),
        may_append=bool(one(callable_, len(CALLABLE), schema, list(CALLABLE))),
        may_change=tuple(each for each in _CHANGES if one("SELECT has_table_privilege(%s, %s)", events, each)),
    )
