"""The law book and the kinds of meeting over the door: as the command line tells them, for whoever holds a token."""

import hashlib
import json
from typing import Any

import pytest

from domain.procedure import PROCEDURES
from tests.api.holders import bearer, given
from tests.api.served import Visitor
from yishi.law import LawLibrary


async def asked(visitor: Visitor, path: str, status: int = 200, **params: str) -> Any:
    answer = await visitor.http.get(f"/v1{path}", params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_the_law_on_file_is_listed_with_its_dates_and_what_nobody_read_in_full(visitor: Visitor) -> None:
    found = await asked(visitor, "/law")
    book = LawLibrary(None).newest()
    assert found["edition"] == book.edition and book.edition in found["kept"]
    assert len(found["texts"]) == len(book.texts) and "地方组织法" in found["families"]
    assert {p["id"] for p in found["profiles"]} == set(book.profiles)
    then = await asked(visitor, "/law", on="2020-01-01", profile="zhejiang-township")
    assert {t["code"] for t in then["texts"] if t["family"] == "地方组织法"} == {"OL15"}


async def test_an_edition_is_given_out_as_the_bytes_that_it_is_named_by(visitor: Visitor) -> None:
    edition = LawLibrary(None).newest().edition
    answer = await visitor.http.get(f"/v1/law/editions/{edition}")
    assert answer.status_code == 200 and answer.headers["ETag"] == f'"{edition}"'
    assert hashlib.sha256(answer.content).hexdigest() == edition
    assert "edition" not in json.loads(answer.content)
    await asked(visitor, f"/law/editions/{'0' * 64}", 404)


async def test_a_rule_tells_its_article_its_dates_and_whether_somebody_read_it(visitor: Visitor) -> None:
    rule = await asked(visitor, "/law/rules/OL22-14-4-quorum", on="2026-01-27")
    assert rule["citation"]["zh"] == "地方组织法(2022)第十四条第四款" and rule["verified"] == "T"
    assert rule["in_force"] and rule["value_in_words"]["zh"] == "全体代表的三分之二以上"
    assert rule["verified_says"]["zh"] == "已核对原文"
    before = await asked(visitor, "/law/rules/OL22-14-4-quorum", on="2020-01-27")
    assert not before["in_force"]
    wrong = await asked(visitor, "/law/rules/OL22-14-4-quorun", 404)
    assert "OL22-14-4-quorum" in wrong["fault"]["zh"]


async def test_the_rules_of_a_topic_come_page_by_page(visitor: Visitor) -> None:
    book = LawLibrary(None).newest()
    every = sorted(p.id for p in book.provisions if "county" in p.levels)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await asked(visitor, "/law/rules", level="county", after=after, limit="400")
        found += [rule["id"] for rule in page["rules"]]
        after = page["next"]
    assert found == every
    first = await visitor.http.get("/v1/law/rules", params={"level": "county", "limit": "400"})
    assert book.edition in first.headers["Link"] and first.links["next"]["url"].startswith(
        "/v1/law/rules?level=county&"
    )
    second = await visitor.http.get(first.links["next"]["url"])
    assert [rule["id"] for rule in second.json()["rules"]] == every[400:800]
    whole = await visitor.http.get("/v1/law/rules", params={"topic": "session.quorum"})
    assert whole.json()["next"] is None and "Link" not in whole.headers
    then = await asked(visitor, "/law/rules", topic="session.quorum", on="2026-01-27", level="township")
    assert {r["topic"] for r in then["rules"]} == {"session.quorum"}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/law/rules", {"topic": "session.quorun"}),
        ("/law/rules", {"level": "village"}),
        ("/law", {"profile": "mars-township"}),
        ("/law/topics", {"level": "village"}),
        ("/procedures/township-congress", {"kind": "yearly"}),
        ("/law/rules", {"on": "2026-02-30"}),
    ],
)
async def test_a_word_that_is_not_in_the_book_is_not_well_formed(
    visitor: Visitor, path: str, params: dict[str, str]
) -> None:
    wrong = await asked(visitor, path, 422, **params)
    assert wrong["fault"]["zh"] and wrong["fault"]["en"]


async def test_the_law_of_a_day_says_what_it_rests_on_or_that_no_text_is_on_file(visitor: Visitor) -> None:
    now = await asked(visitor, "/law/topics/session.quorum", profile="zhejiang-township", on="2026-01-27")
    assert now["answer"] == "ruling" and now["basis"] and now["value"]["numerator"] == 2
    none = await asked(visitor, "/law/topics/session.quorum", profile="zhejiang-township", on="1999-01-27")
    assert none["answer"] == "no_law_on_file" and none["family"] in none["says"]["zh"]
    every = await asked(visitor, "/law/topics", profile="zhejiang-township", on="2026-01-27")
    assert any(t["topic"] == "session.quorum" and t["rules"] for t in every["topics"])
    await asked(visitor, "/law/topics/session.quorun", 404)


async def test_a_meeting_is_told_with_the_articles_of_the_day_behind_each_step(visitor: Visitor) -> None:
    listed = await asked(visitor, "/procedures")
    assert [p["id"] for p in listed] == list(PROCEDURES)
    for each in listed:
        told = await asked(visitor, f"/procedures/{each['id']}", on="2026-01-27")
        assert told["fault"] is None and len(told["steps"]) == each["steps"] and len(told["acts"]) == each["acts"]
    township = await asked(visitor, "/procedures/township-congress", on="2026-01-27", kind="year_start")
    opened = next(step for step in township["steps"] if step["fact"] == "opened")
    assert opened["rests_on"][0]["basis"][0]["rule"] == "OL22-14-4-quorum" and opened["rests_on"][0]["may_refuse"]
    assert all(step["fact"] != "credentials-confirmed" for step in township["steps"])  # of a term's first session alone
    early = await asked(visitor, "/procedures/township-congress", on="1999-01-27")
    assert early["fault"]["zh"] and early["steps"][0]["rests_on"][0]["basis"] == []
    await asked(visitor, "/procedures/village", 404)


async def test_the_law_is_for_whoever_holds_a_token(visitor: Visitor) -> None:
    token = (await given(visitor.http, "handling_unit"))["token"]
    answer = await visitor.http.get("/v1/law/rules?limit=1", headers=bearer(token))
    assert answer.status_code == 200
    async_without = await visitor.http.get("/v1/law", headers={"Authorization": ""})
    assert async_without.status_code == 401
