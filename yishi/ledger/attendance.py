"""The index of attendance: who is in the hall, which cards are held, how many were counted; in the transaction that asks."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from yishi.ledger.store import Attending

FEW = 40  # deputies asked after one by one; more are read as a list


R = TypeVar("R", bound=Attending)


class AttendanceIndex(Generic[R]):
    """Reads by index on somebody's cursor, so that all answers are of that transaction's instant."""

    def __init__(self, cursor: Any, recorder: R) -> None:
        self._cursor, self._recorder = cursor, recorder

    def present(self, session: str, sitting: str) -> int:
        """Deputies signed in (and not out), counted by index."""
        return self._recorder._count_present(self._cursor, session, sitting)

    def signed_in(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        """Which of these are signed in there."""
        asked = frozenset(deputies)
        if len(asked) > FEW:
            return asked & self._recorder._signed_in(self._cursor, session, sitting)
        return frozenset(d for d in asked if self._recorder._attended(self._cursor, session, sitting, d))

    def came(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        """Which of these signed in there at all, whether or not they left since."""
        asked = frozenset(deputies)
        if len(asked) > FEW:
            return asked & self._recorder._came(self._cursor, session, sitting)
        return frozenset(d for d in asked if self._recorder._attended(self._cursor, session, sitting, d) is not None)

    def number(self, session: str, sitting: str, what: str) -> int:
        """A number kept under a name beside a sitting's list."""
        return self._recorder._attended(self._cursor, session, sitting, what) or 0
