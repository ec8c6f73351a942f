"""A ledger in a file of SQLite row by row, for those who examine or copy it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yishi.ledger import schema
from yishi.ledger.checks import Commit, Row
from yishi.ledger.verification import Report

_EVENTS = "SELECT position, originator_id, originator_version, topic, state, leaf FROM stored_events"


class SqliteStored:
    """Implements `yishi.ledger.store.Stored` on a connection that sees one instant."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def health(self, report: Report) -> None:
        """The file is whole, and still refuses changes."""
        for (detail,) in self._all("PRAGMA integrity_check(20)"):
            if detail != "ok":
                report("store", detail=detail)
        guards = dict(self._all("SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
        for name, statement in schema.TRIGGERS.items():
            if guards.get(name) != statement:
                report("guard", name=name)

    def rows(self, report: Report) -> Iterator[Row]:
        """The events by position; bytes that somebody stored as text are named and read as what they would be."""
        for row in self._cursor().execute(f"{_EVENTS} ORDER BY position"):
            state, leaf = row[4], row[5]
            if not (isinstance(state, bytes) and isinstance(leaf, bytes)):
                report("canonical", row[0], detail="不是字节 / not bytes")
                state, leaf = (
                    v if isinstance(v, bytes) else str(v).encode(errors="surrogateescape") for v in (state, leaf)
                )
            yield Row(row[0], row[1], row[2], row[3], state, leaf)

    def events(self, after: int, last: int) -> list[tuple[Any, ...]]:
        return self._all(f"{_EVENTS} WHERE position > ? AND position <= ? ORDER BY position", (after, last))

    def leaves(self, count: int) -> Iterable[bytes]:
        asked = "SELECT leaf FROM stored_events ORDER BY position LIMIT ?"
        return (row[0] for row in self._cursor().execute(asked, (count,)))

    def commits(self, after: int = 0, last: int | None = None) -> list[Commit]:
        asked = "SELECT last_position, first_position, root FROM commits WHERE last_position > ?"
        until = " AND last_position <= ?" if last is not None else ""
        rows = self._all(f"{asked}{until} ORDER BY 1", (after,) if last is None else (after, last))
        return [Commit(*row) for row in rows]

    def commands(self) -> Iterable[tuple[str, bytes, int | None]]:
        return self._cursor().execute("SELECT command_id, answer, position FROM commands")

    def commands_at(self, after: int, last: int) -> list[tuple[Any, ...]]:
        return self._all(
            "SELECT command_id, request_sha256, answer, position FROM commands"
            " WHERE position IS NULL OR (position > ? AND position <= ?)",
            (after, last),
        )

    def attendance(self) -> Mapping[tuple[str, str, str], int]:
        return {row[:3]: row[3] for row in self._all("SELECT session, sitting, deputy, present FROM attendance")}

    def meta(self) -> Mapping[str, str]:
        return dict(self._all("SELECT key, value FROM meta"))

    def issued(self) -> int:
        found = self._all("SELECT seq FROM sqlite_sequence WHERE name='stored_events'")
        return int(found[0][0]) if found else 0

    def _cursor(self) -> sqlite3.Cursor:
        cursor = self._db.cursor()
        cursor.row_factory = None  # plain tuples
        return cursor

    def _all(self, asked: str, given: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._cursor().execute(asked, given).fetchall()


def as_it_stands(text: bytes) -> str:
    """Broken text is a finding in its row, not our end."""
    return text.decode(errors="surrogateescape")
