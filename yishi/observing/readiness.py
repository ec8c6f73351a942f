"""Whether this process can take acts: each thing it needs is asked by name, and what is missing is named, and no more is said."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic

Asking = Callable[[], Awaitable[str | None]]
"""None: it is there. Else what to say beside its name, such as `3 of 10`; "" for nothing."""

ANSWERS_WITHIN_SECONDS = 3.0
HOLDS_SECONDS = 1.0  # so long an answer holds, however often a stranger asks


class Readiness:
    """What has to be there, by name. Whoever brings up another part of the service adds it here (`needs`)."""

    def __init__(self) -> None:
        self._asked: dict[str, Asking] = {}
        self._shown: dict[str, Callable[[], str | None]] = {}
        self._asking = asyncio.Lock()
        self._missing: list[str] = []
        self._until = 0.0

    def needs(self, name: str, asking: Asking) -> Callable[[], None]:
        """From now on it is ready only if `asking` says so too. Returns what ends that."""
        self._asked[name], self._until = asking, 0.0
        return lambda: self._asked.pop(name, None) and None

    @contextlib.contextmanager
    def waiting_for(self, name: str, how_far: Callable[[], str]) -> Iterator[None]:
        """Not ready as long as this lasts: something is being brought up."""

        async def told() -> str:
            return how_far()

        done = self.needs(name, told)
        try:
            yield
        finally:
            done()
            self._until = 0.0

    def shows(self, name: str, how_far: Callable[[], str | None]) -> Callable[[], None]:
        """From now on it is told as long as it goes on (None: it is done); acts are taken all the same. Returns what ends that."""
        self._shown[name] = how_far
        return lambda: self._shown.pop(name, None) and None

    def under_way(self) -> list[str]:
        """What goes on beside the work, and how far it is."""
        told = [(name, how_far()) for name, how_far in tuple(self._shown.items())]
        return [f"{name} {said}".strip() for name, said in told if said is not None]

    async def missing(self) -> list[str]:
        """The names of what is missing; nothing: ready."""
        async with self._asking:
            if monotonic() >= self._until:
                names = tuple(self._asked.items())
                found = await asyncio.gather(*(_asked(asking) for _, asking in names))
                told = [(name, said) for (name, _), said in zip(names, found, strict=True) if said is not None]
                self._missing = [f"{name} {said}".strip() for name, said in told]
                self._until = monotonic() + HOLDS_SECONDS
            return self._missing


async def _asked(asking: Asking) -> str | None:
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
            return await asking()
    except Exception:  # whatever it is, it is not there; `yishi doctor` and the log say why
        return ""
