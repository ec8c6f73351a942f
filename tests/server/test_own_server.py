"""Our own Temporal server: it is ours, it comes back, and it does not outlive us."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from tests.ports import unused_port
from tests.server.flows import Remembering
from yishi.server import PortTaken, ServerDidNotStart, ServerKeepsDying, ServiceNotReached, TemporalServer, temporal
from yishi.server.child import DATABASE
from yishi.server.leftovers import PID_FILE, UNBORN, write_pid
from yishi.server.log import BoundedLog
from yishi.server.service import LOG
from yishi.settings import Settings

BINARY = Settings.read({}).binary()
PATIENCE_SECONDS = 60.0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 # other processes set no event of ours
            await asyncio.sleep(0.02)


def listening(pid: int) -> set[tuple[str, int]]:
    found = psutil.Process(pid).net_connections("tcp")
    return {(each.laddr.ip, each.laddr.port) for each in found if each.status == psutil.CONN_LISTEN}


def beside(folder: Path) -> list[Path]:
    return [each for each in folder.parent.iterdir() if each != folder]


@contextlib.asynccontextmanager
async def watched(server: TemporalServer) -> AsyncIterator[asyncio.Task[None]]:
    watch = asyncio.create_task(server.watch())
    try:
        yield watch
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError, ServerKeepsDying):
            await watch


async def test_it_starts_is_ours_listens_on_this_machine_alone_and_is_gone_when_we_stop(tmp_path: Path) -> None:
    folder = tmp_path / "镇人大 数据 #1 50% ?a=b&"  # names that an address line would misread
    folder.mkdir()
    async with TemporalServer(folder, BINARY, namespace="zhen") as server:
        pid = server.pid
        assert pid is not None
        assert await server.client.service_client.check_health()
        heard = listening(pid)
        assert {ip for ip, _ in heard} == {"127.0.0.1"}
        assert server.address in {f"{ip}:{port}" for ip, port in heard}
        assert not {7233, 8233, 7243, 9090} & {port for _, port in heard}
    assert not psutil.pid_exists(pid)
    assert (folder / DATABASE).stat().st_size > 0
    assert not (folder / PID_FILE).exists()
    assert beside(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there no process is stopped by a signal")
async def test_it_is_ended_without_being_asked_so_one_that_hangs_holds_up_nobody(tmp_path: Path) -> None:
    server = TemporalServer(tmp_path, BINARY)
    await server.start()
    pid = server.pid
    assert pid is not None
    psutil.Process(pid).suspend()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await server.stop()
    assert not psutil.pid_exists(pid)


async def test_killed_it_is_restarted_and_a_running_workflow_remembers_what_it_was_told(tmp_path: Path) -> None:
    async with TemporalServer(tmp_path, BINARY) as server, watched(server):
        queue = f"q-{uuid4()}"
        async with Worker(server.client, task_queue=queue, workflows=[Remembering]):
            flow = await server.client.start_workflow(Remembering.run, id=f"w-{uuid4()}", task_queue=queue)
            assert await flow.execute_update(Remembering.tell, "quorum") == 1
            first, address = server.pid, server.address
            assert first is not None
            psutil.Process(first).kill()
            await until(lambda: server.restarts == 1 and server.pid not in {None, first})
            assert await asyncio.wait_for(flow.execute_update(Remembering.tell, "vote"), PATIENCE_SECONDS) == 2
            await flow.signal(Remembering.end)
            assert await asyncio.wait_for(flow.result(), PATIENCE_SECONDS) == ["quorum", "vote"]
            assert server.address == address


async def test_a_server_that_keeps_dying_is_given_up_after_five_deaths(tmp_path: Path) -> None:
    async with TemporalServer(tmp_path, BINARY) as server, watched(server) as watch:
        seen: set[int] = set()
        while not watch.done() and len(seen) < 5:
            if (pid := server.pid) is not None and pid not in seen:
                seen.add(pid)
                psutil.Process(pid).kill()
            await asyncio.sleep(0.01)
        with pytest.raises(ServerKeepsDying) as told:
            await asyncio.wait_for(watch, PATIENCE_SECONDS)
        assert "5" in told.value.text.zh
        assert "5" in told.value.text.en


async def test_a_port_that_others_hold_is_refused_by_its_number(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as told:
            await TemporalServer(tmp_path, BINARY, port=port).start()
    assert str(port) in told.value.text.zh
    assert str(port) in told.value.text.en


async def test_a_server_somebody_else_runs_on_the_port_is_never_taken_for_ours(tmp_path: Path) -> None:
    """The port is taken between our look and the server's: the dev server ends, though somebody answers there."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with TemporalServer(tmp_path / "a", BINARY) as theirs:
        port = theirs.address.rpartition(":")[2]
        ours = TemporalServer(tmp_path / "b", BINARY, arguments=["--port", port])
        with pytest.raises(ServerDidNotStart) as told:
            async with ours:
                pass
        assert ours.pid is None
        assert port in told.value.text.en
        assert await theirs.client.service_client.check_health()


