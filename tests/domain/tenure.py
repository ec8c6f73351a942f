"""Office-holders to test with: an election that has come to its count, and somebody who is no deputy."""

from datetime import timedelta

from domain.calendar import legal_date
from domain.election.attesting import AttestCount
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection
from domain.election.parts import PersonEntry
from domain.election.rounds import OpenBallot
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line
from tests.domain.chamber import Chamber, hands
from tests.domain.elections import adopted, by_presidium, deliberated, meeting

OUTSIDER = "p1"
PEOPLE = (PersonEntry(id=OUTSIDER, voter=True),)


def counted(here: Chamber, *candidates: str, in_favour: int) -> Chamber:
    """A ballot on the presidium's own candidates, as many as seats, each with so many votes; counted by two and attested."""
    everybody = len(here.roll)
    meeting(here).given(by_presidium("p", *candidates))
    here.given(hands("scrutineers", everybody, persons=("d050", "d051"), chief="d050", no_relatives=True))
    deliberated(here).on(legal_date(here.now) + timedelta(days=2), 10)
    adopted(here, ("e", 0)).given(SettleCandidates(election="e", candidates=candidates, order="strokes"))
    here.given(OpenBallot(election="e"))
    lines = tuple(Line(person=p, in_favour=in_favour, against=everybody - in_favour) for p in candidates)
    ballots = {"issued": everybody, "returned": everybody, "valid": everybody}
    here.given(*(EnterBallotSheet(election="e", sheet=n, lines=lines, **ballots) for n in (1, 2)))
    return here.given(AttestCount(election="e"))


def elected(here: Chamber, *persons: str) -> Chamber:
    """An election that these have won with all votes."""
    return counted(here, *persons, in_favour=len(here.roll)).given(DeclareElection(election="e"))
