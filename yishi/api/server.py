"""The door in the engine's own loop: opened last, closed first."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

import uvicorn
from filelock import FileLock, Timeout

from domain.text import Text
from yishi import doorway
from yishi.access.keyring import LOCK
from yishi.api import tokens
from yishi.api.app import create_app
from yishi.api.connection import Connection
from yishi.api.feed import Feed
from yishi.api.heads import Heads
from yishi.api.seen import Seen
from yishi.api.under_way import UnderWay
from yishi.ballots.boxes import Boxes
from yishi.doorway import Door
from yishi.engine import Engine, running
from yishi.engine.processes import at_the_door
from yishi.folder import Purpose
from yishi.ledger.ledger import Ledger
from yishi.observing import observed
from yishi.private import for_owner_alone
from yishi.settings import Settings
from yishi.trouble import Trouble

HERE, LOOPBACK_6 = "127.0.0.1", "::1"
IN_FLIGHT_SECONDS = 35  # an act that waits for the server to come back waits half a minute
IDLE_SECONDS = 75
WAITING_CONNECTIONS = 1024
BOXES_LOCK = "ballots.lock"


class DoorPortTaken(Trouble):
    says = Text(
        "端口 {port} 已被其他程序占用。请换一个端口(--door-port),或不指定端口,由系统自选。",
        "Port {port} is taken by another program. Choose another (--door-port), or give none and let Yishi find one.",
    )


class NoSuchDoorHost(Trouble):
    says = Text(
        "不能在地址 {host} 上监听({why})。请把 YISHI_DOOR_HOST 设为本机的地址(IPv4 或 IPv6)。",
        "Nothing can listen at {host} ({why}). Set YISHI_DOOR_HOST to an address of this machine, IPv4 or IPv6.",
    )


class BoxesElsewhere(Trouble):
    says = Text(
        "电子票箱已由另一进程掌管;同一目录只能有一个(YISHI_DOOR_BOXES)",
        "another process has the electronic ballot boxes; on one folder there is only one (YISHI_DOOR_BOXES)",
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
    async with contextlib.AsyncExitStack() as stack:
        observing = await stack.enter_async_context(observed(settings))
        starting = stack.enter_context(contextlib.ExitStack())
        starting.enter_context(observing.readiness.waiting_for("starting", str))
        begun = running(
            settings,
            purpose,
            clock_is_right=clock_is_right,
            behind=purpose == "real",
            ledger_of=ledger_of,
            engine_of=engine_of,
            observing=observing,
        )
        engine = await stack.enter_async_context(begun)
        # before a token is made: one whose start ends at a taken port would never be shown
        listening = stack.enter_context(contextlib.closing(bound(settings.door_port, HERE)))
        token, fresh = first_token(engine.folder, new_token=new_token)
        if before is not None:
            await before(engine)
        async with door(engine, token, listening=listening) as opened:
            starting.close()  # not before: whoever is told that it is ready finds the door open
            for_owner_alone(engine.folder)  # what was made since the folder was taken: locks, the token's digest
            yield Served(engine, opened, fresh)


@contextlib.asynccontextmanager
async def served_apart(
    settings: Settings,
    *,
    new_token: bool = False,
    clock_is_right: bool = False,
    ledger_of: Callable[..., Ledger] = Ledger,
) -> AsyncIterator[Served]:
    """A door alone, as a process of its own; workers are others.

    Raises:
        Trouble, LedgerError: what stands against it, and what to do.
    """
    async with at_the_door(settings, clock_is_right=clock_is_right, ledger_of=ledger_of) as (engine, ready):
        apart = Apart.of(settings)
        with contextlib.closing(bound(settings.door_port, apart.host)) as listening:
            token, fresh = first_token(engine.folder, new_token=new_token)
            async with door(engine, token, apart=apart, listening=listening) as opened:
                ready()
                for_owner_alone(engine.folder)
                yield Served(engine, opened, fresh)


def first_token(folder: Path, *, new_token: bool) -> tuple[tokens.Token, str | None]:
    """The folder's first token, and in clear if it was made just now. Of several that begin at once, one makes it."""
    with FileLock(folder / LOCK):
        known = None if new_token else tokens.known_token(folder)
        if known is not None:
            return known, None
        fresh = tokens.new_token()
        doorway.keep_token(folder, fresh)  # before it is valid: a kill in between leaves none that nobody knows
        return tokens.take(folder, fresh), fresh


