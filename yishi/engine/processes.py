"""The engine in parts, each a process of its own: doors without a worker, workers without a door; as many of each as are wanted.

They share one data folder and one ledger in PostgreSQL, and meet at a Temporal service. What has to be done by one of them alone (what
fell due is caught up with, workflows are begun from the record, the second copy) is done by the worker that leads; when it ends or is
cut off, another takes over.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import structlog
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.doors import Doors
from domain.text import Text
from yishi.beside import beside
from yishi.engine.composition import mirrored, opened
from yishi.engine.engine import Engine
from yishi.engine.seen import hooks_seen, seen
from yishi.engine.versions import Version, promote_if_none_is
from yishi.engine.working import working
from yishi.hooks.at_work import sending
from yishi.ledger.among import Leads, among
from yishi.ledger.errors import LedgerError
from yishi.ledger.ledger import Ledger
from yishi.observing import observed
from yishi.server import temporal
from yishi.settings import Settings
from yishi.trouble import Trouble
from yishi.waking import Waking

log = structlog.get_logger("yishi")

QUEUES = ("sessions", "hooks")
"""What a worker may be asked to work on: acts of sessions and of matters; telling webhooks."""
LOOKS_SECONDS = 2.0
"""How often those who do not lead look whether they have to, and the one who leads whether it still does."""
BEHIND_SECONDS = 30.0
"""A session whose record has matters that were never opened is begun anew when that is so at two looks so far apart: an act that is
under way opens them by itself."""
LOOKS_BEHIND = 10
"""So many such looks, five minutes, lie between two times that whatever has no workflow is begun from the record."""
ARRIVING_SECONDS = 24 * 3600
"""A file that has been arriving for so long was left by a process that was killed."""
AGAIN_SECONDS = 10.0
"""After which a duty that failed is taken up again."""
Duty = Callable[[Engine], Coroutine[Any, Any, None]]


class NeedsTemporal(Trouble):
    says = Text(
        "分开的进程需要共用一个 Temporal 服务。请设置 YISHI_TEMPORAL_ADDRESS(主机:端口);单机请用 yishi serve",
        "separate processes share a Temporal service: set YISHI_TEMPORAL_ADDRESS (host:port). On one machine use yishi serve",
    )


@contextlib.asynccontextmanager
async def at_the_door(
    settings: Settings, *, clock_is_right: bool = False, ledger_of: Callable[..., Ledger] = Ledger
) -> AsyncIterator[tuple[Engine, Callable[[], None]]]:
    """An engine that takes acts in and leaves the work to the workers. It begins no workflow but for an act that needs one.

    With it comes what is to be called once the door is open: until then the process is not ready.

    Args:
        ledger_of: makes the ledger; a composition may hand in another kind, such as one with a clock of its own.

    Raises:
        OneProcessOnly, NeedsTemporal, CannotShare, AnotherFolder, and whatever stands against a start.
    """
    async with (
        _joined(settings, clock_is_right=clock_is_right, ledger_of=ledger_of) as (engine, leads, ready),
        sending(engine.client, engine.ledger, engine.folder, at_work=False) as engine.hooks,
        beside(_hold(leads)),
    ):
        yield engine, ready


@contextlib.asynccontextmanager
async def at_work(
    settings: Settings,
    queues: Sequence[str] = QUEUES,
    *,
    clock_is_right: bool = False,
    duties: Sequence[Duty] = (),
    ledger_of: Callable[..., Ledger] = Ledger,
) -> AsyncIterator[Engine]:
    """Workers on these queues. Of all that work on sessions one leads.

    Args:
        duties: more that only the one who leads does, such as delivering reminders; each until it is cancelled.
        ledger_of: as `at_the_door`.

    Raises:
        as `at_the_door`.
    """
    async with contextlib.AsyncExitStack() as stack:
        joined = _joined(settings, clock_is_right=clock_is_right, sessions="sessions" in queues, ledger_of=ledger_of)
        engine, leads, ready = await stack.enter_async_context(joined)
        ready()
        telling = sending(engine.client, engine.ledger, engine.folder, at_work="hooks" in queues)
        engine.hooks = await stack.enter_async_context(telling)
        if "hooks" in queues:
            stack.enter_context(hooks_seen(engine.observing, engine.hooks, engine.client))
        if "sessions" in queues:
            leading = await asyncio.to_thread(leads.leads)
            if leading:  # before a timer of long ago fires here; elsewhere each is recorded in order all the same
                await engine.waking.catch_up()
            doors, version = Doors(engine.waking, engine), Version.of(settings)
            await stack.enter_async_context(working(engine.client, doors, version=version))
            if version is not None:
                await promote_if_none_is(engine.client, version)
            own: tuple[Duty, ...] = (
                _begin_again,
                _wake,
                _clear,
                *([_copying(settings.mirror)] if settings.mirror else []),
            )
            await stack.enter_async_context(beside(_lead(engine, leads, (*own, *duties))))
        else:
            await stack.enter_async_context(beside(_hold(leads)))
        yield engine


@contextlib.asynccontextmanager
async def _joined(
    settings: Settings, *, clock_is_right: bool, ledger_of: Callable[..., Ledger], sessions: bool = True
) -> AsyncIterator[tuple[Engine, Leads, Callable[[], None]]]:
    """The engine, who leads, and what ends the process's time of starting."""
    if settings.temporal_address is None:
        raise NeedsTemporal
    async with contextlib.AsyncExitStack() as stack:
        observing = await stack.enter_async_context(observed(settings))
        starting = stack.enter_context(contextlib.ExitStack())
        starting.enter_context(observing.readiness.waiting_for("starting", str))
        parts = stack.enter_context(
            opened(settings, "real", shared=True, clock_is_right=clock_is_right, ledger_of=ledger_of)
        )
        leads = stack.enter_context(contextlib.closing(await asyncio.to_thread(among, parts.folder)))
        traced = observing.traces.interceptors()
        server = await stack.enter_async_context(
            temporal(settings, parts.folder, pydantic_data_converter, interceptors=traced)
        )
        engine = parts.engine(server, Waking(parts.ledger, rehearsal=False))
        engine.observing, engine.all_revived = observing, True  # beginning again is the leader's to do and to tell
        stack.enter_context(seen(observing, engine, sessions=sessions))
        await stack.enter_async_context(beside(server.watch()))
        await stack.enter_async_context(beside(engine.follow_up()))
        yield engine, leads, starting.close


