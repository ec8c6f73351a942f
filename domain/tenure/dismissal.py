"""Dismissal (撤职) by the standing committee in recess: of single deputy heads and of those it appointed, never of the elected heads.

监督法 (2024) arts 60-62 (before: 监督法 (2006) arts 44-46). The committee's own meetings are kept elsewhere; its figures are as its
office states them.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.posts import Post
from domain.event import Event
from domain.law import Citation
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.tenure.committee_vote import committee_vote
from domain.tenure.congress_vote import SECRET, How
from domain.tenure.held import APPOINTED, HELD, HeldPost, as_stated, post_here
from domain.tenure.tenure import Dismissal, with_tenure
from domain.text import Text, joined

Proposer = Literal[
    "government", "supervisory_commission", "court", "procuratorate", "council_of_chairpersons", "sc_members"
]
PROPOSERS: dict[str, Text] = {
    "government": Text("本级人民政府", "the government"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "council_of_chairpersons": Text("主任会议", "the council of chairpersons"),
    "sc_members": Text("常委会组成人员联名", "members of the standing committee jointly"),
}
TARGETS = {
    "government": "appointed_government",
    "supervisory_commission": "appointed_supervisory",
    "court": "appointed_court",
    "procuratorate": "appointed_procuratorate",
}
"""How the law calls those whom the standing committee appointed to an organ."""

Way = Literal["sc_meeting", "written"]


class NoSuchDismissal(Refused):
    says = Text(
        "没有第 {number} 号撤职案(propose-dismissal);已有:{known}",
        "there is no dismissal {number} (propose-dismissal); there are: {known}",
    )


class DismissalExists(Refused):
    says = Text("第 {number} 号撤职案已经登记且内容不同", "dismissal {number} is on file already, with other content")


class OnlyInRecess(Refused):
    says = Text(
        "撤职只在大会闭会期间由常委会决定;会议期间可以提出罢免案(propose-removal)",
        "dismissal is for the recess; while the congress sits a removal may be moved (propose-removal)",
    )


class NotDismissable(Refused):
    says = Text(
        "{post}不由常委会撤职;由大会选举的正职只能由大会罢免",
        "a {post} is not dismissed by the standing committee: heads elected by the congress are removed by it alone",
    )


class MayNotProposeDismissal(Refused):
    says = Text(
        "{proposer}不能提出撤职案,可以提出的有:{allowed}",
        "{proposer} may not move a dismissal; those who may: {allowed}",
    )


class DismissalLacks(Refused):
    says = Text("撤职案须写明:{missing}", "the dismissal lacks: {missing}")


class TooFewForDismissal(Refused):
    says = Text(
        "常委会组成人员 {total} 人,联名 {found} 人,{share}({needed} 人)",
        "{found} of the {total} members of the standing committee signed, {needed} are needed ({share})",
    )


class DismissalNotListed(Refused):
    says = Text(
        "第 {number} 号撤职案由组成人员联名提出,须先由主任会议决定是否提请审议(list-dismissal)",
        "dismissal {number} was moved by members jointly: the council of chairpersons decides first (list-dismissal)",
    )


class NoAnswerOffered(Refused):
    says = Text(
        "第 {number} 号撤职案:被提出撤职的人员尚未得到申辩的机会(defence_offered)",
        "dismissal {number}: the person had no chance to answer yet (defence_offered)",
    )


class DismissalNotSecret(Refused):
    says = Text("撤职案须以无记名投票方式表决", "a dismissal is voted on by secret ballot")


class DismissalVotedAlready(Refused):
    says = Text("第 {number} 号撤职案已经表决", "dismissal {number} was voted on already")


class ProposeDismissal(Command):
    """Move a dismissal before the standing committee. `signed` and `members_total` count its members, when some move it jointly."""

    act: ClassVar[str] = "propose-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("提出撤职案", "Move a dismissal")
    number: Number
    holder: DeputyId
    post: HeldPost
    proposer: Proposer
    reasons: str = Field(default="", max_length=4000)
    materials: bool = False
    written: bool = True
    signed: int = Field(default=0, ge=0)
    members_total: int | None = Field(default=None, ge=1)


class DismissalProposed(Event):
    """`needed`: members who must sign; 0 when an organ moves it."""

    name: ClassVar[str] = "tenure.dismissal-proposed.v1"
    number: Number
    holder: DeputyId
    post: HeldPost
    proposer: Proposer
    reasons: str
    materials: bool
    written: bool
    signed: int
    members_total: int | None
    needed: int

    def facts(self) -> tuple[str, ...]:
        if self.signed < self.needed:  # only after a correction
            return ()
        return ("dismissal-proposed", f"dismissal-proposed:{self.number}")


@decides(ProposeDismissal)
def propose_dismissal(session: Session, command: ProposeDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) arts 60, 61, 62(1): in recess, of whom the law names, with person, reasons and materials; a fifth of its members."""
    if command.number in session.tenure.dismissals:
        if any(isinstance(e, DismissalProposed) and _same(e, command) for e in session.history):
            return []
        raise DismissalExists(number=command.number)
    not_spent(session, DismissalProposed, command.number)
    recess = moment.law.ruling("dismissal.in_recess")
    if recess is not None and recess.may_refuse and session.stage_at(moment.at) is Stage.DURING:
        raise OnlyInRecess(recess.basis)
    post = post_here(session, command.post, command.holder)
    who = _dismissable(post, moment)
    rule = moment.law.ruling("dismissal.proposers")
    if rule and rule.value is not None and command.proposer not in rule.options:
        allowed = joined(PROPOSERS[each] for each in rule.options)
        raise MayNotProposeDismissal(rule.basis, proposer=PROPOSERS[command.proposer], allowed=allowed)
    _whole(command, moment)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return [
        DismissalProposed(
            at=moment.at,
            basis=(*moment.basis("dismissal.proposers", "dismissal.in_recess", "dismissal.content"), *who),
            needed=_signed(command, moment),
            findings=as_stated(session, command.post, command.holder),
            **fields,
        )
    ]


