"""A matter is opened: a suggestion when it was assigned (交办), any other kind when the session's record says that it begins."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from domain.event import Clock, Event
from domain.matter.loop import LOOPS
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.terms import RECEIVED, begun_by, term
from domain.session.parts import Code, DeputyId
from domain.submission import Command, Office
from domain.text import Text

SUGGESTION = "suggestion"


class OpenMatter(Command):
    """Open the matter that the session's record says is to be followed up. The engine does this itself."""

    act: ClassVar[str] = "open-matter"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("clock", "presidium")
    title: ClassVar[Text] = Text("建立督办事项", "Open the matter")
    session: str
    number: Code


class MatterOpened(MatterEvent):
    """`unit`: who handles it, `co_units` with whom (会办单位). `reply`: the term of a suggestion's reply."""

    name: ClassVar[str] = "matter.opened.v1"
    of: ClassVar[str] = OpenMatter.act
    fact: ClassVar[str] = "opened"
    session: str
    number: Code
    unit: str
    difficult: bool
    edition: str
    profile: str
    level: str
    reply: Clock | None
    kind: str = SUGGESTION
    title: str = ""
    co_units: tuple[str, ...] = ()
    deputies: tuple[DeputyId, ...] = ()
    parent: str = ""  # number of the matter it is part of
    closed_at: datetime | None = None  # when the session closed, if it had

    def own_facts(self) -> tuple[str, ...]:
        return ("opened",)

    def clocks(self) -> tuple[Clock, ...]:
        return (*((self.reply,) if self.reply else ()), *super().clocks())


@judges(OpenMatter)
def open_matter(matter: Matter, command: OpenMatter, moment: MatterMoment) -> list[Event]:
    """代表法 (2025) art. 51(2): a reply within three months of assignment, six for broad or difficult ones (自交办之日起).

    The earliest of the terms that apply binds (architecture §2.4): a local rule may shorten, never lengthen.
    """
    return [] if matter.recorded else [opened_by(matter, command, moment)]


def opened_by(matter: Matter, command: OpenMatter, moment: MatterMoment) -> MatterOpened:
    """How the session's record has it opened, with the terms that then run."""
    session, at = moment.session, moment.at
    closed = session.facts["closed"].at if session.has("closed") else None
    starts = {"assigned": at, **({"closed": closed} if closed else {})}
    where = {
        "at": at, "session": command.session, "number": command.number, "edition": session.edition,
        "profile": session.plan.profile, "level": session.procedure.level, "closed_at": closed,
    }  # fmt: skip
    if command.number in session.assignments:
        assigned = session.assignments[command.number]
        filed = session.suggestions[command.number]
        topic = "suggestion.reply_difficult" if assigned.difficult else "suggestion.reply"
        starts = {**starts, RECEIVED: at}
        return MatterOpened(
            **where,
            basis=moment.basis("suggestion.assigned_by", "suggestion.reply", "council.opinions"),
            unit=assigned.unit,
            difficult=assigned.difficult,
            title=filed.subject,
            deputies=filed.deputies,
            reply=term(
                moment.law, topic, starts, id=reply_clock(topic), met_by="replied", waits_for=assigned.unit, then=""
            ),
            to=LOOPS[SUGGESTION].begins.to,
            co_units=assigned.co_units,
            begun=_at_assignment(matter, assigned.unit, assigned.co_units, starts, moment),
        )
    begun = session.begun[command.number]
    known = LOOPS[begun.kind]
    fresh = replace(matter, kind=begun.kind, unit=begun.unit, level=session.procedure.level, starts=starts)
    return MatterOpened(
        **where,
        basis=moment.basis(*known.begins.topics, *known.topics),
        unit=begun.unit,
        difficult=False,
        reply=None,
        kind=begun.kind,
        title=begun.subject,
        co_units=begun.co_units,
        deputies=begun.deputies,
        parent=begun.parent or "",
        to=known.begins.to,
        marks=known.begins.marks,
        begun=begun_by(fresh, known.begins.dues, moment, known.begins.marks or "", begun.due),
    )


def _at_assignment(
    matter: Matter, unit: str, co_units: tuple[str, ...], starts: dict[str, datetime], moment: MatterMoment
) -> tuple[Clock, ...]:
    """The other terms that run from the assignment, or from its receipt."""
    fresh = replace(matter, unit=unit, co_units=co_units, level=moment.session.procedure.level, starts=starts)
    return begun_by(fresh, LOOPS[SUGGESTION].begins.dues, moment, "", None)


def reply_clock(topic: str) -> str:
    """The id of the term of a reply: `reply`, or `reply-difficult`."""
    return topic.split(".")[1].replace("_", "-")


@tells(MatterOpened)
def matter_opened(matter: Matter, event: MatterOpened) -> Matter:
    starts: dict[str, datetime] = {"assigned": event.at, **({"closed": event.closed_at} if event.closed_at else {})}
    if event.kind == SUGGESTION:
        starts[RECEIVED] = event.at
    return replace(
        matter, kind=event.kind, number=event.number, title=event.title, unit=event.unit, co_units=event.co_units,
        deputies=event.deputies, parent=event.parent, session=event.session, profile=event.profile, level=event.level,
        edition=event.edition, difficult=event.difficult, starts=starts, stands=LOOPS[event.kind].begins.to,
    )  # fmt: skip
