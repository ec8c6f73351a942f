"""One thread of each process decides and sends; who comes first is settled in the store, by taking turns, one round trip an append.

A group is judged on what is known at the head; the store takes it if the head is still there and none of its command ids was answered.
Else what is new is followed and all of the group is judged anew. Refused a few times running, the thread takes the turn before it judges.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
import structlog
from eventsourcing.persistence import DataError, IntegrityError, OperationalError, PersistenceError
from eventsourcing.persistence import InterfaceError as LibraryInterfaceError

from yishi.ledger.canonical import parsed
from yishi.ledger.errors import LedgerDamaged, LedgerError, LedgerUnavailable, LedgerUncertain
from yishi.ledger.merkle import EMPTY_ROOT, Frontier
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.connections import Connection, connected, translated
from yishi.ledger.postgres.draft import Command, Draft, DraftRecorder
from yishi.ledger.postgres.recorder import PostgresRecorder
from yishi.ledger.postgres.shared_tail import SharedTail
from yishi.ledger.writer import JobThread, Waiting, answer, explained

log = structlog.get_logger(__name__)

EVENTS_AT_ONCE = 500
BYTES_AT_ONCE = 128 * 1024
"""What one append carries, unless a single act is larger: an act is stored whole or not at all."""
PATIENT_TRIES = 3  # in which others were first, before the turn is taken beforehand
FOLLOWED = 5_000  # events of others that are followed one by one; beyond, what is remembered is forgotten
NOTED_EVERY = 1_000  # events, between two places where the tree is noted
AWAY_SECONDS = 5.0  # how long a connection is sought anew before the waiting acts are told
HASH = 32


class Taken(NamedTuple):
    """What the store said to a draft."""

    taken: bool
    size: int
    known: dict[str, Command]


class PostgresWriter(JobThread):
    """
    Args:
        grown: told the ledger's size after each append of this process that made it longer.
        seen: told when the newest of the others' events was recorded.

    Raises:
        LedgerUnavailable: the database is away. LedgerDamaged: its roots do not follow.
    """

    def __init__(
        self,
        address: Address,
        recorder: PostgresRecorder,
        deciding: DraftRecorder,
        tail: SharedTail,
        grown: Callable[[int], None],
        seen: Callable[[datetime], None],
    ) -> None:
        self._address, self._recorder, self._deciding, self._tail = address, recorder, deciding, tail
        self._told, self._seen = grown, seen
        self._append = _statement(recorder.schema)
        self._connection: Connection | None = None
        self._begun = False
        super().__init__()

    def _run(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._waiting()
            while group:
                group = group[self._written(group) :]
        if self._connection is not None:
            self._connection.close()

    def _written(self, group: list[Waiting]) -> int:
        """Have the store take the first jobs of a group, and answer them. Returns how many."""
        known: dict[str, Command] = {}
        tries, sent, until = 0, False, time.monotonic() + AWAY_SECONDS
        while True:
            try:
                outcomes, said, draft = self._attempt(group, known, beforehand=tries >= PATIENT_TRIES)
            except Exception as error:
                self._tail.undo()
                sent = sent or _was_sent(error)
                if _is_passing(error) and time.monotonic() < until:
                    self._lose_connection(error)
                    continue
                if isinstance(error, DataError | IntegrityError) and len(group) > 1:
                    return sum(self._written([alone]) for alone in group)
                return self._failed(group, error, sent=sent)
            if said.taken:
                self._deciding.taken(draft)
                self._tail.begin()
                answer(group[: len(outcomes)], outcomes)
                if draft.group.events:
                    self._told(said.size)
                return len(outcomes)
            known |= said.known
            tries += said.size != draft.size

    def _attempt(
        self, group: list[Waiting], known: dict[str, Command], *, beforehand: bool
    ) -> tuple[list[tuple[Any, Exception | None]], Taken, Draft]:
        """Judge as many jobs as one append carries, and send it. What was refused is taken back, what others wrote is followed.

        Args:
            beforehand: take the turn first; then nobody else can be faster.
        """
        connection = self._connected()
        with translated(), connection.transaction() if beforehand else nullcontext():
            if beforehand:
                connection.execute(f"SELECT {self._recorder.schema}.hold()")
                self._follow(connection)
            if not self._begun:
                self._follow(connection)
            self._tail.begin()
            with connection.cursor(binary=True) as cursor:
                draft = Draft(cursor, self._tail.frontier.size, known)
                outcomes = []
                for job, _ in group:
                    outcomes.append(self._try(draft, job))
                    if len(draft.group.events) >= EVENTS_AT_ONCE or draft.bytes >= BYTES_AT_ONCE:
                        break
                said = self._sent(draft)
        if not said.taken:
            self._tail.undo()
            if said.size != draft.size:
                with translated():
                    self._follow(connection)
        return outcomes, said, draft

    def _try(self, draft: Draft, job: Any) -> tuple[Any, Exception | None]:
        """Run one job; one that fails leaves nothing in the draft. A fault of the store itself is everybody's: it goes up."""
        self._tail.mark()
        try:
            result = job(draft)
        except Exception as error:
            if isinstance(error, psycopg.Error | PersistenceError):
                raise
            draft.rollback()
            self._tail.rollback()
            return None, error
        draft.release()
        self._tail.release()
        return result, None

    def _sent(self, draft: Draft) -> Taken:
        if not (draft.supposed or draft.group.commands or draft.group.events):
            return Taken(True, draft.size, {})
        row = draft.cursor.execute(self._append, self._parameters(draft), prepare=True).fetchone()
        said = row[0] if row else None
        if said is None:
            return Taken(False, draft.size, self._found(draft))
        return Taken(True, said, {}) if said >= 0 else Taken(False, -1 - said, {})

    def _found(self, draft: Draft) -> dict[str, Command]:
        """Which commands of a draft were answered before, and how."""
        asked = f"SELECT command_id, request_sha256, answer FROM {self._recorder.schema}.commands WHERE command_id = ANY (%s)"
        rows = draft.cursor.execute(asked, (list(draft.supposed),)).fetchall()
        return {command_id: Command(request, answer, None) for command_id, request, answer in rows}

    def _parameters(self, draft: Draft) -> tuple[Any, ...]:
        pending, frontier = draft.group, self._tail.frontier
        events = [event for event, _ in pending.events]
        noted = frontier.size // NOTED_EVERY != draft.size // NOTED_EVERY
        halls = [(*hall, deputy, present) for hall, rows in pending.halls.items() for deputy, present in rows.items()]
        return (
            draft.size,
            list(draft.supposed | pending.commands.keys()),
            [str(e.originator_id) for e in events],
            [e.originator_version for e in events],
            [e.topic for e in events],
            [e.state for e in events],
            [leaf for _, leaf in pending.events],
            frontier.root() if events else None,
            b"".join(frontier.peaks) if events and noted else None,
            list(pending.commands),
            *_columns([tuple(command) for command in pending.commands.values()], 3),
            *_columns(halls, 4),
        )

    def _follow(self, connection: Connection) -> None:
        """Bring what is remembered up to the head. Each root that is passed must be ours.

        Raises:
            LedgerDamaged.
        """
        with connection.cursor(binary=True) as cursor:
            head = self._recorder._select_head(cursor) or (0, EMPTY_ROOT)
            if not self._begun or head[0] - self._tail.frontier.size > FOLLOWED:
                self._tail.forget(self._noted(cursor))
            self._deciding.forget_halls()
            frontier = self._tail.frontier
            before = frontier.size
            for stream, version, leaf, root in self._recorder._select_since(cursor, before):
                self._tail.follow(stream, version, leaf)
                if root is not None and root != frontier.root():
                    self._begun = False
                    raise LedgerDamaged(detail=f"{frontier.size} / {frontier.root().hex()} ≠ {root.hex()}")
            if frontier.size < head[0]:
                self._begun = False
                raise LedgerDamaged(detail=f"{frontier.size} < {head[0]}")
            if self._begun and frontier.size > before:
                self._seen(_recorded_at(cursor, self._recorder.schema, frontier.size))
        self._begun = True
        self._tail.begin()

    def _noted(self, cursor: Any) -> Frontier:
        """The tree where it was noted last.

        Raises:
            LedgerDamaged: it does not come to the root committed there.
        """
        size, peaks, root = self._recorder._select_frontier(cursor) or (0, b"", EMPTY_ROOT)
        frontier = Frontier(size, (peaks[at : at + HASH] for at in range(0, len(peaks), HASH)))
        if frontier.root() != root:
            raise LedgerDamaged(detail=f"{size} / {frontier.root().hex()} ≠ {root.hex()}")
        return frontier

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = connected(self._address)
        return self._connection

    def _lose_connection(self, error: Exception) -> None:
        if self._connection is not None:  # not again for each attempt to get another
            log.warning("ledger.connection_lost", error=repr(error))
            self._connection.close()
            self._connection = None
        time.sleep(0.1)

    def _failed(self, group: list[Waiting], error: Exception, *, sent: bool) -> int:
        """Tell all of a group that nothing of it is stored; or that nobody knows."""
        log.error("ledger.group_failed", jobs=len(group), error=repr(error))
        told: LedgerError = explained(error)
        if sent and type(told) is LedgerUnavailable:
            told = LedgerUncertain(detail=told.figures["detail"])
        answer(group, [(None, told)] * len(group))
        return len(group)


