"""What a program of an office sends by mistake is answered by what is wrong with it and what to write instead."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.served import Visitor
from tests.api.test_acts import suggestion
from yishi.planning.vocabulary import commands
from yishi.planning.wording import PATTERNS

JSON = {"Content-Type": "application/json", "Accept-Language": "en"}


async def raw(visitor: Visitor, content: bytes, **headers: str) -> httpx.Response:
    return await visitor.http.post("/v1/acts", content=content, headers=JSON | headers)


def patterns(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(said := value.get("pattern"), str):
            yield said
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from patterns(each)


async def test_nobody_is_told_a_regular_expression(visitor: Visitor) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    acts = [kind.model_json_schema() for kind in commands().values()]
    assert {*patterns(document), *patterns(acts)} <= PATTERNS.keys()


@pytest.mark.parametrize(("field", "sent"), [("week", "maybe"), ("all", "2")])
async def test_what_is_neither_yes_nor_no_is_told_so_in_chinese_too(visitor: Visitor, field: str, sent: str) -> None:
    answer = await visitor.http.get("/v1/deadlines", params={field: sent})
    told = answer.json()["says"]
    assert answer.status_code == 422 and "应为 true 或 false" in told["zh"] and "Input" not in told["zh"] + told["en"]


async def test_a_number_beyond_all_counting_is_told_to_be_too_large(visitor: Visitor) -> None:
    fields = {"sheet": 10**30}
    act = suggestion(visitor, "many") | {"act": "enter-ballot-sheet", "fields": fields}
    told = (await visitor.http.post("/v1/asks", json=act)).json()
    (place,) = [each for each in told["wrong"] if each["where"] == "fields.sheet"]
    assert "太大" in place["says"]["zh"] and "too large" in place["says"]["en"]


async def test_a_moment_without_its_zone_is_told_how_a_request_writes_one(visitor: Visitor) -> None:
    answer = await visitor.http.post(
        "/v1/asks", json=suggestion(visitor, "naive") | {"at": "2026-01-27 08:30"}, headers=JSON
    )
    written = "2026-01-27T08:30:00+08:00"
    assert answer.status_code == 422 and written in answer.json()["says"]["zh"] and written in answer.json()["detail"]


async def test_a_request_without_a_body_is_told_so(visitor: Visitor) -> None:
    answer = await raw(visitor, b"")
    assert answer.status_code == 422 and answer.json()["detail"] == "the request is not well formed: it has no body"


async def test_the_mark_that_editors_put_before_utf_8_is_passed_over(visitor: Visitor) -> None:
    act = suggestion(visitor, "marked")
    assert (await raw(visitor, b"\xef\xbb\xbf" + json.dumps(act).encode())).status_code == 200


async def test_a_body_in_another_encoding_is_told_which_one_to_send(visitor: Visitor) -> None:
    answer = await raw(visitor, '{"session":"秀洲"}'.encode("gbk"))
    assert answer.status_code == 422 and "UTF-8" in answer.json()["says"]["zh"]


async def test_a_packed_body_is_not_taken_for_what_was_packed(visitor: Visitor) -> None:
    packed = gzip.compress("方案".encode())
    act = await raw(visitor, packed, **{"Content-Encoding": "gzip"})
    paper = await visitor.http.put("/v1/evidence?title=plan", content=packed, headers={"Content-Encoding": "gzip"})
    for answer in (act, paper):
        assert answer.status_code == 415 and answer.json()["type"] == "/v1/problems/packed"
        assert answer.headers["Accept-Encoding"] == "identity"
    as_it_is = await visitor.http.put(
        "/v1/evidence?title=plan", content="方案".encode(), headers={"Content-Encoding": "identity"}
    )
    assert as_it_is.status_code == 200


@pytest.mark.parametrize("name", ["Idempotency-Key", "If-Match"])
async def test_a_header_that_decides_is_given_once(visitor: Visitor, name: str) -> None:
    act, size = suggestion(visitor, "twice"), visitor.engine.ledger.head().size
    sent = [("Content-Type", "application/json"), (name, '"v1"'), (name, '"v2"')]
    answer = await visitor.http.post("/v1/acts", content=json.dumps(act), headers=sent)
    assert answer.status_code == 422 and name in answer.json()["says"]["en"]
    assert visitor.engine.ledger.head().size == size


async def test_what_is_put_as_no_json_is_told_how_to_send_it(visitor: Visitor) -> None:
    answer = await visitor.http.put(
        "/v1/office", content=b'{"one_person":true}', headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 422 and "application/json" in answer.json()["says"]["zh"]


async def test_a_body_that_may_be_left_out_needs_no_content_type(visitor: Visitor) -> None:
    answer = await visitor.http.post("/v1/webhooks/w0/ping")
    assert answer.status_code == 404 and "w0" in answer.json()["says"]["en"]


@pytest.mark.parametrize(
    "path", ["", "/health", "/sessions/{s}/status", "/sessions/{s}/calendar.ics", "/sessions/none/1-1/status"]
)
async def test_whatever_is_got_can_be_asked_for_without_its_body(visitor: Visitor, path: str) -> None:
    place = "/v1" + path.format(s=visitor.session)
    got, headed = await visitor.http.get(place), await visitor.http.head(place)
    assert headed.status_code == got.status_code and headed.content == b""
    told = ("content-type", "etag", "content-language")
    assert [headed.headers.get(name) for name in told] == [got.headers.get(name) for name in told]


async def test_a_stream_that_never_ends_and_an_act_have_no_head(visitor: Visitor) -> None:
    for path, allowed in (("/v1/events/stream", "GET"), ("/v1/acts/none", "GET, HEAD"), ("/v1/asks", "POST")):
        answer = await visitor.http.request("HEAD" if path != "/v1/acts/none" else "DELETE", path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    assert (await visitor.http.head("/v1/health", headers={"Authorization": ""})).status_code == 200
    denied = await visitor.http.head(f"/v1/sessions/{visitor.session}/status", headers={"Authorization": ""})
    assert denied.status_code == 401
