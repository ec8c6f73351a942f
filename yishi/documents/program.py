"""What is done at which sitting: as recorded where it is over, and for the rest as it would be taken in the procedure's order.

A plan does not say at which sitting an item is taken. What is still to come is placed as sessions usually go: the presidium and the
agenda at the first sitting, reports at the first plenary that is not over, votes at the last. A clerk may move it in the paper.
"""

from collections.abc import Iterator
from typing import NamedTuple

from domain.election.coming import last_counted, tie_of
from domain.election.declaration import ElectionDeclared
from domain.election.election import Election
from domain.election.rounds import BallotOpened
from domain.election.separate import SeparateElectionDecided
from domain.event import Event
from domain.procedure import Step
from domain.session.business import Deliberated, ReportHeard
from domain.session.closing import Announced, SessionClosed, dealt_with
from domain.session.interruptions import SittingPaused, SittingResumed
from domain.session.parts import AgendaItem
from domain.session.sittings import SittingClosed, SittingOpened
from domain.session.state import Session, Sitting
from domain.vote.projects import ProjectsChosen
from domain.vote.rating import ProjectsRated
from domain.vote.subjects import PROJECT_METHOD
from domain.vote.votes import VoteCounted

KINDS: dict[type[Event], str] = {
    SittingOpened: "开会",
    SittingPaused: "休息",
    SittingResumed: "继续",
    ReportHeard: "听取报告",
    Deliberated: "审议",
    VoteCounted: "表决",
    ProjectsChosen: "票决",
    ProjectsRated: "测评",
    BallotOpened: "选举",
    ElectionDeclared: "宣布当选",
    SeparateElectionDecided: "另行选举",
    Announced: "宣布",
    SittingClosed: "散会",
    SessionClosed: "闭幕",
}
"""What the chair has words for, by the event that shows it was done."""


class Part(NamedTuple):
    """One thing done at a sitting: its kind, what it is about, and its event where it is on record."""

    kind: str
    subjects: tuple[str, ...] = ()
    event: Event | None = None
    version: int = 0


def ordered(session: Session) -> list[Sitting]:
    """The sittings in the order in which they are held."""
    return sorted(session.sittings.values(), key=lambda s: (s.planned, s.code))


def program(session: Session) -> dict[str, list[Part]]:
    """For each sitting, by its code: what was done at it, then what is still to come."""
    done = _recorded(session)
    ahead = [s for s in ordered(session) if s.status != "closed"] if not session.has("closed") else []
    plenaries = [s for s in ahead if s.kind == "plenary"]
    for sitting in ahead:
        parts = done.setdefault(sitting.code, [])
        if not parts:
            parts.append(Part("开会"))
        if sitting is ahead[0]:
            parts += [Part("表决", (subject,)) for subject in _opening_votes(session)]
        if plenaries and sitting is plenaries[0]:
            parts += [Part("听取报告", (item.code,)) for item in session.agenda.values() if _to_hear(session, item)]
            parts += [Part("表决", (subject,)) for subject in _before_ballots(session)]
        if plenaries and sitting is plenaries[-1]:
            parts += _decisions(session)
            parts.append(Part("闭幕"))
        else:
            parts.append(Part("散会"))
    return done


def _recorded(session: Session) -> dict[str, list[Part]]:
    done: dict[str, list[Part]] = {}
    here: str | None = None
    for version, event in enumerate(session.history, 1):
        here = event.sitting if isinstance(event, SittingOpened) else here
        kind = KINDS.get(type(event))
        if here is None or kind is None or (isinstance(event, Deliberated) and event.group):
            continue
        done.setdefault(here, []).append(Part(kind, _subjects(event), event, version))
        here = None if isinstance(event, (SittingClosed, SessionClosed)) else here
    return done


def _subjects(event: Event) -> tuple[str, ...]:
    match event:
        case VoteCounted():
            return (event.subject,)
        case ReportHeard():
            return (event.item,)
        case Announced() | Deliberated():
            return event.items
        case BallotOpened() | ElectionDeclared() | SeparateElectionDecided():
            return (event.election,)
        case _:
            return ()


def _opening_votes(session: Session) -> Iterator[str]:
    """Lists and the agenda: what the procedure has voted on besides agenda items, and is not voted on yet."""
    yield from (_subject_of(step) for step in _votes_to_come(session) if not step.of_elections)


def _before_ballots(session: Session) -> Iterator[str]:
    """What elections have voted on before their ballots: the method, the scrutineers; what stands on the agenda is voted on as an item."""
    if session.elections:
        subjects = (_subject_of(step) for step in _votes_to_come(session) if step.of_elections)
        yield from (subject for subject in subjects if subject not in session.agenda)


def _votes_to_come(session: Session) -> Iterator[Step]:
    for step in session.procedure.steps_for(session.kind):
        if step.act == "put-to-vote" and "{" not in step.fact and not step.optional and not session.has(step.fact):
            yield step


def _subject_of(step: Step) -> str:
    return "presidium" if step.fact == "presidium-elected" else step.fact.removeprefix("adopted:")


def _to_hear(session: Session, item: AgendaItem) -> bool:
    """Whether a report on the item is heard in this procedure, and was not yet."""
    heard = any(
        step.fact == "heard:{item}" and item.kind in step.of_kinds and item.kind != "other"
        for step in session.procedure.steps_for(session.kind)
    )
    return heard and not session.has(f"heard:{item.code}") and not dealt_with(session, item)


def _decisions(session: Session) -> list[Part]:
    """Votes, choices and ratings still to come, and the announcing of what came out."""
    parts: list[Part] = []
    open_items = [item for item in session.agenda.values() if not dealt_with(session, item)]
    for item in open_items:
        match item.kind:
            case "projects":
                if session.procedure.decides and session.method is None:
                    parts.append(Part("表决", (PROJECT_METHOD,)))
                parts.append(Part("票决", (item.code,)))
            case "rating":
                parts.append(Part("测评", (item.code,)))
            case _ if item.resolution and session.procedure.decides and item.kind != "other":
                parts.append(Part("表决", (item.code,)))
    parts += _elections(session)
    silent = [i.code for i in session.agenda.values() if not session.has(f"announced:{i.code}")]
    wanted = tuple(code for code in silent if _comes_to_a_result(session, session.agenda[code]))
    return [*parts, Part("宣布", wanted)] if wanted else parts


def _comes_to_a_result(session: Session, item: AgendaItem) -> bool:
    by_vote = item.resolution and session.procedure.decides and item.kind != "other"
    return item.kind in ("projects", "rating") or by_vote


def _elections(session: Session) -> Iterator[Part]:
    """Ballots still to come: of each election the next one, and the declaring of what came out."""
    for election in session.elections.values():
        last = election.round
        tie = tie_of(election)
        if (last is not None and last.outcome is None) or (tie is not None and tie.over):
            yield Part("宣布当选", (election.code,))
        elif election.seats_left and not election.left_to_next_session:
            if _not_decided_on(election):
                yield Part("另行选举", (election.code,))
                continue
            yield Part("选举", (election.code,))
            yield Part("宣布当选", (election.code,))


def _not_decided_on(election: Election) -> bool:
    """Whether seats are left over and the congress has not said when they are filled."""
    last = last_counted(election)
    left_over = last is not None and last.outcome is not None and bool(last.outcome.open_seats)
    return left_over and not election.separate_now
