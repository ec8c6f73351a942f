"""The office's lists folded from the record from nothing, entry by entry: what the views must come to."""

from datetime import date, datetime
from typing import Any

from domain.calendar import legal_date
from domain.matter.decider import MatterDecider
from domain.matter.matter import Matter, MatterEvent
from domain.session.offices import turn_of
from domain.session.state import Session
from yishi.ledger.reader import LedgerReader
from yishi.projections.deadlines import Deadline, Deadlines, deadline_told
from yishi.projections.office import OPEN, light_of, matter_told, said_of, sunday_of
from yishi.projections.sessions import OWN, sessions, short

MATTERS = MatterDecider()


class FoldedOffice:
    """As `Office`, of one ledger as it stands."""

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger
        self._reached: dict[str, int] = {}  # by session, the position up to which it was followed
        self._deadlines = Deadlines()
        self._matters: dict[str, Matter] = {}
        self._since: dict[str, datetime] = {}  # since when a matter stands where it does
        self._states: dict[str, Session] = {}  # of the sessions, until something new is in their records

    def monday(self, now: datetime) -> dict[str, Any]:
        """The list as of a moment: `deadlines`, the earliest first, and `waiting`, matters that wait without a term."""
        self._follow()
        today = legal_date(now)
        found = self._deadlines.all()
        rows = [self._deadline(each, today, now) for each in found]
        timed = {(each.stream, each.clock.waits_for) for each in found if each.state_on(now) in OPEN}
        untimed = [m for s, m in self._matters.items() if m.waits_for and (s, m.waits_for) not in timed]
        waiting = [self._waiting(matter, today) for matter in untimed]
        waiting.sort(key=lambda row: (row["since"], row["stream"]))
        return {
            "today": str(today), "week_ends": str(sunday_of(today)), "deadlines": rows, "waiting": waiting,
            "sessions": sorted(map(short, self._reached)),
        }  # fmt: skip

    def matters(self) -> list[dict[str, Any]]:
        """Every matter there is, in the order in which they were opened: where it stands, and whom it waits for."""
        self._follow()
        return [
            {
                **matter_told(matter, stream), "stream": stream, "over": matter.over, "waits_for": matter.waits_for,
                "waits": said_of(matter.waits_for)._asdict(), "co_units": list(matter.co_units),
            }
            for stream, matter in self._matters.items()
            if matter.stands
        ]  # fmt: skip

    def _follow(self) -> None:
        for stream in sessions(self._ledger):
            of = stream.rsplit("/", 2)[0]
            for entry in self._ledger.below_since(self._reached.get(stream, 0), *(f"{of}/{kind}" for kind in OWN)):
                where, event = entry.envelope.stream, entry.event
                self._reached[stream] = entry.position
                self._deadlines.follow(where, event)
                self._states.pop(where, None)
                if "/matter/" in where:
                    matter = MATTERS.evolve(self._matters.get(where) or MATTERS.start(where), event)
                    self._matters[where] = matter
                    if isinstance(event, MatterEvent) and event.to:
                        self._since[where] = event.at

    def _deadline(self, deadline: Deadline, today: date, now: datetime) -> dict[str, Any]:
        session = self._session_of(deadline.stream)
        clock, matter = deadline.clock, self._matters.get(deadline.stream)
        told = deadline_told(deadline, session.procedure, now)
        left = (clock.last_day - today).days
        waits_for = clock.waits_for or turn_of(session.procedure, clock.met_by)
        return told | {
            **matter_told(matter, deadline.stream),
            "waits_for": waits_for,
            "waits": said_of(waits_for)._asdict(),
            "light": light_of(told["state"], left),
            "days_left": left,
            "this_week": told["state"] in OPEN and clock.last_day <= sunday_of(today),
            "provisional": clock.provisional,
        }

    def _waiting(self, matter: Matter, today: date) -> dict[str, Any]:
        since = self._since.get(matter.stream)
        return {
            **matter_told(matter, matter.stream),
            "stream": matter.stream,
            "waits_for": matter.waits_for,
            "waits": said_of(matter.waits_for)._asdict(),
            "since": since.isoformat() if since else "",
            "days": (today - legal_date(since)).days if since else 0,
        }

    def _session_of(self, stream: str) -> Session:
        of = f"{stream.rsplit('/', 2)[0]}/session/1"
        if of not in self._states:  # thousands of deadlines, few sessions: none is folded for each
            self._states[of] = self._ledger.state(of)
        return self._states[of]
