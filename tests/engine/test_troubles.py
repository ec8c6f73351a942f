"""What stands in the way of an engine is told in a sentence, in Chinese and in English, and nothing of the record is hurt."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import ROOT, refused, yishi
from tests.engine.house import SMALL, Undisturbed, everything_stored, play, prepared, small_plan, small_script
from tests.ledger.kinds import copied, newer
from yishi.engine import Engine, NotTaken, PlayedDifferently
from yishi.folder import DataFolder
from yishi.planning.script import Script
from yishi.rehearsal.outcome import ActRow


def test_a_second_engine_on_a_folder_is_told_who_works_there(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path / "data", "rehearsal"):
        for lang, word in (("zh", "另一个引擎"), ("en", "Another engine")):
            told = yishi("rehearse", SMALL, "--data", tmp_path / "data", "--lang", lang)
            assert told.code == 2
            assert word in told.err and str(os.getpid()) in told.err


def test_a_taken_port_is_told_by_its_number(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused(
            "rehearse", SMALL, "--data", tmp_path / "data", zh=f"端口 {port}", en=f"Port {port}", YISHI_PORT=port
        )  # fmt: skip


def test_a_real_folder_serves_no_rehearsal(tmp_path: Path) -> None:
    DataFolder.open(tmp_path / "data", "real").close()
    refused("rehearse", SMALL, "--data", tmp_path / "data", zh="正式记录", en="real record")


def test_a_rehearsals_folder_serves_no_real_work(undisturbed: Undisturbed) -> None:
    command = [sys.executable, "worker.py", str(undisturbed.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=200, check=False)
    assert done.returncode == 2
    assert "演练目录" in done.stderr and "folder of a rehearsal" in done.stderr and "Traceback" not in done.stderr


def test_a_folder_of_a_newer_version_is_told_by_its_format(tmp_path: Path) -> None:
    (tmp_path / "yishi.json").write_text(json.dumps({"format": 2, "purpose": "rehearsal"}))
    refused("rehearse", SMALL, "--data", tmp_path, zh="更新的版本", en="newer version")
    refused("report", "--data", tmp_path, zh="更新的版本", en="newer version")


@pytest.fixture
def finished(tmp_path: Path, undisturbed: Undisturbed) -> Path:
    """A copy of the finished small session."""
    return copied(undisturbed.folder, tmp_path / "data")


def test_a_ledger_of_a_newer_version_is_told_and_left_alone(finished: Path) -> None:
    newer(finished)
    for command in (("rehearse", SMALL), ("report",), ("history",)):
        told = yishi(*command, "--data", finished)
        assert told.code == 2
        assert "更新的版本" in told.err and "99" in told.err


def test_a_folder_that_is_not_ours_is_told_with_one_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "账本.xlsx").touch()
    refused("rehearse", SMALL, "--data", tmp_path, zh="账本.xlsx", en="账本.xlsx")
    refused("history", "--data", tmp_path, zh="不是议事系统的数据目录", en="not a data folder of Yishi")
    assert [file.name for file in tmp_path.iterdir()] == ["账本.xlsx"]


def test_an_edition_of_the_law_that_is_missing_is_told_and_not_guessed(finished: Path) -> None:
    for file in (finished / "law").iterdir():
        file.write_bytes(file.read_bytes().replace(b"2022", b"2023", 1))
    refused("report", "--data", finished, zh="法规版本缺失或被改动", en="missing or altered")


async def test_a_folder_with_a_rehearsal_of_another_script_is_told_and_not_mixed(finished: Path) -> None:
    before = everything_stored(finished)
    other = small_plan().model_copy(update={"profile": "zhejiang-township"})
    with pytest.raises(PlayedDifferently) as told:
        await play(finished, plan=other)
    assert "新的数据文件夹" in told.value.text.zh and "new data folder" in told.value.text.en
    acts = list(small_script().acts)
    vote = next(n for n, act in enumerate(acts) if act.act == "put-to-vote")
    acts[vote] = acts[vote].model_copy(update={"fields": {**acts[vote].fields, "in_favour": 5, "against": 2}})
    with pytest.raises(PlayedDifferently):
        await play(finished, Script(acts=tuple(acts)))
    assert everything_stored(finished) == before


def test_the_command_tells_of_a_rehearsal_of_another_plan(finished: Path, tmp_path: Path) -> None:
    """The lawful course publishes the budget in time, which the one in this folder did not."""
    refused("rehearse", SMALL, "--data", finished, zh="新的数据文件夹", en="new data folder")


def fill_up(engine: Engine) -> None:
    """Let the ledger's file grow no more, as on a full disk."""

    def job(cursor: Any) -> None:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    engine.ledger.write(job).result()


@pytest.mark.only("sqlite", why="the disk of the file is full")
@pytest.mark.parametrize("full_after", ["register-session", "open-sitting", "assign-suggestions"])
async def test_on_a_full_disk_an_act_is_not_taken_and_after_room_is_made_the_session_goes_on(
    tmp_path: Path, undisturbed: Undisturbed, full_after: str
) -> None:
    folder = prepared(tmp_path / "data", like=undisturbed.folder)
    told: list[ActRow] = []

    def watch(engine: Engine, row: ActRow) -> None:
        told.append(row)
        if row.act == full_after:
            fill_up(engine)

    try:
        outcome = await play(folder, watch=watch)
    except NotTaken as trouble:  # at a deadline, which no act waits for
        said = trouble.text
    else:
        assert outcome.exit == 1 and outcome.verified
        assert told[-1].outcome == "not_taken" and not told[-1].as_expected
        assert told[-1].unexpected is not None
        said = told[-1].unexpected
    assert "磁盘已满" in said.zh and "disk is full" in said.en
    assert "disk" not in said.zh and "磁盘" not in said.en, "each language by itself"
    again = await play(folder)
    assert again.exit == 0 and again.verified
    assert everything_stored(folder) == everything_stored(undisturbed.folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=True)


@pytest.mark.only("sqlite", why="the disk of the file is full")
async def test_on_a_disk_that_is_really_full_the_same_holds(small_disk: Path, undisturbed: Undisturbed) -> None:
    folder = prepared(small_disk / "data", like=undisturbed.folder)

    def watch(engine: Engine, row: ActRow) -> None:
        if row.act == "send-papers":
            fill_disk(small_disk / "fill")

    outcome = await play(folder, watch=watch)
    assert outcome.exit == 1 and outcome.acts[-1].outcome == "not_taken"
    (small_disk / "fill").unlink()
    assert (await play(folder)).exit == 0
    assert everything_stored(folder) == everything_stored(undisturbed.folder)


def fill_disk(file: Path) -> None:
    with file.open("wb", buffering=0) as filling:
        for size in (1 << 20, 4096):
            try:
                while True:
                    filling.write(b"x" * size)
            except OSError:
                continue
