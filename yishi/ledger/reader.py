"""Reading the ledger: read-only, from any thread or process, while the engine writes or nothing runs at all."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from domain.event import Event
from domain.ports import Decider
from domain.submission import Actor, Answer
from yishi.ledger.attendance import AttendanceIndex
from yishi.ledger.mapper import Envelope, EnvelopeMapper
from yishi.ledger.merkle import EMPTY_ROOT, leaf_hash
from yishi.ledger.opening import opened_for_reading
from yishi.ledger.place import FILE
from yishi.ledger.recent import EACH, FOLDED_KEPT, Recent
from yishi.ledger.store import Selecting
from yishi.ledger.transaction import decider_of, entered_in

GROUPS_KEPT = 16  # groups of streams whose entries it remembers
FEW_ADDED = 2000  # entries
NAMED_AT_ONCE = 1000
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


class Entry(NamedTuple):
    """One event with its place in the whole log (1 is the first)."""

    position: int
    envelope: Envelope[Any]

    @property
    def event(self) -> Event:
        return self.envelope.data  # type: ignore[no-any-return]


class Head(NamedTuple):
    """How many events were committed, and the root over them, 64 hex digits."""

    size: int
    root: str


class Folded(NamedTuple):
    """A stream's state as of a version, and the bytes of the entries behind it. Replaced whole."""

    version: int
    state: Any
    stored: int


class LedgerReader:
    """What is in a folder's ledger. Every answer is of one instant; nothing here can write.

    Raises:
        NotALedger: no ledger in this folder. LedgerTooNew: a newer program wrote it.
    """

    def __init__(self, folder: Path, deciders: Mapping[str, Decider] | None = None) -> None:
        self.folder = folder
        self._deciders = deciders or {}
        self._mapper = EnvelopeMapper()
        self._remember_nothing()
        self._store = opened_for_reading(folder)
        self._recorder = self._store.recorder

    def _remember_nothing(self) -> None:
        """What was read and folded is remembered from here on."""
        self._folded: Recent[str, Folded] = Recent(FOLDED_KEPT, weigh=lambda folded: EACH + folded.stored)
        self._read: Recent[tuple[str, ...], tuple[Entry, ...]] = Recent(GROUPS_KEPT)
        self._named: Recent[tuple[str, ...], tuple[int, tuple[Entry, ...]]] = Recent(GROUPS_KEPT)  # as of a size

    def head(self) -> Head:
        """The newest commit."""
        with self._reading() as cursor:
            found = self._recorder._select_head(cursor)
        return Head(found[0], found[1].hex()) if found else Head(0, EMPTY_ROOT.hex())

    def events(self, stream: str, after: int = 0) -> list[Entry]:
        """A stream's events with versions beyond `after`, in order."""
        with self._reading() as cursor:
            rows = self._recorder._select_rows(cursor, stream, after)
        return [Entry(row[4], self._mapper.read(*row[:4])) for row in rows]

    def versions(self) -> dict[str, int]:
        """Every stream there is, with the version of its newest event."""
        with self._reading() as cursor:
            return self._recorder._select_versions(cursor)

    def version(self, stream: str) -> int:
        """The version of a stream's newest event, 0 when it has none."""
        with self._reading() as cursor:
            return self._recorder._select_version(cursor, stream)

    def last_recorded_at(self) -> datetime | None:
        """When the newest event was recorded, by the clock of the machine that did; None when there is none."""
        newest = self.notifications(after=self.head().size - 1, limit=1)
        return newest[0].envelope.recorded_at if newest else None

    def notifications(self, after: int = 0, limit: int = 500, within: str | None = None) -> list[Entry]:
        """Events of all streams at positions beyond `after`, in order, `limit` at most.

        Args:
            within: only of the streams below this name, such as a session's `{congress}/{term}-{session}`.
        """
        if within is not None:
            with self._reading() as cursor:
                rows = self._recorder._select_within(cursor, within, after, limit)
            return [Entry(row[4], self._mapper.read(*row[:4])) for row in rows]
        found = self._recorder.select_notifications(after, limit, inclusive_of_start=False)
        return [Entry(n.id, self._mapper.to_domain_event(n)) for n in found]

    def leaf(self, position: int) -> str:
        """The leaf hash of what stands at a position, hex."""
        (found,) = self._recorder.select_notifications(position, 1)
        return leaf_hash(found.state).hex()

    def below(self, *names: str) -> tuple[Entry, ...]:
        """All entries of the streams below these names, in the log's order; asked again, only what is new is read.

        Args:
            names: such as `{congress}/{term}-{session}/session`; one who asks for few streams among many gets them by name.
        """
        known = self._read.get(names) or ()
        with self._reading() as cursor:
            rows = self._recorder._select_below(cursor, names, known[-1].position if known else 0)
        if rows:
            known += tuple(Entry(row[4], self._mapper.read(*row[:4])) for row in rows)
            self._read.put(names, known)
        return known

    def below_since(self, after: int, *names: str) -> list[Entry]:
        """As `below`, from a position on, for one who keeps what came before."""
        with self._reading() as cursor:
            rows = self._recorder._select_below(cursor, names, after)
        return [Entry(row[4], self._mapper.read(*row[:4])) for row in rows]

    def newest(self, within: str) -> Entry | None:
        """The newest entry of all streams below a name."""
        with self._reading() as cursor:
            rows = self._recorder._select_newest_within(cursor, within)
        return Entry(rows[0][4], self._mapper.read(*rows[0][:4])) if rows else None

    def named(self, *names: str) -> list[Entry]:
        """Events of all streams that are stored under one of these names, in order; asked again, only what is new is looked through."""
        after, known = self._named.get(names) or (0, ())
        size = self.head().size
        found = list(known)
        while after < size:
            page = self._recorder.select_notifications(after, NAMED_AT_ONCE, size, names, inclusive_of_start=False)
            found += [Entry(n.id, self._mapper.to_domain_event(n)) for n in page]
            after = page[-1].id if len(page) == NAMED_AT_ONCE else size
        self._named.put(names, (max(size, after), tuple(found)))
        return found

    def streams_with(self, name: str) -> list[str]:
        """The streams that hold an event stored under this name, sorted."""
        with self._reading() as cursor:
            return self._recorder._select_streams_with(cursor, name)

    def state(self, stream: str) -> Any:
        """The state folded from a stream's bytes by its decider; asked again, only what is new is read and folded.

        Raises:
            NoDecider: nobody was handed in who folds this kind. UnknownEvent, UnreadableEvent: see there.
        """
        with self._reading() as cursor:
            return self._state(cursor, stream)

    def _state(self, cursor: Any, stream: str) -> Any:
        decider = decider_of(self._deciders, stream)
        nothing = Folded(0, decider.start(stream), 0)
        before = self._folded.get(stream) or nothing
        if before.version > self._recorder._select_version(cursor, stream):  # folded beyond what this cursor sees
            before = nothing
        rows = self._recorder._select_rows(cursor, stream, before.version)
        events = [self._mapper.read(*row[:4]).data for row in rows]
        version, stored = rows[-1][1] if rows else before.version, before.stored + sum(len(row[3]) for row in rows)
        after = Folded(version, decider.fold(before.state, events), stored)
        self._folded.put(stream, after)
        return after.state

    @contextmanager
    def instant(self) -> Iterator["Instant"]:
        """The ledger as of one instant: states, the hall and the position all belong together."""
        with self._reading() as cursor:
            yield Instant(self, cursor)

    def answer_of(self, command_id: str) -> Answer | None:
        """What a command was answered, or None when it never came (or was never decided)."""
        with self._reading() as cursor:
            seen = self._recorder._select_command(cursor, command_id)
        return ANSWER.validate_json(seen[1]) if seen else None

    def act_of(self, command_id: str) -> str | None:
        """Which act a command asked for, once it is answered."""
        with self._reading() as cursor:
            return self._recorder._select_act(cursor, command_id)

    def present(self, session: str, sitting: str) -> frozenset[str]:
        """Who is signed in at a sitting."""
        with self._reading() as cursor:
            return self._recorder._signed_in(cursor, session, sitting)

    @property
    def rehearsal(self) -> bool:
        """Whether this is the ledger of a rehearsal (演练); it is so for ever."""
        with self._reading() as cursor:
            return self._recorder._select_meta(cursor, "kind") == "rehearsal"

    def close(self) -> None:
        self._store.close()

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        with self._store.reading() as cursor:
            yield cursor


