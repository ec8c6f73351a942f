"""An actor's own signature: over the whole command, checked at the door and again by whoever examines the record."""

import json
from collections.abc import AsyncIterator
from copy import copy
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.access.register import KeyRegistered, Register, TokenIssued, evolve
from domain.submission import Actor, Submission
from tests.api.holders import DEPUTY, bearer, given, inside
from tests.api.served import Visitor
from tests.api.test_acts import suggestion
from tests.ledger.kinds import copied, kind_of
from yishi.access.principal import CURRENT, Principal
from yishi.access.signed import public_text, sign
from yishi.api.acting import now
from yishi.api.guard import Forbidden, Guarded
from yishi.ballots.examined import examined
from yishi.engine import SignatureFails
from yishi.law import LawLibrary
from yishi.ledger.canonical import canonical
from yishi.ledger.merkle import leaf_hash, root_of
from yishi.ledger.past import Past
from yishi.ledger.signatures import fits
from yishi.record import deciders

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NUMBERS = count(1)


@pytest.fixture(scope="module")
async def office(visitor: Visitor) -> AsyncIterator[httpx.AsyncClient]:
    async with inside(visitor) as http:
        body = {"key": "k1", "person": DEPUTY, "public": public_text(KEY), "required": True}
        assert (await http.post("/v1/keys", json=body)).status_code == 200
        yield http


@pytest.fixture(scope="module")
async def deputy(office: httpx.AsyncClient) -> dict[str, str]:
    return bearer((await given(office, "deputy"))["token"])


def unsigned(visitor: Visitor, **changed: Any) -> dict[str, Any]:
    number = f"q{next(NUMBERS)}"
    body = suggestion(visitor, number)
    fields = {**body["fields"], "deputies": [DEPUTY]}
    return {**body, "command_id": number, "actor": {"office": "deputy"}, "fields": fields, **changed}


def signed(
    visitor: Visitor, body: dict[str, Any], deadline: datetime | None = None, edition: str = ""
) -> dict[str, Any]:
    whole = {k: v for k, v in body.items() if k != "session"} | {"stream": f"{body['session']}/session/1"}
    until = deadline or now(visitor.engine) + timedelta(minutes=5)
    signature = sign(KEY, "k1", Submission.model_validate(whole), until, edition)
    return {**body, "signature": signature.model_dump(mode="json")}


