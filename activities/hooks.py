"""The doors out of a webhook's workflow: to the endpoint, and to where it is kept how far it was told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

from temporalio import activity

from domain.hooks import Failing, Telling, Tried

BEAT_SECONDS = 1.0


class HookDoors:
    """The activities, with who tells handed in."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    @activity.defn(name="tell-endpoint")
    async def tell(self, endpoint: str, session: str, at: datetime) -> Tried:
        """Tell an endpoint what is next. Done again after a death it may tell it twice, under the same id."""
        async with _beating():
            return await self._telling.tell(endpoint, session, at)

    @activity.defn(name="give-up-event")
    async def give_up(self, endpoint: str, session: str, failing: Failing, why: str, at: datetime) -> None:
        """Put aside what an endpoint does not take in. Done again it changes nothing."""
        await self._telling.give_up(endpoint, session, failing, why, at)


@contextlib.asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    """Signs of life, so that a dead worker is noticed in seconds."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating
