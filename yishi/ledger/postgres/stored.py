"""A ledger in PostgreSQL row by row, for those who examine or copy it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yishi.ledger.checks import Commit, Row
from yishi.ledger.postgres.connections import Cursor
from yishi.ledger.postgres.schema import FUNCTIONS, GUARDS, source_of
from yishi.ledger.verification import Report

PAGE = 2_000  # rows fetched at a time: bounds memory


class PostgresStored:
    """Implements `yishi.ledger.store.Stored` on a cursor whose transaction sees one instant."""

    def __init__(self, cursor: Cursor, schema: str) -> None:
        self._cursor, self._schema = cursor, schema

    def health(self, report: Report) -> None:
        found = self._all(
            "SELECT t.tgname, c.relname, p.proname, t.tgtype, pg_get_expr(t.tgqual, t.tgrelid), t.tgenabled"
            " FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_proc p ON p.oid = t.tgfoid AND p.pronamespace = n.oid WHERE n.nspname = %s",
            (self._schema,),
        )
        guards = {name: (*what, _text(enabled)) for name, *what, enabled in found}
        for guard in GUARDS:
            if guards.get(guard.name) != (*guard[1:], "A"):
                report("guard", name=guard.name)
        sources = dict(
            self._all(
                "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %s",
                (self._schema,),
            )
        )
        for function in FUNCTIONS:
            if sources.get(function) != source_of(function, self._schema):
                report("guard", name=function)

    def rows(self, report: Report) -> Iterable[Row]:
        asked = (
            f"SELECT position, originator_id, originator_version, topic, state, leaf FROM {self._schema}.stored_events"
        )
        for row in self._paged(f"{asked} ORDER BY position", "yishi_rows"):
            yield Row(*row)

    def events(self, after: int, last: int) -> list[tuple[Any, ...]]:
        asked = (
            f"SELECT position, originator_id, originator_version, topic, state, leaf FROM {self._schema}.stored_events"
        )
        return self._all(f"{asked} WHERE position > %s AND position <= %s ORDER BY position", (after, last))

    def leaves(self, count: int) -> Iterable[bytes]:
        asked = f"SELECT leaf FROM {self._schema}.stored_events WHERE position <= {int(count)} ORDER BY position"
        return (row[0] for row in self._paged(asked, "yishi_leaves"))

    def commits(self, after: int = 0, last: int | None = None) -> list[Commit]:
        asked = f"SELECT last_position, first_position, root FROM {self._schema}.commits WHERE last_position > %s"
        until = " AND last_position <= %s" if last is not None else ""
        rows = self._all(f"{asked}{until} ORDER BY 1", (after,) if last is None else (after, last))
        return [Commit(*row) for row in rows]

    def commands(self) -> Iterable[tuple[str, bytes, int | None]]:
        return self._paged(f"SELECT command_id, answer, position FROM {self._schema}.commands", "yishi_commands")

    def commands_at(self, after: int, last: int) -> list[tuple[Any, ...]]:
        return self._all(
            f"SELECT command_id, request_sha256, answer, position FROM {self._schema}.commands"
            " WHERE position IS NULL OR (position > %s AND position <= %s)",
            (after, last),
        )

    def attendance(self) -> Mapping[tuple[str, str, str], int]:
        rows = self._all(f"SELECT session, sitting, deputy, present FROM {self._schema}.attendance", ())
        return {row[:3]: row[3] for row in rows}

    def meta(self) -> Mapping[str, str]:
        return dict(self._all(f"SELECT key, value FROM {self._schema}.meta", ()))

    def issued(self) -> int:
        return int(self._all(f"SELECT COALESCE(MAX(size), 0) FROM {self._schema}.issued", ())[0][0])

    def _all(self, asked: str, given: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return self._cursor.execute(asked, given).fetchall()

    def _paged(self, asked: str, name: str) -> Iterator[tuple[Any, ...]]:
        with self._cursor.connection.cursor(name, binary=True) as paged:
            paged.itersize = PAGE
            yield from paged.execute(asked)


def _text(char: Any) -> str:
    return char.decode() if isinstance(char, bytes) else str(char)
