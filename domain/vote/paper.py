"""A vote on paper (投票表决): two tellers' sheets that must agree, and the poll that is void when more comes back than went out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.ballot.results import no_box_counted
from domain.event import Event, Finding
from domain.findings import warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import Code, Count
from domain.session.quorum import deputies_present
from domain.session.sittings import NoSittingOpen
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.known import still_open
from domain.vote.two import Which

OVER_ISSUED, OVER_PRESENT = "returned_over_issued", "returned_over_voters"
VOID = {
    OVER_ISSUED: Text("收回的票多于发出的票", "more ballots were returned than issued"),
    OVER_PRESENT: Text("收回的票多于到会的代表", "more ballots were returned than deputies are present"),
}
"""Why a poll is void."""


class VoteSheetDoesNotAddUp(Refused):
    says = Text(
        "收回 {returned},有效 {valid},无效 {void};赞成、反对、弃权合计 {found}:有效加无效应等于收回,三项合计应等于有效",
        "{returned} returned, {valid} valid, {void} void, {found} marks in all: valid and void must make up the returned, and the "
        "marks the valid",
    )


class EnterVoteSheet(Command):
    """A teller's sheet of a vote by ballot on one subject. Units: ballots. The two tellers enter theirs apart, without looking.

    Only what cannot be is sent back: sums that do not agree. More ballots returned than issued is a fact, and voids the poll.
    """

    act: ClassVar[str] = "enter-vote-sheet"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "street_committee")
    title: ClassVar[Text] = Text("录入表决计票单", "Enter a teller's sheet of a vote")
    subject: Code
    sheet: Which
    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    in_favour: int = Field(ge=0)
    against: int = Field(default=0, ge=0)
    abstained: int = Field(default=0, ge=0)


class VoteSheetEntered(Event):
    name: ClassVar[str] = "vote.paper-sheet-entered.v1"
    subject: Code
    sheet: Which
    issued: int
    returned: int
    valid: int
    void: int
    in_favour: int
    against: int
    abstained: int
    deputies_present: int  # when it was entered: those who could vote

    def facts(self) -> tuple[str, ...]:
        return (f"vote-sheet:{self.subject}:{self.sheet}",)

    def figures(self) -> Mapping[str, int]:
        return {name: getattr(self, name) for name in FIGURES}

    @property
    def count(self) -> Count:
        """The votes: who was present and returned no ballot did not vote."""
        left = max(self.deputies_present - self.returned, 0)
        votes = {"in_favour": self.in_favour, "against": self.against, "abstained": self.abstained}
        return Count(not_voted=left, void=self.void, **votes)


FIGURES = ("issued", "returned", "valid", "void", "in_favour", "against", "abstained")


@decides(EnterVoteSheet)
def enter_vote_sheet(session: Session, command: EnterVoteSheet, moment: Moment) -> list[Event]:
    """No text says how a vote on paper is counted: the safeguards are those of an election (选举法 (2020) arts 43-44), by analogy.

    A sheet may be replaced until the result is announced by putting the subject to the vote (put-to-vote, method ballot).
    """
    still_open(session, command.subject, moment)
    no_box_counted(session, command.subject, moment.cites("vote.ballots"))
    sitting = session.sitting_open or session.last_sitting  # counted while the sitting is interrupted, too
    if sitting is None:
        raise NoSittingOpen(moment.cites("vote.majority"))
    basis = moment.basis("vote.ballots", "vote.methods")
    marks = command.in_favour + command.against + command.abstained
    if command.valid + command.void != command.returned or marks != command.valid:
        figures = {"returned": command.returned, "valid": command.valid, "void": command.void}
        raise VoteSheetDoesNotAddUp(moment.cites("vote.ballots"), found=marks, **figures)
    present = deputies_present(session, moment, sitting)
    findings = more_than_there_were(command.issued, command.returned, present, basis)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    new = VoteSheetEntered(at=moment.at, basis=basis, findings=findings, deputies_present=present, **fields)
    earlier = session.vote_sheets.get(command.subject, {}).get(command.sheet)
    return [] if earlier is not None and earlier.figures() == new.figures() else [new]


def more_than_there_were(issued: int, returned: int, present: int, basis: tuple[Citation, ...]) -> tuple[Finding, ...]:
    """What is noticed of a sheet at once; what follows is said when the result is."""
    found: tuple[Finding, ...] = ()
    if returned > issued:
        found += (warn("MoreReturnedThanIssued", basis, found=returned, issued=issued),)
    if issued > present:
        found += (warn("MoreIssuedThanPresent", basis, found=issued, present=present),)
    return found


def void_because(issued: int, returned: int, present: int) -> str:
    """Why a poll is void, "" when it is not: fewer returned than issued is as it often is, and voids nothing."""
    if returned > issued:
        return OVER_ISSUED
    return OVER_PRESENT if returned > present else ""


@evolves(VoteSheetEntered)
def vote_sheet_entered(session: Session, event: VoteSheetEntered) -> Session:
    sheets = {**session.vote_sheets.get(event.subject, {}), event.sheet: event}
    return replace(session, vote_sheets={**session.vote_sheets, event.subject: sheets})
