"""Accepting a resignation in recess: by the standing committee, or where a local text says so by the presidium, and the congress confirms."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.findings import warn
from domain.procedure import Stage
from domain.session.parts import Number
from domain.session.presidium_vote import carried
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.approval import awaits_approval
from domain.tenure.committee_vote import committee_vote, of_presidium
from domain.tenure.held import DEPUTY, HIGHER_DEPUTY
from domain.tenure.resignation import accepted_facts, after_acceptance, resignation_of, with_resignation
from domain.tenure.resignation_decided import not_decided, topics_of
from domain.tenure.resignation_to import NotInRecess, ResignationElsewhere, organ, to_be_confirmed
from domain.tenure.tenure import Resignation
from domain.text import Text


class AcceptInRecess(Command):
    """The standing committee decides on a resignation in recess; where a local text lets the presidium do so, the presidium.

    `members_total`: all members of the standing committee; the presidium's own are known by its meeting.
    """

    act: ClassVar[str] = "decide-resignation-in-recess"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "presidium")
    title: ClassVar[Text] = Text("闭会期间决定是否接受辞职", "Decide on a resignation in recess")
    number: Number
    in_favour: int | None = Field(default=None, ge=0)
    members_total: int | None = Field(default=None, ge=1)


class ResignationDecidedInRecess(Event):
    name: ClassVar[str] = "tenure.resignation-decided-in-recess.v1"
    number: Number
    by: str
    in_favour: int
    members_total: int
    needed: int
    accepted: bool
    unconfirmed: bool
    approval: bool

    def facts(self) -> tuple[str, ...]:
        told = ("resignation-decided", f"resignation-decided:{self.number}")
        if not self.accepted:
            return told
        return (*told, *accepted_facts(self.number, unconfirmed=self.unconfirmed, approval=self.approval))

    def recomputed(self) -> "ResignationDecidedInRecess":
        return self.model_copy(update={"accepted": carried(self.in_favour, self.needed)})


@decides(AcceptInRecess)
def decide_in_recess(session: Session, command: AcceptInRecess, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 32(1), 51(4): by more than half of all members of the standing committee; 选举法 (2020) art. 55 for seats."""
    resignation = resignation_of(session, command.number)
    by = moment.actor.office
    if any(_same_in_recess(event, command, by) for event in session.history):
        return []
    not_decided(resignation)
    if resignation.to != by:
        raise ResignationElsewhere(
            moment.cites(*topics_of(resignation)), post=resignation.post.title, allowed=organ(resignation.to)
        )
    seat = resignation.post.code in (DEPUTY, HIGHER_DEPUTY)
    if not seat and session.stage_at(moment.at) is Stage.DURING:
        raise NotInRecess(moment.cites("resignation.accepted_by"))
    topic = _majority(resignation)
    if by == "presidium":
        vote = of_presidium(session, command.in_favour, moment)
    else:
        vote = committee_vote(command.in_favour, command.members_total, topic, moment)
    pending = vote.adopted and to_be_confirmed(resignation.post, by, moment)
    findings = vote.findings
    if pending:
        basis = moment.basis("resignation.confirmed", "resignation.in_recess", "resignation.to_congress")
        findings += (warn("AcceptancePending", basis, person=resignation.person),)
    elif vote.adopted:
        findings += after_acceptance(resignation.post, resignation.person, moment, in_recess=True)
    in_recess = topics_of(resignation) if seat else ("resignation.in_recess",)
    return [
        ResignationDecidedInRecess(
            at=moment.at,
            basis=moment.basis(*in_recess, *(() if by == "presidium" else (topic,))),
            number=resignation.number,
            by=by,
            in_favour=vote.in_favour,
            members_total=vote.members_total,
            needed=vote.needed,
            accepted=vote.adopted,
            unconfirmed=pending,
            approval=awaits_approval(resignation.post.code, "approval.procurator_resignation", moment),
            findings=findings,
        )
    ]


def _same_in_recess(event: Event, command: AcceptInRecess, by: str) -> bool:
    return (
        isinstance(event, ResignationDecidedInRecess)
        and (event.number, event.by) == (command.number, by)
        and command.in_favour in (None, event.in_favour)
        and command.members_total in (None, event.members_total)
    )


def _majority(resignation: Resignation) -> str:
    return {
        DEPUTY: "resignation.deputy_majority",
        HIGHER_DEPUTY: "resignation.higher_deputy_majority",
    }.get(resignation.post.code, "resignation.sc_majority")


@evolves(ResignationDecidedInRecess)
def resignation_decided_in_recess(session: Session, event: ResignationDecidedInRecess) -> Session:
    found = session.tenure.resignations.get(event.number)
    if found is None:
        return session
    unconfirmed = event.accepted and event.unconfirmed
    changed = replace(found, accepted=event.accepted, in_recess=True, unconfirmed=unconfirmed)
    return with_resignation(session, changed, approval=event.accepted and event.approval and not unconfirmed)
