"""The deputy says what the reply is worth (征询意见), or nothing. No feedback is never counted as satisfied.

Whoever handled it does not enter the rating: the supervisor hears the deputy alone (背靠背), or all sit together (面对面).
"""

from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Clock, Event
from domain.findings import warn
from domain.matter.contact import NotOfThisSuggestion
from domain.matter.matter import Matter, MatterEvent, MatterMoment, fact_of, judges, tells
from domain.matter.replying import PROMISED, RESULT
from domain.matter.terms import MISS_TERM, late_for
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.submission import Command, Office
from domain.text import Text

CLOSED, COMMITTED, DISSATISFIED = "closed", "committed", "dissatisfied"
IN_PROGRESS = "B"
"""The class of reply with which something is promised for later."""


class NotReminded(Refused):
    says = Text(
        "{number} 号建议没有催请代表反馈的记录,请先催请(remind-deputy)",
        "no reminder to the deputy of suggestion {number} is on record: send one first (remind-deputy)",
    )


class RateReply(Command):
    """A deputy rates the reply: `result` is what came of it, `attitude` how it was handled, `why` the reasons of one not satisfied.

    `way`: back to back, face to face, or on a form (征询意见表). Of a joint suggestion the first deputy rates for all.
    """

    act: ClassVar[str] = "rate-reply"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat", "sc_office", "presidium", "street_committee")
    title: ClassVar[Text] = Text("代表评价答复", "Rate the reply")
    deputy: DeputyId
    result: Literal["satisfied", "basically", "dissatisfied"]
    attitude: Literal["satisfied", "basically", "dissatisfied"] | None = None
    why: str = Field(default="", max_length=2000)
    way: Literal["back_to_back", "face_to_face", "form"] = "form"


class ReplyRated(MatterEvent):
    name: ClassVar[str] = "matter.reply-rated.v1"
    of: ClassVar[str] = RateReply.act
    fact: ClassVar[str] = "rated"
    deputy: DeputyId
    result: str
    attitude: str | None
    why: str
    way: str


@judges(RateReply)
def rate(matter: Matter, command: RateReply, moment: MatterMoment) -> list[Event]:
    """Satisfied or basically so, it is closed, or waits for what was promised; not satisfied, the supervisor studies why."""
    if matter.deputies and command.deputy not in matter.deputies:
        raise NotOfThisSuggestion(moment.cites("suggestion.feedback"), deputy=command.deputy)
    findings = late_for(matter, fact_of("rated", matter.round), moment.at)
    basis = moment.basis("suggestion.feedback", "suggestion.reply")
    if command.result == DISSATISFIED:
        if not command.why:
            findings = (*findings, warn("RatedWithoutReason", basis, number=matter.number))
        event = ReplyRated(at=moment.at, basis=basis, to=DISSATISFIED, **command.model_dump(), findings=findings)
    else:
        event = ReplyRated(
            at=moment.at, basis=basis, **settled(matter, moment), **command.model_dump(), findings=findings
        )
    return [event]


class CloseWithoutFeedback(Command):
    """The deputy was reminded and says nothing: it is closed without a rating (未反馈), or waits for what was promised."""

    act: ClassVar[str] = "close-without-feedback"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "presidium", "street_committee")
    title: ClassVar[Text] = Text("代表未反馈", "No feedback")


class ClosedWithoutFeedback(MatterEvent):
    name: ClassVar[str] = "matter.closed-without-feedback.v1"
    of: ClassVar[str] = CloseWithoutFeedback.act
    fact: ClassVar[str] = "no-feedback"


@judges(CloseWithoutFeedback)
def close_without(matter: Matter, command: CloseWithoutFeedback, moment: MatterMoment) -> list[Event]:
    """Only after a reminder; it is counted on its own, outside of those satisfied and of those asked."""
    if not matter.has_now("remind-deputy"):
        raise NotReminded(moment.cites("suggestion.no_feedback"), number=matter.number)
    basis = moment.basis("suggestion.no_feedback", "suggestion.feedback", "suggestion.reply")
    return [ClosedWithoutFeedback(at=moment.at, basis=basis, **settled(matter, moment))]


def settled(matter: Matter, moment: MatterMoment) -> dict[str, object]:
    """Where a reply that nobody objects to leads: to the end, or to waiting for what was promised, by the day it was."""
    if matter.more.get(RESULT) != IN_PROGRESS:
        return {"to": CLOSED}
    promised: date | None = matter.more.get(PROMISED)
    if promised is None:
        return {"to": COMMITTED}
    clock = Clock(
        id=f"promised-{matter.round}", started=moment.at, last_day=promised, met_by=fact_of("replied", matter.round + 1),
        basis=moment.basis("suggestion.commitment", "suggestion.reply"), waits_for=matter.unit, then=MISS_TERM,
    )  # fmt: skip
    return {"to": COMMITTED, "begun": (clock,)}


@tells(ReplyRated)
def reply_rated(matter: Matter, event: ReplyRated) -> Matter:
    return replace(matter, more={**matter.more, "rated": event.result})
