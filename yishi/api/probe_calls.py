"""Health and readiness for what runs processes, and metrics for whoever looks after the service."""

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from yishi.api.faults import Described, Said, declared, faulty
from yishi.api.problems import KINDS
from yishi.observing import Observing
from yishi.observing.metrics import CONTENT_TYPE

FAULT: dict[int | str, dict[str, Any]] = {500: declared()[500]}
AGAIN = {"Retry-After": "1"}


class Alive(BaseModel):
    """The process answers."""

    ok: Literal[True] = True


class Ready(BaseModel):
    """It can take acts: nothing is missing. What goes on beside that is told, such as `reviving 3 of 10`."""

    ok: Literal[True] = True
    missing: list[str] = []
    under_way: list[str] = []


class NotReady(Described):
    """The names of what it lacks, such as `temporal`."""

    fault: Said
    missing: list[str]


def probes(observing: Observing) -> APIRouter:
    calls = APIRouter()

    @calls.get(
        "/v1/health",
        summary="Whether the process answers / 进程是否在运行",
        responses=FAULT,
    )
    async def _health() -> Alive:
        return Alive()

    @calls.get(
        "/v1/ready",
        summary="Whether it can take acts / 能否受理",
        response_model=Ready,
        responses={503: {"model": NotReady, "description": "Something it needs is missing / 有所缺"}, **FAULT},
    )
    async def _ready() -> Any:
        if missing := await observing.readiness.missing():
            says = KINDS["not-ready"].means.filled(missing=", ".join(missing))
            return faulty(503, says, headers=AGAIN, more={"missing": missing}, kind="not-ready")
        return Ready(under_way=observing.readiness.under_way())

    @calls.get(
        "/metrics",
        summary="Metrics for Prometheus / 指标",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}, **declared()},
    )
    async def _metrics() -> Response:
        return Response(await asyncio.to_thread(observing.metrics.written), media_type=CONTENT_TYPE)

    return calls
