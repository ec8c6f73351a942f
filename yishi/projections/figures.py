"""The figures of a year's report (年度数字), all of them from entries of the record: suggestions, and matters of other kinds by kind."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from domain.matter.loop import LOOPS
from yishi.projections.course import Course
from yishi.projections.figure import Figure, Line, Mark, Tally, figure_of, tally_of
from yishi.projections.followed import SUGGESTION, Followed
from yishi.projections.matter_figures import matter_lines, matter_marks
from yishi.projections.suggestion_figures import suggestion_lines, suggestion_marks

T = TypeVar("T")
Marked = Mapping[str, Mapping[str, Sequence[tuple[Mark, T]]]]
"""Marks by kind of matter and by heading, each with what has it: a case, or how many."""


def marks_of(case: Followed, until: date) -> tuple[Mark, ...]:
    """All that one case adds to the figures as of a day. The entries of the case end on that day."""
    if case.kind == SUGGESTION:
        return tuple(suggestion_marks(Course(case), until))
    return tuple(matter_marks(LOOPS[case.kind], case, until))


def figures(cases: Sequence[Followed], year: int | None, until: date) -> dict[str, list[Figure]]:
    """By kind of matter, suggestions first. A figure's name begins with its kind, except for suggestions.

    Args:
        cases: all that is followed up, also of earlier years: what was promised then may be due now.
        year: what was filed or begun in it; None for everything. until: the day as of which they are (截至).
    """
    found = marked(((case.kind, mark, case) for case in cases for mark in marks_of(case, until)), year)
    return {kind: [figure_of(line, by.get(line.heading, ())) for line in lines] for kind, lines, by in _read(found)}


def tallies(found: Marked[int]) -> dict[str, list[Tally]]:
    """The same as numbers alone."""
    return {kind: [tally_of(line, by.get(line.heading, ())) for line in lines] for kind, lines, by in _read(found)}


def lines_of(found: Marked[T]) -> dict[str, tuple[str, Line]]:
    """The figures there are, by their names: of which kind, and how each is read."""
    return {line.id: (kind, line) for kind, lines, _ in _read(found) for line in lines}


def marked(every: Iterable[tuple[str, Mark, T]], year: int | None) -> dict[str, dict[str, list[tuple[Mark, T]]]]:
    """Marks of one year (None: of every year), by kind of matter and by heading."""
    found: dict[str, dict[str, list[tuple[Mark, T]]]] = {}
    for kind, mark, of in every:
        if mark.of_year(year):
            found.setdefault(kind, {}).setdefault(mark.heading, []).append((mark, of))
    return found


def figures_told(found: Mapping[str, Sequence[Tally]]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "kind_title": LOOPS[kind].title._asdict()} | tally.told()
        for kind, listed in found.items()
        for tally in listed
    ]


def _read(found: Marked[T]) -> Iterable[tuple[str, list[Line], Mapping[str, Sequence[tuple[Mark, T]]]]]:
    for kind in (SUGGESTION, *sorted(set(found) - {SUGGESTION})):
        by = found.get(kind, {})
        seen = {heading: {mark.value for mark, _ in marks} for heading, marks in by.items()}
        lines = suggestion_lines(seen) if kind == SUGGESTION else matter_lines(LOOPS[kind], seen)
        yield kind, list(lines), by
