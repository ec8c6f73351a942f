"""What a ledger needs of the store that keeps it. There are two: a file of SQLite beside the folder's other files, and PostgreSQL.

Nobody above this line knows which it is: a cursor is whatever the store gives out, and only its own recorder is asked about it.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Protocol

from eventsourcing.persistence import Notification, StoredEvent

from yishi.ledger.checks import Commit, Row
from yishi.ledger.verification import Report

StoredRow = tuple[str, int, str, bytes, int]
"""Stream, version, name, bytes, position."""


class Attending(Protocol):
    """What is asked of the index of attendance."""

    def _count_present(self, c: Any, session: str, sitting: str, /) -> int: ...
    def _signed_in(self, c: Any, session: str, sitting: str, /) -> frozenset[str]: ...
    def _came(self, c: Any, session: str, sitting: str, /) -> frozenset[str]: ...
    def _attended(self, c: Any, session: str, sitting: str, deputy: str, /) -> int | None: ...


class Selecting(Attending, Protocol):
    """What is asked of a store, on a cursor of its own."""

    def _select_command(self, c: Any, command_id: str, /) -> tuple[str, bytes] | None: ...
    def _select_act(self, c: Any, command_id: str, /) -> str | None: ...
    def _select_meta(self, c: Any, key: str, /) -> str | None: ...
    def _select_version(self, c: Any, stream: str, /) -> int: ...
    def _select_versions(self, c: Any, /) -> dict[str, int]: ...
    def _select_rows(self, c: Any, stream: str, after: int = 0, /) -> list[StoredRow]: ...
    def _select_within(self, c: Any, name: str, after: int, limit: int, /) -> list[StoredRow]: ...
    def _select_below(self, c: Any, names: Sequence[str], after: int, /) -> list[StoredRow]: ...
    def _select_newest_within(self, c: Any, name: str, /) -> list[StoredRow]: ...
    def _select_streams_with(self, c: Any, name: str, /) -> list[str]: ...
    def _select_head(self, c: Any, /) -> tuple[int, bytes] | None: ...
    def _select_root(self, c: Any, size: int, /) -> str | None: ...
    def _select_streams_since(self, c: Any, position: int, /) -> list[str]: ...
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]: ...


class Deciding(Attending, Protocol):
    """What a decision asks of the store, and adds to it, in the transaction in which it is judged."""

    def _select_command(self, c: Any, command_id: str, /) -> tuple[str, bytes] | None: ...
    def _select_version(self, c: Any, stream: str, /) -> int: ...
    def _select_rows(self, c: Any, stream: str, after: int = 0, /) -> list[StoredRow]: ...
    def _insert_events(self, c: Any, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None: ...
    def _insert_command(
        self, c: Any, command_id: str, request: str, answer: bytes, position: int | None, /
    ) -> None: ...
    def _set_attendance(self, c: Any, rows: Iterable[tuple[str, str, str, int]], /) -> None: ...


class Stored(Protocol):
    """Everything in a store row by row, as of one instant, for those who examine or copy it; trusting none of its indexes."""

    def health(self, report: Report) -> None:
        """Report where the store is damaged, or no longer refuses changes."""

    def rows(self, report: Report) -> Iterable[Row]:
        """All events by position. Bytes that are none are reported, and read as what they would be."""

    def events(self, after: int, last: int) -> list[tuple[Any, ...]]:
        """Rows of `stored_events` beyond a position and up to another."""

    def leaves(self, count: int) -> Iterable[bytes]:
        """The first so many leaf hashes."""

    def commits(self, after: int = 0, last: int | None = None) -> list[Commit]: ...

    def commands(self) -> Iterable[tuple[str, bytes, int | None]]:
        """Of all commands: id, answer, position."""

    def commands_at(self, after: int, last: int) -> list[tuple[Any, ...]]:
        """Rows of `commands` that added something there, and all that added nothing."""

    def attendance(self) -> Mapping[tuple[str, str, str], int]: ...
    def meta(self) -> Mapping[str, str]: ...

    def issued(self) -> int:
        """The highest position that was ever given out."""


class Store(Protocol):
    """A ledger's store, opened for reading. For any thread."""

    @property
    def recorder(self) -> Selecting: ...

    def reading(self) -> AbstractContextManager[Any]:
        """A cursor as of one instant."""

    def stored(self, cursor: Any) -> Stored: ...
    def close(self) -> None: ...


class Writing(Protocol):
    """Takes jobs from any thread, and answers each when what it wrote is durable.

    A job may be run more than once before that: it must do nothing but what its cursor takes back.
    """

    @property
    def waiting(self) -> int:
        """How many jobs wait."""

    def submit(self, job: Any) -> "Future[Any]": ...
    def close(self) -> None: ...
