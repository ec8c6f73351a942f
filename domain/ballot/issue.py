"""Issuing a ballot (发票): who got one, in a tiny stream of their own, so that the key itself says "once".

This is all that is ever recorded of who takes part. That a ballot was put into the box is not: of a ballot issued and one in the box nothing
says that they belong together, and who kept theirs stays unknown, as with paper.
"""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from domain.ballot.box import box_of
from domain.event import Event
from domain.refusals import Refused
from domain.session.hall import OfTheHall, Row, beside
from domain.session.parts import Code, DeputyId
from domain.session.roll import DutiesSuspended, NotADeputy
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class BoxNotOpenToBallots(Refused):
    says = Text("票箱 {box} 已经关闭,不再发票、投票", "the box {box} is closed: no more ballots are issued or cast")


class NotSignedInByName(Refused):
    says = Text(
        "代表 {deputy} 没有在会议 {sitting} 签到:电子选票只发给具名签到的到会代表",
        "deputy {deputy} is not signed in by name at the sitting {sitting}: an electronic ballot is issued only to one who is",
    )


class IssueBallot(Command):
    """Issue ballots of one box to deputies who are present. Asked again for the same deputy, nothing more is issued."""

    act: ClassVar[str] = "issue-ballot"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "deputy", "street_committee")
    title: ClassVar[Text] = Text("发票", "Issue a ballot")
    box: Code
    deputies: tuple[DeputyId, ...] = Field(min_length=1, max_length=5000)


class BallotIssued(OfTheHall):
    """One deputy got one ballot: the stream `…/ballot/{box}.{deputy}` has this event and never another."""

    name: ClassVar[str] = "ballot.issued.v1"
    box: Code
    deputy: DeputyId

    def stream(self) -> str:
        return beside(self.session, "ballot", f"{self.box}.{self.deputy}")

    def attendance(self) -> Iterable[Row]:
        yield self.session, issued_list(self.box), self.deputy, 1


def issued_list(box: str) -> str:
    """The list in the index of attendance on which stand those who got a ballot of this box."""
    return f"ballot:{box}"


@decides(IssueBallot)
def issue_ballot(session: Session, command: IssueBallot, moment: Moment) -> list[Event]:
    """Ballots go to deputies present (凭票投票): how many were issued is what the returned are held against (选举法 (2020) arts 43-44)."""
    box = box_of(session, command.box)
    asked = tuple(dict.fromkeys(command.deputies))
    for deputy in asked:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
    has = moment.hall.signed_in(issued_list(command.box), asked)
    new = [deputy for deputy in asked if deputy not in has]
    if not new:
        return []
    if box.state != "sealed":
        raise BoxNotOpenToBallots(box=command.box)
    here = moment.hall.signed_in(box.sealed.sitting, new)
    for deputy in new:
        if deputy in session.suspended:
            raise DutiesSuspended(moment.cites("deputy.suspension"), deputy=deputy)
        if deputy not in here:
            raise NotSignedInByName(deputy=deputy, sitting=box.sealed.sitting)
    basis = moment.basis("ballot.secret", "ballot.count")
    return [
        BallotIssued(
            at=moment.at, basis=basis, session=session.stream, sitting=box.sealed.sitting, box=command.box, deputy=d
        )
        for d in new
    ]
