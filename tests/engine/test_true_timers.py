"""In real life Temporal's timers tell the time: a deadline that is not met fires at its instant, one that was met never."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.matter.reminding import MatterEscalatedLate
from domain.matter.terms import TermMissed
from tests.engine.live import Hand, Session, address_of, county_to_come, live, plan_to_come, skipping_time
from yishi.engine import Engine
from yishi.planning.script import ScriptAct


@pytest.fixture(scope="module")
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    async with skipping_time() as env:
        yield env


@pytest.fixture(scope="module")
def hand() -> Hand:
    return Hand()


@pytest.fixture(scope="module")
async def engine(
    skipping: WorkflowEnvironment, hand: Hand, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Engine]:
    async with live(tmp_path_factory.mktemp("live") / "data", hand, temporal_address=address_of(skipping)) as running:
        yield running


async def pass_time(env: WorkflowEnvironment, hand: Hand, stream: str, days: int) -> None:
    """Move one workflow's clock, and the ledger's with it."""
    handle = env.client.get_workflow_handle(stream)
    hand.now = max(hand.now, await env.get_current_time(handle) + timedelta(days=days))
    await env.fast_forward(handle, timedelta(days=days))


async def test_a_budget_not_published_in_time_is_recorded_as_missed_by_a_true_timer_at_its_instant(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("jia", tmp_path))
    assert not session.rehearsal
    await session.play(until="publish-results")
    running = (await engine.progress(session.stream)).running
    clock = min((each for each in running if not each.is_notice), key=lambda each: each.due)
    assert "session.deadline-missed.v1" not in session.recorded()
    await pass_time(skipping, hand, session.stream, 90)
    assert session.recorded()[-3:] == [
        "session.reminded.v1", "session.deadline-missed.v1", "session.escalated-late.v1",
    ]  # fmt: skip
    missed = engine.ledger.events(session.stream)[-2]
    assert missed.event.at == clock.due
    assert missed.envelope.recorded_at == hand.now
    assert (await engine.progress(session.stream)).next_clock is None


async def test_a_reply_that_does_not_come_within_three_months_is_missed_by_a_true_timer_and_the_met_one_is_not(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("yi", tmp_path))
    await session.play(until="publish-budget")
    replied = next(act for act in session.course if act.of == "s01")
    assert (await session.do(replied)).outcome == "recorded"
    for stream in (session.stream, session.matter("s02")):
        await pass_time(skipping, hand, stream, 200)
    assert session.recorded(session.matter("s01")) == ["matter.opened.v1", "matter.replied.v1"]
    assert session.recorded(session.matter("s02")) == [
        "matter.opened.v1", "matter.reminded.v1", "matter.reply-missed.v1", "matter.escalated-late.v1",
    ]  # fmt: skip
    assert "session.deadline-missed.v1" not in session.recorded(), "the budget was published in time"
    late = next(act for act in session.course if act.of == "s02")
    answer = await session.do(late.model_copy(update={"at": hand.now}))
    assert answer.outcome == "recorded", "a missed deadline never blocks the reply"


async def test_a_matter_found_difficult_has_the_longer_term_and_its_shorter_one_leaves_no_trace(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("bing", tmp_path))
    assigned = await session.play(until="assign-suggestions")
    extending = assigned.model_copy(update={"act": "extend-suggestion", "of": "s01", "fields": {"why": "涉及面广"}})
    assert (await session.do(extending)).outcome == "recorded"
    before = engine.ledger.head().size
    await pass_time(skipping, hand, session.matter("s01"), 150)
    assert engine.ledger.head().size == before, "nothing passed yet: neither a miss nor a refused attempt"
    await pass_time(skipping, hand, session.matter("s01"), 100)
    assert session.recorded(session.matter("s01"))[-3:] == [
        "matter.reminded.v1", "matter.reply-missed.v1", "matter.escalated-late.v1",
    ]  # fmt: skip
    passed = engine.ledger.notifications(after=before)
    assert [e.envelope.stream for e in passed].count(session.matter("s01")) == 3, (
        "one term, its reminder and its escalation"
    )
    assert {e.event.name for e in passed} <= {
        "matter.reminded.v1", "matter.reply-missed.v1", "matter.escalated-late.v1",
        "session.reminded.v1", "session.deadline-missed.v1", "session.escalated-late.v1",
    }  # fmt: skip
    assert [e.event.at for e in passed] == sorted(e.event.at for e in passed), "what fell due earlier is recorded first"


async def test_an_item_not_rectified_by_its_day_is_reminded_of_missed_and_escalated_and_the_rectified_one_is_not(
    engine: Engine, skipping: WorkflowEnvironment, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, county_to_come("wu", tmp_path))
    register = session.course[0]
    assert (await session.do(register)).outcome == "recorded"
    opinion = session.matter("op1")
    last = hand.now.date() + timedelta(days=30)
    items = [
        {"code": code, "text": "建立台账", "unit": "区公安局", "due": str(last), "check": "查看台账"} for code in "ab"
    ]
    about = {"number": "op1", "kind": "review-opinion", "subject": "审议意见", "unit": "县人民政府"}
    for act, by, fields in (
        ("begin-matter", "sc_office", about),
        ("take-step", "sc_office", {"step": "collate", "text": "归纳为两条"}),
        ("list-items", "sc_office", {"items": items}),
        ("take-step", "council_of_chairpersons", {"step": "approve"}),
        ("take-step", "sc_office", {"step": "hand-over"}),
        ("rectify-item", "government", {"item": "a", "text": "台账已建立"}),
    ):
        of = None if act == "begin-matter" else "op1"
        done = await session.do(ScriptAct(at=hand.now, act=act, by=by, of=of, fields=fields), f"{act}-{fields}"[:150])
        assert done.outcome == "recorded", done
    clocks = (await engine.progress(opinion)).clocks
    assert clocks["item-a"].last_day == clocks["item-b"].last_day == last
    its_time = await skipping.get_current_time(
        skipping.client.get_workflow_handle(opinion)
    )  # the hand may be ahead of it
    await pass_time(skipping, hand, opinion, (last - its_time.date()).days + 30)
    told = [entry.event for entry in engine.ledger.events(opinion)]
    of_items = [
        (e.name, getattr(e, "term", getattr(e, "clock", ""))) for e in told if "item-" in getattr(e, "clock", "")
    ]
    assert of_items == [
        ("matter.reminded.v1", "item-b"), ("matter.term-missed.v1", "item-b"), ("matter.escalated-late.v1", "item-b"),
    ]  # fmt: skip
    missed = next(e for e in told if isinstance(e, TermMissed))
    assert missed.at == clocks["item-b"].due and missed.waits_for == "区公安局"
    escalated = next(e for e in told if isinstance(e, MatterEscalatedLate))
    assert escalated.waits_for == "council_of_chairpersons"
    late = ScriptAct(at=hand.now, act="rectify-item", by="government", of="op1", fields={"item": "b", "text": "补建"})
    assert (await session.do(late)).outcome == "recorded", "a missed term never blocks"
