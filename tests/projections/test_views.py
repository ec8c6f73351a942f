"""Views of the record are worked out from it and come to what it comes to: whatever happened, in whatever order, on any day."""

import copy
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.arithmetic import Period
from domain.calendar import at_clock
from domain.law import Consequence
from domain.matter.contact import ConfirmContact, ContactDeputy
from domain.matter.objecting import DecideObjection, ObjectToAssignment
from domain.matter.opening import OpenMatter
from domain.matter.promises import CarryOver
from domain.matter.rating import CloseWithoutFeedback, RateReply
from domain.matter.recounting import RecountTerms
from domain.matter.replying import ReplyToSuggestion
from domain.matter.striking import StrikeEntry
from domain.matter.terms import MissTerm
from domain.session.correction import Correct
from domain.session.matters import BeginMatter
from domain.session.record import AdoptEdition
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion, SuggestionFiled
from tests.domain.chamber import SESSION, FixedLaws, statutes
from tests.domain.county import county
from tests.domain.following import Following, following
from tests.domain.own import own_rule
from tests.domain.test_working_days import ANNOUNCED
from tests.projections.fold import FoldedOffice
from tests.projections.kept import Kept
from tests.projections.year import DEPUTY, OPENS, Year, step
from yishi.ledger.reader import LedgerReader
from yishi.projections.figures import figures
from yishi.projections.followed import followed
from yishi.projections.monday import Office
from yishi.projections.office import narrowed
from yishi.projections.report import Report
from yishi.projections.sessions import sessions
from yishi.projections.views import Views
from yishi.projections.views.edition import edition
from yishi.projections.views.views import DAMAGED, OTHER_CODE, OTHER_RECORD
from yishi.record import reader


@pytest.fixture(scope="module")
def closed() -> Following:
    """A county's closed session, three suggestions filed; its own rules count in working days."""
    fifteen = Period(amount=15, unit="working_days", start="objected")
    rule = own_rule("suggestion.objection_decided", fifteen, Consequence.ALERT)
    house = following(county("closed", opens=OPENS, own_rules=(rule,)))
    for number in ("1", "2", "3"):
        house.given(FileSuggestion(number=number, deputies=(DEPUTY,), subject=f"建议 {number}"), by="secretariat")
    return house


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    opened = Kept(tmp_path)
    yield opened
    opened.close()


def by_fold(ledger: LedgerReader, year: int | None, until: date) -> list[dict[str, Any]]:
    cases = [case for stream in sessions(ledger) for case in followed(ledger, stream, until)]
    return [f.opened() for listed in figures(cases, year, until).values() for f in listed]


def by_views(ledger: LedgerReader, views: Views, year: int | None, until: date) -> list[dict[str, Any]]:
    report = Report(views)
    told = [tally for listed in report.told(None, year, until).figures.values() for tally in listed]
    opened = [report.opened(tally.id, None, year, until).figure for tally in told]
    assert [each.tally for each in opened] == told, "a figure opened is the figure told"
    return [each.opened() for each in opened]


def agree(ledger: LedgerReader, views: Views, *days: date) -> None:
    """The views say of these days exactly what the record says."""
    for day in days:
        moment = at_clock(day, 8)
        folded, office = FoldedOffice(ledger), Office(views)
        assert office.monday(moment) == folded.monday(moment)
        assert office.matters() == folded.matters()
        assert narrowed(office.monday(moment, all_=False)) == narrowed(folded.monday(moment))
        for year in (None, day.year):
            assert by_views(ledger, views, year, day) == by_fold(ledger, year, day)


NUMBERS = some.sampled_from(["1", "2", "3"])
SAID = some.sampled_from(["satisfied", "basically", "dissatisfied"])


def replied(result: str, promised: date, local: str) -> ReplyToSuggestion:
    day = {"promised": promised} if result == "B" else {}
    return ReplyToSuggestion.model_validate({"result": result, "contacted": True, "local_class": local, **day})


def rated(result: str, attitude: str | None) -> RateReply:
    return RateReply.model_validate({"deputy": DEPUTY, "result": result, "attitude": attitude, "why": "说明"})


