"""Who works in a data folder: one program alone, or several together. By the system's own lock on one file, gone with its process."""

import os
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from domain.text import Text
from yishi.trouble import Trouble

LOCK = "yishi.lock"
HOLDER = "yishi.lock.pid"  # beside the lock: Windows lets nobody read a locked file


class FolderInUse(Trouble):
    """Somebody works in it who does not share it, or whom we do not share it with."""

    says = Text(
        "数据目录 {path} 正由另一个引擎使用(进程号 {pid})。请先停止它,或在它那里继续工作。",
        "Another engine (process {pid}) is working in the data folder {path}. Stop it first, or go on there.",
    )


class CannotShare(Trouble):
    """The system, or the disk, has no lock that several may hold."""

    says = Text(
        "数据目录 {path} 不能由多个进程共用({wrong})。共享磁盘须支持文件锁(如 NFSv4);Windows 上请用 yishi serve。",
        "The data folder {path} cannot be shared by several processes ({wrong}). The shared disk has to support file locks "
        "(NFSv4 does); on Windows use yishi serve.",
    )


class Held(Protocol):
    """A folder held, until `release` or the end of the process."""

    def release(self) -> None: ...


class Alone:
    """Held by this process and nobody else.

    Raises:
        FolderInUse.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, FileLock(path / LOCK, timeout=0, is_singleton=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise FolderInUse(path=path, pid=_holder(path)) from None
        try:
            (path / HOLDER).write_text(f"{os.getpid()}\n", encoding="ascii")
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        if self._lock.is_locked:
            (self._path / HOLDER).unlink(missing_ok=True)
            self._lock.release()


class Together:
    """Held with others of our kind, on this machine or another, and with nobody who wants it alone.

    Raises:
        FolderInUse: somebody has it alone. CannotShare.
    """

    def __init__(self, path: Path) -> None:
        if os.name != "posix":
            raise CannotShare(path=path, wrong=os.name)
        import fcntl  # noqa: PLC0415 # not on Windows

        self._handle = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise FolderInUse(path=path, pid=_holder(path)) from None
        except OSError as wrong:
            self.release()
            raise CannotShare(path=path, wrong=wrong) from wrong

    def release(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _holder(path: Path) -> str:
    try:
        return (path / HOLDER).read_text(encoding="ascii").strip() or "?"
    except (OSError, UnicodeDecodeError):
        return "?"
