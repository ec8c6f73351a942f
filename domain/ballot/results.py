"""What attested boxes came to, for the rules that declare a result."""

from domain.ballot.box import Box
from domain.ballot.counting import VoteFigures
from domain.election.tally import Figures
from domain.session.state import Session


def figures_of(session: Session, election: str, number: int) -> Figures | None:
    """The figures of an election's ballot of that number, as the key holders attested them; None while they have not."""
    box = _attested(session, "election", election, number)
    return box.opened.figures if box is not None and box.opened is not None else None


def vote_of(session: Session, subject: str) -> VoteFigures | None:
    """The figures of a vote by ballot, as the key holders attested them; None while they have not."""
    box = _attested(session, "vote", subject, 1)
    return box.opened.vote if box is not None and box.opened is not None else None


def _attested(session: Session, kind: str, about: str, number: int) -> Box | None:
    """The last box that was attested for it: one given up, or not opened yet, gives nothing."""
    boxes: list[Box] = [box for box in session.boxes.values() if box.state == "attested"]
    of_it = [box for box in boxes if (box.form.kind, box.form.about, box.form.round) == (kind, about, number)]
    return of_it[-1] if of_it else None
