"""How much of raw SQLite's append rate the ledger keeps, writing the same rows with the same durability in the same run.

    python benchmarks/append.py [--rounds 7] [--acts 2000]

Three ways write the same acts (one event each) into new files with the same tables and pragmas: one act a COMMIT, and groups
of 100. Rounds alternate; the figure is the median of the rounds' ratios, because a disk's mood outlasts a round.

  raw     the rows are already made; `sqlite3` inserts them and commits
  store   the rows' bytes are already made: leaf hashes, roots, savepoints, and the writer's thread come on top
  append  the events are already decided: envelope, canonical bytes, receipt and its canonical bytes as well
  record  the whole way of an act from its submission: request hash, look-up of its id, judging, folding as well
"""

import argparse
import logging
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import structlog
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.seats import DECIDERS, EDITION, NINE, Laws, seated, submission
from domain.submission import Receipt
from yishi.ledger import schema
from yishi.ledger.canonical import canonical
from yishi.ledger.ledger import Ledger
from yishi.ledger.mapper import Act
from yishi.ledger.merkle import leaf_hash
from yishi.ledger.transaction import WriteTransaction

Start = Callable[[Ledger], "Future[Any]"]


def rows_of(folder: Path, table: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(folder / "ledger.db")
    try:
        return db.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        db.close()


def raw(folder: Path, events: list[Any], commands: list[Any], commits: list[Any], group: int) -> float:
    """Seconds that plain `sqlite3` takes for the rows."""
    folder.mkdir()
    db = sqlite3.connect(folder / "ledger.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    for statement in schema.CREATE:
        db.execute(statement)
    begun = time.perf_counter()
    for n, at in enumerate(range(0, len(events), group)):
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", events[at : at + group])
        db.executemany("INSERT INTO commands VALUES (?,?,?,?)", commands[at : at + group])
        db.execute("INSERT INTO commits VALUES (?,?,?)", commits[n])
        db.execute("COMMIT")
    spent = time.perf_counter() - begun
    db.close()
    return spent


def ours(folder: Path, starts: list[Start], group: int) -> float:
    """Seconds that the ledger takes for acts put before its writer, `group` of them waiting at a time."""
    with Ledger(folder, DECIDERS, Laws(), clock=lambda: NINE) as ledger:
        begun = time.perf_counter()
        for at in range(0, len(starts), group):
            together(ledger, starts[at : at + group])
        return time.perf_counter() - begun


def together(ledger: Ledger, starts: list[Start]) -> None:
    """Have acts come into one transaction, by a closed gate before them, and wait for all answers."""
    gate, standing = threading.Event(), threading.Event()
    if len(starts) > 1:
        ledger.write(lambda cursor: stand(standing, gate))
        standing.wait()
    waiting = [start(ledger) for start in starts]
    gate.set()
    for future in waiting:
        future.result()


def stand(standing: threading.Event, gate: threading.Event) -> None:
    standing.set()
    gate.wait()


def stored(row: tuple[Any, ...], command: tuple[Any, ...]) -> Start:
    event = StoredEvent(*row[1:5])

    def write(ledger: Ledger) -> Future[Any]:
        def job(cursor: SQLiteCursor) -> None:
            frontier, leaf = ledger._tail.frontier, leaf_hash(event.state)
            ledger._writing.recorder._insert_events(cursor, [event], size=frontier.size, leaves=[leaf])
            frontier.append(leaf)
            frontier.root()
            ledger._writing.recorder._insert_command(cursor, *command)

        return ledger.write(job)

    return write


def appended(n: int, request: str) -> Start:
    asked, event = submission(n), seated(n)

    def write(ledger: Ledger) -> Future[Any]:
        def job(cursor: SQLiteCursor) -> None:
            recorder, frontier = ledger._writing.recorder, ledger._tail.frontier
            tx = WriteTransaction(cursor, recorder, ledger._mapper, DECIDERS, ledger._tail)
            events = tx.append([(asked.stream, event)], Act.of(asked, EDITION, NINE))
            root = frontier.root().hex()
            receipt = Receipt(command_id=asked.command_id, act=asked.act, events=events, size=frontier.size, head=root)
            answer = canonical(receipt.model_dump(mode="json"))
            recorder._insert_command(cursor, asked.command_id, request, answer, events[0].position)

        return ledger.write(job)

    return write


def recorded(n: int) -> Start:
    asked = submission(n)
    return lambda ledger: ledger._submit(asked)


def measure(acts: int, rounds: int, group: int, place: Path) -> dict[str, list[float]]:
    """Seconds by way, one a round; the rows all ways write are those of a first run of the whole way."""
    first = place / "first"
    ours(first, [recorded(n) for n in range(acts)], group)
    events, commits = rows_of(first, "stored_events"), rows_of(first, "commits")
    by_id = {row[0]: row for row in rows_of(first, "commands")}
    commands = [by_id[submission(n).command_id] for n in range(acts)]
    ways: dict[str, Callable[[Path], float]] = {
        "raw": lambda folder: raw(folder, events, commands, commits, group),
        "store": lambda folder: ours(folder, [stored(*pair) for pair in zip(events, commands, strict=True)], group),
        "append": lambda folder: ours(folder, [appended(n, commands[n][1]) for n in range(acts)], group),
        "record": lambda folder: ours(folder, [recorded(n) for n in range(acts)], group),
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds):
        for way in (list(ways) * 2)[turn % len(ways) :][: len(ways)]:  # another one begins each round
            folder = place / f"{way}-{turn}"
            spent[way].append(ways[way](folder))
            assert rows_of(folder, "stored_events") == events and rows_of(folder, "commits") == commits
            shutil.rmtree(folder)
    shutil.rmtree(first)
    return spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--acts", type=int, default=2000)
    options.add_argument("--place", type=Path, default=None, help="folder on the disk to measure")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        for group, aim in ((1, 0.5), (100, 0.8)):
            spent = measure(given.acts, given.rounds, group, Path(place))
            print(
                f"\n{group} act(s) a COMMIT, {given.acts} acts, {given.rounds} rounds, sqlite {sqlite3.sqlite_version}"
            )
            for way, seconds in spent.items():
                shares = [base / own for base, own in zip(spent["raw"], seconds, strict=True)]
                share, apart = statistics.median(shares), f"{min(shares):.2f}-{max(shares):.2f}"
                each = statistics.median(seconds) / given.acts * 1e6
                print(f"  {way:7} {each:8.1f} µs an act   share of raw {share:.2f}  ({apart}; aim {aim})")


if __name__ == "__main__":
    main()
