"""The data folder: ours or not, real or rehearsal, one engine at a time; each trouble says what is wrong and what to do."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from yishi.folder import (
    FORMAT,
    MARKER,
    DataFolder,
    DiskNearlyFull,
    FolderNotUsable,
    MarkerDamaged,
    NewerFormat,
    NotAFolder,
    NotOurFolder,
    RealFolder,
    RehearsalFolder,
    look,
)
from yishi.holding import FolderInUse
from yishi.trouble import Trouble

HOLD = """
import sys
from pathlib import Path
from yishi.folder import DataFolder
folder = DataFolder.open(Path(sys.argv[1]), "real")
print("held", flush=True)
sys.stdin.read()
"""


T = TypeVar("T", bound=Trouble)


def both(trouble: pytest.ExceptionInfo[T], word: str) -> bool:
    return word in trouble.value.text.zh and word in trouble.value.text.en


def test_a_missing_folder_is_made_and_marked_with_what_it_is_for(tmp_path: Path) -> None:
    path = tmp_path / "议事 数据" / "甲镇"
    with DataFolder.open(path, "real") as folder:
        assert folder.path == path
        assert folder.purpose == "real"
    marker = json.loads((path / MARKER).read_text(encoding="utf-8"))
    assert set(marker) == {"format", "purpose", "created", "version"}
    assert marker["format"] == FORMAT


def test_opening_it_again_changes_no_byte_of_its_marker(tmp_path: Path) -> None:
    DataFolder.open(tmp_path, "rehearsal").close()
    first = (tmp_path / MARKER).read_bytes()
    DataFolder.open(tmp_path, "rehearsal").close()
    assert (tmp_path / MARKER).read_bytes() == first


def test_what_systems_leave_everywhere_does_not_make_a_folder_anothers(tmp_path: Path) -> None:
    (tmp_path / "Thumbs.db").touch()
    (tmp_path / ".DS_Store").touch()
    DataFolder.open(tmp_path, "real").close()


def test_a_start_cut_short_before_the_marker_can_be_begun_again(tmp_path: Path) -> None:
    (tmp_path / (MARKER + ".new")).write_text("{")
    (tmp_path / "yishi.lock").touch()
    (tmp_path / "yishi.lock.pid").write_text("1")
    DataFolder.open(tmp_path, "real").close()


def test_a_rehearsals_folder_serves_no_real_work(tmp_path: Path) -> None:
    DataFolder.open(tmp_path, "rehearsal").close()
    with pytest.raises(RehearsalFolder) as told:
        DataFolder.open(tmp_path, "real")
    assert "演练" in told.value.text.zh
    assert both(told, str(tmp_path))


def test_a_real_folder_serves_no_rehearsal(tmp_path: Path) -> None:
    DataFolder.open(tmp_path, "real").close()
    with pytest.raises(RealFolder) as told:
        DataFolder.open(tmp_path, "rehearsal")
    assert both(told, str(tmp_path))


def test_a_folder_with_others_files_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "账本.xlsx").touch()
    with pytest.raises(NotOurFolder) as told:
        DataFolder.open(tmp_path, "real")
    assert both(told, "账本.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["账本.xlsx"]


def test_a_folder_of_a_newer_format_is_refused_even_if_its_other_fields_are_unknown(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text(json.dumps({"format": FORMAT + 1, "kind": "?"}), encoding="utf-8")
    with pytest.raises(NewerFormat) as told:
        DataFolder.open(tmp_path, "real")
    assert both(told, str(FORMAT + 1))


def test_a_field_added_within_the_format_is_let_be(tmp_path: Path) -> None:
    DataFolder.open(tmp_path, "real").close()
    marker = json.loads((tmp_path / MARKER).read_text(encoding="utf-8"))
    (tmp_path / MARKER).write_text(json.dumps(marker | {"office": "甲镇"}), encoding="utf-8")
    DataFolder.open(tmp_path, "real").close()


@pytest.mark.parametrize("written", ["", "{", "[]", '{"format": 1}', '{"format": 1, "purpose": "play"}'])
def test_a_damaged_marker_is_told_and_never_made_anew(tmp_path: Path, written: str) -> None:
    (tmp_path / MARKER).write_text(written)
    with pytest.raises(MarkerDamaged) as told:
        DataFolder.open(tmp_path, "real")
    assert both(told, MARKER)
    assert (tmp_path / MARKER).read_text() == written


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").touch()
    with pytest.raises(NotAFolder) as told:
        DataFolder.open(tmp_path / "plan.toml", "real")
    assert both(told, "plan.toml")


def test_a_folder_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").touch()
    with pytest.raises(FolderNotUsable):
        DataFolder.open(tmp_path / "plan.toml" / "data", "real")


@pytest.fixture
def foreign() -> Iterator[Path]:
    """A folder that we may look into and not write, though the tests be run by root."""
    if os.name == "nt":
        pytest.skip("rights are kept otherwise there")
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        path.chmod(0o555)
        as_root = os.geteuid() == 0
        if as_root:
            os.seteuid(65534)
        try:
            yield path
        finally:
            if as_root:
                os.seteuid(0)
            path.chmod(0o755)


def test_a_folder_we_may_not_write_is_told(foreign: Path) -> None:
    for path in (foreign, foreign / "below"):
        with pytest.raises(FolderNotUsable) as told:
            DataFolder.open(path, "real")
        assert both(told, str(path))


def test_a_disk_nearly_full_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(DiskNearlyFull) as told:
        DataFolder.open(tmp_path, "real", free_bytes_needed=1 << 60)
    assert both(told, str(1 << 40))
    assert list(tmp_path.iterdir()) == []


def test_two_engines_in_one_process_cannot_share_a_folder(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path, "real"):
        with pytest.raises(FolderInUse) as told:
            DataFolder.open(tmp_path, "real")
        assert both(told, str(os.getpid()))
    DataFolder.open(tmp_path, "real").close()


def test_a_second_engine_is_told_the_first_ones_number_and_may_begin_when_that_one_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == b"held"
        with pytest.raises(FolderInUse) as told:
            DataFolder.open(tmp_path, "real")
        assert both(told, str(first.pid))
        first.kill()
        first.wait()
        DataFolder.open(tmp_path, "real").close()


def test_looking_at_a_folder_takes_nothing_and_writes_nothing(tmp_path: Path) -> None:
    assert look(tmp_path) is None
    assert look(tmp_path / "missing") is None
    assert list(tmp_path.iterdir()) == []
    with DataFolder.open(tmp_path, "rehearsal"):
        marker = look(tmp_path)
    assert marker is not None
    assert marker.purpose == "rehearsal"


@pytest.mark.skipif(os.name != "posix", reason="there rights come from the folder above")
def test_a_folder_that_others_could_read_is_taken_from_them_when_it_is_opened(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path / "new", "real"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "new").chmod(0o755)
    (tmp_path / "new" / "ledger.db").write_bytes(b"")
    (tmp_path / "new" / "ledger.db").chmod(0o644)
    with DataFolder.open(tmp_path / "new", "real"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "new" / "ledger.db").stat().st_mode & 0o777 == 0o600
