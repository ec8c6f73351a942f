"""The sheet of suggestions and the record of deputies' work over the door are those of the command line."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.api.holders import bearer, given
from tests.api.served import Visitor, visiting
from yishi.projections.sheets import duty_rows, meant
from yishi.projections.suggestion_sheet import COLUMNS


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    """After its session, when suggestions were replied to."""
    async with visiting(tmp_path_factory.mktemp("sheets") / "data") as visitor:
        assert (await visitor.http.get("/v1/suggestions")).json()["rows"] == []
        assert (await visitor.register()).status_code == 200
        for act in visitor.course():
            assert (await visitor.act(act)).status_code == 200
        yield visitor


async def asked(visitor: Visitor, path: str, status: int = 200, **params: Any) -> Any:
    answer = await visitor.http.get(f"/v1{path}", params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_the_sheet_has_a_row_for_each_suggestion_with_the_names_of_its_deputies(town: Visitor) -> None:
    told = await asked(town, "/suggestions")
    assert [c["column"] for c in told["columns"]] == list(COLUMNS) and told["rows"]
    numbers = {row["number"] for row in (await asked(town, "/matters")) if row["number"].startswith("s")}
    assert {row["number"] for row in told["rows"]} == numbers
    assert all("司马" in row["names"] for row in told["rows"])
    early = await asked(town, "/suggestions", as_of=str(town.plan.session.opens))
    assert not any(row["first_reply"] for row in early["rows"])


async def test_the_same_sheet_comes_as_a_file_in_the_language_asked_for(town: Visitor) -> None:
    rows = (await asked(town, "/suggestions"))["rows"]
    answer = await town.http.get("/v1/suggestions?format=csv")
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table == [[t.zh for t in COLUMNS.values()], *([row[c] for c in COLUMNS] for row in rows)]
    answer = await town.http.get("/v1/suggestions?format=xlsx", headers={"Accept-Language": "en"})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [t.en for t in COLUMNS.values()] and sheet.max_row == len(rows) + 1


async def test_what_deputies_did_is_told_in_short_and_of_one_line_by_line(town: Visitor) -> None:
    ledger = town.engine.ledger
    every = await asked(town, "/duty")
    assert [row["deputy"] for row in every["deputies"]] == [
        d["deputy"] for d in duty_rows(ledger, meant(ledger, None), None, None)
    ]
    assert all(row["lines"] is None for row in every["deputies"])
    busy = next(row["deputy"] for row in every["deputies"] if row["counts"])
    (one,) = (await asked(town, "/duty", deputy=busy))["deputies"]
    assert one["lines"] and {line["entry"] for line in one["lines"]} <= set(range(1, ledger.head().size + 1))
    await asked(town, "/duty", 404, deputy="D999")
    await asked(town, "/duty", 404, session="nowhere/1-1")
    await asked(town, "/suggestions", 422, format="pdf")
    await asked(town, "/suggestions", 422, year="last")


async def test_names_are_for_those_who_read_the_record(town: Visitor) -> None:
    for role, status in (("auditor", 200), ("deputy", 403), ("handling_unit", 403), ("integration", 403)):
        within: dict[str, dict[str, Any]] = {
            "deputy": {"person": "D001"},
            "handling_unit": {"unit": "镇城建办"},
            "integration": {"acts": ["sign-in"]},
        }
        token = bearer((await given(town.http, role, **within.get(role, {})))["token"])
        for path in ("/v1/suggestions", "/v1/duty"):
            assert (await town.http.get(path, headers=token)).status_code == status, (role, path)
