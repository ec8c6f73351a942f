"""The four lists of a matter, 问题 · 整改 · 测评 · 回访: four views of one stream, each line with the entry it stands on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.matter.items import Item, ItemEvaluated, ItemRectified, ItemRevisited, ItemsListed, items_of
from domain.matter.matter import Matter


class Problem(NamedTuple):
    """A line of the list of problems (问题清单). `entry`: number of the entry in the matter's own record."""

    entry: int
    item: Item
    unit: str
    stands: str
    round: int


class Line(NamedTuple):
    """A line of one of the other lists: what was said of an item, when, in which of its rounds.

    `result`: of an evaluation done, partly or not; of a revisit holds or back. `due`: by when it is rectified again.
    """

    entry: int
    item: str
    round: int
    at: datetime
    text: str
    result: str = ""
    due: date | None = None


class FourLists(NamedTuple):
    problems: tuple[Problem, ...]
    rectified: tuple[Line, ...]
    evaluated: tuple[Line, ...]
    revisited: tuple[Line, ...]


def lists_of(matter: Matter) -> FourLists:
    """The four lists, from the matter's own events; an entry that was struck is on none of them."""
    numbered = list(enumerate(matter.history, 1))
    states = items_of(matter)
    listed = [(n, item) for n, e in numbered if isinstance(e, ItemsListed) for item in e.items]
    return FourLists(
        problems=tuple(
            Problem(n, item, item.unit or matter.unit, states[item.code].stands, states[item.code].round)
            for n, item in listed
        ),
        rectified=tuple(
            Line(n, e.item, e.item_round, e.at, e.text) for n, e in numbered if isinstance(e, ItemRectified)
        ),
        evaluated=tuple(
            Line(n, e.item, e.item_round, e.at, e.text, e.result, e.due)
            for n, e in numbered
            if isinstance(e, ItemEvaluated)
        ),
        revisited=tuple(
            Line(n, e.item, e.item_round, e.at, e.text, "holds" if e.holds else "back", e.due)
            for n, e in numbered
            if isinstance(e, ItemRevisited)
        ),
    )


def never_ended(matters: Sequence[Matter]) -> tuple[tuple[str, str], ...]:
    """The items without an end (件件有结果): matter and code of each that is not rectified, or not evaluated yet."""
    return tuple(
        (matter.number, code)
        for matter in matters
        for code, state in items_of(matter).items()
        if state.stands in ("listed", "rectified")
    )
