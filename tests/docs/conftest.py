"""A fresh clone to try the pages in."""

import multiprocessing
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
def shell(tmp_path: Path) -> Shell:
    """Runs one line of a page in a copy of the checkout, with this very environment as its `.venv`."""
    if sys.platform == "win32" or shutil.which("bash") is None:
        pytest.skip("the pages' commands are for a POSIX shell")
    clone = tmp_path / "yishi"
    clone.mkdir()
    for name in COPIED:
        source = ROOT / name
        shutil.copytree(source, clone / name) if source.is_dir() else shutil.copyfile(source, clone / name)
    (clone / ".venv").symlink_to(sys.prefix)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("YISHI_")}
    environment |= {"HOME": str(tmp_path), "PYTHONUTF8": "1", "COLUMNS": "200"}
    log = tmp_path / "said"

    def run(command: str) -> Done:
        words = shlex.split(command)
        plain = words[0] == ".venv/bin/yishi" and not re.search(r"[|<>;&$*]", command)
        code = forked(words, clone, environment, log) if plain else shelled(command, clone, environment, log)
        return Done(code, log.read_text(encoding="utf-8"))

    return run


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
