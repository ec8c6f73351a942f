"""A suggestion through its loop: objected to, heard, answered, rated, handled again, promised, kept (follow_up.md §2.1)."""

from datetime import date
from typing import Any

import pytest

from domain.matter.contact import ConfirmContact, ContactConfirmed, ContactDeputy, DeputyContacted
from domain.matter.objecting import AssignmentObjected, DecideObjection, ObjectionDecided, ObjectToAssignment
from domain.matter.opening import OpenMatter
from domain.matter.promises import CarriedOver, CarryOver
from domain.matter.rating import ClosedWithoutFeedback, CloseWithoutFeedback, RateReply, ReplyRated
from domain.matter.replying import MatterReplied, ReplyToSuggestion
from domain.matter.steps import StepTaken, TakeStep
from domain.session.suggestions import Assignment, AssignSuggestions, FileSuggestion
from domain.submission import Command
from tests.domain.chamber import SESSION
from tests.domain.county import county
from tests.domain.following import Following, following

HEARD = ContactDeputy(way="face", deputies=("d001",), text="到现场看了")
SATISFIED = RateReply(deputy="d001", result="satisfied", way="back_to_back")
DISSATISFIED = RateReply(deputy="d001", result="dissatisfied", why="只答复没有办理")


def reply(result: str = "A", **more: Any) -> Command:
    return ReplyToSuggestion.model_validate({"result": result, "signed_by": "局长", **more})


def step(name: str, text: str = "说明") -> Command:
    return TakeStep(step=name, text=text)


def suggestion(*, on: date = date(2026, 2, 5), co_units: tuple[str, ...] = ()) -> Following:
    """One suggestion of a county's deputy, assigned on that day, its matter open."""
    house = following(county("closed", opens=date(2026, 1, 14)))
    house.given(FileSuggestion(number="1", deputies=("d001", "d002"), subject="修路")).on(on)
    assigned = Assignment(number="1", unit="交通局", co_units=co_units)
    house.given(AssignSuggestions(assignments=(assigned,)), OpenMatter(session=SESSION, number="1"))
    return house


def replied(**more: Any) -> Following:
    house = suggestion().given(step("sign-for"), by="handling_unit").given(HEARD, by="handling_unit")
    return house.given(ConfirmContact(number=1, deputy="d001")).given(reply(**more))


def test_a_suggestion_solved_and_found_good_is_closed_and_nothing_is_waited_for() -> None:
    house = replied().when(SATISFIED).then(ReplyRated, to="closed", over=True)
    assert house.it.over and house.due == {}


@pytest.mark.rule("DL25-51-2-contact")
def test_a_reply_without_a_contact_that_the_deputy_confirmed_is_warned_of() -> None:
    suggestion().when(reply()).then(MatterReplied).with_finding("ReplyUnheard", "DL25-51-2-contact")
    house = suggestion().given(HEARD, by="handling_unit")
    house.when(reply()).then(MatterReplied).with_finding("ReplyUnheard")
    house = suggestion().given(HEARD, by="handling_unit").given(ConfirmContact(number=1, deputy="d002"))
    house.when(reply()).then(MatterReplied).without_finding()
    suggestion().when(reply(contacted=True)).then(MatterReplied).without_finding()


def test_only_those_who_made_the_suggestion_are_heard_confirm_and_rate() -> None:
    house = suggestion()
    house.when(HEARD.model_copy(update={"deputies": ("d009",)}), by="handling_unit").then_refused("NotOfThisSuggestion")
    house.when(HEARD, by="handling_unit").then(DeputyContacted, number=1)
    house.when(ConfirmContact(number=2, deputy="d001")).then_refused("NoSuchContact", number=2)
    house.when(ConfirmContact(number=1, deputy="d001")).then(ContactConfirmed).and_again_nothing()
    house.given(reply()).when(SATISFIED.model_copy(update={"deputy": "d009"})).then_refused("NotOfThisSuggestion")
    house.when(SATISFIED, by="handling_unit").then_refused("NotTheirAct", found="handling_unit")


def test_nothing_is_rated_before_it_was_answered() -> None:
    suggestion().when(SATISFIED).then_refused("NotFromHere", stands="已交办")


