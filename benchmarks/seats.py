"""What the ledger's benchmarks write: deputies who sign in, one small stream each, an event of about 0.5 kB with one article."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from domain.event import Event
from domain.law import Citation, LawBook
from domain.ports import Decider
from domain.submission import Actor, Command, Office, Submission
from domain.text import Text

NINE = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
EDITION = "e" * 64
BASIS = (Citation(rule="bench.sign-in", statute="板凳条例(2027)", article="14", paragraph=4),)


class Seated(Event):
    name: ClassVar[str] = "bench.seated.v1"
    deputy: str
    seat: int
    sitting: str = "plenary-1"

    def facts(self) -> tuple[str, ...]:
        return ("seated",)


class TakeSeat(Command):
    act: ClassVar[str] = "bench.take-seat"
    stream_kind: ClassVar[str] = "seat"
    offices: ClassVar[tuple[Office, ...]] = ("deputy",)
    title: ClassVar[Text] = Text("入座", "Take a seat")
    seat: int


class Usher(Decider):
    """Lets everybody sit; the state is the number of events."""

    def start(self, stream: str) -> int:
        return 0

    def evolve(self, state: int, event: Event) -> int:
        return state + 1

    def edition(self, submission: Submission, tx: Any, laws: Any) -> str:
        return EDITION

    def judge(self, submission: Submission, tx: Any, laws: Any, now: datetime) -> list[tuple[str, Event]]:
        if tx.state(submission.stream) > 0:
            return []
        command = submission.command
        assert isinstance(command, TakeSeat)
        return [(submission.stream, seated(command.seat))]

    def remember(self, submission: Submission, refused: Any, now: datetime) -> tuple[str, Event]:
        raise AssertionError("nobody is turned away here")


class Laws:
    def newest(self) -> LawBook:
        return self.edition(EDITION)

    def edition(self, digest: str) -> LawBook:
        return LawBook(edition=digest, texts=(), provisions=(), profiles={})


DECIDERS = {"seat": Usher()}


def seated(n: int) -> Seated:
    return Seated(at=NINE, basis=BASIS, deputy=f"d{n:05}", seat=n)


def submission(n: int) -> Submission:
    return Submission(
        command_id=f"0197f5a0-7c1e-7bbb-9f00-{n:012}",
        stream=f"yuanhua/17-9/seat/{n}",
        actor=Actor(office="deputy", person=f"d{n:05}"),
        at=NINE,
        act=TakeSeat.act,
        fields={"seat": n},
    )
