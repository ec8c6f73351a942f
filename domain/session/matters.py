"""A matter other than a suggestion begins (建立督办事项): the session's record says what is followed up, and who handles it.

The session is the year's: what its congress, its presidium or its standing committee decides until the next one is followed from here.
"""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from pydantic import Field

import domain.matter.loops  # noqa: F401  registers the kinds of matter
from domain.event import Event
from domain.matter.loop import LOOPS
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Unit
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.session.suggestions import SuggestionFiled
from domain.submission import Command, Office
from domain.text import Text


class NoSuchKindOfMatter(Refused):
    says = Text("没有“{kind}”这一类督办事项;有:{known}", "there is no kind of matter “{kind}”; there are: {known}")


class MatterNotOfThisBody(Refused):
    says = Text("{procedure}不能有“{kind}”这类事项", "{procedure} cannot have a matter of the kind “{kind}”")


class MatterNumberTaken(Refused):
    says = Text("编号 {number} 已用于另一事项", "the number {number} is taken by another matter")


class NoParentMatter(Refused):
    says = Text("没有第 {parent} 号事项,不能作为它的一部分", "there is no matter {parent} for this to be part of")


class BeginMatter(Command):
    """Begin to follow something up: `kind` is one of the loops, `unit` who handles it, `co_units` with whom (会办单位).

    `deputies` are those it concerns (who signed it, who rate it); `parent` is the matter it is part of, of this session too;
    `due` is the last day where whoever decided fixed one; `source` says where it comes from: which meeting, which document.
    """

    act: ClassVar[str] = "begin-matter"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "sc_office", "presidium", "standing_committee", "council_of_chairpersons", "secretariat", "street_committee",
    )  # fmt: skip
    title: ClassVar[Text] = Text("建立督办事项", "Begin to follow a matter up")
    number: Code
    kind: Code
    subject: str = Field(min_length=1, max_length=200, pattern=r"\S")
    unit: Unit
    co_units: tuple[Unit, ...] = ()
    deputies: tuple[DeputyId, ...] = ()
    parent: Code | None = None
    due: date | None = None
    source: str = Field(default="", max_length=500)


class MatterBegun(Event):
    name: ClassVar[str] = "session.matter-begun.v1"
    number: Code
    kind: Code
    subject: str
    unit: str
    co_units: tuple[str, ...]
    deputies: tuple[DeputyId, ...]
    parent: Code | None
    due: date | None
    source: str

    def facts(self) -> tuple[str, ...]:
        return ("matter-begun", f"matter:{self.number}")


@decides(BeginMatter)
def begin_matter(session: Session, command: BeginMatter, moment: Moment) -> list[Event]:
    """What is followed up has a kind whose loop is known, a number of its own, and a unit that answers for it."""
    known = LOOPS.get(command.kind)
    if known is None or known.id == "suggestion":
        others = "、".join(f"{k.title.zh}({k.id})" for k in LOOPS.values() if k.id != "suggestion")
        raise NoSuchKindOfMatter(kind=command.kind, known=others)
    if known.procedures and session.procedure.id not in known.procedures:
        advisory = () if session.procedure.decides else ("council.recommends", "street.no_congress")
        raise MatterNotOfThisBody(
            moment.cites(*known.topics, *advisory), procedure=session.procedure.title, kind=known.title
        )
    begun = session.begun.get(command.number)
    if begun is not None and all(getattr(begun, name) == getattr(command, name) for name in BeginMatter.model_fields):
        return []
    if begun is not None or command.number in session.suggestions:
        raise MatterNumberTaken(number=command.number)
    not_spent(session, MatterBegun, command.number)
    not_spent(session, SuggestionFiled, command.number)
    if command.parent is not None and command.parent not in session.begun:
        raise NoParentMatter(parent=command.parent)
    return [MatterBegun(at=moment.at, basis=moment.basis(*known.begins.topics, *known.topics), **command.model_dump())]


@evolves(MatterBegun)
def matter_begun(session: Session, event: MatterBegun) -> Session:
    return replace(session, begun={**session.begun, event.number: event})
