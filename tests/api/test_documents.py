"""Documents go in and out by digest and document number (文号), each to whom it belongs; the papers Yishi makes come as it makes them."""

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import httpx
import pytest

from tests.api.holders import bearer, given
from tests.api.served import Visitor, visiting
from tests.api.test_acts import suggestion
from yishi.documents.catalogue import PAPERS, made, template_of
from yishi.documents.choice import Choice
from yishi.documents.source import read_source

NOTICE = "关于召开会议的通知".encode() * 40_000  # more than one part
NUMBER = "小人〔2026〕3号"


async def kept(http: httpx.AsyncClient, content: bytes, title: str, **more: str) -> dict[str, Any]:
    answer = await http.put("/v1/evidence", params={"title": title, **more}, content=content)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


PAPERS_SENT = "会议材料".encode()


class Town(NamedTuple):
    """Its notice went out with a numbered paper; its papers were sent by a program with a token of its own."""

    visitor: Visitor
    program: str


@pytest.fixture(scope="module")
async def both(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with visiting(tmp_path_factory.mktemp("documents") / "data") as visitor:
        assert (await visitor.register()).status_code == 200
        paper = await kept(visitor.http, NOTICE, "会议通知.docx", number=NUMBER)
        assert paper["number"] == NUMBER
        program = (await given(visitor.http, "integration", acts=["send-papers"]))["token"]
        for act in visitor.course():
            body, headers = visitor.body(act), {}
            if act.act == "send-papers":
                headers = bearer(program)
                params = {"title": "会议材料"}
                sent = await visitor.http.put("/v1/evidence", params=params, content=PAPERS_SENT, headers=headers)
                body["evidence"] = [sent.json()]
            if act.act == "give-notice":
                body["evidence"] = [paper, await kept(visitor.http, b"<script>alert(1)</script>", '附件"1".html')]
            answer = await visitor.http.post("/v1/acts", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
            if act.act == "sign-in":
                break
        yield Town(visitor, program)


@pytest.fixture(scope="module")
def town(both: Town) -> Visitor:
    return both.visitor


async def numbered(http: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    answer = await http.get("/v1/documents", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["documents"]
    return found


async def test_a_document_is_found_by_its_number_and_comes_out_as_it_went_in(town: Visitor) -> None:
    (row,) = await numbered(town.http, number=NUMBER)
    assert row["title"] == "会议通知.docx" and row["sha256"] == hashlib.sha256(NOTICE).hexdigest()
    entry = town.engine.ledger.notifications(after=row["position"] - 1, limit=1)[0]
    assert entry.envelope.name == row["name"] and entry.envelope.evidence[0].number == NUMBER
    answer = await town.http.get(f"/v1/evidence/{row['sha256']}")
    assert answer.status_code == 200 and answer.content == NOTICE
    assert answer.headers["ETag"] == f'"{row["sha256"]}"'
    head = await town.http.head(f"/v1/evidence/{row['sha256']}")
    assert head.status_code == 200 and head.content == b"" and head.headers["Content-Length"] == str(len(NOTICE))
    assert await numbered(town.http, number="小人〔2026〕4号") == []


async def test_what_comes_out_is_never_shown_or_run_as_a_page(town: Visitor) -> None:
    (row,) = (r for r in await numbered(town.http, session=town.session) if r["title"].endswith(".html"))
    answer = await town.http.get(f"/v1/evidence/{row['sha256']}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6%22")


async def test_a_file_that_no_entry_names_is_not_given_out(town: Visitor) -> None:
    stray = await kept(town.http, b"nobody named it", "draft.txt")
    for digest, status in ((stray["sha256"], 404), ("0" * 64, 404), ("notadigest", 422)):
        assert (await town.http.get(f"/v1/evidence/{digest}")).status_code == status
        assert (await town.http.head(f"/v1/evidence/{digest}")).status_code == status


async def test_a_file_that_was_altered_or_lost_is_told_so_and_not_given_out(town: Visitor) -> None:
    (row,) = await numbered(town.http, number=NUMBER)
    path = town.engine.evidence.path(row["sha256"])
    whole = path.read_bytes()
    for left in (whole[:-1] + b"x", None):
        path.unlink()
        if left is not None:
            path.write_bytes(left)
        answer = await town.http.get(f"/v1/evidence/{row['sha256']}")
        assert answer.status_code == 404 and "会议通知" in answer.json()["fault"]["zh"]
    path.write_bytes(whole)


async def test_papers_come_page_by_page_and_each_page_leads_to_the_next(town: Visitor) -> None:
    every = [(row["position"], row["sha256"]) for row in await numbered(town.http)]
    found: list[tuple[int, str]] = []
    place: str | None = "/v1/documents?limit=1"
    while place is not None:
        answer = await town.http.get(place)
        found += [(row["position"], row["sha256"]) for row in answer.json()["documents"]]
        place = answer.links.get("next", {}).get("url")
    assert len(every) > 1 and found == every


async def test_whoever_does_not_read_the_record_sees_only_what_they_sent_in(both: Town, town: Visitor) -> None:
    auditor = (await given(town.http, "auditor"))["token"]
    elsewhere = (await given(town.http, "auditor", bodies=["otherplace"]))["token"]
    (row,) = await numbered(town.http, number=NUMBER)
    seen = {}
    for name, token in (("auditor", auditor), ("elsewhere", elsewhere), ("program", both.program)):
        listed = await town.http.get("/v1/documents", params={"number": NUMBER}, headers=bearer(token))
        got = await town.http.get(f"/v1/evidence/{row['sha256']}", headers=bearer(token))
        seen[name] = (len(listed.json()["documents"]), got.status_code)
    assert seen == {"auditor": (1, 200), "elsewhere": (0, 404), "program": (0, 404)}
    mine = await town.http.get("/v1/documents", headers=bearer(both.program))
    assert {r["sha256"] for r in mine.json()["documents"]} == {hashlib.sha256(PAPERS_SENT).hexdigest()}
    got = await town.http.get(f"/v1/evidence/{mine.json()['documents'][0]['sha256']}", headers=bearer(both.program))
    assert got.status_code == 200 and got.content == PAPERS_SENT


async def test_to_name_a_digest_gives_nobody_the_file_that_another_brought(both: Town, town: Visitor) -> None:
    (row,) = await numbered(town.http, number=NUMBER)
    deputy = bearer((await given(town.http, "deputy", person="D001"))["token"])
    own = await town.http.put("/v1/evidence", params={"title": "照片"}, content="路灯照片".encode(), headers=deputy)
    named = {"sha256": row["sha256"], "title": "我的", "size": row["size"]}
    body = suggestion(town, "d1") | {"actor": {"office": "deputy"}, "evidence": [named, own.json()]}
    body["fields"] = {**body["fields"], "deputies": ["D001"]}
    assert (await town.http.post("/v1/acts", json=body, headers=deputy)).status_code == 200
    got = [await town.http.get(f"/v1/evidence/{d}", headers=deputy) for d in (row["sha256"], own.json()["sha256"])]
    assert [each.status_code for each in got] == [404, 200] and got[1].content == "路灯照片".encode()
    assert (await town.http.get(f"/v1/evidence/{row['sha256']}")).content == NOTICE, "who reads the record takes it out"
    heard = (await town.http.get("/v1/events", params={"wait": 0, "session": town.session}, headers=deputy)).json()[
        "events"
    ]
    assert heard and not [e for e in heard if e["evidence"]], "nor is a digest told to who may not take it out"


async def test_papers_come_as_the_command_line_makes_them_with_their_digest(town: Visitor) -> None:
    listed = (await town.http.get(f"/v1/sessions/{town.session}/papers")).json()
    assert [row["paper"] for row in listed] == list(PAPERS)
    sheets = next(row for row in listed if row["paper"] == "sign-in")
    about = {name: value for name, value in sheets["copies"][0].items() if value is not None}
    answer = await town.http.get(f"/v1/sessions/{town.session}/papers/sign-in", params=about)
    assert answer.status_code == 200 and answer.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    kind = PAPERS["sign-in"]
    source = read_source(town.engine.ledger, town.plan.stream, town.engine.folder)
    assert answer.content == made(kind, source, Choice(**sheets["copies"][0]), template_of(kind, ()))
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert (await town.http.get(f"/v1/sessions/{town.session}/papers/sign-in", params=about)).content == answer.content


async def test_a_paper_of_then_is_made_from_the_record_of_then(town: Visitor) -> None:
    path = f"/v1/sessions/{town.session}/papers/sheet"
    early, late = (await town.http.get(path, params={"position": 3})), (await town.http.get(path))
    assert early.status_code == late.status_code == 200 and early.headers["ETag"] != late.headers["ETag"]
    assert (await town.http.get(path, params={"position": 10**6})).status_code == 422


@pytest.mark.parametrize(
    ("paper", "params", "status"),
    [
        ("no-such-paper", {}, 404),
        ("result", {}, 404),  # nothing was voted on yet
        ("sign-in", {"sitting": "p99"}, 422),
        ("ballot", {"election": "nobody"}, 404),
        ("count", {"ballot": 0}, 422),
    ],
)
async def test_a_paper_that_there_is_not_is_told_so(
    town: Visitor, paper: str, params: dict[str, Any], status: int
) -> None:
    answer = await town.http.get(f"/v1/sessions/{town.session}/papers/{paper}", params=params)
    assert answer.status_code == status, answer.text
    assert answer.json()["fault"]["zh"] and answer.json()["fault"]["en"]


@pytest.mark.parametrize("where", ["title", "number"])
async def test_what_nobody_sees_is_no_title_and_no_number(town: Visitor, where: str) -> None:
    params = {"title": "会议通知", where: "小人\u202e3号"}
    answer = await town.http.put("/v1/evidence", params=params, content=b"x")
    assert answer.status_code == 422 and "202E" in answer.json()["fault"]["zh"]
