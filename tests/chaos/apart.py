"""Doors and work as processes of their own, on a database and a Temporal service that somebody else runs: each may be killed by itself."""

import asyncio
import signal
import socket
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import Any

from tests.api.process import BEGINS_AGAIN, PATIENCE_SECONDS, clock_in, set_clock, until_told_to_stop
from tests.chaos.database import Database
from tests.forking import forked, say_into
from tests.ledger import postgres
from tests.ports import unused_port
from yishi import doorway
from yishi.api.server import served_apart
from yishi.engine.processes import at_work
from yishi.ledger.ledger import Ledger
from yishi.observing.logs import Stderr, logged
from yishi.settings import Settings

ROLES = ("worker", "api")


def run(role: str, settings: Settings, clock: Path, config: Path, said: Path) -> None:
    """Inside the new process: what `yishi api` or `yishi worker` does, by a clock of the test's."""
    say_into(said)
    ledger_of = partial(Ledger, clock=clock_in(clock))
    doing = served_apart if role == "api" else at_work
    with logged(Stderr(), settings.log):
        until_told_to_stop(doing(settings, ledger_of=ledger_of), config)


class Service:
    """A Temporal service with a database of its own in a file: killed and started again it knows what it knew."""

    def __init__(self, place: Path) -> None:
        self._binary, self._place, self._port = Settings.read({}).binary(), place, unused_port()
        self.address = f"127.0.0.1:{self._port}"
        self._start()
        until_open(self._port)

    def _start(self) -> None:
        words = f"server start-dev --ip 127.0.0.1 --port {self._port} --headless --log-level never --db-filename"
        with (self._place / "temporal.log").open("ab") as said:
            command = [str(self._binary), *words.split(), str(self._place / "temporal.db")]
            self._process = subprocess.Popen(command, stdout=said, stderr=said)

    def kill(self) -> None:
        """Without a word; then it is started again."""
        self.close()
        self._start()

    def close(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)


class SiteApart:
    """As `Site`, with a door and a worker that are started again, each by itself, when they have died.

    Args:
        now: what their clock shows.
    """

    def __init__(self, folder: Path, now: str, database: Database) -> None:
        self.folder, self.database = folder, database
        self._place = folder.parent / f"{folder.name}-apart"
        self._place.mkdir()
        self._clock = self._place / "clock"
        self.set_clock(now)
        self._door_port, self._open = unused_port(), False
        self._service = Service(self._place)
        self._settings = Settings(
            folder=folder,
            ledger=postgres.new_ledger(database.url),
            temporal_address=self._service.address,
            door_port=self._door_port,
        )
        self._changing = asyncio.Lock()
        self._begun = 0
        self._running = {role: self._started(role) for role in ROLES}

    def set_clock(self, now: str) -> None:
        set_clock(self._clock, now)

    def _started(self, role: str) -> Any:
        self._begun += 1
        said = self._place / f"{role}-{self._begun}.log"
        return forked(run, role, self._settings, self._clock, doorway.tokens_file().parent, said)

    async def way(self) -> doorway.Approach:
        """The way in, as soon as there is one. What is found dead is started again."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            async with self._changing:
                for role, process in self._running.items():
                    if (code := process.exitcode) is not None:
                        assert code in (-signal.SIGKILL, BEGINS_AGAIN), f"{role} ended: {code}, see {self._place}"
                        self._start_again(role)
                self._open = self._open or is_open(self._door_port)
                if self._open and (token := doorway.kept_token(self.folder)):
                    return doorway.Approach(f"http://127.0.0.1:{self._door_port}", token)
            await asyncio.sleep(0.02)  # another process opens the door
        raise TimeoutError(f"nobody opens the door of {self.folder}")

    def _start_again(self, role: str) -> None:
        self._running[role] = self._started(role)
        self._open = self._open and role != "api"

    async def kill(self, what: str) -> bool:
        """Kill one piece, and start it again; False when it does not run just now."""
        async with self._changing:
            match what:
                case "temporal":
                    await asyncio.to_thread(self._service.kill)
                case "database":
                    await asyncio.to_thread(self.database.kill)
                case role:
                    process = self._running[role]
                    if process.exitcode is not None:
                        return False
                    process.kill()
                    await asyncio.to_thread(process.join, PATIENCE_SECONDS)
                    self._start_again(role)
            return True

    def stop(self) -> int:
        """Ask them to end, the door before the work; the highest of their exit codes."""
        for role in reversed(ROLES):
            process = self._running[role]
            process.terminate()
            process.join(PATIENCE_SECONDS)
            if process.exitcode is None:
                process.kill()
                process.join(PATIENCE_SECONDS)
        self._service.close()
        codes: list[int] = [process.exitcode for process in self._running.values()]
        return max(map(abs, codes))


def until_open(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_open(port):
        assert time.monotonic() < until, f"nobody listens at {port}"
        time.sleep(0.05)  # another process begins to listen


def is_open(port: int) -> bool:
    with socket.socket() as calling:
        return calling.connect_ex(("127.0.0.1", port)) == 0
