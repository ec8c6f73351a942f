"""The office's lists, read from the views of its record: the list of Monday, and all matters there are."""

import json
from datetime import date, datetime
from functools import cache, lru_cache
from sqlite3 import Connection
from typing import Any

from domain.calendar import end_of, legal_date
from domain.matter.loop import LOOPS
from domain.matter.titles import term_title
from domain.procedure import PROCEDURES
from domain.session.offices import turn_of
from domain.text import Text
from yishi.projections.deadlines import deadline_title
from yishi.projections.office import OPEN, light_of, said_of, sunday_of
from yishi.projections.sessions import short
from yishi.projections.views import Views

KEPT = 4096  # words that are remembered, of each sort


class Office:
    """The lists of one office, from the views of its record. For any thread."""

    def __init__(self, views: Views) -> None:
        self._views = views

    def monday(self, now: datetime, session: str | None = None, *, all_: bool = True) -> dict[str, Any]:
        """The list as of a moment: `deadlines`, the earliest first, and `waiting`, matters that wait without a term.

        Args:
            session: only this one's, `{congress}/{term}-{session}`. all_: with what was met, else only what is open.
        """
        return self._views.read(lambda db: _Monday(db, now).told(session, all_=all_))

    def matters(self) -> list[dict[str, Any]]:
        """Every matter there is, in the order in which they were opened: where it stands, and whom it waits for."""
        return self._views.read(_matters)


class _Monday:
    """One list being written. Thousands of rows share what they have in common: titles, citations, words."""

    def __init__(self, db: Connection, now: datetime) -> None:
        self._db, self._now, self._today = db, now, legal_date(now)
        self._sunday = sunday_of(self._today)
        self._procedures = {
            short(stream): PROCEDURES[name] for stream, name in db.execute("SELECT stream, procedure FROM sessions")
        }
        self._bases = {id_: json.loads(told) for id_, told in db.execute("SELECT id, told FROM bases")}
        self.day = cache(self._day)
        self.turn = cache(lambda of, fact: turn_of(self._procedures[of], fact))
        self.title = cache(self._title)

    def told(self, session: str | None, *, all_: bool) -> dict[str, Any]:
        there = (f"{session}/", f"{session}0") if session else ("", "~")  # 0 is the character after /
        state = "" if all_ else "AND state IN ('running', 'missed')"
        due = self._db.execute(f"{TERMS} {state} ORDER BY last_day, terms.stream, clock", there)
        waiting = list(map(self._waiting, self._db.execute(WAITING, there)))
        waiting.sort(key=lambda row: (row["since"], row["stream"]))
        return {
            "today": str(self._today), "week_ends": str(self._sunday), "deadlines": list(map(self._owed, due)),
            "waiting": waiting, "sessions": sorted(self._procedures),
        }  # fmt: skip

    def _owed(self, row: tuple[Any, ...]) -> dict[str, Any]:
        stream, clock, stored, subject, started, last_day, basis, waits_for, met_by, provisional, *matter = row
        of = stream.rsplit("/", 2)[0]
        state, light, left, this_week = self.day(stored, last_day)
        whom = waits_for or self.turn(of, met_by)
        if matter[0] is None:
            title: dict[str, str] = self.title(self._procedures[of].id, clock)
        else:
            called, number = term_called(clock), stream.rsplit("/", 1)[1]
            title = {"zh": f"{called.zh} {number}", "en": f"{called.en} {number}"}
        return {
            "deadline": title, "clock": clock, "stream": stream, "subject": subject, "state": state, "started": started,
            "last_day": last_day, "basis": self._bases[basis], **which(of, *matter), "waits_for": whom,
            "waits": waits_told(whom), "light": light, "days_left": left, "this_week": this_week,
            "provisional": bool(provisional),
        }  # fmt: skip

    def _waiting(self, row: tuple[Any, ...]) -> dict[str, Any]:
        stream, waits_for, since, *matter = row
        days = (self._today - legal_date(datetime.fromisoformat(since))).days if since else 0
        return {
            **which(stream.rsplit("/", 2)[0], *matter), "stream": stream, "waits_for": waits_for,
            "waits": waits_told(waits_for), "since": since or "", "days": days,
        }  # fmt: skip

    def _day(self, stored: str, last_day: str) -> tuple[str, str, int, bool]:
        """The state that a term has by now, its light, the days left, and whether it is one of this week's."""
        day = date.fromisoformat(last_day)
        state = "overdue" if stored == "running" and end_of(day) <= self._now else stored
        left = (day - self._today).days
        return state, light_of(state, left), left, state in OPEN and day <= self._sunday

    def _title(self, procedure: str, clock: str) -> dict[str, str]:
        return deadline_title(PROCEDURES[procedure], "", clock)._asdict()


MATTER = "number, kind, title, unit, deputies, stands, round"
TERMS = f"""SELECT terms.stream, clock, state, subject, started, last_day, basis, terms.waits_for, met_by, provisional, {MATTER}
FROM terms LEFT JOIN matters ON matters.stream = terms.stream WHERE terms.stream >= ? AND terms.stream < ?"""
WAITING = f"""SELECT stream, waits_for, since, {MATTER} FROM matters WHERE stream >= ? AND stream < ? AND waits_for <> ''
AND NOT EXISTS (SELECT 1 FROM terms WHERE terms.stream = matters.stream AND terms.waits_for = matters.waits_for
AND terms.state IN ('running', 'missed'))"""
LISTED = f"""SELECT matters.stream, over, waits_for, co_units, {MATTER} FROM matters JOIN sessions
ON sessions.stream = matters.session || '/session/1' WHERE stands <> '' ORDER BY registered, opened"""
NO_MATTER: dict[str, Any] = {
    "number": None, "kind": None, "title": None, "unit": None, "deputies": [], "stands": None, "round": None,
}  # fmt: skip


def _matters(db: Connection) -> list[dict[str, Any]]:
    return [
        {
            **which(stream.rsplit("/", 2)[0], *matter), "stream": stream, "over": bool(over), "waits_for": waits_for,
            "waits": waits_told(waits_for), "co_units": ids(co_units),
        }
        for stream, over, waits_for, co_units, *matter in db.execute(LISTED)
    ]  # fmt: skip


def which(
    of: str, number: str | None, kind: str, title: str, unit: str, deputies: str, stands: str, round_: int
) -> dict[str, Any]:
    """As `matter_told`, from a row."""
    if not stands:
        return {"session": of, **NO_MATTER}
    return {
        "session": of, "number": number, "kind": kind_told(kind), "title": title, "unit": unit,
        "deputies": ids(deputies), "stands": standing_told(kind, stands), "round": round_,
    }  # fmt: skip


@cache
def kind_told(kind: str) -> dict[str, str]:
    return {"id": kind, **LOOPS[kind].title._asdict()}


@cache
def standing_told(kind: str, stands: str) -> dict[str, str]:
    return {"id": stands, **LOOPS[kind].standing(stands).title._asdict()}


@lru_cache(KEPT)
def term_called(clock: str) -> Text:
    return term_title(clock)


@lru_cache(KEPT)
def waits_told(waits_for: str) -> dict[str, str]:
    return said_of(waits_for)._asdict()


@lru_cache(KEPT)
def ids(stored: str) -> list[str]:
    found: list[str] = json.loads(stored)
    return found
