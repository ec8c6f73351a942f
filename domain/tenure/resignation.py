"""Resignation (辞职): to the congress, or in recess to whom the law of the place names; what was accepted in recess is told to the congress.

地方组织法 (2022) art. 32: from county level up the standing committee accepts in recess, and files it; in a township only the congress
does. 选举法 (2020) art. 55: a deputy's own seat. What is accepted between sessions stands in the record of the session whose recess
it is: before the session when that is registered, else after the one last closed; the next one then takes it over (`accepted_on`).
"""

from datetime import date
from typing import ClassVar

from domain.calendar import legal_date
from domain.election.posts import Post
from domain.event import Event, Finding
from domain.findings import alert
from domain.law import Citation
from domain.refusals import Refused
from domain.session.parts import DeputyId, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.again import filed_before
from domain.tenure.approval import awaits_approval, pending_remark
from domain.tenure.dependent import offices_ending
from domain.tenure.held import DEPUTY, HELD, HIGHER_DEPUTY, HeldPost, as_stated, post_here
from domain.tenure.resignation_to import To, to_be_confirmed, to_whom
from domain.tenure.tenure import Resignation, with_tenure
from domain.text import Text


class NoSuchResignation(Refused):
    says = Text(
        "没有第 {number} 号辞职(submit-resignation);已有:{known}",
        "there is no resignation {number} (submit-resignation); there are: {known}",
    )


class ResignationExists(Refused):
    says = Text("第 {number} 号辞职已经登记且内容不同", "resignation {number} is on file already, with other content")


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
    if filed_before(session, ResignationSubmitted, command, session.tenure.resignations, ResignationExists):
        return []
    post = post_here(session, command.post, command.holder)
    basis, findings = to_whom(session, post, command, moment)
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
            unconfirmed=accepted and to_be_confirmed(post, command.to, moment),
            approval=approval,
            findings=(*findings, *as_stated(session, command.post, command.holder)),
        )
    ]


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


def to_be_filed(post: Post, moment: Moment) -> tuple[Citation, ...]:
    """By what the acceptance in recess is filed with the congress, or reported to it; () where it is not.

    地方组织法 (2022) art. 32(1): of all offices; 全国人大议事规则 (2021) art. 43(3): of ordinary members of the Standing Committee.
    """
    rule = moment.law.ruling("resignation.filed")
    if rule is None or post.code in (DEPUTY, HIGHER_DEPUTY):
        return ()
    by_post = rule.value is not None and rule.value.kind == "choice"
    return () if by_post and post.code not in rule.options else rule.basis


def after_acceptance(post: Post, person: str, moment: Moment, *, in_recess: bool) -> tuple[Finding, ...]:
    """What follows an accepted resignation: filed with the congress, announced, approved from above, other offices that end with it."""
    found: tuple[Finding, ...] = ()
    seat = post.code in (DEPUTY, HIGHER_DEPUTY)
    filing = to_be_filed(post, moment)
    if in_recess and filing:
        found += (alert("FileResignation", filing, person=person),)
    if seat and (rule := moment.law.ruling("resignation.deputy_announced")) is not None:
        found += (alert("AnnounceResignation", rule.basis, person=person),)
    if post.code == DEPUTY:
        found += offices_ending(person, "resigned", moment)
    if awaits_approval(post.code, "approval.procurator_resignation", moment):
        found += pending_remark("approval.procurator_resignation", (person,), moment)
    return found
