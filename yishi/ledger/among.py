"""A folder whose ledger several processes work on at once: only one in PostgreSQL can be."""

import secrets
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from domain.text import Text
from yishi.ledger.place import pointed
from yishi.private import opened_new
from yishi.trouble import Trouble

ID = "shared.id"
ID_BYTES = 16


class OneProcessOnly(Trouble):
    """The record is in a file: two writing processes would starve each other."""

    says = Text(
        "数据目录 {path} 的记录在本机文件中,只能由一个进程(yishi serve)使用。"
        "多个进程请先设 YISHI_LEDGER=postgresql://……,或用 yishi migrate --move-in 移入数据库",
        "the record of {path} is in a file, which one process works on (yishi serve). For several, set YISHI_LEDGER=postgresql://... "
        "or move it in with yishi migrate --move-in",
    )


class Leads(Protocol):
    """One of several processes on one ledger."""

    def leads(self) -> bool:
        """Whether this process is the one that wakes and begins again. Waits for the database: for a thread."""

    def hold(self) -> None:
        """Take part again, should the database have lost sight of this process, without a wish to lead. For a thread.

        Raises:
            AnotherFolder: others of them have another folder by now.
        """

    def close(self) -> None: ...


def among(folder: Path) -> Leads:
    """Join those who work on a folder's ledger.

    Raises:
        OneProcessOnly. AnotherFolder: others of them have another folder. LedgerUnavailable.
    """
    if (pointer := pointed(folder)) is None:
        raise OneProcessOnly(path=folder)
    from yishi.ledger.postgres.address import Address  # noqa: PLC0415  # only those who use it wait for its import
    from yishi.ledger.postgres.among import Among  # noqa: PLC0415

    return Among(Address.of(pointer.address), folder_id(folder))


def folder_id(folder: Path) -> str:
    """What tells this folder from every other, wherever it is mounted; made once."""
    file = folder / ID
    with FileLock(folder / (ID + ".lock")):  # of several that begin at once, one makes it
        if not file.exists():
            with opened_new(folder / (ID + ".new")) as new:
                new.write(secrets.token_hex(ID_BYTES).encode())
            (folder / (ID + ".new")).replace(file)
    return file.read_text(encoding="ascii").strip()
