"""What is true of a ledger in PostgreSQL alone: many processes write it, roles keep it, and tables are made by a command."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from domain.event import Event
from domain.submission import Receipt, Submission
from tests.forking import forked
from tests.ledger import postgres
from tests.ledger.kinds import KINDS, Kind, rows, tables
from tests.ledger.toy import CHAIRS_IN_STORE, DECIDERS, HALL, NINE, ToyDecider, ToyLaws, bring, sit, stored
from tests.ledger.writing_together import write_together
from yishi.ledger.errors import (
    AnotherLedger,
    BadSubmission,
    LedgerAddressWrong,
    LedgerHere,
    LedgerNoRight,
    LedgerOfOtherKind,
    LedgerTooNew,
    LedgerTooOld,
    LedgerUnavailable,
    NotCanonical,
    NotMigrated,
)
from yishi.ledger.ledger import Ledger
from yishi.ledger.place import keep_in, pointed
from yishi.ledger.postgres.address import Address, shown
from yishi.ledger.postgres.connections import connected
from yishi.ledger.postgres.draft import Draft
from yishi.ledger.postgres.listening import Listener
from yishi.ledger.postgres.migrating import migrate
from yishi.ledger.postgres.schema import FORMAT
from yishi.ledger.postgres.writer import BYTES_AT_ONCE, PostgresWriter, Taken
from yishi.ledger.reader import LedgerReader
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify

pytestmark = pytest.mark.only("postgres", why="many processes write it, and roles keep it")


def opened(folder: Path) -> Ledger:
    return Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE)


@pytest.fixture
def other(folder: Path, ledger: Ledger) -> Iterator[Ledger]:
    """A second writer of the same ledger, as in another process."""
    with opened(folder) as second:
        yield second


# who writes when ------------------------------------------------------------------------------------------------------


def test_two_writers_see_each_others_acts_and_neither_judges_on_what_is_past(ledger: Ledger, other: Ledger) -> None:
    ledger.record_now(bring("a", 60))
    assert other.record_now(bring("b", 41)).outcome == "refused"
    assert stored(ledger.record_now(bring("c", 40))).events[0].version == 2
    assert other.state(HALL).chairs == ledger.state(HALL).chairs == CHAIRS_IN_STORE


def test_a_command_answered_by_one_writer_is_answered_alike_by_the_other_and_stored_once(
    ledger: Ledger, other: Ledger
) -> None:
    first = ledger.record_now(bring("a", 60))
    assert other.record_now(bring("a", 60)) == first
    assert other.record_now(bring("b", 41)) == ledger.record_now(bring("b", 41))
    assert ledger.head().size == 2


async def test_asked_what_would_happen_a_writer_tells_it_by_what_the_other_wrote(ledger: Ledger, other: Ledger) -> None:
    await other.ask(bring("q", 60))
    await ledger.record(bring("a", 60))
    assert (await other.ask(bring("q", 60))).outcome == "refused"
    assert (await other.ask(bring("a", 60))).outcome == "already"


def test_who_signed_in_by_one_writer_is_in_the_hall_for_the_other(ledger: Ledger, other: Ledger) -> None:
    class Door(ToyDecider):
        def judge(self, submission: Submission, tx: Any, laws: Any, now: datetime) -> list[tuple[str, Event]]:
            self.count = tx.present(HALL, "plenary-1")
            return super().judge(submission, tx, laws, now)

    door = Door()
    ledger.record_now(sit("a", "d1"))
    with Ledger(ledger.folder, {"toy": door}, ToyLaws(), clock=lambda: NINE) as third:
        third.record_now(sit("b", "d2"))
        assert door.count == 1
        ledger.record_now(sit("c", "d3"))
        third.record_now(sit("d", "d4"))
        assert door.count == 3
        ledger.record_now(sit("e", "d3", seated=False))
        third.record_now(sit("f", "d5"))
        assert door.count == 3  # d1, d2, d4: counted after they were told apart from what is on its way


T = TypeVar("T")


def all_at_once(*acts: Callable[[], T]) -> list[T]:
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], T]) -> T:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_of_eight_writers_who_ask_at_once_for_the_last_chairs_one_gets_them(folder: Path) -> None:
    ledgers = [opened(folder) for _ in range(8)]
    try:
        answers = all_at_once(*[lambda i=i: ledgers[i].record_now(bring(f"{i}", 60)) for i in range(8)])
    finally:
        for ledger in ledgers:
            ledger.close()
    assert sorted(a.outcome for a in answers) == ["recorded"] + ["refused"] * 7
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def test_of_eight_writers_with_one_command_id_one_stores_it_and_all_answer_the_same(folder: Path) -> None:
    ledgers = [opened(folder) for _ in range(8)]
    try:
        answers = all_at_once(*[lambda i=i: ledgers[i].record_now(bring("a", 3)) for i in range(8)])
    finally:
        for ledger in ledgers:
            ledger.close()
    assert all(answer == answers[0] for answer in answers)
    assert verify(folder, DECIDERS, ToyLaws()).events == 1


def test_a_writer_who_is_always_overtaken_takes_the_turn_beforehand_and_is_served(folder: Path, other: Ledger) -> None:
    overtaking = iter(range(1000))

    class Overtaken(ToyDecider):
        """While it judges, somebody else is faster, unless it is nobody else's turn."""

        def judge(self, submission: Submission, tx: Any, laws: Any, now: datetime) -> list[tuple[str, Event]]:
            n = next(overtaking)
            if n < 3:
                other.record_now(bring(f"faster-{n}", 1))
            return super().judge(submission, tx, laws, now)

    with Ledger(folder, {"toy": Overtaken()}, ToyLaws(), clock=lambda: NINE) as slow:
        receipt = slow.record_now(bring("slow", 1))
    assert isinstance(receipt, Receipt) and receipt.events[0].version == 4
    assert next(overtaking) == 4  # judged anew each time, and the fourth time behind the turn
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def processes(folder: Path, names: str, acts: int) -> list[Any]:
    """As many writers at once; what each was answered it notes in a file beside the folder, under its name."""
    return [forked(write_together, folder, name, acts, folder.parent / name) for name in names]


