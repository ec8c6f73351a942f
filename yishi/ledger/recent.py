"""What was used of late, so much at most: for any thread."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FOLDED_KEPT = 16 << 20
"""Bytes of entries, as stored, whose folded states are remembered. A state takes some 25 times its bytes in memory (of 3,000 deputies 286 KB
and 7.9 MB): so many are the states of 700 sessions of 200 deputies."""
EACH = 1 << 10
"""Bytes that a stream counts for at least, however little is in it."""


class Recent(Generic[K, V]):
    """A cache in which what was not used for longest makes room. Values are put whole and never changed inside.

    Args:
        kept: how much is kept; what was put last is in any case. weigh: how much a value is; without it, each is one.
    """

    def __init__(self, kept: int, weigh: Callable[[V], int] | None = None) -> None:
        self._kept, self._weigh = kept, weigh or (lambda value: 1)
        self._found: OrderedDict[K, V] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key]

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._drop(key)
            self._found[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._kept and len(self._found) > 1:
                self._drop(next(iter(self._found)))

    def drop(self, key: K) -> None:
        """Forget it, if it is there."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._found.clear()
            self._weight = 0

    def _drop(self, key: K) -> None:
        if key in self._found:
            self._weight -= self._weigh(self._found.pop(key))
