"""A backup of a data folder, while an engine works in it or not: copied as of one instant, examined, packed, read back, and then named.

The copy is made as the second copy is (`Rows`, `Files`), out of either store into a file of SQLite, so a backup needs no tool of the database's.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from domain.ports import Decider, LawBooks
from domain.text import Text
from yishi.ballots.examined import examined
from yishi.folder import FREE_BYTES_NEEDED, DiskNearlyFull, Purpose, look, program_version, write_marker
from yishi.ledger.place import FILE, has_ledger
from yishi.ledger.verification import Outcome
from yishi.mirror.archive import Contents, packed
from yishi.mirror.boxes import boxes_in
from yishi.mirror.files import KEYS, Files, copy_keys, copy_whole, files_of
from yishi.mirror.rows import Rows
from yishi.private import FOLDER
from yishi.trouble import Trouble

BESIDE = ("token.json", "tokens.json", "mail.toml")
"""What the second copy has not: who may come in, and the way to the mail server."""
BESIDE_DATABASES = ("hooks.db",)
MAKING = ".making"


class NothingToBackUp(Trouble):
    says = Text(
        "{folder} 中没有记录,没有可备份的内容。请检查 --data。",
        "There is no record in {folder} to back up. Look at --data.",
    )


class BackupThere(Trouble):
    says = Text(
        "{file} 已经存在,备份从不覆盖文件。请换一个文件名。",
        "{file} is there already, and a backup never writes over a file. Give another name.",
    )


class BackupInside(Trouble):
    says = Text(
        "备份不能放在数据目录 {folder} 之内。请写到另一磁盘上。",
        "A backup cannot be inside the data folder {folder}. Write it to another disk.",
    )


class RecordNotWhole(Trouble):
    """The copy does not pass its examination."""

    says = Text(
        "记录的副本核验不通过,没有写备份:{why}。请运行 yishi verify;要保留现状,请整个复制数据目录。",
        "The copy of the record does not pass its examination, and no backup was made: {why}. Run yishi verify; to keep things as they "
        "are copy the whole data folder.",
    )


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made and read back."""

    file: Path
    bytes: int
    contents: Contents


def back_up(
    folder: Path, file: Path, deciders: Mapping[str, Decider], laws: Callable[[Path], LawBooks], *, keys: bool = True
) -> BackedUp:
    """
    Args:
        keys: take what opens names, and whose token is whose, along; else the backup opens nothing, and nobody's name.
        laws: the law book's editions kept in a folder.

    Raises:
        NothingToBackUp, BackupThere, BackupInside, RecordNotWhole, DiskNearlyFull, FolderTrouble, LedgerError. OSError.
    """
    marker = look(folder)
    if marker is None or not has_ledger(folder):
        raise NothingToBackUp(folder=folder)
    purpose: Purpose = marker.of or "real" if marker.purpose == "mirror" else marker.purpose
    if folder.resolve() in file.resolve().parents:
        raise BackupInside(folder=folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    with _staged(file) as staging:
        if file.exists():
            raise BackupThere(file=file)
        _room(folder, file)
        left_out = _copied(folder, staging, keys=keys)
        write_marker(staging, marker.model_copy(update={"purpose": "mirror", "of": purpose}))
        found = examined(staging, deciders, laws(staging))
        if found.outcome is not Outcome.VERIFIED:
            why = found.why or Text(*("; ".join(f.to(lang) for f in found.failures[:3]) for lang in ("zh", "en")))
            raise RecordNotWhole(why=why)
        if not found.events:
            raise NothingToBackUp(folder=folder)
        names = sorted(path.relative_to(staging) for path in staging.rglob("*") if path.is_file())
        contents = Contents(
            made_at=datetime.now(UTC).replace(microsecond=0),
            program=program_version(),
            of=purpose,
            size=found.events,
            head=found.head,
            keys=keys,
            boxes_left_out=left_out,
            files={},
        )
        contents = packed(staging, names, _arriving(staging), contents)
        _named(_arriving(staging), file)
    return BackedUp(file, file.stat().st_size, contents)


def _copied(folder: Path, staging: Path, *, keys: bool) -> tuple[str, ...]:
    """Everything as of one instant; the open boxes that are left out.

    Of two copies of an open box between which one ballot came, that ballot could be joined to the deputy who was just issued one. The second
    copy sees to it that ten lie between; a backup knows nothing of the one before, so that it has no open box with ballots in it.

    How far webhooks were told is copied before it is settled where the record ends: what is told meanwhile is told again after a
    restore. Were it beyond that end, what is recorded there anew would never be told.
    """
    if keys:
        for name in BESIDE_DATABASES:
            if (folder / name).is_file():
                copy_keys(folder / name, staging / name)
    rows = Rows(folder, staging)
    try:
        rows.examine()
        reached = rows.reached()
        Files(folder, staging).bring()
        if not keys:
            (staging / KEYS).unlink(missing_ok=True)
        left_out = _boxes(folder, staging)
        while rows.bring(reached)[1]:
            continue
    finally:
        rows.close()
    if keys:
        for name in BESIDE:
            if (folder / name).is_file():
                copy_whole(folder / name, staging / name)
    return left_out


def _boxes(folder: Path, staging: Path) -> tuple[str, ...]:
    left_out = []
    for closed in dict.fromkeys(name.with_suffix(".box") for name in boxes_in(folder)):
        if (folder / closed).exists():  # as it is now: it may have been closed since they were listed
            copy_whole(folder / closed, staging / closed)
        else:
            left_out.append(closed.stem)
    return tuple(left_out)


@contextmanager
def _staged(file: Path) -> Iterator[Path]:
    """A folder beside the file to be, of this process alone; those that killed ones left are cleared away."""
    for left in file.parent.glob(f".{file.name}.*{MAKING}*"):
        number = left.name.removeprefix(f".{file.name}.").partition(".")[0]
        if not (number.isdecimal() and psutil.pid_exists(int(number))):
            _gone(left)
    staging = file.with_name(f".{file.name}.{os.getpid()}{MAKING}")
    _gone(staging)
    staging.mkdir(mode=FOLDER)
    try:
        yield staging
    finally:
        _gone(staging)
        _gone(_arriving(staging))


def _arriving(staging: Path) -> Path:
    return staging.with_name(f"{staging.name}.zip")


def _named(arriving: Path, file: Path) -> None:
    """Give it its name, if nobody took that meanwhile."""
    try:
        os.link(arriving, file)
    except FileExistsError:
        raise BackupThere(file=file) from None
    except OSError:  # a stick knows no second name of a file
        if file.exists():
            raise BackupThere(file=file) from None
        arriving.rename(file)


def _gone(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _room(folder: Path, file: Path) -> None:
    """Room for the copy and the archive, as far as the folder's own files tell."""
    own = [folder / name for name in (Path(FILE), *files_of(folder), *boxes_in(folder))]
    needed = 2 * sum(path.stat().st_size for path in own if path.is_file()) + FREE_BYTES_NEEDED
    if (free := shutil.disk_usage(file.parent).free) < needed:
        raise DiskNearlyFull(path=file.parent, free=free >> 20, needed=needed >> 20)