def answered(folder: Path, names: str) -> list[str]:
    """Command ids that writers were told the answer to."""
    noted = [folder.parent / name for name in names]
    return [line.split()[1] for file in noted if file.exists() for line in file.read_text().splitlines()]


EIGHT = "abcdefgh"


def test_eight_processes_starting_together_write_without_a_gap_and_a_reader_behind_them_misses_nothing(
    folder: Path,
) -> None:
    writing = processes(folder, EIGHT, 12)
    seen: list[int] = []
    with closing(LedgerReader(folder, DECIDERS)) as reader:
        while len(seen) < 8 * 12 and any(process.is_alive() for process in writing):
            seen += [entry.position for entry in reader.notifications(after=seen[-1] if seen else 0)]
            time.sleep(0.005)
        for process in writing:
            process.join()
        seen += [entry.position for entry in reader.notifications(after=seen[-1] if seen else 0)]
    assert [process.exitcode for process in writing] == [0] * 8
    assert seen == list(range(1, 97)), "each position in its turn, and none came late"
    assert len(set(answered(folder, EIGHT))) == 96
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def test_of_eight_writers_killed_at_any_moment_no_answered_act_is_lost_and_the_log_neither_forks_nor_gaps(
    folder: Path, kind: Kind
) -> None:
    """Attack 26 of the threat model."""
    writing = processes(folder, EIGHT, 0)
    until = time.monotonic() + 200
    for n, process in enumerate(writing):  # one after another, while those that are left go on
        while len(answered(folder, EIGHT[n])) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        process.kill()
    for process in writing:
        process.join()
    told = answered(folder, EIGHT)
    assert len(told) >= 24
    verification = verify(folder, DECIDERS, ToyLaws())
    assert verification.outcome is Outcome.VERIFIED, [str(f) for f in verification.failures]
    with opened(folder) as ledger:
        assert all(ledger.answer_of(command_id) for command_id in told)
        assert len(told) <= verification.commands <= len(told) + 8, "one each may have been under way"
        assert stored(ledger.record_now(bring("next", 0))).size == verification.events + 1


# heads ----------------------------------------------------------------------------------------------------------------


async def test_the_same_commands_come_to_the_same_bytes_leaves_roots_and_answers_in_both_stores(
    tmp_path: Path, kind: Kind
) -> None:
    acts = [
        bring("a", 3),
        bring("b", 2, times=4, note="喆䶮𠮷"),
        sit("c", "d1"),
        bring("d", 999),
        sit("e", "d1"),
        sit("f", "d1", seated=False),
        *[sit(f"g{n}", f"e{n}") for n in range(40)],
        bring("a", 3),
    ]
    told = []
    for store in KINDS.values():
        folder = store.made(tmp_path / store.name)
        with opened(folder) as ledger:
            answers = [await ledger.record(act) for act in acts]
            told.append((tables(store, folder), answers, ledger.head(), verify(folder, DECIDERS, ToyLaws())))
    assert told[0] == told[1]
    assert told[0][3].outcome is Outcome.VERIFIED


