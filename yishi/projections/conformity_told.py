"""The conformity report (合规对照表) of a session with its deadlines, as people and programs are told of it."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from domain.law import LawBook
from domain.session.state import Session
from yishi.ledger.reader import LedgerReader
from yishi.projections.conformity import Line, conformity
from yishi.projections.deadlines import Deadline, Deadlines, deadline_told
from yishi.projections.sessions import own_entries


class Reported(NamedTuple):
    """What the report shows: the session, its steps, its deadlines over all its streams, and until when."""

    session: Session
    lines: list[Line]
    deadlines: list[Deadline]
    positions: dict[int, int]
    now: datetime
    rehearsal: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many steps stand how (已处理 among what is done), and how many deadlines were missed or are overdue."""
        states = Counter(line.state for line in self.lines)
        return {
            "done": states["done"] + states["dealt"],
            "missing": states["missing"],
            "open": states["open"],
            "irregular": states["irregular"],
            "overdue": sum(d.missed_by(self.now) for d in self.deadlines),
        }

    def told(self) -> dict[str, Any]:
        return {
            "steps": [_row(line, self.positions) for line in self.lines],
            "deadlines": [deadline_told(d, self.session.procedure, self.now) for d in self.deadlines],
            "counts": self.counts,
        }


def reported(ledger: LedgerReader, book: LawBook, stream: str) -> Reported:
    """The report of a session as of its newest entry.

    Args:
        book: the edition it is judged by.
    """
    entries, newest = own_entries(ledger, stream), ledger.newest(stream.rsplit("/", 2)[0])
    state: Session = ledger.state(stream)
    own = [e for e in entries if e.envelope.stream == stream]
    files = {e.envelope.version: tuple(f.title for f in e.envelope.evidence) for e in own if e.envelope.evidence}
    deadlines = Deadlines()
    for entry in entries:
        deadlines.follow(entry.envelope.stream, entry.event)
    now = (newest or entries[-1]).envelope.recorded_at
    return Reported(
        session=state,
        lines=conformity(state, book, now, files),
        deadlines=deadlines.all(),
        positions={e.envelope.version: e.position for e in own},
        now=now,
        rehearsal=ledger.rehearsal,
    )


def _row(line: Line, positions: dict[int, int]) -> dict[str, Any]:
    return {
        "stage": line.stage.value,
        "step": line.title._asdict(),
        "fact": line.fact,
        "state": line.state,
        "basis": [c.model_dump(mode="json") | {"zh": c.zh} for c in line.basis],
        "kind": line.kind,
        "position": positions.get(line.version or 0),
        "at": line.at.isoformat() if line.at else None,
        "event": line.event,
        "document": line.document._asdict() if line.document else None,
        "evidence": list(line.evidence),
        "irregularity": line.why,
    }
