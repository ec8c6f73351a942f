from collections.abc import Iterator

import pytest

from tests.cli.desk import Desk
from tests.rehearsals import Rehearsed, rehearsed


@pytest.fixture(scope="session")
def luqiao(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Luqiao by its script, told in English."""
    return rehearsed("luqiao", tmp_path_factory, "en")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A real `yishi serve`, started once for all that work through it."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    serving = made.serve()
    yield made
    serving.stop()
