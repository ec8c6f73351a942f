"""The presidium decides where and how an interpellation is answered (决定质询案的答复方式); see `interpellation`."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import inert, info
from domain.refusals import Refused
from domain.session.interpellation import PLACES, Interpellation, Place, interpellation_of, with_interpellation
from domain.session.parts import Number
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text, joined


class FormNotAllowed(Refused):
    says = Text("质询案不能在{found},可以:{allowed}", "an interpellation cannot be answered {found}; it can: {allowed}")


class FormDecided(Refused):
    says = Text("第 {number} 号质询案已经{found}", "interpellation {number} was answered already, {found}")


class DecideOnInterpellation(Command):
    """The presidium decides where and how an interpellation is answered; `complex` lets the answer come after the session."""

    act: ClassVar[str] = "decide-on-interpellation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("决定质询案的答复方式", "Decide how an interpellation is answered")
    number: Number
    place: Place
    complex: bool = False  # 情况复杂,闭会后答复
    in_favour: int | None = Field(default=None, ge=0)


class InterpellationDecided(Event):
    name: ClassVar[str] = "interpellation.decided.v1"
    once: ClassVar[bool] = True
    number: Number
    place: Place
    complex: bool
    in_favour: int
    members_total: int
    needed: int

    @property
    def stands(self) -> bool:
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        return ("interpellation-decided", f"interpellation-decided:{self.number}") if self.stands else ()


@decides(DecideOnInterpellation)
def decide_on_interpellation(session: Session, command: DecideOnInterpellation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 24(2): orally at a presidium meeting, in plenary or at a special committee, or in writing."""
    asked = interpellation_of(session, command.number)
    if (asked.place, asked.complex) == (command.place, command.complex):
        return []
    if not asked.unanswered:
        raise FormDecided(moment.cites("interpellation.answer"), number=command.number, found=PLACES[asked.place])
    rule = moment.law.ruling("interpellation.answer")
    if rule and rule.value is not None and command.place not in rule.options:
        allowed = joined(PLACES[place] for place in rule.options)
        raise FormNotAllowed(rule.basis, found=PLACES[command.place], allowed=allowed)
    agreed = presidium_vote(session, command.in_favour, moment)
    findings: tuple[Finding, ...] = agreed.findings
    if command.complex and moment.law.ruling("interpellation.answer_within") is None:
        what = Text("闭会后答复质询案", "answering an interpellation after the session")
        findings += (info("LawSilent", (), what=what),)
    return [
        InterpellationDecided(
            at=moment.at,
            basis=moment.basis(
                "interpellation.answer", *(("interpellation.answer_within",) if command.complex else ())
            ),
            number=command.number,
            place=command.place,
            complex=command.complex,
            in_favour=agreed.in_favour,
            members_total=agreed.members_total,
            needed=agreed.needed,
            findings=(*findings, *inert(rule)),
        )
    ]


@evolves(InterpellationDecided)
def interpellation_decided(session: Session, event: InterpellationDecided) -> Session:
    asked: Interpellation | None = session.interpellations.get(event.number)
    if asked is None or not event.stands:
        return session
    return with_interpellation(session, replace(asked, place=event.place, complex=event.complex))
