"""Whatever goes otherwise than asked is a problem of RFC 9457; the error table of the workflows, row by row, as it is met at the door."""

import sqlite3
from datetime import datetime, time, timedelta
from typing import Any

import httpx
import pytest
from temporalio.client import WorkflowHandle, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from domain.calendar import CHINA
from domain.refusals import REFUSALS
from tests.api.holders import bearer, given
from tests.api.served import Visitor, session_fields
from tests.api.test_acts import opening, post, suggestion
from tests.api.test_under_way import outcome, recorded
from yishi.api.languages import preferred
from yishi.api.problems import KINDS
from yishi.engine import sending

READ_BEFORE = {"fault", "says", "outcome", "reason", "figures", "basis", "wrong"}


async def wrong_fields(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    return await post(visitor, "acts", suggestion(visitor, "p1") | {"colour": "red"})


async def stranger(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    async with httpx.AsyncClient(base_url=visitor.url) as nobody:
        return await nobody.get("/v1/sessions")


async def quorum(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    return await post(visitor, "acts", opening(visitor) | {"command_id": "p-quorum"})


async def nowhere(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    return await post(visitor, "acts", suggestion(visitor, "p2") | {"session": "dazhen/3-2"})


async def beyond_rights(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    auditor = await given(visitor.http, "auditor")
    return await visitor.http.post("/v1/acts", json=suggestion(visitor, "p5"), headers=bearer(auditor["token"]))


async def wrong_stage(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    voting = next(act for act in visitor.course() if act.act == "put-to-vote")
    return await post(visitor, "acts", visitor.body(voting, "p-stage"))


async def step_missing(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    """Notice of a session whose date nobody has decided."""
    at = datetime.combine(visitor.plan.session.opens - timedelta(days=2), time(9), CHINA).isoformat()
    fields = session_fields(visitor.plan) | {"number": 7}
    registered = await post(visitor, "sessions", {"command_id": "p-seventh", "at": at, "fields": fields})
    assert registered.status_code == 200, registered.text
    notice = next(act for act in visitor.course() if act.act == "give-notice")
    return await post(visitor, "acts", visitor.body(notice, "p-notice") | {"session": "xiaozhen/3-7", "at": at})


async def stale(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    return await visitor.http.post("/v1/acts", json=suggestion(visitor, "p6"), headers={"If-Match": '"v0"'})


async def id_used(visitor: Visitor, _: pytest.MonkeyPatch) -> httpx.Response:
    await post(visitor, "acts", suggestion(visitor, "p3"))
    return await post(visitor, "acts", suggestion(visitor, "p3") | {"reason": "另一件事"})


def answers(patch: pytest.MonkeyPatch, status: RPCStatusCode) -> None:
    """Temporal answers so from now on."""

    async def failing(*_: Any, **__: Any) -> Any:
        raise RPCError("as it says", status, b"")

    patch.setattr(WorkflowHandle, "execute_update", failing)


async def server_full(visitor: Visitor, patch: pytest.MonkeyPatch) -> httpx.Response:
    answers(patch, RPCStatusCode.RESOURCE_EXHAUSTED)
    return await post(visitor, "acts", suggestion(visitor, "p4"))


async def run_full(visitor: Visitor, patch: pytest.MonkeyPatch) -> httpx.Response:
    """As after 2,000 updates of one run, if the workflow never went on as new."""
    answers(patch, RPCStatusCode.FAILED_PRECONDITION)
    patch.setattr(sending, "PATIENCE_SECONDS", 0.0)
    return await post(visitor, "acts", suggestion(visitor, "p7"))


async def disk_fails(visitor: Visitor, patch: pytest.MonkeyPatch) -> httpx.Response:
    def failing(*_: Any) -> Any:
        raise sqlite3.OperationalError("disk I/O error")

    patch.setattr(visitor.engine.reading, "state", failing)
    return await visitor.http.get(f"/v1/sessions/{visitor.session}/status")


ROWS = [
    (wrong_fields, 422, "not-well-formed"),
    (stranger, 401, "token-wrong"),
    (beyond_rights, 403, "not-allowed"),
    (quorum, 409, "QuorumNotMet"),
    (wrong_stage, 409, "WrongStage"),
    (step_missing, 409, "StepMissing"),
    (stale, 412, "gone-on"),
    (nowhere, 404, "not-here"),
    (id_used, 422, "command-id-used"),
    (server_full, 503, "not-taken"),
    (run_full, 503, "not-taken"),
    (disk_fails, 503, "not-taken"),
]
"""Rows of notes/temporal.md §2 that end in a problem. The others: an update whose answer is late, a workflow that has ended, one that
was started already, below."""


@pytest.mark.parametrize(("happening", "status", "kind"), ROWS, ids=lambda v: getattr(v, "__name__", str(v)))
async def test_each_row_of_the_error_table_is_its_status_and_a_problem_with_a_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, happening: Any, status: int, kind: str
) -> None:
    with monkeypatch.context() as patch:
        answer = await happening(visitor, patch)
    told = answer.json()
    assert (answer.status_code, told["type"], told["status"]) == (status, f"/v1/problems/{kind}", status), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Content-Language"] == "zh-CN" and told["detail"] == told["says"]["zh"]
    assert told["title"] and told["instance"].startswith("/v1/") and told.keys() & READ_BEFORE
    assert ("Retry-After" in answer.headers) == (status == 503)
    page = (await visitor.http.get(told["type"])).json()
    assert (page["type"], page["status"]) == (told["type"], status) and page["means"]["zh"] and page["means"]["en"]


async def test_an_update_whose_answer_is_late_is_a_place_to_ask_and_the_act_is_recorded_once(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, times = WorkflowHandle.execute_update, 0

    async def late(*args: Any, **more: Any) -> Any:
        nonlocal times
        times += 1
        if times < 4:
            raise WorkflowUpdateRPCTimeoutOrCancelledError
        return await sent(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(WorkflowHandle, "execute_update", late)
        body = suggestion(visitor, "p8")
        answer = await visitor.http.post("/v1/acts", json=body, headers={"Prefer": "wait=0"})
        assert answer.status_code == 202
        told = await outcome(visitor.http, answer.headers["Location"])
    assert (told.status_code, times) == (200, 4) and told.content == (await post(visitor, "acts", body)).content
    assert recorded(visitor, "file-p8") == 1


async def test_a_workflow_that_has_ended_is_no_410_it_is_begun_again_from_the_record(visitor: Visitor) -> None:
    await visitor.engine.client.get_workflow_handle(visitor.plan.stream).terminate("by hand")
    answer = await post(visitor, "acts", suggestion(visitor, "p9"))
    assert answer.status_code == 200 and recorded(visitor, "file-p9") == 1


async def test_a_session_whose_workflow_runs_already_is_not_begun_twice(visitor: Visitor) -> None:
    before = visitor.engine.ledger.head()
    answer = await visitor.register("p-again", reason="另一次登记")
    assert answer.status_code == 200 and answer.json()["events"] == []
    assert visitor.engine.ledger.head() == before


async def test_a_refusal_carries_its_article_what_was_found_and_what_is_needed_and_leads_to_the_attempt(
    visitor: Visitor,
) -> None:
    answer = await post(visitor, "acts", opening(visitor) | {"command_id": "p-article"})
    told = answer.json()
    assert told["outcome"] == "refused" and told["reason"] == "QuorumNotMet" and told["basis"]
    assert "条" in told["citation"]["zh"] and "art" in told["citation"]["en"]
    assert told["found"] and told["needed"] and told["found"] | told["needed"] == told["figures"]
    (kept,) = (await visitor.http.get(told["instance"])).json()["events"]
    assert kept["position"] == told["position"] and kept["command_id"] == "p-article"


async def test_title_and_detail_come_in_the_language_asked_for_and_the_rest_stays(visitor: Visitor) -> None:
    path = f"/v1/sessions/{visitor.session}/matters/none"
    chinese = await visitor.http.get(path)
    english = await visitor.http.get(path, headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.2"})
    assert english.headers["Content-Language"] == "en" and english.headers["Vary"] == "Accept-Language"
    assert english.json()["detail"] == english.json()["says"]["en"] == chinese.json()["says"]["en"]
    assert english.json()["title"] == KINDS["not-here"].title.en != chinese.json()["title"]


@pytest.mark.parametrize(
    ("said", "lang"),
    [("", "zh"), ("en", "en"), ("zh-CN,en", "zh"), ("en;q=0.5,zh;q=0.6", "zh"), ("fr, EN-us;q=0.1", "en"),
     ("en;q=much", "zh"), ("*", "zh"), ("en;q=0", "zh"), ("en;q=0.5, zh-CN;q=0.5", "zh"), ("*, zh;q=0.5", "en"), ("en;q=5, zh", "zh")],
)  # fmt: skip
def test_english_is_spoken_only_where_it_is_asked_for_before_chinese(said: str, lang: str) -> None:
    assert preferred(said) == lang


async def test_every_kind_of_fault_and_every_refusal_is_listed_and_explained(visitor: Visitor) -> None:
    listed = (await visitor.http.get("/v1/problems")).json()
    assert {each["type"].removeprefix("/v1/problems/") for each in listed} == KINDS.keys() | REFUSALS.keys()
    assert all(each["title"]["zh"] and each["means"]["en"] for each in listed)
    assert (await visitor.http.get("/v1/problems/none-such")).status_code == 404


async def test_the_document_declares_every_fault_as_a_problem(visitor: Visitor) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    kinds = {
        (status >= "400", kind)
        for calls in document["paths"].values()
        for call in calls.values()
        for status, answer in call["responses"].items()
        for kind in answer.get("content", {})
    }
    assert {kind for fault, kind in kinds if fault} == {"application/problem+json"}
    assert {"application/json", "text/event-stream"} <= {kind for fault, kind in kinds if not fault}
