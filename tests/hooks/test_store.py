"""What is kept of webhooks beside the record, as an operator counts it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.hooks import Failing
from yishi.hooks.store import Counts, HookStore

BEGAN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_counted_are_those_that_fail_since_the_first_of_them_and_not_those_that_are_paused(tmp_path: Path) -> None:
    store = HookStore(tmp_path)
    assert store.counts() == Counts(0, 0, None, 0)
    for name in ("well", "down", "both", "paused"):
        store.add(name, "https://receiver.example/in", "secret", 0)
    store.told("well", "jia/3-2", 0, 5, BEGAN)
    store.failed("down", "jia/3-2", 0, 4, "http-503", BEGAN + timedelta(hours=1))
    store.failed("both", "jia/3-2", 0, 4, "http-503", BEGAN + timedelta(hours=2))
    store.failed("both", "yi/3-2", 0, 7, "http-503", BEGAN + timedelta(hours=3))
    store.failed("paused", "jia/3-2", 0, 4, "gone", BEGAN)
    store.pause("paused", "gone", BEGAN)
    assert store.counts() == Counts(paused=1, failing=2, since=BEGAN + timedelta(hours=1), dead=0)
    failing = Failing(position=4, since=BEGAN + timedelta(hours=1), tries=20)
    store.give_up("down", "jia/3-2", failing, "http-503", BEGAN + timedelta(days=3))
    assert store.counts() == Counts(paused=1, failing=1, since=BEGAN + timedelta(hours=2), dead=1)
    store.close()
