"""The JSON Schemas that are shipped: fresh, valid, and of one mind with the loader."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.planning.conftest import PLAN, SCRIPT, Desk
from yishi.planning.document import read_document
from yishi.planning.schema import FOLDER, main
from yishi.planning.vocabulary import script_acts

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


def schema(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def test_the_shipped_schemas_are_fresh():
    assert main(["--check"]) == 0, "run python -m yishi.planning.schema"


@pytest.mark.parametrize("name", ["plan", "script"])
def test_a_schema_is_a_valid_schema(name: str):
    Draft202012Validator.check_schema(schema(name))


def test_the_script_schema_knows_every_act():
    acts = schema("script")["properties"]["acts"]["items"]["oneOf"]
    assert {part["$ref"] for part in acts} == {f"#/$defs/act-{act}" for act in script_acts()}


def test_the_schemas_accept_what_the_loader_accepts(desk: Desk):
    assert desk.plan(text=PLAN) == ()
    assert desk.script(text=SCRIPT) == ()
    for name in ("plan", "script"):
        value = read_document(desk.folder / f"{name}.yaml").value
        assert list(Draft202012Validator(schema(name)).iter_errors(value)) == []


@pytest.mark.parametrize("plan", sorted(EXAMPLES.glob("*/plan.yaml")), ids=lambda p: p.parent.name)
def test_the_schema_accepts_the_example_plans(plan: Path):
    assert list(Draft202012Validator(schema("plan")).iter_errors(read_document(plan).value)) == []


@pytest.mark.parametrize(
    "act",
    [
        {"at": "2026-01-27 9:30", "act": "open-siting", "sitting": "plenary-1"},
        {"at": "2026-01-27 9:30", "act": "open-sitting"},
        {"at": "9:30", "act": "open-sitting", "sitting": "plenary-1"},
        {"at": "2026-01-27 9:30", "act": "open-sitting", "sitting": "plenary-1", "siting": "x"},
        {"at": "2026-01-27 9:30", "act": "sign-in", "sitting": "plenary-1", "present": -1},
        {"at": "2026-01-27 9:30", "act": "sign-in", "sitting": "plenary-1", "by": "mayor"},
    ],
)
def test_the_script_schema_refuses_a_wrong_act(act: dict[str, object]):
    script = {"format": "yishi-script/1", "acts": [act]}
    assert list(Draft202012Validator(schema("script")).iter_errors(script))
