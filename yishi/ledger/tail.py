"""What the writer remembers between transactions: the Merkle frontier, the version and folded state of recent streams.

It is only a cache, kept in step with the store's savepoints: `mark`, then `release` or `rollback`; `forget` when in doubt.
"""

from typing import Any, NamedTuple

from yishi.ledger.merkle import Frontier
from yishi.ledger.recent import EACH, FOLDED_KEPT, Recent

UNFOLDED = object()  # the version is known, nobody has asked for the state


class Known(NamedTuple):
    """Version of a stream's newest event (0: none) and the state folded up to an event of it, or `UNFOLDED`."""

    version: int
    state: Any = UNFOLDED
    folded: int = 0  # the version of that event
    stored: int = 0  # bytes of the entries it was folded from

    @property
    def weight(self) -> int:
        return EACH + self.stored


class Tail:
    """The end of the ledger as the one writer knows it. Not for two threads."""

    def __init__(self) -> None:
        self.frontier = Frontier()
        self._streams: Recent[str, Known] = Recent(FOLDED_KEPT, weigh=lambda known: known.weight)
        self._new: dict[str, Known] = {}  # since the mark
        self._before = self.frontier

    def get(self, stream: str) -> Known | None:
        """What is known of a stream, counting what was put since the mark."""
        return self._new[stream] if stream in self._new else self._streams.get(stream)

    def put(self, stream: str, known: Known) -> None:
        self._new[stream] = known

    def folded(self, stream: str, known: Known) -> None:
        """A stream's state was folded from its rows; it has not grown by that."""
        self.put(stream, known)

    def mark(self) -> None:
        """A savepoint was set."""
        self._new = {}
        self._before = self.frontier.copy()

    def release(self) -> None:
        """What was put since the mark holds; the streams not used for longest make room."""
        for stream, known in self._new.items():
            self._streams.put(stream, known)
        self._new = {}

    def rollback(self) -> None:
        """What was put since the mark never was."""
        self._new = {}
        self.frontier = self._before

    def forget(self, frontier: Frontier | None = None) -> None:
        """Nothing is known any more, except perhaps a frontier that was just read from the store."""
        self._streams.clear()
        self._new = {}
        self.frontier = frontier or Frontier()
