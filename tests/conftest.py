"""For all tests."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

STORE = os.environ.get("YISHI_TEST_LEDGER", "sqlite")
"""Where the ledgers of this run are kept, but for those tests that say it themselves: `sqlite`, or `postgres`."""

pytest.register_assert_rewrite("tests.domain.chamber")  # it asserts like a test: a failure shows both sides


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
