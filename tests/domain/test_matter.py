"""A suggestion after the session: its clock from the day of assignment, extended once, answered once (rulebook §15, edge case 24)."""

from datetime import date
from typing import Any

import pytest

from domain.calendar import at_clock
from domain.matter.opening import MatterOpened, OpenMatter
from domain.matter.replying import ExtendMatter, MatterExtended, MatterReplied, ReplyToSuggestion
from domain.matter.terms import MissReply, ReplyMissed
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from domain.submission import Command
from tests.domain.chamber import HOUSE, SESSION, Chamber, council, township

MATTER = f"{HOUSE}/matter/1"
OPEN = OpenMatter(session=SESSION, number="1")
REPLY = ReplyToSuggestion(result="A", contacted=True)
EXTEND = ExtendMatter(why="涉及面广")


class Following(Chamber):
    """A chamber whose commands are about the one matter."""

    def _stream_of(self, command: Command) -> str:
        return MATTER if command.stream_kind == "matter" else super()._stream_of(command)


def assigned(
    profile: str = "national-township",
    opens: date = date(2026, 1, 20),
    on: date = date(2026, 2, 5),
    *,
    difficult: bool = False,
) -> Chamber:
    """One suggestion was filed and assigned on that day."""
    town = township("closed", profile=profile, opens=opens)
    town.__class__ = Following
    town.given(FileSuggestion(number="1", deputies=("d001",), subject="修路")).on(on)
    return town.given(AssignSuggestions(assignments=(Assignment(number="1", unit="建设办", difficult=difficult),)))


@pytest.mark.rule("DL25-51-2", "CQT16-16-reply", "CNT-days", "OL22-42", "DL25-51-1")
@pytest.mark.parametrize(
    ("profile", "last"),
    [
        ("national-township", date(2026, 5, 5)),
        ("zhejiang-township", date(2026, 5, 5)),
        ("chongqing-township", date(2026, 4, 5)),
    ],
)
def test_assigned_on_5_february_2026_it_is_answered_by_5_may_and_in_chongqing_by_5_april(
    profile: str, last: date
) -> None:
    town = (
        assigned(profile)
        .when(OPEN)
        .then(MatterOpened, unit="建设办")
        .citing("OL22-42", "DL25-51-1")
        .and_again_nothing()
    )
    clock = town.matter("1").clocks["reply"]
    assert clock.last_day == last and "CNT-days" in {c.rule for c in clock.basis}


@pytest.mark.rule("DL25-51-2-difficult", "CQT16-16-reply-difficult")
@pytest.mark.parametrize(
    ("profile", "last"), [("national-township", date(2026, 8, 5)), ("chongqing-township", date(2026, 6, 5))]
)
def test_a_difficult_one_has_until_5_august_and_in_chongqing_until_5_june(profile: str, last: date) -> None:
    town = assigned(profile).given(OPEN).when(EXTEND).then(MatterExtended).and_again_nothing()
    town.when(ExtendMatter(why="难度大")).then_refused("ExtendedAlready", number="1")
    assert [c.last_day for c in town.matter("1").clocks.values() if c.met_by == "replied"] == [last]
    town = assigned(profile, difficult=True).given(OPEN)
    assert [c.last_day for c in town.matter("1").clocks.values() if c.met_by == "replied"] == [last]
    town.when(EXTEND).then_refused("ExtendedAlready", number="1")


@pytest.mark.rule("DL15-42-1", "DL15-42-1-difficult", "OL15-19-2")
def test_the_deputies_law_of_2015_gave_three_and_six_months_too() -> None:
    town = assigned(opens=date(2020, 1, 15), on=date(2020, 11, 30)).given(OPEN).citing("OL15-19-2", "DL15-42-1")
    assert town.matter("1").clocks["reply"].last_day == date(2021, 2, 28)
    town.when(EXTEND).then(MatterExtended).citing("DL15-42-1-difficult")
    assert town.matter("1").clocks["reply-difficult"].last_day == date(2021, 5, 30)


def test_the_last_day_is_still_in_time_and_the_next_instant_is_not() -> None:
    town = assigned().given(OPEN)
    miss = MissReply(clock="reply")
    town.when(miss, at=at_clock(date(2026, 5, 5), 23, 59)).then_nothing()
    town.when(REPLY, at=at_clock(date(2026, 5, 5), 23, 59)).then(MatterReplied).without_finding()
    town.when(miss, at=at_clock(date(2026, 5, 6), 0)).then_nothing()
    town = assigned().given(OPEN).when(miss, at=at_clock(date(2026, 5, 6), 0)).then(ReplyMissed, clock="reply")
    town.with_finding("DeadlineMissed", "DL25-51-2").and_again_nothing()


def test_a_late_reply_is_a_reply_and_says_that_it_is_late() -> None:
    town = assigned().given(OPEN).when(REPLY, at=at_clock(date(2026, 5, 6), 0))
    town.then(MatterReplied, result="A", contacted=True).citing("DL25-51-2").with_finding(
        "DeadlineMissed", due="2026-05-05"
    )


def test_it_is_answered_once_and_after_that_neither_extended_nor_answered_again() -> None:
    town = assigned().given(OPEN).when(REPLY).then(MatterReplied).and_again_nothing()
    town.when(REPLY).then_nothing()
    town.when(ReplyToSuggestion(result="D")).then_refused("NotFromHere", number="1", stands="已答复")
    town.when(EXTEND).then_refused("NotFromHere", number="1")


def test_after_an_extension_the_shorter_term_no_longer_runs() -> None:
    town = assigned().given(OPEN, EXTEND).when(MissReply(clock="reply"), at=at_clock(date(2026, 5, 6), 0))
    town.then_nothing()
    town.when(MissReply(clock="reply-difficult"), at=at_clock(date(2026, 8, 6), 0)).then(ReplyMissed)


@pytest.mark.parametrize("command", [OPEN, REPLY, EXTEND, MissReply(clock="reply")], ids=lambda c: c.act)
def test_nothing_is_followed_up_that_was_not_assigned(command: Any) -> None:
    town = township("closed")
    town.__class__ = Following
    town.when(command).then_refused("MatterUnknown")
    unregistered = Following(3)
    unregistered.when(command).then_refused("MatterUnknown")


def test_each_act_on_a_matter_has_its_office_and_none_is_dated_ahead() -> None:
    town = assigned().given(OPEN).when(REPLY, by="secretariat").then_refused("NotTheirAct", found="secretariat")
    town.when(REPLY, recorded=at_clock(date(2026, 2, 5), 0)).then_refused("ActInFuture")


@pytest.mark.rule("ZJ-ST19-18")
@pytest.mark.parametrize(
    ("profile", "rule"), [("zhejiang-residents", "ZJ-ST19-18"), ("national-residents", "C-secretariat-record")]
)
def test_a_councils_opinion_is_followed_up_without_a_term(profile: str, rule: str) -> None:
    street = council("opened", profile=profile)
    street.__class__ = Following
    street.given(FileSuggestion(number="1", deputies=("d001",), subject="路灯"))
    street.given(AssignSuggestions(assignments=(Assignment(number="1", unit="建设办"),)))
    street.when(OPEN, by="clock").then(MatterOpened, reply=None).citing(rule)
    street.when(EXTEND, by="street_committee").then_refused("NoTermToExtend", number="1")
    street.when(REPLY, by="street_office").then(MatterReplied).citing(rule).and_again_nothing()
