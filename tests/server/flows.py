"""A workflow that remembers, to see whether it is still there after its server was killed."""

from temporalio import workflow


@workflow.defn(name="tests.remembering")
class Remembering:
    def __init__(self) -> None:
        self._told: list[str] = []
        self._over = False

    @workflow.run
    async def run(self) -> list[str]:
        await workflow.wait_condition(lambda: self._over)
        return self._told

    @workflow.update
    async def tell(self, word: str) -> int:
        self._told.append(word)
        return len(self._told)

    @workflow.signal
    def end(self) -> None:
        self._over = True
