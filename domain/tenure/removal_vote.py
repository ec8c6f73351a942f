"""The vote on a removal (表决罢免案): after the person could answer, by more than half of all deputies; or an investigation first."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.refusals import Refused
from domain.session.parts import Code, Count, DeputyId, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Office
from domain.tenure.approval import awaits_approval, pending_remark
from domain.tenure.congress_vote import SECRET, How, VoteGiven, congress_vote
from domain.tenure.held import HIGHER_DEPUTY, HeldPost
from domain.tenure.removal import PRINTED, removal_of, with_removal
from domain.tenure.tenure import Removal, with_tenure
from domain.text import Text


class RemovalNotBrought(Refused):
    says = Text(
        "第 {number} 号罢免案尚未由主席团提请大会审议(bring-removal)",
        "the presidium has not brought removal {number} before the congress yet (bring-removal)",
    )


class DefenceNotOffered(Refused):
    says = Text(
        "第 {number} 号罢免案:被提出罢免的人员尚未得到申辩的机会(offer-defence),不能表决",
        "removal {number}: the person had no chance to answer yet (offer-defence), so it is not voted on",
    )


class DefenceUnprinted(Refused):
    says = Text(
        "第 {number} 号罢免案的申辩意见尚未印发会议(offer-defence,printed: true)",
        "the answer to removal {number} was not printed for the session yet (offer-defence, printed: true)",
    )


class SecretBallotNeeded(Refused):
    says = Text("罢免代表须以无记名方式表决", "the removal of a deputy is voted on secretly")


class NoInvestigationOfDeputies(Refused):
    says = Text(
        "罢免上一级人大代表,选举法没有规定组织调查委员会",
        "for the removal of a deputy of the congress above the Electoral Law knows no investigation committee",
    )


class VoteOnRemoval(VoteGiven):
    """Put a removal to the vote of the congress and record the count. Units: votes, one a deputy present."""

    act: ClassVar[str] = "vote-on-removal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("表决罢免案", "Vote on a removal")
    number: Number
    method: How = "ballot"


class RemovalVoted(Event):
    """`needed` is the smallest number of votes in favour that removes; `approval`: it awaits the standing committee above."""

    name: ClassVar[str] = "tenure.removal-voted.v1"
    number: Number
    holder: DeputyId
    post: HeldPost
    method: How
    sitting: Code
    deputies_total: int
    deputies_present: int
    count: Count
    void: int
    needed: int
    adopted: bool
    approval: bool

    def facts(self) -> tuple[str, ...]:
        told = ("removal-voted", f"removal-voted:{self.number}")
        if not self.adopted:
            return told
        waiting = (f"approval-pending:removal-{self.number}",) if self.approval else ()
        return (*told, f"removed:{self.number}", *waiting)

    def recomputed(self) -> "RemovalVoted":
        return self.model_copy(update={"adopted": self.count.in_favour >= self.needed})


@decides(VoteOnRemoval)
def vote_on_removal(session: Session, command: VoteOnRemoval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 31(5); 选举法 (2020) arts 52, 53(2): secret for a deputy; for leaders the law is silent, secret by reading."""
    if any(_same(event, command) for event in session.history):
        return []
    removal = removal_of(session, command.number, "removal.voted", moment)
    higher = removal.post.code == HIGHER_DEPUTY
    _brought(removal, moment)
    _answered(removal, moment)
    findings = _secretly(command, moment, higher=higher)
    majority = "removal.higher_deputy.majority" if higher else "removal.majority"
    vote = congress_vote(session, command, (majority, "vote.majority"), moment)
    approval = vote.adopted and awaits_approval(removal.post.code, "approval.procurator_removal", moment)
    return [
        RemovalVoted(
            at=moment.at,
            basis=moment.basis(majority, "removal.voted", *(("removal.investigation",) if removal.carried else ())),
            number=removal.number,
            holder=removal.person,
            post=removal.post.code,
            method=command.method,
            sitting=vote.sitting,
            deputies_total=session.deputies_total,
            deputies_present=vote.present,
            count=vote.votes,
            void=command.void,
            needed=vote.needed,
            adopted=vote.adopted,
            approval=approval,
            findings=(
                *findings,
                *vote.findings,
                *(pending_remark("approval.procurator_removal", (removal.person,), moment) if approval else ()),
                *(_filed(removal, moment) if higher and vote.adopted else ()),
            ),
        )
    ]


