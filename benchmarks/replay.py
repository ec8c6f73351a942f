"""What it costs to fold a stream through our validating mapper, as a multiple of a raw SELECT of the same rows (aim: 5 or less).

  python benchmarks/replay.py [--rounds 9] [--events 3000]

select   `sqlite3` fetches the rows of the stream
library  the library's own `select_events`: rows as StoredEvent, nothing decoded
fold     `LedgerReader.state`: fetch, validate envelope and event, evolve
"""

import argparse
import logging
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.seats import DECIDERS, EDITION, NINE, Laws, seated, submission
from yishi.ledger.ledger import Ledger
from yishi.ledger.mapper import Act
from yishi.ledger.reader import LedgerReader
from yishi.ledger.transaction import WriteTransaction

STREAM = "yuanhua/17-9/seat/1"


def fill(ledger: Ledger, events: int) -> None:
    """One stream of many events, written by the ledger's own hand."""

    def job(cursor: Any) -> None:
        tx = WriteTransaction(cursor, ledger._writing.recorder, ledger._mapper, DECIDERS, ledger._tail)
        tx.append([(STREAM, seated(n)) for n in range(events)], Act.of(submission(0), EDITION, NINE))

    ledger.write(job).result()


def spent(way: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--events", type=int, default=3000)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as place, Ledger(Path(place), DECIDERS, Laws()) as ledger:
        fill(ledger, given.events)
        readers = iter([LedgerReader(Path(place), DECIDERS) for _ in range(given.rounds + 1)])  # each folds anew
        db = sqlite3.connect(f"{(Path(place) / 'ledger.db').as_uri()}?mode=ro", uri=True)
        select = "SELECT * FROM stored_events WHERE originator_id=? ORDER BY originator_version"
        recorder: Any = ledger._recorder  # SQLite's is the library's own
        ways: dict[str, Callable[[], Any]] = {
            "select": lambda: db.execute(select, (STREAM,)).fetchall(),
            "library": lambda: recorder.select_events(STREAM),
            "fold": lambda: next(readers).state(STREAM),
        }
        assert ways["fold"]() == given.events == len(ways["select"]())
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(given.rounds):
            for way, run in ways.items():
                times[way].append(spent(run))
        db.close()
    print(f"{given.events} events of one stream, {given.rounds} rounds, sqlite {sqlite3.sqlite_version}")
    for way, seconds in times.items():
        ratios = [own / base for base, own in zip(times["select"], seconds, strict=True)]
        print(
            f"  {way:8} {statistics.median(seconds) * 1e3:7.1f} ms  {statistics.median(seconds) / given.events * 1e6:5.1f} µs"
            f" an event   {statistics.median(ratios):5.2f} times a raw SELECT  ({min(ratios):.2f}-{max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
