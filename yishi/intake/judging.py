"""Acts judged one after the other by the real deciders, each on what those before it led to, and nothing of it recorded."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.event import Event
from domain.ports import Decider, LawBooks
from domain.submission import Actor, Submission
from yishi.ledger.reader import Instant
from yishi.ledger.streams import kind_of


class Ahead:
    """Implements `domain.ports.Transaction` over the ledger as of one instant and what is judged on top of it."""

    def __init__(self, instant: Instant, deciders: Mapping[str, Decider], laws: LawBooks, now: datetime) -> None:
        self._instant, self._deciders, self._laws, self._now = instant, deciders, laws, now
        self._states: dict[str, Any] = {}
        self.events: dict[str, list[Event]] = {}
        """What would be recorded, by stream."""
        self._hands: dict[str, list[tuple[Event, Actor]]] = {}

    def judge(self, submission: Submission) -> list[Event]:
        """The events that an act leads to; what is judged after it sees them.

        Raises:
            Refused.
        """
        decider = self._deciders[kind_of(submission.stream)]
        led_to = decider.judge(submission, self, self._laws, self._now)
        for stream, event in led_to:
            self._states[stream] = self._deciders[kind_of(stream)].evolve(self.state(stream), event)
            self.events.setdefault(stream, []).append(event)
            self._hands.setdefault(stream, []).append((event, submission.actor))
        return [event for _, event in led_to]

    def state(self, stream: str) -> Any:
        if stream not in self._states:
            self._states[stream] = self._instant.state(stream)
        return self._states[stream]

    def entered(self, stream: str, names: Container[str]) -> list[tuple[Event, Actor]]:
        ahead = [(event, actor) for event, actor in self._hands.get(stream, ()) if event.name in names]
        return [*self._instant.entered(stream, names), *ahead]

    def present(self, session: str, sitting: str) -> int:
        return self._instant.present(session, sitting)

    def signed_in(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return self._instant.signed_in(session, sitting, deputies)

    def came(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return self._instant.came(session, sitting, deputies)

    def number(self, session: str, sitting: str, what: str) -> int:
        return self._instant.number(session, sitting, what)
