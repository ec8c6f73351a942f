"""Where a setting came from, and how it is shown: secrets never."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.text import Text

if TYPE_CHECKING:
    from yishi.settings.settings import Settings

PREFIX = "YISHI_"
OF_OTHERS = ("SETTINGS", "DOOR", "TOKEN", "SESSION", "PATIENCE", "MAIL_PASSWORD", "TEMPLATES")
"""Variables that a command reads for itself: no settings of the office."""
SECRET = ("ledger", "ledger_owner")
"""May hold a password."""


class Source(NamedTuple):
    """Where a value came from. `where`: the variable's name, or the file and its line."""

    kind: Literal["argument", "environment", "file", "default"]
    where: str = ""

    def says(self) -> Text:
        match self.kind:
            case "argument":
                return Text("命令行参数", "an argument")
            case "environment":
                return Text(f"环境变量 {self.where}", f"the variable {self.where}")
            case "file":
                return Text(self.where, self.where)
            case _:
                return Text("默认", "by default")


class Chosen(NamedTuple):
    """The settings that hold, and where each came from. `file`: the settings file that was read, if there is one."""

    settings: "Settings"
    sources: Mapping[str, Source]
    file: Path | None

    def shown(self, name: str) -> str | int | None:
        """A setting's value as it may be shown."""
        value = getattr(self.settings, name)
        if isinstance(value, Path) or value is None:
            return None if value is None else str(value)
        return hidden(str(value)) if name in SECRET else value


def hidden(address: str) -> str:
    """An address without its password."""
    return re.sub(r"(?i)(password=)[^&\s]*", r"\1…", re.sub(r"(://[^:/@\s]*:)[^@\s]*@", r"\1…@", address))


def unknown_variables(environment: Mapping[str, str], fields: Iterable[str]) -> dict[str, str | None]:
    """Variables that look like settings and are none, each with the name that may have been meant."""
    known = {PREFIX + name.upper() for name in (*fields, *OF_OTHERS)}
    strange = [n for n in environment if n.startswith(PREFIX) and n not in known and not n.startswith(PREFIX + "TEST_")]
    return {name: next(iter(get_close_matches(name, known, 1)), None) for name in sorted(strange)}
