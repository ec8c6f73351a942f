"""The plan (会议方案): what is intended for one session. It never holds results.

`PlanFile` is the file as it is written; `Plan` is a file without errors, with the roll read from beside it.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.election.parts import PersonId, PlannedElection
from domain.election.people import RegisterPerson
from domain.law import LawBook, Provision
from domain.session.parts import AgendaItem, Code, Congress, DeputyId, Part, ProjectList, SittingKind
from domain.session.registration import Kind
from yishi.planning.own_rules import OwnRule
from yishi.planning.roll import LONGEST_NAME, RollEntry
from yishi.planning.times import LegalTime

FORMAT = "yishi-plan/1"
PROCEDURE_OF = {
    "national": "national-congress",
    "province": "province-congress",
    "city": "city-congress",
    "county": "county-congress",
    "township": "township-congress",
    "residents": "residents-council",
}


def either(one: str, other: str) -> PydanticCustomError:
    said = {"zh": f"{one} 和 {other} 应有且只有一个", "en": f"exactly one of {one} and {other} is needed"}
    return PydanticCustomError("either", "exactly one is needed", said)


class PlannedSession(Part):
    """Which session of which term, and when. Days are calendar days in China."""

    term: int = Field(ge=1, description="届")
    number: int = Field(ge=1, description="第几次会议")
    kind: Kind = Field(description="residents' councils: yearly; congresses: the others")
    opens: date
    closes: date
    elections_completed: date | None = Field(default=None, description="first session of a term: when all were elected")


class PlannedRoll(Part):
    """The roll beside the plan (.csv, .xlsx), or only how many deputies there are."""

    file: str | None = Field(default=None, min_length=1, max_length=200)
    count: int | None = Field(
        default=None, ge=1, le=5000, description="ids D001 … stand in for names that are not known"
    )

    @model_validator(mode="after")
    def _one(self) -> "PlannedRoll":
        if (self.file is None) == (self.count is None):
            raise either("file", "count")
        return self


class Members(Part):
    """Deputies by id, or how many when they are not known: then the first of the roll stand in for them."""

    members: tuple[DeputyId, ...] | None = None
    count: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one(self) -> "Members":
        if (self.members is None) == (self.count is None):
            raise either("members", "count")
        return self

    def ids(self, roll: tuple[RollEntry, ...]) -> tuple[str, ...]:
        return self.members if self.members is not None else tuple(d.id for d in roll[: self.count])


class PlannedPresidium(Members):
    """Those proposed for the presidium of this session; `previous` is the one that convenes it."""

    previous: Members | None = None


class PlannedGroup(Part):
    """A delegation or group; its members come from the roll's group column."""

    code: Code
    title: str = Field(min_length=1, max_length=80)


class PlannedAt(Part):
    """A gathering of all deputies or members."""

    code: Code
    kind: SittingKind = "plenary"
    title: str = Field(min_length=1, max_length=80)
    at: LegalTime


class Observers(Part):
    """Who attends without a vote (列席)."""

    who: tuple[str, ...] = Field(min_length=1)
    count: int = Field(ge=0)


class PlannedPerson(Part):
    """Somebody who may be elected and is no deputy here (其他人选). `voter`: whether they have the right to vote, if it is known."""

    id: PersonId
    name: str = Field(default="", max_length=LONGEST_NAME)
    voter: bool | None = None


def _name_alone(schema: dict[str, Any]) -> None:
    """Who sends an act writes the name; the sealed one is none of their business."""
    schema["properties"].pop("sealed_name", None)


class NamedPerson(RegisterPerson):
    model_config = ConfigDict(json_schema_extra=_name_alone)
    __doc__ = RegisterPerson.__doc__
    name: str = Field(default="", max_length=LONGEST_NAME)  # in clear; sealed before it goes anywhere
    sealed_name: Literal[""] = ""


class PlanFile(Part):
    """A plan as it is written."""

    format: Literal["yishi-plan/1"]
    congress: Congress
    procedure: str = Field(default="", description="by the body's level when left out")
    profile: str = Field(description="the local rules that bind: an id in statutes/profiles")
    adopts: tuple[str, ...] = Field(default=(), description="ids of readings that here may refuse")
    own_rules: tuple[OwnRule, ...] = ()
    session: PlannedSession
    roll: PlannedRoll
    groups: tuple[PlannedGroup, ...] = ()
    presidium: PlannedPresidium | None = None
    sittings: tuple[PlannedAt, ...] = Field(min_length=1)
    agenda: tuple[AgendaItem, ...]  # empty only where the session is held for elections
    projects: ProjectList | None = None
    elections: tuple[PlannedElection, ...] = Field(default=(), description="posts to be filled at this session")
    people: tuple[PlannedPerson, ...] = Field(default=(), description="who may be elected and is no deputy here")
    dates: dict[str, LegalTime] = Field(default={}, description="planned acts before the session, by act")
    observers: Observers | None = None
    filled_in: tuple[str, ...] = Field(default=(), description="what in this file was filled in and not published")

    @property
    def procedure_id(self) -> str:
        return self.procedure or PROCEDURE_OF[self.congress.level]

    def provisions(self, book: LawBook) -> tuple[Provision, ...]:
        """The body's own rules as law."""
        return tuple(rule.provision(self.congress.level, book) for rule in self.own_rules)


class Plan(PlanFile):
    """A plan without errors: its file and its roll with it. `entries` hold names in clear and never leave this process so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: Path
    entries: tuple[RollEntry, ...]

    @property
    def stream(self) -> str:
        """The session's stream in the ledger: `{congress}/{term}-{session}/session/1`."""
        return f"{self.congress.code}/{self.session.term}-{self.session.number}/session/1"

    @property
    def deputies_total(self) -> int:
        return len(self.entries)

    def at(self, act: str) -> datetime | None:
        """When an act before the session is planned."""
        return self.dates.get(act)

    def proposed_presidium(self) -> tuple[str, ...]:
        return self.presidium.ids(self.entries) if self.presidium else ()

    def previous_presidium(self) -> tuple[str, ...]:
        """The presidium that convenes: as the plan names it, else as large as the one proposed now, by stand-ins."""
        if self.presidium is None:
            return ()
        return (self.presidium.previous or self.presidium).ids(self.entries)
