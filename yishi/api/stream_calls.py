"""Where programs listen to the record: server-sent events that are taken up again where they broke off."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from pydantic import StringConstraints

from domain.access.hearing import is_of
from domain.event import EVENTS, UPCASTS
from domain.text import Text
from yishi.api import bodies
from yishi.api.faults import NotWell, declared
from yishi.api.feed import Feed
from yishi.api.guard import Guarded, asking
from yishi.api.reading_calls import ENDS_AT, full
from yishi.api.streaming import EventStream
from yishi.events.hearing import Hearing

MOST_KINDS = 20
NO_SUCH_KIND = Text(
    "没有“{kind}”这类事件;大类有:{known}", "there are no events of the kind {kind}; the first words are: {known}"
)
ABOUT = """
`id`: the event's position; `event`: the name it is stored under; `data`: as in `GET /v1/events`. Without a position all events are
told from the first. A listener that was cut off comes back with `Last-Event-ID` (browsers do so by themselves), which stands before
`after`, and is told what it missed, once. Every 15 silent seconds there is a sign of life that brings the position up.
Who takes in nothing for half a minute is cut off, and so is whoever's token ends.

`session`: its events only. `kind`: only events of that stored name, or of names that begin with it up to a dot (`matter`,
`session.sitting-opened`); several may be given. Of these, what the token may hear (docs/events-out.md).
"""
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]{0,79}$")]
Position = Annotated[int | None, Header(alias="Last-Event-ID", ge=0, le=2**53)]


def event_stream(engine: Guarded, feed: Feed) -> APIRouter:
    """The one call that is never answered to the end."""
    router = APIRouter(prefix="/v1")

    @router.get(
        "/events/stream", status_code=200, response_class=EventStream, responses=declared(422, 503), tags=["record"], description=ABOUT,
        summary="Events as they are recorded (server-sent events)",
    )  # fmt: skip
    async def events_stream(
        request: Request,
        session: Annotated[str | None, Query(pattern=bodies.SESSION)] = None,
        kind: Annotated[list[Kind], Query(max_length=MOST_KINDS)] = [],  # noqa: B006 # FastAPI copies it
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        last: Position = None,
    ) -> Any:
        after = after if last is None else last
        if after > feed.newest and after > (size := (await asyncio.to_thread(engine.ledger.head)).size):
            raise NotWell(told=ENDS_AT.filled(size=size, after=after))
        for each in kind:
            if not any(is_of(name, each) for name in (*EVENTS, *UPCASTS)):
                raise NotWell(told=NO_SUCH_KIND.filled(kind=each, known="、".join(first_words())))
        if (most := feed.streams.limit(asking())) is not None:
            return full(most)
        return EventStream(feed, after, Hearing(asking(), kinds=tuple(kind)), session, request.state.cut)

    return router


def first_words() -> list[str]:
    return sorted({name.partition(".")[0] for name in EVENTS})
