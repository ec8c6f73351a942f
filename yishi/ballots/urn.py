"""Where the sealed ballots of one open box lie: in a file of its own, sorted by the hashes of their tokens, with no time and no order.

The ledger and this file are never written in one transaction, so nothing stored says that a ballot issued and one in the box belong together.
The file has no write-ahead log, in which the order of arrival would stand; at the closing it is overwritten and removed, tokens and all. Within
a page SQLite may still have rows lie in the order they came while the box is open: that, too, ends with the file.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from yishi.private import made

PRAGMAS = (
    "page_size = 8192",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)
CREATE = (
    "CREATE TABLE IF NOT EXISTS ballots (token BLOB PRIMARY KEY, digest BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS about (what TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


class Put(Enum):
    """What became of a ballot that was to go into the box."""

    TAKEN = "taken"  # it lies in the box, now or since an earlier time
    OTHER = "other"  # another ballot of this token lies there already
    COPY = "copy"  # the very same lies there under another token
    SHUT = "shut"  # the box takes none


class Cast(NamedTuple):
    token_hash: bytes
    sealed: bytes


class Urn(Protocol):
    """What a store of sealed ballots must do; SQLite's is below, another for a larger house keeps to the same.

    Each `put` is durable when it returns, whole or not at all, and is its own transaction: nothing about who was issued a ballot is written
    in it.
    """

    def put(self, casts: Sequence[Cast]) -> list[Put]:
        """Put ballots in, sorted by token; the answers are in the order given."""

    def count(self) -> int: ...

    def holds(self, token_hash: bytes, digest: bytes) -> bool:
        """Whether a ballot with this SHA-256 lies in it under this token."""

    def shut(self) -> None:
        """Take no more ballots, also after a restart, until `unshut`."""

    def unshut(self) -> None: ...

    def ballots(self) -> list[bytes]:
        """All sealed ballots, sorted by their own bytes."""

    def about(self) -> Mapping[str, bytes]:
        """What was said of the box when it was made."""

    def close(self) -> None: ...

    def destroy(self) -> None:
        """Remove everything for ever."""


class SqliteUrn:
    """`Urn` in a SQLite file. For any thread.

    Raises:
        sqlite3.Error, OSError: the file cannot be read or written.
    """

    def __init__(self, path: Path, about: Mapping[str, bytes] | None = None) -> None:
        """
        Args:
            about: makes a new one, and says of it what must be on the disk before any ballot.

        Raises:
            FileNotFoundError: there is none, and none is to be made.
        """
        if about is None and not path.exists():
            raise FileNotFoundError(path.name)
        self._path, self._gate = path, threading.Lock()
        made(path)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            for pragma in PRAGMAS:
                self._db.execute(f"PRAGMA {pragma}")
            self._begin(about or {})
        except BaseException:
            self._db.close()
            raise

    def _begin(self, about: Mapping[str, bytes]) -> None:
        with self._gate, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for statement in CREATE:
                self._db.execute(statement)
            self._db.executemany("INSERT OR IGNORE INTO about VALUES (?,?)", sorted(about.items()))
        _sync_folder(self._path.parent)

    def put(self, casts: Sequence[Cast]) -> list[Put]:
        order = sorted(range(len(casts)), key=lambda at: casts[at])
        told: dict[int, Put] = {}
        with self._gate, self._db:  # commits, or takes all of it back
            self._db.execute("BEGIN IMMEDIATE")
            shut = self._db.execute("SELECT 1 FROM about WHERE what='shut'").fetchone() is not None
            for at in order:
                told[at] = self._one(casts[at], shut=shut)
        return [told[at] for at in range(len(casts))]

    def _one(self, cast: Cast, *, shut: bool) -> Put:
        found = self._db.execute("SELECT sealed FROM ballots WHERE token=?", (cast.token_hash,)).fetchone()
        if found is not None:
            return Put.TAKEN if found[0] == cast.sealed else Put.OTHER
        if shut:
            return Put.SHUT
        put = self._db.execute(
            "INSERT OR IGNORE INTO ballots VALUES (?,?,?)", (cast.token_hash, sha256(cast.sealed).digest(), cast.sealed)
        )
        return Put.TAKEN if put.rowcount else Put.COPY

    def count(self) -> int:
        with self._gate:
            return int(self._db.execute("SELECT COUNT(*) FROM ballots").fetchone()[0])

    def holds(self, token_hash: bytes, digest: bytes) -> bool:
        with self._gate:
            asked = "SELECT 1 FROM ballots WHERE token=? AND digest=?"
            return self._db.execute(asked, (token_hash, digest)).fetchone() is not None

    def shut(self) -> None:
        self._write("INSERT OR IGNORE INTO about VALUES ('shut', x'01')")

    def unshut(self) -> None:
        self._write("DELETE FROM about WHERE what='shut'")

    def _write(self, statement: str) -> None:
        with self._gate, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(statement)

    def ballots(self) -> list[bytes]:
        with self._gate:
            return [row[0] for row in self._db.execute("SELECT sealed FROM ballots ORDER BY sealed")]

    def about(self) -> Mapping[str, bytes]:
        with self._gate:
            return dict(self._db.execute("SELECT what, value FROM about"))

    def close(self) -> None:
        with self._gate:
            self._db.close()

    def destroy(self) -> None:
        """As far as a file system lets us: what a disk keeps of blocks it gave up is beyond any program."""
        self.close()
        for path in (self._path, self._path.with_name(self._path.name + "-journal")):
            if path.exists():
                _overwrite(path)
                path.unlink()
        _sync_folder(self._path.parent)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        size = path.stat().st_size
        for at in range(0, size, 1 << 20):
            file.write(bytes(min(1 << 20, size - at)))
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """See that a file that was just made or removed is so after a power cut, too; where the system knows such a thing."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def written_whole(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file whole or not at all, its owner's alone."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    made(new)
    with new.open("wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync_folder(path.parent)
