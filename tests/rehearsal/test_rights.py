"""The example of deputies' rights is played to its end: each of their acts done as the law has it, and tried a little short of it."""

from pathlib import Path

from domain.procedures import shared
from tests.engine.house import ROOT, play
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script

RIGHTS = ROOT / "examples" / "rights"
ABOUT = {"motion", "signature", "amendment", "inquiry", "interpellation", "reanswer"}
"""What the acts of deputies' rights are about, by the words of their names."""


async def test_every_act_of_deputies_rights_is_played_and_refused_where_the_law_refuses_it(tmp_path: Path) -> None:
    book = LawLibrary(None).newest()
    plan = load_plan(RIGHTS / "plan.yaml", book)
    script = load_script(RIGHTS / "script.yaml", plan, book)
    outcome = await play(tmp_path / "data", script, plan=plan)
    assert outcome.exit == 0 and outcome.verified and outcome.missing == ()
    recorded = {act.act for act in outcome.acts if act.outcome == "recorded"}
    rights = {act for act in shared.ACTS if ABOUT & set(act.split("-"))}
    assert rights <= recorded, "each right is used"
    refused = {act.act for act in outcome.acts if act.refusal}
    assert {"file-motion", "decide-on-motion", "file-interpellation", "demand-reanswer", "put-to-vote"} <= refused
    titles = [act.title.zh for act in outcome.acts]
    assert "提出议案:关于修复村道的议案" in titles and "提请表决:第 1 号修正案" in titles
