"""A motion sent to a committee for its opinion (先交专门委员会审议), and what the committee says."""

from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import info, warn
from domain.motion.motion import Motion, motion_of, with_motion
from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class DecidedAlready(Refused):
    says = Text(
        "第 {number} 号议案已经决定,不再交付审议", "motion {number} was decided on: it is not referred any more"
    )


class ReferredElsewhere(Refused):
    says = Text("第 {number} 号议案已经交付{committee}", "motion {number} was referred to {committee} already")


class NotReferred(Refused):
    says = Text(
        "第 {number} 号议案尚未交付委员会(先记录 refer-motion)",
        "motion {number} was referred to no committee: record refer-motion first",
    )


class ReportedOtherwise(Refused):
    says = Text("第 {number} 号议案已有不同的审议意见", "another opinion on motion {number} is on record already")


class ReferMotion(Command):
    """The presidium sends a motion to a committee, which says whether it should be placed on the agenda."""

    act: ClassVar[str] = "refer-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("将议案交付委员会审议", "Refer a motion to a committee")
    number: Number
    committee: str = Field(min_length=1, max_length=80)


class MotionReferred(Event):
    name: ClassVar[str] = "motion.referred.v1"
    number: Number
    committee: str

    def facts(self) -> tuple[str, ...]:
        return ("motion-referred", f"motion-referred:{self.number}")


@decides(ReferMotion)
def refer_motion(session: Session, command: ReferMotion, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 22(1)(2): a deputies' motion first (先交), before it is listed; an organ's along with it (并交), until its vote.

    A township has no special committee by this law.
    """
    motion = motion_of(session, command.number)
    if motion.committee == command.committee:
        return []
    if motion.committee:
        raise ReferredElsewhere(moment.cites("motion.referral"), number=command.number, committee=motion.committee)
    topics = _topics(motion)
    still_open = () if motion.of_deputies else ("listed",)
    if motion.outcome not in ("", *still_open) or session.has(f"voted:{motion.item}"):
        raise DecidedAlready(moment.cites(*topics), number=command.number)
    silent = () if moment.law.ruling(topics[0]) else (_silent(),)
    basis = moment.basis(*topics)
    return [
        MotionReferred(at=moment.at, basis=basis, number=command.number, committee=command.committee, findings=silent)
    ]


def _topics(motion: Motion) -> tuple[str, str]:
    """The law of sending it to a committee, and what it is part of."""
    if motion.of_deputies:
        return ("motion.referral", "motion.listed")
    return ("motion.referral_organs", "motion.institutional")


def _silent() -> Finding:
    return info("LawSilent", (), what=Text("议案先交委员会审议", "referring a motion to a committee first"))


@evolves(MotionReferred)
def motion_referred(session: Session, event: MotionReferred) -> Session:
    return with_motion(session, event.number, committee=event.committee)


class ReportOnMotion(Command):
    """The committee gives its opinion on a motion. `contacted` says whether it was in touch with the deputies who signed."""

    act: ClassVar[str] = "report-on-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "motions_committee",
        "budget_committee",
        "special_committee",
        "secretariat",
    )
    title: ClassVar[Text] = Text("提出议案审议意见", "Report on a motion")
    number: Number
    opinion: Literal["list", "do_not_list", "after_session", "suggestion"]
    text: str = Field(default="", max_length=2000)
    contacted: bool = False


class MotionReportedOn(Event):
    name: ClassVar[str] = "motion.reported-on.v1"
    number: Number
    opinion: str
    text: str
    contacted: bool

    def facts(self) -> tuple[str, ...]:
        return ("motion-reported", f"motion-reported:{self.number}")


@decides(ReportOnMotion)
def report_on_motion(session: Session, command: ReportOnMotion, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 50: from county level up the committee is in touch with the deputies, hears them and keeps them informed."""
    for said in (e for e in session.history if isinstance(e, MotionReportedOn) and e.number == command.number):
        if (said.opinion, said.text, said.contacted) == (command.opinion, command.text, command.contacted):
            return []
        raise ReportedOtherwise(number=command.number)
    motion = motion_of(session, command.number)
    if not motion.committee:
        raise NotReferred(number=command.number)
    return [
        MotionReportedOn(
            at=moment.at,
            basis=moment.basis(*_topics(motion)),
            number=command.number,
            opinion=command.opinion,
            text=command.text,
            contacted=command.contacted,
            findings=_contact(motion, command, moment),
        )
    ]


def _contact(motion: Motion, command: ReportOnMotion, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("motion.contact")
    if rule is None or command.contacted or not motion.of_deputies:
        return ()
    return (warn("NotContacted", rule.basis, number=motion.number),)


@evolves(MotionReportedOn)
def motion_reported_on(session: Session, event: MotionReportedOn) -> Session:
    return with_motion(session, event.number, reported=True)