ACTS = some.one_of(
    some.builds(
        replied,
        some.sampled_from("ABCD"),
        some.dates(date(2026, 6, 1), date(2027, 8, 1)),
        some.sampled_from(["", "甲"]),
    ),
    some.builds(rated, SAID, some.none() | SAID),
    some.builds(lambda day: CarryOver(promised=day, why="资金"), some.dates(date(2026, 8, 1), date(2027, 12, 1))),
    some.builds(lambda version: StrikeEntry(version=version, why="填错"), some.integers(2, 8)),
    some.sampled_from(
        [
            ContactDeputy(way="phone", deputies=(DEPUTY,), text="通话"),
            ConfirmContact(number=1, deputy=DEPUTY),
            CloseWithoutFeedback(),
            ObjectToAssignment(why="不归我局"),
            DecideObjection(unit="另一局"),
            DecideObjection(),
            MissTerm(clock="objection-decided"),
            *map(step, ("sign-for", "remind-deputy")),
            *(
                step(name, text="因故")
                for name in ("rehandle", "reopen", "escalate", "key-supervise", "explain-unfulfilled", "withdraw")
            ),
        ]
    ),
)
OF_THE_SESSION = some.sampled_from(["assign", "correct", "strike", "edition", "recount", "begin", "publish", "report"])
HISTORIES = some.lists(
    some.tuples(some.one_of(ACTS, ACTS, ACTS, OF_THE_SESSION), NUMBERS, some.integers(0, 420)), min_size=4, max_size=30
)


def does(house: Following, act: Any, number: str, day: date) -> None:
    """One act on a day that may be earlier than others before it; what a rule refuses leaves nothing."""
    at, by = at_clock(day, 9), None
    house.follows(number)
    filed = [n for n, e in enumerate(house.session.history, 1) if isinstance(e, SuggestionFiled)]
    match act:
        case "assign":
            act = AssignSuggestions(assignments=(Assignment(number=number, unit="某局"),))
        case "correct":
            act = Correct(version=filed[0], changes={"subject": f"改 {number}"}, why="笔误")
        case "strike" if filed:
            act = Correct(version=filed[-1], strike=True, why="重复")
        case "edition":
            house.laws = FixedLaws(statutes(), ANNOUNCED)
            act = AdoptEdition(edition=ANNOUNCED.edition)
        case "recount":
            act, by = RecountTerms(edition=ANNOUNCED.edition), "clock"
        case "begin":
            act = BeginMatter(number="r1", kind="resolution", subject="决议", unit="某局", due=date(2026, 11, 30))
        case "publish" | "report":
            house.follows("r1")
            act = step(act, **({"text": "好"} if act == "report" else {}))
        case str():
            return
    house.when(act, at=at, by=by)
    for begun in ("1", "2", "3", "r1") if act.act in ("assign-suggestions", "begin-matter") else ():
        house.follows(begun).when(OpenMatter(session=SESSION, number=begun), at=at)


@settings(max_examples=15, deadline=None)
@given(
    history=HISTORIES,
    asked=some.lists(some.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=2, max_size=3),
    often=some.integers(2, 9),
)
def test_after_any_history_lists_and_figures_are_those_of_the_record_on_any_day(
    closed: Following, tmp_path_factory: pytest.TempPathFactory, history: list[Any], asked: list[date], often: int
) -> None:
    house, opened = copy.deepcopy(closed), Kept(tmp_path_factory.mktemp("any"))
    views = Views(opened.ledger)
    try:
        does(house, "assign", "1", OPENS + timedelta(days=20))
        does(house, "assign", "2", OPENS + timedelta(days=21))
        for nth, (act, number, after) in enumerate(history):
            does(house, act, number, OPENS + timedelta(days=20 + after))
            if nth % often == 0:  # they are brought on from where they were, a few entries or many at a time
                opened.take(house)
                views.follow()
        opened.take(house)
        agree(opened.ledger, views, *asked)

    finally:
        views.close()
        opened.close()


@pytest.fixture
def year() -> Year:
    return Year(3).replied("1", "A").rated("1").replied("2", "B", promised=date(2026, 9, 1))


DAY = date(2026, 6, 1)


