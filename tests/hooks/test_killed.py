"""A service killed after an endpoint took an event in, and before that was noted: the event comes again, under the same id."""

import asyncio
import os
import signal
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.holders import bearer
from tests.api.served import session_fields
from tests.engine.house import small_plan
from tests.forking import forked
from tests.hooks.receiver import receiving, verified
from yishi import doorway
from yishi.api.server import served
from yishi.hooks.store import HookStore
from yishi.law import LawLibrary
from yishi.rehearsal.lawful import lawful_course
from yishi.settings import Settings

PATIENCE_SECONDS = 60.0


def serve(folder: str, config: str, doom: str) -> None:
    """Inside the new process: serve the folder. While there is a file `doom` it is killed where it would note that an event was taken in."""
    place, file = Path(config), Path(doom)
    pytest.MonkeyPatch().setattr("yishi.doorway.user_config_path", lambda *_, **__: place)  # for as long as it lives
    note = HookStore.told

    def noting(store: HookStore, endpoint: str, session: str, before: int, position: int, at: datetime | None) -> bool:
        if at is not None and file.exists():
            file.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return note(store, endpoint, session, before, position, at)

    pytest.MonkeyPatch().setattr(HookStore, "told", noting)

    async def serving() -> None:
        async with served(Settings(folder=Path(folder))):
            await asyncio.Event().wait()

    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asyncio.run(serving())
    except KeyboardInterrupt:
        raise SystemExit(0) from None


async def door(folder: Path, process: Any) -> httpx.AsyncClient:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if (found := doorway.found(folder)) and (token := doorway.kept_token(folder)):
            return httpx.AsyncClient(base_url=found.url, headers=bearer(token), timeout=60)
        assert process.exitcode is None, f"it ended by itself: {process.exitcode}"
        await asyncio.sleep(0.05)
    raise TimeoutError(f"nobody opens the door of {folder}")


async def test_killed_between_telling_and_noting_it_tells_again_under_the_same_id_and_goes_on(tmp_path: Path) -> None:
    folder, doom = tmp_path / "data", tmp_path / "doom"
    arguments = (str(folder), str(doorway.tokens_file().parent), str(doom))
    process = forked(serve, *arguments)
    plan = small_plan()
    acts = lawful_course(plan, LawLibrary(None).newest()).acts
    try:
        async with receiving() as receiver:
            async with await door(folder, process) as http:
                made = (await http.post("/v1/webhooks", json={"url": receiver.url, "bodies": ["xiaozhen"]})).json()
                doom.touch()
                fields = session_fields(plan)
                sent = {"command_id": "register", "at": acts[0].at.isoformat(), "fields": fields}
                assert (await http.post("/v1/sessions", json=sent)).status_code == 200
            await asyncio.to_thread(process.join, PATIENCE_SECONDS)
            assert process.exitcode == -signal.SIGKILL and len(receiver.taken) == 1
            process = forked(serve, *arguments)
            await receiver.until(lambda: len(receiver.taken) >= 2, PATIENCE_SECONDS)
            first, again = receiver.taken
            assert first.id == again.id and first.body == again.body
            assert verified(made["secret"], again) == verified(made["secret"], first)
            async with await door(folder, process) as http:
                body = {
                    "command_id": "next", "session": "xiaozhen/3-2", "actor": {"office": "presidium"}, "at": acts[0].at.isoformat(),
                    "act": acts[0].act, "fields": acts[0].fields,
                }  # fmt: skip
                await http.post("/v1/acts", json=body)  # recorded or refused: either is an event
                await receiver.until(lambda: len(receiver.taken) >= 3, PATIENCE_SECONDS)
                (line,) = (await http.get(f"/v1/webhooks/{made['id']}")).json()["lines"]
        assert receiver.taken[2].position > first.position and line["failing"] is None
    finally:
        process.terminate()
        await asyncio.to_thread(process.join, PATIENCE_SECONDS)
        if process.exitcode is None:
            process.kill()
    assert process.exitcode == 0
