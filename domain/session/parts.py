"""The parts of a session as they are stored and sent: people by id, items and sittings by short code."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from domain.text import Text

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A short name for use in streams and facts: lower-case letters, digits and hyphens, 1 to 40 of them."""

Number = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")]
"""The number of a motion, an inquiry, an interpellation or an amendment, as the secretariat gives it: `1`, `2026-03`."""

IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")


def _no_identity_number(said: str) -> str:
    """Ids stand in stream names for ever, so none may be an identity number (公民身份号码: 17 digits and a digit or X)."""
    if IDENTITY_NUMBER.fullmatch(said):
        raise ValueError("编号不能是身份证号 / an id may not be an identity number")
    return said


DeputyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$"), AfterValidator(_no_identity_number)]
CardNumber = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$"), AfterValidator(_no_identity_number)]
"""A pseudonymous number that a card tells a device (代表证卡号): letters, digits and hyphens, 1 to 40 of them."""

Unit = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")]
"""The name of a unit or an organ, as the body writes it: 1 to 80 characters."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # hundreds of them: each when first used


LEVELS: dict[str, Text] = {
    "province": Text("省(自治区、直辖市)", "province"),
    "city": Text("设区的市(自治州)", "city with districts or autonomous prefecture"),
    "county": Text("县(市辖区、不设区的市)", "county"),
    "township": Text("乡镇", "township"),
    "residents": Text("街道", "street"),
}
"""What people call the level of a body."""


def level_named(level: str) -> Text:
    return LEVELS.get(level, Text(level, level))


class Congress(Part):
    """The body that meets."""

    code: Code
    name: str = Field(min_length=1, max_length=80)
    level: Literal["national", "province", "city", "county", "township", "residents"]


class DeputyEntry(Part):
    """One line of the roll. The name is sealed under the person's own key before it comes here; `group` is a group's code."""

    id: DeputyId
    sealed_name: str = Field(default="", pattern=r"^[A-Za-z0-9+/=_-]*$", max_length=800)
    group: str = ""
    suspended: bool = False  # 暂时停止执行代表职务 at registration
    unapproved_absences: int = Field(default=0, ge=0)  # sessions missed without leave earlier in this term
    card: CardNumber | None = None


class CardOf(Part):
    """Whose a card is."""

    card: CardNumber
    deputy: DeputyId


class Group(Part):
    """A delegation or group for deliberation (代表团、代表小组)."""

    code: Code
    title: str = Field(min_length=1, max_length=80)
    members: tuple[DeputyId, ...] = ()


ItemKind = Literal[
    "government_report",  # 政府工作报告
    "presidium_report",  # 人大主席团工作报告
    "standing_committee_report",  # 人大常委会工作报告
    "court_report",  # 人民法院工作报告
    "procuratorate_report",  # 人民检察院工作报告
    "budget",  # 预算及执行情况
    "final_accounts",  # 决算
    "budget_adjustment",  # 预算调整
    "plan",  # 规划、计划
    "report",  # other reports
    "decision",  # a decision or resolution without a report
    "constitution",  # 宪法修正案
    "projects",  # 民生实事项目票决
    "rating",  # 上年度民生实事满意度测评
    "list",  # 名单表决: committees, scrutineers
    "committee_report",  # 议案审查、财政预算审查报告
    "other",  # dealt with without a vote
]


class AgendaItem(Part):
    """One item of the agenda. `resolution` says whether it ends in a vote of the congress."""

    code: Code
    kind: ItemKind
    title: str = Field(min_length=1, max_length=200)
    resolution: bool = True
    mandatory: bool = True  # the session may not close without it


SittingKind = Literal["preparatory", "plenary"]


class PlannedSitting(Part):
    """A gathering of all deputies or members, with its own sign-in."""

    code: Code
    kind: SittingKind
    title: str = Field(min_length=1, max_length=80)
    planned: AwareDatetime


class Project(Part):
    code: Code
    title: str = Field(min_length=1, max_length=200)


class ProjectList(Part):
    """The livelihood projects (民生实事项目): candidates to choose from, and last year's to rate."""

    candidates: tuple[Project, ...] = ()
    choose: int = Field(default=0, ge=0)
    last_year: tuple[Project, ...] = ()


class Count(Part):
    """Votes in buckets that are never merged (glossary) and together are those present. Units: votes, one a deputy.

    A void ballot is no abstention, and who did not vote did not abstain either. `unaccounted` is only for published figures: what
    they leave out.
    """

    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    not_voted: int = Field(default=0, ge=0)
    void: int = Field(default=0, ge=0)  # 无效票: returned, but spoiled
    unaccounted: int = Field(default=0, ge=0)

    @property
    def valid(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def total(self) -> int:
        return self.valid + self.void + self.not_voted + self.unaccounted


Day = date
