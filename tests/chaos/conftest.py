"""This user's tokens go to a folder of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.served import own_config


@pytest.fixture(scope="package", autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with own_config(tmp_path_factory.mktemp("config")) as place:
        yield place
