import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.desk import Desk
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


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A real `yishi serve`, started once for all that work through it."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    serving = made.serve()
    yield made
    serving.stop()
