"""One served engine for a whole module, at whose door webhooks are asked for."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.api.served import Visitor, own_config, visiting
from tests.hooks.receiver import Receiver, receiving


@pytest.fixture(scope="package", autouse=True)
def _own_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Until the last test of this folder: tests elsewhere have a user's folder of their own."""
    with own_config(tmp_path_factory.mktemp("config")) as place:
        yield place


@pytest.fixture(scope="module")
async def visitor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    async with visiting(tmp_path_factory.mktemp("hooks") / "data") as at_the_door:
        await at_the_door.play(until="sign-in")
        yield at_the_door


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as somebody:
        yield somebody
