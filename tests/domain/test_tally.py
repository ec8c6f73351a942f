"""From figures to a result: more than half of all, most votes, ties, open seats (地方组织法 (2022) arts 25, 29; rulebook §15, 14-16)."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from votelib.evaluate.core import Plurality

from domain.election.tally import Figures, Line, Void, WriteIn, outcome, void


def figures(*votes: int, ballots: int = 241, write_ins: tuple[tuple[str, int], ...] = (), **more: int) -> Figures:
    lines = tuple(Line(person=f"c{n}", in_favour=yes, against=ballots - yes) for n, yes in enumerate(votes, 1))
    counted = {"issued": ballots, "returned": ballots, "valid": ballots, **more}
    return Figures(lines=lines, write_ins=tuple(WriteIn(person=p, in_favour=n) for p, n in write_ins), **counted)


def test_of_241_deputies_121_votes_elect_and_120_do_not() -> None:
    result = outcome(figures(121, 120), seats=2, base=241, needed=121)
    assert (result.elected, result.open_seats) == (("c1",), 1)


def test_two_tied_for_the_last_of_three_seats_are_voted_on_again_and_the_others_are_elected() -> None:
    result = outcome(figures(200, 150, 130, 130), seats=3, base=241, needed=121)
    assert (result.elected, result.tied, result.tied_seats, result.open_seats) == (("c1", "c2"), ("c3", "c4"), 1, 0)


def test_in_a_revote_most_votes_decide_though_they_are_not_half_of_all() -> None:
    result = outcome(figures(119, 118), seats=1, base=241, needed=0)
    assert (result.elected, result.tied) == (("c1",), ())


def test_a_tie_that_does_not_touch_the_cut_needs_no_revote() -> None:
    assert outcome(figures(150, 150, 125), seats=2, base=241, needed=121).elected == ("c1", "c2")
    assert outcome(figures(150, 120, 120), seats=2, base=241, needed=121).open_seats == 1


def test_a_person_written_in_by_more_than_half_is_elected_unless_they_may_not_hold_the_post() -> None:
    wrote = figures(100, write_ins=(("v9", 121),))
    assert outcome(wrote, seats=1, base=241, needed=121).elected == ("v9",)
    barred = outcome(wrote, seats=1, base=241, needed=121, not_eligible=("v9",))
    assert (barred.elected, barred.open_seats) == ((), 1)


def test_238_of_240_returned_is_valid_and_241_voids_the_poll() -> None:
    rule = "returned_over_issued"
    assert void(figures(200, ballots=238, issued=240), rule, voters=241) is None
    too_many = figures(200, ballots=241, issued=240)
    assert void(too_many, rule, voters=241) is Void.MORE_RETURNED_THAN_ISSUED
    assert void(too_many, "returned_over_voters", voters=241) is Void.MORE_RETURNED_THAN_VOTERS
    assert void(figures(200, ballots=240, issued=240), "returned_over_voters", voters=241) is None
    assert void(too_many, "returned_over_voters", voters=240) is Void.MORE_RETURNED_THAN_VOTERS
    result = outcome(too_many, seats=1, base=241, needed=121, voided=Void.MORE_RETURNED_THAN_ISSUED)
    assert (result.elected, result.open_seats) == ((), 1)


polls = st.integers(1, 400).flatmap(
    lambda base: st.tuples(st.just(base), st.lists(st.integers(0, base), min_size=1, max_size=12), st.integers(1, 8))
)


@given(polls)
def test_nobody_is_elected_without_more_than_half_and_no_more_than_there_are_seats(
    poll: tuple[int, list[int], int],
) -> None:
    base, votes, seats = poll
    needed = base // 2 + 1
    result = outcome(figures(*votes, ballots=base), seats=seats, base=base, needed=needed)
    by_person = {f"c{n}": yes for n, yes in enumerate(votes, 1)}
    assert len(result.elected) + result.tied_seats + result.open_seats == seats
    assert all(2 * by_person[p] > base for p in (*result.elected, *result.tied))
    assert len({by_person[p] for p in result.tied}) <= 1 and len(result.tied) != 1
    assert not result.tied or len(result.tied) > result.tied_seats > 0
    chosen = {*result.elected, *result.tied}
    assert all(
        by_person[p] <= min((by_person[e] for e in result.elected), default=base)
        for p in by_person
        if p not in chosen or p in result.tied
    )


@given(polls, st.randoms(use_true_random=False))
def test_the_order_on_the_ballot_changes_nobodys_result(poll: tuple[int, list[int], int], rng: Random) -> None:
    base, votes, seats = poll
    one = figures(*votes, ballots=base)
    lines = list(one.lines)
    rng.shuffle(lines)
    two = one.model_copy(update={"lines": tuple(lines)})
    first, second = (outcome(f, seats=seats, base=base, needed=base // 2 + 1) for f in (one, two))
    assert (set(first.elected), set(first.tied)) == (set(second.elected), set(second.tied))


@given(polls)
def test_where_no_tie_touches_the_cut_an_independent_tally_elects_the_same(poll: tuple[int, list[int], int]) -> None:
    base, votes, seats = poll
    result = outcome(figures(*votes, ballots=base), seats=seats, base=base, needed=base // 2 + 1)
    reached = {f"c{n}": yes for n, yes in enumerate(votes, 1) if 2 * yes > base}
    if result.tied or not reached:
        return
    independent = Plurality().evaluate(reached, min(seats, len(reached)))
    assert set(independent) == set(result.elected)
