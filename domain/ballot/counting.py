"""Counting what was in the box: ballots in clear come to figures. The order they come in makes no difference.

An election comes to the same `Figures` that two tellers' sheets give; a vote to its buckets. Only figures go on record, never the single
ballots: with many candidates, or with names written in, a whole ballot can be a signature by which its voter is known.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import Field

from domain.ballot.form import Ballot, Form, read
from domain.election.tally import Figures, Line, WriteIn
from domain.session.parts import Count, Part

UNREADABLE, OVERMARKED, BESIDE_ABSTENTION = "unreadable", "overmarked", "beside_abstention"
"""Why a ballot is void: it cannot be opened or is not written as a ballot; it chooses more than the seats; it names somebody else beside an
abstention where the method does not allow that."""


class VoteFigures(Part):
    """A vote by ballot, in figures. Units: ballots. Who got no ballot, or put none in, has not voted: see `count`."""

    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)

    def count(self, deputies_present: int) -> Count:
        """The vote's buckets among those present. Void ballots and those who cast none are none of the first three."""
        given = self.in_favour + self.against + self.abstained + self.void
        return Count(
            in_favour=self.in_favour, against=self.against, abstained=self.abstained, void=self.void,
            not_voted=max(deputies_present - given, 0),
        )  # fmt: skip


class Counted(NamedTuple):
    """What a box comes to. `figures` for an election, `vote` for a vote; `void`: how many for which reason."""

    figures: Figures | None
    vote: VoteFigures | None
    void: dict[str, int]


def counted(form: Form, plain: Iterable[bytes | None], issued: int) -> Counted:
    """The figures of all ballots that were in the box.

    Args:
        plain: each ballot's bytes; None for one that could not be opened. issued: ballots issued.
    """
    void: Counter[str] = Counter()
    valid: list[Ballot] = []
    returned = 0
    for each in plain:
        returned += 1
        ballot = None if each is None else read(form, each)
        why = UNREADABLE if ballot is None else void_because(form, ballot)
        if ballot is None or why:
            void[why] += 1
        else:
            valid.append(ballot)
    sums = {"issued": issued, "returned": returned, "valid": len(valid), "void": sum(void.values())}
    reasons = dict(sorted(void.items()))
    if form.kind == "vote":
        marks = Counter(ballot.marks[0] for ballot in valid)
        vote = VoteFigures(**sums, in_favour=marks["for"], against=marks["against"], abstained=marks["abstain"])
        return Counted(None, vote, reasons)
    others = Counter(person for ballot in valid for person in ballot.others)
    write_ins = tuple(WriteIn(person=person, in_favour=votes) for person, votes in sorted(others.items()))
    lines = tuple(_line(form, at, valid) for at in range(form.lines))
    return Counted(Figures(**sums, lines=lines, write_ins=write_ins), None, reasons)


def void_because(form: Form, ballot: Ballot) -> str:
    """Why a ballot that can be read is void all the same, by what its form says; "" when it is valid."""
    if form.kind == "vote":
        return ""
    chosen = ballot.marks.count("for") + len(ballot.others)
    if form.overmarked == "void" and chosen > form.seats:
        return OVERMARKED
    beside = len(ballot.others) > ballot.marks.count("against")
    return BESIDE_ABSTENTION if form.beside_abstention == "void" and beside else ""


def _line(form: Form, at: int, valid: list[Ballot]) -> Line:
    marks = Counter(ballot.marks[at] for ballot in valid)
    return Line(
        person=form.candidates[at], in_favour=marks["for"], against=marks["against"], abstained=marks["abstain"]
    )
