"""Whoever listens is told each event once, in order, however often the line is cut; and holds up nobody."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import structlog

from tests.api.holders import bearer, given
from tests.api.served import Visitor, until, visiting
from tests.api.test_acts import suggestion
from yishi.api import feed, server, streaming

LISTENERS = 200
STREAM = "/v1/events/stream"


class Heard(NamedTuple):
    """One block of a stream."""

    id: int
    event: str | None
    data: Any


async def blocks(answer: httpx.Response) -> AsyncGenerator[Heard, None]:
    """Read as the standard's own words have it: field by field, a block ends at an empty line."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if not line:
            yield Heard(int(fields["id"]), fields.get("event"), json.loads(fields.get("data", "null")))
            fields = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")


@contextlib.asynccontextmanager
async def listening(http: httpx.AsyncClient, *, last: int | None = None, **asked: Any) -> AsyncIterator[Any]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    async with http.stream("GET", STREAM, params=asked, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        async with contextlib.aclosing(blocks(answer)) as heard:
            first = await anext(heard)
            assert first.event is None, "where it begins comes first"
            yield heard


async def some(heard: AsyncIterator[Heard], count: int) -> list[Heard]:
    async with asyncio.timeout(60):
        return [await anext(heard) for _ in range(count)]


def size_of(visitor: Visitor) -> int:
    return visitor.engine.ledger.head().size


async def file(visitor: Visitor, *numbers: str) -> None:
    for number in numbers:
        answer = await visitor.http.post("/v1/acts", json=suggestion(visitor, number))
        assert answer.status_code == 200, answer.text


async def test_what_is_heard_is_what_the_call_for_events_tells(visitor: Visitor) -> None:
    told = (await visitor.http.get("/v1/events", params={"limit": 2000, "wait": 0})).json()["events"]
    async with visitor.http.stream("GET", STREAM) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert (answer.headers["cache-control"], answer.headers["x-accel-buffering"]) == ("no-store", "no")
        heard = await some(blocks(answer), 1 + len(told))
    assert heard[0] == Heard(0, None, None)
    assert [h.data for h in heard[1:]] == told
    assert [(h.id, h.event) for h in heard[1:]] == [(e["position"], e["name"]) for e in told]


async def test_the_document_of_the_door_says_what_a_stream_is(visitor: Visitor) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    call = document["paths"][STREAM]["get"]
    assert list(call["responses"]["200"]["content"]) == ["text/event-stream"]
    assert set(call["responses"]) == {"200", "401", "403", "421", "422", "429", "500", "503"}
    assert {each["name"] for each in call["parameters"]} == {"session", "kind", "after", "Last-Event-ID"}


async def test_a_line_cut_anywhere_and_taken_up_again_misses_nothing_and_repeats_nothing(visitor: Visitor) -> None:
    await file(visitor, "cut1", "cut2")
    size, heard = size_of(visitor), list[int]()
    while len(heard) < size:
        async with listening(visitor.http, last=heard[-1] if heard else 0, after=1) as stream:
            heard += [h.id for h in await some(stream, min(5, size - len(heard)))]
    assert heard == list(range(1, size + 1))
    async with listening(visitor.http, last=size) as stream:
        await file(visitor, "cut3")
        assert (await anext(stream)).id == size + 1


async def test_two_hundred_listeners_all_hear_an_event_while_acts_are_taken_in(visitor: Visitor) -> None:
    size, limits = size_of(visitor), httpx.Limits(max_connections=LISTENERS)
    headers = {"Authorization": f"Bearer {visitor.token}"}

    async def one(crowd: httpx.AsyncClient) -> list[int]:
        async with listening(crowd, after=size) as stream:
            return [h.id for h in await some(stream, 3)]

    async with httpx.AsyncClient(base_url=visitor.url, headers=headers, limits=limits, timeout=60) as crowd:
        hearing = [asyncio.create_task(one(crowd)) for _ in range(LISTENERS)]

        async def all_wait() -> bool:
            return bool((await visitor.http.get("/v1")).json()["watchers"] >= LISTENERS)

        await until(all_wait)
        await file(visitor, "all1", "all2", "all3")
        heard = await asyncio.gather(*hearing)
    assert heard == [[size + 1, size + 2, size + 3]] * LISTENERS


async def test_who_asks_for_one_kind_or_one_session_hears_nothing_else(visitor: Visitor) -> None:
    size = size_of(visitor)
    async with (
        listening(visitor.http, after=size, kind="session.suggestion-filed") as suggestions,
        listening(visitor.http, after=size, kind=["refused", "session.registered.v1"]) as refused,
        listening(visitor.http, after=size, session=visitor.session) as ours,
    ):
        wrong = suggestion(visitor, "kind0")
        wrong["fields"]["deputies"] = ["D099"]
        assert (await visitor.http.post("/v1/acts", json=wrong)).status_code == 409
        await file(visitor, "kind1")
        assert [h.id for h in await some(ours, 2)] == [size + 1, size + 2]
        assert [(h.id, h.event) for h in await some(refused, 1)] == [(size + 1, "refused.attempt.v1")]
        (heard,) = await some(suggestions, 1)
        assert heard.id == size + 2 and heard.event is not None and heard.event.startswith("session.suggestion-filed.")


async def test_in_silence_a_sign_of_life_brings_the_position_up(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.05)
    size = size_of(visitor)
    async with listening(visitor.http, session="dazhen/1-1") as nothing_of_ours:
        (beat,) = await some(nothing_of_ours, 1)
    assert beat == Heard(size, None, None), "whoever comes back with it is not led through all others' events again"


@pytest.mark.parametrize("last", ["x", "-1", "", "9" * 40])
async def test_a_last_event_that_is_no_position_is_told_so(visitor: Visitor, last: str) -> None:
    answer = await visitor.http.get(STREAM, headers={"Last-Event-ID": last})
    assert answer.status_code == 422 and "Last-Event-ID" in answer.json()["fault"]["zh"]


async def test_a_last_event_beyond_the_end_is_told_as_the_other_calls_tell_it(visitor: Visitor) -> None:
    size = size_of(visitor)
    answer = await visitor.http.get(STREAM, headers={"Last-Event-ID": str(size + 1)})
    other = await visitor.http.get("/v1/events", params={"after": size + 1})
    assert answer.status_code == other.status_code == 422 and answer.json()["fault"] == other.json()["fault"]


@pytest.mark.parametrize("kind", ["sesion", "session.", "Session", "a" * 81])
async def test_a_kind_that_does_not_exist_is_told_so_at_once(visitor: Visitor, kind: str) -> None:
    answer = await visitor.http.get(STREAM, params={"kind": kind})
    assert answer.status_code == 422 and "kind" in answer.json()["fault"]["en"]


@pytest.mark.parametrize(("most", "of_one", "others"), [(1, 50, 503), (500, 1, 200)])
async def test_a_listener_too_many_of_all_or_of_one_token_is_told_when_to_come_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, most: int, of_one: int, others: int
) -> None:
    auditor = bearer((await given(visitor.http, "auditor"))["token"])
    monkeypatch.setattr(feed.Streams, "most", most)
    monkeypatch.setattr(feed.Listeners, "of_one", of_one)

    async def status(headers: dict[str, str]) -> int:
        async with visitor.http.stream("GET", STREAM, headers=headers) as answer:
            assert answer.status_code == 200 or answer.headers["Retry-After"] == "30"
            return answer.status_code

    async def let_in() -> bool:
        return await status(auditor) == 200

    async with visitor.http.stream("GET", STREAM, headers=auditor) as open_:
        assert open_.status_code == 200
        assert await status(auditor) == 503
        assert await status({}) == others, "the office's own token stands for whoever shares it"
    await until(let_in)


