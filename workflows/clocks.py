"""The one legal clock (architecture §2.12): real life moves it by a Temporal timer, a rehearsal by a message."""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow


class LegalClock:
    """Legal time for one workflow.

    Args:
        hands: in a rehearsal, where the hands stand; None in real life.
    """

    def __init__(self, hands: datetime | None) -> None:
        self.hands = hands

    @property
    def rehearsed(self) -> bool:
        return self.hands is not None

    def now(self) -> datetime:
        return self.hands or workflow.now()

    def advance(self, to: datetime) -> None:
        """Move a rehearsal's hands; never back."""
        if self.hands is not None:
            self.hands = max(self.hands, to)

    async def until(self, instant: datetime, *, or_when: Callable[[], bool]) -> None:
        """Wait for a legal instant, or for something that makes waiting for it pointless."""
        if self.rehearsed:
            await workflow.wait_condition(lambda: self.now() >= instant or or_when())
            return
        left = instant - workflow.now()
        if left > timedelta(0):
            try:
                await workflow.wait_condition(or_when, timeout=left)
            except TimeoutError:
                return
