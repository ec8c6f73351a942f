"""Other versions of a matter's workflow: the one before there were loops, and one of years to come."""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.progress import Start
    from workflows.matter import MatterWorkflow


@workflow.defn(name="matter")
class BeforeLoops(MatterWorkflow):
    """It ended with the reply and knew of no patch."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        deadlines = asyncio.create_task(self.desk.keep_deadlines())
        try:
            await workflow.wait_condition(lambda: self.desk.progress.has("replied") or self.desk.full)
            self.draining = not self.desk.progress.has("replied")
            await workflow.wait_condition(workflow.all_handlers_finished)
        finally:
            deadlines.cancel()
        if self.draining:
            workflow.continue_as_new(
                Start(stream=start.stream, progress=self.desk.progress, rehearsal_time=self.desk.clock.hands)
            )


@workflow.defn(name="matter")
class ToCome(MatterWorkflow):
    """It does something first that today's does not."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        if workflow.patched("to-come"):
            await asyncio.sleep(1)
        await super().run(start)
