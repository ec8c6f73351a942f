"""The data folder of one office: whose it is, what it is for, and that one engine at a time works in it."""

import os
import shutil
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Literal, Self

from filelock import FileLock
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from domain.text import Text
from yishi.holding import HOLDER, LOCK, Alone, Held, Together
from yishi.private import FOLDER, for_owner_alone, opened_new
from yishi.trouble import Trouble

FORMAT = 1
MARKER = "yishi.json"
MARKING = "yishi.json.lock"
FREE_BYTES_NEEDED = 64 * 1024 * 1024

Purpose = Literal["real", "rehearsal"]

# What may lie in a folder that counts as empty: our own traces of a start cut short, and what systems leave everywhere.
_RUBBISH = {LOCK, HOLDER, MARKING, MARKER + ".new", ".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}


class FolderTrouble(Trouble):
    """Base of what can be wrong with a data folder."""


class NotAFolder(FolderTrouble):
    """The path is a file."""

    says = Text(
        "{path} 是一个文件,不是目录。请指定一个目录。", "{path} is a file, not a folder. Name a folder instead."
    )


class NotOurFolder(FolderTrouble):
    """It holds somebody's other files."""

    says = Text(
        "{path} 不是议事系统的数据目录,其中已有其他文件(如 {first})。请指定一个空目录或原来的数据目录。",
        "{path} is not a data folder of Yishi: it holds other files ({first}). Name an empty one, or the one used before.",
    )


class MarkerDamaged(FolderTrouble):
    """`yishi.json` cannot be read, so that nobody can say what the folder is for."""

    says = Text(
        "目录标记 {path} 已损坏,无法辨认。请从备份中恢复该文件,不要另建。",
        "The folder's marker {path} is damaged. Restore that file from a backup; do not make a new one.",
    )


class NewerFormat(FolderTrouble):
    """A later version of the system has worked in it."""

    says = Text(
        "数据目录 {path} 的格式为 {found},由更新的版本建立;本版本只认得格式 {known}。请先升级本系统。",
        "The data folder {path} is of format {found}, made by a newer version; this one knows format {known}. "
        "Upgrade Yishi first.",
    )


class RehearsalFolder(FolderTrouble):
    """A rehearsal's folder was given to real work."""

    says = Text(
        "{path} 是演练目录,永远只能用于演练。请为正式工作另指定一个目录。",
        "{path} is the folder of a rehearsal and stays one for ever. Name another folder for real work.",
    )


class RealFolder(FolderTrouble):
    """A folder of real work was given to a rehearsal."""

    says = Text(
        "{path} 存有正式记录,不能用于演练。请为演练另指定一个目录。",
        "{path} holds the real record and cannot serve a rehearsal. Name another folder for the rehearsal.",
    )


class MirrorFolder(FolderTrouble):
    """A second copy was given to work in, while the original may live."""

    says = Text(
        "{path} 是第二份副本(镜像),不能直接在其中工作。请先恢复到新的目录:yishi restore {path} --data 新目录;原机不再使用。",
        "{path} is a second copy (a mirror): nobody works in it. Restore it into a new folder first, "
        "yishi restore {path} --data NEW, and put the old machine aside.",
    )


class FolderNotUsable(FolderTrouble):
    """The system will not let us read or write there."""

    says = Text(
        "无法读写数据目录 {path}({wrong})。请换一个目录,或由管理员给予读写权限。",
        "The data folder {path} cannot be read or written ({wrong}). Choose another, or ask for the right to use it.",
    )


class DiskNearlyFull(FolderTrouble):
    """So little room is left that a record could be cut short."""

    says = Text(
        "磁盘空间不足:{path} 所在磁盘只剩 {free} MB,至少需要 {needed} MB。请先清理磁盘再启动。",
        "The disk of {path} is nearly full: {free} MB left, {needed} MB needed. Make room, then start again.",
    )


class Marker(BaseModel):
    """`yishi.json`: that a folder is ours. Written once and never changed: a rehearsal stays one for ever.

    Attributes:
        of: of a mirror, what it is a second copy of.
        restored_at: when a second copy was made a data folder again; None for one that began here.
        restored_size, restored_head: where the record ended then.
    """

    model_config = ConfigDict(frozen=True)  # fields that a later version adds within one format are let be

    format: int
    purpose: Purpose | Literal["mirror"]
    created: AwareDatetime
    version: str
    of: Purpose | None = None
    restored_at: AwareDatetime | None = None
    restored_size: int | None = None
    restored_head: str | None = None


class DataFolder:
    """An open data folder, held by this process alone, or with others that share it, until `close` or the end of the process."""

    def __init__(self, path: Path, marker: Marker, lock: Held) -> None:
        self.path = path
        self.marker = marker
        self._lock = lock

    @property
    def purpose(self) -> Purpose | Literal["mirror"]:
        return self.marker.purpose

    @classmethod
    def open(
        cls, path: Path, purpose: Purpose, *, shared: bool = False, free_bytes_needed: int = FREE_BYTES_NEEDED
    ) -> Self:
        """Take the folder for this process; create and mark it if it is missing or empty.

        Args:
            shared: other processes may take it as well, who say the same.

        Raises:
            FolderInUse, CannotShare. FolderTrouble: one of its kinds above. Nothing is written into a folder that is not ours.
        """
        path = path.expanduser().absolute()
        if (marker := look(path)) is not None:
            _fits(path, marker, purpose)
        try:
            path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            _has_room(path, free_bytes_needed)
            lock: Held = Together(path) if shared else Alone(path)
            try:
                marker = look(path) or _mark(path, purpose, shared=shared)  # again: two may have found it empty
                _fits(path, marker, purpose)
                for_owner_alone(path)
            except BaseException:
                lock.release()
                raise
        except OSError as wrong:
            raise FolderNotUsable(path=path, wrong=wrong) from wrong
        return cls(path, marker, lock)

    def close(self) -> None:
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def look(path: Path) -> Marker | None:
    """Read whose folder this is, without taking it or writing: its marker, or None if it is missing or empty.

    Raises:
        NotAFolder, NotOurFolder, MarkerDamaged, NewerFormat, FolderNotUsable.
    """
    try:
        if path.exists() and not path.is_dir():
            raise NotAFolder(path=path)
        if (path / MARKER).exists():
            return _read(path / MARKER)
        strangers = sorted({each.name for each in path.iterdir()} - _RUBBISH) if path.exists() else []
    except OSError as wrong:
        raise FolderNotUsable(path=path, wrong=wrong) from wrong
    if strangers:
        raise NotOurFolder(path=path, first=strangers[0])
    return None


def _read(file: Path) -> Marker:
    written = file.read_bytes()
    try:
        found = _AnyFormat.model_validate_json(written).format
        if found > FORMAT:
            raise NewerFormat(path=file.parent, found=found, known=FORMAT)
        return Marker.model_validate_json(written)
    except ValidationError as wrong:
        raise MarkerDamaged(path=file) from wrong


class _AnyFormat(BaseModel):
    """The one field that every format keeps, so that an older version can say what it met."""

    format: int


def _fits(path: Path, marker: Marker, purpose: Purpose) -> None:
    if marker.purpose == "mirror":
        raise MirrorFolder(path=path)
    if marker.purpose != purpose:
        raise (RehearsalFolder if marker.purpose == "rehearsal" else RealFolder)(path=path)


def _has_room(path: Path, needed: int) -> None:
    if (free := shutil.disk_usage(path).free) < needed:
        raise DiskNearlyFull(path=path, free=free >> 20, needed=needed >> 20)


def _mark(path: Path, purpose: Purpose, *, shared: bool) -> Marker:
    with FileLock(path / MARKING) if shared else nullcontext():  # of several that begin at once, one
        if (already := look(path)) is not None:
            return already
        marker = Marker(
            format=FORMAT, purpose=purpose, created=datetime.now(UTC).replace(microsecond=0), version=program_version()
        )
        write_marker(path, marker)
    return marker


def write_marker(path: Path, marker: Marker) -> None:
    """Write the marker whole or not at all."""
    new = path / (MARKER + ".new")
    with opened_new(new) as file:
        file.write((marker.model_dump_json(indent=2, exclude_none=True) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
    new.replace(path / MARKER)


def program_version() -> str:
    """Of the program that runs."""
    try:
        return installed_version("yishi")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"
