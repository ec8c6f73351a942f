"""Where the record is read over the door. Long readings have threads of their own: the hall and the feed never wait for one."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic_core import to_json

from domain.access.hearing import knows_counts
from domain.text import Text
from yishi.api import bodies, record_bodies
from yishi.api.as_it_stood import Then, stood
from yishi.api.faults import NotHere, NotWell, declared, faulty
from yishi.api.feed import PAGE, Feed
from yishi.api.guard import Guarded, asking
from yishi.api.reading import NO_SUCH_ACT, Reading, act_told
from yishi.api.strict import StrictRoute
from yishi.api.versions import ETAG_TOLD
from yishi.moment import Day
from yishi.planning.vocabulary import commands

ENDS_AT = Text(
    "全程记录到第 {size} 条为止,after={after} 在它之后", "the record ends at {size}, and after={after} is beyond it"
)
FULL = Text(
    "同时收听的连接已满 {most} 个,请稍后再连", "{most} connections listen already, which is the most: come back later"
)
TRY_LATER_SECONDS = 30
LONGEST_MOMENT = 40  # letters
LONGEST_NAME = 80
LONGEST_WAIT = 60.0  # seconds
LARGEST_PAGE = 2000
LINK_TOLD: dict[str, Any] = {
    "headers": {
        "Link": {"description": 'the next page, `rel="next"`; absent on the last', "schema": {"type": "string"}}
    }
}
NEXT = re.compile(rb'"next":([0-9]+)\}$')
LONG_READINGS = 2  # at a time; one that is asked while they run waits its turn

Congress = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Number = Annotated[str, Path(pattern=r"^[0-9]{1,4}-[0-9]{1,4}$", examples=["10-4"])]
Of = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", examples=["s01"])]
Session = Annotated[str | None, Query(pattern=bodies.SESSION)]
Year = Annotated[int | None, Query(ge=1954, le=9999, examples=[2026])]
OF_SESSION = "/sessions/{congress}/{number}"


def who_sees(session: str) -> bool:
    """Whether whoever asks is told of a session at all."""
    return asking().sees(session)


Read = Callable[..., Awaitable[Any]]
"""Asks a reading in one of the threads for long ones."""


def reading(engine: Guarded, feed: Feed) -> APIRouter:
    """All that is asked about the record, and what may be asked for."""
    router, record = APIRouter(prefix="/v1", route_class=StrictRoute), Reading(engine)
    readers = ThreadPoolExecutor(LONG_READINGS, "yishi-reading")
    readers.submit(record.bring_views)

    async def read(ask: Callable[..., Any], *about: Any) -> Any:
        whose = copy_context()  # as whose request it is read: their own rights, and no other's
        return await asyncio.get_running_loop().run_in_executor(readers, partial(whose.run, ask, *about))

    _service(router, record, feed)
    _acts(router, record)
    _sessions(router, record, read)
    _office(router, record, read)
    _figures(router, record, read)
    _results(router, record, read)
    _history(router, record, read)
    _events(router, engine, feed)
    _verification(router, record, read)
    return router


def _service(router: APIRouter, record: Reading, feed: Feed) -> None:
    @router.get(
        "", response_model=record_bodies.About, responses=declared(503), tags=["service"], summary="What this is"
    )
    async def about() -> Any:
        return await asyncio.to_thread(record.about) | {"watchers": feed.watchers}


def _acts(router: APIRouter, record: Reading) -> None:
    offered = {act: kind for act, kind in commands().items() if kind.offices != ("clock",)}

    @router.get(
        "/acts", response_model=list[record_bodies.ActTold], responses=declared(), tags=["acts"], summary="All acts"
    )
    async def acts() -> Any:
        return [act_told(kind) for kind in offered.values()]

    @router.get(
        "/acts/{act}", response_model=record_bodies.ActTold, responses=declared(404), tags=["acts"], summary="One act"
    )
    async def act(act: str) -> Any:
        if act not in offered:
            raise NotHere(told=NO_SUCH_ACT.filled(act=act))
        return act_told(offered[act])

    @router.post(
        OF_SESSION + "/offices", response_model=bodies.Offices, responses=declared(404, 422, 503), tags=["acts"],
        summary="Who may do an act there now, the usual office first",
    )  # fmt: skip
    async def offices(congress: Congress, number: Number, body: bodies.WhoBody) -> Any:
        return await asyncio.to_thread(record.offices, f"{congress}/{number}", body.act, body.fields)


def _sessions(router: APIRouter, record: Reading, read: Read) -> None:
    @router.get(
        "/sessions", response_model=list[record_bodies.SessionTold], responses=declared(503), tags=["record"],
        summary="The sessions on record",
    )  # fmt: skip
    async def registered() -> Any:
        return [row for row in await read(record.sessions) if who_sees(row["session"])]

    @router.get(
        OF_SESSION + "/status", response_model=record_bodies.Status, responses={**declared(404, 422, 503), 200: ETAG_TOLD},
        tags=["record"], summary="Where a session stands: what may come next, what is missing, what stands against the rest",
    )  # fmt: skip
    async def status(congress: Congress, number: Number, then: Then, response: Response) -> Any:
        response.headers["ETag"] = await read(stood, record, then, Reading.etag, f"{congress}/{number}/session/1")
        return await read(stood, record, then, Reading.status, f"{congress}/{number}")

    @router.get(
        OF_SESSION + "/deadlines", response_model=list[record_bodies.DeadlineTold], responses=declared(404, 422, 503),
        tags=["record"], summary="All deadlines of a session and its matters; for a handling unit those of its own matters",
    )  # fmt: skip
    async def deadlines(congress: Congress, number: Number, then: Then) -> Any:
        return await read(stood, record, then, Reading.deadlines, f"{congress}/{number}", record.followed_by(asking()))

    @router.get(
        OF_SESSION + "/members", response_model=record_bodies.Members, responses=declared(404, 422, 503), tags=["record"],
        summary="Roll and groups, with names as far as their keys are kept",
    )  # fmt: skip
    async def members(congress: Congress, number: Number, then: Then) -> Any:
        return await read(stood, record, then, Reading.members, f"{congress}/{number}")


def _office(router: APIRouter, record: Reading, read: Read) -> None:
    @router.get(
        "/deadlines", response_model=record_bodies.Monday, responses=declared(404, 422, 503), tags=["record"],
        summary="What the whole office owes and waits for: deadlines over all sessions and matters, and what waits without one",
        description="`unit`: whom it waits for, a unit by its name or an office. `deputy`: matters of one deputy. `week`: overdue or "
        "due this week. `all`: those met too.",
    )  # fmt: skip
    async def monday(
        session: Session = None,
        unit: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
        deputy: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
        week: bool = False,
        all_: Annotated[bool, Query(alias="all")] = False,
    ) -> Response:
        return _json(await read(record.monday, session, unit, deputy, week, all_))

    @router.get(
        "/matters", response_model=list[record_bodies.MatterListed], responses=declared(503), tags=["record"],
        summary="All that is followed up, over all sessions: where each stands and whom it waits for",
    )  # fmt: skip
    async def matters() -> Response:
        who = asking()
        found = await read(record.matters)
        return _json([r for r in found if who_sees(r["session"]) and not who.may_handle((r["unit"], *r["co_units"]))])

    @router.get(
        OF_SESSION + "/matters/{matter}", response_model=record_bodies.MatterTold,
        responses={**declared(404, 422, 503), 200: ETAG_TOLD},
        tags=["record"], summary="One matter: what may follow, its terms, its history in words, its loop as a chart",
    )  # fmt: skip
    async def matter(congress: Congress, number: Number, matter: Of, then: Then, response: Response) -> Any:
        stream = f"{congress}/{number}/matter/{matter}"
        response.headers["ETag"] = await read(stood, record, then, Reading.etag, stream)
        return await read(stood, record, then, Reading.matter, f"{congress}/{number}", matter)

    @router.get(
        "/lists", response_model=list[record_bodies.ListsTold], responses=declared(404, 422, 503), tags=["record"],
        summary="The four lists of what is followed up item by item: problems, rectified, evaluated, revisited",
        description="`session`, `matter`: those alone. Each line names the entry of the matter's record that it stands on.",
    )  # fmt: skip
    async def lists(
        session: Annotated[str | None, Query(pattern=bodies.SESSION)] = None,
        matter: Annotated[str | None, Query(max_length=LONGEST_NAME)] = None,
    ) -> Any:
        return await read(record.lists, session, matter)


def _figures(router: APIRouter, record: Reading, read: Read) -> None:
    said = (
        "`year`: of what was filed or begun in it; a promise belongs to the year of its day. `as_of`: as of the end of which day, today by "
        "default. `session`: of one session, else of all sessions of the one congress there is."
    )

    @router.get(
        "/figures", response_model=record_bodies.Figures, responses=declared(404, 422, 503), tags=["record"],
        summary="The figures of a year's report, each with its counts, what it leaves out and why", description=said,
    )  # fmt: skip
    async def figures(session: Session = None, year: Year = None, as_of: Day | None = None) -> Response:
        return _json(await read(record.figures, session, year, as_of))

    @router.get(
        "/figures/{name}", response_model=record_bodies.FigureOpened, responses=declared(404, 422, 503), tags=["record"],
        summary="One figure with its cases: counted, in the base and not counted, left out, each with its entries",
        description=said,
    )  # fmt: skip
    async def figure(
        name: Annotated[str, Path(max_length=LONGEST_NAME)], session: Session = None, year: Year = None,
        as_of: Day | None = None,
    ) -> Response:  # fmt: skip
        return _json(await read(record.figure, name, session, year, as_of))


def _json(found: Any) -> Response:
    """Lists of thousands of rows, written as they are."""
    return Response(to_json(found), media_type="application/json")


def paged(request: Request, page: bytes) -> Response:
    """A page with a link to the next one, if it says that there is one: the same question from where this one ends."""
    following = NEXT.search(page)
    headers = {"Link": next_page(request, after=int(following[1]))} if following else None
    return Response(page, media_type="application/json", headers=headers)


def next_page(request: Request, **asked: Any) -> str:
    """The same question, but for this."""
    url = request.url.include_query_params(**asked)
    return f'<{url.path}?{url.query}>; rel="next"'


def _results(router: APIRouter, record: Reading, read: Read) -> None:
    @router.get(
        OF_SESSION + "/votes", response_model=list[record_bodies.VoteTold], responses=declared(404, 422, 503), tags=["record"],
        summary="The votes of a session, each with the arithmetic behind its result",
        description="A deputy is told of a vote once its result is declared (announced, where the meeting has a step for that).",
    )  # fmt: skip
    async def votes(congress: Congress, number: Number, then: Then) -> Any:
        who = asking()
        early = who.one_person or knows_counts(who.role)
        return await read(stood, record, then, Reading.votes, f"{congress}/{number}", early)

    @router.get(
        OF_SESSION + "/elections", response_model=list[record_bodies.ElectionTold], responses=declared(404, 422, 503),
        tags=["record"], summary="The elections of a session: nominees, candidates, ballots, results",
        description="Of a ballot still being counted only is told which sheets are in, not what they say.",
    )  # fmt: skip
    async def elections(congress: Congress, number: Number, then: Then) -> Any:
        return await read(stood, record, then, Reading.elections, f"{congress}/{number}")

    @router.get(
        OF_SESSION + "/report", response_model=record_bodies.ReportTold, responses=declared(404, 422, 503), tags=["record"],
        summary="The conformity report: each step with its article, its entry and its papers, and every deadline",
    )  # fmt: skip
    async def report(congress: Congress, number: Number, then: Then) -> Any:
        return await read(stood, record, then, Reading.report, f"{congress}/{number}")


def _history(router: APIRouter, record: Reading, read: Read) -> None:
    @router.get(
        OF_SESSION + "/history", response_model=record_bodies.History,
        responses={**declared(404, 422, 503), 200: LINK_TOLD},
        tags=["record"], summary="The record of a session, page by page, up to any moment",
        description="`own`: only the session's and its matters' own entries, no sign-ins, cards and refused attempts.",
    )  # fmt: skip
    async def history(
        request: Request,
        congress: Congress,
        number: Number,
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        at: Annotated[str | None, Query(max_length=LONGEST_MOMENT)] = None,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
        own: bool = False,
    ) -> Response:
        page = await read(record.history, f"{congress}/{number}", after, at, limit, own)
        return paged(request, page)


def _events(router: APIRouter, engine: Guarded, feed: Feed) -> None:
    @router.get(
        "/events", response_model=record_bodies.Events,
        responses={**declared(422, 503), 200: LINK_TOLD}, tags=["record"],
        summary="Events since a position, as they are recorded (long poll)",
    )  # fmt: skip
    async def events(
        request: Request,
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
        wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 20.0,
        session: Annotated[str | None, Query(pattern=bodies.SESSION)] = None,
    ) -> Response:
        if after > feed.newest and after > (size := (await asyncio.to_thread(engine.ledger.head)).size):
            raise NotWell(told=ENDS_AT.filled(size=size, after=after))
        if (most := feed.polls.limit(asking())) is not None and wait:
            return full(most)
        with feed.polls.one(asking()) if wait else nullcontext():
            return paged(request, await feed.page(after, limit, wait, session, asking()))


def full(most: int) -> Response:
    """As many listen as there may be; whoever asks without waiting is answered all the same."""
    return faulty(503, FULL.filled(most=most), headers={"Retry-After": str(TRY_LATER_SECONDS)})


def _verification(router: APIRouter, record: Reading, read: Read) -> None:
    one_verifies = asyncio.Lock()  # it reads for minutes, and leaves a thread to the others

    @router.get(
        "/verify", response_model=record_bodies.Verified, responses=declared(503), tags=["record"],
        summary="Verify the whole record",
    )  # fmt: skip
    async def verify() -> Any:
        async with one_verifies:
            return await read(record.verified)
