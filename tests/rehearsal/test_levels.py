"""A city's change of term and a province's session, rehearsed: a sole candidate who fails, forty-nine candidates, a void ballot."""

from pathlib import Path

import pytest

from tests.engine.house import play
from tests.rehearsal.test_elections import ballots, elected, refused, rehearsed
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.rehearsal.outcome import Outcome


@pytest.fixture(scope="module")
async def city(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return await rehearsed("shishi", tmp_path_factory.mktemp("shishi"))


@pytest.fixture(scope="module")
async def province(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder, book = Path(__file__).parent / "province", LawLibrary(None).newest()
    plan = load_plan(folder / "plan.yaml", book)
    script = load_script(folder / "script.yaml", plan, book)
    return await play(tmp_path_factory.mktemp("province") / "data", script, plan=plan)


async def test_the_first_session_of_a_city_fills_every_post_of_its_list_and_nothing_is_missing(city: Outcome) -> None:
    assert city.exit == 0 and city.verified and city.missing == ()
    assert elected(city, "sc-chair") == ("D051",) and elected(city, "sc-secretary") == ("D058",)
    assert elected(city, "sc-vice-chairs") == tuple(f"D{n:03}" for n in range(52, 57))
    assert elected(city, "sc-members") == tuple(f"D{n:03}" for n in range(61, 91))
    assert elected(city, "deputy-mayors") == tuple(f"P{n:02}" for n in range(2, 8))
    assert [elected(city, e) for e in ("supervisory-director", "court-president", "chief-procurator")] == [
        ("P08",), ("P09",), ("P10",),
    ]  # fmt: skip


async def test_a_mayors_sole_candidate_with_180_of_361_is_not_elected_and_is_two_days_later_at_the_same_session(
    city: Outcome,
) -> None:
    first, separate = ballots(city, "mayor")
    assert first.elected == () and first.open_seats == 1 and "过半数为 181;P01 180 票,未过半数,未当选" in first.says.zh
    assert separate.round == "separate" and separate.elected == ("P01",)
    opened = [a.at[:10] for a in city.acts if a.act == "open-ballot" and a.outcome == "recorded"]
    assert (opened[0], opened[-1]) == ("2027-02-25", "2027-02-27")


async def test_what_a_city_may_not_do_is_refused_by_the_citys_own_rules(city: Outcome) -> None:
    assert refused(city) == [
        "NotTheirAct", "MarginOutOfBounds", "TooFewNominators", "NotAmongDeputies", "TwoDaysNotOver",
        "NotTheirAct", "SeparateNotDecided",
    ]  # fmt: skip


async def test_of_forty_nine_candidates_for_thirty_six_seats_those_with_most_votes_are_elected(
    province: Outcome,
) -> None:
    assert province.exit == 0 and province.verified
    (row,) = ballots(province, "npc")
    assert row.elected == tuple(f"D{n}" for n in range(101, 137)) and row.open_seats == 0
    assert "过半数为 301" in row.says.zh and "D138 301 票" in row.says.zh


async def test_a_governors_ballot_with_one_paper_too_many_is_void_and_held_again(province: Outcome) -> None:
    void, again = ballots(province, "governor")
    assert void.void and void.elected == () and again.elected == ("P01",)
    assert refused(province) == ["MarginOutOfBounds", "TooFewNominators", "TooFewNominators"]
