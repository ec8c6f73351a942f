"""The script (演练脚本): what happened, or is to be played, act by act, with the refusals it expects."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from domain.session.parts import Code, Part
from domain.submission import COMMANDS, Actor, Command, Office
from yishi.planning.times import LegalTime

FORMAT = "yishi-script/1"


class EvidenceFile(Part):
    """A file behind an act, beside the script."""

    file: str = Field(min_length=1, max_length=200)
    title: str = Field(default="", max_length=200)


def _file(said: Any) -> Any:
    return {"file": said} if isinstance(said, str) else said


class Expectation(Part):
    """What the act is expected to come to; nothing said, it is expected to be recorded."""

    refused: str = Field(default="", description="the reason (QuorumNotMet) or the id of the rule it rests on")
    citing: str = Field(default="", description="id of a rule among those the answer cites")
    adopted: bool | None = Field(default=None, description="whether the vote adopts")
    chosen: tuple[Code, ...] | None = Field(default=None, description="the projects chosen, in any order")
    warnings: tuple[str, ...] = Field(default=(), description="findings that come with it, by name")
    events: int | None = Field(default=None, ge=0, description="how many events it adds; 0: everything was so already")


class ActHead(Part):
    """The reserved keys of an act; the command's own fields stand beside them."""

    at: LegalTime = Field(description="legal time of the act")
    act: str
    by: Office | None = Field(default=None, description="who acts; by default the first office that may")
    person: str | None = Field(default=None, max_length=40, description="id of the person who acts, where it matters")
    entered: LegalTime | None = Field(default=None, description="when it is recorded, for late entries; default: at")
    evidence: tuple[
        Annotated[EvidenceFile, BeforeValidator(_file, json_schema_input_type=str | EvidenceFile)], ...
    ] = ()
    reason: str = Field(default="", max_length=1000, description="why it is entered late, or irregular")
    suggestion: Code | None = Field(default=None, description="number of the suggestion, for acts of a matter")
    id: str | None = Field(default=None, min_length=1, max_length=200, description="the command's own id")
    note: str = Field(default="", max_length=2000, description="for readers of the script; not recorded")
    fields: dict[str, Any] = Field(
        default={}, description="fields of the command that are named like a key of this list"
    )
    expect: Expectation = Expectation()


RESERVED = tuple(ActHead.model_fields)


class ScriptFile(Part):
    """The script around its acts."""

    format: Literal["yishi-script/1"]
    filled_in: tuple[str, ...] = Field(default=(), description="what in this file was filled in and not published")
    acts: tuple[Any, ...] = Field(min_length=1)


class ScriptedAct(Part):
    """One act to be played. `fields` are the command's own, as JSON, already validated."""

    index: int  # from 1, in the order of the file
    line: int
    at: datetime
    act: str
    by: Office
    person: str | None
    entered: datetime
    evidence: tuple[EvidenceFile, ...]
    reason: str
    suggestion: str | None
    id: str | None
    note: str
    fields: dict[str, Any]
    expect: Expectation

    @property
    def command(self) -> Command:
        return COMMANDS[self.act].model_validate(self.fields)

    @property
    def actor(self) -> Actor:
        return Actor(office=self.by, person=self.person)

    @property
    def is_late(self) -> bool:
        return self.entered != self.at


class Script(Part):
    """A script without errors, in the order in which its acts are entered."""

    path: Path
    filled_in: tuple[str, ...]
    acts: tuple[ScriptedAct, ...]

    def evidence(self, act: ScriptedAct) -> tuple[tuple[Path, str], ...]:
        """The files behind an act, with their titles."""
        return tuple((self.path.parent / e.file, e.title or Path(e.file).name) for e in act.evidence)
