"""What an operator sees of a running engine: numbers read when somebody asks, and what it needs to be ready."""

import asyncio
import contextlib
import shutil
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeTaskQueueRequest
from temporalio.client import Client

from yishi.engine.engine import Engine
from yishi.engine.working import QUEUE
from yishi.hooks.hooks import Hooks
from yishi.hooks.watching import QUEUE as QUEUE_OF_HOOKS
from yishi.ledger.ledger import Ledger
from yishi.mirror import Mirror
from yishi.observing import Observing

POLLED_WITHIN = timedelta(seconds=90)  # a poll waits a minute at most, and is then made anew


LEAST_ROOM = 8 << 20
"""Bytes on the disk of the data folder. With none left the record takes nothing, nor does the Temporal server that stands beside it."""


async def _room(folder: Path) -> str | None:
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    return None if free >= LEAST_ROOM else ""


@contextlib.contextmanager
def seen(observing: Observing, engine: Engine, *, sessions: bool = True) -> Iterator[None]:
    """As long as this lasts the engine's numbers are shown, what it needs is asked for, and how far it is with beginning again.

    Args:
        sessions: it works on sessions, or takes acts that others work on; not so where webhooks alone are worked on.
    """
    ledger = engine.ledger
    ledger.took = observing.metrics.append_seconds.observe
    numbers: dict[str, tuple[str, Callable[[], float | None]]] = {
        "yishi_ledger_events": ("Events on the record", lambda: ledger.head().size),
        "yishi_ledger_waiting": ("Jobs that wait for the one who writes", lambda: ledger.waiting),
        "yishi_mirror_behind_events": (
            "Events the second copy lacks",
            lambda: _behind(ledger, engine.mirror) if engine.mirror else None,
        ),
        "yishi_mirror_in_trouble": (
            "Whether the second copy cannot be brought up",
            lambda: engine.mirror.standing.trouble is not None if engine.mirror else None,
        ),
    }
    with contextlib.ExitStack() as stack:
        stack.callback(observing.metrics.watch(numbers))
        for name, asking in _needed(ledger, engine.client).items():
            stack.callback(observing.readiness.needs(name, asking))
        stack.callback(observing.readiness.needs("disk", partial(_room, engine.folder)))
        if sessions:
            stack.callback(observing.readiness.needs("worker", partial(_polled, engine.client, QUEUE)))
        stack.callback(observing.readiness.shows("reviving", lambda: _how_far(engine)))
        yield


@contextlib.contextmanager
def hooks_seen(observing: Observing, hooks: Hooks, client: Client | None = None) -> Iterator[None]:
    """As long as this lasts it is shown how the webhooks are.

    Args:
        client: it is asked for, too, that somebody works on them, as soon as there are any.
    """

    async def worked_on() -> str | None:
        return await _polled(client, QUEUE_OF_HOOKS) if client is not None and hooks.needed else None

    about = {
        "paused": "Webhooks that are paused",
        "failing": "Webhooks that do not take an event in now, without those that are paused",
        "failing_seconds": "For how long the first of those that fail has failed",
        "dead": "Events given up, as dead letters kept",
    }
    numbers = {f"yishi_webhooks_{name}": (says, partial(_counted, hooks, name)) for name, says in about.items()}
    with contextlib.ExitStack() as stack:
        stack.callback(observing.metrics.watch(numbers))
        if client is not None:
            stack.callback(observing.readiness.needs("webhooks", worked_on))
        yield


def _counted(hooks: Hooks, name: str) -> float:
    return hooks.counts()[name]


def _how_far(engine: Engine) -> str | None:
    if (still := engine.still_to_revive()) is None:
        return None
    begun, of = still
    return "" if of is None else f"{begun} of {of}"


def _behind(ledger: Ledger, mirror: Mirror) -> int:
    there = mirror.standing.head
    return ledger.head().size - (there.size if there else 0)


def _needed(ledger: Ledger, client: Client) -> dict[str, Callable[[], Awaitable[str | None]]]:
    """The ledger answers, and Temporal answers for our namespace."""

    async def ledger_answers() -> None:
        await asyncio.to_thread(ledger.head)

    async def temporal_answers() -> None:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))

    return {"ledger": ledger_answers, "temporal": temporal_answers}


async def _polled(client: Client, queue: str) -> str | None:
    """That a worker polls a queue."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    found = await client.workflow_service.describe_task_queue(asked)
    since = datetime.now(UTC) - POLLED_WITHIN
    polled = any(each.last_access_time.ToDatetime(UTC) >= since for each in found.pollers)
    return None if polled else ""
