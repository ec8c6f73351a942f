"""What follows acts recorded together: workflows begun from the record, matters told.

The acts are on the record by then, so their sender has the answer whatever becomes of this: what cannot be done at once, because a
server is away, is done beside the work as soon as it can be.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime

import structlog

from yishi.engine.faults import PASSING
from yishi.engine.reviving import Reviving
from yishi.engine.told_matters import Telling

log = structlog.get_logger("yishi")

AGAIN_SECONDS = 5.0


class Following:
    """Begins and tells at once, or later by `go_on`."""

    def __init__(self, reviving: Reviving, telling: Telling) -> None:
        self._reviving, self._telling = reviving, telling
        self._streams: dict[str, bool] = {}
        self._sessions: dict[str, None] = {}
        self._left = asyncio.Event()

    async def begin(self, streams: Iterable[str], *, anew: bool) -> None:
        """Have the workflows of these streams run, as far as they are open.

        Args:
            anew: in place of those that run, which may know less than the record.
        """
        streams = tuple(streams)
        try:
            await self._reviving.begin_open(streams, anew=anew)
        except Exception as fault:
            self._streams |= {stream: anew or self._streams.get(stream, False) for stream in streams}
            self._later("not-begun", fault)

    async def tell(self, sessions: Iterable[str], recorded_at: datetime | None = None) -> None:
        """Tell the matters of these sessions what they were not told yet."""
        for session in sessions:
            try:
                await self._telling.tell(session, recorded_at)
            except Exception as fault:
                self._sessions[session] = None
                self._later("not-told", fault)

    async def go_on(self) -> None:
        """Do what could not be done at once. Until it is cancelled."""
        while True:
            await self._left.wait()
            self._left.clear()
            streams, self._streams = self._streams, {}
            sessions, self._sessions = self._sessions, {}
            for anew in (True, False):
                await self.begin([stream for stream, how in streams.items() if how is anew], anew=anew)
            await self.tell(sessions)
            if self._left.is_set():
                await asyncio.sleep(AGAIN_SECONDS)

    def _later(self, what: str, fault: Exception) -> None:
        if isinstance(fault, PASSING):
            log.warning(what, why=str(fault))
        else:
            log.exception(what)
        self._left.set()
