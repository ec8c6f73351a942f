"""From the second copy the work goes on: verified, whole or not at all, and the old place is not forgotten."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import ROOT, refused, yishi
from tests.engine.house import Undisturbed
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring, sit
from tests.mirror.copies import alike, bytes_in, examined, until_it_has
from yishi.folder import DataFolder, RehearsalFolder, look
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.vault import Vault
from yishi.mirror import Mirror, restore
from yishi.mirror.restoring import FolderTaken, MirrorBroken, MirrorEmpty, NoMirrorHere, NotAMirror, NothingThere
from yishi.mirror.troubles import MirrorAhead


def laws(folder: Path) -> ToyLaws:
    return ToyLaws()


@pytest.fixture
def copy(ledger: Ledger, folder: Path, stick: Path, tmp_path: Path) -> Path:
    """A second copy of some acts, one with a paper behind it, one by a person with a key."""
    (tmp_path / "计票单.pdf").write_bytes(b"signed")
    kept = EvidenceStore(folder).keep(tmp_path / "计票单.pdf")
    vault = Vault(folder)
    vault.seal("D001", "张三")
    vault.close()
    ledger.record_now(bring("a", evidence=(kept,)))
    ledger.record_now(sit("b", "D001"))
    with Mirror(folder, stick / "copy"):
        pass
    return stick / "copy"


def test_what_is_restored_is_the_record_with_its_papers_and_keys_and_work_goes_on_in_it(
    ledger: Ledger, folder: Path, copy: Path, tmp_path: Path
) -> None:
    found = restore(copy, tmp_path / "new", DECIDERS, laws)
    assert (found.size, found.head) == ledger.head()
    assert found.last_recorded_at == found.last_act_at == NINE
    assert alike(folder, tmp_path / "new")
    assert sorted(p.name for p in (tmp_path / "new" / "evidence").iterdir()) == sorted(
        p.name for p in (folder / "evidence").iterdir()
    )
    vault = Vault(tmp_path / "new")
    assert vault.persons() == {"D001"}
    vault.close()
    with (
        DataFolder.open(tmp_path / "new", "real"),
        Ledger(tmp_path / "new", DECIDERS, ToyLaws(), clock=lambda: NINE) as new,
    ):
        assert new.record_now(bring("a", evidence=ledger.events("yuanhua/17-9/toy/1")[0].envelope.evidence))
        assert new.head() == ledger.head(), "an act that was answered there is answered alike here"
        assert new.record_now(bring("c")).outcome == "recorded"


def test_a_restored_folder_says_from_where_it_was_restored(copy: Path, folder: Path, tmp_path: Path) -> None:
    found = restore(copy, tmp_path / "new", DECIDERS, laws)
    marker, original = look(tmp_path / "new"), look(folder)
    assert marker is not None and original is not None
    assert (marker.purpose, marker.created, marker.of) == ("real", original.created, None)
    assert (marker.restored_size, marker.restored_head) == (found.size, found.head)


def test_the_copy_goes_on_as_the_new_machines_copy_and_then_turns_the_old_machine_away(
    ledger: Ledger, folder: Path, copy: Path, tmp_path: Path
) -> None:
    restore(copy, tmp_path / "new", DECIDERS, laws)
    with Ledger(tmp_path / "new", DECIDERS, ToyLaws(), clock=lambda: NINE) as new, Mirror(tmp_path / "new", copy) as m:
        new.after_commit(m.wake)
        new.record_now(bring("on the new one"))
        until_it_has(m, 3)
    with pytest.raises(MirrorAhead) as told:
        Mirror(folder, copy).start()
    assert "在别处继续" in told.value.text.zh and "gone on elsewhere" in told.value.text.en


def test_restoring_writes_nothing_on_the_copy(copy: Path, tmp_path: Path) -> None:
    before = bytes_in(copy)
    restore(copy, tmp_path / "new", DECIDERS, laws)
    assert bytes_in(copy) == before


def test_an_empty_folder_may_be_named_and_a_folder_with_anything_in_it_may_not(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    restore(copy, tmp_path / "empty", DECIDERS, laws)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "a.txt").write_text("mine")
    for taken in ("taken", "empty"):
        before = bytes_in(tmp_path / taken)
        with pytest.raises(FolderTaken):
            restore(copy, tmp_path / taken, DECIDERS, laws)
        assert bytes_in(tmp_path / taken) == before


def test_a_data_folder_is_not_restored_from_and_an_empty_one_neither(folder: Path, copy: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAMirror):
        restore(folder, tmp_path / "new", DECIDERS, laws)
    (tmp_path / "bare").mkdir()
    with pytest.raises(NoMirrorHere):
        restore(tmp_path / "bare", tmp_path / "new", DECIDERS, laws)
    with pytest.raises(NothingThere, match="backup"):
        restore(tmp_path / "evening.zip", tmp_path / "new", DECIDERS, laws)
    assert not (tmp_path / "new").exists()


def test_a_copy_begun_before_anything_was_recorded_says_so_and_is_not_called_damaged(
    ledger: Ledger, folder: Path, stick: Path, tmp_path: Path
) -> None:
    with Mirror(folder, stick / "copy") as mirror:
        mirror.wait_until(lambda standing: standing.state == "current", 60)
    with pytest.raises(MirrorEmpty, match="yishi serve"):
        restore(stick / "copy", tmp_path / "new", DECIDERS, laws)
    assert not (tmp_path / "new").exists()


def altered(copy: Path) -> None:
    with sqlite3.connect(copy / "ledger.db") as db:
        db.execute("DROP TRIGGER stored_events_no_update")
        db.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = 1")


def without_a_paper(copy: Path) -> None:
    next((copy / "evidence").iterdir()).unlink()


def cut_short(copy: Path) -> None:
    whole = (copy / "ledger.db").read_bytes()
    (copy / "ledger.db").write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("broken", [altered, without_a_paper, cut_short])
def test_a_copy_that_does_not_verify_is_not_restored(
    broken: Callable[[Path], None], copy: Path, tmp_path: Path
) -> None:
    broken(copy)
    with pytest.raises(MirrorBroken) as told:
        restore(copy, tmp_path / "new", DECIDERS, laws)
    assert "核验不通过" in told.value.text.zh and "examination" in told.value.text.en
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new*"))


@pytest.mark.skipif(os.name == "nt", reason="there a process is not killed by signals")
@pytest.mark.parametrize("batches", [0, 3])
def test_from_a_stick_on_which_the_last_batch_was_cut_short_the_record_is_restored_to_the_one_before(
    folder: Path, stick: Path, tmp_path: Path, batches: int
) -> None:
    command = [sys.executable, "-m", "tests.mirror.mirroring_for_ever", str(folder), str(stick / "copy"), str(batches)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (stick / "copy" / "ledger.db-journal").stat().st_size > 0, "it was killed in the middle of writing"
    if not batches:
        with pytest.raises(MirrorEmpty):  # not one act is on it
            restore(stick / "copy", tmp_path / "new", DECIDERS, laws)
        return
    found = restore(stick / "copy", tmp_path / "new", DECIDERS, laws)
    assert found.size >= batches and examined(tmp_path / "new").exit_code == 0


def test_a_restore_that_was_cut_short_leaves_nothing_that_could_be_taken_for_a_record_and_the_next_one_succeeds(
    copy: Path, tmp_path: Path
) -> None:
    (tmp_path / ".new.restoring").mkdir()  # as a kill leaves it
    shutil.copy2(copy / "ledger.db", tmp_path / ".new.restoring")
    assert look(tmp_path / "new") is None
    assert restore(copy, tmp_path / "new", DECIDERS, laws).size == 2
    assert not (tmp_path / ".new.restoring").exists()


@pytest.fixture
def rehearsed(undisturbed: Undisturbed, tmp_path: Path) -> Path:
    """A second copy of a whole small session."""
    with Mirror(undisturbed.folder, tmp_path / "copy"):
        pass
    return tmp_path / "copy"


def test_the_command_says_where_the_record_ends_and_what_to_do_next(
    rehearsed: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    assert yishi("verify", "--data", rehearsed).code == 0, "a copy can be examined as it is"
    told = yishi("restore", rehearsed, "--data", tmp_path / "new")
    assert told.code == 0, told.said
    head = json.loads(yishi("verify", "--data", undisturbed.folder, "--json").out)
    assert head["head"] in told.out and f"第 {head['events']} 条" in told.out and "演练" in told.out
    assert yishi("report", "--data", tmp_path / "new").out == yishi("report", "--data", undisturbed.folder).out
    with pytest.raises(RehearsalFolder):
        DataFolder.open(tmp_path / "new", "real")


def test_the_command_tells_programs_the_same(rehearsed: Path, tmp_path: Path) -> None:
    told = json.loads(yishi("restore", rehearsed, "--data", tmp_path / "new", "--json").out)
    assert told["purpose"] == "rehearsal" and len(told["head"]) == 64 and told["size"] > 0


def test_the_command_tells_what_stands_in_the_way_in_both_languages(
    rehearsed: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    refused("restore", undisturbed.folder, "--data", tmp_path / "new", zh="不是第二份副本", en="not a second copy")
    refused("restore", tmp_path / "no", "--data", tmp_path / "new", zh="这个文件或目录", en="no file or folder")
    refused("restore", rehearsed, "--data", undisturbed.folder, zh="已有文件", en="not empty")
    altered(rehearsed)
    refused("restore", rehearsed, "--data", tmp_path / "new", zh="核验不通过", en="does not pass")
