"""A small town's whole session, and ways to play it: as it is, and by processes that die at a given step."""

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from domain.calendar import at_clock
from domain.submission import Answer, Submission
from tests.forking import forked, say_into
from tests.ledger.kinds import kind_of, rows, tables
from yishi.engine import Engine, running
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.register import register_fields
from yishi.planning.script import Script
from yishi.record import reader
from yishi.rehearsal.lawful import lawful_course
from yishi.rehearsal.outcome import ActRow, Outcome
from yishi.rehearsal.player import Player
from yishi.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).parent / "small.yaml"
SEALED = ("yishi.json", "keys.db")
"""What must be the same in two folders for sealed names to come out the same."""
SILENT_SECONDS = 300.0
"""Far more than the slowest machine needs from one commit to the next, or from its start to the first."""


@cache
def small_plan() -> Plan:
    return load_plan(SMALL, LawLibrary(None).newest())


@cache
def small_script() -> Script:
    """The lawful course, but for two deadlines that pass: the budget is published late, and one suggestion answered late."""
    plan = small_plan()
    lawful = lawful_course(plan, LawLibrary(None).newest())
    budget_late = at_clock(plan.session.closes + timedelta(days=40), 9)
    reply_late = at_clock(plan.session.closes + timedelta(days=118), 9)
    times = {
        ("publish-budget", None): budget_late,
        ("file-budget", None): budget_late,
        ("reply-suggestion", "s02"): reply_late,
    }
    acts = (a.model_copy(update={"at": times.get((a.act, a.of), a.at)}) for a in lawful.acts)
    return Script(acts=tuple(sorted(acts, key=lambda a: a.at)))


async def play(
    folder: Path,
    script: Script | None = None,
    *,
    plan: Plan | None = None,
    ledger_of: Callable[..., Ledger] = Ledger,
    watch: Callable[[Engine, ActRow], None] = lambda engine, row: None,
    finally_: Callable[[Engine], Awaitable[None]] | None = None,
) -> Outcome:
    """A rehearsal as `yishi rehearse` composes it; `watch` may do something to the engine after each act."""
    plan = plan or small_plan()
    async with running(Settings(folder=folder), "rehearsal", ledger_of=ledger_of) as engine:
        player = Player(engine, plan, script or small_script(), scripted=True, watch=lambda row: watch(engine, row))
        outcome = await player.play(register_fields(plan, engine.laws.newest(), engine.vault, rehearsal=True))
        if finally_ is not None:
            await finally_(engine)
        return outcome


class Undisturbed(NamedTuple):
    """A session played without any trouble, to hold others against."""

    folder: Path
    outcome: Outcome
    commands: list[tuple[str, str]]

    def command(self, act: str, nth: int = 0) -> str:
        """The id of the nth command of an act."""
        return [command_id for name, command_id in self.commands if name == act][nth]


def prepared(folder: Path, like: Path) -> Path:
    """A new folder with the marker and the personal keys of another."""
    folder.mkdir()
    for name in SEALED:
        shutil.copy2(like / name, folder / name)
    return folder


def everything_stored(folder: Path) -> dict[str, list[Any]]:
    """All that is in a ledger's tables, byte for byte: envelopes, leaves, roots, answers, attendance."""
    return tables(kind_of(folder), folder)


def envelopes(folder: Path) -> list[dict[str, Any]]:
    """All envelopes in order, without `recorded_at`."""
    ledger = reader(folder)
    try:
        entries = ledger.notifications(limit=100_000)
        return [e.envelope.model_dump(mode="json", serialize_as_any=True, exclude={"recorded_at"}) for e in entries]
    finally:
        ledger.close()


def commands(folder: Path) -> list[tuple[str, str]]:
    """All acts that a ledger answered, as (act, command id), in the order of their events."""
    asked = "SELECT answer, command_id FROM commands ORDER BY position"
    return [(str(json.loads(answer)["act"]), command_id) for answer, command_id in rows(kind_of(folder), folder, asked)]


class Dying(Ledger):
    """A ledger whose process is killed at one act: just before its COMMIT, or just after it and before it is answered."""

    victim = ""  # command id
    point = ""  # before, after
    _now = ""

    async def record(self, submission: Submission) -> Answer:
        self._now = submission.command_id
        answer = await super().record(submission)
        if self.point == "after" and submission.command_id == self.victim:
            die()
        return answer

    def write(self, job: Callable[[Any], Any]) -> "Future[Any]":
        dies = self.point == "before" and self._now == self.victim

        def dying(cursor: Any) -> Any:
            done = job(cursor)
            if dies:
                die()
            return done

        return super().write(dying)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at(folder: Path, command_id: str, point: str) -> None:
    """Play the small session in a process of its own that is killed at one act."""
    is_killed(folder, _dying, command_id, point)


def _dying(folder: Path, command_id: str, point: str) -> str:
    Dying.victim, Dying.point = command_id, point
    outcome = asyncio.run(play(folder, ledger_of=Dying))
    return f"it ended with {outcome.exit}: {outcome.acts[-1].unexpected}"


def is_killed(folder: Path, run: Callable[..., str], *arguments: str) -> None:
    """Run something on a folder in a process of its own, and see that it is killed there and does not end by itself.

    Under load it may take minutes over what else takes seconds, so there is no deadline for the whole of it. It is given up when
    for `SILENT_SECONDS` nothing was recorded.
    """
    said = folder.parent / f"{folder.name}.said"
    process = forked(_telling, said, run, folder, *arguments)
    written, since = 0, time.monotonic()
    while process.exitcode is None:
        process.join(1)
        newest = _changed(folder)
        if newest != written:
            written, since = newest, time.monotonic()
        elif time.monotonic() - since > SILENT_SECONDS:
            process.kill()
            process.join()
            raise TimeoutError(f"nothing was recorded for {SILENT_SECONDS:.0f} s; it said: {said.read_text('utf-8')}")
    assert process.exitcode == -signal.SIGKILL, f"it ended by {process.exitcode} and said: {said.read_text('utf-8')}"


def _changed(folder: Path) -> int:
    """Another number whenever something was recorded."""
    if kind_of(folder).name == "postgres":
        return int(rows(kind_of(folder), folder, "SELECT count(*) FROM commands")[0][0])
    return max((file.stat().st_mtime_ns for file in folder.glob("ledger.db*")), default=0)


def _telling(said: Path, run: Callable[..., str], folder: Path, *arguments: str) -> None:
    say_into(said)
    sys.exit(f"it was not killed: {run(folder, *arguments)}")
