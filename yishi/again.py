"""An act sent again: what its sender left out was filled in by us, and is filled in as the first time."""

from datetime import datetime, timedelta
from typing import Any

from domain.session.registration import SessionRegistered
from domain.submission import Answer, Submission
from yishi.ledger.ledger import position_of
from yishi.ledger.reader import LedgerReader


def as_first_sent(
    ledger: LedgerReader,
    submission: Submission,
    *,
    at: bool = False,
    edition: bool = False,
    ahead: timedelta = timedelta(),
) -> Submission | Answer:
    """A repetition as it was when it came first; as it is when its command id is new.

    Args:
        at, edition: whether these were left out. ahead: by how much a time that was said may have been ahead of ours and taken at ours.

    Returns:
        The submission; or the answer it was given, when that added nothing to the record: then its time is written nowhere.
    """
    answer = ledger.answer_of(submission.command_id)
    if answer is None or answer.act != submission.act:
        return submission
    if (position := position_of(answer)) is None:
        return answer if at or edition or ahead else submission
    event = ledger.notifications(after=position - 1, limit=1)[0].event
    changed: dict[str, Any] = {"at": event.at} if at or _ran_ahead(submission.at, event.at, ahead) else {}
    if edition and isinstance(event, SessionRegistered):
        changed["fields"] = {**submission.fields, "edition": event.edition}
    return submission.model_copy(update=changed)


def _ran_ahead(said: datetime, taken_at: datetime, ahead: timedelta) -> bool:
    return taken_at < said <= taken_at + ahead
