"""The vote on a removal (表决罢免案): after the person could answer, by more than half of all deputies; or an investigation first."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Office
from domain.tenure.approval import awaits_approval, pending_remark
from domain.tenure.congress_vote import SECRET, How, SecretBallotNeeded, VoteGiven, VoteOnPerson, congress_vote
from domain.tenure.held import HIGHER_DEPUTY, HeldPost
from domain.tenure.removal import removal_of, topic_of, with_removal
from domain.tenure.removal_answered import PRINTED
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
    method: How = "ballot"


class RemovalVoted(VoteOnPerson):
    """`approval`: it awaits the standing committee above."""

    name: ClassVar[str] = "tenure.removal-voted.v1"
    holder: DeputyId
    post: HeldPost
    method: How
    sitting: Code
    deputies_total: int
    adopted: bool
    approval: bool

    def facts(self) -> tuple[str, ...]:
        told = ("removal-voted", f"removal-voted:{self.number}")
        if not self.adopted:
            return told
        waiting = (f"approval-pending:removal-{self.number}",) if self.approval else ()
        return (*told, f"removed:{self.number}", *waiting)

    def recomputed(self) -> "RemovalVoted":
        return self.model_copy(update={"adopted": self.carried})


@decides(VoteOnRemoval)
def vote_on_removal(session: Session, command: VoteOnRemoval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 31(5); 选举法 (2020) arts 52, 53(2): secret for a deputy; for leaders the law is silent, secret by reading."""
    if any(isinstance(e, RemovalVoted) and e.is_of(command) for e in session.history):
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
            holder=removal.person,
            post=removal.post.code,
            method=command.method,
            sitting=vote.sitting,
            deputies_total=session.deputies_total,
            adopted=vote.adopted,
            approval=approval,
            findings=(
                *findings,
                *vote.findings,
                *(pending_remark("approval.procurator_removal", (removal.person,), moment) if approval else ()),
                *(_filed(removal, moment) if higher and vote.adopted else ()),
            ),
            **vote.told(command),
        )
    ]


def _brought(removal: Removal, moment: Moment) -> None:
    rule = moment.law.ruling("removal.brought")
    if rule is not None and rule.may_refuse and not removal.brought:
        raise RemovalNotBrought(rule.basis, number=removal.number)


def _answered(removal: Removal, moment: Moment) -> None:
    """The right to answer comes before the vote, and what was said to the presidium or in writing is printed.

    Raises:
        DefenceNotOffered, DefenceUnprinted.
    """
    right = moment.law.ruling(topic_of(removal.post, "defence"))
    if removal.defence is None:
        if right is not None and right.may_refuse:
            raise DefenceNotOffered(right.basis, number=removal.number)
        return
    printing = moment.law.ruling(topic_of(removal.post, "defence_printed"))
    if set(removal.defence) & set(PRINTED) and not removal.printed and printing is not None and printing.may_refuse:
        raise DefenceUnprinted(printing.basis, number=removal.number)


def _secretly(command: VoteOnRemoval, moment: Moment, *, higher: bool) -> tuple[Finding, ...]:
    rule = moment.law.ruling("removal.higher_deputy.secret" if higher else "removal.secret")
    if rule is None or command.method in SECRET:
        return ()
    if rule.may_refuse:
        raise SecretBallotNeeded(rule.basis, matter=Text("罢免代表", "the removal of a deputy"))
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
    committee: str = Field(min_length=1, max_length=80)


class RemovalInvestigated(VoteOnPerson):
    name: ClassVar[str] = "tenure.removal-investigated.v1"
    once: ClassVar[bool] = True  # a vote that was lost, sent again, is the same vote
    committee: str
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        return ("removal-investigated", f"removal-investigated:{self.number}") if self.adopted else ()

    def recomputed(self) -> "RemovalInvestigated":
        return self.model_copy(update={"adopted": self.carried})


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
            committee=command.committee,
            adopted=vote.adopted,
            findings=vote.findings,
            **vote.told(command),
        )
    ]


@evolves(RemovalInvestigated)
def removal_investigated(session: Session, event: RemovalInvestigated) -> Session:
    found = session.tenure.removals.get(event.number)
    return with_removal(session, replace(found, deferred=event.adopted)) if found else session
