"""A voter's program: asks for a ballot by name, seals it here, and casts it without a name.

What is chosen is in this process's memory until it is sealed, and nowhere else: nothing is written to disk, logged or kept. Each ballot goes
over a connection of its own, in a request that is as long whatever it says.
"""

from typing import NamedTuple

from domain.ballot.form import Ballot, Form, written
from domain.text import Text
from yishi.client.door import Door
from yishi.sealed.hpke import SUITE, Seal, from_text, to_text
from yishi.trouble import Trouble


class NoBallot(Trouble):
    """A rule stands against it, in the door's own words."""

    says = Text("没有领到选票:{why}", "No ballot was issued: {why}")


class AlreadyCast(Trouble):
    says = Text(
        "您的选票已经在票箱中,不能再投,也不能更换", "A ballot of yours is in the box already. It cannot be replaced."
    )


class OtherSuite(Trouble):
    says = Text(
        "这个票箱的密封方式({found})本程序不会,请更新程序",
        "This program does not know how this box is sealed ({found}): update it.",
    )


class Paper(NamedTuple):
    """A ballot that was issued and is not filled in. `token` is shown when it is cast; it names nobody."""

    session: str
    form: Form
    token: bytes
    seal: Seal

    def __repr__(self) -> str:
        return f"Paper({self.form.box})"


class SealedBallot(NamedTuple):
    """What goes into the box. Sent again as it is, it is there once."""

    session: str
    box: str
    token: bytes
    sealed: bytes

    def __repr__(self) -> str:
        return f"SealedBallot({self.box})"


def ask_for_ballot(door: Door, session: str, box: str, deputy: str) -> Paper:
    """A deputy's ballot; asked again, the same token.

    Raises:
        NoBallot: a rule stands against it. OtherSuite. DoorTrouble: such as that key holders have to wake the box first.
    """
    body = {"deputy": deputy, "actor": {"office": "deputy", "person": deputy}}
    given = door.post(f"/sessions/{session}/boxes/{box}/ballot", body)
    if given.get("outcome") == "refused":
        raise NoBallot(why=Text(given["says"]["zh"], given["says"]["en"]))
    if given["suite"] != SUITE:
        raise OtherSuite(found=given["suite"])
    form = Form.model_validate(given["form"])
    return Paper(session, form, from_text(given["token"]), Seal(from_text(given["seal"])))


def sealed(paper: Paper, ballot: Ballot) -> SealedBallot:
    """The ballot filled in and sealed. From here on nobody reads it but so many scrutineers together, not even who cast it.

    Raises:
        Refused: it cannot be written (`domain.ballot.form.written`).
    """
    inside = paper.seal.seal(written(paper.form, ballot), paper.form.digest)
    return SealedBallot(paper.session, paper.form.box, paper.token, inside)


def cast(door: Door, ballot: SealedBallot) -> None:
    """Put it into the box; when this returns it is on the disk there. Safe to call again with the same sealed ballot.

    Raises:
        AlreadyCast: another ballot of this token is there. DoorTrouble: it was not taken, or nobody knows: call again.
    """
    body = {"token": to_text(ballot.token), "sealed": to_text(ballot.sealed)}
    told = door.post_alone(f"/sessions/{ballot.session}/boxes/{ballot.box}/cast", body)
    if told["outcome"] == "refused":
        raise AlreadyCast()
