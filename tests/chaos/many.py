"""Many sessions at once, as as many programs send them: each keeps a request, with its command id, until it has an answer."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from tests.api.county import Sent, county_to_come, requests
from tests.api.process import PATIENCE_SECONDS
from tests.chaos.apart import SiteApart
from tests.chaos.site import Site

SERVERS_IN_A_ROW = 3
"""So often may Temporal alone be killed under one engine: the fifth time within a minute it gives up, as it should."""
WITHIN_SECONDS = 0.3
"""A kill falls on what is under way, on its answers, or on what comes next."""
ANSWER_SECONDS = 40


def courses(place: Path, sessions: int) -> list[list[Sent]]:
    """As many counties, each with the same course at the same hours."""
    found = []
    for n in range(1, sessions + 1):
        (place / f"{n}").mkdir()
        code = f"xian{n:02}"
        course = requests(county_to_come(place / f"{n}", code))
        found.append([Sent(r.call, r.body | {"command_id": f"{code}-{r.id}"}) for r in course])
    return found


class Chaos:
    """Who dies, at moments drawn at random over the whole run, each kind as often; a given seed draws the same ones again.

    Args:
        kinds: what there is to kill. requests: so many there will be.
    """

    def __init__(self, site: Site | SiteApart, kinds: tuple[str, ...], kills: int, seed: int, requests: int) -> None:
        self.site, self.kinds, self.draw = site, kinds, random.Random(seed)
        self.done: Counter[str] = Counter()
        at = self.draw.sample(range(1, requests + 1), kills)
        self._at = {nth: kinds[k % len(kinds)] for k, nth in enumerate(at)}
        self._sent = self._servers = 0
        self._striking: set[asyncio.Task[None]] = set()

    def sent(self) -> None:
        """One request more is on its way: one in so many has a kill at its heels."""
        self._sent += 1
        if kind := self._at.get(self._sent):
            self._striking.add(asyncio.create_task(self._strike(self.draw.uniform(0.0, WITHIN_SECONDS), kind)))

    async def _strike(self, wait: float, kind: str) -> None:
        await asyncio.sleep(wait)
        if kind == "temporal" and self._servers >= SERVERS_IN_A_ROW and "serve" in self.kinds:
            kind = "serve"
        while not await self.site.kill(kind):
            await self.site.way()  # it is just being started
        self._servers = self._servers + 1 if kind == "temporal" else 0 if kind == "serve" else self._servers
        self.done[kind] += 1

    async def over(self) -> None:
        await asyncio.gather(*self._striking)


class Played:
    """Sessions played side by side, one step of all of them after the other, so that one clock serves all.

    Attributes:
        answers: what the programs were told, by command id. again: how often a request was sent again.
    """

    def __init__(self, site: Site | SiteApart) -> None:
        self.site = site
        self.answers: dict[str, Any] = {}
        self.again = 0

    async def play(self, courses: list[list[Sent]], chaos: Chaos | None = None) -> None:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as http:
            for step in zip(*courses, strict=True):
                self.site.set_clock(max(request.body["at"] for request in step))
                await asyncio.gather(*(self._kept_on(http, request, chaos) for request in step))
        if chaos is not None:
            await chaos.over()
        await self.site.way()

    async def _kept_on(self, http: httpx.AsyncClient, request: Sent, chaos: Chaos | None) -> None:
        if chaos is not None:
            chaos.sent()
        async with asyncio.timeout(PATIENCE_SECONDS * 3):
            while (answer := await self._sent(http, request)) is None:
                self.again += 1
                await asyncio.sleep(0.02)  # the process behind it has just ended, or not yet begun to listen
        assert answer.status_code in (200, 409), answer.text
        self.answers[request.id] = answer.json()

    async def _sent(self, http: httpx.AsyncClient, request: Sent) -> httpx.Response | None:
        way = await self.site.way()
        try:
            headers = {"Authorization": f"Bearer {way.token}"}
            answer = await http.post(f"{way.url}/v1/{request.call}", json=request.body, headers=headers)
        except httpx.TransportError:
            return None
        return None if answer.status_code in (202, 503) else answer  # on its way, or not taken: sent again
