"""Working days (工作日): weekends off but for those worked in exchange (调休上班), holidays off as the State Council announces them.

The table is data (`statutes/holidays/`), one file a year, with its source. A year that is not announced yet is counted by weekends
alone; what is due in it is provisional until the announcement.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SATURDAY = 5


class HolidayYear(BaseModel):
    """The announcement for one year: the working days that are off, and the days of weekends that are worked instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    year: int
    source: str = Field(min_length=1)
    verified: Literal["T", "t", "M"]
    off: tuple[date, ...]
    worked: tuple[date, ...]


class Holidays:
    """All announcements on file.

    Args:
        years: each year's own; of two for one year the later in the list holds.
    """

    def __init__(self, years: Iterable[HolidayYear]) -> None:
        announced = {y.year: y for y in years}
        self._announced = frozenset(announced)
        self._off = frozenset(day for y in announced.values() for day in y.off)
        self._worked = frozenset(day for y in announced.values() for day in y.worked)

    def is_working(self, day: date) -> bool:
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() < SATURDAY

    def working_days_after(self, start: date, amount: int) -> date:
        """The `amount`-th working day after `start`; the first day does not count."""
        day = start
        while amount:
            day += timedelta(days=1)
            amount -= self.is_working(day)
        return day

    def provisional(self, start: date, end: date) -> bool:
        """Whether some year between two days is not announced."""
        return any(year not in self._announced for year in range(start.year, end.year + 1))
