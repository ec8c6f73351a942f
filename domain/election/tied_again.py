"""A revote that is tied once more: no law says what follows, so the congress decides, unless its election method says it.

地方组织法 (2022) art. 29(1), 选举法 (2020) art. 45(3) know one revote (再次投票). Either those tied are voted on again, or the seat stays open
and is filled in a separate election (另行选举).
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.coming import Tie, last_counted, tie_of
from domain.election.congress_decides import congress_vote
from domain.election.election import Election, election_of, under, with_election
from domain.election.method import method_of
from domain.event import Event
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code, Count
from domain.session.presidium_vote import presidium_vote
from domain.session.quorum import deputies_present
from domain.session.sittings import of_a_plenary, open_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

Follows = Literal["vote_again", "leave_open"]
FOLLOWS: dict[str, Text] = {
    "vote_again": Text("就票数相等的人继续投票", "those tied are voted on again"),
    "leave_open": Text("名额空缺,另行选举", "the seats stay open for a separate election"),
}


class NotTiedAgain(Refused):
    says = Text(
        "{election}没有再次投票后仍然票数相等、须由大会决定的情形",
        "no revote of {election} was tied again, so there is nothing for the congress to decide",
    )


class MethodDecidesTie(Refused):
    says = Text("选举办法已规定:{what},不另作决定", "the election method itself says that {what}: nothing is decided")


class NotProposed(Refused):
    says = Text(
        "{election}再次票数相等,选举办法规定由主席团提出处理意见:主席团 {total} 人,赞成 {found} 人,没有提出",
        "{election} is tied again, and by the method the presidium proposes what follows: {found} of its {total} members agreed, too few",
    )


class DecideOnTie(Command):
    """What follows when a revote is tied again and the method does not say it. Units: votes of the congress.

    `proposed_by`: how many of the presidium agreed to propose it, where the method has it propose; left out: all who are present.
    """

    act: ClassVar[str] = "decide-on-tie"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("决定再次票数相等的处理", "Decide on a second tie")
    election: Code
    follows: Follows
    proposed_by: int | None = Field(default=None, ge=0)
    in_favour: int | None = Field(default=None, ge=0)
    against: int | None = Field(default=None, ge=0)
    abstained: int | None = Field(default=None, ge=0)


class TieDecided(Event):
    """`number`: of the ballot that was tied. `proposed_by`: members of the presidium who proposed it; None: the method asks for no proposal."""

    name: ClassVar[str] = "election.tie-decided.v1"
    once: ClassVar[bool] = True  # a decision that was lost, sent again, is the same decision
    election: Code
    number: int
    follows: Follows
    proposed_by: int | None
    count: Count
    deputies_present: int
    deputies_total: int
    needed: int
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        again = self.adopted and self.follows == "vote_again"
        return (f"tie-decided:{self.election}:{self.number}",) if again else ()

    def recomputed(self) -> "TieDecided":
        return self.model_copy(update={"adopted": self.count.in_favour >= self.needed})


@decides(DecideOnTie)
def decide_on_tie(session: Session, command: DecideOnTie, moment: Moment) -> list[Event]:
    """No law has a rule for it: the congress decides by more than half of all deputies (地方组织法 (2022) art. 25), on record with its votes."""
    election = election_of(session, command.election)
    if _is_decided(session, election, command):
        return []
    tie = _tied(election, moment)
    method = method_of(session)
    said = method.rules.revote_tie if method else None
    if said == "vote_again":
        raise MethodDecidesTie(moment.cites("election.method"), what=FOLLOWS[said])
    sitting = open_plenary(session, moment, "ballot.secret")
    findings = of_a_plenary(session, sitting, moment, command.title)
    proposed_by = None
    if said == "presidium_proposes":
        proposal = presidium_vote(session, command.proposed_by, moment)
        if not proposal.carried:
            figures = {"found": proposal.in_favour, "total": proposal.members_total}
            raise NotProposed(moment.cites("election.method"), election=election.title, **figures)
        proposed_by, findings = proposal.in_favour, (*findings, *proposal.findings)
    present = deputies_present(session, moment, sitting.code)
    decided = congress_vote(session, command, present, moment.cites("election.method.contents"), moment)
    basis = moment.basis(*under(election.post, "elected.tie"), "election.method.contents", "vote.majority")
    remark = warn("TieByDecision", basis, election=election.title, what=FOLLOWS[command.follows])
    return [
        TieDecided(
            at=moment.at,
            basis=basis,
            election=election.code,
            number=tie.number,
            follows=command.follows,
            proposed_by=proposed_by,
            count=decided.votes,
            deputies_present=present,
            deputies_total=session.deputies_total,
            needed=decided.needed,
            adopted=decided.adopted,
            findings=(*findings, *((remark,) if decided.adopted else decided.findings)),
        )
    ]


def _tied(election: Election, moment: Moment) -> Tie:
    """The second tie.

    Raises:
        NotTiedAgain: there is none, or a ballot on it is open.
    """
    tie = tie_of(election)
    if tie is None or not tie.again or tie.over or election.open_round is not None:
        raise NotTiedAgain(moment.cites(*under(election.post, "elected.tie")), election=election.title)
    return tie


def _is_decided(session: Session, election: Election, command: DecideOnTie) -> bool:
    """Whether the congress decided so on the last ballot already."""
    last = last_counted(election)
    mine = [e for e in session.history if isinstance(e, TieDecided) and e.election == election.code]
    newest = mine[-1] if mine else None
    return bool(
        newest and last and newest.number == last.number and newest.adopted and newest.follows == command.follows
    )


@evolves(TieDecided)
def tie_decided(session: Session, event: TieDecided) -> Session:
    """Left open, the seats are as any others that a ballot did not fill; voted on again, the fact is enough."""
    election: Election = session.elections[event.election]
    ballot = election.numbered(event.number)
    if not event.adopted or event.follows != "leave_open":
        return session
    if ballot is None or ballot.outcome is None or not ballot.outcome.tied:
        return session
    outcome = ballot.outcome.model_copy(
        update={"tied": (), "tied_seats": 0, "open_seats": ballot.outcome.tied_seats + ballot.outcome.open_seats}
    )
    return with_election(session, election.with_round(replace(ballot, outcome=outcome)))
