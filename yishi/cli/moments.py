"""Days and times as people write them; without a zone they are in China."""

import re
from datetime import date, datetime, time, timedelta

from domain.calendar import CHINA

_DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")
_TIME = re.compile(
    r"(上午|下午|晚上)?\s*(\d{1,2})\s*(?::|:|时|点)\s*(?:(\d{2})\s*分?|(半))?(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_NAMED = {"今天": 0, "today": 0, "昨天": -1, "yesterday": -1, "前天": -2, "明天": 1, "tomorrow": 1, "后天": 2}
NOON = 12


def day(said: str, now: datetime) -> date:
    """`2026-01-27`, `2026/1/27`, `2026年1月27日`, `今天`.

    Raises:
        ValueError: it is none of these, or no day of the calendar.
    """
    said = said.strip()
    if said.lower() in _NAMED:
        return now.astimezone(CHINA).date() + timedelta(days=_NAMED[said.lower()])
    found = _DAY.fullmatch(said)
    if found is None:
        raise ValueError(said)
    return date(*map(int, found.groups()))


def instant(said: str, now: datetime) -> datetime:
    """`2026-01-27 08:30`, `2026-01-27T08:30Z`, `2026年1月27日 8时30分`, `昨天 15:00`, `08:30` of today, `now`.

    Raises:
        ValueError.
    """
    said = said.strip()
    if said.lower() in ("now", "现在"):
        return now
    for cut in range(len(said) + 1):
        clock = said[cut:].lstrip(" Tt") if cut else said
        before = said[:cut].strip()
        found = _TIME.fullmatch(clock)
        if found is None:
            continue
        try:
            on = day(before, now) if before else now.astimezone(CHINA).date()
        except ValueError:
            continue
        return _at(on, found)
    raise ValueError(said)


def _at(on: date, found: re.Match[str]) -> datetime:
    part, hour, minute, half, second, zone = found.groups()
    hours = int(hour)
    if part in ("下午", "晚上") and hours < NOON:
        hours += NOON
    clock = time(hours, 30 if half else int(minute or 0), int(second or 0))
    if zone is None:
        return datetime.combine(on, clock, CHINA)
    return datetime.fromisoformat(f"{on}T{clock:%H:%M:%S}{zone}")


__all__ = ["day", "instant"]
