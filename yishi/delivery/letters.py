"""A notice on the record as a letter: to whom, about what, by when, by which article."""

from typing import NamedTuple

from domain.calendar import legal_date
from domain.matter.matter import Matter
from domain.matter.reminding import MatterEscalatedLate, MatterReminded
from domain.matter.titles import term_title
from domain.offices import office_word
from domain.reminding import GivenNotice
from domain.session.reminding import DeadlineEscalated, DeadlineReminded
from domain.session.state import Session
from domain.text import Lang, Text
from yishi.ledger.reader import Entry, LedgerReader
from yishi.projections.deadlines import deadline_title
from yishi.projections.office import AND, said_of

NAMES = (MatterReminded.name, MatterEscalatedLate.name, DeadlineReminded.name, DeadlineEscalated.name)


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
    assert isinstance(event, GivenNotice), "only notices become letters"
    state: Matter | Session = ledger.state(stream)
    which, about = _about(state, event.term)
    owed = said_of(event.owed_by or event.waits_for)
    subject = Text(f"催办:{which.zh}", f"Reminder: {which.en}")
    last = Text(
        f"最后一天:{event.last_day},由{owed.zh}办理", f"The last day is {event.last_day}; it is for {owed.en} to do"
    )
    if isinstance(event, MatterEscalatedLate | DeadlineEscalated):
        subject = Text(f"逾期未办:{which.zh}", f"Late: {which.en}")
        last = Text(
            f"最后一天 {event.last_day} 已过,{owed.zh}尚未办理,请督促",
            f"The last day was {event.last_day}; {owed.en} has not done it. Please see to it",
        )
    term = state.clocks.get(event.term)
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


def _about(state: Matter | Session, term: str) -> tuple[Text, Text]:
    """What a notice is of, in a line, and what that is about."""
    if isinstance(state, Matter):
        title, kind = term_title(term), state.loop.title
        which = Text(f"{title.zh}({state.number} 号)", f"{title.en} ({state.number})")
        return which, Text(f"事项:{state.title}({kind.zh})", f"Matter: {state.title} ({kind.en})")
    name = state.plan.congress.name
    which = deadline_title(state.procedure, state.stream, term)
    return which, Text(f"会议自身的期限:{name}", f"A deadline of the session itself: {name}")


def addressee(to: str, lang: Lang) -> str:
    """A unit by its name, an office by what it is called."""
    return office_word(to).to(lang)
