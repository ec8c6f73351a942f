"""A running session under two versions of the code, on one real server that tells them apart."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from activities.doors import Doors
from tests.engine.apart import site
from tests.engine.live import Hand, Session, live, plan_to_come
from tests.engine.other_matter import ToCome
from workflows.session import SessionWorkflow
from yishi.engine import Engine
from yishi.engine.versions import NoSuchBuild, Version, build_on_trial, current_build, promote, promote_if_none_is
from yishi.engine.working import working
from yishi.folder import program_version
from yishi.law import LawLibrary
from yishi.ledger.verify import verify
from yishi.record import deciders
from yishi.settings import Settings

NEW = (SessionWorkflow, ToCome)
"""The next version: its matters do something first that today's do not, behind `patched`."""


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[Client]:
    binary = str(Settings.read({}).binary())
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=binary, dev_server_log_level="error"
    ) as env:
        yield env.client


async def build_of(engine: Engine, stream: str) -> str:
    """The build that did a workflow's last task."""
    request = DescribeWorkflowExecutionRequest(namespace=engine.client.namespace)
    request.execution.workflow_id = stream
    told = await engine.client.workflow_service.describe_workflow_execution(request)
    return told.workflow_execution_info.versioning_info.deployment_version.build_id


async def test_a_running_session_and_its_matters_go_on_in_a_new_version_once_it_is_promoted_and_back_again(
    tmp_path: Path, client: Client
) -> None:
    (tmp_path / "desk").mkdir()
    hand, address = Hand(), client.service_client.config.target_host
    versioned = {"temporal_address": address, "deployment": "office"}
    async with live(tmp_path / "data", hand, build="1", **versioned) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        await session.play(until="assign-suggestions")
        matters = [session.matter("s01"), session.matter("s02")]
        runs = [await run_of(engine, stream) for stream in (session.stream, *matters)]
        async with working(engine.client, Doors(engine.waking, engine), NEW, Version("office", "2")):
            await contacted(session, "s01")
            assert await build_of(engine, matters[0]) == "1", "the new one is there, and gets nothing yet"
            await promote_if_none_is(client, Version("office", "2"))
            assert await current_build(client, "office") == "1", "a worker that starts does not take over by itself"
            await promote(client, Version("office", "2"))
            await goes_to(session, "s02", "2")
            with site(tmp_path / "desk", temporal_address=address, deployment="office") as desk:
                await asyncio.to_thread(desk.start("promote", "--build", "1", "--percent", "0").says, "2 → 1 (0 %)")
                assert await build_on_trial(client, "office") == "1"
                await promote(client, Version("office", "2"))
                assert await build_on_trial(client, "office") is None, "who has all has all"
                said = await asyncio.to_thread(desk.start("promote", "--build", "1").says, "promoted: 2 → 1")
                assert "100 %" in said
            await goes_to(session, "s02", "1")  # and back, as long as the old one is there
    async with live(tmp_path / "data", hand, build="2", **versioned) as engine:
        assert await current_build(client, "office") == "2", "the only one there is takes over by itself"
        assert engine.revived.started == ()
        again = Session(engine, hand, session.plan)
        await goes_to(again, "s01", "2")
        assert [await run_of(engine, stream) for stream in (session.stream, *matters)] == runs, "nothing was begun anew"
        for stream in (session.stream, *matters):
            assert (await engine.progress(stream)).facts == engine.waking.progress_of(stream).facts
    assert verify(tmp_path / "data", deciders(), LawLibrary(tmp_path / "data")).exit_code == 0


async def contacted(session: Session, number: str, text: str = "first") -> None:
    """An act on a matter: its unit talked to the deputy."""
    filed = next(a for a in session.course if a.act == "file-suggestion" and a.fields["number"] == number)
    fields = {"way": "phone", "deputies": filed.fields["deputies"], "text": text}
    act = filed.model_copy(update={"act": "contact-deputy", "of": number, "at": session.hand.now, "fields": fields})
    answer = await session.do(act, f"contact-{number}-{text}")
    assert answer.outcome == "recorded", answer


async def goes_to(session: Session, number: str, build: str) -> None:
    """Acts on a matter go to a build: some moments after it was promoted, when every queue of the service has heard of it."""
    async with asyncio.timeout(120):
        for nth in count():
            await contacted(session, number, f"to {build}, {nth}")
            if await build_of(session.engine, session.matter(number)) == build:
                return
            await asyncio.sleep(0.2)


async def run_of(engine: Engine, stream: str) -> str | None:
    return (await engine.client.get_workflow_handle(stream).describe()).run_id


async def test_a_build_that_nobody_has_started_is_not_promoted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yishi.engine.versions.PATIENCE_SECONDS", 0.0)
    with pytest.raises(NoSuchBuild):
        await promote(client, Version("nobody", "9"))
    assert await current_build(client, "nobody") is None


def test_without_a_deployment_nothing_is_told_apart_and_a_build_is_the_programs_version() -> None:
    assert Version.of(Settings.read({})) is None
    assert Version.of(Settings.read({"YISHI_DEPLOYMENT": "office"})) == ("office", program_version())
    assert Version.of(Settings.read({"YISHI_DEPLOYMENT": "office", "YISHI_BUILD": "2a"})) == ("office", "2a")
