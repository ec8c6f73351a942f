"""While something serves, the command line acts through its door and by no other way."""

import ast
from pathlib import Path

import pytest

from tests.api.served import visiting
from tests.docs.pages import ROOT
from yishi.folder import DataFolder
from yishi.holding import FolderInUse

WRITING = {
    ("yishi.engine", "running"), ("yishi.api.server", "served"), ("yishi.ledger.ledger", "Ledger"), ("yishi.sandbox.opening", "opened"),
}  # fmt: skip
"""What opens a record for writing."""
ALONE = {"serve": "served", "sandbox": "opened", "rehearse": "running", "rebuild": "running", "deliver": "Ledger"}
"""The commands that do, each where nothing serves: the first three are the service or have a folder of their own."""


def opens(module: Path) -> set[str]:
    """What of `WRITING` a module of the command line calls."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (node.module, alias.name) in WRITING
    }
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    return imported & called


def test_no_command_but_these_opens_a_record_for_writing() -> None:
    found = {module.stem: opens(module) for module in (ROOT / "yishi" / "cli").glob("*.py")}
    assert {name: found[name] for name in found if found[name]} == {name: {what} for name, what in ALONE.items()}


async def test_and_where_a_door_is_open_the_folder_lets_none_of_them_in(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data"):
        with pytest.raises(FolderInUse), DataFolder.open(tmp_path / "data", "real"):
            pass
