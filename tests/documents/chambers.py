"""A source of papers from a session that a test of rules has conducted: its events as they would be in a ledger of their own."""

from pathlib import Path

from domain.submission import Actor
from tests.documents.conftest import source_of
from tests.documents.reading import Printed, read
from tests.domain.chamber import Chamber
from yishi.documents.catalogue import kind_of, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.source import Source
from yishi.law import LawLibrary
from yishi.ledger.mapper import Envelope
from yishi.ledger.reader import Entry


def source_from(here: Chamber, folder: Path) -> Source:
    """What papers are made from, had the chamber's events been recorded; the ledger beside it is another session's."""
    ledger = source_of(folder)
    session = here.session
    entries = tuple(
        Entry(
            n,
            Envelope(
                stream=session.stream, version=n, name=event.name, recorded_at=event.at, command_id=f"c{n}",
                actor=Actor(office="secretariat"), edition=session.edition, evidence=(), reason="", data=event,
            ),
        )
        for n, event in enumerate(session.history, 1)
    )  # fmt: skip
    return Source(
        ledger=ledger.ledger, session=session, entries=entries, names={}, head=ledger.head, until=here.now, rehearsal=False,
        book=LawLibrary(folder).edition(session.edition),
    )  # fmt: skip


def paper_of(here: Chamber, folder: Path, name: str, election: str | None = None) -> Printed:
    """A paper of that session from the shipped template, read back."""
    kind = kind_of(name)
    return read(made(kind, source_from(here, folder), Choice(election=election), template_of(kind, ())))
