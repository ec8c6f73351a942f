"""What changes in a session's record reaches the matters that came of it: each is told once, at the latest at the next start."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

import yishi.engine.composition
from activities.doors import Doors
from domain.calendar import legal_date
from domain.holidays import Holidays
from domain.progress import Start
from domain.session.suggestions import SuggestionsAssigned
from domain.submission import Submission
from tests.engine.live import Hand, Session, live, plan_to_come
from yishi.engine import Engine
from yishi.law import STATUTES, LawLibrary
from yishi.ledger.verify import verify
from yishi.planning.script import ScriptAct
from yishi.record import deciders

TEN_WORKING_DAYS = """
[[rule]]
id = "DL25-test-contact"
topic = "suggestion.contact_within"
levels = ["township"]
article = "51"
says.zh = "为本测试假设:十个工作日内联系代表。"
says.en = "Assumed for this test: the deputy is contacted within ten working days."
value = { kind = "period", amount = 10, unit = "working_days" }
consequence = "alert"
verified = "T"
"""


@pytest.fixture
def statutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A law book of this test's own: a term in working days, and no year's holidays announced yet."""
    copy = Path(shutil.copytree(STATUTES, tmp_path / "statutes"))
    shutil.rmtree(copy / "holidays")
    (copy / "holidays").mkdir()
    text = (copy / "DL25.toml").read_text(encoding="utf-8")
    (copy / "DL25.toml").write_text(text + TEN_WORKING_DAYS, encoding="utf-8")
    monkeypatch.setattr(yishi.engine.composition, "LawLibrary", partial(LawLibrary, statutes=copy))
    return copy


def announce(statutes: Path, assigned: date) -> date:
    """Announce the years around a day, with the three working days after it off; the last day of ten working days from there."""
    off, day = list[date](), assigned
    while len(off) < 3:
        day += timedelta(days=1)
        off += [day] if day.weekday() < 5 else []
    for year in range(assigned.year - 1, assigned.year + 3):
        days = [d.isoformat() for d in off if d.year == year] or [f"{year}-01-01"]
        written = f'year = {year}\nsource = "assumed"\nverified = "M"\noff = [{", ".join(days)}]\nworked = []\n'
        (statutes / "holidays" / f"{year}.toml").write_text(written, encoding="utf-8")
    return Holidays(LawLibrary(None, statutes).newest().holidays).working_days_after(assigned, 10)


def adopting(session: Session, engine: Engine) -> Submission:
    edition = engine.laws.newest().edition
    return session.submission(ScriptAct(at=session.hand.now, act="adopt-edition", fields={"edition": edition}), "adopt")


