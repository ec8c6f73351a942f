"""After the machine was off, asleep or lost its Temporal database: what fell due is recorded, and what is open goes on.

Both are read from the ledger alone. A deadline that passed is recorded on its legal day, under the very command id by which its
workflow would send it, so whichever comes second is answered what the first was answered. They are recorded in order of their
due instants over all streams, as they would have been had the machine never slept.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from threading import Lock
from time import time
from typing import NamedTuple

import structlog

from domain.event import Clock
from domain.progress import MISSES, OF_THE_CLOCK, Progress, missed_by, session_of
from domain.submission import Answer, Receipt, RecordedEvent, Submission
from domain.text import Text
from yishi.ledger.clock import shown
from yishi.ledger.errors import ClockBehind
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry, Instant, LedgerReader
from yishi.ledger.streams import kind_of
from yishi.ledger.transaction import recorded_event
from yishi.ledger.writer import RECORD_FAULTS, explained
from yishi.trouble import Trouble

log = structlog.get_logger("yishi")

TOLERATED_SLEEP = timedelta(days=270)
"""How long an office may be off without being asked whether the clock is right. A township meets twice a year and its longest term
is six months, so five or six months off are ordinary; a year is what a mistyped year makes of any clock."""
AT_ONCE = 50  # in one group commit; after a kill the rest follows at the next start
TICK_SECONDS = 5.0
SLEPT_SECONDS = 60.0
TRIES = 20  # of other ids for one deadline, when an earlier one was spent on a clock that was behind


class ClockIsBehind(Trouble):
    """At the start, the machine's clock says an earlier time than the newest record bears: an empty battery, say."""

    says = Text(
        "电脑时钟为 {now},早于最后一条记录的时间 {last}。请先校准时钟再启动;如果时钟无误,请加 --clock-is-right。",
        "This computer's clock says {now}, earlier than the last record ({last}). Set it right and start again; "
        "if it is right, add --clock-is-right.",
    )


class ClockIsAhead(Trouble):
    """At the start, more time seems to have passed than an office is ever off."""

    says = Text(
        "电脑时钟为 {now},距最后一条记录({last})已 {days} 天。记为逾期的期限不能撤回,因此请先核对日期:"
        "如果时钟无误,请加 --clock-is-right 启动一次;否则请先校准时钟。",
        "This computer's clock says {now}, {days} days after the last record ({last}). A deadline recorded as missed stays so "
        "for ever: look at the date first. If it is right, start once with --clock-is-right; else set it right.",
    )


def check_clock(ledger: Ledger) -> None:
    """That the machine's clock can be believed, before anything is recorded by it.

    Raises:
        ClockIsBehind, ClockIsAhead.
    """
    last = ledger.last_recorded_at()
    if last is None:
        return
    try:
        now = ledger.believed_now()
    except ClockBehind as behind:
        raise ClockIsBehind(**behind.figures) from behind
    if now - last > TOLERATED_SLEEP:
        raise ClockIsAhead(now=shown(now), last=shown(last), days=(now - last).days)


class Streams:
    """How far each session and each matter has come, read from the ledger and followed."""

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger
        self._known: dict[str, tuple[int, Progress]] = {}
        self._position = 0  # up to where all of them are known
        self._gate = Lock()

    def follow(self) -> dict[str, Progress]:
        """All of them, as they now stand; asked again, only what is new is read."""
        with self._gate, self._ledger.instant() as now:
            if now.size > self._position:
                for stream in now.streams_since(self._position):
                    if kind_of(stream) in MISSES:
                        self._followed(now, stream)
                self._position = now.size
            return {stream: progress for stream, (_, progress) in self._known.items()}

    def of(self, stream: str) -> Progress:
        """How far one of them has come; of no other is anything read."""
        with self._gate, self._ledger.instant() as now:
            return self._followed(now, stream)

    def opened(self, stream: str) -> bool:
        """Whether anything is on record in a stream."""
        if stream not in self._known:
            self.of(stream)
        return stream in self._known

    def _followed(self, now: Instant, stream: str) -> Progress:
        seen, progress = self._known.get(stream) or (0, Progress(stream=stream))
        if entries := now.events(stream, seen):
            progress = followed(progress, entries)
            self._known[stream] = (entries[-1].envelope.version, progress)
        return progress


