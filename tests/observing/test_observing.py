"""A service as its operator sees it: metrics, traces, logs, probes. A whole session goes through it, and nobody in it is seen."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import Response
from starlette.types import Scope

from tests.api.served import Visitor, long_after, own_config, session_fields, until
from tests.engine.house import small_plan
from tests.observing.receiver import Receiver, receiving
from tests.ports import unused_port
from yishi.api.gate import Gate
from yishi.api.probe_calls import probes
from yishi.api.server import served
from yishi.engine import Engine
from yishi.ledger.ledger import Ledger
from yishi.observing import Observing
from yishi.observing.logs import logged
from yishi.observing.probes import probed
from yishi.observing.readiness import Readiness
from yishi.server.log import BoundedLog
from yishi.settings import Settings


class Nobody:
    """Lets nobody in: what is answered all the same is answered to strangers."""

    async def admit(self, scope: Scope) -> Response:
        raise AssertionError(scope["path"])


UNKNOWN_CARD, PHONE = "K-998877665544", "13900001111"


class Seen(NamedTuple):
    """Everything that was said to an operator of a session that ran through."""

    metrics: str
    own_port: str
    temporal: str
    log: str
    traces: Receiver
    ready: list[tuple[int, dict[str, Any]]]
    people: list[str]


@pytest.fixture(scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Seen]:
    folder, plan = tmp_path_factory.mktemp("observed") / "data", small_plan()
    folder.parent.mkdir(exist_ok=True)
    temporal = f"127.0.0.1:{unused_port()}"
    ready = []
    config = pytest.MonkeyPatch()
    config.setenv("XDG_CONFIG_HOME", str(folder.parent / "config"))
    config.setattr("yishi.observing.readiness.ANSWERS_WITHIN_SECONDS", 60.0)
    folder.mkdir()
    with receiving() as receiver, logged(BoundedLog(folder.parent / "log")):
        settings = Settings(folder=folder, probes="127.0.0.1:0", temporal_metrics=temporal, otlp_endpoint=receiver.url)
        async with served(settings, ledger_of=partial(Ledger, clock=long_after)) as serving:
            token, probes = serving.fresh_token or "", serving.engine.observing.probes
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx.AsyncClient(base_url=serving.door.url, headers=headers, timeout=60) as http:
                visitor = Visitor(http, serving.engine, token, serving.door.url, plan)
                await whole_session(visitor)
                metrics = (await http.get("/metrics")).text
            async with httpx.AsyncClient(timeout=60) as stranger:
                own_port = (await stranger.get(f"http://{probes}/metrics")).text
                of_temporal = (await stranger.get(f"http://{temporal}/metrics")).text
                for url in (serving.door.url, f"http://{probes}"):
                    for path in ("/v1/health", "/v1/ready"):
                        answer = await stranger.get(url + path, headers={"Host": "pod-7.example"})
                        ready.append((answer.status_code, answer.json()))
                assert (await stranger.get(f"{serving.door.url}/metrics")).status_code == 401
                assert (await stranger.get(f"http://{probes}/v1/events")).status_code == 404
        log = (folder.parent / "log").read_text(encoding="utf-8")
    config.undo()
    structlog.reset_defaults()
    fields = session_fields(plan)
    named = [entry["name"] for entry in (*fields["roll"], *fields["people"])]
    ids = [entry["id"] for entry in (*fields["roll"], *fields["people"])]
    yield Seen(metrics, own_port, of_temporal, log, receiver, ready, [*named, *ids, UNKNOWN_CARD, PHONE])


async def whole_session(visitor: Visitor) -> None:
    """All acts of a session, a hall that signs in, an unknown card, attempts that are refused, not well formed, or beyond somebody's rights."""
    http = visitor.http
    assert (await visitor.register()).status_code == 200
    deputy = visitor.plan.entries[0].id
    (opening,) = [act for act in visitor.course() if act.act == "open-sitting"][:1]
    assert (await visitor.act(opening, f"early-{deputy}")).status_code == 409
    for act in visitor.course():
        if act.act == "open-sitting":
            sent = {
                "session": visitor.session,
                "sitting": act.fields.get("sitting", "plenary-1"),
                "deputies": [entry.id for entry in visitor.plan.entries],
                "cards": [UNKNOWN_CARD],
                "device": "gate-1",
                "command_id": f"{deputy}-{PHONE}",
                "at": act.at.isoformat(),
            }
            assert (await http.post("/v1/sign-ins", json=sent)).status_code == 200
        answer = await visitor.act(act, f"{act.act}-{act.at.isoformat()}-{act.of or ''}-{deputy}-{PHONE}")
        assert answer.status_code in (200, 409), answer.text
    wrong = visitor.body(visitor.course()[0], f"again-{deputy}") | {"fields": {"opens": PHONE, "who": deputy}}
    assert (await http.post("/v1/acts", json=wrong)).status_code == 422
    late = visitor.body(visitor.course()[0], f"late-{deputy}")
    assert (await http.post("/v1/acts", json=late)).status_code in (200, 409)
    told = await http.post("/v1/tokens", json={"role": "deputy", "person": deputy})
    own = {"Authorization": f"Bearer {told.json()['token']}"}
    assert (
        await http.post("/v1/acts", json=visitor.body(visitor.course()[0], "theirs"), headers=own)
    ).status_code == 403
    assert (await http.get(f"/v1/sessions/{deputy}/{PHONE}/status")).status_code == 422
    assert (await http.get(f"/v1/{UNKNOWN_CARD}")).status_code == 404


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_acts_are_counted_by_name_and_outcome_with_their_time(seen: Seen) -> None:
    found = samples(seen.metrics)
    assert found["yishi_acts_total", (("act", "open-sitting"), ("outcome", "recorded"))] >= 1
    assert found["yishi_acts_total", (("act", "sign-in"), ("outcome", "recorded"))] >= 1
    assert any(name == "yishi_refusals_total" and value for (name, _), value in found.items())
    assert found["yishi_act_seconds_count", (("act", "open-sitting"),)] >= 1
    assert found["yishi_ledger_append_seconds_count", ()] > 20
    assert found["yishi_ledger_events", ()] > 20
    assert found["yishi_webhooks_dead", ()] == found["yishi_webhooks_failing", ()] == 0
    assert found["yishi_ledger_waiting", ()] == 0 and found["yishi_stream_listeners", ()] == 0
    posted = (("method", "POST"), ("route", "/v1/acts"), ("status", "200"))
    assert found["yishi_requests_total", posted] > 20
    assert any(dict(labels).get("route") == "other" for (name, labels) in found if name == "yishi_requests_total")
    assert samples(seen.own_port).keys() >= {("yishi_ledger_events", ())}
    assert "temporal_workflow_completed" in seen.temporal or "temporal_request" in seen.temporal


