"""What boxes came to, for the rules that declare a result; and the box that still has to be seen to before anything else is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ballot.counting import VoteFigures
from domain.election.tally import Figures
from domain.law import Citation
from domain.refusals import Refused
from domain.session.state import Session
from domain.text import Text

if TYPE_CHECKING:
    from domain.ballot.box import Box

NEXT = {
    "sealed": Text(
        "先关闭票箱(close-box),再开箱(open-box);持钥人不足的,作罢(give-up-box)",
        "close it first (close-box), then open it (open-box), or give it up for want of key holders (give-up-box)",
    ),
    "closed": Text(
        "先开箱(open-box);持钥人不足的,作罢(give-up-box)",
        "open it first (open-box), or give it up for want of key holders (give-up-box)",
    ),
    "opened": Text(
        "先由持钥人确认(attest-box);有疑问的,另封票箱重新投票",
        "its key holders attest it first (attest-box); who doubts it has another box sealed, and the vote taken anew",
    ),
}
"""What is to be done with a box of which nothing has come yet, by its state."""


class BoxWaits(Refused):
    says = Text(
        "电子票箱 {box} 正用于这一事项,还没有结果,不能另报票数:{todo}",
        "the electronic ballot box {box} is in use for this and nothing has come of it yet, so that no other figures are taken: {todo}",
    )


class BoxHasCounted(Refused):
    says = Text(
        "电子票箱 {box} 已有经确认的结果,不能另报票数:以投票方式提请表决即可(put-to-vote,method: ballot)",
        "the electronic ballot box {box} has its attested result, and no other figures are taken: put it to the vote with method ballot",
    )


def figures_of(session: Session, election: str, number: int) -> Figures | None:
    """The figures of an election's ballot of that number, as the key holders attested them; None while they have not."""
    box = attested_box(session, "election", election, number)
    return box.opened.figures if box is not None and box.opened is not None else None


def vote_of(session: Session, subject: str) -> VoteFigures | None:
    """The figures of a vote by ballot, as the key holders attested them; None while they have not, and once they were put on record."""
    box = attested_box(session, "vote", subject)
    return box.opened.vote if box is not None and box.opened is not None else None


def attested_box(session: Session, kind: str, about: str, number: int = 1) -> Box | None:
    """The last box that was attested for it and not used up by a vote: one given up, or not opened yet, gives nothing."""
    of_it = [box for box in _of(session, kind, about, number) if box.state == "attested" and not box.used]
    return of_it[-1] if of_it else None


def waiting_box(session: Session, kind: str, about: str, number: int = 1) -> Box | None:
    """The last box sealed for it, as long as nothing has come of it: it is neither attested nor given up."""
    of_it = _of(session, kind, about, number)
    return of_it[-1] if of_it and of_it[-1].state in NEXT else None


def on_paper(session: Session, election: str, number: int, way: str) -> bool:
    """Whether a ballot of an election is counted from tellers' sheets: opened so, or its box given up and paper is what follows."""
    boxes = _of(session, "election", election, number)
    return way == "paper" or bool(boxes and boxes[-1].given_up and boxes[-1].sealed.if_fewer == "paper_ballot")


def no_box_waits(session: Session, kind: str, about: str, number: int = 1, *, cited: tuple[Citation, ...] = ()) -> None:
    """Whether figures may be typed in: deputies who voted into a box are counted there, or the box was given up in the open.

    Raises:
        BoxWaits.
    """
    if (box := waiting_box(session, kind, about, number)) is not None:
        raise BoxWaits(cited, box=box.form.box, todo=NEXT[box.state])


def no_box_counted(session: Session, subject: str, cited: tuple[Citation, ...]) -> None:
    """Whether a vote's figures may be typed in: no box is in use for it, and none has its result.

    Raises:
        BoxWaits, BoxHasCounted.
    """
    no_box_waits(session, "vote", subject, cited=cited)
    if (box := attested_box(session, "vote", subject)) is not None:
        raise BoxHasCounted(cited, box=box.form.box)


def _of(session: Session, kind: str, about: str, number: int) -> list[Box]:
    boxes: list[Box] = list(session.boxes.values())
    return [box for box in boxes if (box.form.kind, box.form.about, box.form.round) == (kind, about, number)]
