"""The examination of a ledger: everything that can be proved from a folder, read-only, trusting none of its indexes.

A ledger that was rewritten as a whole, roots and answers included, agrees with itself. What shows that is a root held elsewhere: in the
signed minutes, by a witness. Compare `Verification.head` with it.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eventsourcing.persistence import PersistenceError

from domain.ports import Decider, LawBooks
from domain.text import Text
from yishi.ledger import schema
from yishi.ledger.answers import AnswerCheck
from yishi.ledger.checks import BytesCheck, Commit, LogCheck, Row, VersionCheck
from yishi.ledger.errors import LedgerError
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.meaning import AttendanceCheck, FoldCheck, ReferenceCheck
from yishi.ledger.reader import FILE, LedgerReader
from yishi.ledger.verification import Outcome, Report, Verification

NOTHING = Text("没有可核查的事件", "there is nothing to verify")


def verify(folder: Path, deciders: Mapping[str, Decider], laws: LawBooks) -> Verification:
    """Examine `<folder>/ledger.db` and what its events name, as of one instant; also while the engine runs, also on a copy.

    Args:
        deciders: who folds, by kind of stream. laws: the editions that events name; `edition` must hash what it loads.

    Returns:
        Outcome.VERIFIED only when there was something to verify and nothing failed; UNDECIDED when nothing is there, or it is
        no ledger, or a newer program's. Never raises for what it finds in the folder.
    """
    try:
        reader = LedgerReader(folder, deciders)
    except LedgerError as error:
        return Verification(Outcome.UNDECIDED, why=error.says.filled(**error.figures))
    report = Report()
    found: dict[str, Any] = {}
    try:
        with reader._reading() as cursor:
            found = _examine(cursor.sqlite_cursor.connection, report, deciders, laws, EvidenceStore(folder))
    except (sqlite3.DatabaseError, PersistenceError) as error:
        report("store", detail=error)
    finally:
        reader.close()
    failures = tuple(sorted(report.failures, key=lambda f: (f.position is None, f.position or 0)))
    if failures:
        return Verification(Outcome.BROKEN, failures=failures, **found)
    if not found["events"]:
        return Verification(Outcome.UNDECIDED, why=NOTHING, **found)
    return Verification(Outcome.VERIFIED, **found)


def _examine(
    db: sqlite3.Connection, report: Report, deciders: Mapping[str, Decider], laws: LawBooks, evidence: EvidenceStore
) -> dict[str, Any]:
    """One pass over the events, after the file's own health and the answers; what it counted, by name."""
    db.text_factory = lambda text: text.decode(
        errors="surrogateescape"
    )  # broken text is a finding in its row, not our end
    _check_store(db, report)
    commits = [Commit(*row) for row in db.execute("SELECT last_position, first_position, root FROM commits ORDER BY 1")]
    answers = AnswerCheck(report, db.execute("SELECT command_id, answer, position FROM commands"))
    log, bytes_, versions = LogCheck(report, commits, answers.heads), BytesCheck(report), VersionCheck(report)
    fold, attendance = FoldCheck(report, deciders), AttendanceCheck(report)
    references = ReferenceCheck(report, laws, evidence)
    events = 0
    for row in _rows(db, report):
        events += 1
        log.see(row)
        versions.see(row)
        if (fields := bytes_.see(row)) is not None:
            answers.see(row, fields)
        if (envelope := fold.see(row)) is not None:
            attendance.see(row, envelope)
            references.see(row, envelope)
    log.end(_issued(db))
    answers.end()
    attendance.end({(s, t, d): p for s, t, d, p in db.execute("SELECT * FROM attendance")})
    kind = db.execute("SELECT value FROM meta WHERE key='kind'").fetchone()
    return {
        "events": events,
        "streams": len(versions.newest),
        "commits": len(commits),
        "commands": answers.count,
        "head": log.frontier.root().hex(),
        "rehearsal": kind[0] == "rehearsal" if kind else None,
        "unfolded": tuple(sorted(fold.unfolded)),
    }


def _rows(db: sqlite3.Connection, report: Report) -> Iterator[Row]:
    """The events by position; bytes that somebody stored as text are named and read as what they would be."""
    statement = (
        "SELECT position, originator_id, originator_version, topic, state, leaf FROM stored_events ORDER BY position"
    )
    for row in db.execute(statement):
        state, leaf = row[4], row[5]
        if not (isinstance(state, bytes) and isinstance(leaf, bytes)):
            report("canonical", row[0], detail="不是字节 / not bytes")
            state, leaf = (
                v if isinstance(v, bytes) else str(v).encode(errors="surrogateescape") for v in (state, leaf)
            )
        yield Row(row[0], row[1], row[2], row[3], state, leaf)


def _check_store(db: sqlite3.Connection, report: Report) -> None:
    """The file is whole, and still refuses changes."""
    for (detail,) in db.execute("PRAGMA integrity_check(20)"):
        if detail != "ok":
            report("store", detail=detail)
    guards = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
    for name, statement in schema.TRIGGERS.items():
        if guards.get(name) != statement:
            report("guard", name=name)


def _issued(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name='stored_events'").fetchone()
    return int(row[0]) if row else 0


__all__ = ["FILE", "NOTHING", "verify"]
