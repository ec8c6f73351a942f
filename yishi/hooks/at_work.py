"""Webhooks at work in a process: a worker of their own on a queue of their own, so that acts never wait for somebody's endpoint."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.worker import Worker

from activities.hooks import HookDoors
from workflows.hook import HookWorkflow
from yishi.beside import beside
from yishi.hooks.hooks import Hooks
from yishi.hooks.posting import Poster
from yishi.hooks.store import HookStore
from yishi.hooks.telling import Teller
from yishi.hooks.watching import QUEUE, Watching
from yishi.ledger.ledger import Ledger
from yishi.server.workers import STICKY, TASKS_AT_ONCE, sandboxed

log = structlog.get_logger("yishi.hooks")

TOLD_AT_ONCE = 500
"""Endpoints that are waited for at a time. Waiting costs nothing but a connection."""


@contextlib.asynccontextmanager
async def sending(client: Client, ledger: Ledger, folder: Path, *, at_work: bool = True) -> AsyncIterator[Hooks]:
    """The webhooks of a folder.

    Args:
        at_work: events are told by this process; else by another, and here they are only looked after.
    """
    async with contextlib.AsyncExitStack() as stack:
        store = stack.enter_context(contextlib.closing(await asyncio.to_thread(HookStore, folder)))
        if lines := await asyncio.to_thread(store.within, lambda: ledger.head().size):
            log.warning("hooks.beyond_the_record", count=lines)  # of before a restore
        poster = await stack.enter_async_context(Poster())
        teller = Teller(ledger, store, poster, ledger.now)
        watching = Watching(client, ledger, store, teller)
        if at_work:
            await stack.enter_async_context(beside(_working(client, teller, watching.needed)))
            await stack.enter_async_context(beside(watching.run()))
        yield Hooks(ledger, store, poster, watching)


async def _working(client: Client, teller: Teller, needed: asyncio.Event) -> None:
    await needed.wait()
    async with _worker(client, teller):
        await asyncio.Event().wait()


def _worker(client: Client, teller: Teller) -> Worker:
    doors = HookDoors(teller)
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=[HookWorkflow],
        activities=[doors.tell, doors.give_up],
        workflow_runner=sandboxed(),
        max_concurrent_workflow_tasks=TASKS_AT_ONCE,
        max_concurrent_activities=TOLD_AT_ONCE,
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=timedelta(seconds=2),
    )
