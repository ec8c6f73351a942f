"""Hundreds at once through the doors: nobody lost, nobody twice, nobody stopped by another."""

import asyncio
import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.session.cards import RegisterCards
from domain.session.hall import SignedIn
from domain.session.held_cards import ResolveCard
from domain.session.parts import CardOf
from domain.session.roll import SuspendDeputy
from domain.session.sign_in import SignIn, SignOut
from tests.domain.chamber import SESSION, ids
from tests.engine.house import ROOT
from tests.hall.house import DAY, MORNING, bringing, card_of, doors
from yishi.hall.light import NoLight
from yishi.hall.signing import AT_ONCE, sign_in_batch
from yishi.ledger.errors import CommandIdReused
from yishi.ledger.verification import Outcome
from yishi.ledger.verify import verify
from yishi.record import deciders


@pytest.mark.parametrize("deputies", [1, 40, 300])
def test_all_of_them_at_once_in_any_order_and_again_are_each_counted_once(tmp_path: Path, deputies: int) -> None:
    with doors(tmp_path, deputies) as house:
        coming = list(house.session.roll) * 2
        random.Random(7).shuffle(coming)

        async def gates() -> list[dict[str, Any]]:
            pieces = [coming[n::5] for n in range(5)]
            bodies = [bringing(deputies=piece, device=f"gate-{n}") for n, piece in enumerate(pieces)]
            return await asyncio.gather(*(sign_in_batch(house, body, MORNING) for body in bodies))

        told = asyncio.run(gates())
        counted = [d for each in told for d in each["counted"]]
        assert sorted(counted) == sorted(house.session.roll)
        assert house.light["present"] == deputies and house.light["missing"] == 0
        assert house.light["position"] == house.ledger.head().size
    assert verify(tmp_path, deciders(), house.laws).outcome is Outcome.VERIFIED


def test_three_thousand_sign_in_and_the_light_is_right(tmp_path: Path) -> None:
    with doors(tmp_path, 3000) as house:
        told = house.batch(deputies=list(house.session.roll))
        assert len(told["counted"]) == 3000 and told["light"]["present"] == 3000
        assert house.does(SignOut(sitting="s1", remaining=1999)).outcome == "recorded"
        assert (house.light["missing"], house.light["enough"]) == (1, False)
        house.does(SignIn(sitting="s1", present=2000))
        assert (house.light["missing"], house.light["enough"]) == (0, True)


def test_a_large_batch_lets_another_door_have_its_turn(tmp_path: Path) -> None:
    with doors(tmp_path, 6 * AT_ONCE) as house:
        *many, one = house.session.roll

        async def both() -> tuple[int, int]:
            first, loop = asyncio.Event(), asyncio.get_running_loop()

            def grew(size: int) -> None:
                loop.call_soon_threadsafe(first.set)

            house.ledger.after_commit(grew)
            gate = asyncio.create_task(sign_in_batch(house, bringing(deputies=many), MORNING))
            await first.wait()
            told = await sign_in_batch(house, bringing(deputies=[one]), MORNING)
            assert told["counted"] == [one]
            return told["light"]["present"], len((await gate)["counted"])

        then, all_of_them = asyncio.run(both())
        assert then < len(many) and all_of_them == len(many) and house.light["missing"] == 0


def test_one_who_is_wrong_stops_no_other_and_is_told_why(tmp_path: Path) -> None:
    with doors(tmp_path, 5, suspended=("d002",)) as house:
        told = house.batch(deputies=["d001", "d002", "x9", "不是编号", "d003"])
        assert told["counted"] == ["d001", "d003"]
        assert [(r["deputy"], r["reason"]) for r in told["refused"]] == [
            ("d002", "DutiesSuspended"), ("x9", "NotADeputy"), ("不是编号", "NotWellFormed"),
        ]  # fmt: skip
        assert all(r["says"]["zh"] and r["says"]["en"] for r in told["refused"])
        assert told["light"]["present"] == 2
        assert house.batch(deputies=["d003", "d001"])["already"] == ["d003", "d001"]


