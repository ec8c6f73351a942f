"""The pages say only what is so: their commands run, their links lead somewhere, and what they name exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.docs.conftest import Shell
from tests.docs.pages import ROOT, anchors, links, mentions, pages, steps
from yishi.cli.main import app

TOLD = [
    ROOT / "README.zh.md",
    *(
        ROOT / "docs" / f"{name}.md"
        for name in (
            "story-of-a-session",
            "add-a-procedure",
            "papers",
            "events-out",
            "http-api",
            "http-calls",
            "integrate",
            "elections.zh",
            "secret-ballot.zh",
            "handbook.zh",
        )
    ),
]
IN_ENGLISH = [
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("elections", "secret-ballot", "handbook")),
]
"""The same courses as their Chinese twins, told in English: walked in `make soak`."""
PAGES = pages()


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def about_files(page: Path) -> tuple[pytest.MarkDecorator, ...]:
    """A page that has its reader alter a record, to see that it is found, has one in a file."""
    alters = "ledger.db" in "".join(step.command for step in steps(page))
    return (pytest.mark.only("sqlite", why="its reader alters a record in a file"),) if alters else ()


@pytest.mark.parametrize(
    "page",
    [
        *(pytest.param(page, marks=about_files(page)) for page in TOLD),
        *(pytest.param(page, marks=(pytest.mark.soak, *about_files(page))) for page in IN_ENGLISH),
    ],
    ids=named,
)
def test_every_command_of_the_page_runs_in_its_order_and_shows_what_the_page_says(page: Path, shell: Shell) -> None:
    for step in steps(page):
        if step.target is not None:
            continue  # a test of its own
        done = shell(step.command, step.shows)
        where = f"{page.name}:{step.line}: {step.command}\n{done.said[-3000:]}"
        assert done.exit_code == step.exit_code, where
        assert done.misses(step.shows) == [], where


def test_both_readmes_walk_the_same_course() -> None:
    def course(page: Path) -> list[str]:
        return [re.split(r" [^a-z]", s.command)[0] for s in steps(page) if s.command != "export YISHI_LANG=en"]

    assert course(ROOT / "README.md") == course(ROOT / "README.zh.md")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_asks_make_for_is_a_target(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = [s.target for s in steps(page)] + re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))

    assert [target for target in asked if target and target not in targets] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_the_page_leads_to_a_file_and_its_heading(page: Path) -> None:
    dead = []
    for line, target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            dead.append(f"{page.name}:{line}: {target}")

    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_yishi_command_and_option_that_the_page_mentions_exists(page: Path) -> None:
    wrong = [f"{page.name}:{line}: yishi {said}: {why}" for line, said in mentions(page) if (why := unknown(said))]

    assert wrong == []


def unknown(said: str) -> str | None:
    """The first word of a mentioned command that the command line does not know."""
    command: Any = typer.main.get_command(app)
    words = said.split()
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        word = words.pop(0)
        if word not in command.commands:
            return word
        command = command.commands[word]
    known = {
        "--help",
        *(option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)),
    }
    return next((w for w in words if re.match(r"--[a-z]", w) and w.split("=")[0] not in known), None)
