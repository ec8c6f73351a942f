"""An act whose answer takes long is told where to ask for it; one too many is told to come again. None is lost, and none is done twice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.api.holders import bearer, denials, given, inside
from tests.api.served import Visitor, until, visiting
from tests.api.test_acts import opening, suggestion
from yishi.api import under_way
from yishi.api.under_way import PATIENCE_SECONDS, Preference, UnderWay, preference
from yishi.client import Door
from yishi.engine.sending import UPDATES_AT_ONCE


@contextlib.asynccontextmanager
async def held_up(visitor: Visitor) -> AsyncIterator[None]:
    """The engine is slow: nothing that is for the session's workflow has its turn meanwhile."""
    turn = visitor.engine._sending.turn(visitor.plan.stream)
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(UPDATES_AT_ONCE):
            await stack.enter_async_context(turn)
        yield


async def send(http: httpx.AsyncClient, body: dict[str, Any], prefer: str = "", **headers: str) -> httpx.Response:
    said = {name.replace("_", "-"): value for name, value in headers.items()} | ({"Prefer": prefer} if prefer else {})
    return await http.post("/v1/acts", json=body, headers=said)


async def outcome(http: httpx.AsyncClient, place: str) -> httpx.Response:
    """What is told at a place once it is no longer pending."""
    told: list[httpx.Response] = []

    async def settled() -> bool:
        told.append(await http.get(place))
        return told[-1].status_code != 202

    await until(settled)
    return told[-1]


def recorded(visitor: Visitor, command_id: str) -> int:
    return sum(e.envelope.command_id == command_id for e in visitor.engine.ledger.notifications(limit=100_000))


async def test_while_the_engine_is_slow_an_act_is_told_where_its_answer_will_be_and_it_comes_there(
    visitor: Visitor,
) -> None:
    body = suggestion(visitor, "u1")
    async with held_up(visitor):
        answer = await send(visitor.http, body, "respond-async")
        told = answer.json()
        assert (answer.status_code, told["outcome"], told["command_id"]) == (202, "pending", "file-u1")
        assert answer.headers["Location"] == told["ask"] == "/v1/commands/file-u1" and answer.headers["Retry-After"]
        assert answer.headers["Preference-Applied"] == "respond-async" and told["says"]["zh"] and told["says"]["en"]
        asked = await visitor.http.get(told["ask"])
        assert asked.status_code == 202 and asked.json() == told
        assert visitor.engine.ledger.answer_of("file-u1") is None
    receipt = await outcome(visitor.http, told["ask"])
    assert receipt.status_code == 200 and receipt.content == (await send(visitor.http, body)).content
    assert recorded(visitor, "file-u1") == 1


async def test_nobody_who_says_nothing_waits_for_ever(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "PATIENCE_SECONDS", 0.05)
    async with held_up(visitor):
        answer = await send(visitor.http, suggestion(visitor, "u2"))
        assert answer.status_code == 202 and "Preference-Applied" not in answer.headers
    assert (await outcome(visitor.http, answer.headers["Location"])).status_code == 200


async def test_what_is_denied_is_told_and_kept_though_its_sender_would_not_wait(visitor: Visitor) -> None:
    async with inside(visitor) as http:
        told = await given(http, "deputy")
        body = suggestion(visitor, "u21") | {"actor": {"office": "deputy"}}
        body["fields"] = {**body["fields"], "deputies": ["D002"]}
        answer = await send(http, body, "respond-async", **bearer(told["token"]))
        assert answer.status_code == 403 and answer.json()["why"] == "others"
        assert [d["tried"] for d in denials(visitor) if d["token"] == told["id"]] == ["file-suggestion"]


async def test_an_act_that_is_done_in_time_is_answered_as_ever_whatever_was_preferred(visitor: Visitor) -> None:
    answer = await send(visitor.http, suggestion(visitor, "u3"), "respond-async, wait=15")
    assert answer.status_code == 200 and answer.headers["ETag"] and "Preference-Applied" not in answer.headers


async def test_sent_again_while_it_is_on_its_way_it_gets_the_same_answer_and_is_recorded_once(visitor: Visitor) -> None:
    body = suggestion(visitor, "u4")
    async with held_up(visitor):
        assert (await send(visitor.http, body, "wait=0")).status_code == 202
        more = [asyncio.create_task(send(visitor.http, body)) for _ in range(5)]
        await send(visitor.http, body, "wait=0")
    answers = await asyncio.gather(*more)
    assert {a.status_code for a in answers} == {200} and len({a.content for a in answers}) == 1
    assert recorded(visitor, "file-u4") == 1


