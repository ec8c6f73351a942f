"""Sessions that were begun with an earlier version of the workflows go on with today's: their saved histories replay."""

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from tests.engine.other_matter import BeforeLoops
from tests.engine.other_session import HandingOverFirst, Pausing
from tests.engine.save_histories import HISTORIES
from workflows.matter import MatterWorkflow
from workflows.session import SessionWorkflow
from yishi.server.workers import sandboxed

SAVED = sorted(HISTORIES.glob("*.json"))


def replayer(*flows: type) -> Replayer:
    runner = sandboxed()
    return Replayer(workflows=flows, data_converter=pydantic_data_converter, workflow_runner=runner)


def history(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(file.stem.replace("_", "/"), file.read_text(encoding="utf-8"))


def test_histories_of_three_sessions_and_their_matters_are_saved():
    assert len([file for file in SAVED if "session" in file.name]) >= 3
    assert len([file for file in SAVED if "matter" in file.name]) >= 3


@pytest.mark.parametrize("file", SAVED, ids=lambda file: file.stem)
async def test_a_saved_history_replays_with_the_workflows_of_today(file: Path):
    await replayer(SessionWorkflow, MatterWorkflow).replay_workflow(history(file))


async def test_a_matter_that_went_through_its_loop_to_the_end_does_not_replay_as_one_of_before_loops():
    file = HISTORIES / "huigu_3-2_matter_j01.json"
    with pytest.raises(Exception, match=r"(?i)nondeterminism|TMPRL1100"):
        await replayer(BeforeLoops).replay_workflow(history(file))


@pytest.mark.parametrize("changed", [Pausing, HandingOverFirst])
async def test_a_workflow_that_does_things_in_another_order_does_not_replay(changed: type):
    file = next(file for file in SAVED if file.name.startswith("xiaozhen") and "session" in file.name)
    with pytest.raises(Exception, match=r"(?i)nondeterminism|TMPRL1100"):
        await replayer(changed).replay_workflow(history(file))
