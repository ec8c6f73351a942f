"""Removal (罢免案): who may move to remove whom, how many sign, and with reasons.

地方组织法 (2022) arts 13, 31 for leaders; 选举法 (2020) art. 51 for deputies whom this congress elected to the one above.
"""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.election.posts import POSTS, Post
from domain.event import Event
from domain.findings import inert
from domain.law import Citation
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.delegations_vote import DelegationVote, in_their_name
from domain.session.parts import DeputyId, Number
from domain.session.signatures import each_once, signatures
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.again import filed_before
from domain.tenure.held import DEPARTMENT_HEAD, DEPUTY, HELD, HIGHER_DEPUTY, HeldPost, as_stated, post_here
from domain.tenure.organs import ORGANS
from domain.tenure.tenure import Removal, with_tenure
from domain.text import Text, joined

Proposer = Literal["presidium", "standing_committee", "deputies", "three_delegations"]
PROPOSERS: dict[str, Text] = {
    "presidium": Text("主席团", "the presidium"),
    "standing_committee": Text("人大常委会", "the standing committee"),
    "deputies": Text("代表联名", "deputies jointly"),
    "three_delegations": Text("三个以上的代表团", "three delegations or more"),
}


class NoSuchRemoval(Refused):
    says = Text(
        "没有第 {number} 号罢免案(propose-removal);已有:{known}",
        "there is no removal {number} (propose-removal); there are: {known}",
    )


class RemovalExists(Refused):
    says = Text("第 {number} 号罢免案已经登记且内容不同", "removal {number} is on file already, with other content")


class MayNotProposeRemoval(Refused):
    says = Text(
        "{proposer}不能提出罢免{post}的罢免案,可以提出的有:{allowed}",
        "{proposer} may not move to remove a {post}; those who may: {allowed}",
    )


class NotTheirRemoval(Refused):
    says = Text(
        "{proposer}提出的罢免案,由提出者自己或者秘书处登记,不能由{by}登记",
        "a removal moved by {proposer} is filed by those who move it or by the secretariat, not by {by}",
    )


class NotRemovable(Refused):
    says = Text(
        "{post}不由本级人大罢免,可以罢免的是:{allowed}",
        "a {post} is not removed by this congress; those it may remove are of: {allowed}",
    )


class RecalledByVoters(Refused):
    says = Text(
        "本级代表由选民罢免({needed} 名以上选民书面提出),不由本级人大罢免",
        "a deputy of this congress is recalled by the voters ({needed} of them ask for it in writing), not by the congress",
    )


class RemovedByThoseWhoElected(Refused):
    says = Text(
        "本级代表由选举他的下一级人大罢免,不由本级人大罢免",
        "a deputy of this congress is removed by the congress below that elected them, not by this one",
    )


class RemovalWithoutReasons(Refused):
    says = Text("罢免案应当写明罢免理由(reasons)", "a removal states its reasons (reasons)")


class TooFewForRemoval(Refused):
    says = Text(
        "联名代表 {signed} 人,其中可计 {found} 人,{share}({needed} 人)",
        "{signed} deputies signed, {found} of them count, {needed} are needed ({share})",
    )


class TooFewDelegations(Refused):
    says = Text(
        "提出罢免案的代表团 {found} 个,应有 {needed} 个以上",
        "{found} delegations move the removal, {needed} or more are needed",
    )


class RemovalOver(Refused):
    says = Text(
        "第 {number} 号罢免案已经表决或者留待下次会议", "removal {number} was voted on, or left to the next session"
    )


