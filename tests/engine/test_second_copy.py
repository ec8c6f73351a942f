"""An engine with a second copy: the record is on the stick after each act, and the work resumes from it."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.engine.house import everything_stored
from tests.engine.live import Hand, Session, plan_to_come
from yishi.engine import running
from yishi.law import LawLibrary
from yishi.ledger.ledger import Ledger
from yishi.mirror import restore
from yishi.mirror.troubles import MirrorAhead
from yishi.record import deciders
from yishi.settings import Settings


async def test_a_session_goes_on_from_the_stick_on_another_machine_and_the_old_one_is_turned_away(
    tmp_path: Path,
) -> None:
    hand, plan, stick = Hand(), plan_to_come("jia", tmp_path), tmp_path / "copy"
    ledger_of = partial(Ledger, clock=hand)
    async with running(Settings(folder=tmp_path / "old"), "real", mirror=stick, ledger_of=ledger_of) as engine:
        session = Session(engine, hand, plan)
        await session.play(until="open-sitting")
        assert engine.mirror is not None
    assert everything_stored(stick) == everything_stored(tmp_path / "old")
    restore(stick, tmp_path / "new", deciders(), LawLibrary)
    async with running(Settings(folder=tmp_path / "new", mirror=stick), "real", ledger_of=ledger_of) as engine:
        session = Session(engine, hand, plan)
        hand.now += timedelta(minutes=1)
        assert (await session.do(session.suggestion("t01"))).outcome == "recorded"
    assert everything_stored(stick) == everything_stored(tmp_path / "new")
    with pytest.raises(MirrorAhead):
        async with running(Settings(folder=tmp_path / "old"), "real", mirror=stick, ledger_of=ledger_of):
            pass
