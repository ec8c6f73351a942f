"""Tokens: given out once, for a time, for some bodies, and ended at once; what is kept of them, and how often they may come."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from icalendar import Calendar

from domain.access.rights import Denied
from domain.calendar import CHINA
from domain.submission import Answer, Receipt, Submission
from tests.api.holders import DEPUTY, UNIT, bearer, denials, given, inside
from tests.api.served import Visitor, until
from tests.api.test_acts import suggestion
from tests.ledger.kinds import stored_bytes
from yishi.access.keyring import FILE, Keyring, id_for
from yishi.access.places import Places
from yishi.access.principal import Principal
from yishi.access.rates import Buckets, Rate
from yishi.api.acting import now
from yishi.api.keeper import OVER, Keeper
from yishi.api.tokens import Token, digest_of
from yishi.engine import NotTaken
from yishi.ledger.reader import LedgerReader

NUMBERS = count(1)


@pytest.fixture(scope="module")
async def office(visitor: Visitor) -> AsyncIterator[httpx.AsyncClient]:
    async with inside(visitor) as http:
        yield http


def filed_by(visitor: Visitor, *deputies: str, office: str = "deputy") -> dict[str, object]:
    """A suggestion of these deputies, under an id of its own."""
    number = f"t{next(NUMBERS)}"
    body = suggestion(visitor, number)
    fields = {**body["fields"], "deputies": list(deputies)}
    return {**body, "command_id": number, "actor": {"office": office}, "fields": fields}


async def test_a_token_is_shown_once_and_kept_as_a_digest_alone(visitor: Visitor, office: httpx.AsyncClient) -> None:
    body = {"command_id": "one-token", "role": "auditor"}
    told = (await office.post("/v1/tokens", json=body)).json()
    again = (await office.post("/v1/tokens", json=body)).json()
    assert again == {**told, "token": None}, "sent again it is the same token, and its secret is not told twice"
    kept = json.loads((visitor.engine.folder / FILE).read_text(encoding="utf-8"))
    assert kept[told["id"]] == sha256(told["token"].encode()).hexdigest()
    stored = b"".join(p.read_bytes() for p in visitor.engine.folder.rglob("*") if p.is_file())
    assert told["token"].encode() not in stored and told["token"].partition(".")[2].encode() not in stored
    events = [
        e for e in visitor.engine.ledger.named("access.token-issued.v1") if e.event.model_dump()["token"] == told["id"]
    ]
    assert len(events) == 1
    assert kept[told["id"]].encode() not in stored_bytes(visitor.engine.folder)
    listed = (await office.get("/v1/tokens")).json()
    assert {"id": told["id"], "state": "holds", "token": None}.items() <= next(
        t for t in listed if t["id"] == told["id"]
    ).items()
    other = await office.post("/v1/tokens", json={**body, "role": "operator"})
    assert other.status_code == 422, "the id belongs to another request"


async def test_a_revoked_token_opens_nothing_from_the_next_request_on(office: httpx.AsyncClient) -> None:
    told = await given(office, "auditor")
    assert (await office.get("/v1/me", headers=bearer(told["token"]))).json()["role"] == "auditor"
    for _ in range(2):
        assert (await office.delete(f"/v1/tokens/{told['id']}")).status_code == 200
    answer = await office.get("/v1/me", headers=bearer(told["token"]))
    assert answer.status_code == 401 and "停用" in answer.json()["fault"]["zh"]
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert (await office.delete("/v1/tokens/t0000")).json()["reason"] == "NoSuchToken"
    assert (await office.delete("/v1/tokens/office")).status_code == 422


async def test_an_expired_token_is_401_from_its_last_second_on(visitor: Visitor, office: httpx.AsyncClient) -> None:
    today = now(visitor.engine)
    past = await office.post("/v1/tokens", json={"role": "auditor", "expires": today.isoformat()})
    assert past.status_code == 409 and past.json()["reason"] == "TokenExpired"
    told = await given(office, "auditor", expires=(today + timedelta(seconds=1)).isoformat())
    keyring = Keyring(visitor.engine.folder, visitor.engine.ledger, Token(digest_of(visitor.token)))
    holder = keyring.holder(told["token"], today)
    assert not isinstance(holder, str) and holder.id == told["id"]
    assert keyring.holder(told["token"], today + timedelta(seconds=1)) == "expired"


@pytest.mark.parametrize("change", ["x", ".x", "", " "])
async def test_a_token_that_is_nearly_right_is_a_wrong_one(office: httpx.AsyncClient, change: str) -> None:
    told = await given(office, "auditor")
    wrong = told["token"][:-1] + change if change.strip() else f"{told['id']}.{change}"
    assert (await office.get("/v1/me", headers=bearer(wrong))).status_code == 401


async def test_a_token_without_its_event_opens_nothing(visitor: Visitor, office: httpx.AsyncClient) -> None:
    keyring = Keyring(visitor.engine.folder, visitor.engine.ledger, Token(digest_of(visitor.token)))
    clear = keyring.make("tmadeup")
    keyring.look()
    assert keyring.holder(clear, now(visitor.engine)) == "unknown"


class SlowAtFirst:
    """A reader whose first look at the register, once it is to be slow, is told late."""

    def __init__(self, record: LedgerReader) -> None:
        self._record, self.slow = record, False
        self.looked, self.go_on = threading.Event(), threading.Event()

    def state(self, stream: str) -> Any:
        found = self._record.state(stream)
        if self.slow:
            self.slow = False
            self.looked.set()
            assert self.go_on.wait(60)
        return found


async def test_a_slow_look_does_not_forget_what_was_issued_after_it_had_begun(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    record = SlowAtFirst(visitor.engine.reading)
    keyring = Keyring(visitor.engine.folder, record, Token(""))  # type: ignore[arg-type] # all that it asks of it
    record.slow = True
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(keyring.look)
        assert await asyncio.to_thread(record.looked.wait, 60)
        told = await given(office, "auditor")
        after = threads.submit(keyring.look)
        await asyncio.wait((asyncio.wrap_future(after),), timeout=0.3)  # it is done, or it waits for the slow one
        record.go_on.set()
    slow.result()
    after.result()
    holder = keyring.holder(told["token"], now(visitor.engine))
    assert not isinstance(holder, str) and holder.id == told["id"]


async def test_a_token_is_for_its_own_bodies(visitor: Visitor, office: httpx.AsyncClient) -> None:
    elsewhere = (await given(office, "secretariat", bodies=["linzhen"]))["token"]
    here = (await given(office, "secretariat", bodies=[visitor.session]))["token"]
    whole = (await given(office, "secretariat", bodies=["xiaozhen"]))["token"]
    for token, sees in ((elsewhere, False), (here, True), (whole, True)):
        status = await office.get(f"/v1/sessions/{visitor.session}/status", headers=bearer(token))
        assert status.status_code == (200 if sees else 403)
        listed = (await office.get("/v1/sessions", headers=bearer(token))).json()
        assert [s["session"] for s in listed] == ([visitor.session] if sees else [])
        act = await office.post("/v1/asks", json=filed_by(visitor, "D002", office="secretariat"), headers=bearer(token))
        assert act.status_code == (200 if sees else 403)
        everything = await office.get("/v1/events", params={"wait": 0}, headers=bearer(token))
        assert everything.status_code == 403 and everything.json()["why"] == "body"


async def test_nobody_spends_the_id_under_which_their_token_would_be_revoked(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    told = await given(office, "deputy")
    spending = {**filed_by(visitor, DEPUTY), "command_id": f"revoke-{told['id']}"}
    assert (await office.post("/v1/acts", json=spending, headers=bearer(told["token"]))).status_code == 200
    ended = [(await office.delete(f"/v1/tokens/{told['id']}")).json()["events"] for _ in range(2)]
    assert len(ended[0]) == 1 and ended[1] == [], "the second time it is so already"
    assert (await office.get("/v1/me", headers=bearer(told["token"]))).status_code == 401


async def test_a_token_that_was_revoked_in_vain_before_it_was_issued_is_revoked_all_the_same(
    office: httpx.AsyncClient,
) -> None:
    place = f"/v1/tokens/{id_for('issued-later')}"
    assert (await office.delete(place)).json()["reason"] == "NoSuchToken"
    await given(office, "auditor", command_id="issued-later")
    assert (await office.delete(place)).status_code == 200


async def test_a_deputy_files_in_their_own_name_alone(visitor: Visitor, office: httpx.AsyncClient) -> None:
    deputy = bearer((await given(office, "deputy"))["token"])
    mine = await office.post("/v1/acts", json=filed_by(visitor, DEPUTY, "D002"), headers=deputy)
    assert mine.status_code == 200, mine.text
    kept = visitor.engine.ledger.notifications(after=mine.json()["events"][0]["position"] - 1, limit=1)[0]
    actor = kept.envelope.actor
    assert (actor.person, actor.role, actor.on_behalf_of, actor.one_person) == (DEPUTY, "deputy", None, None)
    for body in (
        filed_by(visitor, "D002"),
        {**filed_by(visitor, DEPUTY), "actor": {"office": "deputy", "person": "D002"}},
    ):
        answer = await office.post("/v1/acts", json=body, headers=deputy)
        assert answer.status_code == 403 and answer.json()["why"] == "others"
        assert visitor.engine.ledger.answer_of(str(body["command_id"])) is None


async def test_what_the_door_writes_about_the_token_nobody_sends(visitor: Visitor, office: httpx.AsyncClient) -> None:
    for claim in ({"role": "presidium"}, {"token": "office"}, {"one_person": True}):
        body = {**filed_by(visitor, DEPUTY), "actor": {"office": "secretariat", **claim}}
        assert (await office.post("/v1/acts", json=body)).status_code == 422


async def test_the_same_act_under_a_new_token_gets_the_same_answer(visitor: Visitor, office: httpx.AsyncClient) -> None:
    body = filed_by(visitor, DEPUTY)
    first, second = [bearer((await given(office, "deputy"))["token"]) for _ in range(2)]
    answer = await office.post("/v1/acts", json=body, headers=first)
    assert (await office.post("/v1/acts", json=body, headers=second)).json() == answer.json()
    other = await office.post("/v1/acts", json={**body, "reason": "另一件事"}, headers=second)
    assert other.status_code == 422


async def test_the_office_of_one_person_says_so_in_each_entry_until_several_share_the_work(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    body = {**filed_by(visitor, DEPUTY), "actor": {"office": "secretariat"}}
    position = (await office.post("/v1/acts", json=body)).json()["events"][0]["position"]
    actor = visitor.engine.ledger.notifications(after=position - 1, limit=1)[0].envelope.actor
    assert (actor.role, actor.token, actor.one_person) == ("secretariat", "office", True)

    chair = {**filed_by(visitor, DEPUTY), "actor": {"office": "executive_chair"}, "act": "put-to-vote", "fields": {}}
    assert (await office.post("/v1/asks", json=chair)).status_code == 422, "of one person: only its fields are wrong"
    try:
        assert (await office.put("/v1/office", json={"one_person": False})).status_code == 200
        denied = await office.post("/v1/asks", json=chair)
        assert denied.status_code == 403 and denied.json()["needs"] == ["presidium"]
        await given(office, "scrutineer", person="D003")
        both = await office.post("/v1/tokens", json={"role": "teller", "person": "D003"})
        assert both.status_code == 409 and both.json()["reason"] == "RolesApart"
        issuing = bearer((await given(office, "secretariat"))["token"])
        answer = await office.post("/v1/tokens", json={"role": "presidium"}, headers=issuing)
        assert answer.status_code == 403, "nobody gives themselves more than they have"
    finally:
        assert (await office.put("/v1/office", json={"one_person": True})).status_code == 200
    alone = await given(office, "teller", person="D003")
    kept = visitor.engine.ledger.named("access.token-issued.v1")[-1].event
    assert [f.code for f in kept.findings] == ["RolesTogether"] and alone["state"] == "holds"


@pytest.mark.parametrize(
    ("role", "missing"), [("deputy", "person"), ("handling_unit", "unit"), ("integration", "acts")]
)
async def test_a_token_of_ones_own_says_whose_it_is(office: httpx.AsyncClient, role: str, missing: str) -> None:
    answer = await office.post("/v1/tokens", json={"role": role})
    assert answer.status_code == 409 and missing in answer.json()["says"]["zh"]


async def test_a_handling_unit_sees_its_own_matters_alone(visitor: Visitor, office: httpx.AsyncClient) -> None:
    unit = bearer((await given(office, "handling_unit"))["token"])
    assert (await office.get("/v1/deadlines", headers=unit)).json()["why"] == "unit"
    assert (await office.get("/v1/deadlines", params={"unit": "别的单位"}, headers=unit)).status_code == 403
    assert (await office.get("/v1/deadlines", params={"unit": UNIT}, headers=unit)).status_code == 200
    listed = (await office.get("/v1/matters", headers=unit)).json()
    assert {m["unit"] for m in listed} <= {UNIT}
    assert (await office.get(f"/v1/sessions/{visitor.session}/matters/s01", headers=unit)).status_code == 403


@pytest.mark.parametrize(
    "call", ["sessions/elsewhere/1-1/status", "figures?session=elsewhere/1-1", "suggestions?session=elsewhere/1-1"]
)
async def test_who_asks_for_a_session_that_is_not_there_is_told_of_those_alone_that_they_may_know_of(
    visitor: Visitor, office: httpx.AsyncClient, call: str
) -> None:
    told = [await given(office, "auditor", **within) for within in ({"bodies": ["elsewhere"]}, {})]
    answers = [await office.get(f"/v1/{call}", headers=bearer(each["token"])) for each in told]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [visitor.session in answer.text for answer in answers] == [False, True]


CO_UNIT = "镇水务站"


@pytest.fixture(scope="module")
async def matters(visitor: Visitor, office: httpx.AsyncClient) -> None:
    """Two with a term each: r1 of `UNIT` and, with it, of `CO_UNIT`; r2 of somebody else."""
    begun = {**suggestion(visitor, "r"), "act": "begin-matter", "actor": {"office": "presidium"}}
    about = {"kind": "resolution", "subject": "治水", "due": str(visitor.plan.session.closes)}
    for number, units in (("r1", {"unit": UNIT, "co_units": [CO_UNIT]}), ("r2", {"unit": "镇林业站"})):
        begins = {**begun, "command_id": f"begin-{number}", "fields": {**about, "number": number, **units}}
        step = {**begun, "act": "take-step", "command_id": f"step-{number}", "fields": {"step": "publish"}}
        for sent in (begins, {**step, "session": None, "stream": f"{visitor.session}/matter/{number}"}):
            answer = await office.post("/v1/acts", json=sent)
            assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(("unit", "sees"), [(UNIT, True), (CO_UNIT, True), ("别的单位", False)])
async def test_who_handles_a_matter_alone_or_with_others_finds_it_and_its_terms_and_no_others(
    visitor: Visitor, office: httpx.AsyncClient, matters: None, unit: str, sees: bool
) -> None:
    of, own = f"/v1/sessions/{visitor.session}", f"{visitor.session}/matter/r1"
    shown = bearer((await given(office, "handling_unit", unit=unit))["token"])
    assert [m["stream"] for m in (await office.get("/v1/matters", headers=shown)).json()] == [own] * sees
    matter = await office.get(f"{of}/matters/r1", headers=shown)
    assert matter.status_code == (200 if sees else 403)
    terms = (await office.get(f"{of}/deadlines", headers=shown)).json()
    assert {term["stream"] for term in terms} == {own} & ({own} if sees else set())
    calendar = Calendar.from_ical((await office.get(f"{of}/calendar.ics", headers=shown)).content)
    assert len(calendar.events) == len(terms)
    assert {own} < {term["stream"] for term in (await office.get(f"{of}/deadlines")).json()}


@pytest.mark.parametrize(
    "asked",
    [f"unit={UNIT}&unit=别的单位", f"unit=别的单位&unit={UNIT}", f"unit={UNIT}&unit=", f"unit={UNIT}&week=1&week=0"],
)
async def test_a_parameter_given_twice_is_refused_whatever_it_says(office: httpx.AsyncClient, asked: str) -> None:
    unit = bearer((await given(office, "handling_unit"))["token"])
    answer = await office.get(f"/v1/deadlines?{asked}", headers=unit)
    assert answer.status_code == 422 and "more than once" in answer.json()["fault"]["en"]


async def test_a_session_given_twice_is_refused_and_of_kinds_there_may_be_several(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    program = bearer((await given(office, "integration", bodies=["elsewhere"]))["token"])
    for asked in (
        f"session=elsewhere/1-1&session={visitor.session}",
        f"session={visitor.session}&session=elsewhere/1-1",
    ):
        assert (await office.get(f"/v1/events?wait=0&{asked}", headers=program)).status_code == 422
    answer = await office.get("/v1/events/stream?kind=matter&kind=nothing.at-all")
    assert answer.status_code == 422 and "nothing.at-all" in answer.json()["fault"]["en"]


async def test_an_operator_ends_a_token_and_gives_out_none(office: httpx.AsyncClient) -> None:
    operator = bearer((await given(office, "operator"))["token"])
    told = await given(office, "auditor")
    assert (await office.post("/v1/tokens", json={"role": "auditor"}, headers=operator)).status_code == 403
    assert (await office.delete(f"/v1/tokens/{told['id']}", headers=operator)).status_code == 200
    assert (await office.get("/v1/me", headers=bearer(told["token"]))).status_code == 401


async def test_who_comes_too_often_is_told_when_to_come_again_and_nobody_else_waits(visitor: Visitor) -> None:
    clock = iter([0.0] * 6 + [0.5] * 100)
    buckets = Buckets({"auditor": Rate(2, 3)}, clock=lambda: next(clock))
    async with inside(visitor, buckets) as http:
        auditor = bearer((await given(http, "auditor"))["token"])  # the office's own bucket is another
        answers = [await http.get("/v1/me", headers=auditor) for _ in range(4)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429]
        assert answers[3].headers["Retry-After"] == "1" and "秒" in answers[3].json()["fault"]["zh"]
        assert (await http.get("/v1/me")).status_code == 200
        assert (await http.get("/v1/me", headers=auditor)).status_code == 200, "half a second fills one of two a second"


async def test_wrong_tokens_are_counted_and_slowed_down_and_leave_nothing_on_record(visitor: Visitor) -> None:
    buckets, before = Buckets(clock=lambda: 0.0), visitor.engine.ledger.head()
    async with inside(visitor, buckets) as http:
        with structlog.testing.capture_logs() as said:
            answers = [(await http.get("/v1", headers=bearer(f"wrong-{n}"))).status_code for n in range(120)]
        assert answers == [401] * 100 + [429] * 20
        assert (await http.get("/v1")).status_code == 200, "whoever has a token does not wait for those who have none"
    counted = [s["so_far"] for s in said if s["event"] == "door.strangers"]
    assert counted == [1, 2, 4, 8, 16, 32, 64] and "wrong" not in json.dumps(said)
    assert visitor.engine.ledger.head() == before


async def test_a_denial_that_concerns_no_session_is_kept_all_the_same(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    told = await given(office, "deputy")
    assert (await office.get("/v1/verify", headers=bearer(told["token"]))).status_code == 403

    async def kept() -> bool:
        return any(d["token"] == told["id"] and d["tried"] == "read:verify" for d in denials(visitor))

    await until(kept)
    assert visitor.engine.verify().exit_code == 0


class Disk:
    """Takes nothing while it is full."""

    ledger: LedgerReader

    def __init__(self) -> None:
        self.full, self.kept = True, list[Submission]()

    async def submit(self, submission: Submission) -> Answer:
        if self.full:
            raise NotTaken(why="full")
        self.kept.append(submission)
        return Receipt(command_id=submission.command_id, act=submission.act, events=(), size=0, head="")

    def now(self) -> datetime:
        return datetime(2026, 1, 5, 9, tzinfo=CHINA)


async def test_an_attempt_that_the_full_disk_did_not_take_is_kept_when_there_is_room(visitor: Visitor) -> None:
    disk, who = Disk(), Principal(id="t1", role="auditor")
    keeper = Keeper(disk, Keyring(visitor.engine.folder, visitor.engine.reading, Token("")), Places(()), {}, Buckets())
    for full, kept in ((True, 0), (False, 1), (False, 1)):
        disk.full = full
        assert (await keeper.deny(who, "put-to-vote", Denied("role", OVER["unknown"]), None)).status_code == 403
        assert len(disk.kept) == kept


def test_secrets_made_by_two_processes_at_once_are_all_kept(tmp_path: Path, visitor: Visitor) -> None:
    rings = [Keyring(tmp_path, visitor.engine.reading, Token("")) for _ in range(2)]
    with ThreadPoolExecutor(2) as doors:
        list(doors.map(lambda n: rings[n % 2].make(f"t{n}"), range(40)))
    assert set(json.loads((tmp_path / FILE).read_bytes())) == {f"t{n}" for n in range(40)}
