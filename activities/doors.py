"""The doors out of a workflow: into the ledger, and to the workflows of matters. They know ports only, never the application."""

from collections.abc import Sequence

from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.ports import Recording, Starting
from domain.progress import Start
from domain.submission import Answer, Submission


class Doors:
    """The activities, with what they need handed in.

    Args:
        ledger: where acts are judged and kept. starting: starts matters.
    """

    def __init__(self, ledger: Recording, starting: Starting) -> None:
        self._ledger, self._starting = ledger, starting

    @activity.defn(name="record")
    async def record(self, submission: Submission) -> Answer:
        """Judge and keep one act. Sent again it gives the same answer, so a retry is safe.

        Raises:
            ApplicationError: of the ledger error's name, not to be retried by Temporal: the client hears it and may send again.
        """
        try:
            return await self._ledger.record(submission)
        except Exception as fault:
            raise ApplicationError(str(fault), type=type(fault).__name__, non_retryable=True) from fault

    @activity.defn(name="start-matters")
    async def start_matters(self, starts: Sequence[Start]) -> None:
        """Start the workflows of some matters; those already running are left alone."""
        await self._starting.start_matters(starts)
