"""The hall over the door: sign-ins as devices and lists bring them, and the quorum light."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from domain.session.sign_in import SignIn, SignOut
from domain.session.state import Session
from domain.submission import Command
from domain.vote.keypad import EnterDeviceCount
from yishi.api import hall_bodies
from yishi.api.acting import now
from yishi.api.as_it_stood import Then, stood
from yishi.api.faults import declared
from yishi.api.guard import Guarded, asking, permit
from yishi.api.reading import Reading
from yishi.api.reading_calls import OF_SESSION, Congress, Number
from yishi.api.strict import StrictRoute, keyed
from yishi.api.under_way import UnderWay
from yishi.hall.key_pads import KeyPadTotals, key_pad_totals
from yishi.hall.signing import SignIns, sign_in_batch


def hall_calls(engine: Guarded, under_way: UnderWay) -> APIRouter:
    router, record = APIRouter(prefix="/v1", tags=["hall"], route_class=StrictRoute), Reading(engine)

    @router.post(
        "/sign-ins", response_model=hall_bodies.SignInsTold, responses=declared(404, 413, 422, 503),
        dependencies=[Depends(keyed)],
        summary="Sign in (or out) all that a device or a list brings, each judged for itself",
    )  # fmt: skip
    async def sign_ins(body: SignIns) -> Any:
        await asyncio.to_thread(_permit, engine, body, _ways(body))
        async with under_way.room():
            return await sign_in_batch(engine, body, _time(engine, [tap.at for tap in body.taps]))

    @router.post(
        "/key-pad-totals", response_model=hall_bodies.KeyPadTold, responses=declared(404, 413, 422, 503),
        summary="What a key-pad system counted, each total judged for itself; a total that disagrees is refused",
    )  # fmt: skip
    async def totals(body: KeyPadTotals) -> Any:
        await asyncio.to_thread(_permit, engine, body, [EnterDeviceCount])
        async with under_way.room():
            await asyncio.to_thread(record.session, body.session)
            return await key_pad_totals(engine, body, _time(engine, [t.at for t in body.totals]), asking().id)

    @router.get(
        OF_SESSION + "/hall", response_model=hall_bodies.LightTold, responses=declared(404, 422, 503),
        summary="The quorum light of a sitting; of the one that is open when none is named",
    )  # fmt: skip
    async def light(
        congress: Congress, number: Number, then: Then, sitting: Annotated[str | None, Query(max_length=40)] = None
    ) -> Any:
        return await asyncio.to_thread(stood, record, then, Reading.light, f"{congress}/{number}", sitting)

    return router


def _ways(batch: SignIns) -> list[type[Command]]:
    """What a batch asks for: to sign in, to sign out, or both; one that names nobody is as one that signs in."""
    leaves = bool(batch.out or batch.listed_out) or any(tap.out for tap in batch.taps)
    comes = bool(batch.deputies or batch.cards or batch.listed) or any(not tap.out for tap in batch.taps)
    return [*([SignOut] if leaves else []), *([SignIn] if comes or not leaves else [])]


def _permit(engine: Guarded, batch: SignIns | KeyPadTotals, commands: Sequence[type[Command]]) -> None:
    """Before a word is said about the session: a batch may come to no act at all, and still be told who is there.

    Raises:
        Forbidden.
    """
    session: Session = engine.ledger.state(f"{batch.session}/session/1")
    for command in commands:
        usual = session.procedure.office_for(command.offices) if session.registered else command.offices[0]
        permit(command.act, batch.office or usual, session.stream)


def _time(engine: Guarded, noted: Sequence[datetime]) -> datetime:
    """Against which devices' clocks are held. In a sandbox time goes by what is told: there no device is ahead of it."""
    here = now(engine)
    return max(here, *noted) if noted and engine.ledger.rehearsal else here
