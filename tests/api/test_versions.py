"""An act once under its id, wherever the id is said; and only on what its sender has seen, if he says what that was."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from domain.session.state import Session
from tests.api.served import Visitor
from tests.api.test_acts import opening, suggestion
from yishi.engine import AROUND


async def send(visitor: Visitor, body: dict[str, Any], **headers: str) -> httpx.Response:
    sent = {"Content-Type": "application/json", **{name.replace("_", "-"): said for name, said in headers.items()}}
    return await visitor.http.post("/v1/acts", content=json.dumps(body), headers=sent)


def nameless(visitor: Visitor, number: str) -> dict[str, Any]:
    body = suggestion(visitor, number)
    del body["command_id"]
    return body


async def tag(visitor: Visitor) -> str:
    answer = await visitor.http.get(f"/v1/sessions/{visitor.session}/status")
    return answer.headers["ETag"]


async def test_an_idempotency_key_is_the_command_id_with_or_without_quotation_marks(visitor: Visitor) -> None:
    first = await send(visitor, nameless(visitor, "v1"), Idempotency_Key="key-v1")
    again = await send(visitor, nameless(visitor, "v1"), Idempotency_Key='"key-v1"')
    in_body = await send(visitor, nameless(visitor, "v1") | {"command_id": "key-v1"}, Idempotency_Key="key-v1")
    assert first.status_code == 200 and first.json()["command_id"] == "key-v1"
    assert first.content == again.content == in_body.content


async def test_another_body_under_a_used_key_is_a_problem_of_its_own_and_nothing_is_recorded(visitor: Visitor) -> None:
    await send(visitor, nameless(visitor, "v2"), Idempotency_Key="key-v2")
    before = visitor.engine.ledger.head()
    other = await send(visitor, nameless(visitor, "v2b"), Idempotency_Key="key-v2")
    assert other.status_code == 422 and other.json()["type"] == "/v1/problems/command-id-used"
    assert visitor.engine.ledger.head() == before


async def test_key_and_command_id_that_differ_are_told_so_and_neither_is_spent(visitor: Visitor) -> None:
    answer = await send(visitor, suggestion(visitor, "v3"), Idempotency_Key="key-v3")
    assert answer.status_code == 422 and "key-v3" in answer.json()["detail"] and "file-v3" in answer.json()["detail"]
    assert visitor.engine.ledger.answer_of("key-v3") is None and visitor.engine.ledger.answer_of("file-v3") is None


@pytest.mark.parametrize("key", ["", "钥匙".encode(), b"x" * 403, b"two words"])
async def test_a_key_that_cannot_be_an_id_is_told_so(visitor: Visitor, key: Any) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    body = json.dumps(nameless(visitor, "v4"))
    answer = await visitor.http.post("/v1/acts", content=body, headers=headers)
    assert answer.status_code == 422 and "idempotency-key" in answer.json()["wrong"][0]["where"].lower()


async def test_the_document_asks_for_no_id_in_the_body_but_in_a_batch_where_each_act_has_its_own(
    visitor: Visitor,
) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    schemas = document["components"]["schemas"]
    assert "command_id" not in schemas["ActBody"]["required"] and "command_id" in schemas["BatchAct"]["required"]
    for path in ("acts", "sessions", "sign-ins", "asks"):
        names = {p["name"].lower() for p in document["paths"][f"/v1/{path}"]["post"]["parameters"]}
        assert "idempotency-key" in names


async def test_an_act_on_what_was_seen_is_recorded_and_tells_the_next_version(visitor: Visitor) -> None:
    seen = await tag(visitor)
    answer = await send(visitor, suggestion(visitor, "v5"), If_Match=seen)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == await tag(visitor) != seen


@pytest.mark.parametrize("said", ["stale", 'W/"{version}"', '"other"', '"{version}", "other"', '"v999999"'])
async def test_an_act_on_what_has_gone_on_is_not_judged_and_its_id_is_not_spent(visitor: Visitor, said: str) -> None:
    stale = await tag(visitor)
    number = f"v6-{abs(hash(said)) % 10**6}"
    assert (await send(visitor, suggestion(visitor, number + "x"), If_Match=stale)).status_code == 200
    before = visitor.engine.ledger.head()
    if_match = stale if said == "stale" else said.replace("{version}", stale.strip('"'))
    answer = await send(visitor, suggestion(visitor, number), If_Match=if_match)
    assert answer.status_code == 412 and answer.json()["type"] == "/v1/problems/gone-on", answer.text
    assert visitor.engine.ledger.head() == before
    looked_again = await send(visitor, suggestion(visitor, number), If_Match=await tag(visitor))
    assert looked_again.status_code == 200


@pytest.mark.parametrize("said", ['W/"{version}"', '"other", "{version}"', '"v0" ,W/"{version}"'])
async def test_a_tag_that_a_proxy_made_weak_or_one_of_several_still_names_the_version(
    visitor: Visitor, said: str
) -> None:
    seen, number = (await tag(visitor)).strip('"'), f"v11-{abs(hash(said)) % 10**6}"
    assert (
        await send(visitor, suggestion(visitor, number), If_Match=said.replace("{version}", seen))
    ).status_code == 200


@pytest.mark.parametrize("said", ["nonsense", "v1", '"v1', '"v1" "v2"', "*, *"])
async def test_what_is_no_tag_is_told_how_one_is_sent_and_not_that_the_record_has_gone_on(
    visitor: Visitor, said: str
) -> None:
    answer = await send(visitor, suggestion(visitor, "v12"), If_Match=said)
    assert answer.status_code == 422 and '"v12"' in answer.json()["says"]["zh"]
    assert visitor.engine.ledger.answer_of("file-v12") is None


async def test_a_star_matches_whatever_there_is(visitor: Visitor) -> None:
    assert (await send(visitor, suggestion(visitor, "v7"), If_Match="*")).status_code == 200


async def test_sent_again_an_act_gets_its_answer_though_the_record_has_gone_on_by_itself(visitor: Visitor) -> None:
    seen = await tag(visitor)
    first = await send(visitor, suggestion(visitor, "v8"), If_Match=seen)
    again = await send(visitor, suggestion(visitor, "v8"), If_Match=seen)
    unseen = await send(visitor, suggestion(visitor, "v8"))
    assert first.status_code == 200 and first.content == again.content == unseen.content


async def test_of_acts_sent_at_once_on_the_same_version_one_is_recorded_and_the_others_are_told(
    visitor: Visitor,
) -> None:
    seen, before = await tag(visitor), visitor.engine.ledger.head().size
    answers = await asyncio.gather(*(send(visitor, suggestion(visitor, f"v9-{n}"), If_Match=seen) for n in range(6)))
    assert sorted(a.status_code for a in answers) == [200] + [412] * 5
    assert visitor.engine.ledger.head().size == before + 1


async def test_an_act_that_goes_around_the_workflow_is_held_to_what_was_seen_too(visitor: Visitor) -> None:
    state: Session = visitor.engine.ledger.state(f"{visitor.session}/session/1")
    sitting = opening(visitor)["fields"]["sitting"]
    body = opening(visitor) | {
        "act": "sign-in",
        "command_id": "v10",
        "fields": {"sitting": sitting, "deputies": ["D001"]},
    }
    assert body["act"] in AROUND and state.registered
    answer = await send(visitor, body, If_Match='"v1"')
    assert answer.status_code == 412, answer.text
