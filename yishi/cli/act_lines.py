"""The acts as they are recorded, a line each: when, what, by whom, and what it came to."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from itertools import groupby

import structlog
from rich.cells import cell_len
from rich.markup import escape

from domain.attempts import AttemptRefused
from domain.calendar import CHINA
from domain.findings import says
from domain.matter.titles import title_of_event
from domain.offices import office_word
from domain.session.hall import SignedIn, SignedOut
from domain.session.naming import about
from domain.submission import COMMANDS
from domain.text import Lang, Text
from domain.vote.votes import VoteCounted
from yishi.cli.page import fitted
from yishi.cli.shown import Shown
from yishi.events.telling import why_refused
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import Entry, LedgerReader
from yishi.ledger.streams import kind_of
from yishi.ledger.writer import RECORD_FAULTS

log = structlog.get_logger("yishi")

PAGE = 500
AGAIN_SECONDS = 5.0
TITLE_CELLS, OFFICE_CELLS = 34, 16  # of 80 columns
WIDTH = 80


async def follow(
    ledger: Ledger, after: int, out: Shown, lang: Lang, trouble: Callable[[], Text | None] = lambda: None
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
            try:
                while entries := await asyncio.to_thread(ledger.notifications, after, PAGE):
                    shown = await asyncio.to_thread(lambda found: list(lines(ledger, found, lang)), entries)
                    for line in shown:
                        out.print(line)
                    after = entries[-1].position
            except RECORD_FAULTS as fault:  # the store is away for a moment: it is shown when it is back
                log.warning("not-shown", why=repr(fault))
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if (now := trouble()) != warned:
                for line in told(now.to(lang) if now else "", "yellow"):
                    out.print(line)
                warned = now
            await grown.wait()
    finally:
        no_more()


def lines(ledger: LedgerReader, entries: list[Entry], lang: Lang) -> Iterator[str]:
    """One line for each act, and one more for why it was refused or what was noticed; a queue at the door is one line."""
    for told_apart, recorded in groupby(entries, key=_told_apart):
        events = list(recorded)
        first, last = events[0], events[-1]
        attempt = first.event if isinstance(first.event, AttemptRefused) else None
        act = attempt.act if attempt else ledger.act_of(first.envelope.command_id) or first.event.name
        named_so = title_of_event(first.event) or (COMMANDS[act].title if act in COMMANDS else None)
        title = named_so.to(lang) if named_so else act
        if told_apart[0] in PEOPLE:
            title += Text(f" {len(events)} 人", f": {len(events)}").to(lang)
        elif attempt is None and (meant := _about(ledger, first)) is not None:
            title += Text(f":{meant.zh}", f": {meant.en}").to(lang)
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


def _about(ledger: LedgerReader, entry: Entry) -> Text | None:
    """What an entry of a session is about; of a vote, its result as well."""
    if kind_of(entry.envelope.stream) != "session":
        return None
    event, session = entry.event, ledger.state(entry.envelope.stream)
    meant = about(session, vars(event))  # `dict` would take a field called `keys` for a mapping's
    if not isinstance(event, VoteCounted) or meant is None:
        return meant
    count, came = event.count, Text("通过", "adopted") if event.adopted else Text("未通过", "not adopted")
    if event.voided:
        came = Text("表决无效", "poll void")
    figures = f" {count.in_favour}:{count.against}:{count.abstained}" if count else ""
    return Text(f"{came.zh}{figures} {meant.zh}", f"{came.en}{figures} {meant.en}")


PEOPLE = (SignedIn.name, SignedOut.name)


def _told_apart(entry: Entry) -> tuple[str, str]:
    """By what entries fall under one line: their act, or for those who sign in or out, whichever comes after the other."""
    by_many = entry.event.name in PEOPLE
    return (entry.event.name, entry.event.sitting) if by_many else ("", entry.envelope.command_id)  # type: ignore[attr-defined]


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
