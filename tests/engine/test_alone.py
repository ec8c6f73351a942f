"""The engine by itself, in a process that loaded nothing else."""

import subprocess
import sys

from tests.engine.house import ROOT

ALONE = """
import yishi.engine
from domain.procedure import PROCEDURES
assert "county-congress" in PROCEDURES, sorted(PROCEDURES)
"""


def test_the_engine_knows_every_procedure_whoever_else_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
