"""The composition root: folder, law, ledger, Temporal and worker put together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from temporalio.contrib.pydantic import pydantic_data_converter

from activities.doors import Doors
from yishi.beside import beside
from yishi.engine.engine import Engine
from yishi.engine.seen import hooks_seen, seen
from yishi.engine.versions import Version, promote
from yishi.engine.working import WORKFLOWS, working
from yishi.folder import DataFolder, Purpose
from yishi.hooks.at_work import sending
from yishi.law import LawLibrary
from yishi.ledger.among import OneProcessOnly
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.place import keep_in, pointed
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.mirror import Mirror
from yishi.observing import Observing
from yishi.record import deciders, reader
from yishi.server import Temporal, put_aside, temporal
from yishi.settings import Settings
from yishi.waking import Waking, check_clock


class Opened(NamedTuple):
    """A data folder with all that is in it, taken."""

    folder: Path
    laws: LawLibrary
    ledger: Ledger
    reading: LedgerReader
    vault: Vault
    evidence: EvidenceStore

    def engine(
        self, server: Temporal, waking: Waking, mirror: Mirror | None = None, engine_of: Callable[..., Engine] = Engine
    ) -> Engine:
        return engine_of(
            self.folder, self.laws, self.ledger, self.reading, self.vault, self.evidence, server, waking, mirror
        )


@contextlib.contextmanager
def opened(
    settings: Settings,
    purpose: Purpose,
    *,
    shared: bool = False,
    kept_in: str | None = None,
    clock_is_right: bool = False,
    ledger_of: Callable[..., Ledger] = Ledger,
) -> Iterator[Opened]:
    """The settings' folder, for one process alone, or shared with others. What the arguments mean: `running`.

    Raises:
        Trouble, LedgerError: what stands against it, and what to do.
    """
    address = kept_in or (settings.ledger if purpose == "real" else None)
    if shared and address is None and pointed(settings.folder) is None:
        raise OneProcessOnly(path=settings.folder)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(DataFolder.open(settings.folder, purpose, shared=shared))
        laws = LawLibrary(folder.path)
        laws.keep(laws.newest())
        if address:
            keep_in(folder.path, address)
        ledger = stack.enter_context(ledger_of(folder.path, deciders(), laws, rehearsal=purpose == "rehearsal"))
        reading = stack.enter_context(contextlib.closing(reader(folder.path)))
        if clock_is_right:
            ledger.take_clock_as_right()
        elif purpose == "real":
            check_clock(ledger)
        vault = stack.enter_context(contextlib.closing(Vault(folder.path)))
        evidence = EvidenceStore(folder.path)
        if not shared:
            evidence.clear()
        yield Opened(folder.path, laws, ledger, reading, vault, evidence)


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    purpose: Purpose,
    *,
    mirror: Path | None = None,
    kept_in: str | None = None,
    clock_is_right: bool = False,
    anew: bool = False,
    behind: bool = False,
    ledger_of: Callable[..., Ledger] = Ledger,
    workflows: Sequence[type] = WORKFLOWS,
    engine_of: type[Engine] = Engine,
    observing: Observing | None = None,
) -> AsyncIterator[Engine]:
    """A running engine on the settings' folder, everything started in order and stopped in the reverse order.

    Args:
        mirror: where a second copy is kept; None: where the settings say, for real work.
        kept_in: the database that keeps the ledger; None: what the settings say, for real work, or what the folder says.
        clock_is_right: somebody looked at this machine's clock, so that it is believed whatever it says.
        anew: the data of our own Temporal server is put aside first, and what is open begun again from the record.
        behind: what has no workflow is given one beside the work instead of before it; an act on it need not wait for that.
        ledger_of, engine_of: make ledger and engine; a composition may hand in another kind, such as one with a clock of its own.
        observing: where it is seen from; None: nobody looks.

    Raises:
        Trouble: what stands against it, and what to do.
    """
    observing = observing or Observing()
    async with contextlib.AsyncExitStack() as stack:
        parts = stack.enter_context(
            opened(settings, purpose, kept_in=kept_in, clock_is_right=clock_is_right, ledger_of=ledger_of)
        )
        place = mirror or (settings.mirror if purpose == "real" else None)
        second = await stack.enter_async_context(mirrored(parts.folder, place, parts.ledger)) if place else None
        aside = await asyncio.to_thread(put_aside, parts.folder) if anew else None
        traced = observing.traces.interceptors()
        server = await stack.enter_async_context(
            temporal(settings, parts.folder, pydantic_data_converter, interceptors=traced)
        )
        waking = Waking(parts.ledger, rehearsal=purpose == "rehearsal")
        await waking.catch_up()  # before a timer of long ago can fire: in order of what fell due when
        engine = parts.engine(server, waking, second, engine_of)
        engine.observing = observing
        stack.enter_context(seen(observing, engine))
        engine.aside = aside
        version = Version.of(settings) if purpose == "real" else None
        await stack.enter_async_context(working(server.client, Doors(waking, engine), workflows, version))
        if version is not None:
            await promote(server.client, version)  # it is the only one: nobody else would take what is there
        await engine.begin_behind()
        if not behind:
            await engine.revive()
            if purpose == "real":
                await engine.tell_all()
            engine.all_revived = True
        if purpose == "real":
            engine.hooks = await stack.enter_async_context(sending(server.client, parts.ledger, parts.folder))
            stack.enter_context(hooks_seen(observing, engine.hooks))
        reviving = beside(engine.revive_behind()) if behind else contextlib.nullcontext()
        async with beside(server.watch()), beside(waking.when_it_wakes()), beside(engine.follow_up()), reviving:
            yield engine


@contextlib.asynccontextmanager
async def mirrored(folder: Path, place: Path, ledger: Ledger) -> AsyncIterator[Mirror]:
    """A second copy kept beside the work; at the end it is given a moment to take in the last acts.

    Raises:
        Trouble: the place is not for this record.
    """
    mirror = await asyncio.to_thread(Mirror(folder, place).start)
    no_more = ledger.after_commit(mirror.wake)
    mirror.wake()
    try:
        yield mirror
    finally:
        no_more()
        await asyncio.to_thread(mirror.close)
