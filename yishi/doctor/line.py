"""One line of the examination, and what is examined."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from domain.text import Text
from yishi.doorway import Door
from yishi.folder import Marker
from yishi.settings import Chosen

Area = Literal["settings", "folder", "disk", "record", "law", "clock", "keys", "temporal", "ports", "mirror"]
State = Literal["ok", "warns", "wrong"]

AREAS: Mapping[Area, Text] = {
    "settings": Text("设置", "settings"),
    "folder": Text("数据目录", "data folder"),
    "disk": Text("磁盘", "disk"),
    "record": Text("全程记录", "the record"),
    "law": Text("法规库", "law book"),
    "clock": Text("时钟", "clock"),
    "keys": Text("密钥和令牌", "keys, tokens"),
    "temporal": Text("Temporal 服务", "Temporal"),
    "ports": Text("端口", "ports"),
    "mirror": Text("第二份副本", "second copy"),
}
"""In the order in which they are examined and told."""


class Line(NamedTuple):
    """What was found. `todo`: what to do, where it is not well."""

    area: Area
    state: State
    says: Text
    todo: Text | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "area": self.area,
            "state": self.state,
            "says": self.says._asdict(),
            "todo": self.todo._asdict() if self.todo else None,
        }


@dataclass(frozen=True)
class Case:
    """What is examined: the settings, the folder as far as it can be recognised, and the door that is open on it, if one is.

    Attributes:
        marker: None: there is no folder yet, or it cannot be recognised, which is told in its own line.
        now: the machine's clock.
    """

    chosen: Chosen
    marker: Marker | None
    door: Door | None
    environment: Mapping[str, str]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


Check = Callable[[Case], Iterator[Line]]
