"""What goes on beside the work is missed when it breaks off, and what may be mended by waiting is waited for."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError

from yishi.beside import WorkEnded, beside
from yishi.engine.faults import NotTaken
from yishi.engine.processes import _lead
from yishi.ledger.errors import LedgerError, LedgerUnavailable
from yishi.trouble import Trouble
from yishi.waking import Waking


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError("stale file handle"), WorkEnded),
        (NotTaken(why="the service is away"), NotTaken),
        (LedgerUnavailable(detail="away"), LedgerUnavailable),
    ],
)
async def test_work_beside_that_breaks_off_ends_what_it_goes_on_beside_which_says_why(
    fault: Exception, told: type[Trouble] | type[LedgerError]
) -> None:
    begun = asyncio.Event()

    async def breaks_off() -> None:
        await begun.wait()
        raise fault

    with pytest.raises(told, match=str(fault.args[0])):
        async with asyncio.timeout(60) as limit, beside(breaks_off()):
            begun.set()
            await asyncio.Event().wait()
    task = asyncio.current_task()
    assert not limit.expired(), "it was missed at once"
    assert task is not None and not task.cancelling(), "nobody told this to end: it ended by what went wrong"


async def test_work_beside_ends_with_what_it_goes_on_beside_and_one_that_is_done_harms_nobody() -> None:
    ended = []

    async def goes_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("goes on")

    async def is_done() -> None:
        ended.append("is done")

    async with beside(goes_on()), beside(is_done()):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert ended == ["is done", "goes on"]


class Turn:
    """One of several processes, that leads for as long as the test says so."""

    leading = True

    def leads(self) -> bool:
        return self.leading

    def hold(self) -> None: ...

    def close(self) -> None: ...


async def test_a_duty_that_fails_is_done_again_and_the_others_go_on_until_another_process_leads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yishi.engine.processes.AGAIN_SECONDS", 0.01)
    monkeypatch.setattr("yishi.engine.processes.LOOKS_SECONDS", 0.01)
    engine: Any = SimpleNamespace(all_revived=True)
    tried, others = list[bool](), list[str]()
    again, ended, turn = asyncio.Event(), asyncio.Event(), Turn()

    async def fails(_: Any) -> None:
        tried.append(engine.all_revived)
        if len(tried) == 3:
            again.set()
        raise OSError("stale file handle")

    async def goes_on(_: Any) -> None:
        others.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with asyncio.timeout(60), beside(_lead(engine, turn, [fails, goes_on])):
        await again.wait()
        turn.leading = False
        await ended.wait()
        while not engine.all_revived:  # noqa: ASYNC110 # who leads no more says nothing of what is begun again
            await asyncio.sleep(0.01)
    assert others == ["begun"] and tried[:3] == [False] * 3


async def test_a_machine_that_wakes_before_its_database_catches_up_the_next_time_it_wakes() -> None:
    caught_up = asyncio.Event()

    class Away(Waking):
        tried = 0

        async def catch_up(self) -> None:
            self.tried += 1
            if self.tried == 1:
                raise OperationalError("the database system is starting up")
            caught_up.set()

    nothing: Any = None
    walls = iter(range(0, 100_000, 3600))
    waking = Away(nothing, rehearsal=True)
    async with asyncio.timeout(60), beside(waking.when_it_wakes(lambda: next(walls, 0), tick_seconds=0)):
        await caught_up.wait()
