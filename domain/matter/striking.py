"""An entry of a matter that was made by mistake is struck through (更正): it stays to be read, and the rest is folded without it."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from domain.event import Event
from domain.matter.matter import Matter, MatterEvent, MatterMoment, Struck, evolve_matter, judges, tells
from domain.matter.recounting import TermsRecounted
from domain.refusals import Refused
from domain.submission import Command, Office
from domain.text import Text


class NothingToStrike(Refused):
    says = Text("督办事项第 {version} 号记录不存在", "the matter has no entry {version}")


class StandsForGood(Refused):
    says = Text(
        "第 {version} 号记录不能更正:它开启了督办事项,或者是系统的提醒,或者本身就是更正",
        "entry {version} cannot be struck: it opened the matter, is a notice of the engine's, or a correction itself",
    )


class LastEntryFirst(Refused):
    says = Text(
        "第 {version} 号记录之后,事项已经走到下一步(第 {later} 号),请先更正后面的",
        "the matter went on after entry {version}: strike entry {later} first",
    )


class StrikeEntry(Command):
    """Strike one entry of a matter: `version` is its number in the matter's own record (`yishi history`)."""

    act: ClassVar[str] = "strike-entry"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("sc_office", "presidium", "secretariat", "street_committee")
    title: ClassVar[Text] = Text("更正督办记录", "Strike an entry of a matter")
    version: int = Field(ge=1)
    why: str = Field(min_length=1, max_length=500, pattern=r"\S")


class EntryStruck(MatterEvent):
    """`gained` and `lost` are the facts, `begun` and `ended` the terms that came out otherwise."""

    name: ClassVar[str] = "matter.entry-struck.v1"
    repeats: ClassVar[bool] = True
    version: int
    why: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def gains(self) -> tuple[str, ...]:
        return self.gained

    def loses(self) -> tuple[str, ...]:
        return self.lost


@judges(StrikeEntry, anytime=True)
def strike(matter: Matter, command: StrikeEntry, moment: MatterMoment) -> list[Event]:
    """What was entered stays in the record for ever; only what it led to is worked out again."""
    if command.version > matter.recorded:
        raise NothingToStrike(version=command.version)
    old = matter.history[command.version - 1]
    if isinstance(old, Struck):
        return []
    if (isinstance(old, MatterEvent) and old.repeats) or matter.history[0] is old:
        raise StandsForGood(version=command.version)
    for number, later in enumerate(matter.history, 1):
        if number > command.version and isinstance(later, MatterEvent) and later.to and _moves(old):
            raise LastEntryFirst(version=command.version, later=number)
    after = _without(matter, command.version)
    before, now = {**matter.clocks, **matter.notices}, {**after.clocks, **after.notices}
    return [
        EntryStruck(
            at=moment.at,
            basis=moment.basis("record.correction"),
            version=command.version,
            why=command.why,
            to=after.stands,
            round=after.round,
            over=after.over,
            gained=tuple(sorted(after.facts - matter.facts)),
            lost=tuple(sorted(matter.facts - after.facts)),
            begun=tuple(c for i, c in now.items() if before.get(i) != c),
            ended=tuple(i for i in before if i not in now),
        )
    ]


def _moves(event: Event) -> bool:
    return isinstance(event, MatterEvent) and bool(event.to)


def _without(matter: Matter, version: int) -> Matter:
    """The matter folded again without one entry."""
    again = Matter(matter.stream)
    for number, event in enumerate(matter.history, 1):
        if number == version:
            again = replace(again, history=(*again.history, Struck(at=event.at, basis=event.basis)), recorded=number)
        elif isinstance(event, (Struck, EntryStruck)):
            again = replace(again, history=(*again.history, event), recorded=number)
        elif isinstance(event, TermsRecounted):
            again = evolve_matter(again, event.of_those(frozenset(again.clocks)))
        else:
            again = evolve_matter(again, event)
    return again


@tells(EntryStruck)
def entry_struck(matter: Matter, event: EntryStruck) -> Matter:
    """The round is taken as the rest leaves it, which may be an earlier one."""
    return _without(matter, event.version)
