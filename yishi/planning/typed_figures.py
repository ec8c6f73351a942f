"""Figures that somebody typed (来自别处的数字): a short YAML file of a report's totals, classes, ratings and rates, to be checked.

Rates are kept as they are written: 98 and 98.0 say differently much. What is not in the report is left out of the file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from domain.session.parts import Part
from yishi.planning.document import Document, read_document
from yishi.planning.faults import Faulty
from yishi.planning.validate import validated

Count = Annotated[int, Field(ge=0)]
Rate = Annotated[str, Field(pattern=r"^\s*\d{1,3}(\.\d{1,4})?\s*%?\s*$")]


class Classes(Part):
    """All classes of the replies; one that is not named had none. Where only the solved are told, write `solved` instead."""

    A: Count = 0
    B: Count = 0
    C: Count = 0
    D: Count = 0

    @property
    def total(self) -> int:
        return self.A + self.B + self.C + self.D


class Ratings(Part):
    """What the deputies said; `satisfied_or_basically` where the report adds the two up."""

    satisfied: Count | None = None
    basically: Count | None = None
    satisfied_or_basically: Count | None = None
    dissatisfied: Count | None = None
    no_feedback: Count | None = None
    unrated: Count | None = None


class Rates(Part):
    """In hundredths, as they are printed: 98, 82.6 or 82.6%."""

    replied: Rate | None = None
    closed: Rate | None = None
    solved: Rate | None = None
    A: Rate | None = None
    B: Rate | None = None
    C: Rate | None = None
    D: Rate | None = None
    satisfied: Rate | None = None
    basically: Rate | None = None
    satisfied_or_basically: Rate | None = None
    dissatisfied: Rate | None = None


class Bases(Part):
    """Of how many a rate is, where the report says so."""

    replied: Count | None = None
    closed: Count | None = None
    solved: Count | None = None
    A: Count | None = None
    B: Count | None = None
    C: Count | None = None
    D: Count | None = None
    satisfied: Count | None = None
    basically: Count | None = None
    satisfied_or_basically: Count | None = None
    dissatisfied: Count | None = None


class Votes(Part):
    """A table of satisfaction votes (满意度测评): of each subject satisfied, basically satisfied, not satisfied."""

    present: Count
    counts: tuple[tuple[Count, Count, Count], ...] = Field(min_length=1)


class TypedFigures(Part):
    format: Literal["yishi-figures/1"]
    title: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=1000)
    total: Count | None = None  # suggestions that were to be handled, with those withdrawn or returned
    withdrawn: Count = 0
    returned: Count = 0
    replied: Count | None = None
    closed: Count | None = None
    solved: Count | None = None
    classes: Classes | None = None
    ratings: Ratings = Ratings()
    rates: Rates = Rates()
    rates_of: Bases = Bases()
    votes: Votes | None = None

    @property
    def to_handle(self) -> int | None:
        """Those to be replied to."""
        return None if self.total is None else self.total - self.withdrawn - self.returned

    @property
    def answered(self) -> int | None:
        """The replies; where the report does not tell them, all that were to be replied to."""
        return self.to_handle if self.replied is None else self.replied

    def rated(self) -> int | None:
        """How many ratings are told; None where one of them is missing."""
        given = self.ratings
        good = given.satisfied_or_basically
        if good is None and given.satisfied is not None and given.basically is not None:
            good = given.satisfied + given.basically
        return None if good is None or given.dissatisfied is None else good + given.dissatisfied

    def told(self) -> Iterator[tuple[str, int | None, str]]:
        """Each rate with the count it is of, where that is told."""
        counts = {"replied": self.replied, "closed": self.closed, "solved": self.solved}
        if self.classes is not None:
            counts |= {"A": self.classes.A, "B": self.classes.B, "C": self.classes.C, "D": self.classes.D}
            counts["solved"] = self.classes.A if self.solved is None else self.solved
        counts |= self.ratings.model_dump()
        for name, rate in self.rates:
            if rate is not None:
                yield name, counts.get(name), rate.strip().rstrip("%").strip()


def read_typed(path: Path) -> tuple[TypedFigures, Document]:
    """Read such a file.

    Raises:
        Faulty: with everything that is not well formed.
    """
    document = read_document(path)
    typed, faults = validated(TypedFigures, document.value, document)
    if typed is None or faults:
        raise Faulty(faults)
    return typed, document
