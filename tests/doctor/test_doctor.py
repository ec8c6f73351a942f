"""`yishi doctor`: each thing it looks at is broken in turn, and is named with what to do; looking changes nothing."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.cli.shell import yishi
from tests.ledger import postgres
from tests.ports import unused_port
from yishi.doctor import Line, examine
from yishi.folder import MARKER
from yishi.ledger.postgres.address import Address
from yishi.server import TemporalServer
from yishi.settings import Settings

ALL_AREAS = {"settings", "folder", "disk", "record", "law", "clock", "keys", "temporal", "ports", "mirror"}
POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A folder in which a session was begun, with its second copy. Nothing runs on it."""
    desk = Desk(tmp_path_factory.mktemp("office"))
    desk.environment["YISHI_MIRROR"] = str(desk.place / "stick")
    serving = desk.serve()
    try:
        desk.registered("jia")
        told = json.loads(desk("doctor", "--json").out)
        assert told["wrong"] == 0, told
        assert any("process" in line["says"]["en"] for line in told["lines"] if line["area"] == "temporal"), told
        serving.stop()
        yield desk
    finally:
        desk.leave()


@pytest.fixture
def folder(office: Desk, tmp_path: Path) -> Path:
    """A copy of it that may be broken."""
    shutil.copytree(office.folder, tmp_path / "data", copy_function=shutil.copy2)
    shutil.copytree(office.place / "stick", tmp_path / "stick", copy_function=shutil.copy2)
    (tmp_path / "data").chmod(0o700)
    return tmp_path / "data"


def lines(
    folder: Path, *, environment: dict[str, str] | None = None, now: timedelta | None = None, **settings: object
) -> list[Line]:
    chosen = Settings.chosen(environment or {}, folder=folder, **settings)
    return list(examine(chosen, environment or {}, lambda: datetime.now(UTC) + (now or timedelta())))


def wrong(found: list[Line], state: str = "wrong") -> list[tuple[str, str]]:
    return [(line.area, line.says.en) for line in found if line.state == state]


def snapshot(*folders: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): (path.stat().st_mode, path.read_bytes()) for path in files}


def test_a_whole_office_is_well_and_looking_at_it_changes_no_byte_and_no_mode(folder: Path) -> None:
    before = snapshot(folder, folder.parent / "stick")
    found = lines(folder, mirror=folder.parent / "stick")
    assert wrong(found) == []
    assert {line.area for line in found} == ALL_AREAS
    assert all(line.todo is not None for line in found if line.state != "ok")
    after = snapshot(folder, folder.parent / "stick")
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name not in before and not name.endswith(("-wal", "-shm"))] == []


def test_the_command_says_so_in_both_languages_and_ends_with_1_when_something_is_wrong(office: Desk) -> None:
    assert office("doctor").code == 0
    office.both("doctor", zh="错误 0 项", en="0 wrong", code=0)
    told = office("doctor", YISHI_MIRROR=str(office.folder / "absent" / "x"))
    assert told.code == 0 and "△" in told.out
    unwell = office("doctor", "--json", YISHI_TEMPORAL_ADDRESS="127.0.0.1:1")
    assert unwell.code == 1 and json.loads(unwell.out)["wrong"] == 1
    assert office("doctor", YISHI_PORT="x").code == 2


def test_where_nothing_was_ever_begun_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    told = yishi(
        "doctor", "--data", tmp_path / "none", "--json", HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "c")
    )
    assert told.code == 0, told.said
    assert list(tmp_path.iterdir()) == []


def _rewritten(name: str, text: bytes) -> Callable[[Path], None]:
    def broken(folder: Path) -> None:
        (folder / name).write_bytes(text)

    return broken


def _dropped_trigger(folder: Path) -> None:
    with sqlite3.connect(folder / "ledger.db") as db:
        (name,) = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        db.execute(f"DROP TRIGGER {name}")


def _torn_record(folder: Path) -> None:
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(3000))


