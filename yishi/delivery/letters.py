"""A notice on the record as a letter: to whom, about what, by when, by which article."""

from typing import NamedTuple

from domain.calendar import legal_date
from domain.matter.matter import Matter
from domain.matter.reminding import MatterEscalatedLate, MatterReminded, Notice
from domain.matter.titles import term_title
from domain.offices import office_word
from domain.text import Lang, Text
from yishi.ledger.reader import Entry, LedgerReader
from yishi.projections.office import AND, said_of

NAMES = (MatterReminded.name, MatterEscalatedLate.name)


class Letter(NamedTuple):
    """One notice. `position` is its place on the record, `to` the units by name and the offices by code."""

    position: int
    session: str
    day: str
    to: tuple[str, ...]
    subject: str
    body: str


def letter_of(ledger: LedgerReader, entry: Entry, lang: Lang) -> Letter:
    """The letter of an entry that is a notice."""
    event, stream = entry.event, entry.envelope.stream
    assert isinstance(event, Notice), "only notices become letters"
    matter: Matter = ledger.state(stream)
    title, owed = term_title(event.term), said_of(event.owed_by or event.waits_for)
    kind = matter.loop.title
    subject = Text(f"催办:{title.zh}({matter.number} 号)", f"Reminder: {title.en} ({matter.number})")
    last = Text(
        f"最后一天:{event.last_day},由{owed.zh}办理", f"The last day is {event.last_day}; it is for {owed.en} to do"
    )
    if isinstance(event, MatterEscalatedLate):
        subject = Text(f"逾期未办:{title.zh}({matter.number} 号)", f"Late: {title.en} ({matter.number})")
        last = Text(
            f"最后一天 {event.last_day} 已过,{owed.zh}尚未办理,请督促",
            f"The last day was {event.last_day}; {owed.en} has not done it. Please see to it",
        )
    about = Text(f"事项:{matter.title}({kind.zh})", f"Matter: {matter.title} ({kind.en})")
    term = matter.clocks.get(event.term)
    cited = term.basis if term else event.basis
    basis = Text(
        f"依据:{'、'.join(dict.fromkeys(c.zh for c in cited))}", f"By: {'; '.join(dict.fromkeys(c.en for c in cited))}"
    )
    session = stream.rsplit("/", 2)[0]
    return Letter(
        position=entry.position,
        session=session,
        day=str(legal_date(event.at)),
        to=tuple(each for each in event.waits_for.split(AND) if each),
        subject=" ".join(subject.to(lang).split()),
        body="\n".join(each.to(lang) for each in (about, last, basis, Text(f"会议:{session}", f"Session: {session}"))),
    )


def addressee(to: str, lang: Lang) -> str:
    """A unit by its name, an office by what it is called."""
    return office_word(to).to(lang)
