"""What a session's open matters are told when its record changes: acts of the engine, each under an id of its own, so once."""

from collections.abc import Iterator, Mapping

from domain.event import Event
from domain.law import Law
from domain.matter.by_record import FollowRecord, begun_at
from domain.matter.loop import TAKEN_BACK
from domain.matter.opening import OpenMatter
from domain.matter.recounting import RecountTerms
from domain.motion.listing import MotionDecided
from domain.progress import Progress
from domain.session.closing import SessionClosed
from domain.session.correction import Corrected
from domain.session.matters import MatterBegun
from domain.session.record import EditionAdopted
from domain.session.state import Session
from domain.session.struck import Struck
from domain.session.suggestions import SuggestionFiled, SuggestionsAssigned
from domain.submission import Actor, Command, Submission

TELLING = {
    "session.edition-adopted.v1": "tell-matters",
    "session.corrected.v1": "tell-of-corrections",
    "session.closed.v1": "tell-of-corrections",
}
"""The events of a session after which matters may have to be told something, each with the version of the workflow that does so."""
OF_MATTERS: tuple[type[Event], ...] = (SuggestionFiled, SuggestionsAssigned, MatterBegun, MotionDecided, SessionClosed)
"""What a matter takes from its session's record."""


def told(session: Session, matters: Mapping[str, Progress], law: Law | None) -> Iterator[Submission]:
    """What each of a session's matters, by its stream, is to be told as the session now stands.

    Whoever was told already is found by the command's id; an act that finds nothing to change records nothing.

    Args:
        law: that of the day on which the session closed, if it did.
    """
    yield from _editions(session, matters)
    yield from _corrections(session, matters, law)


def led_by(session: Session, command: Command) -> Event | None:
    """The entry of the session that an act of the engine's own follows; None where the act is somebody's.

    It is entered with that one, and is late only if that was: when the engine comes to it, after a power cut say, is no lateness.
    """
    version = 0
    match command:
        case OpenMatter(number=number):
            version = _opened_by(session, number)
            for entry in session.history[version:]:
                if isinstance(entry, Corrected) and {f"assigned:{number}", f"matter:{number}"}.intersection(
                    entry.gains()
                ):
                    return entry
        case FollowRecord(version=version):
            pass
        case RecountTerms():
            return next((e for e in reversed(session.history) if isinstance(e, EditionAdopted)), None)
    return session.history[version - 1] if 0 < version <= len(session.history) else None


def _editions(session: Session, matters: Mapping[str, Progress]) -> Iterator[Submission]:
    adopted = [e for e in session.history if isinstance(e, EditionAdopted)]
    if not adopted:
        return
    for stream, progress in sorted(matters.items()):
        if not progress.over and any(clock.provisional for clock in progress.running):
            yield Submission(
                command_id=f"{stream}#recount-{session.edition}",
                stream=stream,
                actor=Actor(office="clock"),
                at=adopted[-1].at,
                act=RecountTerms.act,
                fields={"edition": session.edition},
            )


def _corrections(session: Session, matters: Mapping[str, Progress], law: Law | None) -> Iterator[Submission]:
    """After a correction, and when what was struck is assigned anew; at the closing, where a rule of the place counts from it."""
    corrected = _corrected(session)
    closed = session.facts["closed"].version if law and session.has("closed") and law.counts_from("closed") else 0
    for stream, progress in sorted(matters.items()):
        number = stream.rsplit("/", 1)[1]
        opened = _opened_by(session, number)
        version = max(corrected, opened) if corrected else 0
        if closed > opened > 0:
            version = max(version, closed)
        if version and (not progress.has(TAKEN_BACK) or begun_at(session, number) is not None):
            yield Submission(
                command_id=f"{stream}#follow-{version}",
                stream=stream,
                actor=Actor(office="clock"),
                at=session.history[version - 1].at,
                act=FollowRecord.act,
                fields={"version": version},
            )


def _corrected(session: Session) -> int:
    """The newest correction of an entry that matters take something from, or 0."""
    names = [kind.name for kind in OF_MATTERS]
    for version in range(len(session.history), 0, -1):
        entry = session.history[version - 1]
        if isinstance(entry, Corrected):
            old = session.history[entry.version - 1]
            if isinstance(old, OF_MATTERS) or (isinstance(old, Struck) and old.what in names):
                return version
    return 0


def _opened_by(session: Session, number: str) -> int:
    """The entry of the session that leads to the matter as the record now stands, or 0."""
    fact = session.facts.get(f"assigned:{number}") or session.facts.get(f"matter:{number}")
    return fact.version if fact else 0
