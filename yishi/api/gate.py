"""What stands before every request: this machine only, who it is, a limit of size. And behind it: no fault leaves as a traceback."""

from collections.abc import Collection
from typing import Protocol
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.text import Text
from yishi.access.principal import CURRENT
from yishi.api.faults import faulty, of_the_record

log = structlog.get_logger("yishi.door")

LARGEST_BODY = 8 * 1024 * 1024  # bytes; a roll of five thousand is under one million
STILL_HEARD = 128 * 1024 * 1024  # bytes of what is too large that are let pass
LOCAL = ("127.0.0.1", "localhost")
WITHOUT_TOKEN = ("/v1/health", "/v1/ready")
"""They say `ok` or the name of what is missing, to whoever asks by whatever name: what runs processes has no token."""
HERE_ONLY = Text("本接口只在本机以 127.0.0.1 访问", "this door is for this machine, by the name 127.0.0.1")
LARGE = Text("请求过大:上限 {limit} 字节", "the request is too large: the limit is {limit} bytes")
AS_IT_IS = "identity"
PACKED = Text(
    "正文按 {coding} 压缩(Content-Encoding),本接口不解压;请原样发送",
    "the body is packed ({coding} by Content-Encoding), which is not unpacked here: send it as it is",
)
CUT_SHORT = Text("请求没有传完", "the request was cut short")
OURS = Text(
    "系统内部故障,未能完成;已记入日志 yishi.log,编号 {id}。可以用同一编号重发",
    "a fault of ours: see entry {id} in yishi.log. It is safe to send this again with the same command_id",
)


class TooLarge(Exception):
    """More bytes came than a request may have."""


CUT_OFF = (TooLarge, ClientDisconnect)


class Keeping(Protocol):
    """Who lets requests in: `yishi.api.keeper.Keeper`."""

    async def admit(self, scope: Scope) -> Response | None: ...


class Gate:
    """ASGI middleware around the app."""

    def __init__(self, app: ASGIApp, keeper: Keeping, evidence_limit: int, names: Collection[str] = ()) -> None:
        self._app, self._keeper, self._evidence_limit, self._names = app, keeper, evidence_limit, (*LOCAL, *names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        limit = self._evidence_limit if scope["path"] == "/v1/evidence" else LARGEST_BODY
        if scope["path"] in WITHOUT_TOKEN:
            await self._app(scope, receive, send)
            return
        if headers.get("host", "").rsplit(":", 1)[0] not in self._names:  # a web page that had a foreign name lead here
            await faulty(421, HERE_ONLY)(scope, receive, send)
            return
        try:
            if (answer := await self._admitted(scope)) is not None:
                await answer(scope, receive, send)
            elif (coding := headers.get("content-encoding", AS_IT_IS).strip().lower()) not in ("", AS_IT_IS):
                await faulty(415, PACKED.filled(coding=coding[:40]), headers={"Accept-Encoding": AS_IT_IS})(
                    scope, receive, send
                )
            elif not _within(headers.get("content-length", "0"), limit):
                await _too_large(limit, scope, receive, send)
            else:
                await self._through(scope, receive, send, limit)
        finally:
            CURRENT.set(None)

    async def _admitted(self, scope: Scope) -> Response | None:
        """As the keeper says, who may have to look into the record first: it may be away, and that is told as anywhere behind the gate."""
        try:
            return await self._keeper.admit(scope)
        except Exception as error:
            return of_the_record(error, scope["method"]) or fault_of_ours(Request(scope), error)

    async def _through(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        answered, came = False, 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            if came <= limit:
                answered = True
                await send(message)

        try:
            await self._app(scope, counted, noted)
        except CUT_OFF:
            log.info("door.cut_off", place=place_of(scope), bytes=came)
        except Exception as error:
            if not answered:  # else the app has told it, and only passes it on
                await fault_of_ours(Request(scope), error)(scope, receive, send)
        if came > limit:
            await _too_large(limit, scope, receive, send)


def fault_of_ours(request: Request, error: Exception) -> JSONResponse:
    """A fault that nobody foresaw: an entry in the log, and its number for whoever asked."""
    if isinstance(error, CUT_OFF):
        return faulty(413, CUT_SHORT)  # nobody hears it: the gate says how large it may be, or the sender has gone
    number = uuid4().hex[:8]
    log.error("door.fault", id=number, method=request.method, place=place_of(request.scope), exc_info=error)
    return faulty(500, OURS.filled(id=number))


def place_of(scope: Scope) -> str:
    """The template of the path that was asked for; the path itself holds what somebody sent."""
    return str(getattr(scope.get("route"), "path", "other"))


def _within(length: str, limit: int) -> bool:
    return length.isdecimal() and int(length) <= limit


async def _too_large(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Say so once the rest has come, or a good part of it: who is still sending hears no answer."""
    came, more = 0, True
    while more and came < STILL_HEARD:
        message = await receive()
        came += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
    await faulty(413, LARGE.filled(limit=limit), headers={"Connection": "close"})(scope, receive, send)