def test_a_new_writer_reads_only_the_leaves_since_the_tree_was_noted_last(folder: Path, kind: Kind) -> None:
    with opened(folder) as ledger:
        for n in range(11):
            ledger.record_now(bring(f"{n}", 0, f"yuanhua/17-9/toy/{n}", times=100))
        head = ledger.head()
    assert [size for size, _ in rows(kind, folder, "SELECT * FROM frontiers")] == [1000]
    with opened(folder) as again:
        assert stored(again.record_now(bring("a", 0))).size == head.size + 1
    assert verify(folder, DECIDERS, ToyLaws()).outcome is Outcome.VERIFIED


def test_an_act_larger_than_a_batch_is_stored_whole_in_one_commit(folder: Path, kind: Kind) -> None:
    with opened(folder) as ledger:
        receipt = ledger.record_now(bring("a", 0, times=5_000))
        assert isinstance(receipt, Receipt) and receipt.size == 5_000
        ledger.record_now(bring("b", 1))
    assert rows(kind, folder, "SELECT first_position, last_position FROM commits ORDER BY 1") == [
        (1, 5_000),
        (5_001, 5_001),
    ]


async def test_what_waits_goes_in_batches_of_five_hundred_events_or_128_kb_at_most(folder: Path, kind: Kind) -> None:
    with opened(folder) as ledger:
        gate, standing = threading.Event(), threading.Event()

        def stand(cursor: object) -> None:
            standing.set()
            gate.wait(60)

        ledger.write(stand)
        standing.wait(60)
        waiting = [asyncio.create_task(ledger.record(bring(f"{n}", 0, times=100))) for n in range(12)]
        await asyncio.sleep(0)
        gate.set()
        answers = await asyncio.gather(*waiting)
    assert [stored(a).size for a in answers] == [100 * n for n in range(1, 13)]
    assert [end for (end,) in rows(kind, folder, "SELECT last_position FROM commits ORDER BY 1")] == [
        300,
        600,
        900,
        1200,
    ]
    (longest,) = rows(kind, folder, "SELECT max(length(state)) FROM stored_events")[0]
    assert (
        200 * longest < BYTES_AT_ONCE <= 300 * longest
    )  # an act is whole: the third, begun below the bound, went beyond it


def test_a_vacuum_of_the_events_holds_up_no_act(ledger: Ledger, folder: Path, kind: Kind) -> None:
    with kind.owner(folder) as db:
        db.execute(
            "LOCK TABLE stored_events, commits, commands IN SHARE UPDATE EXCLUSIVE MODE"
        )  # as VACUUM and ANALYZE do
        assert ledger.record_now(bring("a")).outcome == "recorded"


def test_a_name_with_a_zero_character_is_refused_and_harms_nobody_beside_it(ledger: Ledger) -> None:
    with pytest.raises(NotCanonical, match=r"U\+0000"):
        ledger.record_now(bring("a\0b"))
    with pytest.raises(BadSubmission):
        ledger.record_now(bring("c", stream="yuanhua/17-9/toy/\0"))
    assert ledger.answer_of("a\0b") is None
    assert ledger.record_now(bring("e")).outcome == "recorded"


# trouble --------------------------------------------------------------------------------------------------------------


def ended(folder: Path) -> int:
    """The database puts all connections to a ledger out."""
    schema = Address.of(postgres.pointer_of(folder).address).schema
    with psycopg.connect(postgres.server()) as db:
        asked = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = %s AND query LIKE %s"
        (count,) = db.execute(asked, (postgres.RUNTIME_ROLE, f"%{schema}.%")).fetchall()[0]
        return int(count)


def test_a_connection_that_was_lost_is_made_again_and_nothing_is_stored_twice(ledger: Ledger, folder: Path) -> None:
    ledger.record_now(bring("a"))
    for n in range(3):
        assert ended(folder) > 0
        assert ledger.record_now(bring(f"b{n}")).outcome == "recorded"
        assert ledger.state(HALL).chairs == n + 2
    assert verify(folder, DECIDERS, ToyLaws()).events == 4


