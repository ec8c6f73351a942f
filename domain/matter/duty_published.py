"""The record of deputies' work is published (公示), and a scheme of points is adopted or not: acts of those who keep it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from domain.calendar import legal_date
from domain.event import Clock, Event, Finding
from domain.findings import warn
from domain.matter.duty_lines import KINDS
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.points import Scheme, calls_to_account, uncapped, unknown
from domain.matter.terms import MISS_TERM, late_for, term
from domain.offices import DECIDERS, SUPERVISORS
from domain.refusals import Refused
from domain.submission import Command, Office
from domain.text import Text

SCHEME = "scheme"
"""Where `Matter.more` keeps the scheme of points; no key, no points."""


class NothingPublishedYet(Refused):
    says = Text("公示截止日 {until} 还没有到", "the day up to which it is published, {until}, has not come")


class CalledToAccount(Refused):
    says = Text(
        "积分办法不能对代表的发言内容和表决方向计分:{kinds}",
        "a scheme of points cannot score what deputies say or how they vote: {kinds}",
    )


class NothingToScore(Refused):
    says = Text("没有“{kinds}”这类履职记录;有:{known}", "the record has no lines of the kind {kinds}; it has: {known}")


class PublishRecord(Command):
    """Publish the record up to the day `until`; `due` is the day of the next publication, if one is fixed."""

    act: ClassVar[str] = "publish-record"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("公示履职信息", "Publish the record of deputies' work")
    until: date
    due: date | None = None


class RecordPublished(MatterEvent):
    name: ClassVar[str] = "matter.record-published.v1"
    of: ClassVar[str] = PublishRecord.act
    number: int
    until: date
    due: date | None

    def own_facts(self) -> tuple[str, ...]:
        return ("record-published", f"record-published:{self.number}")


@judges(PublishRecord)
def publish_record(matter: Matter, command: PublishRecord, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 58(2): it is published; how often is the body's own (`duty.published_every`), each quarter in some places."""
    told = [e for e in matter.history if isinstance(e, RecordPublished)]
    if any((e.until, e.due) == (command.until, command.due) for e in told):
        return []
    if command.until > legal_date(moment.at):
        raise NothingPublishedYet(moment.cites("duty.published"), until=str(command.until))
    number = max((e.number for e in told), default=0) + 1
    basis = moment.basis("duty.published", "duty.published_every", "duty.organised")
    met_by, id_ = f"record-published:{number + 1}", f"record-published-{number + 1}"
    found = term(
        moment.law, "duty.published_every", {"assigned": moment.at}, id=id_, met_by=met_by, waits_for="sc_office"
    )
    if command.due is not None:
        found = Clock(
            id=id_, started=moment.at, last_day=command.due, met_by=met_by, basis=basis, waits_for="sc_office", then=MISS_TERM
        )  # fmt: skip
    late = late_for(matter, "record-published" if number == 1 else f"record-published:{number}", moment.at)
    begun = (found,) if found else ()
    return [
        RecordPublished(at=moment.at, basis=basis, number=number, **command.model_dump(), begun=begun, findings=late)
    ]


class AdoptScheme(Command):
    """Adopt a scheme of points (履职积分办法): its version, its source, and for each kind of line the points and the most in all."""

    act: ClassVar[str] = "adopt-scheme"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = DECIDERS
    title: ClassVar[Text] = Text("采用履职积分办法", "Adopt a scheme of points")
    scheme: Scheme


class SchemeAdopted(MatterEvent):
    name: ClassVar[str] = "matter.scheme-adopted.v1"
    of: ClassVar[str] = AdoptScheme.act
    fact: ClassVar[str] = "scheme-adopted"
    scheme: Scheme


@judges(AdoptScheme)
def adopt_scheme(matter: Matter, command: AdoptScheme, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 38: neither the content of a speech nor the direction of a vote is ever scored."""
    if matter.more.get(SCHEME) == command.scheme:
        return []
    if wrong := calls_to_account(command.scheme):
        raise CalledToAccount(moment.cites("duty.immunity"), kinds="、".join(wrong))
    if strange := unknown(command.scheme):
        raise NothingToScore(kinds="、".join(strange), known="、".join(KINDS))
    findings: tuple[Finding, ...] = ()
    if open_ := uncapped(command.scheme):
        findings = (warn("PointsUncapped", (), kinds="、".join(open_)),)
    basis = moment.basis("duty.points", "duty.immunity")
    return [SchemeAdopted(at=moment.at, basis=basis, scheme=command.scheme, findings=findings)]


class StopPoints(Command):
    """No points from now on: the scheme no longer holds."""

    act: ClassVar[str] = "stop-points"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = AdoptScheme.offices
    title: ClassVar[Text] = Text("停用履职积分", "Stop the points")


class PointsStopped(MatterEvent):
    name: ClassVar[str] = "matter.points-stopped.v1"
    of: ClassVar[str] = StopPoints.act
    fact: ClassVar[str] = "points-stopped"


@judges(StopPoints)
def stop_points(matter: Matter, command: StopPoints, moment: MatterMoment) -> list[Event]:
    if SCHEME not in matter.more:
        return []
    return [PointsStopped(at=moment.at, basis=moment.basis("duty.points"))]


def scheme_of(matter: Matter) -> Scheme | None:
    """The scheme that holds; None while points are off, as they are unless somebody adopts one."""
    found: Scheme | None = matter.more.get(SCHEME)
    return found


def _without(more: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in more.items() if key != SCHEME}


@tells(SchemeAdopted)
def scheme_adopted(matter: Matter, event: SchemeAdopted) -> Matter:
    return replace(matter, more={**matter.more, SCHEME: event.scheme})


@tells(PointsStopped)
def points_stopped(matter: Matter, event: PointsStopped) -> Matter:
    return replace(matter, more=_without(matter.more))
