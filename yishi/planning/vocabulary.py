"""Every act, refusal and finding there is. They register themselves when their modules are imported, so all are."""

import importlib
import pkgutil
from functools import cache
from typing import get_args

import domain
from domain.procedure import PROCEDURES, Procedure
from domain.progress import BY_THE_ENGINE
from domain.refusals import REFUSALS, Refused
from domain.submission import COMMANDS, Command, Office
from yishi.planning.plan import NamedPerson

OFFICES: tuple[Office, ...] = get_args(Office)


@cache
def _all_imported() -> bool:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return True


def commands() -> dict[str, type[Command]]:
    """The acts of sessions and matters, in alphabetical order; only ours, whatever else a test may have registered."""
    _all_imported()
    found = {act: kind for act, kind in sorted(COMMANDS.items()) if kind.__module__.startswith("domain.")}
    return {act: kind for act, kind in found.items() if kind.stream_kind != "register"}


def script_acts() -> dict[str, type[Command]]:
    """The commands that a script may hold, in alphabetical order; people in them by their names."""
    found = {act: kind for act, kind in commands().items() if act not in BY_THE_ENGINE}
    return found | {NamedPerson.act: NamedPerson}


def refusals() -> dict[str, type[Refused]]:
    """The reasons to refuse, in alphabetical order."""
    _all_imported()
    return {name: kind for name, kind in sorted(REFUSALS.items()) if kind.__module__.startswith("domain.")}


def procedures() -> dict[str, Procedure]:
    _all_imported()
    return dict(sorted(PROCEDURES.items()))
