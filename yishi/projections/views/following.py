"""From entries of the record to rows: each stream that grew is read again and its rows are replaced.

A matter has dozens of entries, a session hundreds, so that what is folded is small; and whatever is done twice comes to the same.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from domain.event import Event
from domain.matter.decider import MatterDecider
from domain.matter.matter import Matter, MatterEvent
from domain.session.correction import Corrected
from domain.session.matters import MatterBegun
from domain.session.state import Session
from domain.session.suggestions import SuggestionFiled, SuggestionsAssigned
from yishi.ledger.reader import Entry, Instant
from yishi.projections import documents
from yishi.projections.deadlines import Deadlines
from yishi.projections.figure import Mark
from yishi.projections.figures import marks_of
from yishi.projections.followed import SUGGESTION, Entered, Followed, Origin, case_on, origins, standing

OWN = re.compile(r"([^/]+/[^/]+)/(session|matter)/([^/]+)")
FOR_EVER = date.max.toordinal()
MATTERS = MatterDecider()


class Following:
    """Brings the tables from one position of the record to a later instant of it. For one transaction."""

    def __init__(self, db: sqlite3.Connection, now: Instant) -> None:
        self._db, self._now = db, now
        self._marks: dict[tuple[str, str], int] = {
            (kind, marks): id_ for id_, kind, marks in db.execute("SELECT id, kind, marks FROM marks")
        }
        self._bases: dict[str, int] = {told: id_ for id_, told in db.execute("SELECT id, told FROM bases")}

    def follow(self, after: int) -> None:
        """Take in all that was recorded beyond a position."""
        grown: dict[str, dict[str, None]] = {}
        streams = self._now.streams_since(after)
        for of in dict.fromkeys("/".join(stream.split("/")[:2]) for stream in streams):
            for entry in self._now.bearing(of, after, documents.bears):
                documents.take_in(self._db, entry)
        for stream in streams:
            if found := OWN.fullmatch(stream):
                of, kind, number = found.groups()
                grown.setdefault(of, {})[number if kind == "matter" else ""] = None
        for of, numbers in grown.items():
            self._session(of, set(numbers), after)

    def _session(self, of: str, grown: set[str], after: int) -> None:
        """One session with those of its matters that grew; "" is for the session itself."""
        stream = f"{of}/session/1"
        session: Session = self._now.state(stream)
        matters = {number: self._now.events(f"{of}/matter/{number}") for number in sorted(grown - {""})}
        for number, entries in matters.items():
            self._terms(f"{of}/matter/{number}", entries)
            self._matter(f"{of}/matter/{number}", of, entries)
        touched = set(matters)
        told = origins(zip(self._now.positions(stream), session.history, strict=True))
        corrected = any(isinstance(event, Corrected) for event in session.history)
        if "" in grown:
            entries = self._now.events(stream)
            self._terms(stream, entries)
            self._db.execute(
                "INSERT OR REPLACE INTO sessions VALUES (?,?,?)", (stream, entries[0].position, session.procedure.id)
            )
            touched |= set(told) if corrected else _named(e.event for e in entries if e.position > after)
            if corrected:
                self._db.execute("DELETE FROM cases WHERE session=?", (of,))
        for number in touched & set(told):
            entries = matters[number] if number in matters else self._now.events(f"{of}/matter/{number}")
            spans = spans_of(of, number, told[number], [Entered(e.position, e.event) for e in entries])
            stands = not corrected or number in session.suggestions
            self._case(
                of, number, told[number][0].entered.position, [s for s in spans if stands or s.case.kind != SUGGESTION]
            )

    def _terms(self, stream: str, entries: Sequence[Entry]) -> None:
        follow = Deadlines()
        for entry in entries:
            follow.follow(stream, entry.event)
        self._db.execute("DELETE FROM terms WHERE stream=?", (stream,))
        self._db.executemany(
            "INSERT INTO terms VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    c.last_day.isoformat(), stream, c.id, each.state, c.subject, c.started.isoformat(),
                    self._basis([b.model_dump(mode="json") | {"zh": b.zh, "en": b.en} for b in c.basis]), c.waits_for,
                    c.met_by, c.provisional,
                )
                for each in follow.all()
                for c in (each.clock,)
            ),
        )  # fmt: skip

    def _matter(self, stream: str, of: str, entries: Sequence[Entry]) -> None:
        matter, since = Matter(stream), None
        for entry in entries:
            matter = MATTERS.evolve(matter, entry.event)
            if isinstance(entry.event, MatterEvent) and entry.event.to:
                since = entry.event.at
        self._db.execute(
            "INSERT OR REPLACE INTO matters VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                stream, of, entries[0].position, matter.number, matter.kind, matter.title, matter.unit,
                _json(matter.co_units), _json(matter.deputies), matter.stands, matter.round, matter.over,
                matter.waits_for, _iso(since),
            ),
        )  # fmt: skip

    def _case(self, of: str, number: str, nth: int, spans: "Sequence[Span]") -> None:
        self._db.execute("DELETE FROM cases WHERE session=? AND number=?", (of, number))
        self._db.executemany(
            "INSERT INTO cases VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    of, number, nth, s.first.toordinal(), s.until.toordinal() if s.until else FOR_EVER,
                    s.case.subject, s.case.unit, _json(s.case.deputies), self._stand(s.case.kind, s.marks),
                    next((m.days for m in s.marks if m.days is not None), None), _json([m.positions for m in s.marks]),
                )
                for s in spans
            ),
        )  # fmt: skip

    def _basis(self, told: list[dict[str, Any]]) -> int:
        text = _json(told)
        if text not in self._bases:
            self._bases[text] = self._added("INSERT INTO bases (told) VALUES (?)", text)
        return self._bases[text]

    def _stand(self, kind: str, marks: Sequence[Mark]) -> int:
        text = _json([[m.heading, m.value, m.years, m.days is not None] for m in marks])
        if (kind, text) not in self._marks:
            self._marks[kind, text] = self._added("INSERT INTO marks (kind, marks) VALUES (?,?)", kind, text)
        return self._marks[kind, text]

    def _added(self, statement: str, *values: str) -> int:
        added = self._db.execute(statement, values).lastrowid
        assert added is not None
        return added


class Span(NamedTuple):
    """What a case adds to the figures from a day on, until another (None: for good)."""

    first: date
    until: date | None
    case: Followed
    marks: tuple[Mark, ...]


def spans_of(session: str, number: str, found: Sequence[Origin], entries: Sequence[Entered]) -> list[Span]:
    """A case through time. The days are those of its entries as known now, so that one made late counts from its own day on."""
    kept, spans = standing(entries), list[Span]()
    for day in sorted(set(_turning_days([*(each.entered for each in found), *kept]))):
        case = case_on(session, number, found, kept, day)
        if case is None:
            continue
        marks, last = marks_of(case, day), spans[-1] if spans else None
        if last and last.marks == marks and (last.case.unit, last.case.subject) == (case.unit, case.subject):
            continue
        if last:
            spans[-1] = last._replace(until=day)
        spans.append(Span(day, None, case, marks))
    return spans


def _turning_days(entries: Iterable[Entered]) -> Iterator[date]:
    """The days on which a mark may change: something happened, a term is over since the day before, a promise is due."""
    for entry in entries:
        yield entry.day
        for clock in entry.event.clocks():
            if not clock.is_notice:
                yield clock.last_day + timedelta(days=1)
        if isinstance(promised := getattr(entry.event, "promised", None), date):
            yield promised


def _named(events: Iterable[Event]) -> set[str]:
    """The cases that entries of a session are about."""
    found: set[str] = set()
    for event in events:
        if isinstance(event, SuggestionFiled | MatterBegun):
            found.add(event.number)
        elif isinstance(event, SuggestionsAssigned):
            found |= {each.number for each in event.assignments}
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
