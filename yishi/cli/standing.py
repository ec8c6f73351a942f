"""What is in a data folder when the engine starts on it: the sessions, the deadlines ahead, and those that passed meanwhile."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.law import chinese_number
from domain.session.state import Session
from domain.text import Text
from yishi.engine import reader
from yishi.folder import look
from yishi.ledger.place import has_ledger
from yishi.ledger.reader import LedgerReader
from yishi.projections.deadlines import Deadline, Deadlines, deadline_title
from yishi.projections.sessions import own_entries, sessions, short

AHEAD = 5  # deadlines shown


class Standing(NamedTuple):
    """As of the moment before the engine started. `passed`: deadlines that ran out since it was stopped, still to be recorded."""

    position: int
    last: datetime | None
    sessions: tuple[Session, ...]
    ahead: tuple[tuple[Session, Deadline], ...]
    passed: tuple[tuple[Session, Deadline], ...]


def standing(folder: Path, now: datetime) -> Standing:
    """Read without taking the folder; an empty one holds nothing."""
    if look(folder) is None or not has_ledger(folder):
        return Standing(0, None, (), (), ())
    ledger = reader(folder)
    try:
        return _read(ledger, now)
    finally:
        ledger.close()


def _read(ledger: LedgerReader, now: datetime) -> Standing:
    position = ledger.head().size
    newest = ledger.notifications(after=position - 1, limit=1) if position else []
    known: tuple[Session, ...] = tuple(ledger.state(stream) for stream in sessions(ledger))
    running = [
        (session, deadline)
        for session in known
        for deadline in _deadlines(ledger, session.stream)
        if deadline.state == "running"
    ]
    running.sort(key=lambda found: found[1].clock.due)
    return Standing(
        position=position,
        last=newest[0].envelope.recorded_at if newest else None,
        sessions=known,
        ahead=tuple(each for each in running if each[1].clock.due > now)[:AHEAD],
        passed=tuple(each for each in running if each[1].clock.due <= now),
    )


def _deadlines(ledger: LedgerReader, stream: str) -> list[Deadline]:
    found = Deadlines()
    for entry in own_entries(ledger, stream):
        found.follow(entry.envelope.stream, entry.event)
    return found.all()


def session_named(session: Session) -> Text:
    plan = session.plan
    return Text(
        f"{plan.congress.name}第{chinese_number(plan.term)}届第{chinese_number(plan.number)}次会议",
        f"{plan.congress.name}, term {plan.term}, session {plan.number}",
    )


def deadline_named(session: Session, deadline: Deadline) -> Text:
    title = deadline_title(session.procedure, deadline.stream, deadline.clock.id)
    return Text(f"{title.zh}({short(session.stream)})", f"{title.en} ({short(session.stream)})")
