"""The engine of a sandbox: its time is that of the acts, so that months of deadlines pass while a program is tried."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.submission import Answer, Asked, Submission
from yishi.engine import Engine
from yishi.projections.deadlines import Deadlines

AT_ONCE_AHEAD = timedelta(days=400)
"""How far one act may move the time; one that says a time beyond that is told that it lies in the future."""


class Sandbox(Engine):
    """An engine on a rehearsal's folder to which acts come by the door.

    An act moves the time to its own, never back, and what falls due on the way is recorded first, each on its day. So nothing here waits
    for a day that has not come, and who says no time acts at the time at which the sandbox stands.
    """

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self._deadlines, self._read = Deadlines(), 0
        self._one_by_one = asyncio.Lock()

    def now(self) -> datetime:
        return self.ledger.last_recorded_at() or super().now()

    async def submit(self, submission: Submission) -> Answer:
        if submission.recorded_at is not None:
            return await super().submit(submission)
        self._well_formed(submission)
        async with self._one_by_one:
            (entered,) = await self._entered((submission,))
            return await super().submit(entered)

    async def submit_together(self, submissions: Sequence[Submission]) -> list[Answer]:
        self._all_well_formed(submissions)
        async with self._one_by_one:
            return await super().submit_together(await self._entered(submissions))

    async def ask(self, submission: Submission) -> Asked:
        return await super().ask(submission.model_copy(update={"recorded_at": self._time_of((submission,))}))

    async def _entered(self, submissions: Sequence[Submission]) -> list[Submission]:
        """Acts with the time at which they are recorded, once what falls due before is."""
        to = self._time_of(submissions)
        self._follow()
        tried = set[tuple[str, str, datetime]]()
        while due := [d for d in self._deadlines.due_by(to) if (d.stream, d.clock.id, d.clock.due) not in tried]:
            first = min(due, key=lambda each: each.clock.due)
            tried.add((first.stream, first.clock.id, first.clock.due))
            await self.advance(first.stream, first.clock.due)
            self._follow()
        return [each.model_copy(update={"recorded_at": to}) for each in submissions]

    def _time_of(self, submissions: Sequence[Submission]) -> datetime:
        latest = max(each.at for each in submissions)
        before = self.ledger.last_recorded_at()
        if before is None or before < latest <= before + AT_ONCE_AHEAD:
            return latest
        return before

    def _follow(self) -> None:
        while entries := self.ledger.notifications(after=self._read, limit=500):
            for entry in entries:
                self._read = entry.position
                self._deadlines.follow(entry.envelope.stream, entry.event)
