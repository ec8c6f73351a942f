"""What an office looks at on Monday: over all its sessions and matters, what is due, what is overdue, what waits, and for whom.

A deadline says for whom it waits by the unit's name or by an office; whoever has the next move and no day for it, waits
where the matter stands, since it came there. Red: its last day is past. Yellow: seven days are left, or fewer. Green: more.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from domain.calendar import legal_date
from domain.matter.decider import MatterDecider
from domain.matter.matter import Matter, MatterEvent
from domain.offices import office_word
from domain.session.state import Session
from domain.submission import COMMANDS
from domain.text import Text, joined
from yishi.ledger.reader import LedgerReader
from yishi.projections.deadlines import Deadline, Deadlines, deadline_told
from yishi.projections.sessions import OWN, sessions, short

SOON_DAYS = 7
OVERDUE = ("overdue", "missed")
OPEN = ("running", *OVERDUE)
AND = "、"
"""Between units that handle a matter together."""
MATTERS = MatterDecider()


def light_of(state: str, days_left: int) -> str:
    """Red, yellow or green; nothing for what is done."""
    if state in OVERDUE:
        return "red"
    if state != "running":
        return ""
    return "yellow" if days_left <= SOON_DAYS else "green"


def sunday_of(day: date) -> date:
    """The last day of the week that a day is in."""
    return day + timedelta(days=6 - day.weekday())


def said_of(waits_for: str) -> Text:
    """For whom, in words: units by their names, offices by theirs."""
    return joined(office_word(each) for each in waits_for.split(AND) if each)


class Office:
    """Follows the sessions and matters of one ledger; asked again, only what is new is read. For any thread."""

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger
        self._reached: dict[str, int] = {}  # by session, the position up to which it was followed
        self._deadlines = Deadlines()
        self._matters: dict[str, Matter] = {}
        self._since: dict[str, datetime] = {}  # since when a matter stands where it does
        self._states: dict[str, Session] = {}  # of the sessions, until something new is in their records
        self._lock = Lock()

    def monday(self, now: datetime) -> dict[str, Any]:
        """The list as of a moment: `deadlines`, the earliest first, and `waiting`, matters that wait without a term."""
        with self._lock:
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
        with self._lock:
            self._follow()
            return [
                {
                    **matter_told(matter, stream), "stream": stream, "over": matter.over, "waits_for": matter.waits_for,
                    "waits": said_of(matter.waits_for)._asdict(),
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
        waits_for = clock.waits_for or self._turn(session, clock.met_by)
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

    def _turn(self, session: Session, fact: str) -> str:
        """Whose turn it is at a session's deadline: the office that takes the step which meets it, the usual one first."""
        for step in session.procedure.steps:
            if fact.partition(":")[0] == step.fact.partition(":")[0]:
                return next(iter(step.by or session.procedure.may_do(step.act, COMMANDS[step.act].offices)), "")
        return ""


def matter_told(matter: Matter | None, stream: str) -> dict[str, Any]:
    """Which matter something is about, and where it stands; of a session's own deadline only which session."""
    of = {"session": stream.rsplit("/", 2)[0]}
    if matter is None or not matter.stands:
        return of | {
            "number": None,
            "kind": None,
            "title": None,
            "unit": None,
            "deputies": [],
            "stands": None,
            "round": None,
        }
    return of | {
        "number": matter.number,
        "kind": {"id": matter.kind, **matter.loop.title._asdict()},
        "title": matter.title,
        "unit": matter.unit,
        "deputies": list(matter.deputies),
        "stands": {"id": matter.stands, **matter.loop.standing(matter.stands).title._asdict()},
        "round": matter.round,
    }


def narrowed(
    monday: dict[str, Any], *, session: str | None = None, unit: str | None = None, deputy: str | None = None,
    week: bool = False, all_: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The list for a session, for whom it waits, for a deputy's own matters, for this week; with `all_` also what was met."""

    def fits(row: dict[str, Any]) -> bool:
        names = (*row["waits_for"].split(AND), row["waits"]["zh"], row["waits"]["en"])
        return (
            (session is None or row["session"] == session.removesuffix("/session/1"))
            and (unit is None or unit in names)
            and (deputy is None or deputy in row["deputies"])
        )

    due = [row for row in monday["deadlines"] if fits(row) and (all_ or row["state"] in OPEN)]
    if week:
        due = [row for row in due if row["this_week"]]
    waiting = [] if week else [row for row in monday["waiting"] if fits(row)]
    return monday | {"deadlines": due, "waiting": waiting, "counts": dict(_counted(due)) | {"waiting": len(waiting)}}


def _counted(rows: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for light in ("red", "yellow", "green"):
        yield light, sum(row["light"] == light for row in rows)
    yield "this_week", sum(row["this_week"] and row["light"] != "red" for row in rows)
