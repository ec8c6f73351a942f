"""What a writer remembers of a ledger that others write to as well: taken back when the store refuses, and brought up to what they wrote."""

from yishi.ledger.merkle import Frontier
from yishi.ledger.tail import Known, Tail


class SharedTail(Tail):
    """`begin` a group; then it was `taken`, or `undo` it and `follow` what others wrote."""

    def __init__(self) -> None:
        super().__init__()
        self._base: dict[str, Known | None] = {}  # of streams that grew in this group: what was known before
        self._began = self.frontier

    def begin(self) -> None:
        self._base, self._began = {}, self.frontier.copy()

    def folded(self, stream: str, known: Known) -> None:
        """What was folded from stored rows alone stays true, also when the group is refused."""
        if stream in self._new or stream in self._base:
            self.put(stream, known)
        else:
            self._streams.put(stream, known)

    def release(self) -> None:
        for stream in self._new:
            self._base.setdefault(stream, self._streams.get(stream))
        super().release()

    def undo(self) -> None:
        """Nothing of the group ever was."""
        self._new = {}
        for stream, known in self._base.items():
            if known is None:
                self._streams.drop(stream)
            else:
                self._streams.put(stream, known)
        self.frontier = self._began
        self.begin()

    def follow(self, stream: str, version: int, leaf: bytes) -> None:
        """Somebody else's event, the next in the log. Its stream is folded on when it is asked for."""
        self.frontier.append(leaf)
        known = self._streams.get(stream)
        if known is not None and known.version < version:
            self._streams.put(stream, known._replace(version=version))

    def forget(self, frontier: Frontier | None = None) -> None:
        super().forget(frontier)
        self.begin()
