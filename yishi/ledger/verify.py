"""The examination of a ledger: everything that can be proved from a folder, read-only, trusting none of its indexes.

A ledger that was rewritten as a whole, roots and answers included, agrees with itself. What shows that is a root held elsewhere: in the
signed minutes, by a witness. Compare `Verification.head` with it.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventsourcing.persistence import PersistenceError

from domain.ports import Decider, LawBooks
from domain.text import Text
from yishi.ledger.answers import AnswerCheck
from yishi.ledger.checks import BytesCheck, LogCheck, VersionCheck
from yishi.ledger.errors import LedgerError
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.meaning import AttendanceCheck, FoldCheck, ReferenceCheck
from yishi.ledger.reader import FILE, LedgerReader
from yishi.ledger.signatures import SignatureCheck
from yishi.ledger.store import Stored
from yishi.ledger.verification import Outcome, Report, Verification

NOTHING = Text("没有可核查的事件", "there is nothing to verify")


def verify(folder: Path, deciders: Mapping[str, Decider], laws: LawBooks) -> Verification:
    """Examine the ledger of a folder and what its events name, as of one instant; also while the engine runs, also on a copy.

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
            found = _examine(reader._store.stored(cursor), report, deciders, laws, EvidenceStore(folder))
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
    stored: Stored, report: Report, deciders: Mapping[str, Decider], laws: LawBooks, evidence: EvidenceStore
) -> dict[str, Any]:
    """One pass over the events, after the store's own health and the answers; what it counted, by name."""
    stored.health(report)
    commits = stored.commits()
    answers = AnswerCheck(report, stored.commands())
    log, bytes_, versions = LogCheck(report, commits, answers.heads), BytesCheck(report), VersionCheck(report)
    fold, attendance = FoldCheck(report, deciders), AttendanceCheck(report)
    references, signatures = ReferenceCheck(report, laws, evidence), SignatureCheck(report)
    events = 0
    for row in stored.rows(report):
        events += 1
        log.see(row)
        versions.see(row)
        if (fields := bytes_.see(row)) is not None:
            answers.see(row, fields)
        if (envelope := fold.see(row)) is not None:
            attendance.see(row, envelope)
            references.see(row, envelope)
            signatures.see(row, envelope)
    log.end(stored.issued())
    answers.end()
    attendance.end(stored.attendance())
    kind = stored.meta().get("kind")
    return {
        "events": events,
        "streams": len(versions.newest),
        "commits": len(commits),
        "commands": answers.count,
        "head": log.frontier.root().hex(),
        "rehearsal": kind == "rehearsal" if kind else None,
        "unfolded": tuple(sorted(fold.unfolded)),
    }


__all__ = ["FILE", "NOTHING", "verify"]
