"""Files behind an act (佐证材料), kept by their SHA-256 beside the ledger: the name of a file is the proof of its content."""

import os
import shutil
import tempfile
from hashlib import file_digest
from pathlib import Path

from domain.submission import Evidence
from yishi.ledger.errors import EvidenceTooLarge, NoSuchFile

LIMIT = 50 * 1024 * 1024  # bytes
_LONGEST_TITLE = 200


class EvidenceStore:
    """Files in `<folder>/evidence`, beside the ledger, each under the 64 hex digits of its digest."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder, self._limit = folder / "evidence", limit

    def keep(self, path: Path, title: str = "") -> Evidence:
        """Copy a file in, whole on the disk before its name appears; keeping it twice keeps it once.

        Args:
            title: what people call it; the file's own name when left out.

        Raises:
            NoSuchFile, EvidenceTooLarge. OSError: the copy cannot be written; nothing is left behind.
        """
        if not path.is_file():
            raise NoSuchFile(detail=path.name)
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".arriving-", dir=self._folder)
        arriving = Path(name)
        try:
            with os.fdopen(handle, "w+b") as copy, path.open("rb") as original:
                if (size := os.fstat(original.fileno()).st_size) > self._limit:
                    raise EvidenceTooLarge(size=size, limit=self._limit)
                shutil.copyfileobj(original, copy)
                copy.flush()
                os.fsync(copy.fileno())
                if (size := copy.tell()) > self._limit:  # it grew while it was copied
                    raise EvidenceTooLarge(size=size, limit=self._limit)
                copy.seek(0)
                digest = file_digest(copy, "sha256").hexdigest()  # of what was written, not of what was read
            arriving.replace(self._folder / digest)
            _settle(self._folder)
        finally:
            arriving.unlink(missing_ok=True)
        return Evidence(sha256=digest, title=(title or path.name)[:_LONGEST_TITLE], size=size)

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
