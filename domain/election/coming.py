"""What comes next in an election: a revote among those tied, the ballot on the candidates settled, or no ballot yet."""

from typing import NamedTuple

from domain.election.election import Election, Round
from domain.election.parts import RoundKind


class Tie(NamedTuple):
    """Those tied who still stand, and for how many seats. `again`: it was a revote that left them tied. `number`: of that ballot."""

    persons: tuple[str, ...]
    seats: int
    again: bool
    number: int

    @property
    def over(self) -> bool:
        """Nobody has to be chosen between any more: candidates were lost, and no more are left than seats."""
        return len(self.persons) <= self.seats


class Coming(NamedTuple):
    """The ballot that comes next."""

    kind: RoundKind
    candidates: tuple[str, ...]
    seats: int


def last_counted(election: Election) -> Round | None:
    """The last ballot that came to a result; one that was void or broken off came to none."""
    return next((r for r in reversed(election.rounds) if r.outcome is not None and not r.void), None)


def tie_of(election: Election) -> Tie | None:
    """The tie that the last ballot with a result left (票数相等), if any."""
    last = last_counted(election)
    if last is None or last.outcome is None or not last.outcome.tied:
        return None
    left = tuple(p for p in last.outcome.tied if p not in election.lost | election.struck_off)
    return Tie(left, last.outcome.tied_seats, last.kind == "revote", last.number)


def coming(election: Election) -> Coming | None:
    """The next ballot; None while one is open, when all is done, or as long as something has to be decided or settled first.

    A ballot that was void or broken off is held again, for the same seats, among those who still stand.
    """
    if election.open_round is not None:
        return None
    if (tie := tie_of(election)) is not None:
        return None if tie.over else Coming("revote", tie.persons, tie.seats)
    before = last_counted(election)
    waits = election.left_to_next_session or (before is not None and not election.separate_now)
    if not election.seats_left or not election.candidates or waits:
        return None
    separate = before is not None or election.planned.separate
    return Coming("separate" if separate else "first", election.candidates, election.seats_left)
