"""Moments and days as they are sent: such as a calendar can reckon with, in any zone and however long the term that begins there.

At the ends of what a computer's calendar holds (the years 1 and 9999) the same instant in another zone, or the day after, is none.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel
from pydantic_core import PydanticCustomError

from domain.text import Text

FIRST_YEAR, LAST_YEAR = 1900, 2999
OUT_OF_REACH = Text("{found} 不在 {first} 年至 {last} 年之间", "{found} is not within the years {first} to {last}")
D = TypeVar("D", bound=date)
M = TypeVar("M", bound=BaseModel)


def reckoned(found: D) -> D:
    """
    Raises:
        PydanticCustomError: nobody can reckon with it.
    """
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        told = OUT_OF_REACH.filled(found=found.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
        raise PydanticCustomError("out_of_reach", "out of reach", told._asdict())
    return found


def all_reckoned(found: M) -> M:
    """A model all of whose moments and days can be reckoned with.

    Raises:
        PydanticCustomError.
    """
    for each in _days_in(found):
        reckoned(each)
    return found


def _days_in(value: Any) -> Iterator[date]:
    match value:
        case date():  # a moment too
            yield value
        case BaseModel():
            for _, each in value:
                yield from _days_in(each)
        case Mapping():
            for each in value.values():
                yield from _days_in(each)
        case tuple() | list() | frozenset():
            for each in value:
                yield from _days_in(each)


Moment = Annotated[AwareDatetime, AfterValidator(reckoned)]
"""An instant with its zone."""
Day = Annotated[date, AfterValidator(reckoned)]
"""A day of the calendar."""