async def test_a_program_that_is_no_server_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ServerDidNotStart) as told:
        async with TemporalServer(tmp_path, BINARY, arguments=["--no-such-flag"]):
            pass
    assert "no-such-flag" in told.value.text.zh
    assert "no-such-flag" in (tmp_path / LOG).read_text(encoding="utf-8")
    with pytest.raises(ServerDidNotStart) as told:
        async with TemporalServer(tmp_path, tmp_path / "absent"):
            pass
    assert "absent" in told.value.text.en


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
async def test_a_start_that_fails_once_is_tried_again_and_its_first_words_are_kept(tmp_path: Path) -> None:
    stumbling = tmp_path / "stumbling"
    stumbling.write_text(
        f'#!/bin/sh\nif mkdir stumbled; then echo "panic: no free port"; exit 2; fi\nexec "{BINARY}" "$@"\n'
    )
    stumbling.chmod(0o755)
    async with TemporalServer(tmp_path, stumbling) as server:
        assert await server.client.service_client.check_health()
    assert "panic: no free port" in (tmp_path / LOG).read_text(encoding="utf-8")


def test_the_servers_log_never_outgrows_twice_its_bound(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / LOG, most_bytes=1000)
    for number in range(100):
        log.write(f"{number:099}\n".encode())
    log.write(b"x" * 5000)
    log.close()
    assert all(each.stat().st_size <= 1000 for each in tmp_path.iterdir())
    assert {each.name for each in tmp_path.iterdir()} == {LOG, LOG + ".1"}


async def test_a_database_cut_short_at_its_birth_is_made_anew(tmp_path: Path) -> None:
    """Half a schema never starts again ("table already exists"), and nothing was entrusted to it."""
    (tmp_path / DATABASE).write_bytes(b"half a schema")
    (tmp_path / UNBORN).touch()
    async with TemporalServer(tmp_path, BINARY) as server:
        assert await server.client.service_client.check_health()
    assert not (tmp_path / UNBORN).exists()


ENGINE = """
import asyncio, sys
from pathlib import Path
from yishi.server import TemporalServer
async def main():
    server = TemporalServer(Path(sys.argv[1]), Path(sys.argv[2]))
    await server.start()
    print(server.pid, file=sys.stderr, flush=True)  # what is logged goes the other way
    await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the pid file finds it at the next start")
async def test_when_the_engine_is_killed_its_server_dies_with_it_and_the_next_engine_starts(tmp_path: Path) -> None:
    engine = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ENGINE, str(tmp_path), str(BINARY), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert engine.stderr is not None
    try:
        server = psutil.Process(int(await asyncio.wait_for(engine.stderr.readline(), PATIENCE_SECONDS)))
    finally:
        engine.kill()
        await engine.wait()
    await until(lambda: not server.is_running() or server.status() == psutil.STATUS_ZOMBIE)
    async with TemporalServer(tmp_path, BINARY) as ours:
        assert await ours.client.service_client.check_health()


async def test_a_server_left_behind_is_found_by_its_pid_file_and_stopped_before_ours_starts(tmp_path: Path) -> None:
    command = [str(BINARY), "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--db-filename", DATABASE]
    orphan = await asyncio.create_subprocess_exec(
        *command,
        "--port",
        str(port := unused_port()),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        write_pid(tmp_path, orphan.pid)
        await until(lambda: ("127.0.0.1", port) in listening(orphan.pid))
        async with TemporalServer(tmp_path, BINARY, port=port) as ours:
            await asyncio.wait_for(orphan.wait(), PATIENCE_SECONDS)
            assert ours.pid != orphan.pid
    finally:
        if orphan.returncode is None:
            orphan.kill()


async def test_a_stranger_whose_number_stands_in_the_pid_file_is_let_live(tmp_path: Path) -> None:
    stranger = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import sys; sys.stdin.read()", stdin=subprocess.PIPE, cwd=tmp_path
    )
    write_pid(tmp_path, stranger.pid)
    async with TemporalServer(tmp_path, BINARY):
        assert stranger.returncode is None
        stranger.send_signal(0)
    stranger.kill()
    await stranger.wait()


async def test_a_service_that_others_run_is_used_and_never_stopped(tmp_path: Path) -> None:
    async with TemporalServer(tmp_path, BINARY) as theirs:
        settings = Settings.read({"YISHI_TEMPORAL_ADDRESS": theirs.address})
        async with temporal(settings, tmp_path) as used:
            assert await used.client.service_client.check_health()
        assert isinstance(used.client, Client)
        assert theirs.pid is not None


async def test_a_service_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with socket.socket() as mute, pytest.raises(ServiceNotReached) as told:
        mute.bind(("127.0.0.1", 0))  # and does not listen
        address = f"127.0.0.1:{mute.getsockname()[1]}"
        async with temporal(Settings.read({"YISHI_TEMPORAL_ADDRESS": address}), tmp_path, patience_seconds=0.5):
            pass
    assert address in told.value.text.zh
