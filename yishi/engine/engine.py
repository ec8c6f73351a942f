"""The one way in for every act: to its stream's workflow, or around it, and so into the record."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Container, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.access.register import REGISTER, OfRegister
from domain.matter.told import TELLING
from domain.progress import Progress, Start, openings, session_of
from domain.refusals import Refusal
from domain.session.registration import RegisterSession
from domain.submission import Answer, Asked, Receipt, Submission
from domain.text import Text
from workflows.session import SessionWorkflow
from yishi.ballots.examined import examined
from yishi.engine.faults import PASSING, NoSuchSession, NotTaken, NotWellFormed, for_good, told
from yishi.engine.following import Following
from yishi.engine.reviving import Revived, Reviving
from yishi.engine.sending import Sending, update_id_of
from yishi.engine.told_matters import Telling
from yishi.hooks.hooks import Hooks
from yishi.law import LawLibrary
from yishi.ledger.errors import BadSubmission, LedgerError
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger, position_of
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.ledger.verification import Verification
from yishi.mirror import Mirror
from yishi.observing import Observing
from yishi.record import deciders
from yishi.server import Temporal
from yishi.waking import Waking

log = structlog.get_logger("yishi")

T = TypeVar("T")
AGAIN_SECONDS = 5.0

AROUND = ("sign-in", "sign-out", "resolve-card", "issue-ballot", *(kind.act for kind in OfRegister.__subclasses__()))
"""Acts that many people do at once: straight to the ledger in group commits, not through a workflow (architecture §2.8)."""
STREAM = re.compile(
    r"[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}/(session/1|matter/[a-z0-9][a-z0-9-]{0,39})|" + REGISTER
)
"""`{congress}/{term}-{session}/{kind}/{n}`: one session stream and its matters."""


class Engine:
    """A running engine on one folder. Made by `running`."""

    def __init__(
        self,
        folder: Path,
        laws: LawLibrary,
        ledger: Ledger,
        reading: LedgerReader,
        vault: Vault,
        evidence: EvidenceStore,
        server: Temporal,
        waking: Waking,
        mirror: Mirror | None,
        observing: Observing | None = None,
    ) -> None:
        self.folder, self.laws, self.ledger, self.vault, self.evidence = folder, laws, ledger, vault, evidence
        self.reading = reading
        """The same record for those who only look: nothing leads from it to the writer."""
        self.server, self.waking, self.mirror = server, waking, mirror
        self.client: Client = server.client
        self.observing = observing or Observing()
        self._sending = Sending(server.client)
        self._reviving = Reviving(server.client, ledger, waking)
        self._telling = Telling(ledger, laws, waking, self.submit)
        self.revived, self.all_revived = Revived(), False
        """What was started again from the record when the engine started; whether that is done."""
        self._following = Following(self._reviving, self._telling)
        self._one_batch = asyncio.Lock()
        self.hooks: Hooks | None = None
        """Webhooks; None in a rehearsal, of which nobody outside is told."""
        self.aside: Path | None = None
        """Where Temporal's data of before was put, if it was."""

    def now(self) -> datetime:
        """The record's own time."""
        return self.ledger.now()

    async def submit(self, submission: Submission) -> Answer:
        """Have one act judged and recorded. Sending it again with the same command id gives the same answer.

        Raises:
            NoSuchSession: an act for a session nobody registered. NotTaken: nothing was stored; send it again.
            NotWellFormed, PlayedDifferently, Stale, SignatureFails: nothing was stored, and sending it again does not help.
        """
        self._well_formed(submission)
        act, session = submission.act, session_of(submission.stream)
        with (
            self.observing.metrics.act(act) as came_to,
            self.observing.traces.span("act", act=act, session=session) as span,
        ):
            answer = await self._submitted(submission)
            outcome = "already" if isinstance(answer, Receipt) and not answer.events else answer.outcome
            came_to(outcome, answer.reason if isinstance(answer, Refusal) else None)
            span.set_attribute("outcome", outcome)
        said = answer.reason if isinstance(answer, Refusal) else outcome
        log.info("act", act=act, stream=submission.stream, outcome=said, position=position_of(answer))
        return answer

    async def _submitted(self, submission: Submission) -> Answer:
        if submission.act in AROUND:
            return await self._record(submission)
        if submission.act == RegisterSession.act:
            await self.start_session(submission)
        return await self._update(submission)

    async def submit_together(self, submissions: Sequence[Submission]) -> list[Answer]:
        """Have many acts judged one after the other and recorded in one commit, all or none; matters that begin are opened in it.

        They go around the workflows, whose streams are then begun again from the record. To let no workflow go on from what it knew
        before, those that run are ended first, once nothing is seen to stand against the acts: should this process be killed
        meanwhile, they are begun from the record by the next start, by whoever leads, or by the same acts sent again.

        Raises:
            NotTogether: some were refused. NotTaken, NotWellFormed, PlayedDifferently: as `submit`. Nothing is stored then.
        """
        await asyncio.to_thread(self._all_well_formed, submissions)
        async with self._one_batch:
            anew = not await asyncio.to_thread(self._all_answered, submissions)
            if anew:
                await self._at_once(self.ledger.ask_together, submissions)
            touched = dict.fromkeys(each.stream for each in submissions)
            try:
                if anew:
                    before = self.ledger.versions()
                    await self._reviving.end([stream for stream in touched if stream in before])
                answers = await self._at_once(self.ledger.record_together, submissions)
            except Exception:
                await self._following.begin(touched, anew=anew)
                raise
            opened = [
                each.stream
                for act, came_to in zip(submissions, answers, strict=True)
                for each in openings(act, came_to)
            ]
            await self._following.begin(dict.fromkeys((*touched, *opened)), anew=anew)
            names = {event.name for answer in answers if isinstance(answer, Receipt) for event in answer.events}
            if names.intersection(TELLING):
                await self._following.tell({session_of(each) for each in touched}, submissions[0].recorded_at)
        log.info("together", acts=len(answers), streams=len(touched))
        return answers

    def _all_well_formed(self, submissions: Sequence[Submission]) -> None:
        for submission in submissions:
            self._well_formed(submission)

    def _all_answered(self, submissions: Sequence[Submission]) -> bool:
        return all(self.ledger.answer_of(each.command_id) is not None for each in submissions)

    async def _at_once(self, do: Callable[..., Awaitable[T]], submissions: Sequence[Submission]) -> T:
        try:
            return await do(submissions, openings)
        except LedgerError as fault:
            raise for_good(fault) or NotTaken(why=told(fault)) from fault

    async def ask(self, submission: Submission) -> Asked:
        """What `submit` would answer now. Nothing is recorded, no command id is spent.

        Raises:
            NotWellFormed, PlayedDifferently, NotTaken: as `submit`.
        """
        self._well_formed(submission)
        try:
            return await self.ledger.ask(submission)
        except LedgerError as fault:
            raise for_good(fault) or NotTaken(why=told(fault)) from fault

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
        except LedgerError as fault:
            raise for_good(fault) or NotTaken(why=told(fault)) from fault

    def verify(self) -> Verification:
        """Check the whole record as it stands."""
        return examined(self.folder, deciders(), self.laws)

    async def _update(self, submission: Submission) -> Answer:
        """Have an act taken in by its stream's workflow, when it is its turn."""
        async with self._sending.turn(submission.stream):
            return await self._taken_in(submission)

    async def _taken_in(self, submission: Submission) -> Answer:
        try:
            answer: Answer = await self._sending.sent(
                submission.stream, SessionWorkflow.submit, submission, update_id_of(submission)
            )
        except LedgerError as wrong:
            raise NotTaken(why=told(wrong)) from wrong
        except RPCError as failed:
            if failed.status != RPCStatusCode.NOT_FOUND:
                raise NotTaken(why=str(failed)) from failed
            return await self._without_workflow(submission, failed)
        return answer

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
        start = self._reviving.as_recorded(stream, submission.recorded_at)
        if not start.progress.facts:
            return await self._record(submission)
        begun = self._reviving.with_an_act(start)
        try:
            answer: Any = await self.client.execute_update_with_start_workflow(
                SessionWorkflow.submit, submission, start_workflow_operation=begun, id=update_id_of(submission)
            )
        except (WorkflowUpdateFailedError, RPCError) as wrong:
            raise for_good(wrong.cause) or NotTaken(why=told(wrong.cause or wrong)) from wrong
        checked: Receipt | Refusal = answer
        return checked

    async def start_session(self, registering: Submission) -> None:
        """Start the session's workflow, or leave the one that runs.

        Raises:
            NotTaken.
        """
        await self._reviving.start(self._reviving.as_recorded(registering.stream, registering.recorded_at))

    async def revive(self) -> Revived:
        """Start a workflow from the record for each session and matter that is open and has none; may be done at any time."""
        self.revived = await self._reviving.revive()
        return self.revived

    async def begin_behind(self, of: Container[str] | None = None) -> set[str]:
        """Begin anew the sessions whose workflows know less than the record: at a start all of them, before anybody acts on them.

        Args:
            of: only those among these, that were behind some time ago as well. Returns all that are behind.
        """
        return await self._reviving.begin_behind(of)

    async def revive_behind(self) -> None:
        """Beside the work: `revive`, and tell matters what they were not told, again and again until it is done."""
        while True:
            try:
                await self.revive()
                await self.tell_all()
            except PASSING as fault:
                log.warning("not-revived", why=str(fault))
            except Exception:  # ours to mend; meanwhile each act begins the workflow that it needs
                log.exception("not-revived")
            else:
                self.all_revived = True
                return
            await asyncio.sleep(AGAIN_SECONDS)

    async def follow_up(self) -> None:
        """Beside the work: what acts recorded together lead to and could not be done at once. Until it is cancelled."""
        await self._following.go_on()

    def still_to_revive(self) -> tuple[int, int | None] | None:
        """How many workflows were begun from the record since the start, and of how many (None: not counted yet); None when that is done."""
        return None if self.all_revived else (self._reviving.begun, self._reviving.of)

    async def start_matters(self, starts: Sequence[Start]) -> None:
        """Implements `domain.ports.Starting`."""
        await self._reviving.start_all(starts)

    async def tell_matters(self, session: str, recorded_at: datetime | None = None) -> None:
        """Implements `domain.ports.Starting`. Matters that were told already, or have nothing to be told, are left alone."""
        await self._telling.tell(session, recorded_at)

    async def tell_all(self) -> None:
        """At a start: what matters were not told because the machine stopped in between."""
        await self._telling.tell_all()

    async def advance(self, stream: str, to: datetime) -> None:
        """Move a rehearsal's clock for one stream, and return when all that fell due there is recorded.

        Raises:
            NotTaken: it could not be recorded.
        """
        try:
            await self._sending.sent(stream, SessionWorkflow.advance, to, f"{stream}#advance-{to.isoformat()}")
        except RPCError as failed:
            raise NotTaken(why=str(failed)) from failed

    async def progress(self, stream: str) -> Progress:
        return await self.client.get_workflow_handle(stream).query(SessionWorkflow.progress)
