"""Ten thousand open matters: what the deadlines and the list of Monday cost, as multiples of a raw SELECT of the same rows.

  python benchmarks/matters.py [--matters 10000] [--sessions 100] [--rounds 5]

select     `sqlite3` fetches the rows of all streams, as they are stored
events     the same rows read as events: envelope and event validated, nothing folded (the projections cannot be faster)
deadlines  the deadlines' projection over all of them, from nothing
monday     the office's whole list from nothing: deadlines, matters folded, each row told
again      the same list asked for once more: nothing new is read
"""

import argparse
import logging
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.calendar import CHINA
from domain.event import Event
from domain.matter.opening import OpenMatter
from domain.submission import Actor, Submission
from tests.domain.county import county
from tests.domain.following import begun
from yishi.engine import deciders
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.ledger.mapper import Act
from yishi.ledger.reader import LedgerReader
from yishi.ledger.transaction import WriteTransaction
from yishi.projections.deadlines import Deadlines
from yishi.projections.office import Office

NOW = datetime.now(CHINA)
DUE = (NOW + timedelta(days=400)).date()
AT_ONCE = 500  # events a commit


def house() -> tuple[list[Event], Event, Event]:
    """A county's closed session with one resolution to be reported on: its record, and the two events a matter begins with."""
    town = begun(county("closed"), "resolution", subject="关于加强诉源治理的决议", unit="区法院", due=DUE, number="r")
    session = town.record.streams[town.session.stream]
    return session[:-1], session[-1], town.record.streams[town.it.stream][0]


def fill(ledger: Ledger, edition: str, sessions: int, matters: int) -> None:
    """The same session under other names, each with its share of the matters, written by the ledger's own hand."""
    before, begins, opened = house()
    decided: list[tuple[str, Event]] = []
    for s in range(sessions):
        stream = f"county{s}/17-9/session/1"
        decided += [(stream, event) for event in before]
        for n in range(matters // sessions):
            number = f"r{n}"
            decided.append((stream, begins.model_copy(update={"number": number})))
            own = opened.model_copy(update={"number": number, "session": stream})
            decided.append((f"county{s}/17-9/matter/{number}", own))
    for i in range(0, len(decided), AT_ONCE):
        part = decided[i : i + AT_ONCE]
        sent = Submission(
            command_id=f"bench-{i}", stream=part[0][0], actor=Actor(office="clock"), at=NOW, act=OpenMatter.act,
            fields={"session": part[0][0], "number": "r"},
        )  # fmt: skip

        def job(cursor: Any, part: list[tuple[str, Event]] = part, sent: Submission = sent) -> None:
            tx = WriteTransaction(cursor, ledger._writing.recorder, ledger._mapper, deciders(), ledger._tail)
            tx.append(part, Act.of(sent, edition, NOW))

        ledger.write(job).result()


def spent(way: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def followed(ledger: LedgerReader) -> int:
    deadlines = Deadlines()
    after = 0
    while entries := ledger.notifications(after=after, limit=5000):
        for entry in entries:
            deadlines.follow(entry.envelope.stream, entry.event)
        after = entries[-1].position
    return len(deadlines.all())


def read(ledger: LedgerReader) -> int:
    after = 0
    while entries := ledger.notifications(after=after, limit=5000):
        after = entries[-1].position
    return after


def lists(folder: Path, rounds: int) -> None:
    db = sqlite3.connect(f"{(folder / 'ledger.db').as_uri()}?mode=ro", uri=True)
    rows = len(db.execute("SELECT * FROM stored_events").fetchall())
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        office = Office(LedgerReader(folder, deciders()))
        ways: dict[str, Callable[[], Any]] = {
            "select": lambda: db.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall(),
            "events": lambda: read(LedgerReader(folder, deciders())),
            "deadlines": lambda: followed(LedgerReader(folder, deciders())),
            "monday": lambda office=office: office.monday(NOW),
            "again": lambda office=office: office.monday(NOW),
        }
        for way, run in ways.items():
            times.setdefault(way, []).append(spent(run))
    db.close()
    print(f"{rows} events, {rounds} rounds, sqlite {sqlite3.sqlite_version}")
    for way, seconds in times.items():
        to_select, to_events = (
            statistics.median(own / base for base, own in zip(times[base], seconds, strict=True))
            for base in ("select", "events")
        )
        print(
            f"  {way:9} {statistics.median(seconds) * 1e3:8.0f} ms  {to_select:7.2f} times a raw SELECT"
            f"  {to_events:5.2f} times reading the events"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--matters", type=int, default=10_000)
    options.add_argument("--sessions", type=int, default=100)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        folder.mkdir()
        laws = LawLibrary(folder)
        laws.keep(laws.newest())
        with Ledger(folder, deciders(), laws) as ledger:
            fill(ledger, laws.newest().edition, given.sessions, given.matters)
        lists(folder, given.rounds)


if __name__ == "__main__":
    main()
