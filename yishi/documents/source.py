"""What a paper is made from: one session as the ledger has it at one instant, the law of each day, the names that may be opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from domain.calendar import legal_date
from domain.event import Event
from domain.law import Law, LawBook, NoLawOnFile, Ruling
from domain.session.folding import fold
from domain.session.state import Session
from domain.vote.known import subject_title
from domain.vote.subjects import SECRETARY
from yishi.documents import words
from yishi.law import LawLibrary
from yishi.ledger.reader import Entry, Head, LedgerReader
from yishi.projections.naming import names_of


@dataclass(frozen=True)
class Source:
    """One session at one instant.

    Attributes:
        session: as its events left it, corrections applied. entries: its own stream's, as they were recorded.
        names: deputies' and other people's names by id, as far as their keys are here. head: the log's size and root at that instant.
        until: when the newest entry under that head was recorded; rehearsal: marked as one for ever.
    """

    ledger: LedgerReader
    session: Session
    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    head: Head
    until: datetime
    rehearsal: bool
    book: LawBook
    _laws: dict[date, Law | None] = field(default_factory=dict)

    def person(self, deputy: str | None) -> str:
        """A deputy's name, or the id where there is none."""
        return self.names.get(deputy, deputy) if deputy else ""

    def people(self, deputies: Iterable[str]) -> str:
        return "、".join(self.person(each) for each in deputies)

    def law(self, at: datetime) -> Law | None:
        """The law of a day for this body; None where the book has no text for it."""
        day, plan = legal_date(at), self.session.plan
        if day not in self._laws:
            procedure = self.session.procedure
            try:
                self._laws[day] = self.book.on(
                    day, procedure.level, plan.kind, plan.profile, procedure.families, plan.own_rules, plan.adopts
                )
            except NoLawOnFile:
                self._laws[day] = None
        return self._laws[day]

    def ruling(self, topic: str | None, at: datetime) -> Ruling | None:
        law = self.law(at) if topic else None
        return law.ruling(topic) if law and topic else None

    def cites(self, at: datetime, *topics: str) -> str:
        """The first article on these topics on a day, as it is written; empty where the law is silent."""
        law = self.law(at)
        return words.cited(law.basis(*topics)) if law else ""

    def present(self, sitting: str) -> frozenset[str]:
        """Who is signed in at a sitting, by the ledger's newest commit."""
        return self.ledger.present(self.session.stream, sitting)

    def title(self, subject: str) -> str:
        """What an agenda item, or another subject of a vote, is called."""
        return "秘书长人选" if subject == SECRETARY else subject_title(self.session, subject).zh

    def last(self, kind: type[Event]) -> datetime | None:
        """When something of this kind happened last."""
        return next((e.at for e in reversed(self.session.history) if isinstance(e, kind)), None)

    def position(self, version: int) -> int:
        """Where an entry of the session's stream stands in the whole log."""
        return self.entries[version - 1].position


def read_source(ledger: LedgerReader, stream: str, folder: Path) -> Source:
    """The session as it stands under the log's newest head. Read-only; the engine may be writing meanwhile."""
    head = ledger.head()
    entries = tuple(e for e in ledger.events(stream) if e.position <= head.size)
    session = fold(stream, tuple(e.event for e in entries))
    newest = ledger.notifications(after=head.size - 1, limit=1)
    return Source(
        ledger=ledger,
        session=session,
        entries=entries,
        names=names_of(folder, session),
        head=head,
        until=newest[0].envelope.recorded_at if newest else entries[-1].envelope.recorded_at,
        rehearsal=ledger.rehearsal,
        book=LawLibrary(folder).edition(session.edition),
    )
