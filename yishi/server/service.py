"""The Temporal service an engine works with: our own server process beside the data folder, or one that others run."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

import structlog
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client, Interceptor
from temporalio.converter import DataConverter
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError

from domain.text import Text
from yishi.server import leftovers
from yishi.server.child import DATABASE, POLL_SECONDS, Child, free_port, is_free
from yishi.server.log import BoundedLog
from yishi.settings import Settings
from yishi.trouble import Trouble

LOG = "temporal.log"
START_SECONDS = 60.0  # 0.4 s here; a slow disk and a virus scanner may take their time
START_ATTEMPTS = 3  # it looks for free ports as we do, and another may be quicker: it then dies of it at once
DEATHS_TOLERATED = 4
DEATHS_WITHIN_SECONDS = 60.0

# WAL: an update took 17-26 ms with it, 36 without (few runs, busy machine). FULL and not NORMAL: kill -9 just after an
# answer lost nothing with either (18 kills with FULL, 6 with NORMAL), but a power cut is no kill, and with NORMAL SQLite
# may then miss the last commits: a receipt in somebody's hands and a step in the ledger that its workflow has forgotten.
# FULL showed no cost here (a sync takes 0.3 ms); on a slow disk it is still one office's few acts a minute.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")

log = structlog.get_logger(__name__)


class PortTaken(Trouble):
    """The port asked for is another program's."""

    says = Text(
        "端口 {port} 已被其他程序占用。请换一个端口(YISHI_PORT),或不指定端口,由系统自选。",
        "Port {port} is taken by another program. Choose another (YISHI_PORT), or give none and let Yishi find one.",
    )


class ServerDidNotStart(Trouble):
    """The server process ended, or did not answer, at its start."""

    says = Text(
        "Temporal 服务未能启动({why})。详见 {log}。最后的输出:{words}",
        "The Temporal server did not start ({why}). See {log}. Its last words: {words}",
    )


class ServerKeepsDying(Trouble):
    """It was restarted again and again in vain."""

    says = Text(
        "Temporal 服务一分钟内 {deaths} 次意外退出,不再重启。已答复的议事行为均在记录中,未受影响。"
        "请检查磁盘与 {log} 后重新启动。最后的输出:{words}",
        "The Temporal server died {deaths} times within a minute and is not restarted again. All acts that were answered "
        "are safe in the record. Check the disk and {log}, then start again. Its last words: {words}",
    )


class ServiceNotReached(Trouble):
    """The service others run does not answer."""

    says = Text(
        "无法连接 Temporal 服务 {address}(命名空间 {namespace}):{why}。请检查 YISHI_TEMPORAL_ADDRESS 与网络。",
        "The Temporal service at {address} (namespace {namespace}) cannot be reached: {why}. "
        "Check YISHI_TEMPORAL_ADDRESS and the network.",
    )


class MetricsNotShown(Trouble):
    """The SDK cannot show its metrics there."""

    says = Text(
        "Temporal SDK 的指标不能在 {address} 提供({why})。请改正 YISHI_TEMPORAL_METRICS。",
        "The Temporal SDK's metrics cannot be shown at {address} ({why}). Correct YISHI_TEMPORAL_METRICS.",
    )


class Way(NamedTuple):
    """How a client is made. `metrics`: host:port where the SDK shows its own."""

    data_converter: DataConverter = DataConverter.default
    interceptors: tuple[Interceptor, ...] = ()
    metrics: str | None = None


@lru_cache(maxsize=1)
def _showing(address: str) -> Runtime:
    """The SDK's own runtime, with its metrics shown; one for a process, for it holds the port.

    Raises:
        MetricsNotShown.
    """
    shown = PrometheusConfig(
        bind_address=address, durations_as_seconds=True, unit_suffix=True, counters_total_suffix=True
    )
    try:
        return Runtime(telemetry=TelemetryConfig(metrics=shown))
    except (RuntimeError, ValueError) as wrong:
        raise MetricsNotShown(address=address, why=wrong) from wrong


