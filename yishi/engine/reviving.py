"""Workflows begun from the record: a session's when it is registered, a matter's when it is opened, any that was lost."""

import asyncio
from collections.abc import Callable, Container, Coroutine, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.progress import Progress, Start, matter_of, session_of
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.engine.faults import NotTaken
from yishi.engine.working import QUEUE
from yishi.ledger.ledger import Ledger
from yishi.waking import Waking, open_streams

log = structlog.get_logger("yishi")

TASK_SECONDS = 5
RUNNING = "ExecutionStatus = 'Running' AND WorkflowType IN ('session', 'matter')"
NEVER = datetime.max.replace(tzinfo=UTC)
AT_ONCE = 16
"""A batch of workflows started from the record, so that hundreds of them do not stand in the way of an act."""


class Revived(NamedTuple):
    """Sessions and matters on the record whose story is not at its end, and those of them that had no workflow and were given one."""

    open: tuple[str, ...] = ()
    started: tuple[str, ...] = ()


class Reviving:
    """Begins workflows on a Temporal service from what the ledger holds.

    Attributes:
        begun, of: how many of those that had none were begun so far, and how many there are; `of` is None until that is known.
    """

    def __init__(self, client: Client, ledger: Ledger, waking: Waking) -> None:
        self._client, self._ledger, self._waking = client, ledger, waking
        self._rehearsal = ledger.rehearsal
        self.begun = 0
        self.of: int | None = None

    def as_recorded(self, stream: str, rehearsal_time: datetime | None) -> Start:
        """How a workflow starts that goes on from the record."""
        progress = self._waking.progress_of(stream)
        opened = tuple(n for n in progress.assigned if self._waking.opened(matter_of(session_of(stream), n)))
        return Start(stream=stream, progress=progress.opened(opened), rehearsal_time=rehearsal_time, handed_over=opened)

    def still_open(self, streams: Iterable[str]) -> list[str]:
        """Those on the record that are not at their end."""
        found = {stream: self._waking.progress_of(stream) for stream in streams}
        return [stream for stream in open_streams(found) if found[stream].facts]

    async def revive(self) -> Revived:
        """Start a workflow from the record for each session and matter that is open and has none, the soonest due first.

        There is none when Temporal's database was lost, when this is a restored copy, or when somebody ended it. Those that
        run are left alone, and what is at its end is not begun again: so it may be done at any time, and twice.
        """
        streams = self._waking.progress()
        waiting = open_streams(streams)
        running = {w.id async for w in self._client.list_workflows(RUNNING, page_size=1000)} if waiting else set()
        lost = [stream for stream in waiting if stream not in running]
        self.begun, self.of = 0, len(lost)
        await by_batches(self._begin_one, sorted(lost, key=lambda stream: _how_soon(streams[stream])))
        if lost:
            log.info("revived", workflows=len(lost), open=len(waiting))
        return Revived(tuple(waiting), tuple(lost))

    async def _begin_one(self, stream: str) -> None:
        await self.begin(stream)
        self.begun += 1

    async def begin_behind(self, of: Container[str] | None = None) -> set[str]:
        """Begin anew the sessions whose record has matters that were never opened; those of `of` alone, if it is given.

        The machine stopped after an act was on record and before the workflow had its answer: it knows nothing of that act.

        Returns:
            All that are behind, begun anew or not.
        """
        behind = self.behind()
        for stream in behind:
            if of is None or stream in of:
                await self.begin(stream, WorkflowIDConflictPolicy.TERMINATE_EXISTING)
                log.info("behind-the-record", stream=stream)
        return set(behind)

    def behind(self) -> list[str]:
        """The sessions whose record has matters that were never opened."""
        streams = self._waking.progress()
        return [s for s, p in streams.items() if s == session_of(s) and p.unopened(streams)]

    async def begin(
        self, stream: str, conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING
    ) -> None:
        """Start a stream's workflow from the record as it is at this moment; one that runs is left alone, unless `conflict` says otherwise."""
        rehearsed = self._ledger.events(stream)[-1].envelope.recorded_at if self._rehearsal else None
        start = self.as_recorded(stream, rehearsed)
        await self.start(start, WorkflowIDReusePolicy.ALLOW_DUPLICATE, conflict)

    async def begin_open(self, streams: Iterable[str], *, anew: bool) -> None:
        """Start these streams' workflows from the record, as far as they are open; `anew`: in place of those that run.

        Raises:
            NotTaken: the service did not do it, or not for all.
        """
        waiting = await asyncio.to_thread(self.still_open, streams)
        kind = WorkflowIDConflictPolicy
        await by_batches(partial(self.begin, conflict=kind.TERMINATE_EXISTING if anew else kind.USE_EXISTING), waiting)

    async def end(self, streams: Sequence[str]) -> None:
        """End the workflows of these streams, as far as they run.

        Raises:
            NotTaken: the service did not do it.
        """
        await by_batches(self._end, streams)

    async def _end(self, stream: str) -> None:
        try:
            await self._client.get_workflow_handle(stream).terminate(
                "acts recorded together: begun again from the record"
            )
        except RPCError as failed:
            if failed.status != RPCStatusCode.NOT_FOUND:  # none runs
                raise NotTaken(why=str(failed)) from failed

    async def start(
        self,
        start: Start,
        reuse: WorkflowIDReusePolicy = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING,
    ) -> None:
        """Start one workflow; one that runs is left alone, unless `conflict` says otherwise.

        Raises:
            NotTaken: the service did not do it.
        """
        try:
            await self._client.start_workflow(
                story_of(start.stream),
                start,
                id=start.stream,
                task_queue=QUEUE,
                id_conflict_policy=conflict,
                id_reuse_policy=reuse,
                task_timeout=timedelta(seconds=TASK_SECONDS),
            )
        except WorkflowAlreadyStartedError:  # and ended: its record answers from here on
            return
        except RPCError as failed:
            raise NotTaken(why=str(failed)) from failed

    async def start_all(self, starts: Sequence[Start]) -> None:
        """Start some workflows; those that run, or ran to their end, are left alone."""
        await asyncio.gather(*map(self.start, starts))

    def with_an_act(self, start: Start) -> Any:
        """The same, for an act to be sent along with it."""
        return WithStartWorkflowOperation(
            story_of(start.stream),
            start,
            id=start.stream,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            task_timeout=timedelta(seconds=TASK_SECONDS),
        )


def story_of(stream: str) -> Any:
    """The workflow of a stream."""
    return SessionWorkflow.run if stream == session_of(stream) else MatterWorkflow.run


def _how_soon(progress: Progress) -> tuple[bool, datetime, str]:
    """Sessions first, then what is due first."""
    clock = progress.next_clock
    return progress.stream != session_of(progress.stream), clock.due if clock else NEVER, progress.stream


async def by_batches(do: Callable[[str], Coroutine[Any, Any, None]], streams: Sequence[str]) -> None:
    for i in range(0, len(streams), AT_ONCE):
        await asyncio.gather(*map(do, streams[i : i + AT_ONCE]))
