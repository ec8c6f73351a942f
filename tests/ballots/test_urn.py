"""The file in which sealed ballots lie while a box is open."""

import os
import random
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from yishi.ballots.casting import Casting
from yishi.ballots.urn import Cast, Put, SqliteUrn


def cast(n: int, sealed: bytes = b"") -> Cast:
    return Cast(random.Random(n).randbytes(32), sealed or random.Random(n + 10_000).randbytes(1200))


@pytest.fixture
def urn(tmp_path: Path) -> SqliteUrn:
    return SqliteUrn(tmp_path / "b.open", {"check": b"c"})


def test_a_ballot_sent_again_is_there_once_and_another_of_the_same_token_is_not_taken(urn: SqliteUrn):
    first = cast(1)

    assert urn.put([first, first]) == [Put.TAKEN, Put.TAKEN]
    assert urn.put([Cast(first.token_hash, b"other"), first]) == [Put.OTHER, Put.TAKEN]
    assert urn.ballots() == [first.sealed]


def test_a_copy_of_a_sealed_ballot_under_another_token_is_not_taken(urn: SqliteUrn):
    urn.put([cast(1)])

    assert urn.put([Cast(b"t" * 32, cast(1).sealed)]) == [Put.COPY]
    assert urn.count() == 1


def test_a_box_that_is_shut_takes_no_more_also_after_a_restart_and_still_knows_what_it_has(tmp_path: Path):
    urn = SqliteUrn(tmp_path / "b.open", {"check": b"c"})
    urn.put([cast(1)])
    urn.shut()
    urn.close()
    again = SqliteUrn(tmp_path / "b.open")

    assert again.put([cast(2), cast(1)]) == [Put.SHUT, Put.TAKEN]
    again.unshut()
    assert again.put([cast(2)]) == [Put.TAKEN]
    assert again.about()["check"] == b"c"


def test_an_urn_that_was_never_made_is_not_made_by_looking_for_it(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        SqliteUrn(tmp_path / "b.open")
    assert list(tmp_path.iterdir()) == []


def test_in_whatever_order_ballots_come_what_is_read_from_the_box_is_the_same(tmp_path: Path):
    seen = set()
    for turn in range(5):
        urn = SqliteUrn(tmp_path / f"{turn}.open", {})
        casts = [cast(n) for n in range(40)]
        random.Random(turn).shuffle(casts)
        for at in range(0, 40, 7):
            urn.put(casts[at : at + 7])
        seen.add(tuple(urn.ballots()))

    assert len(seen) == 1


def test_a_group_is_answered_in_the_order_in_which_it_was_asked(urn: SqliteUrn):
    casts = [cast(n) for n in (5, 3, 9)]
    urn.put([casts[1]])

    assert urn.put([casts[0], Cast(casts[1].token_hash, b"other"), casts[2]]) == [Put.TAKEN, Put.OTHER, Put.TAKEN]


def test_what_was_in_a_box_is_gone_from_the_disk_when_it_is_destroyed(tmp_path: Path):
    urn = SqliteUrn(tmp_path / "b.open", {})
    urn.put([cast(n) for n in range(100)])
    held = os.open(tmp_path / "b.open", os.O_RDONLY)  # as one who kept the file open would see it
    urn.destroy()

    assert list(tmp_path.iterdir()) == []
    assert not os.read(held, 1 << 24).strip(b"\0")
    os.close(held)


def test_nothing_in_the_file_is_a_number_of_arrival_or_a_time(urn: SqliteUrn, tmp_path: Path):
    urn.put([cast(1)])
    with sqlite3.connect(tmp_path / "b.open") as db:
        tables = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type='table'"))
    assert sorted(tables) == ["about", "ballots", "tokens"]
    assert all("WITHOUT ROWID" in sql and "AUTOINCREMENT" not in sql for sql in tables.values())
    assert not list(tmp_path.glob("*-wal"))


def test_two_hundred_threads_with_one_token_leave_one_ballot(urn: SqliteUrn):
    casting = Casting()
    with ThreadPoolExecutor(50) as pool:
        token = cast(1).token_hash
        futures = list(pool.map(lambda n: casting.put(urn, Cast(token, cast(n).sealed)), range(200)))
        told = [future.result() for future in futures]
    casting.close()

    assert (told.count(Put.TAKEN), told.count(Put.OTHER)) == (1, 199)
    assert urn.count() == 1


def test_when_the_disk_fails_everybody_in_the_group_hears_of_it_and_the_next_group_is_taken(urn: SqliteUrn):
    class Failing(SqliteUrn):
        def __init__(self) -> None:
            self.failed = False

        def put(self, casts: Sequence[Cast]) -> list[Put]:
            if not self.failed:
                self.failed = True
                raise sqlite3.OperationalError("disk I/O error")
            return urn.put(casts)

    casting, failing = Casting(), Failing()
    with pytest.raises(sqlite3.OperationalError):
        casting.put(failing, cast(1)).result()
    assert casting.put(failing, cast(1)).result() is Put.TAKEN
    casting.close()
    with pytest.raises(RuntimeError):
        casting.put(urn, cast(2))
