"""Signs of life of an activity that may take long, so that a dead worker is noticed in seconds and another does it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

from temporalio import activity

BEAT_SECONDS = 1.0
DEAD_AFTER = timedelta(seconds=10)
"""Without a sign of life of its worker: what waits for the activity is answered late by so much, and not by minutes."""


@contextlib.asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """As long as this lasts, once a second."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_SECONDS)

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
