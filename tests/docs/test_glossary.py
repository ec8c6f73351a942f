"""Every English word of the glossary stands in the code as it is written there."""

import io
import re
import tokenize
from functools import cache

import pytest

from tests.docs.pages import ROOT, prose

GLOSSARY = ROOT / "docs" / "glossary.md"
CODE = ("domain", "workflows", "activities", "yishi")


@cache
def words_of_the_code() -> frozenset[str]:
    """Names in the code, and texts in it that are a single word."""
    found: set[str] = set()
    for path in (path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.NAME:
                found.add(token.string)
            elif token.type == tokenize.STRING and (word := re.fullmatch(r"[a-z]*[\"'](\w+)[\"']", token.string)):
                found.add(word[1])
    return frozenset(found)


def words_of_the_glossary() -> list[str]:
    rows = [line.split("|")[1] for _, line in prose(GLOSSARY) if line.startswith("|")]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("word", words_of_the_glossary())
def test_the_word_stands_in_the_code(word: str) -> None:
    assert word in words_of_the_code()
