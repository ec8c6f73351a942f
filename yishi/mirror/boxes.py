"""Ballot boxes in the second copy: sealed as they are, sorted anew, and of an open box only so many ballots at a time.

Who held two states of a box between which one ballot came could join it to the deputy who was just issued one. So an open box is copied
empty, and then only when ten more ballots lie in it, or when it takes none any more. When it was closed its open file is destroyed there as it
was here.
"""

import sqlite3
from pathlib import Path

from yishi.ballots.urn import copied, destroyed, looked_at
from yishi.mirror.files import copy_whole, same
from yishi.private import FOLDER

BALLOTS = "ballots"
OPEN, CLOSED = "*.open", "*.box"
APART = 10
"""Ballots between two copies of an open box."""


def boxes_in(folder: Path) -> list[Path]:
    """Names, within a data folder or a copy of one, of its boxes' files."""
    found = [path for kind in (OPEN, CLOSED) for path in sorted((folder / BALLOTS).glob(kind))]
    return [path.relative_to(folder) for path in found if not path.name.startswith(".")]  # with a dot: on its way


class BoxFiles:
    """The boxes of one source folder, brought to one target folder. For one thread."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source, self._target = source, target

    def bring(self) -> None:
        """
        Raises:
            OSError, sqlite3.Error.
        """
        for name in boxes_in(self._source):
            here, there = self._source / name, self._target / name
            there.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            if here.suffix == ".box":
                if not same(here, there):
                    copy_whole(here, there)
                if not here.with_suffix(".open").exists():
                    destroyed(there.with_suffix(".open"))
            elif not here.with_suffix(".box").exists():
                self._bring_open(here, there)

    def _bring_open(self, here: Path, there: Path) -> None:
        try:
            if self._worth_it(here, there):
                copied(here, there)
        except sqlite3.DatabaseError:
            if here.exists() and not here.with_suffix(".box").exists():
                raise  # else it was closed and destroyed in this very moment: its box comes next

    @staticmethod
    def _worth_it(here: Path, there: Path) -> bool:
        """Whether an open box is copied (again)."""
        new = looked_at(here)
        if not new.about:
            return False  # it is just being made
        old = looked_at(there) if there.exists() else None
        if old is None or {**old.about, "shut": b""} != {**new.about, "shut": b""}:
            return new.shut or not new.ballots or new.ballots >= APART
        return old.shut != new.shut or new.ballots - old.ballots >= (1 if new.shut else APART)
