"""The page for who runs the record in PostgreSQL: what it says to type, a superuser and a shell take as it stands."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.desk import Serving
from tests.cli.shell import yishi
from tests.docs.pages import ROOT
from tests.ledger import postgres
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring, stored
from yishi.folder import DataFolder
from yishi.ledger.ledger import Ledger

PAGE = ROOT / "docs" / "postgresql.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def own(postgres_place: None) -> Iterator[dict[str, str]]:
    """What stands on the page, and what it is in this test: roles and databases are a server's, so they have names of their own."""
    url = postgres.server()
    host, one = url.partition("host=")[2], f"p{os.getpid()}"
    found = {"yishi_owner": f"{one}_owner", "yishi_works": f"{one}_works", "db.example/yishi": f"/{one}?host={host}"}
    yield found
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)")
        for role in (f"{one}_owner", f"{one}_works"):
            db.execute(f"DROP ROLE IF EXISTS {role}")


def as_here(text: str, own: dict[str, str]) -> str:
    for there, here in own.items():
        text = text.replace(there, here)
    return text.replace("DATABASE yishi", f"DATABASE {own['yishi_owner'].removesuffix('_owner')}")


def typed(block: str, environment: dict[str, str], folder: Path) -> None:
    """Take a shell's lines one by one; what they export is in `environment` afterwards."""
    for line in block.replace("/srv/yishi", str(folder)).splitlines():
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            environment[name] = value
        elif words[:2] == ["yishi", "serve"]:
            serving = Serving(Path(words[words.index("--data") + 1]), environment)
            serving.stop()
        else:
            told = yishi(*words[1:], **environment)
            assert told.code == 0, (line, told.said)


@pytest.mark.only("sqlite", why="a record in a file is moved in")
def test_every_command_of_the_page_runs(tmp_path: Path, own: dict[str, str]) -> None:
    (sql,), (first, daily, _apart, moving, upgrade, _builds) = blocks("sql"), blocks("sh")
    # _apart, _builds: several machines; tests/engine/test_apart.py and test_versions.py run those commands
    with psycopg.connect(postgres.server(), autocommit=True) as db:
        for statement in filter(str.strip, as_here(sql, own).split(";")):
            db.execute(statement)
    home = {
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "HOME": str(tmp_path),
    }
    environment = dict(home)
    typed(as_here(first, own), environment, tmp_path / "served")
    typed(daily, environment, tmp_path / "served")
    with (
        DataFolder.open(tmp_path / "old", "real") as folder,
        Ledger(folder.path, DECIDERS, ToyLaws(), lambda: NINE) as old,
    ):
        size = stored(old.record_now(bring("a"))).size
    schema = postgres.new_schema()
    elsewhere = {name: f"{environment[name]}&schema={schema}" for name in ("YISHI_LEDGER", "YISHI_LEDGER_OWNER")}
    assert yishi("migrate", **home, **elsewhere).code == 0  # an empty one
    moved, _ = moving.strip().splitlines()
    typed(moved, home | elsewhere, tmp_path / "old")
    assert not (tmp_path / "old" / "ledger.db").exists() and size == 1
    typed(upgrade, environment, tmp_path / "served")