def test_an_act_is_traced_from_the_door_through_temporal_to_the_record(seen: Seen) -> None:
    assert set(seen.traces.paths) == {"/v1/traces"}
    for posted in seen.traces.named("POST /v1/acts"):
        of_one = {span.name: span for span in seen.traces.spans if span.trace_id == posted.trace_id}
        assert "act" not in of_one or of_one["act"].parent_span_id == posted.span_id
    sent = {span.span_id: span for span in seen.traces.named("StartWorkflowUpdate:submit")}
    of_acts = {span.span_id for span in seen.traces.named("act")}
    assert sent and all(span.parent_span_id in of_acts for span in sent.values())
    taken = seen.traces.named("HandleUpdate:submit")  # part of the workflow's own trace, and linked to whoever sent it
    linked = sent.keys() & {link.span_id for span in taken for link in span.links}
    assert len(linked) > 20 and len(sent) - len(linked) <= 2  # one found no workflow: its session was just registered
    workflows = {span.trace_id for span in taken}
    assert any(span.trace_id in workflows for span in seen.traces.named("RunActivity:record"))
    acts = {a.key: a.value.string_value for span in seen.traces.named("act") for a in span.attributes}
    assert set(acts) == {"act", "session", "outcome"}


def test_it_is_ready_for_whoever_asks_by_whatever_name_and_says_no_more(seen: Seen) -> None:
    assert seen.ready == [(200, {"ok": True}), (200, {"ok": True, "missing": [], "under_way": []})] * 2


def test_log_lines_are_json_and_tell_each_act(seen: Seen) -> None:
    lines = [json.loads(line) for line in seen.log.splitlines()]
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
    acts = [line for line in lines if line["event"] == "act"]
    assert {"open-sitting", "sign-in"} <= {line["act"] for line in acts}
    assert all(isinstance(line["position"], int) for line in acts if line["outcome"] == "recorded")


def test_nobody_is_named_in_any_metric_span_or_line(seen: Seen) -> None:
    spans = b"".join(seen.traces.bytes).decode("utf-8", "replace")
    assert len(seen.people) > 15
    for where in (seen.metrics, seen.own_port, seen.temporal, seen.log, spans):
        assert where
        found = {person for person in seen.people if re.search(rf"(?<![A-Za-z0-9]){re.escape(person)}(?![0-9])", where)}
        assert found == set()


