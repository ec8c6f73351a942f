"""What the record says of each thing that is followed up: the entries that count, in their order, up to a day.

An entry that was struck is not among them, nor the entry that struck it; so figures drawn from here are what is known now to have been so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from domain.calendar import legal_date
from domain.event import Event
from domain.matter.steps import StepTaken
from domain.matter.striking import EntryStruck
from domain.session.correction import Corrected
from domain.session.matters import MatterBegun
from domain.session.suggestions import SuggestionFiled, SuggestionsAssigned
from yishi.ledger.reader import Entry, LedgerReader
from yishi.projections.sessions import own_entries, short

SUGGESTION = "suggestion"
E = TypeVar("E", bound=Event)


class Entered(NamedTuple):
    """One entry of the record: its place in the whole log, and what it says."""

    position: int
    event: Event

    @property
    def day(self) -> date:
        return legal_date(self.event.at)


@dataclass(frozen=True, eq=False)
class Named:
    """One suggestion or other matter, as a list names it."""

    session: str
    number: str
    kind: str
    subject: str
    unit: str
    deputies: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Followed(Named):
    """The same with its `entries`, which begin with the session's own: filed and assigned, or begun."""

    entries: tuple[Entered, ...]

    @property
    def begun(self) -> date:
        """The day on which it was filed, or begun."""
        return self.entries[0].day

    def all(self, kind: type[Event]) -> list[Entered]:
        return [e for e in self.entries if isinstance(e.event, kind)]

    def steps(self, name: str) -> list[Entered]:
        return [e for e in self.all(StepTaken) if getattr(e.event, "step", "") == name]


def followed(ledger: LedgerReader, stream: str, until: date) -> list[Followed]:
    """All that is followed up of one session, as the ledger has it."""
    entries = own_entries(ledger, stream)
    own = [e for e in entries if e.envelope.stream == stream]
    state = ledger.state(stream) if any(isinstance(e.event, Corrected) for e in own) else None
    told = [e.event for e in own] if state is None else state.history  # corrections applied
    matters: dict[str, list[Entered]] = {}
    for entry in entries:
        if entry.envelope.stream != stream:
            matters.setdefault(_number(entry), []).append(Entered(entry.position, entry.event))
    found = followed_in(short(stream), list(zip((e.position for e in own), told, strict=True)), matters, until)
    stands = None if state is None else state.suggestions
    return [f for f in found if stands is None or f.kind != SUGGESTION or f.number in stands]


def followed_in(
    session: str, history: Iterable[tuple[int, Event]], matters: Mapping[str, Sequence[Entered]], until: date
) -> list[Followed]:
    """All that is followed up, from a session's history and the entries of its matters by their numbers."""
    cases = (
        case_on(session, number, found, standing(matters.get(number, ())), until)
        for number, found in origins(history).items()
    )
    return [case for case in cases if case is not None]


class Origin(NamedTuple):
    """An entry of the session about one case: it was filed or begun there, or (with a `unit`) handed over."""

    entered: Entered
    unit: str | None = None


def origins(history: Iterable[tuple[int, Event]]) -> dict[str, list[Origin]]:
    """What a session's history says of each case, by its number, in the order in which they were filed or begun."""
    found: dict[str, list[Origin]] = {}
    for entered in (Entered(*each) for each in history):
        event = entered.event
        if isinstance(event, SuggestionFiled | MatterBegun):
            found.setdefault(event.number, []).append(Origin(entered))
        elif isinstance(event, SuggestionsAssigned):
            for one in event.assignments:
                found.setdefault(one.number, []).append(Origin(entered, one.unit))
    return found


def case_on(
    session: str, number: str, found: Sequence[Origin], entries: Sequence[Entered], until: date
) -> Followed | None:
    """One case as it was at the end of a day; None before it was filed or begun.

    Args:
        entries: of the matter itself, without those struck.
    """
    by_then = [each for each in found if each.entered.day <= until]
    first = next((each.entered for each in reversed(by_then) if each.unit is None), None)
    assigned = next((each for each in reversed(by_then) if each.unit is not None), None)
    if first is None:
        return None
    return Followed(
        session=session,
        number=number,
        kind=getattr(first.event, "kind", SUGGESTION),
        subject=getattr(first.event, "subject", ""),
        unit=(assigned.unit if assigned else None) or str(getattr(first.event, "unit", "")),
        deputies=getattr(first.event, "deputies", ()),
        entries=(first, *((assigned.entered,) if assigned else ()), *(e for e in entries if e.day <= until)),
    )


def standing(entries: Sequence[Entered]) -> list[Entered]:
    """A matter's entries without those struck: an entry's number in its matter is its place here, from 1."""
    gone = {e.event.version for e in entries if isinstance(e.event, EntryStruck)}
    return [e for version, e in enumerate(entries, 1) if version not in gone and not isinstance(e.event, EntryStruck)]


def _number(entry: Entry) -> str:
    return entry.envelope.stream.rsplit("/", 1)[1]
