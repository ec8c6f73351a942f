"""A fresh clone to try the pages in."""

import json
import multiprocessing
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.docs.pages import ROOT
from yishi.cli.main import MODULES

COPIED = ("examples", "statutes", "docs", "Makefile")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Done:
    exit_code: int
    said: str


Shell = Callable[[str], Done]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Runs one line of a page in a copy of the checkout, with this very environment as its `.venv`.

    `yishi serve … &` goes on beside the lines that follow, once it answers; `kill %1` ends it, and `export` holds for what
    follows, as at a terminal.
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

    def run(command: str) -> Done:
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environment[name] = value.replace("~", str(tmp_path))
            return Done(0, "")
        if command.endswith(" &"):
            return beside.start(command.removesuffix(" &"))
        if command.startswith("kill ") and command.endswith(" %1"):
            return beside.end(signal.SIGKILL if " -9 " in command else signal.SIGTERM)
        words = shlex.split(command)
        plain = words[0] in (".venv/bin/yishi", "yishi") and not re.search(r"[|<>;&$*~]", command)
        code = forked(words, clone, environment, log) if plain else shelled(command, clone, environment, log)
        return Done(code, log.read_text(encoding="utf-8"))

    yield run
    beside.end(signal.SIGTERM)


class Beside:
    """The one job of a page that runs in the background: a `yishi serve`."""

    def __init__(self, folder: Path, environment: dict[str, str], log: Path) -> None:
        self.folder, self.environment, self.log = folder, environment, log
        self.job: subprocess.Popen[bytes] | None = None

    def start(self, command: str) -> Done:
        """Start it and wait until it answers, or has ended."""
        words = shlex.split(command)
        data = words[words.index("--data") + 1] if "--data" in words else self.environment["YISHI_FOLDER"]
        door = self.folder / data.replace("~", self.environment["HOME"]) / "door.json"
        with self.log.open("w", encoding="utf-8") as said:
            self.job = subprocess.Popen(
                ["bash", "-c", f"exec {command}"], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=said, stderr=said,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.job.poll() is None and not answers(door, self.job.pid):
            time.sleep(0.05)
        return Done(self.job.poll() or 0, self.log.read_text(encoding="utf-8"))

    def end(self, how: signal.Signals) -> Done:
        if self.job is None:
            return Done(0, "")
        self.job.send_signal(how)
        self.job.wait(PATIENCE_SECONDS)
        self.job = None
        return Done(0, self.log.read_text(encoding="utf-8"))


def answers(door: Path, pid: int) -> bool:
    """Whether that process has opened its door."""
    try:
        told = json.loads(door.read_text(encoding="utf-8"))
        httpx.get(f"{told['url']}/v1", timeout=1)
    except (OSError, ValueError, KeyError, httpx.HTTPError):
        return False
    return bool(told.get("pid") == pid)


def shelled(command: str, folder: Path, environment: dict[str, str], log: Path) -> int:
    with log.open("w", encoding="utf-8") as said:
        return subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT, timeout=PATIENCE_SECONDS, check=False,
        ).returncode  # fmt: skip


def forked(words: list[str], folder: Path, environment: dict[str, str], log: Path) -> int:
    """The same `yishi` in a process of its own, made from one that has loaded it already: loading is most of what it costs."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["yishi.cli.main", *MODULES])
    process = context.Process(target=_main, args=(words, folder, environment, log))
    process.start()
    process.join(PATIENCE_SECONDS)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(shlex.join(words))
    return process.exitcode


def _main(words: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for standard in (1, 2):
        os.dup2(said, standard)
    for stream in ("stdout", "stderr"):
        setattr(sys, stream, open(getattr(sys, f"__{stream}__").fileno(), "w", encoding="utf-8", closefd=False))  # noqa: SIM115
    sys.argv = words
    from yishi.cli.main import main  # noqa: PLC0415 # loaded in the process this one was made from

    main()
