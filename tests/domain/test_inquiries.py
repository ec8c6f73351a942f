"""Inquiries (询问): any deputy while an item is deliberated, and somebody responsible explains."""

from datetime import date
from typing import Any

import pytest

from domain.session.closing import CloseSession, SessionClosed
from domain.session.inquiry import AnswerInquiry, InquiryAnswered, InquiryRaised, RaiseInquiry
from tests.domain.chamber import township


def inquiry(number: str = "1", item: str = "gov", **more: Any) -> RaiseInquiry:
    asked = {"deputies": ("d007",), "organ": "镇财政所", "question": "结余何在"}
    return RaiseInquiry(**{"number": number, "item": item, **asked, **more})


def answer(number: str | None = "1", item: str = "gov", **more: Any) -> AnswerInquiry:
    return AnswerInquiry(
        **{
            "number": number,
            "item": item,
            "question": "结余何在",
            "answered_by": "镇财政所",
            "answerer": "head",
            **more,
        }
    )


@pytest.mark.rule("OL22-23", "OL15-29", "DL15-13", "DL25-19", "CQT16-19-inquiry")
@pytest.mark.parametrize(
    ("profile", "opens", "rules"),
    [
        ("national-township", date(2022, 3, 11), ("OL15-29", "DL15-13")),
        ("national-township", date(2022, 3, 12), ("OL22-23", "DL15-13")),
        ("national-township", date(2025, 3, 12), ("OL22-23", "DL25-19")),
        ("chongqing-township", date(2024, 1, 17), ("CQT16-19-inquiry",)),
    ],
)
def test_one_deputy_is_enough_to_ask_and_an_officer_responsible_answers(
    profile: str, opens: date, rules: tuple[str, ...]
) -> None:
    town = township("reports heard", profile=profile, opens=opens)
    town.when(inquiry()).then(InquiryRaised).citing(*rules).and_again_nothing()
    town.when(answer()).then(InquiryAnswered, number="1").citing(*rules).without_finding().and_again_nothing()
    town.when(inquiry("2")).when(answer("2", answerer="other")).with_finding("AnsweredByOther")


@pytest.mark.rule("BL18-85")
def test_what_is_asked_of_the_budget_rests_on_the_budget_law_as_well() -> None:
    town = township("reports heard")
    town.when(inquiry(item="budget")).citing("OL22-23", "BL18-85")
    town.when(answer(item="budget")).citing("OL22-23", "BL18-85")
    town.when(inquiry("2")).without_finding()
    assert "BL18-85" not in {c.rule for c in town.events[0].basis}


def test_an_inquiry_is_about_an_item_and_by_deputies_who_may_act() -> None:
    town = township("reports heard", suspended=("d040",), present=60)
    town.when(inquiry(item="tax", deputies=("d001",))).then_refused("UnknownItem")
    town.when(inquiry(deputies=("d099",))).then_refused("NotADeputy")
    town.when(inquiry(deputies=("d040",))).then_refused("MayNotInquire", deputy="d040")
    town.given(inquiry(deputies=("d001",)))
    town.when(inquiry(deputies=("d001",), question="别的")).then_refused("InquiryExists")
    town.when(answer("9")).then_refused("NoSuchInquiry")
    town.when(answer(item="budget")).then_refused("OfAnotherItem", needed="gov", found="budget")


def test_an_inquiry_after_the_vote_is_remarked_on() -> None:
    township("voted").when(inquiry()).then(InquiryRaised).with_finding("AfterItsVote")


def test_more_may_be_said_to_an_inquiry_and_an_answer_may_stand_without_one() -> None:
    town = township("reports heard").given(inquiry(), answer())
    town.when(answer(answered_by="镇长")).then(InquiryAnswered)
    town.when(answer(None)).then(InquiryAnswered, number=None)
    stored = town.events[0].model_dump(mode="json")
    old = InquiryAnswered.model_validate({k: v for k, v in stored.items() if k not in ("number", "answerer")})
    assert old.facts() == ("inquiry-answered",)


def test_what_nobody_answered_is_called_out_at_the_close() -> None:
    town = township("announced").given(inquiry(), inquiry("2"), answer("2"))
    town.when(CloseSession()).then(SessionClosed).with_finding("InquiryUnanswered", number="1", organ="镇财政所")
    assert [f.figures["number"] for f in town.findings if f.code == "InquiryUnanswered"] == ["1"]
