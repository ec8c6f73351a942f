"""What is shown of an engine and asked of it, as its parts come and go."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring
from yishi.engine.seen import hooks_seen, seen
from yishi.folder import DataFolder
from yishi.ledger.ledger import Ledger
from yishi.mirror import Mirror
from yishi.observing import Observing


class Temporal:
    """Answers which of its queues somebody polls."""

    namespace = "default"

    def __init__(self) -> None:
        self.polled: set[str] = set()

    @property
    def workflow_service(self) -> "Temporal":
        return self

    async def describe_namespace(self, asked: Any) -> None:
        """It is there."""

    async def describe_task_queue(self, asked: DescribeTaskQueueRequest) -> Any:
        last = SimpleNamespace(ToDatetime=lambda zone: datetime.now(UTC))
        pollers = [SimpleNamespace(last_access_time=last)] if asked.task_queue.name in self.polled else []
        return SimpleNamespace(pollers=pollers)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Any]:
    """As much of an engine as is looked at."""
    with (
        DataFolder.open(tmp_path / "data", "real") as folder,
        Ledger(folder.path, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger,
    ):
        yield SimpleNamespace(
            folder=folder.path, ledger=ledger, client=Temporal(), mirror=None, still_to_revive=lambda: None
        )


def test_a_second_copy_is_among_the_numbers_from_when_it_is_kept_until_another_process_keeps_it(
    engine: Any, tmp_path: Path
) -> None:
    observing = Observing()
    engine.ledger.record_now(bring("a"))
    with seen(observing, engine):
        assert b"yishi_mirror" not in observing.metrics.written()
        engine.mirror = Mirror(engine.folder, tmp_path / "copy")
        told = observing.metrics.written().decode()
        assert "\nyishi_mirror_behind_events 1.0\n" in told and "\nyishi_mirror_in_trouble 0.0\n" in told
        engine.mirror = None
        assert b"yishi_mirror" not in observing.metrics.written()


@pytest.mark.parametrize(
    ("sessions", "needed", "missing"),
    [(True, True, ["worker", "webhooks"]), (True, False, ["worker"]), (False, True, ["webhooks"]), (False, False, [])],
)
async def test_who_works_on_webhooks_is_ready_once_they_are_worked_on_and_asks_for_nobody_elses_work(
    engine: Any, sessions: bool, needed: bool, missing: list[str]
) -> None:
    hooks: Any = SimpleNamespace(needed=needed)
    for polled, lacking in (((), missing), (("yishi", "hooks"), [])):
        observing = Observing()
        engine.client.polled = set(polled)
        with seen(observing, engine, sessions=sessions), hooks_seen(observing, hooks, engine.client):
            assert await observing.readiness.missing() == lacking
