"""A calendar of a session to subscribe to."""

from typing import Any

import pytest
from icalendar import Calendar

from tests.api.served import Visitor
from tests.api.test_acts import suggestion


def place(visitor: Visitor) -> str:
    return f"/v1/sessions/{visitor.session}/calendar.ics"


async def test_a_calendar_is_sent_again_only_when_something_has_changed(visitor: Visitor) -> None:
    first = await visitor.http.get(place(visitor))
    assert first.status_code == 200 and first.headers["content-type"] == "text/calendar; charset=utf-8"
    sittings = {str(event["summary"]) for event in Calendar.from_ical(first.content).events}
    assert sittings >= {sitting.title for sitting in visitor.plan.sittings}
    known = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    same = await visitor.http.get(place(visitor), headers=known)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    called = {
        **suggestion(visitor, "ics1"), "command_id": "call-another", "act": "call-sitting", "actor": {"office": "presidium"},
        "fields": {"sitting": "plenary-8", "sitting_title": "增开的会", "planned": visitor.plan.sittings[0].at.isoformat()},
    }  # fmt: skip
    assert (await visitor.http.post("/v1/acts", json=called)).status_code == 200
    changed = await visitor.http.get(place(visitor), headers=known)
    assert changed.status_code == 200
    (more,) = [event for event in Calendar.from_ical(changed.content).events if event["summary"] == "增开的会"]
    assert more["uid"] == f"plenary-8.{visitor.plan.stream.replace('/', '.')}@yishi"


@pytest.mark.parametrize(
    ("asked", "header", "spoken"),
    [({}, "", "zh"), ({}, "en-GB,en;q=0.9", "en"), ({"lang": "zh"}, "en", "zh"), ({"lang": "en"}, "zh", "en")],
)
async def test_a_calendar_is_in_the_language_asked_for(visitor: Visitor, asked: Any, header: str, spoken: str) -> None:
    answer = await visitor.http.get(place(visitor), params=asked, headers={"Accept-Language": header})
    assert answer.headers["content-language"] == spoken and "Accept-Language" in answer.headers["vary"]
    assert ("by 地方组织法" in answer.text.replace("\r\n ", "")) == (spoken == "en")


async def test_a_session_that_is_not_there_has_no_calendar(visitor: Visitor) -> None:
    assert (await visitor.http.get("/v1/sessions/xiaozhen/3-9/calendar.ics")).status_code == 404
    assert (await visitor.http.get(place(visitor), params={"lang": "fr"})).status_code == 422