async def test_another_request_under_an_id_that_is_on_its_way_does_not_get_the_answer_of_the_first(
    visitor: Visitor,
) -> None:
    body = suggestion(visitor, "u5")
    async with held_up(visitor):
        assert (await send(visitor.http, body, "wait=0")).status_code == 202
        other = asyncio.create_task(send(visitor.http, body | {"reason": "另一件事"}))
        await send(visitor.http, body, "wait=0")
    statuses = sorted([(await other).status_code, (await send(visitor.http, body)).status_code])
    assert statuses == [200, 422] and recorded(visitor, "file-u5") == 1  # whichever came first


async def test_a_refusal_is_told_where_the_answer_was_promised_with_its_article(visitor: Visitor) -> None:
    body = opening(visitor) | {"command_id": "u6"}
    async with held_up(visitor):
        place = (await send(visitor.http, body, "respond-async")).headers["Location"]
    told = await outcome(visitor.http, place)
    assert told.status_code == 409 and told.headers["Content-Type"] == "application/problem+json"
    assert told.json()["type"] == "/v1/problems/QuorumNotMet" and told.json()["basis"]
    assert told.json() == (await send(visitor.http, body)).json()


async def test_why_an_act_got_no_answer_is_told_there_too_and_it_may_be_sent_again(visitor: Visitor) -> None:
    body = suggestion(visitor, "u7")
    async with held_up(visitor):
        place = (await send(visitor.http, body, "respond-async", If_Match='"v0"')).headers["Location"]
    for _ in range(2):
        told = await outcome(visitor.http, place)
        assert told.status_code == 412 and told.json()["type"] == "/v1/problems/gone-on"
    assert (await send(visitor.http, body)).status_code == 200
    assert (await visitor.http.get(place)).status_code == 200


async def test_an_id_of_which_nothing_is_known_is_told_so_and_to_send_again(visitor: Visitor) -> None:
    told = await visitor.http.get("/v1/commands/never-sent")
    assert told.status_code == 404 and told.json()["type"] == "/v1/problems/not-recorded"
    page = (await visitor.http.get(told.json()["type"])).json()
    assert page["status"] == 404 and "same id" in page["means"]["en"]


@pytest.mark.parametrize("command_id", ["甲/乙", "a b?c=d#e", "100%/../x", "/v1/acts"])
async def test_whatever_its_id_the_place_leads_to_the_act(visitor: Visitor, command_id: str) -> None:
    body = suggestion(visitor, f"u8-{abs(hash(command_id)) % 10**6}") | {"command_id": command_id}
    async with held_up(visitor):
        place = (await send(visitor.http, body, "respond-async")).headers["Location"]
        assert unquote(place.removeprefix("/v1/commands/")) == command_id
        assert (await visitor.http.get(place)).status_code == 202
    assert (await outcome(visitor.http, place)).json()["command_id"] == command_id


