"""The doors out of a workflow: into the ledger, and to the workflows of matters. They know ports only, never the application."""

from collections.abc import Sequence
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from activities.beating import beating
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
                Its details are the sentence in Chinese and in English, when it has one: such a trouble is known and told, and
                needs no traceback in the log.
        """
        try:
            return await self._ledger.record(submission)
        except Exception as fault:
            to = getattr(fault, "to", None)
            said = (to("zh"), to("en")) if to is not None else ()
            known = ApplicationErrorCategory.BENIGN if said else ApplicationErrorCategory.UNSPECIFIED
            kind = type(fault).__name__
            raise ApplicationError(str(fault), *said, type=kind, non_retryable=True, category=known) from fault

    @activity.defn(name="start-matters")
    async def start_matters(self, starts: Sequence[Start]) -> None:
        """Start the workflows of some matters; those already running are left alone."""
        async with beating():
            await self._starting.start_matters(starts)

    @activity.defn(name="tell-matters")
    async def tell_matters(self, session: str, recorded_at: datetime | None) -> None:
        """Tell the open matters of a session what changed in its record. Told again, they record nothing more."""
        async with beating():
            await self._starting.tell_matters(session, recorded_at)
