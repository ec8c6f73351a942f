"""Filing a motion (提出议案): its form, who may bring one, how many sign, and whether it is in time."""

from dataclasses import replace
from typing import ClassVar, Self

from pydantic import Field, model_validator

from domain.event import Event, Finding
from domain.findings import inert, info, warn
from domain.motion.motion import OF_DEPUTIES, ORGANS, Motion, Proposer
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.delegations_vote import DelegationVote, in_their_name
from domain.session.parts import DeputyId, Number
from domain.session.signatures import SignedTogether, each_once, enough, signatures
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.text import Text, joined

PARTS = {
    "subject": Text("案由", "its subject"),
    "grounds": Text("案据", "its grounds"),
    "proposal": Text("方案", "its proposal"),
}


class MotionExists(Refused):
    says = Text("第 {number} 号议案已经登记且内容不同", "motion {number} is on file already, with other content")


class NotAProposer(Refused):
    says = Text(
        "{proposer}不能向大会提出议案,可以提出的有:{allowed}",
        "{proposer} may not bring a motion; those who may: {allowed}",
    )


class NotTheirMotion(Refused):
    says = Text(
        "{proposer}提出的议案,由提出者自己或者秘书处登记,不能由{by}登记",
        "a motion of {proposer} is filed by those who bring it or by the secretariat, not by {by}",
    )


class MotionLacksParts(Refused):
    says = Text(
        "议案缺{missing};补齐后提出,或者作为建议提出(file-suggestion)",
        "the motion lacks {missing}: complete it, or file it as a suggestion (file-suggestion)",
    )


class MotionOutsidePowers(Refused):
    says = Text(
        "不属于本级人大职权范围,不能作为议案;可以作为建议提出(file-suggestion)",
        "it lies outside the congress's powers and cannot be a motion; it may be a suggestion (file-suggestion)",
    )


class TooFewForMotion(Refused):
    says = Text(
        "联名代表 {signed} 人,其中可计 {found} 人,应有 {needed} 人以上;可以作为建议提出(file-suggestion)",
        "{signed} deputies signed, {found} of them count, {needed} are needed; it may be filed as a suggestion "
        "(file-suggestion)",
    )


class MotionTooLate(Refused):
    says = Text(
        "议案截止时间为 {deadline},提出于 {at};可以作为建议提出(file-suggestion),或者留待下次会议",
        "motions were due by {deadline}, this one came at {at}: file it as a suggestion (file-suggestion), or next session",
    )


class MotionTooEarly(Refused):
    says = Text(
        "尚未作出召开会议的决定,代表议案自该决定作出之日起提出",
        "the session has not been called: deputies' motions are filed from the decision to convene",
    )


class FileMotion(Command):
    """File a motion of deputies who sign together, or of an organ that may bring one.

    `subject`, `grounds` and `proposal` are its three parts (案由、案据、方案); `within_powers` is what the filer says of the
    congress's powers, and nobody judges it here. Deputies in the order in which they signed, the first leading.
    """

    act: ClassVar[str] = "file-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "secretariat", "deputy", "presidium", "government", "standing_committee", "special_committee", "group",
    )  # fmt: skip
    title: ClassVar[Text] = Text("提出议案", "File a motion")
    number: Number
    motion_title: str = Field(min_length=1, max_length=200, pattern=r"\S")
    proposer: Proposer = "deputies"
    deputies: tuple[DeputyId, ...] = ()
    subject: str = Field(default="", max_length=2000)
    grounds: str = Field(default="", max_length=4000)
    proposal: str = Field(default="", max_length=4000)
    within_powers: bool | None = None
    delegation: DelegationVote | None = None  # a delegation's motion: which it is, and how many of it agreed

    @model_validator(mode="after")
    def _signed_by_deputies_only(self) -> Self:
        if (self.proposer == "delegation") != (self.delegation is not None):
            raise ValueError(
                "代表团提出的议案才填 delegation / delegation goes with the motion of a delegation, and only with it"
            )
        if self.proposer != "deputies" and self.deputies:
            raise ValueError("机关提出的议案没有联名代表 / the motion of an organ has no signatories")
        return self


class MotionFiled(SignedTogether):
    name: ClassVar[str] = "motion.filed.v1"
    number: Number
    motion_title: str
    proposer: Proposer
    subject: str
    grounds: str
    proposal: str
    within_powers: bool | None
    late: bool
    delegation: DelegationVote | None = None

    def facts(self) -> tuple[str, ...]:
        return ("motion-filed", f"motion-filed:{self.number}") if self.stands else ()


