"""What is kept of webhooks beside the record: counted for an operator, moved only from where it was read, whole after a fault."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.hooks import Failing
from yishi.hooks.store import FILE, Counts, HookStore

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


def test_a_replay_asked_for_in_the_middle_of_the_last_attempt_is_not_undone_by_its_failing(tmp_path: Path) -> None:
    with closing(HookStore(tmp_path)) as store:
        store.add("down", "https://receiver.example/in", "secret", 0)
        store.told("down", "jia/3-2", 0, 9, BEGAN)
        assert store.failed("down", "jia/3-2", 9, 10, "http-503", BEGAN)
        store.go_back("down", 3, ["jia/3-2"])
        assert not store.failed("down", "jia/3-2", 9, 10, "http-503", BEGAN + timedelta(days=3))
        last = Failing(position=10, since=BEGAN, tries=20)
        assert not store.give_up("down", "jia/3-2", last, "http-503", BEGAN + timedelta(days=3))
        assert (store.position("down", "jia/3-2"), store.dead("down"), store.counts().failing) == (3, [], 0)


def test_what_could_not_be_written_while_somebody_read_is_written_when_asked_again(tmp_path: Path) -> None:
    with closing(HookStore(tmp_path)) as store, closing(sqlite3.connect(tmp_path / FILE)) as reading:
        store._db.execute("PRAGMA journal_mode = DELETE")  # as beside a ledger in PostgreSQL
        store._db.execute("PRAGMA busy_timeout = 0")
        store.add("down", "https://receiver.example/in", "secret", 0)
        store.pause("down", "gone", BEGAN)
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM endpoints").fetchall()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            store.resume("down")
        reading.rollback()
        store.resume("down")
        assert store.counts().paused == 0


def test_what_stands_beyond_the_end_of_a_restored_record_is_put_back_to_it(tmp_path: Path) -> None:
    with closing(HookStore(tmp_path)) as store:
        for name, start in (("old", 0), ("new", 9)):
            store.add(name, "https://receiver.example/in", "secret", start)
        for session, position in (("jia/3-2", 7), ("yi/3-2", 8), ("bing/3-2", 20)):
            store.told("old", session, 0, position, BEGAN)
        store.failed("old", "jia/3-2", 7, 10, "http-503", BEGAN)
        store.failed("old", "bing/3-2", 20, 21, "http-503", BEGAN)
        store.give_up("old", "bing/3-2", Failing(position=21, since=BEGAN, tries=20), "http-503", BEGAN)
        assert store.within(lambda: 8) == 2
        assert [(line.session, line.position, line.failing) for line in store.standings("old")] == [
            ("bing/3-2", 8, None), ("jia/3-2", 7, None), ("yi/3-2", 8, None),
        ]  # fmt: skip
        assert (store.position("new", "jia/3-2"), store.dead("old")) == (8, [])
        assert store.within(lambda: 8) == 0
