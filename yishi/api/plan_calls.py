"""Plans over the door: what is wrong with one, all at once. `POST /v1/sessions` registers one."""

import asyncio
from typing import Any

from fastapi import APIRouter

from yishi.api import bodies
from yishi.api.faults import declared
from yishi.api.guard import Guarded
from yishi.api.plans import checked, plan_sent
from yishi.api.strict import StrictRoute


def plan_calls(engine: Guarded) -> APIRouter:
    router, one_reads = APIRouter(prefix="/v1", tags=["plans"], route_class=StrictRoute), asyncio.Lock()

    @router.post(
        "/plans/check", response_model=bodies.PlanChecked, responses=declared(413, 422, 503),
        summary="Every fault and warning of a plan and its roll at once; nothing is kept or recorded",
        description="The roll comes inline and is read in memory: kept as a file it would be names that nobody can have forgotten.",
    )  # fmt: skip
    async def check(body: bodies.PlanBody) -> Any:
        sent = await asyncio.to_thread(plan_sent, body.plan, body.roll)
        async with one_reads:  # a long one takes seconds, and leaves the others their threads
            return await asyncio.to_thread(checked, engine, sent)

    return router
