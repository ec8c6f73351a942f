"""A ledger as it stood at a position answers whatever a reader is asked, of what was there then alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.house import play
from yishi.ledger.past import Past, position_at
from yishi.ledger.reader import LedgerReader
from yishi.projections.sessions import sessions
from yishi.record import reader


@pytest.fixture(scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> LedgerReader:
    folder: Path = tmp_path_factory.mktemp("past") / "data"
    await play(folder)
    return reader(folder)


def told(ledger: LedgerReader) -> dict[str, Any]:
    """All that can be asked, but for what belongs to a command and not to a position."""
    (stream,) = sessions(ledger)
    of = stream.removesuffix("/session/1")
    return {
        "head": ledger.head(), "versions": ledger.versions(), "events": ledger.events(stream), "below": ledger.below(of),
        "since": ledger.below_since(3, of), "newest": ledger.newest(of), "page": ledger.notifications(1, 5, within=of),
        "all": ledger.notifications(0, 10_000), "named": ledger.named("session.sitting-opened.v1"),
        "with": ledger.streams_with("session.registered.v1"), "state": ledger.state(stream), "version": ledger.version(stream),
        "present": ledger.present(stream, "plenary-1"), "recorded": ledger.last_recorded_at(), "rehearsal": ledger.rehearsal,
    }  # fmt: skip


def test_at_its_end_the_past_is_the_whole(whole: LedgerReader) -> None:
    size = whole.head().size
    assert told(Past(whole, size)) == told(whole)
    assert position_at(whole, whole.notifications(size - 1)[0].envelope.recorded_at) == size


def test_of_then_nothing_is_told_that_came_later(whole: LedgerReader) -> None:
    every = whole.notifications(0, 10_000)
    for position in range(1, len(every) + 1, 3):
        then, first = Past(whole, position), every[:position]
        assert then.notifications(0, 10_000) == first and then.head().size == position
        assert then.versions() == {e.envelope.stream: e.envelope.version for e in first}
        assert then.last_recorded_at() == first[-1].envelope.recorded_at
        found = told(then)
        entries = [*found["events"], *found["below"], *found["since"], found["newest"], *found["page"], *found["named"]]
        assert max(e.position for e in entries) <= position
        with then.instant() as now:
            assert now.size == position and now.root_at(position + 1) is None
            assert all(now.streams_since(n) == _grown(first, n) for n in (0, position // 2, position))


def _grown(entries: list[Any], after: int) -> list[str]:
    return list(dict.fromkeys(e.envelope.stream for e in entries if e.position > after))
