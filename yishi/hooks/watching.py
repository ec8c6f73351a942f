"""Sees what the record has gained, and calls the lines that have something to tell; those that do not run are started."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.service import RPCError

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
AGAIN_SECONDS = 5.0  # after a trouble
REST_MOST_SECONDS = 2.0
TASK_SECONDS = 5
Call = tuple[str, str]
"""An endpoint and a session."""


def line_id(endpoint: str, session: str) -> str:
    return f"hook/{endpoint}/{session}"


class Watching:
    """Follows the record. `wake` may be called from any thread."""

    def __init__(self, client: Client, ledger: Ledger, store: HookStore, teller: Teller) -> None:
        self._client, self._ledger, self._store, self._teller = client, ledger, store, teller
        self._grown = asyncio.Event()
        self._reached: int | None = None
        self._waiting: dict[Call, None] = {}
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
                rest = LOOKS_EVERY
                try:
                    await self._pass()
                except Exception:
                    log.exception("hooks.watching_failed")
                    rest = AGAIN_SECONDS
                await asyncio.sleep(
                    min(loop.time() - began, REST_MOST_SECONDS)
                )  # acts have their turn, however many endpoints there are
                try:
                    async with asyncio.timeout(rest):
                        await self._grown.wait()
                except TimeoutError:
                    continue
                self._grown.clear()
        finally:
            no_more()

    async def look(self, endpoint: str, sessions: list[str], why: str) -> None:
        """Have the lines of an endpoint look at once: it was paused, goes on, or was changed. If Temporal is away, once it is back."""
        calls = [(endpoint, session) for session in sessions]
        try:
            await self._by_batches(calls, why)
        except RPCError as away:
            log.warning("hooks.not_called", webhook=endpoint, why=str(away.status))
            self._waiting |= dict.fromkeys(calls)
            self._grown.set()

    def sessions(self) -> list[str]:
        """All there are on the record, and what stands in the place of one for the folder's own streams."""
        return sorted({session_in(stream) for stream in self._ledger.versions()})

    def behind(self, endpoint: str, hearing: Hearing) -> list[str]:
        """The sessions of which an endpoint may not have been told all."""
        found = []
        for session in filter(hearing.of, self.sessions()):
            newest, told = self._ledger.newest(session), self._store.position(endpoint, session)
            if newest is not None and told is not None and told < newest.position:
                found.append(session)
        return found

    async def _pass(self) -> None:
        calls = await asyncio.to_thread(self._calls)
        if self._reached is not None:
            self.needed.set()
        self._waiting |= dict.fromkeys(calls)
        if waiting := list(self._waiting):
            await self._by_batches(waiting, None)

    def _calls(self) -> list[Call]:
        """Who is to be called for what is new; at the first time, for all that they were not told."""
        kept = self._store.endpoints()
        if not kept:
            self._reached = None
            return []
        register: Register = self._ledger.state(REGISTER)
        head, hearings = self._ledger.head().size, self._open(register, kept)
        if self._reached is None or not hearings:
            self._reached = head if hearings else None
            return [
                (endpoint, session) for endpoint, hears in hearings.items() for session in self.behind(endpoint, hears)
            ]
        calls: dict[Call, None] = {}
        while new := self._ledger.notifications(self._reached, PAGE):
            for entry in new:
                calls |= dict.fromkeys(self._called_by(entry, hearings))
            self._reached = new[-1].position
        return list(calls)

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

    async def _by_batches(self, calls: list[Call], why: str | None) -> None:
        for i in range(0, len(calls), CALLED_AT_ONCE):
            await asyncio.gather(*(self._call(each, why) for each in calls[i : i + CALLED_AT_ONCE]))

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
        self._waiting.pop(call, None)
