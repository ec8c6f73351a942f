"""What belongs to a record beside its ledger: evidence, law editions, templates, personal keys. Copied whole, or not yet there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import file_digest
from pathlib import Path

from yishi.private import FOLDER, opened_new

KEYS = "keys.db"
FOLDERS = ("law", "evidence", "templates")
ARRIVING = ".arriving"


class Files:
    """The files of one source folder, brought to one target folder. For one thread."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source, self._target = source, target
        self._brought: dict[Path, tuple[int, int]] = {}  # name → size and time of the source when it was brought

    def forget(self) -> None:
        """Compare everything anew: another stick may be in."""
        self._brought.clear()

    def bring(self) -> None:
        """Copy what is new or changed. Nothing is ever deleted there but a key that was destroyed here.

        Raises:
            OSError, sqlite3.Error.
        """
        for name in files_of(self._source):
            here, there = self._source / name, self._target / name
            stat = here.stat()
            seen = (stat.st_size, stat.st_mtime_ns)
            if self._brought.get(name) == seen:
                continue
            if name == Path(KEYS):
                copy_keys(here, there)
            elif not same(here, there):
                copy_whole(here, there)
            self._brought[name] = seen


def files_of(folder: Path) -> Iterator[Path]:
    """Names, within a data folder or a copy of one, of all that belongs to the record beside the ledger."""
    if (folder / KEYS).is_file():
        yield Path(KEYS)
    for top in FOLDERS:
        for path in sorted((folder / top).rglob("*")):
            if path.is_file() and not path.name.startswith("."):  # with a dot: on its way
                yield path.relative_to(folder)


def same(here: Path, there: Path) -> bool:
    if not there.is_file() or there.stat().st_size != here.stat().st_size:
        return False
    with here.open("rb") as one, there.open("rb") as other:
        return file_digest(one, "sha256").digest() == file_digest(other, "sha256").digest()


def copy_whole(here: Path, there: Path) -> None:
    """Copy a file so that its name appears only when all of it is on the medium."""
    there.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    arriving = there.with_name(f"{ARRIVING}-{there.name}")
    try:
        with here.open("rb") as source, opened_new(arriving) as copy:
            while block := source.read(1 << 20):
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        arriving.replace(there)
    except BaseException:
        _gone(arriving)
        raise


def copy_keys(here: Path, there: Path) -> None:
    """Copy the personal keys as of one instant, also while a key is being made; a destroyed key is then destroyed there too."""
    arriving = there.with_name(f"{ARRIVING}-{there.name}")
    try:
        opened_new(arriving).close()  # its owner's alone before a key is in it
        with (
            closing(sqlite3.connect(here.resolve().as_uri() + "?mode=ro", uri=True, timeout=30)) as source,
            closing(sqlite3.connect(arriving, timeout=5)) as copy,
        ):
            source.backup(copy)
        arriving.replace(there)
    except BaseException:
        _gone(arriving)
        raise


def _gone(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the medium is away, or lets nothing be written: the name is never taken for a file of the record
