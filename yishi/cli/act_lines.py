"""The acts as they are recorded, a line each: when, what, by whom, and what it came to."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape

from domain.attempts import AttemptRefused
from domain.calendar import CHINA
from domain.findings import says
from domain.submission import COMMANDS
from domain.text import Lang, Text
from yishi.api.feed import why_refused
from yishi.cli.offices import office_word
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry, LedgerReader

PAGE = 500
TITLE_CELLS, OFFICE_CELLS = 34, 16  # of 80 columns
WIDTH = 80


async def follow(
    ledger: Ledger, after: int, out: Console, lang: Lang, trouble: Callable[[], Text | None] = lambda: None
) -> None:
    """Print each act that is recorded beyond a position, as it is recorded, until cancelled.

    Args:
        trouble: asked after each of them what there is to warn of; told when it is something new.
    """
    warned: Text | None = None
    loop, grown = asyncio.get_running_loop(), asyncio.Event()

    def wake(size: int) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(grown.set)

    no_more = ledger.after_commit(wake)
    try:
        while True:
            grown.clear()
            while entries := await asyncio.to_thread(ledger.notifications, after, PAGE):
                after = entries[-1].position
                for line in await asyncio.to_thread(lambda found: list(lines(ledger, found, lang)), entries):
                    out.print(line)
            if (now := trouble()) != warned:
                for line in told(now.to(lang) if now else "", "yellow"):
                    out.print(line)
                warned = now
            await grown.wait()
    finally:
        no_more()


def lines(ledger: LedgerReader, entries: list[Entry], lang: Lang) -> Iterator[str]:
    """One line for each act, and one more for why it was refused or what was noticed."""
    for command_id, recorded in groupby(entries, key=lambda e: e.envelope.command_id):
        events = list(recorded)
        first, last = events[0], events[-1]
        attempt = first.event if isinstance(first.event, AttemptRefused) else None
        act = attempt.act if attempt else ledger.act_of(command_id) or first.event.name
        title = COMMANDS[act].title.to(lang) if act in COMMANDS else act
        office = office_word(first.envelope.actor.office).to(lang)
        when = f"{first.envelope.recorded_at.astimezone(CHINA):%H:%M:%S}"
        mark = "[red]✗[/]" if attempt else "[green]✓[/]"
        where = f"#{first.position}" + (f"-{last.position}" if len(events) > 1 else "")
        session = first.envelope.stream.split("/session/")[0].split("/matter/")[0].split("/refused/")[0]
        named = escape(f"{fitted(title, TITLE_CELLS)} {fitted(office, OFFICE_CELLS)}")
        yield f"{when} {mark} {named} [dim]{where}[/]"
        if attempt:
            yield from told(f"{session}:{why_refused(attempt).to(lang)}", "red")
        for remark in dict.fromkeys(says(f).to(lang) for e in events for f in e.event.findings if f.weight == "alert"):
            yield from told(remark, "yellow")


def told(remark: str, colour: str) -> Iterator[str]:
    """A remark under its act, broken where 80 columns end."""
    indent = " " * 11
    part = ""
    for letter in remark:
        if cell_len(part + letter) > WIDTH - len(indent):
            yield f"{indent}[{colour}]{escape(part)}[/]"
            part = ""
        part += letter
    if part:
        yield f"{indent}[{colour}]{escape(part)}[/]"


def fitted(text: str, cells: int) -> str:
    """The text in exactly so many columns."""
    if cell_len(text) > cells:
        return set_cell_size(text, cells - 1) + "…"
    return set_cell_size(text, cells)
