"""Sealing, sharing and tokens: what opens, and what does not."""

import itertools
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yishi.sealed.hpke import OVERHEAD, NotOpened, OpeningKey, Seal, from_text, to_text
from yishi.sealed.shares import Share, ShareUnreadable, joined, split
from yishi.sealed.tokens import hash_of, new_key, token_of

SEED = bytes(range(32))
KEY = OpeningKey(SEED, "ballots")
PLAIN = b"a ballot of a fixed size"


def test_a_sealed_ballot_opens_with_its_key_and_for_its_form_alone():
    sealed = Seal(KEY.public).seal(PLAIN, b"form")

    assert KEY.open(sealed, b"form") == PLAIN
    for key, about in (
        (KEY, b"other form"),
        (OpeningKey(SEED, "restart"), b"form"),
        (OpeningKey(bytes(32), "ballots"), b"form"),
    ):
        with pytest.raises(NotOpened):
            key.open(sealed, about)


def test_the_same_ballot_sealed_twice_looks_different_and_is_as_long():
    one, two = (Seal(KEY.public).seal(PLAIN, b"form") for _ in range(2))

    assert one != two
    assert len(one) == len(two) == len(PLAIN) + OVERHEAD


@pytest.mark.parametrize("at", [0, 600, 1119, 1120, -1])
def test_one_bit_changed_anywhere_and_it_does_not_open(at: int):
    sealed = bytearray(Seal(KEY.public).seal(PLAIN, b"form"))
    sealed[at] ^= 1

    with pytest.raises(NotOpened):
        KEY.open(bytes(sealed), b"form")
    with pytest.raises(NotOpened):
        KEY.open(b"too short", b"form")


def test_a_public_key_goes_through_json_and_another_thing_is_none():
    assert Seal(from_text(to_text(KEY.public))).seal(PLAIN, b"")
    with pytest.raises(ValueError, match="public key"):
        Seal(b"short")


def test_any_three_of_five_make_the_seed_again_and_no_two_do():
    shares = split(SEED, 3, 5)

    assert all(joined(three) == SEED for three in itertools.combinations(shares, 3))
    assert joined(shares) == SEED
    for two in itertools.combinations(shares, 2):
        made = joined(two)
        assert made[:16] != SEED[:16] and made[16:] != SEED[16:]


@settings(max_examples=20, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(2, 6), st.integers(0, 4))
def test_whatever_the_seed_and_the_numbers_it_comes_out_again(seed: bytes, needed: int, more: int):
    shares = split(seed, needed, needed + more)

    assert joined(reversed(shares)) == seed
    assert len({share.digest for share in shares}) == needed + more


def test_a_share_is_read_as_it_was_written_in_capitals_and_over_lines():
    share = split(SEED, 2, 3)[1]

    assert Share.parse(str(share)) == share
    assert Share.parse("\n".join(str(share).upper().split("-", 2)).replace("\n", "-\n")) == share
    assert str(share.value.hex()) not in repr(share)


def test_a_share_mistyped_in_one_letter_says_so():
    said = str(split(SEED, 2, 3)[0])
    other = "a" if said[-1] != "a" else "b"

    for wrong in (said[:-1] + other, said[:-2], "", "yishi1", said.replace("yishi1", "yishi2"), "yishi1-ein-satz!"):
        with pytest.raises(ShareUnreadable):
            Share.parse(wrong)


def test_a_deputy_gets_the_same_token_again_and_every_other_another():
    key, other = new_key(), new_key()
    tokens = {token_of(k, box, d) for k in (key, other) for box in ("b", "c") for d in ("d001", "d002")}

    assert token_of(key, "b", "d001") == token_of(key, "b", "d001")
    assert len(tokens) == 8
    assert hash_of(next(iter(tokens))) not in tokens
    assert secrets.compare_digest(hash_of(b"x"), hash_of(b"x"))
