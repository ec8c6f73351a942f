import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.shell import EXAMPLES, Done, yishi


class Rehearsed(NamedTuple):
    """An example rehearsed once by the command, for all that read it."""

    folder: Path
    done: Done
    report: dict[str, Any]


@pytest.fixture(scope="session")
def luqiao(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Luqiao by its script, told in English."""
    place = tmp_path_factory.mktemp("luqiao")
    done = yishi(
        "rehearse", EXAMPLES / "luqiao" / "plan.yaml", "--script", EXAMPLES / "luqiao" / "script.yaml",
        "--data", place / "data", "--report", place / "report.json", "--lang", "en",
    )  # fmt: skip
    return Rehearsed(place / "data", done, json.loads((place / "report.json").read_text(encoding="utf-8")))
