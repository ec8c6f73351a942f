"""What was not delivered yet is: each way has a cursor of its own, the position on the record up to which it is done, kept beside."""

import asyncio
import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import structlog
from filelock import FileLock

from domain.text import Lang
from yishi.delivery import mail, outbox
from yishi.delivery.letters import NAMES, Letter, letter_of
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import LedgerReader

log = structlog.get_logger("yishi")

PAGE = 500
REST_SECONDS, AGAIN_SECONDS = 5.0, 60.0


class Cursor:
    """Up to which position a way of delivery is done; None before its first time."""

    def __init__(self, folder: Path, way: str) -> None:
        self._file = folder / outbox.FOLDER / f".{way}"
        self._file.parent.mkdir(mode=0o700, exist_ok=True)

    @property
    def position(self) -> int | None:
        said = self._file.read_text(encoding="ascii").strip() if self._file.is_file() else ""
        return int(said) if said.isdecimal() else None

    def moves(self, position: int) -> None:
        if position != self.position:
            outbox.replace(self._file, f"{position}\n")


def deliver(ledger: LedgerReader, folder: Path, lang: Lang) -> int:
    """Deliver all that waits: as files from the first notice on, by mail what is recorded once mail is set up. How many files' worth.

    Raises:
        MailWrong, MailNotSent: the files are written; the mail waits. OSError.
    """
    written = 0
    files = Cursor(folder, "file")
    with FileLock(folder / outbox.FOLDER / ".lock"):
        for position, letter in _since(ledger, files.position or 0, lang):
            if letter is not None:
                outbox.write(folder, letter, lang)
                written += 1
            files.moves(position)
        settings = mail.MailSettings.of(folder)
        if settings is not None:
            _mailed(ledger, folder, lang, settings)
    return written


def _mailed(ledger: LedgerReader, folder: Path, lang: Lang, settings: mail.MailSettings) -> None:
    """Put each letter on the list of what is to be mailed, then mail what is on it; what cannot be now stays.

    Raises:
        MailNotSent: something is left, to be tried again.
    """
    noted, left = Cursor(folder, "mail"), Left(folder)
    if noted.position is None:  # what was due before is in the files, and would come as a flood
        noted.moves(ledger.head().size)
    for position, letter in _since(ledger, noted.position or 0, lang):
        if letter is not None:
            left.add(letter, settings)
        noted.moves(position)
    waiting = [each for each in left.all() if each.may_go(settings)]
    if waiting:
        _sent(ledger, lang, settings, left, waiting)


def _sent(
    ledger: LedgerReader, lang: Lang, settings: mail.MailSettings, left: "Left", waiting: Sequence["Waiting"]
) -> None:
    held: mail.MailNotSent | None = None
    with mail.connected(settings) as server:
        for each in waiting:
            entry = ledger.notifications(each.position - 1, 1)[0]
            try:
                refused = server.send(letter_of(ledger, entry, lang), each.to)
            except mail.RefusedForNow as for_now:
                held = for_now  # the next one may go
                continue
            if refused:
                log.warning("not-mailed", position=each.position)  # to whom stands in the list of what waits
            left.done(each, refused=settings.addresses[each.to] if refused else "")
    if held is not None:
        raise held


class Waiting(NamedTuple):
    """One letter to one recipient that is not mailed yet. `refused`: the address at which the server refused it for good."""

    position: int
    to: str
    refused: str = ""

    def may_go(self, settings: mail.MailSettings) -> bool:
        """Whether it may be tried: once the address that was refused is mended."""
        return self.to in settings.addresses and settings.addresses[self.to] != self.refused


class Left:
    """The list of what is left to be mailed, in a file of the folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / outbox.FOLDER / ".mail-left"
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.is_file() else []
        self._left = [Waiting(*json.loads(line)) for line in lines]

    def all(self) -> tuple[Waiting, ...]:
        return tuple(self._left)

    def add(self, letter: Letter, settings: mail.MailSettings) -> None:
        """Those of a letter's recipients who have an address; who is on the list already is not put on it again."""
        known = {(each.position, each.to) for each in self._left}
        named = [to for to in letter.to if to in settings.addresses and (letter.position, to) not in known]
        if named:
            self._keep([*self._left, *(Waiting(letter.position, to) for to in named)])

    def done(self, one: Waiting, *, refused: str) -> None:
        """It was sent, or refused for good at an address: then it waits for another."""
        again = [Waiting(one.position, one.to, refused)] if refused else []
        self._keep([*(each for each in self._left if each != one), *again])

    def _keep(self, left: list[Waiting]) -> None:
        self._left = sorted(left)
        outbox.replace(self._file, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in self._left))


def _since(ledger: LedgerReader, after: int, lang: Lang) -> Iterator[tuple[int, Letter | None]]:
    """Each letter beyond a position, and after each page how far it was read."""
    while entries := ledger.notifications(after, PAGE):
        for entry in entries:
            if entry.event.name in NAMES:
                yield entry.position, letter_of(ledger, entry, lang)
        after = entries[-1].position
        yield after, None


async def delivering(ledger: Ledger, folder: Path, lang: Lang) -> None:
    """Deliver while the engine runs, until cancelled; what cannot be now is tried again."""
    loop, grown = asyncio.get_running_loop(), asyncio.Event()

    def wake(size: int) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(grown.set)

    no_more = ledger.after_commit(wake)
    told = ""
    try:
        while True:
            grown.clear()
            try:
                await asyncio.to_thread(deliver, ledger, folder, lang)
                told = ""
            except Exception as trouble:  # whatever it is, acts go on, and it is tried again
                if str(trouble) != told:
                    log.warning("not-delivered", kind=type(trouble).__name__)  # a mail server repeats addresses
                told = str(trouble)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(grown.wait(), AGAIN_SECONDS if told else None)
            await asyncio.sleep(REST_SECONDS)  # a hall signs in by the hundred, and reminders can wait
    finally:
        no_more()
