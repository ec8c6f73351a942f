"""Whoever is killed, and whenever: the record of a session comes out the same to the last byte."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.engine.house import (
    ROOT,
    SMALL,
    Undisturbed,
    envelopes,
    everything_stored,
    killed_at,
    play,
    prepared,
)
from yishi.engine import Engine
from yishi.folder import DataFolder
from yishi.law import LawLibrary
from yishi.ledger.errors import LedgerError
from yishi.ledger.verify import verify
from yishi.record import deciders, reader
from yishi.rehearsal.outcome import ActRow
from yishi.server import TemporalServer
from yishi.server.leftovers import PID_FILE

STEPS = [
    ("register-session", 0, "after"),
    ("open-sitting", 0, "before"),
    ("put-to-vote", 2, "after"),
    ("open-matter", 1, "after"),
    ("miss-deadline", 0, "before"),
]
"""Representative acts and where their process dies. After the second `open-matter` no matter's workflow has been started."""


async def comes_out_the_same(folder: Path, undisturbed: Undisturbed) -> None:
    """Play on to the end: all that is stored is as if nothing had happened."""
    outcome = await play(folder)
    assert outcome.exit == 0 and outcome.verified
    assert envelopes(folder) == envelopes(undisturbed.folder)
    assert everything_stored(folder) == everything_stored(undisturbed.folder)  # in a rehearsal `recorded_at` too


async def test_killed_again_and_again_in_one_folder_a_session_comes_out_as_if_undisturbed(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    folder = prepared(tmp_path / "data", like=undisturbed.folder)
    for act, nth, point in STEPS:
        command_id = undisturbed.command(act, nth)
        await asyncio.to_thread(killed_at, folder, command_id, point)
        ledger = reader(folder)
        assert (ledger.answer_of(command_id) is not None) == (point == "after"), f"{point} {act}: it died elsewhere"
        ledger.close()
        assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0
    await comes_out_the_same(folder, undisturbed)


@pytest.mark.soak
@pytest.mark.parametrize("point", ["before", "after"])
async def test_killed_at_any_one_step_a_session_comes_out_as_if_undisturbed(
    tmp_path: Path, undisturbed: Undisturbed, point: str
) -> None:
    for n, (_, command_id) in enumerate(undisturbed.commands):
        folder = prepared(tmp_path / f"{n}", like=undisturbed.folder)
        await asyncio.to_thread(killed_at, folder, command_id, point)
        await comes_out_the_same(folder, undisturbed)


@pytest.mark.soak
async def test_killed_at_every_step_twice_in_one_folder_a_session_comes_out_as_if_undisturbed(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    folder = prepared(tmp_path / "data", like=undisturbed.folder)
    for _, command_id in undisturbed.commands:
        for point in ("before", "after"):
            await asyncio.to_thread(killed_at, folder, command_id, point)
    await comes_out_the_same(folder, undisturbed)


def kill_server(engine: Engine) -> None:
    assert isinstance(engine.server, TemporalServer) and engine.server.pid is not None
    psutil.Process(engine.server.pid).kill()


async def test_the_server_alone_is_killed_in_mid_session_and_the_session_goes_on(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    """Once before the sitting, once with matters under way."""
    folder = prepared(tmp_path / "data", like=undisturbed.folder)
    killed = []

    def watch(engine: Engine, row: ActRow) -> None:
        if row.act in ("send-papers", "assign-suggestions"):
            kill_server(engine)
            killed.append(row.act)

    outcome = await play(folder, watch=watch)
    assert killed == ["send-papers", "assign-suggestions"]
    assert outcome.exit == 0
    assert everything_stored(folder) == everything_stored(undisturbed.folder)


async def test_the_server_is_killed_while_acts_are_on_their_way_and_each_is_recorded_once(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    folder = prepared(tmp_path / "data", like=undisturbed.folder)
    loop = asyncio.get_running_loop()

    def watch(engine: Engine, row: ActRow) -> None:
        if row.act in ("open-sitting", "announce"):
            loop.call_later(0.01, kill_server, engine)  # the next act is then under way

    await play(folder, watch=watch)
    assert everything_stored(folder) == everything_stored(undisturbed.folder)


YISHI = Path(sys.executable).with_name("yishi")
PATIENCE_SECONDS = 200.0


class Rehearsing:
    """`yishi rehearse` of the small session as a process of its own."""

    def __init__(self, folder: Path) -> None:
        command = [str(YISHI), "rehearse", str(SMALL), "--data", str(folder)]
        self.folder = folder
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    async def until_recorded(self, events: int) -> None:
        await until(lambda: self.process.poll() is not None or self.recorded() >= events)
        assert self.process.poll() is None, self.process.communicate()[0].decode()

    def recorded(self) -> int:
        try:
            ledger = reader(self.folder)
        except (LedgerError, OSError):
            return 0
        try:
            return ledger.head().size
        finally:
            ledger.close()

    async def ended(self) -> str:
        said, _ = await asyncio.to_thread(self.process.communicate, timeout=PATIENCE_SECONDS)
        return said.decode()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 # other processes set no event of ours
            await asyncio.sleep(0.02)


async def test_the_command_and_its_server_are_both_killed_half_way_the_record_verifies_and_the_rest_follows(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    folder = tmp_path / "data"
    rehearsing = Rehearsing(folder)
    await rehearsing.until_recorded(20)
    server = psutil.Process(int((folder / PID_FILE).read_text().split('"pid":')[1].split(",")[0]))
    server.kill()
    rehearsing.process.kill()
    await rehearsing.ended()
    found = verify(folder, deciders(), LawLibrary(folder))
    assert found.exit_code == 0 and found.events >= 20
    assert await asyncio.to_thread(lambda: Rehearsing(folder).process.wait(timeout=PATIENCE_SECONDS)) == 0


@pytest.mark.skipif(os.name == "nt", reason="there a process is not asked by signals")
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_end_it_ends_in_order_and_leaves_no_server_and_no_lock(
    tmp_path: Path, asked: signal.Signals
) -> None:
    folder = tmp_path / "data"
    rehearsing = Rehearsing(folder)
    await rehearsing.until_recorded(10)
    children = psutil.Process(rehearsing.process.pid).children(recursive=True)
    assert children
    rehearsing.process.send_signal(asked)
    said = await rehearsing.ended()
    assert "Traceback" not in said
    assert rehearsing.process.returncode == 128 + asked, said
    assert [child for child in children if child.is_running()] == []
    assert not (folder / PID_FILE).exists()
    DataFolder.open(folder, "rehearsal").close()
    assert verify(folder, deciders(), LawLibrary(folder)).exit_code == 0
