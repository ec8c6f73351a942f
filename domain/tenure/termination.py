"""Offices that end with a deputy's seat (相应终止): a township's chair and vice-chairs, members of the standing and special committees.

选举法 (2020) arts 54, 56: when the seat is taken by removal or given up by an accepted resignation; announced by presidium or committee.
"""

from typing import ClassVar

from domain.event import Event
from domain.refusals import Refused
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session, decides
from domain.submission import Command, Office
from domain.tenure.held import DEPUTY, HELD, HeldPost, NoSuchPostHere
from domain.tenure.organs import ORGANS
from domain.text import Text, joined


class SeatNotEnded(Refused):
    says = Text(
        "{person} 的代表职务没有因罢免或者辞职被接受而终止,所任职务不随之终止",
        "the seat of {person} was not ended by removal or an accepted resignation: no office ends with it",
    )


class NotADependentOffice(Refused):
    says = Text(
        "{post}不随代表职务终止;随之终止的是:{allowed}", "a {post} does not end with the seat; what does: {allowed}"
    )


class AnnounceOfficeEnded(Command):
    """Announce that an office ended with its holder's seat as a deputy (予以公告)."""

    act: ClassVar[str] = "announce-office-ended"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("公告职务随代表职务终止", "Announce an office that ended with the seat")
    holder: DeputyId
    post: HeldPost


class OfficeEnded(Event):
    name: ClassVar[str] = "tenure.office-ended.v1"
    holder: DeputyId
    post: HeldPost

    def facts(self) -> tuple[str, ...]:
        return ("office-ended", f"office-ended:{self.post}:{self.holder}")


@decides(AnnounceOfficeEnded)
def announce_office_ended(session: Session, command: AnnounceOfficeEnded, moment: Moment) -> list[Event]:
    """选举法 (2020) arts 54, 56: the office ends by law; the announcement makes it known."""
    if session.has(f"office-ended:{command.post}:{command.holder}"):
        return []
    post = HELD[command.post]
    if session.procedure.level not in post.levels:
        raise NoSuchPostHere(post=post.title)
    rule = moment.law.ruling("termination.offices")
    cited = rule.basis if rule else ()
    if rule and rule.value is not None and post.organ not in rule.options:
        raise NotADependentOffice(cited, post=post.title, allowed=joined(ORGANS[o] for o in rule.options))
    if not _ended(session, command.holder):
        raise SeatNotEnded(cited, person=command.holder)
    return [
        OfficeEnded(at=moment.at, basis=moment.basis("termination.offices"), holder=command.holder, post=command.post)
    ]


def _ended(session: Session, person: str) -> bool:
    """Whether the seat was ended on such a ground, or its resignation accepted."""
    resigned = any(
        r.person == person and r.post.code == DEPUTY and r.accepted for r in session.tenure.resignations.values()
    )
    return resigned or session.has(f"seat-given-up:{person}")
