"""Hundreds who sign in at once: how soon everybody is recorded and the quorum light right, against what the disk itself needs.

    python benchmarks/hall.py [--deputies 300 3000] [--rounds 5]

Each round is a new session. All sign in at once, one act each, as that many devices would send them, through the engine's own way
for sign-ins; one watcher is woken by the commits and reads the light. In the same round the same rows are written by bare SQLite with
the same durability, in as many commits; and the same bytes in one write and one fsync. Ratios are medians of the rounds' ratios.

  recorded   the last one is acknowledged
  light      the light shows them all
  sqlite     bare `sqlite3` inserts and commits the rows
  fsync      their bytes, written once and synced
  lag        of each sign-in: from its acknowledgement to a light that counts it (p50, p99). Aim: below a second
"""

import argparse
import asyncio
import logging
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from domain.submission import Actor, Receipt, Submission
from yishi.api.feed import Feed
from yishi.engine import Engine, running
from yishi.hall.light import light_of
from yishi.ledger import schema
from yishi.planning.load import load_plan
from yishi.planning.register import register_fields
from yishi.settings import Settings

PLAN = Path(__file__).parents[1] / "examples" / "luqiao" / "plan.yaml"


class Round(NamedTuple):
    """Seconds; `lags` one for each sign-in."""

    recorded: float
    light: float
    sqlite: float
    fsync: float
    lags: list[float]


async def registered(engine: Engine, deputies: int, number: int) -> tuple[str, str]:
    """A session with that many on its roll: its stream and its first sitting."""
    book = engine.laws.newest()
    plan = load_plan(PLAN, book)
    fields = register_fields(plan, book, engine.vault, rehearsal=True)
    roll = [{"id": f"D{n:04}"} for n in range(1, deputies + 1)]
    groups = [{**group, "members": []} for group in fields["groups"]]
    fields |= {"roll": roll, "groups": groups, "previous_presidium": [], "number": number}
    stream = f"{plan.stream.split('/')[0]}/{fields['term']}-{number}/session/1"
    answer = await engine.submit(act(stream, "register-session", fields, f"{stream}#registered"))
    assert answer.outcome == "recorded", answer
    return stream, fields["sittings"][0]["code"]


def act(stream: str, name: str, fields: dict[str, Any], command_id: str) -> Submission:
    now = datetime(2025, 1, 6, 1, tzinfo=UTC)
    return Submission(
        command_id=command_id, stream=stream, actor=Actor(office="secretariat"), at=now, act=name, fields=fields, recorded_at=now
    )  # fmt: skip


async def signed_in(engine: Engine, stream: str, sitting: str, deputies: int) -> tuple[float, float, list[float]]:
    """All at once, with one who watches: seconds to the last acknowledgement, to the full light, and each one's lag."""
    asked = [
        act(stream, "sign-in", {"sitting": sitting, "deputies": [f"D{n:04}"], "device": "gate"}, f"{stream}#in-{n}")
        for n in range(1, deputies + 1)
    ]
    lit: list[tuple[int, float]] = []  # position, when seen
    told: list[tuple[int, float]] = []
    begun = time.perf_counter()

    async def watch(feed: Feed) -> None:
        present = 0
        while present < deputies:
            shown = await asyncio.to_thread(light_of, engine.ledger, engine.laws, stream, sitting, asked[0].at)
            lit.append((shown["position"], time.perf_counter()))
            present = shown["present"]
            if present < deputies:
                await feed.page(shown["position"], 1, 60)

    async def one(submission: Submission) -> None:
        answer = await engine.submit(submission)
        assert isinstance(answer, Receipt) and answer.events, answer
        told.append((answer.events[0].position, time.perf_counter()))

    async with Feed(engine.ledger) as feed:
        watching = asyncio.create_task(watch(feed))
        await asyncio.gather(*(one(each) for each in asked))
        await watching
    lags = [max(0.0, next(at for seen, at in lit if seen >= position) - at_told) for position, at_told in told]
    return max(at for _, at in told) - begun, lit[-1][1] - begun, lags


def bare(folder: Path, place: Path, since: int) -> tuple[float, float]:
    """Seconds that plain `sqlite3` takes for the rows of those sign-ins, in as many commits; and one write and fsync for the bytes."""
    with sqlite3.connect(f"file:{folder / 'ledger.db'}?mode=ro", uri=True) as db:
        events = db.execute("SELECT * FROM stored_events WHERE position > ? ORDER BY position", (since,)).fetchall()
        commits = db.execute("SELECT * FROM commits WHERE last_position > ? ORDER BY 1", (since,)).fetchall()
        commands = db.execute("SELECT * FROM commands WHERE position > ? ORDER BY position", (since,)).fetchall()
    raw = sqlite3.connect(place / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    for statement in schema.CREATE:
        if not statement.startswith("CREATE TRIGGER"):
            raw.execute(statement)
    begun = time.perf_counter()
    for last, first, root in commits:
        raw.execute("BEGIN IMMEDIATE")
        here = [n for n, row in enumerate(events) if first <= row[0] <= last]
        raw.executemany("INSERT INTO stored_events VALUES (?,?,?,?,?,?)", [events[n] for n in here])
        raw.executemany("INSERT INTO commands VALUES (?,?,?,?)", [commands[n] for n in here])
        raw.execute("INSERT INTO commits VALUES (?,?,?)", (last, first, root))
        raw.execute("COMMIT")
    spent = time.perf_counter() - begun
    raw.close()
    payload = b"".join(row[4] for row in events) + b"".join(row[2] for row in commands)
    begun = time.perf_counter()
    with (place / "bytes").open("wb") as file:
        file.write(payload)
        file.flush()
        os.fsync(file.fileno())
    return spent, time.perf_counter() - begun


async def measured(deputies: int, rounds: int, place: Path) -> list[Round]:
    found = []
    async with running(Settings(folder=place / "data"), "rehearsal") as engine:
        for number in range(1, rounds + 2):
            stream, sitting = await registered(engine, deputies, number)
            since = engine.ledger.head().size
            recorded, light, lags = await signed_in(engine, stream, sitting, deputies)
            beside = place / f"bare-{number}"
            beside.mkdir()
            found.append(Round(recorded, light, *bare(engine.folder, beside, since), lags))
    return found[1:]  # the first warms up


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--deputies", type=int, nargs="+", default=[300, 3000])
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for deputies in given.deputies:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            rounds = asyncio.run(measured(deputies, given.rounds, Path(place)))
        print(f"\n{deputies} sign-ins at once, {given.rounds} rounds")
        for way in ("recorded", "light", "sqlite", "fsync"):
            seconds = [getattr(r, way) for r in rounds]
            of_raw = [getattr(r, way) / r.sqlite for r in rounds]
            middle = statistics.median(seconds)
            print(
                f"  {way:8} {middle * 1000:9.1f} ms   {statistics.median(of_raw):6.2f} × sqlite"
                f"  ({min(of_raw):.2f}-{max(of_raw):.2f})"
            )
        lags = sorted(lag for r in rounds for lag in r.lags)
        p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
        print(f"  lag      p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, longest {lags[-1] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
