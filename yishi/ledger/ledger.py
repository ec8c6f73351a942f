"""The only way into the record: an act is judged on state folded from the ledger, in the transaction that stores it."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from eventsourcing.sqlite import SQLiteCursor
from pydantic import ValidationError

from domain.ports import Decider, LawBooks
from domain.refusals import Refused, refusal_of
from domain.submission import COMMANDS, Answer, Receipt, Submission
from yishi.ledger.canonical import canonical, digest_of
from yishi.ledger.errors import BadSubmission, CommandIdReused, NotCanonical
from yishi.ledger.keeper import TailKeeper
from yishi.ledger.mapper import Act
from yishi.ledger.opening import opened_for_writing
from yishi.ledger.reader import ANSWER, LedgerReader
from yishi.ledger.streams import kind_of
from yishi.ledger.tail import Tail
from yishi.ledger.transaction import WriteTransaction, decider_of
from yishi.ledger.writer import Writer


def utc_now() -> datetime:
    return datetime.now(UTC)


class Ledger(LedgerReader):
    """`domain.ports.Recording` over `<folder>/ledger.db`, and everything a `LedgerReader` can tell.

    Args:
        folder: made when it does not exist. deciders: who judges and folds, by kind of stream.
        laws: editions of the law book. clock: says when something is recorded; a rehearsal's submissions say it themselves.
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
        clock: Callable[[], datetime] = utc_now,
        rehearsal: bool | None = None,
    ) -> None:
        self._writing = opened_for_writing(folder, rehearsal)
        self._writer: Writer | None = None
        try:
            super().__init__(folder, deciders)
            self._laws, self._clock = laws, clock
            self._is_rehearsal = self.rehearsal
            self._tail = Tail()
            self._writer = Writer(self._writing.datastore, TailKeeper(self._tail, self._writing.recorder))
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
            LedgerFull, LedgerUnavailable: nothing of it is stored, send it again. LedgerClosed.
        """
        return await asyncio.wrap_future(self._submit(submission))

    def record_now(self, submission: Submission) -> Answer:
        """`record` for callers without an event loop; waits until the answer is on the disk."""
        return self._submit(submission).result()

    def write(self, job: Callable[[SQLiteCursor], Any]) -> "Future[Any]":
        """Queue other work for the one writing connection, such as a projection's batch; it gets its own savepoint.

        The job must neither commit nor touch the ledger's own tables. Its future is done after the COMMIT that holds it.
        """
        assert self._writer is not None
        return self._writer.submit(job)

    def close(self) -> None:
        """Finish what waits, close all connections, let go of the folder."""
        if self._writer is not None:
            self._writer.close()
        if hasattr(self, "_datastore"):
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

    def _record(self, cursor: SQLiteCursor, submission: Submission, request: str) -> Answer:
        """The whole of one act, on the writer's thread, inside its savepoint."""
        recorder = self._writing.recorder
        if seen := recorder._select_command(cursor, submission.command_id):
            if seen[0] != request:
                raise CommandIdReused(command_id=submission.command_id)
            return ANSWER.validate_json(seen[1])
        decider = self._decider(submission)
        tx = WriteTransaction(cursor, recorder, self._mapper, self._deciders, self._tail)
        now = submission.recorded_at or self._clock()
        answer = self._judged(submission, decider, tx, now)
        stored = canonical(answer.model_dump(mode="json"))
        recorder._insert_command(cursor, submission.command_id, request, stored, position_of(answer))
        return answer

    def _judged(self, submission: Submission, decider: Decider, tx: WriteTransaction, now: datetime) -> Answer:
        """Decide and append. A refusal is kept as an event too; judging wrote nothing that would have to be taken back."""
        edition = ""
        try:
            edition = decider.edition(submission, tx, self._laws)
            decided = decider.judge(submission, tx, self._laws, now)
        except Refused as refused:
            kept = tx.append([decider.remember(submission, refused, now)], Act.of(submission, edition, now))
            refusal = refusal_of(refused, submission.command_id, submission.act)
            return refusal.model_copy(update={"position": kept[0].position})
        events = tx.append(decided, Act.of(submission, edition, now)) if decided else ()
        frontier = self._tail.frontier
        return Receipt(
            command_id=submission.command_id,
            act=submission.act,
            events=events,
            size=frontier.size,
            head=frontier.root().hex(),
        )

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
    """SHA-256 of what was asked, without the rehearsal's clock: a request sent again later is the same request.

    Raises:
        BadSubmission: a field has no canonical form.
    """
    try:
        return digest_of(submission.model_dump(mode="json", exclude={"recorded_at"}))
    except NotCanonical as error:
        raise BadSubmission(act=submission.act, detail=error) from error
