"""Keeps the remembered tail in step with the store, and closes each transaction with the root of the tree after it."""

from collections.abc import Callable

from eventsourcing.sqlite import SQLiteCursor

from yishi.ledger.errors import LedgerDamaged
from yishi.ledger.merkle import EMPTY_ROOT, Frontier
from yishi.ledger.recorder import LedgerRecorder
from yishi.ledger.tail import Tail


class TailKeeper:
    """`yishi.ledger.writer.Keeper` over a tail and a recorder.

    Args:
        grown: told the ledger's size after each commit that made it longer.
    """

    def __init__(self, tail: Tail, recorder: LedgerRecorder, grown: Callable[[int], None] = lambda size: None) -> None:
        self.tail, self._recorder, self._told = tail, recorder, grown
        self._size = -1  # of the ledger when the transaction began; nothing was read yet

    def begin(self, cursor: SQLiteCursor) -> None:
        """Look whether the ledger ends where we remember; read its leaves again where it does not.

        Raises:
            LedgerDamaged: the leaves do not come to the root of the newest commit.
        """
        size = self._recorder._max_notification_id(cursor) or 0
        if size != self.tail.frontier.size or self._size < 0:
            self.tail.forget(self._read_frontier(cursor))
        self._size = self.tail.frontier.size

    def settle(self, cursor: SQLiteCursor) -> None:
        frontier = self.tail.frontier
        if frontier.size > self._size:
            self._recorder._insert_commit(cursor, self._size + 1, frontier.size, frontier.root())

    def committed(self) -> None:
        if self.tail.frontier.size > self._size:
            self._told(self.tail.frontier.size)

    def mark(self) -> None:
        self.tail.mark()

    def release(self) -> None:
        self.tail.release()

    def rollback(self) -> None:
        self.tail.rollback()

    def forget(self) -> None:
        self.tail.forget()
        self._size = -1

    def _read_frontier(self, cursor: SQLiteCursor) -> Frontier:
        """The frontier over all stored leaves (about 4 µs each), held against the newest root."""
        frontier = Frontier()
        for leaf in self._recorder._select_leaves(cursor):
            frontier.append(leaf)
        size, root = self._recorder._select_head(cursor) or (0, EMPTY_ROOT)
        if (size, root) != (frontier.size, frontier.root()):
            raise LedgerDamaged(detail=f"{frontier.size} / {frontier.root().hex()} ≠ {size} / {root.hex()}")
        return frontier
