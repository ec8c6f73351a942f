"""Struck off the list (除名): who took money from abroad for an election of deputies does not stand in it.

选举法 (2020) art. 35: such a person is not put on the list of candidates, and is struck off it when on it already. The seat of one who was
elected is found invalid where credentials are examined (art. 47), for a deputy of the congress above by the standing committee there. Of
elections of leaders the law has no such rule.
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.election.declining import NotNominated
from domain.election.election import Election, election_of, with_election
from domain.election.parts import PersonId
from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class NotStruckForThis(Refused):
    says = Text(
        "{election}不是代表选举:法律只对代表的选举规定接受境外资助的除名",
        "{election} elects no deputies: the law strikes off for money from abroad in elections of deputies alone",
    )


class BallotGoesOn(Refused):
    says = Text(
        "{election}正在投票,不能除名;投票宣布结果后,当选是否有效依法确定",
        "a ballot of {election} is open: nobody is struck off now; whether an election is valid is found once it is declared",
    )


class ElectedMeanwhile(Refused):
    says = Text(
        "{person} 已经当选{election},不能除名;当选是否有效,由受理代表资格的人大常委会根据代表资格审查委员会的报告确定",
        "{person} is elected to {election}: not struck off any more; whether that is valid is found by the standing committee that confirms the "
        "credentials",
    )


class StrikeNominee(Command):
    """Strike a nominee or candidate off the list. `reasons`: what was established, and by whom."""

    act: ClassVar[str] = "strike-nominee"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("从代表候选人名单中除名", "Strike off the list of candidates")
    election: Code
    nominee: PersonId
    reasons: str = Field(min_length=1, max_length=2000)


class NomineeStruck(Event):
    """`last`: nobody is nominated any more. `alone`: no candidate is left on the settled list."""

    name: ClassVar[str] = "election.nominee-struck.v1"
    election: Code
    nominee: PersonId
    reasons: str
    last: bool
    alone: bool

    def facts(self) -> tuple[str, ...]:
        return (f"nominee-struck:{self.election}:{self.nominee}",)

    def revokes(self) -> tuple[str, ...]:
        undone = (f"nominated:{self.election}",) if self.last else ()
        return (*undone, f"candidates-settled:{self.election}") if self.alone else undone


@decides(StrikeNominee)
def strike_nominee(session: Session, command: StrikeNominee, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 35(2): 不列入代表候选人名单;已经列入的,从名单中除名."""
    election = election_of(session, command.election)
    if command.nominee in election.struck_off:
        return []
    rule = moment.law.ruling("election.foreign_funding") if election.post.is_deputy else None
    if rule is None:
        raise NotStruckForThis(election=election.title)
    if election.round is not None and election.round.outcome is None:
        raise BallotGoesOn(rule.basis, election=election.title)
    if command.nominee in election.elected:
        raise ElectedMeanwhile(rule.basis, person=command.nominee, election=election.title)
    if command.nominee not in (*election.nominees, *election.candidates):
        raise NotNominated(rule.basis, person=command.nominee, election=election.title)
    return [
        NomineeStruck(
            at=moment.at,
            basis=rule.basis,
            election=election.code,
            nominee=command.nominee,
            reasons=command.reasons,
            last=election.nominees == (command.nominee,),
            alone=election.candidates == (command.nominee,),
            findings=_fewer(election, command, moment),
        )
    ]


def _fewer(election: Election, command: StrikeNominee, moment: Moment) -> tuple[Finding, ...]:
    """After the list was settled: whether fewer stand now than were settled, of which the text says nothing."""
    left = [p for p in election.candidates if p != command.nominee]
    if not left or len(left) == len(election.candidates):
        return ()
    basis = moment.basis(election.post.margin)
    return (warn("FewerOnceStruck", basis, election=election.title, found=len(left), seats=election.seats_left),)


@evolves(NomineeStruck)
def nominee_struck(session: Session, event: NomineeStruck) -> Session:
    election = session.elections[event.election]
    left = tuple(p for p in election.candidates if p != event.nominee)
    changed = replace(
        election, struck_off=election.struck_off | {event.nominee}, candidates=left,
        settled_at=election.settled_at if left else None,
    )  # fmt: skip
    return with_election(session, changed)
