"""The screen of a service that must not wait for it: a console that stands still holds up no act."""

import contextlib
import io
import threading
from queue import Empty, Full, Queue

from rich.console import Console

from domain.text import Lang, Text

LINES_WAITING = 1000
"""Lines kept for a screen that stands still (text is being selected, nobody reads the pipe); what comes after them is only counted."""
LAST_LINES_SECONDS = 2.0
NOT_SHOWN = Text(
    "屏幕停住期间有 {n} 行未显示;都已记录在案,可用 yishi history 查看",
    "{n} lines were not shown while the screen stood still; all of it is on the record: yishi history",
)


class Shown:
    """Lines for a console, written by a thread of their own in the order they came. Never waits, never fails.

    A screen that is gone (the terminal was closed, the pipe's reader ended) is no screen: what is meant for it is let go.
    """

    def __init__(self, console: Console, lang: Lang, waiting: int = LINES_WAITING) -> None:
        self._console, self._lang = console, lang
        self._queue: Queue[str] = Queue(waiting)
        self._missed = 0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._write_all, name="screen", daemon=True)
        self._thread.start()

    def print(self, line: str) -> None:
        """One line, in the console's markup. For one thread."""
        try:
            if self._missed:
                self._queue.put_nowait(self._not_shown())
                self._missed = 0
            self._queue.put_nowait(line)
        except Full:
            self._missed += 1

    def close(self, seconds: float = LAST_LINES_SECONDS) -> None:
        """Show what waits, if the screen takes it in the time given."""
        self._ending.set()
        with contextlib.suppress(Full):
            self._queue.put_nowait("")  # wakes who waits for a line
        self._thread.join(seconds)

    def _write_all(self) -> None:
        screen: io.FileIO | None = None
        with contextlib.suppress(OSError, ValueError):
            self._console.file.flush()
            # by no buffer of Python's: its lock, held by a write that never ends, would hold up the end of the program
            screen = open(self._console.file.fileno(), "wb", buffering=0, closefd=False)  # noqa: SIM115
        while (line := self._next()) is not None:
            with self._console.capture() as written:
                self._console.print(line)
            try:
                rest = memoryview(written.get().encode(self._console.encoding, "replace"))
                while screen is not None and rest:
                    rest = rest[screen.write(rest) or 0 :]
            except (OSError, ValueError):
                screen = None

    def _next(self) -> str | None:
        """The next line; None at the end."""
        if not self._ending.is_set():
            line = self._queue.get()
            if not self._ending.is_set():
                return line
            return line or self._next()
        try:
            return self._queue.get_nowait() or self._next()
        except Empty:
            last, self._missed = self._not_shown() if self._missed else None, 0
            return last

    def _not_shown(self) -> str:
        return f"[yellow]{NOT_SHOWN.filled(n=self._missed).to(self._lang)}[/]"
