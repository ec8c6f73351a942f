"""A connection at the door: requests are read in C, and what nobody should send without end is cut off."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024
"""Bytes of a request before its body; the parser itself would keep them without end, for whoever has no token yet."""


class Connection(HttpToolsProtocol):
    """Lets a call cut the connection of one who takes in nothing: `request.state.cut()`."""

    _head = 0
    """Bytes taken in since a request might have begun; -1 once its body is read."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "cut": transport.abort}

    def data_received(self, data: bytes) -> None:
        if self._head >= 0:
            self._head += len(data)
            if self._head > LARGEST_HEAD + len(
                data
            ):  # a request may come in one piece with the body of the one before it
                self.send_400_response("The head of this request is too large.")
                return
        super().data_received(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._head >= 0:  # what comes behind a body in pieces is read by nobody
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._head = -1

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head = 0
