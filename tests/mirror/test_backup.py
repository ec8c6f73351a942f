"""A backup is one file: whole, examined and read back or not there; what was cut, altered or is no backup is never restored."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.cli.shell import ROOT, refused, yishi
from tests.engine.apart import until
from tests.ledger import postgres
from tests.ledger.kinds import KINDS, tables
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring, sit
from tests.mirror.copies import alike, bytes_in, examined
from yishi.folder import look
from yishi.hooks.store import HookStore
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.ledger import Ledger
from yishi.ledger.postgres.address import Address
from yishi.ledger.vault import Vault
from yishi.mirror import back_up, restore
from yishi.mirror.archive import LIST, BackupDamaged, BackupNewer, NotABackup, read_back
from yishi.mirror.backing_up import BackedUp, BackupInside, BackupThere, NothingToBackUp, RecordNotWhole, _boxes
from yishi.mirror.files import Files
from yishi.mirror.restoring import FolderTaken

POSIX = pytest.mark.skipif(os.name == "nt", reason="there a process is not killed by signals")


def laws(folder: Path) -> ToyLaws:
    return ToyLaws()


def some_acts(ledger: Ledger, folder: Path, paper: Path) -> None:
    """Acts, one with a paper behind it, one by a person with a key; tokens, an edition and a template beside them."""
    paper.write_bytes(b"signed" * 1000)
    kept = EvidenceStore(folder).keep(paper)
    vault = Vault(folder)
    vault.seal("D001", "张三")
    vault.close()
    for name in ("token.json", "tokens.json", "mail.toml"):
        (folder / name).write_text(f"# {name}", encoding="utf-8")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "纪要.docx").write_bytes(b"docx")
    ledger.record_now(bring("a", evidence=(kept,)))
    ledger.record_now(sit("b", "D001"))
    for n in range(40):
        ledger.record_now(bring(f"n{n}", stream=f"yuanhua/17-9/toy/{n}", note="条" * 500))


@pytest.fixture
def worked(ledger: Ledger, folder: Path, tmp_path: Path) -> Path:
    some_acts(ledger, folder, tmp_path / "计票单.pdf")
    return folder


@pytest.fixture
def backup(worked: Path, tmp_path: Path) -> Path:
    back_up(worked, tmp_path / "卷" / "b.zip", DECIDERS, laws)
    return tmp_path / "卷" / "b.zip"


def test_what_is_restored_from_it_is_all_that_was_there_while_the_engine_goes_on(
    ledger: Ledger, worked: Path, tmp_path: Path
) -> None:
    before = bytes_in(worked)
    made = back_up(worked, tmp_path / "b.zip", DECIDERS, laws)
    after = bytes_in(worked)
    assert [name for name in before if not name.endswith("-shm") and after[name] != before[name]] == []
    assert (made.contents.size, made.contents.head) == ledger.head()
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600 or os.name == "nt"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".b")] == []
    ledger.record_now(bring("later"))
    found = restore(made.file, tmp_path / "new", DECIDERS, laws)
    assert (found.size, found.head) == (made.contents.size, made.contents.head)
    new = tmp_path / "new"
    for name in ("token.json", "tokens.json", "mail.toml", "templates/纪要.docx"):
        assert (new / name).read_bytes() == (worked / name).read_bytes()
    vault = Vault(new)
    assert vault.persons() == {"D001"}
    vault.close()
    marker = look(new)
    assert marker is not None and (marker.purpose, marker.restored_head) == ("real", found.head)
    with Ledger(new, DECIDERS, ToyLaws(), clock=lambda: NINE) as on:
        on.record_now(bring("later"))
        assert on.head() == ledger.head() and alike(worked, new)


def test_a_backup_of_a_record_that_grows_all_the_while_ends_where_an_act_ends(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.ledger.writing_for_ever", str(folder)]
    answered = tmp_path / "answered"  # a pipe that nobody reads would hold the writer up
    made = list[BackedUp]()

    def acts() -> int:
        return answered.read_bytes().count(b"\n")

    def has_grown(to: int) -> bool:
        return acts() >= to or writing.poll() is not None

    with answered.open("wb") as out, subprocess.Popen(command, cwd=ROOT, stdout=out) as writing:
        try:
            for n in range(2):
                until(partial(has_grown, acts() + 50))
                made.append(back_up(folder, tmp_path / f"{n}.zip", DECIDERS, laws))
        finally:
            writing.kill()
    assert 0 < made[0].contents.size < made[1].contents.size
    for each in made:
        found = restore(each.file, tmp_path / each.file.stem, DECIDERS, laws)
        assert found.size == each.contents.size and examined(tmp_path / each.file.stem).exit_code == 0


def test_webhooks_and_counted_boxes_go_on_and_no_webhook_stands_beyond_what_is_restored(
    ledger: Ledger, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, size = "yuanhua/17-9", ledger.head().size
    (worked / "ballots").mkdir()
    (worked / "ballots" / "b1.box").write_bytes(b"sealed")
    with contextlib.closing(HookStore(worked)) as store:
        store.add("wone", "https://oa.example.gov.cn/in", "whsec_one", 0)
        store.told("wone", session, 0, size - 1, NINE)
        files = Files.bring

        def meanwhile(self: Files) -> None:
            """An act is recorded and told while the copy is made."""
            files(self)
            ledger.record_now(bring("meanwhile"))
            store.told("wone", session, size - 1, ledger.head().size, NINE)

        monkeypatch.setattr(Files, "bring", meanwhile)
        made = back_up(worked, tmp_path / "b.zip", DECIDERS, laws)
    new = tmp_path / "new"
    restore(made.file, new, DECIDERS, laws)
    assert (new / "ballots" / "b1.box").read_bytes() == b"sealed"
    with contextlib.closing(HookStore(new)) as store:
        kept = store.endpoint("wone")
        assert kept is not None and (kept.url, kept.secret) == ("https://oa.example.gov.cn/in", "whsec_one")
        assert store.position("wone", session) == size - 1 and made.contents.size == size


def test_without_keys_it_opens_no_name_and_no_door(worked: Path, tmp_path: Path) -> None:
    made = back_up(worked, tmp_path / "b.zip", DECIDERS, laws, keys=False)
    assert not made.contents.keys
    assert not {"keys.db", "token.json", "tokens.json", "mail.toml"} & set(made.contents.files)
    restore(made.file, tmp_path / "new", DECIDERS, laws)
    assert not (tmp_path / "new" / "keys.db").exists()


def test_it_writes_over_nothing_not_into_the_folder_itself_and_not_of_nothing(worked: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine", encoding="utf-8")
    with pytest.raises(BackupThere):
        back_up(worked, tmp_path / "b.zip", DECIDERS, laws)
    with pytest.raises(BackupInside):
        back_up(worked, worked / "evidence" / "b.zip", DECIDERS, laws)
    with pytest.raises(NothingToBackUp):
        back_up(tmp_path / "none", tmp_path / "c.zip", DECIDERS, laws)
    assert (tmp_path / "b.zip").read_text(encoding="utf-8") == "mine" and not (tmp_path / "c.zip").exists()


def test_of_a_record_that_is_not_whole_none_is_made(worked: Path, tmp_path: Path) -> None:
    next((worked / "evidence").iterdir()).write_bytes(b"altered")
    with pytest.raises(RecordNotWhole):
        back_up(worked, tmp_path / "b.zip", DECIDERS, laws)
    assert not (tmp_path / "b.zip").exists() and not list(tmp_path.glob(".b.zip*"))


def test_cut_anywhere_or_altered_anywhere_it_is_not_restored_and_nothing_is_left(backup: Path, tmp_path: Path) -> None:
    whole, dice = backup.read_bytes(), random.Random(7)
    cuts = [0, 1, 100, len(whole) // 2, len(whole) - 1, *dice.sample(range(len(whole)), 10)]
    damaged = [whole[:cut] for cut in cuts]
    for place in dice.sample(range(len(whole)), 40):
        damaged.append(whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1 :])
    same = read_back(backup)
    for number, content in enumerate(damaged):
        backup.write_bytes(content)
        try:
            found = restore(backup, tmp_path / "new", DECIDERS, laws)
        except (BackupDamaged, NotABackup, BackupNewer):
            assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new*")), number
        else:  # a time, or another word of the ZIP's own that says nothing of what is in it
            assert (found.size, found.head) == (same.size, same.head), number
            shutil.rmtree(tmp_path / "new")


def _with(name: str, content: bytes) -> Callable[[Path], None]:
    def more(file: Path) -> None:
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, content)

    return more


def _relisted(change: Callable[[dict[str, object]], None]) -> Callable[[Path], None]:
    """The list within, changed so that it is one of ours still."""

    def changed(file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        said = json.loads(held[LIST])
        change(said)
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in held.items():
                archive.writestr(name, json.dumps(said) if name == LIST else content)

    return changed


def _renamed(said: dict[str, object]) -> None:
    files = said["files"]
    assert isinstance(files, dict)
    files["../out"] = files.pop("token.json")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda file: file.write_bytes(b""), NotABackup),
        (lambda file: file.write_bytes(b"%PDF-1.7 a count sheet"), NotABackup),
        (_relisted(lambda said: said.update(kind="other")), NotABackup),
        (_relisted(lambda said: said.update(format=99)), BackupNewer),
        (_relisted(_renamed), BackupDamaged),
        (_with("more.txt", b"not listed"), BackupDamaged),
        (_with("../outside.txt", b"climbs"), BackupDamaged),
    ],
)
def test_what_is_no_backup_of_ours_is_told_so(
    backup: Path, tmp_path: Path, wrong: Callable[[Path], None], told: type[Exception]
) -> None:
    wrong(backup)
    with pytest.raises(told):
        restore(backup, tmp_path / "new", DECIDERS, laws)
    assert not (tmp_path / "new").exists() and not (tmp_path / "outside.txt").exists()


def test_a_record_that_was_altered_and_packed_anew_with_fitting_hashes_does_not_pass_its_examination(
    backup: Path, tmp_path: Path
) -> None:
    from hashlib import sha256  # noqa: PLC0415

    with zipfile.ZipFile(backup) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    (tmp_path / "l.db").write_bytes(held["ledger.db"])
    with sqlite3.connect(tmp_path / "l.db") as db:
        db.execute("DROP TRIGGER stored_events_no_update")
        db.execute("UPDATE stored_events SET state = x'7b7d' WHERE position = 2")
    held["ledger.db"] = (tmp_path / "l.db").read_bytes()
    said = json.loads(held[LIST])
    said["files"]["ledger.db"] = {"size": len(held["ledger.db"]), "sha256": sha256(held["ledger.db"]).hexdigest()}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, json.dumps(said) if name == LIST else content)
    with pytest.raises(BackupDamaged):
        restore(backup, tmp_path / "new", DECIDERS, laws)
    assert not (tmp_path / "new").exists()


def test_it_is_restored_over_nothing(backup: Path, worked: Path) -> None:
    before = bytes_in(worked)
    with pytest.raises(FolderTaken):
        restore(backup, worked, DECIDERS, laws)
    assert bytes_in(worked) == before


def test_on_a_full_disk_it_is_told_and_nothing_is_left(
    ledger: Ledger, worked: Path, true_stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(150):
        ledger.record_now(bring(f"m{n}", stream=f"yuanhua/17-9/toy/m{n}", note="条" * 3000))
    from yishi.mirror import backing_up  # noqa: PLC0415

    monkeypatch.setattr(backing_up, "_room", lambda *_: None)  # it fills up while we write
    with pytest.raises((OSError, sqlite3.Error)):
        back_up(worked, true_stick / "b.zip", DECIDERS, laws)
    assert list(true_stick.iterdir()) == []
    monkeypatch.undo()
    refused("backup", true_stick / "b.zip", "--data", worked, zh="磁盘空间不足", en="nearly full")


@POSIX
@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.soak)])
@pytest.mark.parametrize("what", ["back-up", "restore"])
def test_killed_at_any_moment_there_is_a_whole_one_or_none_and_the_next_one_succeeds(
    what: str, kills: int, worked: Path, ledger: Ledger, backup: Path, tmp_path: Path
) -> None:
    one, made = (worked, tmp_path / "k.zip") if what == "back-up" else (backup, tmp_path / "k")
    command = [sys.executable, "-m", "tests.mirror.backing_up_once", what, str(one), str(made)]
    began = time.monotonic()
    _begun(command).wait(200)
    took, dice = time.monotonic() - began, random.Random(11)
    assert made.exists()
    for _ in range(kills):
        _gone(made)
        process = _begun(command)
        try:
            process.wait(dice.uniform(0, took))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait(60)
        if made.exists():
            assert (read_back(made).size if what == "back-up" else examined(made).events) == ledger.head().size
    _gone(made)
    (back_up if what == "back-up" else restore)(one, made, DECIDERS, laws)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(f".{made.name}")] == []


def _begun(command: list[str]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    return process


def _gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def test_a_record_in_postgresql_is_backed_up_by_our_own_connection_as_a_file_that_needs_none(
    postgres_place: None, folder: Path, tmp_path: Path
) -> None:
    kept = postgres.folder_in_postgres(folder)
    with Ledger(kept, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
        some_acts(ledger, kept, tmp_path / "计票单.pdf")
        made = back_up(kept, tmp_path / "b.zip", DECIDERS, laws)
        assert "ledger.url" not in made.contents.files, "a backup must not point back to the database"
        restored = restore(made.file, tmp_path / "new", DECIDERS, laws)
        assert (restored.size, restored.head) == ledger.head()
    assert tables(KINDS["sqlite"], tmp_path / "new") == tables(KINDS["postgres"], kept)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.leave()


def test_an_office_is_backed_up_while_it_is_served_and_goes_on_from_it_in_a_file_or_in_a_database(
    desk: Desk, postgres_place: None
) -> None:
    serving = desk.serve()
    session = desk.registered("jia")
    file = desk.place / "b.zip"
    told = desk("backup", file, "--json")
    assert told.code == 0, told.said
    made = json.loads(told.out)
    assert (made["kind"], made["keys"], made["size"]) == ("yishi-backup", True, desk.size())
    refused("backup", file, "--data", desk.folder, zh="已经存在", en="there already")
    token = json.loads((desk.place / "config" / "yishi" / "tokens.json").read_text(encoding="utf-8"))
    serving.stop()

    new = Desk(desk.place)
    new.folder = desk.place / "new"
    new.environment |= {"YISHI_FOLDER": str(new.folder), "YISHI_TOKEN": token[str(desk.folder.resolve())]}
    restored = new("restore", file, "--json")
    assert restored.code == 0 and json.loads(restored.out)["head"] == made["head"], restored.said
    try:
        new.serve()
        assert new("status", session).code == 0, "the old token opens the new door"
        assert new("verify").code == 0
    finally:
        new.leave()

    owner = postgres.address(postgres.new_schema())
    worker = postgres.address(Address.of(owner).schema, postgres.RUNTIME_ROLE)
    setting = {"YISHI_LEDGER": worker, "YISHI_LEDGER_OWNER": owner}
    into = desk.place / "in-database"
    refused("restore", file, "--data", into, "--to-database", zh="YISHI_LEDGER", en="No database")
    assert yishi("migrate", **setting).code == 0
    moved = yishi("restore", file, "--data", into, "--to-database", "--json", **setting)
    assert moved.code == 0 and json.loads(moved.out)["head"] == made["head"], moved.said
    found = json.loads(yishi("verify", "--data", into, "--json").out)
    assert (found["outcome"], found["head"]) == ("verified", made["head"])
    assert not (into / "ledger.db").exists() and (into / "ledger.url").exists()


def test_a_box_that_is_closed_while_a_backup_lists_the_boxes_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "ballots").mkdir(parents=True)
    listed = [Path("ballots") / name for name in ("closed.open", "still.open")]
    (tmp_path / "data" / "ballots" / "closed.box").write_bytes(b"ballots")
    (tmp_path / "data" / "ballots" / "still.open").write_bytes(b"ballots")
    monkeypatch.setattr("yishi.mirror.backing_up.boxes_in", lambda _: listed)
    assert _boxes(tmp_path / "data", tmp_path / "copy") == ("still",)
    assert [path.name for path in (tmp_path / "copy").rglob("*.*")] == ["closed.box"]
