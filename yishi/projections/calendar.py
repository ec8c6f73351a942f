"""A session's sittings and deadlines as an iCalendar (RFC 5545), worked out from the record alone: the same record, the same bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from domain.calendar import CHINA, legal_date
from domain.law import Citation
from domain.session.state import Session, Sitting
from domain.text import Lang, Text
from yishi.ledger.reader import Entry
from yishi.projections.deadlines import STATES, Deadline, Deadlines, deadline_title
from yishi.projections.office import said_of

STANDINGS = {
    "planned": Text("未举行", "not held yet"),
    "open": Text("正在举行", "in progress"),
    "paused": Text("休会", "in recess"),
    "closed": Text("已结束", "closed"),
}
DEADLINE = Text("期限:{title}({state})", "Due: {title} ({state})")
WAITS = Text("待办:{whom}", "waits for: {whom}")
BASIS = Text("依据:{cited}", "by {cited}")
OUTSIDE = Text(
    "会期是 {opens} 至 {closes},这一时间不在其内:以会议通知为准",
    "the session is from {opens} to {closes}, and this time is not within it: the notice decides",
)


class Noted(NamedTuple):
    """Since when the record says so, and by which articles. `of`: the session's first day when its time was set."""

    at: datetime
    basis: tuple[Citation, ...]
    of: date | None = None


def calendar_of(
    session: Session, entries: Sequence[Entry], lang: Lang, shown: Callable[[str], bool] = lambda stream: True
) -> bytes:
    """The calendar of a session from the entries of its own and its matters' (`own_entries`).

    Args:
        shown: of which streams it tells, of the session's own (its sittings among it) and of its matters.
    """
    deadlines, sittings, terms = Deadlines(), dict[str, Noted](), _Terms()
    opens: date | None = None
    for entry in entries:
        deadlines.follow(entry.envelope.stream, entry.event)
        opens = getattr(entry.event, "opens", opens) if entry.envelope.stream == session.stream else opens
        _note_sittings(session, entry, sittings, opens)
        terms.follow(entry)
    calendar = _empty(session, lang)
    for sitting in session.sittings.values() if shown(session.stream) else ():
        calendar.add_component(sitting_event(session, sitting, sittings[sitting.code], lang))
    for deadline in (each for each in deadlines.all() if shown(each.stream)):
        title = deadline_title(session.procedure, deadline.stream, deadline.clock.id)
        calendar.add_component(
            deadline_event(deadline, title, terms.recorded[deadline.stream, deadline.clock.id], lang)
        )
    written: bytes = calendar.to_ical()
    return written


def sitting_event(session: Session, sitting: Sitting, noted: Noted, lang: Lang) -> Event:
    """A sitting at the time it is planned for. How long it will take nobody has recorded, so it has no end."""
    said = [STANDINGS[sitting.status].to(lang)]
    moved = sitting.status == "planned" and not _within(session, sitting) and not _before(session, sitting, noted)
    if moved:
        said.append(OUTSIDE.filled(opens=session.opens, closes=session.closes).to(lang))
    event = _event(f"{sitting.code}.{session.stream}", noted.at, sitting.title, [*said, *_cited(noted.basis, lang)])
    event.add("dtstart", sitting.planned.astimezone(CHINA))
    event.add("status", "TENTATIVE" if moved else "CONFIRMED")
    return event


def deadline_event(deadline: Deadline, title: Text, recorded: datetime, lang: Lang) -> Event:
    """The whole of a term's last legal day."""
    clock = deadline.clock
    said = [WAITS.filled(whom=said_of(clock.waits_for).to(lang)).to(lang)] if clock.waits_for else []
    summary = DEADLINE.filled(title=title.to(lang), state=STATES[deadline.state].to(lang)).to(lang)
    event = _event(f"{clock.id}.{deadline.stream}", recorded, summary, [*said, *_cited(clock.basis, lang)])
    event.add("dtstart", clock.last_day)
    event.add("dtend", clock.last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _note_sittings(session: Session, entry: Entry, sittings: dict[str, Noted], opens: date | None) -> None:
    """Which entry a sitting's time is from, and which said something new about it: it itself, or the session's days."""
    if entry.envelope.stream != session.stream:
        return
    event, at = entry.event, entry.envelope.recorded_at
    one, days = getattr(event, "sitting", None), hasattr(event, "opens")
    for code in session.sittings:
        if code not in sittings and (one == code or any(s.code == code for s in getattr(event, "sittings", ()))):
            sittings[code] = Noted(at, event.basis, opens)
        elif code in sittings and one == code:
            sittings[code] = sittings[code]._replace(at=at, of=opens)
        elif code in sittings and days:
            sittings[code] = sittings[code]._replace(at=at)


class _Terms:
    """When something new was recorded of each term: that it runs, until when, that it was met or missed."""

    def __init__(self) -> None:
        self.recorded: dict[tuple[str, str], datetime] = {}
        self._told_by: dict[tuple[str, str], set[str]] = {}  # of a stream and a fact, the terms it says something of

    def follow(self, entry: Entry) -> None:
        stream, event, at = entry.envelope.stream, entry.event, entry.envelope.recorded_at
        for clock in event.clocks():
            self.recorded[stream, clock.id] = at
            for fact in (clock.met_by, f"missed:{clock.id}"):
                self._told_by.setdefault((stream, fact), set()).add(clock.id)
        for fact in (*event.gains(), *event.loses()):
            for term in self._told_by.get((stream, fact), ()):
                self.recorded[stream, term] = at


def _within(session: Session, sitting: Sitting) -> bool:
    return session.opens is not None and session.opens <= legal_date(sitting.planned) <= (
        session.closes or session.opens
    )


def _before(session: Session, sitting: Sitting, noted: Noted) -> bool:
    """A preparatory meeting is as a rule on a day before the session opens, as long as that has not been put to another day."""
    assert session.opens is not None
    opens = session.opens
    return sitting.kind == "preparatory" and noted.of == opens and legal_date(sitting.planned) < opens


def _event(name: str, recorded: datetime, summary: str, lines: Sequence[str]) -> Event:
    event = Event()
    event.add("uid", f"{name.replace('/', '.')}@yishi")
    event.add("dtstamp", recorded.replace(microsecond=0))
    event.add("summary", summary)
    event.add("description", "\n".join(lines))
    return event


def _cited(basis: Iterable[Citation], lang: Lang) -> list[str]:
    cited = ("、" if lang == "zh" else "; ").join(dict.fromkeys(c.to(lang) for c in basis))
    return [BASIS.filled(cited=cited).to(lang)] if cited else []


def _empty(session: Session, lang: Lang) -> Calendar:
    plan, calendar, zone, standard = session.plan, Calendar(), Timezone(), TimezoneStandard()
    named = Text(
        f"{plan.congress.name} 第{plan.term}届第{plan.number}次会议", f"{plan.congress.name} {plan.term}-{plan.number}"
    )
    about: Mapping[str, str] = {
        "prodid": f"-//Yishi//Yishi//{lang.upper()}", "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
        "x-wr-calname": named.to(lang), "x-wr-timezone": CHINA.key,
    }  # fmt: skip
    for name, value in about.items():
        calendar.add(name, value)
    zone.add("tzid", CHINA.key)
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 # local time, as RFC 5545 has it; no summer time since 1991
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    calendar.add_component(zone)
    return calendar
