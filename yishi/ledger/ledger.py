"""The only way into the record: an act is judged on state folded from the ledger, in the transaction that stores it."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import perf_counter
from types import TracebackType
from typing import Any, NamedTuple, Self

import structlog
from pydantic import ValidationError

from domain.access.register import REGISTER
from domain.access.signing import lacking
from domain.event import Event
from domain.ports import Decider, LawBooks
from domain.refusals import Refusal, Refused, refusal_of
from domain.submission import COMMANDS, Answer, Asked, Receipt, Submission
from yishi.ledger.canonical import canonical, digest_of
from yishi.ledger.clock import SteadyClock, not_behind, utc_now
from yishi.ledger.errors import LACKING, BadSubmission, ClockJumped, CommandIdReused, NotCanonical, StaleVersion
from yishi.ledger.mapper import Act
from yishi.ledger.opening import opened_for_writing
from yishi.ledger.reader import ANSWER, LedgerReader
from yishi.ledger.store import Writing
from yishi.ledger.streams import kind_of
from yishi.ledger.transaction import WriteTransaction, decider_of, foreseen_event

log = structlog.get_logger(__name__)


Leading = Callable[[Submission, Answer], Sequence[Submission]]


def nothing_more(submission: Submission, answer: Answer) -> Sequence[Submission]:
    """No act leads to another by itself."""
    return ()


class NotTogether(Exception):
    """Of acts that were to be recorded together some were refused, so none was recorded.

    `refused`: each by its place among those that were sent, from 0.
    """

    def __init__(self, refused: Sequence[tuple[int, Refusal]]) -> None:
        self.refused = tuple(refused)
        super().__init__(", ".join(f"{number}: {refusal.reason}" for number, refusal in self.refused))


class _TakenBack(Exception):
    """Raised in a job of the writer: nothing that it wrote is kept."""


NOT_ASKED: Any = {"recorded_at": True, "expected": True, "signature": True, "actor": {"role", "token", "one_person"}}


class Verdict(NamedTuple):
    """What an act comes to, before anything is written: events by stream, or the reason against it."""

    edition: str
    events: Sequence[tuple[str, Event]] = ()
    refused: Refused | None = None


class Ledger(LedgerReader):
    """`domain.ports.Recording` over the ledger of a folder, and everything a `LedgerReader` can tell.

    Args:
        folder: made when it does not exist. deciders: who judges and folds, by kind of stream.
        laws: editions of the law book. clock: says when something is recorded, the machine's own unless another is handed in;
            a rehearsal's submissions say it themselves.
        rehearsal: what a new ledger is marked as for ever; None takes an existing one as it is, and makes a live one.

    Raises:
        LedgerInUse: another process writes here. LedgerTooNew, NotALedger, LedgerDamaged: see there.
        LedgerOfOtherKind: a rehearsal's ledger was opened as live, or the other way round.
    """

    def __init__(
        self,
        folder: Path,
        deciders: Mapping[str, Decider],
        laws: LawBooks,
        clock: Callable[[], datetime] | None = None,
        rehearsal: bool | None = None,
    ) -> None:
        self._writing = opened_for_writing(folder, rehearsal)
        self._writer: Writing | None = None
        self._listeners: tuple[Callable[[int], None], ...] = ()
        self._telling = Lock()
        self.took: Callable[[float], None] = lambda seconds: None
        """Told how long each act took that was judged and stored here, its wait included."""
        try:
            super().__init__(folder, deciders)
            self._laws, self._clock = laws, clock or SteadyClock()
            self._last = self.last_recorded_at()
            self._is_rehearsal = self.rehearsal
            self._tail, self._told = self._writing.tail, self.head().size
            self._writer = self._writing.writer(self._grown, self._seen)
            self._writer.submit(lambda cursor: None).result()  # reads the frontier: a damaged ledger is not opened
        except BaseException:
            self.close()
            raise

    async def record(self, submission: Submission) -> Answer:
        """Judge an act and store what it comes to. Repeated with its command id it gets the same answer, for ever.

        Returns:
            Receipt: recorded, or already so (no events). Refusal: a rule stood against it; the id is spent.

        Raises:
            BadSubmission: not well formed; nothing is stored. CommandIdReused: the id belongs to another request.
            StaleVersion: the stream does not stand where the sender expected it. SignatureLacking: it is not signed as it has to be.
            LedgerFull, LedgerUnavailable: nothing of it is stored, send it again. LedgerClosed.
        """
        began = perf_counter()
        try:
            return await asyncio.wrap_future(self._submit(submission))
        finally:
            self.took(perf_counter() - began)

    async def record_together(self, submissions: Sequence[Submission], then: Leading = nothing_more) -> list[Answer]:
        """Judge acts one after the other, each on what those before it led to, and store all of them in one commit, or none.

        Args:
            then: the acts that one act leads to by itself once it is answered; they belong to the same commit.

        Returns:
            A receipt for each, as `record`.

        Raises:
            NotTogether: a rule stood against some of them; nothing of any is stored and no id is spent. As `record` otherwise.
        """
        asked = await asyncio.to_thread(lambda: [(each, request_of(each)) for each in submissions])
        return await asyncio.wrap_future(self.write(lambda cursor: self._together(cursor, asked, then)))

    async def ask_together(self, submissions: Sequence[Submission], then: Leading = nothing_more) -> None:
        """Whether `record_together` would store these acts now: judged by the same code, one on the other, and taken back.

        Raises:
            As `record_together`.
        """
        asked = await asyncio.to_thread(lambda: [(each, request_of(each)) for each in submissions])

        def judged(cursor: Any) -> None:
            last = self._last
            self._together(cursor, asked, then)
            self._last = last
            raise _TakenBack

        with contextlib.suppress(_TakenBack):
            await asyncio.wrap_future(self.write(judged))

    def record_now(self, submission: Submission) -> Answer:
        """`record` for callers without an event loop; waits until the answer is on the disk."""
        return self._submit(submission).result()

    async def ask(self, submission: Submission) -> Asked:
        """What `record` would answer now, judged on the same state by the same code; nothing is stored, no id is spent.

        Raises:
            BadSubmission, CommandIdReused, LedgerUnavailable, LedgerClosed: as `record`.
        """
        request = request_of(submission)
        return await asyncio.wrap_future(self.write(lambda cursor: self._ask(cursor, submission, request)))

    def check(self, submission: Submission) -> None:
        """Whether an act can be judged at all, without looking at the record.

        Raises:
            BadSubmission: it is not well formed.
        """
        request_of(submission)
        self._decider(submission)

    def now(self) -> datetime:
        """The time at which an act would be recorded now, unless a rehearsal says it."""
        try:
            return self._clock()
        except ClockJumped:  # who only looks is shown what the clock shows
            return utc_now()

    def believed_now(self) -> datetime:
        """What the clock says, if it can be believed.

        Raises:
            ClockBehind, ClockJumped.
        """
        now = self._clock()
        not_behind(now, None if self._is_rehearsal else self._last)
        return now

    def take_clock_as_right(self) -> None:
        """Believe the clock though it is behind the newest record: somebody looked, and that record was wrong."""
        self._last = None

    def after_commit(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Have `listener(size)` called after each commit that made the record longer; returns what ends that.

        It is called on the writing thread and holds it up: it should only wake somebody. Where several processes write, of commits that
        follow quickly on each other only the last may be told.
        """
        self._listeners += (listener,)
        self._writing.listen(self._grown)

        def no_more() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not listener)

        return no_more

    def write(self, job: Callable[[Any], Any]) -> "Future[Any]":
        """Queue other work for the one writing connection, such as a projection's batch; it gets its own savepoint.

        The job must neither commit nor touch the ledger's own tables. Its future is done after the COMMIT that holds it.
        """
        assert self._writer is not None
        return self._writer.submit(job)

    @property
    def waiting(self) -> int:
        """How many jobs wait for the one who writes."""
        return self._writer.waiting if self._writer is not None else 0

    def close(self) -> None:
        """Finish what waits, close all connections, let go of the folder."""
        if self._writer is not None:
            self._writer.close()
        if hasattr(self, "_store"):
            super().close()
        self._writing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, submission: Submission) -> "Future[Answer]":
        request = request_of(submission)
        return self.write(lambda cursor: self._record(cursor, submission, request))

    def _record(self, cursor: Any, submission: Submission, request: str) -> Answer:
        """The whole of one act, on the writer's thread, inside its savepoint."""
        if given := self._answered(cursor, submission, request):
            return given
        self._as_seen(cursor, submission)
        decider = self._decider(submission)
        tx = self._transaction(cursor)
        now = submission.recorded_at or self.believed_now()
        self._signed(submission, tx, now)
        answer = self._kept(submission, decider, tx, now)
        stored = canonical(answer.model_dump(mode="json"))
        self._writing.recorder._insert_command(cursor, submission.command_id, request, stored, position_of(answer))
        if position_of(answer) is not None:
            self._last = now
        return answer

    def _together(self, cursor: Any, asked: Sequence[tuple[Submission, str]], then: Leading) -> list[Answer]:
        """All in the one savepoint of a single job: whatever is raised here takes everything back."""
        last, answers, refused = self._last, [], []
        try:
            for number, (submission, request) in enumerate(asked):
                answer = self._record(cursor, submission, request)
                answers.append(answer)
                led_to = [self._record(cursor, more, request_of(more)) for more in then(submission, answer)]
                refused += [(number, each) for each in (answer, *led_to) if isinstance(each, Refusal)]
            if refused:
                raise NotTogether(refused)
        except BaseException:
            self._last = last
            raise
        return answers

    def _kept(self, submission: Submission, decider: Decider, tx: WriteTransaction, now: datetime) -> Answer:
        """Decide and append. A refusal is kept as an event too; judging wrote nothing that would have to be taken back."""
        verdict = self._verdict(submission, decider, tx, now)
        act = Act.of(submission, verdict.edition, now)
        if verdict.refused is not None:
            kept = tx.append([decider.remember(submission, verdict.refused, now)], act)
            refusal = refusal_of(verdict.refused, submission.command_id, submission.act)
            return refusal.model_copy(update={"position": kept[0].position})
        events = tx.append(verdict.events, act) if verdict.events else ()
        frontier = self._tail.frontier
        return Receipt(
            command_id=submission.command_id,
            act=submission.act,
            events=events,
            size=frontier.size,
            head=frontier.root().hex(),
        )

    def _ask(self, cursor: Any, submission: Submission, request: str) -> Asked:
        """Judge as `_record` does, and stop there. What is folded on the way may be remembered: it is what is stored."""
        if given := self._answered(cursor, submission, request):
            if isinstance(given, Receipt):
                return Asked(outcome="already", act=given.act)
            return Asked(outcome="refused", act=given.act, refusal=given)
        decider = self._decider(submission)
        now = submission.recorded_at or self.believed_now()
        verdict = self._verdict(submission, decider, self._transaction(cursor), now)
        if verdict.refused is not None:
            refusal = refusal_of(verdict.refused, submission.command_id, submission.act)
            return Asked(outcome="refused", act=submission.act, refusal=refusal)
        events = tuple(foreseen_event(stream, event) for stream, event in verdict.events)
        return Asked(outcome="may" if events else "already", act=submission.act, events=events)

    def _verdict(self, submission: Submission, decider: Decider, tx: WriteTransaction, now: datetime) -> Verdict:
        edition = ""
        try:
            edition = decider.edition(submission, tx, self._laws)
            return Verdict(edition, decider.judge(submission, tx, self._laws, now))
        except Refused as refused:
            return Verdict(edition, refused=refused)

    def _answered(self, cursor: Any, submission: Submission, request: str) -> Answer | None:
        """What this command id was answered before.

        Raises:
            CommandIdReused: it asked for something else.
        """
        seen = self._writing.recorder._select_command(cursor, submission.command_id)
        if seen is None:
            return None
        if seen[0] != request:
            raise CommandIdReused(command_id=submission.command_id)
        return ANSWER.validate_json(seen[1])

    def _as_seen(self, cursor: Any, submission: Submission) -> None:
        """Whether the stream still stands where the sender saw it, if he said where.

        Raises:
            StaleVersion.
        """
        if submission.expected is None:
            return
        found = self._writing.recorder._select_version(cursor, submission.stream)
        if found != submission.expected:
            raise StaleVersion(stream=submission.stream, found=found)

    def _signed(self, submission: Submission, tx: WriteTransaction, now: datetime) -> None:
        """Whether an act has the signature that it owes: by the register as it stands and the time that is recorded, as it is examined later.

        Raises:
            SignatureLacking.
        """
        if submission.signature is None and submission.actor.person is None:
            return
        if kind_of(REGISTER) not in self._deciders:  # without a register nobody has a key
            return
        lacks = lacking(tx.state(REGISTER), submission.actor, submission.signature, now)
        if lacks is not None:
            raise LACKING[lacks.why](why=lacks.says)

    def _transaction(self, cursor: Any) -> WriteTransaction:
        return WriteTransaction(cursor, self._writing.recorder, self._mapper, self._deciders, self._tail)

    def _grown(self, size: int) -> None:
        """Tell all who listen, once of each size. Whatever befalls them, the record goes on."""
        with self._telling:
            if size <= self._told:
                return
            self._told = size
        for listener in self._listeners:
            try:
                listener(size)
            except Exception as fault:
                log.error("ledger.listener_failed", error=repr(fault))

    def _seen(self, recorded_at: datetime) -> None:
        """Somebody else recorded something: our clock is held against that."""
        if self._last is not None and recorded_at > self._last:
            self._last = recorded_at

    def _decider(self, submission: Submission) -> Decider:
        """Who judges it, once it is found well formed."""

        def bad(detail: object) -> BadSubmission:
            return BadSubmission(act=submission.act, detail=detail)

        try:
            kind, command = kind_of(submission.stream), COMMANDS[submission.act]
            submission.command  # noqa: B018  # validates the fields
        except KeyError:
            raise bad("没有这种操作 / no such act") from None
        except ValidationError as error:
            raise bad(error) from error
        except ValueError as error:
            raise bad(error) from error
        if command.stream_kind != kind:
            raise bad(f"{submission.stream} ≠ …/{command.stream_kind}/…")
        if submission.recorded_at is not None and not self._is_rehearsal:
            raise bad("只有演练可以自定记录时间 / only a rehearsal sets recorded_at")
        return decider_of(self._deciders, submission.stream)


def position_of(answer: Answer) -> int | None:
    """Where the first event of an answer stands, or the refused attempt; None when everything was already so."""
    if answer.outcome == "refused":
        return answer.position
    return answer.events[0].position if answer.events else None


def request_of(submission: Submission) -> str:
    """SHA-256 of what was asked, without the rehearsal's clock and what was seen: a request sent again later is the same request.

    Who carried it is no part of it, nor the proof that came with it: with a new token, or in another hand, it is the same act.

    Raises:
        BadSubmission: a field has no canonical form.
    """
    try:
        return digest_of(submission.model_dump(mode="json", exclude=NOT_ASKED))
    except NotCanonical as error:
        raise BadSubmission(act=submission.act, detail=error) from error