def test_not_satisfied_it_is_handled_again_and_the_second_round_overwrites_nothing() -> None:
    house = replied().when(DISSATISFIED).then(ReplyRated, to="dissatisfied", over=False)
    house.when(step("rehandle"), by="sc_office").then(StepTaken, round=2, to="rehandling")
    house.when(reply("A", contacted=True)).then(MatterReplied, round=2)
    house.when(SATISFIED).then(ReplyRated, round=2, to="closed")
    assert [e.result for e in house.it.history if isinstance(e, ReplyRated)] == ["dissatisfied", "satisfied"]


def test_a_rating_that_is_not_satisfied_says_why_or_the_record_says_that_it_does_not() -> None:
    replied().when(DISSATISFIED.model_copy(update={"why": ""})).then(ReplyRated).with_finding("RatedWithoutReason")


def test_without_feedback_it_is_closed_after_a_reminder_and_never_as_satisfied() -> None:
    house = replied().when(CloseWithoutFeedback(), by="sc_office").then_refused("NotReminded", number="1")
    house.given(step("remind-deputy"), by="sc_office")
    house.when(CloseWithoutFeedback(), by="sc_office").then(ClosedWithoutFeedback, to="closed", over=True)
    assert not house.it.has("rated")


def test_what_is_promised_stays_open_until_it_is_kept_whatever_the_rating() -> None:
    house = replied(result="B", promised="2026-11-30").when(SATISFIED).then(ReplyRated, to="committed", over=False)
    assert house.due == {"promised-1": date(2026, 11, 30)}
    house.when(CarryOver(promised=date(2027, 6, 30), why="征地未完成"), by="handling_unit").then(CarriedOver)
    house.and_again_nothing()
    assert house.due == {"promised-1-1": date(2027, 6, 30)}
    house.when(reply("A", contacted=True)).then(MatterReplied, round=2)
    assert house.due == {}
    house.when(SATISFIED).then(ReplyRated, to="closed", round=2)


def test_a_promise_that_is_not_kept_is_explained_in_writing_and_closed() -> None:
    house = replied(result="B", promised="2026-11-30").given(SATISFIED)
    house.when(TakeStep(step="explain-unfulfilled"), by="handling_unit").then_refused("StepNeeds")
    house.when(step("explain-unfulfilled"), by="handling_unit").then(StepTaken, over=True, ended=("promised-1",))


def test_only_class_b_promises_a_day_and_a_promise_without_one_is_remarked_on() -> None:
    house = suggestion()
    house.when(reply("A", promised="2026-11-30", contacted=True)).then_refused("PromiseOfNothing", number="1")
    house.when(reply("B", promised="2026-01-30", contacted=True)).then_refused("PromisedForThePast")
    house.when(reply("B", contacted=True)).then(MatterReplied).with_finding("PromiseWithoutDay")
    house.when(SATISFIED).then(ReplyRated, to="committed", begun=())


def test_a_unit_may_say_that_it_is_not_its_own_and_the_next_units_term_runs_from_its_own_assignment() -> None:
    house = suggestion()
    house.when(ObjectToAssignment(why="属水利局职责"), by="handling_unit").then(AssignmentObjected, to="objected")
    house.on(date(2026, 2, 20)).when(DecideObjection(unit="水利局"), by="sc_office")
    house.then(ObjectionDecided, to="assigned").with_finding("TermFromReassignment")
    assert house.it.unit == "水利局" and house.due == {"reply-1": date(2026, 5, 20)}
    upheld = suggestion().given(ObjectToAssignment(why="不是"), by="handling_unit")
    upheld.when(DecideObjection(why="就是"), by="sc_office").then(ObjectionDecided, unit=None).without_finding()
    assert upheld.it.unit == "交通局" and upheld.due == {"reply": date(2026, 5, 5)}


def test_withdrawn_in_writing_nothing_is_waited_for_and_after_the_reply_it_is_too_late() -> None:
    house = suggestion().when(step("withdraw"), by="deputy").then(StepTaken, over=True, ended=("reply",))
    assert house.it.over
    replied().when(step("withdraw"), by="deputy").then_refused("NotFromHere")


def test_found_back_on_a_revisit_it_is_opened_again() -> None:
    house = replied().given(SATISFIED).given(step("revisit"), by="sc_office")
    house.when(step("reopen"), by="sc_office").then(StepTaken, to="rehandling", round=2, over=False)
