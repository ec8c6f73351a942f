"""Where the sealed ballots of one open box lie: in a file of its own, in two lists, of tokens spent and of ballots, with no time and no order.

The ledger and this file are never written in one transaction, so nothing stored says that a ballot issued and one in the box belong together.
No row joins a token to its ballot either. The file has no write-ahead log, in which the order of arrival would stand; at the closing it is
overwritten and removed, tokens and all. Within a page SQLite may still have rows lie in the order their groups came while the box is open:
that, too, ends with the file, and a copy of it is sorted anew (`copied`).
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from yishi.private import made, opened_new

PRAGMAS = (
    "page_size = 8192",
    "journal_mode = TRUNCATE",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)
CREATE = (
    "CREATE TABLE IF NOT EXISTS tokens (token BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS ballots (digest BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID",
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
        """Whether this token was spent and a ballot with this SHA-256 lies in the box."""

    def shut(self) -> bool:
        """Take no more ballots, also after a restart, until `unshut`. Returns whether it took any until now."""

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
        with self._gate, self._db:  # commits, or takes all of it back
            self._db.execute("BEGIN IMMEDIATE")
            shut = self._db.execute("SELECT 1 FROM about WHERE what='shut'").fetchone() is not None
            spent: dict[bytes, bytes] = {}
            new: dict[bytes, bytes] = {}
            told = [self._judged(cast, spent, new, shut=shut) for cast in casts]
            self._lay_in(spent, new)
        return told

    def _judged(self, cast: Cast, spent: dict[bytes, bytes], new: dict[bytes, bytes], *, shut: bool) -> Put:
        """What becomes of one of a group. `spent`: the group's tokens so far, with digests. `new`: its ballots by digest."""
        digest = sha256(cast.sealed).digest()
        if cast.token_hash in spent:
            return Put.TAKEN if spent[cast.token_hash] == digest else Put.OTHER
        there = digest in new or self._has("ballots", "digest", digest)
        if self._has("tokens", "token", cast.token_hash):
            return Put.TAKEN if there else Put.OTHER
        if shut:
            return Put.SHUT
        if there:
            return Put.COPY
        spent[cast.token_hash], new[digest] = digest, cast.sealed
        return Put.TAKEN

    def _lay_in(self, spent: Iterable[bytes], new: Mapping[bytes, bytes]) -> None:
        """Each list in its own order, so that nothing of the group says which ballot came with which token."""
        self._db.executemany("INSERT INTO tokens VALUES (?)", [(token,) for token in sorted(spent)])
        self._db.executemany("INSERT INTO ballots VALUES (?,?)", sorted(new.items()))

    def _has(self, table: str, key: str, value: bytes) -> bool:
        return self._db.execute(f"SELECT 1 FROM {table} WHERE {key}=?", (value,)).fetchone() is not None

    def count(self) -> int:
        with self._gate:
            return int(self._db.execute("SELECT COUNT(*) FROM ballots").fetchone()[0])

    def holds(self, token_hash: bytes, digest: bytes) -> bool:
        with self._gate:
            asked = "SELECT 1 FROM tokens, ballots WHERE token=? AND digest=?"
            return self._db.execute(asked, (token_hash, digest)).fetchone() is not None

    def shut(self) -> bool:
        first = "shut" not in self.about()
        self._write("INSERT OR IGNORE INTO about VALUES ('shut', x'01')")
        return first

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
        destroyed(self._path)


class Looked(NamedTuple):
    """What there is to see of an urn's file from outside."""

    ballots: int
    shut: bool
    about: Mapping[str, bytes]


def looked_at(path: Path) -> Looked:
    """
    Raises:
        sqlite3.Error: it is no urn, or is damaged.
    """
    with closing(_beside(path)) as db:
        about = dict(db.execute("SELECT what, value FROM about"))
        return Looked(int(db.execute("SELECT COUNT(*) FROM ballots").fetchone()[0]), "shut" in about, about)


def wrong_in(path: Path, size: int) -> str:
    """What is wrong with an urn's file in itself, "" when nothing is. `size`: bytes of a sealed ballot."""
    try:
        with closing(_beside(path)) as db:
            if (found := db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                return str(found)
            tokens = db.execute("SELECT COUNT(*) FROM tokens").fetchone()[0]
            ballots = db.execute("SELECT digest, sealed FROM ballots").fetchall()
    except sqlite3.DatabaseError as wrong:
        return str(wrong)
    if tokens != len(ballots):
        return f"{tokens} ≠ {len(ballots)}"
    altered = (digest.hex() for digest, sealed in ballots if sha256(sealed).digest() != digest or len(sealed) != size)
    return next(altered, "")


def copied(path: Path, to: Path) -> None:
    """Copy an urn's file as of one instant, its rows laid down anew in their own order: the copy knows nothing of when which came.

    Raises:
        sqlite3.Error, OSError: nothing is left there under a name that counts.
    """
    arriving = to.with_name(f".arriving-{to.name}")
    try:
        opened_new(arriving).close()
        with closing(_beside(path)) as db:
            db.execute("VACUUM INTO ?", (str(arriving),))
        with arriving.open("r+b") as file:
            os.fsync(file.fileno())
        arriving.replace(to)
        _sync_folder(to.parent)
    except BaseException:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)
        raise


def destroyed(path: Path) -> None:
    """Overwrite and remove an urn's file.

    Raises:
        OSError.
    """
    for each in (path, path.with_name(path.name + "-journal")):
        if each.exists():
            _overwrite(each)
            each.unlink()
    _sync_folder(path.parent)


def _beside(path: Path) -> sqlite3.Connection:
    """A connection beside the one that writes; a transaction that was cut short is rolled back by opening."""
    return sqlite3.connect(path.resolve().as_uri() + "?mode=rw", uri=True, isolation_level=None, timeout=30)


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
