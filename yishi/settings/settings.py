"""The settings themselves, read from a file, from `YISHI_…` in the environment over it, and from arguments over both."""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from domain.text import Lang, Text
from yishi.settings import binary
from yishi.settings.file import FILE_VARIABLE, Lines, in_file
from yishi.settings.sources import PREFIX, SECRET, Chosen, Source
from yishi.settings.words import WORDS
from yishi.trouble import Trouble

HOST_AND_PORT = r"^\S+:\d{1,5}$"
POSTGRESQL = r"^postgres(ql)?://\S*$"
PATHS = ("folder", "mirror", "temporal_binary")
SECRETS_ELSEWHERE = ("token", "door_token", "mail_password")


class SettingsWrong(Trouble):
    """Settings cannot be read: each is named, with where it stands and what it has to be."""

    says = Text(
        "设置有误,请改正后再启动:\n{told}",
        "These settings cannot be read; correct them and start again:\n{told}",
    )


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _no_yes_or_no(said: object) -> object:
    """`true` in a file is no number, though Python takes it for 1."""
    return str(said).lower() if isinstance(said, bool) else said


def _by_commas(said: object) -> object:
    return tuple(name.strip() for name in said.split(",") if name.strip()) if isinstance(said, str) else said


Port = Annotated[int, Field(ge=1, le=65535), BeforeValidator(_no_yes_or_no)]


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
        door_host: the address at which `yishi api` listens (YISHI_DOOR_HOST); `yishi serve` listens on 127.0.0.1 alone.
        door_names: what else callers may call it in the Host header, such as a proxy's name (YISHI_DOOR_NAMES, commas between).
        deployment: the name under which the Temporal service tells builds of the program apart (YISHI_DEPLOYMENT); None: it does not.
        build: of this program (YISHI_BUILD); None: its version.
        door_boxes: this `yishi api` has the electronic ballot boxes (YISHI_DOOR_BOXES=1); one process of a folder can.
        log: the form of what is logged (YISHI_LOG). log_to: into `yishi.log` in the data folder, or to the process's stderr (YISHI_LOG_TO).
        probes: host:port where health, readiness and metrics are answered without a token (YISHI_PROBES); None: nowhere.
        temporal_metrics: host:port where the Temporal SDK shows its own metrics (YISHI_TEMPORAL_METRICS); None: nowhere.
        otlp_endpoint: the address of an OpenTelemetry receiver, to which traces are sent (YISHI_OTLP_ENDPOINT); None: where the
            standard OTEL_EXPORTER_OTLP_ variables say, else nowhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Annotated[Path, AfterValidator(_absolute)] = Field(default=Path("~/yishi"), validate_default=True)
    lang: Lang = "zh"
    ledger: Annotated[str, Field(pattern=POSTGRESQL)] | None = None
    ledger_owner: Annotated[str, Field(pattern=POSTGRESQL)] | None = None
    mirror: Annotated[Path, AfterValidator(_absolute)] | None = None
    temporal_address: Annotated[str, Field(pattern=HOST_AND_PORT)] | None = None
    temporal_binary: Annotated[Path, AfterValidator(_absolute)] | None = None
    namespace: Annotated[str, Field(min_length=1)] = "default"
    port: Port | None = None
    door_port: Port | None = None
    door_host: Annotated[str, Field(pattern=r"^[0-9a-fA-F.:]+$")] = "127.0.0.1"
    door_names: Annotated[tuple[str, ...], BeforeValidator(_by_commas)] = ()
    door_boxes: bool = False
    deployment: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,100}$")] | None = None
    build: Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]{1,100}$")] | None = None
    log: Literal["json", "console"] = "json"
    log_to: Literal["file", "stderr"] = "file"
    probes: Annotated[str, Field(pattern=HOST_AND_PORT)] | None = None
    temporal_metrics: Annotated[str, Field(pattern=HOST_AND_PORT)] | None = None
    otlp_endpoint: Annotated[str, Field(pattern=r"^https?://[^/\s@]+/?$")] | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, **arguments: object) -> Self:
        """As `chosen`, without where each came from."""
        found = cls.chosen(environment, **arguments).settings
        assert isinstance(found, cls)
        return found

    @classmethod
    def chosen(cls, environment: Mapping[str, str] | None = None, **arguments: object) -> Chosen:
        """Settings from a file, from `environment` over it, and from `arguments` over both; None and "" count as not given.

        Args:
            environment: by default the process's own. The file is the one that it names by YISHI_SETTINGS; else, for the process's own,
                `yishi.toml` in this user's config folder, if that is there.

        Raises:
            SettingsWrong: naming every setting that cannot be read. SettingsFileMissing, SettingsFileUnreadable.
        """
        own = environment is None
        environment = os.environ if environment is None else environment
        file = in_file(environment) if own or environment.get(FILE_VARIABLE) else Lines()
        sources = {name: Source("file", f"{file.path}:{file.lines.get(name, '?')}") for name in file.values}
        values: dict[str, Any] = dict(file.values)
        for name in PATHS:
            if isinstance(said := values.get(name), str) and file.path is not None:
                values[name] = (
                    file.path.parent / Path(said).expanduser()
                )  # beside the file, from wherever the program is started
        for name in cls.model_fields:
            if said := environment.get(PREFIX + name.upper()):
                values[name], sources[name] = said, Source("environment", PREFIX + name.upper())
        for name, given in arguments.items():
            if given is not None:
                values[name], sources[name] = given, Source("argument")
        try:
            settings = cls.model_validate(values)
        except ValidationError as wrong:
            names = dict.fromkeys(str(error["loc"][0]) for error in wrong.errors())
            told = list(_told(names, values, sources, cls.model_fields))
            raise SettingsWrong(told=Text("\n".join(t.zh for t in told), "\n".join(t.en for t in told))) from wrong
        return Chosen(settings, {name: sources.get(name, Source("default")) for name in cls.model_fields}, file.path)

    def binary(self) -> Path:
        """The `temporal` program to run.

        Raises:
            NoSuchBinary, NoBinaryInstalled.
        """
        return binary.binary(self.temporal_binary)


def _told(
    names: Mapping[str, None], values: Mapping[str, Any], sources: Mapping[str, Source], known: Mapping[str, Any]
) -> Iterator[Text]:
    """Each wrong setting: what stands there, where, and what it has to be."""
    for name in names:
        where = sources[name].says()
        found = "…" if name in SECRET else repr(str(value) if isinstance(value := values[name], Path) else value)
        if name in WORDS:
            must = WORDS[name].must
            yield Text(
                f"- {name} = {found}({where.zh}):应为{must.zh}",
                f"- {name} = {found} ({where.en}): it has to be {must.en}",
            )
        elif name in SECRETS_ELSEWHERE:
            yield Text(
                f"- {name}({where.zh}):令牌和密码不写在设置文件里,请用环境变量",
                f"- {name} ({where.en}): tokens and passwords are not kept in the settings file; use the environment",
            )
        else:
            near = get_close_matches(name, known, 1)
            listed = near[0] if near else "、".join(known)
            yield Text(
                f"- {name}({where.zh}):没有这一项。是不是 {listed}?"
                if near
                else f"- {name}({where.zh}):没有这一项。可用的有:{listed}",
                f"- {name} ({where.en}): there is no such setting. "
                + (f"Did you mean {listed}?" if near else f"There are: {', '.join(known)}"),
            )
