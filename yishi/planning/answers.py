"""The answers from which a plan is drafted: few, plain, and readable from a JSON file for unattended use."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.election.parts import PlannedElection
from domain.law import chinese_number
from domain.session.parts import AgendaItem, Code, Part
from domain.session.registration import Kind
from yishi.planning.plan import PlannedGroup, PlannedRoll


class ProjectAnswers(Part):
    """Whether projects are chosen, and how many; their titles are written into the plan afterwards."""

    candidates: int = Field(default=0, ge=0, le=100)
    choose: int = Field(default=0, ge=0)
    last_year: int = Field(default=0, ge=0, le=100, description="how many of last year's are rated")

    @model_validator(mode="after")
    def _surplus(self) -> "ProjectAnswers":
        if self.candidates and not 0 < self.choose < self.candidates:
            zh = f"候选 {self.candidates} 项,应选 {self.choose} 项:应少于候选项目"
            en = f"{self.choose} of {self.candidates} candidates: fewer must be chosen"
            raise PydanticCustomError("surplus", "fewer must be chosen", {"zh": zh, "en": en})
        return self


class Answers(Part):
    """What `yishi plan new` asks."""

    name: str = Field(min_length=1, max_length=80)
    code: Code
    profile: str
    term: int = Field(ge=1)
    number: int = Field(ge=1)
    kind: Kind
    opens: date
    closes: date
    elections_completed: date | None = None
    roll: PlannedRoll
    groups: tuple[PlannedGroup, ...] = ()
    delegations: int = Field(default=0, ge=0, le=100, description="how many delegations, when groups are not named")
    presidium: Annotated[int, Field(ge=1)] | None = None
    agenda: tuple[Code, ...] | None = Field(default=None, description="which of the proposed items; left out: all")
    items: tuple[AgendaItem, ...] = Field(default=(), description="items beside the proposed ones")
    projects: ProjectAnswers = ProjectAnswers()
    elections: tuple[PlannedElection, ...] = Field(default=(), description="posts to be filled at this session")

    @property
    def declared(self) -> tuple[PlannedGroup, ...]:
        """The groups by name, else as many delegations as there are to be, by number."""
        numbers = range(1, self.delegations + 1)
        return self.groups or tuple(
            PlannedGroup(code=f"g{n:02}", title=f"第{chinese_number(n)}代表团") for n in numbers
        )
