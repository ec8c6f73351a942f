"""Deciding on a resignation (大会决定是否接受辞职): by the congress in session, which also confirms what a presidium accepted in recess."""

from dataclasses import replace
from typing import ClassVar

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Office
from domain.tenure.approval import awaits_approval
from domain.tenure.congress_vote import How, VoteGiven, VoteOnPerson, congress_vote
from domain.tenure.held import DEPUTY, HIGHER_DEPUTY
from domain.tenure.resignation import accepted_facts, after_acceptance, resignation_of, with_resignation
from domain.tenure.resignation_to import ResignationElsewhere, organ
from domain.tenure.tenure import Resignation
from domain.text import Text


class ResignationDecidedAlready(Refused):
    says = Text("第 {number} 号辞职已经决定", "resignation {number} was decided on already")


class DecideResignation(VoteGiven):
    """The congress decides by its vote whether to accept a resignation, or to confirm one that was accepted in recess."""

    act: ClassVar[str] = "decide-resignation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("大会决定是否接受辞职", "Decide on a resignation")
    method: How = "show_of_hands"


class ResignationDecided(VoteOnPerson):
    """`confirms`: the congress's word on what was accepted in recess."""

    name: ClassVar[str] = "tenure.resignation-decided.v1"
    method: How
    sitting: Code
    deputies_total: int
    accepted: bool
    confirms: bool
    approval: bool

    def facts(self) -> tuple[str, ...]:
        told = ("resignation-decided", f"resignation-decided:{self.number}")
        if not self.accepted:
            return told
        return (*told, *accepted_facts(self.number, unconfirmed=False, approval=self.approval))

    def revokes(self) -> tuple[str, ...]:
        return (f"resignation-pending:{self.number}",)

    def recomputed(self) -> "ResignationDecided":
        return self.model_copy(update={"accepted": self.carried})


@decides(DecideResignation)
def decide_resignation(session: Session, command: DecideResignation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 32; 选举法 (2020) art. 55(2) for a township's deputies: by more than half of all."""
    resignation = resignation_of(session, command.number)
    if any(isinstance(e, ResignationDecided) and e.is_of(command) for e in session.history):
        return []
    confirms = resignation.unconfirmed
    not_decided(resignation, confirms=confirms)
    if resignation.to != "congress" and not confirms:
        raise ResignationElsewhere(
            moment.cites(*topics_of(resignation)), post=resignation.post.title, allowed=organ(resignation.to)
        )
    majority = "resignation.deputy_majority" if resignation.post.code == DEPUTY else session.procedure.majority or ""
    vote = congress_vote(session, command, (majority,), moment)
    approval = vote.adopted and awaits_approval(resignation.post.code, "approval.procurator_resignation", moment)
    followed = after_acceptance(resignation.post, resignation.person, moment, in_recess=False) if vote.adopted else ()
    return [
        ResignationDecided(
            at=moment.at,
            basis=(*moment.basis(*topics_of(resignation)), *vote.basis),
            method=command.method,
            sitting=vote.sitting,
            deputies_total=session.deputies_total,
            accepted=vote.adopted,
            confirms=confirms,
            approval=approval,
            findings=(*vote.findings, *followed),
            **vote.told(command),
        )
    ]


def topics_of(resignation: Resignation) -> tuple[str, ...]:
    if resignation.post.code in (DEPUTY, HIGHER_DEPUTY):
        return ("resignation.higher_deputy" if resignation.post.code == HIGHER_DEPUTY else "resignation.deputy",)
    return ("resignation.accepted_by", "resignation.to_congress")


def not_decided(resignation: Resignation, *, confirms: bool = False) -> None:
    if resignation.accepted is not None and not confirms:
        raise ResignationDecidedAlready(number=resignation.number)


@evolves(ResignationDecided)
def resignation_decided(session: Session, event: ResignationDecided) -> Session:
    found = session.tenure.resignations.get(event.number)
    if found is None:
        return session
    changed = replace(found, accepted=event.accepted, unconfirmed=False)
    return with_resignation(session, changed, approval=event.accepted and event.approval)
