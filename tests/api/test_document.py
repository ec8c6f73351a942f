"""The door's own document, as who makes a client of it reads it."""

import re
from typing import Any

from tests.api.served import Visitor


async def calls(visitor: Visitor) -> list[tuple[str, str, dict[str, Any]]]:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    return [(method, path, call) for path, methods in document["paths"].items() for method, call in methods.items()]


async def test_a_call_is_named_by_its_place_and_by_nothing_that_is_of_our_code(visitor: Visitor) -> None:
    named = {call["operationId"]: (method, path) for method, path, call in await calls(visitor)}
    session = "/v1/sessions/{congress}/{number}"
    assert len(named) == len(await calls(visitor))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in named)
    assert (
        named.items()
        >= {
            "get_service": ("get", "/v1"),
            "get_health": ("get", "/v1/health"),
            "post_acts": ("post", "/v1/acts"),
            "get_acts_by_act": ("get", "/v1/acts/{act}"),
            "get_session_calendar_ics": ("get", session + "/calendar.ics"),
            "post_session_boxes_by_box_cast": ("post", session + "/boxes/{box}/cast"),
            "get_commands_by_command_id": ("get", "/v1/commands/{command_id}"),
        }.items()
    )


async def test_what_is_to_be_sent_again_later_says_when(visitor: Visitor) -> None:
    for method, path, call in await calls(visitor):
        for status in {"202", "429", "503"} & call["responses"].keys():
            assert "Retry-After" in call["responses"][status]["headers"], (method, path, status)
        if "401" in call["responses"]:
            assert "WWW-Authenticate" in call["responses"]["401"]["headers"], (method, path)


async def test_whatever_takes_a_body_says_that_it_may_be_too_large_or_packed(visitor: Visitor) -> None:
    for method, path, call in await calls(visitor):
        if "requestBody" in call:
            assert {"413", "415"} <= call["responses"].keys(), (method, path)


async def test_a_parameter_that_there_is_not_is_told_by_every_call_with_those_that_there_are(visitor: Visitor) -> None:
    congress, number = visitor.session.split("/")
    asked = [each for each in await calls(visitor) if each[2]["security"] and each[0] != "head"]
    for method, path, call in asked:
        place = re.sub(r"{\w+}", "x", path.replace("{congress}", congress).replace("{number}", number))
        answer = await visitor.http.request(method, place, params={"sesion": visitor.session})
        told = answer.json()
        assert (answer.status_code, told["wrong"][0]["where"]) == (422, "query.sesion"), (method, path)
        known = {p["name"] for p in call.get("parameters", ()) if p["in"] == "query"}
        assert known <= set(told["fault"]["en"].split()), (method, path)
        assert {"421", "422"} <= call["responses"].keys(), (method, path)
    assert len(asked) > 60


async def test_who_looks_whether_it_is_alive_may_ask_as_they_like(visitor: Visitor) -> None:
    assert (await visitor.http.get("/v1/health", params={"from": "a balancer"})).status_code == 200


async def test_whatever_takes_a_command_id_takes_it_as_an_idempotency_key(visitor: Visitor) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    for method, path, call in await calls(visitor):
        sent = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        shape = document["components"]["schemas"].get(sent.get("$ref", "").rpartition("/")[2], sent)
        if "command_id" in shape.get("properties", {}):
            assert "idempotency-key" in [p["name"].lower() for p in call.get("parameters", ())], (method, path)


async def test_a_token_asked_for_twice_under_one_key_is_one_token(visitor: Visitor) -> None:
    asked, key = {"role": "auditor"}, {"Idempotency-Key": "one-token"}
    first = (await visitor.http.post("/v1/tokens", json=asked, headers=key)).json()
    again = (await visitor.http.post("/v1/tokens", json=asked, headers=key)).json()
    assert first["id"] == again["id"] and first["token"] and again["token"] is None
