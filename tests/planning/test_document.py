"""docs/write-a-plan.md: a stranger writes from it alone, so it must be whole, fresh and true."""

import re
from pathlib import Path

import pytest

from domain.law import LawBook
from yishi.planning import load_plan, load_script, read_plan, read_script
from yishi.planning.plan import PlanFile
from yishi.planning.reference import DOCUMENT, fresh
from yishi.planning.script import RESERVED, Expectation
from yishi.planning.vocabulary import OFFICES, commands

TEXT = DOCUMENT.read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(format: .*?)```", TEXT, re.DOTALL)
PLANS = [block for block in BLOCKS if block.startswith("format: yishi-plan")]
SCRIPTS = [block for block in BLOCKS if block.startswith("format: yishi-script") and "open-sitting" in block]


def test_the_generated_parts_are_fresh():
    assert fresh(TEXT) == TEXT, "run python -m yishi.planning.reference"


def test_every_act_every_office_and_every_key_is_explained():
    words = [*commands(), *OFFICES, *PlanFile.model_fields, *RESERVED, *Expectation.model_fields]
    assert [word for word in words if f"`{word}`" not in TEXT and f"`{word}:" not in TEXT] == []


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_have_no_faults_and_no_warnings(tmp_path: Path, number: int, book: LawBook):
    (tmp_path / "plan.yaml").write_text(PLANS[number], encoding="utf-8")
    (tmp_path / "script.yaml").write_text(SCRIPTS[number], encoding="utf-8")
    assert [f.told() for f in read_plan(tmp_path / "plan.yaml", book).faults] == []
    plan = load_plan(tmp_path / "plan.yaml", book)
    assert [f.told() for f in read_script(tmp_path / "script.yaml", plan, book)[1]] == []
    assert load_script(tmp_path / "script.yaml", plan, book).acts
