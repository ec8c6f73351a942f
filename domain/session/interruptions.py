"""A sitting interrupted, for a rest or because the quorum is lost, and gone on with when it is regained."""

from typing import ClassVar, Literal

from domain.event import Event
from domain.session.parts import Code
from domain.session.quorum import deputies_present, quorum
from domain.session.sittings import NoSittingOpen, with_status
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class PauseSitting(Command):
    """Interrupt the sitting: for a rest, or because the quorum is lost."""

    act: ClassVar[str] = "pause-sitting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("暂停会议", "Interrupt the sitting")
    why: Literal["rest", "quorum_lost", "other"] = "rest"


class SittingPaused(Event):
    name: ClassVar[str] = "session.sitting-paused.v1"
    sitting: Code
    why: str
    deputies_present: int


@decides(PauseSitting)
def pause_sitting(session: Session, command: PauseSitting, moment: Moment) -> list[Event]:
    """The presidium presides (地方组织法 (2022) art. 19) and may interrupt."""
    code = session.sitting_open
    if code is None:
        raise NoSittingOpen(moment.cites("presidium.presides"))
    if session.sittings[code].status == "paused":
        return []
    basis = moment.basis("presidium.presides", session.procedure.quorum)
    present = deputies_present(session, moment, code)
    return [SittingPaused(at=moment.at, basis=basis, sitting=code, why=command.why, deputies_present=present)]


@evolves(SittingPaused)
def sitting_paused(session: Session, event: SittingPaused) -> Session:
    return with_status(session, event.sitting, "paused", event.sitting)


class ResumeSitting(Command):
    """Go on with an interrupted sitting."""

    act: ClassVar[str] = "resume-sitting"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "standing_committee", "street_committee")
    title: ClassVar[Text] = Text("恢复会议", "Resume the sitting")


class SittingResumed(Event):
    name: ClassVar[str] = "session.sitting-resumed.v1"
    sitting: Code
    deputies_present: int


@decides(ResumeSitting)
def resume_sitting(session: Session, command: ResumeSitting, moment: Moment) -> list[Event]:
    """A sitting whose quorum was lost goes on when it is regained; that it must wait for it is a reading."""
    code = session.sitting_open
    if code is None:
        raise NoSittingOpen(moment.cites("presidium.presides"))
    if session.sittings[code].status == "open":
        return []
    present = deputies_present(session, moment, code)
    findings = quorum(session, moment, present, own_text=False)
    basis = moment.basis("presidium.presides", session.procedure.quorum, "quorum.each_sitting")
    return [SittingResumed(at=moment.at, basis=basis, sitting=code, deputies_present=present, findings=findings)]


@evolves(SittingResumed)
def sitting_resumed(session: Session, event: SittingResumed) -> Session:
    return with_status(session, event.sitting, "open", event.sitting)
