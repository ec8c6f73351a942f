"""People who may be elected and are no deputies: named in clear at the door, sealed in the record, told again to who may read."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.api.served import Visitor, session_fields, visiting

LI, WANG = "司马李四人选", "司马王五人选"


@pytest.fixture(scope="module")
async def visitor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    """At the door of a small town registered with one person beside its deputies."""
    async with visiting(tmp_path_factory.mktemp("people") / "data") as at_the_door:
        fields = session_fields(at_the_door.plan) | {"people": [{"id": "W01", "name": LI, "voter": True}]}
        answer = await at_the_door.register(fields=fields)
        assert answer.status_code == 200, answer.text
        yield at_the_door


async def act(visitor: Visitor, call: str = "acts", **changed: Any) -> httpx.Response:
    body = {
        "command_id": "person", "session": visitor.session, "actor": {"office": "secretariat"},
        "at": "2025-01-10T09:00:00+08:00", "act": "register-person",
        "fields": {"person_id": "W02", "name": WANG, "voter": True},
    }  # fmt: skip
    return await visitor.http.post(f"/v1/{call}", json=body | changed)


async def people(visitor: Visitor) -> list[dict[str, Any]]:
    answer = await visitor.http.get(f"/v1/sessions/{visitor.session}/members")
    found: list[dict[str, Any]] = answer.json()["people"]
    return found


async def test_who_is_no_deputy_is_sealed_with_the_roll_and_told_with_it(visitor: Visitor) -> None:
    assert (await people(visitor))[0] == {"id": "W01", "name": LI, "voter": True}


async def test_a_write_in_is_registered_by_name_and_the_name_is_nowhere_in_clear(visitor: Visitor) -> None:
    keys = visitor.engine.vault.persons()
    asked = await act(visitor, "asks")
    assert asked.json()["outcome"] == "may" and visitor.engine.vault.persons() == keys, "to ask makes no key"
    first, again = await act(visitor), await act(visitor)
    assert first.status_code == 200 and again.content == first.content, first.text
    assert (await people(visitor))[1] == {"id": "W02", "name": WANG, "voter": True}
    stored = b"".join(p.read_bytes() for p in visitor.engine.folder.rglob("*") if p.is_file())
    assert LI.encode() not in stored and WANG.encode() not in stored


@pytest.mark.parametrize(
    "fields", [{"person_id": "W03", "sealed_name": "abcd"}, {"person_id": "W03", "name": "名" * 41}]
)
async def test_a_name_that_cannot_be_taken_is_told_so_and_nobody_gets_a_key(
    visitor: Visitor, fields: dict[str, Any]
) -> None:
    keys = visitor.engine.vault.persons()
    answer = await act(visitor, command_id="other", fields=fields)
    assert answer.status_code == 422 and answer.json()["fault"]["zh"] and visitor.engine.vault.persons() == keys


async def test_for_a_session_that_is_not_registered_nobody_gets_a_key(visitor: Visitor) -> None:
    keys = visitor.engine.vault.persons()
    answer = await act(visitor, command_id="nowhere", session="dazhen/3-2")
    assert answer.status_code == 404 and visitor.engine.vault.persons() == keys


async def test_the_act_is_offered_with_the_name_and_without_the_sealed_one(visitor: Visitor) -> None:
    told = (await visitor.http.get("/v1/acts/register-person")).json()
    assert set(told["schema"]["properties"]) == {"person_id", "name", "voter"}
