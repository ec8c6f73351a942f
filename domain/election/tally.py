"""From the figures of one ballot to its result: whether it is void, who is elected, who is tied, how many seats stay open.

Pure arithmetic: the result is a function of the figures and the rules alone. 地方组织法 (2022) arts 25, 29: elected is who has more than half of
*all* deputies; of more such persons than seats those with most votes; those tied at the cut are voted on again, and in that revote most
votes decide. What is fewer than the seats is left to a separate election (另行选举).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import Field

from domain.election.parts import PersonId
from domain.session.parts import Part


class Line(Part):
    """One candidate on a count. Units: ballots; the three make up the valid ones."""

    person: PersonId
    in_favour: int = Field(ge=0)
    against: int = Field(default=0, ge=0)
    abstained: int = Field(default=0, ge=0)

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained


class WriteIn(Part):
    """Somebody chosen instead of a candidate (另选他人), and by how many valid ballots."""

    person: PersonId
    in_favour: int = Field(ge=1)


class Figures(Part):
    """One ballot in figures, as two tellers agree on it or as the box gives them. Units: ballots."""

    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    lines: tuple[Line, ...] = Field(min_length=1)
    write_ins: tuple[WriteIn, ...] = ()

    def figures(self) -> Mapping[str, object]:
        """What two sheets must agree on, whatever the order of their lines."""
        ballots = {"issued": self.issued, "returned": self.returned, "valid": self.valid, "void": self.void}
        lines = {line.person: (line.in_favour, line.against, line.abstained) for line in self.lines}
        return {**ballots, **lines, **{each.person: (each.in_favour,) for each in self.write_ins}}


class Void(StrEnum):
    """Why a ballot has no result."""

    MORE_RETURNED_THAN_ISSUED = "returned_over_issued"  # 收回的选票多于发出的选票
    MORE_RETURNED_THAN_VOTERS = "returned_over_voters"  # 收回的选票多于投票人数
    BY_PRESIDIUM = "by_presidium"  # 收回的选票多于全体代表,主席团确定无效


class Score(Part):
    """One person's votes, and whether they are more than half of all deputies."""

    person: PersonId
    votes: int
    reached: bool
    written_in: bool = False


class Outcome(Part):
    """The result of one ballot.

    Attributes:
        needed: votes in favour that elect: more than half of `base`; 0 in a revote, where most votes decide.
        elected: by votes, most first. tied: those among whom a revote decides on `tied_seats` seats.
        open_seats: seats that nobody reached, left to a separate election.
        scores: everybody's, by votes.
    """

    base: int
    needed: int
    seats: int
    void: Void | None = None
    elected: tuple[PersonId, ...] = ()
    tied: tuple[PersonId, ...] = ()
    tied_seats: int = 0
    open_seats: int = 0
    scores: tuple[Score, ...] = ()


def void(figures: Figures, rule: str | None, voters: int) -> Void | None:
    """Whether the whole poll is void, by the rule of law or method on ballots beyond those issued or beyond the voters.

    Nobody votes without a ballot: however many are present, no more have voted than ballots were issued (投票人数).
    """
    if rule == Void.MORE_RETURNED_THAN_VOTERS and figures.returned > min(voters, figures.issued):
        return Void.MORE_RETURNED_THAN_VOTERS
    if rule == Void.MORE_RETURNED_THAN_ISSUED and figures.returned > figures.issued:
        return Void.MORE_RETURNED_THAN_ISSUED
    return None


def outcome(
    figures: Figures,
    seats: int,
    base: int,
    needed: int,
    *,
    not_eligible: Iterable[str] = (),
    voided: Void | None = None,
) -> Outcome:
    """The result of a ballot for `seats` seats.

    Args:
        base: all deputies. needed: votes that elect; 0 for a revote among those tied, where most votes decide.
        not_eligible: persons written in who may not hold the post: votes for them elect nobody.
        voided: why the poll is void, if it is.
    """
    if voided is not None:
        return Outcome(base=base, needed=needed, seats=seats, void=voided, open_seats=seats)
    order = {line.person: at for at, line in enumerate(figures.lines)}
    votes = {line.person: line.in_favour for line in figures.lines}
    for written in figures.write_ins:
        votes[written.person] = votes.get(written.person, 0) + written.in_favour
    barred = frozenset(not_eligible)
    ranked = sorted(votes, key=lambda p: (-votes[p], order.get(p, len(order)), p))
    scores = tuple(
        Score(
            person=p, votes=votes[p], reached=votes[p] >= max(needed, 1) and p not in barred, written_in=p not in order
        )
        for p in ranked
    )
    reached = [score for score in scores if score.reached]
    if len(reached) <= seats:
        elected, tied = reached, []
    else:
        last = reached[seats - 1].votes
        clear = reached[seats].votes < last
        elected = reached[:seats] if clear else [s for s in reached if s.votes > last]
        tied = [] if clear else [s for s in reached if s.votes == last]
    return Outcome(
        base=base, needed=needed, seats=seats, scores=scores,
        elected=tuple(s.person for s in elected), tied=tuple(s.person for s in tied),
        tied_seats=seats - len(elected) if tied else 0, open_seats=0 if tied else seats - len(elected),
    )  # fmt: skip


def without(result: Outcome, lost: Iterable[str]) -> Outcome:
    """The same result when some of those tied cannot be elected any more: who is left is elected where no more are left than seats.

    It is the tie alone that comes out otherwise (如遇票数相等不能确定当选人): nobody else's votes elect them for it.
    """
    gone = frozenset(lost)
    left = tuple(p for p in result.tied if p not in gone)
    if len(left) > result.tied_seats or left == result.tied:
        return result.model_copy(update={"tied": left})
    scores = tuple(s.model_copy(update={"reached": s.reached and s.person not in gone}) for s in result.scores)
    return result.model_copy(
        update={
            "elected": (*result.elected, *left), "tied": (), "tied_seats": 0, "scores": scores,
            "open_seats": result.open_seats + result.tied_seats - len(left),
        }
    )  # fmt: skip
