"""The library's SQLite recorder over our tables: gap-free positions, leaf hashes, answers by id, attendance by index."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor

from yishi.ledger import schema
from yishi.ledger.datastore import LedgerDatastore
from yishi.ledger.errors import LedgerTooNew, NotALedger

_INSERT = "INSERT INTO stored_events VALUES (?,?,?,?,?,?)"
_COLUMNS = "originator_id, originator_version, topic, state, position"
_SELECT = (
    f"SELECT {_COLUMNS} FROM stored_events WHERE originator_id=? AND originator_version>? ORDER BY originator_version"
)
_NOTIFY = f"SELECT {_COLUMNS} FROM stored_events WHERE position>=? AND position<=?"
_HERE = "FROM attendance WHERE session=? AND sitting=?"


class LedgerRecorder(SQLiteApplicationRecorder):
    """Methods beginning with an underscore work in the caller's transaction, on its cursor (the library's own custom)."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        super().__init__(datastore)

    def construct_create_table_statements(self) -> list[str]:
        return list(schema.CREATE)

    def _create_table(self, c: SQLiteCursor) -> None:
        """Make the tables in a new file; leave an existing ledger as it is.

        Raises:
            LedgerTooNew: a newer program wrote it. NotALedger: the file is something else.
        """
        if self._check_format(c) == 0:
            super()._create_table(c)

    def _check_format(self, c: SQLiteCursor) -> int:
        """The file's format number, 0 for an empty file."""
        found, application = (self._one(c, f"PRAGMA {name}") for name in ("user_version", "application_id"))
        if application != schema.APPLICATION and self._one(c, "SELECT COUNT(*) FROM sqlite_master"):
            raise NotALedger(detail="ledger.db")
        if found > schema.FORMAT:
            raise LedgerTooNew(found=found, known=schema.FORMAT)
        return int(found)

    def _insert_events(self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Add rows at the positions after `size`, with their `leaves`; a row in the way is an error, never replaced."""
        first: int = kwargs["size"] + 1
        leaves: Sequence[bytes] = kwargs["leaves"]
        for position, (s, leaf) in enumerate(zip(stored_events, leaves, strict=True), first):
            c.execute(_INSERT, (position, s.originator_id, s.originator_version, s.topic, s.state, leaf))
        return range(first, first + len(stored_events))

    def _insert_commit(self, c: SQLiteCursor, first: int, last: int, root: bytes) -> None:
        c.execute("INSERT INTO commits VALUES (?,?,?)", (last, first, root))

    def _insert_command(
        self, c: SQLiteCursor, command_id: str, request_sha256: str, answer: bytes, position: int | None
    ) -> None:
        c.execute("INSERT INTO commands VALUES (?,?,?,?)", (command_id, request_sha256, answer, position))

    def _select_command(self, c: SQLiteCursor, command_id: str) -> tuple[str, bytes] | None:
        """The request's hash and the answer it was given."""
        c.execute("SELECT request_sha256, answer FROM commands WHERE command_id=?", (command_id,))
        row = c.fetchone()
        return (row[0], row[1]) if row else None

    def _set_attendance(self, c: SQLiteCursor, rows: Iterable[tuple[str, str, str, int]]) -> None:
        c.executemany(
            "INSERT INTO attendance VALUES (?,?,?,?)"
            " ON CONFLICT (session, sitting, deputy) DO UPDATE SET present = excluded.present",
            rows,
        )

    def _count_present(self, c: SQLiteCursor, session: str, sitting: str) -> int:
        return int(self._one(c, f"SELECT COUNT(*) {_HERE} AND present=1", (session, sitting)))

    def _signed_in(self, c: SQLiteCursor, session: str, sitting: str) -> frozenset[str]:
        c.execute(f"SELECT deputy {_HERE} AND present=1", (session, sitting))
        return frozenset(row[0] for row in c.fetchall())

    def _came(self, c: SQLiteCursor, session: str, sitting: str) -> frozenset[str]:
        """Whoever has a row there signed in once: signing out only turns its flag."""
        c.execute(f"SELECT deputy {_HERE}", (session, sitting))
        return frozenset(row[0] for row in c.fetchall())

    def _attended(self, c: SQLiteCursor, session: str, sitting: str, deputy: str) -> int | None:
        """1 for in, 0 for out (or the number kept under a name); None when there is nothing of it."""
        c.execute(f"SELECT present {_HERE} AND deputy=?", (session, sitting, deputy))
        row = c.fetchone()
        return row[0] if row else None

    def _select_meta(self, c: SQLiteCursor, key: str) -> str | None:
        c.execute("SELECT value FROM meta WHERE key=?", (key,))
        row = c.fetchone()
        return row[0] if row else None

    def _insert_meta(self, c: SQLiteCursor, key: str, value: str) -> None:
        c.execute("INSERT INTO meta VALUES (?,?)", (key, value))

    def _select_version(self, c: SQLiteCursor, stream: str) -> int:
        """The version of a stream's newest event, 0 when it has none."""
        statement = "SELECT COALESCE(MAX(originator_version), 0) FROM stored_events WHERE originator_id=?"
        return int(self._one(c, statement, (stream,)))

    def _select_versions(self, c: SQLiteCursor) -> dict[str, int]:
        """The version of every stream's newest event."""
        c.execute("SELECT originator_id, MAX(originator_version) FROM stored_events GROUP BY originator_id")
        return {row[0]: row[1] for row in c.fetchall()}

    def _select_rows(self, c: SQLiteCursor, stream: str, after: int = 0) -> list[tuple[str, int, str, bytes, int]]:
        """A stream's rows after a version, in order: stream, version, name, bytes, position."""
        c.sqlite_cursor.row_factory = None  # plain tuples: the library's named rows cost as much again
        c.execute(_SELECT, (stream, after))
        rows: list[tuple[str, int, str, bytes, int]] = c.fetchall()
        return rows

    def _select_within(
        self, c: SQLiteCursor, name: str, after: int, limit: int
    ) -> list[tuple[str, int, str, bytes, int]]:
        """Rows at positions after one, of the streams below a name, in order: stream, version, name, bytes, position."""
        c.sqlite_cursor.row_factory = None
        below = f"{_NOTIFY} AND originator_id>=? AND originator_id<? ORDER BY position LIMIT ?"
        c.execute(below, (after + 1, 2**62, f"{name}/", f"{name}0", limit))  # 0 is the character after /
        rows: list[tuple[str, int, str, bytes, int]] = c.fetchall()
        return rows

    def _select_below(
        self, c: SQLiteCursor, names: Sequence[str], after: int
    ) -> list[tuple[str, int, str, bytes, int]]:
        """As `_select_within`, of a few streams among many: found by name, whatever else the log holds (so `+position`)."""
        c.sqlite_cursor.row_factory = None
        one = f"SELECT {_COLUMNS} FROM stored_events WHERE originator_id>=? AND originator_id<? AND +position>?"
        rows: list[tuple[str, int, str, bytes, int]] = []
        for name in names:
            c.execute(one, (f"{name}/", f"{name}0", after))
            rows += c.fetchall()
        return sorted(rows, key=lambda row: row[4])

    def _select_newest_within(self, c: SQLiteCursor, name: str) -> list[tuple[str, int, str, bytes, int]]:
        c.sqlite_cursor.row_factory = None
        newest = f"SELECT {_COLUMNS} FROM stored_events WHERE originator_id>=? AND originator_id<?"
        c.execute(f"{newest} ORDER BY position DESC LIMIT 1", (f"{name}/", f"{name}0"))
        rows: list[tuple[str, int, str, bytes, int]] = c.fetchall()
        return rows

    def _select_streams_with(self, c: SQLiteCursor, name: str) -> list[str]:
        """The streams that hold an event of this name, sorted."""
        c.execute("SELECT DISTINCT originator_id FROM stored_events WHERE topic=? ORDER BY 1", (name,))
        return [row[0] for row in c.fetchall()]

    def _select_act(self, c: SQLiteCursor, command_id: str) -> str | None:
        c.execute("SELECT json_extract(CAST(answer AS TEXT), '$.act') FROM commands WHERE command_id=?", (command_id,))
        row = c.fetchone()
        return row[0] if row else None

    def _select_leaves(self, c: SQLiteCursor) -> Iterator[bytes]:
        """All leaf hashes by position, one after another, without holding them all."""
        for row in c.sqlite_cursor.execute("SELECT leaf FROM stored_events ORDER BY position"):
            yield row[0]

    def _select_head(self, c: SQLiteCursor) -> tuple[int, bytes] | None:
        """How many events the newest commit closed over, and their root."""
        c.execute("SELECT last_position, root FROM commits ORDER BY last_position DESC LIMIT 1")
        row = c.fetchone()
        return (row[0], row[1]) if row else None

    def _select_root(self, c: SQLiteCursor, size: int) -> str | None:
        c.execute("SELECT root FROM commits WHERE last_position=?", (size,))
        row = c.fetchone()
        return row[0].hex() if row else None

    def _select_streams_since(self, c: SQLiteCursor, position: int) -> list[str]:
        c.execute(
            "SELECT originator_id, MIN(position) FROM stored_events WHERE position>? GROUP BY 1 ORDER BY 2", (position,)
        )
        return [row[0] for row in c.fetchall()]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """As the library's, whose own statement reads a column `rowid` that a named key does not have."""
        first = (start or 0) + (0 if inclusive_of_start or start is None else 1)
        among = f" AND topic IN ({','.join('?' * len(topics))})" if topics else ""
        with self.datastore.transaction(commit=False) as c:
            last = stop if stop is not None else 2**62
            c.execute(f"{_NOTIFY}{among} ORDER BY position LIMIT ?", (first, last, *topics, limit))
            return [Notification(*row) for row in c.fetchall()]

    @staticmethod
    def _one(c: SQLiteCursor, statement: str, params: Sequence[Any] = ()) -> Any:
        c.execute(statement, params)
        return c.fetchone()[0]
