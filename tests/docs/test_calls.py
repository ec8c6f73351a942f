"""The table of docs/http-calls.md has every command, and names calls that there are."""

import re
from pathlib import Path

from tests.docs.pages import ROOT
from yishi.access.places import PLACES
from yishi.cli.main import COMMANDS

PAGE = ROOT / "docs" / "http-calls.md"


def rows(page: Path) -> dict[str, str]:
    found = re.findall(
        r"^\| `([a-z][a-z -]*)` \| (?:through|beside|here only) \| (.*) \|$", page.read_text("utf-8"), re.MULTILINE
    )
    return dict(found)


def test_every_command_stands_in_the_table_of_calls() -> None:
    assert {command.split()[0] for command in rows(PAGE)} == set(COMMANDS)


def test_every_call_that_the_page_names_is_one_of_the_doors() -> None:
    text = PAGE.read_text("utf-8").replace("{s}", "{congress}/{number}")
    named = set(re.findall(r"`((?:GET|POST|PUT|DELETE) /v1[^`?]*)", text))
    there = {*PLACES, *(call.replace("{paper}", "sheet") for call in PLACES)}
    assert {call for call in named if call.strip() not in there} == set()