def _same(event: Event, command: VoteOnRemoval) -> bool:
    given = (command.number, command.method, command.in_favour, command.against, command.abstained, command.void)
    return isinstance(event, RemovalVoted) and given == (
        event.number, event.method, event.count.in_favour, event.count.against, event.count.abstained, event.void,
    )  # fmt: skip


def _brought(removal: Removal, moment: Moment) -> None:
    rule = moment.law.ruling("removal.brought")
    if rule is not None and rule.may_refuse and not removal.brought:
        raise RemovalNotBrought(rule.basis, number=removal.number)


def _answered(removal: Removal, moment: Moment) -> None:
    """The right to answer comes before the vote, and what was said to the presidium or in writing is printed.

    Raises:
        DefenceNotOffered, DefenceUnprinted.
    """
    higher = removal.post.code == HIGHER_DEPUTY
    right = moment.law.ruling("removal.higher_deputy.defence" if higher else "removal.defence")
    if removal.defence is None:
        if right is not None and right.may_refuse:
            raise DefenceNotOffered(right.basis, number=removal.number)
        return
    printing = moment.law.ruling("removal.higher_deputy.defence_printed" if higher else "removal.defence_printed")
    if set(removal.defence) & set(PRINTED) and not removal.printed and printing is not None and printing.may_refuse:
        raise DefenceUnprinted(printing.basis, number=removal.number)


def _secretly(command: VoteOnRemoval, moment: Moment, *, higher: bool) -> tuple[Finding, ...]:
    rule = moment.law.ruling("removal.higher_deputy.secret" if higher else "removal.secret")
    if rule is None or command.method in SECRET:
        return ()
    if rule.may_refuse:
        raise SecretBallotNeeded(rule.basis)
    return (warn("RemovalNotSecret", rule.basis),)


def _filed(removal: Removal, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("removal.higher_deputy.filed")
    return (alert("RemovalFiledAbove", rule.basis, person=removal.person),) if rule else ()


@evolves(RemovalVoted)
def removal_voted(session: Session, event: RemovalVoted) -> Session:
    found = session.tenure.removals.get(event.number)
    if found is None:
        return session
    after = with_removal(session, replace(found, voted=event.adopted))
    if not (event.adopted and event.approval):
        return after
    one = frozenset({(f"removal-{event.number}", event.holder)})
    return with_tenure(after, pending=after.tenure.pending | one)


class InvestigateRemoval(VoteGiven):
    """On the presidium's proposal the congress sets up an investigation committee, and the next session decides on its report."""

    act: ClassVar[str] = "investigate-removal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("决定组织调查委员会", "Leave a removal to an investigation")
    number: Number
    committee: str = Field(min_length=1, max_length=80)


class RemovalInvestigated(Event):
    name: ClassVar[str] = "tenure.removal-investigated.v1"
    number: Number
    committee: str
    deputies_present: int
    count: Count
    void: int
    needed: int
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        return ("removal-investigated", f"removal-investigated:{self.number}") if self.adopted else ()

    def recomputed(self) -> "RemovalInvestigated":
        return self.model_copy(update={"adopted": self.count.in_favour >= self.needed})


@decides(InvestigateRemoval)
def investigate_removal(session: Session, command: InvestigateRemoval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 31(5): from county level up only (或者由主席团提议,经全体会议决定,组织调查委员会)."""
    if session.has(f"removal-investigated:{command.number}"):
        return []
    removal = removal_of(session, command.number, "removal.investigation", moment)
    if removal.post.code == HIGHER_DEPUTY:
        raise NoInvestigationOfDeputies(moment.cites("removal.higher_deputy.proposers"))
    _brought(removal, moment)
    vote = congress_vote(session, command, ("vote.majority",), moment)
    return [
        RemovalInvestigated(
            at=moment.at,
            basis=moment.basis("removal.investigation", "vote.majority"),
            number=removal.number,
            committee=command.committee,
            deputies_present=vote.present,
            count=vote.votes,
            void=command.void,
            needed=vote.needed,
            adopted=vote.adopted,
            findings=vote.findings,
        )
    ]


@evolves(RemovalInvestigated)
def removal_investigated(session: Session, event: RemovalInvestigated) -> Session:
    found = session.tenure.removals.get(event.number)
    return with_removal(session, replace(found, deferred=event.adopted)) if found else session