@decides(FileMotion)
def file_motion(session: Session, command: FileMotion, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 22(1)(2): organs that it names, or deputies jointly (联名), on what is within the congress's powers.

    全国人大组织法 (2021) art. 17: to the national congress also one delegation (一个代表团).

    代表法 (2025) art. 15(1): a deputies' motion has three parts; of an organ's no text asks them.
    """
    by_deputies, of_deputies = command.proposer == "deputies", command.proposer in OF_DEPUTIES
    topic = {"deputies": "motion.joint", "delegation": "motion.delegation"}.get(
        command.proposer, "motion.institutional"
    )
    if command.number in session.motions:
        if _same(session, command):
            return []
        raise MotionExists(number=command.number)
    not_spent(session, MotionFiled, command.number)
    signed = signatures(session, command.deputies, moment, topic)
    needed = enough(signed, moment, topic, TooFewForMotion) if by_deputies else 0
    if not by_deputies:
        _may_propose(command, moment)
    in_name = in_their_name(session, (command.delegation,), moment) if command.delegation else ()
    _theirs(command, moment, topic)
    asked = "motion.content" if of_deputies else topic
    if of_deputies:
        _whole(command, moment)
    if command.within_powers is False:
        raise MotionOutsidePowers(moment.cites(asked))
    late, findings = _in_time(session, moment, by_deputies=of_deputies)
    filed = MotionFiled(
        at=moment.at,
        basis=(*moment.basis(*dict.fromkeys((topic, asked))), *in_name, *signed.basis),
        number=command.number,
        motion_title=command.motion_title,
        proposer=command.proposer,
        deputies=signed.deputies,
        not_counted=signed.not_counted,
        needed=needed,
        subject=command.subject,
        grounds=command.grounds,
        proposal=command.proposal,
        within_powers=command.within_powers,
        late=late,
        delegation=command.delegation,
        findings=(*signed.findings, *findings, *_powers(command, moment, asked), *inert(moment.law.ruling(topic))),
    )
    return [filed]


def _same(session: Session, command: FileMotion) -> bool:
    """Whether it is on file just so; asked before anybody is judged, for signatories may have left since."""
    asked = (
        command.number, command.motion_title, command.proposer, each_once(command.deputies), command.subject, command.grounds,
        command.proposal, command.within_powers, command.delegation,
    )  # fmt: skip
    return any(
        isinstance(e, MotionFiled)
        and asked
        == (
            e.number,
            e.motion_title,
            e.proposer,
            e.deputies,
            e.subject,
            e.grounds,
            e.proposal,
            e.within_powers,
            e.delegation,
        )
        for e in session.history
    )


def _may_propose(command: FileMotion, moment: Moment) -> None:
    """The law names who may bring a motion, and by naming them leaves the others out (rulebook §17, edge 20)."""
    rule, delegation = moment.law.ruling("motion.institutional"), moment.law.ruling("motion.delegation")
    also = ("deputies", *(("delegation",) if delegation is not None else ()))
    if rule and rule.value is not None and command.proposer not in (*rule.options, *also):
        allowed = joined(ORGANS[organ] for organ in (*rule.options, *also))
        raise NotAProposer(rule.basis, proposer=ORGANS[command.proposer], allowed=allowed)


def _theirs(command: FileMotion, moment: Moment, topic: str) -> None:
    """Whoever brings a motion files it, or has the secretariat file it; nobody files one in another's name."""
    own = {"deputies": "deputy", "delegation": "group"}.get(command.proposer, command.proposer)
    if moment.actor.office not in (own, "secretariat"):
        who, by = ORGANS[command.proposer], OFFICE_NAMES[moment.actor.office]
        raise NotTheirMotion(moment.cites(topic), proposer=who, by=by)


def _whole(command: FileMotion, moment: Moment) -> None:
    rule = moment.law.ruling("motion.content")
    asked = rule.options if rule and rule.value is not None else ()
    missing = [PARTS[part] for part in asked if part in PARTS and not getattr(command, part).strip()]
    if missing:
        raise MotionLacksParts(moment.cites("motion.content"), missing=joined(missing))


def _powers(command: FileMotion, moment: Moment, asked: str) -> tuple[Finding, ...]:
    if command.within_powers is None:
        return (warn("PowersNotStated", moment.cites(asked)),)
    return ()


def _in_time(session: Session, moment: Moment, *, by_deputies: bool) -> tuple[bool, tuple[Finding, ...]]:
    """Whether it came after the presidium's deadline (截止时间), and what follows: refused by a local rule, else only noticed."""
    opens = moment.law.ruling("motion.filed_from")
    if by_deputies and opens and opens.may_refuse and not session.has("date-decided"):
        raise MotionTooEarly(opens.basis)
    if session.motion_deadline is not None and moment.at > session.motion_deadline:
        rule, deadline = moment.law.ruling("motion.deadline"), session.motion_deadline.isoformat()
        if by_deputies and rule and rule.may_refuse:
            raise MotionTooLate(rule.basis, deadline=deadline, at=moment.at.isoformat())
        return True, (warn("FiledAfterDeadline", moment.basis("motion.deadline"), deadline=deadline),)
    if not session.has("met") and not (by_deputies and opens):
        return False, (info("LawSilent", (), what=Text("会前提出议案", "motions filed before the session")),)
    return False, ()


@evolves(MotionFiled)
def motion_filed(session: Session, event: MotionFiled) -> Session:
    if not event.stands:
        return session
    filed = Motion(event.number, event.motion_title, event.proposer, event.deputies, late=event.late)
    return replace(session, motions={**session.motions, event.number: filed})
