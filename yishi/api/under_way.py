"""Acts on their way to the record: so many at once, each told when it is done or, once patience is over, where to ask for its answer.

What an act came to is the ledger's to tell, for ever. Kept here, in memory, is only which acts are on their way through this door, and
for a while why one of them got no answer, and who was given one. After a restart nothing is known of them: the act is sent again under
its id, once it is not found, and is neither lost nor done twice.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Annotated, NamedTuple, TypeVar
from urllib.parse import quote

from fastapi import Header
from starlette.responses import JSONResponse, Response

from domain.text import Text
from yishi.api.faults import Full
from yishi.api.guard import asking

PATIENCE_SECONDS = 20.0
"""How long whoever sends an act is kept waiting for its answer, unless they say less."""
MOST_AT_ONCE = 1000
"""Acts on their way at once; the next is not taken."""
MOST_KEPT = 1000
"""Faults that are remembered, and acts that were answered by whom."""
T = TypeVar("T")

PLACE = "/v1/commands/"

ON_ITS_WAY = Text("正在办理,结果见 {place}", "it is on its way; its answer will be at {place}")
Preferred = Annotated[
    str | None,
    Header(
        alias="Prefer",
        max_length=200,
        description="RFC 7240: `wait=N`, seconds to wait for the answer before 202; `respond-async`, not to wait at all",
    ),
]


class Preference(NamedTuple):
    """How long somebody waits, and what of their header that follows: `applied`."""

    seconds: float
    applied: str = ""


def preference(prefer: str | None) -> Preference:
    """What `Prefer` asks for. What is not understood is as if it were not there (RFC 7240 §2)."""
    said = [part.partition(";")[0].strip().lower() for part in (prefer or "").split(",")]
    waits = [int(part[5:]) for part in said if part.startswith("wait=") and part[5:].isdecimal() and len(part) < 12]
    at_once = ["respond-async"] if "respond-async" in said else []
    seconds = min([*waits[:1], PATIENCE_SECONDS]) if waits or not at_once else 0.0
    shortened = [f"wait={n}" for n in waits[:1] if n == seconds]
    return Preference(seconds, ", ".join(at_once + shortened))


class _Way(NamedTuple):
    """One act on its way. `sent`: digest of the request, so that another one under its id is not taken for it."""

    who: str
    command_id: str
    sent: str


class UnderWay:
    """The acts on their way through one door."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most, self._others = most, 0
        self._ways: dict[_Way, asyncio.Task[Response]] = {}
        self._faults = OrderedDict[tuple[str, str], Exception]()
        self._answered = OrderedDict[tuple[str, str], None]()

    async def answer(
        self, command_id: str, request: str, prefer: str | None, do: Callable[[], Awaitable[Response]]
    ) -> Response:
        """The answer to an act, or where to ask for it. Sent again while it is on its way, it waits for the same answer.

        Args:
            request: all that was asked, as text. do: has the act judged and recorded; it goes on when nobody waits any more.

        Raises:
            Full. Whatever `do` raises.
        """
        way = _Way(asking().id, command_id, sha256(request.encode()).hexdigest())
        task = self._ways.get(way) or self._begun(way, do)
        asked = preference(prefer)
        done, _ = await asyncio.wait((task,), timeout=asked.seconds)
        return task.result() if done else on_its_way(command_id, asked.applied)

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Room for acts that are answered together.

        Raises:
            Full.
        """
        self._find_room()
        self._others += 1
        try:
            yield
        finally:
            self._others -= 1

    def pending(self, who: str, command_id: str) -> bool:
        """Whether an act that this token sent is on its way."""
        return any((way.who, way.command_id) == (who, command_id) for way in self._ways)

    def fault(self, who: str, command_id: str) -> Exception | None:
        """Why an act that this token sent got no answer, if that was not long ago."""
        return self._faults.get((who, command_id))

    def sent_by(self, who: str, command_id: str) -> bool:
        """Whether an act that this token sent was answered here, if that was not long ago."""
        return (who, command_id) in self._answered

    async def close(self, seconds: float) -> None:
        """Wait so long for what is on its way; what is left then is not waited for: it is on record, or is sent again."""
        if tasks := list(self._ways.values()):
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begun(self, way: _Way, do: Callable[[], Awaitable[Response]]) -> asyncio.Task[Response]:
        self._find_room()
        self._faults.pop((way.who, way.command_id), None)
        task = asyncio.ensure_future(_run(do))
        self._ways[way] = task
        task.add_done_callback(lambda ended: self._ended(way, ended))
        return task

    def _find_room(self) -> None:
        if len(self._ways) + self._others >= self._most:
            raise Full(most=self._most)

    def _ended(self, way: _Way, task: asyncio.Task[Response]) -> None:
        del self._ways[way]
        fault = None if task.cancelled() else task.exception()
        if isinstance(fault, Exception):
            _kept(self._faults, (way.who, way.command_id), fault)
        elif not task.cancelled():
            _kept(self._answered, (way.who, way.command_id), None)


def _kept(kept: OrderedDict[tuple[str, str], T], of: tuple[str, str], what: T) -> None:
    """The newest of them."""
    kept[of] = what
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


async def _run(do: Callable[[], Awaitable[Response]]) -> Response:
    return await do()


def on_its_way(command_id: str, applied: str = "") -> Response:
    """202: where to ask for the answer, and when."""
    place = PLACE + quote(command_id, safe="")
    told = {
        "outcome": "pending",
        "command_id": command_id,
        "ask": place,
        "says": ON_ITS_WAY.filled(place=place)._asdict(),
    }
    headers = {"Location": place, "Retry-After": "1"} | ({"Preference-Applied": applied} if applied else {})
    return JSONResponse(told, 202, headers)
