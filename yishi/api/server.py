"""The door in the engine's own loop: opened last, closed first."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import NamedTuple

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from domain.text import Text
from yishi import doorway
from yishi.api import tokens
from yishi.api.app import create_app
from yishi.api.feed import Feed
from yishi.api.under_way import UnderWay
from yishi.ballots.boxes import Boxes
from yishi.doorway import Door
from yishi.engine import Engine, running
from yishi.folder import Purpose
from yishi.ledger.ledger import Ledger
from yishi.settings import Settings
from yishi.trouble import Trouble

HERE = "127.0.0.1"
IN_FLIGHT_SECONDS = 35  # an act that waits for the server to come back waits half a minute
IDLE_SECONDS = 75
WAITING_CONNECTIONS = 1024


class DoorPortTaken(Trouble):
    says = Text(
        "端口 {port} 已被其他程序占用。请换一个端口(--door-port),或不指定端口,由系统自选。",
        "Port {port} is taken by another program. Choose another (--door-port), or give none and let Yishi find one.",
    )


class Served(NamedTuple):
    """What runs: the engine, its door, and the token in clear if it was made just now."""

    engine: Engine
    door: Door
    fresh_token: str | None


@contextlib.asynccontextmanager
async def served(
    settings: Settings,
    *,
    new_token: bool = False,
    clock_is_right: bool = False,
    ledger_of: Callable[..., Ledger] = Ledger,
    purpose: Purpose = "real",
    engine_of: type[Engine] = Engine,
    before: Callable[[Engine], Awaitable[None]] | None = None,
) -> AsyncIterator[Served]:
    """Engine and door on the settings' folder, for real work unless another purpose is named.

    Args:
        before: what is done before anybody can come in.

    Raises:
        Trouble: what stands against it, and what to do.
    """
    async with running(
        settings,
        purpose,
        clock_is_right=clock_is_right,
        behind=purpose == "real",
        ledger_of=ledger_of,
        engine_of=engine_of,
    ) as engine:
        token = None if new_token else tokens.known_token(engine.folder)
        fresh = tokens.new_token() if token is None else None
        if fresh is not None:
            doorway.keep_token(
                engine.folder, fresh
            )  # before it is valid: a kill in between leaves none that nobody knows
            token = tokens.take(engine.folder, fresh)
        assert token is not None
        if before is not None:
            await before(engine)
        async with door(engine, token, settings.door_port) as opened:
            yield Served(engine, opened, fresh)


class _Connection(H11Protocol):
    """Lets a call cut the connection of one who takes in nothing: `request.state.cut()`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "cut": transport.abort}


class _Server(uvicorn.Server):
    """Without signal handlers of its own: who runs the engine says when it ends."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.open.set()


@contextlib.asynccontextmanager
async def door(engine: Engine, token: tokens.Token, port: int | None = None) -> AsyncIterator[Door]:
    """An open door to a running engine. At its end requests are taken no more, those in flight are answered.

    Raises:
        DoorPortTaken.
    """
    logging.getLogger("uvicorn").propagate = False  # its own words are about connections, not about acts
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    listening = _bound(port)
    url = f"http://{HERE}:{listening.getsockname()[1]}"
    async with Feed(engine.ledger) as feed, contextlib.AsyncExitStack() as stack:
        changed = engine.mirror.wake if engine.mirror is not None else lambda: None
        boxes = stack.enter_context(contextlib.closing(Boxes(engine.folder, engine.reading, changed=changed)))
        await asyncio.to_thread(boxes.settle_all)
        under_way = UnderWay()
        server = _Server(
            uvicorn.Config(
                create_app(engine, token, feed, boxes, under_way=under_way),
                http=_Connection,
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                backlog=WAITING_CONNECTIONS,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=IN_FLIGHT_SECONDS,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await server.open.wait()
        try:
            yield doorway.open_door(engine.folder, url, token.sha256)
        finally:
            doorway.close_door(engine.folder)
            feed.close()
            server.should_exit = True
            await serving
            await under_way.close(IN_FLIGHT_SECONDS)


def _bound(port: int | None) -> socket.socket:
    """A listening socket of this machine only, closed to the processes we start."""
    # asyncio sends at once (TCP_NODELAY) only on sockets that say they are TCP; else each answer waits 40 ms for the other's ACK
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # there the flag would let us in beside another program
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port or 0))
    except OSError as taken:
        listening.close()
        raise DoorPortTaken(port=port) from taken
    return listening
