"""The light loop of a request (点单—定单—接单—验单): short, and yet none is left without an answer."""

from datetime import date
from typing import Any

import pytest

from domain.matter.steps import StepTaken, TakeStep
from domain.matter.terms import MissTerm, TermMissed
from domain.submission import Command
from tests.domain.chamber import council
from tests.domain.following import Following, begun, following

OFFICE, COMMITTEE, UNTIL = "street_office", "street_committee", date(2026, 4, 30)


def step(name: str, **fields: Any) -> Command:
    return TakeStep.model_validate({"step": name, **fields})


def request() -> Following:
    street = following(council())
    return begun(street, "request", subject="厂区门口装路灯", unit="街道办事处", source="某公司").on(date(2026, 4, 1))


def accepted() -> Following:
    house = request().given(step("choose-order", persons=("d1", "d2")), by="group")
    return house.given(step("accept-order", due=UNTIL), by=OFFICE)


@pytest.mark.rule("C-request-loop")
def test_a_request_is_asked_for_chosen_taken_on_and_checked() -> None:
    house = request()
    assert house.it.stands == "ordered" and house.due == {}
    house.when(step("accept-order", due=UNTIL), by=OFFICE).then_refused("NotFromHere", stands="已点单")
    house.when(step("choose-order", persons=("d1", "d2")), by="group").then(StepTaken, to="chosen").citing(
        "C-request-loop"
    )
    house.when(step("accept-order", due=UNTIL), by=OFFICE).then(StepTaken, to="accepted").and_again_nothing()
    assert house.due == {"report": UNTIL} and house.it.waits_for == "街道办事处"
    house.when(step("report", text="六盏已装"), by=OFFICE).then(StepTaken, to="reported").without_finding()
    house.when(step("verify-order", text="夜间看过"), by=OFFICE).then_refused("NotTheirAct")
    house.when(step("verify-order", text="夜间看过"), by=COMMITTEE).then(StepTaken, to="verified", over=True)
    house.when(step("tell-back", text="已装好"), by="deputy").then(StepTaken)
    assert house.it.over and house.due == {}


def test_what_is_found_not_done_goes_back_for_another_round_with_a_day_of_its_own() -> None:
    house = accepted().given(step("report", text="四盏已装"), by=OFFICE)
    house.when(step("reject-order", text="缺两盏"), by=COMMITTEE).then_refused("StepNeeds", what="最迟哪一天(due)")
    again = step("reject-order", text="缺两盏", due="2026-05-10")
    house.when(again, by=COMMITTEE).then(StepTaken, to="accepted", round=2)
    assert house.due == {"report-2": date(2026, 5, 10)} and house.it.has("report:1")
    house.given(step("report", text="六盏已装"), by=OFFICE).given(step("verify-order", text="齐了"), by=COMMITTEE)
    assert house.it.over and house.it.round == 2


def test_a_day_agreed_upon_that_passes_is_seen() -> None:
    house = accepted().on(date(2026, 5, 1), 0, 0)
    house.when(MissTerm(clock="report"), by="clock").then(TermMissed, last_day=UNTIL)


def test_a_request_not_chosen_ends_with_the_reason_and_one_declined_goes_back_to_be_chosen() -> None:
    house = request()
    house.when(step("leave-order"), by="group").then_refused("StepNeeds", what="内容(text)")
    house.when(step("leave-order", text="不属于街道"), by="group").then(StepTaken, to="not-chosen", over=True)
    house = request().given(step("choose-order", persons=("d1",)), by="group")
    house.when(step("decline-order", text="权属在区里"), by=OFFICE).then(StepTaken, to="ordered")
    assert not house.it.over and house.it.waits_for == "council", "in a street the residents' council chooses"
