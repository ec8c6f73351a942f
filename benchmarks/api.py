"""Acts a second through the API, many sessions at once, as a ratio to bare Temporal updates of as many workflows in the same run.

    python benchmarks/api.py [--sessions 1 50 500] [--acts 20 300 1500] [--rounds 3] [--ledger postgresql://…]

Each session is a program with a connection of its own, in another process, that sends its next act when it has its receipt; each act is judged,
sealed, recorded and followed by its session's workflow. Beside it, by turns on the same server, as many workflows each take as many updates
whose handler runs an empty local activity. Rates are medians; the ratio is of each round's two rates. Aim: at least 0.7.

  bare       updates a second
  api        acts a second
"""

import argparse
import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from temporalio.client import WorkflowHandle
from temporalio.worker import Worker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare import Bare, nothing
from benchmarks.hall import registered
from benchmarks.sending import sent
from benchmarks.step import QUEUE
from yishi.api.server import door
from yishi.api.tokens import Token, digest_of, new_token
from yishi.engine import Engine, running
from yishi.server.workers import STICKY, sandboxed
from yishi.settings import Settings

FEWEST = 120
STARTED_AT_ONCE = 4


async def sessions(engine: Engine, wanted: int, deputies: int) -> list[str]:
    """So many sessions of so many deputies each, just registered."""
    streams: list[str] = []
    for begin in range(0, wanted, STARTED_AT_ONCE):
        numbers = range(begin + 1, min(begin + STARTED_AT_ONCE, wanted) + 1)
        streams += [s for s, _ in await asyncio.gather(*(registered(engine, deputies, n) for n in numbers))]
    return streams


def bodies(streams: Sequence[str], acts: int, given: int) -> list[dict[str, Any]]:
    """Acts for these sessions in turn: each hands out a card to a deputy. `given`: how many each session handed out before."""
    found = []
    for n in range(acts):
        stream, nth = streams[n % len(streams)], given + n // len(streams) + 1
        card = {"card": f"C{nth:04}", "deputy": f"D{nth:04}"}
        found.append({
            "command_id": f"{stream}#card-{nth}", "session": stream.removesuffix("/session/1"), "act": "register-cards",
            "actor": {"office": "secretariat"}, "at": "2025-01-06T09:00:00+08:00", "fields": {"cards": [card]},
        })  # fmt: skip
    return found


async def updated(bare: Sequence[WorkflowHandle[Any, Any]], updates: int) -> float:
    """Updates a second, each workflow's one after the other."""
    waiting = iter(range(updates))

    async def one(handle: WorkflowHandle[Any, Any]) -> None:
        for _ in waiting:
            await handle.execute_update(Bare.step)

    begun = time.perf_counter()
    await asyncio.gather(*map(one, bare))
    return updates / (time.perf_counter() - begun)


async def compare(given: argparse.Namespace, folder: Path) -> None:
    token = new_token()
    runner = sandboxed()
    async with (
        running(Settings(folder=folder), "rehearsal", kept_in=given.ledger) as engine,
        door(engine, Token(digest_of(token))) as there,
        Worker(
            engine.client, task_queue=QUEUE, workflows=[Bare], activities=[nothing], workflow_runner=runner,
            sticky_queue_schedule_to_start_timeout=STICKY,
        ),
    ):  # fmt: skip
        most = max(given.sessions)
        cards = sum(
            -(-acts // level) * (given.rounds + 1) for level, acts in zip(given.sessions, given.acts, strict=True)
        )
        streams = await sessions(engine, most, max(cards, FEWEST))
        bare = [
            await engine.client.start_workflow(Bare.run, id=f"bare-{uuid4()}", task_queue=QUEUE) for _ in range(most)
        ]
        handed = 0
        for level, acts in zip(given.sessions, given.acts, strict=True):
            rates: dict[str, list[float]] = {"bare": [], "api": []}
            for number in range(given.rounds + 1):
                plain = await updated(bare[:level], acts)
                asked = bodies(streams[:level], acts, handed)
                handed += -(-acts // level)
                took = await sent(there.url, token, "/v1/acts", asked, level)
                assert {told["outcome"] for told in took.answers} == {"recorded"}, took.answers[:2]
                if number:  # in the first, all gets warm
                    rates["bare"].append(plain)
                    rates["api"].append(acts / took.spent)
            shown(level, acts, rates)


def shown(level: int, acts: int, rates: dict[str, list[float]]) -> None:
    ratios = [api / bare for api, bare in zip(rates["api"], rates["bare"], strict=True)]
    print(
        f"{level:4} sessions, {acts} acts a round: bare {statistics.median(rates['bare']):6.1f} a second, "
        f"api {statistics.median(rates['api']):6.1f}, ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sessions", type=int, nargs="+", default=[1, 50, 500])
    options.add_argument("--acts", type=int, nargs="+", default=[20, 300, 1500], help="a round, for each of these")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--ledger", help="postgresql://…, migrated and empty; without it, in a file")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        asyncio.run(compare(given, Path(place) / "data"))


if __name__ == "__main__":
    main()
