"""What all our workers have in common: how their workflows are fenced in, and how soon it is seen that one is gone."""

from datetime import timedelta

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

PASSED_THROUGH = ("domain", "activities", "structlog")
"""Modules that workflows share with the process; all else is imported anew for each run."""
STICKY_SECONDS = 2
"""Short, so that a kill inside a local activity is recovered from in about two seconds (notes/temporal.md §1d)."""
STICKY = timedelta(seconds=STICKY_SECONDS)

TASKS_AT_ONCE = 16
"""Workflow tasks share one interpreter: among hundreds one waits for its turn until, after two seconds, Temporal takes it for hung."""


def sandboxed() -> SandboxedWorkflowRunner:
    """The runner of our workflows."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))
