"""`views.db` beside the ledger: brought up to the newest entry whenever it is asked, by whoever asks; worked out anew when in doubt.

In doubt it is when its code is another, when its position and root are not of this record, and when it cannot be read. Where nothing
can be written (a medium for reading only, a second copy), the same is done in memory.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import RLock
from typing import TypeVar

from domain.text import Text
from yishi.folder import FolderTrouble, look
from yishi.ledger.reader import Instant, LedgerReader
from yishi.private import made
from yishi.projections.views.edition import edition
from yishi.projections.views.following import Following
from yishi.projections.views.tables import TABLES

T = TypeVar("T")

FILE = "views.db"
WAIT_SECONDS = 60.0
OTHER_CODE = Text("程序版本有变化", "another version of the program")
OTHER_RECORD = Text("不是这份记录的", "it was of another record")
DAMAGED = Text("文件损坏", "the file was damaged")


class Views:
    """The views of one ledger. For any thread, and beside other processes: each brings them up to date in one transaction.

    Attributes:
        anew: why they were worked out anew since this was made, None when they were not (or when there were none).
    """

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger
        self._file = ledger.folder / FILE
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None
        self._inode: int | None = None  # None: in memory
        self.anew: Text | None = None

    def read(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """What is asked of the tables as of the newest entry, in one transaction."""
        with self._lock:
            try:
                return self._answer(self._opened(), ask)
            except sqlite3.Error as fault:
                self._close()
                if not _busy(fault):  # one that others have held for a minute stays as it is
                    self._discard()
            try:
                return self._answer(self._opened(), ask)
            except sqlite3.Error:
                self._close()
            return self._answer(self._in_memory(), ask)

    def follow(self) -> None:
        """Bring them up to the newest entry."""
        self.read(lambda db: None)

    def close(self) -> None:
        with self._lock:
            self._close()

    def _answer(self, db: sqlite3.Connection, ask: Callable[[sqlite3.Connection], T]) -> T:
        self._catch_up(db)
        db.execute("BEGIN")
        try:
            return ask(db)
        finally:
            db.execute("ROLLBACK")  # nothing was written

    def _catch_up(self, db: sqlite3.Connection) -> None:
        with self._ledger.instant() as now:
            if _known(db) == (edition(), now.head.size, now.head.root):
                return
        db.execute("BEGIN IMMEDIATE")
        try:
            with self._ledger.instant() as now:  # now nobody else brings them further
                self._take_in(db, now)
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise

    def _take_in(self, db: sqlite3.Connection, now: Instant) -> None:
        known, head = _known(db), now.head
        after = 0
        if known is not None and known[0] == edition() and (not known[1] or now.root_at(known[1]) == known[2]):
            after = known[1]
        else:
            if known is not None:
                self.anew = OTHER_CODE if known[0] != edition() else OTHER_RECORD
            _make(db)
        if after < head.size:
            Following(db, now).follow(after)
        said = (("code", edition()), ("size", str(head.size)), ("root", head.root))
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", said)

    def _opened(self) -> sqlite3.Connection:
        if self._db is not None and (self._inode is None or self._inode == _inode(self._file)):
            return self._db
        self._close()
        if _is_copy(self._ledger.folder):
            return self._in_memory()
        try:
            made(self._file)
        except OSError:
            return self._in_memory()
        db = _connected(str(self._file), WAIT_SECONDS)
        self._db, self._inode = db, _inode(self._file)
        [(found,)] = db.execute("PRAGMA quick_check(1)")
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        return db

    def _discard(self) -> None:
        """Take a file away that cannot be read."""
        self.anew = DAMAGED
        with suppress(OSError):
            for end in ("-journal", "-wal", "-shm", ""):
                self._file.with_name(FILE + end).unlink(missing_ok=True)

    def _in_memory(self) -> sqlite3.Connection:
        """A copy of the file as far as it can be read, else from the beginning."""
        db = _connected(":memory:")
        with suppress(sqlite3.Error):
            uri = f"{self._file.absolute().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as there:
                there.backup(db)
        try:
            _known(db)
            [(found,)] = db.execute("PRAGMA quick_check(1)")
        except sqlite3.Error:
            found = ""
        if found != "ok":
            db.close()
            db = _connected(":memory:")
        self._db, self._inode = db, None
        return db

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
        self._db, self._inode = None, None


def _known(db: sqlite3.Connection) -> tuple[str, int, str] | None:
    """By which code they were made, and of which position and root of the record they are; None when there are none."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name='meta'").fetchall():
        return None
    said = dict(db.execute("SELECT key, value FROM meta"))
    return (said["code"], int(said["size"]), said["root"]) if {"code", "size", "root"} <= set(said) else None


def _make(db: sqlite3.Connection) -> None:
    """All tables anew, empty."""
    for name, kind in db.execute("SELECT name, type FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
        if kind == "table":
            db.execute(f'DROP TABLE "{name}"')
    for statement in TABLES:
        db.execute(statement)


def _connected(where: str, wait: float = 0.0) -> sqlite3.Connection:
    """A connection whose commits are on the disk before they hold. Its journal is rolled back, not written ahead: several may write."""
    db = sqlite3.connect(where, timeout=wait, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def _busy(fault: sqlite3.Error) -> bool:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None


def _is_copy(folder: Path) -> bool:
    """Whether it is a second copy, in which nobody works: a stick that is to be taken out."""
    try:
        marker = look(folder)
    except FolderTrouble:
        return False
    return marker is not None and marker.purpose == "mirror"
