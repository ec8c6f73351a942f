"""A closed box opened and counted, in the scrutineers' own process: only figures and a digest leave it.

All ballots in clear, sorted, make one file, which the scrutineers seal up like the ballots of a paper vote (封存). The same ballots make
the same file in whatever order they were cast. A salt that only the key gives stands in it, so that its digest does not let anybody try out
what may have been in the box.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from domain.ballot.box import BoxKeys
from domain.ballot.counting import counted
from domain.ballot.form import Form
from domain.text import Text
from yishi.ledger.merkle import leaf_hash, root_of
from yishi.scrutineers.keys import BALLOTS, seed_of
from yishi.sealed.hpke import NotOpened, OpeningKey
from yishi.sealed.shares import Share
from yishi.trouble import Trouble

FIRST_LINE, UNREADABLE = "yishi ballots 1", "-"


class NotWhole(Trouble):
    says = Text(
        "取到的 {found} 张密封选票与关闭票箱时记录的({needed} 张)不一致:不要开箱,查明原因",
        "The {found} sealed ballots handed out are not the {needed} that were recorded at the closing: do not open them, find out why.",
    )


class Opened(NamedTuple):
    """`fields` are those of the act `open-box` but for the box and who was there; `file` is to be sealed up."""

    fields: dict[str, Any]
    file: bytes


def opened(
    form: Form, keys: BoxKeys, issued: int, returned: int, root: str, ballots: Sequence[bytes], shares: Sequence[Share]
) -> Opened:
    """Open all ballots of a closed box and count them.

    Args:
        issued, returned, root: as the closing recorded them. ballots: as the service handed them out.

    Raises:
        NotWhole: they are not what was closed. NotOfThisBox, SharesDoNotFit: nothing is opened.
    """
    whole = sorted(ballots)
    if len(whole) != returned or root_of(map(leaf_hash, whole)).hex() != root:
        raise NotWhole(found=len(whole), needed=returned)
    seed = seed_of(form.box, keys, shares)
    key = OpeningKey(seed, BALLOTS)
    plain = sorted((_plain(key, each, form.digest) for each in whole), key=lambda each: each or b"")
    salt = hmac.digest(seed, b"yishi ballots in clear", sha256).hex()
    lines = [
        FIRST_LINE,
        form.box,
        form.digest.hex(),
        salt,
        *(UNREADABLE if p is None else p.hex() for p in plain),
    ]
    file = "".join(f"{line}\n" for line in lines).encode("ascii")
    found = counted(form, plain, issued)
    fields = {
        "root": root,
        "ballots": sha256(file).hexdigest(),
        "figures": found.figures.model_dump(mode="json") if found.figures else None,
        "vote": found.vote.model_dump(mode="json") if found.vote else None,
        "void": found.void,
    }
    return Opened(fields, file)


def _plain(key: OpeningKey, sealed: bytes, about: bytes) -> bytes | None:
    try:
        return key.open(sealed, about)
    except NotOpened:
        return None