class Apart(NamedTuple):
    """A door as a process of its own, one of several on a folder.

    Attributes:
        host: the address it listens at. names: what it may be called in the Host header, beside this machine's own.
        boxes: it has the electronic ballot boxes, whose keys are in the memory of one process.
    """

    host: str
    names: tuple[str, ...]
    boxes: bool

    @classmethod
    def of(cls, settings: Settings) -> Self:
        own = (f"[{LOOPBACK_6}]",) if settings.door_host == LOOPBACK_6 else ()
        return cls(settings.door_host, (*settings.door_names, *own), settings.door_boxes)


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
async def door(
    engine: Engine,
    token: tokens.Token,
    port: int | None = None,
    *,
    apart: Apart | None = None,
    listening: socket.socket | None = None,
) -> AsyncIterator[Door]:
    """An open door to a running engine. At its end requests are taken no more, those in flight are answered.

    Args:
        listening: bound already, instead of a port.
        apart: it is one of several; where it is, is then told to nobody but by what this gives. None: the folder's only one.

    Raises:
        DoorPortTaken, NoSuchDoorHost. BoxesElsewhere: another process has the boxes that this one was to have.
    """
    logging.getLogger("uvicorn").propagate = False  # its own words are about connections, not about acts
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    listening = listening or bound(port, apart.host if apart else HERE)
    url = url_of(apart.host if apart else HERE, listening.getsockname()[1])
    async with Feed(engine.ledger) as feed, contextlib.AsyncExitStack() as stack:
        changed = engine.mirror.wake if engine.mirror is not None else lambda: None
        listening_to = {
            "yishi_stream_listeners": ("Open streams of events", lambda: len(feed.listening)),
            "yishi_watchers": ("Requests that wait for the next event", lambda: feed.watchers),
        }
        stack.callback(engine.observing.metrics.watch(listening_to))
        boxes: Boxes | None = None
        if apart is None or apart.boxes:
            stack.enter_context(having_boxes(engine.folder))
            boxes = stack.enter_context(contextlib.closing(Boxes(engine.folder, engine.reading, changed=changed)))
            await asyncio.to_thread(boxes.settle_all)
        under_way = UnderWay()
        server = _Server(
            uvicorn.Config(
                Heads(
                    Seen(
                        create_app(
                            engine, token, feed, boxes, under_way=under_way, names=apart.names if apart else None
                        ),
                        engine.observing,
                    )
                ),
                http=Connection,
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
            if apart is None:
                yield doorway.open_door(engine.folder, url, token.sha256)
            else:
                yield Door(url=url, pid=os.getpid(), token_sha256=token.sha256)
        finally:
            if apart is None:
                doorway.close_door(engine.folder)
            feed.close()
            server.should_exit = True
            await serving
            await under_way.close(IN_FLIGHT_SECONDS)


@contextlib.contextmanager
def having_boxes(folder: Path) -> Iterator[None]:
    """Have the ballot boxes of a folder to oneself: while one is open, its key is in the memory of one process.

    Raises:
        BoxesElsewhere.
    """
    try:
        with FileLock(folder / BOXES_LOCK, timeout=0):
            yield
    except Timeout:
        raise BoxesElsewhere from None


def bound(port: int | None, host: str) -> socket.socket:
    """A listening socket, of this machine only unless it is to be of others too; closed to the processes we start.

    Raises:
        DoorPortTaken, NoSuchDoorHost.
    """
    # asyncio sends at once (TCP_NODELAY) only on sockets that say they are TCP; else each answer waits 40 ms for the other's ACK
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # there the flag would let us in beside another program
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port or 0))
    except OSError as wrong:
        listening.close()
        if wrong.errno in (errno.EADDRINUSE, errno.EACCES):
            raise DoorPortTaken(port=port) from wrong
        raise NoSuchDoorHost(host=host, why=wrong) from wrong
    return listening


def url_of(host: str, port: int) -> str:
    """Where a door is; an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
