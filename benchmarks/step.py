"""What a step costs (client → recorded → receipt) as a ratio to a bare Temporal update with an empty local activity.

    python benchmarks/step.py [--steps 80] [--rounds 5]

Both run on the same server in the same run, by the same client and in like workers, one after the other by turns; the ratio is of the
medians, the figures are milliseconds. Aim: at most 1.3.

  bare        an update whose handler runs an empty local activity
  echo        the same, handing an act in and a receipt of like size out: what the mere sizes cost
  step        an act recorded in the ledger: judged, sealed, its receipt followed
  ledger      the part of it that is the ledger's, without Temporal
"""

import argparse
import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from temporalio.worker import Worker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare import Bare, Echo, nothing
from domain.submission import Actor, Receipt, Submission
from yishi.engine import Engine, running
from yishi.planning.load import load_plan
from yishi.planning.register import register_fields
from yishi.planning.script import Script
from yishi.rehearsal.lawful import lawful_course
from yishi.rehearsal.player import Player
from yishi.server.workers import STICKY, sandboxed
from yishi.settings import Settings

QUEUE = "bench"


async def measured(
    ways: dict[str, Callable[[int], Awaitable[object]]], rounds: int, steps: int, begin: int = 0
) -> dict[str, list[float]]:
    """Milliseconds of each step, by way; ways by turns, so that what else goes on meets all alike."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for n in range(begin, begin + rounds * steps):
        for way in (list(ways) * 2)[n % len(ways) :][: len(ways)]:
            begun = time.perf_counter()
            await ways[way](n)
            spent[way].append((time.perf_counter() - begun) * 1000)
    return spent


async def opened(engine: Engine, plan_file: Path) -> Submission:
    """Play a session up to its sitting; a suggestion that can be filed there."""
    book = engine.laws.newest()
    plan = load_plan(plan_file, book)
    acts = lawful_course(plan, book).acts
    sitting = next(n for n, act in enumerate(acts) if act.act == "open-sitting")
    player = Player(engine, plan, Script(acts=acts[: sitting + 1]), scripted=True, watch=lambda row: None)
    outcome = await player.play(register_fields(plan, book, engine.vault, rehearsal=True))
    assert outcome.exit == 0
    at = acts[sitting].at
    return Submission(
        command_id="s", stream=plan.stream, actor=Actor(office="secretariat"), at=at, act="file-suggestion", recorded_at=at,
        fields={"number": "s", "deputies": [plan.entries[0].id], "subject": "关于改善人居环境的建议"},
    )  # fmt: skip


def numbered(suggestion: Submission, n: int) -> Submission:
    """The nth of them, a second after the one before."""
    number, at = f"s{n:05}", suggestion.at + timedelta(seconds=n)
    fields = {**suggestion.fields, "number": number}
    return suggestion.model_copy(update={"command_id": f"file-{number}", "at": at, "recorded_at": at, "fields": fields})


async def compare(plan_file: Path, rounds: int, steps: int, folder: Path) -> dict[str, list[float]]:
    async with running(Settings(folder=folder), "rehearsal") as engine:
        suggestion = await opened(engine, plan_file)
        like = await engine.submit(numbered(suggestion, 99_999))
        assert isinstance(like, Receipt)
        runner = sandboxed()
        async with Worker(
            engine.client,
            task_queue=QUEUE,
            workflows=[Bare],
            activities=[nothing, Echo(like).echo],
            workflow_runner=runner,
            sticky_queue_schedule_to_start_timeout=STICKY,
        ):
            bare = await engine.client.start_workflow(Bare.run, id=f"bare-{uuid4()}", task_queue=QUEUE)
            ways: dict[str, Callable[[int], Awaitable[object]]] = {
                "bare": lambda n: bare.execute_update(Bare.step),
                "echo": lambda n: bare.execute_update(Bare.echo, numbered(suggestion, n)),
                "step": lambda n: engine.submit(numbered(suggestion, n)),
                "ledger": lambda n: engine.ledger.record(numbered(suggestion, 50_000 + n)),
            }
            await measured(ways, 1, 10, begin=40_000)  # all are warm
            spent = await measured(ways, rounds, steps)
            await bare.terminate()
            return spent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--steps", type=int, default=80)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--plan", type=Path, default=Path(__file__).parents[1] / "examples" / "luqiao" / "plan.yaml")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        spent = asyncio.run(compare(given.plan, given.rounds, given.steps, Path(place) / "data"))
    base = statistics.median(spent["bare"])
    print(f"{given.rounds * given.steps} steps each, by turns; aim: step at most 1.3 of bare")
    for way, took in spent.items():
        parts = [
            statistics.median(took[i :: given.rounds]) / statistics.median(spent["bare"][i :: given.rounds])
            for i in range(given.rounds)
        ]
        middle, tail = statistics.median(took), statistics.quantiles(took, n=20)[18]
        print(
            f"  {way:7} {middle:7.2f} ms   p95 {tail:7.2f}   ratio to bare {middle / base:.2f}  ({min(parts):.2f}-{max(parts):.2f})"
        )


if __name__ == "__main__":
    main()
