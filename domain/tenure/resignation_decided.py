"""Deciding on a resignation (决定是否接受辞职): by the congress in session; in recess by the standing committee, or where a local text
says so by the presidium, whose acceptance the congress then confirms.
"""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.parts import Code, Count, Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.tenure.approval import awaits_approval
from domain.tenure.committee_vote import CommitteeVote, committee_vote, of_presidium
from domain.tenure.congress_vote import How, VoteGiven, congress_vote
from domain.tenure.held import DEPUTY, HIGHER_DEPUTY
from domain.tenure.resignation import (
    NotInRecess,
    ResignationElsewhere,
    accepted_facts,
    after_acceptance,
    organ,
    resignation_of,
    to_be_confirmed,
    with_resignation,
)
from domain.tenure.tenure import Resignation
from domain.text import Text


class ResignationDecidedAlready(Refused):
    says = Text("第 {number} 号辞职已经决定", "resignation {number} was decided on already")


class NotAcceptedYet(Refused):
    says = Text("第 {number} 号辞职没有在闭会期间被接受", "resignation {number} was not accepted in recess")


class DecideResignation(VoteGiven):
    """The congress decides by its vote whether to accept a resignation, or to confirm one that was accepted in recess."""

    act: ClassVar[str] = "decide-resignation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium")
    title: ClassVar[Text] = Text("大会决定是否接受辞职", "Decide on a resignation")
    number: Number
    method: How = "show_of_hands"


class ResignationDecided(Event):
    """`confirms`: the congress's word on what was accepted in recess."""

    name: ClassVar[str] = "tenure.resignation-decided.v1"
    number: Number
    method: How
    sitting: Code
    deputies_total: int
    deputies_present: int
    count: Count
    void: int
    needed: int
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
        return self.model_copy(update={"accepted": self.count.in_favour >= self.needed})


