"""What is in a data folder when the engine starts on it: the sessions, the deadlines ahead, and those that passed meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.event import Clock
from domain.law import chinese_number
from domain.progress import Progress, session_of
from domain.session.state import Session
from domain.submission import RecordedEvent
from domain.text import Text
from yishi.folder import look
from yishi.ledger.place import has_ledger
from yishi.ledger.reader import LedgerReader
from yishi.projections.deadlines import deadline_title
from yishi.projections.sessions import sessions, short
from yishi.record import reader

AHEAD = 5  # deadlines shown
MISSED = "missed:"


class Before(NamedTuple):
    """Where the record ended before the engine started, and when that was recorded."""

    position: int = 0
    last: datetime | None = None


class Due(NamedTuple):
    """A deadline of a session, or of one of its matters."""

    session: Session
    stream: str
    clock: Clock

    @property
    def named(self) -> Text:
        title = deadline_title(self.session.procedure, self.stream, self.clock.id)
        return Text(f"{title.zh}({short(self.session.stream)})", f"{title.en} ({short(self.session.stream)})")


class Standing(NamedTuple):
    """As the engine found it. `passed`: deadlines that ran out while it was stopped, recorded on their legal days."""

    sessions: tuple[Session, ...]
    ahead: tuple[Due, ...]
    passed: tuple[Due, ...]


def before(folder: Path) -> Before:
    """Read without taking the folder; an empty one holds nothing."""
    if look(folder) is None or not has_ledger(folder):
        return Before()
    ledger = reader(folder)
    try:
        return Before(ledger.head().size, ledger.last_recorded_at())
    finally:
        ledger.close()


def standing(
    ledger: LedgerReader, streams: Mapping[str, Progress], caught_up: Iterable[RecordedEvent], now: datetime
) -> Standing:
    """How it stands, for any thread.

    Args:
        streams: how far each session and matter has come. caught_up: what was recorded because it fell due meanwhile.
    """
    running = [
        (clock.due, stream, clock) for stream, p in streams.items() for clock in p.running if not clock.is_notice
    ]
    ahead = sorted((each for each in running if each[0] > now), key=lambda each: (each[0], each[1], each[2].id))
    passed = [
        (event.stream, streams[event.stream].clocks.get(fact.removeprefix(MISSED)))
        for event in caught_up
        for fact in event.facts
        if fact.startswith(MISSED) and event.stream in streams
    ]
    return Standing(
        sessions=tuple(ledger.state(stream) for stream in sessions(ledger)),
        ahead=tuple(Due(ledger.state(session_of(stream)), stream, clock) for _, stream, clock in ahead[:AHEAD]),
        passed=tuple(Due(ledger.state(session_of(stream)), stream, clock) for stream, clock in passed if clock),
    )


def session_named(session: Session) -> Text:
    plan = session.plan
    return Text(
        f"{plan.congress.name}第{chinese_number(plan.term)}届第{chinese_number(plan.number)}次会议",
        f"{plan.congress.name}, term {plan.term}, session {plan.number}",
    )
