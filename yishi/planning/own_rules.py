"""The body's own rules of procedure (议事规则) as a plan writes them, made into provisions of the lowest layer."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from domain.arithmetic import Base, Choice, DayOfYear, Number, Period, Portion, Range, Share, Switch, Value
from domain.law import Consequence, Kind, LawBook, Layer, Provision, Stricter
from domain.session.parts import Part
from domain.text import Text

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
VALUES = ("share", "number", "days", "months", "year_day", "range", "portion", "switch", "choice")
TEXT_CODE = "OWN"


def fault(zh: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("own_rule", "not a rule", {"zh": zh, "en": en})


def chinese_count(written: str) -> int | None:
    """十二 → 12, 一百零一 → 101, 24 → 24; None when it is no number. Up to 999."""
    if written.isdigit():
        return int(written)
    total, digit = 0, 0
    for character in written:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character in DIGITS:
            digit = DIGITS[character]
        else:
            return None
    return total + digit or None


def share(written: str, of: Base) -> Share:
    """A share in the law's words: 三分之二以上, 超过三分之二, 过半数, 半数以上, 2/3以上.

    Raises:
        PydanticCustomError: it does not say whether the share itself is enough.
    """
    word = written.replace(" ", "")
    if word in ("过半数", "超过半数"):
        return Share(numerator=1, denominator=2, inclusive=False, of=of)
    if word in ("半数以上", "二分之一以上"):
        return Share(numerator=1, denominator=2, inclusive=True, of=of)
    at_least = word.endswith("以上") or word.startswith(("不少于", "至少"))
    more_than = word.startswith(("超过", "过")) and not word.endswith("以上")
    bare = re.sub(r"^(超过|过|不少于|至少)|以上$", "", word)
    if (found := re.fullmatch(r"(.+)分之(.+)", bare)) is not None:
        below, above = chinese_count(found[1]), chinese_count(found[2])
    elif (found := re.fullmatch(r"(\d{1,3})/(\d{1,3})", bare)) is not None:
        above, below = int(found[1]), int(found[2])
    else:
        above = below = None
    if not above or not below or above > below:
        raise fault(f"不是份额:{written}", f"this is not a share: {written}")
    if at_least == more_than:
        raise fault(
            f"“{written}”没有说明含不含本数:写“{bare}以上”或“超过{bare}”",
            f"{written} does not say whether the share itself is enough: write {bare}以上 (at least) or 超过{bare} (more than)",
        )
    return Share(numerator=above, denominator=below, inclusive=at_least, of=of)


def portion(written: tuple[str, str]) -> Portion:
    """`1/10` and `1/5`: from the one share of the seats to the other."""
    found = [re.fullmatch(r"([0-9]{1,4})/([1-9][0-9]{0,3})", each.strip()) for each in written]
    least, most = ((int(each[1]), int(each[2])) if each else None for each in found)
    if least is None or most is None:
        raise fault(
            f"不是份额:{'、'.join(written)};写 1/10 和 1/5", f"not two shares: {', '.join(written)}; write 1/10, 1/5"
        )
    if least[0] * most[1] > most[0] * least[1]:
        raise fault(
            f"下限 {written[0]} 大于上限 {written[1]}", f"the least, {written[0]}, is above the most, {written[1]}"
        )
    return Portion(least=least, most=most)


def year_day(written: str) -> DayOfYear:
    """`08-31`: a day that every year has."""
    found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", written.strip())
    try:
        return DayOfYear(month=int(found[1]) if found else 0, day=int(found[2]) if found else 0)
    except ValueError:
        raise fault(
            f"不是每年都有的日期:{written};写月和日,如 08-31",
            f"this is not a day that every year has: {written}; write month and day, as 08-31",
        ) from None


def article(written: Any) -> Any:
    """第八条 → 8, 第十二条第二款 → 12(2): the number and paragraph an article is cited by."""
    if not isinstance(written, str) or (found := re.fullmatch(r"第?([^条]+?)条?(?:第(.+)款)?", written)) is None:
        return written
    number, paragraph = chinese_count(found[1]), chinese_count(found[2]) if found[2] else None
    if number is None or (found[2] and paragraph is None):
        raise fault(
            f"不是条款:{written};写“第八条”或“第八条第二款”",
            f"this is not an article: {written}; write 第八条 or 第八条第二款",
        )
    return f"{number}" + (f"({paragraph})" if paragraph else "")


class OwnRule(Part):
    """One rule of the body's own, where national and local law leave it open, or to tighten them. Exactly one value."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
    topic: str = Field(min_length=1, description="what it is about, as `yishi law list` names it: session.quorum …")
    title: str = Field(min_length=1, max_length=100, description="title of the rules of procedure")
    article: Annotated[str, BeforeValidator(article), WithJsonSchema({"type": "string", "examples": ["第八条", "8"]})]
    from_: date = Field(alias="from", description="first day in force")
    until: date | None = Field(default=None, description="last day in force")
    share: str | None = Field(default=None, description="三分之二以上, 超过三分之二, 过半数, 半数以上, 2/3以上")
    of: Base = Field(default=Base.ALL_DEPUTIES, description="whose share is counted")
    number: int | None = Field(default=None, ge=0, description="at least so many")
    days: int | None = Field(default=None, gt=0)
    months: int | None = Field(default=None, gt=0)
    year_day: str | None = Field(default=None, description="a fixed day of each year, month and day: 08-31")
    range: tuple[int, int] | None = Field(default=None, description="least and most, both included")
    portion: tuple[str, str] | None = Field(default=None, description="of the seats, as 1/10 and 1/5, both included")
    switch: bool | None = None
    choice: tuple[str, ...] | None = None
    consequence: Consequence = Consequence.BLOCK
    says: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _one_value(self) -> "OwnRule":
        given = [name for name in VALUES if getattr(self, name) is not None]
        if len(given) != 1:
            found = "、".join(given) or "没有"
            raise fault(
                f"规则 {self.id} 应有且只有一个值({'、'.join(VALUES)}),现有:{found}",
                f"the rule {self.id} needs exactly one value of {', '.join(VALUES)}; it has: {', '.join(given) or 'none'}",
            )
        if self.until is not None and self.until < self.from_:
            raise fault(f"规则 {self.id} 失效早于生效", f"the rule {self.id} ends before it begins")
        if self.range is not None and self.range[0] > self.range[1]:
            raise fault(f"规则 {self.id} 的下限大于上限", f"the least of rule {self.id} is above its most")
        if self.share is not None:
            share(self.share, self.of)
        if self.portion is not None:
            portion(self.portion)
        if self.year_day is not None:
            year_day(self.year_day)
        return self

    @property
    def value(self) -> Value:
        if self.share is not None:
            return share(self.share, self.of)
        if self.number is not None:
            return Number(at_least=self.number)
        if self.range is not None:
            return Range(least=self.range[0], most=self.range[1])
        if self.portion is not None:
            return portion(self.portion)
        if self.switch is not None:
            return Switch(on=self.switch)
        if self.choice is not None:
            return Choice(options=self.choice)
        if self.year_day is not None:
            return year_day(self.year_day)
        if self.days is not None:
            return Period(amount=self.days, unit="days")
        return Period(amount=self.months or 0, unit="months")

    def provision(self, level: str, book: LawBook) -> Provision:
        """The rule as law of the body's own layer; which way it tightens is the way of its topic in the law book."""
        value = self.value
        same = [p for p in book.provisions if p.topic == self.topic and p.value is not None]
        if isinstance(value, Period) and any(isinstance(p.value, Number) for p in same):
            value = Number(at_least=value.amount)  # 七日前: the book counts these days as a number
        way = next((p.stricter for p in same if type(p.value) is type(value)), Stricter.NOT_COMPARED)
        number, _, paragraph = self.article.rstrip(")").partition("(")
        says = self.says or f"{self.title}规定:{self.share or value.model_dump(mode='json')}"
        return Provision(
            id=self.id, topic=self.topic, text=TEXT_CODE, layer=Layer.BODY, kind=Kind.LOCAL, levels=(level,),
            article=number, paragraph=int(paragraph) if paragraph else None, in_force_from=self.from_,
            in_force_until=self.until, says=Text(says, says), value=value, stricter=way, consequence=self.consequence,
            verified="T", statute=self.title,
        )  # fmt: skip
