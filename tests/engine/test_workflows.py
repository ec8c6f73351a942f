"""The workflows under load: acts at once, acts twice, runs that go on as new; nothing is lost, nothing doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import workflows.desk
from domain.session.suggestions import SuggestionFiled
from domain.submission import Receipt
from tests.engine.live import Hand, Session, live, plan_to_come
from yishi.engine import Engine, NoSuchSession, PlayedDifferently
from yishi.server import workers


@pytest.fixture(scope="module")
def hand() -> Hand:
    return Hand()


@pytest.fixture(scope="module")
async def engine(hand: Hand, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    async with live(tmp_path_factory.mktemp("live") / "data", hand) as running:
        yield running


@pytest.fixture(scope="module")
async def busy(hand: Hand, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """An engine whose workflows go on as new after every tenth update instead of the 500th.

    The number stands in a module that each sandboxed run imports afresh; here the modules are passed through, so that the one
    changed for this test is the one that runs. What the workflows do is theirs.
    """
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(workflows.desk, "UPDATES_A_RUN", 10)
        changed.setattr(workers, "PASSED_THROUGH", (*workers.PASSED_THROUGH, "workflows"))
        async with live(tmp_path_factory.mktemp("busy") / "data", hand) as running:
            yield running


async def first_run(engine: Engine, stream: str) -> bool:
    """Whether a workflow is still in its first run."""
    told = await engine.client.get_workflow_handle(stream).describe()
    return told.run_id == told.raw_description.workflow_execution_info.first_run_id


async def test_ten_suggestions_handed_in_at_once_are_all_filed_and_none_is_refused_falsely(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("jia", tmp_path))
    await session.play(until="open-sitting")
    answers = await asyncio.gather(*(session.do(session.suggestion(f"t{n:02}"), f"file-{n}") for n in range(10)))
    assert [a.outcome for a in answers] == ["recorded"] * 10
    assert sorted(a.events[0].version for a in answers if isinstance(a, Receipt)) == list(range(10, 20))


async def test_one_act_sent_five_times_at_once_is_done_once_and_answered_alike(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("yi", tmp_path))
    await session.play(until="open-sitting")
    filing = session.suggestion("t01")
    answers = await asyncio.gather(*(session.do(filing, "the-same-id") for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert session.recorded().count("session.suggestion-filed.v1") == 1


async def test_one_id_used_for_two_different_acts_is_told_and_the_second_is_not_done(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    """Temporal alone would hand out the first one's receipt for the second."""
    session = Session(engine, hand, plan_to_come("zi", tmp_path))
    await session.play(until="open-sitting")
    assert (await session.do(session.suggestion("t01"), "twice")).outcome == "recorded"
    with pytest.raises(PlayedDifferently) as told:
        await session.do(session.suggestion("t02"), "twice")
    assert "twice" in told.value.text.zh and "twice" in told.value.text.en
    assert session.recorded().count("session.suggestion-filed.v1") == 1


async def test_a_hundred_acts_of_eight_clients_survive_ten_runs_that_go_on_as_new(
    busy: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(busy, hand, plan_to_come("bing", tmp_path))
    await session.play(until="open-sitting")
    numbers = [f"t{n:03}" for n in range(100)]
    waiting = iter(numbers)

    async def client() -> list[str]:
        return [(await session.do(session.suggestion(number), f"file-{number}")).outcome for number in waiting]

    outcomes = [outcome for done in await asyncio.gather(*(client() for _ in range(8))) for outcome in done]
    assert outcomes == ["recorded"] * 100
    filed = [e.event.number for e in busy.ledger.events(session.stream) if isinstance(e.event, SuggestionFiled)]
    assert Counter(filed) == Counter(numbers)
    assert not await first_run(busy, session.stream)


async def test_an_act_sent_again_after_the_run_went_on_as_new_gets_the_answer_it_got(
    busy: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(busy, hand, plan_to_come("ding", tmp_path))
    await session.play(until="open-sitting")
    first = await session.do(session.suggestion("t01"), "kept")
    for n in range(2, 14):
        await session.do(session.suggestion(f"t{n:02}"), f"other-{n}")
    assert not await first_run(busy, session.stream)
    assert await session.do(session.suggestion("t01"), "kept") == first


async def test_suggestions_assigned_in_one_run_are_not_handed_over_again_in_the_next(
    busy: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(busy, hand, plan_to_come("wu", tmp_path))
    await session.play(until="report-handling")
    for number in ("s01", "s02"):
        assert session.recorded(session.matter(number)) == ["matter.opened.v1", "matter.replied.v1"]
    assert await busy.client.get_workflow_handle(session.stream).result() is None, "its story is at its end"


async def test_an_act_for_a_session_that_nobody_registered_is_turned_away(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("ji", tmp_path))
    with pytest.raises(NoSuchSession) as told:
        await session.do(session.course[1])
    assert session.stream in told.value.text.zh and session.stream in told.value.text.en


async def test_after_the_story_has_ended_a_correction_is_still_taken_and_a_second_reply_adds_nothing(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("geng", tmp_path))
    last = await session.play(until="report-handling", without=["hear-voters"])
    await engine.client.get_workflow_handle(session.stream).result()
    note = last.model_copy(update={"act": "record-irregularity", "fields": {"fact": "voters-heard", "why": "补记"}})
    assert (await session.do(note)).outcome == "recorded"
    assert session.recorded()[-1] == "session.irregularity-recorded.v1"
    reply = next(act for act in session.course if act.of == "s01").model_copy(update={"at": last.at})
    again = await session.do(reply, "a second reply")
    assert isinstance(again, Receipt) and again.events == ()


async def test_a_reply_to_a_suggestion_that_was_never_assigned_is_refused_by_the_record(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("xin", tmp_path))
    await session.play(until="open-sitting")
    reply = next(act for act in session.course if act.of == "s01")
    answer = await session.do(reply.model_copy(update={"of": "s77"}))
    assert answer.outcome == "refused" and answer.reason == "MatterUnknown"


async def test_an_assignment_corrected_later_starts_the_matter_it_adds(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("ren", tmp_path))
    assigning = await session.play(until="assign-suggestions", without=["assign-suggestions"])
    one, other = assigning.fields["assignments"]
    await session.do(assigning.model_copy(update={"fields": {"assignments": [one]}}))
    version = engine.ledger.events(session.stream)[-1].envelope.version
    for act, fields in (
        ("presidium-decides", {"matter": "correction"}),
        ("correct", {"version": version, "changes": {"assignments": [one, other]}, "why": "漏列一件"}),
    ):
        answer = await session.do(assigning.model_copy(update={"act": act, "fields": fields}))
        assert answer.outcome == "recorded", answer
    assert session.recorded(session.matter("s02")) == ["matter.opened.v1"]
    assert (await engine.progress(session.matter("s02"))).next_clock is not None


@pytest.mark.soak
async def test_six_hundred_acts_pass_the_real_limit_of_a_run_and_none_is_lost(
    engine: Engine, hand: Hand, tmp_path: Path
) -> None:
    session = Session(engine, hand, plan_to_come("gui", tmp_path))
    await session.play(until="open-sitting")
    numbers = [f"t{n:03}" for n in range(600)]
    for begin in range(0, 600, 10):
        answers = await asyncio.gather(*(session.do(session.suggestion(n), n) for n in numbers[begin : begin + 10]))
        assert {a.outcome for a in answers} == {"recorded"}
    assert session.recorded().count("session.suggestion-filed.v1") == 600
    assert not await first_run(engine, session.stream)
