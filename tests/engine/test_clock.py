"""A computer's clock that is wrong: nothing is recorded by it, and no deadline is missed, before somebody has looked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.live import Hand
from tests.engine.sleeping import Asleep, awake, missed, played
from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring
from yishi.ledger.clock import TOLERATED_BEHIND, TOLERATED_JUMP, SteadyClock
from yishi.ledger.errors import ClockBehind, ClockJumped
from yishi.ledger.ledger import Ledger
from yishi.waking import TOLERATED_SLEEP, ClockIsAhead, ClockIsBehind

SECOND = timedelta(seconds=1)
EMPTY_BATTERY = datetime(2015, 1, 1, tzinfo=UTC)


def ledger_at(folder: Path, hand: Hand) -> Ledger:
    return Ledger(folder, DECIDERS, ToyLaws(), clock=hand)


@pytest.fixture
def hand() -> Hand:
    hand = Hand()
    hand.now = NINE
    return hand


def test_an_act_by_a_clock_behind_the_last_record_is_not_taken_and_is_when_the_clock_is_set_right(
    tmp_path: Path, hand: Hand
) -> None:
    with ledger_at(tmp_path, hand) as ledger:
        ledger.record_now(bring("a"))
        hand.now = NINE - TOLERATED_BEHIND - SECOND
        with pytest.raises(ClockBehind) as told:
            ledger.record_now(bring("b"))
        assert "校准时钟" in told.value.to("zh") and "Set the clock right" in told.value.to("en")
        assert ledger.head().size == 1
        hand.now = NINE
        assert ledger.record_now(bring("b")).outcome == "recorded", "its id was not spent"


def test_a_clock_set_back_by_a_time_server_within_ten_minutes_is_believed(tmp_path: Path, hand: Hand) -> None:
    with ledger_at(tmp_path, hand) as ledger:
        ledger.record_now(bring("a"))
        hand.now = NINE + timedelta(hours=1)
        ledger.record_now(bring("b"))
        hand.now -= TOLERATED_BEHIND
        assert ledger.record_now(bring("c")).outcome == "recorded"


class Machine:
    """A machine whose clock and whose real time are in the test's hand."""

    def __init__(self) -> None:
        self.wall, self.elapsed = NINE, 0.0

    def passes(self, time: timedelta) -> None:
        self.wall, self.elapsed = self.wall + time, self.elapsed + time.total_seconds()


def test_a_clock_set_a_year_ahead_for_a_moment_records_nothing_and_set_right_it_goes_on(tmp_path: Path) -> None:
    machine = Machine()
    clock = SteadyClock(lambda: machine.wall, lambda: machine.elapsed)
    with Ledger(tmp_path, DECIDERS, ToyLaws(), clock=clock) as ledger:
        machine.wall += timedelta(days=365)
        with pytest.raises(ClockJumped) as told:
            ledger.record_now(bring("a"))
        assert "拨到" in told.value.to("zh") and "was set to" in told.value.to("en")
        machine.wall -= timedelta(days=365)
        assert ledger.record_now(bring("a")).outcome == "recorded"


def test_a_laptop_that_sleeps_for_months_has_no_clock_that_jumped() -> None:
    machine = Machine()
    clock = SteadyClock(lambda: machine.wall, lambda: machine.elapsed)
    machine.passes(timedelta(days=150))
    machine.wall += TOLERATED_JUMP
    assert clock() == machine.wall
    machine.wall += SECOND
    with pytest.raises(ClockJumped):
        clock()


@pytest.fixture(scope="module")
async def slept(tmp_path_factory: pytest.TempPathFactory) -> Asleep:
    return await played(tmp_path_factory.mktemp("slept") / "data")


async def test_an_engine_does_not_start_by_a_clock_of_2015_and_says_what_to_do(slept: Asleep) -> None:
    with pytest.raises(ClockIsBehind) as told:
        async with awake(slept.folder, EMPTY_BATTERY):
            pass
    assert "2015-01-01" in told.value.text.zh and "--clock-is-right" in told.value.text.en


async def test_after_nine_months_and_a_moment_it_asks_once_whether_the_clock_is_right_and_misses_nothing_before(
    slept: Asleep,
) -> None:
    with pytest.raises(ClockIsAhead) as told:
        async with awake(slept.folder, slept.at + TOLERATED_SLEEP + SECOND):
            pass
    assert "270 天" in told.value.text.zh and "270 days" in told.value.text.en
    async with awake(slept.folder, slept.at) as engine:
        assert missed(engine) == []
    async with awake(slept.folder, slept.at + TOLERATED_SLEEP + SECOND, clock_is_right=True) as engine:
        assert missed(engine) == slept.due
    async with awake(slept.folder, slept.at + TOLERATED_SLEEP + timedelta(days=1)) as engine:
        assert engine.waking.caught_up == [], "asked once: the record now ends at this clock"


async def test_nine_months_to_the_second_are_believed_unasked(slept: Asleep, tmp_path: Path) -> None:
    asleep = await played(tmp_path / "data")
    async with awake(asleep.folder, asleep.at + TOLERATED_SLEEP) as engine:
        assert missed(engine) == asleep.due


async def test_told_that_the_clock_is_right_it_goes_on_though_the_last_record_was_made_by_a_wrong_one(
    tmp_path: Path,
) -> None:
    asleep = await played(tmp_path / "data")
    async with awake(asleep.folder, asleep.at - timedelta(days=1), clock_is_right=True) as engine:
        assert missed(engine) == []
        assert engine.ledger.believed_now() == asleep.at - timedelta(days=1)
