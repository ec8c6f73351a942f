"""A session with deadlines running in several streams, the machine then off for months; and a start of it that is killed half-way."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yishi.waking
from tests.engine.house import Dying, is_killed
from tests.engine.live import Hand, Session, plan_to_come
from yishi.engine import Engine, running
from yishi.ledger.ledger import Ledger
from yishi.settings import Settings

OFF = timedelta(days=200)
"""Long enough for every term to pass, short enough that nobody is asked about the clock."""
MISSED = ("matter.reply-missed.v1", "session.deadline-missed.v1")


class Asleep(NamedTuple):
    """A data folder as the machine was switched off, when that was, and what was then still to come."""

    folder: Path
    at: datetime
    due: list[tuple[datetime, str]]


@contextlib.asynccontextmanager
async def awake(folder: Path, now: datetime, *, kind: type[Ledger] = Ledger, **more: Any) -> AsyncIterator[Engine]:
    """An engine on the folder at some moment."""
    hand = Hand()
    hand.now = now
    settings = Settings(folder=folder, temporal_address=more.pop("temporal_address", None))
    async with running(settings, "real", ledger_of=partial(kind, clock=hand), **more) as engine:
        yield engine


async def played(folder: Path, **more: Any) -> Asleep:
    """The small town's session up to the assignment of five suggestions, one of them difficult; then the machine is off."""
    hand = Hand()
    async with running(Settings(folder=folder, **more), "real", ledger_of=partial(Ledger, clock=hand)) as engine:
        session = Session(engine, hand, plan_to_come("jia", folder.parent))
        await session.play(until="file-suggestion")
        for number in ("t03", "t01", "t02"):
            assert (await session.do(session.suggestion(number), f"file-{number}")).outcome == "recorded"
        done = session.course.index(next(act for act in session.course if act.act == "file-suggestion"))
        for act in session.course[done + 1 :]:
            if act.act == "assign-suggestions":
                fields = act.fields | {"assignments": [*act.fields["assignments"], *more_of(act.fields["assignments"])]}
                assigned = act.model_copy(update={"fields": fields})
                assert (await session.do(assigned)).outcome == "recorded"
                break
            answer = await session.do(act)
            assert answer.outcome == "recorded", answer
        extending = act.model_copy(update={"act": "extend-suggestion", "of": "s01", "fields": {"why": "涉及面广"}})
        assert (await session.do(extending)).outcome == "recorded"
        clocks = [(c.due, s) for s, p in engine.waking.progress().items() for c in p.running if not c.is_notice]
        return Asleep(folder, hand.now, sorted(clocks))


def more_of(assignments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [assignments[0] | {"number": number} for number in ("t01", "t02", "t03")]


def missed(engine: Engine) -> list[tuple[datetime, str]]:
    """What was recorded as missed, in the record's order: its legal instant and its stream."""
    entries = engine.ledger.notifications(limit=10_000)
    return [(e.event.at, e.envelope.stream) for e in entries if e.event.name in MISSED]


def killed_awaking(folder: Path, now: datetime, victim: str, point: str) -> None:
    """Wake in a process of its own that is killed at one missed deadline."""
    is_killed(folder, _dying, now.isoformat(), victim, point)


def _dying(folder: Path, now: str, victim: str, point: str) -> str:
    Dying.victim, Dying.point = victim, point
    yishi.waking.AT_ONCE = 1  # each in a commit of its own, so that there is a middle to be killed in
    asyncio.run(_awaking(folder, datetime.fromisoformat(now)))
    return "it is awake"


async def _awaking(folder: Path, now: datetime) -> None:
    async with awake(folder, now, kind=Dying):
        pass
