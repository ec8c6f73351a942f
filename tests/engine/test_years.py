"""A promise of five years: its clock fires on its day, whatever was restarted, rewritten or lost in between."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.calendar import end_of
from tests.engine.house import envelopes
from tests.engine.live import Hand, Session, address_of, plan_to_come, skipping_time
from tests.engine.other_matter import BeforeLoops, ToCome
from tests.engine.test_waking import runs
from tests.ledger.kinds import copied
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.engine import Engine, running
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.ledger.verify import verify
from yishi.planning.script import ScriptAct
from yishi.record import deciders
from yishi.settings import Settings

YEARS = timedelta(days=5 * 365 + 1)
NUMBER, MATTER = "j01", "jia/3-2/matter/j01"
MISSED = ["matter.opened.v1", "matter.term-missed.v1"]


@contextlib.asynccontextmanager
async def alive(
    place: Path, hand: Hand, *, version: type = MatterWorkflow, server: str = "temporal.db"
) -> AsyncIterator[tuple[WorkflowEnvironment, Engine]]:
    """One life of everything: a real server with its database, whose workflows' time can be skipped, and an engine."""
    async with skipping_time("--db-filename", str(place / server)) as env:
        settings = Settings(folder=place / "data", temporal_address=address_of(env), mirror=None)
        made: dict[str, Any] = {"ledger_of": partial(Ledger, clock=hand), "workflows": (SessionWorkflow, version)}
        async with running(settings, "real", clock_is_right=True, **made) as engine:
            yield env, engine


async def promised(place: Path, hand: Hand, version: type) -> datetime:
    """A resolution of the small town, to be reported on in five years; the instant at which that is overdue."""
    async with alive(place, hand, version=version) as (_, engine):
        session = Session(engine, hand, plan_to_come("jia", place))
        last = await session.play(until="assign-suggestions")
        due = last.at.date() + YEARS
        fields = {
            "number": NUMBER,
            "kind": "resolution",
            "subject": "五年规划的决议",
            "unit": "镇政府",
            "due": str(due),
        }
        begun = await session.do(ScriptAct(at=last.at, act="begin-matter", fields=fields))
        assert begun.outcome == "recorded", begun
        clock = (await engine.progress(MATTER)).clocks.get("report")
        assert clock is not None and clock.last_day == due
        return end_of(due)


async def through(place: Path, hand: Hand, due: datetime, restarts: int, versions: Sequence[type]) -> None:
    """So many restarts of server, engine and workflows, evenly over the years until an hour before the day is over."""
    begun = hand.now
    for nth in range(1, restarts + 1):
        version = versions[nth * len(versions) // (restarts + 1)]
        async with alive(place, hand, version=version) as (env, engine):
            now = await env.get_current_time(env.client.get_workflow_handle(MATTER))
            wanted = begun + (due - timedelta(hours=1) - begun) * nth / restarts
            hand.now = max(
                hand.now, wanted
            )  # first: what falls due on the way, a reminder, is not in the ledger's future
            await env.fast_forward(env.client.get_workflow_handle(MATTER), wanted - now)
            assert recorded(engine) == MISSED[:1], f"nothing is missed on {wanted}"
            assert (await engine.progress(MATTER)).next_clock is not None
            assert engine.revived.started == () or nth == 1


def recorded(engine: Engine) -> list[str]:
    """What is recorded of the matter but for reminders, which come some days before its term ends."""
    names = [entry.event.name for entry in engine.ledger.events(MATTER)]
    return [name for name in names if name != "matter.reminded.v1"]


async def fires(place: Path, hand: Hand, due: datetime, **more: Any) -> tuple[str, ...]:
    """The day passes; what was started from the record before."""
    async with alive(place, hand, **more) as (env, engine):
        handle = env.client.get_workflow_handle(MATTER)
        left = due - await env.get_current_time(handle)
        assert left > timedelta(0) and recorded(engine) == MISSED[:1], "an hour before it is over the day is not missed"
        hand.now = due + timedelta(hours=1)
        await env.fast_forward(handle, left + timedelta(hours=1))
        assert recorded(engine) == MISSED
        missed = engine.ledger.events(MATTER)[-1]
        assert missed.event.at == due
        assert [c for c in (await engine.progress(MATTER)).running if not c.is_notice] == []
        return engine.revived.started


async def the_years(place: Path, restarts: int, versions: Sequence[type]) -> None:
    hand = Hand()
    due = await promised(place, hand, versions[0])
    await through(place, hand, due, restarts, versions)
    lost = place / "lost"  # the same record, with nothing of Temporal's
    copied(place / "data", lost / "data")
    again = Hand()
    again.now = hand.now
    started = await fires(place, hand, due, version=versions[-1])
    assert started == (), "the workflow of five years ago runs to its end"
    assert MATTER in await fires(lost, again, due)
    assert envelopes(lost / "data")[-1] == envelopes(place / "data")[-1]
    assert verify(place / "data", deciders(), LawLibrary(place / "data")).exit_code == 0


async def test_a_matter_begun_before_there_were_loops_goes_on_through_its_loop_once_it_is_answered(
    tmp_path: Path,
) -> None:
    hand = Hand()
    async with alive(tmp_path, hand, version=BeforeLoops) as (_, engine):
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        await session.play(until="assign-suggestions")
        before = await runs(engine, session.matter("s02"))
    async with alive(tmp_path, hand) as (_, engine):
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        reply = next(act for act in session.course if act.of == "s02")
        assert await runs(engine, session.matter("s02")) == before and engine.revived.started == ()
        assert (await session.do(reply)).outcome == "recorded"
        assert (await engine.progress(session.matter("s02"))).has("replied")
        after = await runs(engine, session.matter("s02"))
        assert after is not None and after != before, "the run of before ended with the reply; the matter is not over"


async def test_a_clock_of_five_years_fires_on_its_day_after_restarts_and_another_version_and_from_the_record_alone(
    tmp_path: Path,
) -> None:
    await the_years(tmp_path, 3, (BeforeLoops, MatterWorkflow))


@pytest.mark.soak
async def test_a_clock_of_five_years_fires_on_its_day_after_fifty_restarts_and_three_versions(tmp_path: Path) -> None:
    await the_years(tmp_path, 50, (BeforeLoops, MatterWorkflow, ToCome))
