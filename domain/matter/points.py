"""Points for duty (履职积分): off unless the body adopts a scheme; then a pure function of the record's lines and the scheme's version.

No law provides for points. What they may never do is law: deputies are not called to account for what they say or how they vote (代表法 (2025)
art. 38, (2015) art. 31), so nothing of that can be scored. Quantity is capped: chasing numbers is the complaint about such schemes.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from domain.matter.duty_lines import KINDS, Line
from domain.session.parts import Code, Part
from domain.text import Text

ACCOUNT = re.compile(
    r"favou?r|against|oppos|abst|agree|dissent|yes|direction|choice|speech|speak|spoke|remark|content|view|opinion|vote-|voted-"
)
"""Names of what would be a deputy called to account: the direction of a vote, the content of what was said."""


class ScoreItem(Part):
    """So many points for each line of a kind, `most` in all (封顶; of a deduction the most that is taken off)."""

    kind: Code
    points: int
    most: int | None = Field(default=None, ge=0)


class Scheme(Part):
    """A scheme of points: its version, who decided on it (`source`), and its items, each kind once."""

    version: Code
    source: str = Field(min_length=1, max_length=200, pattern=r"\S")
    items: tuple[ScoreItem, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        kinds = [item.kind for item in self.items]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            raise ValueError(f"{twice[0]} 列了两次 / {twice[0]} is listed twice")
        return self


class Scored(NamedTuple):
    """One line with its points; `capped` when the cap took some or all of them."""

    line: Line
    points: int
    capped: bool


def calls_to_account(scheme: Scheme) -> tuple[str, ...]:
    """The kinds of a scheme that would score a vote's direction or what was said."""
    return tuple(item.kind for item in scheme.items if item.kind not in KINDS and ACCOUNT.search(item.kind))


def unknown(scheme: Scheme) -> tuple[str, ...]:
    return tuple(item.kind for item in scheme.items if item.kind not in KINDS)


def uncapped(scheme: Scheme) -> tuple[str, ...]:
    return tuple(item.kind for item in scheme.items if item.most is None and item.points > 0)


def score(lines: Iterable[Line], scheme: Scheme) -> tuple[Scored, ...]:
    """Each line that the scheme counts, with its points; the sum is the score. The same lines in any order score the same."""
    items = {item.kind: item for item in scheme.items}
    spent: dict[tuple[str, str], int] = {}
    found = []
    for line in sorted(lines, key=lambda each: (each.day, each.entry, each.deputy, each.kind, each.about)):
        item = items.get(line.kind)
        if item is None:
            continue
        worth, before = abs(item.points), spent.get((line.deputy, line.kind), 0)
        given = worth if item.most is None else min(worth, item.most - before)
        spent[line.deputy, line.kind] = before + given
        found.append(Scored(line, given if item.points > 0 else -given, given < worth))
    return tuple(found)


def total(scored: Iterable[Scored]) -> int:
    return sum(each.points for each in scored)


def kind_title(kind: str) -> Text:
    return KINDS.get(kind, Text(kind, kind))
