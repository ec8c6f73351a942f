"""What all our workers have in common: how their workflows are fenced in, and how soon it is seen that one is gone."""

from datetime import timedelta
from typing import Any

from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

PASSED_THROUGH = ("domain", "activities", "structlog")
"""Modules that workflows share with the process; all else is imported anew for each run."""
STICKY_SECONDS = 2
"""Short, so that a kill inside a local activity is recovered from in about two seconds (notes/temporal.md §1d)."""
STICKY = timedelta(seconds=STICKY_SECONDS)

TASKS_AT_ONCE = 4
"""Workflow tasks share one interpreter: the more at once, the longer each takes. After a restart hundreds are read again from their histories;
sixteen at once, on a machine at its limit, each took longer than the ten seconds after which Temporal gives a task to the next, for ever. With
eight a quiet machine does a tenth more acts a second, with more no more than that (`benchmarks/api.py`, fifty sessions)."""


class _WithoutContext(WorkflowInstance):
    """A fenced workflow whose payloads are written alike whatever they belong to.

    Temporal asks the workflow for the context of each payload, six times, and each time enters the sandbox and leaves it again: a quarter of
    what an act costs the process's main thread (`benchmarks/api.py`, profiled). Our converter takes no notice of it, and none of our payloads
    is stored elsewhere.
    """

    def __init__(self, fenced: WorkflowInstance) -> None:
        self._fenced = fenced

    def activate(self, act: Any) -> Any:
        return self._fenced.activate(act)

    def get_serialization_context(self, command_info: object) -> None:
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:
        return StorageDriverStoreContext(target=None)

    def get_info(self) -> Any:
        return self._fenced.get_info()

    def get_thread_id(self) -> int | None:
        return self._fenced.get_thread_id()


class _Fenced(SandboxedWorkflowRunner):
    """Runs workflows in the sandbox."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _WithoutContext(super().create_instance(det))


def sandboxed() -> SandboxedWorkflowRunner:
    """The runner of our workflows."""
    return _Fenced(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
