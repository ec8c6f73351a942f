"""What an engine that was killed left in its folder: a server still running, or a database cut short at birth."""

import contextlib
from itertools import count
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.text import Text
from yishi.server.child import DATABASE
from yishi.trouble import Trouble

PID_FILE = "temporal.pid"
SUFFIXES = ("", "-wal", "-shm", "-journal")
GONE_SECONDS = 5.0
"""Far more than a process takes that is killed."""
UNBORN = "temporal.db.unborn"  # stands from before the first start until the server first answers


class OrphanStays(Trouble):
    """A server left behind cannot be stopped by us."""

    says = Text(
        "上次遗留的 temporal 进程(进程号 {pid})仍在使用 {path},无法结束。请由管理员结束该进程后再启动。",
        "A temporal process left over from before (process {pid}) still uses {path} and cannot be stopped. "
        "Have it ended by an administrator, then start again.",
    )


class Written(BaseModel):
    """The pid file. The time of creation tells our process from a later one with the same number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    created: float


def write_pid(folder: Path, pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):  # ended already: there is no one to find
        written = Written(pid=pid, created=psutil.Process(pid).create_time())
        (folder / PID_FILE).write_text(written.model_dump_json(), encoding="utf-8")


def forget_pid(folder: Path) -> None:
    (folder / PID_FILE).unlink(missing_ok=True)


def stop_orphan(folder: Path) -> int | None:
    """End the server that an earlier engine on this folder left running, if there is one; its pid.

    Raises:
        OrphanStays: the system does not let us end it.
    """
    orphan = _orphan(folder)
    if orphan is None:
        forget_pid(folder)
        return None
    try:
        orphan.kill()
        _, alive = psutil.wait_procs([orphan], timeout=GONE_SECONDS)
    except psutil.NoSuchProcess:
        alive = []
    except psutil.AccessDenied:
        alive = [orphan]
    if alive:
        raise OrphanStays(pid=orphan.pid, path=folder)
    forget_pid(folder)
    return int(orphan.pid)


def _orphan(folder: Path) -> psutil.Process | None:
    try:
        written = Written.model_validate_json((folder / PID_FILE).read_bytes())
        process = psutil.Process(written.pid)
        same = abs(process.create_time() - written.created) < 1.0
        ours = same and DATABASE in process.cmdline() and folder.samefile(process.cwd())
    except (FileNotFoundError, ValidationError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return process if ours else None


def put_aside(folder: Path) -> Path | None:
    """Move the server's database away, for a new one to be begun; nothing is deleted. Where it is now; None: there was none.

    Raises:
        OrphanStays.
    """
    stop_orphan(folder)
    if not (folder / DATABASE).exists():
        return None
    number = next(n for n in count(1) if not (folder / f"{DATABASE}.aside-{n}").exists())
    aside = folder / f"{DATABASE}.aside-{number}"
    aside.mkdir()
    for suffix in SUFFIXES:
        with contextlib.suppress(FileNotFoundError):
            (folder / (DATABASE + suffix)).rename(aside / (DATABASE + suffix))
    return aside


def clear_unborn(folder: Path) -> None:
    """Remove a database whose first start never came to an answer: half a schema can never be started again.

    Nothing can have been entrusted to it.
    """
    if (folder / UNBORN).exists():
        for suffix in SUFFIXES:
            (folder / (DATABASE + suffix)).unlink(missing_ok=True)
    if not (folder / DATABASE).exists():
        (folder / UNBORN).touch()


def born(folder: Path) -> None:
    (folder / UNBORN).unlink(missing_ok=True)
