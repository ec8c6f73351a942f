"""The worker of a process: which workflows and activities it takes, from which queue, and how soon it is missed when it dies."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from activities.doors import Doors
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.engine.versions import Version
from yishi.server.workers import STICKY, TASKS_AT_ONCE, sandboxed

QUEUE = "yishi"
WORKFLOWS: tuple[type, ...] = (SessionWorkflow, MatterWorkflow)
GRACE_SECONDS = 10
"""What is under way when it is told to stop may take so long to end."""


@contextlib.asynccontextmanager
async def working(
    client: Client, doors: Doors, workflows: Sequence[type] = WORKFLOWS, version: Version | None = None
) -> AsyncIterator[Worker]:
    """A worker at work; at its end it finishes what it has begun.

    Args:
        version: by which the service tells it from workers of another build; None: it does not.
    """
    with ThreadPoolExecutor(4) as threads:
        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=workflows,
            activities=[doors.record, doors.start_matters, doors.tell_matters],
            workflow_runner=sandboxed(),
            max_concurrent_workflow_tasks=TASKS_AT_ONCE,
            sticky_queue_schedule_to_start_timeout=STICKY,
            graceful_shutdown_timeout=timedelta(seconds=GRACE_SECONDS),
            activity_executor=threads,
            deployment_config=version.config if version else None,
        ) as worker:
            yield worker