async def test_a_signed_act_is_recorded_with_its_signature_and_examined_again(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    edition = visitor.engine.ledger.state(f"{visitor.session}/session/1").edition
    body = signed(visitor, unsigned(visitor), edition=edition)
    answer = await office.post("/v1/acts", json=body, headers=deputy)
    assert answer.status_code == 200, answer.text
    kept = visitor.engine.ledger.notifications(after=answer.json()["events"][0]["position"] - 1, limit=1)[0].envelope
    assert kept.signature is not None and kept.signature.signed is not None
    assert fits(public_text(KEY), kept.signature.value, kept.signature.signed)
    assert kept.signature.signed["nonce"] == body["command_id"] and kept.actor.person == DEPUTY
    assert visitor.engine.verify().failures == ()


async def test_the_bytes_signed_are_those_the_documents_name(visitor: Visitor) -> None:
    page = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    example = page.split("```json signed\n")[1].split("\n```")[0]
    value = page.split("```text signature\n")[1].split("\n```")[0]
    assert canonical(json.loads(example)).decode() == example
    assert fits(public_text(KEY), value, json.loads(example))


async def test_whoever_signs_their_own_acts_is_not_acted_for_unsigned(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    answer = await office.post("/v1/acts", json=unsigned(visitor), headers=deputy)
    assert answer.status_code == 403 and answer.json()["why"] == "unsigned"
    as_them = unsigned(visitor, actor={"office": "deputy", "person": DEPUTY})
    assert (await office.post("/v1/acts", json=as_them)).json()["why"] == "unsigned", (
        "nor does the office speak for them"
    )
    paper = unsigned(visitor, actor={"office": "deputy", "person": DEPUTY, "on_behalf_of": DEPUTY})
    entered = await office.post("/v1/acts", json=paper)
    assert entered.status_code == 200, "what came on paper is entered for them, and the record says that it was"
    assert visitor.engine.verify().failures == ()


async def test_nobody_excuses_themselves_from_signing_by_saying_that_they_enter_it_for_somebody(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    for whom in (DEPUTY, "D004"):
        body = unsigned(visitor, actor={"office": "deputy", "on_behalf_of": whom})
        answer = await office.post("/v1/acts", json=body, headers=deputy)
        assert answer.status_code == 403 and answer.json()["why"] == "others"
    chair = bearer((await given(office, "presidium", person=DEPUTY))["token"])
    body = unsigned(visitor, actor={"office": "presidium", "on_behalf_of": "D004"})
    answer = await office.post(
        "/v1/acts", json={**body, "act": "put-to-vote", "fields": {"subject": "x"}}, headers=chair
    )
    assert answer.status_code == 403 and answer.json()["why"] == "unsigned"


def test_what_the_examination_holds_to_be_owed_is_what_the_door_does() -> None:
    moment, register = datetime(2026, 1, 1, tzinfo=UTC), Register()
    public = public_text(KEY)
    register = evolve(
        register, KeyRegistered(at=moment, basis=(), key="k1", person=DEPUTY, public=public, required=True)
    )
    issued = TokenIssued(at=moment, basis=(), token="t1", role="presidium", person=DEPUTY, expires=moment)
    register = evolve(register, issued)

    def owes(**said: str) -> bool:
        return register.owes(Actor.model_validate({"office": "deputy", **said}))

    assert owes(person=DEPUTY) and owes(person=DEPUTY, token="t1", on_behalf_of="D004")
    assert not owes(person=DEPUTY, token="office", on_behalf_of=DEPUTY) and not owes(person="D002") and not owes()


@pytest.mark.parametrize(
    "change",
    [
        {"command_id": "another-id"},
        {"reason": "别的理由"},
        {"fields": {"number": "zz", "deputies": [DEPUTY], "subject": "改过的内容"}},
        {"at": "2025-01-20T08:00:00+08:00"},
        {"session": "xiaozhen/3-3"},
        {"act": "raise-inquiry"},
    ],
)
async def test_a_signature_is_over_all_of_the_act_and_no_other(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str], change: dict[str, Any]
) -> None:
    body = {**signed(visitor, unsigned(visitor)), **change}
    answer = await office.post("/v1/acts", json=body, headers=deputy)
    assert answer.status_code in (403, 422) and visitor.engine.ledger.answer_of(body["command_id"]) is None
    if answer.status_code == 403:
        assert answer.json()["why"] == "signature"


async def test_a_signed_act_sent_again_gets_its_answer_even_late_and_a_late_one_is_not_taken(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    clock = now(visitor.engine)
    late = signed(visitor, unsigned(visitor), deadline=clock - timedelta(seconds=1))
    answer = await office.post("/v1/acts", json=late, headers=deputy)
    assert answer.status_code == 403 and answer.json()["why"] == "deadline"
    exactly = signed(visitor, unsigned(visitor), deadline=clock)
    first = await office.post("/v1/acts", json=exactly, headers=deputy)
    assert first.status_code == 200, first.text
    resigned = signed(
        visitor, {k: v for k, v in exactly.items() if k != "signature"}, deadline=clock - timedelta(days=1)
    )
    assert (await office.post("/v1/acts", json=resigned, headers=deputy)).json() == first.json()


async def test_what_is_signed_is_judged_again_when_its_turn_comes_and_nothing_that_failed_then_is_stored(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    """It waited too long behind others: the door had let it in."""
    late = signed(visitor, unsigned(visitor), deadline=now(visitor.engine) - timedelta(seconds=1))
    sent = Submission.model_validate(
        {k: v for k, v in late.items() if k != "session"} | {"stream": f"{visitor.session}/session/1"}
    )
    entered = sent.model_copy(update={"actor": Actor(office="deputy", person=DEPUTY, role="deputy", token="t1")})
    before = visitor.engine.ledger.head()
    for submission, word in ((entered, "deadline"), (entered.model_copy(update={"signature": None}), "unsigned")):
        with pytest.raises(SignatureFails) as fails:
            await visitor.engine.submit(submission)
        assert fails.value.word == word and fails.value.text.zh
    assert visitor.engine.ledger.head() == before and visitor.engine.ledger.answer_of(sent.command_id) is None
    anew = signed(visitor, {k: v for k, v in late.items() if k != "signature"})
    assert (await office.post("/v1/acts", json=anew, headers=deputy)).status_code == 200, (
        "signed anew it is taken under its id"
    )


async def test_a_key_revoked_while_an_act_waits_is_told_as_one_revoked_before(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    body = {"key": "k2", "person": "D003", "public": public_text(KEY)}
    assert (await office.post("/v1/keys", json=body)).status_code == 200
    earlier = copy(visitor.engine)
    earlier.reading = Past(visitor.engine.reading, visitor.engine.ledger.head().size)
    asked = unsigned(visitor, actor={"office": "deputy", "person": "D003"}, stream=f"{visitor.session}/session/1")
    asked["fields"]["deputies"] = ["D003"]
    sent = Submission.model_validate({k: v for k, v in asked.items() if k != "session"})
    signature = sign(KEY, "k2", sent, now(visitor.engine) + timedelta(minutes=5))
    assert (await office.delete("/v1/keys/k2")).status_code == 200
    whose = CURRENT.set(Principal.office(one_person=True))
    with pytest.raises(Forbidden) as denied:
        await Guarded(earlier).submit(sent.model_copy(update={"signature": signature}))
    CURRENT.reset(whose)
    assert denied.value.denied.why == "key" and visitor.engine.ledger.answer_of(sent.command_id) is None
    assert visitor.engine.verify().failures == ()


async def test_what_one_enters_for_an_organ_is_not_signed_as_ones_own(
    visitor: Visitor, office: httpx.AsyncClient
) -> None:
    """The entry would name nobody whose signature it could be, and no examination would hold it to be anybody's."""
    teller = bearer((await given(office, "teller", person=DEPUTY))["token"])
    sheet = {"subject": "budget", "sheet": 1, "issued": 1, "returned": 1, "valid": 1, "void": 0}
    fields = {**sheet, "in_favour": 1, "against": 0, "abstained": 0}
    body = unsigned(visitor, actor={"office": "scrutineer"}, act="enter-vote-sheet", fields=fields)
    answer = await office.post("/v1/acts", json=signed(visitor, body), headers=teller)
    assert answer.status_code == 403 and answer.json()["why"] == "key", answer.text
    assert visitor.engine.ledger.answer_of(body["command_id"]) is None


async def test_a_signature_for_another_edition_of_the_law_or_with_anothers_key_is_not_taken(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str]
) -> None:
    other = signed(visitor, unsigned(visitor), edition="ab" * 32)
    assert (await office.post("/v1/acts", json=other, headers=deputy)).json()["why"] == "edition"
    theirs = bearer((await given(office, "deputy", person="D002"))["token"])
    body = unsigned(visitor)
    body["fields"]["deputies"] = ["D002"]
    assert (await office.post("/v1/acts", json=signed(visitor, body), headers=theirs)).json()["why"] == "key"
    unknown = signed(visitor, unsigned(visitor))
    unknown["signature"]["key"] = "k9"
    assert (await office.post("/v1/acts", json=unknown, headers=deputy)).json()["why"] == "key"


async def test_a_key_id_stands_for_one_key_for_ever(office: httpx.AsyncClient) -> None:
    body = {"key": "k1", "person": DEPUTY, "public": public_text(Ed25519PrivateKey.generate()), "required": True}
    assert (await office.post("/v1/keys", json=body)).json()["reason"] == "KeyKnown"
    assert {k["key"]: k["state"] for k in (await office.get("/v1/keys")).json()}["k1"] == "holds"


def forged(folder: Path, copy: Path, name: str, change: Any) -> str:
    """A copy of a ledger whose newest event of a name its operator changed, with every leaf and root made to fit; what is wrong there."""
    copied(folder, copy, "temporal*", "*.log", "*.lock")
    kind = kind_of(copy)
    with kind.owner(copy) as db, kind.unguarded(db):
        rows = db.execute("SELECT position, topic, state FROM stored_events ORDER BY position").fetchall()
        victim = max(p for p, topic, state in rows if topic == name and b'"signature"' in state)
        leaves = []
        for position, _, state in rows:
            if position == victim:
                fields = json.loads(state)
                change(fields)
                state = canonical(fields)  # noqa: PLW2901
                new = f"state = x'{state.hex()}', leaf = x'{leaf_hash(state).hex()}'"
                db.execute(kind.asked(f"UPDATE stored_events SET {new} WHERE position = {position}"))
            leaves.append(leaf_hash(state))
        for (last,) in db.execute("SELECT last_position FROM commits").fetchall():
            root = root_of(leaves[:last]).hex()
            db.execute(kind.asked(f"UPDATE commits SET root = x'{root}' WHERE last_position = {last}"))
    found = examined(copy, deciders(), LawLibrary(copy))
    assert found.exit_code == 1
    said = [f for f in found.failures if f.check == "actor_signature"]
    assert [f.position for f in said] == [victim] and "E-ACTORSIG" in said[0].to("zh")
    return said[0].to("en")


FORGERIES = {
    "the signature left out": lambda e: e.pop("signature"),
    "another signature": lambda e: e["signature"].update(value="A" * 86 + "=="),
    "other words under it": lambda e: e["signature"]["signed"]["fields"].update(subject="运维改写的内容"),
    "carried to another command": lambda e: e.update(command_id="other"),
    "in another's name": lambda e: e["actor"].update(person="D002"),
    "as another office": lambda e: e["actor"].update(office="secretariat"),
    "after its deadline": lambda e: e.update(recorded_at="2030-01-01T00:00:00+00:00"),
    "at another time": lambda e: e["data"].update(at="2020-01-01T00:00:00+08:00"),
    "by a key of nobody": lambda e: e["signature"].update(key="k7"),
}


@pytest.mark.parametrize("how", FORGERIES)
async def test_an_operator_who_writes_in_a_deputys_name_is_found_by_the_signature(
    visitor: Visitor, office: httpx.AsyncClient, deputy: dict[str, str], tmp_path: Path, how: str
) -> None:
    """Attack 2. All hashes are made to fit: the signature alone tells."""
    assert (await office.post("/v1/acts", json=signed(visitor, unsigned(visitor)), headers=deputy)).status_code == 200
    assert forged(visitor.engine.folder, tmp_path / "copy", "session.suggestion-filed.v1", FORGERIES[how])
