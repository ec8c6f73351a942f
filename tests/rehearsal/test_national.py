"""The first session of the fourteenth National People's Congress is played to its end, with its published figures and without a script."""

from pathlib import Path

from tests.engine.house import ROOT, play
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.rehearsal.lawful import lawful_course

QUANGUO = ROOT / "examples" / "quanguo"


async def test_the_session_of_2023_elects_159_of_172_and_a_president_and_decides_on_the_premier(tmp_path: Path) -> None:
    book = LawLibrary(None).newest()
    plan = load_plan(QUANGUO / "plan.yaml", book)
    outcome = await play(tmp_path / "data", load_script(QUANGUO / "script.yaml", plan, book), plan=plan)
    assert outcome.exit == 0 and outcome.verified and outcome.missing == ()
    assert [act.refusal.reason for act in outcome.acts if act.refusal] == ["NotANominator", "NotANominator"]
    rows = {row.election: row for row in outcome.elections}
    assert rows["president"].says.zh == "应选 1 人,全体代表 2977,过半数为 1489;D0150 2952 票,当选"
    assert rows["premier"].elected == ("D0180",)
    assert rows["members"].elected == tuple(f"D{n:04}" for n in range(201, 360))


async def test_without_a_script_the_national_congress_votes_by_key_pad_and_nothing_is_refused(tmp_path: Path) -> None:
    book = LawLibrary(None).newest()
    plan = load_plan(QUANGUO / "plan.yaml", book).model_copy(update={"elections": ()})
    course = lawful_course(plan, book)
    assert {act.fields["method"] for act in course.acts if act.act == "put-to-vote"} == {"electronic"}
    outcome = await play(tmp_path / "data", course, plan=plan)
    assert [act.refusal.zh for act in outcome.acts if act.refusal] == []
    assert outcome.exit == 0
