"""For all tests."""

import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

STORE = os.environ.get("YISHI_TEST_LEDGER", "sqlite")
"""Where the ledgers of this run are kept, but for those tests that say it themselves: `sqlite`, or `postgres`."""

pytest.register_assert_rewrite("tests.domain.chamber")  # it asserts like a test: a failure shows both sides


MEMORY = Path("/dev/shm")  # of its own user, like pytest's folder elsewhere
BYTES_ENOUGH = 6 << 30
"""Several times what a whole run leaves when everything fails."""


def _in_memory() -> None:
    """Have the tests' folders in memory where there is enough of it: no test cuts the power, and so none needs to wait for a disk."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and os.access(MEMORY, os.W_OK):
        free = min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available)
        if free > BYTES_ENOUGH:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


_in_memory()


@pytest.fixture(scope="session", autouse=True)
def postgres_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the one PostgreSQL server of this run lives, for all its processes (`tests.ledger.postgres.server` starts it)."""
    if "YISHI_TEST_POSTGRES" not in os.environ:
        base = tmp_path_factory.getbasetemp()
        run: Path = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        # beside pytest's own folder, which each pytest that starts closes to the user a root's server runs as
        own = sha256(str(run).encode()).hexdigest()[:12]
        os.environ["YISHI_TEST_POSTGRES"] = str(Path(tempfile.gettempdir()) / f"yishi-postgres-{own}")
    if STORE == "postgres":
        from tests.ledger.postgres import everywhere  # noqa: PLC0415  # its imports are for those who ask for it

        everywhere()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test about the other store alone is left out, and says why. A long run has no deadline for the whole of it, however it is
    called: what it waits for has.
    """
    for item in items:
        only = item.get_closest_marker("only")
        if only and STORE == "postgres" and STORE not in only.args:
            item.add_marker(pytest.mark.skip(reason=f"about {only.args[0]} alone: {only.kwargs['why']}"))
        if item.get_closest_marker("soak") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(0))
