"""The same act sent again: what was filed under a number once is that one's, and filed a second time it is nothing new."""

from collections.abc import Container
from typing import Any

from domain.event import Event
from domain.refusals import Refused
from domain.session.state import Session
from domain.session.struck import not_spent
from domain.submission import Command


def tells(event: Event, command: Command, **otherwise: Any) -> bool:
    """Whether an entry says what a command does, field by field; `otherwise` are fields that it tells in another form."""
    said = {name: getattr(command, name) for name in type(command).model_fields}
    return all(getattr(event, name) == value for name, value in {**said, **otherwise}.items())


def filed_before(
    session: Session, kind: type[Event], command: Command, on_file: Container[str], exists: type[Refused], **otherwise: Any
) -> bool:  # fmt: skip
    """Whether this very thing is on file under its number already.

    Raises:
        `exists`: something else is. NumberSpent: the number was taken back by a correction.
    """
    number: str = getattr(command, "number")  # noqa: B009 - every command that files something has one
    if number not in on_file:
        not_spent(session, kind, number)
        return False
    if any(isinstance(e, kind) and tells(e, command, **otherwise) for e in session.history):
        return True
    raise exists(number=number)
