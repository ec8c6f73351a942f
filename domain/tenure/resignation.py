"""Resignation (辞职): to the congress, or in recess to whom the law of the place names; what was accepted in recess is told to the congress.

地方组织法 (2022) art. 32: from county level up the standing committee accepts in recess, and files it; in a township only the congress
does. 选举法 (2020) art. 55: a deputy's own seat. What is accepted between sessions stands in the record of the session whose recess
it is: before the session when that is registered, else after the one last closed; the next one then takes it over (`accepted_on`).
"""

from datetime import date
from typing import ClassVar, Literal

from domain.calendar import legal_date
from domain.election.posts import Post
from domain.event import Event, Finding
from domain.findings import alert, info, warn
from domain.law import Citation, Consequence
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office, organ_named
from domain.tenure.approval import awaits_approval, pending_remark
from domain.tenure.dependent import offices_ending
from domain.tenure.held import APPOINTED, DEPUTY, HELD, HIGHER_DEPUTY, HeldPost, as_stated, post_here
from domain.tenure.tenure import Resignation, with_tenure
from domain.text import Text, joined

To = Literal["congress", "standing_committee", "presidium"]
ACCEPTING = {
    "congress": Text("本级人民代表大会", "the congress"),
    "electing_standing_committee": Text(
        "选举他的人大的常委会", "the standing committee of the congress that elected them"
    ),
}


class NoSuchResignation(Refused):
    says = Text(
        "没有第 {number} 号辞职(submit-resignation);已有:{known}",
        "there is no resignation {number} (submit-resignation); there are: {known}",
    )


class ResignationExists(Refused):
    says = Text("第 {number} 号辞职已经登记且内容不同", "resignation {number} is on file already, with other content")


class NoRecessRoute(Refused):
    says = Text(
        "{post}只能向本级人民代表大会提出辞职,由大会决定;闭会期间没有机构可以接受(to: congress)",
        "a {post} resigns to the congress only, which decides; in recess nobody may accept it (to: congress)",
    )


class ResignationElsewhere(Refused):
    says = Text("{post}的辞职应向{allowed}提出", "a {post} resigns to {allowed}")


class NotInRecess(Refused):
    says = Text(
        "大会会议期间应当向本级人民代表大会提出辞职(to: congress)",
        "while the congress sits one resigns to it (to: congress)",
    )


class ResignationNotWritten(Refused):
    says = Text("辞去代表职务应当书面提出", "a deputy resigns in writing")


class AcceptedTomorrow(Refused):
    says = Text("接受辞职之日 {found} 在登记之日之后", "it cannot have been accepted on {found}, after it is recorded")


class SubmitResignation(Command):
    """Somebody resigns a post.

    `accepted_on`: the day on which the standing committee or the presidium accepted it in the recess before, when the record of the
    earlier session holds it and this one takes it over, to file or to confirm it.
    """

    act: ClassVar[str] = "submit-resignation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "standing_committee", "sc_office")
    title: ClassVar[Text] = Text("提出辞职", "Submit a resignation")
    number: Number
    holder: DeputyId
    post: HeldPost
    to: To = "congress"
    written: bool = True
    accepted_on: date | None = None


class ResignationSubmitted(Event):
    """`unconfirmed`: it was accepted in recess by a presidium, for the congress to confirm."""

    name: ClassVar[str] = "tenure.resignation-submitted.v1"
    number: Number
    holder: DeputyId
    post: HeldPost
    to: To
    written: bool
    accepted_on: date | None
    unconfirmed: bool
    approval: bool

    def facts(self) -> tuple[str, ...]:
        told = ("resignation-submitted", f"resignation-submitted:{self.number}")
        if self.accepted_on is None:
            return told
        return (*told, *accepted_facts(self.number, unconfirmed=self.unconfirmed, approval=self.approval))


def accepted_facts(number: str, *, unconfirmed: bool, approval: bool) -> tuple[str, ...]:
    """What an accepted resignation makes so; one that the congress has yet to confirm only waits."""
    if unconfirmed:
        return (f"resignation-pending:{number}",)
    return (f"resigned:{number}", *((f"approval-pending:resignation-{number}",) if approval else ()))


