"""A session's workflow that does things in another order, to see that the replay test would notice."""

import asyncio
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.progress import Start
    from workflows.session import SessionWorkflow


@workflow.defn(name="session")
class Pausing(SessionWorkflow):
    """Waits a second before it begins: a command that no saved history knows."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        await asyncio.sleep(1)
        await super().run(start)


@workflow.defn(name="session")
class HandingOverFirst(SessionWorkflow):
    """Starts matters before they are on the record: the same commands in another order."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> None:
        await super().run(start)

    async def hand_over(self, at: datetime, recorded_at: datetime | None) -> None:
        if "suggestions-assigned" in self.desk.progress.facts:
            await asyncio.sleep(0.001)
        await super().hand_over(at, recorded_at)
