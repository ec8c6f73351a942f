"""A village that counts chairs: the smallest decider there can be, so that tests of the ledger are about the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from domain.event import Event, upcasts
from domain.law import Citation, LawBook
from domain.ports import Decider
from domain.refusals import Refused
from domain.submission import Actor, Command, Office, Receipt, Submission
from domain.text import Text

NINE = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
HALL = "yuanhua/17-9/toy/1"
ARTICLE = Citation(rule="toy.chairs", statute="板凳条例(2027)", article="3", paragraph=1)
CHAIRS_IN_STORE = 100
EDITION = "e" * 64


class ChairsBrought(Event):
    name: ClassVar[str] = "toy.chairs-brought.v2"
    chairs: int
    note: str = ""

    def facts(self) -> tuple[str, ...]:
        return ("chairs-brought",)


@upcasts("toy.chairs-brought.v0", "toy.chairs-brought.v1")  # type: ignore[untyped-decorator]  # any function of dicts
def _singular_became_a_count(old: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in old.items() if k != "one_chair"}, "stools": 1 if old["one_chair"] else 0}


@upcasts("toy.chairs-brought.v1", "toy.chairs-brought.v2")  # type: ignore[untyped-decorator]
def _stools_became_chairs(old: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in old.items() if k != "stools"}, "chairs": old["stools"]}


class SatDown(Event):
    name: ClassVar[str] = "toy.sat-down.v1"
    deputy: str
    seated: bool

    def attendance(self) -> Iterable[tuple[str, str, str, bool]]:
        return [(HALL, "plenary-1", self.deputy, self.seated)]


class Toppled(Event):
    """An event that the store takes, and whose attendance it cannot."""

    name: ClassVar[str] = "toy.toppled.v1"

    def attendance(self) -> Iterable[tuple[str, str, Any, bool]]:
        return [(HALL, "plenary-1", object(), True)]


class AttemptKept(Event):
    name: ClassVar[str] = "toy.attempt-kept.v1"
    reason: str


class BringChairs(Command):
    act: ClassVar[str] = "toy.bring-chairs"
    stream_kind: ClassVar[str] = "toy"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat",)
    title: ClassVar[Text] = Text("搬板凳", "Bring chairs")
    chairs: int
    note: str = ""
    times: int = 1


class SitDown(Command):
    act: ClassVar[str] = "toy.sit-down"
    stream_kind: ClassVar[str] = "toy"
    offices: ClassVar[tuple[Office, ...]] = ("deputy",)
    title: ClassVar[Text] = Text("入座", "Sit down")
    deputy: str
    seated: bool = True


class Stumble(Command):
    """A decider with a bug in it."""

    act: ClassVar[str] = "toy.stumble"
    stream_kind: ClassVar[str] = "toy"
    offices: ClassVar[tuple[Office, ...]] = ("deputy",)
    title: ClassVar[Text] = Text("绊倒", "Stumble")


class Topple(Command):
    act: ClassVar[str] = "toy.topple"
    stream_kind: ClassVar[str] = "toy"
    offices: ClassVar[tuple[Office, ...]] = ("deputy",)
    title: ClassVar[Text] = Text("翻倒", "Topple")


class NotEnoughChairs(Refused):
    says = Text("库存 {found} 条,需要 {needed} 条", "{found} chairs in store, {needed} needed")


@dataclass(frozen=True)
class Hall:
    chairs: int = 0
    seated: frozenset[str] = frozenset()


class ToyDecider(Decider):
    """Brings chairs while there are any; a deputy who sits already need not sit again."""

    def start(self, stream: str) -> Hall:
        return Hall()

    def evolve(self, state: Hall, event: Event) -> Hall:
        match event:
            case ChairsBrought():
                return replace(state, chairs=state.chairs + event.chairs)
            case SatDown():
                return replace(state, seated=state.seated ^ {event.deputy})
        return state

    def edition(self, submission: Submission, tx: Any, laws: Any) -> str:
        return str(laws.newest().edition)

    def judge(self, submission: Submission, tx: Any, laws: Any, now: datetime) -> list[tuple[str, Event]]:
        hall, command, at = tx.state(submission.stream), submission.command, submission.at
        match command:
            case BringChairs():
                needed = command.chairs * command.times
                if hall.chairs + needed > CHAIRS_IN_STORE:
                    raise NotEnoughChairs((ARTICLE,), found=CHAIRS_IN_STORE - hall.chairs, needed=needed)
                brought = ChairsBrought(at=at, basis=(ARTICLE,), chairs=command.chairs, note=command.note)
                return [(submission.stream, brought)] * command.times
            case SitDown():
                if (command.deputy in hall.seated) == command.seated:
                    return []
                return [
                    (submission.stream, SatDown(at=at, basis=(ARTICLE,), deputy=command.deputy, seated=command.seated))
                ]
            case Topple():
                return [(submission.stream, Toppled(at=at, basis=(ARTICLE,)))]
        raise RuntimeError("stumbled")

    def remember(self, submission: Submission, refused: Any, now: datetime) -> tuple[str, Event]:
        kept = AttemptKept(at=submission.at, basis=refused.basis, reason=type(refused).__name__)
        return f"{submission.stream}/refused", kept


class ToyLaws:
    """One law book, which says nothing."""

    book = LawBook(edition=EDITION, texts=(), provisions=(), profiles={})

    def newest(self) -> LawBook:
        return self.book

    def edition(self, digest: str) -> LawBook:
        if digest != EDITION:
            raise KeyError(digest)
        return self.book


DECIDERS: dict[str, Decider] = {"toy": ToyDecider()}


def bring(command_id: str, chairs: int = 1, stream: str = HALL, **more: Any) -> Submission:
    fields: dict[str, Any] = {"chairs": chairs, **{k: more.pop(k) for k in ("note", "times") if k in more}}
    return Submission(
        command_id=command_id, stream=stream, actor=Actor(office="secretariat"), at=NINE,
        act="toy.bring-chairs", fields=fields, **more,
    )  # fmt: skip


def stored(answer: object) -> Receipt:
    """An answer that says it is on the record."""
    assert isinstance(answer, Receipt), answer
    return answer


def sit(command_id: str, deputy: str, seated: bool = True) -> Submission:
    return Submission(
        command_id=command_id, stream=HALL, actor=Actor(office="deputy", person=deputy), at=NINE,
        act="toy.sit-down", fields={"deputy": deputy, "seated": seated},
    )  # fmt: skip


def topple(command_id: str) -> Submission:
    return Submission(
        command_id=command_id, stream=HALL, actor=Actor(office="deputy"), at=NINE, act="toy.topple", fields={}
    )


def stumble(command_id: str) -> Submission:
    return Submission(
        command_id=command_id, stream=HALL, actor=Actor(office="deputy"), at=NINE, act="toy.stumble", fields={}
    )
