"""Satisfaction votes (满意度测评) as a tally rule: options, the base of each share, a cascade of verdicts, an explicit > or ≥.

No statute sets a threshold (浙江省监督条例 (2025) art. 51, 河南省监督条例 (2025) arts 23, 58 leave it open), so a verdict is given only
by the body's own method, which says of whom "half" is half, and whether half is enough.
"""

from collections.abc import Iterable, Mapping
from typing import Self

from pydantic import Field, model_validator

from domain.arithmetic import Base, Share
from domain.session.parts import Part
from domain.text import Text

OPTIONS = {
    "satisfied": Text("满意", "satisfied"),
    "basically": Text("基本满意", "basically satisfied"),
    "dissatisfied": Text("不满意", "dissatisfied"),
    "abstained": Text("弃权", "abstained"),
}
"""The options of a rating where a method names no others."""

BASES = (Base.ALL_DEPUTIES, Base.ALL_MEMBERS, Base.DEPUTIES_PRESENT, Base.BALLOTS_RETURNED, Base.BALLOTS_VALID)
"""Of whom or of what a share of a rating may be."""


class Grade(Part):
    """One step of the cascade: this verdict, if these options together reach the share. `share.inclusive` is ≥, without it >."""

    verdict: str = Field(min_length=1, max_length=20)
    options: tuple[str, ...] = Field(min_length=1)
    share: Share


class RatingMethod(Part):
    """A body's method of turning votes into a verdict: the first grade that is reached, else `otherwise`.

    `options` are those on the ballot, by code; `source` names the method and its article.
    """

    source: str = Field(min_length=1, max_length=200)
    options: tuple[str, ...] = tuple(OPTIONS)
    cascade: tuple[Grade, ...] = Field(min_length=1)
    otherwise: str = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for grade in self.cascade:
            if unknown := sorted(set(grade.options) - set(self.options)):
                raise ValueError(f"选项中没有 {unknown[0]} / there is no option {unknown[0]}")
            if grade.share.of not in BASES:
                known = "、".join(BASES)
                raise ValueError(f"基数应为 {known} 之一 / the share must be of one of {known}")
        return self


class Verdict(Part):
    """What one thing was rated as, with the arithmetic of the grade that gave it; without one where no grade was reached."""

    verdict: str
    options: tuple[str, ...] = ()
    votes: int = 0
    needed: int = 0
    of: Base | None = None
    base: int = 0


def verdict(method: RatingMethod, votes: Mapping[str, int], bases: Mapping[Base, int]) -> Verdict:
    """The verdict on one thing: a function of its votes, the bases and the method alone."""
    for grade in method.cascade:
        found, base = _sum(votes, grade.options), bases[grade.share.of]
        if grade.share.met_by(found, base):
            return Verdict(
                verdict=grade.verdict, options=grade.options, votes=found, needed=grade.share.needed(base), of=grade.share.of,
                base=base,
            )  # fmt: skip
    return Verdict(verdict=method.otherwise)


def _sum(votes: Mapping[str, int], options: Iterable[str]) -> int:
    return sum(votes.get(option, 0) for option in dict.fromkeys(options))
