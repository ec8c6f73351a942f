"""A live session: no rehearsal's clock, true timers, days of the near future. Its ledger's clock is in the test's hand."""

import contextlib
from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from temporalio.testing import WorkflowEnvironment

from domain.calendar import CHINA
from domain.procedure import PROCEDURES
from domain.submission import COMMANDS, Actor, Answer, Submission
from tests.engine.house import ROOT, SMALL
from yishi.engine import Engine, running
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.planning.load import load_plan
from yishi.planning.plan import Plan
from yishi.planning.register import register_fields
from yishi.planning.script import ScriptAct
from yishi.rehearsal.lawful import lawful_course
from yishi.settings import Settings

COUNTY = ROOT / "tests" / "api" / "county.yaml"


@contextlib.asynccontextmanager
async def skipping_time(*more: str) -> AsyncIterator[WorkflowEnvironment]:
    """A real server with a clock for each workflow that a test can move. `more`: arguments of the server."""
    binary = str(Settings.read({}).binary())
    skipping = ("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true")
    async with await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=binary, dev_server_extra_args=[*skipping, *more], dev_server_log_level="error"
    ) as env:
        yield env


def address_of(env: WorkflowEnvironment) -> str:
    return env.client.service_client.config.target_host


class Hand:
    """The hand that sets the ledger's clock."""

    def __init__(self) -> None:
        self.now = datetime.now(CHINA)

    def __call__(self) -> datetime:
        return self.now


def plan_to_come(code: str, place: Path) -> Plan:
    """The small town's plan under another code, opening 40 days from today."""
    opens = str(date.today() + timedelta(days=40))  # noqa: DTZ011 # any day of the near future will do
    written = SMALL.read_text(encoding="utf-8").replace("xiaozhen", code).replace("2025-01-21", opens)
    place.mkdir(parents=True, exist_ok=True)
    (place / "roll.csv").write_bytes((SMALL.parent / "roll.csv").read_bytes())
    (place / f"{code}.yaml").write_text(written, encoding="utf-8")
    return load_plan(place / f"{code}.yaml", LawLibrary(None).newest())


def county_to_come(code: str, place: Path) -> Plan:
    """A small county's plan under a code of its own, opening 40 days from today."""
    opens = date.today() + timedelta(days=40)  # noqa: DTZ011 # any day of the near future will do
    written = COUNTY.read_text(encoding="utf-8").replace("xiaoxian", code)
    for planned, off in (("2026-01-20", -1), ("2026-01-21", 0), ("2026-01-22", 1)):
        written = written.replace(planned, str(opens + timedelta(days=off)))
    (place / f"{code}.yaml").write_text(written, encoding="utf-8")
    return load_plan(place / f"{code}.yaml", LawLibrary(None).newest())


class Session:
    """One session on a running engine, and the acts of its lawful course, one by one."""

    def __init__(self, engine: Engine, hand: Hand, plan: Plan, *, rehearsal: bool = False) -> None:
        self.engine, self.hand, self.plan, self.rehearsal = engine, hand, plan, rehearsal
        book = engine.laws.newest()
        fields = register_fields(plan, book, engine.vault, rehearsal=rehearsal)
        course = lawful_course(plan, book).acts
        self.course = [ScriptAct(at=course[0].at, act="register-session", fields=fields), *course]

    @property
    def stream(self) -> str:
        return self.plan.stream

    def matter(self, number: str) -> str:
        return f"{self.stream.rsplit('/', 2)[0]}/matter/{number}"

    def submission(self, act: ScriptAct, command_id: str = "") -> Submission:
        offices = COMMANDS[act.act].offices
        office: Any = act.by or PROCEDURES[self.plan.procedure_id].may_do(act.act, offices)[0]
        return Submission(
            command_id=command_id or f"{self.stream}#{act.act}-{act.at.isoformat()}-{act.of}",
            stream=self.matter(act.of) if act.of else self.stream,
            actor=Actor(office=office),
            at=act.at,
            act=act.act,
            fields=act.fields,
            recorded_at=act.at if self.rehearsal else None,
        )

    async def do(self, act: ScriptAct, command_id: str = "") -> Answer:
        self.hand.now = max(self.hand.now, act.at)
        return await self.engine.submit(self.submission(act, command_id))

    async def play(self, *, until: str, without: Iterable[str] = ()) -> ScriptAct:
        """All acts of the course up to the first of that name, but for some; the one done last."""
        for act in self.course:
            if act.act not in without:
                answer = await self.do(act)
                assert answer.outcome == "recorded", answer
            if act.act == until:
                return act
        raise LookupError(until)

    def recorded(self, stream: str | None = None) -> list[str]:
        """The names of all events of a stream, in order."""
        return [e.event.name for e in self.engine.ledger.events(stream or self.stream)]

    def suggestion(self, number: str) -> ScriptAct:
        """A suggestion to be filed on the day of the session."""
        at = next(act.at for act in self.course if act.act == "open-sitting")
        return ScriptAct(
            at=at,
            act="file-suggestion",
            fields={"number": number, "deputies": ["D001"], "subject": f"关于{number}的建议"},
        )


@contextlib.asynccontextmanager
async def live(folder: Path, hand: Hand, **settings: Any) -> AsyncIterator[Engine]:
    """A real folder's engine whose ledger looks at the hand's clock."""
    async with running(Settings(folder=folder, **settings), "real", ledger_of=partial(Ledger, clock=hand)) as engine:
        yield engine


__all__ = ["Hand", "Session", "county_to_come", "live", "plan_to_come"]
