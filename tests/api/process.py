"""`yishi serve` as a process of its own that can be killed, and a program at its door that does not give up."""

import asyncio
import multiprocessing
import random
import signal
import threading
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil

from yishi import doorway
from yishi.api.server import served
from yishi.ledger.ledger import Ledger
from yishi.server.leftovers import PID_FILE, Written
from yishi.settings import Settings

PATIENCE_SECONDS = 60.0
SERVERS_IN_A_ROW = 3
"""So often may Temporal alone be killed under one engine: the fifth time within a minute it gives up, as it should."""


def run(folder: str, config: str, clock: str) -> None:
    """Inside the new process: serve the folder until it ends. The time is what a file says, so that runs can be compared."""
    place = Path(config)
    doorway.user_config_path = lambda *_, **__: place  # type: ignore[assignment]

    def now() -> datetime:
        return datetime.fromisoformat(Path(clock).read_text(encoding="ascii"))

    async def serving() -> None:
        async with served(Settings(folder=Path(folder)), ledger_of=partial(Ledger, clock=now)):
            await asyncio.Event().wait()

    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        asyncio.run(serving())
    except KeyboardInterrupt:
        raise SystemExit(0) from None


class House:
    """A served folder. Its process is forked from one that has loaded the program, which is most of what a start takes."""

    def __init__(self, folder: Path, now: str) -> None:
        self.folder, self._clock = folder, folder.parent / f"{folder.name}.clock"
        self.set_clock(now)
        self._forking = multiprocessing.get_context("forkserver")
        self._forking.set_forkserver_preload(["tests.api.process"])
        self._changing = threading.Lock()
        self.start()

    def set_clock(self, now: str) -> None:
        new = self._clock.with_suffix(".new")
        new.write_text(now, encoding="ascii")
        new.replace(self._clock)

    def start(self) -> None:
        arguments = (str(self.folder), str(doorway.tokens_file().parent), str(self._clock))
        self.process: Any = self._forking.Process(target=run, args=arguments)
        self.process.start()

    def kill(self) -> None:
        """Kill it without a word, and start it again."""
        with self._changing:
            self.process.kill()
            self.process.join(PATIENCE_SECONDS)
            self.start()

    def kill_server(self) -> bool:
        """Kill the Temporal server alone; False when none runs just now."""
        try:
            pid = Written.model_validate_json((self.folder / PID_FILE).read_bytes()).pid
            psutil.Process(pid).kill()
        except (OSError, ValueError, psutil.Error):
            return False
        return True

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        with self._changing:
            self.process.terminate()
            self.process.join(PATIENCE_SECONDS)
            if self.process.exitcode is None:
                self.process.kill()
            code: int = self.process.exitcode
            return code

    def door(self) -> doorway.Approach:
        """The way in, as soon as there is one."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if (door := doorway.found(self.folder)) and (token := doorway.kept_token(self.folder)):
                return doorway.Approach(door.url, token)
            time.sleep(0.01)  # another process opens the door
        raise TimeoutError(f"nobody opens the door of {self.folder}")


class Client:
    """Keeps each act, with its command id, until it has an answer."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.sent_again = 0

    def send(self, call: str, body: dict[str, Any]) -> httpx.Response:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            way = self.house.door()
            try:
                answer = httpx.post(
                    f"{way.url}/v1/{call}", json=body, headers={"Authorization": f"Bearer {way.token}"}, timeout=40
                )
            except httpx.TransportError:
                self.sent_again += 1
                time.sleep(0.02)  # the process behind it has just ended, or not yet begun to listen
                continue
            if answer.status_code != 503:
                return answer
            self.sent_again += 1
        raise TimeoutError(body)


class Killer:
    """Kills the house, or Temporal alone, at random moments; a given seed kills in the same manner again."""

    def __init__(self, house: House, kills: int, seed: int) -> None:
        self.house, self.left, self.draw = house, kills, random.Random(seed)
        self.done: list[str] = []
        self._servers = 0

    def strike_soon(self) -> threading.Timer | None:
        """Arm one kill, for somewhere within the next act or just after it."""
        if not self.left:
            return None
        timer = threading.Timer(self.draw.uniform(0.0, 0.09), self._strike)
        timer.start()
        return timer

    def _strike(self) -> None:
        alone = self._servers < SERVERS_IN_A_ROW and self.draw.random() < 0.4
        if alone and self.house.kill_server():
            self._servers += 1
            self.done.append("temporal")
        else:
            self._servers = 0
            self.house.kill()
            self.done.append("serve")
        self.left -= 1