async def _hold(leads: Leads) -> None:
    """Keep the folder held by those who do not ask whether they lead: a database that was started again knows of nobody."""
    while True:
        await asyncio.sleep(LOOKS_SECONDS)
        try:
            await asyncio.to_thread(leads.hold)
        except LedgerError as fault:  # others have come with another folder: they are told so when they start again
            log.error("holds-not", zh=fault.to("zh"), en=fault.to("en"))


async def _lead(engine: Engine, leads: Leads, duties: Sequence[Duty]) -> None:
    """Do what one process alone does, for as long as this is the one. Until it is cancelled."""
    while True:
        if await _is_the_one(leads):
            log.info("leads")
            engine.all_revived = False
            async with contextlib.AsyncExitStack() as stack:
                for duty in duties:
                    await stack.enter_async_context(beside(_done_again(duty, engine)))
                while await _is_the_one(leads):  # noqa: ASYNC110 # a lock tells nobody that it is lost
                    await asyncio.sleep(LOOKS_SECONDS)
            engine.all_revived = True  # whoever leads now does that, and tells of it
            log.warning("leads-no-more")
        await asyncio.sleep(LOOKS_SECONDS)


async def _is_the_one(leads: Leads) -> bool:
    try:
        return await asyncio.to_thread(leads.leads)
    except LedgerError as fault:  # others have come with another folder: who leads there is not ours to know
        log.error("leads-unknown", zh=fault.to("zh"), en=fault.to("en"))
        return False


async def _done_again(duty: Duty, engine: Engine) -> None:
    """A duty that fails is taken up again, and keeps no other from being done."""
    while True:
        try:
            await duty(engine)
        except Exception:
            log.exception("duty-failed", duty=getattr(duty, "__name__", repr(duty)))
        await asyncio.sleep(AGAIN_SECONDS)


async def _wake(engine: Engine) -> None:
    await engine.waking.when_it_wakes()


async def _begin_again(engine: Engine) -> None:
    """Catch up; begin what has no workflow, again and again: a door may be killed between a commit and what it has to begin.

    Meanwhile, look whether a session fell behind its record.
    """
    await engine.waking.catch_up()
    before: set[str] = set()
    while True:
        await engine.revive_behind()
        for _ in range(LOOKS_BEHIND):
            await asyncio.sleep(BEHIND_SECONDS)
            before = await engine.begin_behind(of=before)


async def _clear(engine: Engine) -> None:
    """Once a day, remove files that never arrived."""
    while True:
        await asyncio.to_thread(engine.evidence.clear, older_seconds=ARRIVING_SECONDS)
        await asyncio.sleep(ARRIVING_SECONDS)


def _copying(place: Path) -> Duty:
    async def copying(engine: Engine) -> None:
        async with mirrored(engine.folder, place, engine.ledger) as second:
            engine.mirror = second
            try:
                await asyncio.Event().wait()
            finally:
                engine.mirror = None

    return copying
