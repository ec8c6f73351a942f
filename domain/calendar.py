"""Legal days and months, counted in Asia/Shanghai (rulebook CNT-days: a counting convention, a reading and not a text).

*Before* an event (n日前): the last lawful day is the event's date minus n days. *Within* (n日内, n个月内): the first day
does not count; the last day is start + n days, or the corresponding date n months on, clamped to the month's end.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.arithmetic import DayOfYear, Number, Period
from domain.holidays import Holidays

CHINA = ZoneInfo("Asia/Shanghai")
NO_TABLE = Holidays(())
"""No year announced: weekends alone are no working days."""


def legal_date(instant: datetime) -> date:
    """The calendar day in China on which an instant falls."""
    return instant.astimezone(CHINA).date()


def months_after(start: date, months: int) -> date:
    """The corresponding date so many months on, or that month's last day when it is shorter."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


def last_day(start: date, period: Period | DayOfYear, holidays: Holidays = NO_TABLE) -> date:
    """The last day on which something due within `period` of `start`, or by a fixed day of the year, is still in time."""
    if isinstance(period, DayOfYear):
        return period.from_(start)
    if period.unit == "months":
        return months_after(start, period.amount)
    if period.unit == "days":
        return start + timedelta(days=period.amount)
    return holidays.working_days_after(start, period.amount)


def latest_day_before(event: date, days: int) -> date:
    """The last day on which something due `days` days before `event` is still in time."""
    return event - timedelta(days=days)


def latest_in_advance(event: date, length: Number | Period) -> date:
    """The last day on which something due so long before `event` is still in time: so many days, or months (一个月前).

    A month before counts to the corresponding date, or that month's last day when it is shorter.
    """
    if isinstance(length, Number):
        return latest_day_before(event, length.at_least)
    if length.unit == "months":
        return months_after(event, -length.amount)
    return latest_day_before(event, length.amount)


def end_of(day: date) -> datetime:
    """The first instant after a legal day: what was due on that day is overdue from here."""
    return datetime.combine(day + timedelta(days=1), time(0), CHINA)


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)


def clock_words(instant: datetime) -> str:
    """An instant as people in China read it: 2026-01-28 10:00, with seconds where there are any."""
    here = instant.astimezone(CHINA).replace(microsecond=0)
    return f"{here:%Y-%m-%d %H:%M:%S}" if here.second else f"{here:%Y-%m-%d %H:%M}"
