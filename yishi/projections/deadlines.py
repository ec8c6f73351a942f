"""Which deadlines run, were met or were missed, over all streams: the list an office looks at on Monday."""

from datetime import datetime
from typing import Any, NamedTuple

from domain.event import Clock, Event
from domain.matter.titles import title_of_term
from domain.procedure import Procedure
from domain.text import Text

STATES = {
    "running": Text("进行中", "running"),
    "met": Text("已完成", "met"),
    "overdue": Text("逾期", "overdue"),
    "missed": Text("逾期", "missed"),
    "missed, then met": Text("逾期后完成", "missed, then met"),
    "met, entered late": Text("按期完成(补录)", "met in time, entered late"),
}


class Deadline(NamedTuple):
    """One deadline of one stream. `state` is running, met, missed, or missed, then met.

    What was done in time on paper and entered after its last day was recorded as missed meanwhile: `met, entered late`.
    """

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
        self._facts: dict[str, dict[str, datetime]] = {}  # of each stream, with the legal time since which they stand
        self._clocks: dict[tuple[str, str], Clock] = {}

    def follow(self, stream: str, event: Event) -> None:
        facts = self._facts.setdefault(stream, {})
        for fact in event.loses():
            facts.pop(fact, None)
        for fact in event.gains():
            facts.setdefault(fact, event.at)
        for stopped in event.stops():
            self._clocks.pop((stream, stopped), None)
        for clock in event.clocks():
            if not clock.is_notice:
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
            late = facts[clock.met_by] >= clock.due
            if f"missed:{clock.id}" not in facts and not late:
                return "met"
            return "missed, then met" if facts[clock.met_by] >= clock.due else "met, entered late"
        return "missed" if f"missed:{clock.id}" in facts else "running"


def deadline_told(deadline: Deadline, procedure: Procedure, now: datetime) -> dict[str, Any]:
    """A deadline as JSON values, its state as of `now`."""
    clock = deadline.clock
    return {
        "deadline": deadline_title(procedure, deadline.stream, clock.id)._asdict(),
        "clock": clock.id,
        "stream": deadline.stream,
        "subject": clock.subject,
        "state": deadline.state_on(now),
        "started": clock.started.isoformat(),
        "last_day": clock.last_day.isoformat(),
        "basis": [c.model_dump(mode="json") | {"zh": c.zh, "en": c.en} for c in clock.basis],
    }


def deadline_title(procedure: Procedure, stream: str, clock: str) -> Text:
    """What people call a deadline: the step that meets it, or for a matter the reply to its suggestion."""
    if "/matter/" in stream:
        return title_of_term(stream.rsplit("/", 1)[1], clock)
    if clock == "first-session":
        clock = "opened"
    for step in procedure.steps:
        if clock == step.fact or clock.startswith(f"{step.fact}-"):
            return step.title
    return Text(clock, clock)