def _statement(schema: str) -> str:
    kinds = (
        "bigint text[] text[] bigint[] text[] bytea[] bytea[] bytea bytea text[] text[] bytea[] bigint[]"
        " text[] text[] text[] bigint[]"
    )
    return f"SELECT {schema}.append({', '.join(f'%b::{kind}' for kind in kinds.split())})"


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _recorded_at(cursor: Any, schema: str, position: int) -> datetime:
    row = cursor.execute(f"SELECT state FROM {schema}.stored_events WHERE position = %s", (position,)).fetchone()
    return datetime.fromisoformat(parsed(row[0])["recorded_at"])


def _is_passing(error: Exception) -> bool:
    """Whether trying again may help: the connection is gone, the server away, or two were in each other's way."""
    cause = error.__cause__ if isinstance(error, PersistenceError) else error
    state = getattr(cause, "sqlstate", None)
    if isinstance(error, LedgerUnavailable):
        return True
    gone = state is None or state[:2] in {"08", "40"} or state in {"57P01", "57P02", "57P03"}
    return isinstance(error, OperationalError | LibraryInterfaceError) and gone


def _was_sent(error: Exception) -> bool:
    """Whether the connection broke so that an append may have been taken all the same."""
    return isinstance(error, OperationalError | LibraryInterfaceError) and _is_passing(error)