def test_its_file_may_be_deleted_also_while_it_is_open_and_nothing_is_lost(kept: Kept, year: Year) -> None:
    kept.take(year.house)
    views = Views(kept.ledger)
    agree(kept.ledger, views, DAY)
    (kept.folder / "views.db").unlink()
    agree(kept.ledger, views, DAY)
    assert (kept.folder / "views.db").exists() and views.anew is None


@pytest.mark.parametrize("where", [0, 4096, -4096], ids=["head", "middle", "end"])
def test_a_damaged_file_is_made_anew_and_that_is_said(kept: Kept, year: Year, where: int) -> None:
    kept.take(year.house)
    Views(kept.ledger).follow()
    file = kept.folder / "views.db"
    held = bytearray(file.read_bytes())
    held[where : where + 4096 or None] = os.urandom(4096)
    file.write_bytes(held)
    views = Views(kept.ledger)
    agree(kept.ledger, views, DAY)
    assert views.anew == DAMAGED
    again = Views(kept.ledger)
    agree(kept.ledger, again, DAY)
    assert again.anew is None


def test_other_code_makes_it_anew_by_itself(kept: Kept, year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.take(year.house)
    with monkeypatch.context() as older:
        older.setattr("yishi.projections.views.views.edition", lambda: "of-last-year")
        Views(kept.ledger).follow()
    with sqlite3.connect(kept.folder / "views.db") as db:
        db.execute("ALTER TABLE terms DROP COLUMN subject")
        db.execute("UPDATE matters SET stands = 'closed'")
    views = Views(kept.ledger)
    agree(kept.ledger, views, DAY)
    assert views.anew == OTHER_CODE and len(edition()) == 64


def test_a_file_of_another_record_or_of_a_later_state_of_this_one_is_not_believed(tmp_path: Path, year: Year) -> None:
    one, other = Kept(tmp_path / "one"), Kept(tmp_path / "other")
    one.take(year.house)
    Views(one.ledger).follow()
    other.take(Year(1).house)
    shutil.copy(one.folder / "views.db", other.folder / "views.db")
    views = Views(other.ledger)
    agree(other.ledger, views, DAY)
    assert views.anew == OTHER_RECORD
    one.close()
    other.close()


def test_where_nothing_can_be_written_it_is_read_all_the_same(kept: Kept, year: Year) -> None:
    kept.take(year.house)
    (kept.folder / "views.db").mkdir()  # also for a root, who may write anywhere
    views = Views(kept.ledger)
    agree(kept.ledger, views, DAY)
    year.silent("2")
    kept.take(year.house)
    agree(kept.ledger, views, DAY)
    assert not any((kept.folder / "views.db").iterdir())


READS = """
import sys; from datetime import date; from pathlib import Path; from yishi.record import reader
from yishi.projections.report import Report; from yishi.projections.views import Views
ledger = reader(Path(sys.argv[1])); seen = 0
for _ in range(60):
    [filed, *_] = Report(Views(ledger)).told(None, None, date(2026, 12, 31)).figures["suggestion"]
    assert filed.counted >= seen, (filed.counted, seen); seen = filed.counted
print(seen)
"""


def test_another_process_reads_it_while_this_one_writes_and_both_bring_it_on(kept: Kept) -> None:
    year = Year(1)
    kept.take(year.house)
    views = Views(kept.ledger)
    reading = subprocess.Popen([sys.executable, "-c", READS, str(kept.folder)], stdout=subprocess.PIPE, text=True)
    for number in range(2, 12):
        year.house.given(FileSuggestion(number=str(number), deputies=(DEPUTY,), subject="路灯"), by="secretariat")
        kept.take(year.house)
        views.follow()
    said, _ = reading.communicate(timeout=200)
    assert reading.returncode == 0 and 1 <= int(said) <= 11
    agree(kept.ledger, views, DAY)


def test_a_reader_of_the_record_beside_its_writer_finds_every_entry_at_once(kept: Kept, year: Year) -> None:
    kept.take(year.house)
    beside = reader(kept.folder)
    views = Views(beside)
    agree(kept.ledger, views, DAY)
    year.silent("2")
    kept.take(year.house)
    agree(kept.ledger, views, date(2026, 5, 1), date(2026, 7, 1))
    beside.close()