def _torn_page(folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = db.execute("PRAGMA page_size").fetchone()
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'commits'").fetchone()
    with (folder / "ledger.db").open("r+b") as file:
        file.seek(size * (page - 1))
        file.write(b"\xff" * size)


def _altered_edition(folder: Path) -> None:
    kept = next((folder / "law").glob("*.json"))
    kept.write_bytes(kept.read_bytes() + b" ")


def _lost_edition(folder: Path) -> None:
    next((folder / "law").glob("*.json")).unlink()


IN_A_FILE = pytest.mark.only("sqlite", why="the file of the record is broken")


def _as_mirror(folder: Path) -> None:
    said = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    (folder / MARKER).write_text(json.dumps({**said, "purpose": "mirror", "of": "real"}), encoding="utf-8")


@pytest.mark.parametrize(
    ("broken", "area", "word"),
    [
        (_rewritten(MARKER, b"{"), "folder", "marker"),
        (_as_mirror, "folder", "second copy"),
        pytest.param(_dropped_trigger, "record", "trigger", marks=IN_A_FILE),
        pytest.param(_torn_record, "record", "", marks=IN_A_FILE),
        pytest.param(_torn_page, "record", "malformed", marks=IN_A_FILE),
        pytest.param(_rewritten("ledger.db", b"no database at all " * 300), "record", "", marks=IN_A_FILE),
        (_altered_edition, "law", "altered"),
        (_lost_edition, "law", "not kept"),
        (_rewritten("keys.db", b"x" * 5000), "keys", "damaged"),
        (_rewritten("token.json", b"{}"), "keys", "damaged"),
        (_rewritten("tokens.json", b"["), "keys", "damaged"),
        (_rewritten("temporal.db", b"x" * 5000), "temporal", "damaged"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or None,
)
def test_what_is_broken_is_named_in_its_own_place(
    folder: Path, broken: Callable[[Path], None], area: str, word: str
) -> None:
    broken(folder)
    found = lines(folder)
    assert area in {where for where, _ in wrong(found)}, found
    assert any(where == area and word in said for where, said in wrong(found)), found
    assert {line.area for line in found} >= ALL_AREAS - {"keys"}, "what is wrong with one hides nothing of the others"


def test_a_clock_behind_the_record_is_wrong_and_one_far_ahead_is_to_be_looked_at(folder: Path) -> None:
    assert wrong(lines(folder, now=-timedelta(days=1)))[0][0] == "clock"
    ahead = lines(folder, now=timedelta(days=400))
    assert wrong(ahead) == [] and "clock" in {area for area, _ in wrong(ahead, "warns")}


def test_a_disk_nearly_full_is_wrong_and_one_with_little_room_is_noted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shutil.disk_usage(folder)
    for free, state in ((1 << 20, "wrong"), (200 << 20, "warns")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: whole._replace(free=free))
        assert "disk" in {area for area, _ in wrong(lines(folder), state)}


@POSIX
def test_what_other_accounts_can_read_is_named(folder: Path) -> None:
    (folder / "keys.db").chmod(0o644)
    assert any("keys.db" in said for area, said in wrong(lines(folder), "warns") if area == "folder")


def test_a_lost_vault_is_noted(folder: Path) -> None:
    (folder / "keys.db").unlink()
    assert any("keys.db" in said for area, said in wrong(lines(folder), "warns") if area == "keys")


def test_a_port_that_another_program_holds_is_named(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port := unused_port()))
        other.listen()
        assert wrong(lines(folder, door_port=port)) == [("ports", f"door_port = {port} is taken by another program")]
    assert wrong(lines(folder, door_port=port)) == []


def test_a_temporal_program_that_is_missing_or_no_program_is_named(folder: Path, tmp_path: Path) -> None:
    assert wrong(lines(folder, temporal_binary=tmp_path / "absent"))[0][0] == "temporal"
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    assert wrong(lines(folder, temporal_binary=tmp_path / "text"))[0][0] == "temporal"


def test_a_temporal_service_that_does_not_answer_is_named(folder: Path) -> None:
    ((area, said),) = wrong(lines(folder, temporal_address="127.0.0.1:1"))
    assert area == "temporal" and "127.0.0.1:1" in said


def test_a_second_copy_of_another_record_is_wrong_and_one_that_is_behind_or_away_is_noted(folder: Path) -> None:
    stick = folder.parent / "stick"
    assert ("mirror", "no second copy is kept") in wrong(lines(folder), "warns")
    assert any(area == "mirror" for area, _ in wrong(lines(folder, mirror=folder.parent / "no" / "stick"), "warns"))
    assert any("disk of the original" in said for _, said in wrong(lines(folder, mirror=stick), "warns"))
    with sqlite3.connect(stick / "ledger.db") as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("UPDATE commits SET root = zeroblob(32)")
    assert [area for area, _ in wrong(lines(folder, mirror=stick))] == ["mirror"]
    assert [area for area, _ in wrong(lines(folder, mirror=folder.parent / "data"))] == ["mirror"]


def test_a_variable_that_does_nothing_is_noted(folder: Path) -> None:
    found = lines(folder, environment={"YISHI_LEGDER": "postgresql://x@y/z"})
    assert any(area == "settings" and "YISHI_LEGDER" in said for area, said in wrong(found, "warns"))


@pytest.fixture
def owner(postgres_place: None) -> str:
    return postgres.address(postgres.new_schema())


def test_of_a_database_it_tells_version_format_and_rights_and_what_is_missing(tmp_path: Path, owner: str) -> None:
    worker = postgres.address(Address.of(owner).schema, postgres.RUNTIME_ROLE)
    assert "yishi migrate" in wrong(lines(tmp_path / "none", ledger=worker))[0][1]
    assert yishi("migrate", YISHI_LEDGER=worker, YISHI_LEDGER_OWNER=owner).code == 0
    found = lines(tmp_path / "none", ledger=worker)
    assert wrong(found) == []
    said = [line.says.en for line in found if line.area == "record"]
    assert "format 1" in said[0] and "nothing else" in said[1], said
    as_owner = wrong(lines(tmp_path / "none", ledger=owner), "warns")
    assert any("more than it needs" in said for area, said in as_owner if area == "record")
    gone = lines(tmp_path / "none", ledger="postgresql://works:geheim@127.0.0.1:1/yishi")
    assert wrong(gone)[0][0] == "record" and "geheim" not in str(gone)


async def test_of_a_service_that_others_run_it_tells_version_and_namespace_or_that_there_is_none(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    async with TemporalServer(tmp_path / "theirs", Settings.read({}).binary()) as theirs:
        found = await asyncio.to_thread(lines, folder, temporal_address=theirs.address)
        assert wrong(found) == []
        said = [line.says.en for line in found if line.area == "temporal"]
        assert "version 1." in said[0] and "namespace default" in said[1], said
        absent = await asyncio.to_thread(lines, folder, temporal_address=theirs.address, namespace="absent")
        assert wrong(absent) == [("temporal", "there is no namespace absent")]
