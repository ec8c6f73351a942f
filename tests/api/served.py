"""A served engine and a client that talks to it over a real socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from domain.calendar import at_clock
from domain.procedure import PROCEDURES
from domain.submission import COMMANDS
from tests.engine.house import small_plan
from yishi import doorway
from yishi.api.server import served
from yishi.engine import Engine
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.planning.plan import Plan
from yishi.planning.register import register_fields
from yishi.planning.script import ScriptAct
from yishi.rehearsal.lawful import lawful_course
from yishi.settings import Settings


@contextlib.contextmanager
def own_config(place: Path) -> Iterator[Path]:
    """This user's own tokens are kept in a folder of the test's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yishi.doorway.user_config_path", lambda *_, **__: place)
        yield place


def long_after() -> datetime:
    """The clock of a ledger at which everything in the small town's course is entered after the event."""
    return at_clock(small_plan().session.closes + timedelta(days=900), 9)


class Unsealed:
    """Leaves names as they are: what a client sends."""

    def seal(self, person: str, plain: str) -> str:
        return ""

    def open(self, person: str, sealed: str) -> str | None:
        return None


def session_fields(plan: Plan) -> dict[str, Any]:
    """What registers a plan over the door: names in clear, no edition."""
    fields = register_fields(plan, LawLibrary(None).newest(), Unsealed(), rehearsal=False)
    names = {d.id: f"司马{d.name}代表" for d in plan.entries}  # long enough to be looked for in bytes
    names |= {p.id: f"司马{p.name}人选" for p in plan.people}
    for entry in (*fields["roll"], *fields["people"]):
        del entry["sealed_name"]
        entry["name"] = names[entry["id"]]
    del fields["edition"]
    return fields


class Visitor(NamedTuple):
    """A program at the door."""

    http: httpx.AsyncClient
    engine: Engine
    token: str
    url: str
    plan: Plan

    @property
    def session(self) -> str:
        return self.plan.stream.removesuffix("/session/1")

    async def register(self, command_id: str = "register", **body: Any) -> httpx.Response:
        at = lawful_course(self.plan, LawLibrary(None).newest()).acts[0].at
        sent = {"command_id": command_id, "at": at.isoformat(), "fields": session_fields(self.plan)}
        return await self.http.post("/v1/sessions", json=sent | body)

    def body(self, act: ScriptAct, command_id: str = "") -> dict[str, Any]:
        return body_of(self.plan, act, command_id)

    async def act(self, act: ScriptAct, command_id: str = "") -> httpx.Response:
        return await self.http.post("/v1/acts", json=self.body(act, command_id))

    def course(self) -> tuple[ScriptAct, ...]:
        return lawful_course(self.plan, LawLibrary(None).newest()).acts

    async def play(self, *, until: str) -> None:
        """All acts of the lawful course before the first of that name."""
        assert (await self.register()).status_code == 200
        for act in self.course():
            if act.act == until:
                return
            answer = await self.act(act)
            assert answer.status_code == 200, answer.text
        raise LookupError(until)


def body_of(plan: Plan, act: ScriptAct, command_id: str = "") -> dict[str, Any]:
    session = plan.stream.removesuffix("/session/1")
    whose = {"stream": f"{session}/matter/{act.of}"} if act.of else {"session": session}
    office = act.by or PROCEDURES[plan.procedure_id].may_do(act.act, COMMANDS[act.act].offices)[0]
    return {
        "command_id": command_id or f"{act.act}-{act.at.isoformat()}-{act.of or ''}",
        "actor": {"office": office},
        "at": act.at.isoformat(),
        "act": act.act,
        "fields": act.fields,
        **whose,
    }


@contextlib.asynccontextmanager
async def visiting(folder: Path, plan: Plan | None = None) -> AsyncIterator[Visitor]:
    """A door on a new folder, and somebody with its token."""
    ledger_of = partial(Ledger, clock=long_after)
    async with served(Settings(folder=folder), ledger_of=ledger_of) as serving:
        token = serving.fresh_token or doorway.kept_token(folder)
        assert token is not None
        async with httpx.AsyncClient(
            base_url=serving.door.url, headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as http:
            yield Visitor(http, serving.engine, token, serving.door.url, plan or small_plan())


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 # what happens elsewhere sets no event of ours
            await asyncio.sleep(0.01)
