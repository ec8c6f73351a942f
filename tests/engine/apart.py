"""Doors and workers as processes of their own, as an operator starts them: by settings alone."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.engine.house import ROOT

SECONDS = 300.0
URL = re.compile(r"http://[0-9.]+:[0-9]+")
RUN = "from yishi.cli.main import main; main()"


def until(holds: Callable[[], Any], what: object = "") -> Any:
    """What becomes of it in another process; waited for."""
    end = time.monotonic() + SECONDS
    while not (found := holds()):
        assert time.monotonic() < end, what() if callable(what) else what
        time.sleep(0.05)
    return found


class Apart:
    """`yishi api` or `yishi worker`; what it says and what it logs go to one file."""

    def __init__(self, place: Path, environment: dict[str, str], *command: str) -> None:
        self._file = place / f"{command[0]}-{time.monotonic_ns()}.log"
        with self._file.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUN, *command, "--lang", "en"],
                cwd=ROOT,
                env=environment,
                stdout=said,
                stderr=said,
            )

    @property
    def said(self) -> str:
        return self._file.read_text(encoding="utf-8")

    def says(self, word: str) -> str:
        until(lambda: word in self.said or self.process.poll() is not None, lambda: self.said)
        assert word in self.said, self.said
        return self.said

    @property
    def url(self) -> str:
        found = URL.search(self.says("open at"))
        assert found is not None
        return found[0]

    def killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(SECONDS)

    def told_to_stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


class Site:
    """A folder, a ledger and a Temporal service, and the processes on them."""

    def __init__(self, place: Path, **settings: str) -> None:
        self.place, self.started = place, list[Apart]()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("YISHI_")}
        self.environment = clean | {
            "XDG_CONFIG_HOME": str(place / "config"),
            "PYTHONPATH": str(ROOT),
            "YISHI_FOLDER": str(place / "data"),
            **{f"YISHI_{name.upper()}": value for name, value in settings.items()},
        }

    def start(self, *command: str, **settings: str) -> Apart:
        more = {f"YISHI_{name.upper()}": value for name, value in settings.items()}
        self.started.append(Apart(self.place, self.environment | more, *command))
        return self.started[-1]

    @property
    def token(self) -> str:
        kept = json.loads((self.place / "config" / "yishi" / "tokens.json").read_text(encoding="utf-8"))
        return str(next(iter(kept.values())))

    def sent(self, doors: list[Apart], call: str, body: dict[str, Any]) -> httpx.Response:
        """An answer from whichever door gives one; the same request, under the same command id, until then."""

        def tried() -> httpx.Response | None:
            for door in [each for each in doors if each.process.poll() is None]:
                headers = {"Authorization": f"Bearer {self.token}"}
                try:
                    answer = httpx.post(door.url + call, json=body, headers=headers, timeout=60)
                except httpx.HTTPError:
                    continue
                if answer.status_code not in (202, 503):
                    return answer
            return None

        answer: httpx.Response = until(tried, call)
        return answer


@contextmanager
def site(place: Path, **settings: str) -> Iterator[Site]:
    """Processes are ended with it, whatever becomes of a test."""
    there = Site(place, **settings)
    try:
        yield there
    finally:
        for each in there.started:
            if each.process.poll() is None:
                each.killed()
