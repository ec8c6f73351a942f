"""`yishi rebuild`: Temporal's data is gone, and everything open goes on from the record; twice it does nothing more."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import yishi
from tests.engine.sleeping import Asleep, played
from tests.ledger.kinds import copied, stored_bytes


@pytest.fixture(scope="module")
async def left(tmp_path_factory: pytest.TempPathFactory) -> Asleep:
    """A small town's session with five open matters; nothing runs on it now."""
    return await played(tmp_path_factory.mktemp("left") / "data")


@pytest.fixture
def folder(left: Asleep, tmp_path: Path) -> Path:
    return copied(left.folder, tmp_path / "data")


def rebuilt(folder: Path, *more: str) -> dict[str, object]:
    told = yishi("rebuild", "--data", folder, "--json", "--clock-is-right", *more)
    assert told.code == 0, told.out
    found = json.loads(told.out)
    assert isinstance(found, dict)
    return found


def test_what_is_open_is_started_from_the_record_when_temporals_data_is_gone_and_twice_without_harm(
    folder: Path,
) -> None:
    before = stored_bytes(folder)
    for file in folder.glob("temporal*"):
        file.unlink()
    first = rebuilt(folder)
    assert first["sessions"] == {"open": 1, "started": 1} and first["matters"] == {"open": 5, "started": 5}
    assert first["started"] == [
        "jia/3-2/session/1", *(f"jia/3-2/matter/{n}" for n in ("s01", "s02", "t01", "t02", "t03"))
    ]  # fmt: skip
    again = rebuilt(folder)
    assert again["sessions"] == {"open": 1, "started": 0} and again["matters"] == {"open": 5, "started": 0}
    assert stored_bytes(folder) == before, "nothing was recorded"


def test_data_that_is_damaged_is_put_aside_and_not_deleted(folder: Path) -> None:
    (folder / "temporal.db").write_bytes(b"nothing that a server can read" * 1000)
    found = rebuilt(folder, "--anew")
    assert found["matters"] == {"open": 5, "started": 5}
    aside = Path(str(found["aside"]))
    assert aside.parent == folder and (aside / "temporal.db").read_bytes().startswith(b"nothing that")
    told = yishi("rebuild", "--data", folder, "--clock-is-right", "--anew", "--lang", "en")
    assert told.code == 0 and "5 matters" in told.out and "aside-2" in told.out


def test_a_folder_without_a_record_is_left_as_it_is(tmp_path: Path) -> None:
    told = yishi("rebuild", "--data", tmp_path / "nothing")
    assert told.code == 2 and "没有会议记录" in told.err and not (tmp_path / "nothing").exists()


def test_the_data_of_a_service_that_others_run_is_not_ours_to_put_aside(folder: Path) -> None:
    told = yishi(
        "rebuild", "--data", folder, "--anew", "--lang", "en", YISHI_TEMPORAL_ADDRESS="127.0.0.1:1"
    )  # fmt: skip
    assert told.code == 2 and "run by others" in told.err
