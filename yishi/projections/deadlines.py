"""Which deadlines run, were met or were missed, over all streams: the list an office looks at on Monday."""

from datetime import datetime
from typing import NamedTuple

from domain.event import Clock, Event


class Deadline(NamedTuple):
    """One deadline of one stream. `state` is running, met or missed."""

    stream: str
    clock: Clock
    state: str


class Deadlines:
    """Follows events in the ledger's order."""

    def __init__(self) -> None:
        self._facts: dict[str, set[str]] = {}
        self._clocks: dict[tuple[str, str], Clock] = {}

    def follow(self, stream: str, event: Event) -> None:
        facts = self._facts.setdefault(stream, set())
        facts -= set(event.loses())
        facts |= set(event.gains())
        for clock in event.clocks():
            self._clocks[stream, clock.id] = clock
            if clock.id == "reply-difficult":  # the longer term takes the place of the shorter
                self._clocks.pop((stream, "reply"), None)

    def all(self) -> list[Deadline]:
        """Every deadline, the earliest first."""
        found = [Deadline(stream, clock, self._state(stream, clock)) for (stream, _), clock in self._clocks.items()]
        return sorted(found, key=lambda d: (d.clock.due, d.stream, d.clock.id))

    def due_by(self, instant: datetime) -> list[Deadline]:
        """Those still running that are overdue at an instant, the earliest first."""
        return [d for d in self.all() if d.state == "running" and d.clock.due <= instant]

    def _state(self, stream: str, clock: Clock) -> str:
        facts = self._facts[stream]
        if clock.met_by in facts:
            return "missed, then met" if f"missed:{clock.id}" in facts else "met"
        return "missed" if f"missed:{clock.id}" in facts else "running"
