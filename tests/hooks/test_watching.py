"""Whom the watcher calls: for all that is new or was asked for elsewhere, whatever went wrong between; and nobody in vain."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError
from temporalio.service import RPCError, RPCStatusCode

from domain.access.decider import RegisterDecider
from domain.access.register import REGISTER
from domain.access.webhooks import AddWebhook
from domain.hooks import Failing
from domain.ports import Decider
from domain.submission import Actor, Submission
from tests.ledger.toy import DECIDERS, NINE, bring
from yishi.beside import beside
from yishi.folder import DataFolder
from yishi.hooks import watching
from yishi.hooks.hooks import Hooks
from yishi.hooks.posting import Poster
from yishi.hooks.store import HookStore
from yishi.hooks.telling import Teller
from yishi.hooks.watching import Watching
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry

URL = "https://oa.example.gov.cn/in"
BODY = "yuanhua/17-9"
BOTH: dict[str, Decider] = {**DECIDERS, "register": RegisterDecider()}


def failing(position: int) -> Failing:
    return Failing(position=position, since=NINE, tries=20)


class Temporal:
    """Takes calls, of all lines or of some, or is away."""

    def __init__(self) -> None:
        self.called: list[tuple[str, str]] = []
        self.away: tuple[str, ...] = ()
        self.came = asyncio.Event()

    async def start_workflow(self, run: Any, line: Any, *, start_signal: str, **_: Any) -> None:
        if line.endpoint in self.away:
            raise RPCError("away", RPCStatusCode.UNAVAILABLE, b"")
        self.called.append((line.endpoint, start_signal))
        self.came.set()

    def since(self) -> list[tuple[str, str]]:
        told, self.called = self.called, []
        return told


class Record(Ledger):
    """A ledger whose reading of what is new fails at its so-many-th time."""

    fails_at = 0
    fault: Exception = ConnectionError("the database is away")

    def notifications(self, after: int = 0, limit: int = 500, within: str | None = None) -> list[Entry]:
        self.fails_at -= 1
        if self.fails_at == 0:
            raise self.fault
        return super().notifications(after, limit, within)


class Process:
    """One process of the service, on a folder that it shares; `at_work`: it watches."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.temporal, self.ledger, self.store = Temporal(), ledger, HookStore(folder)
        poster = Poster()
        self.watching = Watching(
            self.temporal,  # type: ignore[arg-type] # as much of a client as is used
            ledger,
            self.store,
            Teller(ledger, self.store, poster, ledger.now),
        )
        self.hooks = Hooks(ledger, self.store, poster, self.watching)

    async def looks(self) -> list[tuple[str, str]]:
        """Whom it calls, and how."""
        await self.watching.look_through()
        return self.temporal.since()

    def add(self, name: str) -> None:
        self.store.add(name, URL, "whsec_", self.ledger.head().size)
        fields = {"webhook": name, "token": "office", "machine": "https://oa.example.gov.cn:443", "bodies": [BODY]}
        self.ledger.record_now(
            Submission(command_id=f"add-{name}", stream=REGISTER, actor=Actor(office="secretariat"), at=NINE, act=AddWebhook.act, fields=fields)
        )  # fmt: skip

    def record(self, *commands: str) -> int:
        for each in commands:
            self.ledger.record_now(bring(each))
        return self.ledger.head().size


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with DataFolder.open(tmp_path / "data", "real") as opened:
        yield opened.path


@pytest.fixture
def ledger(folder: Path) -> Iterator[Record]:
    with Record(folder, BOTH, LawLibrary(folder), clock=lambda: NINE) as opened:
        yield opened


@pytest.fixture
def worker(folder: Path, ledger: Record) -> Iterator[Process]:
    found = Process(folder, ledger)
    yield found
    found.store.close()


@pytest.fixture
def door(folder: Path, ledger: Record) -> Iterator[Process]:
    """Another process, where nobody watches."""
    found = Process(folder, ledger)
    yield found
    found.store.close()


@pytest.mark.parametrize("at", [1, 2])
async def test_a_reading_of_the_record_that_fails_halfway_loses_no_call(
    worker: Process, ledger: Record, at: int
) -> None:
    worker.add("wone")
    await worker.looks()
    worker.record("a")
    ledger.fails_at = at
    with pytest.raises(ConnectionError):
        await worker.looks()
    assert await worker.looks() == [("wone", "grown")]


