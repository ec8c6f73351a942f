"""Which deadlines run, were met or were missed, over all streams: the list an office looks at on Monday."""

from datetime import datetime
from typing import NamedTuple

from domain.event import Clock, Event
from domain.matter.matter import ReplyToSuggestion
from domain.procedure import Procedure
from domain.text import Text

STATES = {
    "running": Text("进行中", "running"),
    "met": Text("已完成", "met"),
    "overdue": Text("逾期", "overdue"),
    "missed": Text("逾期", "missed"),
    "missed, then met": Text("逾期后完成", "missed, then met"),
}


class Deadline(NamedTuple):
    """One deadline of one stream. `state` is running, met, missed, or missed, then met."""

    stream: str
    clock: Clock
    state: str

    def missed_by(self, now: datetime) -> bool:
        """Whether its last day passed without it, recorded as missed or not yet."""
        return self.state.startswith("missed") or (self.state == "running" and self.clock.due <= now)

    def state_on(self, now: datetime) -> str:
        """Its state, with one that runs past its last day called overdue."""
        return "overdue" if self.state == "running" and self.missed_by(now) else self.state


class Deadlines:
    """Follows events in the ledger's order."""

    def __init__(self) -> None:
        self._facts: dict[str, set[str]] = {}
        self._clocks: dict[tuple[str, str], Clock] = {}

    def follow(self, stream: str, event: Event) -> None:
        facts = self._facts.setdefault(stream, set())
        facts -= set(event.loses())
        facts |= set(event.gains())
        for stopped in event.stops():
            self._clocks.pop((stream, stopped), None)
        for clock in event.clocks():
            self._clocks[stream, clock.id] = clock

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


def deadline_title(procedure: Procedure, stream: str, clock: str) -> Text:
    """What people call a deadline: the step that meets it, or for a matter the reply to its suggestion."""
    if "/matter/" in stream:
        number = stream.rsplit("/", 1)[1]
        return Text(f"{ReplyToSuggestion.title.zh} {number}", f"{ReplyToSuggestion.title.en} {number}")
    if clock == "first-session":
        clock = "opened"
    for step in procedure.steps:
        if clock == step.fact or clock.startswith(f"{step.fact}-"):
            return step.title
    return Text(clock, clock)