@pytest.mark.parametrize(("most", "of_one", "others"), [(1, 50, 503), (300, 1, 200)])
async def test_a_poll_too_many_is_not_let_wait_and_one_that_does_not_wait_is_answered(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, most: int, of_one: int, others: int
) -> None:
    auditor = bearer((await given(visitor.http, "auditor"))["token"])
    monkeypatch.setattr(feed.Polls, "most", most)
    monkeypatch.setattr(feed.Listeners, "of_one", of_one)
    size = size_of(visitor)

    async def status(wait: float, headers: dict[str, str]) -> int:
        return (await visitor.http.get("/v1/events", params={"after": size, "wait": wait}, headers=headers)).status_code

    waiting = asyncio.create_task(status(60, auditor))
    while (await visitor.http.get("/v1")).json()["watchers"] == 0:  # noqa: ASYNC110 # sets no event of ours
        await asyncio.sleep(0.01)
    assert [await status(0.01, auditor), await status(0.01, {}), await status(0, auditor)] == [503, others, 200]
    await file(visitor, f"poll-{of_one}")
    assert await waiting == 200 and await status(0.01, auditor) == 200


def deaf(visitor: Visitor) -> socket.socket:
    """Asks for everything and reads nothing."""
    host, port = visitor.url.removeprefix("http://").split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    connection.connect((host, int(port)))
    head = f"GET {STREAM} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {visitor.token}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def rest(connection: socket.socket) -> Iterator[int]:
    """The positions that are still heard, until the line is at its end or cut."""
    heard = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(1 << 16):
            heard += piece
    for block in heard.split(b"\n\n")[:-1]:
        if b"data: " in block:
            yield int(block.split(b"id: ", 1)[1].split(b"\n", 1)[0])


