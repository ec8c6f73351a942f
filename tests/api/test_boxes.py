"""A secret ballot over the real door: key holders and voters as programs of their own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.ballot.form import Form, everybody
from domain.submission import Submission
from tests.api.served import Visitor, visiting
from yishi.access.signed import public_text, sign
from yishi.api.acting import now
from yishi.client import Door
from yishi.client.ballots import AlreadyCast, NoBallot, ask_for_ballot, cast, sealed
from yishi.client.troubles import NotWellFormed
from yishi.scrutineers.keys import Ceremony, ceremony, waking_key
from yishi.scrutineers.opening import opened
from yishi.sealed.hpke import from_text

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FORM = Form(box="box-1", kind="vote", about="budget")
HOLDERS = ["D005", "D006", "D007"]
BOX = "/sessions/xiaozhen/3-2/boxes/box-1"


class Poll(NamedTuple):
    visitor: Visitor
    made: Ceremony
    folder: Path

    async def acts(self, act: str, office: str, **fields: Any) -> dict[str, Any]:
        number = (await self.visitor.http.get("/v1")).json()["size"]
        body = {"command_id": f"{act}-{number}", "session": self.visitor.session, "actor": {"office": office}}
        answer = await self.visitor.http.post("/v1/acts", json={**body, "act": act, "fields": fields})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def asked(self, command_id: str, office: str) -> dict[str, Any]:
        at = now(self.visitor.engine).isoformat()
        return {"command_id": command_id, "actor": {"office": office, "person": "D005"}, "at": at}

    def signature(self, asked: dict[str, Any], act: str, fields: dict[str, Any]) -> dict[str, Any]:
        whole = asked | {"stream": f"{self.visitor.session}/session/1", "act": act, "fields": fields}
        until = now(self.visitor.engine) + timedelta(minutes=5)
        return sign(KEY, "k5", Submission.model_validate(whole), until).model_dump(mode="json")

    async def votes(self, deputy: str, mark: Any) -> None:
        await asyncio.to_thread(self._votes, deputy, mark)

    def _votes(self, deputy: str, mark: Any) -> None:
        door = Door(self.folder)
        paper = ask_for_ballot(door, self.visitor.session, "box-1", deputy)
        ballot = sealed(paper, everybody(paper.form, mark))
        cast(door, ballot)
        cast(door, ballot)
        door.close()


@contextlib.asynccontextmanager
async def polling_in(folder: Path, made: Ceremony) -> AsyncIterator[Poll]:
    """A box sealed in an open sitting of the small town, where six of seven are signed in by name."""
    async with visiting(folder) as at_the_door:
        await at_the_door.play(until="hear-report")
        poll = Poll(at_the_door, made, folder)
        await poll.acts("sign-in", "secretariat", sitting="plenary-1", deputies=[f"D00{n}" for n in range(1, 7)])
        await poll.acts(
            "seal-box", "scrutineer", form=FORM.model_dump(mode="json"), keys=poll.made.keys.model_dump(mode="json"),
            holders=HOLDERS, if_fewer="paper_ballot",
        )  # fmt: skip
        yield poll


@pytest.fixture
async def polling(tmp_path: Path) -> AsyncIterator[Poll]:
    async with polling_in(tmp_path / "data", ceremony(2, 3)) as poll:
        yield poll


async def test_a_ballot_over_the_door_from_the_key_to_the_count(polling: Poll):
    http = polling.visitor.http
    for deputy, mark in (("D001", "for"), ("D002", "for"), ("D003", "against")):
        await polling.votes(deputy, mark)
    with pytest.raises(NoBallot, match="D007"):
        await polling.votes("D007", "for")
    with pytest.raises(AlreadyCast):
        await polling.votes("D001", "against")
    told = (await http.get(f"/v1{BOX}")).json()
    assert (told["state"], told["issued"], told["returned"]) == ("sealed", 3, 3)
    assert (await http.get(f"/v1{BOX}/ballots")).status_code == 409

    claimed = {"command_id": "closing", "actor": {"office": "presidium", "one_person": True}}
    assert (await http.post(f"/v1{BOX}/close", json=claimed)).status_code == 422, "who entered it the door says"
    key = {"key": "k5", "person": "D005", "public": public_text(KEY), "required": True}
    assert (await http.post("/v1/keys", json=key)).status_code == 200
    body = polling.asked("closing", "presidium")
    denied = await http.post(f"/v1{BOX}/close", json=body)
    assert (denied.status_code, denied.json()["why"]) == (403, "unsigned")
    await polling.votes("D004", "for")  # the ballot goes on
    issue = polling.asked("issuing", "scrutineer")
    issue |= {"signature": polling.signature(issue, "issue-ballot", {"box": "box-1", "deputies": ["D005"]})}
    assert (await http.post(f"/v1{BOX}/ballot", json=issue | {"deputy": "D005"})).status_code == 200
    body |= {"signature": polling.signature(body, "close-box", {"box": "box-1"})}
    closed = await http.post(f"/v1{BOX}/close", json=body)
    assert closed.status_code == 200, closed.text
    assert (await http.post(f"/v1{BOX}/close", json=body)).json() == closed.json()
    told = (await http.get(f"/v1{BOX}")).json()
    ballots = [from_text(each) for each in (await http.get(f"/v1{BOX}/ballots")).json()["ballots"]]
    came_out = opened(
        FORM, polling.made.keys, told["issued"], told["returned"], told["root"], ballots, polling.made.shares[:2]
    )
    await polling.acts("open-box", "scrutineer", box="box-1", holders=HOLDERS[:2], **came_out.fields)
    for holder in HOLDERS[:2]:
        await polling.acts(
            "attest-box", "scrutineer", box="box-1", scrutineer=holder, ballots=came_out.fields["ballots"]
        )

    vote = came_out.fields["vote"]
    assert (vote["in_favour"], vote["against"], vote["abstained"], vote["valid"]) == (3, 1, 0, 4)
    assert (await http.get(f"/v1{BOX}")).json()["state"] == "attested"
    assert polling.visitor.engine.verify().exit_code == 0
    with pytest.raises(NotWellFormed, match="关闭"):
        await polling.votes("D006", "for")


async def test_issuing_and_closing_past_the_box_is_sent_to_the_right_place(polling: Poll):
    closing = {"box": "box-1", "returned": 9, "root": "ab" * 32}
    for act, fields in (("issue-ballot", {"box": "box-1", "deputies": ["D001"]}), ("close-box", closing)):
        body = {
            "command_id": act,
            "session": polling.visitor.session,
            "actor": {"office": "scrutineer"},
            "act": act,
            "fields": fields,
        }
        answer = await polling.visitor.http.post("/v1/acts", json=body)
        assert answer.status_code == 422 and "boxes" in answer.json()["fault"]["zh"]


async def test_what_is_wrong_with_a_cast_is_told_and_nothing_is_taken(polling: Poll):
    http = polling.visitor.http
    wrong: tuple[dict[str, Any], ...] = (
        {"token": "AAAA", "sealed": "AAAA"},
        {"token": "A" * 43 + "=", "sealed": "A" * 1520},
        {"token": "???", "sealed": "A"},
        {"token": "AAAA"},
        {"token": "AAAA", "sealed": "AAAA", "deputy": "D001"},
    )
    for body in wrong:
        answer = await http.post(f"/v1{BOX}/cast", json=body)
        assert answer.status_code == 422 and answer.json()["fault"]["en"], answer.text
    for content in (b"{", b'{"token": "AAAA", "token": "AAAB", "sealed": "AAAA"}', b"[]", b"\xff"):
        answer = await http.post(f"/v1{BOX}/cast", content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422 and answer.json()["fault"]["en"], answer.text
    assert (await http.post(f"/v1{BOX}/cast", content=b"{}", headers={"Content-Type": "text/plain"})).status_code == 422
    assert (await http.post("/v1/sessions/xiaozhen/3-2/boxes/UP%20/cast", json=wrong[0])).status_code == 422
    assert (await http.post("/v1/sessions/xiaozhen/3-2/boxes/other/cast", json=wrong[0])).status_code == 404
    assert (await http.get(f"/v1{BOX}")).json()["returned"] == 0


async def test_a_box_sleeps_after_a_restart_until_key_holders_wake_it_over_the_door(tmp_path: Path):
    made = ceremony(2, 3)
    async with polling_in(tmp_path / "data", made) as first:
        await first.votes("D001", "for")
    async with visiting(tmp_path / "data") as again:
        poll = Poll(again, made, tmp_path / "data")
        with pytest.raises(NotWellFormed, match="2 名密钥持有人"):
            await poll.votes("D002", "for")
        told = (await again.http.get(f"/v1{BOX}")).json()
        assert told["asleep"]
        key = waking_key("box-1", made.keys, FORM.digest, told["restart"], made.shares[1:])
        assert (await again.http.post(f"/v1{BOX}/wake", json={"key": "AAAA"})).status_code == 422
        assert (await again.http.post(f"/v1{BOX}/wake", json={"key": key})).status_code == 200
        await poll.votes("D002", "for")
        with pytest.raises(AlreadyCast):
            await poll.votes("D001", "for")
        assert (await again.http.get(f"/v1{BOX}")).json()["returned"] == 2
