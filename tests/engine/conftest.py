import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.engine.house import Undisturbed, commands, play


@pytest.fixture(scope="package", autouse=True)
def _only_warnings() -> Iterator[None]:
    """For this folder alone: elsewhere tests read what is logged."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
async def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The small session played once without any trouble."""
    folder: Path = tmp_path_factory.mktemp("undisturbed") / "data"
    outcome = await play(folder)
    assert outcome.exit == 0 and outcome.verified
    return Undisturbed(folder, outcome, commands(folder))