class Temporal(Protocol):
    """What an engine needs of either: `async with … as temporal`, its client, and a `watch()` to run beside the work."""

    client: Client

    @property
    def address(self) -> str:
        """host:port."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_: object) -> None: ...
    async def watch(self) -> None: ...


def temporal(
    settings: Settings,
    folder: Path,
    data_converter: DataConverter = DataConverter.default,
    *,
    arguments: Sequence[str] = (),
    patience_seconds: float = 10.0,
    interceptors: Sequence[Interceptor] = (),
) -> Temporal:
    """The service that the settings ask for.

    Args:
        arguments: more of them for a server of our own, e.g. search attributes.
        patience_seconds: how long a service that others run may take to answer.
        interceptors: of the client, and of the workers that use it.

    Raises:
        NoSuchBinary, NoBinaryInstalled.
    """
    way = Way(data_converter, tuple(interceptors), settings.temporal_metrics)
    if settings.temporal_address is not None:
        return ServiceOfOthers(settings.temporal_address, settings.namespace, way, patience_seconds)
    return TemporalServer(
        folder,
        settings.binary(),
        way,
        port=settings.port,
        namespace=settings.namespace,
        arguments=arguments,
    )


class TemporalServer:
    """Our own server process, for as long as the `async with` lasts. The caller holds the folder's lock.

    `client` stays the same over restarts: the server comes back on its port and the client reconnects by itself.
    Must be entered on a thread that lives as long as the engine (on Linux the server dies with that thread).
    """

    client: Client

    def __init__(
        self,
        folder: Path,
        binary: Path,
        way: "Way | None" = None,
        *,
        port: int | None = None,
        namespace: str = "default",
        arguments: Sequence[str] = (),
    ) -> None:
        self.restarts = 0
        self._folder = folder
        self._binary = binary
        self._way = way or Way()
        self._port_wanted = port
        self._namespace = namespace
        self._more_arguments = arguments
        self._log = BoundedLog(folder / LOG)
        self._port = 0
        self._child: Child | None = None
        self._stopping = False

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """Of the server process that runs now, if one does."""
        return self._child.pid if self._child is not None and self._child.alive else None

    async def start(self) -> None:
        """Bring the server up and connect to it.

        Raises:
            PortTaken, ServerDidNotStart, OrphanStays.
        """
        self._stopping = False
        if (orphan := await asyncio.to_thread(leftovers.stop_orphan, self._folder)) is not None:
            log.warning("temporal-orphan-stopped", pid=orphan)
        if self._port_wanted is not None and not is_free(self._port_wanted):
            raise PortTaken(port=self._port_wanted)
        for attempts_left in reversed(range(START_ATTEMPTS)):
            self._port = self._port_wanted or free_port()
            leftovers.clear_unborn(self._folder)
            try:
                self.client = await self._launch()
                break
            except ServerDidNotStart as failed:
                if not attempts_left:
                    raise
                log.warning("temporal-start-failed", why=failed.text.en)
        leftovers.born(self._folder)

    async def stop(self) -> None:
        """End the server and wait until it has ended."""
        self._stopping = True
        if (child := self._child) is not None and child.alive:
            await child.stop()
            log.info("temporal-stopped", pid=child.pid)
        leftovers.forget_pid(self._folder)
        self._log.close()

    async def watch(self) -> None:
        """Restart the server whenever it dies, until it is stopped or this task is cancelled.

        Raises:
            ServerKeepsDying: the fifth time within a minute.
        """
        clock = asyncio.get_running_loop().time
        deaths: deque[float] = deque()
        while self._child is not None:
            child = self._child
            code = await child.wait()
            if self._stopping:
                return
            deaths.append(clock())
            while deaths[0] < clock() - DEATHS_WITHIN_SECONDS:
                deaths.popleft()
            log.warning("temporal-died", pid=child.pid, exit_code=code, deaths_in_a_minute=len(deaths))
            if len(deaths) > DEATHS_TOLERATED:
                raise ServerKeepsDying(deaths=len(deaths), log=self._folder / LOG, words=child.words)
            await self._port_left()
            with contextlib.suppress(ServerDidNotStart):  # its child has then ended too: one more death
                await self._launch()
                self.restarts += 1

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _launch(self) -> Client:
        began = asyncio.get_running_loop().time()
        try:
            child = await Child.start(self._binary, self._folder, self._arguments(), self._log)
        except OSError as wrong:
            raise self._did_not_start(f"{self._binary}: {wrong}") from wrong
        self._child = child
        if self._stopping:  # while a restart was under way
            await child.stop()
        leftovers.write_pid(self._folder, child.pid)
        try:
            async with asyncio.timeout(START_SECONDS):
                client = await self._connected(child)
        except TimeoutError as late:
            child.process.kill()
            await child.wait()
            raise self._did_not_start(f"> {START_SECONDS:.0f} s") from late
        seconds = round(asyncio.get_running_loop().time() - began, 2)
        log.info("temporal-started", pid=child.pid, seconds=seconds)
        return client

    async def _connected(self, child: Child) -> Client:
        """A client of our own child, once that answers for its namespace."""
        while not child.holds(self._port):
            await self._still_alive(child)
            await asyncio.sleep(POLL_SECONDS)
        while True:
            await self._still_alive(child)
            try:
                return await _connect(self.address, self._namespace, self._way)
            except (RuntimeError, RPCError):
                await asyncio.sleep(POLL_SECONDS)

    async def _still_alive(self, child: Child) -> None:
        if not child.alive:
            raise self._did_not_start(f"exit code {await child.wait()}")

    async def _port_left(self) -> None:
        """Wait a little until nobody is at our port: even a client that calls in vain can sit on it for a moment."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                while not is_free(self._port):  # noqa: ASYNC110 # a port tells nobody that it is free
                    await asyncio.sleep(POLL_SECONDS)

    def _did_not_start(self, why: str) -> ServerDidNotStart:
        return ServerDidNotStart(why=why, log=self._folder / LOG, words=self._child.words if self._child else "-")

    def _arguments(self) -> list[str]:
        """A server that listens on 127.0.0.1 alone, of whose ports only the one for us can be foreseen, without its web page."""
        fixed = (
            f"server start-dev --ip 127.0.0.1 --headless --log-level error --log-format json --db-filename {DATABASE}"
        )
        pragmas = [word for pragma in PRAGMAS for word in ("--sqlite-pragma", pragma)]
        own = [
            "--port",
            str(self._port),
            "--namespace",
            self._namespace,
            "--disable-config-file",
            "--disable-config-env",
        ]
        return [*fixed.split(), *own, *pragmas, *self._more_arguments]