@decides(DecideResignation)
def decide_resignation(session: Session, command: DecideResignation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 25, 32; 选举法 (2020) art. 55(2) for a township's deputies: by more than half of all."""
    resignation = resignation_of(session, command.number)
    if any(_same(event, command) for event in session.history):
        return []
    confirms = resignation.unconfirmed
    _not_decided(resignation, confirms=confirms)
    if resignation.to != "congress" and not confirms:
        raise ResignationElsewhere(
            moment.cites(*_topics(resignation)), post=resignation.post.title, allowed=organ(resignation.to)
        )
    majority = "resignation.deputy_majority" if resignation.post.code == DEPUTY else session.procedure.majority or ""
    vote = congress_vote(session, command, (majority,), moment)
    approval = vote.adopted and awaits_approval(resignation.post.code, "approval.procurator_resignation", moment)
    followed = after_acceptance(resignation.post, resignation.person, moment, in_recess=False) if vote.adopted else ()
    return [
        ResignationDecided(
            at=moment.at,
            basis=(*moment.basis(*_topics(resignation)), *vote.basis),
            number=resignation.number,
            method=command.method,
            sitting=vote.sitting,
            deputies_total=session.deputies_total,
            deputies_present=vote.present,
            count=vote.votes,
            void=command.void,
            needed=vote.needed,
            accepted=vote.adopted,
            confirms=confirms,
            approval=approval,
            findings=(*vote.findings, *followed),
        )
    ]


def _same(event: Event, command: DecideResignation) -> bool:
    given = (command.number, command.method, command.in_favour, command.against, command.abstained, command.void)
    return isinstance(event, ResignationDecided) and given == (
        event.number, event.method, event.count.in_favour, event.count.against, event.count.abstained, event.void,
    )  # fmt: skip


def _topics(resignation: Resignation) -> tuple[str, ...]:
    if resignation.post.code in (DEPUTY, HIGHER_DEPUTY):
        return ("resignation.higher_deputy" if resignation.post.code == HIGHER_DEPUTY else "resignation.deputy",)
    return ("resignation.accepted_by", "resignation.to_congress")


def _not_decided(resignation: Resignation, *, confirms: bool = False) -> None:
    if resignation.accepted is not None and not confirms:
        raise ResignationDecidedAlready(number=resignation.number)


@evolves(ResignationDecided)
def resignation_decided(session: Session, event: ResignationDecided) -> Session:
    found = session.tenure.resignations.get(event.number)
    if found is None:
        return session
    changed = replace(found, accepted=event.accepted, unconfirmed=False)
    return with_resignation(session, changed, approval=event.accepted and event.approval)


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
        return self.model_copy(update={"accepted": self.in_favour >= max(self.needed, 1)})


@decides(AcceptInRecess)
def decide_in_recess(session: Session, command: AcceptInRecess, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 32(1), 51(4): by more than half of all members of the standing committee; 选举法 (2020) art. 55 for seats."""
    resignation = resignation_of(session, command.number)
    by = moment.actor.office
    if any(_same_in_recess(event, command, by) for event in session.history):
        return []
    _not_decided(resignation)
    if resignation.to != by:
        raise ResignationElsewhere(
            moment.cites(*_topics(resignation)), post=resignation.post.title, allowed=organ(resignation.to)
        )
    seat = resignation.post.code in (DEPUTY, HIGHER_DEPUTY)
    if not seat and session.stage_at(moment.at) is Stage.DURING:
        raise NotInRecess(moment.cites("resignation.accepted_by"))
    topic = _majority(resignation)
    vote = (
        of_presidium(session, command.in_favour, moment)
        if by == "presidium"
        else _of_the_committee(command, topic, moment)
    )
    pending = vote.adopted and to_be_confirmed(by, moment)
    findings = vote.findings
    if pending:
        basis = moment.basis("resignation.in_recess", "resignation.to_congress")
        findings += (warn("AcceptancePending", basis, person=resignation.person),)
    elif vote.adopted:
        findings += after_acceptance(resignation.post, resignation.person, moment, in_recess=True)
    in_recess = _topics(resignation) if seat else ("resignation.in_recess",)
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


def _of_the_committee(command: AcceptInRecess, topic: str, moment: Moment) -> CommitteeVote:
    return committee_vote(command.in_favour, command.members_total, topic, moment)


@evolves(ResignationDecidedInRecess)
def resignation_decided_in_recess(session: Session, event: ResignationDecidedInRecess) -> Session:
    found = session.tenure.resignations.get(event.number)
    if found is None:
        return session
    unconfirmed = event.accepted and event.unconfirmed
    changed = replace(found, accepted=event.accepted, in_recess=True, unconfirmed=unconfirmed)
    return with_resignation(session, changed, approval=event.accepted and event.approval and not unconfirmed)


class FileResignation(Command):
    """The standing committee files with the congress a resignation that it accepted in recess (报本级人民代表大会备案)."""

    act: ClassVar[str] = "file-resignation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "sc_office")
    title: ClassVar[Text] = Text("接受辞职报大会备案", "File an accepted resignation")
    number: Number


class ResignationFiled(Event):
    name: ClassVar[str] = "tenure.resignation-filed.v1"
    number: Number

    def facts(self) -> tuple[str, ...]:
        return ("resignation-filed", f"resignation-filed:{self.number}")


@decides(FileResignation)
def file_resignation(session: Session, command: FileResignation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 32(1): 报本级人民代表大会备案; the congress takes note and does not decide again."""
    if session.has(f"resignation-filed:{command.number}"):
        return []
    resignation = resignation_of(session, command.number)
    if not (resignation.accepted and resignation.in_recess):
        raise NotAcceptedYet(moment.cites("resignation.filed"), number=command.number)
    return [ResignationFiled(at=moment.at, basis=moment.basis("resignation.filed"), number=command.number)]


def resignations_left(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """Resignations before the congress, or to be confirmed or filed, when the session closes without a word on them."""
    found: tuple[Finding, ...] = ()
    for each in session.tenure.resignations.values():
        undecided = each.accepted is None and each.to == "congress"
        unfiled = each.accepted and each.in_recess and not each.unconfirmed and moment.law.ruling("resignation.filed")
        seat = each.post.code in (DEPUTY, HIGHER_DEPUTY)
        if undecided or each.unconfirmed:
            basis = moment.basis(*_topics(each))
            found += (alert("ResignationUndecided", basis, number=each.number),)
        elif unfiled and not seat and not session.has(f"resignation-filed:{each.number}"):
            found += (alert("FileResignation", moment.basis("resignation.filed"), person=each.person),)
    return found
