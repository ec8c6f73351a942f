"""Meetings that come again (半月谈、季度议): each has its day, and each opinion is handed over as a matter of its own."""

from datetime import date

from domain.matter.meetings import EndSeries, HandedOn, HandOn, HoldMeeting, MeetingHeld, SeriesEnded
from domain.matter.terms import MissTerm, TermMissed
from domain.session.matters import BeginMatter
from tests.domain.county import county
from tests.domain.following import Following, begun

OFFICE = "sc_office"


def series() -> Following:
    return begun(county("closed"), "recurring", subject="代表有约半月谈", unit="区教育局", due=date(2026, 3, 16)).on(
        date(2026, 3, 16)
    )


def meeting(opinion: str = "学位预警应当提前公布", due: date | None = date(2026, 3, 31)) -> HoldMeeting:
    return HoldMeeting(subject="义务教育学位", deputies=("d1", "d2"), opinion=opinion, due=due)


def test_each_meeting_has_its_day_and_one_that_is_not_held_is_seen() -> None:
    house = series()
    assert house.due == {"meeting-held": date(2026, 3, 16)}
    house.when(meeting(), by=OFFICE).then(MeetingHeld, number=1).without_finding().and_again_nothing()
    assert house.due == {"meeting-held-2": date(2026, 3, 31)}
    house.on(date(2026, 4, 1), 0, 0).when(MissTerm(clock="meeting-held-2"), by="clock").then(TermMissed)
    house.when(meeting(due=None), by=OFFICE).then(MeetingHeld, number=2).with_finding(
        "DeadlineMissed", due="2026-03-31"
    )
    assert house.due == {}


def test_the_next_meeting_is_not_in_the_past() -> None:
    series().when(meeting(due=date(2026, 3, 15)), by=OFFICE).then_refused("MeetingInThePast", due="2026-03-15")


def test_an_opinion_is_handed_over_once_to_a_matter_that_is_part_of_the_series() -> None:
    house = series().given(meeting(), by=OFFICE)
    for number, parent in (("m1", "r1"), ("m2", None), ("m3", "r1")):
        house.given(BeginMatter(number=number, kind="monitoring", subject="学位预警", unit="区教育局", parent=parent))
    house.when(HandOn(meeting=1, matter="m2"), by=OFFICE).then_refused("NotPartOfTheSeries", matter="m2", number="r1")
    house.when(HandOn(meeting=1, matter="m1"), by=OFFICE).then(HandedOn).and_again_nothing()
    house.when(HandOn(meeting=1, matter="m3"), by=OFFICE).then_refused("HandedOnAlready", matter="m1")
    house.when(HandOn(meeting=2, matter="m3"), by=OFFICE).then_refused("NoSuchMeeting", meeting=2)


def test_a_series_that_ends_says_whose_opinion_was_never_handed_over() -> None:
    house = series().given(meeting(due=date(2026, 3, 17)), by=OFFICE).on(date(2026, 3, 17))
    house.given(meeting(opinion="", due=None), by=OFFICE)
    house.when(HandOn(meeting=2, matter="m1"), by=OFFICE).then_refused("NoSuchMeeting", meeting=2)
    house.when(EndSeries(), by=OFFICE).then(SeriesEnded, over=True).with_finding("OpinionNotHandedOn", meetings="1")
    assert house.it.over
