"""Meetings that come again (半月谈、季度议、全年促): each one's opinion is handed over again, as a matter that is part of the series."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Clock, Event
from domain.findings import warn
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.terms import MISS_TERM, late_for
from domain.matter.turns import office_here
from domain.offices import SUPERVISORS
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId
from domain.submission import Command, Office
from domain.text import Text

MEETINGS = "meetings"
"""Where `Matter.more` keeps, of each meeting, the matter by which its opinion was handed over; "" while it was not, None without one."""


class MeetingInThePast(Refused):
    says = Text("下次会议的日期 {due} 已经过去", "the day of the next meeting, {due}, is past")


class NoSuchMeeting(Refused):
    says = Text("没有第 {meeting} 次会议的意见可以交办", "no opinion of a meeting {meeting} is there to be handed over")


class NotPartOfTheSeries(Refused):
    says = Text(
        "{matter} 号事项不是本系列的一部分:请先用 begin-matter 建立,parent 写 {number}",
        "matter {matter} is not part of this series: begin it first (begin-matter), with {number} as its parent",
    )


class HandedOnAlready(Refused):
    says = Text(
        "第 {meeting} 次会议的意见已经作为 {matter} 号事项交办",
        "the opinion of meeting {meeting} is handed over as matter {matter}",
    )


class HoldMeeting(Command):
    """Record one meeting: what it was about, who came, the opinion that came of it, if any, and the day of the next, if one is fixed."""

    act: ClassVar[str] = "hold-meeting"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (*SUPERVISORS, "group")
    title: ClassVar[Text] = Text("举行例会", "Hold a meeting of the series")
    subject: str = Field(min_length=1, max_length=200, pattern=r"\S")
    deputies: tuple[DeputyId, ...] = ()
    opinion: str = Field(default="", max_length=4000)
    due: date | None = None


class MeetingHeld(MatterEvent):
    name: ClassVar[str] = "matter.meeting-held.v1"
    of: ClassVar[str] = HoldMeeting.act
    fact: ClassVar[str] = "meeting-held"
    number: int
    subject: str
    deputies: tuple[DeputyId, ...]
    opinion: str
    due: date | None

    def own_facts(self) -> tuple[str, ...]:
        return ("meeting-held", f"meeting-held:{self.number}")


@judges(HoldMeeting)
def hold_meeting(matter: Matter, command: HoldMeeting, moment: MatterMoment) -> list[Event]:
    """The day fixed for the next is a term like any other: a series that stops is seen."""
    day, said = legal_date(moment.at), command.model_dump()
    held = [e for e in matter.history if isinstance(e, MeetingHeld) and legal_date(e.at) == day]
    if any(all(getattr(e, name) == value for name, value in said.items()) for e in held):
        return []
    if command.due is not None and command.due < day:
        raise MeetingInThePast(due=str(command.due))
    number = max(_meetings(matter), default=0) + 1
    met_by = "meeting-held" if number == 1 else f"meeting-held:{number}"
    basis = moment.basis(*matter.loop.topics)
    begun: tuple[Clock, ...] = ()
    if command.due is not None:
        after = number + 1
        following = Clock(
            id=f"meeting-held-{after}", started=moment.at, last_day=command.due, met_by=f"meeting-held:{after}", basis=basis,
            waits_for=office_here("sc_office", matter.level), then=MISS_TERM,
        )  # fmt: skip
        begun = (following,)
    late = late_for(matter, met_by, moment.at)
    return [MeetingHeld(at=moment.at, basis=basis, number=number, **said, begun=begun, findings=late)]


class HandOn(Command):
    """Hand one meeting's opinion over again: `matter` is the matter begun for it, with this series as its parent."""

    act: ClassVar[str] = "hand-on"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("再交办会议意见", "Hand a meeting's opinion over")
    meeting: int = Field(ge=1)
    matter: Code


class HandedOn(MatterEvent):
    name: ClassVar[str] = "matter.handed-on.v1"
    of: ClassVar[str] = HandOn.act
    fact: ClassVar[str] = "handed-on"
    meeting: int
    matter: Code


@judges(HandOn)
def hand_on(matter: Matter, command: HandOn, moment: MatterMoment) -> list[Event]:
    """Only an opinion that came of a meeting, only once, and only to a matter that is part of the series."""
    before = _meetings(matter).get(command.meeting)
    if before is None:
        raise NoSuchMeeting(meeting=command.meeting)
    if before == command.matter:
        return []
    if before:
        raise HandedOnAlready(meeting=command.meeting, matter=before)
    child = moment.session.begun.get(command.matter)
    if child is None or child.parent != matter.number:
        raise NotPartOfTheSeries(matter=command.matter, number=matter.number)
    return [HandedOn(at=moment.at, basis=moment.basis(*matter.loop.topics), **command.model_dump())]


class EndSeries(Command):
    """The series is over."""

    act: ClassVar[str] = "end-series"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("结束例会", "End the series")


class SeriesEnded(MatterEvent):
    name: ClassVar[str] = "matter.series-ended.v1"
    of: ClassVar[str] = EndSeries.act
    fact: ClassVar[str] = "series-ended"


@judges(EndSeries)
def end_series(matter: Matter, command: EndSeries, moment: MatterMoment) -> list[Event]:
    """An opinion that was never handed over does not keep the series open; the record says which meeting's it is."""
    left = "、".join(str(number) for number, handed in _meetings(matter).items() if handed == "")
    findings = (warn("OpinionNotHandedOn", (), number=matter.number, meetings=left),) if left else ()
    return [SeriesEnded(at=moment.at, basis=moment.basis(*matter.loop.topics), findings=findings)]


def _meetings(matter: Matter) -> dict[int, str | None]:
    return dict(matter.more.get(MEETINGS, {}))


@tells(MeetingHeld)
def meeting_held(matter: Matter, event: MeetingHeld) -> Matter:
    """Without an opinion there is nothing to hand over."""
    held = {**_meetings(matter), event.number: "" if event.opinion.strip() else None}
    return replace(matter, more={**matter.more, MEETINGS: held})


@tells(HandedOn)
def handed_on(matter: Matter, event: HandedOn) -> Matter:
    return replace(matter, more={**matter.more, MEETINGS: {**_meetings(matter), event.meeting: event.matter}})
