"""What is on the record, as the door answers what is asked about it."""

import inspect
import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import structlog

from domain.calendar import legal_date
from domain.matter.matter import Matter
from domain.session.naming import names
from domain.session.offices import who_acts
from domain.session.state import Session
from domain.submission import COMMANDS, Command
from domain.text import Text
from yishi.access.principal import CURRENT, Principal
from yishi.api import bodies
from yishi.api.acting import checked, now
from yishi.api.faults import NotHere, NotWell
from yishi.api.guard import Guarded
from yishi.api.versions import etag
from yishi.events.hearing import units_in
from yishi.events.telling import told
from yishi.folder import FORMAT
from yishi.hall.light import light_of
from yishi.ledger.reader import LedgerReader
from yishi.planning.plan import NamedPerson
from yishi.planning.register import person_key
from yishi.projections.conformity_told import reported
from yishi.projections.deadlines import Deadlines, deadline_told
from yishi.projections.elections import elections_of
from yishi.projections.figures import figures_told
from yishi.projections.lists import all_lists
from yishi.projections.matters import matter_in_full
from yishi.projections.monday import Office
from yishi.projections.naming import names_of
from yishi.projections.office import narrowed
from yishi.projections.report import NoSuchFigure, Report, SeveralBodies
from yishi.projections.sessions import NoSuchRecord, own_entries, sessions, short
from yishi.projections.status import status_of
from yishi.projections.views import Views
from yishi.projections.votes import declared, votes_of

NO_SUCH_ACT = Text("没有“{act}”这种行为;全部行为见 /v1/acts", "there is no act {act}; see /v1/acts")
NO_SUCH_SESSION = Text("没有会议 {session};现有:{known}", "there is no session {session}; there are: {known}")
NO_SUCH_MATTER = Text("会议 {session} 没有第 {number} 号督办事项", "session {session} has no matter {number}")
NO_SUCH_MOMENT = Text(
    "无法理解 at={at}:请用序号(120)或带时区的时刻(2026-01-28T10:00+08:00)",
    "at={at} is neither a position (120) nor a time with its zone (2026-01-28T10:00+08:00)",
)

log = structlog.get_logger("yishi")

SENT_AS: dict[str, type[Command]] = {"register-session": bodies.SessionFields, NamedPerson.act: NamedPerson}
"""Acts that name people: they are sent in clear, and sealed at the door."""


