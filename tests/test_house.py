"""The house stands by itself: its names resolve inside the checkout, its lock holds, and nothing in it names another machine."""

import importlib
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import domain
from domain.event import EVENTS, Event

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PACKAGES = {"domain", "workflows", "activities", "yishi"}
NEVER_STORED = {"domain.session.struck.Struck"}  # stands only in the fold, for an entry that was struck
STORED_NAME = re.compile(r"[a-z-]+\.[a-z-]+\.v\d+")

# Written in two halves, so that this file does not name them.
FOREIGN = [
    *(f"{host}.{end}" for host, end in [("pypi", "org"), ("python" + "hosted", "org"), ("tuna.tsinghua", "edu"), ("mirrors", "aliyun")]),
    *(f"/{top}/{folder}" for top, folder in [("work", "main"), ("work", "shared"), ("opt", "pypi"), ("opt", "wheels")]),
    *("/root" + "/", "/home" + "/", "extra-" + "index-url", "--find" + "-links "),
]  # fmt: skip


@pytest.mark.parametrize("name", [*sorted(PACKAGES), "worker"])
def test_each_top_level_name_resolves_inside_the_checkout(name: str):
    found = importlib.import_module(name).__file__

    assert found is not None and Path(found).is_relative_to(ROOT), found


def test_the_packages_are_listed_one_by_one_and_all_of_them():
    folders = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests"}
    listed = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]

    assert sorted(listed) == sorted(f"{name}*" for name in PACKAGES)
    assert folders == PACKAGES
    assert PROJECT["tool"]["setuptools"]["py-modules"] == ["worker"]
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == PACKAGES


def test_every_part_of_the_application_stands_on_a_floor():
    """One that is named on none may import what it likes."""
    parts = {p.stem for p in (ROOT / "yishi").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {
        "__init__"
    }
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]

    assert {name.removeprefix("yishi.") for layer in layers for name in re.findall(r"yishi\.\w+", layer)} == parts


def test_nothing_kept_in_git_names_a_registry_or_a_folder_of_this_machine():
    named = [
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in kept_in_git()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        for word in FOREIGN
        if word in line
    ]

    assert named == []


def test_every_event_is_stored_under_a_name_of_its_own_that_says_no_python_path():
    events = domain_events()
    names = [cls.__dict__.get("name", "(no name of its own)") for cls in events]

    assert len(events) > 1
    assert [n for n in names if not STORED_NAME.fullmatch(n)] == []
    assert len(set(names)) == len(names)
    assert all(EVENTS[cls.name] is cls for cls in events)


def test_the_lock_pins_every_dependency_that_the_project_names():
    pinned = {
        canonicalize_name(found[1]): found[2]
        for line in LOCK.splitlines()
        if (found := re.match(r"([\w.-]+)==([\w.+!-]+)", line))
    }
    named = [
        Requirement(r) for r in PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    ]
    unmet = [
        str(r)
        for r in named
        if canonicalize_name(r.name) not in pinned or Version(pinned[canonicalize_name(r.name)]) not in r.specifier
    ]

    assert named and unmet == [], "run `make lock`"


def test_every_line_of_the_lock_is_a_pin_or_its_hash():
    pin, digest = re.compile(r"[\w.-]+==\S+( ; [^\\]+)? \\"), re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]

    assert [line for line in lines if not (pin.fullmatch(line) or digest.fullmatch(line))] == []


def kept_in_git() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git here to ask what is kept in it")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def domain_events() -> list[type[Event]]:
    """All that are stored: the events that no other is made from."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    found: dict[type[Event], None] = {}  # each once, though it may be made from two
    waiting = [Event]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {cls: None for cls in below if cls.__module__.startswith("domain.") and not cls.__subclasses__()}
    return [cls for cls in found if f"{cls.__module__}.{cls.__name__}" not in NEVER_STORED]


def test_every_act_of_a_session_has_its_rule_as_soon_as_sessions_are_decided_on() -> None:
    """A worker imports the deciders and nothing else: a module of rules that they do not reach would leave its acts unknown."""
    told = subprocess.run(
        [sys.executable, "-c", REACHED], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert told.stdout.split() == []


REACHED = """
import domain.access.decider, domain.matter.decider, domain.session.decider
from domain.submission import COMMANDS
from domain.session.state import DECIDES
from domain.matter.matter import JUDGES
reached = dict(COMMANDS)
import importlib, pkgutil, domain
for found in pkgutil.walk_packages(domain.__path__, "domain."):
    importlib.import_module(found.name)
print(*(act for act, command in COMMANDS.items()
        if act not in reached or not (command in DECIDES or command in JUDGES or command.stream_kind == "register")))
"""
