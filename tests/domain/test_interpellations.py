"""Interpellations (质询案): ten deputies in writing, the township government, its head, and half of those who asked."""

from datetime import date
from typing import Any

import pytest

from domain.session.closing import CloseSession, SessionClosed
from domain.session.correction import Correct, Corrected
from domain.session.interpellation import FileInterpellation, InterpellationFiled
from domain.session.interpellation_answer import (
    AnswerInterpellation,
    DemandReanswer,
    InterpellationAnswered,
    ReanswerDemanded,
)
from domain.session.interpellation_decided import DecideOnInterpellation, InterpellationDecided
from domain.session.presidium import PresidiumMeets
from domain.session.record import DeadlineMissed, MissDeadline
from tests.domain.chamber import WEDNESDAY, Chamber, ids, township

ASKED = {"object": "government", "organ": "镇人民政府", "question": "饮水工程为何停工", "content": "自去年九月停工至今"}
CHONGQING: dict[str, Any] = {"profile": "chongqing-township"}


def interpellation(signed: int = 10, number: str = "1", **more: Any) -> FileInterpellation:
    return FileInterpellation(**{"number": number, "deputies": ids(signed, start=20), **ASKED, **more})


def answered(place: str = "plenary", **more: Any) -> AnswerInterpellation:
    return AnswerInterpellation(**{"number": "1", "place": place, "text": "已复工", **more})


def sitting(point: str = "reports heard", **about: Any) -> Chamber:
    town = township(point, **{"profile": "national-township", **about})
    return town.given(PresidiumMeets(meeting=1, present=9))


def decided(place: str = "plenary", signed: int = 10, point: str = "reports heard", **about: Any) -> Chamber:
    demand: dict[str, Any] = {"demand": "限期复工"} if about.get("profile") == "chongqing-township" else {}
    town = sitting(point, **about).given(interpellation(signed, **demand))
    return town.given(DecideOnInterpellation(number="1", place=place))


@pytest.mark.rule("OL22-24-1")
def test_ten_deputies_may_interpellate_and_nine_may_not_though_five_may_bring_a_motion() -> None:
    sitting().when(interpellation(10)).then(InterpellationFiled, needed=10).citing("OL22-24-1").and_again_nothing()
    sitting().when(interpellation(9)).then_refused(
        "TooFewForInterpellation", citing="OL22-24-1", signed=9, found=9, needed=10
    )


@pytest.mark.rule("OL15-28-1", "CQT16-18-joint", "DL25-61")
def test_it_was_ten_in_2015_it_is_ten_in_chongqing_and_a_suspended_one_is_not_counted() -> None:
    sitting(opens=date(2022, 3, 11)).when(interpellation(9)).then_refused(
        "TooFewForInterpellation", citing="OL15-28-1", needed=10
    )
    sitting(**CHONGQING).when(interpellation(9, demand="复工")).then_refused(
        "TooFewForInterpellation", citing="CQT16-18-joint", needed=10
    )
    about: dict[str, Any] = {"opens": date(2026, 1, 14), "suspended": ("d020",), "present": 60}
    sitting(**about).when(interpellation(10)).then_refused("TooFewForInterpellation", citing="DL25-61", found=9)
    sitting(**about).when(interpellation(11)).then(InterpellationFiled, not_counted=("d020",))
    sitting().when(interpellation(deputies=(*ids(9), "d001"))).then_refused("TooFewForInterpellation", found=9)


@pytest.mark.rule("DL25-20-3", "DL15-14-3", "CQT16-18-object")
@pytest.mark.parametrize("asked", ["department", "court", "procuratorate", "supervisory_commission", "other"])
def test_in_a_township_only_its_own_government_can_be_asked(asked: str) -> None:
    """Edge 20: ten township deputies cannot interpellate the station of a county bureau."""
    before, after = date(2025, 3, 11), date(2025, 3, 12)
    sitting(opens=before).when(interpellation(object=asked)).then_refused("WrongObject", citing="DL15-14-3")
    sitting(opens=after).when(interpellation(object=asked)).then_refused("WrongObject", citing="DL25-20-3")
    sitting(**CHONGQING).when(interpellation(object=asked, demand="复工")).then_refused(
        "WrongObject", citing="DL15-14-3"
    )


@pytest.mark.rule("CQT16-18-object")
def test_that_chongqing_would_let_departments_be_asked_is_flagged_and_not_applied() -> None:
    sitting(**CHONGQING).when(interpellation(demand="复工")).with_finding("LocalRuleInert", citing="CQT16-18-object")