class Reading:
    """The answers to what is asked about the record. For any thread."""

    def __init__(self, engine: Guarded) -> None:
        self.engine = engine
        self.ledger: LedgerReader = engine.ledger
        self._views = Views(engine.ledger)
        self._office, self._report = Office(self._views), Report(self._views)

    def now(self) -> datetime:
        """The time at which it is read."""
        return now(self.engine)

    def about(self) -> dict[str, Any]:
        head = self.ledger.head()
        try:
            ours = version("yishi")
        except PackageNotFoundError:  # run from a checkout that is not installed
            ours = "unknown"
        purpose = "rehearsal" if self.ledger.rehearsal else "real"
        return {
            "service": "yishi", "version": ours, "format": FORMAT, "purpose": purpose,
            "now": self.now().isoformat(), "size": head.size, "head": head.root,
            "mirror": self.engine.second_copy(),
        }  # fmt: skip

    def sessions(self) -> list[dict[str, Any]]:
        return [session_told(self.ledger.state(stream)) for stream in sessions(self.ledger)]

    def session(self, name: str) -> Session:
        """
        Raises:
            NotHere.
        """
        state: Session = self.ledger.state(f"{name}/session/1")
        if not state.registered:
            raise NotHere(told=NO_SUCH_SESSION.filled(session=name, known=known(self.ledger)))
        return state

    def offices(self, name: str, act: str, fields: dict[str, Any]) -> dict[str, Any]:
        if act not in COMMANDS:
            raise NotWell(told=NO_SUCH_ACT.filled(act=act))
        session = self.session(name)
        command = checked(COMMANDS[act], fields)
        if command.stream_kind != "session":
            return {"offices": list(session.procedure.may_do(act, command.offices))}
        return {"offices": list(who_acts(session, command).offices)}

    def etag(self, stream: str) -> str:
        """Of what is about to be read: taken first, so that what is shown is never older than it says."""
        return etag(self.ledger.version(stream))

    def status(self, name: str) -> dict[str, Any]:
        session = self.session(name)
        return status_of(self.ledger, self.engine.laws.edition(session.edition), session.stream, self.now())

    def history(self, name: str, after: int, at: str | None, limit: int, own: bool) -> bytes:
        """A page of the record as JSON, `next` null on the last one."""
        reached, stream = until(at), self.session(name).stream
        if own:
            entries = [e for e in own_entries(self.ledger, stream) if e.position > after][:limit]
        else:
            entries = self.ledger.notifications(after, limit, within=name)
        more = len(entries) == limit
        found = [
            told(self.ledger, e) | {"data": e.event.model_dump(mode="json"), "edition": e.envelope.edition}
            for e in entries
            if reached(e)
        ]
        page = {"entries": found, "next": entries[-1].position if more else None}
        return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()

    def followed_by(self, who: Principal) -> Callable[[str], bool]:
        """Which of a session's streams are for them, by who handles a matter now: a handling unit's own matters, or all."""
        units_of = units_in(self.ledger)
        return cache(lambda stream: who.follows(stream, units_of))

    def deadlines(self, name: str, shown: Callable[[str], bool]) -> list[dict[str, Any]]:
        session, found, today = self.session(name), Deadlines(), self.now()
        for entry in own_entries(self.ledger, session.stream):
            found.follow(entry.envelope.stream, entry.event)
        return [deadline_told(d, session.procedure, today) for d in found.all() if shown(d.stream)]

    def monday(
        self, session: str | None, unit: str | None, deputy: str | None, week: bool, all_: bool
    ) -> dict[str, Any]:
        """What the office of this folder owes and waits for, over all its sessions and matters.

        Raises:
            NotHere.
        """
        if session is not None:
            self.session(session)
        found = self._office.monday(self.now(), session, all_=all_)
        return narrowed(found, session=session, unit=unit, deputy=deputy, week=week, all_=all_)

    def matters(self) -> list[dict[str, Any]]:
        return self._office.matters()

    def figures(self, session: str | None, year: int | None, as_of: date | None) -> dict[str, Any]:
        """The figures of a year's report.

        Raises:
            NotHere, NotWell.
        """
        return self._reported(session, year, as_of, lambda until: self._told(session, year, until))

    def figure(self, name: str, session: str | None, year: int | None, as_of: date | None) -> dict[str, Any]:
        """One of them with its cases.

        Raises:
            NotHere, NotWell.
        """
        return self._reported(session, year, as_of, lambda until: self._opened(name, session, year, until))

    def _reported(
        self, session: str | None, year: int | None, as_of: date | None, ask: Callable[[date], dict[str, Any]]
    ) -> dict[str, Any]:
        until = as_of or legal_date(self.now())
        if session is not None:
            self.session(session)
        try:
            return {"year": year, "as_of": until.isoformat()} | ask(until)
        except NoSuchFigure as missing:
            raise NotHere(told=missing.text) from missing
        except NoSuchRecord as missing:
            raise NotHere(told=NO_SUCH_SESSION.filled(session=session or "—", known=known(self.ledger))) from missing
        except SeveralBodies as several:
            raise NotWell(told=SeveralBodies(known=known(self.ledger)).text) from several

    def _told(self, session: str | None, year: int | None, until: date) -> dict[str, Any]:
        told = self._report.told(session, year, until)
        return {"sessions": told.sessions, "figures": figures_told(told.figures)}

    def _opened(self, name: str, session: str | None, year: int | None, until: date) -> dict[str, Any]:
        opened = self._report.opened(name, session, year, until)
        return {"sessions": opened.sessions} | opened.figure.opened()

    def bring_views(self) -> None:
        """Bring the views up to the newest entry; after a new version of the program that takes seconds."""
        try:
            self._views.follow()
        except Exception as fault:  # whoever asks for a list is told; the record goes on without
            log.warning("views-not-followed", error=repr(fault))
        if self._views.anew:
            log.info("views-anew", zh=self._views.anew.zh, en=self._views.anew.en)

    def lists(self, session: str | None, matter: str | None) -> list[dict[str, Any]]:
        """The four lists of each matter that has items.

        Raises:
            NotHere.
        """
        if session is not None:
            self.session(session)
        rows = [
            row
            for row in self._office.matters()
            if session in (None, row["session"]) and matter in (None, row["number"])
        ]
        return all_lists(self.ledger, rows)

    def matter(self, name: str, number: str) -> dict[str, Any]:
        """
        Raises:
            NotHere.
        """
        session, stream = self.session(name), f"{name}/matter/{number}"
        state: Matter = self.ledger.state(stream)
        if not state.stands:
            raise NotHere(told=NO_SUCH_MATTER.filled(session=name, number=number))
        return matter_in_full(state, self.ledger.events(stream), session.procedure, self.now())

    def light(self, name: str, sitting: str | None) -> dict[str, Any]:
        return light_of(self.ledger, self.engine.laws, f"{name}/session/1", sitting, self.now())

    def report(self, name: str) -> dict[str, Any]:
        """The conformity report, as of its newest entry."""
        session = self.session(name)
        return reported(self.ledger, self.engine.laws.edition(session.edition), session.stream).told()

    def votes(self, name: str, early: bool) -> list[dict[str, Any]]:
        """The votes; without `early` only those whose result is declared."""
        session = self.session(name)
        found = votes_of(session, self.engine.laws.edition(session.edition), names_of(self.engine.folder, session))
        return [vote for vote in found if early or declared(session, vote["subject"])]

    def elections(self, name: str) -> list[dict[str, Any]]:
        session = self.session(name)
        return elections_of(session, self.engine.laws.edition(session.edition), names_of(self.engine.folder, session))

    def members(self, name: str) -> dict[str, Any]:
        session = self.session(name)
        plan = session.plan
        return {
            "members": [
                {
                    "id": d.id,
                    "name": self._name(person_key(plan.congress.code, plan.term, d.id), d.sealed_name),
                    "group": d.group,
                    "in_office": d.id in session.in_office,
                    "suspended": d.id in session.suspended,
                    "on_leave": d.id in session.on_leave,
                }
                for d in session.roll.values()
            ],
            "people": [
                {
                    "id": p.id,
                    "name": self._name(person_key(plan.congress.code, plan.term, p.id), p.sealed_name),
                    "voter": p.voter,
                }
                for p in session.people.values()
            ],
            "groups": [g.model_dump(mode="json") for g in plan.groups],
        }

    def _name(self, person: str, sealed: str) -> str | None:
        return self.engine.names.open(person, sealed) if sealed else None

    def verified(self) -> dict[str, Any]:
        return self.engine.verify().as_json()


