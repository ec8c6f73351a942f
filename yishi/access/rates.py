"""How often a token may come: a bucket of requests for each, filled at a steady rate, in memory."""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from yishi.access.principal import Principal


class Rate(NamedTuple):
    """`burst` requests at once, then `a_second`."""

    a_second: float
    burst: float


OFFICE_RATE = Rate(20_000, 100_000)  # this machine's own office: more than the engine takes
RATES: Mapping[str, Rate] = {
    "secretariat": Rate(100, 1000),
    "presidium": Rate(50, 500),
    "chief_scrutineer": Rate(50, 500),
    "scrutineer": Rate(50, 500),
    "teller": Rate(50, 500),
    "deputy": Rate(10, 100),
    "handling_unit": Rate(10, 200),
    "auditor": Rate(50, 500),
    "integration": Rate(200, 2000),  # a hall's gates, and a whole hall's key-pads
    "operator": Rate(50, 500),
}
"""By role."""
STRANGERS = Rate(5, 100)
"""Of all requests together that show no token, or a wrong one."""
CASTS = Rate(2000, 5000)
"""Of all casts together that show no token of the door: a ballot's own token is enough."""


class Buckets:
    """The buckets. Those of whom nobody heard for long are full, and dropped."""

    KEPT = 10_000

    def __init__(self, rates: Mapping[str, Rate] = RATES, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates, self._clock = rates, clock
        self._left: dict[str, tuple[float, float]] = {}  # who → (requests left, when that was so)

    def wait_of(self, who: Principal) -> float:
        """Take one request from a principal's bucket; seconds to wait when it is empty, else 0."""
        return self.wait(who.id, OFFICE_RATE if who.one_person else self._rates[who.role])

    def wait(self, who: str, rate: Rate) -> float:
        now = self._clock()
        left, since = self._left.get(who, (rate.burst, now))
        left = min(rate.burst, left + (now - since) * rate.a_second)
        if left < 1:
            self._left[who] = (left, now)
            return (1 - left) / rate.a_second
        if len(self._left) > self.KEPT:
            self._left.clear()
        self._left[who] = (left - 1, now)
        return 0.0
