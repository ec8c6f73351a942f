"""The composition root: folder, law, ledger, Temporal and worker put together, and the one way in for every act."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.doors import Doors
from domain import procedures
from domain.matter.decider import MatterDecider
from domain.ports import Decider
from domain.progress import Progress, Start
from domain.refusals import Refusal
from domain.session.decider import SessionDecider
from domain.session.registration import RegisterSession
from domain.submission import Answer, Receipt, Submission
from domain.text import Text
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.folder import DataFolder, Purpose
from yishi.law import LawLibrary
from yishi.ledger.errors import CommandIdReused, LedgerError
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.ledger.verification import Verification
from yishi.ledger.verify import verify
from yishi.server import Temporal, temporal
from yishi.settings import Settings
from yishi.trouble import Trouble

log = structlog.get_logger("yishi")

QUEUE = "yishi"
AROUND = ("sign-in", "sign-out")
"""Acts that many people do at once: straight to the ledger in group commits, not through a workflow (architecture §2.8)."""
PASSED_THROUGH = ("domain", "activities", "structlog")
TASK_SECONDS = 5
STICKY_SECONDS = 2
"""Short, so that a kill inside a local activity is recovered from in about two seconds (notes/temporal.md §1d)."""
PROCEDURES = procedures.KNOWN


class NoSuchSession(Trouble):
    says = Text("没有会议 {stream},请先登记", "There is no session {stream}: register it first.")


class NotTaken(Trouble):
    """The act did not reach the record; nothing of it is stored."""

    says = Text("未能记录:{why}", "It could not be recorded: {why}")


class PlayedDifferently(NotTaken):
    """The command id belongs to another request: this folder holds a record of something else."""

    says = Text(
        "该编号的行为此前已以不同内容提交({why})。请换用新的数据文件夹,或沿用原来的方案和脚本",
        "An act of this id was sent before with other content ({why}). Use a new data folder, or the plan and script as they were.",
    )


def deciders() -> dict[str, Decider]:
    """Who judges and folds, by kind of stream."""
    return {"session": SessionDecider(), "matter": MatterDecider()}


class Engine:
    """A running engine on one folder. Made by `running`."""

    def __init__(
        self, folder: Path, laws: LawLibrary, ledger: Ledger, vault: Vault, evidence: EvidenceStore, server: Temporal
    ) -> None:
        self.folder, self.laws, self.ledger, self.vault, self.evidence = folder, laws, ledger, vault, evidence
        self.server = server
        self.client: Client = server.client

    async def submit(self, submission: Submission) -> Answer:
        """Have one act judged and recorded. Sending it again with the same command id gives the same answer.

        Raises:
            NoSuchSession: an act for a session nobody registered. NotTaken: nothing was stored; send it again.
        """
        if submission.act in AROUND:
            answer = await self._record(submission)
        else:
            if submission.act == RegisterSession.act:
                await self.start_session(submission)
            answer = await self._update(submission)
        outcome = answer.outcome if isinstance(answer, Receipt) else answer.reason
        log.info("act", act=submission.act, stream=submission.stream, command=submission.command_id, outcome=outcome)
        return answer

    async def _record(self, submission: Submission) -> Answer:
        try:
            return await self.ledger.record(submission)
        except CommandIdReused as reused:
            raise PlayedDifferently(why=str(reused)) from reused
        except LedgerError as fault:
            raise NotTaken(why=str(fault)) from fault

    def verify(self) -> Verification:
        """Check the whole record as it stands."""
        return verify(self.folder, deciders(), self.laws)

    async def _update(self, submission: Submission) -> Answer:
        handle = self.client.get_workflow_handle(submission.stream)
        for attempt in range(20):
            try:
                answer: Any = await handle.execute_update(
                    SessionWorkflow.submit,
                    submission,
                    id=f"{submission.command_id}~{attempt}" if attempt else submission.command_id,
                )
            except WorkflowUpdateFailedError as failed:
                if isinstance(failed.cause, ApplicationError) and failed.cause.type == "Retry":
                    await asyncio.sleep(0.05)
                    continue
                reused = isinstance(failed.cause, ApplicationError) and failed.cause.type == "CommandIdReused"
                raise (PlayedDifferently if reused else NotTaken)(why=str(failed.cause)) from failed
            except RPCError as failed:
                if failed.status == RPCStatusCode.NOT_FOUND:
                    if known := self.ledger.answer_of(submission.command_id):
                        return known
                    raise NoSuchSession(stream=submission.stream) from failed
                if failed.status != RPCStatusCode.UNAVAILABLE:
                    raise NotTaken(why=str(failed)) from failed
                await asyncio.sleep(0.2)
                continue
            checked: Receipt | Refusal = answer
            return checked
        raise NotTaken(why="Temporal")

    async def start_session(self, registering: Submission) -> None:
        """Start the session's workflow, or leave the one that runs."""
        await self._start(SessionWorkflow.run, Start.of(registering.stream, registering.recorded_at))

    async def start_matters(self, starts: Sequence[Start]) -> None:
        """Implements `domain.ports.Starting`."""
        await asyncio.gather(*(self._start(MatterWorkflow.run, start) for start in starts))

    async def _start(self, run: Any, start: Start) -> None:
        with contextlib.suppress(WorkflowAlreadyStartedError):  # and ended: its record answers from here on
            await self.client.start_workflow(
                run,
                start,
                id=start.stream,
                task_queue=QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                task_timeout=timedelta(seconds=TASK_SECONDS),
            )

    async def advance(self, stream: str, to: datetime) -> None:
        """Move a rehearsal's clock for one stream, and return when all that fell due there is recorded."""
        await self.client.get_workflow_handle(stream).execute_update(SessionWorkflow.advance, to)

    async def progress(self, stream: str) -> Progress:
        return await self.client.get_workflow_handle(stream).query(SessionWorkflow.progress)


