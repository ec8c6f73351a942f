"""A matter follows the record of its session (随会议记录更正): corrected there, who handles it and its terms are worked out anew here.

What the matter decided for itself since (改交, 延期) stands. What the session's record no longer has (划去) is taken back here: it stays
to be read, nothing is waited for any more, and no figure counts it. The closing of a session sets the terms that run from it (自闭会之日起).
"""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from domain.event import Clock, Event
from domain.matter.loop import TAKEN_BACK
from domain.matter.matter import Matter, MatterEvent, MatterMoment, MatterUnknown, judges, tells
from domain.matter.opening import SUGGESTION, MatterOpened, OpenMatter, opened_by
from domain.matter.terms import RECEIVED
from domain.session.parts import DeputyId
from domain.session.state import Session
from domain.submission import Command, Office
from domain.text import Text


class FollowRecord(Command):
    """The engine's own act: entry `version` of the session changed what the record says of this matter."""

    act: ClassVar[str] = "follow-record"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock",)
    title: ClassVar[Text] = Text("随会议记录更正", "Follow the session's record")
    version: int


class RecordFollowed(MatterEvent):
    """`unit` and the rest are what the session's record now says; `was` is the unit it named before.

    `terms` are those the matter would have been opened with; `stood` is where it stood, if it is taken back (`to`).
    """

    name: ClassVar[str] = "matter.record-followed.v1"
    repeats: ClassVar[bool] = True
    version: int
    unit: str
    was: str
    co_units: tuple[str, ...] = ()
    difficult: bool = False
    title: str = ""
    deputies: tuple[DeputyId, ...] = ()
    assigned_at: datetime | None = None
    closed_at: datetime | None = None
    terms: tuple[Clock, ...] = ()
    stood: str = ""

    def facts(self) -> tuple[str, ...]:
        return (*super().facts(), *((TAKEN_BACK,) if self.stood else ()))

    def revokes(self) -> tuple[str, ...]:
        return (*super().revokes(), *(() if self.stood else (TAKEN_BACK,)))


Told = MatterOpened | RecordFollowed
"""The entries that hold what the session's record said of the matter when they were made."""


@judges(FollowRecord, anytime=True)
def follow_record(matter: Matter, command: FollowRecord, moment: MatterMoment) -> list[Event]:
    """What depends on a corrected entry is worked out again, as in the session itself: visibly, and only where it changed."""
    if not matter.recorded:
        raise MatterUnknown()
    known = [e for e in matter.history if isinstance(e, Told)][-1]
    began = begun_at(moment.session, matter.number)
    if began is None:
        return [] if matter.has(TAKEN_BACK) else [_taken_back(matter, known, command, moment)]
    then = replace(moment, at=began, law=moment.law_on(began))
    opening = OpenMatter(session=matter.session, number=matter.number)
    now = opened_by(Matter(matter.stream), opening, then)
    if _told(now) == _told(known) and _terms(now) == _terms(known) and not matter.has(TAKEN_BACK):
        return []
    begun, ended = _in_their_place(matter, known, now, moment)
    return [
        RecordFollowed(
            at=moment.at,
            basis=moment.basis("record.correction"),
            version=command.version,
            was=known.unit,
            unit=now.unit,
            co_units=now.co_units,
            difficult=now.difficult,
            title=now.title,
            deputies=now.deputies,
            assigned_at=began,
            closed_at=now.closed_at,
            terms=_terms(now),
            begun=begun,
            ended=ended,
            round=matter.round,
            to=_stood(matter) if matter.has(TAKEN_BACK) else "",
        )
    ]


def begun_at(session: Session, number: str) -> datetime | None:
    """When a matter began: its suggestion was assigned, or it was begun. None where the session's record has neither."""
    if number in session.assignments and number in session.suggestions and session.has(f"assigned:{number}"):
        return session.facts[f"assigned:{number}"].at
    return session.facts[f"matter:{number}"].at if number in session.begun else None


def _taken_back(matter: Matter, known: Told, command: FollowRecord, moment: MatterMoment) -> RecordFollowed:
    return RecordFollowed(
        at=moment.at,
        basis=moment.basis("record.correction"),
        version=command.version,
        was=known.unit,
        unit=known.unit,
        co_units=known.co_units,
        difficult=known.difficult,
        title=known.title,
        deputies=known.deputies,
        closed_at=known.closed_at,
        ended=tuple(c.id for c in matter.open_clocks),
        round=matter.round,
        to=TAKEN_BACK,
        over=True,
        stood=matter.stands,
    )


def _told(event: Told) -> tuple[object, ...]:
    began = event.at if isinstance(event, MatterOpened) else event.assigned_at
    return event.unit, event.co_units, event.difficult, event.title, event.deputies, began


def _terms(event: Told) -> tuple[Clock, ...]:
    return event.terms if isinstance(event, RecordFollowed) else tuple(c for c in event.clocks() if not c.is_notice)


def _in_their_place(
    matter: Matter, known: Told, now: MatterOpened, moment: MatterMoment
) -> tuple[tuple[Clock, ...], tuple[str, ...]]:
    """The terms that begin and end: those of the opening as it would be now, but for what the matter met or ended itself.

    One that passed already stays missed; where it now ends later, it runs once more under an id of its own.
    """
    before, after = {c.id: c for c in _terms(known)}, {c.id: c for c in _terms(now)}
    own = matter.has(TAKEN_BACK)  # its terms were ended with it, and come back
    begun: dict[str, Clock] = {}
    for id_, clock in after.items():
        replaced = id_ in before and id_ not in matter.clocks and not own
        if (before.get(id_) == clock and not own) or replaced or clock.met_by in matter.facts:
            continue
        if id_ in matter.missed:
            again = clock.model_copy(update={"id": f"{id_}-{matter.recorded + 1}"})
            begun |= {again.id: again} if clock.due > moment.at else {}
        else:
            begun[id_] = clock
    ended = tuple(i for i in before if i not in after and any(c.id == i for c in matter.open_clocks))
    if matter.unit == known.unit and now.unit != known.unit:
        for clock in matter.open_clocks:
            if clock.waits_for == known.unit and clock.id not in (*begun, *ended):
                begun[clock.id] = clock.model_copy(update={"waits_for": now.unit})
    return tuple(begun.values()), ended


def _stood(matter: Matter) -> str:
    """Where it stood before it was taken back."""
    return next((e.stood for e in reversed(matter.history) if isinstance(e, RecordFollowed) and e.stood), matter.stands)


@tells(RecordFollowed)
def record_followed(matter: Matter, event: RecordFollowed) -> Matter:
    """Who handles it by a decision of its own (改交) goes on handling it."""
    starts = dict(matter.starts)
    if event.assigned_at is not None and matter.unit == event.was:
        signed_for = starts.get(RECEIVED) != starts.get("assigned")
        starts["assigned"] = event.assigned_at
        if matter.kind == SUGGESTION and not signed_for:
            starts[RECEIVED] = event.assigned_at
    if event.closed_at is not None:
        starts["closed"] = event.closed_at
    return replace(
        matter,
        unit=event.unit if matter.unit == event.was else matter.unit,
        co_units=event.co_units,
        difficult=event.difficult,
        title=event.title,
        deputies=event.deputies,
        starts=starts,
    )
