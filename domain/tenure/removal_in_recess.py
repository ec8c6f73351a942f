"""Removing a deputy of the congress above in recess: before the standing committee, on the motion of its chairpersons or its members.

选举法 (2020) arts 51-53. Of leaders the standing committee removes nobody; it may dismiss some (`dismissal.py`). Its meetings are kept
elsewhere: its figures are as its office states them.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from domain.event import Event, Finding
from domain.findings import alert
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Office
from domain.tenure.again import filed_before
from domain.tenure.before_committee import (
    DecidedInCommittee,
    DecideInCommittee,
    MoveBeforeCommittee,
    MovedBeforeCommittee,
    OfCommittee,
    answered_and_secret,
    members_who_sign,
)
from domain.tenure.committee_vote import committee_vote
from domain.tenure.held import HIGHER_DEPUTY, as_stated, post_here
from domain.tenure.removal import RemovalWithoutReasons
from domain.tenure.tenure import RecessRemoval, with_tenure
from domain.text import Text

Way = Literal["council_of_chairpersons", "sc_plenary", "written"]


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


class ProposeRemovalInRecess(MoveBeforeCommittee):
    """Move to remove a deputy of the congress above in recess."""

    act: ClassVar[str] = "propose-removal-in-recess"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("闭会期间提出罢免案", "Move a removal in recess")
    proposer: OfCommittee


class RecessRemovalProposed(MovedBeforeCommittee):
    name: ClassVar[str] = "tenure.recess-removal-proposed.v1"
    proposer: OfCommittee

    def facts(self) -> tuple[str, ...]:
        return ("recess-removal-proposed", f"recess-removal-proposed:{self.number}") if self.stands else ()


@decides(ProposeRemovalInRecess)
def propose_removal_in_recess(session: Session, command: ProposeRemovalInRecess, moment: Moment) -> list[Event]:
    """选举法 (2020) art. 51(1): 主任会议或者常务委员会五分之一以上组成人员联名, with reasons."""
    if filed_before(session, RecessRemovalProposed, command, session.tenure.recess_removals, RecessRemovalExists):
        return []
    topic = "removal.higher_deputy.recess_proposers"
    if session.stage_at(moment.at) is Stage.DURING:
        raise CongressSits(moment.cites(topic, "removal.higher_deputy.proposers"))
    post_here(session, HIGHER_DEPUTY, command.holder)
    if not command.reasons.strip():
        raise RemovalWithoutReasons(moment.cites("removal.higher_deputy.reasons"))
    needed, joint = members_who_sign(command, command.proposer, "removal.higher_deputy.recess_joint", moment)
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


@evolves(RecessRemovalProposed)
def recess_removal_proposed(session: Session, event: RecessRemovalProposed) -> Session:
    return _with(session, RecessRemoval(event.number, event.holder)) if event.stands else session


def _with(session: Session, removal: RecessRemoval) -> Session:
    return with_tenure(session, recess_removals={**session.tenure.recess_removals, removal.number: removal})


class DecideRemovalInRecess(DecideInCommittee):
    """The standing committee votes on it. `ways`: how the deputy answered, none if the right was not used."""

    act: ClassVar[str] = "decide-removal-in-recess"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee",)
    title: ClassVar[Text] = Text("闭会期间表决罢免案", "Decide on a removal in recess")
    ways: tuple[Way, ...] = ()


class RecessRemovalDecided(DecidedInCommittee):
    name: ClassVar[str] = "tenure.recess-removal-decided.v1"
    ways: tuple[Way, ...]

    def facts(self) -> tuple[str, ...]:
        told = ("recess-removal-decided", f"recess-removal-decided:{self.number}")
        return (*told, f"removed-in-recess:{self.number}") if self.adopted else told


@decides(DecideRemovalInRecess)
def decide_removal_in_recess(session: Session, command: DecideRemovalInRecess, moment: Moment) -> list[Event]:
    """选举法 (2020) arts 51(3), 52, 53(2): the deputy answers, in secret, by more than half of the committee's members; reported above."""
    found: RecessRemoval | None = session.tenure.recess_removals.get(command.number)
    if found is None:
        raise NoSuchRecessRemoval(number=command.number, known="、".join(session.tenure.recess_removals) or "—")
    if any(isinstance(e, RecessRemovalDecided) and e.is_of(command) for e in session.history):
        return []
    if found.voted is not None:
        raise RecessRemovalVoted(number=command.number)
    before = ("removal.higher_deputy.recess_defence", "removal.higher_deputy.secret")
    matter = Text(f"第{command.number}号闭会期间罢免案", f"removal in recess {command.number}")
    answered_and_secret(command, command.ways, before, matter, moment)
    topic = "removal.higher_deputy.recess_majority"
    vote = committee_vote(command.in_favour, command.members_total, topic, moment)
    filed: tuple[Finding, ...] = ()
    if vote.adopted:
        filed = (alert("RemovalFiledAbove", moment.basis("removal.higher_deputy.filed"), person=found.person),)
    return [
        RecessRemovalDecided(
            at=moment.at,
            basis=moment.basis(topic, *before),
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


@evolves(RecessRemovalDecided)
def recess_removal_decided(session: Session, event: RecessRemovalDecided) -> Session:
    found = session.tenure.recess_removals.get(event.number)
    return _with(session, replace(found, voted=event.adopted)) if found else session
