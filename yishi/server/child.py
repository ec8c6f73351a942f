"""One run of the `temporal` program: started so that it cannot outlive us, listened to, and ended."""

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Self

import psutil

from yishi.server.log import BoundedLog

DATABASE = "temporal.db"
POLL_SECONDS = 0.03

# Linux: the kernel kills the server when the thread that started it ends, so also when we are killed ourselves. Set by a
# small program of its own that then *becomes* the server: code run between fork and exec (`preexec_fn`) may hang in a
# process that has threads, and ours has. SIGKILL and no courtesy: the database bears it, and the port is free at once.
# Elsewhere (Windows, macOS) a server left behind is found by its pid file at the next start.
_TIED_TO_PARENT = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 9)
if os.getppid() != int(sys.argv[1]):
    sys.exit("the parent is gone")
try:
    os.execv(sys.argv[2], sys.argv[2:])
except OSError as wrong:
    sys.exit(f"{sys.argv[2]}: {wrong}")
"""


class Child:
    """A running server process and what it says."""

    def __init__(self, process: asyncio.subprocess.Process, log: BoundedLog) -> None:
        self.process = process
        self._first_words: list[str] = []  # a crash says why in its first line, and where in fifty more
        self._last_words: deque[str] = deque(maxlen=10)
        self._listening = asyncio.create_task(self._listen(log))

    @classmethod
    async def start(cls, binary: Path, folder: Path, arguments: list[str], log: BoundedLog) -> Self:
        """Start it in `folder` (so its arguments need not hold the folder's name, which its database layer misreads).

        Raises:
            OSError: the program cannot be run.
        """
        command = [str(binary), *arguments]
        if sys.platform == "linux":
            command = [sys.executable, "-I", "-S", "-c", _TIED_TO_PARENT, str(os.getpid()), *command]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A Ctrl-C in the terminal is for us; we then stop the server last.
            start_new_session=os.name != "nt",
            umask=0o077 if os.name != "nt" else -1,  # its database is its owner's alone
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return cls(process, log)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    @property
    def words(self) -> str:
        """What it said at its start and what it said last, on one line."""
        return " ⏎ ".join(line[:300] for line in (*self._first_words, *self._last_words)) or "-"

    def holds(self, port: int) -> bool:
        """Whether this very process listens on `port`: whoever else answers there is not our server."""
        try:
            connections = psutil.Process(self.pid).net_connections("tcp")
        except psutil.NoSuchProcess:
            return False
        return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in connections)

    async def wait(self) -> int:
        """Its exit code, once it has ended and all it said is in the log."""
        code = await self.process.wait()
        await self._listening
        return code

    async def stop(self) -> None:
        """End it at once. Nothing happens if it has ended.

        It is not asked: asked, it waits a second for callers to leave, and we are its only one and have left. What it has answered is
        in its database, and it must bear a kill at any other moment too.
        """
        if self.alive:
            self.process.kill()
        await self.wait()

    async def _listen(self, log: BoundedLog) -> None:
        assert self.process.stdout is not None
        rest = b""
        while said := await self.process.stdout.read(1 << 16):
            log.write(said)
            *lines, rest = (rest + said).split(b"\n")
            self._keep(*lines)
            rest = rest[-4096:]
        self._keep(rest)

    def _keep(self, *lines: bytes) -> None:
        for line in filter(None, (each.decode(errors="replace").strip() for each in lines)):
            if len(self._first_words) < 3:
                self._first_words.append(line)
            else:
                self._last_words.append(line)


def is_free(port: int) -> bool:
    """Whether nobody listens on 127.0.0.1 at `port`."""
    with socket.socket() as probe:
        if (
            os.name != "nt"
        ):  # there the flag would let us in beside the other; here it only forgives connections just ended
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment() -> dict[str, str]:
    """Ours without what would configure the program behind our back; and it shall call no one about new versions."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return kept | {"TEMPORAL_VERSION_CHECK_DISABLED": "1"}
