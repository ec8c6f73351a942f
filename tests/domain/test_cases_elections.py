"""Published elections, decided by the law on file.

Those of the national congress are decided here as a local congress would decide them today: more than half of all deputies (地方组织法
(2022) art. 25); by its own rules they are in `test_national_elections`. What was not published is filled in, and each test says so.
"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.election.attesting import AttestCount
from domain.election.candidates import SettleCandidates
from domain.election.declaration import DeclareElection, ElectionDeclared
from domain.election.method import ElectionMethodDrafted, bounds_of
from domain.election.parts import PlannedElection
from domain.election.posts import POSTS
from domain.election.rounds import BallotOpened, OpenBallot
from domain.election.sheets import EnterBallotSheet
from domain.election.tally import Figures, Line, Outcome, outcome
from domain.law import Ruling
from domain.vote.votes import VoteCounted
from tests.domain.chamber import Chamber, hands, ids, statutes
from tests.domain.elections import AS_THE_LAW, by_presidium, deliberated, election, house, meeting, method, town

TODAY = date(2025, 1, 6)


def ruled(topic: str) -> Ruling:
    """The law of that day on a topic, for a county with national law only."""
    rule = statutes().on(TODAY, "county", "year_start", "national-county").ruling(topic)
    assert rule is not None and rule.value is not None
    return rule


def decided(votes: dict[str, tuple[int, int, int]], seats: int, deputies: int, *, invalid: int = 0) -> Outcome:
    """A ballot in which each had so many votes in favour, against and abstained."""
    valid = max(sum(three) for three in votes.values())
    lines = tuple(Line(person=p, in_favour=f, against=a, abstained=n) for p, (f, a, n) in votes.items())
    ballots = valid + invalid
    figures = Figures(issued=ballots, returned=ballots, valid=valid, void=invalid, lines=lines)
    return outcome(figures, seats, deputies, ruled("elected.majority").share.needed(deputies))


NATIONAL = (
    ("国家主席, 2013-03-14", 2986, (2952, 1, 3), 1494),
    ("总理, 2013-03-15", 2986, (2940, 3, 6), 1494),
    ("国家主席, 2018-03-17", 2980, (2970, 0, 0), 1491),
    ("国家副主席, 2018-03-17", 2980, (2969, 1, 0), 1491),
    ("国家主席, 2023-03-10", 2977, (2952, 0, 0), 1489),
    ("总理, 2023-03-11", 2977, (2936, 3, 8), 1489),
)


@pytest.mark.rule("OL22-25-elected")
@pytest.mark.parametrize(("post", "deputies", "votes", "needed"), NATIONAL, ids=[case[0] for case in NATIONAL])
def test_the_sole_candidate_was_elected_by_more_than_half_of_all_deputies_and_would_not_be_one_vote_below(
    post: str, deputies: int, votes: tuple[int, int, int], needed: int
) -> None:
    result = decided({"p": votes}, 1, deputies)
    assert (result.needed, result.elected, result.open_seats) == (needed, ("p",), 0)
    cast = sum(votes)
    assert decided({"p": (needed, cast - needed, 0)}, 1, deputies).elected == ("p",)
    short = decided({"p": (needed - 1, cast - needed + 1, 0)}, 1, deputies)
    assert short.elected == () and short.open_seats == 1


@pytest.mark.rule("OL22-27-1-members")
@pytest.mark.parametrize(("seats", "candidates", "bounds"), [(161, 174, (17, 32)), (159, 172, (16, 31))])
def test_the_national_congress_had_13_more_candidates_than_seats_where_a_local_one_would_need_more(
    seats: int, candidates: int, bounds: tuple[int, int]
) -> None:
    """2013 and 2018, about 8 in 100. The tenth to a fifth is for local congresses; the national one goes by a method of its own."""
    rule = ruled("margin.members")
    assert bounds_of(rule, seats) == bounds
    assert candidates - seats == 13 < bounds[0]


@pytest.mark.rule("OL22-27-1-members")
def test_a_county_that_fixed_13_for_161_members_is_refused_and_17_to_32_stand() -> None:
    here = house(election("sc-member", seats=161, kind="change_of_term"))
    here.when(method(("e", 13))).then_refused("MarginOutOfBounds", "OL22-27-1-members", found=13, least=17, most=32)
    here.when(method(("e", 16))).then_refused("MarginOutOfBounds", least=17)
    here.when(method(("e", 33))).then_refused("MarginOutOfBounds", most=32)
    for extra in (17, 32):
        here.when(method(("e", extra))).then(ElectionMethodDrafted)


@pytest.mark.rule("OL22-25-elected", "OL22-29-1-most")
@pytest.mark.parametrize("short_of_it", [1490, 1491])
def test_of_172_for_159_seats_all_but_one_have_a_majority_and_the_159_with_most_votes_are_elected(
    short_of_it: int,
) -> None:
    """2980 deputies. The votes are filled in; that one of the 172 lacked the majority and that 159 were elected is what is told."""
    votes = {f"p{n:03}": (2900 - n, n, 70) for n in range(1, 172)} | {"last": (short_of_it, 2970 - short_of_it, 0)}
    result = decided(votes, 159, 2980)
    reached = [score for score in result.scores if score.reached]
    assert (len(votes), len(reached)) == (172, 171 if short_of_it == 1490 else 172)
    assert result.elected == tuple(f"p{n:03}" for n in range(1, 160)) and (result.tied, result.open_seats) == ((), 0)


@pytest.mark.rule("OL22-29-1-most", "OL22-29-1-tie")
@pytest.mark.parametrize(("last_two", "elected", "tied"), [((160, 159), 36, 0), ((160, 160), 35, 2)])
def test_of_49_for_36_seats_the_36_with_most_votes_are_elected_unless_the_last_two_are_tied(
    last_two: tuple[int, int], elected: int, tied: int
) -> None:
    """241 deputies and the votes are filled in. 13 more than 36 lies within a fifth to a half: the margin of deputies."""
    assert bounds_of(ruled("margin.deputies"), 36) == (8, 18)
    high = {f"p{n:02}": 230 - n for n in range(1, 36)}
    votes = {**high, "p36": last_two[0], "p37": last_two[1], **{f"p{n:02}": 160 - n for n in range(38, 50)}}
    result = decided({p: (v, 235 - v, 0) for p, v in votes.items()}, 36, 241)
    assert (len(votes), len(result.elected), len(result.tied), result.open_seats) == (49, elected, tied, 0)
    assert result.tied_seats == (1 if tied else 0)


@pytest.mark.rule("EL20-31-2-margin")
@pytest.mark.parametrize(
    ("district", "deputies", "seats", "least", "most"), [("九龙坡区", 340, 29, 6, 14), ("武隆区", 222, 14, 3, 7)]
)
def test_the_districts_of_chongqing_fixed_a_fifth_to_a_half_more_candidates_for_the_deputies_of_the_city(
    district: str, deputies: int, seats: int, least: int, most: int
) -> None:
    """26 December 2022. Seats and deputies are published; how many stood is not, so the bounds are tried from either side."""
    deputies_above = election("higher-deputy", seats=seats, kind="change_of_term")
    here = house(deputies_above, deputies=deputies, opens=date(2022, 12, 26), elections_completed=date(2022, 12, 1))
    for extra in (least - 1, most + 1):
        here.when(method(("e", extra))).then_refused("MarginOutOfBounds", least=least, most=most)
    for extra in (least, most):
        here.when(method(("e", extra), rules=AS_THE_LAW)).then(ElectionMethodDrafted)


# by-elections: as many candidates as seats, more than half of all deputies -----------------------------------------------


def by_election(here: Chamber, posts: dict[str, tuple[str, ...]], present: int) -> Chamber:
    """As far as the candidates: as many as there are seats, the method adopted by all who are present."""
    meeting(here).given(*(by_presidium(str(n), *who, election=e) for n, (e, who) in enumerate(posts.items(), 1)))
    deliberated(here, *posts)
    here.given(hands("scrutineers", present, persons=ids(3, start=40), chief="d040", no_relatives=True))
    here.given(method(*((e, 0) for e in posts)), hands("election-method", present))
    return here.given(*(SettleCandidates(election=e, candidates=who) for e, who in posts.items()))


def counted(here: Chamber, code: str, votes: dict[str, int], ballots: int) -> Chamber:
    here.given(OpenBallot(election=code))
    lines = tuple(Line(person=p, in_favour=v, against=ballots - v) for p, v in votes.items())
    about: dict[str, Any] = {"election": code, "issued": ballots, "returned": ballots, "valid": ballots}
    here.given(*(EnterBallotSheet(sheet=n, lines=lines, **about) for n in (1, 2)), AttestCount(election=code))
    return here.when(DeclareElection(election=code))


@pytest.mark.rule("OL22-25-elected", "OL22-30-by-election")
def test_yixiu_elected_two_vice_chairs_and_two_members_of_194_deputies_with_98_needed() -> None:
    """6 January 2025: 184 present, two and two seats, all elected; the votes were not published."""
    vice, members = (election(f"sc-{e}", seats=2, code=e) for e in ("vice-chair", "member"))
    here = house(vice, members, deputies=194, present=184, opens=date(2025, 1, 6))
    by_election(here, {"vice-chair": ("d001", "d002"), "member": ("d003", "d004")}, 184)
    counted(here, "vice-chair", {"d001": 184, "d002": 98}, 184)
    here.then(ElectionDeclared, base=194, needed=98, complete=True)
    counted(here, "member", {"d003": 184, "d004": 97}, 184)
    here.then(ElectionDeclared, needed=98, complete=False).with_finding("SeatsLeftOpen", open=1)


@pytest.mark.rule("OL22-25-elected", "OL22-30-by-election")
@pytest.mark.parametrize(("votes", "complete"), [(56, True), (32, True), (31, False)])
def test_shihudang_elected_its_vice_chair_with_56_of_62_present_and_32_needed(votes: int, *, complete: bool) -> None:
    """20 August 2025: one seat, elected; the votes were not published."""
    here = town(election(), deputies=62, profile="national-township", present=56, opens=date(2025, 8, 20))
    by_election(here, {"e": ("d001",)}, 56)
    counted(here, "e", {"d001": votes}, 56).then(ElectionDeclared, base=62, needed=32, complete=complete)


# what is no election ---------------------------------------------------------------------------------------------------


def test_a_presidium_adopted_by_a_list_vote_is_no_election() -> None:
    """Rulebook §3: no method, no nominees, no secret ballot; a show of hands on the list of the preparatory meeting carries it."""
    assert not any("presidium" in code for code in POSTS)
    with pytest.raises(ValidationError, match="presidium"):
        PlannedElection(code="e", post="presidium", title="主席团", seats=31, kind="change_of_term")
    here = house(election("government-head", kind="by_election"), point="prep held")
    members = here.roll[:31]
    here.when(hands("presidium", 200, persons=members)).then(VoteCounted, adopted=True, method="show_of_hands")
    assert here.session.presidium == frozenset(members)
    assert here.session.elections["e"].rounds == () and not here.session.has("election-method-drafted")
    assert not any(isinstance(event, BallotOpened) for event in here.session.history)
