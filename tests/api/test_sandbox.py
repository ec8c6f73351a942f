"""A sandbox is a rehearsal behind a door: a program drives it through months in seconds, and it is never mixed with real work."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.holders import bearer
from tests.api.served import visiting
from yishi.api.server import served
from yishi.folder import RealFolder, RehearsalFolder
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.sandbox.opening import PLAN, NoSuchAct, OpenSandbox, of_its_own, opened
from yishi.settings import Settings

SESSION = "sandbox/3-2"
CHAIRS = {"office": "executive_chair"}


@contextlib.asynccontextmanager
async def playing(folder: Path, until: str = "sign-in") -> AsyncIterator[tuple[httpx.AsyncClient, OpenSandbox]]:
    plan = load_plan(PLAN, LawLibrary(None).newest())
    async with (
        opened(Settings(folder=folder), plan, until) as box,
        httpx.AsyncClient(base_url=box.served.door.url, headers=bearer(box.token), timeout=60) as http,
    ):
        yield http, box


async def act(http: httpx.AsyncClient, name: str, at: str, office: str, **more: Any) -> httpx.Response:
    fields = more.pop("fields", {})
    body = {
        "command_id": f"{name}-{at}-{fields}",
        "session": SESSION,
        "act": name,
        "at": at,
        "actor": {"office": office},
    }
    return await http.post("/v1/acts", json=body | {"fields": fields} | more)


async def test_a_program_drives_the_sandbox_by_cards_and_key_pads_and_its_time_goes_by_the_acts(tmp_path: Path) -> None:
    async with playing(tmp_path / "sandbox") as (http, box):
        about = (await http.get("/v1")).json()
        assert about["purpose"] == "rehearsal" and about["now"].startswith("2025-01-18")
        taps = [{"at": "2025-01-21T08:10:00+08:00", "card": f"C{n:03d}"} for n in range(1, 21)]
        gate = {
            "session": SESSION,
            "sitting": "plenary-1",
            "device": "gate-1",
            "taps": [*taps, taps[0] | {"card": "9999"}],
        }
        told = (await http.post("/v1/sign-ins", json=gate)).json()
        assert (len(told["counted"]), [h["card"] for h in told["held"]], told["light"]["present"]) == (20, ["9999"], 20)
        assert (await http.get("/v1")).json()["now"].startswith("2025-01-21T08:10")

        opening = await act(
            http, "open-sitting", "2025-01-21T08:30:00+08:00", "presidium", fields={"sitting": "plenary-1"}
        )
        assert opening.status_code == 200, opening.text
        pads = {"subject": "agenda", "at": "2025-01-21T08:34:00+08:00", "in_favour": 19, "against": 0, "abstained": 1}
        totals = await http.post("/v1/key-pad-totals", json={"session": SESSION, "device": "hall-1", "totals": [pads]})
        assert totals.json()["recorded"] == ["agenda"], totals.text
        vote = {"subject": "agenda", "method": "electronic"}
        voted = await act(http, "put-to-vote", "2025-01-21T08:35:00+08:00", "presidium", fields=vote)
        assert voted.status_code == 200, voted.text
        adopted = (await http.get(f"/v1/sessions/{SESSION}/votes")).json()
        assert "agenda" in str(adopted) and box.served.engine.ledger.rehearsal


async def test_what_falls_due_before_an_act_is_recorded_on_its_day_without_anybody_waiting(tmp_path: Path) -> None:
    async with playing(tmp_path / "sandbox", until="publish-budget") as (http, box):
        before = (await http.get(f"/v1/sessions/{SESSION}/deadlines")).json()
        assert {d["state"] for d in before} >= {"running"}
        late = datetime.fromisoformat("2025-06-30T09:00:00+08:00")
        answer = await act(http, "publish-budget", late.isoformat(), "government")
        assert answer.status_code == 200, answer.text
        after = (await http.get(f"/v1/sessions/{SESSION}/deadlines")).json()
        assert {d["state"] for d in after} & {"missed", "overdue", "missed, then met"}
        events = (await http.get("/v1/events", params={"limit": 500, "wait": 0})).json()["events"]
        for stream in {e["stream"] for e in events}:
            times = [datetime.fromisoformat(e["recorded_at"]) for e in events if e["stream"] == stream]
            assert times == sorted(times), stream
        assert events[-1]["recorded_at"] == late.isoformat()
        await corrected_in_a_batch(http, box, late.isoformat())
        too_far = (late + timedelta(days=500)).isoformat()
        refused = await act(http, "file-budget", too_far, "government")
        assert refused.status_code == 409 and refused.json()["reason"] == "ActInFuture"
        assert (await http.get("/v1")).json()["now"] == late.isoformat()


async def corrected_in_a_batch(http: httpx.AsyncClient, box: OpenSandbox, at: str) -> None:
    """A correction of which matters are told: by the sandbox's own acts, while the batch still has its turn."""
    ledger, stream = box.served.engine.ledger, f"{SESSION}/session/1"
    assigned = next(e for e in ledger.events(stream) if e.event.name == "session.suggestions-assigned.v1")
    assignments = [{**a.model_dump(mode="json"), "unit": "镇水利站"} for a in assigned.event.assignments]  # type: ignore[attr-defined]
    fields = {"version": assigned.envelope.version, "changes": {"assignments": assignments}, "why": "笔误"}
    body = {"command_id": "corrected", "session": SESSION, "act": "correct", "at": at, "fields": fields}
    answer = await http.post("/v1/batches", json={"acts": [body | {"actor": {"office": "secretariat"}}]})
    assert answer.status_code == 200, answer.text
    told = ledger.events(f"{SESSION}/matter/{assignments[0]['number']}")
    assert told[-1].event.name == "matter.record-followed.v1"


def test_a_sandbox_takes_none_of_the_ports_services_and_places_of_real_work(tmp_path: Path) -> None:
    real = Settings(
        folder=tmp_path, mirror=tmp_path / "stick", ledger="postgresql://a@b/c", temporal_address="t:7233", port=7233,
        door_port=8000, probes="127.0.0.1:9000", temporal_metrics="127.0.0.1:9001", lang="en",
    )  # fmt: skip
    assert of_its_own(real) == Settings(folder=tmp_path, lang="en")
    assert of_its_own(real, door_port=8001) == Settings(folder=tmp_path, lang="en", door_port=8001)


async def test_it_goes_on_where_it_stood_and_is_neither_real_work_nor_takes_a_folder_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    async with playing(folder) as (_, box):
        head, token = box.served.engine.ledger.head(), box.token
    async with playing(folder) as (http, box):
        assert (box.served.engine.ledger.head(), box.token) == (head, token)
        real = await http.post("/v1/sign-ins", json={"session": SESSION, "sitting": "plenary-1", "deputies": ["D001"]})
        assert real.json()["counted"] == ["D001"]
    with pytest.raises(RehearsalFolder):
        async with served(Settings(folder=folder)):
            pass
    async with visiting(tmp_path / "real"):
        pass
    with pytest.raises(RealFolder):
        async with playing(tmp_path / "real"):
            pass


async def test_another_session_registered_there_is_a_rehearsal_too_and_an_unknown_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSuchAct, match="sign-in"):
        async with playing(tmp_path / "sandbox", until="lunch"):
            pass
    async with playing(tmp_path / "sandbox", until="decide-date") as (http, box):
        events = (await http.get("/v1/events", params={"limit": 500, "wait": 0})).json()["events"]
        assert events[0]["name"] == "session.registered.v1"
        assert box.served.engine.ledger.state(f"{SESSION}/session/1").plan.rehearsal
