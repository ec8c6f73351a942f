"""Acts and questions over the door: one path, each act once."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.submission import Receipt, Submission
from tests.api.served import Visitor, session_fields, visiting
from tests.engine.house import everything_stored
from yishi.again import as_first_sent


def opening(visitor: Visitor) -> dict[str, Any]:
    act = next(a for a in visitor.course() if a.act == "open-sitting")
    return visitor.body(act)


def suggestion(visitor: Visitor, number: str) -> dict[str, Any]:
    """Filed before the session: in order at any time of this module."""
    at = opening(visitor)["at"]
    fields = {"number": number, "deputies": ["D001"], "subject": "关于修路的建议"}
    actor = {"office": "secretariat"}
    return {
        "command_id": f"file-{number}", "session": visitor.session, "actor": actor, "at": at,
        "act": "file-suggestion", "fields": fields,
    }  # fmt: skip


async def post(visitor: Visitor, call: str, body: Any) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    return await visitor.http.post(f"/v1/{call}", content=json.dumps(body), headers=headers)


async def test_a_registered_session_is_listed_with_its_stage_and_dates(visitor: Visitor) -> None:
    (session,) = (await visitor.http.get("/v1/sessions")).json()
    assert session["session"] == "xiaozhen/3-2" and session["stream"] == "xiaozhen/3-2/session/1"
    assert (session["name"], session["stage"], session["opens"]) == ("小镇人民代表大会", "before", "2025-01-21")


async def test_the_answer_to_an_act_is_its_receipt(visitor: Visitor) -> None:
    answer = await post(visitor, "acts", suggestion(visitor, "a1"))
    receipt = Receipt.model_validate_json(answer.content)
    assert answer.status_code == 200 and receipt.events[0].name == "session.suggestion-filed.v1"
    assert (receipt.size, receipt.head) == tuple(visitor.engine.ledger.head())


async def test_sent_again_with_its_command_id_an_act_gets_the_same_answer_and_is_recorded_once(
    visitor: Visitor,
) -> None:
    first = await post(visitor, "acts", suggestion(visitor, "a2"))
    again = await post(visitor, "acts", suggestion(visitor, "a2"))
    assert again.content == first.content and first.status_code == 200


async def test_an_act_without_a_time_is_of_now_and_sent_again_it_is_still_the_same_act(visitor: Visitor) -> None:
    body = suggestion(visitor, "a3")
    del body["at"]
    first = await post(visitor, "acts", body)
    again = await post(visitor, "acts", body)
    assert again.content == first.content and first.status_code in (200, 409)
    other = await post(visitor, "acts", body | {"reason": "另一件事"})
    assert other.status_code == 422 and "file-a3" in other.json()["fault"]["zh"]
    assert "choose a new command_id" in other.json()["fault"]["en"] and "方案" not in other.json()["fault"]["zh"]


async def test_asked_with_an_id_that_is_spent_the_door_tells_that_ids_answer(visitor: Visitor) -> None:
    body = suggestion(visitor, "a3b")
    del body["at"]
    first = await post(visitor, "acts", body)
    later = visitor.engine.ledger.now() + timedelta(minutes=1)
    at_left_out = await post(visitor, "asks", body)
    assert at_left_out.status_code == 200 and at_left_out.json()["outcome"] in ("already", "refused")
    moved = Submission(command_id=body["command_id"], at=later, stream=f"{visitor.session}/session/1",
                       **{k: body[k] for k in ("actor", "act", "fields")})  # fmt: skip
    again = as_first_sent(visitor.engine.ledger, moved, at=True)
    assert isinstance(again, Submission) and again.at < later and first.status_code == 200
    assert (await visitor.engine.ask(again)).outcome == "already"


async def test_a_command_id_used_for_another_request_is_told_so(visitor: Visitor) -> None:
    await post(visitor, "acts", suggestion(visitor, "a4"))
    other = suggestion(visitor, "a4")
    other["fields"]["subject"] = "关于架桥的建议"
    answer = await post(visitor, "acts", other)
    assert answer.status_code == 422
    assert "已用于另一项请求" in answer.json()["fault"]["zh"] and "already used" in answer.json()["fault"]["en"]


async def test_a_refusal_is_an_answer_with_its_sentence_and_is_kept(visitor: Visitor) -> None:
    answer = await post(visitor, "acts", opening(visitor) | {"command_id": "too-soon"})
    refusal = answer.json()
    assert answer.status_code == 409 and refusal["outcome"] == "refused"
    assert refusal["reason"] == "QuorumNotMet" and "不能" in refusal["says"]["zh"]
    assert isinstance(refusal["position"], int)
    again = await post(visitor, "acts", opening(visitor) | {"command_id": "too-soon"})
    assert again.json() == refusal


async def test_asking_leaves_no_trace_and_tells_what_the_act_would_be_told(visitor: Visitor) -> None:
    before = everything_stored(visitor.engine.folder)
    asked = (await post(visitor, "asks", suggestion(visitor, "a5"))).json()
    (event,) = asked["events"]
    assert asked["outcome"] == "may" and event["name"] == "session.suggestion-filed.v1"
    assert event["basis"] and {f["code"] for f in event["findings"]} >= {"LateEntry"}
    assert all(f["says"]["zh"] and f["says"]["en"] for f in event["findings"])
    refused = await post(visitor, "asks", opening(visitor))
    assert refused.status_code == 200
    assert (refused.json()["outcome"], refused.json()["reason"]) == ("refused", "QuorumNotMet")
    assert "三分之二" in refused.json()["says"]["zh"]
    assert everything_stored(visitor.engine.folder) == before


async def test_asked_whether_what_is_so_may_be_done_the_door_says_already(visitor: Visitor) -> None:
    await post(visitor, "acts", suggestion(visitor, "a6"))
    again = suggestion(visitor, "a6") | {"command_id": "another"}
    assert (await post(visitor, "asks", again)).json()["outcome"] == "already"


async def test_without_a_command_id_one_may_ask_but_not_act(visitor: Visitor) -> None:
    body = suggestion(visitor, "a7")
    del body["command_id"]
    assert (await post(visitor, "asks", body)).json()["outcome"] == "may"
    answer = await post(visitor, "acts", body)
    assert answer.status_code == 422 and answer.json()["wrong"][0]["where"] == "command_id"


WRONG = [
    ({"act": "open-siting"}, "act", "open-siting", "没有"),
    ({"colour": "red"}, "colour", "colour", "不认识"),
    ({"fields": {"number": "a8", "deputies": ["D001"]}}, "fields.subject", "subject", "缺少"),
    ({"fields": {"number": "a8", "deputies": ["D001"], "subject": "x", "unit": 1}}, "fields.unit", "unit", "不认识"),
    ({"actor": {"office": "mayor"}}, "actor.office", "mayor", "只能是"),
    ({"actor": {"office": "clock"}}, "", "clock", "clock"),
    ({"at": "yesterday"}, "at", "yesterday", "不是时刻"),
    ({"at": "2025-01-21T08:30:00"}, "at", "2025-01-21T08:30:00", "不是时刻"),
    ({"session": "Xiaozhen"}, "session", "Xiaozhen", "写法不对"),
    ({"stream": "xiaozhen/3-2/session/1"}, "", "stream", "二者择一"),
    ({"command_id": "xiaozhen/3-2/session/1#open-s01"}, "command_id", "open-s01", "系统自用"),
    ({"command_id": "xiaozhen/3-2/matter/s01#follow-4"}, "command_id", "follow-4", "系统自用"),
    ({"fields": {"number": "a8", "deputies": ["D001"], "subject": "\ud800"}}, "fields.subject", "no text", "不成文字"),
    ({"evidence": [{"sha256": "0" * 64, "title": "会议通知", "size": 1}]}, "", "会议通知", "佐证材料不在此"),
]


@pytest.mark.parametrize("call", ["acts", "asks"])
@pytest.mark.parametrize(("change", "where", "en", "zh"), WRONG)
async def test_what_is_not_well_formed_is_told_place_by_place_in_both_languages_and_nothing_is_stored(
    visitor: Visitor, call: str, change: dict[str, Any], where: str, en: str, zh: str
) -> None:
    before = visitor.engine.ledger.head()
    answer = await post(visitor, call, suggestion(visitor, "a8") | change)
    told = answer.json()
    assert answer.status_code == 422, answer.text
    assert zh in told["fault"]["zh"] and en in told["fault"]["en"]
    if where and where != "act":
        assert any(place["where"].startswith(where) for place in told["wrong"]), told
    assert visitor.engine.ledger.head() == before
    assert visitor.engine.ledger.answer_of("file-a8") is None


@pytest.mark.parametrize(
    ("content", "zh"),
    [
        *(
            (no_json, "请求有误")
            for no_json in (b"{", b"[]", b"", b'{"act": 1, "act": 2}', b'{"at": NaN}', b"[" * 100_000)
        ),
        (b"\xff\xfe", "正文不是 UTF-8"),
    ],
)
async def test_what_is_not_json_is_told_so(visitor: Visitor, content: bytes, zh: str) -> None:
    answer = await visitor.http.post("/v1/acts", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["fault"]["zh"].startswith(zh) and answer.json()["fault"]["en"]


async def test_an_act_for_a_session_nobody_registered_is_told_so(visitor: Visitor) -> None:
    answer = await post(visitor, "acts", suggestion(visitor, "a9") | {"session": "dazhen/3-2"})
    assert answer.status_code == 404 and "dazhen/3-2" in answer.json()["fault"]["zh"]


async def test_names_are_sealed_at_the_door_and_are_nowhere_in_clear(visitor: Visitor, tmp_path: Path) -> None:
    names = [entry["name"] for entry in session_fields(visitor.plan)["roll"]]
    members = (await visitor.http.get(f"/v1/sessions/{visitor.session}/members")).json()
    assert [m["name"] for m in members["members"]] == names
    assert members["members"][0] == {
        "id": "D001", "name": names[0], "group": members["members"][0]["group"], "in_office": True,
        "suspended": False, "on_leave": False,
    }  # fmt: skip
    stored = b"".join(p.read_bytes() for p in visitor.engine.folder.rglob("*") if p.is_file())
    assert [name for name in names if name.encode() in stored] == []


async def test_the_same_registration_again_gets_the_same_answer(visitor: Visitor) -> None:
    first, again = await visitor.register(), await visitor.register()
    assert first.status_code == 200 and again.content == first.content
    timeless = {"command_id": "register", "fields": session_fields(visitor.plan)}
    assert (await post(visitor, "sessions", timeless)).content == first.content


async def test_asked_with_the_id_that_registered_the_session_the_door_says_already(visitor: Visitor) -> None:
    course = visitor.course()[0]
    body: dict[str, Any] = {
        "command_id": "register", "act": "register-session", "session": visitor.session,
        "actor": {"office": "secretariat"}, "at": course.at.isoformat(), "fields": session_fields(visitor.plan),
    }  # fmt: skip
    timeless = {name: said for name, said in body.items() if name != "at"}
    for sent in (body, timeless):
        asked = await post(visitor, "asks", sent)
        assert asked.status_code == 200 and asked.json()["outcome"] == "already", asked.text
    other = {**body, "fields": body["fields"] | {"number": 9}}
    assert (await post(visitor, "asks", other)).status_code == 422  # the id was spent on another session


async def test_a_session_may_be_asked_about_without_making_keys_for_its_people(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as visitor:
        body = {"act": "register-session", "session": visitor.session, "actor": {"office": "secretariat"}}
        asked = await post(
            visitor, "asks", body | {"fields": session_fields(visitor.plan), "at": "2024-12-01T09:00:00+08:00"}
        )
        assert asked.json()["outcome"] == "may", asked.text
        assert visitor.engine.vault.persons() == frozenset()
        assert (await visitor.http.get("/v1/sessions")).json() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [({"sealed_name": "abcd"}, "sealed_name"), ({"name": "名" * 41}, "40"), ({"id": "11010119900101123X"}, "身份证号")],
)
async def test_a_roll_that_cannot_be_taken_is_told_so_and_nobody_gets_a_key(
    visitor: Visitor, change: dict[str, Any], word: str
) -> None:
    keys = visitor.engine.vault.persons()
    fields = session_fields(visitor.plan) | {"number": 3}
    fields["roll"] = [fields["roll"][0] | change, *fields["roll"][1:]]
    answer = await post(visitor, "sessions", {"command_id": "other", "fields": fields})
    assert answer.status_code == 422 and word in answer.json()["fault"]["zh"] + answer.json()["fault"]["en"], (
        answer.text
    )
    assert visitor.engine.vault.persons() == keys


async def test_registering_has_its_own_address_where_names_are_sealed(visitor: Visitor) -> None:
    body = suggestion(visitor, "b1") | {"act": "register-session", "fields": {}}
    answer = await post(visitor, "acts", body)
    assert answer.status_code == 422 and "/v1/sessions" in answer.json()["fault"]["zh"]


async def test_acts_sent_at_once_are_each_recorded_once(visitor: Visitor) -> None:
    bodies = [suggestion(visitor, f"c{n}") for n in range(8)]
    answers = await asyncio.gather(*(post(visitor, "acts", body) for body in bodies * 2))
    assert {a.status_code for a in answers} == {200}
    assert [a.content for a in answers[:8]] == [a.content for a in answers[8:]]
    positions = [e["position"] for a in answers[:8] for e in a.json()["events"]]
    assert len(set(positions)) == 8


async def test_what_may_be_done_is_told_with_titles_offices_and_schemas(visitor: Visitor) -> None:
    acts = {a["act"]: a for a in (await visitor.http.get("/v1/acts")).json()}
    assert "miss-deadline" not in acts
    told = acts["open-sitting"]
    assert told["title"]["zh"] and told["title"]["en"] and told["help"] and told["stream_kind"] == "session"
    assert "sitting" in told["schema"]["properties"]
    assert (await visitor.http.get("/v1/acts/open-sitting")).json() == told
    roll = acts["register-session"]["schema"]["$defs"]["NamedEntry"]["properties"]
    assert "name" in roll
    assert (await visitor.http.get("/v1/acts/miss-deadline")).status_code == 404