def test_what_a_call_hands_in_by_mistake_is_left_out_and_an_error_keeps_its_kind_alone(tmp_path: Path) -> None:
    with logged(BoundedLog(tmp_path / "log")):
        log = structlog.get_logger("a test")
        log.info("said", deputy="D001", to="a@b.example", act="open-sitting", position=7)
        log.error("failed", error=repr(ValueError("D001")))
        log.error("away", error=repr(ConnectionError("port 1 is closed")))
        try:
            raise KeyError("D001") from ValueError("K-99")
        except KeyError:
            log.exception("raised")
        import logging  # noqa: PLC0415

        logging.getLogger("theirs").warning("of %s", "D001")
        try:
            raise KeyError("D001")
        except KeyError:
            logging.getLogger("theirs").exception("D002 failed")
    structlog.reset_defaults()
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert "D00" not in text and "K-99" not in text and "b.example" not in text
    said, failed, away, raised, of, theirs = (json.loads(line) for line in text.splitlines())
    assert (said["act"], said["position"], said["deputy"]) == ("open-sitting", 7, "…")
    assert failed["error"] == "ValueError" and "port 1" in away["error"]
    assert raised["error"] == "KeyError" and raised["frames"][0] == "KeyError < ValueError"
    assert of["event"] == "of %s" and theirs["event"] == "theirs" and theirs["error"] == "KeyError"


def test_a_line_about_a_webhook_a_duty_or_a_version_says_which(tmp_path: Path) -> None:
    said = {"webhook": "w1a2b3", "duty": "_begin_again", "work": "_working", "deployment": "yishi", "build": "0.1.0"}
    with logged(BoundedLog(tmp_path / "l.log")):
        structlog.get_logger("t").warning("hooks.paused", **said)
    assert said.items() <= json.loads((tmp_path / "l.log").read_text(encoding="utf-8")).items()


@pytest.fixture
def no_endpoint() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as env:
        for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
            env.delenv(name, raising=False)
        yield


def test_without_a_receiver_named_nothing_is_traced_and_a_standard_variable_names_one(no_endpoint: None) -> None:
    from yishi.observing.traces import traces  # noqa: PLC0415

    assert traces(None, "1", {}).tracer is None
    with receiving() as receiver, pytest.MonkeyPatch.context() as env:
        env.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
        on = traces(None, "1")
        with on.span("act", act="open-sitting", person="D001"):
            pass
        on.close()
        (span,) = receiver.spans
        assert [a.key for a in span.attributes] == ["act"]


async def test_what_is_missing_is_named_at_the_door_and_on_the_port_and_it_is_ready_once_it_is_there(
    tmp_path: Path,
) -> None:
    lacking = ["temporal"]

    async def temporal_answers() -> str | None:
        if lacking:
            raise ConnectionError("away")
        return None

    observing = Observing()
    observing.readiness.needs("temporal", temporal_answers)
    inner = FastAPI()
    inner.include_router(probes(observing))
    app = Gate(inner, Nobody(), 0)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://pod.example") as door,
        probed("127.0.0.1:0", observing.readiness, observing.metrics.written) as at,
        httpx.AsyncClient(base_url=f"http://{at}") as port,
    ):
        with observing.readiness.waiting_for("starting", lambda: "3 of 10"):
            for client in (door, port):
                answer = await client.get("/v1/ready")
                assert answer.status_code == 503
                assert answer.json()["missing"] == ["temporal", "starting 3 of 10"]
            assert (await door.get("/v1/ready")).headers["Retry-After"] == "1"
            assert (await door.get("/v1/health")).json() == {"ok": True}
            headed = await port.head("/v1/ready")  # as balancers ask
            assert (headed.status_code, headed.content) == (503, b"")
        lacking.clear()
        begun: list[str | None] = ["3 of 10", None]
        observing.readiness.shows("reviving", lambda: begun[0])
        for told in (["reviving 3 of 10"], []):
            for client in (door, port):
                answer = await client.get("/v1/ready")
                assert (answer.status_code, answer.json()["under_way"]) == (200, told)
            begun.pop(0)
        assert (await door.get("/metrics")).status_code == 421


async def test_who_asks_the_probes_is_told_that_it_is_ready_once_the_door_is_open(tmp_path: Path) -> None:
    told: list[httpx.Response] = []
    settings = Settings(folder=tmp_path / "data", probes="127.0.0.1:0")
    with own_config(tmp_path / "config"):
        async with httpx.AsyncClient(timeout=60) as http:

            async def asked(engine: Engine) -> bool:
                told.append(await http.get(f"http://{engine.observing.probes}/v1/ready"))
                return told[-1].status_code == 200

            async def before(engine: Engine) -> None:
                await asked(engine)

            async with served(settings, before=before) as serving:
                assert told[0].status_code == 503 and "starting" in told[0].json()["missing"]
                assert (await http.get(f"{serving.door.url}/v1/health")).status_code == 200
                await until(partial(asked, serving.engine))
                assert all("starting" not in each.json()["missing"] for each in told[1:])


async def test_an_answer_holds_for_a_moment_so_that_strangers_make_nothing_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yishi.observing.readiness.HOLDS_SECONDS", 3600.0)
    readiness, asked = Readiness(), 0

    async def counted() -> None:
        nonlocal asked
        asked += 1

    readiness.needs("ledger", counted)
    assert [await readiness.missing() for _ in range(50)] == [[]] * 50
    assert asked == 1