def test_a_connection_lost_after_the_store_took_it_is_answered_with_what_was_stored(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = ledger._writer
    assert isinstance(writer, PostgresWriter)
    sent, lost = writer._sent, iter((True, False))

    def taken_but_not_heard(draft: Draft) -> Taken:
        said = sent(draft)
        if bool(draft.group.commands) and next(lost, False):
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return said

    monkeypatch.setattr(writer, "_sent", taken_but_not_heard)
    receipt = ledger.record_now(bring("a"))
    assert isinstance(receipt, Receipt) and receipt == ledger.answer_of("a")
    assert stored(ledger.record_now(bring("b"))).events[0].version == 2
    assert verify(folder, DECIDERS, ToyLaws()).events == 2


def test_a_database_that_is_away_is_named_without_its_password() -> None:
    away = "postgresql://works:geheim@127.0.0.1:1/yishi"
    with pytest.raises(LedgerUnavailable) as raised:
        keep_in(Path("nowhere"), away)
    assert "geheim" not in str(raised.value) and shown(away) == "postgresql://works@127.0.0.1:1/yishi"


def test_a_host_that_vanished_without_a_word_is_missed_within_a_quarter_of_a_minute(folder: Path) -> None:
    address = Address.of(pointed(folder).address)  # type: ignore[union-attr]
    with closing(connected(address)) as connection:
        kept = connection.info.get_parameters()
    wanted = {"tcp_user_timeout": "10000", "keepalives_idle": "5", "keepalives_interval": "3", "keepalives_count": "3"}
    assert kept.items() >= wanted.items()
    mark = "&" if "?" in address.url else "?"
    chosen = address._replace(url=f"{address.url}{mark}keepalives_idle=77")
    with closing(connected(chosen)) as connection:
        kept = connection.info.get_parameters()
    assert (kept["keepalives_idle"], kept["tcp_user_timeout"]) == ("77", "10000"), "what the address says holds"


def test_listeners_hear_of_what_others_write(ledger: Ledger, other: Ledger) -> None:
    heard = threading.Event()
    told: list[int] = []

    def grown(size: int) -> None:
        told.append(size)
        if size == 2:
            heard.set()

    no_more = ledger.after_commit(grown)
    other.record_now(bring("a"))
    other.record_now(bring("b"))
    assert heard.wait(60)
    no_more()
    assert told == sorted(set(told)) and told[-1] == 2


def test_one_who_missed_every_word_hears_of_it_all_the_same(ledger: Ledger, folder: Path, kind: Kind) -> None:
    """What the database says of itself is a hint; it is asked too."""
    heard = threading.Event()
    address = Address.of(postgres.pointer_of(folder).address)
    deaf = type("Deaf", (Address,), {"channel": "nobody_speaks_here"})(*address)
    with closing(Listener(deaf, lambda size: heard.set() if size else None, asked_seconds=0.05)):
        ledger.record_now(bring("a"))
        assert heard.wait(60)


# tables and roles -----------------------------------------------------------------------------------------------------


def test_tables_are_never_made_by_who_works_with_them(tmp_path: Path, postgres_place: None) -> None:
    schema = postgres.new_schema()
    with pytest.raises(NotMigrated, match="yishi migrate"):
        keep_in(tmp_path, postgres.address(schema, postgres.RUNTIME_ROLE))
    assert pointed(tmp_path) is None
    migrate(Address.of(postgres.address(schema)), "tests")
    with pytest.raises(LedgerNoRight, match=f"--role {postgres.RUNTIME_ROLE}"):
        keep_in(tmp_path, postgres.address(schema, postgres.RUNTIME_ROLE))


def test_migrating_twice_or_eight_at_once_makes_the_tables_once(postgres_place: None) -> None:
    address = Address.of(postgres.address(postgres.new_schema()))
    done = all_at_once(*[lambda: migrate(address, "tests", (postgres.RUNTIME_ROLE,))] * 8)
    assert sorted(m.before for m in done) == [0] + [FORMAT] * 7
    assert {m.after for m in done} == {FORMAT}
    with psycopg.connect(address.url) as db:
        assert db.execute(f"SELECT count(*) FROM {address.schema}.migrations").fetchone() == (FORMAT,)


@pytest.mark.parametrize(("format_", "error"), [(FORMAT + 1, LedgerTooNew), (FORMAT - 1, LedgerTooOld)])
def test_a_ledger_of_another_format_is_neither_opened_nor_changed(
    folder: Path, kind: Kind, format_: int, error: type[Exception]
) -> None:
    with kind.owner(folder) as db:
        db.execute("UPDATE migrations SET format = %s", (format_,))
    openings: list[Callable[[], object]] = [lambda: opened(folder), lambda: LedgerReader(folder)]
    for opening in openings:
        with pytest.raises(error, match=str(format_)):
            opening()
    if error is LedgerTooNew:
        with pytest.raises(LedgerTooNew):
            migrate(Address.of(postgres.address(Address.of(postgres.pointer_of(folder).address).schema)), "tests")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {s}.stored_events VALUES (1, 'a/1-1/b/1', 1, 'n', '', sha256(''))",
        "INSERT INTO {s}.commits VALUES (1, 1, sha256(''))",
        "INSERT INTO {s}.attendance VALUES ('s', 't', 'd', 1)",
        "UPDATE {s}.attendance SET present = 0",
        "DELETE FROM {s}.attendance",
        "UPDATE {s}.stored_events SET topic = ''",
        "DELETE FROM {s}.stored_events",
        "TRUNCATE {s}.stored_events",
        "TRUNCATE {s}.attendance",
        "ALTER TABLE {s}.stored_events DISABLE TRIGGER ALL",
        "DROP TABLE {s}.stored_events",
        "CREATE TABLE {s}.mine (x int)",
        "CREATE OR REPLACE FUNCTION {s}.born(wanted text) RETURNS text LANGUAGE sql AS 'SELECT wanted'",
    ],
)
def test_the_role_that_works_may_only_read_and_call_what_appends(ledger: Ledger, folder: Path, statement: str) -> None:
    ledger.record_now(sit("a", "d1"))
    address = Address.of(postgres.pointer_of(folder).address)
    with psycopg.connect(address.url) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement.replace("{s}", address.schema))


