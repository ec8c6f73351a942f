"""What is corrected in the session's record reaches the matters that came of it: their units, their terms, and whether they are at all."""

from datetime import date, timedelta

import pytest

from domain.calendar import months_after
from domain.matter.by_record import RecordFollowed
from domain.matter.objecting import DecideObjection, ObjectToAssignment
from domain.matter.opening import OpenMatter
from domain.matter.replying import ReplyToSuggestion
from domain.matter.terms import MissReply, ReplyMissed
from domain.session.closing import CloseSession
from domain.session.correction import Correct, Corrected
from domain.session.matters import BeginMatter, MatterBegun
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion, SuggestionsAssigned
from tests.domain.chamber import SESSION, township
from tests.domain.county import county
from tests.domain.following import Following, begun, following, progress_of, stream_of
from yishi.projections.deadlines import Deadlines
from yishi.projections.followed import Entered, followed_in

ASSIGNED = date(2026, 3, 2)
FOLLOWED = ["matter.record-followed.v1"]
WATER = Assignment(number="1", unit="水利局")


def assigned(*more: Assignment, profile: str = "chongqing-county", unit: str = "交通局") -> Following:
    house = following(county("closed", profile=profile, opens=date(2026, 1, 14)))
    every = (Assignment(number="1", unit=unit), *more)
    for one in every:
        house.given(FileSuggestion(number=one.number, deputies=("d001",), subject="修路"))
    house.on(ASSIGNED).given(AssignSuggestions(assignments=every))
    return house.given(*(OpenMatter(session=SESSION, number="1"),))


def corrected(house: Following, *assignments: Assignment, strike: bool = False) -> Following:
    version = house.version_of(SuggestionsAssigned)
    changes = {} if strike else {"assignments": [a.model_dump(mode="json") for a in assignments]}
    house.given(Correct(version=version, changes=changes, strike=strike, why="笔误"), by="sc_office")
    return house


def test_a_unit_corrected_in_the_session_is_the_matters_unit_and_its_terms_wait_for_it() -> None:
    house = corrected(assigned(), WATER)
    before = dict(house.due)
    assert house.told() == FOLLOWED
    house.then(RecordFollowed, unit="水利局", was="交通局", version=house.version_of(Corrected))
    assert house.it.unit == "水利局" and house.it.waits_for == "水利局" and house.due == before
    assert {c.waits_for for c in house.it.open_clocks} == {"水利局"}
    assert {n.waits_for for n in house.it.notices.values() if n.then == "remind"} == {"水利局"}, (
        "it is reminded, not the other"
    )
    assert house.told() == [], "told again it records nothing"


def test_a_correction_that_does_not_touch_a_matter_leaves_no_entry_in_it() -> None:
    house = assigned(Assignment(number="2", unit="教育局"))
    house.follows("2").given(OpenMatter(session=SESSION, number="2"))
    corrected(house, Assignment(number="1", unit="水利局"), Assignment(number="2", unit="教育局"))
    assert house.told() == FOLLOWED
    assert [house.matter(n).recorded for n in ("1", "2")] == [2, 1]


def test_found_difficult_by_a_correction_it_has_six_months_and_found_not_to_be_it_has_three() -> None:
    house = corrected(assigned(), Assignment(number="1", unit="交通局", difficult=True))
    house.told()
    assert house.due["reply-difficult"] == date(2026, 9, 2) and "reply" not in house.due
    version = house.version_of(SuggestionsAssigned)
    back = [Assignment(number="1", unit="交通局").model_dump(mode="json")]
    house.given(Correct(version=version, changes={"assignments": back}, why="误划"), by="sc_office")
    house.told()
    assert house.due["reply"] == date(2026, 6, 2) and "reply-difficult" not in house.due


def test_a_co_handler_left_out_by_mistake_has_its_own_term_once_it_is_named() -> None:
    house = corrected(assigned(), Assignment(number="1", unit="交通局", co_units=("财政局",)))
    house.told()
    assert house.it.co_units == ("财政局",) and house.it.clocks["co-opinion"].waits_for == "财政局"


def test_a_unit_that_the_matter_was_given_to_since_goes_on_handling_it() -> None:
    house = assigned().given(ObjectToAssignment(why="不属于本单位职责"), by="handling_unit").on(date(2026, 3, 9))
    house.given(DecideObjection(unit="住建局"), by="sc_office")
    before = dict(house.due)
    corrected(house, WATER).told()
    assert house.it.unit == "住建局" and house.due == before


