"""`yishi.toml`: the settings that hold wherever the environment says nothing. One setting a line, named as in `yishi settings`."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_config_path

from domain.text import Text
from yishi.trouble import Trouble

FILE = "yishi.toml"
FILE_VARIABLE = "YISHI_SETTINGS"
LARGEST = 1 << 20  # bytes; a page of settings has a few hundred


class SettingsFileMissing(Trouble):
    says = Text(
        "找不到设置文件 {path}。请改正 --settings 或 YISHI_SETTINGS,或者不写它。",
        "There is no settings file {path}. Correct --settings or YISHI_SETTINGS, or leave it out.",
    )


class SettingsFileUnreadable(Trouble):
    says = Text(
        '设置文件 {path} 无法读取({why})。应为 UTF-8 的 TOML,每行一项,如 folder = "/srv/yishi"。',
        'The settings file {path} cannot be read ({why}). It is TOML in UTF-8, one setting a line, like folder = "/srv/yishi".',
    )


class Lines(NamedTuple):
    """What a settings file says. `lines`: at which line each setting stands."""

    path: Path | None = None
    values: Mapping[str, Any] = {}
    lines: Mapping[str, int] = {}


def file_of(environment: Mapping[str, str]) -> Path:
    """Where the settings file is: where `YISHI_SETTINGS` says, else in this user's own config folder, whether it is there or not."""
    named = environment.get(FILE_VARIABLE)
    return Path(named).expanduser().absolute() if named else user_config_path("yishi", appauthor=False) / FILE


def in_file(environment: Mapping[str, str]) -> Lines:
    """What the settings file says; nothing where there is none.

    Raises:
        SettingsFileMissing: one was named, and is not there. SettingsFileUnreadable.
    """
    path = file_of(environment)
    try:
        written = path.read_bytes()
        if len(written) > LARGEST:
            raise SettingsFileUnreadable(path=path, why=f"> {LARGEST >> 20} MB")
        text = written.decode("utf-8-sig")
        return Lines(path, tomllib.loads(text), _lines(text))
    except FileNotFoundError:
        if environment.get(FILE_VARIABLE):
            raise SettingsFileMissing(path=path) from None
        return Lines()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise SettingsFileUnreadable(path=path, why=wrong) from wrong


def _lines(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if key := re.match(r"""\s*\[*\s*["']?([\w-]+)""", line):
            found.setdefault(key[1], number)
    return found
