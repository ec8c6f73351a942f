"""The record as it stood at a position: read by the same code as the newest, which is handed only what was there then.

Who was in the hall is told from the events of that time, since the index of attendance knows the newest alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsourcing.persistence import Notification

from domain.event import EVENTS, UPCASTS
from yishi.ledger.mapper import EnvelopeMapper
from yishi.ledger.reader import LedgerReader
from yishi.ledger.store import Selecting, StoredRow
from yishi.ledger.transaction import attendance_of

PAGE = 1000


class Past(LedgerReader):
    """A ledger as it stood when `position` was its newest entry. It needs no closing.

    Its `head` is the root of the commit that ended there, empty where an act added more entries in the same commit.
    """

    def __init__(self, ledger: LedgerReader, position: int) -> None:
        self.folder, self.position = ledger.folder, position
        self._deciders, self._mapper, self._store = ledger._deciders, ledger._mapper, ledger._store
        self._remember_nothing()  # of then: what the other remembers is newer
        self._recorder = UpTo(ledger._recorder, position, self._mapper)

    def close(self) -> None:
        """The ledger it looks at stays open."""


class UpTo:
    """Implements `yishi.ledger.store.Selecting` over another, as if nothing had been recorded beyond a position."""

    def __init__(self, all_: Selecting, position: int, mapper: EnvelopeMapper) -> None:
        self._all, self._position, self._mapper = all_, position, mapper
        self._attendance: dict[str, dict[str, dict[str, int]]] = {}  # by session and sitting

    def _select_command(self, c: Any, command_id: str) -> tuple[str, bytes] | None:
        return self._all._select_command(c, command_id)

    def _select_act(self, c: Any, command_id: str) -> str | None:
        return self._all._select_act(c, command_id)

    def _select_meta(self, c: Any, key: str) -> str | None:
        return self._all._select_meta(c, key)

    def _select_version(self, c: Any, stream: str) -> int:
        rows = self._select_rows(c, stream)
        return rows[-1][1] if rows else 0

    def _select_versions(self, c: Any) -> dict[str, int]:
        found = {stream: self._select_version(c, stream) for stream in self._all._select_versions(c)}
        return {stream: version for stream, version in found.items() if version}

    def _select_rows(self, c: Any, stream: str, after: int = 0) -> list[StoredRow]:
        return self._kept(self._all._select_rows(c, stream, after))

    def _select_within(self, c: Any, name: str, after: int, limit: int) -> list[StoredRow]:
        return self._kept(self._all._select_within(c, name, after, limit))

    def _select_below(self, c: Any, names: Sequence[str], after: int) -> list[StoredRow]:
        return self._kept(self._all._select_below(c, names, after))

    def _select_newest_within(self, c: Any, name: str) -> list[StoredRow]:
        return self._kept(self._all._select_below(c, (name,), 0))[-1:]

    def _select_streams_with(self, c: Any, name: str) -> list[str]:
        streams = self._all._select_streams_with(c, name)
        return [s for s in streams if any(row[2] == name for row in self._select_rows(c, s))]

    def _select_head(self, c: Any) -> tuple[int, bytes] | None:
        return (self._position, bytes.fromhex(self._select_root(c, self._position) or "")) if self._position else None

    def _select_root(self, c: Any, size: int) -> str | None:
        return self._all._select_root(c, size) if size <= self._position else None

    def _select_streams_since(self, c: Any, position: int) -> list[str]:
        return [
            s
            for s in self._all._select_streams_since(c, position)
            if any(r[4] > position for r in self._select_rows(c, s))
        ]

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:  # fmt: skip
        last = self._position if stop is None else min(stop, self._position)
        return self._all.select_notifications(start, limit, last, topics, inclusive_of_start=inclusive_of_start)

    def _count_present(self, c: Any, session: str, sitting: str) -> int:
        return len(self._signed_in(c, session, sitting))

    def _signed_in(self, c: Any, session: str, sitting: str) -> frozenset[str]:
        return frozenset(who for who, here in self._hall(c, session, sitting).items() if here == 1)

    def _came(self, c: Any, session: str, sitting: str) -> frozenset[str]:
        return frozenset(self._hall(c, session, sitting))

    def _attended(self, c: Any, session: str, sitting: str, deputy: str) -> int | None:
        return self._hall(c, session, sitting).get(deputy)

    def _hall(self, c: Any, session: str, sitting: str) -> dict[str, int]:
        """What the index of attendance held of a sitting then."""
        if session not in self._attendance:
            self._attendance[session] = self._attended_in(c, session)
        return self._attendance[session].get(sitting, {})

    def _attended_in(self, c: Any, session: str) -> dict[str, dict[str, int]]:
        telling = {*UPCASTS, *(name for name, kind in EVENTS.items() if callable(getattr(kind, "attendance", None)))}
        found: dict[str, dict[str, int]] = {}
        after, within = 0, session.rsplit("/", 2)[0]
        while rows := self._select_within(c, within, after, PAGE):
            after = rows[-1][4]
            for row in rows:
                if row[2] in telling:
                    for of, sitting, who, here in attendance_of(self._mapper.read(*row[:4]).data):
                        if of == session:
                            found.setdefault(sitting, {})[who] = here
        return found

    def _kept(self, rows: list[StoredRow]) -> list[StoredRow]:
        return [row for row in rows if row[4] <= self._position]


def position_at(ledger: LedgerReader, moment: datetime) -> int:
    """How many entries had been recorded by a moment, by the clock that recorded them; 0 for none."""
    least, most = 0, ledger.head().size
    while least < most:
        middle = (least + most + 1) // 2
        (entry,) = ledger.notifications(after=middle - 1, limit=1)
        if entry.envelope.recorded_at <= moment:
            least = middle
        else:
            most = middle - 1
    return least


__all__ = ["Past", "position_at"]
