"""A session's calendar says what the record says, on the days and at the hours of China."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event, vDDDTypes

from domain.calendar import CHINA, months_after
from domain.event import Clock
from domain.law import Citation
from domain.session.state import Session, Sitting
from domain.text import Text
from tests.domain.chamber import township
from tests.rehearsals import rehearsed
from yishi.ledger.past import Past
from yishi.ledger.reader import LedgerReader
from yishi.projections.calendar import Noted, calendar_of, deadline_event, sitting_event
from yishi.projections.deadlines import Deadline, Deadlines, deadline_title
from yishi.projections.sessions import own_entries, sessions
from yishi.record import reader

BY = (Citation(rule="X", statute="某条例(2024)", article="12", paragraph=2),)
RECORDED = datetime(2026, 1, 5, 1, 2, 3, 456, UTC)


def when(event: Event, what: str) -> vDDDTypes:
    """A day or an hour of an event."""
    found = event[what]
    assert isinstance(found, vDDDTypes), found
    return found


def term(last_day: date) -> Deadline:
    started = datetime(2025, 10, 31, 9, tzinfo=CHINA)
    clock = Clock(id="reply", started=started, last_day=last_day, met_by="replied", basis=BY, waits_for="水利局")
    return Deadline("xiaozhen/3-2/matter/s01", clock, "running")


@pytest.mark.parametrize(
    ("start", "months", "day", "next_day"),
    [
        (date(2025, 10, 31), 3, date(2026, 1, 31), date(2026, 2, 1)),
        (date(2025, 11, 30), 3, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2025, 9, 30), 3, date(2025, 12, 30), date(2025, 12, 31)),
        (date(2025, 9, 30), 6, date(2026, 3, 30), date(2026, 3, 31)),
    ],
)
def test_a_term_to_the_end_of_a_month_is_the_whole_of_that_day_and_no_other(
    start: date, months: int, day: date, next_day: date
) -> None:
    event = deadline_event(term(months_after(start, months)), Text("答复", "Reply"), RECORDED, "zh")
    (read,) = Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + event.to_ical() + b"END:VCALENDAR\r\n").events
    assert (when(read, "dtstart").dt, when(read, "dtend").dt) == (day, next_day)
    assert type(when(read, "dtstart").dt) is date, "a day of the law has no hour that another zone could move"


def test_a_term_says_whom_it_waits_for_and_by_which_article_in_either_language() -> None:
    zh = deadline_event(term(date(2026, 1, 31)), Text("答复", "Reply"), RECORDED, "zh")
    en = deadline_event(term(date(2026, 1, 31)), Text("答复", "Reply"), RECORDED, "en")
    assert (zh["summary"], en["summary"]) == ("期限:答复(进行中)", "Due: Reply (running)")
    assert "某条例(2024)第十二条第二款" in str(zh["description"]) and "水利局" in str(zh["description"])
    assert "art. 12(2)" in str(en["description"])
    assert zh["uid"] == en["uid"] == "reply.xiaozhen.3-2.matter.s01@yishi"
    assert when(zh, "dtstamp").dt == RECORDED.replace(microsecond=0)


def sitting(
    session: Session, planned: datetime, status: str = "planned", kind: str = "plenary", of: date | None = None
) -> Any:
    noted = Noted(RECORDED, BY, of)
    return sitting_event(session, Sitting("plenary-9", kind, "第九次全体会议", planned, status), noted, "zh")


def test_a_sitting_after_midnight_in_china_is_on_the_next_day_of_the_month() -> None:
    session = township("closed").session
    last_of_january = datetime(2026, 1, 31, 16, 30, tzinfo=UTC)
    assert sitting(session, last_of_january)["dtstart"].dt == datetime(2026, 2, 1, 0, 30, tzinfo=CHINA)


def test_a_sitting_planned_outside_the_days_of_the_session_is_no_longer_certain() -> None:
    session = township("closed").session
    assert session.closes is not None
    last = datetime(session.closes.year, session.closes.month, session.closes.day, 9, tzinfo=CHINA)
    assert sitting(session, last)["status"] == "CONFIRMED"
    late = sitting(session, last + timedelta(days=1))
    assert late["status"] == "TENTATIVE" and str(session.closes) in late["description"]
    assert sitting(session, last + timedelta(days=1), "closed")["status"] == "CONFIRMED"


def test_a_preparatory_meeting_before_the_session_is_certain_until_the_session_is_put_to_another_day() -> None:
    session = township("closed").session
    opens = session.opens
    assert opens is not None
    before = datetime(opens.year, opens.month, opens.day, 15, tzinfo=CHINA) - timedelta(days=1)
    as_planned = sitting(session, before, kind="preparatory", of=opens)
    assert as_planned["status"] == "CONFIRMED" and str(opens) not in as_planned["description"]
    put_off = sitting(session, before, kind="preparatory", of=opens - timedelta(days=7))
    assert put_off["status"] == "TENTATIVE" and str(opens) in put_off["description"]
    assert sitting(session, before, of=opens)["status"] == "TENTATIVE", "a plenary before the session is none"


def test_the_published_plan_of_a_county_leaves_its_preparatory_meeting_certain(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    ledger = reader(rehearsed("xiuzhou", tmp_path_factory).folder)
    (stream,) = sessions(ledger)
    registered = Past(ledger, 1)
    state: Session = registered.state(stream)
    written = calendar_of(state, own_entries(registered, stream), "en")
    events = {str(e["uid"]).partition(".")[0]: e for e in Calendar.from_ical(written).events}
    assert str(events["prep"]["status"]) == "CONFIRMED" and "is not within it" not in str(events["prep"]["description"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sitting_and_every_deadline_of_a_countys_record_is_in_its_calendar_once(
    lang: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told(reader(rehearsed("xiuzhou", tmp_path_factory).folder), lang)


def told(ledger: LedgerReader, lang: Any) -> None:
    (stream,) = sessions(ledger)
    session, entries, deadlines = ledger.state(stream), own_entries(ledger, stream), Deadlines()
    for entry in entries:
        deadlines.follow(entry.envelope.stream, entry.event)
    written = calendar_of(session, entries, lang)
    assert written == calendar_of(session, entries, lang), "the same record, the same bytes"
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "RFC 5545, 3.1"
    calendar = Calendar.from_ical(written)
    assert [zone["tzid"] for zone in calendar.timezones] == ["Asia/Shanghai"]
    events = {str(event["uid"]): event for event in calendar.events}
    assert len(events) == len(calendar.events) == len(session.sittings) + len(deadlines.all()) > 3
    recorded = {entry.envelope.recorded_at.replace(microsecond=0) for entry in entries}
    for event in events.values():
        assert when(event, "dtstamp").dt in recorded and event["description"]
    for planned in session.sittings.values():
        event = events[f"{planned.code}.{stream.replace('/', '.')}@yishi"]
        assert when(event, "dtstart").dt == planned.planned and when(event, "dtstart").params["TZID"] == "Asia/Shanghai"
    for deadline in deadlines.all():
        event = events[f"{deadline.clock.id}.{deadline.stream.replace('/', '.')}@yishi"]
        assert when(event, "dtstart").dt == deadline.clock.last_day
        assert deadline_title(session.procedure, deadline.stream, deadline.clock.id).to(lang) in str(event["summary"])
        assert all(cited.to(lang) in str(event["description"]) for cited in deadline.clock.basis)
