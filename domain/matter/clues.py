"""The call for next year's projects (民生实事项目征集): clues from everybody, sifted one by one, none lost without a word.

浙江省民生实事项目人大代表票决制规定 (2022) art. 9-12: the public call lasts a month at least; every proposal is sifted and argued.
"""

from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from domain.calendar import last_day, legal_date
from domain.event import Event, Finding
from domain.findings import alert
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.refusals import Refused
from domain.session.parts import Code
from domain.submission import Command, Office
from domain.text import Text

CLUES = "clues"
"""Where `Matter.more` keeps them: code → who it came from."""


class NoSuchClue(Refused):
    says = Text("没有编号 {clue} 的项目线索", "there is no clue {clue}")


class ClueTaken(Refused):
    says = Text("编号 {clue} 已用于另一条项目线索", "the code {clue} is taken by another clue")


class NoClues(Refused):
    says = Text(
        "还没有征集到项目线索(add-clue),不能筛选", "no clue was gathered yet (add-clue): there is nothing to sift"
    )


class AddClue(Command):
    """Enter what somebody would have done: `clue` its code, `came_from` from whom, `out_of` the suggestion it came out of, if any."""

    act: ClassVar[str] = "add-clue"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = (
        "government", "sc_office", "presidium", "street_committee", "street_office", "deputy", "handling_unit",
    )  # fmt: skip
    title: ClassVar[Text] = Text("登记项目线索", "Enter a clue to a project")
    clue: Code
    text: str = Field(min_length=1, max_length=500, pattern=r"\S")
    came_from: Literal["public", "deputy", "department", "congress", "other"]
    out_of: Code | None = None


class ClueAdded(MatterEvent):
    name: ClassVar[str] = "matter.clue-added.v1"
    of: ClassVar[str] = AddClue.act
    fact: ClassVar[str] = "clue-added"
    clue: Code
    text: str
    came_from: str
    out_of: Code | None


@judges(AddClue)
def add_clue(matter: Matter, command: AddClue, moment: MatterMoment) -> list[Event]:
    """Art. 9, 10: from the public, deputies, departments; the congress's side proposes too."""
    for known in (e for e in matter.history if isinstance(e, ClueAdded) and e.clue == command.clue):
        if all(getattr(known, name) == getattr(command, name) for name in AddClue.model_fields):
            return []
        raise ClueTaken(clue=command.clue)
    return [ClueAdded(at=moment.at, basis=moment.basis("projects.call", "council.recommends"), **command.model_dump())]


@tells(ClueAdded)
def clue_added(matter: Matter, event: ClueAdded) -> Matter:
    return replace(matter, more={**matter.more, CLUES: {**matter.more.get(CLUES, {}), event.clue: event.came_from}})


class SiftClues(Command):
    """Say which clues go on (`go_on`), after each was argued; `text` says on what grounds. The others stay on record."""

    act: ClassVar[str] = "sift-clues"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("government", "street_office")
    title: ClassVar[Text] = Text("筛选论证项目", "Sift the clues")
    go_on: tuple[Code, ...] = Field(min_length=1)
    text: str = Field(min_length=1, max_length=2000, pattern=r"\S")


class CluesSifted(MatterEvent):
    name: ClassVar[str] = "matter.clues-sifted.v1"
    of: ClassVar[str] = SiftClues.act
    fact: ClassVar[str] = "sifted"
    go_on: tuple[Code, ...]
    text: str
    collected: int


@judges(SiftClues)
def sift(matter: Matter, command: SiftClues, moment: MatterMoment) -> list[Event]:
    """Art. 9: open to the public for a month at least; sifted earlier it is sifted, and the record says that the call was short."""
    clues: dict[str, str] = matter.more.get(CLUES, {})
    if not clues:
        raise NoClues(moment.cites("projects.call"))
    for clue in command.go_on:
        if clue not in clues:
            raise NoSuchClue(clue=clue)
    rule = moment.law.ruling("projects.call")
    findings: tuple[Finding, ...] = ()
    if rule is not None and rule.value is not None:
        open_until: date = last_day(legal_date(matter.starts["assigned"]), rule.period)
        if legal_date(moment.at) < open_until:
            findings = (alert("CallTooShort", rule.basis, until=str(open_until)),)
    basis = moment.basis("projects.call", "council.recommends")
    return [CluesSifted(at=moment.at, basis=basis, **command.model_dump(), collected=len(clues), findings=findings)]
