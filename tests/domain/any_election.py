"""Any act of an election that anybody might try, with figures that fit or do not: what the machines of any order draw from."""

from typing import Any

from hypothesis import strategies as st

from domain.election.attesting import AttestCount
from domain.election.breaking_off import BreakOffBallot
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection
from domain.election.declining import DeclineNomination, WithdrawNomination
from domain.election.lost import DropCandidate
from domain.election.method import DraftElectionMethod, Margin, Rules
from domain.election.nomination import Nominate
from domain.election.primary import HoldPrimary, PrimaryLine
from domain.election.printing import PrintNominees
from domain.election.rounds import OpenBallot
from domain.election.separate import DecideSeparateElection
from domain.election.sheets import EnterBallotSheet
from domain.election.striking import StrikeNominee
from domain.election.tally import Line, WriteIn
from domain.election.tied_again import DecideOnTie
from domain.election.validity import DecideValidity
from domain.submission import Command

ELECTIONS = ("e", "f")
code = st.sampled_from(("e", "e", "e", "f", "g"))
few = st.integers(0, 13)
deputy = st.sampled_from([f"d{n:03}" for n in range(1, 14)])
person = deputy | st.sampled_from(("v1", "x9"))
persons = st.lists(person, min_size=1, max_size=4).map(tuple)
deputies = st.lists(deputy, min_size=9, max_size=13).map(tuple)
number = st.sampled_from(("1", "2", "3", "4"))
some = st.none() | few


def one_of_or_none(*names: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *names))


rules = st.builds(
    Rules,
    ballot_count=st.sampled_from(("returned_over_issued", "returned_over_issued", "returned_over_voters", None)),
    overmarked=one_of_or_none("void"), write_in_when_abstaining=one_of_or_none("counts", "void"),
    primary_tie=one_of_or_none("vote_again", "all_stand"),
    revote_tie=one_of_or_none("vote_again", "shortfall", "presidium_proposes"),
    relatives=one_of_or_none("barred"), shortfall=one_of_or_none("this_session", "next_session", "congress_decides"),
)  # fmt: skip
margins = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
    lambda extra: tuple(Margin(election=e, extra=x, decided=True) for e, x in zip(ELECTIONS, extra, strict=True))
)


@st.composite
def nominations(draw: st.DrawFn) -> Command:
    who = draw(st.sampled_from(("presidium", "deputies", "organisations")))
    who_says: dict[str, dict[str, Any]] = {
        "presidium": {},
        "deputies": {"signatories": draw(deputies), "written": draw(st.booleans())},
        "organisations": {"organisations": ("区委",)},
    }
    fields = {"number": draw(number), "election": draw(code), "persons": draw(persons), "introduced": True}
    return Nominate(nominator=who, **fields, **who_says[who])


line = st.builds(Line, person=person, in_favour=few, against=few, abstained=st.integers(0, 1))

IN_ELECTIONS: dict[str, st.SearchStrategy[Command]] = {
    DraftElectionMethod.act: st.builds(DraftElectionMethod, margins=margins, rules=rules),
    Nominate.act: nominations(),
    WithdrawNomination.act: st.builds(WithdrawNomination, number=number, requested_by=st.just(()) | deputies),
    DeclineNomination.act: st.builds(DeclineNomination, election=code, nominee=person, written=st.booleans()),
    StrikeNominee.act: st.builds(StrikeNominee, election=code, nominee=person, reasons=st.just("境外资助")),
    PrintNominees.act: st.builds(
        PrintNominees, elections=st.lists(code, min_size=1, max_size=2).map(tuple), basic_data=st.booleans()
    ),
    HoldPrimary.act: st.builds(
        HoldPrimary, election=code, issued=few, returned=few, valid=few, void=st.integers(0, 2), sheets_agree=st.booleans(),
        lines=st.lists(st.builds(PrimaryLine, person=person, votes=few), min_size=1, max_size=5).map(tuple),
    ),
    SettleCandidates.act: st.builds(
        SettleCandidates, election=code, candidates=persons, order=one_of_or_none("strokes", "votes"),
        from_ballot=st.booleans(), decided=st.booleans(),
    ),
    OpenBallot.act: st.builds(OpenBallot, election=code),
    EnterBallotSheet.act: st.builds(
        EnterBallotSheet, election=code, sheet=st.sampled_from((1, 2)), issued=few, returned=few, valid=few,
        void=st.integers(0, 2), lines=st.lists(line, min_size=1, max_size=4).map(tuple),
        write_ins=st.lists(st.builds(WriteIn, person=person, in_favour=st.integers(1, 13)), max_size=2).map(tuple),
    ),
    DropCandidate.act: st.builds(
        DropCandidate, election=code, candidate=person, ground=st.sampled_from(("died", "declined", "not_eligible")),
        why=st.just("出缺"), goes_on=st.booleans(),
    ),
    BreakOffBallot.act: st.builds(
        BreakOffBallot, election=code, why=st.just("停电"), kept=st.sampled_from(("none_cast", "sealed", "destroyed")),
        number=st.none() | st.integers(1, 4),
    ),
    DecideValidity.act: st.builds(DecideValidity, election=code, stands=st.booleans(), why=st.just("多一张")),
    DecideOnTie.act: st.builds(
        DecideOnTie, election=code, follows=st.sampled_from(("vote_again", "leave_open")), in_favour=some, against=some,
        abstained=st.sampled_from((None, 0)),
    ),
    AttestCount.act: st.builds(AttestCount, election=code),
    DeclareElection.act: st.builds(DeclareElection, election=code),
    DecideSeparateElection.act: st.builds(
        DecideSeparateElection, election=code, when=st.sampled_from(("this_session", "this_session", "next_session")),
        in_favour=some, against=some, abstained=st.sampled_from((None, 0)),
    ),
}  # fmt: skip
