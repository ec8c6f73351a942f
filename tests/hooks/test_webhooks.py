"""Events are sent as they are recorded, one after the other, signed; what an endpoint does not take in waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from standardwebhooks import WebhookVerificationError

from tests.api.holders import bearer, given
from tests.api.served import Visitor, until
from tests.api.test_acts import suggestion
from tests.api.test_stream import file, size_of
from tests.hooks.receiver import Receiver, receiving, verified
from workflows import hook
from yishi.hooks import posting
from yishi.hooks.store import FILE


async def added(visitor: Visitor, url: str, **asked: Any) -> dict[str, Any]:
    answer = await visitor.http.post("/v1/webhooks", json={"url": url, **asked})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def removed(visitor: Visitor, told: dict[str, Any]) -> None:
    assert (await visitor.http.delete(f"/v1/webhooks/{told['id']}")).status_code == 200


async def test_what_is_recorded_is_sent_in_its_order_as_cloud_events_and_signed(
    visitor: Visitor, receiver: Receiver
) -> None:
    size = size_of(visitor)
    hooked = await added(visitor, receiver.url + "/in", bodies=["xiaozhen"])
    await file(visitor, "hook1", "hook2", "hook3")
    await receiver.until(lambda: len(receiver.taken) == 3)
    events = (await visitor.http.get("/v1/events", params={"after": size + 1, "wait": 0})).json()["events"]
    assert [got.position for got in receiver.taken] == [e["position"] for e in events] == [size + 2, size + 3, size + 4]
    for got, event in zip(receiver.taken, events, strict=True):
        mark = visitor.engine.ledger.leaf(event["position"])[:12]
        assert got.id == f"{hooked['id']}.{got.event['id']}" == f"{hooked['id']}.{event['position']}-{mark}"
        assert got.headers["content-type"].startswith("application/cloudevents+json")
        assert verified(hooked["secret"], got) == got.event
        told = got.event
        assert (told["specversion"], told["type"], told["subject"]) == ("1.0", event["name"], event["stream"])
        assert told["source"] == "/xiaozhen/3-2" and told["datacontenttype"] == "application/json"
        assert told["data"] == event | {"reason": ""}
    with pytest.raises(WebhookVerificationError):
        verified(hooked["secret"], receiver.taken[0]._replace(body=receiver.taken[0].body.replace("hook1", "hook9")))
    await removed(visitor, hooked)


def ids(receiver: Receiver) -> list[int]:
    return [got.position for got in receiver.taken]


async def listed(http: httpx.AsyncClient, told: dict[str, Any]) -> dict[str, Any]:
    answer = await http.get(f"/v1/webhooks/{told['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def patched(visitor: Visitor, told: dict[str, Any], **change: Any) -> httpx.Response:
    return await visitor.http.patch(f"/v1/webhooks/{told['id']}", json=change)


async def test_a_webhook_from_the_first_position_is_told_everything_that_it_asks_for(
    visitor: Visitor, receiver: Receiver
) -> None:
    hooked = await added(
        visitor, receiver.url, after=0, bodies=["xiaozhen/3-2"], kinds=["session.suggestion-filed", "motion"]
    )
    events = (await visitor.http.get("/v1/events", params={"limit": 2000, "wait": 0})).json()["events"]
    asked = [e["position"] for e in events if e["name"].startswith(("session.suggestion-filed.", "motion."))]
    assert asked
    await receiver.until(lambda: len(receiver.taken) >= len(asked))
    assert ids(receiver) == asked
    assert (await listed(visitor.http, hooked))["lines"][0]["position"] >= asked[-1]
    await removed(visitor, hooked)


async def test_one_that_is_down_or_says_nothing_holds_up_nobody_else_and_nothing_is_lost_for_it(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        posting, "PATIENCE_SECONDS", 50.0
    )  # one that says nothing is waited for, and is not yet one that fails
    async with receiving() as well, receiving() as down, receiving() as silent:
        down.answering, silent.held = lambda got: 503, asyncio.Event()
        hooked = [await added(visitor, each.url, bodies=["xiaozhen"]) for each in (well, down, silent)]
        size = size_of(visitor)
        await file(visitor, "down1", "down2")
        await well.until(lambda: len(well.taken) == 2)
        assert down.taken == silent.taken == [], "nobody else has anything yet"
        await down.until(lambda: len(down.got) >= 1)

        async def known() -> bool:
            (line,) = (await listed(visitor.http, hooked[1]))["lines"]
            return (line["failing"], line["why"]) == (size + 1, "http-503")

        await until(known)
        metrics = (await visitor.http.get("/metrics")).text
        assert "\nyishi_webhooks_failing 1.0\n" in metrics
        down.answering = lambda got: 204
        silent.held.set()
        await silent.until(lambda: len(silent.taken) == 2)
        await down.until(lambda: len(down.taken) == 2)  # after five seconds it is tried again
        assert ids(well) == ids(down) == ids(silent) == [size + 1, size + 2]
        assert len({got.id for got in down.got if got.position == size + 1}) == 1
        for each in hooked:
            await removed(visitor, each)


async def test_a_paused_webhook_is_told_nothing_and_then_all_of_it_in_order(
    visitor: Visitor, receiver: Receiver
) -> None:
    hooked = await added(visitor, receiver.url, bodies=["xiaozhen"])
    assert (await patched(visitor, hooked, paused=True)).json()["state"] == "paused"
    size = size_of(visitor)
    async with receiving() as other:
        beside = await added(visitor, other.url, bodies=["xiaozhen"])
        await file(visitor, "pause1", "pause2")
        await other.until(lambda: len(other.taken) == 2)
        await removed(visitor, beside)
    assert receiver.got == []
    told = (await patched(visitor, hooked, paused=False)).json()
    assert (told["state"], told["why"]) == ("open", None)
    await receiver.until(lambda: len(receiver.taken) == 2)
    assert ids(receiver) == [size + 2, size + 3]
    await removed(visitor, hooked)


async def test_events_are_told_again_from_a_position_under_the_same_ids(visitor: Visitor, receiver: Receiver) -> None:
    size = size_of(visitor)
    hooked = await added(visitor, receiver.url, bodies=["xiaozhen"])
    await file(visitor, "again1", "again2", "again3")
    await receiver.until(lambda: len(receiver.taken) == 3)
    first = [got.id for got in receiver.taken]
    answer = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/replay", json={"after": size + 2})
    assert answer.status_code == 200, answer.text
    await receiver.until(lambda: len(receiver.taken) == 5)
    assert [got.id for got in receiver.taken] == [*first, *first[1:]]
    beyond = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/replay", json={"after": 10**6})
    assert beyond.status_code == 422 and "1000000" in beyond.json()["fault"]["en"]
    await removed(visitor, hooked)


async def test_while_a_secret_takes_the_place_of_another_both_verify(visitor: Visitor, receiver: Receiver) -> None:
    hooked = await added(visitor, receiver.url, bodies=["xiaozhen"])
    answer = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/secret", json={})
    assert answer.status_code == 200, answer.text
    renewed = answer.json()
    assert renewed["secret"] != hooked["secret"] and renewed["old_until"]
    await file(visitor, "secret1")
    await receiver.until(lambda: len(receiver.taken) == 1)
    (got,) = receiver.taken
    assert verified(hooked["secret"], got) == verified(renewed["secret"], got) == got.event
    await removed(visitor, hooked)


async def test_a_ping_says_whether_it_arrives_and_is_in_no_record(visitor: Visitor, receiver: Receiver) -> None:
    hooked = await added(visitor, receiver.url + "/ping", bodies=["xiaozhen"])  # not of its own beginning
    size = size_of(visitor)
    said = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/ping", json={})
    assert said.json() == {"taken": True, "why": ""}
    assert verified(hooked["secret"], receiver.taken[-1])["type"] == "yishi.ping"
    receiver.answering = lambda got: 401
    said = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/ping", json={})
    assert said.json() == {"taken": False, "why": "http-401"}
    assert size_of(visitor) == size
    await removed(visitor, hooked)


async def test_a_redirect_is_not_followed_and_an_endpoint_that_is_gone_is_told_no_more(
    visitor: Visitor, receiver: Receiver
) -> None:
    hooked = await added(visitor, receiver.url, bodies=["xiaozhen"])
    receiver.headers = {"location": f"{visitor.url}/v1/acts"}
    receiver.answering = lambda got: 307
    said = await visitor.http.post(f"/v1/webhooks/{hooked['id']}/ping", json={})
    assert said.json() == {"taken": False, "why": "http-307"}
    receiver.answering = lambda got: 410
    await file(visitor, "gone1")

    async def paused() -> bool:
        told = await listed(visitor.http, hooked)
        return (told["state"], told["why"]) == ("paused", "gone")

    await until(paused)
    await removed(visitor, hooked)


async def test_who_hears_what_is_on_record_without_the_secret_and_without_the_rest_of_the_address(
    visitor: Visitor, receiver: Receiver
) -> None:
    size = size_of(visitor)
    hooked = await added(visitor, receiver.url + "/door?key=f00ba7", kinds=["matter"], command_id="recorded-hook")
    again = await visitor.http.post(
        "/v1/webhooks",
        json={"url": receiver.url + "/door?key=f00ba7", "kinds": ["matter"], "command_id": "recorded-hook"},
    )
    same = {**again.json(), "lines": hooked["lines"]}  # how far it was told meanwhile
    assert same == hooked | {"secret": None}, "sent again it is the same, and its secret is not told twice"
    await patched(visitor, hooked, kinds=["session"])
    await visitor.http.post(f"/v1/webhooks/{hooked['id']}/secret", json={})
    await removed(visitor, hooked)
    events = [e.event.model_dump(mode="json") for e in visitor.engine.ledger.notifications(after=size)]
    names = [e.event.name for e in visitor.engine.ledger.notifications(after=size)]
    assert names == [f"access.webhook-{x}.v1" for x in ("added", "changed", "secret-renewed", "removed")]
    assert {"token": "office", "machine": receiver.url, "kinds": ["matter"]}.items() <= events[0].items()
    stored = b"".join(
        p.read_bytes() for p in visitor.engine.folder.rglob("*") if p.is_file() and not p.name.startswith(FILE)
    )
    assert b"f00ba7" not in stored and hooked["secret"].encode() not in stored
    assert (visitor.engine.folder / FILE).stat().st_mode & 0o777 == 0o600
    assert (await visitor.http.get(f"/v1/webhooks/{hooked['id']}")).status_code == 404


async def test_what_people_wrote_freely_is_not_sent(visitor: Visitor, receiver: Receiver) -> None:
    hooked = await added(visitor, receiver.url, bodies=["xiaozhen"])
    body = suggestion(visitor, "words1") | {"reason": "司马张三代表来电"}
    assert (await visitor.http.post("/v1/acts", json=body)).status_code == 200
    await receiver.until(lambda: len(receiver.taken) == 1)
    (got,) = receiver.taken
    assert "司马" not in json.dumps(got.event, ensure_ascii=False) and got.event["data"]["reason"] == ""
    await removed(visitor, hooked)


@pytest.fixture(scope="module")
async def tokens(visitor: Visitor) -> AsyncIterator[dict[str, dict[str, Any]]]:
    yield {
        role: await given(visitor.http, role)
        for role in ("integration", "auditor", "operator", "deputy", "teller", "secretariat")
    }


async def test_each_sees_and_changes_their_own_and_who_looks_after_the_service_holds_up_any(
    visitor: Visitor, receiver: Receiver, tokens: dict[str, dict[str, Any]]
) -> None:
    async with httpx.AsyncClient(base_url=visitor.url, timeout=60) as http:

        async def said(role: str, method: str, path: str, body: Any = None) -> tuple[int, str]:
            answer = await http.request(method, "/v1/webhooks" + path, json=body, headers=bearer(tokens[role]["token"]))
            return answer.status_code, (answer.json().get("why") or "") if isinstance(answer.json(), dict) else ""

        asked = {"url": receiver.url + "/mine"}
        assert [await said(role, "POST", "", asked) for role in ("deputy", "teller", "auditor", "operator")] == [
            (403, "read"), (403, "read"), (403, "role"), (403, "role"),
        ]  # fmt: skip
        made = (await http.post("/v1/webhooks", json=asked, headers=bearer(tokens["integration"]["token"]))).json()
        assert made["token"] == tokens["integration"]["id"] and made["url"] == asked["url"]
        one = f"/{made['id']}"
        assert await said("integration", "GET", one) == (200, "")
        others = (await http.get("/v1/webhooks" + one, headers=bearer(tokens["auditor"]["token"]))).json()
        assert others["url"] is None and others["machine"] == receiver.url, "an address may hold a secret"
        assert await said("auditor", "PATCH", one, {"paused": True}) == (403, "role")
        assert await said("operator", "PATCH", one, {"paused": True}) == (200, "by-hand")
        assert await said("operator", "PATCH", one, {"url": receiver.url + "/theirs"}) == (403, "office")
        assert await said("secretariat", "POST", f"{one}/secret", {}) == (403, "office")
        assert await said("operator", "PATCH", one, {"paused": False}) == (200, "")
        mine = await added(visitor, receiver.url)
        assert await said("integration", "GET", f"/{mine['id']}") == (404, "")
        assert await said("integration", "DELETE", f"/{mine['id']}") == (404, "")
        for each in (mine, made):
            await removed(visitor, each)


async def test_a_webhook_ends_with_the_token_it_was_made_with_and_says_so(visitor: Visitor, receiver: Receiver) -> None:
    told = await given(visitor.http, "integration")
    async with httpx.AsyncClient(base_url=visitor.url, headers=bearer(told["token"]), timeout=60) as http:
        made = (await http.post("/v1/webhooks", json={"url": receiver.url, "bodies": ["xiaozhen"]})).json()
    await file(visitor, "token1")
    await receiver.until(lambda: len(receiver.taken) == 1)
    assert (await visitor.http.delete(f"/v1/tokens/{told['id']}")).status_code == 200
    await file(visitor, "token2")
    found = await listed(visitor.http, made)
    assert (found["state"], found["why"]) == ("paused", "token-ended")
    refused = await patched(visitor, made, paused=False)
    assert refused.status_code == 422 and told["id"] in refused.json()["fault"]["en"]
    async with receiving() as other:  # what was recorded meanwhile has passed by now
        beside = await added(visitor, other.url, bodies=["xiaozhen"])
        await file(visitor, "token3")
        await other.until(lambda: len(other.taken) == 1)
        await removed(visitor, beside)
    assert len(receiver.got) == 1
    await removed(visitor, made)


@pytest.mark.parametrize(
    "url",
    [
        "http://oa.example.gov.cn/in", "ftp://127.0.0.1/", "https://", "oa.example.gov.cn", "https://user:word@oa.example.gov.cn/",
        "https://oa.example.gov.cn/#x", "https://169.254.169.254/latest", "https://[fe80::1]/", "https://0.0.0.0/", "https://224.0.0.1/",
        "https://[::ffff:169.254.169.254]/", "https://[64:ff9b::a9fe:a9fe]/", "https://例子.cn/", "https://a b/", "http://127.0.0.1.nip.io/",
        "http://10.0.0.1/", "https://oa.example.gov.cn:99999/",
    ],
)  # fmt: skip
async def test_an_address_that_is_not_one_to_send_to_is_refused_and_nothing_recorded(
    visitor: Visitor, url: str
) -> None:
    size = size_of(visitor)
    answer = await visitor.http.post("/v1/webhooks", json={"url": url})
    assert answer.status_code == 422 and answer.json()["fault"]["zh"], answer.text
    assert size_of(visitor) == size


async def test_a_kind_that_does_not_exist_is_told_so(visitor: Visitor, receiver: Receiver) -> None:
    answer = await visitor.http.post("/v1/webhooks", json={"url": receiver.url, "kinds": ["sesion"]})
    assert answer.status_code == 422 and "sesion" in answer.json()["fault"]["en"]


def test_a_wait_doubles_from_five_seconds_up_to_six_hours() -> None:
    waits = [hook.wait_after(tries).total_seconds() for tries in range(1, 16)]
    assert waits[:4] == [5, 10, 20, 40] and waits[-2:] == [6 * 3600] * 2 and waits == sorted(waits)
