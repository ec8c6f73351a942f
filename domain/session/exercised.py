"""What a step is taken for, one by one: each motion, amendment, inquiry, interpellation, election and ballot box, and what is due on it.

The procedure has one step for all motions (`motion-decided`); each motion has its own fact (`motion-decided:3`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from domain.election.method import method_of
from domain.session.naming import named
from domain.session.state import Session
from domain.tenure.oath import unsworn
from domain.text import Text


class Exercised(NamedTuple):
    """One of them under one step. `due`: whether the step has to be taken for it; else it is only shown once it was."""

    number: str
    about: str
    due: bool


def _motions(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(m.number, m.title, due(m)) for m in session.motions.values())


def _inquiries(session: Session) -> Iterator[Exercised]:
    return (Exercised(i.number, i.question, True) for i in session.inquiries.values())


def _interpellations(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(i.number, i.organ, due(i)) for i in session.interpellations.values())


def _amendments(session: Session) -> Iterator[Exercised]:
    return (Exercised(a.number, a.item, False) for a in session.amendments.values())


def _amendments_to_vote_on(session: Session) -> Iterator[Exercised]:
    """While their draft is on the agenda and was not voted on: after that no amendment comes to a vote any more."""
    for a in session.amendments.values():
        due = not a.withdrawn and a.item in session.agenda and not session.has(f"voted:{a.item}")
        yield Exercised(a.number, a.item, due)


def _elections(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(e.code, e.planned.title, due(e)) for e in session.elections.values())


def _boxes(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(code, b.form.about, due(b)) for code, b in session.boxes.items())


def _primaries(session: Session) -> Iterator[Exercised]:
    """Due where more are nominated than the method lets stand; of deputies the law's own margin counts, which only the rule asks."""
    method = method_of(session)
    for e in session.elections.values():
        extra = method.margin(e.code) if method else 0
        crowded = method is not None and len(e.nominees) > e.seats_left + extra and not e.post.is_deputy
        tied = session.has(f"primary-tied:{e.code}")
        yield Exercised(e.code, e.planned.title, e.settled_at is None and (crowded or tied))


def _removals(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(r.number, r.person, due(r)) for r in session.tenure.removals.values())


def _resignations(due: Callable[[Any], bool]) -> Callable[[Session], Iterator[Exercised]]:
    return lambda session: (Exercised(r.number, r.person, due(r)) for r in session.tenure.resignations.values())


def _oaths(session: Session) -> Iterator[Exercised]:
    """Each of those elected and not sworn in yet, and each who took the oath."""
    still = unsworn(session)
    yield from (Exercised(person, title, True) for person, title in still.items())
    yield from (Exercised(person, "", False) for person in sorted(session.tenure.sworn - set(still)))


def _approvals(session: Session) -> Iterator[Exercised]:
    """What awaits the standing committee above, and what it decided on; several may be elected in one election."""
    tenure = session.tenure
    waiting = tenure.pending | tenure.refused
    for matter in sorted({matter for matter, _ in (*waiting, *tenure.approved)}):
        people = sorted(p for m, p in (*waiting, *tenure.approved) if m == matter)
        about = "、".join((named(session, matter).zh, *people))
        yield Exercised(matter, about, any(m == matter for m, _ in waiting))


def _never(_: Any) -> bool:
    return False


def _settling(election: Any) -> bool:
    """Whether candidates are still to be found in this session."""
    return election.settled_at is None and not election.left_to_next_session


def _nominating(election: Any) -> bool:
    """Whether somebody is to be nominated for that; in a separate election the next by votes may stand instead."""
    return _settling(election) and not election.separate_now


def _always(_: Any) -> bool:
    return True


STEPS: Mapping[str, Callable[[Session], Iterator[Exercised]]] = {
    "motion-filed": _motions(_never),
    "motion-referred": _motions(_never),
    "motion-reported": _motions(lambda m: bool(m.committee) and m.open),
    "motion-decided": _motions(lambda m: bool(m.outcome) or m.open),
    "motion-withdrawn": _motions(_never),
    "motion-disposed": _motions(lambda m: m.outcome == "after_session"),
    "amendment-filed": _amendments,
    "amendment-voted": _amendments_to_vote_on,
    "inquiry-raised": _inquiries,
    "inquiry-answered": _inquiries,
    "interpellation-filed": _interpellations(_never),
    "interpellation-decided": _interpellations(_always),
    "interpellation-answered": _interpellations(_always),
    "reanswer-demanded": _interpellations(_never),
    "box-sealed": _boxes(_never),
    "box-closed": _boxes(lambda b: not b.given_up),
    "box-opened": _boxes(lambda b: not b.given_up),
    "box-attested": _boxes(lambda b: not b.given_up),
    "interpellation-reanswered": _interpellations(lambda i: i.demanded),
    "nominated": _elections(_nominating),
    "nominees-printed": _elections(_nominating),
    "primary-held": _primaries,
    "candidates-settled": _elections(_settling),
    "ballot-opened": _elections(_always),
    "count-attested": _elections(_always),
    "election-declared": _elections(_always),
    "removal-proposed": _removals(_never),
    "removal-brought": _removals(_always),
    "defence-offered": _removals(lambda r: not r.deferred),
    "removal-voted": _removals(lambda r: not r.deferred),
    "removal-investigated": _removals(_never),
    "resignation-submitted": _resignations(_never),
    "resignation-decided": _resignations(lambda r: r.to == "congress" or r.unconfirmed),
    "resignation-filed": _resignations(lambda r: bool(r.accepted) and r.in_recess and r.to == "standing_committee"),
    "oath-taken": _oaths,
    "approval-recorded": _approvals,
}
"""What each step is taken for: by the fact of the step."""

BEGINNINGS = (
    "motion-filed", "amendment-filed", "inquiry-raised", "interpellation-filed", "removal-proposed", "resignation-submitted",
    "box-sealed",
)  # fmt: skip
"""The steps by which such a right is first used; all others are about one that is there."""


def exercised(session: Session, step: str) -> tuple[Exercised, ...]:
    """All that this step was taken for, or has to be; empty for a step that is not about any of them."""
    found = STEPS[step](session) if step in STEPS else iter(())
    return tuple(one for one in found if one.due or session.has(f"{step}:{one.number}"))


def nothing_to_do(session: Session, step: str) -> bool:
    """Whether a step follows the use of a right that nobody used."""
    return step in STEPS and step not in BEGINNINGS and not any(True for _ in STEPS[step](session))


def title_of_one(session: Session, title: Text, fact: str) -> Text | None:
    """A step's title with the number of the one that a fact is about, and what that is; None when there is none such."""
    step, _, number = fact.partition(":")
    for one in exercised(session, step):
        if one.number == number:
            return Text(f"{title.zh} {number}:{one.about}", f"{title.en} {number}: {one.about}")
    return None
