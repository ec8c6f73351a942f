"""Acting heads (代理): who fills a head's place until the congress elects, named by the standing committee from the deputy heads.

地方组织法 (2022) arts 50(1)(13), 55. A township has no such rule nationally; a local text may let its presidium name one of its own
members in place of the chair.
"""

from typing import ClassVar

from pydantic import Field

from domain.election.posts import Post, PostKind
from domain.event import Event, Finding
from domain.findings import alert, info, warn
from domain.law import Citation
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.session.presidium_vote import carried
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.committee_vote import CommitteeVote, committee_vote, of_presidium
from domain.tenure.held import HELD, PROCURATOR, HeldPost, post_here
from domain.tenure.tenure import with_tenure
from domain.text import Figure, Text, joined

OF_ORGANS = ("government-head", "premier", "cmc-chair", "supervisory-director", "court-president", PROCURATOR)
VICE_OF = {"sc-chair": "sc-vice-chair", "npcsc-chair": "npcsc-vice-chair"}
"""The chair of a standing committee, and from whom the one who acts comes."""
CHAIRS = ("township-chair", "township-vice-chair")
TOPICS = {
    **dict.fromkeys(OF_ORGANS, "acting.head"),
    "sc-chair": "acting.sc_chair",
    "npcsc-chair": "acting.npcsc_chair",
    **dict.fromkeys(CHAIRS, "acting.township"),
}
"""The topic on who may act in the place of the holder of a post."""


class NobodyActsFor(Refused):
    says = Text(
        "现行规定没有“{post}”的代理:缺位时由本级人大选举(补选),或者由大会作出决定",
        "no rule in force has anybody act for a {post}: a vacancy is filled by the congress's own election",
    )


class NotAViceLeader(Refused):
    says = Text(
        "{person} 不是副职领导人员,不能代理{post};先任命为副职,再决定代理",
        "{person} is no deputy head and cannot act as {post}: appoint as deputy head first",
    )


class NotOfThatPresidium(Refused):
    says = Text(
        "{person} 不是主席团成员,不能代理{post}", "{person} is no member of the presidium and cannot act as {post}"
    )


class ActingOutsider(Refused):
    says = Text(
        "{person} 是其他机关的副职({holds}),不能代理{post}",
        "{person} is a deputy head of another organ ({holds}) and cannot act as {post}",
    )


class NominatedByOther(Refused):
    says = Text("代理人选应由{allowed}提名(nominated_by)", "an acting head is nominated by {allowed} (nominated_by)")


class NameActing(Command):
    """Decide who acts for the holder of `post`. `holds` is the post that the person has now, as the office states it.

    `members_total`, `in_favour`: of the standing committee. `reported`: an acting chief procurator was reported above for the record.
    """

    act: ClassVar[str] = "name-acting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "presidium")
    title: ClassVar[Text] = Text("决定代理人选", "Name who acts")
    post: HeldPost
    acting: DeputyId
    holds: HeldPost | None = None
    nominated_by: Office | None = None
    in_favour: int | None = Field(default=None, ge=0)
    members_total: int | None = Field(default=None, ge=1)
    reported: bool = False


class ActingNamed(Event):
    """Who acts from now on; where too few were in favour nobody new does, and who acted before still acts."""

    name: ClassVar[str] = "tenure.acting-named.v1"
    once: ClassVar[bool] = True  # a vote that was lost, sent again, is the same vote
    post: HeldPost
    acting: DeputyId
    holds: HeldPost | None
    nominated_by: str | None
    in_favour: int
    members_total: int
    needed: int
    reported: bool

    @property
    def stands(self) -> bool:
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        return ("acting-named", f"acting-named:{self.post}") if self.stands else ()

    def revokes(self) -> tuple[str, ...]:
        return (f"acting-named:{self.post}",) if self.stands else ()