class _Matters:
    """Stands in for the engine until it is there: worker and engine need each other."""

    def __init__(self) -> None:
        self.engine: Engine | None = None

    async def start_matters(self, starts: Sequence[Start]) -> None:
        assert self.engine is not None
        await self.engine.start_matters(starts)


@contextlib.asynccontextmanager
async def running(
    settings: Settings, purpose: Purpose, *, ledger_of: Callable[..., Ledger] = Ledger
) -> AsyncIterator[Engine]:
    """A running engine on the settings' folder, everything started in order and stopped in the reverse order.

    Args:
        ledger_of: makes the ledger; a composition may hand in another kind of it, such as one with a clock of its own.

    Raises:
        Trouble: what stands against it, and what to do.
    """
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(DataFolder.open(settings.folder, purpose))
        laws = LawLibrary(folder.path)
        laws.keep(laws.newest())
        ledger = stack.enter_context(ledger_of(folder.path, deciders(), laws, rehearsal=purpose == "rehearsal"))
        vault = stack.enter_context(contextlib.closing(Vault(folder.path)))
        server = await stack.enter_async_context(temporal(settings, folder.path, pydantic_data_converter))
        matters = _Matters()
        doors = Doors(ledger, matters)
        await stack.enter_async_context(
            Worker(
                server.client,
                task_queue=QUEUE,
                workflows=[SessionWorkflow, MatterWorkflow],
                activities=[doors.record, doors.start_matters],
                workflow_runner=SandboxedWorkflowRunner(
                    restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
                ),
                sticky_queue_schedule_to_start_timeout=timedelta(seconds=STICKY_SECONDS),
                graceful_shutdown_timeout=timedelta(seconds=10),
                activity_executor=stack.enter_context(ThreadPoolExecutor(4)),
            )
        )
        engine = Engine(folder.path, laws, ledger, vault, EvidenceStore(folder.path), server)
        matters.engine = engine
        watching = asyncio.create_task(server.watch())
        try:
            yield engine
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching


def reader(folder: Path) -> LedgerReader:
    """The ledger of a folder for reading, also while an engine runs on it."""
    return LedgerReader(folder, deciders())


__all__ = ["Engine", "NoSuchSession", "NotTaken", "deciders", "reader", "running"]
