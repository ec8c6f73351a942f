"""A question (问一问) is judged as the act would be, and leaves no trace."""

from pathlib import Path

import pytest

from domain.submission import Receipt
from tests.ledger.kinds import Kind, tables
from tests.ledger.toy import ARTICLE, CHAIRS_IN_STORE, DECIDERS, HALL, NINE, ToyLaws, bring, sit
from yishi.ledger.errors import BadSubmission, CommandIdReused
from yishi.ledger.ledger import Ledger

QUESTIONS = [bring("q1", 3), bring("q2", CHAIRS_IN_STORE + 1), sit("q3", "D001"), bring("a", 3)]


async def test_it_tells_what_would_be_recorded_on_what_basis(ledger: Ledger) -> None:
    asked = await ledger.ask(bring("q", 3))
    assert (asked.outcome, asked.refusal) == ("may", None)
    (foreseen,) = asked.events
    receipt = await ledger.record(bring("a", 3))
    assert isinstance(receipt, Receipt)
    recorded = receipt.events[0].model_dump(exclude={"position", "version", "leaf", "stopped"})
    assert foreseen.model_dump() == recorded
    assert foreseen.basis == (ARTICLE,)


async def test_it_tells_the_reason_that_would_be_given_and_keeps_no_attempt(ledger: Ledger) -> None:
    asked = await ledger.ask(bring("q", CHAIRS_IN_STORE + 1))
    assert asked.outcome == "refused" and asked.refusal is not None
    assert (asked.refusal.reason, asked.refusal.position) == ("NotEnoughChairs", None)
    refused = await ledger.record(bring("a", CHAIRS_IN_STORE + 1))
    assert refused.outcome == "refused" and refused.position == 1
    assert asked.refusal == refused.model_copy(update={"position": None, "command_id": "q"})


async def test_what_is_so_already_is_told_as_that(ledger: Ledger) -> None:
    await ledger.record(sit("a", "D001"))
    assert (await ledger.ask(sit("q", "D001"))).outcome == "already"


async def test_asked_under_an_id_that_was_answered_it_tells_that_answer(ledger: Ledger) -> None:
    await ledger.record(bring("a", 3))
    refused = await ledger.record(bring("b", CHAIRS_IN_STORE + 1))
    assert (await ledger.ask(bring("a", 3))).outcome == "already"
    assert (await ledger.ask(bring("b", CHAIRS_IN_STORE + 1))).refusal == refused
    with pytest.raises(CommandIdReused):
        await ledger.ask(bring("a", 4))


async def test_a_question_that_is_not_well_formed_is_told_so(ledger: Ledger) -> None:
    with pytest.raises(BadSubmission):
        await ledger.ask(bring("q", 3).model_copy(update={"fields": {"stools": 1}}))


async def test_no_table_changes_by_a_byte_and_the_next_act_is_as_if_nobody_had_asked(
    tmp_path: Path, kind: Kind
) -> None:
    told = []
    for asking in (True, False):
        folder = kind.made(tmp_path / str(asking))
        with Ledger(folder, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
            for act in (bring("a", 3), sit("b", "D002"), bring("c", CHAIRS_IN_STORE + 1)):
                await ledger.record(act)
            if asking:
                before, tail = tables(kind, folder), (ledger._tail.frontier.size, ledger._tail.frontier.root())
                for question in QUESTIONS * 2:
                    await ledger.ask(question)
                assert tables(kind, folder) == before
                assert (ledger._tail.frontier.size, ledger._tail.frontier.root()) == tail
                assert ledger.answer_of("q1") is None
            await ledger.record(bring("q1", 4))  # its id was not spent
        told.append(tables(kind, folder))
    assert told[0] == told[1]


async def test_asked_before_anything_was_ever_recorded_it_folds_an_empty_stream(ledger: Ledger) -> None:
    assert (await ledger.ask(sit("q", "D001"))).outcome == "may"
    assert ledger.head().size == 0
    assert ledger.state(HALL).seated == frozenset()


async def test_whoever_listens_is_told_once_of_each_commit_that_made_the_record_longer(ledger: Ledger) -> None:
    told: list[int] = []
    no_more = ledger.after_commit(told.append)
    await ledger.record(bring("a", 3))
    await ledger.record(bring("a", 3))
    await ledger.ask(bring("q", 3))
    await ledger.record(bring("b", CHAIRS_IN_STORE + 1))
    ledger.write(lambda cursor: None).result()  # what came before it is told of by now
    assert told == [1, 2]
    no_more()
    await ledger.record(bring("c", 3))
    ledger.write(lambda cursor: None).result()
    assert told == [1, 2]


async def test_a_listener_that_fails_keeps_nobody_from_the_record(ledger: Ledger) -> None:
    def fail(size: int) -> None:
        raise RuntimeError(size)

    ledger.after_commit(fail)
    assert isinstance(await ledger.record(bring("a", 3)), Receipt)
    assert isinstance(await ledger.record(bring("b", 3)), Receipt)
