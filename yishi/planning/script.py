"""The script (演练脚本): what happened, or is to be played, act by act, with the refusals it expects."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from domain.election.parts import PersonId
from domain.session.parts import Code, Part
from domain.submission import COMMANDS, Command, Office
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

    refused: str | None = Field(default=None, description="the reason (QuorumNotMet) or the id of the rule it rests on")
    citing: str | None = Field(default=None, description="id of a rule among those the answer cites")
    adopted: bool | None = Field(default=None, description="whether the vote adopts")
    chosen: tuple[Code, ...] | None = Field(default=None, description="the projects chosen, in any order")
    elected: tuple[PersonId, ...] | None = Field(default=None, description="who is elected by the ballot, in any order")
    warnings: tuple[str, ...] = Field(default=(), description="findings that come with it, by name")
    events: int | None = Field(default=None, ge=0, description="how many events it adds; 0: everything was so already")


class ActHead(Part):
    """The reserved keys of an act; the command's own fields stand beside them."""

    at: LegalTime = Field(description="legal time of the act")
    act: str
    by: Office | None = Field(
        default=None, description="who acts; by default the first that may, of those this meeting has"
    )
    person: str | None = Field(default=None, max_length=40, description="id of the person who acts, where it matters")
    entered: LegalTime | None = Field(default=None, description="when it is recorded, for late entries; default: at")
    evidence: tuple[
        Annotated[EvidenceFile, BeforeValidator(_file, json_schema_input_type=str | EvidenceFile)], ...
    ] = ()
    reason: str = Field(default="", max_length=1000, description="why it is entered late, or irregular")
    of: Code | None = Field(default=None, description="number of the matter, for acts of a matter")
    suggestion: Code | None = Field(default=None, description="the same, where the matter is a suggestion")
    id: str | None = Field(default=None, min_length=1, max_length=200, description="the command's own id")
    note: str = Field(default="", max_length=2000, description="for readers of the script; not recorded")
    fields: dict[str, Any] = Field(
        default={}, description="fields of the command that are named like a key of this list"
    )
    expect: Expectation | None = None


RESERVED = tuple(ActHead.model_fields)


class ScriptFile(Part):
    """The script around its acts."""

    format: Literal["yishi-script/1"]
    filled_in: tuple[str, ...] = Field(default=(), description="what in this file was filled in and not published")
    acts: tuple[Any, ...] = Field(min_length=1)


class EvidenceBeside(Part):
    """A file behind an act, found."""

    path: Path
    title: str


class ScriptAct(Part):
    """One act to be played. `fields` are the command's own, as JSON, already validated; `line` is where it stands."""

    at: LegalTime
    act: str
    fields: dict[str, Any] = {}
    by: Office | None = None  # None: the first office of the command that this kind of meeting has
    person: str | None = None
    entered: LegalTime | None = None  # None: at once
    evidence: tuple[EvidenceBeside, ...] = ()
    reason: str = ""
    of: str | None = None  # number of the matter
    id: str | None = None
    note: str = ""
    expect: Expectation | None = None
    line: int = 0

    @property
    def command(self) -> Command:
        return COMMANDS[self.act].model_validate(self.fields)


class Script(Part):
    """A script without errors, in the order in which its acts are entered."""

    acts: tuple[ScriptAct, ...]
    filled_in: tuple[str, ...] = ()
    path: Path = Path()
