"""A moment as a program writes it in an address."""

from datetime import datetime

from domain.calendar import CHINA
from domain.text import Text
from yishi.api.faults import NotWell

LONGEST_MOMENT = 40  # letters
NOT_A_MOMENT = Text(
    "无法理解 at={at}:请用带时区的时刻(2026-01-28T10:00+08:00)",
    "at={at} is no time with its zone (2026-01-28T10:00+08:00)",
)


def moment_of(at: str) -> datetime:
    """
    Raises:
        NotWell.
    """
    found = next(filter(None, map(_read, (at, "+".join(at.rsplit(" ", 1))))), None)  # a + not escaped comes as a blank
    if found is None:
        raise NotWell(told=NOT_A_MOMENT.filled(at=at))
    return found


def _read(written: str) -> datetime | None:
    """In China's time; None: it is no moment, or none that any calendar has."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(CHINA) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