def test_cards_known_and_unknown_in_one_batch(tmp_path: Path) -> None:
    with doors(tmp_path, 5, cards=True, suspended=("d002",)) as house:
        told = house.batch(cards=["cd001", "cd002", "77", "cd001", "C D003"], device="gate-1")
        assert told["counted"] == ["cd001"]
        assert [(h["card"], h["why"]) for h in told["held"]] == [
            ("cd002", "suspended"),
            ("77", "unknown"),
            ("CD003", "unknown"),
        ]
        assert "d002" in told["held"][0]["says"]["zh"]
        assert (told["light"]["present"], told["light"]["held"]) == (1, 3)
        again = house.batch(cards=["77", "cd001"])
        assert (again["already"], [h["card"] for h in again["held"]]) == (["cd001"], ["77"])
        assert house.does(ResolveCard(sitting="s1", card="77", deputy="d004")).outcome == "recorded"
        assert (house.light["present"], house.light["held"]) == (2, 2)
        house.does(ResolveCard(sitting="s1", card="CD003", rejected=True))
        assert house.batch(cards=["CD003"])["refused"][0]["reason"] == "CardRejected"
        house.does(RegisterCards(cards=(CardOf(card="new", deputy="d001"),)))
        assert house.batch(cards=["cd001"])["held"][0]["why"] == "withdrawn"
        assert house.light["present"] == 2


def test_going_out_by_card_and_by_id_and_coming_in_again(tmp_path: Path) -> None:
    with doors(tmp_path, 3, cards=True) as house:
        house.batch(cards=["cd001", "cd002", "cd003"])
        told = house.batch(out=["cd001", "d002"])
        assert told["counted"] == ["cd001", "d002"] and (told["light"]["present"], told["light"]["out"]) == (1, 2)
        assert house.batch(out=["cd001"])["already"] == ["cd001"]
        assert house.batch(cards=["cd001"])["light"]["present"] == 2


def test_two_devices_that_show_one_card_at_once_count_it_once(tmp_path: Path) -> None:
    with doors(tmp_path, 3, cards=True) as house:

        async def both() -> list[dict[str, Any]]:
            bodies = [bringing(cards=["cd001", "77"], device=f"gate-{n}") for n in (1, 2)]
            return await asyncio.gather(*(sign_in_batch(house, body, MORNING) for body in bodies))

        one, other = asyncio.run(both())
        assert [one["counted"], other["counted"]].count(["cd001"]) == 1
        assert (house.light["present"], house.light["held"]) == (1, 1)


