"""A matter's story: it goes through its loop until it is over, however many years that takes."""

import asyncio
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.progress import Progress, Start
    from domain.submission import Answer, Submission
    from workflows.desk import Desk


@workflow.defn(name="matter")
class MatterWorkflow:
    """One matter, from the day it was assigned. Its deadline fires by itself; a missed one never blocks the reply."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        self.desk = Desk(start)
        self.draining = False

    @workflow.run
    async def run(self, start: Start) -> None:
        deadlines = asyncio.create_task(self.desk.keep_deadlines())
        loops = workflow.patched("loops")  # a run of before ended with the reply
        try:
            await workflow.wait_condition(lambda: self.over(loops) or self.desk.full)
            self.draining = not self.over(loops)
            if not loops and not self.desk.progress.over and workflow.patched("on-into-loops"):
                self.draining = True  # the run of before goes on as one of today, which waits for the rest of the loop
            await workflow.wait_condition(workflow.all_handlers_finished)
        finally:
            deadlines.cancel()
        if self.draining:
            workflow.continue_as_new(
                Start(stream=start.stream, progress=self.desk.progress, rehearsal_time=self.desk.clock.hands)
            )

    def over(self, loops: bool) -> bool:
        """Whether nothing is waited for: it stands at an end of its loop, and no term of it runs."""
        return self.desk.progress.over if loops else self.desk.progress.has("replied")

    @workflow.update
    async def submit(self, submission: Submission) -> Answer:
        """The one path of every act on this matter."""
        self.desk.taken += 1
        async with self.desk.lock:
            return await self.desk.record(submission)

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