async def assigned(folder: Path, place: Path) -> tuple[Hand, date, date]:
    """The small town with two suggestions assigned: when that was, and the provisional day by which the deputy is contacted."""
    hand = Hand()
    async with live(folder, hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", place))
        await session.play(until="assign-suggestions")
        clock = (await engine.progress(session.matter("s01"))).clocks["contacted"]
        assert clock.provisional
        return hand, legal_date(clock.started), clock.last_day


RECOUNTED = ["matter.opened.v1", "matter.terms-recounted.v1"]


async def missed_after(engine: Engine, stream: str) -> list[timedelta]:
    """How soon a worker is missed that dies while it starts or tells matters, of each time that a session's workflow had it done."""
    events = (await engine.client.get_workflow_handle(stream).fetch_history()).events
    asked = [e.activity_task_scheduled_event_attributes for e in events]
    return [each.heartbeat_timeout.ToTimedelta() for each in asked if each.activity_type.name]


async def test_holidays_announced_and_adopted_move_the_terms_of_every_open_matter_visibly_and_once(
    tmp_path: Path, statutes: Path
) -> None:
    hand, day, before = await assigned(tmp_path / "data", tmp_path)
    after = announce(statutes, day)
    assert after > before
    async with live(tmp_path / "data", hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        assert session.recorded(session.matter("s01")) == ["matter.opened.v1"], (
            "the session goes on under its old edition"
        )
        answer = await engine.submit(adopting(session, engine))
        assert answer.outcome == "recorded"
        for matter in map(session.matter, ("s01", "s02")):
            assert session.recorded(matter) == RECOUNTED
            clock = (await engine.progress(matter)).clocks["contacted"]
            assert clock.last_day == after and not clock.provisional, "its workflow waits for the new day"
        assert {after.seconds for after in await missed_after(engine, session.stream)} == {10}
        size = engine.ledger.head().size
        assert await engine.submit(adopting(session, engine)) == answer
        await engine.tell_matters(session.stream)
        assert engine.ledger.head().size == size
    assert verify(tmp_path / "data", deciders(), LawLibrary(tmp_path / "data", statutes)).exit_code == 0


class Slow:
    """Starts and tells nothing, and is done once a sign of life was heard."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()

    async def start_matters(self, starts: Sequence[Start]) -> None:
        await self.heard.wait()

    async def tell_matters(self, session: str, recorded_at: datetime | None) -> None:
        await self.heard.wait()


async def test_whoever_starts_or_tells_matters_gives_signs_of_life_meanwhile() -> None:
    for name, arguments in (("start_matters", ([],)), ("tell_matters", ("xiuzhou/10-4/session/1", None))):
        slow, environment = Slow(), ActivityEnvironment()
        environment.on_heartbeat = lambda *_, slow=slow: slow.heard.set()
        doors = Doors(ledger=None, starting=slow)  # type: ignore[arg-type] # nothing is recorded
        async with asyncio.timeout(60):
            await environment.run(getattr(doors, name), *arguments)


async def test_stopped_between_the_adoption_and_the_matters_they_are_told_at_the_next_start(
    tmp_path: Path, statutes: Path
) -> None:
    hand, day, _ = await assigned(tmp_path / "data", tmp_path)
    after = announce(statutes, day)
    async with live(tmp_path / "data", hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        await engine.ledger.record(adopting(session, engine))  # on record, and then the machine stopped
        assert session.recorded(session.matter("s01")) == ["matter.opened.v1"]
    for _ in range(2):
        async with live(tmp_path / "data", hand) as engine:
            session = Session(engine, hand, plan_to_come("jia", tmp_path))
            assert session.recorded(session.matter("s01")) == session.recorded(session.matter("s02")) == RECOUNTED
            assert (await engine.progress(session.matter("s02"))).clocks["contacted"].last_day == after


async def corrected(session: Session, engine: Engine, unit: str) -> Submission:
    """The assignment of the small town's suggestions, with another unit for the first."""
    entries = engine.ledger.events(session.stream)
    version, event = next((e.envelope.version, e.event) for e in entries if isinstance(e.event, SuggestionsAssigned))
    assignments = [a.model_dump(mode="json") for a in event.assignments]
    assignments[0]["unit"] = unit
    fields = {"version": version, "changes": {"assignments": assignments}, "why": "笔误"}
    return session.submission(ScriptAct(at=session.hand.now, act="correct", fields=fields), "correct")


FOLLOWED = ["matter.opened.v1", "matter.record-followed.v1"]


async def test_a_unit_corrected_in_the_session_is_the_matters_at_once_and_after_a_stop_in_between_at_the_next_start(
    tmp_path: Path,
) -> None:
    hand = Hand()
    async with live(tmp_path / "data", hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        await session.play(until="assign-suggestions")
        assert (await engine.submit(await corrected(session, engine, "水利站"))).outcome == "recorded"
        assert session.recorded(session.matter("s01")) == FOLLOWED
        assert session.recorded(session.matter("s02")) == ["matter.opened.v1"]
        assert engine.ledger.state(session.matter("s01")).unit == "水利站"
        again = (await corrected(session, engine, "文化站")).model_copy(update={"command_id": "again"})
        await engine.ledger.record(again)  # on record, and then the machine stopped
    for _ in range(2):
        async with live(tmp_path / "data", hand) as engine:
            session = Session(engine, hand, plan_to_come("jia", tmp_path))
            assert session.recorded(session.matter("s01")) == [*FOLLOWED, FOLLOWED[-1]]
            clocks = (await engine.progress(session.matter("s01"))).clocks
            assert {c.waits_for for c in clocks.values() if c.id == "reply"} == {"文化站"}, "its workflow knows, too"


async def test_struck_and_assigned_anew_its_workflow_ends_and_goes_on(tmp_path: Path) -> None:
    hand = Hand()
    async with live(tmp_path / "data", hand) as engine:
        session = Session(engine, hand, plan_to_come("jia", tmp_path))
        done = await session.play(until="assign-suggestions")
        version = len(session.recorded())
        strike = {"version": version, "strike": True, "why": "误交"}
        await engine.submit(session.submission(ScriptAct(at=hand.now, act="correct", fields=strike), "strike"))
        assert (await engine.progress(session.matter("s01"))).over
        handle = engine.client.get_workflow_handle(session.matter("s01"))
        await handle.result()
        anew = session.submission(done.model_copy(update={"at": hand.now}), "anew")
        assert (await engine.submit(anew)).outcome == "recorded"
        assert session.recorded(session.matter("s01")) == [*FOLLOWED, FOLLOWED[-1]]
        assert not (await engine.progress(session.matter("s01"))).over
