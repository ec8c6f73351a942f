"""The second copy is the record itself, a moment later; whatever befalls it, the session goes on."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog.testing

from tests.ledger.kinds import copied as copy_of
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring, sit
from tests.mirror.copies import alike, bytes_in, examined, listening, until, until_it_has
from yishi.folder import DataFolder, MirrorFolder
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.vault import Vault
from yishi.mirror import Mirror
from yishi.mirror.rows import Batch, Rows
from yishi.mirror.troubles import (
    MirrorAhead,
    MirrorDamaged,
    MirrorInside,
    MirrorIsDataFolder,
    MirrorNewer,
    MirrorOfAnother,
    MirrorOfOtherKind,
    MirrorParted,
    MirrorPlaceWrong,
)

ROOT = Path(__file__).resolve().parents[2]


def test_after_every_act_the_copy_holds_the_same_bytes_and_verifies(ledger: Ledger, folder: Path, stick: Path) -> None:
    with listening(ledger, Mirror(folder, stick / "copy")) as mirror:
        ledger.record_now(bring("a", 3))
        until_it_has(mirror, 1)
        assert alike(folder, stick / "copy")
        ledger.record_now(sit("b", "d1"))
        ledger.record_now(sit("c", "d1", seated=False))
        ledger.record_now(bring("too many", 900))  # refused, and kept among the refused attempts
        standing = until_it_has(mirror, 4)
        assert alike(folder, stick / "copy")
        assert standing.head == ledger.head()
        found = examined(stick / "copy")
        assert found.exit_code == 0 and found.head == ledger.head().root, found.failures


def test_an_answer_that_added_nothing_goes_along_with_the_next_act(ledger: Ledger, folder: Path, stick: Path) -> None:
    with listening(ledger, Mirror(folder, stick / "copy")) as mirror:
        ledger.record_now(sit("a", "d1"))
        until_it_has(mirror, 1)
        assert ledger.record_now(sit("again", "d1")).outcome == "recorded"
        ledger.record_now(sit("b", "d2"))
        until_it_has(mirror, 2)
    assert alike(folder, stick / "copy")


def test_a_long_record_is_brought_in_batches_and_ends_the_same(ledger: Ledger, folder: Path, stick: Path) -> None:
    for n in range(25):
        ledger.record_now(bring(f"{n}", 1, times=2))
    heads = []

    class Noting(Rows):
        def __init__(self, source: Path, target: Path) -> None:
            super().__init__(source, target, at_once=7)

        def _add(self, copy: sqlite3.Connection, batch: Batch) -> None:
            super()._add(copy, batch)
            heads.append(batch.head.size)

    with Mirror(folder, stick / "copy", rows=Noting) as mirror:
        until_it_has(mirror, 50)
    assert len(heads) > 5 and all(size % 2 == 0 for size in heads), "each batch ends where an act ends"
    assert alike(folder, stick / "copy")


def test_evidence_editions_templates_and_keys_go_along_and_evidence_is_there_before_the_act_that_names_it(
    ledger: Ledger, folder: Path, stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "计票单.pdf").write_bytes(b"signed")
    (folder / "law").mkdir()
    (folder / "law" / "e.json").write_bytes(b"{}")
    (folder / "templates" / "通知").mkdir(parents=True)
    (folder / "templates" / "通知" / "a.docx").write_bytes(b"docx")
    kept = EvidenceStore(folder).keep(tmp_path / "计票单.pdf")
    there_first = []

    class Looking(Rows):
        def _add(self, copy: sqlite3.Connection, batch: Batch) -> None:
            there_first.append(not EvidenceStore(stick / "copy").missing(kept.sha256))
            super()._add(copy, batch)

    vault = Vault(folder)
    sealed = vault.seal("D001", "张三")
    with listening(ledger, Mirror(folder, stick / "copy", rows=Looking)) as mirror:
        ledger.record_now(bring("a", evidence=(kept,)))
        until_it_has(mirror, 1)
        assert there_first and all(there_first)
        for name in ("law/e.json", "templates/通知/a.docx", f"evidence/{kept.sha256}"):
            assert (stick / "copy" / name).read_bytes() == (folder / name).read_bytes()
        there = Vault(stick / "copy")
        assert there.open("D001", sealed) == "张三"
        there.close()
        assert examined(stick / "copy").exit_code == 0
        vault.forget("D001")
        ledger.record_now(bring("b"))
        until_it_has(mirror, 2)
        there = Vault(stick / "copy")
        assert there.open("D001", sealed) is None, "a key destroyed here is destroyed there"
        there.close()
    vault.close()


@pytest.mark.skipif(os.name != "posix", reason="there rights come from the folder above")
def test_what_is_copied_is_its_owners_alone_the_keys_above_all(ledger: Ledger, folder: Path, stick: Path) -> None:
    vault = Vault(folder)
    vault.seal("D001", "张三")
    (folder / "law").mkdir()
    (folder / "law" / "e.json").write_bytes(b"{}")
    before = os.umask(0o022)
    try:
        with listening(ledger, Mirror(folder, stick / "copy")) as mirror:
            ledger.record_now(bring("a"))
            until_it_has(mirror, 1)
    finally:
        os.umask(before)
    vault.close()
    copied = [stick / "copy", *(stick / "copy").rglob("*")]
    assert {"keys.db", "ledger.db", "e.json", "yishi.json"} <= {path.name for path in copied}
    assert [path for path in copied if path.stat().st_mode & 0o077] == []


def test_a_slow_stick_delays_no_act_falls_behind_and_catches_up(ledger: Ledger, folder: Path, stick: Path) -> None:
    gate, held = threading.Event(), threading.Event()

    class Slow(Rows):
        def _add(self, copy: sqlite3.Connection, batch: Batch) -> None:
            if batch.events:
                held.set()
                assert gate.wait(60)
            super()._add(copy, batch)

    with listening(ledger, Mirror(folder, stick / "copy", rows=Slow)) as mirror:
        for n in range(20):
            assert ledger.record_now(bring(f"{n}")).outcome == "recorded"
        assert held.wait(60)
        assert mirror.standing.head is None or mirror.standing.head.size == 0, "not one is there yet; all were answered"
        gate.set()
        until_it_has(mirror, 20)
    assert alike(folder, stick / "copy")


def test_a_stick_pulled_out_is_told_once_and_put_back_it_catches_up(
    ledger: Ledger, folder: Path, stick: Path, tmp_path: Path
) -> None:
    with (
        structlog.testing.capture_logs() as logs,
        listening(ledger, Mirror(folder, stick / "copy", retry_seconds=0.01)) as mirror,
    ):
        ledger.record_now(bring("a"))
        until_it_has(mirror, 1)
        stick.rename(tmp_path / "in a pocket")
        for n in range(5):
            assert ledger.record_now(bring(f"{n}")).outcome == "recorded"
        standing = until(mirror, "waiting")
        assert standing.trouble is not None
        assert "插回" in standing.trouble.zh and "put it back" in standing.trouble.en
        assert standing.head is not None and standing.head.size == 1, "what it is known to hold"
        assert not stick.exists(), "no copy is begun in its place"
        (tmp_path / "in a pocket").rename(stick)
        until_it_has(mirror, 6)
    assert [log["event"] for log in logs if log["event"].startswith("mirror")] == ["mirror-waits", "mirror-goes-on"]
    assert alike(folder, stick / "copy")


def test_the_place_a_stick_was_mounted_on_is_not_taken_for_the_stick(
    ledger: Ledger, folder: Path, true_stick: Path
) -> None:
    with listening(ledger, Mirror(folder, true_stick / "copy", retry_seconds=0.01)) as mirror:
        ledger.record_now(bring("a"))
        assert not until_it_has(mirror, 1).same_disk
        subprocess.run(["umount", str(true_stick)], check=True)  # nothing of ours keeps it busy
        ledger.record_now(bring("b"))
        until(mirror, "waiting")
        assert list(true_stick.iterdir()) == []


def test_a_full_stick_is_told_and_goes_on_when_there_is_room(ledger: Ledger, folder: Path, true_stick: Path) -> None:
    with listening(ledger, Mirror(folder, true_stick / "copy", retry_seconds=0.01)) as mirror:
        ledger.record_now(bring("a"))
        until_it_has(mirror, 1)
        with (true_stick / "photos").open("wb", buffering=0) as filling, pytest.raises(OSError):
            while filling.write(b"x" * 512):
                pass
        for n in range(8):
            ledger.record_now(bring(f"{n}", note="长" * 4000))
        standing = until(mirror, "waiting")
        assert standing.trouble is not None and "已满" in standing.trouble.zh and "full" in standing.trouble.en
        (true_stick / "photos").unlink()
        until_it_has(mirror, 9)
    assert alike(folder, true_stick / "copy")
    assert examined(true_stick / "copy").exit_code == 0


def test_a_stick_that_is_write_protected_is_told_and_goes_on_when_it_is_not(
    ledger: Ledger, folder: Path, true_stick: Path
) -> None:
    with listening(ledger, Mirror(folder, true_stick / "copy", retry_seconds=0.01)) as mirror:
        ledger.record_now(bring("a"))
        until_it_has(mirror, 1)
        subprocess.run(["mount", "-o", "remount,ro", str(true_stick)], check=True)
        ledger.record_now(bring("b"))
        standing = until(mirror, "waiting")
        assert standing.trouble is not None and "只读" in standing.trouble.zh and "read-only" in standing.trouble.en
        subprocess.run(["mount", "-o", "remount,rw", str(true_stick)], check=True)
        until_it_has(mirror, 2)


def test_a_second_start_goes_on_with_the_copy_of_the_first(ledger: Ledger, folder: Path, stick: Path) -> None:
    with Mirror(folder, stick / "copy"):
        pass
    ledger.record_now(bring("a"))
    with Mirror(folder, stick / "copy") as mirror:
        until_it_has(mirror, 1)
    ledger.record_now(bring("b"))
    with Mirror(folder, stick / "copy") as mirror:
        until_it_has(mirror, 2)
    assert alike(folder, stick / "copy")


def test_nobody_works_in_a_second_copy_by_mistake(ledger: Ledger, folder: Path, stick: Path) -> None:
    with Mirror(folder, stick / "copy"):
        pass
    with pytest.raises(MirrorFolder) as told:
        DataFolder.open(stick / "copy", "real")
    assert "yishi restore" in told.value.text.zh and "yishi restore" in told.value.text.en


def other_record(folder: Path, *acts: str, rehearsal: bool = False) -> None:
    DataFolder.open(folder, "rehearsal" if rehearsal else "real").close()
    with_keys(folder, "D009")
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE, rehearsal=rehearsal) as other:
        for act in acts:
            other.record_now(bring(act))


def with_keys(folder: Path, person: str) -> None:
    vault = Vault(folder)
    vault.seal(person, "某人")
    vault.close()


def mirrored(folder: Path, copy: Path) -> Path:
    with Mirror(folder, copy):
        pass
    return copy


def of_another(ledger: Ledger, place: Path) -> Path:
    other_record(place / "other", "x")
    return mirrored(place / "other", place / "copy")


def of_a_rehearsal(ledger: Ledger, place: Path) -> Path:
    other_record(place / "other", rehearsal=True)
    return mirrored(place / "other", place / "copy")


def gone_on(ledger: Ledger, place: Path, *acts: str) -> Path:
    """A copy of this very record, on which somebody has worked elsewhere."""
    copy_of(ledger.folder, place / "elsewhere", "*.lock", "*-shm")
    other_record(place / "elsewhere", *acts)
    return mirrored(place / "elsewhere", place / "copy")


def ahead(ledger: Ledger, place: Path) -> Path:
    return gone_on(ledger, place, "elsewhere")


def parted(ledger: Ledger, place: Path) -> Path:
    copy = gone_on(ledger, place, "elsewhere")
    ledger.record_now(bring("here"))
    ledger.record_now(bring("here too"))
    return copy


def a_data_folder(ledger: Ledger, place: Path) -> Path:
    other_record(place / "other", "x")
    return place / "other"


def somebodys_files(ledger: Ledger, place: Path) -> Path:
    (place / "copy").mkdir()
    (place / "copy" / "照片.jpg").write_bytes(b"x")
    return place / "copy"


def newer(ledger: Ledger, place: Path) -> Path:
    copy = mirrored(ledger.folder, place / "copy")
    with sqlite3.connect(copy / "ledger.db") as db:
        db.execute("PRAGMA user_version = 99")
    return copy


def damaged(ledger: Ledger, place: Path) -> Path:
    copy = mirrored(ledger.folder, place / "copy")
    with sqlite3.connect(copy / "ledger.db") as db:
        db.execute("DROP TRIGGER stored_events_no_update")
        db.execute("UPDATE stored_events SET state = replace(state, '1', '2') WHERE position = 2")
    return copy


def not_a_database(ledger: Ledger, place: Path) -> Path:
    copy = mirrored(ledger.folder, place / "copy")
    (copy / "ledger.db").write_bytes(b"\x00\xff" * 4096)
    return copy


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (of_another, MirrorOfAnother),
        (of_a_rehearsal, MirrorOfOtherKind),
        (ahead, MirrorAhead),
        (parted, MirrorParted),
        (a_data_folder, MirrorIsDataFolder),
        (somebodys_files, MirrorPlaceWrong),
        (newer, MirrorNewer),
        (damaged, MirrorDamaged),
        (not_a_database, MirrorDamaged),
    ],
)
def test_a_place_that_is_not_for_this_record_is_refused_in_a_sentence_and_nothing_there_is_touched(
    ledger: Ledger, folder: Path, stick: Path, made: Callable[[Ledger, Path], Path], kind: type[Exception]
) -> None:
    for act in ("a", "b"):
        ledger.record_now(bring(act, 1))
    with_keys(folder, "D001")
    copy = made(ledger, stick)
    before = bytes_in(copy)
    with pytest.raises(kind) as told:
        Mirror(folder, copy).start()
    assert bytes_in(copy) == before
    assert str(copy) in str(told.value)
    assert ledger.record_now(bring("the session goes on")).outcome == "recorded"


def test_where_two_records_parted_is_told_by_its_entry(ledger: Ledger, folder: Path, stick: Path) -> None:
    for act in ("a", "b"):
        ledger.record_now(bring(act))
    with pytest.raises(MirrorParted) as told:
        Mirror(folder, parted(ledger, stick)).start()
    assert "第 3 条" in told.value.text.zh and "entry 3" in told.value.text.en


def test_a_copy_inside_its_own_data_folder_is_refused(ledger: Ledger, folder: Path) -> None:
    for place in (folder, folder / "copy"):
        with pytest.raises(MirrorInside):
            Mirror(folder, place).start()
    assert not (folder / "copy").exists()


def test_another_stick_put_in_during_the_session_is_refused_and_the_right_one_goes_on(
    ledger: Ledger, folder: Path, stick: Path, tmp_path: Path
) -> None:
    with listening(ledger, Mirror(folder, stick / "copy", retry_seconds=0.01)) as mirror:
        ledger.record_now(bring("a"))
        until_it_has(mirror, 1)
        stick.rename(tmp_path / "right")
        stick.mkdir()
        before = bytes_in(of_another(ledger, stick))
        ledger.record_now(bring("b"))
        until(mirror, "refused")
        assert bytes_in(stick / "copy") == before
        stick.rename(tmp_path / "wrong")
        (tmp_path / "right").rename(stick)
        until_it_has(mirror, 2)


@pytest.mark.skipif(os.name == "nt", reason="there a process is not killed by signals")
def test_killed_again_and_again_the_copy_opens_and_verifies_at_an_earlier_head(folder: Path, stick: Path) -> None:
    """Also in the middle of a transaction on the copy: its journal then rolls it back."""
    reached = 0
    for spilling in ("0", "1", "2", "5"):
        command = [sys.executable, "-m", "tests.mirror.mirroring_for_ever", str(folder), str(stick / "copy"), spilling]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        shutil.copytree(stick / "copy", stick / f"as it was {spilling}")
        with sqlite3.connect(stick / "copy" / "ledger.db") as db:
            db.execute("BEGIN IMMEDIATE")  # a hot journal is rolled back here
            db.execute("COMMIT")
        found = examined(stick / "copy")
        assert found.exit_code in (0, 2), found.failures
        assert found.events >= reached
        reached = found.events
    assert reached > 0
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger, Mirror(folder, stick / "copy") as mirror:
        until_it_has(mirror, ledger.head().size)
    assert alike(folder, stick / "copy")
