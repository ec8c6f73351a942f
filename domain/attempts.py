"""Refused attempts, kept in a stream of their own beside the session's (architecture §2.6)."""

from typing import ClassVar

from domain.event import Event
from domain.refusals import Refused
from domain.submission import Submission
from domain.text import Figure


class AttemptRefused(Event):
    """Somebody tried, and a rule stood against it. Its basis may be empty: not every refusal rests on an article."""

    name: ClassVar[str] = "refused.attempt.v1"
    act: str
    reason: str
    figures: dict[str, Figure]

    def facts(self) -> tuple[str, ...]:
        return ("attempt-refused",)


def attempt_of(submission: Submission, refused: Refused) -> tuple[str, AttemptRefused]:
    """The stream of refused attempts of a session and its matters, and the event that keeps this one."""
    kept = AttemptRefused(
        at=submission.at,
        basis=refused.basis,
        act=submission.act,
        reason=type(refused).__name__,
        figures=refused.figures,
    )
    return f"{submission.stream.rsplit('/', 2)[0]}/refused/1", kept
