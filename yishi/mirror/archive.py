"""A backup as one file: a ZIP of what a folder holds, and a list of it with sizes and hashes. Read back before it has its name.

The list is `backup.json` within it. A ZIP has its own directory at its end, so one that was cut off is seen at once; whatever else was
done to it the hashes show.
"""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from domain.text import Text
from yishi.folder import Purpose
from yishi.private import FOLDER, opened_new
from yishi.trouble import Trouble

FORMAT = 1
LIST = "backup.json"
PART = 1 << 20  # bytes read and written at a time
DAMAGE = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    zlib.error,
    struct.error,
)
"""What a ZIP that was altered makes its reader say."""
LARGEST_LIST = 256 << 20


class NotABackup(Trouble):
    says = Text(
        "{path} 不是本系统的备份({why})。请指定 yishi backup 写成的文件,或第二份副本的目录。",
        "{path} is no backup of ours ({why}). Name a file that `yishi backup` made, or the folder of a second copy.",
    )


class BackupDamaged(Trouble):
    says = Text(
        "备份 {path} 不完整或被改动({why}),未恢复任何内容。请改用另一份备份或第二份副本。",
        "The backup {path} was cut short or altered ({why}); nothing was restored. Take another backup, or the second copy.",
    )


class BackupNewer(Trouble):
    says = Text(
        "备份 {path} 由更新的版本写成(格式 {found},本程序只认到 {known})。请先升级。",
        "The backup {path} was made by a newer version (format {found}; this one knows {known}). Upgrade first.",
    )


class Listed(BaseModel):
    """One file within."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


class Contents(BaseModel):
    """`backup.json`.

    Attributes:
        size, head: where the record ends. of: real work, or a rehearsal.
        keys: whether what opens names is in it. boxes_left_out: open ballot boxes whose ballots are not.
    """

    model_config = ConfigDict(frozen=True)  # fields that a later version adds within one format are let be

    kind: Literal["yishi-backup"] = "yishi-backup"
    format: int = FORMAT
    made_at: AwareDatetime
    program: str
    of: Purpose
    size: int
    head: str
    keys: bool
    boxes_left_out: tuple[str, ...] = ()
    files: Mapping[str, Listed]


def packed(folder: Path, names: Iterable[Path], file: Path, contents: Contents) -> Contents:
    """Write the files of a folder into a new archive, its owner's alone and on the disk when this returns, and read it back.

    Raises:
        OSError. BackupDamaged: what was read back is not what was written.
    """
    listed: dict[str, Listed] = {}
    with opened_new(file) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                with (
                    (folder / name).open("rb") as source,
                    archive.open(name.as_posix(), "w", force_zip64=True) as entry,
                ):
                    listed[name.as_posix()] = _passed(source, entry)
            whole = contents.model_copy(update={"files": listed})
            archive.writestr(LIST, whole.model_dump_json(indent=1))
        out.flush()
        os.fsync(out.fileno())
    read_back(file)
    return whole


def read_back(file: Path) -> Contents:
    """What a backup holds, once every byte of it was hashed.

    Raises:
        NotABackup, BackupNewer, BackupDamaged. OSError: it cannot be read.
    """
    return _through(file, None)


def unpacked(file: Path, folder: Path) -> Contents:
    """As `read_back`, and every file put into a new folder.

    Raises:
        as `read_back`. OSError: it cannot be written.
    """
    folder.mkdir(mode=FOLDER)
    return _through(file, folder)


def _through(file: Path, folder: Path | None) -> Contents:
    if file.stat().st_size == 0:
        raise NotABackup(path=file, why="0 bytes")
    with file.open("rb") as opened:
        if opened.read(2) != b"PK":
            raise NotABackup(path=file, why="ZIP?")
    try:
        with zipfile.ZipFile(file) as archive:
            contents = _contents(archive, file)
            _as_listed(archive, contents, file)
            for name, listed in contents.files.items():
                target = None if folder is None else _made(folder, name)
                with archive.open(name) as entry:
                    found = _passed(entry, target)
                if found != listed:
                    raise BackupDamaged(path=file, why=name)
            return contents
    except DAMAGE as wrong:
        raise BackupDamaged(path=file, why=wrong) from wrong


def _contents(archive: zipfile.ZipFile, file: Path) -> Contents:
    try:
        entry = archive.getinfo(LIST)
    except KeyError:
        raise NotABackup(path=file, why=LIST) from None
    if entry.file_size > LARGEST_LIST:
        raise BackupDamaged(path=file, why=LIST)
    try:
        contents = Contents.model_validate_json(archive.read(entry))
    except ValidationError as wrong:
        raise NotABackup(path=file, why=LIST) from wrong
    if contents.format > FORMAT:
        raise BackupNewer(path=file, found=contents.format, known=FORMAT)
    return contents


def _as_listed(archive: zipfile.ZipFile, contents: Contents, file: Path) -> None:
    """The files within are those listed, each once, none larger than it says, and none that would go anywhere but into the folder."""
    there = sorted(entry.filename for entry in archive.infolist())
    if there != sorted([*contents.files, LIST]):
        raise BackupDamaged(path=file, why=LIST)
    for name, listed in contents.files.items():
        path = PurePosixPath(name)
        plain = not path.is_absolute() and ".." not in path.parts and not set(name) & {"\\", ":", "\0"}
        if not plain or archive.getinfo(name).file_size != listed.size:
            raise BackupDamaged(path=file, why=name)


def _made(folder: Path, name: str) -> IO[bytes]:
    target = folder / name
    target.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    return opened_new(target)


def _passed(source: IO[bytes], target: IO[bytes] | None) -> Listed:
    """Hand all of it on, if anywhere, and say how much that was."""
    digest, size = sha256(), 0
    try:
        while part := source.read(PART):
            digest.update(part)
            size += len(part)
            if target is not None:
                target.write(part)
    finally:
        if target is not None and hasattr(target, "fileno"):
            target.close()
    return Listed(size=size, sha256=digest.hexdigest())
