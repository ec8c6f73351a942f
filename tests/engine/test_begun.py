"""Matters begun by the hundred, and matters whose beginning was the last thing before a power cut: each is opened, once, and followed."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from domain.progress import opening_of
from domain.submission import Submission
from tests.engine.house import Dying, is_killed
from tests.engine.live import Hand, Session, live, plan_to_come
from tests.engine.sleeping import awake
from yishi.engine import RUNNING, Engine
from yishi.engine import running as engine_running
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.planning.script import ScriptAct
from yishi.record import deciders, reader
from yishi.settings import Settings


def beginning(session: Session, number: str) -> Submission:
    fields = {"number": number, "kind": "monitoring", "subject": "治水", "unit": "水务站"}
    return session.submission(ScriptAct(at=session.hand.now, act="begin-matter", fields=fields), f"begin-{number}")


async def running(engine: Engine, of: str, many: int) -> list[str]:
    """The workflows of a session's matters that run, once visibility knows of so many (it lags behind)."""
    until = asyncio.get_running_loop().time() + 120
    while True:
        found = sorted([w.id async for w in engine.client.list_workflows(RUNNING) if w.id.startswith(of)])
        if len(found) >= many or asyncio.get_running_loop().time() > until:
            return found
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("many", [120, pytest.param(300, marks=pytest.mark.soak)])
async def test_matters_begun_by_the_hundred_at_once_are_each_on_record_opened_and_followed(
    tmp_path: Path, many: int
) -> None:
    hand = Hand()
    async with live(tmp_path / "data", hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        await session.play(until="close-session")
        numbers = [f"m{n:03}" for n in range(many)]
        answers = await asyncio.gather(*(engine.submit(beginning(session, number)) for number in numbers))
        assert {answer.outcome for answer in answers} == {"recorded"}
        assert all(session.recorded(session.matter(n)) == ["matter.opened.v1"] for n in numbers)
        assert await running(engine, session.matter("m"), many) == [session.matter(n) for n in numbers]
        size = engine.ledger.head().size
    async with live(tmp_path / "data", hand) as engine:
        assert engine.ledger.head().size == size, "the next start opens none a second time"


def dying(folder: Path, victim: str, point: str, place: str) -> str:
    Dying.victim, Dying.point = victim, point
    asyncio.run(_begins(folder, Path(place)))
    return "it began one and went on"


async def _begins(folder: Path, place: Path) -> None:
    hand = Hand()
    async with engine_running(Settings(folder=folder), "real", ledger_of=partial(Dying, clock=hand)) as engine:
        session = Session(engine, hand, plan_to_come("jia", place))
        await session.play(until="close-session")
        await engine.submit(beginning(session, "m1"))


@pytest.mark.parametrize(
    ("victim", "point"), [("begin-m1", "after"), ("{session}#open-m1", "before"), ("{session}#open-m1", "after")]
)
async def test_a_power_cut_between_the_beginning_of_a_matter_and_its_first_entry_loses_no_matter(
    tmp_path: Path, victim: str, point: str
) -> None:
    session = plan_to_come("jia", tmp_path).stream
    folder = tmp_path / "data"
    await asyncio.to_thread(is_killed, folder, dying, victim.format(session=session), point, str(tmp_path))
    matter = f"{session.rsplit('/', 2)[0]}/matter/m1"
    ledger = reader(folder)
    last = datetime.fromisoformat(str(ledger.last_recorded_at()))
    assert [e.event.name for e in ledger.events(session)][-1] == "session.matter-begun.v1"
    assert bool(ledger.events(matter)) == (point == "after" and "open" in victim)
    ledger.close()
    for _ in range(2):
        async with awake(folder, last + timedelta(days=1)) as engine:
            assert await running(engine, matter, 1) == [matter]
            (opened,) = engine.ledger.events(matter)
            assert opened.event.name == "matter.opened.v1" and opened.event.at == last
            assert "LateEntry" not in [f.code for f in opened.event.findings], "it was begun in time"
            in_time = opening_of(session, "m1", last)
            assert (await engine.ledger.record(in_time)).outcome == "recorded", "it was asked for as of that hour"
    assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0
