"""Somebody's program that takes in what is sent to it, over a real socket; or does not."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import uvicorn
from standardwebhooks import Webhook

from yishi.api.server import bound


class Got(NamedTuple):
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.body)
        return event

    @property
    def position(self) -> int:
        position: int = self.event["data"]["position"]
        return position

    @property
    def at(self) -> int:
        return int(self.headers["webhook-timestamp"])


Answering = Callable[[Got], int]


def taken(got: Got) -> int:
    return 204


class Receiver:
    """Keeps all that comes, and answers as it is told to. `taken`: what it answered with 2xx, by path, in order."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answering: Answering = taken
        self.got: list[Got] = []
        self.taken: list[Got] = []
        self.headers: dict[str, str] = {}
        self.held: asyncio.Event | None = None
        self._came = asyncio.Condition()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        got = Got(scope["path"], headers, body.decode())
        self.got.append(got)
        if self.held is not None:
            await self.held.wait()
        status = self.answering(got)
        if 200 <= status < 300:
            self.taken.append(got)
        async with self._came:
            self._came.notify_all()
        out = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": out})
        await send({"type": "http.response.body", "body": b"" if status == 204 else b"thank you"})

    def of(self, path: str) -> list[Got]:
        return [got for got in self.taken if got.path == path]

    async def until(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        async with asyncio.timeout(seconds), self._came:
            await self._came.wait_for(condition)


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    listening = bound(None, "127.0.0.1")
    receiver = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(
        uvicorn.Config(
            receiver, lifespan="off", log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1
        )
    )
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]  # signals are for the test run
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield receiver
    finally:
        if receiver.held is not None:
            receiver.held.set()
        server.should_exit = True
        await serving


def verified(secret: str, got: Got) -> Any:
    """As a receiver would by the library.

    Raises:
        WebhookVerificationError.
    """
    return Webhook(secret).verify(got.body, got.headers)