class ProposeRemoval(Command):
    """Move to remove somebody. Deputies in the order in which they signed; of delegations each with how many of it agreed.

    `carried` names the investigation committee's report when the session before left it to this one: then nobody signs anew.
    """

    act: ClassVar[str] = "propose-removal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "deputy", "presidium", "standing_committee", "group")
    title: ClassVar[Text] = Text("提出罢免案", "Move a removal")
    number: Number
    holder: DeputyId
    post: HeldPost
    proposer: Proposer = "deputies"
    deputies: tuple[DeputyId, ...] = ()
    reasons: str = Field(default="", max_length=4000)
    carried: str = Field(default="", max_length=200)
    delegations: tuple[DelegationVote, ...] = ()

    @model_validator(mode="after")
    def _signed_by_deputies_only(self) -> Self:
        if (self.proposer == "three_delegations") != bool(self.delegations):
            raise ValueError(
                "代表团提出的罢免案才填 delegations / delegations go with a removal that they move, and only with it"
            )
        if self.proposer != "deputies" and self.deputies:
            raise ValueError("机关提出的罢免案没有联名代表 / the removal moved by an organ has no signatories")
        return self


class RemovalProposed(Event):
    """`needed`: signatures; 0 when an organ moves it or it was left over by the session before."""

    name: ClassVar[str] = "tenure.removal-proposed.v1"
    number: Number
    holder: DeputyId
    post: HeldPost
    proposer: Proposer
    deputies: tuple[DeputyId, ...]
    not_counted: tuple[DeputyId, ...]
    needed: int
    reasons: str
    carried: str
    delegations: tuple[DelegationVote, ...] = ()

    @property
    def stands(self) -> bool:
        """False only after a correction: it turned out that too few had signed."""
        return len(set(self.deputies) - set(self.not_counted)) >= self.needed

    def facts(self) -> tuple[str, ...]:
        return ("removal-proposed", f"removal-proposed:{self.number}") if self.stands else ()


