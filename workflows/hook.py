"""A webhook's story for one session: each event in its turn, for days if need be; what is never taken in is put aside, and the next is told."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.beating import DEAD_AFTER
    from activities.hooks import HookDoors
    from domain.hooks import Failing, Line, Tried

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=6)
GIVES_UP_AFTER = timedelta(days=3)
LINGERS = timedelta(minutes=10)
"""So long it stays when there is nothing to tell: in a session the next event comes soon. Later ones start it anew."""
TELLINGS_A_RUN = 500
NOT_TOO_LONG = "goes-on-as-new-when-its-history-is-long"
"""However few tellings it has: many calls make a long history too."""
TELLING = timedelta(seconds=60)
OURS = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))
"""For faults of our own, such as a full disk. That an endpoint does not answer is no fault but an answer."""


@workflow.defn(name="hook")
class HookWorkflow:
    """One line: an endpoint and a session. What it is to be told, the record says; how far it was told is kept beside."""

    @workflow.init
    def __init__(self, line: Line) -> None:
        self.line = line
        self.failing = line.failing
        self.more = self.again = False

    @workflow.run
    async def run(self, line: Line) -> None:
        for _ in range(TELLINGS_A_RUN):
            self.more = self.again = False
            tried = await self.tell()
            if tried.state == "failed":
                await self.not_taken_in(tried)
            else:
                self.failing = None
                if tried.state != "told" and not await self.called(LINGERS):
                    return
            if workflow.info().is_continue_as_new_suggested() and workflow.patched(NOT_TOO_LONG):
                break
        workflow.continue_as_new(line.model_copy(update={"failing": self.failing}))

    async def tell(self) -> Tried:
        tried: Tried = await workflow.execute_activity_method(
            HookDoors.tell,
            args=[self.line.endpoint, self.line.session, workflow.now()],
            start_to_close_timeout=TELLING,
            heartbeat_timeout=DEAD_AFTER,
            retry_policy=OURS,
        )
        return tried

    async def not_taken_in(self, tried: Tried) -> None:
        """Wait, longer each time, and try again; after three days put it aside."""
        now = workflow.now()
        if self.failing is None or self.failing.position != tried.position:
            self.failing = Failing(position=tried.position, since=now, tries=0)
        self.failing = self.failing.model_copy(update={"tries": self.failing.tries + 1})
        if now - self.failing.since >= GIVES_UP_AFTER:
            await workflow.execute_activity_method(
                HookDoors.give_up,
                args=[self.line.endpoint, self.line.session, self.failing, tried.why, now],
                start_to_close_timeout=TELLING,
                retry_policy=OURS,
            )
            self.failing = None
            return
        wait = max(wait_after(self.failing.tries), timedelta(seconds=tried.wait_seconds))
        last = self.failing.since + GIVES_UP_AFTER - now  # the last attempt is made when the three days are over
        await self.called(min(wait, LONGEST_WAIT, last), only_again=True)

    async def called(self, within: timedelta, *, only_again: bool = False) -> bool:
        """Whether somebody calls in so much time: there is more, or it is to be tried again."""
        try:
            await workflow.wait_condition(lambda: self.again or (self.more and not only_again), timeout=within)
        except TimeoutError:
            return False
        return True

    @workflow.signal
    def grown(self) -> None:
        """The record has more. One whose event is not taken in is not hurried by it."""
        self.more = True

    @workflow.signal
    def look(self, why: str) -> None:
        """Somebody paused it, let it go on, changed it, or wants something told again: look now. `why` is for who reads the history."""
        self.again = True


def wait_after(tries: int) -> timedelta:
    """5 s, then twice as long each time."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(tries - 1, 20)))
