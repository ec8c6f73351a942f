"""What a workflow needs to know of its stream: the facts that stand and the clocks that run, never the roll or the figures."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.event import NOTICES, Clock
from domain.submission import Actor, Answer, Receipt, Submission

MISSES = {"session": "miss-deadline", "matter": "miss-reply"}
"""The act by which the engine records a missed deadline, by kind of stream."""
OF_THE_CLOCK = (*MISSES.values(), "miss-term", *NOTICES)
"""All acts by which the engine records that a day has come; dated on that day, whoever sends them and however late."""
BY_THE_ENGINE = ("register-session", "open-matter", "recount-terms", "follow-record", *OF_THE_CLOCK)
"""Acts that the engine does itself: nobody types them, and no script holds them."""
ENDS = {"session": ("met", "closed", "handling-reported"), "matter": ("over",)}
"""The facts with which the story of a stream is at its end, by kind; it then waits for its deadlines alone."""
BEGINS = ("assigned:", "matter:")
"""How the facts of a session begin that lead to matters: suggestions assigned, and whatever else is followed up."""


def _none(value: Mapping[str, object]) -> bool:
    return not value


class Progress(BaseModel):
    """Facts and clocks of one stream, followed from receipts. Small enough to carry over when a workflow continues as new.

    Attributes:
        begun: of the matters that a session's acts began and that are not known to be opened, by number: when that was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream: str
    facts: frozenset[str] = frozenset()
    clocks: dict[str, Clock] = {}
    missed: frozenset[str] = frozenset()
    begun: Annotated[dict[str, AwareDatetime], Field(exclude_if=_none)] = {}

    def has(self, fact: str) -> bool:
        return fact in self.facts

    def after(self, answer: Answer) -> Self:
        """Progress once an act was answered; a refusal leaves it as it is."""
        if not isinstance(answer, Receipt):
            return self
        facts, clocks, begun = set(self.facts), dict(self.clocks), dict(self.begun)
        for event in answer.events:
            if event.stream == self.stream:
                facts = (facts - set(event.lost)) | set(event.facts)
                begun.update((number, event.at) for number in _beginning(event.facts))
                clocks = {i: clock for i, clock in clocks.items() if i not in event.stopped}
                clocks.update({clock.id: clock for clock in event.clocks})
        missed = self.missed | {fact.removeprefix("missed:") for fact in facts if fact.startswith("missed:")}
        after = {"facts": frozenset(facts), "clocks": clocks, "missed": missed, "begun": begun}
        return self.model_copy(update=after)

    def given_up(self, clock: str) -> Self:
        """The same without a clock that the record no longer knows (it was struck by a correction)."""
        return self.model_copy(update={"missed": self.missed | {clock}})

    def opened(self, numbers: Container[str]) -> Self:
        """The same once these matters are opened: when they began their own record knows."""
        return self.model_copy(update={"begun": {n: at for n, at in self.begun.items() if n not in numbers}})

    @property
    def running(self) -> list[Clock]:
        """The clocks that are neither met nor missed."""
        return [c for c in self.clocks.values() if c.id not in self.missed and c.met_by not in self.facts]

    @property
    def next_clock(self) -> Clock | None:
        """The clock that runs out first, of those neither met nor missed."""
        return min(self.running, key=lambda c: (c.due, c.id), default=None)

    @property
    def over(self) -> bool:
        """Whether the workflow of this stream has nothing left to wait for."""
        kind = self.stream.rsplit("/", 2)[1]
        return all(map(self.has, ENDS[kind])) and self.next_clock is None

    @property
    def assigned(self) -> list[str]:
        """Numbers of the matters that a session opens, in order."""
        return sorted(_beginning(self.facts))

    def unopened(self, opened: Container[str]) -> list[str]:
        """Numbers of assigned suggestions that have no matter yet among the streams `opened`."""
        return [number for number in self.assigned if matter_of(self.stream, number) not in opened]


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


def opening_of(session: str, number: str, at: datetime, recorded_at: datetime | None = None) -> Submission:
    """The engine's own act that opens a matter which a session's record says is to be followed up.

    Args:
        at: when the act was that began it, however late the engine comes to it. recorded_at: a rehearsal's own time.
    """
    return Submission(
        command_id=f"{session}#open-{number}",
        stream=matter_of(session, number),
        actor=Actor(office="clock"),
        at=at,
        act="open-matter",
        fields={"session": session, "number": number},
        recorded_at=recorded_at,
    )


def openings(of: Submission, answer: Answer) -> list[Submission]:
    """What opens the matters that an act of a session led to."""
    if not isinstance(answer, Receipt):
        return []
    facts = [fact for event in answer.events if event.stream == of.stream for fact in event.facts]
    return [opening_of(of.stream, number, of.at, of.recorded_at) for number in sorted(_beginning(facts))]


def _beginning(facts: Iterable[str]) -> Iterator[str]:
    """The numbers of the matters that facts of a session lead to."""
    return (fact.split(":", 1)[1] for fact in facts if fact.startswith(BEGINS))


def missed_by(stream: str, clock: Clock, *, again: int = 0, recorded_at: datetime | None = None) -> Submission:
    """The engine's own act when a deadline passed, dated at the instant it fell due, whoever sends it and however late.

    Args:
        again: how often it was sent in vain under an id that is now spent. recorded_at: a rehearsal's own time.
    """
    return Submission(
        command_id=f"{stream}#missed-{clock.id}-{clock.due.isoformat()}" + (f"~{again}" if again else ""),
        stream=stream,
        actor=Actor(office="clock"),
        at=clock.due,
        act=clock.then or MISSES[stream.rsplit("/", 2)[1]],
        fields={"clock": clock.id},
        recorded_at=recorded_at,
    )
