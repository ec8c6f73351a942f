"""What a correction (更正) does not work out by itself: ballots that were held on the entry corrected, and oaths or approvals of a result."""

from domain.election.declaration import ElectionDeclared
from domain.election.declining import NominationDeclined, NominationWithdrawn
from domain.election.election import Election, under
from domain.election.method import ElectionMethodDrafted
from domain.election.nomination import Nominated
from domain.election.primary import PrimaryHeld
from domain.election.printing import NomineesPrinted
from domain.election.rounds import BallotOpened
from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.session.state import Moment, Session
from domain.text import Text, joined
from domain.vote.subjects import ELECTION_METHOD, SCRUTINEERS
from domain.vote.votes import VoteCounted

OF_ONE = (Nominated, NominationWithdrawn, NominationDeclined, PrimaryHeld)
OATH, APPROVAL = Text("宪法宣誓", "the oath"), Text("上一级人大常委会的批准", "the approval from above")


def after_correction(session: Session, old: Event, new: Event, version: int, moment: Moment) -> tuple[Finding, ...]:
    """Ballots stand as they were held and oaths as they were taken; whether they still hold is for the presidium (选举法 (2020) art. 46)."""
    return (*_ballots(session, old, version, moment), *_no_longer_elected(session, old, new, moment))


def _ballots(session: Session, old: Event, version: int, moment: Moment) -> tuple[Finding, ...]:
    """A nomination, a list, a primary, the method or the scrutineers corrected or struck after a ballot was held on them."""
    held = [e.election for e in session.history[version:] if isinstance(e, BallotOpened)]
    about = [session.elections[code] for code in dict.fromkeys(held) if _on(old, code)]
    return tuple(
        alert("BallotRestedOnIt", moment.basis(*under(e.post, "election.validity")), what=e.title) for e in about
    )


def _on(old: Event, code: str) -> bool:
    """Whether a ballot of that election was held on the entry."""
    if isinstance(old, OF_ONE):
        return old.election == code
    if isinstance(old, NomineesPrinted):
        return any(each.election == code for each in old.lists)
    of_all = isinstance(old, VoteCounted) and old.subject in (ELECTION_METHOD, SCRUTINEERS) and old.adopted
    return of_all or isinstance(old, ElectionMethodDrafted)


def _no_longer_elected(session: Session, old: Event, new: Event, moment: Moment) -> tuple[Finding, ...]:
    """Who was declared elected and is not any more, but took the oath or was approved: nobody is stripped of it by a correction alone."""
    if not isinstance(old, ElectionDeclared):
        return ()
    still = new.outcome.elected if isinstance(new, ElectionDeclared) else ()
    election = session.elections[old.election]
    gone = [p for p in old.outcome.elected if p not in still]
    found = [(p, what) for p in gone if (what := _on_record(session, election, p)) is not None]
    basis = moment.basis("oath.taken", *under(election.post, "election.validity"))
    return tuple(warn("SwornBefore", basis, person=p, election=election.title, what=what) for p, what in found)


def _on_record(session: Session, election: Election, person: str) -> Text | None:
    approved = session.has(f"approved:{election.code}:{person}")
    sworn = person in session.tenure.sworn
    found = [what for what, there in ((OATH, sworn), (APPROVAL, approved)) if there]
    return joined(found) if found else None
