"""The composition root: folder, law, ledger, Temporal and worker put together, and the one way in for every act."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.doors import Doors
from domain import procedures
from domain.access.decider import RegisterDecider
from domain.access.register import REGISTER, OfRegister
from domain.calendar import legal_date
from domain.matter.decider import MatterDecider
from domain.matter.told import TELLING
from domain.matter.told import told as told_by
from domain.ports import Decider
from domain.progress import Progress, Start, matter_of, openings, session_of
from domain.refusals import Refusal
from domain.session.decider import SessionDecider, law_on
from domain.session.held_cards import HeldCards
from domain.session.registration import RegisterSession
from domain.session.state import Session
from domain.submission import Answer, Asked, Receipt, Submission
from domain.text import Text
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.ballots.examined import examined
from yishi.folder import DataFolder, Purpose
from yishi.law import LawLibrary
from yishi.ledger.errors import BadSubmission, CommandIdReused, LedgerError
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger, request_of
from yishi.ledger.place import keep_in
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.ledger.verification import Verification
from yishi.mirror import Mirror
from yishi.server import Temporal, put_aside, temporal
from yishi.settings import Settings
from yishi.trouble import Trouble
from yishi.waking import Waking, check_clock, followed, open_streams

log = structlog.get_logger("yishi")

QUEUE = "yishi"
AROUND = ("sign-in", "sign-out", "resolve-card", "issue-ballot", *(kind.act for kind in OfRegister.__subclasses__()))
"""Acts that many people do at once: straight to the ledger in group commits, not through a workflow (architecture §2.8)."""
PASSED_THROUGH = ("domain", "activities", "structlog")
STREAM = re.compile(
    r"[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}/(session/1|matter/[a-z0-9][a-z0-9-]{0,39})|" + REGISTER
)
"""`{congress}/{term}-{session}/{kind}/{n}`: one session stream and its matters."""
TASK_SECONDS = 5
STICKY_SECONDS = 2
"""Short, so that a kill inside a local activity is recovered from in about two seconds (notes/temporal.md §1d)."""
RUNNING = "ExecutionStatus = 'Running' AND WorkflowType IN ('session', 'matter')"
REVIVED_AT_ONCE = 16
"""A batch of workflows started from the record, so that hundreds of them do not stand in the way of an act."""
UPDATES_AT_ONCE = 8
"""Updates on their way to one workflow; Temporal refuses the eleventh. The rest wait their turn here, in order."""
PATIENCE_SECONDS = 30.0
"""How long an act is sent again while the server comes back or a workflow goes on as new."""
COMING_BACK = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.FAILED_PRECONDITION)
"""The server is away; or, after a kill, a workflow's task has failed and is only to be tried again, or its run is full."""
PROCEDURES = procedures.KNOWN


class NoSuchSession(Trouble):
    says = Text("没有会议 {stream},请先登记", "There is no session {stream}: register it first.")


class NotTaken(Trouble):
    """The act did not reach the record; nothing of it is stored."""

    says = Text("未能记录:{why}", "It could not be recorded: {why}")


class NotWellFormed(NotTaken):
    """It is not well formed, or names what is not here: sent again as it is, it comes to the same."""


class PlayedDifferently(NotTaken):
    """The command id belongs to another request: this folder holds a record of something else."""

    says = Text(
        "该编号的行为此前已以不同内容提交({why})。请换用新的数据文件夹,或沿用原来的方案和脚本",
        "An act of this id was sent before with other content ({why}). Use a new data folder, or the plan and script as they were.",
    )


def deciders() -> dict[str, Decider]:
    """Who judges and folds, by kind of stream."""
    return {"session": SessionDecider(), "matter": MatterDecider(), "card": HeldCards(), "register": RegisterDecider()}


class Revived(NamedTuple):
    """Sessions and matters on the record whose story is not at its end, and those of them that had no workflow and were given one."""

    open: tuple[str, ...] = ()
    started: tuple[str, ...] = ()