def narrow(bound: Callable[[int | None, str], socket.socket]) -> Callable[[int | None, str], socket.socket]:
    """The system holds megabytes for a listener that reads nothing; here a few thousand bytes."""

    def narrowed(port: int | None, host: str) -> socket.socket:
        listening = bound(port, host)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        return listening

    return narrowed


async def fill(visitor: Visitor, acts: int) -> None:
    """More than what lies between a listener and us holds."""
    for n in range(acts):
        sent = suggestion(visitor, f"long{n}") | {"reason": "补" * 2000}
        assert (await visitor.http.post("/v1/acts", json=sent)).status_code == 200


async def test_who_takes_in_nothing_is_cut_off_holds_up_nobody_and_can_take_it_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(server, "IN_FLIGHT_SECONDS", 3600)
    monkeypatch.setattr(server, "bound", narrow(server.bound))
    async with visiting(tmp_path / "data") as at_the_door:
        await at_the_door.play(until="sign-in")
        lines = [deaf(at_the_door) for _ in range(3)]
        with structlog.testing.capture_logs() as logged:
            await fill(at_the_door, 60)

            async def dropped() -> bool:
                return len([e for e in logged if e["event"] == "door.listener_dropped"]) == len(lines)

            await until(dropped)
        for line in lines:
            heard = await asyncio.to_thread(list, rest(line))
            assert heard == list(range(1, len(heard) + 1)) and len(heard) < size_of(at_the_door)
            line.close()
            async with listening(at_the_door.http, last=len(heard)) as again:
                assert (await anext(again)).id == len(heard) + 1
        monkeypatch.setattr(streaming, "PATIENCE_SECONDS", 3600.0)
        line, size = deaf(at_the_door), size_of(at_the_door)

        async def listens() -> bool:
            return "\nyishi_stream_listeners 1.0\n" in (await at_the_door.http.get("/metrics")).text

        await until(listens)
    # neither hour was waited for
    assert len(list(rest(line))) < size
    line.close()


async def test_when_the_door_closes_each_listener_is_told_to_the_end_of_its_line(tmp_path: Path) -> None:
    async with contextlib.AsyncExitStack() as outside:
        async with visiting(tmp_path / "data") as at_the_door:
            await at_the_door.play(until="sign-in")
            size = size_of(at_the_door)
            headers = {"Authorization": f"Bearer {at_the_door.token}"}
            http = httpx.AsyncClient(base_url=at_the_door.url, headers=headers, timeout=60)
            await outside.enter_async_context(http)

            lines: list[list[Heard]] = [[], [], []]

            async def to_the_end(line: list[Heard]) -> None:
                async with http.stream("GET", STREAM, params={"after": size}) as answer:
                    async for heard in blocks(answer):  # a line that is cut would raise here
                        line.append(heard)

            hearing = [asyncio.create_task(to_the_end(line)) for line in lines]

            async def told() -> bool:
                return all(line and line[-1].id == size + 1 for line in lines)

            async def all_wait() -> bool:
                return bool((await at_the_door.http.get("/v1")).json()["watchers"] >= len(hearing))

            await until(all_wait)
            await file(at_the_door, "last")
            await until(told)
        await asyncio.wait_for(asyncio.gather(*hearing), 60)
    last = Heard(size + 1, None, None)
    assert [[line[-1], *(each.id for each in line if each.data)] for line in lines] == [[last, size + 1]] * 3
