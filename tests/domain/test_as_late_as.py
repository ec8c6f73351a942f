"""What the engine does because of an entry is entered with it: at its time, and late only if it was, however late the engine comes to it."""

from datetime import date, datetime, timedelta

from domain.matter.by_record import FollowRecord
from domain.matter.opening import OpenMatter
from domain.progress import Progress
from domain.session.correction import Correct, Corrected
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion, SuggestionsAssigned
from tests.domain.chamber import SESSION
from tests.domain.county import county
from tests.domain.following import Following, following, progress_of

DAY = timedelta(days=1)
OPENING = OpenMatter(session=SESSION, number="1")


def assigned(*, days_late: int = 0) -> tuple[Following, datetime]:
    house = following(county("closed", profile="chongqing-county", opens=date(2026, 1, 14)))
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路")).on(date(2026, 3, 2))
    then = house.now
    house.when(AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),)), recorded=then + days_late * DAY)
    return house, then


def test_a_matter_opened_the_day_after_a_power_cut_is_no_late_entry() -> None:
    house, then = assigned()
    house.when(OPENING, at=then, recorded=then + DAY, by="clock").without_finding("LateEntry")
    assert house.events[0].at == then


def test_a_matter_whose_assignment_was_entered_late_is_as_late_as_that() -> None:
    house, then = assigned(days_late=2)
    (said,) = [f for f in house.findings if f.code == "LateEntry"]
    house.when(OPENING, at=then, recorded=then + 5 * DAY, by="clock").with_finding("LateEntry", "I-late-entry")
    assert [f for f in house.findings if f.code == "LateEntry"] == [said]


def test_a_matter_that_a_correction_brings_is_as_late_as_the_correction_and_not_as_what_it_corrected() -> None:
    house, _ = assigned(days_late=2)
    house.given(FileSuggestion(number="2", deputies=("d001",), subject="治水"))
    both = [Assignment(number=n, unit="交通局").model_dump(mode="json") for n in ("1", "2")]
    changes = {"assignments": both}
    house.given(Correct(version=house.version_of(SuggestionsAssigned), changes=changes, why="漏记"), by="sc_office")
    house.follows("2").when(OpenMatter(session=SESSION, number="2"), recorded=house.now + DAY, by="clock")
    house.without_finding("LateEntry")


def test_a_matter_told_of_a_correction_the_day_after_a_power_cut_is_told_in_time() -> None:
    house, then = assigned()
    house.given(OPENING)
    changes = {"assignments": [Assignment(number="1", unit="水利局").model_dump(mode="json")]}
    house.given(Correct(version=house.version_of(SuggestionsAssigned), changes=changes, why="笔误"), by="sc_office")
    told = FollowRecord(version=house.version_of(Corrected))
    house.when(told, at=house.events[0].at, recorded=then + DAY, by="clock").without_finding("LateEntry")
    assert house.events[0].name == "matter.record-followed.v1"


def test_progress_knows_when_what_is_to_be_opened_began_until_it_is_opened() -> None:
    house, then = assigned()
    progress = progress_of(SESSION, house.record.streams[SESSION])
    assert progress.begun == {"1": then}
    assert Progress.model_validate_json(progress.model_dump_json()) == progress
    opened = progress.opened({"1"})
    assert opened.begun == {} and "begun" not in opened.model_dump(), (
        "carried on as it was before there was such a thing"
    )
