"""Pages for people: lines that break where Chinese and English may be broken, whole lines when nobody's screen is asked for."""

import os
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.text import Text as Styled

WIDEST = 100
"""Lines longer than this are hard to read, however wide the screen."""
UNBROKEN = 1_000_000
NOT_FIRST = frozenset(",。;:、!?)》〉」』】〕”’…·%℃,.;:!?)]}>/")
NOT_LAST = frozenset("(《〈「『【〔“‘([{<#¥$")
NARROW_LETTER = 1


def screen_width(fd: int = 1) -> int:
    """Columns to keep to: the screen's, or what COLUMNS says; a pipe that names none gets whole lines."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return max(20, min(int(said), WIDEST))
    if not os.isatty(fd):
        return UNBROKEN
    try:
        return max(20, min(os.get_terminal_size(fd).columns or 80, WIDEST))
    except OSError:
        return 80


def broken(text: str, width: int, first: int = 0) -> list[tuple[int, int]]:
    """Where to cut a text into lines of `width` cells, `first` cells of the first one being taken already.

    A line breaks at a blank, or between two characters one of which is Chinese, but never so that a line begins with 、 or ends
    with (. What has no such place is cut where the line ends.
    """
    lines, start, used, may = [], 0, first, -1
    for index, letter in enumerate(text):
        size = get_character_cell_size(letter)
        if index > start and _may_break(text[index - 1], letter):
            may = index
        if used + size > width and letter != " ":
            cut = may if may > start else index
            lines.append((start, cut))
            start, may = cut, -1
            while start < index and text[start] == " ":
                start += 1
            used = cell_len(text[start:index])
        used += size
    lines.append((start, len(text)))
    return lines


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    wide = get_character_cell_size(before) > NARROW_LETTER or get_character_cell_size(after) > NARROW_LETTER
    return wide or before in ",;、"


class Page:
    """Where a command writes for people.

    Args:
        to_stderr: for what is wrong.
    """

    def __init__(self, *, to_stderr: bool = False) -> None:
        self.width = screen_width(2 if to_stderr else 1)
        self._out = Console(stderr=to_stderr, highlight=False, width=UNBROKEN, soft_wrap=True)

    def line(self, said: str = "", *, lead: str = "", hang: int | None = None) -> None:
        """One line with markup, broken to the page's width.

        Args:
            lead: what stands before it. hang: cells by which what follows is set in; by default as far as `lead` reaches.
        """
        body, before = Styled.from_markup(said), Styled.from_markup(lead)
        reach = before.cell_len
        hang = min(reach if hang is None else hang, self.width // 2)
        plain = body.plain
        for number, (start, end) in enumerate(_cuts(plain, self.width, reach, hang)):
            part = body[start:end]
            part.rstrip()
            self._out.print(before + part if number == 0 else Styled(" " * hang) + part)

    def rows(self, rows: Iterable[Sequence[str]], *, indent: int = 2, gap: int = 2, most: int = 24) -> None:
        """Rows with markup in columns as wide as they need to be, up to `most` cells; the last takes the rest and breaks."""
        listed = [tuple(row) for row in rows]
        widths: dict[int, int] = {}
        for row in listed:
            for column, cell in enumerate(row[:-1]):
                widths[column] = min(most, max(widths.get(column, 0), Styled.from_markup(cell).cell_len))
        for row in listed:
            lead = " " * indent
            for column, cell in enumerate(row[:-1]):
                size = Styled.from_markup(cell).cell_len
                lead += cell + " " * (max(widths[column] - size, 0) + gap)
            reach = indent + sum(widths[c] + gap for c in range(len(row) - 1))
            self.line(row[-1], lead=lead, hang=reach)


def _cuts(plain: str, width: int, reach: int, hang: int) -> list[tuple[int, int]]:
    """Cuts of a text of which the first line begins at `reach` and the others at `hang`."""
    if reach >= width - 8 and plain:  # no room beside what leads: begin below it
        return [(0, 0), *broken(plain, width - hang)]
    cuts, start, taken = [], 0, reach
    for paragraph in plain.split("\n"):
        shift = taken - hang
        for begin, end in broken(paragraph, width - hang, shift):
            cuts.append((start + begin, start + end))
        start += len(paragraph) + 1
        taken = hang
    return cuts


def fitted(text: str, cells: int) -> str:
    """The text in exactly so many columns."""
    if cell_len(text) > cells:
        return set_cell_size(text, cells - 1) + "…"
    return set_cell_size(text, cells)


__all__ = ["Page", "broken", "escape", "fitted", "screen_width"]