@decides(NameActing)
def name_acting(session: Session, command: NameActing, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 50(1)(13): on the nomination of the council of chairpersons, from the deputy heads (副职领导人员).

    That they are of the very organ whose head is missing is a reading; the head is elected by the congress alone. 全国人大议事规则
    (2021) art. 43(4) says it of Premier, military commission, supervision, court and procuratorate (分别); 全国人大组织法 (2021) art. 24(2)
    has a vice-chair act for the chair of the Standing Committee.
    """
    before = session.tenure.acting.get(command.post)
    if before is not None and (before.acting, before.reported) == (command.acting, command.reported):
        return []
    post = post_here(session, command.post, command.acting)
    topic = TOPICS.get(post.code, "")
    rule = moment.law.ruling(topic) if topic else None
    if rule is None or rule.value is None:
        raise NobodyActsFor(post=post.title)
    findings = _eligible(session, command, post, moment)
    vote = _agreed(session, command, post, moment)
    nomination = _nominated(command, post, moment)
    return [
        ActingNamed(
            at=moment.at,
            basis=(*rule.basis, *nomination),
            post=command.post,
            acting=command.acting,
            holds=command.holds,
            nominated_by=command.nominated_by,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            reported=command.reported,
            findings=(*findings, *vote.findings, *_reported(command, moment)),
        )
    ]


def _eligible(session: Session, command: NameActing, post: Post, moment: Moment) -> tuple[Finding, ...]:
    """From the vice-chairs of the standing committee, the presidium's members, or the deputy heads of the organs named.

    Raises:
        NotOfThatPresidium, NotAViceLeader, ActingOutsider.
    """
    figures: dict[str, Figure] = {"person": command.acting, "post": post.title}
    if post.code in CHAIRS:
        if session.presidium and command.acting not in session.presidium:
            raise NotOfThatPresidium(moment.cites("acting.township"), **figures)
        return ()
    if post.code in VICE_OF:
        if command.holds is None or command.holds != VICE_OF[post.code]:
            raise NotAViceLeader(moment.cites(TOPICS[post.code]), **figures)
        return (info("PostAsStated", (), person=command.acting, post=HELD[command.holds].title),)
    holds = HELD[command.holds] if command.holds else None
    organs = tuple(HELD[code].organ for code in OF_ORGANS)
    if holds is None or holds.kind is not PostKind.VICE or holds.organ not in organs:
        cited = moment.cites("acting.head", "acting.appointed_first", "appointment.vice_in_recess")
        raise NotAViceLeader(cited, **figures)
    stated = info("PostAsStated", (), person=command.acting, post=holds.title)
    if holds.organ == post.organ:
        return (stated,)
    same = moment.law.ruling("acting.same_organ")
    if same is not None and same.may_refuse:
        raise ActingOutsider(same.basis, holds=holds.title, **figures)
    return (stated, warn("ActingOfAnotherOrgan", moment.basis("acting.same_organ"), holds=holds.title, **figures))


def _nominated(command: NameActing, post: Post, moment: Moment) -> tuple[Citation, ...]:
    rule = moment.law.ruling("acting.nominated_by") if post.code in OF_ORGANS else None
    if rule is None or rule.value is None:
        return ()
    if command.nominated_by not in rule.options and rule.may_refuse:
        raise NominatedByOther(rule.basis, allowed=joined(OFFICE_NAMES[each] for each in rule.options))
    return rule.basis


def _agreed(session: Session, command: NameActing, post: Post, moment: Moment) -> CommitteeVote:
    """The standing committee decides by a majority of all its members (art. 51(4)), a township's presidium as it always does."""
    if post.code in CHAIRS:
        return of_presidium(session, command.in_favour, moment)
    return committee_vote(command.in_favour, command.members_total, "resignation.sc_majority", moment)


def _reported(command: NameActing, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("acting.procurator") if command.post == PROCURATOR else None
    return (
        (alert("ReportActingProcurator", rule.basis, person=command.acting),) if rule and not command.reported else ()
    )


@evolves(ActingNamed)
def acting_named(session: Session, event: ActingNamed) -> Session:
    if not event.stands:
        return session
    return with_tenure(session, acting={**session.tenure.acting, event.post: event})
