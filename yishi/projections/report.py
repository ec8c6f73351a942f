"""The figures of a report read from the views of the record: the same as `figures` works out from the entries, of any day."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from sqlite3 import Connection
from typing import NamedTuple

from domain.text import Text
from yishi.projections.figure import Figure, Mark, Tally, figure_of
from yishi.projections.figures import lines_of, marked, tallies
from yishi.projections.followed import Named
from yishi.projections.sessions import NoSuchRecord, short
from yishi.projections.views import Views
from yishi.trouble import Trouble

COUNTED = "SELECT marks, days, COUNT(*) FROM cases WHERE first_day <= ? AND until_day > ? {among} GROUP BY marks, days"
NAMED = """SELECT cases.session, number, subject, unit, deputies, marks, days, positions FROM cases JOIN sessions
ON sessions.stream = cases.session || '/session/1' WHERE first_day <= ? AND until_day > ? {among} ORDER BY registered, nth"""


class SeveralBodies(Trouble):
    says = Text(
        "这里有几个人大的会议,请写明是哪一次:{known}",
        "there are sessions of several congresses: say which one: {known}",
    )


class NoSuchFigure(Trouble):
    says = Text("没有“{name}”这一数字;有:{known}", "there is no figure {name}; there are: {known}")


class Told(NamedTuple):
    """Figures by kind of matter, and of which sessions."""

    sessions: list[str]
    figures: dict[str, list[Tally]]


class Opened(NamedTuple):
    sessions: list[str]
    figure: Figure


class Report:
    """The figures of one office. For any thread.

    Each asks for one session, or (None) for all sessions of the one congress there is: what was promised years ago may be due now.

    Raises:
        SeveralBodies, NoSuchRecord.
    """

    def __init__(self, views: Views) -> None:
        self._views = views

    def told(self, session: str | None, year: int | None, until: date) -> Told:
        """All figures, as numbers."""

        def ask(db: Connection) -> Told:
            meant = _meant(db, session)
            return Told(meant, tallies(marked(_counted(db, meant, until), year)))

        return self._views.read(ask)

    def opened(self, name: str, session: str | None, year: int | None, until: date) -> Opened:
        """One figure with its cases.

        Raises:
            NoSuchFigure.
        """

        def ask(db: Connection) -> Opened:
            meant = _meant(db, session)
            known = lines_of(marked(_counted(db, meant, until), year))
            if name not in known:
                raise NoSuchFigure(name=name, known="、".join(known))
            kind, line = known[name]
            cases = _cases(db, meant, until, kind, line.heading)
            return Opened(meant, figure_of(line, [(mark, case) for mark, case in cases if mark.of_year(year)]))

        return self._views.read(ask)


def _meant(db: Connection, session: str | None) -> list[str]:
    there = [short(stream) for (stream,) in db.execute("SELECT stream FROM sessions ORDER BY registered")]
    known = "、".join(there)
    if session is None and there:
        if len({name.split("/")[0] for name in there}) > 1:
            raise SeveralBodies(known=known)
        return there
    if session is None or short(session) not in there:
        raise NoSuchRecord(session=session or "—", known=known or "—")
    return [short(session)]


def _counted(db: Connection, meant: Sequence[str], until: date) -> Iterator[tuple[str, Mark, int]]:
    """How many cases stand in each of the ways there are."""
    ways = _ways(db)
    day = until.toordinal()
    for id_, days, times in db.execute(COUNTED.format(among=_among(meant)), (day, day, *meant)):
        kind, marks = ways[id_]
        for mark, timed in marks:
            yield kind, mark._replace(days=days) if timed else mark, times


def _cases(db: Connection, meant: Sequence[str], until: date, kind: str, heading: str) -> Iterator[tuple[Mark, Named]]:
    """The cases with a mark under a heading, with its entries, in the order in which they were filed or begun."""
    ways = {id_: marks for id_, (of, marks) in _ways(db).items() if of == kind}
    day = until.toordinal()
    for session, number, subject, unit, deputies, id_, days, positions in db.execute(
        NAMED.format(among=_among(meant, "cases.")), (day, day, *meant)
    ):
        if not any(mark.heading == heading for mark, _ in ways.get(id_, ())):
            continue
        case = Named(session, number, kind, subject, unit, tuple(json.loads(deputies)))
        for (mark, timed), places in zip(ways[id_], json.loads(positions), strict=True):
            if mark.heading == heading:
                yield mark._replace(positions=tuple(places), days=days if timed else None), case


def _ways(db: Connection) -> dict[int, tuple[str, tuple[tuple[Mark, bool], ...]]]:
    return {id_: (kind, _marks(marks)) for id_, kind, marks in db.execute("SELECT id, kind, marks FROM marks")}


@lru_cache(4096)
def _marks(stored: str) -> tuple[tuple[Mark, bool], ...]:
    """Marks without their positions, and which of them has the number of days."""
    return tuple((Mark(heading, value, (), tuple(years)), timed) for heading, value, years, timed in json.loads(stored))


def _among(meant: Sequence[str], of: str = "") -> str:
    return f"AND {of}session IN ({','.join('?' * len(meant))})"
