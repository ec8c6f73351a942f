"""A small SMTP server on this machine, of the standard library: it takes mail, refuses whom it is told to, and can hang up at the end."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


class SmtpServer:
    """Runs in a thread of its own on any free port.

    Attributes:
        taken: the messages it took. refuses: addresses it does not know. hangs_up: it takes the message and says nothing more.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self.hangs_up = False
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._open.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._open.set()
        self._loop.run_forever()
        server.close()

    async def _talk(self, said: asyncio.StreamReader, says: asyncio.StreamWriter) -> None:
        says.write(b"220 here\r\n")
        while line := await said.readline():
            verb = line.split(None, 1)[0].split(b":")[0].upper() if line.strip() else b""
            if verb == b"DATA":
                says.write(b"354 go on\r\n")
                content = await said.readuntil(b"\r\n.\r\n")
                self.taken.append(message_from_bytes(content[:-3], policy=policy.default))  # type: ignore[arg-type]
                if self.hangs_up:
                    break
            if verb == b"QUIT":
                says.write(b"221 bye\r\n")
                break
            address = line.decode("ascii", "replace").partition("<")[2].partition(">")[0]
            says.write(b"550 nobody here\r\n" if verb == b"RCPT" and address in self.refuses else b"250 ok\r\n")
        says.close()
