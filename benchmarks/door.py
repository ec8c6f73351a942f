"""What an act through the door costs (program → HTTP → recorded → receipt) as a ratio to a bare Temporal update with an empty local activity.

    python benchmarks/door.py [--steps 60] [--rounds 5] [--watchers 200]

All run on the same server in the same run, one act after the other, by turns; the ratio is of the medians, the figures are milliseconds.
The program keeps its connection. Afterwards the same again while watchers wait at `/v1/events`, in a process of their own, each of them
told of every act: what that costs an act is the last ratio, to the same acts without watchers.

  bare        an update whose handler runs an empty local activity
  step        an act handed to the engine: judged, sealed, its receipt followed
  door        the same act sent by a program
  ask         a question about it
"""

import argparse
import asyncio
import contextlib
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import structlog
from temporalio.worker import Worker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare import Bare, nothing
from benchmarks.step import QUEUE, measured, numbered, opened
from domain.submission import Submission
from yishi.api.server import door
from yishi.api.tokens import Token, digest_of, new_token
from yishi.engine import running
from yishi.server.workers import STICKY, sandboxed
from yishi.settings import Settings


def body(submission: Submission) -> dict[str, Any]:
    """As a program sends it."""
    return submission.model_dump(mode="json", exclude={"recorded_at", "reason", "evidence"})


async def compare(plan: Path, rounds: int, steps: int, watchers: int, folder: Path) -> dict[str, list[float]]:
    token = new_token()
    headers = {"Authorization": f"Bearer {token}"}
    runner = sandboxed()
    async with (
        running(Settings(folder=folder), "rehearsal") as engine,
        door(engine, Token(digest_of(token))) as there,
        httpx.AsyncClient(base_url=there.url, headers=headers, timeout=60) as http,
        Worker(
            engine.client, task_queue=QUEUE, workflows=[Bare], activities=[nothing], workflow_runner=runner,
            sticky_queue_schedule_to_start_timeout=STICKY,
        ),
    ):  # fmt: skip
        suggestion = await opened(engine, plan)
        bare = await engine.client.start_workflow(Bare.run, id=f"bare-{uuid4()}", task_queue=QUEUE)

        async def sent(call: str, n: int) -> None:
            answer = await http.post(f"/v1/{call}", json=body(numbered(suggestion, n)))
            assert answer.status_code == 200, answer.text

        ways: dict[str, Callable[[int], Awaitable[object]]] = {
            "bare": lambda n: bare.execute_update(Bare.step),
            "step": lambda n: engine.submit(numbered(suggestion, n)),
            "door": lambda n: sent("acts", 20_000 + n),
            "ask": lambda n: sent("asks", 30_000 + n),
        }
        await measured(ways, 1, 10, begin=9_000)  # all are warm
        spent = await measured(ways, rounds, steps)
        async with watched(http, there.url, token, watchers):
            told = await measured({"watched": lambda n: sent("acts", 40_000 + n)}, 1, steps)
        await bare.terminate()
        return spent | told


@contextlib.asynccontextmanager
async def watched(http: httpx.AsyncClient, url: str, token: str, watchers: int) -> AsyncIterator[None]:
    """So many watchers in a process of their own, all of them waiting."""
    process = await asyncio.create_subprocess_exec(sys.executable, __file__, "--watch", url, token, str(watchers))
    while (await http.get("/v1")).json()["watchers"] < watchers:  # noqa: ASYNC110 # another process begins to wait
        await asyncio.sleep(0.1)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def watch(url: str, token: str, watchers: int) -> None:
    """Follow the events for ever, as many watchers on connections of their own."""
    host, port = url.removeprefix("http://").split(":")

    async def one() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        after = 0
        while True:
            ask = f"GET /v1/events?after={after}&wait=60 HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n"
            writer.write(ask.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            after = int((await reader.readexactly(length)).rsplit(b":", 1)[1].rstrip(b"}"))

    await asyncio.gather(*(one() for _ in range(watchers)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--steps", type=int, default=60)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--watchers", type=int, default=200)
    options.add_argument("--plan", type=Path, default=Path(__file__).parents[1] / "examples" / "luqiao" / "plan.yaml")
    options.add_argument("--watch", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.watch:
        url, token, watchers = given.watch
        asyncio.run(watch(url, token, int(watchers)))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        spent = asyncio.run(compare(given.plan, given.rounds, given.steps, given.watchers, Path(place) / "data"))
    base, quiet = statistics.median(spent["bare"]), statistics.median(spent["door"])
    print(f"{given.rounds * given.steps} steps each, by turns, in {time.perf_counter() - began:.0f} s")
    for way, took in spent.items():
        middle, tail = statistics.median(took), statistics.quantiles(took, n=20)[18]
        beside = f"ratio to bare {middle / base:.2f}"
        if way == "watched":
            beside = f"ratio to door {middle / quiet:.2f}, with {given.watchers} watchers told of each act"
        print(f"  {way:7} {middle:7.2f} ms   p95 {tail:7.2f}   {beside}")


if __name__ == "__main__":
    main()
