"""What is asked of a ledger in PostgreSQL, on somebody's cursor: the questions of `yishi.ledger.recorder`, in its dialect."""

from collections.abc import Iterator, Sequence
from typing import Any

from eventsourcing.persistence import Notification

from yishi.ledger.postgres.connections import Cursor, Readers
from yishi.ledger.store import StoredRow

COLUMNS = "originator_id, originator_version, topic, state, position"
LAST = 2**62


class PostgresRecorder:
    """Implements `yishi.ledger.store.Selecting`."""

    def __init__(self, schema: str, readers: Readers) -> None:
        self._readers = readers
        s = self.schema = schema
        self._rows = f"SELECT {COLUMNS} FROM {s}.stored_events WHERE originator_id = %s AND originator_version > %s"
        self._log = f"SELECT {COLUMNS} FROM {s}.stored_events WHERE position >= %s AND position <= %s"
        self._named = f"SELECT {COLUMNS} FROM {s}.stored_events WHERE originator_id >= %s AND originator_id < %s"
        self._here = f"FROM {s}.attendance WHERE session = %s AND sitting = %s"

    def _select_command(self, c: Cursor, command_id: str) -> tuple[str, bytes] | None:
        """The request's hash and the answer it was given."""
        if "\0" in command_id:
            return None  # PostgreSQL keeps no such text
        c.execute(f"SELECT request_sha256, answer FROM {self.schema}.commands WHERE command_id = %s", (command_id,))
        row = c.fetchone()
        return (row[0], row[1]) if row else None

    def _select_act(self, c: Cursor, command_id: str) -> str | None:
        asked = (
            f"SELECT convert_from(answer, 'UTF8')::jsonb ->> 'act' FROM {self.schema}.commands WHERE command_id = %s"
        )
        c.execute(asked, (command_id,))
        row = c.fetchone()
        return row[0] if row else None

    def _count_present(self, c: Cursor, session: str, sitting: str) -> int:
        return int(self._one(c, f"SELECT COUNT(*) {self._here} AND present = 1", (session, sitting)))

    def _signed_in(self, c: Cursor, session: str, sitting: str) -> frozenset[str]:
        c.execute(f"SELECT deputy {self._here} AND present = 1", (session, sitting))
        return frozenset(row[0] for row in c.fetchall())

    def _came(self, c: Cursor, session: str, sitting: str) -> frozenset[str]:
        """Whoever has a row there signed in once: signing out only turns its flag."""
        c.execute(f"SELECT deputy {self._here}", (session, sitting))
        return frozenset(row[0] for row in c.fetchall())

    def _attended(self, c: Cursor, session: str, sitting: str, deputy: str) -> int | None:
        """1 for in, 0 for out (or the number kept under a name); None when there is nothing of it."""
        c.execute(f"SELECT present {self._here} AND deputy = %s", (session, sitting, deputy))
        row = c.fetchone()
        return row[0] if row else None

    def _select_hall(self, c: Cursor, session: str, sitting: str) -> dict[str, int]:
        """Everything that is kept of one sitting."""
        c.execute(f"SELECT deputy, present {self._here}", (session, sitting))
        return {row[0]: row[1] for row in c.fetchall()}

    def _select_meta(self, c: Cursor, key: str) -> str | None:
        c.execute(f"SELECT value FROM {self.schema}.meta WHERE key = %s", (key,))
        row = c.fetchone()
        return row[0] if row else None

    def _select_version(self, c: Cursor, stream: str) -> int:
        """The version of a stream's newest event, 0 when it has none."""
        asked = f"SELECT COALESCE(MAX(originator_version), 0) FROM {self.schema}.stored_events WHERE originator_id = %s"
        return int(self._one(c, asked, (stream,)))

    def _select_versions(self, c: Cursor) -> dict[str, int]:
        """The version of every stream's newest event."""
        c.execute(
            f"SELECT originator_id, MAX(originator_version) FROM {self.schema}.stored_events GROUP BY originator_id"
        )
        return {row[0]: row[1] for row in c.fetchall()}

    def _select_rows(self, c: Cursor, stream: str, after: int = 0) -> list[StoredRow]:
        """A stream's rows after a version, in order: stream, version, name, bytes, position."""
        return c.execute(f"{self._rows} ORDER BY originator_version", (stream, after)).fetchall()

    def _select_within(self, c: Cursor, name: str, after: int, limit: int) -> list[StoredRow]:
        """Rows at positions after one, of the streams below a name, in order."""
        asked = f"{self._log} AND originator_id >= %s AND originator_id < %s ORDER BY position LIMIT %s"
        return c.execute(asked, (after + 1, LAST, f"{name}/", f"{name}0", limit)).fetchall()

    def _select_below(self, c: Cursor, names: Sequence[str], after: int) -> list[StoredRow]:
        """As `_select_within`, of a few streams among many: found by name, whatever else the log holds (so `position + 0`)."""
        rows: list[StoredRow] = []
        for name in names:
            c.execute(f"{self._named} AND position + 0 > %s", (f"{name}/", f"{name}0", after))
            rows += c.fetchall()
        return sorted(rows, key=lambda row: row[4])

    def _select_newest_within(self, c: Cursor, name: str) -> list[StoredRow]:
        c.execute(f"{self._named} ORDER BY position DESC LIMIT 1", (f"{name}/", f"{name}0"))
        return c.fetchall()

    def _select_streams_with(self, c: Cursor, name: str) -> list[str]:
        """The streams that hold an event of this name, sorted."""
        c.execute(
            f"SELECT DISTINCT originator_id FROM {self.schema}.stored_events WHERE topic = %s ORDER BY 1", (name,)
        )
        return [row[0] for row in c.fetchall()]

    def _select_head(self, c: Cursor) -> tuple[int, bytes] | None:
        """How many events the newest commit closed over, and their root."""
        c.execute(f"SELECT last_position, root FROM {self.schema}.commits ORDER BY last_position DESC LIMIT 1")
        row = c.fetchone()
        return (row[0], row[1]) if row else None

    def _select_root(self, c: Cursor, size: int) -> str | None:
        c.execute(f"SELECT root FROM {self.schema}.commits WHERE last_position = %s", (size,))
        row = c.fetchone()
        return row[0].hex() if row else None

    def _select_streams_since(self, c: Cursor, position: int) -> list[str]:
        asked = f"SELECT originator_id, MIN(position) FROM {self.schema}.stored_events WHERE position > %s GROUP BY 1 ORDER BY 2"
        c.execute(asked, (position,))
        return [row[0] for row in c.fetchall()]

    def _select_frontier(self, c: Cursor) -> tuple[int, bytes, bytes] | None:
        """The newest place where the tree was noted: its size, its peaks, and the root that was committed there."""
        c.execute(
            f"SELECT f.size, f.peaks, c.root FROM {self.schema}.frontiers f"
            f" JOIN {self.schema}.commits c ON c.last_position = f.size ORDER BY f.size DESC LIMIT 1"
        )
        row = c.fetchone()
        return (row[0], row[1], row[2]) if row else None

    def _select_since(self, c: Cursor, position: int) -> Iterator[tuple[str, int, bytes, bytes | None]]:
        """What came after a position: stream, version, leaf, and the root where a commit ended."""
        c.execute(
            f"SELECT e.originator_id, e.originator_version, e.leaf, c.root FROM {self.schema}.stored_events e"
            f" LEFT JOIN {self.schema}.commits c ON c.last_position = e.position WHERE e.position > %s ORDER BY e.position",
            (position,),
        )
        yield from c

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = (start or 0) + (0 if inclusive_of_start or start is None else 1)
        among = " AND topic = ANY (%s)" if topics else ""
        last = stop if stop is not None else LAST
        with self._readers.instant() as c:
            asked = (first, last, *([list(topics)] if topics else []), limit)
            c.execute(f"{self._log}{among} ORDER BY position LIMIT %s", asked)
            return [Notification(*row) for row in c.fetchall()]

    @staticmethod
    def _one(c: Cursor, statement: str, params: Sequence[Any] = ()) -> Any:
        row = c.execute(statement, params).fetchone()
        assert row is not None
        return row[0]