class Engine:
    """A running engine on one folder. Made by `running`."""

    def __init__(
        self,
        folder: Path,
        laws: LawLibrary,
        ledger: Ledger,
        vault: Vault,
        evidence: EvidenceStore,
        server: Temporal,
        waking: Waking,
        mirror: Mirror | None,
    ) -> None:
        self.folder, self.laws, self.ledger, self.vault, self.evidence = folder, laws, ledger, vault, evidence
        self.server, self.waking, self.mirror = server, waking, mirror
        self.client: Client = server.client
        self._turns = WeakValueDictionary[str, asyncio.Semaphore]()
        self.revived = Revived()
        """What was started again from the record when the engine started."""
        self._one_batch = asyncio.Lock()
        self.aside: Path | None = None
        """Where Temporal's data of before was put, if it was."""

    async def submit(self, submission: Submission) -> Answer:
        """Have one act judged and recorded. Sending it again with the same command id gives the same answer.

        Raises:
            NoSuchSession: an act for a session nobody registered. NotTaken: nothing was stored; send it again.
            NotWellFormed, PlayedDifferently: nothing was stored, and sending it again does not help.
        """
        self._well_formed(submission)
        if submission.act in AROUND:
            answer = await self._record(submission)
        else:
            if submission.act == RegisterSession.act:
                await self.start_session(submission)
            answer = await self._update(submission)
        outcome = answer.outcome if isinstance(answer, Receipt) else answer.reason
        log.info("act", act=submission.act, stream=submission.stream, command=submission.command_id, outcome=outcome)
        return answer

    async def submit_together(self, submissions: Sequence[Submission]) -> list[Answer]:
        """Have many acts judged one after the other and recorded in one commit, all or none; matters that begin are opened in it.

        They go around the workflows, whose streams are then begun again from the record. To let no workflow go on from what it knew
        before, those that run are ended first: should this process be killed meanwhile, the next start begins them from the record.

        Raises:
            NotTogether: some were refused. NotTaken, NotWellFormed, PlayedDifferently: as `submit`. Nothing is stored then.
        """
        await asyncio.to_thread(self._all_well_formed, submissions)
        async with self._one_batch:
            if await asyncio.to_thread(self._all_answered, submissions):
                return await self._in_one_commit(submissions)
            before = self.ledger.versions()
            touched = dict.fromkeys(each.stream for each in submissions)
            await self._by_batches(self._end_workflow, [stream for stream in touched if stream in before])
            try:
                answers = await self._in_one_commit(submissions)
            finally:
                opened = [s for s in self.ledger.versions() if s not in before and STREAM.fullmatch(s)]
                waiting = await asyncio.to_thread(self._still_open, dict.fromkeys((*touched, *opened)))
                await self._by_batches(partial(self._revive, anyway=True), waiting)
            names = {event.name for answer in answers if isinstance(answer, Receipt) for event in answer.events}
            for session in {session_of(stream) for stream in touched} if names.intersection(TELLING) else ():
                await self.tell_matters(session)
        log.info("together", acts=len(answers), streams=len(touched))
        return answers

    def _all_well_formed(self, submissions: Sequence[Submission]) -> None:
        for submission in submissions:
            self._well_formed(submission)

    def _all_answered(self, submissions: Sequence[Submission]) -> bool:
        return all(self.ledger.answer_of(each.command_id) is not None for each in submissions)

    def _still_open(self, streams: Iterable[str]) -> list[str]:
        """Those on the record that are not at their end."""
        found = {stream: self.recorded_progress(stream) for stream in streams}
        return [stream for stream in open_streams(found) if found[stream].facts]

    async def _in_one_commit(self, submissions: Sequence[Submission]) -> list[Answer]:
        try:
            return await self.ledger.record_together(submissions, openings)
        except CommandIdReused as reused:
            raise PlayedDifferently(why=told(reused)) from reused
        except LedgerError as fault:
            raise NotTaken(why=told(fault)) from fault

    async def _end_workflow(self, stream: str) -> None:
        try:
            await self.client.get_workflow_handle(stream).terminate(
                "acts recorded together: begun again from the record"
            )
        except RPCError as failed:
            if failed.status != RPCStatusCode.NOT_FOUND:  # none runs
                raise NotTaken(why=str(failed)) from failed

    @staticmethod
    async def _by_batches(do: Callable[[str], Coroutine[Any, Any, None]], streams: Sequence[str]) -> None:
        for i in range(0, len(streams), REVIVED_AT_ONCE):
            await asyncio.gather(*map(do, streams[i : i + REVIVED_AT_ONCE]))

    async def ask(self, submission: Submission) -> Asked:
        """What `submit` would answer now. Nothing is recorded, no command id is spent.

        Raises:
            NotWellFormed, PlayedDifferently, NotTaken: as `submit`.
        """
        self._well_formed(submission)
        try:
            return await self.ledger.ask(submission)
        except CommandIdReused as reused:
            raise PlayedDifferently(why=told(reused)) from reused
        except LedgerError as fault:
            raise NotTaken(why=told(fault)) from fault

    def _well_formed(self, submission: Submission) -> None:
        """What must hold before anything is started for an act: a stream's name, its fields, and its evidence kept here.

        Raises:
            NotWellFormed.
        """
        if not STREAM.fullmatch(submission.stream):
            raise NotWellFormed(
                why=Text(f"不是会议或督办事项的流:{submission.stream}", f"no stream of ours: {submission.stream}")
            )
        try:
            self.ledger.check(submission)
        except BadSubmission as wrong:
            raise NotWellFormed(why=told(wrong)) from wrong
        for evidence in submission.evidence:
            if self.evidence.missing(evidence.sha256):
                raise NotWellFormed(
                    why=Text(f"佐证材料不在此:{evidence.title}", f"this evidence is not kept here: {evidence.title}")
                )

    async def _record(self, submission: Submission) -> Answer:
        try:
            return await self.ledger.record(submission)
        except CommandIdReused as reused:
            raise PlayedDifferently(why=told(reused)) from reused
        except LedgerError as fault:
            raise NotTaken(why=told(fault)) from fault

    def verify(self) -> Verification:
        """Check the whole record as it stands."""
        return examined(self.folder, deciders(), self.laws)

    async def _update(self, submission: Submission) -> Answer:
        """Have an act taken in by its stream's workflow, when it is its turn."""
        async with self._turn(submission.stream):
            return await self._taken_in(submission)

    def _turn(self, stream: str) -> asyncio.Semaphore:
        """Hundreds may act on one session at once: so many are on their way to its workflow at a time."""
        return self._turns.setdefault(stream, asyncio.Semaphore(UPDATES_AT_ONCE))

    async def _taken_in(self, submission: Submission) -> Answer:
        try:
            answer: Answer = await self._sent(
                submission.stream, SessionWorkflow.submit, submission, update_id_of(submission)
            )
        except LedgerError as wrong:
            raise NotTaken(why=told(wrong)) from wrong
        except RPCError as failed:
            if failed.status != RPCStatusCode.NOT_FOUND:
                raise NotTaken(why=str(failed)) from failed
            return await self._without_workflow(submission, failed)
        return answer

    async def _sent(self, stream: str, update: Any, argument: Any, update_id: str) -> Any:
        """An update's answer. It is sent again while the server is away or the workflow goes on as new.

        Temporal answers an update that failed with the same failure for ever, though there may be room on the disk by now: so a
        failed one is sent once more under another id. That an act is done once only is the ledger's to see to.

        Raises:
            NotTaken. RPCError: such as that no workflow of this stream runs.
        """
        clock = asyncio.get_running_loop().time
        handle, sent_as, until = self.client.get_workflow_handle(stream), update_id, clock() + PATIENCE_SECONDS
        while True:
            try:
                return await handle.execute_update(update, argument, id=sent_as)
            except WorkflowUpdateFailedError as failed:
                kind = failed.cause.type if isinstance(failed.cause, ApplicationError) else None
                if kind == CommandIdReused.__name__:
                    raise PlayedDifferently(why=told(failed.cause)) from failed
                if kind != "Retry":
                    if sent_as != update_id:
                        raise NotTaken(why=told(failed.cause)) from failed
                    sent_as = f"{update_id}~{uuid4().hex}"
                    continue
                why: Exception = failed
            except WorkflowUpdateRPCTimeoutOrCancelledError as late:
                if (task := asyncio.current_task()) and task.cancelling():  # it hides that we are asked to end
                    raise asyncio.CancelledError from late
                why = late
            except RPCError as failed:
                if failed.status not in COMING_BACK:
                    raise
                why = failed
            if clock() > until:
                raise NotTaken(why=str(why)) from why
            await asyncio.sleep(0.05)

    async def _without_workflow(self, submission: Submission, failed: RPCError) -> Answer:
        """An act on a stream whose workflow has ended, was lost, or never was.

        A stream on the record gets a new workflow from it: a correction may come after all was done. An act on a matter that was
        never opened is refused by the record itself.

        Raises:
            NoSuchSession.
        """
        if self.ledger.answer_of(submission.command_id) is not None:
            return await self._record(submission)  # the same answer again, or word that it was another request
        stream, session = submission.stream, session_of(submission.stream)
        if not self.ledger.events(session):
            raise NoSuchSession(stream=session) from failed
        start = self._as_recorded(stream, submission.recorded_at)
        if not start.progress.facts:
            return await self._record(submission)
        begun = WithStartWorkflowOperation(
            SessionWorkflow.run if stream == session else MatterWorkflow.run,
            start,
            id=stream,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            task_timeout=timedelta(seconds=TASK_SECONDS),
        )
        try:
            answer: Any = await self.client.execute_update_with_start_workflow(
                SessionWorkflow.submit, submission, start_workflow_operation=begun, id=update_id_of(submission)
            )
        except (WorkflowUpdateFailedError, RPCError) as wrong:
            raise NotTaken(why=told(wrong.cause or wrong)) from wrong
        checked: Receipt | Refusal = answer
        return checked

    def recorded_progress(self, stream: str) -> Progress:
        """How far a stream has come, read from the ledger alone."""
        return followed(self.ledger, Progress(stream=stream))

    def _as_recorded(self, stream: str, rehearsal_time: datetime | None) -> Start:
        """How a workflow starts that goes on from the record."""
        progress = self.recorded_progress(stream)
        opened = tuple(n for n in progress.assigned if self.ledger.events(matter_of(session_of(stream), n)))
        return Start(stream=stream, progress=progress, rehearsal_time=rehearsal_time, handed_over=opened)

    async def start_session(self, registering: Submission) -> None:
        """Start the session's workflow, or leave the one that runs."""
        await self._start(SessionWorkflow.run, self._as_recorded(registering.stream, registering.recorded_at))

    async def revive(self, *, starting: bool = False) -> Revived:
        """Start a workflow from the record for each session and matter that is open and has none.

        There is none when Temporal's database was lost, when this is a restored copy, or when somebody ended it. Those that
        run are left alone, and what is at its end is not begun again: so it may be done at any time, and twice.
        """
        waiting = open_streams(self.waking.progress())
        if not waiting:
            return Revived()
        running = {w.id async for w in self.client.list_workflows(RUNNING, page_size=1000)}
        running -= await self._left_behind(running) if starting else set()
        lost = [stream for stream in waiting if stream not in running]
        await self._by_batches(self._revive, lost)
        if lost:
            log.info("revived", workflows=len(lost), open=len(waiting))
        return Revived(tuple(waiting), tuple(lost))

    async def _left_behind(self, running: set[str]) -> set[str]:
        """At a start: the sessions whose record has matters that were never opened; their workflows are ended, to begin anew.

        The machine stopped after an act was on record and before the workflow had its answer: it knows nothing of that act.
        """
        streams = self.waking.progress()
        behind = {s for s, p in streams.items() if s in running and s == session_of(s) and p.unopened(streams)}
        for stream in behind:
            await self.client.get_workflow_handle(stream).terminate("behind the record")
            log.info("behind-the-record", stream=stream)
        return behind

    async def _revive(self, stream: str, *, anyway: bool = False) -> None:
        """Start a stream's workflow from the record. `anyway`: in place of one that runs."""
        rehearsed = self.ledger.events(stream)[-1].envelope.recorded_at if self.ledger.rehearsal else None
        start = self._as_recorded(stream, rehearsed)
        run = SessionWorkflow.run if stream == session_of(stream) else MatterWorkflow.run
        running_ = WorkflowIDConflictPolicy.TERMINATE_EXISTING if anyway else WorkflowIDConflictPolicy.USE_EXISTING
        await self._start(run, start, WorkflowIDReusePolicy.ALLOW_DUPLICATE, running_)

    async def start_matters(self, starts: Sequence[Start]) -> None:
        """Implements `domain.ports.Starting`."""
        await asyncio.gather(*(self._start(MatterWorkflow.run, start) for start in starts))

    async def tell_matters(self, session: str, recorded_at: datetime | None = None) -> None:
        """Implements `domain.ports.Starting`. Matters that were told already, or have nothing to be told, are left alone."""
        telling = [a for a in self._telling(session) if self.ledger.answer_of(a.command_id) is None]
        for i in range(0, len(telling), REVIVED_AT_ONCE):
            batch = telling[i : i + REVIVED_AT_ONCE]
            await asyncio.gather(*(self.submit(a.model_copy(update={"recorded_at": recorded_at})) for a in batch))

    def _telling(self, session: str) -> list[Submission]:
        """What the matters of a session are to be told as its record stands, whether or not they were."""
        house = session.removesuffix("session/1")
        matters = {s: p for s, p in self.waking.progress().items() if s.startswith(f"{house}matter/") and p.facts}
        state: Session = self.ledger.state(session)
        if not matters or not state.registered:
            return []
        closed = state.facts.get("closed")
        law = law_on(self.laws.edition(state.edition), state.plan, legal_date(closed.at)) if closed else None
        return list(told_by(state, matters, law))

    async def _tell_all(self) -> None:
        """At a start: what matters were not told because the machine stopped in between."""
        streams = self.waking.progress()
        for session in sorted({session_of(s) for s, p in streams.items() if s != session_of(s) and p.facts}):
            try:
                await self.tell_matters(session)
            except Trouble as trouble:  # the next start tries again
                log.warning("not-told", session=session, en=trouble.text.en)

    async def _start(
        self,
        run: Any,
        start: Start,
        reuse: WorkflowIDReusePolicy = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING,
    ) -> None:
        with contextlib.suppress(WorkflowAlreadyStartedError):  # and ended: its record answers from here on
            await self.client.start_workflow(
                run,
                start,
                id=start.stream,
                task_queue=QUEUE,
                id_conflict_policy=conflict,
                id_reuse_policy=reuse,
                task_timeout=timedelta(seconds=TASK_SECONDS),
            )

    async def advance(self, stream: str, to: datetime) -> None:
        """Move a rehearsal's clock for one stream, and return when all that fell due there is recorded.

        Raises:
            NotTaken: it could not be recorded.
        """
        try:
            await self._sent(stream, SessionWorkflow.advance, to, f"{stream}#advance-{to.isoformat()}")
        except RPCError as failed:
            raise NotTaken(why=str(failed)) from failed

    async def progress(self, stream: str) -> Progress:
        return await self.client.get_workflow_handle(stream).query(SessionWorkflow.progress)


