"""A session's story: before, during, after (会前 · 会中 · 会后). It knows order and time; every rule is in the domain."""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.beating import DEAD_AFTER
    from activities.doors import Doors
    from domain.matter.told import TELLING
    from domain.progress import BEGINS, Progress, Start, matter_of, opening_of
    from domain.submission import Answer, Receipt, Submission
    from workflows.desk import Desk

MATTERS_AT_ONCE = 50
LONGEST = timedelta(minutes=2)


@workflow.defn(name="session")
class SessionWorkflow:
    """One session of one congress, from its registration to the last duty that follows it."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        self.desk = Desk(start)
        self.handed_over = set(start.handed_over)
        self.draining = False

    @workflow.run
    async def run(self, start: Start) -> None:
        deadlines = asyncio.create_task(self.desk.keep_deadlines())
        try:
            async with self.desk.lock:  # what an earlier run, or a lost one, left to be opened
                await self.hand_over(self.desk.clock.now(), self.desk.clock.hands)
            await self.before()
            await self.during()
            await self.after()
        finally:
            deadlines.cancel()

    async def before(self) -> None:
        """会前: the date is decided and published, notice given, papers sent; until the congress meets."""
        await self.reach("met")

    async def during(self) -> None:
        """会中: the congress sits, until it is closed."""
        await self.reach("closed")

    async def after(self) -> None:
        """会后: suggestions are with their units, the budget is published; until nothing that follows is open."""
        await self.until_done("handling-reported")

    async def reach(self, fact: str) -> None:
        """Wait until something is so, going on as new in between when this run is full."""
        await workflow.wait_condition(lambda: self.desk.progress.has(fact) or self.desk.full)
        if not self.desk.progress.has(fact):
            await self.go_on_as_new()

    async def until_done(self, last: str) -> None:
        """Wait for the last act of the session's follow-up, and for every deadline of its own to be met or missed."""
        progress = self.desk
        await workflow.wait_condition(
            lambda: (progress.progress.has(last) and progress.progress.next_clock is None) or progress.full
        )
        if self.desk.full:
            await self.go_on_as_new()
        await workflow.wait_condition(workflow.all_handlers_finished)

    async def go_on_as_new(self) -> None:
        """Start a fresh run with the same progress; no act is lost, since those sent meanwhile are sent again."""
        self.draining = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(
            Start(
                stream=self.desk.progress.stream,
                progress=self.desk.progress,
                rehearsal_time=self.desk.clock.hands,
                handed_over=tuple(sorted(self.handed_over)),
            )
        )

    @workflow.update
    async def submit(self, submission: Submission) -> Answer:
        """The one path of every act: judged and kept under the lock, one after the other."""
        self.desk.taken += 1
        async with self.desk.lock:
            answer = await self.desk.record(submission)
            again = self.begun_again(answer)
            await self.hand_over(submission.at, submission.recorded_at)
        await self.tell_matters(answer, again, submission.recorded_at)
        return answer

    @submit.validator
    def not_while_going_on_as_new(self, submission: Submission) -> None:
        if self.draining:
            raise ApplicationError("going on as new: send it again", type="Retry", non_retryable=True)

    @workflow.update
    async def advance(self, to: datetime) -> None:
        """Move a rehearsal's clock."""
        await self.desk.advance(to)

    @workflow.query
    def progress(self) -> Progress:
        return self.desk.progress

    async def hand_over(self, at: datetime, recorded_at: datetime | None) -> None:
        """Open a matter for each suggestion assigned that has none yet, in order, and start their workflows in batches.

        They outlive the session, so they are no children of its workflow. What was assigned, to whom and when, the record knows:
        a matter that an earlier run left unopened is opened at the very time at which that run would have done it.

        Args:
            at: when what is assigned was, where what an older run handed on does not say it.
        """
        fresh = [number for number in self.desk.progress.assigned if number not in self.handed_over]
        if not fresh:
            return
        starts = []
        for number in fresh:
            stream = matter_of(self.desk.progress.stream, number)
            began = self.desk.progress.begun.get(number, at)
            opened = await self.desk.record(opening_of(self.desk.progress.stream, number, began, recorded_at))
            started = Start.of(stream, self.desk.clock.hands)
            starts.append(started.model_copy(update={"progress": started.progress.after(opened)}))
        for i in range(0, len(starts), MATTERS_AT_ONCE):
            await workflow.execute_activity_method(
                Doors.start_matters,
                starts[i : i + MATTERS_AT_ONCE],
                start_to_close_timeout=LONGEST,
                heartbeat_timeout=DEAD_AFTER,
            )
        self.handed_over |= set(fresh)
        self.desk.progress = self.desk.progress.opened(self.handed_over)

    def begun_again(self, answer: Answer) -> bool:
        """Whether something is assigned whose matter was opened before: its assignment was struck, and it is assigned anew."""
        facts = [fact for event in answer.events for fact in event.facts] if isinstance(answer, Receipt) else []
        return any(f.split(":", 1)[1] in self.handed_over for f in facts if f.startswith(BEGINS))

    async def tell_matters(self, answer: Answer, again: bool, recorded_at: datetime | None) -> None:
        """Tell the matters what changed in the session's record. What does not reach them now reaches them at the next start."""
        if not isinstance(answer, Receipt):
            return
        telling = {TELLING[event.name] for event in answer.events if event.name in TELLING}
        telling |= {"tell-of-corrections"} if again else set()
        known = [workflow.patched(version) for version in sorted(telling)]  # each is noted, whichever comes first
        if not any(known):
            return
        try:
            await workflow.execute_activity_method(
                Doors.tell_matters,
                args=[self.desk.progress.stream, recorded_at],
                start_to_close_timeout=LONGEST,
                heartbeat_timeout=DEAD_AFTER,
                retry_policy=RetryPolicy(maximum_attempts=3),
            )
        except ActivityError as failed:
            workflow.logger.warning("not-told %s", failed.cause or failed)
