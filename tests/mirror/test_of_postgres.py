"""The second copy of a record in PostgreSQL is a file of SQLite: whole in itself, verified alone, and the same to the byte."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.ledger import postgres
from tests.ledger.kinds import KINDS, rows, tables
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring, sit, stored
from tests.mirror.copies import listening, until, until_it_has
from yishi.folder import DataFolder
from yishi.ledger.errors import AnotherLedger, LedgerInUse
from yishi.ledger.ledger import Ledger
from yishi.ledger.place import pointed
from yishi.ledger.postgres.address import Address
from yishi.ledger.postgres.migrating import migrate
from yishi.ledger.postgres.moving import ASIDE, move_in
from yishi.ledger.reader import LedgerReader
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify
from yishi.mirror import Mirror, restore


@pytest.fixture
def folder(folder: Path) -> Path:
    return postgres.folder_in_postgres(folder)


def some_acts(ledger: Ledger) -> None:
    for n in range(5):
        ledger.record_now(bring(f"{n}", n, times=2))
        ledger.record_now(sit(f"in-{n}", f"d{n}"))
    ledger.record_now(sit("again", "d1"))
    ledger.record_now(bring("too many", 999))


def test_the_copy_has_every_row_and_is_restored_to_a_folder_that_needs_no_database(
    ledger: Ledger, folder: Path, stick: Path, tmp_path: Path
) -> None:
    with listening(ledger, Mirror(folder, stick / "copy")) as mirror:
        some_acts(ledger)
        until_it_has(mirror, ledger.head().size)
        until(mirror, "current")
    copied, kept = tables(KINDS["sqlite"], stick / "copy"), tables(KINDS["postgres"], folder)
    assert copied == kept
    assert not (stick / "copy" / "ledger.url").exists(), "a copy must not point back to the database"
    restored = restore(stick / "copy", tmp_path / "new", DECIDERS, lambda _: ToyLaws())
    assert (restored.size, restored.head) == (ledger.head().size, ledger.head().root)


def test_while_the_database_is_away_the_copy_waits_and_says_so(ledger: Ledger, folder: Path, stick: Path) -> None:
    address = Address.of(postgres.pointer_of(folder).address)
    with listening(ledger, Mirror(folder, stick / "copy", retry_seconds=0.01)) as mirror:
        ledger.record_now(bring("a"))
        until_it_has(mirror, 1)
        until(mirror, "current")
        mirror._rows.close()
        with psycopg.connect(Address.of(postgres.address(address.schema)).url) as db:
            db.execute(f"ALTER TABLE {address.schema}.migrations RENAME TO gone")  # as if it were another database
            db.commit()
            mirror.wake()
            trouble = until(mirror, "waiting").trouble
            assert trouble is not None and "数据库恢复后" in trouble.zh
            db.execute(f"ALTER TABLE {address.schema}.gone RENAME TO migrations")
        until(mirror, "current")


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[Path]:
    """A folder whose record is in a file."""
    with DataFolder.open(KINDS["sqlite"].made(tmp_path / "file"), "real") as opened:
        with Ledger(opened.path, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
            some_acts(ledger)
        yield opened.path


@pytest.fixture
def empty(postgres_place: None) -> tuple[Address, str]:
    """A database that was migrated and holds nothing: as its owner, and as who works with it."""
    schema = postgres.new_schema()
    owner = Address.of(postgres.address(schema))
    migrate(owner, "tests", (postgres.RUNTIME_ROLE,))
    return owner, postgres.address(schema, postgres.RUNTIME_ROLE)


def test_a_record_moved_into_the_database_is_the_same_to_the_byte_and_goes_on_there(
    in_a_file: Path, empty: tuple[Address, str]
) -> None:
    before = tables(KINDS["sqlite"], in_a_file)
    moved = move_in(in_a_file, *empty)
    assert tables(KINDS["postgres"], in_a_file) == before
    assert (moved.aside.name, (in_a_file / "ledger.db").exists()) == (ASIDE, False)
    assert verify(in_a_file, DECIDERS, ToyLaws()).head == moved.head
    with Ledger(in_a_file, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
        assert stored(ledger.record_now(bring("next", 1))).size == moved.size + 1
        assert stored(ledger.record_now(bring("0", 0, times=2))).events[0].position == 1
    assert verify(in_a_file, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def test_a_move_cut_short_goes_on_and_never_copies_twice(in_a_file: Path, empty: tuple[Address, str]) -> None:
    kept = in_a_file.parent / "as it was"
    shutil.copytree(in_a_file, kept)
    moved = move_in(in_a_file, *empty)
    shutil.copy2(kept / "ledger.db", in_a_file / "ledger.db")  # killed before the file was put aside
    assert move_in(in_a_file, *empty) == moved
    (in_a_file / "ledger.url").unlink()  # killed before the folder knew
    shutil.copy2(kept / "ledger.db", in_a_file / "ledger.db")
    assert move_in(in_a_file, *empty) == moved
    assert verify(in_a_file, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED
    assert len(rows(KINDS["postgres"], in_a_file, "SELECT * FROM stored_events")) == moved.size


def test_a_record_is_not_moved_over_another_nor_while_somebody_writes(
    in_a_file: Path, ledger: Ledger, folder: Path
) -> None:
    ledger.record_now(bring("a"))
    worker = postgres.pointer_of(folder).address
    owner = Address.of(postgres.address(Address.of(worker).schema))
    with pytest.raises(AnotherLedger):
        move_in(in_a_file, owner, worker)
    with Ledger(in_a_file, DECIDERS, ToyLaws()), pytest.raises(LedgerInUse):
        move_in(in_a_file, owner, worker)
    assert pointed(in_a_file) is None
    with closing(LedgerReader(in_a_file)) as reader:
        assert reader.head().size == 16
