"""The one way into the record: judged once, answered for ever."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from domain.event import Event
from domain.refusals import Refusal
from domain.submission import Receipt, Submission
from tests.ledger.toy import (
    ARTICLE,
    CHAIRS_IN_STORE,
    DECIDERS,
    EDITION,
    HALL,
    NINE,
    ToyDecider,
    ToyLaws,
    bring,
    sit,
    stored,
    stumble,
)
from yishi.ledger.errors import (
    BadSubmission,
    CommandIdReused,
    LedgerClosed,
    LedgerInUse,
    LedgerOfOtherKind,
    LedgerTooNew,
    NotALedger,
    StaleVersion,
)
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Head, LedgerReader
from yishi.ledger.recent import EACH


async def test_an_act_is_recorded_with_its_place_its_facts_and_the_root_after_it(ledger: Ledger) -> None:
    receipt = await ledger.record(bring("a", 3))
    assert isinstance(receipt, Receipt)
    (event,) = receipt.events
    assert (event.position, event.stream, event.version, event.facts) == (1, HALL, 1, ("chairs-brought",))
    assert ledger.head() == Head(receipt.size, receipt.head) == Head(1, event.leaf)  # the root of one leaf is that leaf
    assert ledger.state(HALL).chairs == 3


def test_the_envelope_says_who_asked_when_it_was_stored_and_by_which_edition_of_the_law(ledger: Ledger) -> None:
    ledger.record_now(bring("a", 3, reason="补录"))
    (entry,) = ledger.notifications()
    envelope = entry.envelope
    assert (envelope.command_id, envelope.actor.office, envelope.edition) == ("a", "secretariat", EDITION)
    assert (envelope.recorded_at, envelope.reason, envelope.event.basis) == (NINE, "补录", (ARTICLE,))


def test_the_same_command_id_gets_the_same_answer_and_no_new_events(ledger: Ledger) -> None:
    first = ledger.record_now(bring("a", 3))
    assert ledger.record_now(bring("a", 3)) == first == ledger.answer_of("a")
    assert ledger.head().size == 1


def test_a_command_id_cannot_be_used_for_another_request(ledger: Ledger) -> None:
    ledger.record_now(bring("a", 3))
    with pytest.raises(CommandIdReused, match="a"):
        ledger.record_now(bring("a", 4))
    assert ledger.head().size == 1


def test_an_act_held_to_what_was_seen_is_judged_on_that_alone_and_else_spends_nothing(ledger: Ledger) -> None:
    ledger.record_now(bring("a", 3, expected=0))
    for seen in (0, 2):
        with pytest.raises(StaleVersion, match="1"):
            ledger.record_now(bring("b", 4, expected=seen))
    assert ledger.head().size == 1 and ledger.answer_of("b") is None
    assert isinstance(ledger.record_now(bring("b", 4, expected=1)), Receipt)
    assert ledger.state(HALL).chairs == 7


def test_what_was_seen_is_no_part_of_a_request_sent_again_it_has_its_answer(ledger: Ledger) -> None:
    first = ledger.record_now(bring("a", 3, expected=0))
    assert first == ledger.record_now(bring("a", 3, expected=0)) == ledger.record_now(bring("a", 3))
    assert ledger.head().size == 1


async def test_of_acts_that_saw_the_same_and_come_at_once_one_is_recorded(ledger: Ledger) -> None:
    asked = [ledger.record(bring(f"c{n}", 1, expected=0)) for n in range(8)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(a, Receipt) for a in answers) == 1 == ledger.head().size
    assert sum(isinstance(a, StaleVersion) for a in answers) == 7


def test_a_refusal_is_kept_in_a_stream_of_its_own_and_its_command_id_is_spent(ledger: Ledger) -> None:
    refusal = ledger.record_now(bring("a", CHAIRS_IN_STORE + 1))
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.figures) == ("NotEnoughChairs", {"found": 100, "needed": 101})
    assert "板凳条例(2027)第三条第一款" in refusal.says().zh
    assert [e.position for e in ledger.events(f"{HALL}/refused")] == [refusal.position]
    assert ledger.record_now(bring("a", CHAIRS_IN_STORE + 1)) == refusal
    assert ledger.state(HALL).chairs == 0 and ledger.head().size == 1


def test_exactly_what_is_in_store_may_be_brought_and_not_one_more(ledger: Ledger) -> None:
    assert ledger.record_now(bring("a", CHAIRS_IN_STORE)).outcome == "recorded"
    assert ledger.record_now(bring("b", 1)).outcome == "refused"


def test_a_stream_that_made_room_is_folded_anew_and_judged_as_if_it_had_stayed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("tail", "reader"):
        monkeypatch.setattr(f"yishi.ledger.{module}.FOLDED_KEPT", 2 * EACH)  # one stream, or two with nothing in them
    halls = [f"yuanhua/17-{n}/toy/1" for n in range(4)]
    with Ledger(folder, DECIDERS, ToyLaws()) as ledger:
        for nth in range(4):
            for hall in halls:
                stored(ledger.record_now(bringing(nth, hall, 25)))
                assert ledger.state(hall).chairs == 25 * (nth + 1)
        assert [ledger.record_now(bringing(4, hall, 1)).outcome for hall in halls] == ["refused"] * 4
        assert ledger.state(halls[0]) is ledger.state(halls[0])
        folded = ledger.state(halls[0])
        ledger.state(halls[1])
        assert ledger.state(halls[0]) is not folded and ledger.state(halls[0]) == folded


def bringing(nth: int, hall: str, chairs: int) -> Submission:
    return bring(f"{hall}-{nth}", chairs, stream=hall)


def test_what_is_already_so_is_answered_without_an_event(ledger: Ledger) -> None:
    first = ledger.record_now(sit("a", "d001"))
    second = ledger.record_now(sit("b", "d001"))
    assert isinstance(first, Receipt) and isinstance(second, Receipt)
    assert second.events == () and (second.size, second.head) == (first.size, first.head)


@pytest.mark.parametrize(
    "submission",
    [
        bring("a").model_copy(update={"act": "toy.fly"}),
        bring("a").model_copy(update={"fields": {"chairs": "many"}}),
        bring("a").model_copy(update={"fields": {"chairs": 1, "colour": "red"}}),
        bring("a").model_copy(update={"stream": "yuanhua/17-9/matter/1"}),
        bring("a").model_copy(update={"stream": "yuanhua"}),
        bring("a", 2**53),
        bring("a", note="\ud800"),
        bring("a").model_copy(update={"recorded_at": NINE}),
    ],
    ids=["act", "type", "field", "kind", "stream", "integer", "surrogate", "clock of a live ledger"],
)
def test_what_is_not_well_formed_is_neither_stored_nor_spends_its_id(ledger: Ledger, submission: Submission) -> None:
    with pytest.raises(BadSubmission):
        ledger.record_now(submission)
    assert ledger.answer_of("a") is None
    assert ledger.record_now(bring("a")).outcome == "recorded"


def test_a_bug_in_a_decider_stores_nothing_and_the_ledger_goes_on(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError, match="stumbled"):
        ledger.record_now(stumble("a"))
    assert stored(ledger.record_now(bring("b"))).events[0].position == 1


T = TypeVar("T")


def all_at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """Run on as many threads, none before all stand ready; errors are returned."""
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], T]) -> T | Exception:
        ready.wait()
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_of_sixteen_threads_with_one_id_one_is_stored_and_all_hear_the_same(ledger: Ledger) -> None:
    answers = all_at_once(*[lambda: ledger.record_now(bring("a", 3))] * 16)
    assert all(answer == answers[0] for answer in answers) and isinstance(answers[0], Receipt)
    assert ledger.head().size == 1


def test_of_sixteen_requests_under_one_id_fifteen_are_told_that_it_is_taken(ledger: Ledger) -> None:
    answers = all_at_once(*[lambda n=n: ledger.record_now(bring("a", n)) for n in range(1, 17)])
    assert sum(isinstance(a, Receipt) for a in answers) == 1
    assert sum(isinstance(a, CommandIdReused) for a in answers) == 15


def test_eight_threads_leave_no_gap_in_positions_and_no_chair_uncounted(ledger: Ledger) -> None:
    def many(thread: int) -> list[int]:
        stream = f"yuanhua/17-9/toy/{thread}"
        return [stored(ledger.record_now(bring(f"{thread}-{n}", 1, stream))).events[0].position for n in range(50)]

    told = all_at_once(*[partial(many, t) for t in range(8)])
    positions = sorted(p for found in told if not isinstance(found, Exception) for p in found)
    assert positions == list(range(1, 401))
    assert all(ledger.state(f"yuanhua/17-9/toy/{t}").chairs == 50 for t in range(8))


def test_two_who_ask_at_once_for_the_last_chairs_do_not_both_get_them(ledger: Ledger) -> None:
    answers = all_at_once(*[lambda n=n: ledger.record_now(bring(f"{n}", 60)) for n in range(2)])
    assert sorted(a.outcome for a in answers if not isinstance(a, Exception)) == ["recorded", "refused"]


def test_the_clock_of_a_rehearsal_does_not_make_a_repeated_request_another_one(folder: Path) -> None:
    with Ledger(folder, DECIDERS, ToyLaws(), rehearsal=True) as rehearsed:
        first = rehearsed.record_now(bring("a", recorded_at=NINE))
        assert rehearsed.record_now(bring("a", recorded_at=NINE + timedelta(days=1))) == first
        assert rehearsed.rehearsal and rehearsed.notifications()[0].envelope.recorded_at == NINE


@pytest.mark.parametrize("born", [True, False])
def test_a_rehearsal_and_a_live_ledger_stay_what_they_are(folder: Path, born: bool) -> None:
    Ledger(folder, DECIDERS, ToyLaws(), rehearsal=born).close()
    with pytest.raises(LedgerOfOtherKind):
        Ledger(folder, DECIDERS, ToyLaws(), rehearsal=not born)
    with Ledger(folder, DECIDERS, ToyLaws()) as again:
        assert again.rehearsal is born


@pytest.mark.only("sqlite", why="PostgreSQL has many writers")
def test_only_one_may_write_at_a_time(ledger: Ledger, folder: Path) -> None:
    with pytest.raises(LedgerInUse):
        Ledger(folder, DECIDERS, ToyLaws())
    assert ledger.record_now(bring("a")).outcome == "recorded"


def test_a_reader_sees_what_is_committed_while_the_ledger_is_open_and_after(ledger: Ledger, folder: Path) -> None:
    reader = LedgerReader(folder, DECIDERS)
    assert reader.head().size == 0
    receipt = ledger.record_now(bring("a", 7))
    assert (reader.state(HALL).chairs, reader.answer_of("a")) == (7, receipt)
    assert [e.envelope.version for e in reader.events(HALL, after=0)] == [1] and reader.events(HALL, after=1) == []
    ledger.record_now(bring("b", 2))
    assert reader.state(HALL).chairs == 9  # asked again, it reads on from where it stood
    reader.close()
    ledger.close()
    closed = LedgerReader(folder, DECIDERS)
    assert closed.state(HALL).chairs == 9 and closed.head().size == 2
    closed.close()


def test_a_reopened_ledger_goes_on_where_it_stood(folder: Path) -> None:
    with Ledger(folder, DECIDERS, ToyLaws()) as first:
        first.record_now(bring("a", 90))
    with Ledger(folder, DECIDERS, ToyLaws()) as second:
        assert second.record_now(bring("b", 11)).outcome == "refused"
        assert stored(second.record_now(bring("c", 10))).events[0].version == 2


def test_a_closed_ledger_says_so(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(LedgerClosed):
        ledger.record_now(bring("a"))


@pytest.mark.only("sqlite", why="the file's own number of its format")
def test_a_folder_of_a_newer_program_is_not_opened(folder: Path) -> None:
    with Ledger(folder, DECIDERS, ToyLaws()) as ledger:
        ledger.write(lambda cursor: cursor.execute("PRAGMA user_version = 99")).result()
    with pytest.raises(LedgerTooNew, match="99"):
        Ledger(folder, DECIDERS, ToyLaws())
    with pytest.raises(LedgerTooNew, match="99"):
        LedgerReader(folder)


@pytest.mark.only("sqlite", why="the file is missing or is none")
def test_a_folder_without_a_ledger_and_a_file_that_is_none_are_named_as_such(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(NotALedger):
        LedgerReader(folder)
    (folder / "ledger.db").write_text("not a database at all " * 100)
    with pytest.raises(NotALedger):
        LedgerReader(folder)
    with pytest.raises(NotALedger):
        Ledger(folder, DECIDERS, ToyLaws())
    (folder / "ledger.db").unlink()
    with sqlite3.connect(folder / "ledger.db") as db:
        db.execute("CREATE TABLE somebody_elses (x)")
    db.close()
    with pytest.raises(NotALedger):
        Ledger(folder, DECIDERS, ToyLaws())


def test_all_events_of_a_name_are_told_however_many_and_asked_again_what_is_new(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.ledger.reader.NAMED_AT_ONCE", 3)
    reader = LedgerReader(folder, DECIDERS)
    name = stored(ledger.record_now(bring("a"))).events[0].name
    for n in range(7):
        ledger.record_now(sit(f"in-{n}", f"d{n}"))
        ledger.record_now(bring(f"b{n}"))
    assert [e.position for e in reader.named(name)] == [1, *range(3, 17, 2)]
    again = reader.named(name)
    ledger.record_now(bring("c"))
    assert reader.named(name) == [*again, ledger.notifications(after=15)[0]]
    reader.close()


def test_sign_ins_are_counted_by_index_and_a_deputy_who_left_is_not_counted(ledger: Ledger) -> None:
    for n in range(5):
        ledger.record_now(sit(f"in-{n}", f"d{n}"))
    ledger.record_now(sit("out", "d3", seated=False))
    assert ledger.present(HALL, "plenary-1") == {"d0", "d1", "d2", "d4"}
    assert ledger.present(HALL, "plenary-2") == frozenset()


class Doorkeeper(ToyDecider):
    """Notes, at each act, who of three deputies is in the hall and who ever came."""

    def judge(self, submission: Submission, tx: Any, laws: Any, now: datetime) -> list[tuple[str, Event]]:
        asked = ("d0", "d1", "d9")
        self.here = tx.signed_in(HALL, "plenary-1", asked)
        self.came = tx.came(HALL, "plenary-1", asked)
        self.elsewhere = tx.came(HALL, "plenary-2", asked)
        return super().judge(submission, tx, laws, now)


def test_who_left_came_all_the_same(folder: Path) -> None:
    door = Doorkeeper()
    with Ledger(folder, dict.fromkeys(DECIDERS, door), ToyLaws()) as ledger:
        for submission in (sit("0", "d0"), sit("1", "d1"), sit("2", "d2"), sit("out", "d1", seated=False), bring("c")):
            ledger.record_now(submission)
    assert (door.here, door.came, door.elsewhere) == ({"d0"}, {"d0", "d1"}, frozenset())
