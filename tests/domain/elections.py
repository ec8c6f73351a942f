"""Elections to test in: a township's or a county's session with posts to fill, and a method that says all it should."""

from datetime import date
from typing import Any

from domain.election.method import DraftElectionMethod, Margin, Rules
from domain.election.nomination import Nominate
from domain.election.parts import ElectionKind, PlannedElection
from domain.election.primary import HoldPrimary, PrimaryLine
from domain.election.printing import PrintNominees
from domain.session.presidium import PresidiumMeets
from tests.domain.chamber import Chamber, hands, township
from tests.domain.county import county

RULES = Rules(
    ballot_count="returned_over_issued", overmarked="void", write_in_when_abstaining="void", primary_tie="vote_again",
    revote_tie="vote_again", relatives="barred", shortfall="congress_decides",
)  # fmt: skip


AS_THE_LAW = RULES.model_copy(update={"ballot_count": "returned_over_voters"})
"""What 选举法 (2020) art. 44(1) says of surplus ballots, for a method of deputies' elections only."""


def election(
    post: str = "township-vice-chair", seats: int = 1, kind: ElectionKind = "by_election", code: str = "e", **more: Any
) -> PlannedElection:
    return PlannedElection(code=code, post=post, title=post, seats=seats, kind=kind, **more)


def method(*margins: tuple[str, int], rules: Rules = RULES, decided: bool = False) -> DraftElectionMethod:
    return DraftElectionMethod(
        margins=tuple(Margin(election=code, extra=extra, decided=decided) for code, extra in margins), rules=rules
    )


def town(*elections: PlannedElection, point: str = "presidium elected", deputies: int = 61, **about: Any) -> Chamber:
    """A township's session with these elections, its presidium elected; a change of term when one of them is of that kind."""
    return township(point, deputies, **_term(elections, about))


def house(*elections: PlannedElection, point: str = "opened", deputies: int = 241, **about: Any) -> Chamber:
    """A county's session with these elections, in its first plenary."""
    return county(point, deputies, **_term(elections, about))


def adopted(here: Chamber, *margins: tuple[str, int], rules: Rules = RULES) -> Chamber:
    """With its election method adopted by all; where only deputies above are elected it says on surplus ballots what the law says."""
    if all(e.post.is_deputy for e in here.session.elections.values()):
        rules = rules.model_copy(update={"ballot_count": AS_THE_LAW.ballot_count})
    return here.given(method(*margins, rules=rules), hands("election-method", len(here.roll)))


def _term(elections: tuple[PlannedElection, ...], about: dict[str, Any]) -> dict[str, Any]:
    if any(e.kind == "change_of_term" for e in elections):
        about = {"kind": "first", "elections_completed": date(2023, 12, 28), "previous_presidium": 9, **about}
    return {"elections": elections, **about}


def joint(
    number: str, persons: tuple[str, ...], deputies: tuple[str, ...], election: str = "e", **more: Any
) -> Nominate:
    """A joint nomination, on paper and introduced."""
    fields: dict[str, Any] = {"written": True, "introduced": True, **more}
    return Nominate(
        number=number, election=election, nominator="deputies", persons=persons, signatories=deputies, **fields
    )


def by_presidium(number: str, *persons: str, election: str = "e", **more: Any) -> Nominate:
    """The presidium's own nomination, introduced."""
    fields: dict[str, Any] = {"introduced": True, **more}
    return Nominate(number=number, election=election, nominator="presidium", persons=persons, **fields)


def meeting(here: Chamber, number: int = 1) -> Chamber:
    """With the presidium at its meeting, all of it there."""
    return here.given(PresidiumMeets(meeting=number, present=len(here.session.presidium)))


def deliberated(here: Chamber, *elections: str) -> Chamber:
    """With the nominees on the list that the deputies were given."""
    return here.given(PrintNominees(elections=elections or ("e",), basic_data=True))


def primary(votes: dict[str, int], ballots: int, election: str = "e", **more: Any) -> HoldPrimary:
    """A primary in which all ballots are valid."""
    lines = tuple(PrimaryLine(person=p, votes=v) for p, v in votes.items())
    fields: dict[str, Any] = {"issued": ballots, "returned": ballots, "valid": ballots, "sheets_agree": True, **more}
    return HoldPrimary(election=election, lines=lines, **fields)
