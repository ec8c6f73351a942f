"""A ballot in its bytes, and what many of them come to."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ballot.counting import BESIDE_ABSTENTION, OVERMARKED, UNREADABLE, counted
from domain.ballot.form import (
    Ballot,
    Form,
    MarksMissing,
    NamedTwice,
    NotAnId,
    TooManyWriteIns,
    everybody,
    read,
    written,
)
from tests.ballots.boxes import VOTE, form

MARKS = st.sampled_from(["for", "against", "abstain"])
OTHERS = st.lists(st.sampled_from(["d040", "d041", "p-1", "X"]), unique=True, max_size=2)
THREE = form(("d001", "d002", "d003"), seats=2, write_ins=2)
BALLOTS = st.builds(Ballot, st.tuples(MARKS, MARKS, MARKS), OTHERS.map(tuple))


@given(BALLOTS)
def test_every_choice_takes_as_many_bytes_and_is_read_back_as_it_was_made(ballot: Ballot):
    plain = written(THREE, ballot)

    assert len(plain) == THREE.size
    assert read(THREE, plain) == Ballot(ballot.marks, tuple(sorted(ballot.others)))


def test_in_which_order_others_are_named_tells_nothing():
    assert written(THREE, everybody(THREE, "against", ("d040", "d041"))) == written(
        THREE, everybody(THREE, "against", ("d041", "d040"))
    )


@given(st.binary(min_size=THREE.size, max_size=THREE.size))
def test_whatever_is_not_written_as_a_ballot_is_void_and_stops_no_count(plain: bytes):
    found = read(THREE, plain)

    assert found is None or written(THREE, found) == plain
    assert counted(THREE, [plain, None, b""], 3).void.get(UNREADABLE, 0) >= 2


@pytest.mark.parametrize(
    ("ballot", "why"),
    [
        (Ballot(("for", "against")), MarksMissing),
        (Ballot(("for", "against", "")), MarksMissing),  # type: ignore[arg-type]  # "" is no mark
        (everybody(THREE, "against", ("d040", "d041", "d042")), TooManyWriteIns),
        (everybody(THREE, "against", ("d040", "d040")), NamedTwice),
        (everybody(THREE, "against", ("d001",)), NamedTwice),
        (everybody(THREE, "against", ("某某",)), NotAnId),
        (everybody(THREE, "against", ("11010519491231002X",)), NotAnId),
    ],
)
def test_a_ballot_that_is_not_filled_in_whole_is_not_sealed_at_all(ballot: Ballot, why: type[Exception]):
    with pytest.raises(why):
        written(THREE, ballot)


def test_an_identity_number_written_into_the_bytes_by_hand_makes_the_ballot_void():
    whole = written(THREE, everybody(THREE, "against", ("d040",)))
    forged = whole.replace(b"d040".ljust(20, b"\0"), b"11010519491231002X".ljust(20, b"\0"))

    assert counted(THREE, [forged], 1).void == {UNREADABLE: 1}


def test_a_ballot_that_chooses_as_many_as_the_seats_is_valid_and_one_more_makes_it_void():
    two = written(THREE, Ballot(("for", "for", "against")))
    with_another = written(THREE, Ballot(("for", "for", "against"), ("d040",)))
    found = counted(THREE, [two, with_another], 2)

    assert found.figures is not None
    assert (found.figures.valid, found.figures.void, found.void) == (1, 1, {OVERMARKED: 1})


def test_where_no_rule_says_so_a_ballot_with_too_many_marks_is_counted_as_it_is_marked():
    silent = THREE.model_copy(update={"overmarked": None})
    found = counted(silent, [written(silent, everybody(silent, "for"))], 1)

    assert found.figures is not None and [line.in_favour for line in found.figures.lines] == [1, 1, 1]


def test_who_is_named_beside_an_abstention_makes_the_ballot_void_only_where_the_method_says_so():
    beside = Ballot(("abstain", "abstain", "abstain"), ("d040",))
    strict, lenient = THREE, THREE.model_copy(update={"beside_abstention": "counts"})

    assert counted(strict, [written(strict, beside)], 1).void == {BESIDE_ABSTENTION: 1}
    counts = counted(lenient, [written(lenient, beside)], 1).figures
    assert counts is not None and [(w.person, w.in_favour) for w in counts.write_ins] == [("d040", 1)]


def test_one_rejected_candidate_makes_room_for_one_other_and_not_for_two():
    one = Ballot(("against", "abstain", "abstain"), ("d040",))
    two = Ballot(("against", "abstain", "abstain"), ("d040", "d041"))

    assert counted(THREE, [written(THREE, b) for b in (one, two)], 2).void == {BESIDE_ABSTENTION: 1}


@given(st.lists(BALLOTS, max_size=30), st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_figures_add_up_and_are_the_same_in_whatever_order_the_ballots_come(
    ballots: list[Ballot], unreadable: int, order: random.Random
):
    plain: list[bytes | None] = [*(written(THREE, b) for b in ballots), *([None] * unreadable)]
    first = counted(THREE, plain, 40)
    order.shuffle(plain)

    assert counted(THREE, plain, 40) == first
    assert first.figures is not None
    assert first.figures.returned == first.figures.valid + first.figures.void == len(plain)
    assert all(line.total == first.figures.valid for line in first.figures.lines)
    assert sum(first.void.values()) == first.figures.void >= unreadable


def test_a_vote_by_ballot_keeps_void_and_missing_ballots_apart_from_abstentions():
    plain = [written(VOTE, everybody(VOTE, mark)) for mark in ("for", "for", "against", "abstain")]
    found = counted(VOTE, [*plain, None], issued=6).vote

    assert found is not None
    assert (found.issued, found.returned, found.valid, found.void) == (6, 5, 4, 1)
    count = found.count(deputies_present=8)
    assert (count.in_favour, count.against, count.abstained, count.void, count.not_voted) == (2, 1, 1, 1, 3)


def test_two_forms_that_differ_in_anything_have_different_digests():
    forms = [form(), form(("d002", "d001")), form(seats=2), form(box="c"), form(overmarked=None), form(round=2), VOTE]

    assert len({each.digest for each in forms}) == len(forms)


def test_a_vote_has_no_candidates_and_an_election_not_none():
    for wrong in ({"kind": "vote", "candidates": ["d001"]}, {"kind": "election"}):
        with pytest.raises(ValueError, match="候选人"):
            Form.model_validate({"box": "b", "about": "e", **wrong})
