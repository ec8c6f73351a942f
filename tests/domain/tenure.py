"""Office-holders to test with: a ballot of an election that has come to its count, and who is no deputy."""

from domain.election.declaration import DeclareElection
from domain.election.parts import PersonEntry
from domain.election.rounds import AttestCount, BallotOpened, EnterBallotSheet
from domain.election.tally import Line
from tests.domain.chamber import SESSION, Chamber

OUTSIDER = "p1"
PEOPLE = (PersonEntry(id=OUTSIDER, voter=True),)


def counted(here: Chamber, *candidates: str, in_favour: int, code: str = "e") -> Chamber:
    """A first ballot on these candidates, each with so many votes, counted alike by two tellers and attested."""
    session, all_here = here.session, len(here.roll)
    opened = BallotOpened(
        at=here.now, basis=session.history[0].basis, election=code, number=1, round="first", candidates=candidates,
        seats=session.elections[code].planned.seats, way="paper", sitting="s1", deputies_total=all_here,
        deputies_present=all_here, needed=all_here // 2 + 1,
    )  # fmt: skip
    here.record.append(SESSION, opened)
    lines = tuple(Line(person=p, in_favour=in_favour, against=all_here - in_favour, abstained=0) for p in candidates)
    for number in (1, 2):
        here.given(
            EnterBallotSheet(
                election=code, sheet=number, issued=all_here, returned=all_here, valid=all_here, lines=lines
            )
        )
    return here.given(AttestCount(election=code))


def elected(here: Chamber, *persons: str, code: str = "e") -> Chamber:
    """An election that these have won with all votes."""
    return counted(here, *persons, in_favour=len(here.roll), code=code).given(DeclareElection(election=code))