async def test_what_is_asked_at_a_door_while_temporal_is_away_is_seen_by_who_watches(
    worker: Process, door: Process
) -> None:
    worker.add("wone")
    size = worker.record("a", "b")
    worker.store.told("wone", BODY, 0, size, NINE)
    assert await worker.looks() == []
    door.temporal.away = ("wone",)
    await door.hooks.replay("wone", size - 1, None)
    assert await worker.looks() == [("wone", "look")]
    worker.store.told("wone", BODY, size - 1, size, NINE)
    assert await worker.looks() == [], "it was called for that once"
    await door.hooks.pause("wone")
    worker.record("c")
    assert await worker.looks() == []
    await door.hooks.resume("wone")
    assert await worker.looks() == [("wone", "look")]
    await door.hooks.pause("wone")
    worker.store.told("wone", BODY, size, size + 1, NINE)
    await door.hooks.resume("wone")
    assert await worker.looks() == [], "there is nothing to tell"


async def test_a_dead_letter_that_is_wanted_is_seen_by_who_watches_also_by_one_that_only_begins(
    worker: Process, door: Process, folder: Path, ledger: Record
) -> None:
    worker.add("wone")
    size = worker.record("a")
    worker.store.failed("wone", BODY, 0, size, "http-500", NINE)
    worker.store.give_up("wone", BODY, failing(size), "http-500", NINE)
    assert await worker.looks() == []
    door.temporal.away = ("wone",)
    await door.hooks.resend("wone", size)
    assert await worker.looks() == [("wone", "look")]
    other = Process(folder, ledger)
    assert await other.looks() == [("wone", "look")]
    other.store.close()


async def test_one_added_to_the_record_by_a_process_that_died_then_is_called(worker: Process, door: Process) -> None:
    worker.add("wone")
    await worker.looks()
    door.store.add("wtwo", URL, "whsec_", 0)
    worker.record("a")
    assert await worker.looks() == [("wone", "grown")]
    door.add("wtwo")
    assert await worker.looks() == [("wtwo", "look")]


async def test_a_line_that_fails_is_not_called_for_each_event_and_yet_when_somebody_asks(
    worker: Process, door: Process
) -> None:
    worker.add("wone")
    size = worker.record("a")
    assert await worker.looks() == [("wone", "look")]
    worker.store.failed("wone", BODY, 0, size, "no-connection", NINE)
    assert [await worker.looks() for n in range(3) if worker.record(f"more{n}")] == [[("wone", "grown")], [], []]
    await door.hooks.replay("wone", 0, None)
    assert await worker.looks() == [("wone", "look")]


async def test_one_line_that_cannot_be_called_keeps_no_other_and_is_called_the_next_time(worker: Process) -> None:
    names = [f"w{n:02}" for n in range(40)]
    for name in names:
        worker.add(name)
    await worker.looks()
    worker.temporal.away = ("w03", "w20")
    worker.record("a")
    assert [name for name, _ in await worker.looks()] == [n for n in names if n not in worker.temporal.away]
    worker.temporal.away = ()
    assert await worker.looks() == [("w03", "grown"), ("w20", "grown")]


async def test_one_let_go_on_in_another_process_finds_a_worker_before_the_record_grows(
    worker: Process, door: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.add("wone")
    worker.record("a")
    door.store.pause("wone", "by-hand", NINE)
    await worker.looks()
    assert not worker.watching.needed.is_set(), "there is nobody to tell"
    monkeypatch.setattr(watching, "ASKS_EVERY", 0.01)
    monkeypatch.setattr(watching, "LOOKS_EVERY", 3600.0)
    door.temporal.away = ("wone",)
    async with beside(worker.watching.run()), asyncio.timeout(60):  # and not the hour after which it looks anyway
        await door.hooks.resume("wone")
        await worker.watching.needed.wait()
        await worker.temporal.came.wait()


@pytest.mark.parametrize("fault", [sqlite3.OperationalError, psycopg.OperationalError, PersistenceError, OSError])
async def test_a_store_that_is_away_for_a_moment_ends_no_watching(
    worker: Process, ledger: Record, fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AGAIN_SECONDS", 0.01)
    worker.add("wone")
    await worker.looks()
    worker.temporal.came.clear()
    ledger.fault, ledger.fails_at = fault("away"), 1
    worker.record("a")
    async with beside(worker.watching.run()), asyncio.timeout(60):
        await worker.temporal.came.wait()
    assert worker.temporal.since() == [("wone", "grown")]
