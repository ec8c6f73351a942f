"""Inquiries (询问): any deputy may ask while an item is deliberated, and the organ asked sends somebody to explain."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event, Finding
from domain.findings import alert, warn
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.business import item_of
from domain.session.parts import Code, DeputyId, Number
from domain.session.roll import NotADeputy
from domain.session.signatures import each_once
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.text import Text

BUDGETS = ("budget", "final_accounts", "budget_adjustment")


@dataclass(frozen=True)
class Inquiry:
    number: str
    item: str
    deputies: tuple[str, ...]
    question: str
    organ: str


class NoSuchInquiry(Refused):
    says = Text(
        "没有第 {number} 号询问,请先登记(raise-inquiry)", "there is no inquiry {number}: raise it first (raise-inquiry)"
    )


class InquiryExists(Refused):
    says = Text("第 {number} 号询问已经登记且内容不同", "inquiry {number} is on file already, with other content")


class OfAnotherItem(Refused):
    says = Text(
        "第 {number} 号询问是对 {needed} 提出的,不是 {found}", "inquiry {number} is about {needed}, not about {found}"
    )


class MayNotInquire(Refused):
    says = Text(
        "代表 {deputy} 暂停执行代表职务,不能提出询问",
        "the duties of deputy {deputy} are suspended: they cannot inquire",
    )


class RaiseInquiry(Command):
    """A deputy asks, while an item is deliberated; alone is enough. `organ` is who is asked (有关国家机关)."""

    act: ClassVar[str] = "raise-inquiry"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "group", "secretariat")
    title: ClassVar[Text] = Text("提出询问", "Raise an inquiry")
    number: Number
    item: Code
    deputies: tuple[DeputyId, ...] = Field(min_length=1)
    organ: str = Field(min_length=1, max_length=80)
    question: str = Field(min_length=1, max_length=500)


class InquiryRaised(Event):
    name: ClassVar[str] = "session.inquiry-raised.v1"
    number: Number
    item: Code
    deputies: tuple[DeputyId, ...]
    organ: str
    question: str

    def facts(self) -> tuple[str, ...]:
        return ("inquiry-raised", f"inquiry-raised:{self.number}")


@decides(RaiseInquiry)
def raise_inquiry(session: Session, command: RaiseInquiry, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 23, 代表法 (2025) art. 19: while motions and reports are deliberated (审议时); no number of deputies."""
    deputies = each_once(command.deputies)
    asked = Inquiry(command.number, command.item, deputies, command.question, command.organ)
    earlier: Inquiry | None = session.inquiries.get(command.number)
    if earlier == asked:
        return []
    if earlier is not None:
        raise InquiryExists(number=command.number)
    not_spent(session, InquiryRaised, command.number)
    item_of(session, command.item)
    for deputy in deputies:
        if deputy not in session.in_office:
            raise NotADeputy(moment.cites("deputy.base"), deputy=deputy)
        if deputy in session.suspended:
            raise MayNotInquire(moment.cites("deputy.suspension"), deputy=deputy)
    return [
        InquiryRaised(
            at=moment.at,
            basis=moment.basis(*_topics(session, command.item)),
            number=command.number,
            item=command.item,
            deputies=deputies,
            organ=command.organ,
            question=command.question,
            findings=_under_deliberation(session, command.item, moment),
        )
    ]


def _topics(session: Session, item: str) -> tuple[str, ...]:
    """预算法 (2018) art. 85: what is asked of the budget is answered in good time (及时)."""
    on_budget = session.agenda[item].kind in BUDGETS
    return ("inquiry.answer", "inquiry.budget_answer") if on_budget else ("inquiry.answer",)


def _under_deliberation(session: Session, item: str, moment: Moment) -> tuple[Finding, ...]:
    if not session.has(f"voted:{item}"):
        return ()
    title = session.agenda[item].title
    return (warn("AfterItsVote", moment.basis("inquiry.answer"), what=title),)


@evolves(InquiryRaised)
def inquiry_raised(session: Session, event: InquiryRaised) -> Session:
    raised = Inquiry(event.number, event.item, event.deputies, event.question, event.organ)
    return replace(session, inquiries={**session.inquiries, event.number: raised})


class AnswerInquiry(Command):
    """An official explains on a deputy's inquiry (询问) while an item is deliberated.

    `number` is the inquiry's, when it was put on record; `answered_by` the office that answered, `answerer` who came.
    """

    act: ClassVar[str] = "answer-inquiry"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = (
        "government", "standing_committee", "supervisory_commission", "court", "procuratorate", "presidium", "street_office",
    )  # fmt: skip
    title: ClassVar[Text] = Text("回答询问", "Answer an inquiry")
    item: Code
    question: str = Field(min_length=1, max_length=500)
    answered_by: str = Field(min_length=1, max_length=80)  # the office that answered
    number: Number | None = None
    answerer: Literal["head", "responsible_officer", "other"] | None = None


class InquiryAnswered(Event):
    name: ClassVar[str] = "session.inquiry-answered.v1"
    once: ClassVar[bool] = True
    item: Code
    question: str
    answered_by: str
    number: Number | None = None
    answerer: str | None = None

    def facts(self) -> tuple[str, ...]:
        return ("inquiry-answered", *((f"inquiry-answered:{self.number}",) if self.number else ()))


@decides(AnswerInquiry)
def answer_inquiry(session: Session, command: AnswerInquiry, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 23: an organ that is asked sends someone to explain (派人在会议上说明).

    代表法 (2025) art. 19: its head, or an officer responsible for the matter (负责人或者负责人员).
    """
    item_of(session, command.item)
    if command.number is not None:
        asked: Inquiry | None = session.inquiries.get(command.number)
        if asked is None:
            raise NoSuchInquiry(number=command.number)
        if asked.item != command.item:
            raise OfAnotherItem(number=command.number, needed=asked.item, found=command.item)
    by_other = command.answerer == "other"
    answer = InquiryAnswered(
        at=moment.at,
        basis=moment.basis(*_topics(session, command.item)),
        item=command.item,
        question=command.question,
        answered_by=command.answered_by,
        number=command.number,
        answerer=command.answerer,
        findings=(warn("AnsweredByOther", moment.basis("inquiry.answer")),) if by_other else (),
    )
    return [] if command.number is not None and _said(session, answer) else [answer]


def _said(session: Session, answer: InquiryAnswered) -> bool:
    """Whether this numbered inquiry was answered so before; more may be said to it, the same not twice."""
    return any(
        answer.model_copy(update={"at": e.at, "basis": e.basis, "findings": e.findings}) == e
        for e in session.history
        if isinstance(e, InquiryAnswered)
    )


def unanswered_inquiries(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """At the close: what was asked and nobody explained."""
    left = [i for i in session.inquiries.values() if not session.has(f"inquiry-answered:{i.number}")]
    known = [i for i in left if i.item in session.agenda]
    return tuple(
        alert(
            "InquiryUnanswered",
            moment.basis(*_topics(session, i.item)),
            number=i.number,
            organ=OFFICE_NAMES.get(i.organ, i.organ),
        )
        for i in known
    )
