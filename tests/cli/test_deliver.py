"""`yishi deliver`: for an office that switches on by hand; what fell due is recorded and what waits delivered, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.shell import yishi
from tests.engine.sleeping import Asleep, awake, played
from yishi.record import reader


@pytest.fixture(scope="module")
async def left(tmp_path_factory: pytest.TempPathFactory) -> Asleep:
    """A small town's session with five open matters whose terms have passed, reminded of on record and delivered to nobody."""
    asleep = await played(tmp_path_factory.mktemp("left") / "data")
    async with awake(asleep.folder, asleep.at + timedelta(days=120)):
        pass
    return asleep


def test_what_waits_is_written_for_each_recipient_once_and_the_record_stays_as_it_is(left: Asleep) -> None:
    ledger = reader(left.folder)
    size, names = ledger.head().size, [e.event.name for e in ledger.notifications(limit=1000)]
    ledger.close()
    assert "session.reminded.v1" in names and "matter.reminded.v1" in names
    told = yishi("deliver", "--data", left.folder, "--clock-is-right")
    assert told.code == 0 and "送达" in told.out
    first = {f.name: f.read_text(encoding="utf-8") for f in (left.folder / "outbox").glob("*.txt")}
    assert any("会议自身的期限" in text for text in first.values())
    again = yishi("deliver", "--data", left.folder, "--clock-is-right", "--lang", "en")
    assert again.code == 0 and "0 notices" in again.out
    assert {f.name: f.read_text(encoding="utf-8") for f in (left.folder / "outbox").glob("*.txt")} == first
    ledger = reader(left.folder)
    assert ledger.head().size == size
    ledger.close()


def test_a_folder_without_a_record_is_left_as_it_is(tmp_path: Path) -> None:
    told = yishi("deliver", "--data", tmp_path / "nothing")
    assert told.code == 2 and "没有会议记录" in told.err and not (tmp_path / "nothing").exists()
