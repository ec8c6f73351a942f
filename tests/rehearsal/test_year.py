"""A county's year after its session, played to the figures of its annual report."""

from datetime import date
from pathlib import Path

import pytest

from tests.engine.house import ROOT, play
from yishi.law import LawLibrary
from yishi.ledger.reader import LedgerReader
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.projections.deadlines import Deadlines
from yishi.projections.figure import Figure
from yishi.projections.figures import figures
from yishi.projections.followed import followed
from yishi.projections.sessions import own_entries
from yishi.rehearsal.outcome import Outcome

SESSION = "shinian/17-4/session/1"


@pytest.fixture(scope="module")
async def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    folder, book = ROOT / "examples" / "shinian", LawLibrary(None).newest()
    plan = load_plan(folder / "plan.yaml", book)
    place = tmp_path_factory.mktemp("year") / "data"
    return await play(place, load_script(folder / "script.yaml", plan, book), plan=plan), place
