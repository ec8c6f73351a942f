"""The state at any position or moment: the same readings, of the record as it stood then (`?position=120`, `?at=2026-01-28T10:00+08:00`)."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, NamedTuple, TypeVar

from fastapi import Depends, Query

from domain.calendar import CHINA
from domain.session.state import Session
from domain.text import Text
from yishi.api.faults import NotHere, NotWell
from yishi.api.moments import LONGEST_MOMENT, moment_of
from yishi.api.reading import Reading
from yishi.ledger.past import Past, position_at

LAST = 2**53
ONE_OF_THEM = Text("position 和 at 请只写一个", "give position or at, not both")
BEYOND = Text(
    "全程记录到第 {size} 条为止,position={position} 在它之后",
    "the record ends at {size}, and position={position} is beyond it",
)
TO_COME = Text("at={at} 还没有到,现在是 {now}", "at={at} is still to come: it is {now}")
NOT_YET = Text(
    "到第 {position} 条为止,还没有登记会议 {session}", "as of position {position} no session {session} was registered"
)

R = TypeVar("R")


class When(NamedTuple):
    """The newest state, or that at a position or a moment."""

    position: int | None = None
    at: str | None = None


async def when(  # else the framework would send it to a thread
    position: Annotated[
        int | None, Query(ge=0, le=LAST, description="as the record stood when this was its newest entry")
    ] = None,
    at: Annotated[
        str | None,
        Query(
            max_length=LONGEST_MOMENT, examples=["2026-01-28T10:00+08:00"],
            description="as it stood at a moment, by when each entry was recorded: a late one from when it was entered",
        ),
    ] = None,
) -> When:  # fmt: skip
    return When(position, at)


Then = Annotated[When, Depends(when)]


def stood(record: Reading, then: When, ask: Callable[..., R], *about: Any) -> R:
    """What a reading answers of the record as it stood then.

    Args:
        ask: the reading, as a function of `Reading`.

    Raises:
        NotWell: no such position or moment. NotHere: there was nothing of that name.
    """
    return ask(as_it_stood(record, then), *about)


def as_it_stood(record: Reading, then: When) -> Reading:
    """
    Raises:
        NotWell.
    """
    if then.position is None and then.at is None:
        return record
    if then.position is not None and then.at is not None:
        raise NotWell(told=ONE_OF_THEM)
    ledger = record.ledger
    if then.position is not None:
        if then.position > (size := ledger.head().size):
            raise NotWell(told=BEYOND.filled(size=size, position=then.position))
        return AsItStood(record, then.position, None)
    moment, now = moment_of(then.at or ""), record.now()
    if moment > now:
        raise NotWell(told=TO_COME.filled(at=then.at, now=now.isoformat(timespec="seconds")))
    return AsItStood(record, position_at(ledger, moment), moment)


class AsItStood(Reading):
    """The answers as of a position of the record. The lists and figures of the whole office are not among them.

    Args:
        moment: the time that it was; when the newest entry of then was recorded, if it is None.
    """

    def __init__(self, record: Reading, position: int, moment: datetime | None) -> None:
        self.engine, self.ledger, self._position = record.engine, Past(record.ledger, position), position
        newest = moment or self.ledger.last_recorded_at() or record.now()
        self._now = newest.astimezone(CHINA)

    def now(self) -> datetime:
        return self._now

    def session(self, name: str) -> Session:
        state: Session = self.ledger.state(f"{name}/session/1")
        if not state.registered:
            raise NotHere(told=NOT_YET.filled(position=self._position, session=name))
        return state
