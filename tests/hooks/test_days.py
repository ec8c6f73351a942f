"""Over days, in skipped time: endpoints that are down for a day lose nothing and delay nobody; one that is down for more is told so of."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from standardwebhooks import Webhook
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.testing import WorkflowEnvironment

from domain.access.register import REGISTER
from domain.access.webhooks import AddWebhook
from domain.hooks import Failing, Line, Tried
from domain.submission import Actor, Submission
from tests.engine.live import Hand, Session, address_of, live, plan_to_come, skipping_time
from tests.engine.test_replay import replayer
from tests.hooks.receiver import Got, receiving
from workflows.hook import HookWorkflow
from yishi.engine import Engine
from yishi.hooks.address import checked
from yishi.hooks.hooks import Hooks
from yishi.hooks.watching import line_id

HOUR = 3600
SAVED = Path(__file__).parent / "histories" / "hook.json"
"""Of an endpoint that took in nothing for three days, and then the rest. Kept as it is: lines like it run when the code changes."""


@pytest.fixture(scope="module")
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    async with skipping_time() as env:
        yield env


@pytest.fixture(scope="module")
def hand() -> Hand:
    return Hand()


@pytest.fixture(scope="module")
async def engine(
    skipping: WorkflowEnvironment, hand: Hand, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Engine]:
    async with live(tmp_path_factory.mktemp("days") / "data", hand, temporal_address=address_of(skipping)) as running:
        yield running


def hooks_of(engine: Engine) -> Hooks:
    assert engine.hooks is not None
    return engine.hooks


async def add(engine: Engine, hand: Hand, name: str, url: str, session: str) -> str:
    """A webhook of the office's, as the door adds it; its secret."""
    address = checked(url)
    secret = await asyncio.to_thread(hooks_of(engine).prepare, name, address, None)
    fields = {"webhook": name, "token": "office", "machine": address.machine, "bodies": [session]}
    adding = Submission(
        command_id=f"add-{name}", stream=REGISTER, actor=Actor(office="secretariat"), at=hand.now, act=AddWebhook.act, fields=fields
    )  # fmt: skip
    assert (await engine.submit(adding)).outcome == "recorded"
    await hooks_of(engine).begun(name)
    return secret


def named(code: str, count: int) -> list[str]:
    return [f"w{code}{n}" for n in range(count)]


def positions(got: list[Got]) -> list[int]:
    return [each.position for each in got]


def signed(secret: str, got: Got) -> bool:
    """As the library checks it, but for the time, which is days ahead."""
    expected = Webhook(secret).sign(got.id, datetime.fromtimestamp(got.at, UTC), got.body)
    return expected in got.headers["webhook-signature"].split()


@pytest.mark.parametrize(
    ("code", "endpoints", "out", "hours"),
    [("jia", 10, 1, 1), pytest.param("ding", 100, 10, 24, marks=pytest.mark.soak)],
)
async def test_endpoints_that_are_down_for_hours_lose_nothing_and_delay_nobody_of_the_others(
    engine: Engine,
    skipping: WorkflowEnvironment,
    hand: Hand,
    tmp_path: Path,
    code: str,
    endpoints: int,
    out: int,
    hours: int,
) -> None:
    session = Session(engine, hand, plan_to_come(code, tmp_path))
    scope = session.stream.removesuffix("/session/1")
    async with receiving() as receiver:
        secrets = {
            name: await add(engine, hand, name, f"{receiver.url}/{name}", scope) for name in named(code, endpoints)
        }
        down = named(code, out)
        well = [name for name in secrets if name not in down]
        ends = time.time() + hours * HOUR
        receiver.answering = lambda got: 503 if got.path[1:] in down and got.at < ends else 204
        before = engine.ledger.head().size
        await session.play(until="give-notice")
        recorded = [
            e.position for e in engine.ledger.notifications(after=before) if e.envelope.stream.startswith(scope)
        ]
        assert len(recorded) >= 3

        def told(names: list[str]) -> bool:
            return all(len(receiver.of(f"/{name}")) >= len(recorded) for name in names)

        await receiver.until(lambda: told(well))
        assert [name for name in down if receiver.of(f"/{name}")] == []
        lines = [skipping.client.get_workflow_handle(line_id(name, scope)) for name in down]
        await asyncio.gather(*(skipping.fast_forward(line, timedelta(hours=hours + 7)) for line in lines))
        await receiver.until(lambda: told(down))
    for name, secret in secrets.items():
        got = receiver.of(f"/{name}")
        assert positions(got) == recorded, f"{name} lost something, or was told it twice or out of order"
        assert [each.id for each in got] == [f"{name}.{each.event['id']}" for each in got]
        assert all(signed(secret, each) for each in got)
    assert all(hooks_of(engine).dead(name) == [] for name in down)
    assert min(receiver.of(f"/{name}")[0].at for name in down) >= ends