def told(fault: BaseException | None) -> Text:
    """A fault in both languages, as far as it says itself in them; else what it is."""
    match fault:
        case LedgerError():
            return fault.says.filled(**fault.figures)
        case ApplicationError(details=(str(zh), str(en))):
            return Text(zh, en)
        case _:
            return Text(str(fault), str(fault))


def update_id_of(submission: Submission) -> str:
    """The id an act's update goes by: its command id, and what it asks for.

    Temporal answers a known update id without looking at what is asked; that an id is not used for two requests is the
    ledger's to see, so another request must reach it.

    Raises:
        BadSubmission: a field has no canonical form.
    """
    return f"{submission.command_id}~{request_of(submission)[:16]}"


class _Matters:
    """Stands in for the engine until it is there: worker and engine need each other."""

    def __init__(self) -> None:
        self.engine: Engine | None = None

    async def start_matters(self, starts: Sequence[Start]) -> None:
        assert self.engine is not None
        await self.engine.start_matters(starts)

    async def tell_matters(self, session: str, recorded_at: datetime | None) -> None:
        assert self.engine is not None
        await self.engine.tell_matters(session, recorded_at)


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    purpose: Purpose,
    *,
    mirror: Path | None = None,
    kept_in: str | None = None,
    clock_is_right: bool = False,
    anew: bool = False,
    ledger_of: Callable[..., Ledger] = Ledger,
    workflows: Sequence[type] = (SessionWorkflow, MatterWorkflow),
) -> AsyncIterator[Engine]:
    """A running engine on the settings' folder, everything started in order and stopped in the reverse order.

    Args:
        mirror: where a second copy is kept; None: where the settings say, for real work.
        kept_in: the database that keeps the ledger; None: what the settings say, for real work, or what the folder says.
        clock_is_right: somebody looked at this machine's clock, so that it is believed whatever it says.
        anew: the data of our own Temporal server is put aside first, and what is open begun again from the record.
        ledger_of: makes the ledger; a composition may hand in another kind of it, such as one with a clock of its own.

    Raises:
        Trouble: what stands against it, and what to do.
    """
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(DataFolder.open(settings.folder, purpose))
        laws = LawLibrary(folder.path)
        laws.keep(laws.newest())
        if address := kept_in or (settings.ledger if purpose == "real" else None):
            keep_in(folder.path, address)
        ledger = stack.enter_context(ledger_of(folder.path, deciders(), laws, rehearsal=purpose == "rehearsal"))
        if clock_is_right:
            ledger.take_clock_as_right()
        elif purpose == "real":
            check_clock(ledger)
        vault = stack.enter_context(contextlib.closing(Vault(folder.path)))
        place = mirror or (settings.mirror if purpose == "real" else None)
        second = await stack.enter_async_context(_mirrored(folder.path, place, ledger)) if place else None
        aside = await asyncio.to_thread(put_aside, folder.path) if anew else None
        server = await stack.enter_async_context(temporal(settings, folder.path, pydantic_data_converter))
        waking = Waking(ledger, rehearsal=purpose == "rehearsal")
        await waking.catch_up()  # before a timer of long ago can fire: in order of what fell due when
        matters = _Matters()
        doors = Doors(waking, matters)
        await stack.enter_async_context(
            Worker(
                server.client,
                task_queue=QUEUE,
                workflows=workflows,
                activities=[doors.record, doors.start_matters, doors.tell_matters],
                workflow_runner=SandboxedWorkflowRunner(
                    restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
                ),
                sticky_queue_schedule_to_start_timeout=timedelta(seconds=STICKY_SECONDS),
                graceful_shutdown_timeout=timedelta(seconds=10),
                activity_executor=stack.enter_context(ThreadPoolExecutor(4)),
            )
        )
        evidence = EvidenceStore(folder.path)
        evidence.clear()
        engine = Engine(folder.path, laws, ledger, vault, evidence, server, waking, second)
        matters.engine = engine
        engine.revived, engine.aside = await engine.revive(starting=True), aside
        if purpose == "real":
            await engine._tell_all()
        async with _watched(server), _beside(waking.when_it_wakes()):
            yield engine


@contextlib.asynccontextmanager
async def _mirrored(folder: Path, place: Path, ledger: Ledger) -> AsyncIterator[Mirror]:
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


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Something that goes on beside the work, and ends with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def _watched(server: Temporal) -> AsyncIterator[None]:
    """Watch the server beside the work; when it is given up, so is the work, instead of waiting for it in vain.

    Raises:
        ServerKeepsDying.
    """
    work = asyncio.current_task()
    watching = asyncio.create_task(server.watch())

    def given_up(watch: asyncio.Task[None]) -> None:
        if work is not None and not watch.cancelled() and watch.exception() is not None:
            work.cancel()

    watching.add_done_callback(given_up)
    try:
        yield
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            try:
                await watching
            except Trouble:
                if work is not None:
                    work.uncancel()  # it ends by the trouble itself
                raise


def reader(folder: Path) -> LedgerReader:
    """The ledger of a folder for reading, also while an engine runs on it."""
    return LedgerReader(folder, deciders())


__all__ = ["Engine", "NoSuchSession", "NotTaken", "NotWellFormed", "Revived", "deciders", "reader", "running"]
