"""What is kept of webhooks beside the record: where each goes and its secrets, how far it was told, what was given up. Nobody's but its owner's.

The record says who hears what, by whose right (`domain.access.webhooks`); an endpoint that is here alone, or there alone, is told nothing.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from domain.hooks import Failing
from yishi.ledger.place import pointed
from yishi.private import made

FILE = "hooks.db"
_TABLES = """
CREATE TABLE IF NOT EXISTS endpoints (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, old_secret TEXT, old_until TEXT,
    start INTEGER NOT NULL, paused TEXT, paused_at TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (
    endpoint TEXT NOT NULL, session TEXT NOT NULL, position INTEGER NOT NULL,
    told_at TEXT, failing INTEGER, why TEXT, since TEXT, PRIMARY KEY (endpoint, session)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead (
    endpoint TEXT NOT NULL, position INTEGER NOT NULL, session TEXT NOT NULL, why TEXT NOT NULL, since TEXT NOT NULL, at TEXT NOT NULL,
    tries INTEGER NOT NULL, wanted INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (endpoint, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (endpoint TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
"""


class Endpoint(NamedTuple):
    """Where events go. `start`: told are those beyond it. `paused`: why, None while it is open."""

    id: str
    url: str
    secret: str
    old_secret: str | None
    old_until: datetime | None
    start: int
    paused: str | None
    paused_at: datetime | None

    def secrets(self, now: datetime) -> list[str]:
        """Those that sign now, the newest first."""
        old = self.old_secret if self.old_until is not None and now < self.old_until else None
        return [self.secret, *([old] if old else [])]


class Standing(NamedTuple):
    """How far an endpoint was told of a session. `failing`: the event that is not taken in now, why, and since when."""

    session: str
    position: int
    told_at: datetime | None
    failing: int | None
    why: str | None
    since: datetime | None


class DeadLetter(NamedTuple):
    """An event that was given up. `wanted`: it is to be sent again."""

    position: int
    session: str
    why: str
    since: datetime
    at: datetime
    tries: int
    wanted: bool


class Counts(NamedTuple):
    """All webhooks at once. `failing`: that do not take an event in now, the first of them since `since`; `dead`: events given up."""

    paused: int
    failing: int
    since: datetime | None
    dead: int


class HookStore:
    """`<folder>/hooks.db`. For any thread; several processes may take turns.

    Raises:
        sqlite3.Error: the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        file = folder / FILE
        made(file)
        self._gate = threading.Lock()
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=30)
        journal = (
            "WAL" if pointed(folder) is None else "DELETE"
        )  # with PostgreSQL the folder may be on a net, where there is no shared memory
        for pragma in (f"journal_mode = {journal}", "synchronous = NORMAL", "secure_delete = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        with self._gate:
            self._db.close()

    def add(self, endpoint: str, url: str, secret: str, start: int) -> str:
        """Keep a new endpoint; its secret. Asked again it is the same one."""
        self._do(
            "INSERT INTO endpoints (id, url, secret, start) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
            endpoint,
            url,
            secret,
            start,
        )
        found = self.endpoint(endpoint)
        assert found is not None
        return found.secret

    def endpoint(self, endpoint: str) -> Endpoint | None:
        return next(iter(self._endpoints("WHERE id = ?", endpoint)), None)

    def endpoints(self) -> list[Endpoint]:
        return self._endpoints("ORDER BY id")

    def _endpoints(self, which: str, *values: Any) -> list[Endpoint]:
        asked = "SELECT id, url, secret, old_secret, old_until, start, paused, paused_at FROM endpoints "
        rows = self._all(asked + which, *values)
        return [
            Endpoint(i, url, new, old, _moment(until), start, why, _moment(at))
            for i, url, new, old, until, start, why, at in rows
        ]

    def asked(self) -> dict[str, int]:
        """How often somebody asked something of an endpoint that its lines have to look at. Who watches compares it with what it saw."""
        return dict(self._all("SELECT endpoint, times FROM asked"))

    def move(self, endpoint: str, url: str) -> None:
        with self._together():
            self._db.execute("UPDATE endpoints SET url = ? WHERE id = ?", (url, endpoint))
            self._ask(endpoint)

    def renew(self, endpoint: str, secret: str, old_until: datetime) -> None:
        """A new secret; the one of before signs too until then. One still older ends now."""
        self._do(
            "UPDATE endpoints SET old_secret = secret, old_until = ?, secret = ? WHERE id = ?",
            old_until.isoformat(),
            secret,
            endpoint,
        )

    def pause(self, endpoint: str, why: str, at: datetime) -> bool:
        """Whether it was open until now."""
        asked = "UPDATE endpoints SET paused = ?, paused_at = ? WHERE id = ? AND paused IS NULL"
        return self._do(asked, why, at.isoformat(), endpoint) > 0

    def resume(self, endpoint: str) -> None:
        with self._together():
            self._db.execute("UPDATE endpoints SET paused = NULL, paused_at = NULL WHERE id = ?", (endpoint,))
            self._db.execute(
                "UPDATE progress SET failing = NULL, why = NULL, since = NULL WHERE endpoint = ?", (endpoint,)
            )
            self._ask(endpoint)

    def remove(self, endpoint: str) -> None:
        with self._together():
            self._db.execute("DELETE FROM dead WHERE endpoint = ?", (endpoint,))
            self._db.execute("DELETE FROM progress WHERE endpoint = ?", (endpoint,))
            self._db.execute("DELETE FROM asked WHERE endpoint = ?", (endpoint,))
            self._db.execute("DELETE FROM endpoints WHERE id = ?", (endpoint,))

    def counts(self) -> Counts:
        """Those that are paused are not counted as failing: somebody knows of them."""
        ((paused, failing, since, dead),) = self._all("""SELECT
            (SELECT count(*) FROM endpoints WHERE paused IS NOT NULL), count(DISTINCT p.endpoint), min(p.since), (SELECT count(*) FROM dead)
            FROM progress p JOIN endpoints e ON e.id = p.endpoint WHERE p.failing IS NOT NULL AND e.paused IS NULL""")
        return Counts(paused, failing, _moment(since), dead)

    def position(self, endpoint: str, session: str) -> int | None:
        """Up to where an endpoint was told of a session; None: there is no such endpoint."""
        asked = """SELECT coalesce(p.position, e.start) FROM endpoints e
            LEFT JOIN progress p ON p.endpoint = e.id AND p.session = ? WHERE e.id = ?"""
        return next((int(row[0]) for row in self._all(asked, session, endpoint)), None)

    def standings(self, endpoint: str) -> list[Standing]:
        asked = (
            "SELECT session, position, told_at, failing, why, since FROM progress WHERE endpoint = ? ORDER BY session"
        )
        rows = self._all(asked, endpoint)
        return [Standing(row[0], row[1], _moment(row[2]), row[3], row[4], _moment(row[5])) for row in rows]

    def failing(self) -> set[tuple[str, str]]:
        """The endpoints and sessions whose next event is not taken in now."""
        return set(self._all("SELECT endpoint, session FROM progress WHERE failing IS NOT NULL"))

    def told(self, endpoint: str, session: str, before: int, position: int, at: datetime | None) -> bool:
        """Move on from `before`. `at`: when what stands there was taken in; None: nothing up to there was for this endpoint.

        Returns:
            False: it stands elsewhere by now, because somebody wants events told again.
        """
        with self._together():
            if not self._stands_at(endpoint, session, before):
                return False
            self._db.execute(
                "INSERT INTO progress VALUES (?,?,?,?,NULL,NULL,NULL) ON CONFLICT (endpoint, session) DO UPDATE SET position = "
                "excluded.position, told_at = coalesce(excluded.told_at, told_at), failing = NULL, why = NULL, since = NULL",
                (endpoint, session, position, at.isoformat() if at is not None else None),
            )
            return True

    def failed(self, endpoint: str, session: str, before: int, position: int, why: str, at: datetime) -> bool:
        """Keep for the list that an event was not taken in, tried from `before`.

        Returns:
            False: it stands elsewhere by now, and nothing is kept.
        """
        with self._together():
            if not self._stands_at(endpoint, session, before):
                return False
            self._db.execute(
                "INSERT INTO progress VALUES (?,?,?,NULL,?,?,?) ON CONFLICT (endpoint, session) DO UPDATE SET "
                "since = CASE WHEN progress.failing = excluded.failing THEN progress.since ELSE excluded.since END, "
                "failing = excluded.failing, why = excluded.why",
                (endpoint, session, before, position, why, at.isoformat()),
            )
            return True

    def _stands_at(self, endpoint: str, session: str, before: int) -> bool:
        asked = """SELECT coalesce(p.position, e.start) FROM endpoints e
            LEFT JOIN progress p ON p.endpoint = e.id AND p.session = ? WHERE e.id = ?"""
        return bool(self._db.execute(asked, (session, endpoint)).fetchone() == (before,))

    def give_up(self, endpoint: str, session: str, failing: Failing, why: str, at: datetime) -> bool:
        """Put the event that a line stands failing at among the dead letters, and go on behind it.

        Returns:
            False: it fails there no more, because somebody wants events told again, or it was done already.
        """
        with self._together():
            moved = self._db.execute(
                "UPDATE progress SET position = ?, failing = NULL, why = NULL, since = NULL "
                "WHERE endpoint = ? AND session = ? AND failing = ?",
                (failing.position, endpoint, session, failing.position),
            ).rowcount
            if not moved:
                return False
            self._db.execute(
                "INSERT INTO dead VALUES (?,?,?,?,?,?,?,0) ON CONFLICT DO NOTHING",
                (endpoint, failing.position, session, why, failing.since.isoformat(), at.isoformat(), failing.tries),
            )
            return True

    def dead(self, endpoint: str) -> list[DeadLetter]:
        asked = "SELECT position, session, why, since, at, tries, wanted FROM dead WHERE endpoint = ? ORDER BY position"
        rows = self._all(asked, endpoint)
        return [
            DeadLetter(n, of, why, _when(since), _when(at), tries, bool(again))
            for n, of, why, since, at, tries, again in rows
        ]

    def want(self, endpoint: str, position: int) -> str | None:
        """Have a dead letter sent again; its session, None: there is none."""
        with self._together():
            self._db.execute("UPDATE dead SET wanted = 1 WHERE endpoint = ? AND position = ?", (endpoint, position))
            self._ask(endpoint)
        asked = "SELECT session FROM dead WHERE endpoint = ? AND position = ?"
        return next((str(row[0]) for row in self._all(asked, endpoint, position)), None)

    def wanted(self, endpoint: str, session: str) -> int | None:
        """The first dead letter of a session that is to be sent again."""
        asked = "SELECT min(position) FROM dead WHERE endpoint = ? AND session = ? AND wanted = 1"
        return next((row[0] for row in self._all(asked, endpoint, session)), None)

    def sent_again(self, endpoint: str, position: int, why: str, at: datetime) -> None:
        """A dead letter was sent again: it is none any more, or still is, for this `why`."""
        if not why:
            self._do("DELETE FROM dead WHERE endpoint = ? AND position = ?", endpoint, position)
            return
        self._do(
            "UPDATE dead SET wanted = 0, why = ?, at = ?, tries = tries + 1 WHERE endpoint = ? AND position = ?",
            why, at.isoformat(), endpoint, position,
        )  # fmt: skip

    def go_back(self, endpoint: str, after: int, sessions: list[str]) -> None:
        """Have the events of these sessions beyond a position told again; those given up among them too."""
        with self._together():
            for session in sessions:
                self._db.execute(
                    "DELETE FROM dead WHERE endpoint = ? AND session = ? AND position > ?", (endpoint, session, after)
                )
                self._db.execute(
                    "INSERT INTO progress VALUES (?,?,?,NULL,NULL,NULL,NULL) ON CONFLICT (endpoint, session) DO UPDATE SET "
                    "position = min(progress.position, excluded.position), failing = NULL, why = NULL, since = NULL",
                    (endpoint, session, after),
                )
            self._ask(endpoint)

    def within(self, size: Callable[[], int]) -> int:
        """Have nothing stand beyond the end of the record, as it may after another one was restored; how many lines did.

        Args:
            size: where the record ends. It is asked while nobody moves on here, so that what is told meanwhile is not taken for it.
        """
        with self._together():
            end = size()
            self._db.execute("DELETE FROM dead WHERE position > ?", (end,))
            self._db.execute("UPDATE endpoints SET start = ? WHERE start > ?", (end, end))
            return self._db.execute(
                "UPDATE progress SET position = min(position, ?), failing = NULL, why = NULL, since = NULL WHERE position > ? OR failing > ?",
                (end, end, end),
            ).rowcount

    def _ask(self, endpoint: str) -> None:
        self._db.execute(
            "INSERT INTO asked VALUES (?,1) ON CONFLICT (endpoint) DO UPDATE SET times = times + 1", (endpoint,)
        )

    def _all(self, asked: str, *values: Any) -> list[Any]:
        with self._gate:
            return self._db.execute(asked, values).fetchall()

    def _do(self, asked: str, *values: Any) -> int:
        with self._gate:
            return self._db.execute(asked, values).rowcount

    @contextmanager
    def _together(self) -> Iterator[None]:
        with self._gate:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:  # also a COMMIT that another's reading kept from being made
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _moment(written: str | None) -> datetime | None:
    return None if written is None else _when(written)


def _when(written: str) -> datetime:
    return datetime.fromisoformat(written)
