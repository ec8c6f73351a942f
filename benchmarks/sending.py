"""Programs at a door, in a process of their own: each sends its next request when it has the answer to its last.

python benchmarks/sending.py FILE      what a benchmark starts: the requests are in the file, and what they came to is written into it
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Sent(NamedTuple):
    """What the programs saw: seconds for all, each one's seconds, the answers."""

    spent: float
    lags: list[float]
    answers: list[Any]


async def sent(url: str, token: str, path: str, bodies: Sequence[Any], clients: int) -> Sent:
    """All requests sent by so many programs at once."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "requests"
        file.write_text(json.dumps([url, token, path, bodies, clients]), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(sys.executable, __file__, str(file))
        assert await process.wait() == 0
        return Sent(*json.loads(file.read_text(encoding="utf-8")))


async def send(url: str, token: str, path: str, asked: Sequence[Any], clients: int) -> Sent:
    host, port = url.removeprefix("http://").split(":")
    bodies = [json.dumps(body).encode() for body in asked]
    lags, answers = [0.0] * len(bodies), [b""] * len(bodies)
    waiting = iter(range(len(bodies)))

    async def one() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        for at in waiting:
            begun = time.perf_counter()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(bodies[at])}\r\n\r\n"
            )
            answer = b"HTTP/1.1 202"
            while answer[9:12] in (b"202", b"503"):  # it takes long, or was not taken: sent again under its id
                writer.write(head.encode() + bodies[at])
                answer = await reader.readuntil(b"\r\n\r\n")
                length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                answers[at] = await reader.readexactly(length)
            assert answer.startswith(b"HTTP/1.1 200"), (answer, answers[at])
            lags[at] = time.perf_counter() - begun
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(clients)))
    return Sent(time.perf_counter() - begun, lags, [json.loads(each) for each in answers])


if __name__ == "__main__":
    requests = Path(sys.argv[1])
    came_to = asyncio.run(send(*json.loads(requests.read_text(encoding="utf-8"))))
    requests.write_text(json.dumps(came_to), encoding="utf-8")
