"""The handling unit replies to a suggestion (答复), and may be given the longer term before that."""

from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Clock, Event
from domain.findings import alert, warn
from domain.matter.contact import confirmed
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, judges, tells
from domain.matter.opening import reply_clock
from domain.matter.terms import late_for, term
from domain.offices import OFFICE_NAMES, UNITS
from domain.refusals import Refused
from domain.submission import Command, Office
from domain.text import Text, joined


class ExtendedAlready(Refused):
    says = Text("{number} 号建议已经按难度大的办理", "suggestion {number} has the longer term already")


class NoTermToExtend(Refused):
    says = Text(
        "法律没有规定 {number} 号建议的办理期限,无从延长",
        "no law sets a term for suggestion {number}: none can be extended",
    )


class ConsentFirst(Refused):
    says = Text(
        "{number} 号建议延长办理期限须经交办机构同意,由同意的机构({who})记录",
        "a longer term for suggestion {number} needs the consent of who assigned it: whoever consents ({who}) records it",
    )


class PromiseOfNothing(Refused):
    says = Text(
        "{number} 号建议的答复不是 B 类(正在解决),没有承诺完成的日期(promised)",
        "the reply to {number} is not of class B (in progress): it has no day by which it is promised (promised)",
    )


class PromisedForThePast(Refused):
    says = Text("承诺完成的日期 {promised} 已经过去", "the day promised, {promised}, is past")


class NobodyHeard(Refused):
    says = Text(
        "{number} 号建议答复前须同代表沟通(contact-deputy),并由代表确认(confirm-contact)",
        "before suggestion {number} is replied to, the deputy is heard (contact-deputy) and confirms it (confirm-contact)",
    )


RESULT, PROMISED = "result", "promised"
"""Where `Matter.more` keeps the class of the last reply, and by when what it promised is to be done."""


class ExtendMatter(Command):
    """Find that the matter is broad or difficult (涉及面广、处理难度大): the longer term applies, from assignment."""

    act: ClassVar[str] = "extend-suggestion"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "handling_unit", "sc_office", "street_committee")
    title: ClassVar[Text] = Text("延长办理期限", "Extend the term")
    why: str = Field(min_length=1, max_length=500)


class MatterExtended(MatterEvent):
    name: ClassVar[str] = "matter.extended.v1"
    of: ClassVar[str] = ExtendMatter.act
    why: str
    reply: Clock
    instead_of: tuple[str, ...] = ()  # the shorter term, unless it was missed already: that stays on record

    def stops(self) -> tuple[str, ...]:
        return (*self.instead_of, *super().stops())

    def clocks(self) -> tuple[Clock, ...]:
        return (self.reply, *super().clocks())


@judges(ExtendMatter)
def extend(matter: Matter, command: ExtendMatter, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 51(2): six months for what is broad or difficult. The text names no consent; local rules may (经同意)."""
    law, at, topic = moment.law, moment.at, "suggestion.reply_difficult"
    if any(isinstance(e, MatterExtended) and e.why == command.why for e in matter.history):
        return []
    if matter.difficult:
        raise ExtendedAlready(law.basis(topic), number=matter.number)
    consent = law.ruling("suggestion.extension_consent")
    if consent is not None and consent.may_refuse and moment.actor.office == "handling_unit":
        who = joined(OFFICE_NAMES[office] for office in ExtendMatter.offices if office != "handling_unit")
        raise ConsentFirst(consent.basis, number=matter.number, who=who)
    clock = term(law, topic, matter.starts, id=reply_clock(topic), met_by="replied", waits_for=matter.unit, then="")
    if clock is None:
        raise NoTermToExtend(law.basis("suggestion.reply"), number=matter.number)
    instead_of = tuple(c.id for c in matter.open_clocks if c.met_by == "replied" and at < c.due)
    late = tuple(
        alert("DeadlineMissed", c.basis, what=matter.number, due=str(c.last_day))
        for c in matter.clocks.values()
        if at >= c.due
    )
    return [
        MatterExtended(
            at=at,
            basis=law.basis(topic, "suggestion.extension_consent"),
            why=command.why,
            reply=clock,
            instead_of=instead_of,
            findings=late,
        )
    ]


@tells(MatterExtended)
def matter_extended(matter: Matter, event: MatterExtended) -> Matter:
    return replace(matter, difficult=True)


class ReplyToSuggestion(Command):
    """The handling unit replies to the deputy (答复), with what came of it: A solved, B in progress, C later, D for reference.

    `local_class` is the class by the local rules, kept beside. `promised` is the day by which B is to be done. `signed_by` is the
    leader who signed it, by office; `way` is how the deputies were answered.
    """

    act: ClassVar[str] = "reply-suggestion"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = UNITS
    title: ClassVar[Text] = Text("答复建议", "Reply to the suggestion")
    result: Literal["A", "B", "C", "D"]
    contacted: bool = (
        False  # whether the deputy was heard before the reply, where the contacts are not on record one by one
    )
    local_class: str = Field(default="", max_length=80)
    promised: date | None = None
    signed_by: str = Field(default="", max_length=80)
    way: Literal["", "face", "writing"] = ""
    text: str = Field(default="", max_length=4000)


class MatterReplied(MatterEvent):
    name: ClassVar[str] = "matter.replied.v1"
    of: ClassVar[str] = ReplyToSuggestion.act
    fact: ClassVar[str] = "replied"
    result: str
    contacted: bool
    local_class: str = ""
    promised: date | None = None
    signed_by: str = ""
    way: str = ""
    text: str = ""
    to: str = "replied"


@judges(ReplyToSuggestion)
def reply(matter: Matter, command: ReplyToSuggestion, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 51(2): the unit contacts the deputy, hears them and replies."""
    if command.promised is not None and command.result != "B":
        raise PromiseOfNothing(number=matter.number)
    if command.promised is not None and command.promised < legal_date(moment.at):
        raise PromisedForThePast(promised=str(command.promised))
    findings = late_for(matter, fact_of("replied", matter.round), moment.at)
    heard = moment.law.ruling("suggestion.contact")
    if heard is not None and not (command.contacted or confirmed(matter)):
        if heard.may_refuse:
            raise NobodyHeard(heard.basis, number=matter.number)
        findings = (*findings, warn("ReplyUnheard", heard.basis, number=matter.number))
    if command.result == "B" and command.promised is None:
        findings = (*findings, warn("PromiseWithoutDay", moment.basis("suggestion.reply"), number=matter.number))
    return [
        MatterReplied(
            at=moment.at,
            basis=moment.basis("suggestion.reply", "council.opinions"),
            **command.model_dump(),
            findings=findings,
        )
    ]


@tells(MatterReplied)
def matter_replied(matter: Matter, event: MatterReplied) -> Matter:
    return replace(matter, more={**matter.more, RESULT: event.result, PROMISED: event.promised})
