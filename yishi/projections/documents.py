"""Which entries rest on which papers (佐证材料、文号): found by digest or by document number, from a table of the views.

A row for each file that an act carries and for each document number that an act states by itself; of an act with several entries, the first.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from domain.tenure.approval import ApprovalRecorded
from yishi.ledger.reader import Entry

TABLES = (
    """CREATE TABLE documents (
        command TEXT NOT NULL,
        sha256 TEXT NOT NULL,  -- "" for a number without a file
        number TEXT NOT NULL,  -- "" for a file without a number
        position INTEGER NOT NULL,
        session TEXT NOT NULL,
        stream TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        title TEXT NOT NULL,
        size INTEGER,
        token TEXT NOT NULL,  -- of whoever entered it, "" where it is not said
        PRIMARY KEY (command, sha256, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX documents_of ON documents (sha256)",
    "CREATE INDEX documents_numbered ON documents (number)",
)
CARRIES = b'"evidence":[{'
NUMBERED = (ApprovalRecorded.name,)
"""Events that state the number of a paper by themselves."""


class Document(NamedTuple):
    """A paper behind an entry, as the table has it."""

    command: str
    sha256: str
    number: str
    position: int
    session: str
    stream: str
    name: str
    at: str
    title: str
    size: int | None
    token: str

    def told(self) -> dict[str, Any]:
        row = self._asdict()
        return row | {"sha256": self.sha256 or None, "number": self.number or None, "token": self.token or None}


def bears(name: str, stored: bytes) -> bool:
    """Whether an entry stored like this has papers behind it (or may have: it is looked at then)."""
    return CARRIES in stored or name in NUMBERED


def documents_in(entry: Entry) -> Iterator[Document]:
    """The papers behind one entry."""
    envelope, event = entry.envelope, entry.event
    session = "/".join(envelope.stream.split("/")[:2])
    about = (entry.position, session, envelope.stream, envelope.name, event.at.isoformat())
    token = envelope.actor.token or ""
    for file in envelope.evidence:
        yield Document(
            envelope.command_id, file.sha256, file.number or "", *about, title=file.title, size=file.size, token=token
        )
    if isinstance(event, ApprovalRecorded) and event.document:
        yield Document(envelope.command_id, "", event.document, *about, title="", size=None, token=token)


def take_in(db: sqlite3.Connection, entry: Entry) -> None:
    db.executemany("INSERT OR IGNORE INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?)", documents_in(entry))


def found(number: str | None = None, sha256: str | None = None) -> Callable[[sqlite3.Connection], list[Document]]:
    """Asks the views for the papers of a number, of a digest, or for all, in the order of their entries."""
    asked = [("number", number), ("sha256", sha256)]
    named = " AND ".join(f"{column}=?" for column, value in asked if value is not None) or "1"
    values = [value for _, value in asked if value is not None]
    statement = f"SELECT * FROM documents WHERE {named} ORDER BY position, sha256, number"
    return lambda db: [Document(*row) for row in db.execute(statement, values)]
