"""Dismissal (撤职) by the standing committee in recess: of single deputy heads and of those it appointed, never of the elected heads.

监督法 (2024) arts 60-62 (before: 监督法 (2006) arts 44-46). The committee's own meetings are kept elsewhere; its figures are as its
office states them.
"""

from typing import ClassVar, Literal

from domain.election.posts import Post
from domain.event import Event
from domain.law import Citation
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Office
from domain.tenure.again import filed_before
from domain.tenure.before_committee import JOINTLY, MoveBeforeCommittee, MovedBeforeCommittee, members_who_sign
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


class NoSuchDismissal(Refused):
    says = Text(
        "没有第 {number} 号撤职案(propose-dismissal);已有:{known}",
        "there is no dismissal {number} (propose-dismissal); there are: {known}",
    )


class DismissalExists(Refused):
    says = Text("第 {number} 号撤职案已经登记且内容不同", "dismissal {number} is on file already, with other content")


class DismissalVotedAlready(Refused):
    says = Text("第 {number} 号撤职案已经表决", "dismissal {number} was voted on already")


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


class ReplacedNotDismissed(Refused):
    says = Text(
        "{post}不由常委会撤职;闭会期间认为需要撤换的,报请上一级人大常委会批准(replace-court-president)",
        "a {post} is not dismissed; in recess the standing committee may find that it must be replaced, with the approval of the one above "
        "(replace-court-president)",
    )


class MayNotProposeDismissal(Refused):
    says = Text(
        "{proposer}不能提出撤职案,可以提出的有:{allowed}",
        "{proposer} may not move a dismissal; those who may: {allowed}",
    )


class DismissalLacks(Refused):
    says = Text("撤职案须写明:{missing}", "the dismissal lacks: {missing}")


class ProposeDismissal(MoveBeforeCommittee):
    """Move a dismissal before the standing committee."""

    act: ClassVar[str] = "propose-dismissal"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "standing_committee", "council_of_chairpersons")
    title: ClassVar[Text] = Text("提出撤职案", "Move a dismissal")
    post: HeldPost
    proposer: Proposer
    materials: bool = False
    written: bool = True


class DismissalProposed(MovedBeforeCommittee):
    name: ClassVar[str] = "tenure.dismissal-proposed.v1"
    post: HeldPost
    proposer: Proposer
    materials: bool
    written: bool

    def facts(self) -> tuple[str, ...]:
        return ("dismissal-proposed", f"dismissal-proposed:{self.number}") if self.stands else ()


@decides(ProposeDismissal)
def propose_dismissal(session: Session, command: ProposeDismissal, moment: Moment) -> list[Event]:
    """监督法 (2024) arts 60, 61, 62(1): in recess, of whom the law names, with person, reasons and materials; a fifth of its members."""
    if filed_before(session, DismissalProposed, command, session.tenure.dismissals, DismissalExists):
        return []
    in_recess(session, moment)
    who = _dismissable(post_here(session, command.post, command.holder), moment)
    rule = moment.law.ruling("dismissal.proposers")
    if rule and rule.value is not None and command.proposer not in rule.options:
        allowed = joined(PROPOSERS[each] for each in rule.options)
        raise MayNotProposeDismissal(rule.basis, proposer=PROPOSERS[command.proposer], allowed=allowed)
    _whole(command, moment)
    needed, joint = members_who_sign(command, command.proposer, "dismissal.joint", moment)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return [
        DismissalProposed(
            at=moment.at,
            basis=(*moment.basis("dismissal.proposers", "dismissal.in_recess", "dismissal.content"), *joint, *who),
            needed=needed,
            findings=as_stated(session, command.post, command.holder),
            **fields,
        )
    ]


def in_recess(session: Session, moment: Moment) -> None:
    """监督法 (2024) art. 60: in the recess only (在本级人民代表大会闭会期间).

    Raises:
        OnlyInRecess.
    """
    rule = moment.law.ruling("dismissal.in_recess")
    if rule is not None and rule.may_refuse and session.stage_at(moment.at) is Stage.DURING:
        raise OnlyInRecess(rule.basis)


def _dismissable(post: Post, moment: Moment) -> tuple[Citation, ...]:
    """Single deputy heads of the government, and those whom the standing committee appointed.

    A court president is replaced in recess by another way, which needs the approval from above (法院组织法 (2018) art. 44(2)).

    Raises:
        NotDismissable, ReplacedNotDismissed.
    """
    rule = moment.law.ruling("dismissal.who")
    code = TARGETS.get(post.organ, "") if post.code in APPOINTED else post.code.replace("-", "_")
    if rule is not None and rule.value is not None and code in rule.options:
        return rule.basis
    by_organic_law = moment.law.ruling("dismissal.supervisory")
    if code == "appointed_supervisory" and by_organic_law is not None:
        return by_organic_law.basis
    other = moment.cites("replacement.court_president") if post.code == "court-president" else ()
    if other:
        raise ReplacedNotDismissed((*(rule.basis if rule else ()), *other), post=post.title)
    raise NotDismissable((*(rule.basis if rule else ()), *other), post=post.title)


def _whole(command: ProposeDismissal, moment: Moment) -> None:
    rule = moment.law.ruling("dismissal.content")
    asked = rule.options if rule and rule.value is not None else ()
    said = {
        "reasons": Text("理由(reasons)", "its reasons (reasons)"),
        "materials": Text("有关材料(materials)", "its materials"),
    }
    missing = [words for name, words in said.items() if name in asked and not _given(getattr(command, name))]
    if command.proposer == JOINTLY and not command.written:
        missing.append(Text("书面联名(written)", "the members' signatures in writing (written)"))
    if missing:
        raise DismissalLacks(moment.cites("dismissal.content", "dismissal.written"), missing=joined(missing))


def _given(said: str | bool) -> bool:
    return bool(said.strip()) if isinstance(said, str) else said


@evolves(DismissalProposed)
def dismissal_proposed(session: Session, event: DismissalProposed) -> Session:
    if not event.stands:
        return session
    made = Dismissal(event.number, event.holder, HELD[event.post], event.proposer == JOINTLY)
    return with_dismissal(session, made)


def with_dismissal(session: Session, dismissal: Dismissal) -> Session:
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