async def test_a_session_is_registered_behind_the_senders_back_too(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as visitor, held_up(visitor):
        visitor.http.headers["Prefer"] = "wait=0"
        answer = await visitor.register("u9")
        assert answer.status_code == 202
        assert (await visitor.http.get(answer.headers["Location"])).status_code == 202
    # the door was shut with the act on its way, and waited for it
    async with visiting(tmp_path / "data") as visitor:
        assert (await visitor.http.get("/v1/commands/u9")).status_code == 200
        assert recorded(visitor, "u9") == 1


async def test_what_others_sent_is_told_to_those_alone_who_may_read_it(visitor: Visitor) -> None:
    gate = await given(visitor.http, "integration", bodies=[visitor.session])
    auditor = await given(visitor.http, "auditor")
    async with held_up(visitor):
        place = (await send(visitor.http, suggestion(visitor, "u10"), "respond-async")).headers["Location"]
        for token in (gate, auditor):
            assert (await visitor.http.get(place, headers=bearer(token["token"]))).status_code == 404
    assert (await outcome(visitor.http, place)).status_code == 200
    unit = await given(visitor.http, "handling_unit", bodies=["dazhen"])
    statuses = [(await visitor.http.get(place, headers=bearer(t["token"]))).status_code for t in (auditor, unit)]
    assert statuses == [200, 404]


async def test_an_answer_is_told_as_far_as_its_events_are_heard_and_one_without_events_to_its_sender(
    visitor: Visitor,
) -> None:

    tokens = {
        "sender": await given(visitor.http, "integration", acts=["file-suggestion", "open-sitting"]),
        "program": await given(visitor.http, "integration"),
        "deputy": await given(visitor.http, "deputy"),
        "auditor": await given(visitor.http, "auditor"),
        "auditor there": await given(visitor.http, "auditor", bodies=[visitor.session]),
    }
    held = {name: bearer(told["token"]) for name, told in tokens.items()}
    filed, again = suggestion(visitor, "u20"), {**suggestion(visitor, "u20"), "command_id": "again-u20"}
    refused = opening(visitor) | {"command_id": "refused-u20"}
    for body, status in ((filed, 200), (again, 200), (refused, 409)):
        assert (await visitor.http.post("/v1/acts", json=body, headers=held["sender"])).status_code == status
    assert (await visitor.http.get("/v1/commands/again-u20")).json()["events"] == []

    async def told(command_id: str) -> set[str]:
        found = {name: await visitor.http.get(f"/v1/commands/{command_id}", headers=h) for name, h in held.items()}
        assert {a.status_code for a in found.values()} <= {200, 404, 409}
        return {name for name, answer in found.items() if answer.status_code != 404}

    assert await told("file-u20") == set(held)
    assert await told("refused-u20") == {"sender", "auditor", "auditor there"}, "others hear of no refused attempt"
    assert await told("again-u20") == {"sender", "auditor"}, "of no session, as far as the record says"


async def test_one_act_more_than_there_may_be_at_once_is_not_taken_and_comes_again_later(visitor: Visitor) -> None:
    async with inside(visitor, under_way=UnderWay(most=2)) as http:
        async with held_up(visitor):
            assert [(await send(http, suggestion(visitor, f"u11-{n}"), "wait=0")).status_code for n in (1, 2)] == [
                202,
                202,
            ]
            assert (await send(http, suggestion(visitor, "u11-2"), "wait=0")).status_code == 202  # it is there already
            full = await send(http, suggestion(visitor, "u11-3"))
            assert (
                full.status_code == 503 and full.json()["type"] == "/v1/problems/full" and full.headers["Retry-After"]
            )
            batch = await http.post(
                "/v1/sign-ins", json={"session": visitor.session, "sitting": "p1", "deputies": ["D001"]}
            )
            assert batch.status_code == 503
            assert (await http.get("/v1/commands/file-u11-3")).status_code == 404
        for n in (1, 2):
            assert (await outcome(http, f"/v1/commands/file-u11-{n}")).status_code == 200
        assert (await send(http, suggestion(visitor, "u11-3"))).status_code == 200
    assert [recorded(visitor, f"file-u11-{n}") for n in (1, 2, 3)] == [1, 1, 1]


async def test_the_command_line_waits_on_by_itself_for_what_is_on_its_way(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "PATIENCE_SECONDS", 0.01)
    desk = await asyncio.to_thread(Door, visitor.engine.folder)
    async with held_up(visitor):
        sent = asyncio.create_task(asyncio.to_thread(desk.act, "/acts", suggestion(visitor, "u12")))

        async def pending() -> bool:
            return (await visitor.http.get("/v1/commands/file-u12")).status_code == 202

        await until(pending)
    answer = await sent
    desk.close()
    assert answer.value["outcome"] == "recorded" and not desk.pending.waiting() and recorded(visitor, "file-u12") == 1


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, Preference(PATIENCE_SECONDS)),
        ("respond-async", Preference(0.0, "respond-async")),
        ("wait=3", Preference(3, "wait=3")),
        ("respond-async, wait=2", Preference(2, "respond-async, wait=2")),
        ("Wait=5; strict", Preference(5, "wait=5")),
        ("wait=9999", Preference(PATIENCE_SECONDS)),
        ("respond-async, wait=9999", Preference(PATIENCE_SECONDS, "respond-async")),
        ("wait=soon, return=minimal", Preference(PATIENCE_SECONDS)),
        ("wait=" + "9" * 50, Preference(PATIENCE_SECONDS)),
    ],
)
def test_a_patience_may_be_shortened_and_what_is_not_understood_changes_nothing(
    said: str | None, found: Preference
) -> None:
    assert preference(said) == found
