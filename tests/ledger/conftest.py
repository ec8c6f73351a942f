"""A real ledger in a real folder for each test, in each of the two stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.kinds import KINDS, Kind
from tests.ledger.postgres import wanted
from tests.ledger.toy import DECIDERS, NINE, ToyLaws
from yishi.ledger.ledger import Ledger


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs on each store, unless it is about some of them only. A run on PostgreSQL leaves the other one out."""
    if "kind" in metafunc.fixturenames:  # of the tests themselves, or of the folder they work in
        only = metafunc.definition.get_closest_marker("only")
        kinds = only.args if only else ["postgres"] if wanted() else list(KINDS)
        metafunc.parametrize("kind", kinds, indirect=True)


@pytest.fixture
def kind(request: pytest.FixtureRequest, postgres_place: None) -> Kind:
    """Where the ledger of the test is kept."""
    return KINDS[request.param]


@pytest.fixture
def folder(tmp_path: Path, kind: Kind) -> Path:
    return kind.made(tmp_path / "会议")


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as opened:
        yield opened
