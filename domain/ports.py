"""What the inside asks of the outside, as Protocols; the composition root hands in the real things."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from domain.event import Event
from domain.law import LawBook
from domain.submission import Actor, Answer, Submission


class NoSuchEdition(LookupError):
    """An edition of the law book that is not on file."""


class Recording(Protocol):
    """The only way into the ledger: decides on state folded from it, in the write transaction (architecture §2.3)."""

    async def record(self, submission: Submission) -> Answer: ...


class LawBooks(Protocol):
    """Editions of the law book by hash (hex), and the newest one."""

    def newest(self) -> LawBook: ...

    def edition(self, digest: str) -> LawBook:
        """The book of that edition. Raises `NoSuchEdition`."""


class Transaction(Protocol):
    """What may be read while deciding, inside the write transaction. Everything is as of that instant."""

    def state(self, stream: str) -> Any:
        """The state folded from a stream's events by its decider; the decider's `start(stream)` when there are none."""

    def entered(self, stream: str, names: Container[str]) -> Sequence[tuple[Event, Actor]]:
        """A stream's events of these stored names, in order, each with who entered it."""

    def present(self, session: str, sitting: str) -> int:
        """How many deputies are signed in (and not out) at a sitting of the session stream, counted by index."""

    def signed_in(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        """Which of these deputies are signed in there."""

    def came(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        """Which of these deputies signed in there at all, whether or not they left since."""

    def number(self, session: str, sitting: str, what: str) -> int:
        """A number that the index of attendance keeps under a name, such as of a head count; 0 when there is none."""


class Decider(Protocol):
    """One kind of stream: how its events fold into a state, and how what is submitted to it is judged."""

    def start(self, stream: str) -> Any: ...

    def evolve(self, state: Any, event: Event) -> Any:
        """The next state. Pure, never refuses, never changes `state`."""

    def fold(self, state: Any, events: Iterable[Event]) -> Any:
        """The state after many events: what `evolve` one by one comes to, which a kind of stream may know to reach sooner."""
        for event in events:
            state = self.evolve(state, event)
        return state

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        """Hash of the law book the submission is to be judged by: the running session's own, or the newest; "" for none."""

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        """The events to append, in order, each with its stream; [] when all is already so. Raises `Refused` to refuse."""

    def remember(self, submission: Submission, refused: Any, now: datetime) -> tuple[str, Event]:
        """The event that keeps a refused attempt, and the stream of refused attempts it goes to."""


class Sealing(Protocol):
    """Personal data under a key per person (architecture §2.10)."""

    def seal(self, person: str, plain: str) -> str:
        """Ciphertext as text. The same person and plain text give the same ciphertext while the key lives."""

    def open(self, person: str, sealed: str) -> str | None:
        """The plain text, or None when the person's key was destroyed."""


class Starting(Protocol):
    """Starts the workflows of matters, which outlive their session, and tells them what changed in its record."""

    async def start_matters(self, starts: Sequence[Any]) -> None:
        """`starts`: each a `domain.progress.Start`. Those already running are left alone."""

    async def tell_matters(self, session: str, recorded_at: datetime | None) -> None:
        """Have the open matters of a session stream take in what changed. `recorded_at`: a rehearsal's own time."""
