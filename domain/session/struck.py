"""What is left of an entry that was struck (划去), and the numbers that are used up by it.

A number once given to a motion, an amendment, an inquiry or an interpellation stays that one's: votes and answers are on record under it.
"""

from domain.event import Event
from domain.refusals import Refused
from domain.session.state import Session
from domain.text import Text


class Struck(Event):
    """What stands in the fold where an entry was struck: which event it was, and its number if it had one. Never stored."""

    what: str
    number: str = ""


class NumberSpent(Refused):
    says = Text(
        "第 {number} 号曾登记过,后经更正撤销;该编号不再使用,请另编号",
        "number {number} was on file and was taken back by a correction: it is not used again, give another number",
    )


def struck(old: Event) -> Struck:
    """What stands in place of an entry that is struck."""
    return Struck(at=old.at, basis=old.basis, what=old.name, number=str(getattr(old, "number", None) or ""))


def not_spent(session: Session, filed: type[Event], number: str) -> None:
    """Whether a number is free for something new, after it was looked for among what is on file.

    Raises:
        NumberSpent: it was given before, and its entry was struck or came to nothing by a correction.
    """
    for entry in session.history:
        named = entry.what if isinstance(entry, Struck) else getattr(entry, "name", "")
        if named == filed.name and getattr(entry, "number", "") == number:
            raise NumberSpent(number=number)
