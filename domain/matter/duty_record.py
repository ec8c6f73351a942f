"""The record of deputies' work (代表履职档案): what a deputy enters is reviewed, what is wrong is corrected, and it is published.

代表法 (2025) art. 58(2): it is kept by the standing committee, in a township by the presidium, and published. What the record of sessions
and matters knows is derived from there and never typed in; only a deputy's own activities are entered, with their proof.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.offices import SUPERVISORS
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.session.roll import NotADeputy
from domain.submission import Command, Office
from domain.text import Text

CLAIMS = "claims"
"""Where `Matter.more` keeps each claim by its number."""
Words = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]
WAITING = "waiting"


class Claim(NamedTuple):
    """What a deputy entered. `stands`: waiting, accepted or rejected."""

    deputy: str
    activity: str
    day: date
    text: str
    stands: str = WAITING
    why: str = ""


class ActivityNotYet(Refused):
    says = Text("活动日期 {day} 还没有到", "the day of the activity, {day}, has not come")


class NoSuchClaim(Refused):
    says = Text("没有第 {claim} 条自报活动", "no claim {claim} is on record")


class RejectionNeedsReason(Refused):
    says = Text("不予计入须写明理由(why)", "to turn a claim down say why (why)")


class ClaimActivity(Command):
    """A deputy enters an activity of their own: what kind, on which `day`, what it was; its proof is attached (`evidence`)."""

    act: ClassVar[str] = "claim-activity"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "group", *SUPERVISORS)
    title: ClassVar[Text] = Text("登记代表活动", "Enter an activity")
    deputy: DeputyId
    activity: Literal["station", "voters", "visit", "survey", "training", "help", "other"]
    day: date
    text: Words


class ActivityClaimed(MatterEvent):
    name: ClassVar[str] = "matter.activity-claimed.v1"
    of: ClassVar[str] = ClaimActivity.act
    fact: ClassVar[str] = "activity-claimed"
    number: int
    deputy: DeputyId
    activity: str
    day: date
    text: str


@judges(ClaimActivity)
def claim(matter: Matter, command: ClaimActivity, moment: MatterMoment) -> list[Event]:
    """Of a deputy of this congress, after the day; it counts once it was reviewed."""
    said = command.model_dump()
    if any(c._replace(stands=WAITING, why="") == Claim(**said) for c in claims_of(matter).values()):
        return []
    if command.deputy not in moment.session.in_office:
        raise NotADeputy(moment.cites("deputy.base"), deputy=command.deputy)
    if command.day > legal_date(moment.at):
        raise ActivityNotYet(moment.cites("duty.record"), day=str(command.day))
    number = matter.recorded + 1  # its place in the matter's own record, so never used twice
    return [ActivityClaimed(at=moment.at, basis=moment.basis("duty.record", "duty.organised"), number=number, **said)]


class ReviewClaim(Command):
    """Accept a claim or turn it down; reviewed again, the later review holds. `claim` is its number, `why` the reason."""

    act: ClassVar[str] = "review-claim"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("审核代表活动", "Review an activity")
    claim: int = Field(ge=1)
    accepted: bool
    why: str = Field(default="", max_length=1000)


class ClaimReviewed(MatterEvent):
    name: ClassVar[str] = "matter.claim-reviewed.v1"
    of: ClassVar[str] = ReviewClaim.act
    fact: ClassVar[str] = "claim-reviewed"
    claim: int
    accepted: bool
    why: str


@judges(ReviewClaim)
def review(matter: Matter, command: ReviewClaim, moment: MatterMoment) -> list[Event]:
    """Nothing is turned down without a reason."""
    known = claims_of(matter).get(command.claim)
    if known is None:
        raise NoSuchClaim(moment.cites("duty.record"), claim=command.claim)
    if not command.accepted and not command.why.strip():
        raise RejectionNeedsReason(moment.cites("duty.record"))
    if (known.stands, known.why) == (_stands(command.accepted), command.why):
        return []
    return [ClaimReviewed(at=moment.at, basis=moment.basis("duty.record", "duty.organised"), **command.model_dump())]


class CorrectLine(Command):
    """Take a line off a deputy's record that is wrong: `record_entry` is the entry it stands on (`yishi duty`), `why` the reason.

    To put it back, strike this entry (`strike-entry`).
    """

    act: ClassVar[str] = "correct-line"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("更正履职记录", "Correct a line")
    deputy: DeputyId
    record_entry: int = Field(ge=1)
    why: Words


class LineCorrected(MatterEvent):
    name: ClassVar[str] = "matter.line-corrected.v1"
    of: ClassVar[str] = CorrectLine.act
    fact: ClassVar[str] = "line-corrected"
    deputy: DeputyId
    record_entry: int
    why: str


@judges(CorrectLine)
def correct_line(matter: Matter, command: CorrectLine, moment: MatterMoment) -> list[Event]:
    """The line stays in view, marked, with the reason; it counts no more."""
    told = (e for e in matter.history if isinstance(e, LineCorrected))
    if any((e.deputy, e.record_entry) == (command.deputy, command.record_entry) for e in told):
        return []
    return [LineCorrected(at=moment.at, basis=moment.basis("duty.record", "record.correction"), **command.model_dump())]


def claims_of(matter: Matter) -> Mapping[int, Claim]:
    found: Mapping[int, Claim] = matter.more.get(CLAIMS, {})
    return found


def _stands(accepted: bool) -> str:
    return "accepted" if accepted else "rejected"


@tells(ActivityClaimed)
def activity_claimed(matter: Matter, event: ActivityClaimed) -> Matter:
    entered = Claim(event.deputy, event.activity, event.day, event.text)
    return replace(matter, more={**matter.more, CLAIMS: {**claims_of(matter), event.number: entered}})


@tells(ClaimReviewed)
def claim_reviewed(matter: Matter, event: ClaimReviewed) -> Matter:
    if event.claim not in claims_of(matter):  # what it reviewed was struck
        return matter
    seen = claims_of(matter)[event.claim]._replace(stands=_stands(event.accepted), why=event.why)
    return replace(matter, more={**matter.more, CLAIMS: {**claims_of(matter), event.claim: seen}})
