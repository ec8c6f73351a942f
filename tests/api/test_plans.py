"""A session is started from a plan over the door as `yishi session start` starts it; a wrong plan is told all its faults at once."""

import base64
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from ruamel.yaml import YAML

from tests.api.holders import bearer, given
from tests.api.served import Visitor, visiting
from yishi.law import LawLibrary
from yishi.planning.load import read_plan
from yishi.planning.starting import named_fields

EXAMPLES = Path(__file__).parents[2] / "examples"
ROLL = EXAMPLES / "yuanhua" / "roll.csv"
YUANHUA = EXAMPLES / "yuanhua" / "plan.yaml"


@pytest.fixture(scope="module")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    async with visiting(tmp_path_factory.mktemp("plans") / "data") as visitor:
        yield visitor


async def sent(visitor: Visitor, path: str, status: int, **body: Any) -> Any:
    answer = await visitor.http.post(f"/v1{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def town(code: str, **more: str) -> str:
    """A small town's plan, of a congress of its own."""
    text = (EXAMPLES / "luqiao" / "plan.yaml").read_text("utf-8").replace("code: luqiao", f"code: {code}")
    for old, new in more.items():
        assert old in text
        text = text.replace(old, new)
    return text


def registered(visitor: Visitor, session: str) -> dict[str, Any]:
    (entry,) = visitor.engine.ledger.events(f"{session}/session/1")[:1]
    told: dict[str, Any] = entry.event.model_dump(mode="json")
    return told


async def test_a_plan_registers_what_the_command_line_registers_with_its_file_as_evidence(door: Visitor) -> None:
    text, roll = YUANHUA.read_text("utf-8"), {"name": "roll.csv", "text": ROLL.read_text("utf-8")}
    checked = await sent(door, "/plans/check", 200, plan=text, roll=roll)
    assert checked["usable"] and checked["session"] == "yuanhua/17-9" and door.engine.ledger.head().size == 0
    receipt = await sent(door, "/sessions", 200, command_id="by-plan", plan=text, roll=roll, at="2024-12-30T09:00:00+08:00",
                         reason="依公布的会议材料补登")  # fmt: skip
    book = LawLibrary(None).newest()
    plan = read_plan(YUANHUA, book).plan
    assert plan is not None
    by_hand = named_fields(plan, book)
    found = registered(door, "yuanhua/17-9")
    assert [d["id"] for d in found["roll"]] == [d["id"] for d in by_hand["roll"]]
    for part in ("congress", "agenda", "sittings", "groups", "elections", "opens", "closes", "own_rules", "procedure"):
        assert found[part] == by_hand[part] == checked["registration"][part], part
    (entry,) = door.engine.ledger.events("yuanhua/17-9/session/1")
    (evidence,) = entry.envelope.evidence
    assert door.engine.evidence.path(evidence.sha256).read_text("utf-8") == text and evidence.title == "plan.yaml"
    again = await sent(door, "/sessions", 200, command_id="by-plan", plan=text, roll=roll, at="2024-12-30T09:00:00+08:00",
                       reason="依公布的会议材料补登")  # fmt: skip
    assert again == receipt
    names = (await door.http.get("/v1/sessions/yuanhua/17-9/members")).json()["members"]
    assert all(member["name"] for member in names)


async def test_names_go_into_the_vault_and_nowhere_else(door: Visitor) -> None:
    people = "people:\n  - {id: P01, name: 欧阳候选某}\n"
    text = town("named", **{"roll: {count: 107}": "roll: {file: 名册.xlsx}"}) + people
    book, kept = Workbook(), io.BytesIO()
    book.worksheets[0].append(["编号", "姓名"])
    for number in range(1, 108):
        book.worksheets[0].append([f"D{number:03}", f"司马代表{number:03}"])
    book.save(kept)
    roll = {"name": "名册.xlsx", "base64": base64.b64encode(kept.getvalue()).decode()}
    await sent(
        door, "/sessions", 200, command_id="named", plan=text, roll=roll, at="2024-12-30T09:00:00+08:00", reason="补登"
    )
    assert registered(door, "named/18-5")["people"][0]["sealed_name"]
    (entry,) = door.engine.ledger.events("named/18-5/session/1")
    assert entry.envelope.evidence == (), "a plan that names people is not kept as it is"
    stored = b"".join(p.read_bytes() for p in door.engine.folder.rglob("*") if p.is_file())
    assert "司马代表".encode() not in stored and "欧阳候选某".encode() not in stored
    told = (await door.http.get("/v1/sessions/named/18-5/members")).json()
    assert told["members"][0]["name"] == "司马代表001" and told["people"][0]["name"] == "欧阳候选某"


async def test_a_plan_may_be_an_object_too(door: Visitor) -> None:
    written = YAML(typ="safe", pure=True).load(town("object"))
    plan = json.loads(json.dumps(written, default=lambda day: day.isoformat()))
    plan["congress"]["code"] = "object"
    assert (await sent(door, "/plans/check", 200, plan=plan))["session"] == "object/18-5"
    await sent(door, "/sessions", 200, command_id="object", plan=plan, at="2024-12-30T09:00:00+08:00", reason="补登")
    assert registered(door, "object/18-5")["congress"]["code"] == "object"


async def test_a_wrong_plan_is_told_every_fault_with_its_place_and_nothing_is_recorded(door: Visitor) -> None:
    wrong = town(
        "wrong",
        **{
            "profile: national-township": "profile: mars",
            "count: 107": "count: many",
            "kind: budget,": "kind: bugdet,",
        },
    )
    before = door.engine.ledger.head()
    told = await sent(door, "/plans/check", 200, plan=wrong)
    assert not told["usable"] and told["registration"] is None
    errors = [f for f in told["faults"] if f["weight"] == "error"]
    assert {f["where"].split("[")[0].split(".")[0] for f in errors} >= {"roll", "agenda"} and all(
        f["line"] > 1 for f in errors
    )
    refused = await sent(door, "/sessions", 422, command_id="wrong", plan=wrong, at="2024-12-30T09:00:00+08:00")
    assert len(refused["wrong"]) == len(errors)
    for place, fault in zip(refused["wrong"], errors, strict=True):
        assert place["where"] == f"plan.yaml:{fault['line']}:{fault['column']} {fault['where']}"
        assert place["says"]["zh"].startswith(fault["says"]["zh"]) and place["says"]["en"]
    assert door.engine.ledger.head() == before and door.engine.ledger.answer_of("wrong") is None


async def test_a_roll_that_is_wrong_or_missing_is_told_by_its_row(door: Visitor) -> None:
    text = YUANHUA.read_text("utf-8")
    missing = await sent(door, "/plans/check", 200, plan=text)
    assert [f["where"] for f in missing["faults"] if f["weight"] == "error"] == ["roll.file"]
    twice = ROLL.read_text("utf-8").splitlines()
    twice[3] = twice[2]
    told = await sent(door, "/plans/check", 200, plan=text, roll={"name": "roll.csv", "text": "\n".join(twice) + "\n"})
    assert any(f["file"] == "roll.csv" and f["line"] == 4 for f in told["faults"])
    for name, content in (
        ("roll.xlsx", b"PK no zip"),
        ("roll.xlsx", b""),
        ("roll.csv", b"\xff\xfe\x00"),
        ("roll.ods", b"x"),
    ):
        roll = {"name": name, "base64": base64.b64encode(content).decode()}
        plan = text.replace("roll.csv", name)
        assert not (await sent(door, "/plans/check", 200, plan=plan, roll=roll))["usable"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"plan": "a: [", "roll": None}, None),
        ({"plan": "\ufeffformat: yishi-plan/1"}, "FEFF"),
        ({"plan": ""}, "plan"),
        ({"plan": 7}, "plan"),
        ({}, "plan"),
        ({"plan": "x", "roll": {"name": "roll.csv"}}, "roll"),
        ({"plan": "x", "roll": {"name": "roll.csv", "text": "a", "base64": "YQ=="}}, "roll"),
        ({"plan": "x", "roll": {"name": "roll.csv", "base64": "***"}}, "Base64"),
    ],
)
async def test_a_request_that_holds_no_plan_is_not_well_formed(
    door: Visitor, body: dict[str, Any], word: str | None
) -> None:
    told = await sent(door, "/plans/check", 422 if word else 200, **body)
    assert word is None or word in json.dumps(told)
    told = await sent(door, "/sessions", 422, command_id="x", **body)
    assert told["fault"]["zh"] and told["fault"]["en"]


async def test_a_plan_is_looked_at_for_those_who_may_register_and_registers_in_their_bodies_alone(
    door: Visitor,
) -> None:
    auditor = bearer((await given(door.http, "auditor"))["token"])
    elsewhere = bearer((await given(door.http, "secretariat", bodies=["otherplace"]))["token"])
    body = {"command_id": "theirs", "plan": town("theirs"), "at": "2024-12-30T09:00:00+08:00", "reason": "补登"}
    assert (await door.http.post("/v1/plans/check", json={"plan": body["plan"]}, headers=auditor)).status_code == 403
    assert (await door.http.post("/v1/plans/check", json={"plan": body["plan"]}, headers=elsewhere)).status_code == 200
    denied = await door.http.post("/v1/sessions", json=body, headers=elsewhere)
    assert denied.status_code == 403 and denied.json()["why"] == "body"
    assert door.engine.ledger.answer_of("theirs") is None
