"""One message to one endpoint: what it answered, in a word; nothing else of the answer is looked at or kept."""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self

import httpcore

from yishi.hooks.address import NotReachable, resolved

PATIENCE_SECONDS = 10.0
MOST_HEARD = 64 * 1024  # bytes of an answer, so that its connection can be used again
KEPT_CONNECTIONS = 100
GONE = 410
LONGEST_ASKED = 6 * 3600
DIGITS = 9
"""Of a number that somebody sends: with so many it is longer than the longest."""


class Posted(NamedTuple):
    """`why`: what stood against it, "" when it was taken in. `gone`: the endpoint says that it is no more."""

    why: str = ""
    gone: bool = False
    wait_seconds: int = 0


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects only to addresses that may be sent to, looked at as the connection is made: a name cannot lead elsewhere in between."""

    def __init__(self) -> None:
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 # the library's own word
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return await self._inner.connect_tcp(
            await resolved(host.strip("[]"), port), port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class Poster:
    """Sends messages. It follows no redirect, uses no proxy, and believes the machine's own authorities (SSL_CERT_FILE adds some)."""

    def __init__(self) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=KEPT_CONNECTIONS,
            keepalive_expiry=30,
            network_backend=_Checked(),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    async def post(self, url: str, headers: Mapping[str, str], body: str) -> Posted:
        try:
            async with (
                asyncio.timeout(PATIENCE_SECONDS),
                self._pool.stream("POST", url, headers=list(headers.items()), content=body.encode()) as answer,
            ):
                heard = 0
                async for piece in answer.aiter_stream():
                    if (heard := heard + len(piece)) > MOST_HEARD:
                        break
        except NotReachable as away:
            return Posted(away.why)
        except (TimeoutError, httpcore.TimeoutException):
            return Posted("no-answer-in-time")
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
            ssl.SSLError,
        ) as wrong:
            return Posted("certificate" if "CERTIFICATE" in str(wrong).upper() else "no-connection")
        if 200 <= answer.status < 300:  # the standard's own
            return Posted()
        return Posted(f"http-{answer.status}", answer.status == GONE, _wait(answer.headers))


def _wait(headers: Iterable[tuple[bytes, bytes]]) -> int:
    asked = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return min(int(asked.lstrip(b"0")[:DIGITS] or b"0"), LONGEST_ASKED) if asked.isdigit() else 0
