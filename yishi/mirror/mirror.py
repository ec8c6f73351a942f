"""A second copy of the record on another disk or a stick (第二份副本), brought up after every act by a thread of its own.

No act waits for it. A slow stick falls behind and catches up; one that is pulled out, full or read-only is told once and tried
again; a place that is not for this record is refused and never written to.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import structlog

from domain.text import Text
from yishi.folder import FolderNotUsable, FolderTrouble, look, write_marker
from yishi.ledger.reader import Head
from yishi.mirror.boxes import BoxFiles
from yishi.mirror.files import Files
from yishi.mirror.rows import Rows
from yishi.mirror.troubles import (
    MirrorAway,
    MirrorInside,
    MirrorIsDataFolder,
    MirrorOfOtherKind,
    MirrorPlaceWrong,
    MirrorTrouble,
    trouble_of,
)
from yishi.private import FOLDER, for_owner_alone

log = structlog.get_logger("yishi")

RETRY_SECONDS = 2.0
PATIENCE_SECONDS = 10.0  # for the first look at the place, and for the last acts at the end
KINDS = {"real": Text("正式记录", "a real record"), "rehearsal": Text("演练", "a rehearsal")}
State = Literal["starting", "current", "behind", "waiting", "refused"]


@dataclass(frozen=True)
class Standing:
    """How the second copy stands.

    Attributes:
        state: `current`: all that was committed at `at` is there; `behind`: catching up; `waiting`: see `trouble`, tried again;
            `refused`: the place is not for this record.
        head: where the copy ends, checked there; None before it was ever reached. at: when that was seen.
        same_disk: the copy lies on the disk of the original, and would be lost with it.
    """

    path: Path
    state: State = "starting"
    head: Head | None = None
    at: datetime | None = None
    trouble: Text | None = None
    same_disk: bool = False

    def as_json(self) -> dict[str, object]:
        """For programs: `{path, state, size, head, at, trouble: {zh, en} | null, same_disk}`."""
        return {
            "path": str(self.path),
            "state": self.state,
            "size": self.head.size if self.head else 0,
            "head": self.head.root if self.head else None,
            "at": self.at.isoformat() if self.at else None,
            "trouble": self.trouble._asdict() if self.trouble else None,
            "same_disk": self.same_disk,
        }

    def says(self) -> Text:
        """One sentence for people."""
        if self.trouble is not None:
            return self.trouble
        size = self.head.size if self.head else 0
        warning = Text(
            ";它与正本在同一磁盘,磁盘损坏时会一同丢失,请改用优盘或另一磁盘",
            "; it is on the same disk as the original and would be lost with it: use a stick or another disk",
        )
        told = Text(f"第二份副本:{self.path},{size} 条", f"second copy: {self.path}, {size} entries")
        return Text(told.zh + warning.zh, told.en + warning.en) if self.same_disk else told


class Mirror:
    """Keeps a second copy of a data folder's record in another folder.

    Args:
        source: the data folder. target: an empty folder, a missing one whose parent is there, or this record's own copy.
        retry_seconds: how long it waits before a place in trouble is tried again.
        rows: what brings the ledger's rows there.
    """

    def __init__(
        self,
        source: Path,
        target: Path,
        *,
        retry_seconds: float = RETRY_SECONDS,
        rows: Callable[[Path, Path], Rows] = Rows,
    ) -> None:
        self._source, self._target = source, target.expanduser().absolute()
        self._retry_seconds = retry_seconds
        self._rows, self._files = rows(source, self._target), Files(source, self._target)
        self._boxes = BoxFiles(source, self._target)
        self._standing = Standing(self._target)
        self._trouble: MirrorTrouble | None = None
        self._device: int | None = None
        self._wanted, self._looked, self._closing = threading.Event(), threading.Event(), threading.Event()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="mirror", daemon=True)

    @property
    def standing(self) -> Standing:
        return self._standing

    def start(self, patience_seconds: float = PATIENCE_SECONDS) -> Self:
        """Begin. What is only slow or away does not hold up the start.

        Raises:
            MirrorRefused: the place is not for this record; nothing was written there.
        """
        self._thread.start()
        self.wake()
        self._looked.wait(patience_seconds)
        if self._standing.state == "refused":
            assert self._trouble is not None
            self.close()
            raise self._trouble
        return self

    def wake(self, size: int = 0) -> None:
        """Something was recorded. Returns at once; for any thread."""
        self._wanted.set()

    def wait_until(self, seen: Callable[[Standing], bool], seconds: float) -> Standing:
        """Wait until it stands as asked, or the time is up; how it stands then."""
        with self._changed:
            self._changed.wait_for(lambda: seen(self._standing), seconds)
        return self._standing

    def close(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Bring the last acts there, if it can be done in the time given, and end."""
        self._closing.set()
        self.wake()
        self._thread.join(patience_seconds)
        if self._thread.is_alive():
            log.warning("mirror-left-behind", **self._standing.as_json())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        try:
            self._follow()
        finally:
            self._rows.close()

    def _follow(self) -> None:
        while True:
            self._wanted.wait(self._retry_seconds if self._trouble else None)
            self._wanted.clear()
            last = self._closing.is_set()
            while self._pass():
                continue
            self._looked.set()
            if last:
                return

    def _pass(self) -> bool:
        """One batch; whether there is more to bring now."""
        try:
            self._at_its_place()
            self._rows.examine()
            reached = self._rows.reached()
            self._files.bring()  # before the acts that name them, and that close a box
            self._boxes.bring()
            head, more = self._rows.bring(reached)
        except FolderNotUsable as wrong:
            self._told(trouble_of(wrong.__cause__ or wrong, self._target))
            return False
        except FolderTrouble as wrong:  # somebody's other files, or a marker that cannot be read
            self._told(MirrorPlaceWrong(told=wrong.text))
            return False
        except Exception as wrong:  # whatever befalls the copy, the session goes on
            self._told(trouble_of(wrong, self._target))
            return False
        self._stands(head, "behind" if more else "current")
        self._looked.set()
        return more

    def _at_its_place(self) -> None:
        """See that the target is there and this record's; make it when it is to be made.

        Raises:
            MirrorTrouble, FolderTrouble, OSError.
        """
        source, target = self._source.resolve(), self._target.resolve()
        if target == source or source in target.parents:
            raise MirrorInside(path=self._target, folder=self._source)
        if not self._target.parent.is_dir():
            raise MirrorAway(path=self._target, why=Text(f"没有 {target.parent}", f"there is no {target.parent}"))
        device, ours = (
            (self._target if self._target.is_dir() else self._target.parent).stat().st_dev,
            source.stat().st_dev,
        )
        if self._device not in (None, device) and device == ours:
            # the stick was another disk: what is at its place now is the empty folder it was mounted on
            raise MirrorAway(path=self._target, why=Text("优盘已拔出", "the stick is out"))
        marker, original = look(self._target), look(self._source)
        assert original is not None and original.purpose != "mirror"
        if marker is None:
            self._target.mkdir(mode=FOLDER, exist_ok=True)
            for_owner_alone(self._target)
            write_marker(self._target, original.model_copy(update={"purpose": "mirror", "of": original.purpose}))
            self._forget()
        elif marker.purpose != "mirror":
            raise MirrorIsDataFolder(path=self._target)
        elif marker.of != original.purpose:
            found, wanted = KINDS[marker.of or "real"], KINDS[original.purpose]
            raise MirrorOfOtherKind(path=self._target, found=found, wanted=wanted)
        self._device = device
        self._standing = replace(self._standing, same_disk=device == ours)

    def _forget(self) -> None:
        self._rows.forget()
        self._files.forget()

    def _told(self, trouble: MirrorTrouble) -> None:
        """Say it once, until it changes."""
        self._forget()
        if type(trouble) is not type(self._trouble):
            log.warning("mirror-refused" if trouble.refused else "mirror-waits", zh=trouble.text.zh, en=trouble.text.en)
        self._trouble = trouble
        self._set(replace(self._standing, state="refused" if trouble.refused else "waiting", trouble=trouble.text))

    def _stands(self, head: Head, state: State) -> None:
        if self._trouble is not None:
            log.info("mirror-goes-on", path=str(self._target), size=head.size)
        self._trouble = None
        self._set(replace(self._standing, state=state, head=head, at=datetime.now(UTC), trouble=None))

    def _set(self, standing: Standing) -> None:
        with self._changed:
            self._standing = standing
            self._changed.notify_all()
