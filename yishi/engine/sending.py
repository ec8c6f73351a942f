"""Updates on their way to the workflows: each in its turn, and sent again while a server or a workflow comes back."""

import asyncio
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.submission import Submission
from yishi.engine.faults import NotTaken, SignatureFails, for_good, told
from yishi.ledger.ledger import request_of

UPDATES_AT_ONCE = 8
"""Updates on their way to one workflow; Temporal refuses the eleventh. The rest wait their turn here, in order."""
PATIENCE_SECONDS = 30.0
"""How long an act is sent again while the server comes back or a workflow goes on as new."""
COMING_BACK = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.FAILED_PRECONDITION)
"""The server is away; or, after a kill, a workflow's task has failed and is only to be tried again, or its run is full."""


class Sending:
    """The way to the workflows of a Temporal service."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._turns = WeakValueDictionary[str, asyncio.Semaphore]()

    def turn(self, stream: str) -> asyncio.Semaphore:
        """Hundreds may act on one session at once: so many are on their way to its workflow at a time."""
        return self._turns.setdefault(stream, asyncio.Semaphore(UPDATES_AT_ONCE))

    async def sent(self, stream: str, update: Any, argument: Any, update_id: str) -> Any:
        """An update's answer. It is sent again while the server is away or the workflow goes on as new.

        Temporal answers an update that failed with the same failure for ever, though there may be room on the disk by now, or it may be
        signed anew: so a failed one is sent once more under another id. That an act is done once only is the ledger's to see to.

        Raises:
            NotTaken. RPCError: such as that no workflow of this stream runs.
        """
        clock = asyncio.get_running_loop().time
        handle, sent_as, until = self._client.get_workflow_handle(stream), update_id, clock() + PATIENCE_SECONDS
        while True:
            try:
                return await handle.execute_update(update, argument, id=sent_as)
            except WorkflowUpdateFailedError as failed:
                kind = failed.cause.type if isinstance(failed.cause, ApplicationError) else None
                trouble = for_good(failed.cause)
                if trouble is not None and not isinstance(trouble, SignatureFails):
                    raise trouble from failed
                if kind != "Retry":
                    if sent_as != update_id:
                        raise trouble or NotTaken(why=told(failed.cause)) from failed
                    sent_as = f"{update_id}~{uuid4().hex}"
                    continue
                why: Exception = failed
            except WorkflowUpdateRPCTimeoutOrCancelledError as late:
                if (task := asyncio.current_task()) and task.cancelling():  # it hides that we are asked to end
                    raise asyncio.CancelledError from late
                why = late
            except RPCError as failed:
                if failed.status not in COMING_BACK:
                    raise
                why = failed
            if clock() > until:
                raise NotTaken(why=str(why)) from why
            await asyncio.sleep(0.05)


def update_id_of(submission: Submission) -> str:
    """The id an act's update goes by: its command id, what it asks for, and what its sender has seen.

    Temporal answers a known update id without looking at what is asked; that an id is not used for two requests is the
    ledger's to see, so another request must reach it.

    Raises:
        BadSubmission: a field has no canonical form.
    """
    seen = "" if submission.expected is None else f"@{submission.expected}"
    return f"{submission.command_id}~{request_of(submission)[:16]}{seen}"
