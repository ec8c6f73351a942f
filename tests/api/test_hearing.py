"""At the door: who listens is told what their token lets them hear, for as long as it holds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.api.holders import bearer, given
from tests.api.served import Visitor, until, visiting
from tests.api.test_stream import STREAM, Heard, blocks, file, listening, size_of, some

WORDS = "张三家门口的路"


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    """A small town whose suggestions are with their units."""
    async with visiting(tmp_path_factory.mktemp("town") / "data") as at_the_door:
        await at_the_door.play(until="reply-suggestion")
        yield at_the_door


@contextlib.asynccontextmanager
async def holding(
    visitor: Visitor, role: str, **fields: Any
) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, Any]]]:
    told = await given(visitor.http, role, **fields)
    async with httpx.AsyncClient(base_url=visitor.url, headers=bearer(told["token"]), timeout=60) as http:
        yield http, told


async def page(http: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    answer = await http.get("/v1/events", params={"limit": 2000, "wait": 0, **asked})
    assert answer.status_code == 200, answer.text
    events: list[dict[str, Any]] = answer.json()["events"]
    return events


async def test_a_unit_hears_the_matters_it_handles_and_no_other(town: Visitor) -> None:
    matters = (await town.http.get("/v1/matters")).json()
    units = {m["unit"] for m in matters}
    assert units, matters
    for unit in units:
        async with holding(town, "handling_unit", unit=unit) as (http, _):
            heard = await page(http)
            own = {m["number"] for m in matters if m["unit"] == unit}
            assert {e["stream"].rsplit("/", 1)[1] for e in heard} == own
            async with listening(http, after=0) as stream:
                assert [h.id for h in await some(stream, len(heard))] == [e["position"] for e in heard]
    async with holding(town, "handling_unit", unit="没有这个单位") as (http, _):
        assert await page(http) == []


async def test_a_deputy_hears_what_the_town_may_know_without_the_words_others_wrote(town: Visitor) -> None:
    body = {**town.body(town.course()[0]), "command_id": "with-words", "act": "record-proceeding", "reason": WORDS}
    body |= {"actor": {"office": "secretariat"}, "fields": {}}
    await town.http.post("/v1/acts", json=body)  # recorded or refused: either is on record with its words
    async with holding(town, "deputy", person="D001") as (http, _):
        heard = await page(http)
    whole = {e["position"]: e for e in await page(town.http)}
    names = {e["name"] for e in heard}
    assert "session.sitting-opened.v1" in names and "matter.opened.v1" in names
    assert not any(
        n.startswith(("ballot.", "refused.", "access.", "sign-in.")) or n == "vote.counted.v1" for n in names
    )
    assert {e["reason"] for e in heard} == {""} and {x["title"] for e in heard for x in e["evidence"]} <= {""}
    assert {frozenset(e["actor"]) for e in heard} == {frozenset({"office", "person"})}
    told = {"position", "name", "facts", "says", "basis", "clocks"}
    assert all({k: e[k] for k in told} == {k: whole[e["position"]][k] for k in told} for e in heard)


async def test_a_deputy_is_told_a_count_once_it_is_declared_and_neither_call_tells_it_before(town: Visitor) -> None:
    votes = f"/v1/sessions/{town.session}/votes"
    whole = await page(town.http)
    (told,) = [e for e in whole if e["name"] == "session.announced.v1" and "announced:government-report" in e["facts"]]
    async with (
        holding(town, "deputy", person="D001") as (http, _),
        holding(town, "teller", person="T44") as (teller, _),
    ):

        async def subjects(client: httpx.AsyncClient, position: int) -> set[str]:
            return {v["subject"] for v in (await client.get(votes, params={"position": position})).json()}

        before = told["position"] - 1
        assert "government-report" in await subjects(teller, before), "it was counted"
        assert "government-report" not in await subjects(http, before)
        assert "government-report" in await subjects(http, told["position"])
        assert {v["subject"] for v in (await http.get(votes)).json()} == await subjects(teller, size_of(town))
        assert "agenda" in await subjects(http, before), "of the agenda itself nobody announces anything apart"


async def test_who_hears_nothing_of_an_event_is_still_led_past_it(town: Visitor) -> None:
    async with holding(town, "handling_unit", unit="没有这个单位") as (http, _):

        async def led_past_it() -> bool:
            answer = await http.get("/v1/events", params={"wait": 0})
            return bool(answer.json() == {"events": [], "next": size_of(town)})

        await until(led_past_it)


async def to_the_end(answer: httpx.Response) -> list[Heard]:
    return [heard async for heard in blocks(answer)]


async def test_a_listener_whose_token_is_revoked_is_told_no_more_and_sent_away(town: Visitor) -> None:
    size = size_of(town)
    async with holding(town, "auditor") as (http, told):
        async with http.stream("GET", STREAM, params={"after": size + 1}) as line:  # after the token's own issuing
            assert (await town.http.delete(f"/v1/tokens/{told['id']}")).status_code == 200
            heard = await to_the_end(line)
        assert [h.data for h in heard if h.data] == [], "not even that it was revoked"
        answer = await http.get(STREAM, headers={"Last-Event-ID": str(heard[-1].id)})
        assert answer.status_code == 401


async def test_a_poll_that_waits_ends_empty_when_the_token_is_revoked(town: Visitor) -> None:
    async with holding(town, "auditor") as (http, told):
        size = size_of(town)
        async with http.stream("GET", "/v1/events", params={"after": size, "wait": 0}) as answer:
            assert answer.status_code == 200
        waiting = asyncio.create_task(http.get("/v1/events", params={"after": size, "wait": 60}))
        while (await town.http.get("/v1")).json()["watchers"] == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await town.http.delete(f"/v1/tokens/{told['id']}")
        assert (await waiting).json() == {"events": [], "next": size}


async def test_a_listener_whose_token_expires_is_sent_away_at_its_last_moment(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = town.engine.ledger
    ends = ledger.now() + timedelta(seconds=0.5)
    async with holding(town, "auditor", expires=ends.isoformat()) as (http, _):
        async with http.stream("GET", STREAM, params={"after": size_of(town)}) as line:
            monkeypatch.setattr(ledger, "_clock", lambda: ends)
            heard = await to_the_end(line)
        assert [h.data for h in heard if h.data] == []


async def test_a_right_that_is_narrowed_is_narrowed_for_who_listens_already(town: Visitor) -> None:
    size = size_of(town)
    async with listening(town.http, after=size) as stream:
        assert (await town.http.put("/v1/office", json={"one_person": False})).status_code == 200
        await file(town, "narrow1")
        heard = await some(stream, 2)
        assert [h.id for h in heard] == [size + 1, size + 2], "the secretariat reads the record"
    assert (await town.http.put("/v1/office", json={"one_person": True})).status_code == 200
