"""One served engine for a whole module; this user's tokens go to a folder of the test's own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.api.served import Visitor, own_config, visiting


@pytest.fixture(scope="package", autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Until the last test of this folder: tests elsewhere have a user's folder of their own."""
    with own_config(tmp_path_factory.mktemp("config")) as place:
        yield place


@pytest.fixture(scope="module")
async def visitor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    """At the door of a small town whose session stands just before anybody signs in."""
    async with visiting(tmp_path_factory.mktemp("door") / "data") as at_the_door:
        await at_the_door.play(until="sign-in")
        yield at_the_door
