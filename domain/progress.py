"""What a workflow needs to know of its stream: the facts that stand and the clocks that run, never the roll or the figures."""

from datetime import datetime
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from domain.event import Clock
from domain.submission import Answer, Receipt


class Progress(BaseModel):
    """Facts and clocks of one stream, followed from receipts. Small enough to carry over when a workflow continues as new."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream: str
    facts: frozenset[str] = frozenset()
    clocks: dict[str, Clock] = {}
    missed: frozenset[str] = frozenset()

    def has(self, fact: str) -> bool:
        return fact in self.facts

    def after(self, answer: Answer) -> Self:
        """Progress once an act was answered; a refusal leaves it as it is."""
        if not isinstance(answer, Receipt):
            return self
        facts, clocks = set(self.facts), dict(self.clocks)
        for event in answer.events:
            if event.stream == self.stream:
                facts = (facts - set(event.lost)) | set(event.facts)
                clocks = {i: clock for i, clock in clocks.items() if i not in event.stopped}
                clocks.update({clock.id: clock for clock in event.clocks})
        missed = self.missed | {fact.removeprefix("missed:") for fact in facts if fact.startswith("missed:")}
        return self.model_copy(update={"facts": frozenset(facts), "clocks": clocks, "missed": missed})

    def given_up(self, clock: str) -> Self:
        """The same without a clock that the record no longer knows (it was struck by a correction)."""
        return self.model_copy(update={"missed": self.missed | {clock}})

    @property
    def next_clock(self) -> Clock | None:
        """The clock that runs out first, of those neither met nor missed."""
        running = (c for c in self.clocks.values() if c.id not in self.missed and c.met_by not in self.facts)
        return min(running, key=lambda c: (c.due, c.id), default=None)


class Start(BaseModel):
    """How a workflow of a session or a matter starts, and how it goes on as new.

    Attributes:
        rehearsal_time: in a rehearsal, the legal clock's hands; None in real life, where Temporal's timers tell the time.
        handed_over: numbers of the suggestions whose matters have been started.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream: str
    progress: Progress
    rehearsal_time: AwareDatetime | None = None
    handed_over: tuple[str, ...] = ()

    @classmethod
    def of(cls, stream: str, rehearsal_time: datetime | None) -> Self:
        return cls(stream=stream, progress=Progress(stream=stream), rehearsal_time=rehearsal_time)


def session_of(stream: str) -> str:
    """The session's stream to which a stream such as `…/matter/3` belongs."""
    return f"{stream.rsplit('/', 2)[0]}/session/1"


def matter_of(session: str, number: str) -> str:
    """The stream of the matter of a suggestion."""
    return f"{session.rsplit('/', 2)[0]}/matter/{number}"
