"""Totals of a key-pad system at the door: each for itself, in any order and again; one that disagrees is refused and counted nowhere."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.session.state import Session
from tests.api.holders import bearer, given
from tests.api.served import Visitor, visiting
from tests.api.test_acts import post


@pytest.fixture(scope="module")
async def visitor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Visitor]:
    """At the door while presidium and agenda are about to be put to the vote."""
    async with visiting(tmp_path_factory.mktemp("key-pads") / "data") as at_the_door:
        await at_the_door.play(until="put-to-vote")
        yield at_the_door


def voting(visitor: Visitor, subject: str) -> dict[str, Any]:
    act = next(a for a in visitor.course() if a.act == "put-to-vote" and a.fields["subject"] == subject)
    return visitor.body(act)


def total(visitor: Visitor, subject: str, yes: int, no: int = 0, *, later: int = 0, **more: Any) -> dict[str, Any]:
    at = datetime.fromisoformat(voting(visitor, subject)["at"]) + timedelta(seconds=later - 60)
    return {"subject": subject, "at": at.isoformat(), "in_favour": yes, "against": no, "abstained": 0, **more}


async def bring(visitor: Visitor, *totals: dict[str, Any], **more: Any) -> httpx.Response:
    body = {"session": visitor.session, "device": "hall-1", "totals": list(totals), **more}
    return await post(visitor, "key-pad-totals", body)


async def test_a_program_of_another_body_is_told_nothing_of_this_one_whatever_it_brings(visitor: Visitor) -> None:
    """Also where it comes to no act: nobody of that name, no id at all, a clock that is ahead."""
    told = await given(
        visitor.http, "integration", bodies=["elsewhere"], acts=["sign-in", "sign-out", "enter-device-count"]
    )
    sitting = next(s.code for s in visitor.plan.sittings)
    ahead = {"totals": [total(visitor, "agenda", 6) | {"at": "2999-01-01T00:00:00+08:00"}], "device": "hall-1"}
    brought: list[tuple[str, dict[str, Any]]] = [
        ("sign-ins", {}), ("sign-ins", {"listed": ["没有这个人"]}), ("sign-ins", {"listed_out": ["没有这个人"]}),
        ("sign-ins", {"deputies": ["!!"]}), ("sign-ins", {"sitting": "nowhere"}), ("key-pad-totals", ahead),
    ]  # fmt: skip
    for session in (visitor.session, "nowhere/1-1"):
        for call, more in brought:
            body = {"session": session, **({"sitting": sitting} if call == "sign-ins" else {}), **more}
            answer = await visitor.http.post(f"/v1/{call}", json=body, headers=bearer(told["token"]))
            assert answer.status_code == 403 and answer.json()["why"] == "body", (call, more, answer.text)


async def test_totals_in_any_order_and_again_are_each_recorded_once_and_the_vote_takes_them(visitor: Visitor) -> None:
    agenda, presidium = total(visitor, "agenda", 6, 1), total(visitor, "presidium", 7)
    first = (await bring(visitor, agenda, presidium)).json()
    assert first == {"recorded": ["presidium", "agenda"], "already": [], "refused": []}
    size = visitor.engine.ledger.head().size
    for order in ((presidium, agenda), (agenda, presidium, agenda)):
        assert (await bring(visitor, *order)).json() == first
    elsewhere = datetime.fromisoformat(agenda["at"]).astimezone().isoformat()
    assert (await bring(visitor, agenda | {"at": elsewhere})).json()["recorded"] == ["agenda"]  # the same instant
    later = await bring(visitor, total(visitor, "agenda", 6, 1, later=5))
    assert later.json() == {"recorded": [], "already": ["agenda"], "refused": []}
    assert visitor.engine.ledger.head().size == size
    session: Session = visitor.engine.ledger.state(visitor.plan.stream)
    assert not session.votes  # a total puts nothing to the vote

    body = voting(visitor, "presidium")
    body["fields"] = {"subject": "presidium", "persons": body["fields"]["persons"], "method": "electronic"}
    answer = await post(visitor, "acts", body)
    assert answer.status_code == 200, answer.text
    session = visitor.engine.ledger.state(visitor.plan.stream)
    vote = session.votes["presidium"]
    assert (vote.count.in_favour, vote.device, vote.adopted) == (7, "hall-1", True)


async def test_a_total_that_disagrees_is_refused_alone_and_the_record_stays_as_it_was(visitor: Visitor) -> None:
    answer = await bring(
        visitor,
        total(visitor, "agenda", 7, later=9),
        total(visitor, "presidium", 6, 1, later=9),
        total(visitor, "agenda", 6, 1, later=11),
    )
    told = answer.json()
    assert told["recorded"] == [] and told["already"] == ["agenda"]
    assert [(r["subject"], r["reason"]) for r in told["refused"]] == [
        ("presidium", "DeviceTotalsDiffer"), ("agenda", "DeviceTotalsDiffer"),
    ]  # fmt: skip
    assert all(r["says"]["zh"] and r["says"]["en"] and r["basis"] for r in told["refused"])
    session: Session = visitor.engine.ledger.state(visitor.plan.stream)
    (counted,) = session.device_counts["agenda"].values()
    assert counted.in_favour == 6 and session.votes["presidium"].count.in_favour == 7


async def test_a_clock_that_is_far_ahead_spends_nothing_and_one_a_little_ahead_is_taken_at_ours(
    visitor: Visitor,
) -> None:
    now = visitor.engine.now()
    size = visitor.engine.ledger.head().size
    far = total(visitor, "agenda", 6, 1) | {"at": (now + timedelta(minutes=6)).isoformat()}
    told = (await bring(visitor, far)).json()
    assert [r["reason"] for r in told["refused"]] == ["ClockAhead"] and visitor.engine.ledger.head().size == size
    near = far | {"at": (now + timedelta(minutes=4)).isoformat()}
    for _ in range(2):
        assert (await bring(visitor, near)).json()["already"] == ["agenda"]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"session": "dazhen/9-9"}, 404), ({"totals": []}, 422), ({"device": "a b"}, 422), ({"device": ""}, 422)],
)
async def test_what_is_not_well_formed_or_of_no_session_is_told_so(visitor: Visitor, body: Any, status: int) -> None:
    assert (await bring(visitor, total(visitor, "agenda", 6, 1), **body)).status_code == status


async def test_a_device_with_a_token_for_its_act_alone_may_bring_totals_and_nothing_else(visitor: Visitor) -> None:
    pads = await given(visitor.http, "integration", acts=["enter-device-count"], bodies=[visitor.session])
    gate = await given(visitor.http, "integration", acts=["sign-in"], bodies=[visitor.session])
    body = {"session": visitor.session, "device": "hall-1", "totals": [total(visitor, "agenda", 6, 1)]}
    said = [
        (await visitor.http.post("/v1/key-pad-totals", json=body, headers=bearer(t["token"]))).status_code
        for t in (pads, gate)
    ]
    assert said == [200, 403]