@pytest.mark.rule(
    "OL22-24-1-content", "OL15-28-1-content", "DL25-20-4-content", "DL15-14-4-content", "CQT16-18-content"
)
@pytest.mark.parametrize("part", ["organ", "question", "content"])
def test_it_states_whom_it_asks_on_what_and_its_content(part: str) -> None:
    lacking: dict[str, Any] = {part: " "}
    for opens, rule in (
        (date(2022, 3, 11), "OL15-28-1-content"),
        (date(2022, 3, 12), "OL22-24-1-content"),
        (date(2025, 3, 11), "DL15-14-4-content"),
        (date(2025, 3, 12), "DL25-20-4-content"),
    ):
        sitting(opens=opens).when(interpellation(**lacking)).then_refused("InterpellationLacksParts", citing=rule)
    sitting(**CHONGQING).when(interpellation()).then_refused("InterpellationLacksParts", citing="CQT16-18-content")
    sitting(**CHONGQING).when(interpellation(demand="限期复工")).then(InterpellationFiled)


def test_it_is_in_writing_and_in_session() -> None:
    sitting().when(interpellation(written=False)).then_refused("NotInWriting", citing="OL22-24-1")
    township("papers sent").when(interpellation()).then_refused("WrongStage")
    town = sitting().given(interpellation())
    town.when(interpellation(question="别的")).then_refused("InterpellationExists")


@pytest.mark.rule("OL22-24-2", "OL15-28-2", "CQT16-18-answer", "ZJT23-9-powers-interpellation")
def test_the_presidium_decides_where_and_how_it_is_answered() -> None:
    town = sitting().given(interpellation())
    town.when(answered()).then_refused("FormNotDecided", citing="OL22-24-2")
    town.when(DecideOnInterpellation(number="1", place="delegation")).then_refused("FormNotAllowed", citing="OL22-24-2")
    town.when(DecideOnInterpellation(number="1", place="plenary")).then(InterpellationDecided).and_again_nothing()
    town.when(DecideOnInterpellation(number="1", place="written")).then(InterpellationDecided)  # until it is answered
    town.given(answered("written"))
    town.when(DecideOnInterpellation(number="1", place="plenary")).then_refused("FormDecided")
    town.when(DecideOnInterpellation(number="2", place="written")).then_refused("NoSuchInterpellation")
    old = sitting(opens=date(2022, 3, 11)).given(interpellation())
    old.when(DecideOnInterpellation(number="1", place="plenary")).then(InterpellationDecided).citing("OL15-28-2")
    old = sitting(opens=date(2022, 3, 11)).given(interpellation())
    old.when(DecideOnInterpellation(number="1", place="delegation")).then_refused("FormNotAllowed", citing="OL15-28-2")
    there = sitting(profile="zhejiang-township").given(interpellation())
    there.when(DecideOnInterpellation(number="1", place="written")).then(InterpellationDecided)
    there.citing("ZJT23-9-powers-interpellation")


@pytest.mark.rule("CQT16-18-answer")
def test_in_chongqing_no_special_committee_hears_the_answer() -> None:
    town = sitting(**CHONGQING).given(interpellation(demand="限期复工"))
    town.when(DecideOnInterpellation(number="1", place="special_committee"))
    town.then_refused("FormNotAllowed", citing="CQT16-18-answer")


@pytest.mark.rule("OL22-24-2")
def test_another_form_than_was_decided_is_refused() -> None:
    town = decided("presidium_meeting")
    town.when(answered("written")).then_refused("AnsweredInOtherForm", citing="OL22-24-2")
    town.when(answered("presidium_meeting")).then(InterpellationAnswered, again=False).and_again_nothing()
    town.when(answered("presidium_meeting", text="另外的话")).then_refused("AnsweredAlready")


@pytest.mark.rule("OL22-24-3", "OL15-28-3", "CQT16-18-answerer")
@pytest.mark.parametrize("place", ["plenary", "written"])
def test_the_head_comes_in_person_or_signs(place: str) -> None:
    for who in ("deputy_head", "other"):
        decided(place).when(answered(place, answerer=who)).then_refused("HeadMustAnswer", citing="OL22-24-3")
        old = decided(place, opens=date(2022, 3, 11))
        old.when(answered(place, answerer=who)).then_refused("HeadMustAnswer", citing="OL15-28-3")
        decided(place, **CHONGQING).when(answered(place, answerer=who)).then_refused(
            "HeadMustAnswer", citing="CQT16-18-answerer"
        )
    decided(place).when(answered(place)).then(InterpellationAnswered).citing("OL22-24-3")


