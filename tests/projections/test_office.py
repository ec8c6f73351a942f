"""What an office looks at on Monday, over all its sessions and matters, on a real ledger."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import at_clock
from domain.matter.opening import OpenMatter
from domain.matter.steps import TakeStep
from domain.matter.terms import MissTerm
from domain.session.matters import BeginMatter
from domain.submission import Actor, Command, RecordedEvent, Submission
from tests.domain.chamber import HOUSE, SESSION
from tests.hall.house import DAY, MORNING, Doors, doors
from yishi.projections.monday import Office
from yishi.projections.office import light_of, narrowed, sunday_of
from yishi.projections.views import Views
from yishi.waking import Waking

DUE = date(2026, 6, 30)  # a Tuesday


class Folder:
    """A ledger with a session, on which matters are followed up."""

    def __init__(self, opened: Doors) -> None:
        self.house, self.office, self._acts = opened, Office(Views(opened.ledger)), 0

    def does(self, command: Command, of: str | None = None, by: str | None = None, **at: Any) -> None:
        self._acts += 1
        done = self.house.ledger.record_now(
            Submission(
                command_id=f"monday-{self._acts}", stream=f"{HOUSE}/matter/{of}" if of else SESSION,
                actor=Actor(office=by or command.offices[0]), at=at.get("at", MORNING), act=command.act,
                fields=command.model_dump(mode="json"), recorded_at=None,
            )
        )  # fmt: skip
        assert done.outcome == "recorded", done

    def wakes(self, day: date) -> list[RecordedEvent]:
        """The office is switched on that morning; what fell due meanwhile is recorded."""
        self.house.ledger.close()
        self.house = Doors(self.house.folder, clock=lambda: at_clock(day, 8))
        waking = Waking(self.house.ledger, rehearsal=False)
        asyncio.run(waking.catch_up())
        return waking.caught_up

    def follows(self, number: str, due: date | None = DUE, **more: Any) -> None:
        self.does(
            BeginMatter(number=number, kind="resolution", subject="治水", unit="水务局", due=due, **more),
            by="presidium",
        )
        self.does(OpenMatter(session=SESSION, number=number), of=number)

    def on(self, day: date, **asked: Any) -> dict[str, Any]:
        return narrowed(self.office.monday(at_clock(day, 8)), **asked)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with doors(tmp_path) as opened:
        made = Folder(opened)
        yield made
        made.house.ledger.close()


def lights(found: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(row["number"], row["light"], row["days_left"]) for row in found["deadlines"] if row["number"]]


def test_a_week_before_its_last_day_it_turns_yellow_and_the_day_after_it_red(folder: Folder) -> None:
    folder.follows("r1")
    for days, light in ((8, "green"), (7, "yellow"), (0, "yellow"), (-1, "red")):
        assert lights(folder.on(DUE - timedelta(days=days))) == [("r1", light, days)]
    assert light_of("met", -3) == ""


def test_this_week_ends_on_its_sunday(folder: Folder) -> None:
    assert sunday_of(date(2026, 6, 29)) == sunday_of(date(2026, 7, 5)) == date(2026, 7, 5)
    folder.follows("r1")
    folder.follows("r2", due=date(2026, 7, 5))
    folder.follows("r3", due=date(2026, 7, 6))
    monday = folder.on(date(2026, 6, 29), week=True)
    assert [number for number, _, _ in lights(monday)] == ["r1", "r2"]
    assert monday["counts"] == {"red": 0, "yellow": 2, "green": 0, "this_week": 2, "waiting": 0}


def test_it_says_for_whom_it_waits_and_who_asks_for_one_unit_sees_its_own(folder: Folder) -> None:
    folder.follows("r1")
    [row] = folder.on(DUE, unit="水务局")["deadlines"]
    assert (row["waits_for"], row["stands"]["id"], row["round"]) == ("水务局", "adopted", 1)
    assert row["kind"]["zh"] == "决议、决定" and row["title"] == "治水" and row["basis"]
    assert folder.on(DUE, unit="教育局")["deadlines"] == []


def test_what_waits_for_somebody_without_a_term_is_told_with_since_when(folder: Folder) -> None:
    folder.follows("r1", due=None)
    [row] = folder.on(DAY + timedelta(days=9), unit="presidium")["waiting"]
    assert (row["number"], row["days"], row["waits"]["zh"]) == ("r1", 9, "主席团"), (
        "a township has no standing committee"
    )
    folder.follows("r2")
    assert {row["number"] for row in folder.on(DAY)["waiting"]} == {"r1", "r2"}, "the unit has a term, the office none"
    folder.does(TakeStep(step="publish"), of="r2", by="presidium", at=MORNING + timedelta(minutes=5))
    assert [row["number"] for row in folder.on(DAY)["waiting"]] == ["r1"], "now it is the unit's turn, by its term"


def test_a_deputys_list_has_the_matters_of_that_deputy_alone(folder: Folder) -> None:
    folder.follows("r1", deputies=("d001", "d002"))
    folder.follows("r2", deputies=("d003",))
    assert [number for number, _, _ in lights(folder.on(DUE, deputy="d002"))] == ["r1"]
    assert [row["number"] for row in folder.on(DUE, deputy="d003")["waiting"]] == ["r2"]


def test_what_was_missed_stays_red_until_it_is_done_and_is_then_listed_only_on_demand(folder: Folder) -> None:
    folder.follows("r1", due=DAY - timedelta(days=1))
    folder.does(TakeStep(step="publish"), of="r1", by="presidium", at=MORNING + timedelta(minutes=5))
    folder.does(MissTerm(clock="report"), of="r1", by="clock")
    assert folder.on(DAY)["deadlines"][0]["state"] == "missed"
    folder.does(TakeStep(step="report", text="迟了"), of="r1", by="government", at=MORNING + timedelta(minutes=6))
    assert folder.on(DAY)["deadlines"] == []
    [row] = folder.on(DAY, all_=True)["deadlines"]
    assert (row["state"], row["light"]) == ("missed, then met", "")


def test_after_months_off_what_fell_due_is_recorded_once_each_on_its_own_day_in_order(folder: Folder) -> None:
    folder.follows("r1")
    caught = folder.wakes(date(2026, 12, 1))
    assert [(e.name, e.at) for e in caught] == [
        ("matter.reminded.v1", at_clock(date(2026, 6, 23), 0)),
        ("matter.term-missed.v1", at_clock(date(2026, 7, 1), 0)),
        ("matter.escalated-late.v1", at_clock(date(2026, 7, 8), 0)),
    ]
    late = [f.code for e in folder.house.ledger.events(f"{HOUSE}/matter/r1") for f in e.event.findings]
    assert late.count("LateEntry") == 0, "the record reads as if the machine had been on"
    assert folder.wakes(date(2026, 12, 2)) == []
