"""One matter in full: where it stands, what may follow and who may take it, its terms, and its history in words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import domain.matter.loops
import domain.matter.rules  # noqa: F401  the loops and their acts, before any folder is opened
from domain.calendar import legal_date
from domain.event import Event
from domain.matter.loop import LOOPS, Loop, Move
from domain.matter.matter import Matter, Struck
from domain.matter.steps import ASKED
from domain.matter.titles import term_title, title_of, title_of_event
from domain.offices import office_word
from domain.procedure import Procedure
from domain.submission import COMMANDS
from domain.text import Text
from yishi.ledger.reader import Entry
from yishi.projections.deadlines import Deadlines
from yishi.projections.office import light_of, matter_told, said_of

SAID = ("unit", "text", "why", "result", "due", "promised", "deputy", "persons", "passed")
"""What an entry may say beside its title, in this order."""


def matter_in_full(matter: Matter, entries: Sequence[Entry], procedure: Procedure, now: datetime) -> dict[str, Any]:
    """A matter as JSON values. `moves`: what may follow from where it stands; `history`: struck entries are marked, not left out."""
    deadlines = Deadlines()
    for entry in entries:
        deadlines.follow(matter.stream, entry.event)
    today = legal_date(now)
    return matter_told(matter, matter.stream) | {
        "stream": matter.stream,
        "co_units": list(matter.co_units),
        "parent": matter.parent or None,
        "over": matter.over,
        "waits_for": matter.waits_for,
        "waits": said_of(matter.waits_for)._asdict(),
        "moves": [
            _move(move, procedure) for move in matter.loop.moves_from(matter.stands) if move.open_to(procedure.id)
        ],
        "terms": [_term(d.clock, d.state_on(now), today) for d in deadlines.all()],
        "history": [_entry(entry, event) for entry, event in zip(entries, matter.history, strict=False)],
        "chart": chart(matter.loop, matter.stands, procedure.id),
    }


def chart(loop: Loop, stands: str = "", procedure: str = "") -> dict[str, Any]:
    """A loop as a flow chart: places and ways, with where a matter stands now; the ways of one procedure where it is named."""
    return {
        "kind": {"id": loop.id, **loop.title._asdict()},
        "begins": loop.begins.to,
        "here": stands or None,
        "standings": [
            {"id": s.code, **s.title._asdict(), "waits_for": s.waits_for, "over": s.over} for s in loop.standings
        ],
        "ways": [
            {"from": source, "to": move.to or source, "act": move.act, **title_of(move)._asdict()}
            for move in loop.moves
            if not procedure or move.open_to(procedure)
            for source in move.sources
        ],
    }


def charts() -> list[dict[str, Any]]:
    """The loops of all kinds of matters."""
    return [chart(loop) for loop in LOOPS.values()]


def _move(move: Move, procedure: Procedure) -> dict[str, Any]:
    allowed = move.by if move.plain else COMMANDS[move.act].offices
    here = tuple(office for office in allowed if office in procedure.offices) or tuple(allowed)
    return {
        "act": "take-step" if move.plain else move.act,
        "step": move.act if move.plain else None,
        "title": title_of(move)._asdict(),
        "offices": [{"id": office, **office_word(office)._asdict()} for office in here],
        "asks": [{"field": name, **ASKED[name]._asdict()} for name in move.asks],
        "to": move.to or None,
        "document": move.document._asdict() if move.document else None,
    }


def _term(clock: Any, state: str, today: date) -> dict[str, Any]:
    left = (clock.last_day - today).days
    return {
        "clock": clock.id, "title": term_title(clock.id)._asdict(), "last_day": str(clock.last_day), "state": state,
        "days_left": left, "light": light_of(state, left), "waits": said_of(clock.waits_for)._asdict(),
        "provisional": clock.provisional, "basis": [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in clock.basis],
    }  # fmt: skip


def _entry(entry: Entry, event: Event) -> dict[str, Any]:
    """`event` is the entry as the matter remembers it: its place alone where it was struck."""
    told, envelope = entry.event, entry.envelope
    title = title_of_event(told) or Text(told.name, told.name)
    values = ((name, getattr(told, name, None)) for name in SAID)
    return {
        "position": entry.position, "version": envelope.version, "name": told.name, "at": told.at.isoformat(),
        "title": title._asdict(), "by": {"id": envelope.actor.office, **office_word(envelope.actor.office)._asdict()},
        "round": getattr(told, "round", 1), "struck": isinstance(event, Struck),
        "said": {name: _plain(value) for name, value in values if value not in (None, "", ())},
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value) if isinstance(value, date) else value
