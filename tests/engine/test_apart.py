"""Doors and workers as separate processes, several of each, on one ledger in PostgreSQL and one Temporal service."""

import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.submission import Receipt
from tests.api.served import body_of, own_config, session_fields
from tests.engine.apart import Apart, Site, site, until
from tests.engine.house import small_plan
from tests.ledger.postgres import new_ledger
from yishi.api.box_calls import BoxesNotHere, Elsewhere
from yishi.api.server import BoxesElsewhere, having_boxes, served_apart
from yishi.engine.composition import opened
from yishi.engine.processes import at_the_door
from yishi.holding import FolderInUse
from yishi.law import LawLibrary
from yishi.ledger.among import OneProcessOnly, among, folder_id
from yishi.ledger.errors import AnotherFolder
from yishi.ledger.postgres.among import Among
from yishi.ledger.verify import verify
from yishi.record import deciders, reader
from yishi.rehearsal.lawful import lawful_course
from yishi.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there several processes do not share a folder")


@pytest.fixture(scope="module")
async def temporal() -> AsyncIterator[Client]:
    binary = str(Settings.read({}).binary())
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=binary, dev_server_log_level="error"
    ) as env:
        yield env.client


def address_of(client: Client) -> str:
    return client.service_client.config.target_host


@pytest.mark.soak  # seven processes
async def test_two_doors_and_two_workers_of_which_one_of_each_is_killed_lose_no_act_and_double_none(
    tmp_path: Path, temporal: Client
) -> None:
    with site(tmp_path, ledger=new_ledger(), temporal_address=address_of(temporal)) as there:
        workers, doors = [there.start("worker") for _ in range(2)], [there.start("api") for _ in range(2)]
        for each in (*workers, *doors):
            each.says("works on" if each in workers else "open at")
        leader = until(lambda: next((each for each in workers if '"leads"' in each.said), None))
        other = next(each for each in workers if each is not leader)
        plan = small_plan()
        course = lawful_course(plan, LawLibrary(None).newest()).acts
        fields: dict[str, object] = {
            "command_id": "register",
            "at": course[0].at.isoformat(),
            "fields": session_fields(plan),
        }
        receipts = [received(there, doors, "/v1/sessions", fields)]
        acts = [body_of(plan, act) for act in course[: [a.act for a in course].index("assign-suggestions") + 6]]
        third = len(acts) // 3
        for nth, act in enumerate(acts):
            if nth == third:
                leader.killed()
            if nth == 2 * third:  # in the middle of a request
                dying = threading.Timer(0.02, doors[0].killed)
                dying.start()
            receipts.append(received(there, doors if nth % 2 else doors[::-1], "/v1/acts", act))
        other.says('"leads"')
        dying.join()
        assert doors[0].process.poll() is not None and leader.process.poll() is not None
        matter = f"{plan.stream.removesuffix('session/1')}matter/s01"
        last = await comes_back(temporal, matter, there, other)
        ends_in_order(there, doors[1])
        assert last.told_to_stop() == 0 and "stopped" in last.said
        recorded_once(tmp_path / "data", receipts)


def received(there: Site, doors: list[Apart], call: str, body: dict[str, object]) -> Receipt:
    answer = there.sent(doors, call, body)
    assert answer.status_code == 200, answer.text
    return Receipt.model_validate_json(answer.content)


async def comes_back(client: Client, stream: str, there: Site, leader: Apart) -> Apart:
    """A workflow that somebody ended is begun again by the worker that leads next."""
    await client.get_workflow_handle(stream).terminate()
    leader.killed()
    (last := there.start("worker")).says('"leads"')

    async def runs() -> bool:
        told = await client.get_workflow_handle(stream).describe()
        return told.status == WorkflowExecutionStatus.RUNNING

    while not await runs():
        assert last.process.poll() is None, last.said
    return last


def ends_in_order(there: Site, door: Apart) -> None:
    """Told to stop, a door lets its listeners go at the end of an event and answers what is under way."""
    headers = {"Authorization": f"Bearer {there.token}"}
    with httpx.stream("GET", door.url + "/v1/events/stream?after=0", headers=headers, timeout=60) as listening:
        lines = listening.iter_lines()
        assert next(lines)
        stopping = threading.Thread(target=door.told_to_stop)
        stopping.start()
        rest = list(lines)
        stopping.join()
    assert rest[-1] == "" and door.process.returncode == 0, door.said


