"""The National People's Congress elects and decides on appointments: its published figures, at the threshold and one short of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.ballot.form_of import for_ballot
from domain.election.attesting import AttestCount
from domain.election.candidates import CandidatesSettled, SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.nomination import Nominated
from domain.election.parts import PersonEntry
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.separate import DecideSeparateElection
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Line, WriteIn
from domain.session.decider import HallNow
from domain.session.state import Moment
from domain.submission import Actor
from domain.tenure.oath import OathTaken, TakeOath
from tests.domain.chamber import SESSION, Chamber, statutes
from tests.domain.national import conferred, named_by, national, post, scrutineers, with_method

OPENS_2023 = date(2023, 3, 5)


def settled(house: Chamber, code: str, *persons: str, nominator: str = "presidium", margin: int = 0) -> Chamber:
    """As far as the candidates of one election, the whole congress there."""
    with_method(house, (code, margin))
    house.given(named_by(nominator, code, *persons))
    conferred(house, code)
    return scrutineers(house.given(SettleCandidates(election=code, candidates=persons)))


def balloted(
    house: Chamber, code: str, votes: dict[str, tuple[int, int, int]], *, void: int = 0, **more: Any
) -> Chamber:
    """A ballot in which each had so many in favour, against and abstained, attested and declared."""
    house.given(OpenBallot(election=code))
    valid = sum(next(iter(votes.values())))
    lines = tuple(Line(person=p, in_favour=f, against=a, abstained=n) for p, (f, a, n) in votes.items())
    figures = {"issued": valid + void, "returned": valid + void, "valid": valid, "void": void, "lines": lines, **more}
    house.given(*(EnterBallotSheet(election=code, sheet=n, **figures) for n in (1, 2)), AttestCount(election=code))
    return house.when(DeclareElection(election=code))


@pytest.mark.rule("NRP21-40-majority", "NRP21-40-secret", "NRP21-41-method")
@pytest.mark.parametrize(
    ("office", "deputies", "present", "votes", "needed"),
    [
        ("president", 2986, 2956, (2952, 1, 3), 1494),
        ("president", 2980, 2970, (2970, 0, 0), 1491),
        ("vice-president", 2980, 2970, (2969, 1, 0), 1491),
        ("president", 2977, 2952, (2952, 0, 0), 1489),
    ],
    ids=["2013-03-14", "2018-03-17", "2018-03-17 vice", "2023-03-10"],
)
def test_a_sole_candidate_is_elected_by_more_than_half_of_all_deputies_and_not_by_one_vote_fewer(
    office: str, deputies: int, present: int, votes: tuple[int, int, int], needed: int
) -> None:
    """The published figures, all run as of March 2023: no rules of before 2021 are on file. Who did not take a ballot is left out."""
    house = national(deputies=deputies, present=present, opens=OPENS_2023, elections=(post(office),))
    with_method(house, (office, 0), present=present).given(named_by("presidium", office, "d500"))
    scrutineers(conferred(house, office).given(SettleCandidates(election=office, candidates=("d500",))), present)
    house.when(OpenBallot(election=office)).then(BallotOpened, needed=needed, deputies_total=deputies)
    house.citing("NRP21-40-secret", "NRP21-40-majority")
    figures = {"issued": present, "returned": present, "valid": sum(votes), "void": present - sum(votes)}
    line = Line(person="d500", in_favour=votes[0], against=votes[1], abstained=votes[2])
    house.given(*(EnterBallotSheet(election=office, sheet=n, lines=(line,), **figures) for n in (1, 2)))
    house.given(AttestCount(election=office)).when(DeclareElection(election=office))
    house.then(ElectionDeclared, complete=True)
    for in_favour in (needed, needed - 1):
        again = settled(national(deputies=deputies, opens=OPENS_2023, elections=(post(office),)), office, "d500")
        balloted(again, office, {"d500": (in_favour, deputies - in_favour, 0)})
        again.then(ElectionDeclared, complete=in_favour == needed)


def members(votes_of_last: int, present: int = 2947) -> Chamber:
    """The Standing Committee's 159 members of 2023: 172 candidates, the last with so many votes; the others' are filled in."""
    standing = tuple(f"d{n:03}" for n in range(201, 373))
    house = national(deputies=2977, present=present, opens=OPENS_2023, elections=(post("sc-member", seats=159),))
    with_method(house, ("sc-member", 13), present=present).given(named_by("presidium", "sc-member", *standing))
    conferred(house, "sc-member").when(SettleCandidates(election="sc-member", candidates=standing, order="strokes"))
    house.then(CandidatesSettled, seats=159).citing("NRP21-38-listed", "NRP21-41-method")
    scrutineers(house, present)
    votes = {p: (2700 - n, present - 2700 + n, 0) for n, p in enumerate(standing)}
    votes[standing[-1]] = (votes_of_last, present - votes_of_last, 0)
    return balloted(house, "sc-member", votes)


@pytest.mark.rule("NRP21-40-majority", "NRP21-38-listed", "NRP21-38-by")
@pytest.mark.parametrize(("last", "reached"), [(1488, 171), (1489, 172)])
def test_of_172_for_159_seats_those_short_of_the_majority_and_then_those_with_fewest_votes_fall_out(
    last: int, reached: int
) -> None:
    house = members(last)
    house.then(ElectionDeclared, complete=True, needed=1489)
    result = house.session.elections["sc-member"].round.outcome
    assert sum(score.reached for score in result.scores) == reached
    assert result.elected == tuple(f"d{n:03}" for n in range(201, 360)) and result.open_seats == 0


@pytest.mark.rule("NRP21-38-by")
def test_deputies_do_not_nominate_jointly_and_a_congress_with_the_presidium_alone_says_so() -> None:
    house = with_method(national(elections=(post("president"),)), ("president", 0))
    signed: dict[str, Any] = {"signatories": house.roll[:60], "written": True}
    house.when(named_by("deputies", "president", "d050", **signed))
    house.then_refused("NotANominator", "NRP21-38-by", allowed="主席团")
    house.when(named_by("presidium", "president", "d050")).then(Nominated)


@pytest.mark.rule("CONST18-62-premier", "CONST18-62-state-council", "CONST18-62-military")
@pytest.mark.parametrize(
    ("office", "by", "rule"),
    [
        ("premier", "president", "CONST18-62-premier"),
        ("vice-premier", "premier", "CONST18-62-state-council"),
        ("minister", "premier", "CONST18-62-state-council"),
        ("cmc-vice-chair", "cmc_chair", "CONST18-62-military"),
        ("cmc-member", "cmc_chair", "CONST18-62-military"),
    ],
)
def test_who_is_decided_on_is_nominated_by_whom_the_constitution_names_and_by_nobody_else(
    office: str, by: str, rule: str
) -> None:
    house = with_method(national(elections=(post(office),)), (office, 0))
    for other in {"president", "premier", "cmc_chair", "presidium"} - {by}:
        house.when(named_by(other, office, "d050")).then_refused("NotANominator", rule)
    house.when(named_by(by, office, "d050")).then(Nominated, nominator=by).citing(rule).and_again_nothing()


@pytest.mark.rule("CONST18-62-premier", "NRP21-40-majority")
def test_the_premier_of_2023_is_decided_on_by_2936_of_2977_and_nobody_else_can_be_put_in() -> None:
    """2936 in favour, 3 against, 8 abstained; 2947 were present (2023-03-11)."""
    house = settled(
        national(deputies=2977, opens=OPENS_2023, elections=(post("premier"),)),
        "premier",
        "d700",
        nominator="president",
    )
    house.given(OpenBallot(election="premier"))
    line = (Line(person="d700", in_favour=2936, against=3, abstained=8),)
    about: dict[str, Any] = {
        "election": "premier",
        "sheet": 1,
        "issued": 2947,
        "returned": 2947,
        "valid": 2947,
        "lines": line,
    }
    written = (WriteIn(person="d701", in_favour=1),)
    house.when(EnterBallotSheet(**about, write_ins=written))
    house.then_refused("NobodyElseDecidedOn", "CONST18-62-premier")
    house.given(EnterBallotSheet(**about), EnterBallotSheet(**{**about, "sheet": 2}), AttestCount(election="premier"))
    house.when(DeclareElection(election="premier")).then(ElectionDeclared, needed=1489, complete=True)


@pytest.mark.rule("NRP21-38-discussed")
def test_nobody_stands_on_whom_the_delegations_did_not_confer() -> None:
    house = with_method(national(elections=(post("president"),)), ("president", 0))
    house.given(named_by("presidium", "president", "d050"))
    house.when(SettleCandidates(election="president", candidates=("d050",)))
    house.then_refused("NomineesNotPrinted", "NRP21-38-discussed")
    conferred(house, "president").when(SettleCandidates(election="president", candidates=("d050",)))
    house.then(CandidatesSettled)


@pytest.mark.rule("NRP21-38-listed")
def test_by_the_opinion_of_most_deputies_a_nominee_may_be_left_out_without_a_primary() -> None:
    house = with_method(national(elections=(post("sc-member", seats=3),)), ("sc-member", 1))
    nominees = ("d050", "d051", "d052", "d053", "d054")
    conferred(house.given(named_by("presidium", "sc-member", *nominees)), "sc-member")
    house.when(SettleCandidates(election="sc-member", candidates=nominees)).then_refused("TooManyCandidates", most=4)
    house.when(SettleCandidates(election="sc-member", candidates=nominees[:3]))
    house.then_refused("FewerThanTheMethodHas", "NRP21-41-method", found=3, needed=4)
    house.when(SettleCandidates(election="sc-member", candidates=nominees[:4])).then(CandidatesSettled)
    house.with_finding("LeftOutByOpinion", "NRP21-38-opinion", person="d054")


@pytest.mark.rule("NOL21-23-2", "NOL21-23-3")
def test_the_standing_committee_comes_from_the_deputies_and_the_premier_need_not_be_one() -> None:
    people = (PersonEntry(id="x1", voter=True),)
    house = national(elections=(post("npcsc-vice-chair"), post("minister")), people=people)
    with_method(house, ("npcsc-vice-chair", 0), ("minister", 0))
    house.when(named_by("presidium", "npcsc-vice-chair", "x1")).then_refused("NotAmongDeputies", "NOL21-23-2")
    house.when(named_by("premier", "minister", "x1", number="2")).then(Nominated).without_finding("NoVoter")
    holds = ({"person": "d050", "organ": "judicial"},)
    house.when(named_by("presidium", "npcsc-vice-chair", "d050", number="3", holding=holds))
    house.with_finding("MustGiveUpOffice", "NOL21-23-3", person="d050")


@pytest.mark.rule("CONST18-79-2")
def test_of_a_president_the_office_is_told_to_check_the_age_which_is_on_no_record() -> None:
    house = with_method(national(elections=(post("president"),)), ("president", 0))
    house.when(named_by("presidium", "president", "d050")).with_finding("AgeNotOnRecord", "CONST18-79-2", needed=45)


def test_seats_left_open_wait_for_the_next_session_as_the_method_says() -> None:
    house = settled(national(elections=(post("sc-member", seats=2),)), "sc-member", "d050", "d051", "d052", margin=1)
    balloted(house, "sc-member", {"d050": (61, 59, 0), "d051": (60, 60, 0), "d052": (59, 61, 0)})
    house.then(ElectionDeclared, complete=False)
    house.when(DecideSeparateElection(election="sc-member", when="this_session")).then_refused("MethodDecidesWhen")
    house.given(DecideSeparateElection(election="sc-member", when="next_session"))
    assert house.session.elections["sc-member"].elected == ("d050",)


@pytest.mark.rule("OATH18-2")
def test_the_elected_take_the_oath_that_the_presidium_organises() -> None:
    house = settled(national(elections=(post("president"),)), "president", "d050")
    balloted(house, "president", {"d050": (118, 1, 1)})
    house.when(TakeOath(persons=("d050",), text="oath_2018", place="emblem", anthem=True), by="presidium")
    house.then(OathTaken, organised_by="presidium").citing("NRP21-42-oath")
    house.without_finding("OathOrganisedByOther", "NotElectedHere")


@pytest.mark.parametrize("code", ["township-head", "sc-chair", "government-head", "higher-deputy"])
def test_the_national_congress_elects_no_local_post(code: str) -> None:
    house = Chamber(
        120,
        profile="npc-national",
        opens=OPENS_2023,
        elections=(post(code),),
        registered=OPENS_2023 - timedelta(days=60),
    )
    house.when(house.registering).then_refused("PostElsewhere")


@pytest.mark.rule("CONST18-62-premier")
@pytest.mark.parametrize(("office", "by", "places"), [("premier", "president", 0), ("president", "presidium", 1)])
def test_an_electronic_ballot_has_a_place_for_another_person_only_where_somebody_is_elected(
    office: str, by: str, places: int
) -> None:
    house = settled(national(elections=(post(office),)), office, "d050", nominator=by)
    house.given(OpenBallot(election=office, way="electronic"))
    election = house.session.elections[office]
    law = statutes().on(OPENS_2023, "national", "first", "npc-national")
    moment = Moment(law, house.now, Actor(office="scrutineer"), HallNow(house.record, SESSION))
    assert for_ballot(house.session, "b1", election, election.round, moment).write_ins == places
