"""A real ledger in a real folder for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.toy import DECIDERS, NINE, ToyLaws
from yishi.ledger.ledger import Ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "会议"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as opened:
        yield opened
