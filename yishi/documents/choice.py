"""What a paper is about, where there may be several: a sitting, an item."""

from typing import NamedTuple

from domain.session.state import Session
from domain.text import Text
from yishi.documents.program import ordered
from yishi.documents.troubles import NoSuchChoice


class Choice(NamedTuple):
    """A sitting's, an item's or an election's code and the number of a ballot, as asked for; None: the paper chooses."""

    sitting: str | None = None
    item: str | None = None
    election: str | None = None
    ballot: int | None = None


def sitting_of(session: Session, choice: Choice) -> str:
    """The sitting asked for; else the one that is open, else the next, else the last.

    Raises:
        NoSuchChoice.
    """
    if choice.sitting is not None:
        if choice.sitting not in session.sittings:
            raise NoSuchChoice(code=choice.sitting, what=Text("会议", "sitting"), known="、".join(session.sittings))
        return choice.sitting
    if session.sitting_open:
        return session.sitting_open
    all_of_them = ordered(session)
    if not all_of_them:
        raise NoSuchChoice(code="—", what=Text("会议", "sitting"), known="—")
    return next((s.code for s in all_of_them if s.status == "planned"), all_of_them[-1].code)


def choices(session: Session, each: str) -> tuple[Choice, ...]:
    """What all papers of a kind are about: each sitting, item that was voted on, election, ballot of one; or once.

    Papers of elections, boxes and office-holders (`elections`, `boxes`, `offices`: one paper for all of them) are only for a session
    that has some.
    """
    match each:
        case "sitting":
            return tuple(Choice(sitting=sitting.code) for sitting in ordered(session))
        case "item":
            return tuple(Choice(item=code) for code, item in session.agenda.items() if item.resolution)
        case "election":
            return tuple(Choice(election=code) for code in session.elections)
        case "primary":
            return tuple(Choice(election=code) for code, election in session.elections.items() if election.primaries)
        case "ballot":
            ballots = [
                (e.code, each.number) for e in session.elections.values() for each in e.rounds if not each.broken_off
            ]
            return tuple(Choice(election=code, ballot=number) for code, number in ballots)
        case "elections":
            return (Choice(),) if session.elections else ()
        case "boxes":
            return (Choice(),) if session.boxes else ()
        case "offices":
            tenure = session.tenure
            told = (*tenure.removals, *tenure.resignations, *tenure.dismissals, *tenure.recess_removals, *tenure.acting)
            return (Choice(),) if told else ()
        case _:
            return (Choice(),)


def item_of(session: Session, choice: Choice) -> str | None:
    """The item or other subject of a vote that was asked for.

    Raises:
        NoSuchChoice.
    """
    known = dict.fromkeys((*session.agenda, *session.votes))
    if choice.item is not None and choice.item not in known:
        raise NoSuchChoice(code=choice.item, what=Text("议题", "item"), known="、".join(known))
    return choice.item
