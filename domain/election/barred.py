"""For whom votes elect nobody: a candidate lost while the ballot was open, one written in who may not hold the post or holds it."""

from domain.election.election import Election, Round, under
from domain.election.posts import AMONG_DEPUTIES
from domain.election.tally import Figures
from domain.event import Finding
from domain.findings import warn
from domain.session.state import Moment, Session


def barred(
    session: Session, election: Election, ballot: Round, figures: Figures, moment: Moment
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """地方组织法 (2022) arts 18, 47 on those written in; on a candidate lost meanwhile what the presidium decided (`drop-candidate`)."""
    lost = tuple(p for p in ballot.candidates if p in election.lost)
    gone = tuple(warn("NameElectsNobody", (), person=p, election=election.title) for p in lost)
    again = tuple(w.person for w in figures.write_ins if w.person in election.elected)
    basis = moment.basis(*under(election.post, "ballot.write_in"))
    elected = tuple(warn("WriteInElectedAlready", basis, person=p, election=election.title) for p in again)
    strangers, findings = _strangers(session, election, figures, moment)
    return (*lost, *again, *strangers), (*gone, *elected, *findings)


def _strangers(
    session: Session, election: Election, figures: Figures, moment: Moment
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    if election.planned.post not in AMONG_DEPUTIES:
        return (), ()
    topic = "eligibility.sc" if election.post.organ == "standing_committee" else "eligibility.presidium_township"
    rule = moment.law.ruling(topic)
    strangers = tuple(w.person for w in figures.write_ins if w.person not in session.in_office)
    if not strangers or rule is None or not rule.may_refuse:
        return (), ()
    basis = (*rule.basis, *moment.basis("ballot.write_in_eligible"))
    return strangers, tuple(warn("WriteInNotEligible", basis, person=person) for person in strangers)
