"""A fresh clone to try the pages in."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest

from tests.docs.pages import ROOT, squeezed
from tests.forking import commanded

COPIED = ("examples", "statutes", "docs", "Makefile")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Done:
    exit_code: int
    said: str

    def misses(self, shows: Sequence[str]) -> list[str]:
        """What of the lines that a page shows it did not say."""
        return [line for line in shows if squeezed(line) not in squeezed(self.said)]


class Shell(Protocol):
    def __call__(self, command: str, shows: Sequence[str] = ()) -> Done: ...


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Runs one line of a page in a copy of the checkout, with this very environment as its `.venv`.

    `yishi serve … &` goes on beside the lines that follow, once it answers and its screen shows what the page says; `kill %1`
    ends it, and `export` holds for what follows, as at a terminal.
    """
    if sys.platform == "win32" or shutil.which("bash") is None:
        pytest.skip("the pages' commands are for a POSIX shell")
    clone = tmp_path / "yishi"
    clone.mkdir()
    for name in COPIED:
        source = ROOT / name
        shutil.copytree(source, clone / name) if source.is_dir() else shutil.copyfile(source, clone / name)
    (clone / ".venv").symlink_to(sys.prefix)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("YISHI_", "XDG_"))}
    environment |= {"HOME": str(tmp_path), "PYTHONUTF8": "1", "COLUMNS": "200"}
    environment["PATH"] = os.pathsep.join(
        (str(clone / ".venv" / "bin"), environment["PATH"])
    )  # as if it were activated
    log = tmp_path / "said"
    beside = Beside(clone, environment, tmp_path / "said beside")

    def run(command: str, shows: Sequence[str] = ()) -> Done:
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environment[name] = value.replace("~", str(tmp_path))
            return Done(0, "")
        if command.endswith(" &"):
            return beside.start(command.removesuffix(" &"), shows)
        if command.startswith("kill ") and command.endswith(" %1"):
            return beside.end(signal.SIGKILL if " -9 " in command else signal.SIGTERM)
        alone = command.startswith((".venv/bin/yishi ", "yishi ")) and not re.search(r"[|<>;&]", command)
        code = (ours if alone else shelled)(command, clone, environment, log)
        return Done(code, log.read_text(encoding="utf-8"))

    yield run
    beside.end(signal.SIGTERM)


class Beside:
    """The one job of a page that runs in the background: a `yishi serve`."""

    def __init__(self, folder: Path, environment: dict[str, str], log: Path) -> None:
        self.folder, self.environment, self.log = folder, environment, log
        self.job: Any = None

    def start(self, command: str, shows: Sequence[str]) -> Done:
        """Start it and wait until it answers and has said what is to be read, or has ended: it answers before all is said."""
        words = expanded(command, self.folder, self.environment)
        data = words[words.index("--data") + 1] if "--data" in words else self.environment["YISHI_FOLDER"]
        self.log.touch()
        self.job = commanded(words, self.folder, self.environment, self.log)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.job.exitcode is None:
            if self._answers(self.folder / data) and not self._done().misses(shows):
                break
            self.job.join(0.05)
        return self._done()

    def _answers(self, data: Path) -> bool:
        """Whether the job, and no other process before it, has opened the door of the data folder."""
        try:
            told = json.loads((data / "door.json").read_text(encoding="utf-8"))
            return bool(told["pid"] == self.job.pid) and httpx.get(f"{told['url']}/v1", timeout=20) is not None
        except (OSError, ValueError, KeyError, httpx.HTTPError):
            return False

    def end(self, how: signal.Signals) -> Done:
        if self.job is None:
            return Done(0, "")
        if self.job.exitcode is None:
            os.kill(self.job.pid, how)
        self.job.join(PATIENCE_SECONDS)
        assert self.job.exitcode is not None, "it does not end"
        self.job = None
        return self._done()

    def _done(self) -> Done:
        return Done((self.job and self.job.exitcode) or 0, self.log.read_text(encoding="utf-8"))


def expanded(command: str, folder: Path, environment: dict[str, str]) -> list[str]:
    """The words of a command as the shell itself makes them out: quotes taken off, `~`, `$(…)` and `*` written out."""
    words = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, timeout=PATIENCE_SECONDS, check=True,
    )  # fmt: skip
    return words.stdout.decode("utf-8").split("\0")[:-1]


def shelled(command: str, folder: Path, environment: dict[str, str], log: Path) -> int:
    with log.open("w", encoding="utf-8") as said:
        return subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, timeout=PATIENCE_SECONDS, check=False,
        ).returncode  # fmt: skip


def ours(command: str, folder: Path, environment: dict[str, str], log: Path) -> int:
    log.touch()
    process = commanded(expanded(command, folder, environment), folder, environment, log)
    process.join(PATIENCE_SECONDS)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(command)
    return int(process.exitcode)
