"""What our pages name is there: rules in the statutes, functions and tests in the files they are linked to, events in the code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import domain.procedures
from domain.event import EVENTS
from domain.findings import SAYS
from domain.law import LawBook
from domain.refusals import REFUSALS
from tests.docs.pages import ROOT, prose
from yishi import engine
from yishi.law import LawLibrary

OURS = [
    ROOT / "docs" / "story-of-a-session.md",
    ROOT / "docs" / "add-a-procedure.md",
    *sorted((ROOT / "docs" / "adr").glob("*.md")),
]
OURS = [page for page in OURS if page.exists()]
STORY = OURS[0]
assert domain.procedures and engine  # they register the events and refusals that are looked up here


@cache
def law() -> LawBook:
    return LawLibrary(None).newest()


@cache
def names_in(file: Path) -> frozenset[str]:
    """Every class, function and constant that a Python file defines."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(found)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text(page: Path) -> str:
    return "\n".join(line for _, line in prose(page))


@pytest.mark.parametrize("page", OURS, ids=named)
def test_every_function_class_and_test_that_a_page_links_is_defined_in_that_file(page: Path) -> None:
    linked = re.findall(r"\[`(\w+)`\]\(([^)#]+\.py)\)", text(page))
    gone = [(name, file) for name, file in linked if name not in names_in((page.parent / file).resolve())]

    assert gone == []


@pytest.mark.parametrize("page", OURS, ids=named)
def test_every_event_that_a_page_names_is_stored_under_that_name(page: Path) -> None:
    assert [name for name in re.findall(r"`([a-z-]+\.[a-z-]+\.v\d+)`", text(page)) if name not in EVENTS] == []


def test_every_rule_that_the_story_names_is_in_the_statutes_and_its_kind_as_told() -> None:
    ids = {p.id: p for p in law().provisions}
    codes = [code for code in re.findall(r"`([A-Z][\w-]+)`", text(STORY)) if "-" in code]
    told = re.findall(r"((?:`[A-Z][\w-]+`(?:, )?)+) (text|local|reading|practice)\b", text(STORY))
    kinds = [(rule, kind) for group, kind in told for rule in re.findall(r"`([^`]+)`", group)]

    assert codes and [code for code in codes if code not in ids] == []
    assert kinds and [(rule, kind) for rule, kind in kinds if ids[rule].kind != kind] == []


def test_every_refusal_and_finding_that_the_story_names_exists() -> None:
    said = re.findall(r"`([A-Z][a-z]+[A-Z]\w+)`", text(STORY))
    classes = set(re.findall(r"\[`(\w+)`\]", text(STORY)))

    assert said and [name for name in said if name not in {*REFUSALS, *SAYS, *classes}] == []


def test_every_step_of_the_story_has_a_law_a_function_and_an_event() -> None:
    rows = [line for _, line in prose(STORY) if line.startswith("|") and line.count("|") == 6]
    steps = [r.strip("|").split("|") for r in rows if not re.match(r"\|( step |---)", r)]

    assert len(steps) > 25
    assert [
        step[0] for step in steps if not (step[1].strip() and ".py)" in step[2] and re.search(r"\.v\d+`", step[4]))
    ] == []
