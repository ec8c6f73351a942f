"""Health, readiness and metrics on a port of their own, without a token: for what runs processes and has no token to show."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable

from domain.text import Text
from yishi.observing.metrics import CONTENT_TYPE
from yishi.observing.readiness import Readiness
from yishi.trouble import Trouble

HEALTH, READY, METRICS = "/v1/health", "/v1/ready", "/metrics"
LONGEST_HEAD = 8192
PATIENCE_SECONDS = 5.0


class ProbesPortTaken(Trouble):
    says = Text(
        "地址 {address} 不能用于探测({why})。请改正 YISHI_PROBES(如 127.0.0.1:9464)。",
        "Probes cannot be answered at {address} ({why}). Correct YISHI_PROBES (such as 127.0.0.1:9464).",
    )


@contextlib.asynccontextmanager
async def probed(address: str, readiness: Readiness, metrics: Callable[[], bytes]) -> AsyncIterator[str]:
    """Answer at `host:port` as long as this lasts; where that is.

    Raises:
        ProbesPortTaken.
    """

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                status, kind, body = await _answer(head, readiness, metrics)
                said = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                writer.write(said.encode("ascii") + (b"" if head.startswith(b"HEAD ") else body))
                await writer.drain()
        writer.close()

    host, _, port = address.rpartition(":")
    try:
        server = await asyncio.start_server(answered, host.strip("[]"), int(port), limit=LONGEST_HEAD)
    except (OSError, OverflowError) as taken:
        raise ProbesPortTaken(address=address, why=taken) from taken
    async with server:
        found = server.sockets[0].getsockname()
        yield f"{host}:{found[1]}"


async def _answer(head: bytes, readiness: Readiness, metrics: Callable[[], bytes]) -> tuple[str, str, bytes]:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].partition(b"?")[0].decode("ascii", "replace")
    if method not in (b"GET", b"HEAD") or path not in (HEALTH, READY, METRICS):
        return "404 Not Found", "application/json", b"{}"
    if path == METRICS:
        return "200 OK", CONTENT_TYPE, await asyncio.to_thread(metrics)
    missing = await readiness.missing() if path == READY else []
    found = {"ok": not missing, "missing": missing, "under_way": readiness.under_way()}
    body = json.dumps(found if path == READY else {"ok": True}).encode()
    return "503 Service Unavailable" if missing else "200 OK", "application/json", body
