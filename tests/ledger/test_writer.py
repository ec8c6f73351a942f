"""One thread writes; what waits is written together; what fails, fails alone and leaves nothing behind."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteCursor

from domain.submission import Answer, Receipt, Submission
from tests.ledger.kinds import Kind, rows
from tests.ledger.toy import CHAIRS_IN_STORE, DECIDERS, HALL, NINE, ToyLaws, bring, sit, stored, stumble, topple
from yishi.ledger.errors import CommandIdReused, LedgerFull
from yishi.ledger.ledger import Ledger, NotTogether
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify


def commits(kind: Kind, folder: Path) -> list[tuple[int, int]]:
    """First and last position of each commit."""
    found = rows(kind, folder, "SELECT first_position, last_position FROM commits ORDER BY 1")
    return [(first, last) for first, last in found]


def closed_gate(ledger: Ledger) -> threading.Event:
    """The writer stands before a gate, in a transaction of its own, until the event is set."""
    gate, standing = threading.Event(), threading.Event()

    def wait(cursor: object) -> None:
        standing.set()
        gate.wait(60)

    ledger.write(wait)
    standing.wait(60)
    return gate


def fill_the_disk(ledger: Ledger) -> None:
    """From now on the file may not grow: SQLite says SQLITE_FULL, as it does when a disk is full."""

    def limit(cursor: SQLiteCursor) -> None:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    ledger.write(limit).result()


def make_room(ledger: Ledger) -> None:
    ledger.write(lambda cursor: cursor.execute("PRAGMA max_page_count = 1000000")).result()


async def together(ledger: Ledger, *submissions: Submission) -> list[Answer | BaseException]:
    """Have all of them wait behind a closed gate, so that they come into one transaction."""
    gate = closed_gate(ledger)
    waiting = [asyncio.create_task(ledger.record(s)) for s in submissions]
    await asyncio.sleep(0)  # each task runs up to where it waits for its answer
    gate.set()
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_what_waits_is_committed_once_and_each_is_told_the_root_right_after_itself(
    ledger: Ledger, folder: Path, kind: Kind
) -> None:
    answers = [stored(a) for a in await together(ledger, *[bring(f"{n}") for n in range(20)])]
    assert [a.size for a in answers] == list(range(1, 21))
    assert len({a.head for a in answers}) == 20
    assert commits(kind, folder) == [(1, 20)]
    assert answers[-1].head == ledger.head().root
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


async def test_acts_recorded_together_are_one_commit_or_none_of_them_is_stored(
    ledger: Ledger, folder: Path, kind: Kind
) -> None:
    with pytest.raises(NotTogether) as raised:
        await ledger.record_together([bring("a", 60), bring("b", 41), bring("c", 1)])
    assert [number for number, _ in raised.value.refused] == [1]
    assert ledger.head().size == 0 and ledger.answer_of("a") is None
    answers = await ledger.record_together([bring("a", 60), bring("b", 39), bring("c", 1)])
    assert [stored(a).size for a in answers] == [1, 2, 3]
    assert commits(kind, folder) == [(1, 3)]
    assert await ledger.record_together([bring("a", 60), bring("c", 1)]) == [answers[0], answers[2]]
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


async def test_a_job_that_fails_among_others_rolls_back_alone(ledger: Ledger, folder: Path, kind: Kind) -> None:
    answers = await together(
        ledger, bring("a", 1), stumble("b"), topple("c"), bring("a", 2), bring("d", CHAIRS_IN_STORE), bring("e", 3)
    )
    assert [type(a).__name__ for a in answers] == [
        "Receipt",
        "RuntimeError",
        "ProgrammingError" if kind.name == "sqlite" else "TypeError",
        "CommandIdReused",
        "Refusal",
        "Receipt",
    ]
    assert ledger.state(HALL).chairs == 4 and ledger.head().size == 3
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def test_a_rollback_after_writing_burns_no_position_and_no_version(ledger: Ledger) -> None:
    ledger.record_now(bring("a"))
    with pytest.raises((sqlite3.ProgrammingError, TypeError)):
        ledger.record_now(topple("b"))  # its event was inserted; then its attendance could not be
    receipt = ledger.record_now(bring("c"))
    assert isinstance(receipt, Receipt)
    assert (receipt.events[0].position, receipt.events[0].version) == (2, 2)
    assert ledger.answer_of("b") is None and ledger.state(HALL).chairs == 2


def test_a_cancelled_wait_neither_stops_the_writer_nor_half_stores_the_act(ledger: Ledger) -> None:
    async def impatient() -> None:
        gate = closed_gate(ledger)
        waiting = asyncio.create_task(ledger.record(bring("a")))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        gate.set()

    asyncio.run(impatient())
    assert ledger.record_now(bring("a")).outcome == "recorded"
    assert ledger.head().size == 1


@pytest.mark.only("sqlite", why="the disk of the file is full")
def test_a_full_disk_is_told_nothing_is_half_written_and_later_acts_go_in(ledger: Ledger, folder: Path) -> None:
    ledger.record_now(bring("a"))
    fill_the_disk(ledger)
    with pytest.raises(LedgerFull, match="磁盘已满"):
        ledger.record_now(bring("b", note="椅" * 20_000))
    assert ledger.head().size == 1 and ledger.answer_of("b") is None
    make_room(ledger)
    receipt = ledger.record_now(bring("b", note="椅" * 20_000))
    assert isinstance(receipt, Receipt) and receipt.events[0].position == 2
    assert ledger.state(HALL).chairs == 2
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


@pytest.mark.only("sqlite", why="the disk of the file is full")
async def test_all_who_wrote_together_hear_of_the_full_disk(ledger: Ledger, folder: Path) -> None:
    fill_the_disk(ledger)
    answers = await together(ledger, sit("a", "d1"), bring("b", note="椅" * 20_000), sit("c", "d2"))
    assert all(isinstance(a, LedgerFull) for a in answers)
    make_room(ledger)
    assert (await ledger.record(sit("a", "d1"))).outcome == "recorded"
    assert ledger.present(HALL, "plenary-1") == {"d1"}
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill without warning is a POSIX thing")
def test_after_a_kill_mid_write_every_answered_act_is_there_and_none_is_half_there(folder: Path) -> None:
    writing = [sys.executable, "-m", "tests.ledger.writing_for_ever", str(folder)]
    with subprocess.Popen(writing, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(200)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout
    answered = re.findall(r"^answered (.*)\n", "".join(lines), re.MULTILINE)
    assert len(answered) > 100
    verification = verify(folder, DECIDERS, ToyLaws())
    assert verification.outcome is Outcome.VERIFIED, [str(f) for f in verification.failures]
    with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as reopened:
        assert all(reopened.answer_of(command_id) for command_id in answered)
        assert reopened.head().size == verification.commands * 2  # each act brings two chairs: never one alone
        assert (
            stored(reopened.record_now(bring(answered[0], stream=_stream(answered[0]), times=2))).events[0].version == 1
        )


def _stream(command_id: str) -> str:
    return f"yuanhua/17-9/toy/{command_id}"


@pytest.mark.parametrize("table", ["stored_events", "commits", "commands", "meta"])
def test_the_store_itself_refuses_to_change_or_delete_what_is_recorded(
    ledger: Ledger, folder: Path, kind: Kind, table: str
) -> None:
    ledger.record_now(bring("a"))
    column = {"stored_events": "position", "commits": "last_position", "commands": "command_id", "meta": "key"}[table]
    statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    for statement in statements if kind.name == "sqlite" else [*statements, f"TRUNCATE {table}"]:
        with pytest.raises(kind.refusal, match=r"全程记录只能增加.*ledger only grows"), kind.owner(folder) as db:
            db.execute(statement)


OVER = {"stored_events": "position", "commits": "last_position", "commands": "command_id"}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO stored_events SELECT 1, originator_id, originator_version, topic, x'00', leaf FROM stored_events",
        "INSERT OR REPLACE INTO stored_events SELECT 2, originator_id, originator_version, topic, x'00', leaf FROM stored_events",
        "INSERT INTO stored_events SELECT 9, originator_id, originator_version+1, topic, state, leaf FROM stored_events",
        "INSERT INTO stored_events SELECT 2, originator_id, originator_version+2, topic, state, leaf FROM stored_events",
        "INSERT OR REPLACE INTO commits SELECT last_position, 1, x'00' FROM commits",
        "INSERT OR REPLACE INTO commands SELECT command_id, request_sha256, x'00', position FROM commands",
    ],
)
def test_nothing_is_replaced_under_cover_of_an_insert_and_no_gap_is_made(
    ledger: Ledger, folder: Path, kind: Kind, statement: str
) -> None:
    ledger.record_now(bring("a"))
    if kind.name == "postgres" and "OR REPLACE" in statement:
        table = statement.split()[4]
        statement = f"{statement.replace(' OR REPLACE', '')} ON CONFLICT ({OVER[table]}) DO UPDATE SET {OVER[table]} = excluded.{OVER[table]}"
    with pytest.raises(kind.refusal), kind.owner(folder) as db:
        db.execute(kind.asked(statement))


def test_readers_cannot_write(ledger: Ledger, kind: Kind) -> None:
    schema = getattr(ledger._recorder, "schema", None)  # of PostgreSQL's
    table = f"{schema}.attendance" if schema else "attendance"
    denied = (sqlite3.OperationalError, PersistenceError)
    with pytest.raises(denied, match=r"readonly|permission denied|read-only"), ledger._reading() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES ('s', 't', 'd', 1)")


def test_closing_answers_what_waits_first(ledger: Ledger) -> None:
    gate = closed_gate(ledger)
    waiting = [ledger.write(partial(lambda n, cursor: n, n)) for n in range(10)]
    closing = threading.Thread(target=ledger.close)
    closing.start()
    gate.set()
    closing.join()
    assert [w.result(timeout=0) for w in waiting] == list(range(10))


def test_reusing_an_id_in_the_same_transaction_is_noticed_too(ledger: Ledger) -> None:
    async def both() -> list[Answer | BaseException]:
        return await together(ledger, bring("a", 1), bring("a", 2), bring("a", 1))

    first, second, third = asyncio.run(both())
    assert first == third and isinstance(second, CommandIdReused)
