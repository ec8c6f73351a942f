"""How the settings file reaches the commands: an option that has a variable has the setting of that name in the file as well."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from domain.text import Text
from yishi.cli.page import Page
from yishi.trouble import Trouble

PREFIX = "YISHI_"
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="设置文件 · settings file (YISHI_SETTINGS)", show_default=False)
]


def heeding_the_file(command: Any) -> None:
    """Have a command, and those within it, look into the settings file for what neither is said nor in the environment."""
    command.context_class = _heeding(command.context_class)
    for within in getattr(command, "commands", {}).values():
        heeding_the_file(within)


def from_this_file(context: typer.Context, path: Path) -> None:
    """For as long as this command runs, and for what it starts, the settings file is this one."""
    before = os.environ.get("YISHI_SETTINGS")
    os.environ["YISHI_SETTINGS"] = str(path.expanduser().absolute())

    def as_before() -> None:
        if before is None:
            os.environ.pop("YISHI_SETTINGS", None)
        else:
            os.environ["YISHI_SETTINGS"] = before

    context.call_on_close(as_before)


def _heeding(context: type[typer.Context]) -> type[typer.Context]:
    class Heeding(context):  # type: ignore[misc, valid-type] # the class is the command's own
        def lookup_default(self, name: str, call: bool = True) -> Any:
            for option in self.command.params:
                variable = getattr(option, "envvar", None)
                if option.name == name and isinstance(variable, str) and variable.startswith(PREFIX):
                    return _said(variable.removeprefix(PREFIX).lower())
            return super().lookup_default(name, call)

    return Heeding


def _said(name: str) -> str | None:
    """What the file says of a setting, as an option takes it.

    Raises:
        typer.Exit: it cannot be read, which has been told.
    """
    from yishi.settings.file import in_file  # noqa: PLC0415
    from yishi.settings.settings import PATHS  # noqa: PLC0415

    try:
        file = in_file(os.environ)
    except Trouble as trouble:
        _tell(trouble.text)
        raise typer.Exit(2) from trouble
    value = file.values.get(name)
    if isinstance(value, str) and name in PATHS and file.path is not None:
        return str(file.path.parent / Path(value).expanduser())
    return str(value) if isinstance(value, str | int) else None


def _tell(said: Text) -> None:
    """In both languages: which of them is asked for may stand in the very file."""
    page = Page(to_stderr=True)
    for line in said:
        page.line(escape(line), lead="[bold red]✗[/] ")
