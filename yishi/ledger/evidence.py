"""Files behind an act (佐证材料), kept by their SHA-256 beside the ledger: the name of a file is the proof of its content."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from io import BufferedRandom
from pathlib import Path

from domain.submission import Evidence
from yishi.ledger.errors import EvidenceTooLarge, NoSuchFile

LIMIT = 50 * 1024 * 1024  # bytes
_LONGEST_TITLE = 200
_ARRIVING = ".arriving-"
_PART = 1 << 20  # bytes read and written at a time


class Arriving:
    """A file on its way in, under a name that no digest has."""

    def __init__(self, copy: BufferedRandom, path: Path, limit: int) -> None:
        self._copy, self._path, self._limit = copy, path, limit

    def add(self, part: bytes) -> None:
        self._copy.write(part)
        if (size := self._copy.tell()) > self._limit:
            raise EvidenceTooLarge(size=size, limit=self._limit)

    def kept(self, title: str) -> Evidence:
        """Give it its digest for a name, once it is whole on the disk."""
        self._copy.flush()
        os.fsync(self._copy.fileno())
        size = self._copy.tell()
        self._copy.seek(0)
        digest = file_digest(self._copy, "sha256").hexdigest()  # of what was written, not of what was read
        self._copy.close()  # an open file cannot be renamed on Windows
        self._path.replace(self._path.parent / digest)
        _settle(self._path.parent)
        return Evidence(sha256=digest, title=title[:_LONGEST_TITLE], size=size)


class EvidenceStore:
    """Files in `<folder>/evidence`, beside the ledger, each under the 64 hex digits of its digest."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder, self._limit = folder / "evidence", limit

    @property
    def limit(self) -> int:
        """Bytes a file may have."""
        return self._limit

    def keep(self, path: Path, title: str = "") -> Evidence:
        """Copy a file in, whole on the disk before its name appears; keeping it twice keeps it once.

        Args:
            title: what people call it; the file's own name when left out.

        Raises:
            NoSuchFile, EvidenceTooLarge. OSError: the copy cannot be written; nothing is left behind.
        """
        if not path.is_file():
            raise NoSuchFile(detail=path.name)
        with self.arriving() as arriving, path.open("rb") as original:
            if (size := os.fstat(original.fileno()).st_size) > self._limit:
                raise EvidenceTooLarge(size=size, limit=self._limit)
            while part := original.read(_PART):
                arriving.add(part)
            return arriving.kept(title or path.name)

    @contextmanager
    def arriving(self) -> "Iterator[Arriving]":
        """A file that comes in parts. Unless it is `kept`, nothing of it stays.

        Raises:
            EvidenceTooLarge, OSError: as soon as a part is too much, or cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_ARRIVING, dir=self._folder)
        try:
            with os.fdopen(handle, "w+b") as copy:
                yield Arriving(copy, Path(name), self._limit)
        finally:
            Path(name).unlink(missing_ok=True)

    def clear(self, older_seconds: float = 0) -> None:
        """Remove what was still arriving when an engine was killed. For the one engine of the folder, at its start.

        Args:
            older_seconds: only what began to arrive so long ago, where other processes may be taking in files now.
        """
        if self._folder.is_dir():
            for left in self._folder.glob(f"{_ARRIVING}*"):
                with contextlib.suppress(FileNotFoundError):
                    if not older_seconds or time.time() - left.stat().st_mtime > older_seconds:
                        left.unlink()

    def path(self, digest: str) -> Path:
        """Where the file of this digest stands, or would."""
        return self._folder / digest

    def missing(self, digest: str) -> bool:
        """Whether no file of this digest is here."""
        return not self.path(digest).is_file()

    def altered(self, digest: str) -> bool:
        """Whether a file stands under this digest that does not hash to it."""
        if self.missing(digest):
            return False
        with self.path(digest).open("rb") as file:
            return file_digest(file, "sha256").hexdigest() != digest


def _settle(folder: Path) -> None:
    """Make the new name itself durable; Windows does that by itself and cannot open folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
