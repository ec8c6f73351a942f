"""What a decision sees of the ledger, and adds to it, inside the one write transaction."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent

from domain.event import Event
from domain.ports import Decider
from domain.submission import Actor, Foreseen, RecordedEvent
from yishi.ledger.attendance import AttendanceIndex
from yishi.ledger.errors import NoDecider
from yishi.ledger.mapper import Act, EnvelopeMapper
from yishi.ledger.merkle import leaf_hash
from yishi.ledger.store import Deciding, Selecting
from yishi.ledger.streams import kind_of
from yishi.ledger.tail import UNFOLDED, Known, Tail


class WriteTransaction(AttendanceIndex[Deciding]):
    """`domain.ports.Transaction`, and the appending that follows the decision. One per act, on the writer's thread."""

    def __init__(
        self,
        cursor: Any,
        recorder: Deciding,
        mapper: EnvelopeMapper,
        deciders: Mapping[str, Decider],
        tail: Tail,
    ) -> None:
        super().__init__(cursor, recorder)
        self._mapper, self._deciders, self._tail = mapper, deciders, tail

    def state(self, stream: str) -> Any:
        """The state folded from a stream; its decider's `start(stream)` when there are no events.

        Raises:
            NoDecider: nobody folds this kind of stream.
        """
        known = self._tail.get(stream) or Known(0)
        if known.state is UNFOLDED or known.folded < known.version:
            decider = decider_of(self._deciders, stream)
            fresh = Known(known.version, decider.start(stream))
            _, state, folded, stored = fresh if known.state is UNFOLDED else known
            rows = self._recorder._select_rows(self._cursor, stream, folded)
            events = [self._mapper.read(*row[:4]).data for row in rows]
            folded = rows[-1][1] if rows else folded
            stored += sum(len(row[3]) for row in rows)
            known = Known(folded, decider.fold(state, events), folded, stored)
            self._tail.folded(stream, known)
        return known.state

    def entered(self, stream: str, names: Container[str]) -> list[tuple[Event, Actor]]:
        """Implements `domain.ports.Transaction`."""
        return entered_in(self._recorder, self._cursor, self._mapper, stream, names)

    def append(self, decided: Sequence[tuple[str, Event]], act: Act) -> tuple[RecordedEvent, ...]:
        """Write the events at the next positions, as the next versions of their streams.

        Raises:
            NotCanonical: a value cannot be stored. ValueError: not a stream's name.
            sqlite3.IntegrityError: somebody else wrote in between, where only one may.
        """
        size = self._tail.frontier.size
        rows: list[StoredEvent] = []
        leaves: list[bytes] = []
        recorded: list[RecordedEvent] = []
        for stream, event in decided:
            known = self._grown(stream, event)
            stored = self._mapper.stored(stream, known.version, event, act)
            folded_in = len(stored.state) if known.folded == known.version else 0
            self._tail.put(stream, known._replace(stored=known.stored + folded_in))
            leaf = leaf_hash(stored.state)
            self._tail.frontier.append(leaf)
            rows.append(stored)
            leaves.append(leaf)
            recorded.append(recorded_event(self._tail.frontier.size, stream, known.version, event, leaf))
        self._recorder._insert_events(self._cursor, rows, size=size, leaves=leaves)
        for _, event in decided:
            if attended := attendance_of(event):
                self._recorder._set_attendance(self._cursor, attended)
        return tuple(recorded)

    def _grown(self, stream: str, event: Event) -> Known:
        """What is known of a stream with its next event, which the remembered state takes in."""
        known = self._tail.get(stream)
        if known is None:
            kind_of(stream)  # a new name must be a stream's name
            known = Known(self._recorder._select_version(self._cursor, stream))
        version, state, folded, stored = known
        if state is not UNFOLDED and folded == version:
            state, folded = decider_of(self._deciders, stream).evolve(state, event), version + 1
        return Known(version + 1, state, folded, stored)


def entered_in(
    recorder: Deciding | Selecting, cursor: Any, mapper: EnvelopeMapper, stream: str, names: Container[str]
) -> list[tuple[Event, Actor]]:
    """A stream's events of these stored names, each with who entered it."""
    rows = [row for row in recorder._select_rows(cursor, stream) if row[2] in names]
    return [(envelope.data, envelope.actor) for envelope in (mapper.read(*row[:4]) for row in rows)]


def decider_of(deciders: Mapping[str, Decider], stream: str) -> Decider:
    """Who folds and judges a stream.

    Raises:
        NoDecider: nobody here does. ValueError: not a stream's name.
    """
    kind = kind_of(stream)
    if kind not in deciders:
        raise NoDecider(kind=kind, stream=stream)
    return deciders[kind]


def attendance_of(event: Event) -> list[tuple[str, str, str, int]]:
    """What an event's method `attendance()`, if it has one, says: (session stream, sitting, deputy, 1 or 0 for in or out).

    A list beside the sitting's own, and numbers, go by names that are no sitting's and no deputy's (`domain.session.hall`).
    """
    tell = getattr(type(event), "attendance", None)
    return [tuple(row) for row in tell(event)] if callable(tell) else []


def recorded_event(position: int, stream: str, version: int, event: Event, leaf: bytes) -> RecordedEvent:
    """An event as receipts show it."""
    return RecordedEvent(
        position=position,
        stream=stream,
        version=version,
        name=event.name,
        at=event.at,
        facts=event.gains(),
        lost=event.loses(),
        clocks=event.begins(),
        stopped=event.ends(),
        basis=event.basis,
        findings=event.findings,
        leaf=leaf.hex(),
    )


def foreseen_event(stream: str, event: Event) -> Foreseen:
    """An event that would be recorded, as the answer to a question shows it."""
    return Foreseen(
        stream=stream,
        name=event.name,
        at=event.at,
        facts=event.gains(),
        lost=event.loses(),
        clocks=event.begins(),
        basis=event.basis,
        findings=event.findings,
    )
