"""The desk at which one stream's acts are taken in, one at a time, and its deadlines kept."""

import asyncio
import contextlib
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

with workflow.unsafe.imports_passed_through():
    from activities.doors import Doors
    from domain.event import Clock
    from domain.progress import Start, missed_by
    from domain.refusals import Refusal
    from domain.submission import Answer, Receipt, Submission
    from workflows.clocks import LegalClock

RECORDING = timedelta(seconds=20)
TRY_AGAIN = timedelta(minutes=1)
UPDATES_A_RUN = 500
"""Updates after which a workflow goes on as new (Temporal ends a run at 2,000)."""


class Desk:
    """What a session's and a matter's workflow have in common: the lock, the record, the clock.

    Args:
        start: where the stream stands.

    `stuck` is why a missed deadline could not be recorded, until it is tried again.
    """

    def __init__(self, start: Start) -> None:
        self.progress = start.progress
        self.clock = LegalClock(start.rehearsal_time)
        self.lock = asyncio.Lock()
        self.taken = 0
        self.stuck: FailureError | None = None
        self._too_early = 0

    async def record(self, submission: Submission) -> Answer:
        """Have one act judged and kept, and follow what it came to. The lock must be held."""
        # The lock stands around this await: without it two acts would be judged on the same state and one refused falsely.
        try:
            answer = await workflow.execute_local_activity_method(
                Doors.record,
                submission,
                start_to_close_timeout=RECORDING,
                retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_attempts=5),
            )
        except ActivityError as failed:
            # Any other exception here would fail the workflow task and hang the client for ever.
            raise failed.cause or ApplicationError(str(failed)) from failed
        self.progress = self.progress.after(answer)
        return answer

    async def keep_deadlines(self) -> None:
        """Record each deadline that passes, at its own legal instant, once."""
        while True:
            await workflow.wait_condition(lambda: self.progress.next_clock is not None)
            clock = self.progress.next_clock
            assert clock is not None
            await self.clock.until(clock.due, or_when=lambda clock=clock: self.progress.next_clock != clock)  # type: ignore[misc]
            async with self.lock:
                if self.progress.next_clock == clock and self.clock.now() >= clock.due:
                    await self._miss(clock)
            if self.stuck is not None:
                with contextlib.suppress(TimeoutError):
                    await workflow.wait_condition(lambda: self.stuck is None, timeout=TRY_AGAIN)
                self.stuck = None

    async def _miss(self, clock: Clock) -> None:
        """Record one missed deadline. What the ledger cannot take now, for want of room, say, is tried again later."""
        recorded_at = clock.due if self.clock.rehearsed else None
        try:
            missed = await self.record(
                missed_by(self.progress.stream, clock, again=self._too_early, recorded_at=recorded_at)
            )
        except FailureError as fault:
            self.stuck = fault
            return
        if isinstance(missed, Refusal) and missed.reason == "ActInFuture":  # the ledger's clock is behind Temporal's
            self._too_early += 1
            self.stuck = ApplicationError(missed.says().en, type=missed.reason)
        elif not isinstance(missed, Receipt) or not missed.events:
            self.progress = self.progress.given_up(clock.id)

    async def advance(self, to: datetime) -> None:
        """Move a rehearsal's clock, and return when all that fell due by then is recorded, or could not be."""
        self.clock.advance(to)
        self.stuck = None
        await workflow.wait_condition(lambda: self.stuck is not None or not self._overdue)
        if self.stuck is not None:
            raise self.stuck

    @property
    def _overdue(self) -> bool:
        return self.progress.next_clock is not None and self.progress.next_clock.due <= self.clock.now()

    @property
    def full(self) -> bool:
        """Whether this run has taken enough and should go on as new."""
        return self.taken >= UPDATES_A_RUN or workflow.info().is_continue_as_new_suggested()
