"""The keys of a box: made before the ballot by the scrutineers together, shared out among them, and made again by enough of them.

One seed makes two keys that have nothing in common: one that ballots are sealed to, and one by which a service that was restarted asks for its
tokens' key. Between sharing out and joining there is no whole key anywhere. The machine on which it is made and joined sees it: it is to be the
scrutineers' own, without a net, and watched by them (docs/adr/0017).
"""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from domain.ballot.box import BoxKeys
from domain.text import Text
from yishi.sealed.hpke import SEED_BYTES, SUITE, NotOpened, OpeningKey, from_text, to_text
from yishi.sealed.shares import Share, SharesDoNotFit, joined, split
from yishi.trouble import Trouble

BALLOTS, RESTART = "ballots", "restart"


class NotOfThisBox(Trouble):
    says = Text("第 {number} 份密钥份额不属于票箱 {box}", "Share {number} is not one of the box {box}.")


class NotToWake(Trouble):
    says = Text(
        "票箱 {box} 的恢复密钥打不开:内容被改动过", "What wakes the box {box} does not open: somebody changed it."
    )


class Ceremony(NamedTuple):
    """What was made: `keys` are public and go into the sealing act; each share goes to its holder and nowhere else."""

    keys: BoxKeys
    shares: tuple[Share, ...]


def ceremony(needed: int, holders: int) -> Ceremony:
    """New keys for one box, in shares for so many holders, of whom `needed` open it."""
    seed = secrets.token_bytes(SEED_BYTES)
    shares = tuple(split(seed, needed, holders))
    keys = BoxKeys(
        suite=SUITE,
        ballots=to_text(OpeningKey(seed, BALLOTS).public),
        restart=to_text(OpeningKey(seed, RESTART).public),
        needed=needed,
        shares=tuple(share.digest for share in shares),
    )
    return Ceremony(keys, shares)


def seed_of(box: str, keys: BoxKeys, shares: Sequence[Share]) -> bytes:
    """The seed that the shares of a box make.

    Raises:
        NotOfThisBox: naming the share. SharesDoNotFit: too few.
    """
    for share in shares:
        if share.digest not in keys.shares:
            raise NotOfThisBox(number=share.number, box=box)
    if len({share.number for share in shares}) < keys.needed:
        raise SharesDoNotFit(box=box, found=len({share.number for share in shares}), needed=keys.needed)
    seed = joined(shares)
    if to_text(OpeningKey(seed, BALLOTS).public) != keys.ballots:  # the digests were of other shares from the start
        raise SharesDoNotFit(box=box, found=len(shares), needed=keys.needed)
    return seed


def waking_key(box: str, keys: BoxKeys, form_digest: bytes, restart: str, shares: Sequence[Share]) -> str:
    """The tokens' key for a service that was restarted; no ballot is opened, and nothing that would open one leaves here.

    Raises:
        NotOfThisBox, SharesDoNotFit, NotToWake.
    """
    try:
        return to_text(OpeningKey(seed_of(box, keys, shares), RESTART).open(from_text(restart), form_digest))
    except NotOpened as wrong:
        raise NotToWake(box=box) from wrong
