"""Behind a balancer no two requests need meet the same door: an act that takes long gets its one answer all the same."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from tests.api.holders import bearer
from tests.api.served import Visitor, until
from tests.api.test_acts import suggestion
from tests.api.test_under_way import held_up, recorded, send
from yishi.api import under_way
from yishi.api.server import Apart, door
from yishi.api.tokens import Token, digest_of
from yishi.ledger.errors import LedgerUnavailable

CLIENT = Path(__file__).parents[2] / "examples" / "integrate" / "client.py"


@contextlib.asynccontextmanager
async def second_door(visitor: Visitor) -> AsyncIterator[str]:
    async with door(
        visitor.engine, Token(digest_of(visitor.token)), apart=Apart("127.0.0.1", (), boxes=False)
    ) as opened:
        yield opened.url


@contextlib.asynccontextmanager
async def balanced(*urls: str) -> AsyncIterator[tuple[str, list[str]]]:
    """An address whose connections go to each door in turn; and to which each went."""
    turns, went = cycle(urls), list[str]()

    async def piped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
        writer.close()

    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        went.append(next(turns))
        from_door, to_door = await asyncio.open_connection("127.0.0.1", int(went[-1].rpartition(":")[2]))
        await asyncio.gather(piped(reader, to_door), piped(from_door, writer), return_exceptions=True)

    async with await asyncio.start_server(taken, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", went


async def test_sent_again_at_another_door_an_act_waits_for_the_one_answer(visitor: Visitor) -> None:
    body = suggestion(visitor, "doors")
    async with second_door(visitor) as url, httpx.AsyncClient(base_url=url, headers=bearer(visitor.token)) as other:
        async with held_up(visitor):
            place = (await send(visitor.http, body, "respond-async")).headers["Location"]
            asked = await other.get(place)
            assert asked.status_code == 404 and asked.json()["type"] == "/v1/problems/not-recorded"
            again = asyncio.create_task(send(other, body))
        receipt = await again
    assert receipt.status_code == 200 and recorded(visitor, "file-doors") == 1
    assert (await visitor.http.get(place)).content == receipt.content


async def test_while_the_database_is_away_a_door_that_looks_whose_token_it_is_says_so_and_to_send_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of several looks into the record again and again for what was revoked elsewhere, before it lets anybody in."""

    def away(stream: str) -> None:
        raise LedgerUnavailable(detail="the database is being started")

    monkeypatch.setattr("yishi.access.keyring.LOOKED_AT_EVERY", 0.0)
    async with second_door(visitor) as url, httpx.AsyncClient(base_url=url, headers=bearer(visitor.token)) as other:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(visitor.engine.reading, "state", away)
            answer = await other.get("/v1/acts")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (await other.get("/v1/acts")).status_code == 200


async def test_the_tutorials_client_gets_its_answer_though_each_request_meets_another_door(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "PATIENCE_SECONDS", 0.05)
    sent = suggestion(visitor, "tutorial")
    async with second_door(visitor) as url, balanced(visitor.url, url) as (address, went):
        monkeypatch.setattr(sys, "argv", [str(CLIENT), address, visitor.token, visitor.session])
        calling: dict[str, object] = {"__name__": "client"}
        exec(compile(CLIENT.read_text().partition("\nbefore = ")[0], CLIENT, "exec"), calling)
        call = calling["call"]
        assert callable(call)
        async with held_up(visitor):
            answer = asyncio.create_task(asyncio.to_thread(call, "POST", "/acts", sent))

            async def met_both() -> bool:
                return answer.done() or len(went) > 3

            await until(met_both)
        assert (await answer)["outcome"] == "recorded"
    assert recorded(visitor, "file-tutorial") == 1