@decides(SubmitResignation)
def submit_resignation(session: Session, command: SubmitResignation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 32, 选举法 (2020) art. 55: to whom, in recess and in session, by level and post."""
    if command.number in session.tenure.resignations:
        if any(isinstance(e, ResignationSubmitted) and _same(e, command) for e in session.history):
            return []
        raise ResignationExists(number=command.number)
    not_spent(session, ResignationSubmitted, command.number)
    post = post_here(session, command.post, command.holder)
    seat = post.code in (DEPUTY, HIGHER_DEPUTY)
    basis, findings = _seat(post, command, moment) if seat else _office(session, post, command, moment)
    accepted = command.accepted_on is not None
    if command.accepted_on is not None and command.accepted_on > legal_date(moment.at):
        raise AcceptedTomorrow(found=str(command.accepted_on))
    approval = accepted and awaits_approval(post.code, "approval.procurator_resignation", moment)
    return [
        ResignationSubmitted(
            at=moment.at,
            basis=basis,
            number=command.number,
            holder=command.holder,
            post=command.post,
            to=command.to,
            written=command.written,
            accepted_on=command.accepted_on,
            unconfirmed=accepted and to_be_confirmed(command.to, moment),
            approval=approval,
            findings=(*findings, *as_stated(session, command.post, command.holder)),
        )
    ]


def _same(event: ResignationSubmitted, command: SubmitResignation) -> bool:
    return all(getattr(event, name) == getattr(command, name) for name in type(command).model_fields)


def _seat(post: Post, command: SubmitResignation, moment: Moment) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """选举法 (2020) art. 55: in writing; of a county's own deputies and of those above to the standing committee, in a township to the
    congress.

    Raises:
        ResignationNotWritten, ResignationElsewhere.
    """
    topic = "resignation.higher_deputy" if post.code == HIGHER_DEPUTY else "resignation.deputy"
    rule = moment.law.ruling(topic)
    if not command.written:
        raise ResignationNotWritten(moment.cites(topic))
    if rule and rule.value is not None and command.to not in rule.options:
        raise ResignationElsewhere(rule.basis, post=post.title, allowed=joined(organ(each) for each in rule.options))
    return moment.basis(topic), ()


def _office(
    session: Session, post: Post, command: SubmitResignation, moment: Moment
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """地方组织法 (2022) art. 32: of those it names; whoever else resigns, the law is silent on (rulebook §17).

    Raises:
        NoRecessRoute, ResignationElsewhere, NotInRecess.
    """
    rule = moment.law.ruling("resignation.who")
    findings: tuple[Finding, ...] = ()
    by_presidium = command.to == "presidium"
    named = rule is None or rule.value is None or (post.organ in rule.options and post.code not in APPOINTED)
    if not named and not by_presidium:
        what = Text(f"{post.title.zh}向人大辞职", f"a {post.title.en} resigning to the congress")
        findings = (info("LawSilent", rule.basis if rule else (), what=what),)
    if command.to == "congress":
        return moment.basis("resignation.accepted_by", "resignation.to_congress", "resignation.who"), findings
    route = moment.law.ruling("resignation.in_recess")
    if route is None or route.value is None:
        cited = moment.cites("resignation.to_congress", "resignation.accepted_by")
        raise NoRecessRoute(cited, post=post.title)
    if command.to not in route.options:
        raise ResignationElsewhere(
            route.basis, post=post.title, allowed=joined(organ(o) for o in (*route.options, "congress"))
        )
    if command.accepted_on is None and session.stage_at(moment.at) is Stage.DURING:
        raise NotInRecess(moment.cites("resignation.accepted_by"))
    who = moment.law.ruling("resignation.recess_who")
    if who is not None and who.value is not None and post.organ not in who.options:
        raise NoRecessRoute((*moment.cites("resignation.to_congress"), *who.basis), post=post.title)
    return route.basis, (*findings, *_local_route(moment))


def _local_route(moment: Moment) -> tuple[Finding, ...]:
    """Where a local text opens a way in recess that the statute does not have, both are named."""
    statute = moment.law.ruling("resignation.to_congress")
    if statute is None or not statute.inert:
        return ()
    return (warn("RecessRouteIsLocal", (*statute.inert, *statute.basis)),)


def to_be_confirmed(by: str, moment: Moment) -> bool:
    """Whether what is accepted in recess has to be confirmed by the congress (报人大确认)."""
    rule = moment.law.ruling("resignation.in_recess")
    return by == "presidium" and rule is not None and rule.consequence is Consequence.PENDING


def organ(code: str) -> Text:
    """Who accepts resignations, as people call it."""
    return ACCEPTING.get(code) or organ_named(code)


@evolves(ResignationSubmitted)
def resignation_submitted(session: Session, event: ResignationSubmitted) -> Session:
    accepted = event.accepted_on is not None
    made = Resignation(
        event.number, event.holder, HELD[event.post], event.to, event.at, accepted=True if accepted else None,
        in_recess=accepted, unconfirmed=event.unconfirmed,
    )  # fmt: skip
    return with_resignation(session, made, approval=event.approval)


def with_resignation(session: Session, resignation: Resignation, *, approval: bool = False) -> Session:
    """`approval`: it was accepted, and awaits the standing committee above."""
    changed = with_tenure(session, resignations={**session.tenure.resignations, resignation.number: resignation})
    if not approval:
        return changed
    one = frozenset({(f"resignation-{resignation.number}", resignation.person)})
    return with_tenure(changed, pending=changed.tenure.pending | one)


def resignation_of(session: Session, number: str) -> Resignation:
    """The resignation with that number.

    Raises:
        NoSuchResignation: naming those there are.
    """
    found: Resignation | None = session.tenure.resignations.get(number)
    if found is None:
        raise NoSuchResignation(number=number, known="、".join(session.tenure.resignations) or "—")
    return found


def after_acceptance(post: Post, person: str, moment: Moment, *, in_recess: bool) -> tuple[Finding, ...]:
    """What follows an accepted resignation: filed with the congress, announced, approved from above, other offices that end with it."""
    found: tuple[Finding, ...] = ()
    seat = post.code in (DEPUTY, HIGHER_DEPUTY)
    filing = moment.law.ruling("resignation.filed")
    if in_recess and not seat and filing is not None:
        found += (alert("FileResignation", filing.basis, person=person),)
    if seat and (rule := moment.law.ruling("resignation.deputy_announced")) is not None:
        found += (alert("AnnounceResignation", rule.basis, person=person),)
    if post.code == DEPUTY:
        found += offices_ending(person, "resigned", moment)
    if awaits_approval(post.code, "approval.procurator_resignation", moment):
        found += pending_remark("approval.procurator_resignation", (person,), moment)
    return found
