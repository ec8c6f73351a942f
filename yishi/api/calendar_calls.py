"""A session's sittings and deadlines for people's own calendars: a feed to subscribe to."""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from domain.text import Lang
from yishi.api.faults import declared
from yishi.api.guard import Guarded, asking
from yishi.api.languages import preferred
from yishi.api.reading import Reading
from yishi.api.reading_calls import OF_SESSION, Congress, Number
from yishi.projections.calendar import calendar_of
from yishi.projections.sessions import own_entries

ABOUT = """
iCalendar (RFC 5545): each sitting at its planned time in China, each deadline as the whole of its last legal day, with the article it is by.
The same thing keeps its UID for ever. In the language of `lang`, else of `Accept-Language`, else Chinese. With the `ETag` of the last
one as `If-None-Match` it is 304 for as long as nothing has changed. For a handling unit: the deadlines of its own matters.
"""


def calendars(engine: Guarded) -> APIRouter:
    router, record = APIRouter(prefix="/v1"), Reading(engine)

    def written(name: str, lang: Lang, shown: Callable[[str], bool]) -> bytes:
        session = record.session(name)
        return calendar_of(session, own_entries(engine.ledger, session.stream), lang, shown)

    @router.get(
        OF_SESSION + "/calendar.ics", response_class=Calendar, tags=["record"], description=ABOUT,
        summary="Sittings and deadlines of a session as a calendar to subscribe to",
        responses={**declared(404, 422, 503), 304: {"description": "Nothing has changed / 没有变化"}},
    )  # fmt: skip
    async def calendar(
        congress: Congress, number: Number, request: Request,
        lang: Annotated[Literal["zh", "en"] | None, Query()] = None,
        known: Annotated[str | None, Header(alias="If-None-Match")] = None,
    ) -> Response:  # fmt: skip
        spoken: Lang = lang or preferred(request.headers.get("accept-language", ""))
        body = await asyncio.to_thread(written, f"{congress}/{number}", spoken, record.followed_by(asking()))
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers = {
            "ETag": tag, "Content-Language": spoken, "Vary": "Accept-Language", "Cache-Control": "private, no-cache",
        }  # fmt: skip
        if known is not None and (
            known.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(","))
        ):
            return Response(status_code=304, headers=headers)
        return Calendar(body, headers=headers)

    return router


class Calendar(Response):
    media_type = "text/calendar; charset=utf-8"
