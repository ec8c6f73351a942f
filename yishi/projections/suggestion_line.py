"""One line of a sheet of suggestions (台账) as values, not words: what the record says of a suggestion, or of one round of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.matter.contact import ContactConfirmed, DeputyContacted
from domain.matter.loops.suggestion import SUGGESTION
from domain.matter.objecting import ObjectionDecided
from domain.matter.replying import MatterExtended
from domain.matter.steps import StepTaken
from domain.session.suggestions import SuggestionsAssigned
from yishi.projections.course import Course, Reply

NO_FEEDBACK = "no-feedback"
"""What stands in place of a rating where the deputy said nothing (未反馈)."""
FILED = "filed"
"""Where a suggestion stands that is not assigned yet; it is no matter then."""
AGAIN = ("rehandle", "reopen")
"""The steps by which a suggestion is handed over again (重新交办)."""


@dataclass(frozen=True)
class Line:
    """What a line says; what is empty, or None, it does not say.

    Attributes:
        assigned_on: when it was handed over; of a later round, when again. rating: also `NO_FEEDBACK`. round: of the reply.
        stands: a standing of the loop, or `FILED`. closed_on: when it came to its end.
    """

    number: str = ""
    deputies: tuple[str, ...] = ()
    subject: str = ""
    unit: str = ""
    co_units: tuple[str, ...] = ()
    filed_on: date | None = None
    assigned_on: date | None = None
    difficult: bool | None = None
    due: date | None = None
    first_reply: date | None = None
    contacted: bool | None = None
    replied_on: date | None = None
    result: str = ""
    local_class: str = ""
    promised: date | None = None
    reminded_on: date | None = None
    rating: str = ""
    attitude: str = ""
    rated_on: date | None = None
    why: str = ""
    round: int | None = None
    stands: str = ""
    closed_on: date | None = None


def line_of(course: Course) -> Line:
    """A suggestion with its last reply, and with the last day promised in any of its replies."""
    last = course.last.event.promised if course.last else None
    return _line(course, course.last, course.promises[-1].day if course.promises else last)


def lines_of(course: Course) -> list[Line]:
    """A line for each reply, in their order; one line where there is none."""
    if not course.replies:
        return [line_of(course)]
    promised = {id(promise.of.event): promise.day for promise in course.promises}
    lines = []
    for nth, reply in enumerate(course.replies):
        day = promised.get(id(reply.event), reply.event.promised)
        lines.append(
            _line(course, reply, day, handed_again=_handed_again(course, reply) if nth else None, first=not nth)
        )
    return lines


def _line(
    course: Course, reply: Reply | None, promised: date | None, *, handed_again: date | None = None, first: bool = True
) -> Line:
    case = course.case
    spoken = (reply.rated or reply.silent) if reply else None
    said = reply.rating if reply else None
    assigned = course.assigned.day if course.assigned else None
    return Line(
        number=case.number,
        deputies=case.deputies,
        subject=case.subject,
        unit=_unit(course),
        co_units=_assignment(course)[0],
        filed_on=case.begun,
        assigned_on=assigned if first else handed_again,
        difficult=_assignment(course)[1] if course.assigned else None,
        due=course.term.last_day if course.term else None,
        first_reply=course.replies[0].entry.day if course.replies else None,
        contacted=_heard(course, reply) if reply else None,
        replied_on=reply.entry.day if reply else None,
        result=reply.event.result if reply else "",
        local_class=reply.event.local_class if reply else "",
        promised=promised,
        reminded_on=_reminded(course, reply) if reply else None,
        rating=said.result if said else NO_FEEDBACK if reply and reply.silent else "",
        attitude=(said.attitude or "") if said else "",
        rated_on=spoken.day if spoken else None,
        why=said.why if said else "",
        round=reply.event.round if reply else None,
        stands=_stands(course),
        closed_on=_closed(course),
    )


def _assignment(course: Course) -> tuple[tuple[str, ...], bool]:
    """With whom it is handled, and whether it has the longer term, from the first or since."""
    event = course.assigned.event if course.assigned else None
    given = event.assignments if isinstance(event, SuggestionsAssigned) else ()
    mine = [each for each in given if each.number == course.case.number]
    later = bool(course.case.all(MatterExtended))
    return (mine[0].co_units, mine[0].difficult or later) if mine else ((), later)


def _unit(course: Course) -> str:
    """Who handles it now."""
    decided = [e.event for e in course.case.all(ObjectionDecided)]
    moved = [event.unit for event in decided if isinstance(event, ObjectionDecided) and event.unit]
    return moved[-1] if moved else course.case.unit


def _heard(course: Course, reply: Reply) -> bool:
    """Whether the deputy was heard before the reply: so said with it, or by a contact of its round that the deputy confirmed."""
    confirmed = [
        entry.event for entry, said in course.contacts.values() if said and isinstance(said.event, ContactConfirmed)
    ]
    return reply.event.contacted or any(
        isinstance(event, DeputyContacted) and event.round == reply.event.round for event in confirmed
    )


def _reminded(course: Course, reply: Reply) -> date | None:
    return _last_step(course, ("remind-deputy",), reply)


def _handed_again(course: Course, reply: Reply) -> date | None:
    return _last_step(course, AGAIN, reply)


def _last_step(course: Course, names: Sequence[str], reply: Reply) -> date | None:
    days = [
        e.day
        for e in course.case.all(StepTaken)
        if isinstance(e.event, StepTaken) and e.event.step in names and e.event.round == reply.event.round
    ]
    return days[-1] if days else None


def _moves(course: Course) -> list[tuple[str, date]]:
    return [(to, e.day) for e in course.case.entries if (to := str(getattr(e.event, "to", "")))]


def _stands(course: Course) -> str:
    moves = _moves(course)
    if moves:
        return moves[-1][0]
    return SUGGESTION.begins.to if course.assigned else FILED


def _closed(course: Course) -> date | None:
    moves = _moves(course)
    return moves[-1][1] if moves and SUGGESTION.standing(moves[-1][0]).over else None
