"""Sees what the record has gained, and calls the lines that have something to tell; those that do not run are started."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy

from domain.access.register import REGISTER, Register
from domain.hooks import Line
from workflows.hook import HookWorkflow
from yishi.events.hearing import Hearing, session_in
from yishi.hooks.store import Endpoint, HookStore
from yishi.hooks.telling import TOKEN_ENDED, Teller, hearing_of, utc_now
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry

log = structlog.get_logger("yishi.hooks")

QUEUE = "hooks"
PAGE = 500
CALLED_AT_ONCE = 16
LOOKS_EVERY = 60.0  # seconds: at tokens that expire
ASKS_EVERY = 5.0  # seconds: whether another process asked for something
AGAIN_SECONDS = 5.0  # after a trouble
REMINDED_EVERY = 600.0
"""Seconds between two calls of a line that is failing, which tries by itself: a workflow takes in only so many signals."""
REST_MOST_SECONDS = 2.0
TASK_SECONDS = 5
Call = tuple[str, str]
"""An endpoint and a session."""


def line_id(endpoint: str, session: str) -> str:
    return f"hook/{endpoint}/{session}"


class Pass(NamedTuple):
    """What was seen at one time: how far the record was looked at, who heard what then, and how often each was asked for something.

    `reached`: None while nobody hears anything. `calls`: lines to be called because of it, and why; None for what is new on record.
    """

    reached: int | None
    hearings: dict[str, Hearing]
    asked: dict[str, int]
    calls: dict[Call, str | None]


class Watching:
    """Follows the record, and what is asked in other processes. What it saw counts as seen only when the calls are held here that follow."""

    def __init__(self, client: Client, ledger: Ledger, store: HookStore, teller: Teller) -> None:
        self._client, self._ledger, self._store, self._teller = client, ledger, store, teller
        self._grown = asyncio.Event()
        self._seen = Pass(None, {}, {}, {})
        self._waiting: dict[Call, str | None] = {}
        self._reminded: dict[Call, float] = {}
        self.needed = asyncio.Event()
        """Set once there is an endpoint: until then nobody has to work."""

    async def run(self) -> None:
        """Until it is cancelled. What goes wrong is logged and tried again."""
        loop = asyncio.get_running_loop()

        def grown(size: int) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._grown.set)

        no_more = self._ledger.after_commit(grown)
        try:
            while True:
                began = loop.time()
                try:
                    await self.look_through()
                    rest = AGAIN_SECONDS if self._waiting else LOOKS_EVERY
                    await asyncio.sleep(
                        min(loop.time() - began, REST_MOST_SECONDS)
                    )  # acts have their turn, however many endpoints there are
                    await self._until_needed(rest)
                except Exception:
                    log.exception("hooks.watching_failed")
                    await asyncio.sleep(AGAIN_SECONDS)
        finally:
            no_more()

    async def _until_needed(self, most: float) -> None:
        """Until the record has grown, somebody asked for something, or so much time has passed."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + most
        while (left := ends - loop.time()) > 0:
            try:
                async with asyncio.timeout(min(left, ASKS_EVERY)):
                    await self._grown.wait()
            except TimeoutError:
                if await asyncio.to_thread(self._store.asked) != self._seen.asked:
                    return
            else:
                self._grown.clear()
                return

    async def look(self, endpoint: str, sessions: list[str], why: str) -> None:
        """Have the lines of an endpoint look at once: it was paused, goes on, or was changed.

        What they are to find is in the store already: should Temporal be away, whoever watches sees there that something was asked.
        """
        await self._by_batches({(endpoint, session): why for session in sessions})
        self._grown.set()

    def sessions(self) -> list[str]:
        """All there are on the record, and what stands in the place of one for the folder's own streams."""
        return sorted({session_in(stream) for stream in self._ledger.versions()})

    def behind(self, endpoint: str, hearing: Hearing) -> list[str]:
        """The sessions of which an endpoint may not have been told all, or something is wanted again."""
        found = []
        for session in filter(hearing.of, self.sessions()):
            newest, told = self._ledger.newest(session), self._store.position(endpoint, session)
            if newest is None or told is None:
                continue
            if told < newest.position or self._store.wanted(endpoint, session) is not None:
                found.append(session)
        return found

    async def look_through(self) -> None:
        """Once: see what is new, and call whom it concerns. Those who could not be called are called the next time."""
        seen = await asyncio.to_thread(self._looked, self._seen)
        self._waiting |= {call: why or self._waiting.get(call) for call, why in seen.calls.items()}
        self._seen = seen._replace(calls={})
        if seen.reached is not None:
            self.needed.set()
        called = await self._by_batches(self._waiting)
        self._waiting = {call: why for call, why in self._waiting.items() if call not in called}

    def _looked(self, before: Pass) -> Pass:
        """Who is to be called: for what is new, and those that hear something else than before, or of whom something was asked, for all
        that they were not told. At the first time that is everybody."""
        asked = self._store.asked()  # before all else: what is asked meanwhile is seen the next time
        kept = self._store.endpoints()
        if not kept:
            return Pass(None, {}, asked, {})
        register: Register = self._ledger.state(REGISTER)
        head, hearings = self._ledger.head().size, self._open(register, kept)
        calls: dict[Call, str | None] = {}
        reached = before.reached if before.reached is not None else head
        while hearings and (new := self._ledger.notifications(reached, PAGE)):
            for entry in new:
                calls |= dict.fromkeys(self._called_by(entry, hearings))
            reached = new[-1].position
        failing = self._store.failing()
        calls = dict.fromkeys(self._that_wait_for_it(calls, failing))
        for endpoint, hears in hearings.items():
            anew = before.asked.get(endpoint, 0) != asked.get(endpoint, 0)
            if anew or before.hearings.get(endpoint) != hears:
                behind = ((endpoint, session) for session in self.behind(endpoint, hears))
                calls |= {call: "asked" if anew or call not in failing else None for call in behind}
        return Pass(reached if hearings else None, hearings, asked, calls)

    def _that_wait_for_it(self, calls: Iterable[Call], failing: set[Call]) -> list[Call]:
        """Without those that are failing and were called not long ago: they try by themselves, and tell all there is once they come through."""
        now = time.monotonic()
        self._reminded = {
            call: at for call, at in self._reminded.items() if call in failing and now < at + REMINDED_EVERY
        }
        found = [call for call in calls if call not in self._reminded]
        self._reminded |= {call: now for call in found if call in failing}
        return found

    def _called_by(self, entry: Entry, hearings: dict[str, Hearing]) -> list[Call]:
        session = session_in(entry.envelope.stream)
        return [(endpoint, session) for endpoint, hearing in hearings.items() if self._teller.takes(hearing, entry)]

    def _open(self, register: Register, endpoints: list[Endpoint]) -> dict[str, Hearing]:
        """Each endpoint that is told something, and what. One whose token has ended is paused."""
        found: dict[str, Hearing] = {}
        now = self._ledger.now()
        for kept in endpoints:
            asked = register.webhooks.get(kept.id)
            if asked is None or kept.paused is not None:
                continue
            if (hearing := hearing_of(register, asked, now)) is not None:
                found[kept.id] = hearing
            elif self._store.pause(kept.id, TOKEN_ENDED, utc_now()):
                log.warning("hooks.paused", webhook=kept.id, why=TOKEN_ENDED)
        return found

    async def _by_batches(self, calls: Mapping[Call, str | None]) -> set[Call]:
        """Those that were called. What keeps one from being called keeps no other."""
        called: set[Call] = set()
        faults: list[BaseException] = []
        lines = list(calls.items())
        for i in range(0, len(lines), CALLED_AT_ONCE):
            some = lines[i : i + CALLED_AT_ONCE]
            came = await asyncio.gather(*(self._call(*each) for each in some), return_exceptions=True)
            called |= {call for (call, _), fault in zip(some, came, strict=True) if fault is None}
            faults += filter(None, came)
        if faults:
            log.warning("hooks.not_called", count=len(faults), error=faults[0])
        return called

    async def _call(self, call: Call, why: str | None) -> None:
        endpoint, session = call
        await self._client.start_workflow(
            HookWorkflow.run,
            Line(endpoint=endpoint, session=session),
            id=line_id(endpoint, session),
            task_queue=QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=timedelta(seconds=TASK_SECONDS),
            start_signal="grown" if why is None else "look",
            start_signal_args=[] if why is None else [why],
        )
