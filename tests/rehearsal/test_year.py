"""A county's year after its session, played to the figures of its annual report."""

from datetime import date
from pathlib import Path

from tests.engine.house import ROOT, play
from yishi.cli.record import opened
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.projections.figures import figures
from yishi.projections.followed import followed

SESSION = "shinian/17-4/session/1"


async def test_a_year_of_92_suggestions_ends_in_the_figures_of_its_report(tmp_path: Path) -> None:
    folder, book = ROOT / "examples" / "shinian", LawLibrary(None).newest()
    plan = load_plan(folder / "plan.yaml", book)
    outcome = await play(tmp_path / "data", load_script(folder / "script.yaml", plan, book), plan=plan)
    assert outcome.exit == 0 and outcome.verified and outcome.refused == 0
    ledger = opened(tmp_path / "data")
    try:
        autumn = figures(followed(ledger, SESSION, date(2025, 10, 31)), 2025, date(2025, 10, 31))
        end = figures(followed(ledger, SESSION, date(2025, 12, 31)), 2025, date(2025, 12, 31))
    finally:
        ledger.close()
    told = {figure.id: figure.value().zh for figure in autumn["suggestion"]}
    assert told["solved"] == "82.6 %(76/92)" and told["replied"] == "100.0 %(92/92)"
    assert (told["satisfied-1"], told["basically-1"]) == ("84.8 %(78/92)", "13.0 %(12/92)"), "90 of 92 in all"
    kept = {figure.id: figure.value().zh for figure in end["suggestion"]}
    assert kept["solved"] == "89.1 %(82/92)" and kept["kept"] == "85.7 %(6/7)", "one promise passed unkept"
    begun = {kind: figures_of[0].value().zh for kind, figures_of in end.items() if kind != "suggestion"}
    assert begun == {
        "delegated-inspection": "3", "department-review": "2", "inspection": "1", "project": "10", "resolution": "1",
        "review-opinion": "1",
    }  # fmt: skip
