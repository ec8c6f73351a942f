"""A record in PostgreSQL as an office runs it: `yishi migrate`, then everything by one setting."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.desk import Desk
from tests.cli.shell import refused, yishi
from tests.ledger import postgres
from yishi.ledger.place import pointed
from yishi.ledger.postgres.address import Address


@pytest.fixture
def owner(postgres_place: None) -> str:
    """The address of a schema that is not there yet, as the role that is to own it."""
    return postgres.address(postgres.new_schema())


@pytest.fixture
def worker(owner: str) -> str:
    return postgres.address(Address.of(owner).schema, postgres.RUNTIME_ROLE)


@pytest.fixture
def desk_on_postgres(tmp_path: Path, owner: str, worker: str) -> Iterator[Desk]:
    migrated = yishi("migrate", YISHI_LEDGER=worker, YISHI_LEDGER_OWNER=owner)
    assert migrated.code == 0, migrated.said
    desk = Desk(tmp_path)
    desk.environment["YISHI_LEDGER"] = worker
    yield desk
    desk.leave()


def test_migrate_tells_the_format_and_who_may_do_what_and_done_again_it_changes_nothing(
    owner: str, worker: str
) -> None:
    setting = {"YISHI_LEDGER": worker, "YISHI_LEDGER_OWNER": owner}
    first, again = (json.loads(yishi("migrate", "--json", **setting).out) for _ in range(2))
    assert first == {"before": 0, "format": 1, "owner": postgres.OWNER_ROLE, "roles": [postgres.RUNTIME_ROLE]}
    assert again == {**first, "before": 1}
    told = yishi("migrate", "--lang", "en", **setting)
    assert told.code == 0 and "format 1" in told.out and postgres.RUNTIME_ROLE in told.out and "note" not in told.out
    alone = yishi("migrate", "--lang", "en", YISHI_LEDGER=owner)
    assert alone.code == 0 and "one role" in alone.out


def test_without_a_database_named_or_with_one_that_is_none_it_says_what_to_set(owner: str) -> None:
    refused("migrate", zh="YISHI_LEDGER", en="No database is named")
    refused("migrate", zh="设置有误", en="cannot be read", YISHI_LEDGER="mysql://works:geheim@db/yishi")
    told = yishi("migrate", YISHI_LEDGER="mysql://works:geheim@db/yishi")
    assert "geheim" not in told.said
    refused(
        "migrate",
        zh="数据库正在运行",
        en="See that it runs",
        YISHI_LEDGER="postgresql://works:geheim@127.0.0.1:1/yishi",
    )


def test_serve_makes_no_tables_and_says_who_does(tmp_path: Path, worker: str) -> None:
    refused("serve", "--data", tmp_path / "data", zh="yishi migrate", en="yishi migrate", YISHI_LEDGER=worker)
    assert not (tmp_path / "data" / "ledger.db").exists() and pointed(tmp_path / "data") is None


def test_a_session_is_begun_followed_and_verified_with_its_record_in_the_database(
    desk_on_postgres: Desk, owner: str
) -> None:
    desk = desk_on_postgres
    serving = desk.serve()
    session = desk.registered("jia")
    assert desk("status", session).code == 0
    serving.kill()
    desk.serve()
    desk.registered("yi")
    for command in (["status", session], ["history", session, "--json"], ["deadlines", session], ["verify"]):
        told = desk(*command)
        assert told.code == 0, told.said
    assert desk("verify").out.count("核验通过") == 1
    desk.leave()
    told = desk("verify", YISHI_LEDGER="")  # the folder itself says where its record is
    assert told.code == 0, told.said
    assert not (desk.folder / "ledger.db").exists()
    with psycopg.connect(Address.of(owner).url) as db:
        found = db.execute(f"SELECT count(*) FROM {Address.of(owner).schema}.stored_events").fetchone()
    assert found is not None and found[0] > 0


@pytest.mark.only("sqlite", why="a file is moved")
def test_a_folders_record_is_moved_into_the_database_by_one_command(tmp_path: Path, owner: str, worker: str) -> None:
    desk = Desk(tmp_path)
    try:
        serving = desk.serve()
        desk.registered("jia")
        serving.stop()
        setting = {"YISHI_LEDGER": worker, "YISHI_LEDGER_OWNER": owner}
        refused("serve", "--data", desk.folder, zh="--move-in", en="--move-in", YISHI_LEDGER=worker)
        moved = yishi("migrate", "--move-in", desk.folder, "--json", **setting)
        assert moved.code == 0, moved.said
        told = json.loads(yishi("verify", "--data", desk.folder, "--json").out)
        assert (told["outcome"], told["head"]) == ("verified", json.loads(moved.out)["head"])
        assert (desk.folder / "ledger.db.moved").exists() and not (desk.folder / "ledger.db").exists()
    finally:
        desk.leave()
