"""What a connection brings that is cut off, is no HTTP or never ends: nothing is lost, and nobody else is disturbed."""

import asyncio
import contextlib
import json
import socket

import pytest

from tests.api.served import Visitor, until
from tests.api.test_acts import suggestion
from tests.engine.house import everything_stored
from yishi.api.connection import LARGEST_HEAD


def raw(visitor: Visitor, request: bytes) -> socket.socket:
    host, port = visitor.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=60)
    connection.sendall(request)
    return connection


async def test_a_body_cut_off_records_nothing_and_the_door_goes_on(visitor: Visitor) -> None:
    before = everything_stored(visitor.engine.folder)
    body = json.dumps(suggestion(visitor, "cut")).encode()
    head = f"POST /v1/acts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {visitor.token}\r\nContent-Type: application/json\r\n"
    connection = raw(visitor, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:-1])
    await asyncio.sleep(0)
    connection.close()
    assert (await visitor.http.get("/v1")).status_code == 200
    assert everything_stored(visitor.engine.folder) == before


async def test_a_client_that_goes_before_its_answer_finds_it_when_it_sends_again(visitor: Visitor) -> None:
    sent = suggestion(visitor, "gone")
    body = json.dumps(sent).encode()
    head = f"POST /v1/acts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {visitor.token}\r\nContent-Type: application/json\r\n"
    grown = asyncio.Event()
    loop = asyncio.get_running_loop()

    def grew(size: int) -> None:
        loop.call_soon_threadsafe(grown.set)

    no_more = visitor.engine.ledger.after_commit(grew)
    raw(visitor, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body).close()
    await asyncio.wait_for(grown.wait(), 60)
    no_more()
    before = everything_stored(visitor.engine.folder)
    answer = await visitor.http.post("/v1/acts", json=sent)
    assert answer.status_code == 200 and everything_stored(visitor.engine.folder) == before


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\x00\xff nonsense\r\n\r\n",
        b"POST /v1/acts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
        b"POST /v1/acts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX : 1\r\n\r\n",
        b"GET /v1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\x00\r\n\r\n",
        "GET /议 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(),
    ],
)
async def test_nonsense_instead_of_http_disturbs_nobody(visitor: Visitor, nonsense: bytes) -> None:
    connection = raw(visitor, nonsense)
    assert (await asyncio.to_thread(connection.recv, 1000)).startswith(b"HTTP/1.1 400")
    connection.close()
    assert (await visitor.http.get("/v1")).status_code == 200


@pytest.mark.parametrize("endless", [b"GET /v1 HTTP/1.1\r\nX: ", b"GET /v1?", b""])
async def test_the_head_of_a_request_is_not_read_without_end(visitor: Visitor, endless: bytes) -> None:
    connection, sent = raw(visitor, endless), 0
    piece = (b"x" if endless else b"\r\n") * 4096
    with contextlib.suppress(ConnectionError), contextlib.closing(connection):
        while sent < 64 * LARGEST_HEAD:
            await asyncio.to_thread(connection.sendall, piece)
            sent += len(piece)
    assert sent < 64 * LARGEST_HEAD  # it was cut off long before
    assert (await visitor.http.get("/v1")).status_code == 200


async def test_a_head_of_any_lawful_size_is_read_and_what_comes_behind_a_body_is_not(visitor: Visitor) -> None:
    head = f"POST /v1/asks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX: {'x' * 60_000}\r\n"
    late = f"Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\nAuthorization: Bearer {visitor.token}\r\n\r\n"
    told = []
    for rest in (f"Authorization: Bearer {visitor.token}\r\n{late}", late):
        connection = raw(visitor, (head + rest).encode())
        told.append(await asyncio.to_thread(connection.recv, 1000))
        connection.close()
    assert told[0].startswith(b"HTTP/1.1 422") and told[1].startswith(b"HTTP/1.1 401")


async def test_a_file_that_is_cut_off_leaves_nothing_behind(visitor: Visitor) -> None:
    folder = visitor.engine.folder / "evidence"
    head = f"PUT /v1/evidence?title=x HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {visitor.token}\r\n"
    connection = raw(visitor, f"{head}Content-Length: 1000000\r\n\r\n".encode() + b"x" * 200_000)

    async def arriving() -> bool:
        return bool(list(folder.glob(".arriving-*")))

    async def gone() -> bool:
        return not await arriving()

    await until(arriving)
    connection.close()
    await until(gone)
    assert (await visitor.http.get("/v1")).status_code == 200