def test_a_device_that_reports_late_keeps_its_time_and_one_that_runs_ahead_is_taken_at_ours(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        house.batch(deputies=["d001"], at=(MORNING - timedelta(minutes=20)).isoformat())
        house.batch(deputies=["d002"], at=(MORNING + timedelta(minutes=2)).isoformat())
        at = {e.event.deputy: e.event.at for e in house.ledger.named(SignedIn.name) if isinstance(e.event, SignedIn)}
        assert at == {"d001": MORNING - timedelta(minutes=20), "d002": MORNING}
        far = house.batch(deputies=["d003"], at=(MORNING + timedelta(hours=3)).isoformat())
        assert far["refused"][0]["reason"] == "ActInFuture" and far["light"]["present"] == 2


def test_the_same_batch_sent_again_under_its_id_is_answered_the_same(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        body = {"deputies": ["d001", "x9"], "command_id": "gate-1-0001"}
        first = house.batch(**body)
        size = house.ledger.head().size
        assert house.batch(**body) == first and house.ledger.head().size == size


def test_a_batch_for_no_such_sitting_or_session_or_in_no_such_form_is_told_so_and_nothing_is_taken(
    tmp_path: Path,
) -> None:
    with doors(tmp_path, 3, sittings=(("s1", "plenary"),)) as house:
        with pytest.raises(NoLight, match="s9"):
            house.batch(sitting="s9", deputies=["d001"])
        with pytest.raises(NoLight):
            house.batch(session="nowhere/1-1", deputies=["d001"])


def test_one_suspended_while_inside_counts_no_more_and_their_card_lets_them_out(tmp_path: Path) -> None:
    with doors(tmp_path, 3, cards=True) as house:
        house.batch(cards=["cd001", "cd002", "cd003"])
        house.does(SuspendDeputy(deputy="d001", ground="custody"))
        assert (house.light["present"], house.light["suspended"], house.light["enough"]) == (2, 1, True)
        assert house.batch(out=["cd001"])["counted"] == ["cd001"]
        assert house.light["present"] == 2


def test_the_light_after_a_restart_is_the_light_before(tmp_path: Path) -> None:
    with doors(tmp_path, 30, cards=True) as house:
        house.batch(cards=[card_of(d).card for d in ids(12)] + ["77"])
        house.does(SignIn(sitting="s1", present=20))
        house.batch(out=["d001", "d030"])
        before = house.light
    with doors(tmp_path) as again:
        assert again.light == before and before["present"] == 18


def test_a_process_killed_in_the_middle_of_a_batch_loses_nobody_who_was_told_they_are_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.hall.house", str(tmp_path), "120"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    acknowledged = {line.removeprefix("in ") for line in done.stdout.splitlines() if line.startswith("in ")}
    assert len(acknowledged) >= 40
    with doors(tmp_path) as house:
        inside = house.ledger.present(SESSION, "s1")
        assert acknowledged <= inside and house.light["present"] == len(inside)
        assert house.batch(deputies=list(house.session.roll))["light"]["present"] == 120
        assert sum(isinstance(e.event, SignedIn) for e in house.ledger.named(SignedIn.name)) == 120
    assert verify(tmp_path, deciders(), house.laws).outcome is Outcome.VERIFIED


def test_signing_in_belongs_to_its_day_in_the_record(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        house.batch(deputies=["d001"])
        (entry,) = house.ledger.named(SignedIn.name)
        assert entry.event.at.date() == DAY and entry.envelope.stream.endswith("/sign-in/s1-d001")


@pytest.mark.parametrize("said", [None, timedelta(minutes=1), timedelta(minutes=-1)])
def test_a_batch_sent_again_later_under_its_id_gets_the_answers_it_got(tmp_path: Path, said: timedelta | None) -> None:
    """Its time left out, of a clock that runs ahead, of one that is behind."""
    with doors(tmp_path, 5, cards=True) as house:
        at = {} if said is None else {"at": MORNING + said}
        body = bringing(deputies=["d001", "d002"], cards=["77"], command_id="gate-1", **at)
        first = asyncio.run(sign_in_batch(house, body, MORNING))
        size = house.ledger.head().size
        again = asyncio.run(sign_in_batch(house, body, MORNING + timedelta(minutes=10)))
        assert (first["counted"], len(first["held"])) == (["d001", "d002"], 1)
        assert again["counted"] == first["counted"] and again["held"] == first["held"]
        assert house.ledger.head().size == size


def test_when_one_could_not_be_taken_all_others_are_done_before_it_is_told(tmp_path: Path) -> None:
    with doors(tmp_path, 20) as house:
        house.batch(deputies=["d001"], command_id="gate-1")
        with pytest.raises(CommandIdReused):
            house.batch(deputies=list(house.session.roll), command_id="gate-1", device="another")
        assert house.light["present"] == 20


def tap(minute: int, card: str, *, out: bool = False) -> dict[str, object]:
    return {"at": (MORNING - timedelta(minutes=60 - minute)).isoformat(), "card": card, "out": out}


def test_what_a_device_noted_while_cut_off_counts_by_its_times_in_whatever_order_it_comes_and_however_often(
    tmp_path: Path,
) -> None:
    """d001 stays, d002 came and went, d003 went and came back, d004's going is all that was seen of them before; 77 is nobody's."""
    taps = [
        tap(1, "cd001"), tap(1, "cd002"), tap(5, "cd002", out=True), tap(2, "cd003", out=True), tap(9, "cd003"),
        tap(7, "cd004", out=True), tap(3, "cd004"), tap(4, "77"),
    ]  # fmt: skip
    for seed in range(6):
        with doors(tmp_path / str(seed), 5, cards=True) as house:
            coming = taps * 2
            random.Random(seed).shuffle(coming)
            for first in range(0, len(coming), 3):
                told = house.batch(taps=coming[first : first + 3], device="gate-1")
                assert told["refused"] == []
            assert (house.light["present"], house.light["held"], house.light["out"]) == (2, 1, 2), seed


def test_a_batch_of_taps_sent_again_under_its_id_gets_the_same_answer_and_a_tap_names_one_of_two(
    tmp_path: Path,
) -> None:
    with doors(tmp_path, 3, cards=True) as house:
        taps = [tap(1, "cd001"), tap(8, "cd001", out=True), {**tap(2, ""), "card": None, "deputy": "d002"}]
        first = house.batch(taps=taps, device="gate-1", command_id="b1")
        size = house.ledger.head().size
        assert first["counted"] == ["cd001", "d002", "cd001"]
        assert house.batch(taps=taps[::-1], device="gate-1", command_id="b1") == first
        assert house.ledger.head().size == size
        with pytest.raises(ValueError, match="deputy or card"):
            bringing(taps=[{**tap(1, "cd001"), "deputy": "d001"}])


def test_going_out_without_a_device_tells_nothing_of_one_who_never_came(tmp_path: Path) -> None:
    with doors(tmp_path, 3, cards=True) as house:
        assert house.batch(out=["d001"])["already"] == ["d001"]
        assert house.light["out"] == 0
