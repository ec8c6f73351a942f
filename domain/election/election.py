"""One election as its events left it, and how a rule finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.election.parts import PlannedElection, RoundKind
from domain.election.posts import POSTS, Post
from domain.election.tally import Figures, Outcome
from domain.refusals import Refused
from domain.text import Text

if TYPE_CHECKING:
    from domain.session.state import Session


class UnknownElection(Refused):
    says = Text(
        "本次会议没有代号为 {election} 的选举;已有:{known}", "there is no election {election}; there are: {known}"
    )


class UnknownPerson(Refused):
    says = Text(
        "{person} 不是本级代表,也没有登记为其他人选;先登记(register-person)",
        "{person} is no deputy here and not registered as another person: register-person first",
    )


@dataclass(frozen=True)
class Nomination:
    """One nomination as it stands. `counted` are the signatures that count; None in `withdrawn_at` while it stands.

    `admitted`: enough signed it. `lost`: the presidium's own, which too few of it agreed to.
    """

    number: str
    nominator: str  # presidium · deputies · organisations
    persons: tuple[str, ...]
    signatories: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    admitted: bool = True
    lost: bool = False
    at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.admitted and not self.lost and self.withdrawn_at is None


@dataclass(frozen=True)
class Round:
    """One ballot: who stood for how many seats, and what came of it.

    Attributes:
        voters: deputies present when it was opened. needed: votes that elect, 0 in a revote.
        sheets: the tellers', 1 and 2. figures: those the scrutineers attested. outcome: what was declared.
        valid: what the presidium determined where neither law nor method says. broken_off: it was given up and is held again.
    """

    number: int
    kind: RoundKind
    candidates: tuple[str, ...]
    seats: int
    way: str  # paper · electronic
    sitting: str
    opened_at: datetime
    needed: int
    voters: int
    sheets: Mapping[int, Figures] = field(default_factory=dict)
    figures: Figures | None = None
    outcome: Outcome | None = None
    valid: bool | None = None
    broken_off: bool = False

    @property
    def void(self) -> bool:
        return self.outcome is not None and self.outcome.void is not None


@dataclass(frozen=True)
class Election:
    planned: PlannedElection
    nominations: Mapping[str, Nomination] = field(default_factory=dict)  # number → nomination
    declined: frozenset[str] = frozenset()  # nominees who do not accept
    struck_off: frozenset[str] = frozenset()  # who may not stand at all (除名), for the rest of the session
    printed_at: datetime | None = None  # the list of nominees was first given to the deputies
    printed: frozenset[str] = frozenset()  # who stood on such a list
    primaries: tuple[Any, ...] = ()  # the primary's event (预选), and those of its further ballots among the tied
    candidates: tuple[str, ...] = ()  # settled, in the order of the ballot
    settled_at: datetime | None = None
    rounds: tuple[Round, ...] = ()
    elected: tuple[str, ...] = ()  # of all rounds
    separate_now: bool = False  # the seats left over are filled at this session (另行选举)
    left_to_next_session: bool = False
    lost: frozenset[str] = frozenset()  # candidates who stand no longer (died, declined, not eligible)

    @property
    def code(self) -> str:
        return self.planned.code

    @property
    def post(self) -> Post:
        return POSTS[self.planned.post]

    @property
    def title(self) -> Text:
        return Text(self.planned.title, self.planned.title)

    @property
    def regular(self) -> bool:
        """Whether the candidates must outnumber the seats as the law has it; a by-election may be equal (等额)."""
        return self.planned.kind == "change_of_term" or self.planned.separate

    @property
    def seats_left(self) -> int:
        return self.planned.seats - len(self.elected)

    @property
    def nominees(self) -> tuple[str, ...]:
        """Those nominated who did not decline and were not struck off, in the order of their nominations, each once."""
        standing = [p for n in self.nominations.values() if n.stands for p in n.persons]
        return tuple(dict.fromkeys(p for p in standing if p not in self.declined | self.struck_off))

    def standing(self, nominator: str) -> tuple[Nomination, ...]:
        """The nominations of one kind of nominator that stand."""
        return tuple(n for n in self.nominations.values() if n.stands and n.nominator == nominator)

    def reopened(self) -> Election:
        """Nominations anew for the seats left (另行提名): nothing of the nominating before stands any more."""
        return replace(
            self, nominations={}, declined=frozenset(), printed_at=None, printed=frozenset(), primaries=(), candidates=(),
            settled_at=None,
        )  # fmt: skip

    @property
    def round(self) -> Round | None:
        """The last ballot; one that was broken off is none."""
        return next((r for r in reversed(self.rounds) if not r.broken_off), None)

    @property
    def open_round(self) -> Round | None:
        """The ballot that is being taken or counted."""
        last = self.round
        return last if last is not None and last.outcome is None else None

    def numbered(self, number: int) -> Round | None:
        """The ballot of that number."""
        return next((r for r in self.rounds if r.number == number), None)

    def with_round(self, changed: Round) -> Election:
        """The election with one of its ballots as given."""
        return replace(self, rounds=tuple(changed if r.number == changed.number else r for r in self.rounds))


def election_of(session: Session, code: str) -> Election:
    """The election with that code.

    Raises:
        UnknownElection: naming those there are.
    """
    if code not in session.elections:
        raise UnknownElection(election=code, known="、".join(session.elections) or "—")
    found: Election = session.elections[code]
    return found


def with_election(session: Session, election: Election) -> Session:
    return replace(session, elections={**session.elections, election.code: election})


NOMINATING = ("nominated", "nominees-printed", "primary-tied", "primary-held", "candidates-settled")
"""The facts of an election before its ballot, each with `:` and the election's code; nominating anew undoes them."""


def nominating(code: str) -> tuple[str, ...]:
    """The facts that an event revokes which has an election's nominating begin anew."""
    return tuple(f"{fact}:{code}" for fact in NOMINATING)


def under(post: Post, *topics: str) -> tuple[str, ...]:
    """The topics as the law of the post calls them: of deputies `.deputies`, from the Electoral Law; `elected.…` has it in the middle."""
    if not post.is_deputy:
        return topics
    return tuple(
        topic.replace("elected.", "elected.deputies.", 1) if topic.startswith("elected.") else f"{topic}{post.under}"
        for topic in topics
    )


def known_persons(session: Session, persons: tuple[str, ...]) -> None:
    """Whether each is a deputy in office or registered in `people`.

    Raises:
        UnknownPerson: naming the first who is neither.
    """
    for person in persons:
        if person not in session.in_office and person not in session.people:
            raise UnknownPerson(person=person)
