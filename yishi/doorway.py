"""Where the door of a data folder is, and the key to it: what `serve` leaves for this user's other programs.

`door.json` in the data folder says where; the token in clear stands only in the user's own config folder. This module is all that a
client needs, and imports none of the engine.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, ValidationError

from domain.text import Text
from yishi.trouble import Trouble

DOOR = "door.json"
TOKENS = "tokens.json"
SAME_START_SECONDS = 2.0  # the system tells a process's start to a hundredth; some clocks are set a little in between


class NothingServes(Trouble):
    says = Text(
        "数据目录 {folder} 现在没有服务在运行。请先运行 yishi serve --data {folder}",
        "nothing serves the data folder {folder} now. Start it with: yishi serve --data {folder}",
    )


class NoTokenKept(Trouble):
    says = Text(
        "本用户没有数据目录 {folder} 的令牌。请把首次启动时显示的令牌设为 YISHI_TOKEN,或用 yishi serve --new-token 另发新令牌",
        "this user has no token for the data folder {folder}. Set YISHI_TOKEN to the one shown at the first start, "
        "or make a new one with yishi serve --new-token",
    )


class Door(BaseModel):
    """`door.json`: an open door. `began` is when its process did (seconds since 1970), so that no later one is taken for it."""

    model_config = ConfigDict(frozen=True)

    url: str
    pid: int
    token_sha256: str
    began: float = 0.0


class Approach(NamedTuple):
    """How to get in: the door's url, and the token to show there."""

    url: str
    token: str


def approach(folder: Path, environment: Mapping[str, str] | None = None) -> Approach:
    """The way to the engine that serves a folder. `YISHI_DOOR` and `YISHI_TOKEN` go before what is found.

    Raises:
        NothingServes, NoTokenKept.
    """
    environment = os.environ if environment is None else environment
    url, token = environment.get("YISHI_DOOR"), environment.get("YISHI_TOKEN")
    if not url:
        door = found(folder)
        if door is None:
            raise NothingServes(folder=folder)
        url = door.url
    if not token and (token := kept_token(folder)) is None:
        raise NoTokenKept(folder=folder)
    return Approach(url.rstrip("/"), token)


def found(folder: Path) -> Door | None:
    """The door of a folder, or None: there is none, or its process has ended. A stale one is never knocked at.

    By now another program may listen at its port, and the token is not for that.
    """
    door = written(folder)
    return door if door is not None and _lives(door) else None


def written(folder: Path) -> Door | None:
    """What `door.json` says, whether or not it still holds."""
    try:
        return Door.model_validate_json((folder / DOOR).read_bytes())
    except (OSError, ValidationError):
        return None


def open_door(folder: Path, url: str, token_sha256: str) -> Door:
    """Write that this process serves the folder; what an engine that was killed left there is replaced."""
    door = Door(url=url, pid=os.getpid(), token_sha256=token_sha256, began=_began(os.getpid()) or 0.0)
    _write(folder / DOOR, door.model_dump_json(indent=1))
    return door


def close_door(folder: Path) -> None:
    (folder / DOOR).unlink(missing_ok=True)


def kept_token(folder: Path) -> str | None:
    """The token for a folder that this user keeps."""
    token = _kept().get(key_of(folder))
    return token if isinstance(token, str) else None


def keep_token(folder: Path, token: str) -> Path:
    """Keep a folder's token for this user alone; where it is kept.

    Raises:
        OSError.
    """
    from filelock import FileLock  # noqa: PLC0415 # only whoever serves writes here

    file = tokens_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_name(file.name + ".lock"), timeout=10):
        _write(file, json.dumps({**_kept(), key_of(folder): token}, ensure_ascii=False, indent=1))
    return file


def tokens_file() -> Path:
    return user_config_path("yishi", appauthor=False) / TOKENS


def _kept() -> dict[str, object]:
    try:
        read = json.loads(tokens_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def key_of(folder: Path) -> str:
    """What a folder is called in this user's own files, however its path was typed."""
    return os.path.normcase(folder.expanduser().resolve())


def _lives(door: Door) -> bool:
    began = _began(door.pid)
    return began is not None and abs(began - door.began) < SAME_START_SECONDS


def _began(pid: int) -> float | None:
    """When a process began; None when there is none of that number."""
    import psutil  # noqa: PLC0415 # many commands need no door

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return float(process.create_time())
    return None


def _write(file: Path, text: str) -> None:
    """Write it whole or not at all, for its owner alone."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
