"""A key in k-of-n shares: any k of the n scrutineers make it again, k - 1 know nothing of it (Shamir's scheme, from `pycryptodome`).

The library shares secrets of 16 bytes. A seed of 32 is shared as two halves, independently of each other, under the same numbers: whoever
has k - 1 shares of both knows nothing of either. A share that was mistyped says so by itself; a wrong one among right ones is seen by its
digest, which was published with the box, and by the public key, which does not come out.
"""

import base64
import binascii
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from Crypto.Protocol.SecretSharing import Shamir

from domain.text import Text
from yishi.sealed.hpke import SEED_BYTES
from yishi.trouble import Trouble

HALF = 16
_WORD = "yishi1"
_CHECK = 4  # bytes


class ShareUnreadable(Trouble):
    says = Text(
        "这不是完整的密钥份额,请逐字核对后重新输入",
        "this is no whole key share: compare it letter by letter and enter it again",
    )


class SharesDoNotFit(Trouble):
    says = Text(
        "{found} 份密钥份额还原不出票箱 {box} 的密钥:份额不足({needed} 份),或者有的份额不属于这个票箱",
        "{found} shares do not make the key of the box {box}: there are too few ({needed} are needed), or some are of another box",
    )


class Share(NamedTuple):
    """One scrutineer's share: its number, from 1, and two values. Whoever sees it has it."""

    number: int
    value: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hex, which may be published: a share is too random to be guessed from it."""
        return sha256(b"yishi share\n" + bytes((self.number,)) + self.value).hexdigest()

    def __str__(self) -> str:
        """As it is printed or kept on a stick: letters and digits, with a check at the end."""
        data = bytes((self.number,)) + self.value
        said = base64.b32encode(data + sha256(data).digest()[:_CHECK]).decode().rstrip("=").lower()
        return "-".join((_WORD, *(said[at : at + 6] for at in range(0, len(said), 6))))

    def __repr__(self) -> str:
        return f"Share({self.number}, …)"

    @classmethod
    def parse(cls, said: str) -> "Share":
        """
        Raises:
            ShareUnreadable.
        """
        plain = "".join(said.split()).lower().replace("-", "")
        body = plain.removeprefix(_WORD).upper()
        try:
            data = base64.b32decode(body + "=" * (-len(body) % 8))
        except binascii.Error as wrong:
            raise ShareUnreadable() from wrong
        whole = data[:-_CHECK]
        if len(whole) != 1 + SEED_BYTES or not whole[0]:
            raise ShareUnreadable()
        share = cls(whole[0], whole[1:])
        if str(share).replace("-", "") != plain:  # its check, and the letters that carry only part of a byte
            raise ShareUnreadable()
        return share


def split(seed: bytes, needed: int, holders: int) -> list[Share]:
    """The shares of a seed for so many holders, of whom `needed` make it again. Up to 100 holders."""
    assert len(seed) == SEED_BYTES and 2 <= needed <= holders <= 100
    first = Shamir.split(needed, holders, seed[:HALF])
    second = Shamir.split(needed, holders, seed[HALF:])
    return [Share(number, one + two) for (number, one), (_, two) in zip(first, second, strict=True)]


def joined(shares: Iterable[Share]) -> bytes:
    """The seed that these shares make; something else entirely when they are too few or not of one seed.

    Raises:
        ValueError: none, or two different ones under one number.
    """
    every = {share.number: share for share in shares}
    if not every:
        raise ValueError("no shares")
    one = [(share.number, share.value[:HALF]) for share in every.values()]
    two = [(share.number, share.value[HALF:]) for share in every.values()]
    return bytes(Shamir.combine(one)) + bytes(Shamir.combine(two))
