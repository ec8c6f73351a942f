"""An office that was off for months sees what one that never slept would show: each deadline on its day, once, in order."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

from tests.engine.house import Undisturbed, envelopes, everything_stored, play, prepared
from tests.engine.live import Hand, Session, address_of, plan_to_come, skipping_time
from tests.engine.sleeping import OFF, Asleep, awake, killed_awaking, missed, played
from tests.ledger.kinds import copied
from yishi.beside import beside
from yishi.engine import Engine
from yishi.engine.processes import _begin_again
from yishi.engine.reviving import Revived
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.mirror import restore
from yishi.record import deciders
from yishi.rehearsal.outcome import ActRow
from yishi.waking import Waking


@pytest.fixture(scope="module")
async def slept(tmp_path_factory: pytest.TempPathFactory) -> Asleep:
    """Switched off with deadlines running in a session and in five matters, three of them due at one instant."""
    asleep = await played(tmp_path_factory.mktemp("slept") / "data")
    assert len(asleep.due) == 6 and len({due for due, _ in asleep.due}) >= 3
    return asleep


@pytest.fixture
def folder(slept: Asleep, tmp_path: Path) -> Path:
    """A copy of it, Temporal's database included."""
    return copied(slept.folder, tmp_path / "data")


@pytest.fixture(scope="module")
async def woken(slept: Asleep, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, switched on once after the months, to hold others against."""
    folder = copied(slept.folder, tmp_path_factory.mktemp("woken") / "data")
    async with awake(folder, slept.at + OFF):
        pass
    return folder


def but_for_grouping(folder: Path) -> dict[str, list[Any]]:
    """All that is stored, byte for byte, but for how many acts happened to share a commit; the last root is under all of them."""
    stored = everything_stored(folder)
    return {**stored, "commits": [root for _, _, root in stored["commits"][-1:]]}


def lose_temporal(folder: Path) -> None:
    for file in folder.glob("temporal*"):
        file.unlink()


async def test_after_months_off_each_deadline_is_on_record_once_at_its_legal_instant_in_order(
    folder: Path, slept: Asleep
) -> None:
    async with awake(folder, slept.at + OFF) as engine:
        assert missed(engine) == slept.due
        told = [(e.at, e.stream) for e in engine.waking.caught_up]
        assert [each for each in told if each in slept.due] == slept.due, "what was recorded while it was off is told"
        assert told == sorted(told) and len(told) > len(slept.due), "reminders and escalations among it, in order"
        entries = engine.ledger.notifications(limit=10_000)[-len(told) :]
        assert {e.envelope.recorded_at for e in entries} == {slept.at + OFF}
        assert not [f for e in entries for f in e.event.findings if f.code == "LateEntry"], "nobody entered it late"
    assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0


async def test_with_temporals_database_lost_the_record_comes_out_the_same_and_all_that_is_open_goes_on(
    folder: Path, slept: Asleep, woken: Path
) -> None:
    lose_temporal(folder)
    async with awake(folder, slept.at + OFF) as engine:
        assert missed(engine) == slept.due
        for stream, progress in engine.waking.progress().items():
            assert (await engine.progress(stream)).missed == progress.missed, "its workflow knows it too"
        session = Session(engine, Hand(), plan_to_come("jia", folder.parent))
        session.hand.now = slept.at + OFF
        reply = next(act for act in session.course if act.of == "s02")
        assert (await session.do(reply.model_copy(update={"at": slept.at + OFF}))).outcome == "recorded"
    assert everything_but_the_reply(folder) == everything_stored(woken)["stored_events"]


def everything_but_the_reply(folder: Path) -> list[Any]:
    return everything_stored(folder)["stored_events"][:-1]


async def test_restored_from_a_mirror_the_record_comes_out_the_same(folder: Path, slept: Asleep, woken: Path) -> None:
    stick = folder.parent / "stick"
    async with awake(folder, slept.at, mirror=stick):
        pass
    restore(stick, folder.parent / "new", deciders(), LawLibrary)
    async with awake(folder.parent / "new", slept.at + OFF, mirror=stick) as engine:
        assert missed(engine) == slept.due
    assert everything_stored(folder.parent / "new") == everything_stored(stick)
    assert but_for_grouping(folder.parent / "new") == but_for_grouping(woken)


async def test_a_machine_switched_on_once_a_month_has_the_record_of_one_switched_on_once(
    folder: Path, slept: Asleep, woken: Path
) -> None:
    for month in range(1, 8):
        async with awake(folder, slept.at + min(OFF, timedelta(days=30 * month))):
            pass
    assert envelopes(folder) == envelopes(woken)  # all but when it was recorded


async def test_started_twice_more_it_records_nothing_more(folder: Path, slept: Asleep, woken: Path) -> None:
    for _ in range(3):
        async with awake(folder, slept.at + OFF) as engine:
            last = engine.waking.caught_up
    assert last == []
    assert but_for_grouping(folder) == but_for_grouping(woken)


@pytest.mark.skipif(os.name == "nt", reason="there a process is not killed by signals")
@pytest.mark.parametrize("point", ["before", "after"])
async def test_killed_while_it_catches_up_it_goes_on_where_it_was(
    folder: Path, slept: Asleep, woken: Path, point: str
) -> None:
    now = slept.at + OFF
    for due, stream in (slept.due[1], slept.due[3]):
        clock = "reply-difficult" if due == slept.due[-1][0] else "reply"
        victim = f"{stream}#missed-{clock}-{due.isoformat()}"
        await asyncio.to_thread(killed_awaking, folder, now, victim, point)
        so_far = [e for e in envelopes(folder) if e["name"].endswith("missed.v1")]
        assert len(so_far) == slept.due.index((due, stream)) + (point == "after"), "it died in the middle"
        assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0
    async with awake(folder, now) as engine:
        assert missed(engine) == slept.due
    assert envelopes(folder) == envelopes(woken)


async def test_timers_that_fire_after_the_catching_up_add_nothing_to_it(tmp_path: Path) -> None:
    """Temporal's own clocks run on; its workflows send each missed deadline a second time, and are told what was answered."""
    async with skipping_time() as env:
        address = address_of(env)
        asleep = await played(tmp_path / "data", temporal_address=address)
        async with awake(asleep.folder, asleep.at + OFF, temporal_address=address) as engine:
            assert missed(engine) == asleep.due
            head = engine.ledger.head()
            streams = [stream for _, stream in asleep.due]
            for stream in streams:
                assert (await engine.progress(stream)).next_clock is not None, "Temporal's own time has not come"
            handles = [env.client.get_workflow_handle(stream) for stream in streams]
            # all at once: each waits three seconds for the server, and has nothing to do with the others
            await asyncio.gather(*(env.fast_forward(handle, timedelta(days=300)) for handle in handles))
            for stream in streams:
                assert (await engine.progress(stream)).next_clock is None
            assert engine.ledger.head() == head


async def test_a_laptop_that_only_slept_catches_up_when_it_wakes(folder: Path, slept: Asleep) -> None:
    async with awake(folder, slept.at) as engine:
        assert missed(engine) == []
        engine.ledger._clock.now = slept.at + OFF  # type: ignore[attr-defined]  # the clock of `awake`
        walls = iter([0.0, 3600.0])
        waking = asyncio.create_task(engine.waking.when_it_wakes(lambda: next(walls, 3600.0), tick_seconds=0.01))
        async with asyncio.timeout(60):
            while len(missed(engine)) < len(slept.due):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        waking.cancel()
        assert missed(engine) == slept.due


async def runs(engine: Engine, stream: str) -> str | None:
    """The run of a stream's workflow, None when none is under way."""
    try:
        told = await engine.client.get_workflow_handle(stream).describe()
    except RPCError as failed:
        assert failed.status == RPCStatusCode.NOT_FOUND
        return None
    return told.run_id if told.status is not None and told.status.name == "RUNNING" else None


async def test_what_runs_is_left_alone_what_was_ended_is_started_and_what_is_at_its_end_is_not(
    folder: Path, slept: Asleep
) -> None:
    session, ended, closed, left = (f"jia/3-2/{end}" for end in ("session/1", "matter/t01", "matter/s02", "matter/t02"))
    async with awake(folder, slept.at) as engine:
        told = Session(engine, Hand(), plan_to_come("jia", folder.parent))
        told.hand.now = slept.at
        reply = next(act for act in told.course if act.of == "s02")
        solved = reply.model_copy(update={"at": slept.at, "fields": {"result": "A", "contacted": True}})
        assert (await told.do(solved)).outcome == "recorded"
        filed = next(a for a in told.course if a.act == "file-suggestion" and a.fields["number"] == "s02")
        rating = {"deputy": filed.fields["deputies"][0], "result": "satisfied"}
        rated = solved.model_copy(update={"act": "rate-reply", "fields": rating})
        assert (await told.do(rated)).outcome == "recorded"
        await engine.client.get_workflow_handle(closed).result()
        await engine.client.get_workflow_handle(ended).terminate()
        before = [await runs(engine, stream) for stream in (session, left)]
        await engine.progress(left)  # what it still had to do from its beginning is done before it answers
        history = len((await engine.client.get_workflow_handle(left).fetch_history()).events)
    async with awake(folder, slept.at) as engine:
        assert await runs(engine, ended) is not None
        assert await runs(engine, closed) is None, "it is closed"
        assert [await runs(engine, stream) for stream in (session, left)] == before
        assert len((await engine.client.get_workflow_handle(left).fetch_history()).events) == history
        assert (await engine.revive()).started == ()
    lose_temporal(folder)  # as when the history of what is closed expires
    async with awake(folder, slept.at) as engine:
        assert await runs(engine, ended) is not None and await runs(engine, session) is not None
        assert await runs(engine, closed) is None, "nothing is to be done there"


async def test_a_rehearsal_that_lost_temporals_database_half_way_comes_out_the_same_to_the_last_byte(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    folder = prepared(tmp_path / "data", like=undisturbed.folder)

    class Halfway(Exception):
        pass

    def watch(engine: Engine, row: ActRow) -> None:
        if row.act == "publish-results":
            raise Halfway

    with pytest.raises(Halfway):
        await play(folder, watch=watch)
    lose_temporal(folder)
    assert (await play(folder)).exit == 0
    assert everything_stored(folder) == everything_stored(undisturbed.folder)


def test_nothing_falls_due_by_itself_in_a_rehearsal() -> None:
    class Untouchable:
        def versions(self) -> None:
            raise AssertionError("it was looked for what is due")

    asyncio.run(Waking(Untouchable(), rehearsal=True).catch_up())  # type: ignore[arg-type]  # any touch of it fails


async def test_whoever_leads_begins_again_what_a_killed_door_left_without_a_workflow(
    folder: Path, slept: Asleep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.engine.processes.BEHIND_SECONDS", 0.01)
    stream = slept.due[0][1]
    async with awake(folder, slept.at) as engine:
        engine.revived = Revived()
        async with beside(_begin_again(engine)), asyncio.timeout(60):
            while not engine.revived.open:  # noqa: ASYNC110 # it has looked once, and all was running
                await asyncio.sleep(0.01)
            await engine.client.get_workflow_handle(stream).terminate()
            while await runs(engine, stream) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def test_acts_are_taken_while_what_was_lost_is_still_being_begun_behind_the_door(
    folder: Path, slept: Asleep
) -> None:
    lose_temporal(folder)
    async with awake(folder, slept.at, behind=True) as engine:
        assert engine.still_to_revive() is not None, "the work begins before everything is begun again"
        session = Session(engine, Hand(), plan_to_come("jia", folder.parent))
        session.hand.now = slept.at
        reply = next(act for act in session.course if act.of == "s02").model_copy(update={"at": slept.at})
        assert (await session.do(reply)).outcome == "recorded"
        async with asyncio.timeout(60):
            while engine.still_to_revive() is not None:  # noqa: ASYNC110 # it goes on beside us
                await asyncio.sleep(0.01)
        for stream in (session.stream, *{stream for _, stream in slept.due}):
            assert (await engine.progress(stream)).facts == engine.waking.progress_of(stream).facts, stream
        names = [event.event.name for event in engine.ledger.events(session.matter("s02"))]
        assert names.count("matter.replied.v1") == 1
        assert (await engine.revive()).started == ()
    assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0
