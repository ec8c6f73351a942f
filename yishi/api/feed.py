"""Events as they are recorded, for any number of watchers: read and written out once, whoever waits is woken by the commit itself."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, NamedTuple, Protocol, Self

import structlog

from domain.access.register import REGISTER
from yishi.access.principal import OFFICE, Principal
from yishi.events.hearing import Hearing, units_in
from yishi.events.telling import brief, written
from yishi.ledger.ledger import Ledger

log = structlog.get_logger("yishi.door")

KEPT = 4000  # newest events kept written out; older ones are read from the ledger
PAGE = 500
WOKEN_AT_ONCE = 2
REST_SECONDS = 0.002  # between them, in which acts have their turn: two hundred are told within half a second, and no act waits for all of them
READERS = 2  # reads of old events at a time


class Told(NamedTuple):
    """One event as watchers get it."""

    position: int
    stream: str
    name: str
    written: bytes


class Listeners:
    """How many connections listen in one way, and whose they are.

    Attributes:
        most: of all tokens together, and of the office's own, which stands for whoever shares it. of_one: of any other token; a program
            needs one and a hall's screens a few, and whoever takes more has lost count and would leave others none.
    """

    most: ClassVar[int]
    of_one: ClassVar[int] = 50

    def __init__(self) -> None:
        self._of = Counter[str]()

    def limit(self, who: Principal) -> int | None:
        """The limit that one more of theirs would be beyond; None: there is room."""
        if self._of.total() >= self.most:
            return self.most
        return self.of_one if who.id != OFFICE and self._of[who.id] >= self.of_one else None

    @contextlib.contextmanager
    def one(self, who: Principal) -> Iterator[None]:
        """One more, as long as it is there."""
        self._of[who.id] += 1
        try:
            yield
        finally:
            self._of[who.id] -= 1
            self._of += Counter()  # forgets those of whom there is none


class Streams(Listeners):
    """Open streams of events."""

    most = 500  # beyond them the machine runs out of connections for acts


class Polls(Listeners):
    """Requests that wait for what comes next."""

    most = 300  # likewise


class Tokens(Protocol):
    """Whose token still opens: `yishi.access.keyring.Keyring`."""

    @property
    def due(self) -> bool: ...
    def look(self) -> None: ...
    def standing(self, who: Principal, now: datetime) -> Principal | None: ...


class Feed:
    """The events of a ledger since any position. `async with feed` while it is served.

    `tokens`: by which those who listen are looked at again whenever something is to be told; None: they may go on.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._units_of = units_in(ledger)
        self.tokens: Tokens | None = None
        self._kept: list[Told] = []
        self._newest = self._size = ledger.head().size
        self._grown = asyncio.Event()
        self._waiting: dict[asyncio.Future[None], None] = {}  # in the order they came
        self._readers = asyncio.Semaphore(READERS)
        self._closed = False
        self.listening: set[Callable[[], None]] = set()
        """Of each stream of events that is open: what to call when no more will come."""
        self.streams, self.polls = Streams(), Polls()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()

        def grown(size: int) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever waited
                loop.call_soon_threadsafe(self._grew, size)

        self._no_more = self._ledger.after_commit(grown)
        self._grew(self._ledger.head().size)
        self._following = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        self._no_more()
        self._following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._following

    def close(self) -> None:
        """Let all who wait go with what there is."""
        self._closed = True
        for woken in tuple(self._waiting):
            self._let_go(woken)
        for end in tuple(self.listening):
            end()

    @property
    def closed(self) -> bool:
        """Whether no more will come."""
        return self._closed

    @property
    def watchers(self) -> int:
        """How many wait for what comes next."""
        return len(self._waiting)

    @property
    def newest(self) -> int:
        """Where the record ends, as far as watchers can be told."""
        return self._newest

    async def page(
        self, after: int, limit: int, wait: float, within: str | None = None, who: Principal | None = None
    ) -> bytes:
        """Events beyond a position as JSON, at once if there are any, else after `wait` seconds.

        Args:
            within: a session, `{congress}/{term}-{session}`: only what was recorded for it.
            who: whom it is for: only what they may hear, for as long as their token holds; None: all.
        """
        clock = asyncio.get_running_loop().time
        until, asked = clock() + wait, after
        while True:
            told, after = await self.beyond(after, limit, within, at_once=wait <= 0)
            if who is not None:
                if (now := await self.standing(who)) is None:
                    return b'{"events":[],"next":%d}' % asked
                told = await self.heard(Hearing(now), told)
            left = until - clock()
            if told or self._closed or left <= 0:
                return b'{"events":[' + b",".join(each.written for each in told) + b'],"next":%d}' % after
            if after >= self._newest:
                await self.until_grown(left)

    async def standing(self, who: Principal) -> Principal | None:
        """Who listens, with the rights of now; None: their token was revoked or has expired."""
        if self.tokens is None:
            return who
        if self.tokens.due:
            await asyncio.to_thread(self.tokens.look)
        return self.tokens.standing(who, self._ledger.now())

    def seconds_left(self, who: Principal) -> float | None:
        """Until a token expires; None: never."""
        return None if who.expires is None else max(0.0, (who.expires - self._ledger.now()).total_seconds())

    async def heard(self, hearing: Hearing, told: list[Told]) -> list[Told]:
        """What of it somebody hears, and as much of each as they may."""

        def taken() -> list[Told]:
            return [each for each in told if hearing.takes(each.stream, each.name, self._units_of)]

        found = await asyncio.to_thread(taken) if hearing.looks and told else taken()
        return found if hearing.whole else [each._replace(written=brief(each.written)) for each in found]

    async def beyond(
        self, after: int, limit: int, within: str | None, *, at_once: bool = False
    ) -> tuple[list[Told], int]:
        """What comes after a position, and from where to go on.

        Args:
            at_once: nobody waits for what is recorded and not yet taken in here: it is looked for in the record itself.
        """
        first = self._newest - len(self._kept) + 1
        if after + 1 < first or (at_once and after >= self._newest):
            async with self._readers:
                return await asyncio.to_thread(self._read, after, limit, within)
        found: list[Told] = []
        for told in self._kept[after + 1 - first :] if after < self._newest else ():
            after = told.position
            if within is None or told.stream.startswith(within + "/"):
                found.append(told)
                if len(found) == limit:
                    break
        return found, after

    def _read(self, after: int, limit: int, within: str | None = None) -> tuple[list[Told], int]:
        newest = self._ledger.head().size
        entries = self._ledger.notifications(after, limit, within)
        told = [Told(e.position, e.envelope.stream, e.envelope.name, written(self._ledger, e)) for e in entries]
        last = told[-1].position if told else after
        return told, last if len(told) == limit else max(last, newest)

    def _grew(self, size: int) -> None:
        self._size = max(self._size, size)
        self._grown.set()

    async def _follow(self) -> None:
        while True:
            await self._grown.wait()
            self._grown.clear()
            try:
                await self._take_in()
            except Exception:
                log.exception("door.feed_failed")  # with the next commit it is tried again
            let_go = 0
            for woken in tuple(self._waiting):
                let_go += self._let_go(woken)
                if let_go == WOKEN_AT_ONCE:
                    let_go = 0
                    await asyncio.sleep(REST_SECONDS)

    async def _take_in(self) -> None:
        """Read and write out what is new; if nobody listens, whoever asks for it later reads it."""
        if not self._waiting and not self.listening:
            self._kept, self._newest = [], max(self._newest, self._size)
            return
        more = True
        while more:
            told, newest = await asyncio.to_thread(self._read, self._newest, PAGE)
            if self.tokens is not None and any(each.stream == REGISTER for each in told):
                await asyncio.to_thread(self.tokens.look)  # before anybody is told what their token no longer opens
            self._kept, self._newest = self._kept + told, newest
            more = len(told) == PAGE
        if len(self._kept) > 2 * KEPT:
            del self._kept[:-KEPT]

    async def until_grown(self, seconds: float) -> None:
        """Wait until more is recorded, until no more will come, or for so long."""
        if self._closed:
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[woken] = None
        try:
            await asyncio.wait((woken,), timeout=seconds)
        finally:
            self._waiting.pop(woken, None)
            woken.cancel()

    def _let_go(self, woken: "asyncio.Future[None]") -> bool:
        """Wake one who waits; False: it has gone by itself meanwhile."""
        if woken not in self._waiting:
            return False
        del self._waiting[woken]
        woken.set_result(None)
        return True
