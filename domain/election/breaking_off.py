"""A ballot that was opened and cannot be finished (中止投票): a misprint, a power cut, ballots that are missing.

No text speaks of it. The presidium, which conducts the election, breaks it off for a reason that is recorded, before any count is
attested: nobody breaks off a ballot because of how it came out. Its ballots are never counted, and the same round is opened again.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.ballot.box import Box
from domain.ballot.closing import BoxGivenUp
from domain.election.election import Election, Round, election_of, under, with_election
from domain.election.lost import FallsBack, fallen_back, falls_back, undone
from domain.election.sheets import NoBallotOpen
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

Kept = Literal["none_cast", "sealed", "destroyed"]
KEPT: dict[str, Text] = {
    "none_cast": Text("尚未投票,没有选票", "no ballot was cast yet"),
    "sealed": Text("选票封存", "its ballots are kept under seal"),
    "destroyed": Text("选票当场销毁", "its ballots were destroyed on the spot"),
}


class CountedAlready(Refused):
    says = Text(
        "{election}第 {number} 次投票的结果已经清点并签认(或者票箱已经开启),不能中止:宣布结果;有误的更正(correct)",
        "ballot {number} of {election} is counted and attested, or its box is opened: it cannot be broken off. Declare it; what is wrong "
        "is corrected (correct)",
    )


class BreakOffBallot(Command):
    """Break off the ballot that is open. `kept`: what became of those that were given out or cast.

    `number`: of the ballot; left out: the one that is open. `in_favour`: how many of the presidium agreed; left out: all present.
    """

    act: ClassVar[str] = "break-off-ballot"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("中止投票", "Break off a ballot")
    election: Code
    why: str = Field(min_length=1, max_length=500)
    kept: Kept
    number: int | None = Field(default=None, ge=1)
    in_favour: int | None = Field(default=None, ge=0)


class BallotBrokenOff(Event):
    """`boxes`: the ballot boxes that go with it, which stay shut for ever. `sheets`: the tellers' that were in already."""

    name: ClassVar[str] = "election.ballot-broken-off.v1"
    once: ClassVar[bool] = True  # a vote that was lost, sent again, is the same vote
    election: Code
    number: int
    why: str
    kept: Kept
    boxes: tuple[Code, ...]
    sheets: tuple[int, ...]
    falls_back: FallsBack
    in_favour: int
    members_total: int
    needed: int

    @property
    def stands(self) -> bool:
        """Not where too few of the presidium agreed: then the ballot goes on, and it may be put to the presidium again."""
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        told = ("ballot-broken-off", f"ballot-broken-off:{self.election}:{self.number}")
        return told if self.stands else ()

    def revokes(self) -> tuple[str, ...]:
        if not self.stands:
            return ()
        sheets = (f"ballot-sheet:{self.election}:{self.number}:{sheet}" for sheet in self.sheets)
        opened = (f"ballot-opened:{self.election}", f"ballot-opened:{self.election}:{self.number}")
        return (*opened, *sheets, *undone(self.election, self.falls_back))


@decides(BreakOffBallot)
def break_off_ballot(session: Session, command: BreakOffBallot, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 39: the presidium conducts an election of deputies (主持), by practice any other; on breaking off no text speaks."""
    election = election_of(session, command.election)
    ballot = election.open_round
    last = election.rounds[-1] if election.rounds else None
    if last is not None and last.broken_off and command.number in (None, last.number):
        return []
    if ballot is None or command.number not in (None, ballot.number):
        raise NoBallotOpen(moment.cites("ballot.secret"), election=election.title)
    boxes = _boxes(session, election, ballot)
    if ballot.figures is not None or any(box.opened is not None for box in boxes):
        raise CountedAlready(moment.cites("ballot.reconciled"), election=election.title, number=ballot.number)
    agreed = presidium_vote(session, command.in_favour, moment)
    shut = [box for box in boxes if not box.given_up]
    return [
        BallotBrokenOff(
            at=moment.at,
            basis=moment.basis(*under(election.post, "election.conducted", "ballot.secret")),
            election=election.code,
            number=ballot.number,
            why=command.why,
            kept=command.kept,
            boxes=tuple(box.form.box for box in shut if agreed.carried),
            sheets=tuple(sorted(ballot.sheets)),
            falls_back=falls_back(session, election.with_round(replace(ballot, broken_off=True)), moment),
            in_favour=agreed.in_favour,
            members_total=agreed.members_total,
            needed=agreed.needed,
            findings=(*_remarks(election, ballot), *agreed.findings),
        ),
        *(_given_up(box, moment) for box in shut if agreed.carried),
    ]


def _boxes(session: Session, election: Election, ballot: Round) -> list[Box]:
    """The electronic boxes that were sealed for this ballot."""
    of_it = ("election", election.code, ballot.number)
    return [b for b in session.boxes.values() if (b.form.kind, b.form.about, b.form.round) == of_it]


def _given_up(box: Box, moment: Moment) -> Event:
    """It is not opened any more, whoever comes with the key."""
    return BoxGivenUp(
        at=moment.at, basis=moment.basis("ballot.secret"), box=box.form.box, holders=(), needed=box.sealed.keys.needed,
        follows="vote_again",
    )  # fmt: skip


def _remarks(election: Election, ballot: Round) -> tuple[Finding, ...]:
    silent = warn("LawSilent", (), what=Text("投票中止后如何处理", "what follows when a ballot is broken off"))
    if not ballot.sheets:
        return (silent,)
    return (silent, warn("BrokenOffWhileCounted", (), election=election.title, number=ballot.number))


@evolves(BallotBrokenOff)
def ballot_broken_off(session: Session, event: BallotBrokenOff) -> Session:
    """The election stands as it stood before the ballot was opened; its number is not used again."""
    election: Election = session.elections[event.election]
    ballot = election.open_round
    if ballot is None or ballot.number != event.number or not event.stands:
        return session
    changed = election.with_round(replace(ballot, broken_off=True))
    return with_election(session, fallen_back(changed, event.falls_back))
