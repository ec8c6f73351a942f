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
class Followed:
    """One suggestion or other matter. `entries` begin with the session's own: filed and assigned, or begun."""

    session: str
    number: str
    kind: str
    subject: str
    unit: str
    deputies: tuple[str, ...]
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
    begun: dict[str, Entered] = {}
    assigned: dict[str, Entered] = {}
    units: dict[str, str] = {}
    for entered in (Entered(*each) for each in history):
        event = entered.event
        if entered.day > until:
            continue
        if isinstance(event, SuggestionFiled | MatterBegun):
            begun[event.number] = entered
        elif isinstance(event, SuggestionsAssigned):
            for one in event.assignments:
                assigned[one.number], units[one.number] = entered, one.unit
    return [
        Followed(
            session=session,
            number=number,
            kind=getattr(first.event, "kind", SUGGESTION),
            subject=getattr(first.event, "subject", ""),
            unit=units.get(number) or str(getattr(first.event, "unit", "")),
            deputies=getattr(first.event, "deputies", ()),
            entries=(
                first,
                *((assigned[number],) if number in assigned else ()),
                *(e for e in standing(matters.get(number, ())) if e.day <= until),
            ),
        )
        for number, first in begun.items()
    ]


def standing(entries: Sequence[Entered]) -> list[Entered]:
    """A matter's entries without those struck: an entry's number in its matter is its place here, from 1."""
    gone = {e.event.version for e in entries if isinstance(e.event, EntryStruck)}
    return [e for version, e in enumerate(entries, 1) if version not in gone and not isinstance(e.event, EntryStruck)]


def _number(entry: Entry) -> str:
    return entry.envelope.stream.rsplit("/", 1)[1]
