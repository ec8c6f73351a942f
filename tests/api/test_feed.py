"""Events told a page at a time: at once, or as soon as one is recorded; and nobody who waits is held up by others."""

import asyncio
import json
import time
from functools import partial
from typing import Any

import httpx
import pytest

from tests.api.served import Visitor, until
from tests.api.test_acts import suggestion
from yishi.api.feed import Feed
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry

WATCHERS = 200


async def test_events_that_are_there_are_told_at_once(visitor: Visitor) -> None:
    page = (await visitor.http.get("/v1/events", params={"limit": 3})).json()
    assert [e["position"] for e in page["events"]] == [1, 2, 3] and page["next"] == 3
    first = page["events"][0]
    assert (first["name"], first["act"], first["command_id"]) == (
        "session.registered.v1",
        "register-session",
        "register",
    )
    assert first["says"] == {"zh": "登记会议", "en": "Register the session"} and first["recorded_at"] and first["facts"]
    everything: list[int] = []
    after = 0
    while events := (
        found := (await visitor.http.get("/v1/events", params={"after": after, "limit": 7, "wait": 0})).json()
    )["events"]:
        everything += [e["position"] for e in events]
        after = found["next"]
    assert everything == list(range(1, visitor.engine.ledger.head().size + 1))


async def test_with_nothing_new_the_call_waits_and_then_says_so(visitor: Visitor) -> None:
    size = visitor.engine.ledger.head().size
    began = time.monotonic()
    page = (await visitor.http.get("/v1/events", params={"after": size, "wait": 0.3})).json()
    assert page == {"events": [], "next": size} and time.monotonic() - began >= 0.3


async def test_whoever_waits_is_told_as_soon_as_something_is_recorded(visitor: Visitor) -> None:
    size = visitor.engine.ledger.head().size
    waiting = asyncio.create_task(visitor.http.get("/v1/events", params={"after": size, "wait": 60}))
    elsewhere: dict[str, str | int] = {"after": size, "wait": 60, "session": "dazhen/1-1"}
    other = asyncio.create_task(visitor.http.get("/v1/events", params=elsewhere))
    body = suggestion(visitor, "w1")
    body["fields"]["deputies"] = ["D099"]
    refused = await visitor.http.post("/v1/acts", json=body)
    page = (await waiting).json()
    assert refused.status_code == 409
    (event,) = page["events"]
    assert (event["name"], event["act"], event["position"]) == ("refused.attempt.v1", "file-suggestion", size + 1)
    assert "不予办理" in event["says"]["zh"] and "D099" in event["says"]["zh"]
    assert not other.done()
    other.cancel()


async def test_one_sessions_events_are_told_without_anothers(visitor: Visitor) -> None:
    ask = {"limit": 2000, "wait": 0}
    ours = (await visitor.http.get("/v1/events", params={**ask, "session": visitor.session})).json()
    assert len(ours["events"]) == visitor.engine.ledger.head().size == ours["next"]
    nobodys = (await visitor.http.get("/v1/events", params={**ask, "session": "xiaozhen/3-20"})).json()
    assert nobodys == {"events": [], "next": ours["next"]}


@pytest.mark.parametrize("asked", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"wait": 61}, {"session": "x"}])
async def test_a_page_that_cannot_be_given_is_told_so(visitor: Visitor, asked: dict[str, Any]) -> None:
    answer = await visitor.http.get("/v1/events", params=asked)
    assert answer.status_code == 422 and next(iter(asked)) in answer.json()["fault"]["zh"]


async def test_two_hundred_watchers_are_all_told_while_acts_are_taken_in(visitor: Visitor) -> None:
    size, limits = visitor.engine.ledger.head().size, httpx.Limits(max_connections=WATCHERS)
    headers = {"Authorization": f"Bearer {visitor.token}"}
    async with httpx.AsyncClient(base_url=visitor.url, headers=headers, limits=limits, timeout=60) as crowd:
        watching = [
            asyncio.create_task(crowd.get("/v1/events", params={"after": size, "wait": 60})) for _ in range(WATCHERS)
        ]

        async def all_wait() -> bool:
            return bool((await visitor.http.get("/v1")).json()["watchers"] >= WATCHERS)

        await until(all_wait)
        answers = [await visitor.http.post("/v1/acts", json=suggestion(visitor, f"x{n}")) for n in range(3)]
        assert {a.status_code for a in answers} == {200}
        told = [page.json()["events"][0]["position"] for page in await asyncio.gather(*watching)]
    assert told == [size + 1] * WATCHERS


async def test_those_who_waited_and_went_hold_up_nobody_who_waits(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.api.feed.REST_SECONDS", 3600.0)  # between any two that are let go
    feed = Feed(visitor.engine.ledger)
    async with feed:
        head = visitor.engine.ledger.head().size
        await asyncio.gather(*(feed.page(head, 10, 0.001) for _ in range(4000)))
        assert feed.watchers == 0
        waiting = asyncio.create_task(feed.page(head, 10, 30))
        await until(partial(_waits, feed))
        sent = await visitor.http.post("/v1/acts", json=suggestion(visitor, "wf9"))
        assert sent.status_code == 200
        assert b"file-wf9" in await waiting, "four thousand that had gone were waited for"


class Counted:
    """A ledger that counts who reads its events through it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self.reads = ledger, 0

    def notifications(self, *asked: Any) -> list[Entry]:
        self.reads += 1
        return self._ledger.notifications(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


async def test_what_nobody_waits_for_is_read_when_somebody_asks_for_it(visitor: Visitor) -> None:
    ledger = visitor.engine.ledger
    counted = Counted(ledger)
    async with Feed(counted) as feed:  # type: ignore[arg-type] # all that it asks of it
        head = ledger.head().size
        for n in ("nobody-1", "nobody-2"):
            assert (await visitor.http.post("/v1/acts", json=suggestion(visitor, n))).status_code == 200

        async def heard() -> bool:
            return feed.newest == ledger.head().size

        await until(heard)
        assert counted.reads == 0
        told = json.loads(await feed.page(head, 10, 0))
    assert [e["command_id"] for e in told["events"]] == ["file-nobody-1", "file-nobody-2"]
    assert told["next"] == head + 2


async def test_whoever_does_not_wait_is_told_what_is_recorded_though_the_feed_has_not_come_to_it(
    visitor: Visitor,
) -> None:
    feed = Feed(visitor.engine.ledger)  # nobody serves it: it takes in nothing by itself
    head = feed.newest
    assert (await visitor.http.post("/v1/acts", json=suggestion(visitor, "behind"))).status_code == 200
    assert feed.newest == head
    told = json.loads(await feed.page(head, 10, 0))
    assert [e["command_id"] for e in told["events"]] == ["file-behind"] and told["next"] == head + 1


async def _waits(feed: Feed) -> bool:
    return feed.watchers == 1


async def test_beyond_the_end_of_the_record_nobody_waits(visitor: Visitor) -> None:
    head = visitor.engine.ledger.head().size
    answer = await visitor.http.get("/v1/events", params={"after": head + 1, "wait": 20})
    assert answer.status_code == 422 and str(head) in answer.json()["fault"]["en"]
    assert (await visitor.http.get("/v1/events", params={"after": head, "wait": 0})).json() == {
        "events": [],
        "next": head,
    }