def followed(progress: Progress, entries: Iterable[Entry]) -> Progress:
    """How far a stream has come with more entries of it."""
    stream = progress.stream
    events = (recorded_event(e.position, stream, e.envelope.version, e.event, b"") for e in entries)
    return progress.after(Receipt(command_id="-", act="-", events=tuple(events), size=0, head=""))


class Overdue(NamedTuple):
    """One deadline that passed and is neither met nor recorded as missed; they sort by when they fell due."""

    due: datetime
    stream: str
    id: str
    clock: Clock


class Waking:
    """Implements `domain.ports.Recording` over a ledger: nothing is recorded as missed before what fell due earlier.

    Args:
        rehearsal: then nothing falls due by itself: the rehearsal's own clock says when.
    """

    def __init__(self, ledger: Ledger, *, rehearsal: bool) -> None:
        self._ledger, self._rehearsal = ledger, rehearsal
        self._streams = Streams(ledger)
        self._settled: set[tuple[str, str, datetime]] = set()  # the record would not have them as missed
        self._one_at_a_time = asyncio.Lock()
        self.caught_up: list[RecordedEvent] = []
        """What was recorded because it fell due while the machine was off or asleep, in order."""

    async def record(self, submission: Submission) -> Answer:
        """As the ledger's. Before a deadline is recorded as missed, those are that fell due before it."""
        if submission.act in OF_THE_CLOCK and not self._rehearsal:
            await self._record_due(min(submission.at, self._ledger.believed_now()))
        return await self._ledger.record(submission)

    async def catch_up(self) -> None:
        """Record all that fell due by now, each on its legal day, once. Killed in the middle, the rest follows next time.

        Raises:
            LedgerError: the ledger did not take it.
        """
        if self._rehearsal:
            return
        recorded = await self._record_due(self._ledger.believed_now())
        self.caught_up += recorded
        for event in recorded:
            log.info("caught-up", stream=event.stream, name=event.name, at=event.at.isoformat())

    async def when_it_wakes(
        self, wall: Callable[[], float] = time, tick_seconds: float = TICK_SECONDS, slept_seconds: float = SLEPT_SECONDS
    ) -> None:
        """Catch up whenever the machine has slept: Temporal's own timers take minutes to notice. Runs until it is cancelled."""
        while True:
            before = wall()
            await asyncio.sleep(tick_seconds)
            if wall() - before > slept_seconds:
                try:
                    await self.catch_up()
                except RECORD_FAULTS as fault:
                    # no room, a store that is away, a clock that jumped: the timers try again, and so does the next start
                    known = explained(fault)
                    log.warning("not-caught-up", zh=known.to("zh"), en=known.to("en"))

    def progress(self) -> dict[str, Progress]:
        """How far every session and matter has come."""
        return self._streams.follow()

    def progress_of(self, stream: str) -> Progress:
        """How far one of them has come."""
        return self._streams.of(stream)

    def opened(self, stream: str) -> bool:
        """Whether anything is on record in a session's or a matter's stream."""
        return self._streams.opened(stream)

    async def _record_due(self, by: datetime) -> list[RecordedEvent]:
        async with self._one_at_a_time:
            overdue = sorted(self._overdue(by))
            answers: list[Answer] = []
            for i in range(0, len(overdue), AT_ONCE):
                answers += await asyncio.gather(*map(self._missed, overdue[i : i + AT_ONCE]))
        return [event for answer in answers if isinstance(answer, Receipt) for event in answer.events]

    def _overdue(self, by: datetime) -> Iterator[Overdue]:
        for stream, progress in self._streams.follow().items():
            for clock in progress.running:
                if clock.due <= by and (stream, clock.id, clock.due) not in self._settled:
                    yield Overdue(clock.due, stream, clock.id, clock)

    async def _missed(self, overdue: Overdue) -> Answer:
        answer = await self._ledger.record(missed_by(overdue.stream, overdue.clock))
        tried = 0
        while answer.outcome == "refused" and answer.reason == "ActInFuture" and tried < TRIES:
            tried += 1  # the id was spent once on a clock that was behind
            answer = await self._ledger.record(missed_by(overdue.stream, overdue.clock, again=tried))
        if not isinstance(answer, Receipt) or not answer.events:
            self._settled.add((overdue.stream, overdue.id, overdue.due))
        return answer


def open_streams(streams: dict[str, Progress]) -> list[str]:
    """Sessions and matters on the record whose story is not at its end, sessions first."""
    found = [s for s, p in streams.items() if not p.over or (s == session_of(s) and p.unopened(streams))]
    return sorted(found, key=lambda s: (s != session_of(s), s))