def _same(event: DismissalProposed, command: ProposeDismissal) -> bool:
    return all(getattr(event, name) == getattr(command, name) for name in type(command).model_fields)


def _dismissable(post: Post, moment: Moment) -> tuple[Citation, ...]:
    """Single deputy heads of the government, and those whom the standing committee appointed.

    A court president is replaced in recess by another way, which needs the approval from above (法院组织法 (2018) art. 44(2)).

    Raises:
        NotDismissable.
    """
    rule = moment.law.ruling("dismissal.who")
    code = TARGETS.get(post.organ, "") if post.code in APPOINTED else post.code.replace("-", "_")
    if rule is not None and rule.value is not None and code in rule.options:
        return rule.basis
    by_organic_law = moment.law.ruling("dismissal.supervisory")
    if code == "appointed_supervisory" and by_organic_law is not None:
        return by_organic_law.basis
    other = moment.cites("replacement.court_president") if post.code == "court-president" else ()
    raise NotDismissable((*(rule.basis if rule else ()), *other), post=post.title)


def _whole(command: ProposeDismissal, moment: Moment) -> None:
    rule = moment.law.ruling("dismissal.content")
    asked = rule.options if rule and rule.value is not None else ()
    said = {
        "reasons": Text("理由(reasons)", "its reasons (reasons)"),
        "materials": Text("有关材料(materials)", "its materials"),
    }
    missing = [words for name, words in said.items() if name in asked and not _given(getattr(command, name))]
    if command.proposer == "sc_members" and not command.written:
        missing.append(Text("书面联名(written)", "the members' signatures in writing (written)"))
    if missing:
        raise DismissalLacks(moment.cites("dismissal.content", "dismissal.written"), missing=joined(missing))


def _given(said: str | bool) -> bool:
    return bool(said.strip()) if isinstance(said, str) else said


def _signed(command: ProposeDismissal, moment: Moment) -> int:
    """How many members have to sign; 0 for an organ's motion.

    Raises:
        TooFewForDismissal, DismissalLacks.
    """
    rule = moment.law.ruling("dismissal.joint")
    if command.proposer != "sc_members" or rule is None or rule.value is None:
        return 0
    if command.members_total is None:
        missing = Text("常委会组成人员总数(members_total)", "the number of the committee's members (members_total)")
        raise DismissalLacks(rule.basis, missing=missing)
    needed = rule.share.needed(command.members_total)
    if command.signed < needed:
        figures = {"total": command.members_total, "found": command.signed, "needed": needed}
        raise TooFewForDismissal(rule.basis, share=rule.share.missed, **figures)
    return needed


@evolves(DismissalProposed)
def dismissal_proposed(session: Session, event: DismissalProposed) -> Session:
    if not event.facts():
        return session
    made = Dismissal(event.number, event.holder, HELD[event.post], event.proposer == "sc_members")
    return _with(session, made)


def _with(session: Session, dismissal: Dismissal) -> Session:
    return with_tenure(session, dismissals={**session.tenure.dismissals, dismissal.number: dismissal})


def dismissal_of(session: Session, number: str) -> Dismissal:
    """The dismissal with that number, while it was not voted on.

    Raises:
        NoSuchDismissal, DismissalVotedAlready.
    """
    found: Dismissal | None = session.tenure.dismissals.get(number)
    if found is None:
        raise NoSuchDismissal(number=number, known="、".join(session.tenure.dismissals) or "—")
    if found.voted is not None:
        raise DismissalVotedAlready(number=number)
    return found