async def replayed(history: WorkflowHistory) -> None:
    """That a line that runs goes on with the code of today."""
    await replayer(HookWorkflow).replay_workflow(history)


async def test_a_line_that_was_begun_with_the_first_version_goes_on_with_todays() -> None:
    await replayed(WorkflowHistory.from_json("hook/wdead/yi/3-2", SAVED.read_text(encoding="utf-8")))


async def test_a_line_of_the_first_version_with_a_long_history_goes_on_with_todays() -> None:
    """Such a one stayed until its five hundred tellings, and may not go on as new where it did not then."""
    history = WorkflowHistory.from_json("hook/wdead/yi/3-2", SAVED.read_text(encoding="utf-8"))
    for each in history.events:
        if each.HasField("workflow_task_started_event_attributes"):
            each.workflow_task_started_event_attributes.suggest_continue_as_new = True
    await replayed(history)


@pytest.mark.parametrize("state", ["told", "failed"])
async def test_a_line_goes_on_as_new_once_its_history_is_long_however_few_its_tellings(
    state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AsNew(Exception):
        """The run ends here."""

    def as_new(line: Line) -> None:
        raise AsNew(line)

    async def came_to(*_: Any, **__: Any) -> Tried:
        return Tried(state=state, position=7)

    async def waited(*_: Any, **__: Any) -> None:
        raise TimeoutError

    now = datetime(2026, 3, 1, tzinfo=UTC)
    for name, what in {
        "execute_activity_method": came_to, "continue_as_new": as_new, "wait_condition": waited, "now": lambda: now,
        "patched": lambda _: True, "info": lambda: SimpleNamespace(is_continue_as_new_suggested=lambda: True),
    }.items():  # fmt: skip
        monkeypatch.setattr(workflow, name, what)
    line = Line(endpoint="wone", session="yi/3-2")
    with pytest.raises(AsNew) as ended:
        await HookWorkflow(line).run(line)
    left = Failing(position=7, since=now, tries=1) if state == "failed" else None
    assert ended.value.args == (line.model_copy(update={"failing": left}),), "at once, and nothing is forgotten"


async def until_true(condition: Any) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 # what happens elsewhere sets no event of ours
            await asyncio.sleep(0.01)


async def test_what_is_not_taken_in_for_three_days_is_put_aside_told_of_and_sent_again_when_asked(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("yi", tmp_path))
    scope, hooks = session.stream.removesuffix("/session/1"), hooks_of(engine)
    async with receiving() as receiver:
        await add(engine, hand, "wdead", f"{receiver.url}/wdead", scope)
        receiver.answering = lambda got: 500 if got.event["type"] == "session.registered.v1" else 204
        await session.play(until="give-notice")
        poisoned = engine.ledger.events(session.stream)[0].position
        await receiver.until(lambda: len(receiver.got) >= 1)
        line = skipping.client.get_workflow_handle(line_id("wdead", scope))
        await skipping.fast_forward(line, timedelta(days=2, hours=23))
        assert hooks.dead("wdead") == [] and receiver.taken == [], "not before the three days are over"
        await skipping.fast_forward(line, timedelta(hours=2))
        rest = [e.position for e in engine.ledger.events(session.stream)][1:]
        await receiver.until(lambda: len(receiver.taken) >= len(rest))
        assert positions(receiver.taken) == rest, "the next has its turn"
        await replayed(await line.fetch_history())
        (letter,) = hooks.dead("wdead")
        assert (letter.position, letter.session, letter.why, letter.wanted) == (poisoned, scope, "http-500", False)
        assert letter.tries == len(receiver.got) - len(rest) and letter.at - letter.since >= timedelta(days=3)
        await hooks.resend("wdead", poisoned)
        await until_true(lambda: hooks.dead("wdead")[0].tries == letter.tries + 1)
        assert hooks.dead("wdead")[0].wanted is False, "tried once, and it is there still"
        receiver.answering = lambda got: 204
        await hooks.resend("wdead", poisoned)
        await receiver.until(lambda: receiver.taken[-1].position == poisoned)
        await until_true(lambda: hooks.dead("wdead") == [])
        assert len({got.id for got in receiver.got if got.position == poisoned}) == 1


async def test_an_endpoint_that_asks_to_be_left_alone_is_left_alone(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("bing", tmp_path))
    scope = session.stream.removesuffix("/session/1")
    async with receiving() as receiver:
        await add(engine, hand, "wbusy", f"{receiver.url}/wbusy", scope)
        receiver.answering, receiver.headers = lambda got: 429, {"retry-after": "7200"}
        await session.play(until="decide-date")
        await receiver.until(lambda: len(receiver.got) == 1)
        line = skipping.client.get_workflow_handle(line_id("wbusy", scope))
        await skipping.fast_forward(line, timedelta(hours=1, minutes=59))
        assert len(receiver.got) == 1
        await skipping.fast_forward(line, timedelta(minutes=2))
        await receiver.until(lambda: len(receiver.got) == 2)
