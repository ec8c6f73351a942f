"""The server's own words in a file that cannot grow without end."""

from pathlib import Path
from typing import IO

from yishi.private import made


class BoundedLog:
    """Appends to `path`; when that is full it becomes `path.1` and a new one begins. Never fails: a log is not a record."""

    def __init__(self, path: Path, most_bytes: int = 1 << 20) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._file: IO[bytes] | None = None

    def write(self, said: bytes) -> None:
        try:
            if self._file is None:
                self._file = self._opened()
            if self._file.tell() + len(said) > self._most_bytes:
                self._file.close()
                self._path.replace(self._path.with_name(self._path.name + ".1"))
                self._file = self._opened()
            self._file.write(said[-self._most_bytes :])
        except OSError:  # a full disk: whoever reads this has the last lines in the error instead
            self.close()

    def _opened(self) -> IO[bytes]:
        made(self._path)
        return self._path.open("ab", buffering=0)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