def test_a_role_without_the_right_cannot_call_what_appends(folder: Path) -> None:
    schema = Address.of(postgres.pointer_of(folder).address).schema
    with psycopg.connect(Address.of(postgres.address(schema, postgres.STRANGER)).url) as db:
        for call in ("hold()", "born('live')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"SELECT {schema}.{call}")
            db.rollback()


# whose ledger it is ---------------------------------------------------------------------------------------------------


def test_a_folder_keeps_to_its_ledger_and_is_not_given_another(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    ledger.record_now(bring("a"))
    with pytest.raises(AnotherLedger):
        keep_in(folder, postgres.new_ledger())
    keep_in(folder, f"{postgres.pointer_of(folder).address}&application_name=again")  # another way to the same
    with closing(LedgerReader(folder)) as reader:
        assert reader.head().size == 1
    assert (folder / "ledger.url").stat().st_mode & 0o777 == 0o600
    assert not (folder / "ledger.db").exists()


def test_a_folder_with_a_record_in_a_file_does_not_begin_a_second_one_in_a_database(
    tmp_path: Path, postgres_place: None
) -> None:
    opened(KINDS["sqlite"].made(tmp_path)).close()
    with pytest.raises(LedgerHere, match="--move-in"):
        keep_in(tmp_path, postgres.new_ledger())


def test_a_rehearsals_ledger_stays_one_in_a_database_too(folder: Path) -> None:
    Ledger(folder, DECIDERS, ToyLaws(), rehearsal=True).close()
    with pytest.raises(LedgerOfOtherKind):
        Ledger(folder, DECIDERS, ToyLaws(), rehearsal=False)


@pytest.mark.parametrize(
    "wrong",
    [
        "mysql://a/b",
        "yishi",
        "postgresql://a/b?schema=Drop Table",
        "postgresql://a/b?schema=1x",
        "postgresql://a/b?no_such=1",
    ],
)
def test_an_address_that_is_none_is_told_so(wrong: str) -> None:
    with pytest.raises(LedgerAddressWrong):
        Address.of(wrong)


def test_a_schema_is_named_in_the_address_and_libpq_is_not_told_of_it() -> None:
    found = Address.of("postgresql://works@db.example:5433/congress?sslmode=require&schema=xiuzhou")
    assert found == ("postgresql://works@db.example:5433/congress?sslmode=require", "xiuzhou")
    assert (found.user, Address.of("postgresql:///yishi").schema) == ("works", "yishi")
