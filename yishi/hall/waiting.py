"""Waking whoever watches the hall: after each commit, from the writer's thread into their own event loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Protocol, Self


class Growing(Protocol):
    """A ledger that tells of each commit: `yishi.ledger.ledger.Ledger`."""

    def after_commit(self, listener: Callable[[int], None]) -> Callable[[], None]: ...


class Waiting:
    """One for an event loop; any number may wait on it. Used as a context, inside the loop."""

    def __init__(self, ledger: Growing) -> None:
        self._ledger = ledger
        self._grown = asyncio.Event()
        self.size = 0  # of the ledger, as last heard

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()

        def committed(size: int) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever waited
                loop.call_soon_threadsafe(self._wake, size)

        self._no_more = self._ledger.after_commit(committed)
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        self._no_more()
        self._wake(self.size)

    def _wake(self, size: int) -> None:
        self.size = max(self.size, size)
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()

    async def beyond(self, position: int, seconds: float) -> bool:
        """Wait until something is recorded beyond a position; False when the time ran out first."""
        until = asyncio.get_running_loop().time() + seconds
        while self.size <= position:
            grown = self._grown
            try:
                async with asyncio.timeout_at(until):
                    await grown.wait()
            except TimeoutError:
                return False
        return True

    async def lights(self, show: Callable[[], dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
        """Each new light there is to see, beginning with that of now; those between two looks are passed over.

        Args:
            show: reads the light, as `light_of` does; it runs in a thread.
        """
        last: dict[str, Any] = {}
        while True:
            shown = await asyncio.to_thread(show)
            if {**shown, "position": 0} != {**last, "position": 0}:
                yield shown
                last = shown
            while not await self.beyond(shown["position"], 60):
                pass
