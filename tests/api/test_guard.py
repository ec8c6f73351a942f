"""What the door's calls have of the engine, and that nothing of it can be reached past the guard."""

from collections.abc import Iterator
from functools import partial
from types import FunctionType, MethodType
from typing import Any

import pytest
from fastapi import FastAPI

from domain.submission import Actor, Submission
from tests.api.holders import inside
from tests.api.served import Visitor
from yishi.api.app import create_app
from yishi.api.feed import Feed
from yishi.api.gate import Gate
from yishi.api.guard import AtTheRegister, Forbidden, Guarded, Sealing
from yishi.api.tokens import Token, digest_of
from yishi.ballots.boxes import Boxes
from yishi.engine import Engine
from yishi.hooks.hooks import Hooks
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import LedgerReader
from yishi.ledger.vault import Vault
from yishi.observing import Observing
from yishi.observing.metrics import Metrics
from yishi.observing.readiness import Readiness

GUARDS = (Guarded, AtTheRegister, Sealing, Feed, Hooks, Observing)
"""What keeps something behind it, and of which each public name was looked at by somebody: below."""
SHOWN = {
    Guarded: {
        "submit",
        "submit_together",
        "hold",
        "ask",
        "now",
        "verify",
        "second_copy",
        "folder",
        "laws",
        "ledger",
        "names",
        "evidence",
    },
    AtTheRegister: {"submit", "now", "ledger"},
    Sealing: {"seal", "seal_all", "open", "persons"},
    Observing: {"metrics", "readiness", "traces", "probes"},
    Metrics: {
        "registry", "acts", "refusals", "act_seconds", "append_seconds", "requests", "request_seconds",
        "act", "watch", "written",
    },
    Readiness: {"needs", "waiting_for", "shows", "under_way", "missing"},
}  # fmt: skip
BEHIND = (Engine, Ledger, Vault)
"""What writes, or does what nobody at the door may ask for."""


def held_by(found: object) -> Iterator[Any]:
    """What a call of the door holds on to: what it was made with, and what that was made with."""
    if isinstance(found, partial):
        yield from (found.func, *found.args, *found.keywords.values())
    elif isinstance(found, MethodType):
        yield found.__self__
    elif isinstance(found, FunctionType):
        yield from (cell.cell_contents for cell in found.__closure__ or ())
        yield from (found.__defaults__ or ())
    elif isinstance(found, dict):
        yield from found.values()
    elif isinstance(found, (list, tuple, set, frozenset)):
        yield from found
    elif type(found).__module__.split(".")[0] in ("yishi", "fastapi", "starlette"):
        yield from getattr(found, "__dict__", {}).values()


def reached(start: object) -> list[Any]:
    """Everything that can be reached from something, but for what stands behind a guard."""
    seen, waiting = dict[int, Any](), [start]
    while waiting:
        found = waiting.pop()
        if id(found) not in seen:
            seen[id(found)] = found
            waiting += [] if isinstance(found, GUARDS) else list(held_by(found))
    return list(seen.values())


@pytest.fixture
async def gate(visitor: Visitor) -> Gate:
    engine = visitor.engine
    return create_app(
        engine, Token(digest_of("x")), Feed(engine.ledger), Boxes(engine.folder, engine.reading, changed=lambda: None)
    )


def test_no_call_of_the_door_reaches_the_engine_past_its_guard(gate: Gate, visitor: Visitor) -> None:
    found = reached(gate)
    assert [each for each in found if isinstance(each, BEHIND)] == []
    assert {type(each) for each in found} >= {Guarded, AtTheRegister}, "the calls were walked through"

    engine = visitor.engine

    def left_open() -> str:
        return engine.server.address

    app = next(each for each in found if isinstance(each, FastAPI))
    app.add_api_route("/v1/open", left_open)
    assert visitor.engine in reached(gate), "a call that holds the bare engine is found"


def test_what_the_guard_shows_is_a_list_that_a_new_method_of_the_engine_does_not_join(visitor: Visitor) -> None:
    shown: dict[type, Any] = {Guarded: Guarded(visitor.engine), AtTheRegister: AtTheRegister(visitor.engine)}
    seen = visitor.engine.observing
    shown |= {Sealing: Sealing(visitor.engine.vault), Observing: seen, Metrics: seen.metrics, Readiness: seen.readiness}
    for kind, public in SHOWN.items():
        assert {name for name in dir(shown[kind]) if not name.startswith("_")} == public, kind.__name__
        assert kind.__mro__ == (kind, object), "nothing comes by inheritance"
        assert not hasattr(kind, "__getattr__"), "nothing comes by its name"
    writes = {name for kind in BEHIND for name in dir(kind) if not name.startswith("_")} - set(dir(LedgerReader))
    assert writes & set(dir(Feed)) == set(), "what watchers are told by does nothing that an engine does"
    assert type(shown[Guarded].ledger) is LedgerReader, "what is read at the door cannot write"


async def test_an_act_of_a_session_does_not_pass_by_the_way_of_the_register(visitor: Visitor) -> None:
    at = visitor.engine.ledger.now()
    sneaked = Submission(
        command_id="sneaked",
        stream=visitor.plan.stream,
        actor=Actor(office="secretariat"),
        at=at,
        act="adjourn-sitting",
        fields={},
    )
    with pytest.raises(Forbidden):
        await AtTheRegister(visitor.engine).submit(sneaked)
    async with inside(visitor):
        assert visitor.engine.ledger.answer_of("sneaked") is None
