"""The least that a step could be: a Temporal update around a local activity that does nothing, or hands back a receipt."""

from datetime import timedelta

from temporalio import activity, workflow

with workflow.unsafe.imports_passed_through():
    from domain.submission import Receipt, Submission

SECONDS = timedelta(seconds=10)


@activity.defn
async def nothing() -> None:
    """Does nothing."""


class Echo:
    """Answers every act with the same receipt."""

    def __init__(self, answer: Receipt) -> None:
        self.answer = answer

    @activity.defn(name="echo")
    async def echo(self, submission: Submission) -> Receipt:
        return self.answer


@workflow.defn(name="bare")
class Bare:
    """Takes updates for ever."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def step(self) -> None:
        await workflow.execute_local_activity(nothing, start_to_close_timeout=SECONDS)

    @workflow.update
    async def echo(self, submission: Submission) -> Receipt:
        return await workflow.execute_local_activity_method(Echo.echo, submission, start_to_close_timeout=SECONDS)
