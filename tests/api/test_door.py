"""Who is let in, what is told to whom, and that nothing is lost when somebody goes."""

import asyncio
import contextlib
import os
import re
import socket
import stat
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from tests.api.served import Visitor, until, visiting
from tests.api.test_acts import suggestion
from yishi import doorway
from yishi.api.gate import LARGEST_BODY, WITHOUT_TOKEN
from yishi.api.server import Apart, DoorPortTaken, NoSuchDoorHost, bound, door, served, url_of
from yishi.api.tokens import Token, digest_of
from yishi.settings import Settings


@pytest.mark.parametrize("given", [None, "Bearer", "Bearer wrong", "Basic {token}", "{token}", "Bearer {token}x"])
@pytest.mark.parametrize("path", ["/v1", "/v1/events", "/v1/openapi.json", "/nowhere"])
async def test_without_the_folders_token_nothing_is_told(visitor: Visitor, given: str | None, path: str) -> None:
    headers = {"Authorization": given.format(token=visitor.token)} if given is not None else {}
    async with httpx.AsyncClient(base_url=visitor.url) as stranger:
        answer = await stranger.get(path, headers=headers)
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["type"] == "/v1/problems/token-wrong" and "令牌" in answer.json()["fault"]["zh"]


async def test_the_token_in_clear_is_nowhere_in_the_data_folder(visitor: Visitor) -> None:
    stored = b"".join(p.read_bytes() for p in visitor.engine.folder.rglob("*") if p.is_file())
    assert visitor.token.encode() not in stored
    assert sha256(visitor.token.encode()).hexdigest().encode() in stored


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1]"])
async def test_a_foreign_name_that_leads_here_is_not_answered(visitor: Visitor, host: str) -> None:
    answer = await visitor.http.get("/v1", headers={"Host": host})
    assert answer.status_code == 421 and "127.0.0.1" in answer.json()["fault"]["en"]


async def test_a_web_page_elsewhere_is_never_told_that_it_may_call(visitor: Visitor) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = await visitor.http.options("/v1/acts", headers=asked)
    assert answer.status_code == 405
    assert [name for name in answer.headers if name.startswith("access-control")] == []


async def test_the_door_is_on_this_machine_alone(visitor: Visitor) -> None:
    assert visitor.url.startswith("http://127.0.0.1:")
    with pytest.raises(OSError, match=r"refused|timed out"):
        socket.create_connection(("127.0.0.2", int(visitor.url.rsplit(":", 1)[1])), timeout=60)


