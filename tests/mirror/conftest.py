"""A real ledger of chairs in a real data folder, and a place for its second copy."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.conftest import undisturbed  # noqa: F401 # a fixture
from tests.ledger.toy import DECIDERS, NINE, ToyLaws
from yishi.folder import DataFolder
from yishi.ledger.ledger import Ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with DataFolder.open(tmp_path / "会议", "real") as opened:
        return opened.path


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where a stick is plugged in; the copy is a folder on it."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def true_stick(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, mounted for the test."""
    disk = tmp_path / "true stick"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)
