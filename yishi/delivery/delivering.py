"""What was not delivered yet is: each way has a cursor of its own, the position on the record up to which it is done, kept beside."""

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import structlog
from filelock import FileLock

from domain.text import Lang
from yishi.delivery import mail, outbox
from yishi.delivery.letters import NAMES, Letter, letter_of
from yishi.ledger.ledger import Ledger
from yishi.ledger.reader import LedgerReader
from yishi.trouble import Trouble

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
    sent = Cursor(folder, "mail")
    if sent.position is None:  # what was due before is in the files, and would come as a flood
        sent.moves(ledger.head().size)
    for position, letter in _since(ledger, sent.position or 0, lang):
        if letter is not None and not mail.send(settings, letter):
            log.warning("not-mailed", position=position, to=letter.to)
        sent.moves(position)


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
            except (Trouble, OSError) as trouble:
                if str(trouble) != told:
                    log.warning("not-delivered", why=str(trouble))
                told = str(trouble)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(grown.wait(), AGAIN_SECONDS if told else None)
            await asyncio.sleep(REST_SECONDS)  # a hall signs in by the hundred, and reminders can wait
    finally:
        no_more()
