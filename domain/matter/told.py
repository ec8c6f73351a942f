"""What a session's open matters are told when its record changes: acts of the engine, each under an id of its own, so once."""

from collections.abc import Iterator, Mapping

from domain.matter.recounting import RecountTerms
from domain.progress import Progress
from domain.session.record import EditionAdopted
from domain.session.state import Session
from domain.submission import Actor, Submission

TELLING = ("session.edition-adopted.v1",)
"""The events of a session after which matters may have to be told something."""


def told(session: Session, matters: Mapping[str, Progress]) -> Iterator[Submission]:
    """What each of a session's matters, by its stream, is to be told as the session now stands.

    Whoever was told already is found by the command's id; an act that finds nothing to change records nothing.
    """
    adopted = [e for e in session.history if isinstance(e, EditionAdopted)]
    if not adopted:
        return
    for stream, progress in sorted(matters.items()):
        if any(clock.provisional for clock in progress.running):
            yield Submission(
                command_id=f"{stream}#recount-{session.edition}",
                stream=stream,
                actor=Actor(office="clock"),
                at=adopted[-1].at,
                act=RecountTerms.act,
                fields={"edition": session.edition},
            )