def test_struck_in_the_session_a_suggestion_waits_for_nothing_more_and_no_figure_counts_it() -> None:
    house = corrected(assigned(), strike=True)
    assert house.told() == FOLLOWED
    house.then(RecordFollowed, to="taken-back", over=True, stood="assigned")
    assert house.it.over and not house.due and progress_of(stream_of("1"), house.record.streams[stream_of("1")]).over
    house.when(ReplyToSuggestion(result="A", contacted=True), by="handling_unit").then_refused("NotFromHere")
    assert house.told() == []


def test_assigned_anew_it_stands_where_it_stood_and_its_term_runs_from_that_day() -> None:
    house = corrected(assigned(), strike=True)
    house.told()
    house.on(date(2026, 4, 1)).given(AssignSuggestions(assignments=(WATER,)), by="sc_office")
    assert house.told() == FOLLOWED
    assert (house.it.unit, house.it.stands, house.it.over) == ("水利局", "assigned", False)
    assert house.due["reply"] == date(2026, 7, 1)
    house.given(ReplyToSuggestion(result="A", contacted=True), by="handling_unit")
    assert house.it.stands == "replied" and house.told() == []


def test_a_term_that_was_missed_before_stays_missed_and_one_that_now_ends_later_runs_beside_it() -> None:
    house = assigned()
    house.when(MissReply(clock="reply"), at=house.it.clocks["reply"].due, by="clock")
    corrected(house.on(date(2026, 6, 10)), Assignment(number="1", unit="交通局", difficult=True)).told()
    assert house.due["reply-difficult"] == date(2026, 9, 2) and "reply" in house.it.missed


def test_a_matter_begun_by_mistake_is_taken_back_with_the_entry_that_began_it_and_its_number_is_spent() -> None:
    house = begun(county("closed"), "resolution", unit="区法院", due=date(2026, 6, 30), number="r1")
    version = house.version_of(MatterBegun)
    house.given(Correct(version=version, strike=True, why="重复"), by="sc_office")
    assert house.told() == FOLLOWED and house.it.over and not house.due
    house.when(BeginMatter(number="r1", kind="resolution", subject="另一件", unit="区法院")).then_refused("NumberSpent")
    file = FileSuggestion(number="r1", deputies=("d001",), subject="修路")
    house.when(file).then_refused("NumberSpent")
    entries = [Entered(9, event) for event in house.record.streams[stream_of("r1")]]
    cases = followed_in("x", list(enumerate(house.session.history, 1)), {"r1": entries}, date(2026, 12, 31))
    assert cases == []


def test_the_day_of_a_matter_corrected_in_the_session_is_the_day_of_its_term() -> None:
    house = begun(county("closed"), "resolution", unit="区法院", due=date(2026, 6, 30), number="r1")
    version = house.version_of(MatterBegun)
    house.given(Correct(version=version, changes={"due": "2026-07-31", "unit": "区检察院"}, why="笔误"), by="sc_office")
    house.told()
    assert house.due == {"report": date(2026, 7, 31)} and house.it.clocks["report"].waits_for == "区检察院"
    deadlines = Deadlines()
    for event in house.record.streams[stream_of("r1")]:
        deadlines.follow("r1", event)
    assert [(d.clock.id, d.clock.last_day) for d in deadlines.all()] == [("report", date(2026, 7, 31))]
    kind = Correct(version=version, changes={"kind": "monitoring"}, why="错")
    house.when(kind, by="sc_office").then_refused("FieldNotThere")


@pytest.mark.rule("SDT15-15-reply")
def test_shandongs_townships_count_from_the_closing_also_what_was_assigned_before_it() -> None:
    house = following(township("announced", profile="shandong-township"))
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路"))
    house.given(AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),)))
    house.given(OpenMatter(session=SESSION, number="1"))
    day = house.now.date()
    assert house.due["reply"] == months_after(day, 3) and house.told() == [], (
        "before the closing the nation's term alone runs"
    )
    house.on(day, 17).given(CloseSession())
    assert house.told() == FOLLOWED and house.due["reply"] == months_after(day, 2)
    assert house.it.clocks["reply"].basis[0].rule == "SDT15-15-reply" and house.told() == []
    late = house.it.clocks["reply"].due
    house.when(MissReply(clock="reply"), at=late - timedelta(seconds=1), by="clock").then_nothing()
    house.when(MissReply(clock="reply"), at=late, by="clock").then(ReplyMissed, last_day=months_after(day, 2))


def test_elsewhere_the_closing_tells_a_matter_nothing() -> None:
    house = following(township("announced"))
    house.given(FileSuggestion(number="1", deputies=("d001",), subject="修路"))
    house.given(AssignSuggestions(assignments=(Assignment(number="1", unit="交通局"),)))
    house.given(OpenMatter(session=SESSION, number="1"), CloseSession())
    assert house.told() == []
