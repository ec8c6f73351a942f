"""Names are sealed under a key per person; files of evidence are kept by their digest."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from yishi.ledger.errors import EvidenceTooLarge, NoSuchFile
from yishi.ledger.evidence import EvidenceStore
from yishi.ledger.vault import Vault

NAMES = ["张喆", "䶮", "古丽巴哈尔·买买提", "𠮷田", "阿卜杜" * 13 + "王", ""]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    opened = Vault(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_as_it_was(vault: Vault, name: str) -> None:
    assert vault.open("d001", vault.seal("d001", name)) == name


def test_the_same_name_of_the_same_person_seals_to_the_same_text_also_after_reopening(tmp_path: Path) -> None:
    first, second = Vault(tmp_path), Vault(tmp_path)
    sealed = first.seal("d001", "张喆")
    assert first.seal("d001", "张喆") == second.seal("d001", "张喆") == sealed
    assert first.seal("d002", "张喆") != sealed  # two people of one name cannot be told to share it


def test_one_persons_name_cannot_be_passed_off_as_anothers(vault: Vault) -> None:
    sealed = vault.seal("d001", "张喆")
    vault.seal("d002", "李䶮")
    assert vault.open("d002", sealed) is None


def test_whoever_is_forgotten_cannot_be_opened_and_neither_key_nor_name_is_left_in_any_file(
    vault: Vault, tmp_path: Path
) -> None:
    sealed = vault.seal_all({f"d{n:03}": f"张喆{n}" for n in range(200)})
    with sqlite3.connect(tmp_path / "keys.db") as db:
        (key,) = db.execute("SELECT key FROM keys WHERE person='d007'").fetchone()
    db.close()
    assert any(key in file.read_bytes() for file in tmp_path.iterdir())
    assert vault.forget("d007") is True
    assert vault.open("d007", sealed["d007"]) is None
    assert vault.open("d008", sealed["d008"]) == "张喆8"
    for file in tmp_path.rglob("*"):
        assert key not in file.read_bytes() and key[:16] not in file.read_bytes()
        assert "张喆".encode() not in file.read_bytes()
    assert vault.forget("d007") is False and "d007" not in vault.persons()


def test_a_person_who_returns_gets_a_new_key_which_does_not_open_the_old(vault: Vault) -> None:
    old = vault.seal("d001", "张喆")
    vault.forget("d001")
    new = vault.seal("d001", "张喆")
    assert new != old and vault.open("d001", old) is None and vault.open("d001", new) == "张喆"


def test_three_thousand_deputies_wait_for_the_disk_once(vault: Vault) -> None:
    roll = {f"d{n:04}": f"代表{n}" for n in range(3000)}
    asked = list[str]()
    vault._db.set_trace_callback(asked.append)
    sealed = vault.seal_all(roll)
    vault._db.set_trace_callback(None)
    assert asked.count("COMMIT") == 1 and sum(each.startswith("INSERT") for each in asked) == 3000
    assert vault.seal_all(roll) == sealed


def test_what_was_never_sealed_is_refused(vault: Vault) -> None:
    vault.seal("d001", "张喆")
    with pytest.raises(ValueError):
        vault.open("d001", "not base64!")


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path, limit=1000)


def test_a_file_is_kept_under_its_digest_once_however_often(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "计票单.pdf").write_bytes(b"61")
    kept = store.keep(tmp_path / "计票单.pdf")
    assert (kept.sha256, kept.title, kept.size) == (hashlib.sha256(b"61").hexdigest(), "计票单.pdf", 2)
    assert store.keep(tmp_path / "计票单.pdf", title="签字计票单").sha256 == kept.sha256
    assert [f.name for f in (tmp_path / "evidence").iterdir()] == [kept.sha256]
    assert not store.missing(kept.sha256) and not store.altered(kept.sha256)


def test_an_altered_file_and_a_missing_one_are_told_apart(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"61")
    kept = store.keep(tmp_path / "a")
    store.path(kept.sha256).write_bytes(b"62")
    assert store.altered(kept.sha256) and not store.missing(kept.sha256)
    store.path(kept.sha256).unlink()
    assert store.missing(kept.sha256) and not store.altered(kept.sha256)


def test_exactly_the_limit_is_kept_and_one_byte_more_is_not(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert store.keep(tmp_path / "a").size == 1000
    (tmp_path / "a").write_bytes(b"x" * 1001)
    with pytest.raises(EvidenceTooLarge, match="1001"):
        store.keep(tmp_path / "a")
    assert len(list((tmp_path / "evidence").iterdir())) == 1
    with pytest.raises(NoSuchFile):
        store.keep(tmp_path / "b")