def known(ledger: LedgerReader) -> str:
    """The sessions there are, to whoever asks and may know of them."""
    who = CURRENT.get()
    return "、".join(of for of in map(short, sessions(ledger)) if who is not None and who.sees(of)) or "—"


@cache
def act_told(kind: type[Command]) -> dict[str, Any]:
    """An act as programs are told of it; a schema takes milliseconds to make, and they are asked for with every act."""
    return {
        "act": kind.act,
        "title": kind.title._asdict(),
        "stream_kind": kind.stream_kind,
        "offices": list(kind.offices),
        "help": inspect.getdoc(kind) or "",
        "schema": SENT_AS.get(kind.act, kind).model_json_schema(),
    }


def session_told(session: Session) -> dict[str, Any]:
    plan = session.plan
    return {
        "session": session.stream.removesuffix("/session/1"),
        "stream": session.stream,
        "name": plan.congress.name,
        "term": plan.term,
        "number": plan.number,
        "kind": plan.kind,
        "procedure": plan.procedure,
        "profile": plan.profile,
        "stage": session.stage.value,
        "opens": str(session.opens),
        "closes": str(session.closes),
        "names": {code: title._asdict() for code, title in names(session).items()},
    }


def until(at: str | None) -> Any:
    """Which entries were there at a position or a moment.

    Raises:
        NotWell.
    """
    if at is None:
        return lambda entry: True
    if at.isdecimal() and at.isascii():
        return lambda entry: entry.position <= int(at)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as wrong:
        raise NotWell(told=NO_SUCH_MOMENT.filled(at=at)) from wrong
    if moment.tzinfo is None:
        raise NotWell(told=NO_SUCH_MOMENT.filled(at=at))
    return lambda entry: entry.envelope.recorded_at <= moment
