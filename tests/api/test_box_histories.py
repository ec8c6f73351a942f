"""The swap test (notes §2.5, S1) on what Temporal keeps: its workflows' histories and its database.

There are no metrics or traces of a cast to compare: the door makes none.
"""

import asyncio
import base64
import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from domain.ballot.form import Mark, everybody
from tests.api.test_boxes import BOX, Poll, polling_in
from yishi.api.seen import Seen
from yishi.client import Door
from yishi.client.ballots import SealedBallot, ask_for_ballot, cast, sealed
from yishi.observing import Observing
from yishi.observing.traces import Traces
from yishi.scrutineers.keys import ceremony
from yishi.sealed.hpke import to_text

MEASURES = re.compile(r"prometheus|opentelemetry|yishi\.observing|metric_meter", re.IGNORECASE)
ROOT = Path(__file__).resolve().parents[2]
MADE = ceremony(2, 3)
VOTERS = ("D001", "D002", "D003", "D004")
CHOICES: tuple[Mark, ...] = ("for", "against", "abstain", "for")
EXCHANGED: tuple[Mark, ...] = ("against", "for", "abstain", "for")
MACHINE = (
    (r'"sealed_name":"[^"]*"', "SEALED"),  # names, each under a key of its own
    (r'"seconds":\d+(,"nanos":\d+)?|"nanos":\d+|"activation_index":\d+', "CLOCK"),  # of the server, not of the law
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"\b[0-9a-f]{64}\b", "HASH"),
    (r"\b[0-9a-f]{32}\b", "ID"),
    (r"~[0-9a-f]{16}\b", "~REQUEST"),  # of an update's id: a hash over what is asked
)


async def histories(poll: Poll) -> dict[str, Any]:
    """Every workflow's history, by its id."""
    client, found = poll.visitor.engine.client, {}
    async for each in client.list_workflows():
        history = await client.get_workflow_handle(each.id, run_id=each.run_id).fetch_history()
        found[each.id] = json.loads(history.to_json())
    return found


def said_in(value: Any) -> Iterator[str]:
    """All that is packed in a history's payloads, and the ids of what was asked.

    When the server handed out its tasks, and how it grouped them, hangs on the machine's load alone and stands in the other fields.
    """
    if isinstance(value, list):
        for part in value:
            yield from said_in(part)
    elif isinstance(value, dict):
        for name, part in sorted(value.items()):
            if name == "data" and isinstance(part, str):
                yield base64.b64decode(part).decode("utf-8", "replace")
            elif name == "updateId" and isinstance(part, str):
                yield part
            else:
                yield from said_in(part)


def without_machine_ids(found: dict[str, Any]) -> list[str]:
    said = [f"{workflow} {each}" for workflow in sorted(found) for each in said_in(found[workflow])]
    for pattern, word in MACHINE:
        said = [re.sub(pattern, word, each) for each in said]
    return sorted(set(said))


def asked_for(poll: Poll, choices: tuple[Mark, ...]) -> list[SealedBallot]:
    """A ballot for each voter in the order of the roll, filled in and sealed."""
    door = Door(poll.folder)
    papers = [ask_for_ballot(door, poll.visitor.session, "box-1", voter) for voter in VOTERS]
    door.close()
    return [sealed(paper, everybody(paper.form, mark)) for paper, mark in zip(papers, choices, strict=True)]


def put_in(poll: Poll, ballots: list[SealedBallot]) -> None:
    door = Door(poll.folder)
    for ballot in ballots:
        cast(door, ballot)
    door.close()


def of_temporal(folder: Path) -> bytes:
    """All bytes of the server's database and of its log."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("temporal*")) if file.is_file())


async def polled(folder: Path, choices: tuple[Mark, ...], *, backwards: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """A poll held; the histories before the first ballot was cast and after the closing."""
    async with polling_in(folder, MADE) as poll:
        ballots = await asyncio.to_thread(asked_for, poll, choices)
        before = await histories(poll)
        await asyncio.to_thread(put_in, poll, ballots[::-1] if backwards else ballots)
        assert await histories(poll) == before  # a ballot cast passes no workflow
        body = {"command_id": "closing", "actor": {"office": "presidium"}}
        assert (await poll.visitor.http.post(f"/v1{BOX}/close", json=body)).status_code == 200
        after = await histories(poll)
    stored = of_temporal(folder)
    secrets = [secret for each in ballots for secret in (each.token, each.sealed[:48])]
    assert not [s for s in secrets if s in stored or to_text(s).encode() in stored or s.hex().encode() in stored]
    return before, after


async def test_s1_with_two_voters_choices_exchanged_and_the_order_turned_round_the_histories_are_the_same(
    tmp_path: Path,
):
    one = await polled(tmp_path / "one", CHOICES, backwards=False)
    two = await polled(tmp_path / "two", EXCHANGED, backwards=True)

    for first, second in zip(one, two, strict=True):
        pairs = zip_longest(without_machine_ids(first), without_machine_ids(second))
        assert next((pair for pair in pairs if pair[0] != pair[1]), None) is None
    seen = "".join(without_machine_ids(one[1]))
    assert "box-1" in seen and "close-box" in seen  # it does see the acts


async def test_a_cast_is_counted_nowhere_and_traced_nowhere() -> None:
    spans, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    observing = Observing(Traces(provider.get_tracer("yishi"), provider))
    inner = FastAPI()
    box = "/v1/sessions/xiuzhou/10-4/boxes/b1"
    for call in ("/ballot", "/cast"):
        inner.add_api_route(box + call, lambda: "", methods=["POST"])
    door = httpx.ASGITransport(app=Seen(inner, observing))
    async with httpx.AsyncClient(transport=door, base_url="http://door") as voter:
        assert (await voter.post(box + "/ballot")).status_code == 200
        before = observing.metrics.written()
        assert b"route=" in before and len(spans.get_finished_spans()) == 1, "any other call is seen"
        assert (await voter.post(box + "/cast")).status_code == 200
    assert observing.metrics.written() == before and len(spans.get_finished_spans()) == 1
    ours = [f for top in ("ballots", "sealed", "scrutineers") for f in (ROOT / "yishi" / top).rglob("*.py")]
    ours += [*(ROOT / "domain").rglob("*.py"), ROOT / "yishi" / "api" / "box_calls.py"]
    assert len(ours) > 100 and [f for f in ours if MEASURES.search(f.read_text(encoding="utf-8"))] == []
