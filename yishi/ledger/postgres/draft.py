"""What a group of acts comes to before the store has taken it: kept here, read through, and sent as one.

A decision is made on what is known at the head the draft was begun at. Others may write meanwhile; then the store refuses the draft, and
all of it is decided anew. So a job may run more than once, and nothing of it counts before the store has taken it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from eventsourcing.persistence import StoredEvent

from yishi.ledger.errors import NotCanonical
from yishi.ledger.postgres.connections import Cursor
from yishi.ledger.postgres.recorder import PostgresRecorder
from yishi.ledger.recent import Recent
from yishi.ledger.store import StoredRow

Hall = tuple[str, str]
HALLS_KEPT = 32  # sittings whose list a writer remembers


class Command(NamedTuple):
    request: str
    answer: bytes
    position: int | None


class Pending:
    """Rows on their way in."""

    def __init__(self) -> None:
        self.events: list[tuple[StoredEvent, bytes]] = []  # with their leaves
        self.commands: dict[str, Command] = {}
        self.halls: dict[Hall, dict[str, int]] = {}

    def take(self, other: "Pending") -> None:
        self.events += other.events
        self.commands.update(other.commands)
        for hall, rows in other.halls.items():
            self.halls.setdefault(hall, {}).update(rows)


class Draft:
    """One group of acts. `group`: of the jobs that are done; `job`: of the one that runs.

    Attributes:
        size: of the ledger where it was begun. known: commands that were found answered while the group was tried.
        supposed: ids of commands that were taken for new without asking the store, which is asked when the draft is sent.
    """

    def __init__(self, cursor: Cursor, size: int, known: dict[str, Command]) -> None:
        self.cursor, self.size, self.known = cursor, size, known
        self.group, self.job = Pending(), Pending()
        self.supposed: set[str] = set()
        self.bytes = 0

    def release(self) -> None:
        """The job is done."""
        self.bytes += sum(len(event.state) for event, _ in self.job.events)
        self.group.take(self.job)
        self.job = Pending()

    def rollback(self) -> None:
        """The job never was."""
        self.job = Pending()

    def both(self) -> Iterator[Pending]:
        yield self.group
        yield self.job


class DraftRecorder:
    """Implements `yishi.ledger.store.Deciding`: reads what is stored and what is pending, adds to the draft."""

    def __init__(self, recorder: PostgresRecorder) -> None:
        self._stored = recorder
        self._halls: Recent[Hall, dict[str, int]] = Recent(HALLS_KEPT)

    def forget_halls(self) -> None:
        """Somebody else wrote: who is where has to be read again."""
        self._halls = Recent(HALLS_KEPT)

    def taken(self, draft: Draft) -> None:
        """The store took it: what is remembered of halls goes with it."""
        for hall, rows in draft.group.halls.items():
            if (known := self._halls.get(hall)) is not None:
                known.update(rows)

    def _select_command(self, c: Draft, command_id: str, /) -> tuple[str, bytes] | None:
        for found in (*(pending.commands for pending in c.both()), c.known):
            if command_id in found:
                return found[command_id][:2]
        if "\0" not in command_id:
            c.supposed.add(command_id)
        return None

    def _select_version(self, c: Draft, stream: str, /) -> int:
        stored = self._stored._select_version(c.cursor, stream)
        return max((event.originator_version for event in self._pending(c, stream)), default=stored)

    def _select_rows(self, c: Draft, stream: str, after: int = 0, /) -> list[StoredRow]:
        rows = self._stored._select_rows(c.cursor, stream, after)
        pending = ((stream, e.originator_version, e.topic, e.state, 0) for e in self._pending(c, stream))
        return rows + [row for row in pending if row[1] > after]

    def _count_present(self, c: Draft, session: str, sitting: str, /) -> int:
        return sum(present == 1 for present in self._hall(c, session, sitting).values())

    def _signed_in(self, c: Draft, session: str, sitting: str, /) -> frozenset[str]:
        return frozenset(deputy for deputy, present in self._hall(c, session, sitting).items() if present == 1)

    def _came(self, c: Draft, session: str, sitting: str, /) -> frozenset[str]:
        return frozenset(self._hall(c, session, sitting))

    def _attended(self, c: Draft, session: str, sitting: str, deputy: str, /) -> int | None:
        for pending in (c.job, c.group):
            if (found := pending.halls.get((session, sitting), {}).get(deputy)) is not None:
                return found
        return self._stored_hall(c, session, sitting).get(deputy)

    def _insert_events(self, c: Draft, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        first: int = kwargs["size"] + 1
        for event in stored_events:
            _storable(str(event.originator_id))
        c.job.events += zip(stored_events, kwargs["leaves"], strict=True)
        return range(first, first + len(stored_events))

    def _insert_command(self, c: Draft, command_id: str, request: str, answer: bytes, position: int | None, /) -> None:
        _storable(command_id)
        c.job.commands[command_id] = Command(request, answer, position)

    def _set_attendance(self, c: Draft, rows: Iterable[tuple[str, str, str, int]], /) -> None:
        for session, sitting, deputy, present in rows:
            for name in (session, sitting, deputy):
                _storable(name)
            c.job.halls.setdefault((session, sitting), {})[deputy] = int(present)

    def _hall(self, c: Draft, session: str, sitting: str) -> dict[str, int]:
        hall = self._stored_hall(c, session, sitting)
        for pending in c.both():
            if (session, sitting) in pending.halls:
                hall = {**hall, **pending.halls[session, sitting]}
        return hall

    def _stored_hall(self, c: Draft, session: str, sitting: str) -> dict[str, int]:
        hall = self._halls.get((session, sitting))
        if hall is None:
            hall = self._stored._select_hall(c.cursor, session, sitting)
            self._halls.put((session, sitting), hall)
        return hall

    @staticmethod
    def _pending(c: Draft, stream: str) -> Iterator[StoredEvent]:
        return (event for pending in c.both() for event, _ in pending.events if event.originator_id == stream)


def _storable(text: object) -> None:
    """PostgreSQL keeps no text with a zero character in it.

    Raises:
        TypeError: it is no text. NotCanonical: it has such a character.
    """
    if not isinstance(text, str):
        raise TypeError(f"not a text: {text!r}")
    if "\0" in text:
        raise NotCanonical(detail=f"{text!r}: U+0000")
