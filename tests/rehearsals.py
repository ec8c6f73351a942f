"""The examples rehearsed by the command: each once for all tests that read its record, whichever process they run in."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

from tests.cli.shell import EXAMPLES, Done, yishi


class Rehearsed(NamedTuple):
    """An example's record, which nobody may change, and what the command said and reported."""

    folder: Path
    done: Done
    report: dict[str, Any]


def rehearsed(example: str, places: pytest.TempPathFactory, lang: str = "zh") -> Rehearsed:
    """An example played by its script, or by its lawful course where it has none."""
    base = places.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # what the processes of one run share
    return _played(example, lang, run / f"{example}-{lang}")


@cache
def _played(example: str, lang: str, place: Path) -> Rehearsed:
    said = place / "said.json"
    with FileLock(f"{place}.lock"):
        if not said.exists():
            script = EXAMPLES / example / "script.yaml"
            done = yishi(
                "rehearse", EXAMPLES / example / "plan.yaml", *(["--script", script] if script.exists() else []),
                "--data", place / "data", "--report", place / "report.json", "--lang", lang,
            )  # fmt: skip
            said.write_text(json.dumps(done), encoding="utf-8")
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    return Rehearsed(place / "data", Done(*json.loads(said.read_text(encoding="utf-8"))), report)
