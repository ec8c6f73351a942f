"""What no calendar, no text and no file can hold is told so (422), wherever it stands: never a fault of ours, nor to be sent again."""

import io
import json
import zipfile
from base64 import b64encode
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from tests.api.served import Visitor
from tests.api.test_acts import suggestion
from tests.api.test_plans import YUANHUA

ENDS = ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "1899-12-31T23:59:59+08:00", "3000-01-01T00:00:00+08:00")
LONE = "\ud800"
DEEP: Any = json.loads('{"a":' * 400 + "1" + "}" * 400)


async def sent(visitor: Visitor, call: str, body: Any) -> httpx.Response:
    """As its author writes it: escapes and all."""
    return await visitor.http.post(
        f"/v1/{call}", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )


def with_moment(visitor: Visitor, at: str) -> list[tuple[str, dict[str, Any]]]:
    sitting, act = {"session": visitor.session, "sitting": visitor.plan.sittings[0].code}, suggestion(visitor, "ends")
    total = {"subject": "agenda", "at": at, "in_favour": 1, "against": 0, "abstained": 0}
    signature = {"key": "k1", "deadline": at, "edition": "", "value": "A" * 86 + "=="}
    called = {"sitting": "more", "sitting_title": "增开", "planned": at}
    due = {"number": "m1", "kind": "resolution", "subject": "治水", "unit": "镇城建办", "due": at[:10]}
    return [
        ("sign-ins", {**sitting, "deputies": ["D001"], "at": at}),
        ("sign-ins", {**sitting, "taps": [{"deputy": "D001", "at": at}]}),
        ("key-pad-totals", {"session": visitor.session, "device": "hall-1", "totals": [total]}),
        ("asks", {**act, "at": at}), ("acts", {**act, "at": at}), ("acts", {**act, "signature": signature}),
        ("batches", {"acts": [{**act, "at": at}]}),
        ("acts", {**act, "act": "call-sitting", "actor": {"office": "presidium"}, "fields": called}),
        ("asks", {**act, "act": "begin-matter", "fields": due}),
        ("tokens", {"role": "auditor", "expires": at}),
        (f"sessions/{visitor.session}/boxes/b1/ballot", {"deputy": "D001", "at": at}),
        ("sessions", {"command_id": "ends", "at": at, "plan": "a: 1"}),
    ]  # fmt: skip


@pytest.mark.parametrize("at", ENDS)
async def test_a_moment_that_no_calendar_reckons_with_is_not_well_formed_wherever_it_stands(
    visitor: Visitor, at: str
) -> None:
    size, wrong = visitor.engine.ledger.head().size, []
    for call, body in with_moment(visitor, at):
        answer = await sent(visitor, call, body)
        if answer.status_code != 422 or "2999" not in answer.text:
            wrong.append((call, answer.status_code, answer.text[:300]))
    for call in ("figures", "suggestions"):
        answer = await visitor.http.get(f"/v1/{call}", params={"as_of": at[:10]})
        if answer.status_code != 422:
            wrong.append((call, answer.status_code, answer.text[:300]))
    assert wrong == [] and visitor.engine.ledger.head().size == size


@pytest.mark.parametrize("value", [LONE, {LONE: 1}, {"a": LONE}, DEEP], ids=["text", "key", "inside", "deep"])
async def test_what_is_no_text_or_lies_too_deep_is_not_well_formed_in_any_body(visitor: Visitor, value: Any) -> None:
    act, wrong = suggestion(visitor, "lone"), []
    corrects = {**act, "act": "correct", "fields": {"position": 1, "changes": {"subject": value}, "why": "笔误"}}
    for call, body in (
        ("acts", corrects), ("asks", corrects), ("batches", {"acts": [corrects]}), ("plans/check", {"plan": {"a": value}}),
        ("sessions", {"command_id": "lone", "plan": {"a": value}}), ("tokens", {"role": "auditor", "unit": value}),
        (f"sessions/{visitor.session}/offices", {"act": "correct", "fields": {"changes": value}}),
        ("webhooks", {"url": value}), ("sign-ins", {"session": visitor.session, "sitting": "p1", "deputies": [value]}),
        (f"sessions/{visitor.session}/boxes/b1/cast", {"token": value, "sealed": "AAAA"}),
    ):  # fmt: skip
        headers = {"Authorization": ""} if call.endswith("cast") else {}
        content, kind = json.dumps(body), {"Content-Type": "application/json"}
        answer = await visitor.http.post(f"/v1/{call}", content=content, headers=kind | headers)
        if answer.status_code != 422:
            wrong.append((call, answer.status_code, answer.text[:300]))
    assert wrong == []


def damaged(part: str, into: bytes) -> str:
    """A workbook in Base64, one part of which is damaged."""
    book, whole, out = Workbook(), io.BytesIO(), io.BytesIO()
    book.worksheets[0].append(["编号", "姓名"])
    book.save(whole)
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            written.writestr(name, into if name == part else read.read(name))
    return b64encode(out.getvalue()).decode()


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("into", [b"<broken", b"", b"<a/>"])
async def test_a_roll_in_a_damaged_workbook_is_a_fault_of_the_roll(visitor: Visitor, part: str, into: bytes) -> None:
    answer = await sent(
        visitor,
        "plans/check",
        {
            "plan": YUANHUA.read_text("utf-8").replace("roll.csv", "roll.xlsx"),
            "roll": {"name": "roll.xlsx", "base64": damaged(part, into)},
        },
    )
    assert answer.status_code == 200, answer.text
    assert any(fault["file"] == "roll.xlsx" and fault["weight"] == "error" for fault in answer.json()["faults"])


@pytest.mark.parametrize(
    "written",
    [
        'a: "\\ud800"',
        "[" * 3000,
        "session: {opens: 9999-12-31, closes: 9999-12-31}",
        "dates: {prepare: 9999-12-31 23:59Z}",
    ],
)
async def test_a_plan_that_says_the_impossible_is_told_its_faults(visitor: Visitor, written: str) -> None:
    answer = await sent(visitor, "plans/check", {"plan": written})
    assert answer.status_code == 200 and not answer.json()["usable"] and answer.json()["faults"], answer.text
