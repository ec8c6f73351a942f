"""The machine's clock, distrusted a little: what is recorded under a wrong time, a missed deadline above all, stands for ever."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from yishi.ledger.errors import ClockBehind, ClockJumped

TOLERATED_BEHIND = timedelta(minutes=10)
"""What setting a clock right by a time server may take it back. A record earlier than the one before it confuses more than it tells."""
TOLERATED_JUMP = timedelta(days=1)
"""How far the clock may be set forward while the program runs. Less than a day can miss no deadline that was not due that night."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def elapsed_seconds() -> float:
    """Seconds that really passed, sleep of the machine included, since some beginning."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)  # CLOCK_MONOTONIC stands still while a laptop sleeps
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # which goes on there, unlike `time.monotonic`
    return time.monotonic()


class SteadyClock:
    """Says the time, unless the clock was set far forward since this was made. Sleep is no jump; set right again, it goes on.

    Raises (when called):
        ClockJumped.
    """

    def __init__(self, wall: Callable[[], datetime] = utc_now, elapsed: Callable[[], float] = elapsed_seconds) -> None:
        self._wall, self._elapsed = wall, elapsed
        self._began, self._began_elapsed = wall(), elapsed()

    def __call__(self) -> datetime:
        now = self._wall()
        expected = self._began + timedelta(seconds=self._elapsed() - self._began_elapsed)
        if now - expected > TOLERATED_JUMP:
            raise ClockJumped(now=shown(now), expected=shown(expected))
        return now


def not_behind(now: datetime, last: datetime | None) -> None:
    """That the clock is not behind the newest record.

    Raises:
        ClockBehind.
    """
    if last is not None and now < last - TOLERATED_BEHIND:
        raise ClockBehind(now=shown(now), last=shown(last))


def shown(moment: datetime) -> str:
    """A moment as the machine's own clock shows it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
