"""A fresh clone to try the pages in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

Shell = Callable[[str], subprocess.CompletedProcess[str]]
COPIED = ("examples", "statutes", "docs", "Makefile")


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

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