@decides(ProposeRemoval)
def propose_removal(session: Session, command: ProposeRemoval, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 31(1)-(3): a tenth of all deputies, in a township a fifth; the standing committee from county level up.

    选举法 (2020) art. 51(1): of a deputy of the congress above the presidium or a tenth, and not the standing committee.
    全国人大组织法 (2021) art. 20: at the national congress also three delegations (三个以上的代表团).
    """
    signing = each_once(command.deputies)
    if filed_before(session, RemovalProposed, command, session.tenure.removals, RemovalExists, deputies=signing):
        return []
    post = post_here(session, command.post, command.holder)
    removable = _removable(post, moment)
    _may_propose(command, post, moment)
    if not command.reasons.strip():
        raise RemovalWithoutReasons(moment.cites(topic_of(post, "reasons")))
    joint = topic_of(post, "joint")
    signed = signatures(session, command.deputies, moment, joint)
    in_name = _of_delegations(session, command, moment)
    needed = 0
    rule = moment.law.ruling(joint)
    if command.proposer == "deputies" and not command.carried and rule is not None and rule.value is not None:
        needed = rule.share.needed(session.deputies_total)
        if signed.counted < needed:
            figures = {"signed": len(signed.deputies), "found": signed.counted, "needed": needed}
            raise TooFewForRemoval((*rule.basis, *signed.basis), share=rule.share.missed, **figures)
    return [
        RemovalProposed(
            at=moment.at,
            basis=(*moment.basis(topic_of(post, "proposers"), joint), *removable, *in_name, *signed.basis),
            number=command.number,
            holder=command.holder,
            post=command.post,
            proposer=command.proposer,
            deputies=signed.deputies,
            not_counted=signed.not_counted,
            needed=needed,
            reasons=command.reasons,
            carried=command.carried,
            delegations=command.delegations,
            findings=(*signed.findings, *as_stated(session, command.post, command.holder), *inert(rule)),
        )
    ]


def _of_delegations(session: Session, command: ProposeRemoval, moment: Moment) -> tuple[Citation, ...]:
    """How many delegations the law asks for, each by more than half of its deputies.

    Raises:
        TooFewDelegations, and those of `in_their_name`.
    """
    if not command.delegations:
        return ()
    rule, cited = moment.law.ruling("removal.delegations"), in_their_name(session, command.delegations, moment)
    if rule is not None and rule.value is not None and len(command.delegations) < rule.number:
        raise TooFewDelegations(rule.basis, found=len(command.delegations), needed=rule.number)
    return (*(rule.basis if rule else ()), *cited)


def topic_of(post: Post, what: str) -> str:
    """The topic: the Electoral Law's own for a deputy of the congress above."""
    return {
        "proposers": ("removal.proposers", "removal.higher_deputy.proposers"),
        "joint": ("removal.joint", "removal.higher_deputy.joint"),
        "reasons": ("removal.reasons", "removal.higher_deputy.reasons"),
        "defence": ("removal.defence", "removal.higher_deputy.defence"),
        "defence_printed": ("removal.defence_printed", "removal.higher_deputy.defence_printed"),
    }[what][post.code == HIGHER_DEPUTY]


def _removable(post: Post, moment: Moment) -> tuple[Citation, ...]:
    """The articles by which this congress removes a holder of the post; the director of supervision by the constitution since 2018.

    Of courts, procuratorates and the supervisory commission it elects, and removes, only the head.

    Raises:
        RecalledByVoters, RemovedByThoseWhoElected, NotRemovable.
    """
    if post.code == HIGHER_DEPUTY:
        return moment.basis("removal.higher_deputy.proposers")
    if post.code == DEPUTY:
        if electing := moment.law.basis("recall.electing_congress"):
            raise RemovedByThoseWhoElected(electing)
        by_voters = moment.law.ruling("recall.voters")
        raise RecalledByVoters(by_voters.basis if by_voters else (), needed=by_voters.number if by_voters else 0)
    rule = moment.law.ruling("removal.targets")
    options = rule.options if rule and rule.value is not None else ()
    own = post.code in POSTS or post.code == DEPARTMENT_HEAD
    if own and post.organ in options:
        return rule.basis if rule else ()
    by_constitution = moment.law.ruling("removal.supervisory_director")
    if own and post.organ == "supervisory_commission" and by_constitution is not None:
        return by_constitution.basis
    allowed = joined(ORGANS[organ] for organ in options)
    raise NotRemovable(rule.basis if rule else (), post=post.title, allowed=allowed)


def _may_propose(command: ProposeRemoval, post: Post, moment: Moment) -> None:
    """The law names who may, and by naming them leaves the others out; each files its own, or has the secretariat file it."""
    rule = moment.law.ruling(topic_of(post, "proposers"))
    who = PROPOSERS[command.proposer]
    if rule and rule.value is not None and command.proposer not in rule.options:
        allowed = joined(PROPOSERS[each] for each in rule.options if each in PROPOSERS)
        raise MayNotProposeRemoval(rule.basis, proposer=who, post=post.title, allowed=allowed)
    own = {"deputies": "deputy", "three_delegations": "group"}.get(command.proposer, command.proposer)
    if moment.actor.office not in (own, "secretariat"):
        raise NotTheirRemoval(rule.basis if rule else (), proposer=who, by=OFFICE_NAMES[moment.actor.office])


@evolves(RemovalProposed)
def removal_proposed(session: Session, event: RemovalProposed) -> Session:
    if not event.stands:
        return session
    made = Removal(event.number, event.holder, HELD[event.post], event.at, event.carried)
    return with_removal(session, made)


def with_removal(session: Session, removal: Removal) -> Session:
    return with_tenure(session, removals={**session.tenure.removals, removal.number: removal})


def removal_of(session: Session, number: str, topic: str, moment: Moment) -> Removal:
    """The removal with that number, while nothing is decided on it.

    Raises:
        NoSuchRemoval, RemovalOver.
    """
    found = session.tenure.removals.get(number)
    if found is None:
        raise NoSuchRemoval(number=number, known="、".join(session.tenure.removals) or "—")
    if not found.open:
        raise RemovalOver(moment.cites(topic), number=number)
    return found
