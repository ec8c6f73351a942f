"""A second copy, or a backup, made a data folder again, on this machine or another: copied, put in order, examined, and then named.

Until the examination is passed nothing stands in the new folder under its own name; a restore cut short leaves only a folder
beside it, which the next one clears away.
"""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.ports import Decider, LawBooks
from domain.text import Text
from yishi.ballots.examined import examined
from yishi.folder import FREE_BYTES_NEEDED, DiskNearlyFull, Marker, Purpose, look, write_marker
from yishi.ledger.place import has_ledger
from yishi.ledger.reader import FILE, LedgerReader
from yishi.ledger.verification import Outcome, Verification
from yishi.mirror.archive import BackupDamaged, read_back, unpacked
from yishi.mirror.boxes import boxes_in
from yishi.mirror.files import copy_whole, files_of
from yishi.private import FOLDER
from yishi.trouble import Trouble


class NoMirrorHere(Trouble):
    says = Text(
        "{path} 中没有第二份副本。请指定做第二份副本的那个目录(其中有 yishi.json 和 ledger.db)。",
        "There is no second copy in {path}. Name the folder of the copy: it holds yishi.json and ledger.db.",
    )


class NothingThere(Trouble):
    says = Text(
        "没有 {path} 这个文件或目录。请指定 `yishi backup` 做的备份文件,或第二份副本所在的目录。",
        "There is no file or folder {path}. Name a file that `yishi backup` made, or the folder of a second copy.",
    )


class NotAMirror(Trouble):
    says = Text(
        "{path} 是数据目录本身,不是第二份副本,无须恢复:可直接在其上继续工作。",
        "{path} is a data folder itself, not a second copy: there is nothing to restore, go on in it.",
    )


class FolderTaken(Trouble):
    says = Text(
        "{path} 中已有文件,不能恢复到此处,未作任何改动。请指定一个新的空目录。",
        "{path} is not empty: nothing is restored over what is there. Name a new, empty folder.",
    )


class MirrorEmpty(Trouble):
    """The copy was begun before anything was recorded."""

    says = Text(
        "{path} 是一份第二份副本,但其中还没有任何记录(建立时尚未登记会议),没有可恢复的内容。请直接用新目录开始:yishi serve --data 新目录。",
        "{path} is a second copy with nothing recorded in it yet, so that there is nothing to restore. "
        "Begin in a new folder: yishi serve --data NEW.",
    )


class MirrorBroken(Trouble):
    """The copy does not pass the examination."""

    says = Text(
        "第二份副本核验不通过,未恢复任何内容:{why}。请改用另一份副本,或保留此优盘请人检查。",
        "The second copy does not pass its examination, and nothing was restored: {why}. Take another copy, or keep this "
        "stick for somebody to look at.",
    )


@dataclass(frozen=True)
class Restored:
    """What was restored and where its record ends."""

    folder: Path
    purpose: Purpose
    size: int
    head: str
    last_recorded_at: datetime
    last_act_at: datetime
    found: Verification


def restore(source: Path, folder: Path, deciders: Mapping[str, Decider], laws: Callable[[Path], LawBooks]) -> Restored:
    """Make a new data folder of a second copy, or of a backup. What it is made of is only read.

    Args:
        source: the folder of a second copy, or a backup's file. laws: the law book's editions kept in a folder.

    Raises:
        NothingThere, NoMirrorHere, NotAMirror, FolderTaken, MirrorEmpty, MirrorBroken, FolderTrouble.
        NotABackup, BackupDamaged, BackupNewer: of a backup.
        OSError: reading or writing failed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(path=folder)
    fill = _out_of_backup if source.is_file() else _out_of_mirror
    ready = fill(source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        marker = ready(staging)
        if _is_empty(staging):
            raise MirrorEmpty(path=source)
        found = examined(staging, deciders, laws(staging))
        if found.outcome is not Outcome.VERIFIED:
            why = found.why or Text(*("; ".join(f.to(lang) for f in found.failures[:3]) for lang in ("zh", "en")))
            raise BackupDamaged(path=source, why=why) if source.is_file() else MirrorBroken(why=why)
        restored = _ends(staging, folder, marker, found)
        write_marker(staging, _as_data_folder(marker, restored))
        if folder.exists():
            folder.rmdir()  # it is empty; Windows renames onto nothing that exists
        staging.replace(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return restored


Filling = Callable[[Path], Marker]
"""Puts everything into a new folder; the marker of what it came from."""


def _out_of_mirror(mirror: Path) -> Filling:
    if not mirror.exists():
        raise NothingThere(path=mirror)
    marker = look(mirror)
    if marker is not None and marker.purpose != "mirror" and has_ledger(mirror):
        raise NotAMirror(path=mirror)
    if marker is None or not (mirror / FILE).is_file():
        raise NoMirrorHere(path=mirror)

    def filled(staging: Path) -> Marker:
        _copied(mirror, staging)
        return marker

    return filled


def _out_of_backup(file: Path) -> Filling:
    contents = read_back(file)

    def filled(staging: Path) -> Marker:
        needed = sum(listed.size for listed in contents.files.values()) + FREE_BYTES_NEEDED
        _room(staging, needed)
        unpacked(file, staging)
        marker = look(staging)
        if marker is None or not (staging / FILE).is_file():
            raise BackupDamaged(path=file, why=FILE)
        return marker

    return filled


def _copied(mirror: Path, staging: Path) -> None:
    """All of it in a folder of this machine, and a transaction that was cut short on the stick rolled back in the copy."""
    names = [
        *files_of(mirror),
        *boxes_in(mirror),
        *(Path(FILE + end) for end in ("", "-journal") if (mirror / (FILE + end)).exists()),
    ]
    needed = sum((mirror / name).stat().st_size for name in names) + FREE_BYTES_NEEDED
    _room(staging, needed)
    staging.mkdir(mode=FOLDER)
    for name in names:
        copy_whole(mirror / name, staging / name)
    with closing(sqlite3.connect(staging / FILE, isolation_level=None)) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
            db.execute("COMMIT")
        except sqlite3.DatabaseError as wrong:
            raise MirrorBroken(why=wrong) from wrong


def _room(staging: Path, needed: int) -> None:
    if (free := shutil.disk_usage(staging.parent).free) < needed:
        raise DiskNearlyFull(path=staging.parent, free=free >> 20, needed=needed >> 20)


def _is_empty(staging: Path) -> bool:
    with closing(sqlite3.connect(staging / FILE)) as db:
        try:
            return db.execute("SELECT 1 FROM stored_events LIMIT 1").fetchone() is None
        except sqlite3.DatabaseError:
            return False  # what is wrong with it, the examination says


def _ends(staging: Path, folder: Path, marker: Marker, found: Verification) -> Restored:
    ledger = LedgerReader(staging)
    try:
        last = ledger.notifications(after=found.events - 1, limit=1)[0]
    finally:
        ledger.close()
    return Restored(
        folder=folder,
        purpose=marker.of or "real",
        size=found.events,
        head=found.head,
        last_recorded_at=last.envelope.recorded_at,
        last_act_at=last.event.at,
        found=found,
    )


def _as_data_folder(marker: Marker, restored: Restored) -> Marker:
    return marker.model_copy(
        update={
            "purpose": restored.purpose,
            "of": None,
            "restored_at": datetime.now(UTC).replace(microsecond=0),
            "restored_size": restored.size,
            "restored_head": restored.head,
        }
    )
