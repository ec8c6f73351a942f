"""Many acts over the door in one commit: all or none, and what runs goes on from the record."""

from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.calendar import at_clock
from tests.api.served import Visitor, until, visiting
from yishi.engine import running
from yishi.settings import Settings


def acts_on(visitor: Visitor, *numbers: str, deputy: str = "D001") -> list[dict[str, Any]]:
    """Each suggestion filed, assigned and replied to, before its term ends."""
    day = visitor.plan.session.opens
    made = []
    for number in numbers:
        assigned = {"assignments": [{"number": number, "unit": "镇建设办"}]}
        filed = {"number": number, "deputies": [deputy], "subject": f"关于修路的建议 {number}"}
        made += [
            body(visitor, "file-suggestion", filed, at_clock(day, 10), "secretariat"),
            body(visitor, "assign-suggestions", assigned, at_clock(day, 11), "presidium"),
            body(visitor, "reply-suggestion", {"result": "A"}, at_clock(day, 12), "handling_unit", number),
        ]
    return made


def body(
    visitor: Visitor, act: str, fields: dict[str, Any], at: Any, office: str, number: str | None = None
) -> dict[str, Any]:
    stream = f"{visitor.session}/matter/{number}" if number else f"{visitor.session}/session/1"
    of = number or fields.get("number") or fields["assignments"][0]["number"]
    return {
        "command_id": f"batch-{act}-{of}", "stream": stream, "actor": {"office": office}, "at": at.isoformat(),
        "act": act, "fields": fields,
    }  # fmt: skip


async def sent(visitor: Visitor, acts: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    answer = await visitor.http.post("/v1/batches", json={"acts": acts})
    return answer.status_code, answer.json()


async def test_all_acts_of_a_batch_are_one_commit_and_what_follows_is_taken_as_ever(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as visitor:
        assert (await visitor.register()).status_code == 200
        acts = acts_on(visitor, "b1", "b2")
        code, told = await sent(visitor, acts)
        assert code == 200 and (told["recorded"], told["already"]) == (6, 0), told
        ledger = visitor.engine.ledger
        events = [entry.envelope.stream.rsplit("/", 2)[1] for entry in ledger.notifications(after=1)]
        assert events == [*["session", "session", "matter", "matter"] * 2] and told["size"] == 9
        assert ledger.state(f"{visitor.session}/matter/b1").stands == "replied"
        assert await sent(visitor, acts) == (200, told) and ledger.head().size == 9, (
            "sent again: the same, and nothing more"
        )
        rated = body(
            visitor,
            "rate-reply",
            {"deputy": "D001", "result": "satisfied"},
            at_clock(visitor.plan.session.opens, 13),
            "deputy",
            "b1",
        )
        answer = await visitor.http.post("/v1/acts", json=rated)
        assert answer.status_code == 200 and ledger.state(f"{visitor.session}/matter/b1").over
        for act in visitor.course()[:2]:
            assert (await visitor.act(act)).status_code == 200


async def test_one_act_refused_and_none_is_recorded_no_id_is_spent_and_no_workflow_ended(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as visitor:
        assert (await visitor.register()).status_code == 200
        size = visitor.engine.ledger.head().size
        session = visitor.engine.client.get_workflow_handle(f"{visitor.session}/session/1")
        before = (await session.describe()).run_id
        stranger = acts_on(visitor, "b2", deputy="D999")
        code, told = await sent(visitor, [*acts_on(visitor, "b1"), *stranger])
        assert code == 409 and {each["n"]: each["reason"] for each in told["refused"]} == {
            3: "NotADeputy", 4: "NoSuchSuggestion", 5: "MatterUnknown",
        }  # fmt: skip
        assert visitor.engine.ledger.head().size == size and visitor.engine.verify().exit_code == 0
        assert (await session.describe()).run_id == before
        code, told = await sent(visitor, acts_on(visitor, "b1", "b2"))
        assert code == 200 and told["recorded"] == 6
        without_time = [{**each, "at": None} for each in acts_on(visitor, "b3")]
        assert (await sent(visitor, without_time))[0] == 422


async def test_a_reply_of_long_ago_is_never_taken_for_missed_though_its_term_has_passed(tmp_path: Path) -> None:
    """Entered one by one, the suggestion would be open for a moment, long after its last day."""
    async with visiting(tmp_path / "data") as visitor:
        assert (await visitor.register()).status_code == 200
        open_too = acts_on(visitor, "b2")[:2]
        assert (await sent(visitor, [*acts_on(visitor, "b1"), *open_too]))[0] == 200
        ledger = visitor.engine.ledger

        async def missed() -> bool:
            return bool(ledger.state(f"{visitor.session}/matter/b2").missed)

        await until(missed)  # nobody replied to the other one: its workflow runs, and says so
        assert not ledger.state(f"{visitor.session}/matter/b1").missed


async def test_what_a_batch_began_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with visiting(tmp_path / "data") as visitor:
        assert (await visitor.register()).status_code == 200
        assert (await sent(visitor, acts_on(visitor, "b1")))[0] == 200
        session = visitor.session
    async with running(Settings(folder=tmp_path / "data"), "real", clock_is_right=True) as engine:
        assert (await engine.progress(f"{session}/matter/b1")).has("replied")
        assert (await engine.progress(f"{session}/session/1")).has("assigned:b1")


async def test_a_batch_whose_workflows_cannot_be_begun_is_answered_and_they_are_begun_later_or_when_it_is_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.engine.following.AGAIN_SECONDS", 0.05)

    async def away(*_: Any, **__: Any) -> None:
        raise RPCError("connection refused", RPCStatusCode.UNAVAILABLE, b"")

    async with visiting(tmp_path / "data") as visitor:
        streams = [f"{visitor.session}/{each}" for each in ("session/1", "matter/b1")]
        handles = [visitor.engine.client.get_workflow_handle(each) for each in streams]
        acts = acts_on(visitor, "b1")

        async def all_run() -> bool:
            try:
                return {(await each.describe()).status for each in handles} == {WorkflowExecutionStatus.RUNNING}
            except RPCError:
                return False

        with monkeypatch.context() as cut:
            cut.setattr(visitor.engine.client, "start_workflow", away)
            registered = await visitor.register()
            assert registered.status_code == 503 and registered.headers["retry-after"]
        assert (await visitor.register()).status_code == 200
        with monkeypatch.context() as cut:
            cut.setattr(visitor.engine.client, "start_workflow", away)
            code, told = await sent(visitor, acts)
            assert (code, told["recorded"]) == (200, 3), "it is on the record, so it is answered"
            assert not await all_run()
        await until(all_run)
        for each in handles:  # as they are left by a door that is killed after its commit
            await each.terminate()
        assert await sent(visitor, acts) == (200, told) and await all_run()