@pytest.mark.rule("DL15-14-5", "DL25-20-5")
@pytest.mark.parametrize(("signed", "enough"), [(10, 5), (11, 6), (12, 6)])
def test_half_of_those_who_signed_may_demand_another_answer_and_one_fewer_may_not(signed: int, enough: int) -> None:
    """Edge 21: of ten signatories five, not six (半数以上)."""
    for opens, rule in ((WEDNESDAY, "DL15-14-5"), (date(2025, 3, 12), "DL25-20-5")):
        town = decided(signed=signed, opens=opens).given(answered())
        few = DemandReanswer(number="1", dissatisfied=ids(enough - 1, start=20))
        town.when(few).then_refused("TooFewDissatisfied", citing=rule, found=enough - 1, needed=enough, total=signed)
        town.when(DemandReanswer(number="1", dissatisfied=ids(enough, start=20))).then(
            ReanswerDemanded, needed=enough, out_of=signed
        )
        town.citing(rule).and_again_nothing()
        town.when(answered(text="再作说明")).then(InterpellationAnswered, again=True).and_again_nothing()
        assert town.session.has("interpellation-reanswered:1")


def test_only_those_who_signed_are_asked_whether_they_are_satisfied_and_only_with_an_answer() -> None:
    town = decided()
    town.when(DemandReanswer(number="1", dissatisfied=ids(5, start=20))).then_refused("NotAnsweredYet")
    town.given(answered())
    town.when(DemandReanswer(number="1", dissatisfied=("d001", *ids(5, start=20)))).then_refused(
        "DidNotSign", deputy="d001"
    )


@pytest.mark.rule("CQT16-18-reanswer", "CQT16-18-reanswer-decided")
def test_chongqings_presidium_decision_on_another_answer_is_flagged_and_holds_nothing_up() -> None:
    town = decided(**CHONGQING).given(answered())
    town.when(DemandReanswer(number="1", dissatisfied=ids(5, start=20))).then(ReanswerDemanded)
    town.citing("CQT16-18-reanswer").with_finding("LocalHurdle", citing="CQT16-18-reanswer-decided")


def test_what_is_not_answered_by_the_close_is_called_out() -> None:
    town = decided(point="announced")
    town.when(CloseSession()).then(SessionClosed).with_finding("InterpellationUnanswered", number="1")
    town = decided(point="announced").given(answered(), DemandReanswer(number="1", dissatisfied=ids(5, start=20)))
    town.when(CloseSession()).then(SessionClosed).with_finding("InterpellationUnanswered", number="1")
    town = decided(point="announced").given(answered())
    town.when(CloseSession()).then(SessionClosed).without_finding("InterpellationUnanswered")


@pytest.mark.rule("CQT16-18-complex")
def test_in_chongqing_a_complex_one_is_answered_within_two_months_of_closing() -> None:
    town = sitting("announced", **CHONGQING).given(interpellation(demand="限期复工"))
    town.when(DecideOnInterpellation(number="1", place="written", complex=True)).citing("CQT16-18-complex")
    town.when(CloseSession()).then(SessionClosed)
    (clock,) = [c for c in town.session.clocks.values() if c.id == "interpellation-1"]
    assert clock.last_day == date(2024, 3, 17)  # closed on 17 January
    late = MissDeadline(clock="interpellation-1")
    town.on(date(2024, 3, 17), 23).when(late).then_nothing()
    town.on(date(2024, 3, 18), 0, 1).when(late).then(DeadlineMissed)
    town.when(answered("written")).then(InterpellationAnswered)


def test_where_the_law_has_no_such_term_a_complex_one_starts_no_clock() -> None:
    town = sitting("announced").given(interpellation())
    town.when(DecideOnInterpellation(number="1", place="written", complex=True)).with_finding("LawSilent")
    assert town.given(CloseSession()).session.has("closed")
    assert "interpellation-1" not in town.session.clocks


def test_a_filing_struck_from_the_record_leaves_nothing_to_answer() -> None:
    town = decided().given(answered())
    town.when(Correct(version=town.version_of(InterpellationFiled), strike=True, why="误录")).then(Corrected)
    town.when(DemandReanswer(number="1", dissatisfied=ids(5, start=20))).then_refused("NoSuchInterpellation")