class Instant(AttendanceIndex[Selecting]):
    """Implements `domain.ports.Transaction` for one who only looks."""

    def __init__(self, reader: LedgerReader, cursor: Any) -> None:
        super().__init__(cursor, reader._recorder)
        self._reader = reader

    @property
    def size(self) -> int:
        """How many events were committed."""
        found = self._recorder._select_head(self._cursor)
        return found[0] if found else 0

    @property
    def head(self) -> Head:
        """The newest commit."""
        found = self._recorder._select_head(self._cursor)
        return Head(found[0], found[1].hex()) if found else Head(0, EMPTY_ROOT.hex())

    def root_at(self, size: int) -> str | None:
        """The root of the commit that ended at a position, None when none did."""
        return self._recorder._select_root(self._cursor, size)

    def state(self, stream: str) -> Any:
        """As `LedgerReader.state`."""
        return self._reader._state(self._cursor, stream)

    def events(self, stream: str, after: int = 0) -> list[Entry]:
        """As `LedgerReader.events`."""
        rows = self._recorder._select_rows(self._cursor, stream, after)
        return [Entry(row[4], self._reader._mapper.read(*row[:4])) for row in rows]

    def positions(self, stream: str) -> list[int]:
        """The places of a stream's events in the whole log, by version."""
        return [row[4] for row in self._recorder._select_rows(self._cursor, stream)]

    def streams_since(self, position: int) -> list[str]:
        """The streams to which something was added beyond a position, in the order in which it was."""
        return self._recorder._select_streams_since(self._cursor, position)

    def bearing(self, name: str, after: int, wanted: Callable[[str, bytes], bool]) -> Iterator[Entry]:
        """Entries beyond a position of the streams below a name, those whose stored name and bytes are wanted.

        Where little was added only that is looked at, else all that stands below the name.
        """
        if after and self.size - after < FEW_ADDED:
            rows = self._recorder._select_within(self._cursor, name, after, FEW_ADDED)
        else:
            rows = self._recorder._select_below(self._cursor, (name,), after)
        for row in rows:
            if wanted(row[2], row[3]):
                yield Entry(row[4], self._reader._mapper.read(*row[:4]))

    def entered(self, stream: str, names: Container[str]) -> list[tuple[Event, Actor]]:
        """As `WriteTransaction.entered`."""
        return entered_in(self._recorder, self._cursor, self._reader._mapper, stream, names)


__all__ = ["ANSWER", "FILE", "Entry", "Head", "Instant", "LedgerReader"]
