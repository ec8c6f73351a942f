"""Removing a deputy of the congress above in recess: before the standing committee, on the motion of its chairpersons or its members.

选举法 (2020) arts 51-53. Of leaders the standing committee removes nobody; it may dismiss some (`dismissal.py`). Its meetings are kept
elsewhere: its figures are as its office states them.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert
from domain.law import Citation
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.tenure.committee_vote import committee_vote
from domain.tenure.congress_vote import SECRET, How
from domain.tenure.held import HIGHER_DEPUTY, as_stated, post_here
from domain.tenure.removal import RemovalWithoutReasons
from domain.tenure.removal_vote import SecretBallotNeeded
from domain.tenure.tenure import RecessRemoval, with_tenure
from domain.text import Text, joined

Proposer = Literal["council_of_chairpersons", "sc_members"]
Way = Literal["council_of_chairpersons", "sc_plenary", "written"]
WAYS: dict[str, Text] = {
    "council_of_chairpersons": Text("在主任会议上", "before the council of chairpersons"),
    "sc_plenary": Text("在常委会全体会议上", "before the full committee"),
    "written": Text("书面", "in writing"),
}


class CongressSits(Refused):
    says = Text(
        "大会会议期间由大会罢免(propose-removal),不由常委会罢免",
        "while the congress sits it removes (propose-removal), not the standing committee",
    )


class NoSuchRecessRemoval(Refused):
    says = Text(
        "没有第 {number} 号闭会期间罢免案(propose-removal-in-recess);已有:{known}",
        "there is no removal in recess {number} (propose-removal-in-recess); there are: {known}",
    )


class RecessRemovalExists(Refused):
    says = Text(
        "第 {number} 号闭会期间罢免案已经登记且内容不同",
        "removal in recess {number} is on file already, with other content",
    )


class RecessRemovalVoted(Refused):
    says = Text("第 {number} 号闭会期间罢免案已经表决", "removal in recess {number} was voted on already")


class TooFewMembersForRemoval(Refused):
    says = Text(
        "常委会组成人员 {total} 人,联名 {found} 人,{share}({needed} 人)",
        "{found} of the {total} members of the standing committee signed, {needed} are needed ({share})",
    )


class MembersTotalMissing(Refused):
    says = Text(
        "组成人员联名提出的,须填常委会组成人员总数(members_total)",
        "moved by members jointly: give the number of the standing committee's members (members_total)",
    )


class NoAnswerYet(Refused):
    says = Text(
        "第 {number} 号闭会期间罢免案:被提出罢免的代表尚未得到申辩的机会(defence_offered;可以:{allowed})",
        "removal in recess {number}: the deputy had no chance to answer yet (defence_offered; one may: {allowed})",
    )


class ProposeRemovalInRecess(Command):
    """Move to remove a deputy of the congress above in recess. `signed` and `members_total` count the committee's members."""

    act: ClassVar[str] = "propose-removal-in-recess"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("闭会期间提出罢免案", "Move a removal in recess")
    number: Number
    holder: DeputyId
    proposer: Proposer
    reasons: str = Field(default="", max_length=4000)
    signed: int = Field(default=0, ge=0)
    members_total: int | None = Field(default=None, ge=1)


class RecessRemovalProposed(Event):
    """`needed`: members who must sign; 0 when the council of chairpersons moves it."""

    name: ClassVar[str] = "tenure.recess-removal-proposed.v1"
    number: Number
    holder: DeputyId
    proposer: Proposer
    reasons: str
    signed: int
    members_total: int | None
    needed: int

    def facts(self) -> tuple[str, ...]:
        if self.signed < self.needed:  # only after a correction
            return ()
        return ("recess-removal-proposed", f"recess-removal-proposed:{self.number}")


