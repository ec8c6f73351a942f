"""A motion handled after the session (会后审议): the committee's report to whoever sits in recess, and the clock on it."""

from typing import ClassVar

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event
from domain.law import Kind
from domain.motion.motion import OUTCOMES, motion_of
from domain.refusals import Refused
from domain.session.parts import Number
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.text import Text


class NotForAfterwards(Refused):
    says = Text(
        "第 {number} 号议案没有决定会后审议({outcome})",
        "motion {number} was not left to be handled afterwards ({outcome})",
    )


class DisposedOtherwise(Refused):
    says = Text("第 {number} 号议案已有不同的处理结果", "another result for motion {number} is on record already")


class DisposeOfMotion(Command):
    """The committee reports what came of a motion left to it after the session; the result goes to the next session."""

    act: ClassVar[str] = "dispose-of-motion"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("motions_committee", "presidium", "secretariat", "sc_office")
    title: ClassVar[Text] = Text("报告议案处理结果", "Report how a motion was disposed of")
    number: Number
    result: str = Field(min_length=1, max_length=2000)
    reported_to: str = Field(default="", max_length=80)  # 常务委员会;乡镇为主席团
    printed_for_next: bool = False  # 印发下次会议


class MotionDisposed(Event):
    name: ClassVar[str] = "motion.disposed.v1"
    number: Number
    result: str
    reported_to: str
    printed_for_next: bool

    def facts(self) -> tuple[str, ...]:
        return ("motion-disposed", f"motion-disposed:{self.number}")


@decides(DisposeOfMotion)
def dispose_of_motion(session: Session, command: DisposeOfMotion, moment: Moment) -> list[Event]:
    """Nationally only the NPC's own rules speak of it (全国人大议事规则 art. 31); for local congresses it is local law."""
    motion = motion_of(session, command.number)
    if motion.outcome != "after_session":
        outcome = OUTCOMES.get(motion.outcome, Text("尚未决定", "not decided on yet"))
        raise NotForAfterwards(moment.cites("motion.listed"), number=motion.number, outcome=outcome)
    new = MotionDisposed(
        at=moment.at,
        basis=moment.basis("motion.disposed_within", "motion.listed"),
        number=motion.number,
        result=command.result,
        reported_to=command.reported_to,
        printed_for_next=command.printed_for_next,
    )
    for said in (e for e in session.history if isinstance(e, MotionDisposed) and e.number == command.number):
        if said == new.model_copy(update={"at": said.at, "basis": said.basis, "findings": said.findings}):
            return []
        raise DisposedOtherwise(number=command.number)
    return [new]


def disposal_clocks(session: Session, moment: Moment) -> tuple[Clock, ...]:
    """From the closing on (闭会后), where the body's own law sets a term; a practice of others sets none."""
    rule = moment.law.ruling("motion.disposed_within")
    if rule is None or rule.kind is Kind.PRACTICE or rule.value is None:
        return ()
    basis = (*rule.basis, *moment.basis("count.days"))
    waiting = [m.number for m in session.motions.values() if m.outcome == "after_session" and not m.withdrawn]
    last = last_day(legal_date(moment.at), rule.period)
    return tuple(
        Clock(
            id=f"motion-disposed-{n}", started=moment.at, last_day=last, met_by=f"motion-disposed:{n}", basis=basis, subject=n,
        )
        for n in waiting
        if not session.has(f"motion-disposed:{n}")
    )  # fmt: skip
