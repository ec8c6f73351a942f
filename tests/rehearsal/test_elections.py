"""The examples of elections are played to their end: a township's by-election, and the first sessions of a county's and a township's term."""

from pathlib import Path

import pytest

from tests.engine.house import ROOT, play
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.rehearsal.outcome import ElectionRow, Outcome

MEMBERS = tuple(f"D{n:03}" for n in range(51, 77) if n != 63)
"""D051 to D076 but for D063, who fell in the primary: the twenty-five with most votes."""


async def rehearsed(example: str, place: Path) -> Outcome:
    folder, book = ROOT / "examples" / example, LawLibrary(None).newest()
    plan = load_plan(folder / "plan.yaml", book)
    return await play(place / "data", load_script(folder / "script.yaml", plan, book), plan=plan)


def refused(outcome: Outcome) -> list[str]:
    return [act.refusal.reason for act in outcome.acts if act.refusal]


def ballots(outcome: Outcome, election: str) -> list[ElectionRow]:
    return [row for row in outcome.elections if row.election == election]


def elected(outcome: Outcome, election: str) -> tuple[str, ...]:
    return tuple(person for row in ballots(outcome, election) for person in row.elected)


async def test_the_by_election_of_a_township_ends_with_both_posts_filled_and_the_oath(tmp_path: Path) -> None:
    outcome = await rehearsed("taozhuang", tmp_path)
    assert outcome.exit == 0 and outcome.verified and outcome.missing == ()
    assert elected(outcome, "chair") == ("D001",) and elected(outcome, "deputy-head") == ("P01",)
    assert refused(outcome) == ["BallotCountRuleMissing", "TooFewNominators", "ScrutineerStands", "SheetsDiffer"]
    assert ballots(outcome, "chair")[0].says.zh == "应选 1 人,全体代表 62,过半数为 32;D001 59 票,当选"
    assert "take-oath" in {act.act for act in outcome.acts if act.outcome == "recorded"}


@pytest.fixture(scope="module")
async def county(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return await rehearsed("shixian", tmp_path_factory.mktemp("shixian"))


async def test_the_first_session_of_a_county_fills_every_post_and_nothing_is_missing(county: Outcome) -> None:
    assert county.exit == 0 and county.verified and county.missing == ()
    assert elected(county, "sc-chair") == ("D041",)
    assert elected(county, "sc-vice-chairs") == ("D042", "D043", "D044", "D045")
    assert elected(county, "sc-members") == MEMBERS and len(MEMBERS) == 25
    assert elected(county, "county-head") == ("P01",)
    assert elected(county, "deputy-heads") == ("P02", "P03", "P04", "P05", "P06")
    assert elected(county, "supervisory-director") == ("P07",)
    assert elected(county, "court-president") == ("P08",)
    assert elected(county, "chief-procurator") == ("P09",)


async def test_every_step_of_it_that_the_law_forbids_is_refused_by_name(county: Outcome) -> None:
    assert refused(county) == [
        "BallotCountRuleMissing", "MarginOutOfBounds",  # the method
        "TooManyNominees", "TooFewNominators", "TooFewNominators", "NotAmongDeputies",  # nominations
        "ScrutineerStands", "TwoDaysNotOver", "PrimaryFirst",  # before the ballot
        "SheetsDiffer", "CountNotAttested", "SeparateNotDecided", "TooFewCandidates",  # the ballots
    ]  # fmt: skip


async def test_a_tie_is_voted_on_again_among_the_two_and_a_poll_with_a_ballot_too_many_is_held_anew(
    county: Outcome,
) -> None:
    first, again = ballots(county, "sc-vice-chairs")
    assert first.tied == ("D045", "D046") and first.open_seats == 0
    assert again.round == "revote" and again.says.zh.endswith("D046 105 票,得票较少,未当选")
    void, held_again = ballots(county, "chief-procurator")
    assert void.void and void.elected == () and void.round == held_again.round == "first"
    assert "237" in void.says.zh and "236" in void.says.en


async def test_the_seat_left_over_is_contested_again_and_goes_to_who_had_fewer_votes_at_first(county: Outcome) -> None:
    first, separate = ballots(county, "deputy-heads")
    assert first.open_seats == 1 and "D090 118 票、P06 104 票,未过半数,未当选" in first.says.zh
    assert separate.round == "separate" and separate.elected == ("P06",)
    settled = [act for act in county.acts if act.act == "settle-candidates" and act.outcome == "recorded"][-1]
    assert not settled.findings, "the method's margin was for five seats: nothing is said of it here"


async def test_a_signature_given_twice_is_struck_and_a_vote_may_be_written_in(county: Outcome) -> None:
    struck = [f for act in county.acts for f in act.findings if f.code == "NominationSignatureStruck"]
    assert [f.figures["deputy"] for f in struck] == ["D151"]
    assert "D030(另选) 3 票,未过半数,未当选" in ballots(county, "county-head")[0].says.zh


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return await rehearsed("shizhen", tmp_path_factory.mktemp("shizhen"))


async def test_the_first_session_of_a_township_fills_its_four_posts_and_nothing_is_missing(town: Outcome) -> None:
    assert town.exit == 0 and town.verified and town.missing == ()
    assert elected(town, "chair") == ("D012",) and elected(town, "head") == ("P01",)
    assert elected(town, "deputy-heads") == ("P02", "P03", "D051") and elected(town, "vice-chair") == ("D014",)
    assert not [f for act in town.acts for f in act.findings if f.code in ("NotElectedHere", "OathNotTaken")]


async def test_what_a_township_may_not_do_at_a_change_of_term_is_refused_by_name(town: Outcome) -> None:
    assert refused(town) == [
        "MarginOutOfBounds", "TooManyNominees",  # the presidium
        "TooFewNominators", "NotAmongDeputies", "TooFewNominators",  # the deputies: nine, no deputy, nine once one is struck
        "StepMissing", "ScrutineerStands", "SheetsDiffer", "CountNotAttested", "SeparateNotDecided", "TooFewCandidates",
    ]  # fmt: skip


async def test_the_deputies_own_nominee_wins_the_revote_with_fewer_than_half_of_all_and_the_separate_election_with_more(
    town: Outcome,
) -> None:
    first, again = ballots(town, "deputy-heads")
    assert first.tied == ("P04", "D051") and again.round == "revote" and again.elected == ("D051",)
    assert "30" in again.says.zh, "thirty of sixty-one: in a revote most votes decide"
    nobody, separate = ballots(town, "vice-chair")
    assert nobody.elected == () and nobody.open_seats == 1
    assert separate.round == "separate" and separate.elected == ("D014",) and "31" in separate.says.zh


async def test_who_was_nominated_since_the_scrutineers_were_adopted_is_spoken_of_when_the_ballot_opens(
    town: Outcome,
) -> None:
    assert not [f for act in town.acts for f in act.findings if f.code == "RelativesOfLaterNominees"]
    assert "P01(另选) 2 票,不能担任该职务" in ballots(town, "chair")[0].says.zh