async def test_what_is_too_large_is_told_so_by_its_length_or_as_it_comes(visitor: Visitor) -> None:
    large = b"x" * (LARGEST_BODY + 1)

    async def parts() -> Any:
        for _ in range(9):
            yield b"x" * (1 << 20)

    for content in (large, parts()):
        answer = await visitor.http.post("/v1/acts", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413 and str(LARGEST_BODY) in answer.json()["fault"]["zh"]


async def test_what_is_too_large_is_no_fault_of_ours_in_the_log(visitor: Visitor) -> None:
    async def parts() -> Any:
        for _ in range(visitor.engine.evidence.limit // (1 << 20) + 2):
            yield b"x" * (1 << 20)

    with structlog.testing.capture_logs() as logged:
        answer = await visitor.http.put("/v1/evidence", params={"title": "影像"}, content=parts())
    assert answer.status_code == 413 and [entry for entry in logged if entry["event"] == "door.fault"] == []


async def test_a_disk_that_takes_no_file_is_told_as_such_and_the_file_may_be_sent_again(visitor: Visitor) -> None:
    folder = visitor.engine.folder / "evidence"
    if folder.exists():
        folder.rename(folder.with_name("evidence-away"))
    folder.write_bytes(b"")  # a folder can no longer be made there
    answer = await visitor.http.put("/v1/evidence", params={"title": "计票单"}, content=b"signed")
    assert answer.status_code == 503 and "未保存" in answer.json()["fault"]["zh"]
    folder.unlink()
    if folder.with_name("evidence-away").exists():
        folder.with_name("evidence-away").rename(folder)
    again = await visitor.http.put("/v1/evidence", params={"title": "计票单"}, content=b"signed")
    assert again.status_code == 200


async def test_a_body_that_does_not_say_it_is_json_is_told_how_to_send_it(visitor: Visitor) -> None:
    answer = await visitor.http.post("/v1/acts", content=b'{"act": "sign-in"}')
    assert answer.status_code == 422 and "Content-Type: application/json" in answer.json()["fault"]["en"]


@pytest.mark.parametrize("call", ["history?at=" + "9" * 5000, "status"])
async def test_only_the_ten_digits_name_a_session_and_a_moment_has_an_end(visitor: Visitor, call: str) -> None:
    name = visitor.session if "?" in call else visitor.session.replace("3-2", "\uff13-\uff12")
    answer = await visitor.http.get(f"/v1/sessions/{name}/{call}")
    assert answer.status_code == 422 and answer.json()["fault"]["zh"]


async def test_a_fault_of_ours_names_its_entry_in_the_log_and_shows_no_traceback(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("somewhere inside")

    monkeypatch.setattr(visitor.engine.reading, "head", broken)
    with structlog.testing.capture_logs() as logged:
        answer = await visitor.http.get("/v1")
    assert answer.status_code == 500 and "somewhere inside" not in answer.text
    (entry,) = [e for e in logged if e["event"] == "door.fault"]
    assert entry["id"] in answer.json()["fault"]["zh"] and entry["exc_info"]


@pytest.mark.parametrize(
    ("path", "status"), [("/", 404), ("/docs", 404), ("/v1/", 404), ("/v1/sessions/xiaozhen/3-9/status", 404)]
)
async def test_what_is_not_there_is_told_in_both_languages(visitor: Visitor, path: str, status: int) -> None:
    answer = await visitor.http.get(path)
    assert answer.status_code == status and answer.json()["fault"]["zh"] and answer.json()["fault"]["en"]


async def test_every_answer_is_as_the_document_declares_it(visitor: Visitor) -> None:
    document = (await visitor.http.get("/v1/openapi.json")).json()
    assert document["openapi"].startswith("3.1") and document["components"]["securitySchemes"]
    for path, calls in document["paths"].items():
        for call in calls.values():
            probe = path in WITHOUT_TOKEN  # they ask nobody who they are
            asked = set() if probe else {"401", "403", "429"}
            assert call["summary"] and {"200", "500"} | asked <= set(call["responses"]), path
            assert bool(call["security"]) is not probe, path
    acts = document["paths"]["/v1/acts"]["post"]["responses"]
    assert set(acts) == {
        "200",
        "202",
        "401",
        "403",
        "404",
        "409",
        "412",
        "413",
        "415",
        "421",
        "422",
        "429",
        "500",
        "503",
    }
    assert set(document["paths"]["/v1/asks"]["post"]["responses"]) >= {"200", "401", "422", "503"}
    assert document["paths"]["/v1/evidence"]["put"]["requestBody"]["required"]


async def test_a_file_is_kept_by_its_digest_and_can_be_named_in_an_act(visitor: Visitor) -> None:
    content = b"signed by the tellers\n" * 100_000

    async def parts() -> Any:
        for n in range(0, len(content), 65_536):
            yield content[n : n + 65_536]

    kept = await visitor.http.put("/v1/evidence", params={"title": "计票单"}, content=parts())
    assert kept.json() == {"sha256": sha256(content).hexdigest(), "title": "计票单", "size": len(content)}
    assert visitor.engine.evidence.path(kept.json()["sha256"]).read_bytes() == content
    answer = await visitor.http.post("/v1/acts", json=suggestion(visitor, "e1") | {"evidence": [kept.json()]})
    assert answer.status_code == 200
    position = answer.json()["events"][0]["position"]
    (event,) = (await visitor.http.get("/v1/events", params={"after": position - 1, "limit": 1})).json()["events"]
    assert event["evidence"] == [kept.json()]


@pytest.mark.parametrize(("title", "content", "status"), [("", b"x", 422), ("空", b"", 422), ("长" * 201, b"x", 422)])
async def test_a_file_that_cannot_be_kept_is_told_so(visitor: Visitor, title: str, content: bytes, status: int) -> None:
    answer = await visitor.http.put("/v1/evidence", params={"title": title}, content=content)
    assert answer.status_code == status and answer.json()["fault"]["zh"]


async def test_the_record_is_told_up_to_any_moment(visitor: Visitor) -> None:
    path = f"/v1/sessions/{visitor.session}/history"

    async def told(**asked: Any) -> Any:
        return (await visitor.http.get(path, params=asked)).json()

    whole = (await told())["entries"]
    assert whole[0]["data"]["congress"]["code"] == "xiaozhen" and whole[0]["edition"]
    assert [e["position"] for e in (await told(at="2"))["entries"]] == [1, 2]
    assert (await told(after=1, at="2"))["entries"][0]["position"] == 2
    assert await told(at="2020-01-01T00:00:00+08:00") == {"entries": [], "next": None}
    paged, page = [], {"next": 0}
    while page["next"] is not None:
        page = await told(after=page["next"], limit=3)
        assert len(page["entries"]) <= 3
        paged += page["entries"]
    assert paged == whole and len(whole) > 3
    assert await told(own="true", limit=3) == await told(limit=3)
    assert (await visitor.http.get(path, params={"limit": 0})).status_code == 422
    assert (await visitor.http.get(path, params={"at": "2020-01-01T00:00:00"})).status_code == 422


async def test_status_deadlines_and_the_proof_are_told(visitor: Visitor) -> None:
    status = (await visitor.http.get(f"/v1/sessions/{visitor.session}/status")).json()
    assert status["stream"] == visitor.plan.stream and {"next", "blocked", "missing"} <= set(status)
    deadlines = (await visitor.http.get(f"/v1/sessions/{visitor.session}/deadlines")).json()
    assert all(d["deadline"]["zh"] and d["last_day"] and d["state"] for d in deadlines)
    office = (await visitor.http.get("/v1/deadlines", params={"all": True})).json()
    assert [d["clock"] for d in office["deadlines"]] == [d["clock"] for d in deadlines]
    assert office["sessions"] == [visitor.session] and office["counts"]["red"] == 0
    assert (await visitor.http.get("/v1/deadlines", params={"session": "nowhere/1-1"})).status_code == 404
    proof = (await visitor.http.get("/v1/verify")).json()
    assert (proof["outcome"], proof["failures"]) == ("verified", [])
    assert proof["head"] == (await visitor.http.get("/v1")).json()["head"]


async def test_the_hall_is_signed_in_over_the_door_and_its_light_is_right(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as at_the_door:
        await at_the_door.play(until="sign-in")
        light = f"/v1/sessions/{at_the_door.session}/hall"
        assert (await at_the_door.http.get(light)).json()["present"] == 0
        body = {"session": at_the_door.session, "sitting": "plenary-1", "deputies": ["D001", "D002", "D099"]}
        told = (await at_the_door.http.post("/v1/sign-ins", json=body)).json()
        assert told["counted"] == ["D001", "D002"] and told["refused"][0]["deputy"] == "D099"
        shown = (await at_the_door.http.get(light, params={"sitting": "plenary-1"})).json()
        assert shown == told["light"] and (shown["present"], shown["enough"]) == (2, False)
        assert (await at_the_door.http.get(light, params={"sitting": "nowhere"})).status_code == 404
        wrong = await at_the_door.http.post("/v1/sign-ins", json=body | {"sitting": 3})
        assert wrong.status_code == 422 and wrong.json()["fault"]["zh"]
        for amiss in ({"sitting": "plenary-1", "deputies": "D001"}, {"sitting": "plenary-1", "cards": ["1"] * 5001}):
            wrong = await at_the_door.http.post("/v1/sign-ins", json=body | amiss)
            assert wrong.status_code == 422 and not re.search("[A-Za-z]{3,} [A-Za-z]{3,}", wrong.json()["fault"]["zh"])
        assert (await at_the_door.http.get(light)).json() == told["light"]


async def test_at_its_end_the_door_answers_what_is_under_way_and_lets_watchers_go(visitor: Visitor) -> None:
    token = Token(digest_of("second"))
    headers = {"Authorization": "Bearer second"}

    async def recorded() -> bool:
        return visitor.engine.ledger.answer_of("file-last") is not None

    first = doorway.written(visitor.engine.folder)
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        async with door(visitor.engine, token, apart=Apart("127.0.0.1", (), boxes=False)) as second:
            size = visitor.engine.ledger.head().size
            elsewhere: dict[str, str | int] = {"after": size, "wait": 60, "session": "dazhen/1-1"}
            watching = asyncio.create_task(http.get(f"{second.url}/v1/events", params=elsewhere))

            async def waits() -> bool:
                return bool((await http.get(f"{second.url}/v1")).json()["watchers"] == 1)

            await until(waits)
            acting = asyncio.create_task(http.post(f"{second.url}/v1/acts", json=suggestion(visitor, "last")))
            await until(recorded)
        assert (await acting).status_code == 200 and (await watching).json()["events"] == []
        with pytest.raises(httpx.TransportError):
            await http.get(f"{second.url}/v1")
    assert first is not None and doorway.written(visitor.engine.folder) == first, (
        "a door beside another says nothing of it"
    )


async def test_a_port_that_is_taken_is_told_so(visitor: Visitor) -> None:
    taken = int(visitor.url.rsplit(":", 1)[1])
    with pytest.raises(DoorPortTaken, match=str(taken)):
        async with door(visitor.engine, Token(digest_of("x")), taken):
            raise AssertionError("two doors on one port")


def test_a_door_listens_at_an_ipv6_address_too_and_an_address_that_is_not_here_is_named() -> None:
    assert url_of("::1", 8000) == "http://[::1]:8000" and url_of("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert Apart.of(Settings.read({"YISHI_DOOR_HOST": "::1"})).names == ("[::1]",)
    with pytest.raises(NoSuchDoorHost, match=r"203\.0\.113\.7"):
        bound(None, "203.0.113.7")
    with contextlib.closing(bound(None, "127.0.0.1")) as taken, pytest.raises(DoorPortTaken):
        taken.listen()
        bound(taken.getsockname()[1], "127.0.0.1")
    try:
        listening = bound(None, "::1")
    except NoSuchDoorHost:
        pytest.skip("this machine has no IPv6")
    with contextlib.closing(listening):
        listening.listen()
        socket.create_connection(listening.getsockname()[:2], timeout=60).close()


async def test_a_first_start_that_ends_at_a_taken_port_leaves_the_token_to_the_one_that_shows_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    with contextlib.closing(bound(None, "127.0.0.1")) as taken:
        taken.listen()
        with pytest.raises(DoorPortTaken):
            async with served(Settings(folder=folder, door_port=taken.getsockname()[1])):
                raise AssertionError("two doors on one port")
    async with served(Settings(folder=folder)) as serving:
        assert serving.fresh_token is not None and serving.fresh_token == doorway.kept_token(folder)


async def test_a_service_whose_disk_is_full_does_not_say_that_it_takes_acts(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ready(missing: list[str]) -> bool:  # an answer holds for a second
        return bool((await visitor.http.get("/v1/ready")).json()["missing"] == missing)

    with monkeypatch.context() as full:
        full.setattr("yishi.engine.seen.LEAST_ROOM", 1 << 60)
        await until(partial(ready, ["disk"]))
    await until(partial(ready, []))


@pytest.mark.skipif(os.name != "posix", reason="there rights come from the folder above")
async def test_nothing_that_a_start_makes_in_its_folder_is_for_other_accounts(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        async with served(Settings(folder=tmp_path / "data")) as serving:
            made = [each for each in serving.engine.folder.iterdir() if each.is_file()]
            open_to_others = [each.name for each in made if stat.S_IMODE(each.stat().st_mode) & 0o077]
    finally:
        os.umask(before)
    assert made and open_to_others == []
