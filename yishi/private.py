"""Folders and files for this account alone, where the system knows such rights. A stick that knows none keeps what it can."""

import contextlib
import os
import stat
from pathlib import Path
from typing import IO

FOLDER, FILE = 0o700, 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def for_owner_alone(folder: Path) -> None:
    """Take a folder of ours, and the files that stand directly in it, from other accounts of this machine.

    On Windows rights come from the folder above: there the handbook says where to put it.
    """
    if os.name != "posix":
        return
    for path in (folder, *(each for each in folder.iterdir() if each.is_file() and not each.is_symlink())):
        with contextlib.suppress(OSError):  # somebody else's file, or a medium without rights
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & OTHERS:
                path.chmod(mode & ~OTHERS)


def made(file: Path) -> None:
    """See that a file is there, and is its owner's alone if it was not there before.

    Raises:
        OSError.
    """
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, FILE))


def opened_new(file: Path) -> IO[bytes]:
    """A new file to write to, its owner's alone from its first byte; what stood under its name is removed.

    Raises:
        OSError.
    """
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), FILE), "wb")
