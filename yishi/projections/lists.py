"""The four lists of a matter, 问题 · 整改 · 测评 · 回访: four views of one stream, each line with the entry it stands on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import domain.matter.loops  # noqa: F401  registers the kinds of matter
from domain.matter.items import STANDS, Item, ItemEvaluated, ItemRectified, ItemRevisited, ItemsListed, items_of
from domain.matter.loop import LOOPS
from domain.matter.matter import Matter
from domain.text import Text
from yishi.ledger.reader import LedgerReader


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


EVALUATED = {
    "done": Text("到位", "done"), "partly": Text("基本到位", "partly done"), "not": Text("不到位", "not done"),
    "holds": Text("无反弹", "holds"), "back": Text("反弹", "came back"), "": Text("", ""),
}  # fmt: skip
"""What an evaluation or a revisit found, in words."""


def keeps_lists(kind: str) -> bool:
    """Whether matters of a kind have items at all."""
    return kind in LOOPS and LOOPS[kind].known("list-items") is not None


def lists_told(matter: Matter) -> dict[str, Any]:
    """The four lists as JSON values, each line with the version of the entry it stands on."""
    found = lists_of(matter)
    return {
        "problems": [
            {
                "entry": line.entry, "item": line.item.code, "text": line.item.text, "unit": line.unit,
                "due": str(line.item.due) if line.item.due else None, "check": line.item.check,
                "stands": {"id": line.stands, **STANDS[line.stands]._asdict()}, "round": line.round,
                "ended": line.stands not in ("listed", "rectified"),
            }
            for line in found.problems
        ],
        **{name: [_said(line) for line in getattr(found, name)] for name in ("rectified", "evaluated", "revisited")},
    }  # fmt: skip


def _said(line: Line) -> dict[str, Any]:
    return {
        "entry": line.entry, "item": line.item, "round": line.round, "at": line.at.isoformat(), "text": line.text,
        "result": {"id": line.result, **EVALUATED[line.result]._asdict()} if line.result else None,
        "due": str(line.due) if line.due else None,
    }  # fmt: skip


def all_lists(ledger: LedgerReader, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of the matters of a list those that have items, each with its four lists. `rows`: as `Office.matters` tells them."""
    found = []
    for row in rows:
        if keeps_lists(row["kind"]["id"]) and items_of(matter := ledger.state(row["stream"])):
            found.append({**row, **lists_told(matter)})
    return found
