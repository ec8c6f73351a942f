"""`yishi serve` as a process of its own that can be killed, and a program at its door that does not give up."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from eventsourcing.persistence import PersistenceError

from domain.submission import Answer, Submission
from tests.forking import forked
from tests.ledger.postgres import ledger_elsewhere
from yishi import doorway
from yishi.api.server import served
from yishi.ledger.errors import LedgerUnavailable
from yishi.ledger.ledger import Ledger
from yishi.record import reader
from yishi.server import ServiceNotReached
from yishi.server.leftovers import PID_FILE, Written
from yishi.settings import Settings

PATIENCE_SECONDS = 120.0
BEGINS_AGAIN = 2
"""How it ends when the database, or a Temporal service of others, is away as it starts; whoever keeps it running starts it again."""


def run(folder: str, config: str, clock: str, mirror: str | None, ledger: str | None) -> None:
    """Inside the new process: serve the folder until it ends."""
    settings = Settings(folder=Path(folder), ledger=ledger, mirror=Path(mirror) if mirror else None)
    until_told_to_stop(served(settings, ledger_of=partial(Doomed, clock=clock_in(Path(clock)))), Path(config))


def clock_in(file: Path) -> Callable[[], datetime]:
    """A clock that shows what a file says, so that runs can be compared."""
    return lambda: datetime.fromisoformat(file.read_text(encoding="ascii"))


def set_clock(file: Path, now: str) -> None:
    new = file.with_suffix(".new")
    new.write_text(now, encoding="ascii")
    new.replace(file)


def until_told_to_stop(serving: AbstractAsyncContextManager[object], config: Path) -> None:
    """Go on with it for as long as this process lives; it ends as the command does."""
    pytest.MonkeyPatch().setattr("yishi.doorway.user_config_path", lambda *_, **__: config)

    async def lasting() -> None:
        async with serving:
            await asyncio.Event().wait()

    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        asyncio.run(lasting())
    except KeyboardInterrupt:
        raise SystemExit(0) from None
    except (LedgerUnavailable, PersistenceError, ServiceNotReached):
        raise SystemExit(BEGINS_AGAIN) from None


class Doomed(Ledger):
    """A ledger whose process is killed at the one act that a file names: `before` it is written, `within` the transaction
    that writes it, or `after` its commit and before anybody is answered. What comes later in the same batch dies with it.
    """

    def __init__(self, folder: Path, *arguments: Any, **named: Any) -> None:
        self._doom, self._over = doom_of(folder), asyncio.Event()
        self._struck = self._within = False
        super().__init__(folder, *arguments, **named)

    async def record(self, submission: Submission) -> Answer:
        if self._struck:
            await self._over.wait()
        point = self._point(submission.command_id)
        self._struck = bool(point)
        if point in ("before", "within"):
            # What waits together is committed together: without this, all that came earlier would be rolled back with it.
            await asyncio.wrap_future(super().write(lambda cursor: None))
        if point == "before":
            self._die()
        self._within = point == "within"
        answer = await super().record(submission)
        if point == "after":
            self._die()
        return answer

    def write(self, job: Callable[[Any], Any]) -> "Future[Any]":
        if not self._within:
            return super().write(job)

        def dying(cursor: Any) -> None:
            job(cursor)
            self._die()

        return super().write(dying)

    def _point(self, command_id: str) -> str:
        try:
            victim, point = self._doom.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return ""
        return point if victim == command_id else ""

    def _die(self) -> None:
        self._doom.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def doom_of(folder: Path) -> Path:
    return folder.parent / f"{folder.name}.doom"


class House:
    """A served folder. Its process is forked from one that has loaded the program, which is most of what a start takes."""

    def __init__(self, folder: Path, now: str, mirror: Path | None = None, ledger: str | None = None) -> None:
        """`ledger`: the database that keeps its record; None: where this run keeps them."""
        self.folder, self.mirror = folder, mirror
        self._clock = folder.parent / f"{folder.name}.clock"
        self.set_clock(now)
        self._changing = threading.Lock()
        self._ledger = ledger or ledger_elsewhere(folder).get("YISHI_LEDGER")
        self.start()

    def set_clock(self, now: str) -> None:
        set_clock(self._clock, now)

    def start(self) -> None:
        config, mirror = str(doorway.tokens_file().parent), str(self.mirror) if self.mirror else None
        self.process = forked(run, str(self.folder), config, str(self._clock), mirror, self._ledger)

    def kill(self) -> None:
        """Kill it without a word, and start it again."""
        with self._changing:
            self.kill_for_good()
            self.start()

    def kill_for_good(self) -> None:
        self.process.kill()
        self.process.join(PATIENCE_SECONDS)

    def kill_server(self) -> bool:
        """Kill the Temporal server alone; False when none runs just now."""
        try:
            pid = Written.model_validate_json((self.folder / PID_FILE).read_bytes()).pid
            psutil.Process(pid).kill()
        except (OSError, ValueError, psutil.Error):
            return False
        return True

    def doom(self, command_id: str, point: str) -> None:
        """Have it killed at an act that will come: see `Doomed`."""
        doom_of(self.folder).write_text(f"{command_id}\n{point}", encoding="utf-8")

    @property
    def doomed(self) -> bool:
        return doom_of(self.folder).exists()

    def recorded(self, command_ids: list[str]) -> int:
        """How many of these acts are on the record."""
        ledger = reader(self.folder)
        try:
            return sum(ledger.answer_of(each) is not None for each in command_ids)
        finally:
            ledger.close()

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        with self._changing:
            self.process.terminate()
            self.process.join(PATIENCE_SECONDS)
            if self.process.exitcode is None:
                self.process.kill()
            code: int = self.process.exitcode
            return code

    def door(self, left_behind: Callable[[], object] = lambda: None) -> doorway.Approach:
        """The way in, as soon as there is one. A house found dead is started again; `left_behind` may look at what it left."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if (door := doorway.found(self.folder)) and (token := doorway.kept_token(self.folder)):
                return doorway.Approach(door.url, token)
            with self._changing:
                if self.process.exitcode is not None:
                    assert self.process.exitcode == -signal.SIGKILL, f"it ended by itself: {self.process.exitcode}"
                    left_behind()
                    self.start()
            time.sleep(0.01)  # another process opens the door
        raise TimeoutError(f"nobody opens the door of {self.folder}")


class Client:
    """Keeps each request, with its command id, until it has an answer."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.http = httpx.Client(
            timeout=40, verify=False, limits=httpx.Limits(max_keepalive_connections=0)
        )  # no TLS here
        self.sent_again = 0
        self.half_way = 0
        """How often a request, sent again after a death, was on the record in part: some of its acts, and not all."""

    def send(self, call: str, body: dict[str, Any], acts: list[str]) -> httpx.Response:
        """`acts`: the ids under which the record will have what the request comes to."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            way = self.house.door(lambda: self._look(acts))
            try:
                answer = self.http.post(
                    f"{way.url}/v1/{call}", json=body, headers={"Authorization": f"Bearer {way.token}"}
                )
            except httpx.TransportError:
                self.sent_again += 1
                time.sleep(0.02)  # the process behind it has just ended, or not yet begun to listen
                continue
            if answer.status_code != 503:
                return answer
            self.sent_again += 1
        raise TimeoutError(body)

    def _look(self, acts: list[str]) -> None:
        self.half_way += 0 < self.house.recorded(acts) < len(acts)
