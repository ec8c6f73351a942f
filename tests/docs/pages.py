"""What our pages say, read back: their blocks of commands, their links, the commands and names they mention."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", "node_modules", "build", "dist", "rehearsals"}


@dataclass(frozen=True)
class Step:
    """One command of a page: where it stands, what it must exit with, and what of its output the page shows."""

    line: int
    command: str
    exit_code: int
    shows: tuple[str, ...]

    @property
    def target(self) -> str | None:
        """The Makefile's target, if that is what the command asks for."""
        return self.command.removeprefix("make ").split()[0] if self.command.startswith("make ") else None


def pages() -> list[Path]:
    """All Markdown pages of the checkout."""
    return sorted(p for p in ROOT.rglob("*.md") if not SKIPPED & set(p.relative_to(ROOT).parts))


def steps(page: Path) -> list[Step]:
    """The commands of a page's ```console blocks, in order. `$ ` begins one, `# exit N` at its end says that it fails."""
    found: list[Step] = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            command, _, said = line.removeprefix("$ ").partition("  # exit ")
            found.append(Step(number, command.strip(), int(said or 0), ()))
        elif inside and line.strip():
            last = found.pop()
            found.append(Step(last.line, last.command, last.exit_code, (*last.shows, line.strip())))
    return found


def links(page: Path) -> Iterator[tuple[int, str]]:
    """The relative links of a page, with their lines."""
    for number, line in prose(page):
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if not re.match(r"[a-z]+:", target):
                yield number, target


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page outside of blocks of code."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif not inside:
            yield number, line


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make, as Git hosts make them."""
    heads = [line.lstrip("#").strip().lower() for _, line in prose(page) if re.match(r"#{1,6} ", line)]
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-") for head in heads}


def mentions(page: Path) -> Iterator[tuple[int, str]]:
    """Each `yishi …` that a page writes as code, in a span or in a block."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            inside = not inside
            continue
        for span in [line] if inside else re.findall(r"`([^`]+)`", line):
            found = re.search(r"(?:^|[\s/|])yishi (?=[a-z-])(.+)", span)
            if found:
                yield number, re.split(r"[|;#>]|&&", found[1])[0].strip()


def squeezed(text: str) -> str:
    """The text with single spaces, however its lines are broken."""
    return " ".join(text.split())