class ServiceOfOthers:
    """A Temporal service that somebody else runs and watches."""

    client: Client

    def __init__(self, address: str, namespace: str, way: "Way", patience_seconds: float) -> None:
        self.address = address
        self._namespace = namespace
        self._way = way
        self._patience_seconds = patience_seconds

    async def __aenter__(self) -> Self:
        why: Any = "-"
        try:
            async with asyncio.timeout(self._patience_seconds):
                while True:
                    try:
                        self.client = await _connect(self.address, self._namespace, self._way)
                        return self
                    except (RuntimeError, RPCError) as wrong:
                        why = wrong
                        await asyncio.sleep(10 * POLL_SECONDS)
        except TimeoutError as late:
            raise ServiceNotReached(address=self.address, namespace=self._namespace, why=why) from late

    async def __aexit__(self, *_: object) -> None:
        """Nothing to stop."""

    async def watch(self) -> None:
        """Nothing to restart: waits until it is cancelled."""
        await asyncio.Event().wait()


async def _connect(address: str, namespace: str, way: "Way") -> Client:
    client = await Client.connect(
        address,
        namespace=namespace,
        data_converter=way.data_converter,
        interceptors=way.interceptors,
        runtime=_showing(way.metrics) if way.metrics else None,
    )
    await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    return client
