"""The rows of a second copy's ledger: examined once, then added to by position, in one transaction, and looked at again.

The copy is a file of SQLite whatever store the original is in: bytes, leaves and roots are the same in both. It is in rollback-journal
mode, which asks nothing of its medium but that a file can be written (FAT has no shared memory files worth trusting). Killed at any moment
it opens at an earlier head.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from yishi.ledger import schema
from yishi.ledger.checks import Commit
from yishi.ledger.mapper import EnvelopeMapper
from yishi.ledger.merkle import Frontier, leaf_hash
from yishi.ledger.opening import opened_for_reading
from yishi.ledger.reader import FILE, Head
from yishi.ledger.store import Store, Stored
from yishi.ledger.transaction import attendance_of
from yishi.mirror.troubles import (
    MirrorAhead,
    MirrorDamaged,
    MirrorNewer,
    MirrorOfAnother,
    MirrorOfOtherKind,
    MirrorParted,
)
from yishi.private import made

EVENTS_AT_ONCE = 2_000  # in one transaction: bounds memory, and what a slow stick holds up
_PRESENT = "INSERT INTO attendance VALUES (?,?,?,?) ON CONFLICT (session, sitting, deputy) DO UPDATE SET present=excluded.present"
_TABLES = {"stored_events": 6, "commits": 3, "commands": 4, "meta": 2}


class Batch(NamedTuple):
    """New rows up to one commit of the source, and where both then end."""

    events: list[tuple[Any, ...]]
    commits: list[Commit]
    commands: list[tuple[Any, ...]]
    head: Head
    more: bool


class Rows:
    """The ledger's rows of one source folder, brought to one target folder. For one thread."""

    def __init__(self, source: Path, target: Path, at_once: int = EVENTS_AT_ONCE) -> None:
        self._source, self._target, self._at_once = source, target, at_once
        self._store: Store | None = None
        self._mapper = EnvelopeMapper()
        self._frontier: Frontier | None = None  # of the copy, once it was examined
        self._without_events: set[str] = set()  # commands of the copy that were answered "already so"

    def forget(self) -> None:
        """Examine the copy anew before the next batch: something went wrong, or another stick may be in."""
        self._frontier = None

    def examine(self) -> None:
        """See that the copy is the beginning of this very record, unless it is as it was left. Writes nothing into another's.

        Raises:
            MirrorRefused: of its kinds. sqlite3.Error, OSError: the medium.
        """
        with self._opened() as copy, self._read() as source:
            if self._frontier is None or not self._ends_at(copy, self._frontier):
                self._frontier = None
                self._frontier = self._examined(copy, source)

    def reached(self) -> int:
        """Where the source ends now."""
        with self._read() as source:
            return max(
                (commit.last for commit in source.commits(self._frontier.size if self._frontier else 0)), default=0
            )

    def close(self) -> None:
        """Let go of the source."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def bring(self, reached: int) -> tuple[Head, bool]:
        """Add one batch to a copy that was examined; where it then ends, and whether there is more.

        Args:
            reached: how far at most; what came after it may name files that are not there yet.

        Raises:
            MirrorDamaged: it did not take what was written. sqlite3.Error, OSError: the medium.
        """
        assert self._frontier is not None
        with self._opened() as copy, self._read() as source:
            if not self._ends_at(copy, self._frontier):
                raise sqlite3.OperationalError("another medium was put in")  # it is examined before the next try
            frontier = self._frontier.copy()
            batch = self._new(source, frontier.size, reached)
            for row in batch.events:
                frontier.append(row[5])
            if (frontier.size, frontier.root().hex()) != batch.head:
                raise sqlite3.DatabaseError(f"the source's roots do not follow at {frontier.size}: run yishi verify")
            self._frontier = None  # until it is known how this went
            self._add(copy, batch)
        with self._opened() as copy:  # a new connection: what is looked at was read from the file again
            if not self._ends_at(copy, frontier):
                raise MirrorDamaged(path=self._target, why=f"{self._size(copy)} ≠ {frontier.size}")
        self._frontier = frontier
        self._without_events |= {c[0] for c in batch.commands if c[3] is None}
        return batch.head, batch.more

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The copy's file, opened for this batch only, so that the stick can be taken out between two."""
        made(self._target / FILE)
        with closing(sqlite3.connect(self._target / FILE, isolation_level=None, timeout=5)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA trusted_schema = OFF")
            yield db

    @contextmanager
    def _read(self) -> Iterator[Stored]:
        """The source, as of one instant."""
        if self._store is None:
            self._store = opened_for_reading(self._source)
        at_the_copy: Exception | None = None
        with self._store.reading() as cursor:
            try:
                yield self._store.stored(cursor)
            except (sqlite3.Error, OSError) as wrong:
                at_the_copy = wrong  # past the source, which would take it for its own
        if at_the_copy is not None:
            raise at_the_copy

    def _examined(self, copy: sqlite3.Connection, source: Stored) -> Frontier:
        """The copy's frontier, once every byte of it was hashed and it was found to be the beginning of this very record."""
        self._of_a_kind(copy, source)
        frontier, theirs = Frontier(), []
        for state, leaf in copy.execute("SELECT state, leaf FROM stored_events ORDER BY position"):
            if not isinstance(state, bytes) or leaf_hash(state) != leaf:
                raise MirrorDamaged(path=self._target, why=f"#{frontier.size + 1}")
            frontier.append(leaf)
            theirs.append(leaf)
        newest = copy.execute("SELECT last_position, root FROM commits ORDER BY 1 DESC LIMIT 1").fetchone()
        if newest is not None and newest != (frontier.size, frontier.root()):
            raise MirrorDamaged(path=self._target, why=f"{frontier.size} ≠ {newest[0]}")
        ours = list(source.leaves(len(theirs)))
        for position, (here, there) in enumerate(zip(ours, theirs, strict=False), 1):
            if here != there:
                kind = MirrorOfAnother if position == 1 else MirrorParted
                raise kind(path=self._target, position=position)
        if len(theirs) > len(ours):
            raise MirrorAhead(path=self._target, found=len(theirs), here=len(ours))
        self._without_events = {
            row[0] for row in copy.execute("SELECT command_id FROM commands WHERE position IS NULL")
        }
        return frontier

    def _of_a_kind(self, copy: sqlite3.Connection, source: Stored) -> None:
        """Make the tables of a new copy; see that an old one is of the same kind of record and of a known format."""
        meta = source.meta()
        copy.execute("BEGIN IMMEDIATE")
        try:
            found = copy.execute("PRAGMA user_version").fetchone()[0]
            if found > schema.FORMAT:
                raise MirrorNewer(path=self._target, found=found, known=schema.FORMAT)
            if not copy.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                for statement in schema.CREATE:
                    copy.execute(statement)
            theirs = dict(copy.execute("SELECT key, value FROM meta").fetchall())
            if theirs.get("kind", meta["kind"]) != meta["kind"]:
                raise MirrorOfOtherKind(path=self._target, found=theirs["kind"], wanted=meta["kind"])
            copy.executemany("INSERT INTO meta VALUES (?,?)", [(key, meta[key]) for key in meta if key not in theirs])
            copy.execute("COMMIT")
        except BaseException:
            copy.rollback()
            raise

    def _new(self, source: Stored, size: int, reached: int) -> Batch:
        """What the source has beyond `size`, as far as one batch goes; it ends where a commit of the source ends."""
        commits = source.commits(size, reached)
        taken = [c for c in commits if c.last <= size + self._at_once] or commits[:1]
        last = taken[-1].last if taken else size
        events = source.events(size, last)
        fresh = [c for c in source.commands_at(size, last) if c[3] is not None or self._is_new(c, last)]
        if taken:
            head = Head(last, taken[-1].root.hex())
        else:
            ending = source.commits(size - 1, size)
            head = Head(size, ending[0].root.hex() if ending else Frontier().root().hex())
        return Batch(events, taken, fresh, head, len(taken) < len(commits))

    def _is_new(self, command: tuple[Any, ...], last: int) -> bool:
        """Of a command that added nothing: whether the copy lacks it, and its answer speaks of nothing the copy lacks."""
        return command[0] not in self._without_events and json.loads(command[2]).get("size", 0) <= last

    def _add(self, copy: sqlite3.Connection, batch: Batch) -> None:
        if not (batch.events or batch.commands):
            return
        attended = [row for e in batch.events for row in attendance_of(self._mapper.read(*e[1:5]).data)]
        copy.execute("BEGIN IMMEDIATE")
        try:
            for table, rows in (
                ("stored_events", batch.events),
                ("commits", batch.commits),
                ("commands", batch.commands),
            ):
                copy.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * _TABLES[table])})", rows)
            copy.executemany(_PRESENT, attended)
            copy.execute("COMMIT")
        except BaseException:
            copy.rollback()
            raise

    @classmethod
    def _ends_at(cls, copy: sqlite3.Connection, frontier: Frontier) -> bool:
        """Whether the copy says of itself that it ends there: as many events, and this root."""
        size = cls._size(copy)
        if size == 0:
            return frontier.size == 0
        newest = copy.execute("SELECT last_position, root FROM commits ORDER BY 1 DESC LIMIT 1").fetchone()
        return (size, newest) == (frontier.size, (frontier.size, frontier.root()))

    @staticmethod
    def _size(copy: sqlite3.Connection) -> int:
        if not copy.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'stored_events'").fetchone()[0]:
            return 0
        return int(copy.execute("SELECT COALESCE(MAX(position), 0) FROM stored_events").fetchone()[0])