class ListDismissal(Command):
    """The council of chairpersons decides on members' joint motion: before the committee, not, or an investigation committee first."""

    act: ClassVar[str] = "list-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("council_of_chairpersons",)
    title: ClassVar[Text] = Text("决定撤职案是否提请审议", "Decide whether a dismissal is taken up")
    number: Number
    outcome: Literal["listed", "not_listed", "investigation"]


class DismissalListed(Event):
    name: ClassVar[str] = "tenure.dismissal-listed.v1"
    number: Number
    outcome: Literal["listed", "not_listed", "investigation"]

    def facts(self) -> tuple[str, ...]:
        return (f"dismissal-listed:{self.number}",)


@decides(ListDismissal)
def list_dismissal(session: Session, command: ListDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) art. 61(3): 由主任会议决定是否提请常务委员会会议审议; or it proposes an investigation committee."""
    found: Dismissal | None = session.tenure.dismissals.get(command.number)
    if found is not None and found.listed == command.outcome:
        return []
    dismissal_of(session, command.number)
    basis = moment.basis("dismissal.listed")
    return [DismissalListed(at=moment.at, basis=basis, number=command.number, outcome=command.outcome)]


@evolves(DismissalListed)
def dismissal_listed(session: Session, event: DismissalListed) -> Session:
    found = session.tenure.dismissals.get(event.number)
    return _with(session, replace(found, listed=event.outcome)) if found else session


class DecideDismissal(Command):
    """The standing committee votes on a dismissal. `defence_offered`: the person could answer; `ways`: how they did, none if they did not.

    `report`: the investigation committee's, where one was set up.
    """

    act: ClassVar[str] = "decide-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee",)
    title: ClassVar[Text] = Text("表决撤职案", "Decide on a dismissal")
    number: Number
    in_favour: int = Field(ge=0)
    members_total: int = Field(ge=1)
    method: How = "ballot"
    defence_offered: bool = False
    ways: tuple[Way, ...] = ()
    report: str = Field(default="", max_length=200)


class DismissalDecided(Event):
    name: ClassVar[str] = "tenure.dismissal-decided.v1"
    number: Number
    holder: DeputyId
    post: HeldPost
    in_favour: int
    members_total: int
    needed: int
    method: How
    ways: tuple[Way, ...]
    report: str
    adopted: bool

    def facts(self) -> tuple[str, ...]:
        told = ("dismissal-decided", f"dismissal-decided:{self.number}")
        return (*told, f"dismissed:{self.number}") if self.adopted else told

    def recomputed(self) -> "DismissalDecided":
        return self.model_copy(update={"adopted": self.in_favour >= self.needed})


@decides(DecideDismissal)
def decide_dismissal(session: Session, command: DecideDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) art. 62(2)(3): the person answers first; secret ballot (无记名投票), more than half of all members."""
    if any(_decided(event, command) for event in session.history):
        return []
    dismissal = dismissal_of(session, command.number)
    recess, listing = moment.law.ruling("dismissal.in_recess"), moment.law.ruling("dismissal.listed")
    if recess is not None and recess.may_refuse and session.stage_at(moment.at) is Stage.DURING:
        raise OnlyInRecess(recess.basis)
    listed = dismissal.listed == "listed" or (dismissal.listed == "investigation" and command.report)
    if dismissal.joint and not listed and listing is not None and listing.may_refuse:
        raise DismissalNotListed(listing.basis, number=command.number)
    answer, secret = moment.law.ruling("dismissal.defence"), moment.law.ruling("dismissal.secret")
    if answer is not None and answer.may_refuse and not (command.defence_offered or command.ways):
        raise NoAnswerOffered(answer.basis, number=command.number)
    if secret is not None and secret.may_refuse and command.method not in SECRET:
        raise DismissalNotSecret(secret.basis)
    vote = committee_vote(command.in_favour, command.members_total, "dismissal.majority", moment)
    return [
        DismissalDecided(
            at=moment.at,
            basis=moment.basis("dismissal.majority", "dismissal.secret", "dismissal.defence", "dismissal.in_recess"),
            number=command.number,
            holder=dismissal.person,
            post=dismissal.post.code,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            method=command.method,
            ways=command.ways,
            report=command.report,
            adopted=vote.adopted,
            findings=vote.findings,
        )
    ]


def _decided(event: Event, command: DecideDismissal) -> bool:
    given = (command.number, command.in_favour, command.members_total, command.method)
    return isinstance(event, DismissalDecided) and given == (
        event.number, event.in_favour, event.members_total, event.method,
    )  # fmt: skip


@evolves(DismissalDecided)
def dismissal_decided(session: Session, event: DismissalDecided) -> Session:
    found = session.tenure.dismissals.get(event.number)
    return _with(session, replace(found, voted=event.adopted)) if found else session
