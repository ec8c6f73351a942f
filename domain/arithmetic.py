"""The words in which the law counts, and their exact arithmetic (rulebook §0.4). No float is used anywhere.

以上 and 不少于 include the number itself; 过半数 and 超过 do not; 半数以上 does.
"""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.text import Text


class Base(StrEnum):
    """Whose share is counted: the law's denominators (基数). Units: persons."""

    ALL_DEPUTIES = "all_deputies"  # 全体代表: of the body, not of those present
    DEPUTIES_PRESENT = "deputies_present"  # 到会代表
    ALL_MEMBERS = "all_members"  # 全体组成人员 / 主席团全体成员
    MEMBERS_PRESENT = "members_present"
    SIGNATORIES = "signatories"  # 提质询案的代表
    BALLOTS_RETURNED = "ballots_returned"  # 收回的票
    BALLOTS_VALID = "ballots_valid"  # 有效票
    VOTERS = "voters"  # 选区全体选民
    VOTERS_TAKING_PART = "voters_taking_part"  # 参加投票的选民
    NONE = "none"  # a plain number of persons, as 五人以上联名


class Share(BaseModel):
    """A share of a base: `2/3` with `inclusive` is 三分之二以上, `1/2` without it is 过半数."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["share"] = "share"
    numerator: int = Field(gt=0)
    denominator: int = Field(gt=0)
    inclusive: bool
    of: Base

    def needed(self, base: int) -> int:
        """The smallest whole number of persons that meets the share of `base` persons."""
        exact = Fraction(self.numerator * base, self.denominator)
        return ceil(exact) if self.inclusive else floor(exact) + 1

    def met_by(self, count: int, base: int) -> bool:
        return count >= self.needed(base)

    @property
    def word(self) -> str:
        """The law's own word for it, e.g. 三分之二以上 or 过半数."""
        if (self.numerator, self.denominator) == (1, 2):
            return "半数以上" if self.inclusive else "过半数"
        digits = "零一二三四五六七八九十"
        share = f"{digits[self.denominator]}分之{digits[self.numerator]}"
        return f"{share}以上" if self.inclusive else f"超过{share}"

    @property
    def words(self) -> Text:
        """三分之二以上, in either language."""
        share = f"{self.numerator}/{self.denominator}"
        return Text(self.word, f"at least {share}" if self.inclusive else f"more than {share}")

    @property
    def missed(self) -> Text:
        """The words for falling short of it: 不足三分之二, 未超过三分之二, 未过半数."""
        share = f"{self.numerator}/{self.denominator}"
        if self.inclusive:
            return Text(f"不足{self.word.removesuffix('以上')}", f"less than {share}")
        return Text(f"未{self.word}", f"not more than {share}")


class Number(BaseModel):
    """At least so many (不少于, 以上): persons, days or times, as the rule's unit says."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["number"] = "number"
    at_least: int = Field(ge=0)

    def needed(self, base: int = 0) -> int:
        return self.at_least

    def met_by(self, count: int, base: int = 0) -> bool:
        return count >= self.at_least


class Range(BaseModel):
    """From least to most, both included (7至11人)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["range"] = "range"
    least: int
    most: int

    def holds(self, count: int) -> bool:
        return self.least <= count <= self.most


class Portion(BaseModel):
    """From one share of a number of seats to another, both included (多十分之一至五分之一), in whole seats."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["portion"] = "portion"
    least: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(gt=0)]]  # numerator, denominator
    most: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(gt=0)]]

    @model_validator(mode="after")
    def _in_order(self) -> "Portion":
        if Fraction(*self.least) > Fraction(*self.most):
            raise ValueError("least must not be more than most")
        return self

    def bounds(self, seats: int) -> tuple[int, int] | None:
        """The smallest and the largest whole number, or None where no whole number lies between (four seats: 0.4 to 0.8)."""
        least, most = ceil(Fraction(*self.least) * seats), floor(Fraction(*self.most) * seats)
        return (least, most) if least <= most else None

    def within(self, other: "Portion") -> bool:
        return Fraction(*other.least) <= Fraction(*self.least) and Fraction(*self.most) <= Fraction(*other.most)


From = Literal[
    "assigned",
    "closed",
    "received",
    "submitted",
    "approved",
    "adopted",
    "held",
    "objected",
    "handed_over",
    "replied",
    "reported",
]
"""What a term runs from, where its rule says so: 交办, 闭会, 收到, 提出, 主任会议同意, 通过, 会议举行, 提出异议, 交由办理, 答复, 报告."""


class Period(BaseModel):
    """A length of legal time: `amount` calendar days, working days or calendar months.

    `start` is what it runs from; "" where the rule's topic says it, as it does for terms of a session.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["period"] = "period"
    amount: int = Field(gt=0)
    unit: Literal["days", "working_days", "months"]
    start: From | Literal[""] = ""


COMMON_YEAR = 2001
"""Any year without a 29 February: a day of the year is one that every year has."""


class DayOfYear(BaseModel):
    """A fixed day of each year by which something is due (每年八月三十一日前); of a month or a quarter, its last day.

    `start` is what makes it due at all; "" where the rule's topic says it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["day_of_year"] = "day_of_year"
    month: int
    day: int
    start: From | Literal[""] = ""

    @model_validator(mode="after")
    def _in_every_year(self) -> "DayOfYear":
        try:
            date(COMMON_YEAR, self.month, self.day)  # a day that not every year has is none to fix: ValueError
        except OverflowError as beyond:  # of a number that no calendar has
            raise ValueError(str(beyond)) from beyond
        return self

    def from_(self, start: date) -> date:
        """That day of the year in which `start` falls, the day itself included; after it, of the next."""
        this_year = date(start.year, self.month, self.day)
        return this_year if start <= this_year else date(start.year + 1, self.month, self.day)


class Switch(BaseModel):
    """Whether something must be (true), need not be (false)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["switch"] = "switch"
    on: bool


class Choice(BaseModel):
    """The forms that are allowed (举手, 按表决器 ...), or the items that are required."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["choice"] = "choice"
    options: tuple[str, ...]


Value = Annotated[Share | Number | Range | Portion | Period | DayOfYear | Switch | Choice, Field(discriminator="kind")]
