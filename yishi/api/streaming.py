"""Events as server-sent events (`text/event-stream`): one answer that goes on for as long as somebody listens."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from yishi.api.feed import Feed, Told
from yishi.events.hearing import Hearing

log = structlog.get_logger("yishi.door")

BEAT_SECONDS = 15.0  # of silence, then a sign of life: proxies cut what is silent for half a minute
PATIENCE_SECONDS = 30.0  # for one who takes in nothing
LAST_PATIENCE_SECONDS = 2.0  # the same, once the door closes
AGAIN_MILLISECONDS = 3000  # after which a browser comes back by itself
AT_ONCE = 100  # events in one piece
SOON = 0.01  # after a token's last moment


class EventStream(Response):
    """The events beyond a position, then each as it is recorded, until the listener goes, their token ends or the door closes.

    Each has its position as its `id`. A sign of life has one too: it says up to where nothing was for this listener.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        feed: Feed,
        after: int,
        hearing: Hearing,
        within: str | None,
        cut: Callable[[], None],
        status_code: int = 200,
    ) -> None:
        self.status_code, self.background = status_code, None  # FastAPI's document reads it here
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._feed, self._after, self._hearing, self._within, self._cut = feed, after, hearing, within, cut
        self._patience: asyncio.Timeout | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._feed.streams.one(self._hearing.who):
            await self._listened(receive, send)

    async def _listened(self, receive: Receive, send: Send) -> None:
        self._feed.listening.add(self._hurry)
        telling, gone = asyncio.create_task(self._tell(send)), asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((telling, gone), return_when=asyncio.FIRST_COMPLETED)
            if telling.done():
                telling.result()
        except TimeoutError:
            log.info("door.listener_dropped", after=self._after)
            self._cut()
        finally:
            self._feed.listening.discard(self._hurry)
            telling.cancel()
            gone.cancel()
            await asyncio.gather(telling, gone, return_exceptions=True)

    async def _tell(self, send: Send) -> None:
        async def say(piece: bytes, *, more: bool = True) -> None:
            patience = LAST_PATIENCE_SECONDS if self._feed.closed else PATIENCE_SECONDS
            async with asyncio.timeout(patience) as self._patience:
                await send({"type": "http.response.body", "body": piece, "more_body": more})
            self._patience = None

        clock = asyncio.get_running_loop().time
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await say(b"retry: %d\nid: %d\n\n" % (AGAIN_MILLISECONDS, self._after))
        beat = clock() + BEAT_SECONDS
        while not self._feed.closed:
            found, reached = await self._feed.beyond(self._after, AT_ONCE, self._within)
            if (who := await self._feed.standing(self._hearing.who)) is None:
                log.info("door.listener_ended", token=self._hearing.who.id, after=self._after)
                break
            if piece := framed(await self._feed.heard(replace(self._hearing, who=who), found)):
                await say(piece)
                beat = clock() + BEAT_SECONDS
            self._after = reached
            if clock() >= beat:
                await say(b": \nid: %d\n\n" % reached)
                beat = clock() + BEAT_SECONDS
            if reached >= self._feed.newest:
                left = self._feed.seconds_left(who)
                await self._feed.until_grown(beat - clock() if left is None else min(beat - clock(), left + SOON))
        await say(b"id: %d\n\n" % self._after, more=False)

    def _hurry(self) -> None:
        """The door closes: whoever has still not taken in the last piece is not waited for long."""
        if self._patience is not None and not self._patience.expired():
            self._patience.reschedule(asyncio.get_running_loop().time() + LAST_PATIENCE_SECONDS)


def framed(events: Iterable[Told]) -> bytes:
    """As the browser's EventSource reads them. JSON is written without line breaks."""
    return b"".join(b"id: %d\nevent: %s\ndata: %s\n\n" % (e.position, e.name.encode(), e.written) for e in events)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
