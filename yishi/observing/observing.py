"""All three together, as one process has them."""

import contextlib
from collections.abc import AsyncIterator

from yishi.folder import program_version
from yishi.observing.metrics import Metrics
from yishi.observing.probes import probed
from yishi.observing.readiness import Readiness
from yishi.observing.traces import Traces, traces
from yishi.settings import Settings


class Observing:
    """What a process lets be seen of itself. `probes`: where it answers without a token, if it does."""

    def __init__(self, traced: Traces | None = None) -> None:
        self.metrics, self.readiness, self.traces = Metrics(), Readiness(), traced or Traces()
        self.probes: str | None = None


@contextlib.asynccontextmanager
async def observed(settings: Settings) -> AsyncIterator[Observing]:
    """Seen from its first moment on: probes answer, and say that it is not ready, while everything else is still being brought up.

    Raises:
        ProbesPortTaken.
    """
    observing = Observing(traces(settings.otlp_endpoint, program_version()))
    try:
        async with contextlib.AsyncExitStack() as stack:
            if settings.probes is not None:
                where = probed(settings.probes, observing.readiness, observing.metrics.written)
                observing.probes = await stack.enter_async_context(where)
            yield observing
    finally:
        observing.traces.close()