@decides(ProposeRemovalInRecess)
def propose_removal_in_recess(session: Session, command: ProposeRemovalInRecess, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 51(1): 主任会议或者常务委员会五分之一以上组成人员联名, with reasons."""
    if command.number in session.tenure.recess_removals:
        if any(isinstance(e, RecessRemovalProposed) and _same(e, command) for e in session.history):
            return []
        raise RecessRemovalExists(number=command.number)
    not_spent(session, RecessRemovalProposed, command.number)
    topic = "removal.higher_deputy.recess_proposers"
    if session.stage_at(moment.at) is Stage.DURING:
        raise CongressSits(moment.cites(topic, "removal.higher_deputy.proposers"))
    post_here(session, HIGHER_DEPUTY, command.holder)
    if not command.reasons.strip():
        raise RemovalWithoutReasons(moment.cites("removal.higher_deputy.reasons"))
    needed, joint = _signed(command, moment)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return [
        RecessRemovalProposed(
            at=moment.at,
            basis=(*moment.basis(topic), *joint),
            needed=needed,
            findings=as_stated(session, HIGHER_DEPUTY, command.holder),
            **fields,
        )
    ]


def _same(event: RecessRemovalProposed, command: ProposeRemovalInRecess) -> bool:
    return all(getattr(event, name) == getattr(command, name) for name in type(command).model_fields)


def _signed(command: ProposeRemovalInRecess, moment: Moment) -> tuple[int, tuple[Citation, ...]]:
    """How many members have to sign, and by which article; none for the council of chairpersons.

    Raises:
        MembersTotalMissing, TooFewMembersForRemoval.
    """
    rule = moment.law.ruling("removal.higher_deputy.recess_joint")
    if command.proposer != "sc_members" or rule is None or rule.value is None:
        return 0, ()
    if command.members_total is None:
        raise MembersTotalMissing(rule.basis)
    needed = rule.share.needed(command.members_total)
    if command.signed < needed:
        figures = {"total": command.members_total, "found": command.signed, "needed": needed}
        raise TooFewMembersForRemoval(rule.basis, share=rule.share.missed, **figures)
    return needed, rule.basis


@evolves(RecessRemovalProposed)
def recess_removal_proposed(session: Session, event: RecessRemovalProposed) -> Session:
    return _with(session, RecessRemoval(event.number, event.holder)) if event.facts() else session


def _with(session: Session, removal: RecessRemoval) -> Session:
    return with_tenure(session, recess_removals={**session.tenure.recess_removals, removal.number: removal})


class DecideRemovalInRecess(Command):
    """The standing committee votes on it. `defence_offered`: the deputy could answer; `ways`: how, none if the right was not used."""

    act: ClassVar[str] = "decide-removal-in-recess"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee",)
    title: ClassVar[Text] = Text("闭会期间表决罢免案", "Decide on a removal in recess")
    number: Number
    in_favour: int = Field(ge=0)
    members_total: int = Field(ge=1)
    method: How = "ballot"
    defence_offered: bool = False
    ways: tuple[Way, ...] = ()


class RecessRemovalDecided(Event):
    name: ClassVar[str] = "tenure.recess-removal-decided.v1"
    number: Number
    holder: DeputyId
    in_favour: int
    members_total: int
    needed: int
    method: How
    ways: tuple[Way, ...]
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        told = ("recess-removal-decided", f"recess-removal-decided:{self.number}")
        return (*told, f"removed-in-recess:{self.number}") if self.adopted else told

    def recomputed(self) -> "RecessRemovalDecided":
        return self.model_copy(update={"adopted": self.in_favour >= self.needed})


@decides(DecideRemovalInRecess)
def decide_removal_in_recess(session: Session, command: DecideRemovalInRecess, moment: Moment) -> list[Event]:
    """选举法 (2020) arts 51(3), 52, 53(2): the deputy answers, in secret, by more than half of the committee's members; reported above."""
    found: RecessRemoval | None = session.tenure.recess_removals.get(command.number)
    if found is None:
        raise NoSuchRecessRemoval(number=command.number, known="、".join(session.tenure.recess_removals) or "—")
    if any(_decided(event, command) for event in session.history):
        return []
    if found.voted is not None:
        raise RecessRemovalVoted(number=command.number)
    answer = moment.law.ruling("removal.higher_deputy.recess_defence")
    if answer is not None and answer.may_refuse and not (command.defence_offered or command.ways):
        allowed = joined(WAYS[way] for way in answer.options if way in WAYS)
        raise NoAnswerYet(answer.basis, number=command.number, allowed=allowed)
    secret = moment.law.ruling("removal.higher_deputy.secret")
    if secret is not None and secret.may_refuse and command.method not in SECRET:
        raise SecretBallotNeeded(secret.basis)
    topic = "removal.higher_deputy.recess_majority"
    vote = committee_vote(command.in_favour, command.members_total, topic, moment)
    filed: tuple[Finding, ...] = ()
    if vote.adopted:
        filed = (alert("RemovalFiledAbove", moment.basis("removal.higher_deputy.filed"), person=found.person),)
    return [
        RecessRemovalDecided(
            at=moment.at,
            basis=moment.basis(topic, "removal.higher_deputy.recess_defence", "removal.higher_deputy.secret"),
            number=command.number,
            holder=found.person,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            method=command.method,
            ways=command.ways,
            adopted=vote.adopted,
            findings=(*vote.findings, *filed),
        )
    ]


def _decided(event: Event, command: DecideRemovalInRecess) -> bool:
    given = (command.number, command.in_favour, command.members_total, command.method)
    return isinstance(event, RecessRemovalDecided) and given == (
        event.number, event.in_favour, event.members_total, event.method,
    )  # fmt: skip


@evolves(RecessRemovalDecided)
def recess_removal_decided(session: Session, event: RecessRemovalDecided) -> Session:
    found = session.tenure.recess_removals.get(event.number)
    return _with(session, replace(found, voted=event.adopted)) if found else session
