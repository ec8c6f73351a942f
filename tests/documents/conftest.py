from pathlib import Path

import pytest

from tests.documents.reading import Printed, read
from tests.rehearsals import rehearsed
from yishi.documents.catalogue import kind_of, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.source import Source, read_source
from yishi.record import reader


@pytest.fixture(scope="session")
def luqiao(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town's session of 107 deputies, with votes, a choice of projects and two suggestions."""
    return rehearsed("luqiao", tmp_path_factory).folder


@pytest.fixture(scope="session")
def yuanhua(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town's session of two days with three delegations and names in the vault."""
    return rehearsed("yuanhua", tmp_path_factory).folder


@pytest.fixture(scope="session")
def xiuzhou(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's session of 232 deputies, with its preparatory meeting and seven resolutions."""
    return rehearsed("xiuzhou", tmp_path_factory).folder


@pytest.fixture(scope="session")
def songcheng(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A street's residents' council, which only recommends."""
    return rehearsed("songcheng", tmp_path_factory).folder


def source_of(folder: Path, stream: str | None = None) -> Source:
    ledger = reader(folder)
    if stream is None:
        stream = next(e.envelope.stream for e in ledger.notifications(limit=1))
    return read_source(ledger, stream, folder)


def printed(source: Source, name: str, *, sitting: str | None = None, item: str | None = None) -> Printed:
    """A paper made from the shipped template, read back."""
    kind = kind_of(name)
    return read(made(kind, source, Choice(sitting, item), template_of(kind, ())))
