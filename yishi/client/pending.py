"""Acts on their way: each is kept in a small file of this user's until it is answered, so that a cut loses and doubles nothing."""

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_state_path

from yishi.doorway import key_of

DRAFT_SECONDS = 3600.0
"""After which a file that was being written is one that was cut short."""


class Waiting(NamedTuple):
    """An act that was sent and not answered.

    Attributes:
        path: where it is posted to. body: as sent, with its command id. at_given: whether its time was said by the person.
    """

    file: Path
    path: str
    body: dict[str, Any]
    at_given: bool

    def asks_the_same(self, path: str, body: dict[str, Any], *, at_given: bool) -> bool:
        """Whether somebody types the same act again: alike but for the id, and for a time that nobody named."""
        if (self.path, self.at_given) != (path, at_given):
            return False
        left_out = {"command_id"} if at_given else {"command_id", "at"}
        return _without(self.body, left_out) == _without(body, left_out)

    def answered(self) -> None:
        self.file.unlink(missing_ok=True)


def _without(body: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


class Pending:
    """The acts of one door that wait for their answer, the oldest first."""

    def __init__(self, door: str) -> None:
        self.folder = user_state_path("yishi") / "pending" / hashlib.sha256(door.encode()).hexdigest()[:16]

    @classmethod
    def of(cls, folder: Path) -> "Pending":
        """Those of a data folder's door, or of the one that YISHI_DOOR names."""
        return cls(os.environ.get("YISHI_DOOR") or key_of(folder))

    def keep(self, path: str, body: dict[str, Any], *, at_given: bool) -> Waiting:
        """Write an act down before it is sent. It may name people, so that only this user can read it."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = hashlib.sha256(str(body["command_id"]).encode()).hexdigest()[:16]
        file = self.folder / f"{time.time_ns():020d}-{name}.json"
        draft = file.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            json.dump({"path": path, "body": body, "at_given": at_given}, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
        return Waiting(file, path, body, at_given)

    def waiting(self) -> list[Waiting]:
        """Those that wait. A file cut short while it was written was never sent, and goes."""
        found = []
        for draft in self.folder.glob("*.new"):
            with contextlib.suppress(OSError):
                if time.time() - draft.stat().st_mtime > DRAFT_SECONDS:
                    draft.unlink()
        for file in sorted(self.folder.glob("*.json")):
            try:
                kept = json.loads(file.read_text("utf-8"))
                found.append(Waiting(file, kept["path"], kept["body"], bool(kept["at_given"])))
            except (ValueError, KeyError, TypeError):
                file.unlink(missing_ok=True)
            except FileNotFoundError:
                continue  # another command of ours had its answer meanwhile
        return found
