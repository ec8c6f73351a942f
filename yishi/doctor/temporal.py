"""Temporal: the program for a server of our own, or the service that others run."""

import asyncio
import subprocess
from collections.abc import Iterator
from datetime import timedelta

import psutil
from pydantic import ValidationError

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.server.child import DATABASE
from yishi.server.leftovers import PID_FILE, UNBORN, Written

ANSWERS_WITHIN_SECONDS = 5.0
LEAST_RETENTION = timedelta(days=1)


def temporal(case: Case) -> Iterator[Line]:
    if case.chosen.settings.temporal_address is not None:
        yield from asyncio.run(_service(case.chosen.settings.temporal_address, case.chosen.settings.namespace))
    else:
        yield from _our_own(case)


def _our_own(case: Case) -> Iterator[Line]:
    place, program = case.chosen.settings.folder, case.chosen.settings.binary()
    try:
        said = subprocess.run(
            [program, "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
            encoding="utf-8",
            errors="replace",
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError) as wrong:
        yield Line(
            "temporal",
            "wrong",
            Text(f"{program} 不能运行({wrong})", f"{program} cannot be run ({wrong})"),
            Text("重新安装,或改正 YISHI_TEMPORAL_BINARY", "install again, or correct YISHI_TEMPORAL_BINARY"),
        )
        return
    version = said.splitlines()[0] if said else "?"
    yield Line("temporal", "ok", Text(f"由本系统启动:{version}", f"our own server: {version}"))
    if (running := _running(case)) is not None:
        if case.door is not None:
            yield Line("temporal", "ok", Text(f"正在运行(进程 {running})", f"it runs (process {running})"))
        else:
            yield Line(
                "temporal",
                "warns",
                Text(f"上次遗留的进程 {running} 还在", f"process {running} was left over"),
                Text("下次启动时自动结束它", "the next start ends it by itself"),
            )
    elif case.door is not None:
        yield Line(
            "temporal",
            "wrong",
            Text("正在服务,而 Temporal 进程不在", "something serves, and Temporal's process is gone"),
            Text(
                "稍候它会自动重启;否则重新启动 yishi serve",
                "it is restarted by itself in a moment; else start yishi serve again",
            ),
        )
    if (place / DATABASE).exists() and not (place / UNBORN).exists():
        with (place / DATABASE).open("rb") as file:
            whole = file.read(16) == b"SQLite format 3\0"
        if not whole:
            yield Line(
                "temporal",
                "wrong",
                Text(f"{DATABASE} 已损坏", f"{DATABASE} is damaged"),
                Text(
                    "yishi rebuild --anew:仅凭记录重新启动", "yishi rebuild --anew begins again from the record alone"
                ),
            )


def _running(case: Case) -> int | None:
    """The process of our own server, if the one that was noted lives."""
    try:
        written = Written.model_validate_json((case.chosen.settings.folder / PID_FILE).read_bytes())
        process = psutil.Process(written.pid)
        same = abs(process.create_time() - written.created) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValidationError, psutil.Error):
        return None
    return written.pid if same else None


async def _service(address: str, namespace: str) -> list[Line]:
    """What a service that others run says of itself."""
    from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, GetSystemInfoRequest  # noqa: PLC0415 # slow to load
    from temporalio.client import Client  # noqa: PLC0415
    from temporalio.service import RPCError, RPCStatusCode  # noqa: PLC0415

    try:
        async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
            client = await Client.connect(address, namespace=namespace)
            system = await client.workflow_service.get_system_info(GetSystemInfoRequest())
    except (RuntimeError, RPCError, TimeoutError) as wrong:
        why = " ".join(str(wrong).split())[:200] or type(wrong).__name__
        return [
            Line(
                "temporal",
                "wrong",
                Text(f"{address} 没有回答({why})", f"{address} does not answer ({why})"),
                Text(
                    "检查 YISHI_TEMPORAL_ADDRESS、网络和该服务",
                    "look at YISHI_TEMPORAL_ADDRESS, the network and that service",
                ),
            )
        ]
    lines = [
        Line(
            "temporal",
            "ok",
            Text(f"{address}:版本 {system.server_version}", f"{address}: version {system.server_version}"),
        )
    ]
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
            found = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    except (RPCError, TimeoutError) as wrong:
        absent = isinstance(wrong, RPCError) and wrong.status == RPCStatusCode.NOT_FOUND
        said = Text(f"没有命名空间 {namespace}", f"there is no namespace {namespace}")
        other = Text(f"命名空间 {namespace}:{wrong}", f"namespace {namespace}: {wrong}")
        todo = Text(
            f"temporal operator namespace create -n {namespace} --retention 30d",
            f"temporal operator namespace create -n {namespace} --retention 30d",
        )
        return [*lines, Line("temporal", "wrong", said if absent else other, todo)]
    kept = found.config.workflow_execution_retention_ttl.ToTimedelta()
    said = Text(
        f"命名空间 {namespace},历史保留 {kept.days} 天", f"namespace {namespace}, histories kept for {kept.days} days"
    )
    if kept < LEAST_RETENTION:
        return [
            *lines,
            Line(
                "temporal",
                "warns",
                said,
                Text(
                    "至少保留一天,便于查找故障;记录本身不受影响",
                    "keep them for a day at least, to look for faults; the record does not need them",
                ),
            ),
        ]
    return [*lines, Line("temporal", "ok", said)]
