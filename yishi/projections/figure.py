"""A figure (数字) that can be opened: what is counted, of how many, what was left out and why, each with the entries it rests on.

Each case has marks: under a heading (已答复?) one value (replied, open, withdrawn ...), with the entries that say so. A figure is a line that
reads one heading: which values it counts, of which, and which it leaves out.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from domain.text import Text
from yishi.projections.followed import Named

WHY = {
    "withdrawn": Text("已撤回", "withdrawn"),
    "unassigned": Text("尚未交办", "not assigned yet"),
    "not-due": Text("未到期", "not due yet"),
    "no-term": Text("法律没有规定期限", "no term set by law"),
    "no-day": Text("没有写明日期", "no day given"),
    "silent": Text("代表未反馈", "no feedback"),
    "waiting": Text("尚未评价", "not rated yet"),
    "no-attitude": Text("没有评价办理态度", "attitude not rated"),
    "no-contact": Text("没有沟通记录", "no contact on record"),
}
"""The values that a figure may leave out, as reasons."""


class Mark(NamedTuple):
    """Where one case stands under a heading on a day.

    Attributes:
        positions: of the entries that say so. years: a figure of one of them counts it; of every year it is counted once.
        days: for a heading whose figure is a middle value of days.
    """

    heading: str
    value: str
    positions: tuple[int, ...]
    years: tuple[int, ...]
    days: int | None = None

    def of_year(self, year: int | None) -> bool:
        return year is None or year in self.years


class _Every:
    """All values."""

    def __contains__(self, value: object) -> bool:
        return True


EVERY = _Every()


class Line(NamedTuple):
    """How a figure reads the marks under its heading. `of`: the values it is a share of, None for a plain count."""

    id: str
    title: Text
    heading: str
    counts: "Collection[str] | _Every" = EVERY
    of: "Collection[str] | _Every | None" = None
    left: tuple[str, ...] = ()
    in_days: bool = False


@dataclass(frozen=True)
class Tally:
    """A figure as numbers: so many (`counted`), of so many (`of`), leaving out so many, and why.

    `in_days`: it is no share but the middle value (`median`) of so many days, None where nothing is counted.
    """

    id: str
    title: Text
    counted: int
    of: int | None = None
    left_out: tuple[tuple[Text, int], ...] = ()
    median: Fraction | None = None
    in_days: bool = False

    @property
    def percent(self) -> str | None:
        """The share in hundredths with one decimal, rounded half up; None where nothing is below the line."""
        return one_decimal(Fraction(self.counted * 100, self.of)) if self.of else None

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "figure": self.id,
            "title": self.title._asdict(),
            "value": self.value()._asdict(),
            "numerator": self.counted,
            "denominator": self.of,
            "percent": self.percent,
            "median_days": None if self.median is None else plain(self.median),
            "left_out": [{"why": why._asdict(), "count": count} for why, count in self.left_out],
        }

    def value(self) -> Text:
        """As people read it: a share never without its counts."""
        if self.of is not None:
            counts = f"{self.counted}/{self.of}"
            share = f"{self.percent} %" if self.percent is not None else "—"
            return Text(f"{share}({counts})", f"{share} ({counts})")
        if self.in_days:
            days = "—" if self.median is None else plain(self.median)
            return Text(f"{days} 天({self.counted} 件)", f"{days} days (of {self.counted})")
        return Text(str(self.counted), str(self.counted))


class Ref(NamedTuple):
    """One case in a figure, and the positions of the entries that put it there."""

    case: Named
    positions: tuple[int, ...]

    def told(self) -> dict[str, Any]:
        case = self.case
        return {
            "session": case.session, "number": case.number, "subject": case.subject, "unit": case.unit,
            "deputies": list(case.deputies), "positions": list(self.positions),
        }  # fmt: skip


class LeftOut(NamedTuple):
    """Cases that a figure does not count at all, neither above nor below, and why."""

    why: Text
    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class Figure:
    """A figure opened: the cases counted, those of its base (None for a plain count), those left out, each in the order of the cases."""

    tally: Tally
    counted: tuple[Ref, ...]
    of: tuple[Ref, ...] | None
    left_out: tuple[LeftOut, ...]

    @property
    def id(self) -> str:
        return self.tally.id

    def value(self) -> Text:
        return self.tally.value()

    def opened(self) -> dict[str, Any]:
        """As JSON values, with every case: those counted, the others of the base, and those left out."""
        counted = {id(ref) for ref in self.counted}
        return self.tally.told() | {
            "counted": [ref.told() for ref in self.counted],
            "others": [ref.told() for ref in self.of or () if id(ref) not in counted],
            "left_out": [
                {"why": each.why._asdict(), "count": len(each.refs), "cases": [ref.told() for ref in each.refs]}
                for each in self.left_out
            ],
        }


def tally_of(line: Line, marks: Sequence[tuple[Mark, int]]) -> Tally:
    """A line's figure from the marks under its heading, each found in so many cases."""

    def cases(values: "Collection[str] | _Every") -> int:
        return sum(times for mark, times in marks if mark.value in values)

    left = ((WHY[value], cases((value,))) for value in line.left)
    days = [m.days for m, times in marks if m.days is not None and m.value in line.counts for _ in range(times)]
    return Tally(
        id=line.id,
        title=line.title,
        counted=cases(line.counts),
        of=None if line.of is None else cases(line.of),
        left_out=tuple((why, count) for why, count in left if count),
        median=median(days) if line.in_days else None,
        in_days=line.in_days,
    )


def figure_of(line: Line, marks: Iterable[tuple[Mark, Named]]) -> Figure:
    """The same with its cases, from their marks under the heading in the order of the cases."""
    refs = [(mark, Ref(case, mark.positions)) for mark, case in marks]

    def those(values: "Collection[str] | _Every") -> tuple[Ref, ...]:
        return tuple(ref for mark, ref in refs if mark.value in values)

    left = (LeftOut(WHY[value], those((value,))) for value in line.left)
    return Figure(
        tally=tally_of(line, [(mark, 1) for mark, _ in refs]),
        counted=those(line.counts),
        of=None if line.of is None else those(line.of),
        left_out=tuple(each for each in left if each.refs),
    )


def one_decimal(exact: Fraction) -> str:
    """97.8 for 90/92 in hundredths: exact arithmetic, rounded half up as people do it."""
    tenths = floor(exact * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def plain(exact: Fraction) -> str:
    """A number of days, whole or with one decimal."""
    return str(exact) if exact.denominator == 1 else one_decimal(exact)


def median(days: Sequence[int]) -> Fraction | None:
    """The middle of several numbers, or halfway between the two in the middle."""
    if not days:
        return None
    ordered, half = sorted(days), len(days) // 2
    return Fraction(ordered[half]) if len(days) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)
