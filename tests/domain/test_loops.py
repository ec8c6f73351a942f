"""What every loop has in common: where a matter stands, who may take it on, the terms that begin there, and an entry struck."""

from datetime import date

import pytest

from domain.matter.loop import LOOPS, Loop, Move, Standing, loop
from domain.matter.opening import MatterOpened
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.striking import EntryStruck, StrikeEntry
from domain.matter.terms import MissTerm, TermMissed
from domain.session.matters import BeginMatter, MatterBegun
from domain.submission import Command
from domain.text import Text
from tests.domain.chamber import Chamber
from tests.domain.county import county
from tests.domain.following import Following, begun, following

DUE = date(2026, 6, 30)


def step(name: str, **fields: object) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def resolution(house: Chamber | None = None) -> Following:
    town = following(house or county("closed", opens=date(2026, 1, 14)))
    return begun(town, "resolution", subject="关于加强诉源治理的决议", unit="区法院", due=DUE)


@pytest.mark.rule("SL24-17-report", "SL24-17-follow")
def test_a_resolution_is_reported_on_by_the_day_it_says_itself() -> None:
    house = resolution()
    assert house.it.stands == "adopted" and house.due == {"report": DUE}
    house.when(step("publish"), by="sc_office").then(StepTaken, to="published")
    house.when(step("report", text="已建立三个调解中心"), by="court").then(StepTaken, to="reported").without_finding()
    assert house.due == {} and house.it.waits_for == "standing_committee"
    house.when(step("close"), by="sc_office").then(StepTaken, over=True)
    assert house.it.over


@pytest.mark.rule("SL24-17-report")
def test_a_report_after_that_day_is_a_report_and_says_that_it_is_late() -> None:
    house = resolution().given(step("publish"), by="sc_office")
    house.on(date(2026, 7, 1), 0, 0).when(MissTerm(clock="report"), by="clock").then(TermMissed, last_day=DUE)
    house.with_finding("DeadlineMissed", "SL24-17-report").and_again_nothing()
    house.when(step("report", text="迟了"), by="court").then(StepTaken).with_finding("DeadlineMissed", due=str(DUE))


def test_the_next_round_has_a_term_and_facts_of_its_own() -> None:
    house = resolution().given(step("publish"), by="sc_office").given(step("report", text="一"), by="court")
    again = step("report-again", text="第二项没有说明", due="2026-09-30")
    house.when(again, by="standing_committee").then(StepTaken, round=2, to="carried-out")
    assert house.due == {"report-2": date(2026, 9, 30)}
    house.when(step("report", text="二"), by="court").then(StepTaken, round=2)
    assert house.due == {} and house.it.has_now("report")


def test_what_cannot_follow_is_refused_and_the_refusal_says_what_can() -> None:
    house = resolution()
    house.when(step("close"), by="sc_office").then_refused("NotFromHere", stands="已通过", may="公布(publish)")
    house.when(step("dance"), by="sc_office").then_refused("NotOfThisKind", kind="决议、决定")
    house.given(step("publish"), by="sc_office")
    house.when(step("report", text="好"), by="sc_office").then_refused("NotTheirAct", found="sc_office")
    house.when(step("report"), by="court").then_refused("StepNeeds", what="内容(text)")
    house.when(step("publish"), by="sc_office").then_nothing()


def test_what_is_begun_has_a_known_kind_a_number_of_its_own_and_a_parent_on_record() -> None:
    house = following(county("closed", opens=date(2026, 1, 14)))
    begin = BeginMatter(number="r1", kind="resolution", subject="决议", unit="区政府")
    house.when(begin, by="sc_office").then(MatterBegun).and_again_nothing()
    house.when(begin.model_copy(update={"unit": "区法院"})).then_refused("MatterNumberTaken", number="r1")
    house.when(begin.model_copy(update={"number": "x", "kind": "suggestion"})).then_refused("NoSuchKindOfMatter")
    house.when(begin.model_copy(update={"number": "x", "parent": "y"})).then_refused("NoParentMatter", parent="y")


def test_an_entry_made_by_mistake_is_struck_and_the_terms_it_ended_run_again() -> None:
    house = resolution().given(step("publish"), by="sc_office").given(step("report", text="错填"), by="court")
    house.when(StrikeEntry(version=3, why="填错了事项"), by="sc_office").then(EntryStruck, lost=("report", "report:1"))
    house.and_again_nothing()
    assert house.it.stands == "published" and house.due == {"report": DUE}
    house.when(StrikeEntry(version=1, why="x"), by="sc_office").then_refused("StandsForGood")
    house.when(StrikeEntry(version=9, why="x"), by="sc_office").then_refused("NothingToStrike", version=9)


def test_what_the_matter_went_on_from_is_not_struck_before_what_came_after_it() -> None:
    house = resolution().given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    house.when(StrikeEntry(version=2, why="未公布"), by="sc_office").then_refused("LastEntryFirst", later=3)


def test_a_matter_that_is_closed_may_be_opened_again_in_another_round() -> None:
    house = resolution().given(step("publish"), by="sc_office").given(step("report", text="好"), by="court")
    house.given(step("close"), by="sc_office")
    house.when(step("reopen", text="问题反弹"), by="sc_office").then(StepTaken, round=2, over=False)
    assert not house.it.over and not house.it.has("over")


def test_a_table_that_contradicts_itself_is_not_registered() -> None:
    one = (Standing("here", Text("此", "here")),)
    with pytest.raises(ValueError, match="no matter stands"):
        loop(Loop("bad", Text("坏", "bad"), one, Move("open-matter", (), "here"), (Move("go", ("there",), "here"),)))
    with pytest.raises(ValueError, match="twice"):
        moves = (Move("reply-suggestion", ("here",)), Move("reply-suggestion", ("here",)))
        loop(Loop("bad", Text("坏", "bad"), one, Move("open-matter", (), "here"), moves))
    with pytest.raises(ValueError, match="otherwise"):
        close = Move("close", ("here",), title=Text("关", "shut"), by=("sc_office",))
        loop(Loop("bad", Text("坏", "bad"), one, Move("open-matter", (), "here"), (close,)))
    assert "bad" not in LOOPS and MatterOpened.name == "matter.opened.v1"
