"""A figure (数字) that can be opened: what is counted, of how many, what was left out and why, each with the entries it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from domain.text import Text
from yishi.projections.followed import Followed


class Ref(NamedTuple):
    """One case in a figure, and the positions of the entries that put it there."""

    case: Followed
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
    """One figure: so many (`counted`), of so many (`of`; None for a plain count).

    `in_days`: it is no share but the middle value (`median`) of so many days, None where nothing is counted.
    """

    id: str
    title: Text
    counted: tuple[Ref, ...]
    of: tuple[Ref, ...] | None = None
    left_out: tuple[LeftOut, ...] = ()
    median: Fraction | None = None
    in_days: bool = False

    @property
    def percent(self) -> str | None:
        """The share in hundredths with one decimal, rounded half up; None where nothing is below the line."""
        if not self.of:
            return None
        return one_decimal(Fraction(len(self.counted) * 100, len(self.of)))

    def value(self) -> Text:
        """As people read it: a share never without its counts."""
        if self.of is not None:
            counts = f"{len(self.counted)}/{len(self.of)}"
            share = f"{self.percent} %" if self.percent is not None else "—"
            return Text(f"{share}({counts})", f"{share} ({counts})")
        if self.in_days:
            days = "—" if self.median is None else plain(self.median)
            return Text(f"{days} 天({len(self.counted)} 件)", f"{days} days (of {len(self.counted)})")
        return Text(str(len(self.counted)), str(len(self.counted)))

    def told(self) -> dict[str, Any]:
        """As JSON values, without the cases."""
        return {
            "figure": self.id,
            "title": self.title._asdict(),
            "numerator": len(self.counted),
            "denominator": None if self.of is None else len(self.of),
            "percent": self.percent,
            "median_days": None if self.median is None else plain(self.median),
            "left_out": [{"why": each.why._asdict(), "count": len(each.refs)} for each in self.left_out],
        }

    def opened(self) -> dict[str, Any]:
        """As JSON values, with every case: those counted, the others of the base, and those left out."""
        counted = {id(ref) for ref in self.counted}
        return self.told() | {
            "counted": [ref.told() for ref in self.counted],
            "others": [ref.told() for ref in self.of or () if id(ref) not in counted],
            "left_out": [
                {"why": each.why._asdict(), "count": len(each.refs), "cases": [ref.told() for ref in each.refs]}
                for each in self.left_out
            ],
        }


def one_decimal(exact: Fraction) -> str:
    """97.8 for 90/92 in hundredths: exact arithmetic, rounded half up as people do it."""
    tenths = floor(exact * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def plain(exact: Fraction) -> str:
    """A number of days, whole or with one decimal."""
    return str(exact) if exact.denominator == 1 else one_decimal(exact)


def share(
    id_: str, title: Text, counted: Sequence[Ref], of: Sequence[Ref], *left_out: tuple[Text, Sequence[Ref]]
) -> Figure:
    """So many of so many. Those counted are of the base; what was left out is named where there is any."""
    out = tuple(LeftOut(why, tuple(refs)) for why, refs in left_out if refs)
    return Figure(id_, title, tuple(counted), tuple(of), out)


def count(id_: str, title: Text, counted: Sequence[Ref]) -> Figure:
    return Figure(id_, title, tuple(counted))


def median(days: Sequence[int]) -> Fraction | None:
    """The middle of several numbers, or halfway between the two in the middle."""
    if not days:
        return None
    ordered, half = sorted(days), len(days) // 2
    return Fraction(ordered[half]) if len(days) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)
