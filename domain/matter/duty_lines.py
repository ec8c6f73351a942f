"""What an event says a deputy did (履职情况), as lines of the deputy's record: that they were there, signed, asked, voted.

A line says that a deputy took part and never how: of a recorded vote only that they voted (代表法 (2025) art. 38, 2015 art. 31:
发言和表决不受法律追究). So two records that differ in nothing but the direction of votes are the same.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.event import Event
from domain.matter.inspecting import GroupFormed
from domain.matter.matter import Matter
from domain.matter.meetings import MeetingHeld
from domain.matter.rating import ReplyRated
from domain.matter.steps import StepTaken
from domain.motion.filing import MotionFiled
from domain.motion.withdrawal import SignatureWithdrawn
from domain.session.hall import SignedIn
from domain.session.inquiry import InquiryRaised
from domain.session.interpellation import InterpellationFiled
from domain.session.roll import AbsencesRecorded, LeaveDecided
from domain.session.signatures import SignedTogether
from domain.session.suggestions import SuggestionFiled
from domain.text import Text
from domain.vote.amendments import AmendmentFiled
from domain.vote.votes import VoteCounted

DERIVED = {
    "attended": Text("出席会议", "attended a sitting"),
    "on-leave": Text("请假获准", "on leave"),
    "absent": Text("未经批准缺席", "absent without leave"),
    "motion": Text("提出议案", "brought a motion"),
    "amendment": Text("提出修正案", "moved an amendment"),
    "suggestion": Text("提出建议", "made a suggestion"),
    "inquiry": Text("提出询问", "raised an inquiry"),
    "interpellation": Text("提出质询案", "signed an interpellation"),
    "voted": Text("参加记名表决", "took part in a recorded vote"),
    "inspection": Text("参加执法检查", "took part in an inspection"),
    "meeting": Text("参加例会", "came to a meeting of a series"),
    "rating": Text("评价建议答复", "rated a reply"),
    "duty-report": Text("向选民述职", "reported to the voters"),
}
CLAIMED = {
    "station": Text("进站接待选民", "received voters at a station"),
    "voters": Text("走访联系选民", "visited voters"),
    "visit": Text("参加视察", "took part in a visit"),
    "survey": Text("参加专题调研", "took part in a survey"),
    "training": Text("参加履职学习", "took part in training"),
    "help": Text("为群众办事", "helped people with a concern"),
    "other": Text("其他履职活动", "another activity"),
}
"""What a deputy may enter, with its proof; the others come from the record alone."""
KINDS = DERIVED | CLAIMED
REPORTED = "report-to-voters"
SIGNED: dict[type[Event], str] = {SuggestionFiled: "suggestion", InquiryRaised: "inquiry", AmendmentFiled: "amendment"}


class Line(NamedTuple):
    """One line of a deputy's record. `entry`: the entry of the log it stands on; `about`: which sitting, suggestion, matter."""

    deputy: str
    kind: str
    entry: int
    day: date
    about: str


class Did(NamedTuple):
    deputy: str
    kind: str
    about: str


def told_by(event: Event, matter: Matter | None = None) -> Iterator[Did]:
    """What one event says deputies did. `matter`: whose event it is, if it is one of a matter."""
    if matter is not None:
        yield from _of_a_matter(event, matter)
    elif isinstance(event, SignedIn):
        yield Did(event.deputy, "attended", event.sitting)
    elif isinstance(event, LeaveDecided):
        yield from (Did(deputy, "on-leave", "") for deputy in event.deputies if event.granted)
    elif isinstance(event, AbsencesRecorded):
        yield from (Did(deputy, "absent", "") for deputy in event.without_leave)
    elif isinstance(event, VoteCounted):
        voted = sorted(event.named.all) if event.named else ()
        yield from (Did(deputy, "voted", event.subject) for deputy in voted)
    elif isinstance(event, MotionFiled | InterpellationFiled):
        kind = "motion" if isinstance(event, MotionFiled) else "interpellation"
        yield from (Did(deputy, kind, event.number) for deputy in _counted(event))
    elif isinstance(event, SuggestionFiled | InquiryRaised | AmendmentFiled):
        kind = SIGNED[type(event)]
        yield from (Did(deputy, kind, event.number) for deputy in dict.fromkeys(event.deputies))


def taken_back(event: Event) -> Iterator[Did]:
    """What one event says that deputies did not do after all: leave refused, a signature withdrawn."""
    if isinstance(event, LeaveDecided) and not event.granted:
        yield from (Did(deputy, "on-leave", "") for deputy in event.deputies)
    elif isinstance(event, SignatureWithdrawn):
        yield from (Did(deputy, "motion", event.number) for deputy in event.deputies)


def _counted(event: SignedTogether) -> tuple[str, ...]:
    return tuple(d for d in dict.fromkeys(event.deputies) if event.stands and d not in event.not_counted)


def _of_a_matter(event: Event, matter: Matter) -> Iterator[Did]:
    if isinstance(event, GroupFormed):
        yield from (Did(each.person, "inspection", matter.number) for each in event.inspectors)
    elif isinstance(event, MeetingHeld):
        yield from (Did(deputy, "meeting", f"{matter.number}:{event.number}") for deputy in event.deputies)
    elif isinstance(event, ReplyRated):
        yield Did(event.deputy, "rating", f"{matter.number}:{event.round}")
    elif isinstance(event, StepTaken) and event.step == REPORTED:
        yield from (Did(deputy, "duty-report", matter.number) for deputy in matter.deputies)