def recorded_once(folder: Path, receipts: list[Receipt]) -> None:
    """All that was answered is in the record where its receipt says, each act once, and the whole proves itself."""
    ledger = reader(folder)
    try:
        entries = {e.position: e for e in ledger.notifications(limit=10_000)}
    finally:
        ledger.close()
    for receipt in receipts:
        for event in receipt.events:
            assert entries[event.position].event.name == event.name
    commands = Counter((e.envelope.command_id, e.envelope.stream, e.event.name) for e in entries.values())
    assert [each for each, times in commands.items() if times > 1 and "missed" in each[2]] == []
    names = [r.command_id for r in receipts]
    assert len(set(names)) == len(names)
    assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0


def test_a_record_in_a_file_is_for_one_process_and_separate_ones_say_what_they_need(tmp_path: Path) -> None:
    with pytest.raises(OneProcessOnly), opened(Settings(folder=tmp_path / "data"), "real", shared=True):
        pass
    assert not (tmp_path / "data").exists(), "nothing was begun"
    with site(tmp_path, ledger="postgresql://nobody@127.0.0.1:1/none") as there:
        assert "YISHI_TEMPORAL_ADDRESS" in there.start("worker").says("share a Temporal service")
        assert "sessions" in there.start("worker", "--queue", "mail").says("there is no queue mail")


def test_processes_of_one_record_share_one_folder_and_nobody_has_it_alone_meanwhile(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "data", ledger=new_ledger())
    with opened(settings, "real", shared=True) as first, opened(settings, "real", shared=True) as second:
        assert folder_id(first.folder) == folder_id(second.folder)
        with pytest.raises(FolderInUse), opened(settings, "real"):
            pass
        with closing(among(first.folder)), closing(among(second.folder)):
            elsewhere = settings.model_copy(update={"folder": tmp_path / "another"})
            with opened(elsewhere, "real", shared=True) as other, pytest.raises(AnotherFolder):
                among(other.folder)
    with opened(settings, "real"), pytest.raises(FolderInUse), opened(settings, "real", shared=True):
        pass


def test_of_several_one_leads_and_when_it_goes_another_does(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "data", ledger=new_ledger())
    with opened(settings, "real", shared=True) as there, closing(among(there.folder)) as second:
        with closing(among(there.folder)) as first:
            assert first.leads() and not second.leads()
            assert first.leads(), "asked again it still does"
        until(second.leads, "the database takes a moment to see that the first is gone")
        assert isinstance(second, Among) and second._connection is not None
        second._connection.close()  # as when the network is cut
        until(second.leads, "it is back, and nobody else was faster")


def test_one_who_does_not_lead_holds_the_folder_again_after_the_database_was_away(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "data", ledger=new_ledger())
    elsewhere = settings.model_copy(update={"folder": tmp_path / "another"})
    with (
        opened(settings, "real", shared=True) as there,
        opened(elsewhere, "real", shared=True) as other,
        closing(among(there.folder)) as door,
    ):
        door._connection.close()  # type: ignore[attr-defined] # as when the database is started again
        door.hold()
        with pytest.raises(AnotherFolder):
            among(other.folder)


async def test_a_door_alone_says_that_it_is_ready_once_it_is_open(tmp_path: Path, temporal: Client) -> None:
    settings = Settings(
        folder=tmp_path / "data", ledger=new_ledger(), temporal_address=address_of(temporal), probes="127.0.0.1:0"
    )
    async with at_the_door(settings) as (engine, ready):
        readiness = engine.observing.readiness
        assert "starting" in await readiness.missing()
        ready()
        assert "starting" not in await readiness.missing()
    with own_config(tmp_path / "config"):
        async with served_apart(settings) as serving, httpx.AsyncClient() as http:
            told = (await http.get(f"http://{serving.engine.observing.probes}/v1/ready")).json()
            assert "starting" not in told["missing"]


def test_the_ballot_boxes_are_with_one_door_alone(tmp_path: Path) -> None:
    with having_boxes(tmp_path), pytest.raises(BoxesElsewhere), having_boxes(tmp_path):
        pass
    with pytest.raises(BoxesNotHere):
        Elsewhere().told("xiuzhou/1-1", "b1")
